"""Results as views: columns and records, ready for every format.

Does not write text. Imports from `analysis`, `userdata` and `exchange`.
"""
