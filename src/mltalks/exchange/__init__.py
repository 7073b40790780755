"""Reads and writes the formats of other programs, and opens the only network connections.

Does not write user data. Imports from `search`, `dataset` and `text`.
"""
