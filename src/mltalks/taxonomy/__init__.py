"""The theme tree: its terms in a text, the themes of sessions with the evidence, its gaps, its other formats.

Does not depend on the index or on the terminal. Imports from `dataset` and `text`.
"""
