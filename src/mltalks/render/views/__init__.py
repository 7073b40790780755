"""Results as views: columns and records, ready for every format.

Refuse text and terminals; import `analysis`, `userdata` and `exchange`.
"""
