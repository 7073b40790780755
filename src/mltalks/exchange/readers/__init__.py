"""Sources and their low-level readers: lines, JSON and YAML values within limits.

Do not interpret what they read; import `errors` and `text`.
"""
