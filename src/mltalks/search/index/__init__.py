"""The index: an SQLite database, in memory or in a cache file; what is written into it, and how it is read.

Does not evaluate queries or rank. Imports from `taxonomy` and the packages below it.
"""
