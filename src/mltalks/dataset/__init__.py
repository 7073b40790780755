"""The data files: their schema, their records with lines, the typed model, and the loader that checks them.

Does not compute anything from the data, such as the themes of sessions. Imports from `text`.
"""
