"""Text formats that several packages read or write: cells and rows of CSV, JSON, Markdown.

Does not know the columns of any of them. Imports from `text.sanitize`.
"""
