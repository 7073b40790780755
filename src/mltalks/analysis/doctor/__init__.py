"""Checks for likely errors in a catalogue; each finding has the command that fixes it.

Does not change data and does not open connections.
"""
