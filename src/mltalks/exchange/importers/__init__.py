"""Reads sessions from the formats of other programs: a module a format, each with an `Importer`.

Does not depend on the loaded catalogue: `intake` compares with it.
"""
