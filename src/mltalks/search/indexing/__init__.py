"""Writes the index: whole, from all data, or changed where some sessions have changed.

Does not read what a query needs: `search.index` does. Imports from `search.index`, `search.catalogue`, and the packages below `search`.
"""
