"""Other programs' formats, both ways, and the only network connections.

Does not write to the data of a person; imports `search`, `dataset` and `text`.
"""
