"""The data files: their schema, their records with lines, the typed model, the loader that checks them.

Refuses themes found by inference and everything that is computed; imports `text`.
"""
