"""The user's own files: layers, transactions, journal, undo.

Refuses search and output; imports `dataset` and `text`.
"""
