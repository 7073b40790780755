"""Results as text: what a command prints, in every format.

Writes to no stream, and imports rich only in `terminal` (25 ms).
"""
