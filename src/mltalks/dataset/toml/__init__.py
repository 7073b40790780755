"""TOML: text parsed within limits and with the lines of its values, and records written as text.

Does not know the fields of tables. Imports from `text`.
"""
