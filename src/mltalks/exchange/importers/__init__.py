"""Reads sessions from the formats of other programs: one module for each format, with an `Importer`.

Does not depend on the loaded catalogue: `intake` compares drafts with it.
"""
