"""The search engine: query language, index, cache, query expansion, ranking.

Does not count and does not print. Imports from `taxonomy`, `dataset` and `text`.
"""
