"""The index: an SQLite database, in memory or in a cache file; its builder and its readers.

Does not evaluate queries or rank. Imports from `taxonomy` and the packages below it.
"""
