"""Sources and their low-level readers: lines, JSON and YAML values within limits.

Does not interpret the values. Imports from `errors` and `text`.
"""
