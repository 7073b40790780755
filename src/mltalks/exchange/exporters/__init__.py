"""Hands sessions to other programs: one room a format, each from sessions and events to text, piece by piece.

Knows no query and no stream.
"""
