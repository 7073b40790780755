"""A person's own data: layers, edits, transactions, journal, undo.

Refuses search and output; imports `dataset` and `text`.
"""
