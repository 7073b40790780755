"""Text without meaning: folding, words, stems, sounds, fuzzy matching, spreadsheet cells, sanitizing.

Refuses files and everything that knows what a talk is; imports only `errors` and `messages`.
"""
