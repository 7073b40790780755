"""Sources and their low-level readers: lines, JSON and YAML values within limits.

Refuse the meaning of what they read; import `errors` and `text`.
"""
