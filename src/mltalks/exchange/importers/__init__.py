"""Brings sessions in from what other programs write: one room a format, each `read(source) -> drafts and problems`.

Knows nothing of what is loaded already: that is `intake`'s business.
"""
