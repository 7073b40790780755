"""The commands, one module for each group.

Refuse work of their own: each parses, calls the library and prints.
"""
