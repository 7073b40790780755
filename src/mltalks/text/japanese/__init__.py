"""Japanese: its scripts, how it is written in Latin letters, and its words without spaces.

Does not know which words talks have. Imports from no other package.
"""
