"""Rewrites a query that was typed: words that mean a filter or are an id become one, and arguments of several words phrases.

Holds no syntax, which `search.query` has, and ranks nothing. Imports the matcher of `search`; the ranking and the selection import it.
"""
