"""The command line: parses arguments, calls the library, prints the result, sets the exit code.

Does not analyse anything. Imports the modules of a command only when it runs, so that the start is fast.
"""
