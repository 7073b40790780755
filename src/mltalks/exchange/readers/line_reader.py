"""Reads the lines of a source one by one, of any length; of a calendar the content lines, which may be folded into several.

Does not interpret what a line says, and does not keep more of a line than `LONGEST_RECORD`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mltalks.exchange.readers.source import Source

LONGEST_RECORD = 1_000_000  # characters; a longer record is no talk
_BYTES = re.compile("[\udc80-\udcff]")  # bytes that are no characters, as "surrogateescape" keeps them


class Line(NamedTuple):
    """A line without its line end, and its number, from 1; `cut` if the rest was too long to be kept."""

    number: int
    text: str
    cut: bool = False


def lines(source: Source, errors: str = "strict") -> Iterator[Line]:
    """Yield each line of a source; it may end in a line feed, a carriage return or both. `errors` is as in `bytes.decode`.

    Raises DataError: it cannot be read, or is not text in its encoding.
    """
    reader = source.reader(errors)
    number = 0
    try:
        while text := reader.readline(LONGEST_RECORD):
            number += 1
            ended = text.endswith(("\n", "\r"))
            cut = False
            while not ended and (more := reader.readline(LONGEST_RECORD)):
                ended = more.endswith(("\n", "\r"))
                cut = cut or bool(more.rstrip("\r\n"))
            yield Line(number, text.rstrip("\r\n"), cut)
    except (OSError, ValueError) as error:
        raise source.failure(error, number + 1) from None


def unfolded(source: Source) -> Iterator[Line]:
    """Yield each content line of a calendar, its parts joined, of which one may begin within a character; RFC 5545, 3.1.

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
