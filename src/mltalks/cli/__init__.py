"""The door for terminals and pipes: parse the command line, ask the library, render, exit.

Thin: no question is answered here. Imports nothing by itself, so that start-up pays only for what a command needs.
"""
