"""The query language: its fields, its syntax tree, the parser, and how a query that is typed may go on.

Does not find sessions. Imports from `search.catalogue`, and from the packages below `search`.
"""
