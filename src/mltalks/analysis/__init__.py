"""Questions that are answered with counts: facets, cross-tables, trends, comparisons, surveys, data checks.

Refuses output; imports `search` and what it imports.
"""
