"""Addresses fetched, and links asked whether they still lead somewhere: the only modules that open a connection.

Runs only for commands and options that name it, and connects only to the addresses that it is given.
"""
