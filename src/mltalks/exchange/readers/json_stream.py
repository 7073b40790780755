"""Reads records from JSON, piece by piece: an array, one object, or JSON Lines.

Does not read JSON that would take many times its size in memory. Does not depend on fields.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from mltalks.dataset.schema import type_name
from mltalks.errors import DataError
from mltalks.exchange.readers.source import LONGEST_LINE, Source
from mltalks.problems import Problem
from mltalks.text.formats.parse_limits import is_too_large

_CHUNK = 1 << 20
_MOST_KEYS = 10_000  # of an object around a list of records
_LONGEST_TOKEN = 12  # characters; a token that ends this near the end of the buffer may be incomplete
_DECODER = json.JSONDecoder()
ONE_PAGE = "has {count} of {total} records: it is one page of a longer list; import the other pages, too"
_TOO_MANY = "contains too many values; it is probably not a file of talks"
_SPACE = re.compile(r"[ \t\r\n]*")


class Page:
    """The list of records of a source, which may be one page of a longer one: how many were read, and what is beside it."""

    def __init__(self) -> None:
        self.beside: dict[str, int | str] = {}
        self._read = 0

    def counted(self, records: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
        """Yield records, and count them."""
        for one in records:
            self._read += 1
            yield one

    def note(self, key: str, value: object) -> None:
        """Note a number or text beside the list."""
        if isinstance(value, int | str) and len(self.beside) < _MOST_KEYS:
            self.beside[key] = value

    def problems(self, source: Source, key: str) -> Iterator[Problem]:
        """Yield the warning that there are more records than were read, by the number of all under a key."""
        text = str(self.beside.get(key, ""))[:9]
        if (
            self._read
            and text.isascii()
            and text.isdecimal()
            and self._read < int(text)
            and not source.titles
        ):
            yield source.warning(ONE_PAGE, count=self._read, total=int(text))


def values(
    source: Source, within: Collection[str] = (), page: Page | None = None
) -> Iterator[tuple[int, Any]]:
    """Yield each record of a source with its line: the elements of an array, or one value after another.

    If the first value is an object with an array under one of the keys `within`, the elements of that array are the records,
    and the rest of the object is skipped; `page` gets its numbers and texts.

    Raises DataError: the rest of it is not JSON.
    """
    pieces, page = _Pieces(source), page or Page()
    start = pieces.skip()
    if start == "[":
        yield from pieces.elements()
        return
    if start == "{" and within:
        line, found, whole = pieces.line, False, {}
        for key in pieces.members():
            if key in within and pieces.skip() == "[":
                found = True
                yield from page.counted(pieces.elements())
            else:
                value = pieces.value()
                whole[key] = None if found else value
                page.note(key, value)
            if len(whole) > _MOST_KEYS:
                raise source.unreadable(_TOO_MANY, line=line)
        if not found:
            yield line, whole
    while pieces.skip():
        yield pieces.line, pieces.value()


def elements(
    source: Source, *keys: str, reached: list[str] | None = None, page: Page | None = None
) -> Iterator[tuple[int, Any]]:
    """Yield, with its line, each element of the array at a path of keys in one object.

    A value that is no array is yielded itself; nothing is yielded if a key is missing. `reached` gets the keys that are there, `page` the
    numbers and texts before these.

    Raises DataError: it is not JSON up to the end of that array.
    """
    pieces, page = _Pieces(source), page or Page()
    for key in keys:
        if not pieces.go_to(key, page):
            return
        if reached is not None:
            reached.append(key)
    if pieces.skip() == "[":
        yield from page.counted(pieces.elements())
    else:
        yield pieces.line, pieces.value()


def no_table(source: Source, value: object, line: int | None = None) -> Problem:
    """Return the problem that a record is no object."""
    found = "nothing" if value is None else type_name(value)
    return source.problem("expected {what}, found {found}", line=line, what="a table", found=found)


def load(source: Source, text: str) -> Any:
    """Return the value of a JSON text.

    Raises DataError: it is not JSON, or too large.
    """
    if is_too_large(text):
        raise source.unreadable(_TOO_MANY)
    try:
        return json.loads(text)
    except (RecursionError, ValueError) as error:
        raise _failure(source, error, 1) from None


def _failure(source: Source, error: RecursionError | ValueError, line: int) -> DataError:
    """Return the error that a text which begins on a line cannot be decoded."""
    if isinstance(error, RecursionError):
        return source.unreadable("nested too deeply to be read")
    if isinstance(error, json.JSONDecodeError):
        return source.unreadable("not valid JSON: {reason}", line=line + error.lineno - 1, reason=error.msg)
    return source.unreadable("has a number with too many digits")


class _Pieces:
    """The text of a source from `at` on, with only a part in memory; `line` is the line number of `at`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._reader = source.reader()
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1

    def skip(self) -> str:
        """Skip spaces and return the next character; "" at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._go(match.end() if match else self._at)
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def value(self) -> Any:
        """Read and return the next value.

        Raises DataError: there is none, or it is too large.
        """
        self.skip()
        while True:
            if len(self._text) - self._at > 2 * _CHUNK and is_too_large(self._text):
                raise self._source.unreadable(_TOO_MANY, line=self.line)
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (RecursionError, ValueError) as error:
                at, reason = getattr(error, "pos", 0), str(error)
                cut = at > len(self._text) - _LONGEST_TOKEN or reason.startswith("Unterminated string")
                if cut and self._more():
                    continue
                if isinstance(error, json.JSONDecodeError):
                    error.lineno = self._text.count("\n", self._at, error.pos) + 1
                raise _failure(self._source, error, self.line) from None
            if end < len(self._text) - _LONGEST_TOKEN or not self._more():
                self._go(end)
                return value

    def elements(self) -> Iterator[tuple[int, Any]]:
        """Read the array that comes next, and yield each element with its line."""
        self._at += 1
        if self.skip() != "]":
            while self.skip():
                yield self.line, self.value()
                if self.skip() != ",":
                    break
                self._at += 1
        self._step("]", "expected , or ]")

    def members(self) -> Iterator[str]:
        """Read the object that comes next, and yield each key; the caller then reads its value."""
        self._at += 1
        while self.skip() == '"':
            key: str = self.value()
            self._step(":", "expected :")
            yield key
            if self.skip() != ",":
                break
            self._at += 1
        self._step("}", "expected , or }")

    def go_to(self, key: str, page: Page) -> bool:
        """Skip to the value of a key of the object that comes next; return whether it has the key."""
        for name in self.members() if self.skip() == "{" else ():
            if name == key:
                return True
            page.note(name, self.value())
        return False

    def _step(self, mark: str, expected: str) -> None:
        """Read a punctuation mark.

        Raises DataError: the next character is another one.
        """
        if self.skip() != mark:
            raise self._source.unreadable("not valid JSON: {reason}", line=self.line, reason=expected)
        self._at += 1

    def _go(self, at: int) -> None:
        self.line += self._text.count("\n", self._at, at)
        self._at = at

    def _more(self) -> bool:
        """Drop the text before `at` and read more; return whether there was more."""
        try:
            piece = "" if self._ended else self._reader.read(_CHUNK)
        except (OSError, ValueError) as error:
            raise self._source.failure(error, self.line) from None
        if len(self._text) - self._at + len(piece) > LONGEST_LINE + _CHUNK:
            template = "is longer than {count} characters, the limit for one field"
            raise self._source.unreadable(template, line=self.line, count=LONGEST_LINE)
        self._ended = not piece
        if piece:
            self._text = self._text[self._at :] + piece
            self._at = 0
        return bool(piece)
