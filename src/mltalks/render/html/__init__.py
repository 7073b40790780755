"""A survey as one page for a browser: its text, its charts, its data and their index.

Does not write files and does not use the network.
"""
