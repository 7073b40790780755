"""Text without its meaning: folding, words, stems, sounds, fuzzy matching, spreadsheet cells, sanitizing.

Does not read files and does not depend on talks. Imports from `errors` and `messages` alone.
"""
