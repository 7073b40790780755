"""The index: an SQLite database, in memory or in a cache file, and its readers; `search.indexing` writes it.

Does not evaluate queries or rank. Imports from `taxonomy` and the packages below it.
"""
