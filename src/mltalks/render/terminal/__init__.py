"""Views drawn for a terminal: tables, cards, heat maps, documents.

The only importers of rich; import `views`.
"""
