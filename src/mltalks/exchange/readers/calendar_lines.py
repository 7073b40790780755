"""The content lines of calendars, each joined of the lines into which it is folded.

Does not read properties.
"""

import re
from collections.abc import Iterator

from mltalks.exchange.readers.line_reader import LONGEST_RECORD, Line, lines
from mltalks.exchange.readers.source import Source

_BYTES = re.compile("[\udc80-\udcff]")  # bytes that are no characters, as "surrogateescape" keeps them


def unfolded(source: Source) -> Iterator[Line]:
    """Yield each content line, its parts joined, of which one may begin within a character; RFC 5545, 3.1.

    Raises DataError: a line is not text in its encoding.
    """
    first: Line | None = None
    parts: list[str] = []
    size = 0
    for line in lines(source, errors="surrogateescape"):
        if first is not None and line.text[:1] in (" ", "\t"):
            size += len(line.text)
            if size <= LONGEST_RECORD and not line.cut and not first.cut:
                parts.append(line.text[1:])
            else:
                first = first._replace(cut=True)
            continue
        if first is not None:
            yield first._replace(text=_whole(source, first, "".join(parts)))
        first, parts, size = line, [line.text], len(line.text)
    if first is not None:
        yield first._replace(text=_whole(source, first, "".join(parts)))


def _whole(source: Source, line: Line, joined: str) -> str:
    """Return a joined line in which the bytes that were in no character of one part are."""
    if _BYTES.search(joined) is None:
        return joined
    encoding = source.encoding.removesuffix("-sig")
    try:
        return joined.encode(encoding, "surrogateescape").decode(
            encoding, "replace" if line.cut else "strict"
        )
    except ValueError as error:
        raise source.failure(error, line.number) from None
