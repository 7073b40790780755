"""Other programs' formats, both ways, and the only network connections.

Refuses writing to the data of a person; imports `search`, `dataset` and `text`.
"""
