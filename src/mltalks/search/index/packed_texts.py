"""The words of a session's texts and its record as one compressed value.

Does not read or write the index: `sessions` and `indexing` do.
"""

import zlib
from functools import cache

_END = b"\x1d"  # of the words
_RAW = -15  # zlib without a header and a checksum
_LEVEL, _MEMORY = 1, 6  # of zlib: more takes longer and saves little
_USUAL = 1024  # bytes that the words of most sessions take
# What most records have in common: they are compressed as if this came before.
_COMMON = (
    b'"track_inferred": true, "video": "https://www.youtube.com/watch?v=", "slides_public": true, "doi": "10.1145/'
    b'", "language": "ja", "date": "2026-01-01", "minutes": 30, "tags": ["read-later"], "mark": "watched", "note": "'
    b'{"id": "", "event": "", "series": "", "year": 202, "title": "", "kind": "talk", "kind": "paper", "track": null,'
    b' "track_inferred": null, "companies": ["University"], "speakers": [{"name": "", "organization": ""},'
    b' {"name": "", "organization": null}], "speakers_incomplete": null, "keywords": ["", ""], "keywords_ja": [], "themes": ["", ""], "summary": "",'
    b' "summary_ja": null, "questions": [], "questions_ja": [], "url": "https://www.", "slides": null, "paper":'
    b' "https://", "video": null, "slides_public": null, "organizations": [], "source": null, "source_note": null,'
    b' "themes_inferred": [], "doi": null, "citation_key": null, "language": null, "date": null, "minutes": null, "room": null, "tags": [], "mark": null,'
    b' "note": null, "inferred": false}'
)


def packed(line: str, record: str) -> bytes:
    """Return the words of a session's texts in one line, and its record as JSON that is safe to print, as one value.

    >>> unpacked(packed("a b", '{"id": "a"}')), line_of(packed("a b", "{}"))
    (('a b', '{"id": "a"}'), 'a b')
    """
    packer = _packer().copy()
    return packer.compress(line.encode() + _END + record.encode()) + packer.flush()


@cache
def _packer() -> "zlib._Compress":
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, zlib.Z_DEFAULT_STRATEGY, _COMMON)


def unpacked(value: bytes) -> tuple[str, str]:
    """Return what `packed` was given."""
    line, _, record = zlib.decompressobj(_RAW, _COMMON).decompress(value).partition(_END)
    return line.decode(), record.decode()


def line_of(value: bytes) -> str:
    """Return the words that `packed` was given; the record is not unpacked."""
    unpacker = zlib.decompressobj(_RAW, _COMMON)
    text = unpacker.decompress(value, _USUAL)
    if _END not in text:
        text += unpacker.decompress(unpacker.unconsumed_tail)
    return text.partition(_END)[0].decode()
