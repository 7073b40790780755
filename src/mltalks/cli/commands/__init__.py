"""The commands, one module for each group.

Do not analyse anything: each parses its options, calls the library and prints.
"""
