"""Fetches addresses and checks links: the only modules that open a connection.

Does not connect unless a command or option requires it, and only to the given addresses.
"""
