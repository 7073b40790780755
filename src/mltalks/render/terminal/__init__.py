"""Views drawn for a terminal: tables, cards, heat maps, documents.

Does not print. Only its modules import rich; imports from `views`.
"""
