"""The user data: layers, transactions, journal, undo.

Does not search and does not print. Imports from `dataset` and `text`.
"""
