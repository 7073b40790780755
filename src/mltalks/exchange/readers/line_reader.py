"""The lines of a source one after another, of whatever length the source has them.

Keeps no more of a line than can be one talk; knows no format.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mltalks.exchange.readers.source import Source

LONGEST_RECORD = 1_000_000  # characters; more in one record is no talk


class Line(NamedTuple):
    """A line without its end, and its number, from 1; `cut` tells that it was longer than can be kept."""

    number: int
    text: str
    cut: bool = False


def lines(source: Source) -> Iterator[Line]:
    """Yield each line of a source; it may end in a line feed, a carriage return or both.

    Raises:
        DataError: it cannot be read, or is not text in its encoding.

    """
    reader = source.reader()
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
