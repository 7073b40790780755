"""Analyses of a selection by counting: facets, cross-tables, trends, comparisons, surveys, data checks.

Does not print. Imports from `search` and the packages below it.
"""
