"""Addresses fetched, and links asked whether they still lead somewhere: the only modules that open a connection.

Nothing here runs unless a command is asked for it by name, and goes anywhere that it was not told to.
"""
