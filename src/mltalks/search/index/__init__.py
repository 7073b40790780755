"""The index: an SQLite database, in memory or in a cache file; what is written into it, and how it is read.

Does not know queries, and does not rank. Imports from `taxonomy` and the packages below it.
"""
