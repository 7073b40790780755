"""Query expansion: the other words and names by which sessions say what was typed, corrections and readings among them.

Does not evaluate a query and does not rank. Imports from `search.index`, and from `text`.
"""
