"""Reads the lines of a source one by one, of any length.

Does not depend on any format, and does not keep more of a line than `LONGEST_RECORD`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mltalks.exchange.readers.source import Source

LONGEST_RECORD = 1_000_000  # characters; a longer record is no talk


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
