"""The search engine: query language, index, cache, query expansion, ranking.

Refuses counts and output; imports `taxonomy`, `dataset` and `text`.
"""
