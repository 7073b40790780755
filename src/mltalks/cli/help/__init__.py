"""Help: the page of a command, the texts on formats, queries and exit codes, and the declarations of all commands in a file.

Does not parse arguments. Imports from other modules of `cli`.
"""
