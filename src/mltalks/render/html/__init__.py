"""A survey as one page for a browser: its text, its charts, its data and what searches them.

Writes no file and fetches nothing.
"""
