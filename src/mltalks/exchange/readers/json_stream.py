"""JSON as a source of records: an array, one object, or a value a line, read piece by piece.

Refuses what would take many times its own size in memory. Does not know any field but those that a caller names.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from mltalks.dataset.schema import type_name
from mltalks.errors import DataError
from mltalks.exchange.readers.source import LONGEST_LINE, Source
from mltalks.problems import Problem
from mltalks.text.parse_limits import json_grows_too_much

_CHUNK = 1 << 20
_MOST_KEYS = 10_000  # of an object around a list of records
_LONGEST_TOKEN = 12  # characters; what ends this near the end of what has been read may go on
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


def values(source: Source, within: Collection[str] = ()) -> Iterator[tuple[int, Any]]:
    """Yield each record of a source with its line: the elements of an array, or one value after another.

    `within` are keys of an object: when the first value is an object that has an array under one of them, its elements are
    the records, and what else it holds is passed over.

    Raises DataError: it is not JSON from some place on.
    """
    pieces = _Pieces(source)
    start = pieces.skip()
    if start == "[":
        yield from pieces.elements()
        return
    if start == "{" and within:
        line, found, whole = pieces.line, False, {}
        for key in pieces.members():
            if key in within and pieces.skip() == "[":
                found = True
                yield from pieces.elements()
            else:
                value = pieces.value()
                whole[key] = None if found else value
            if len(whole) > _MOST_KEYS:
                raise source.unreadable("contains too many values to be talk data", line=line)
        if not found:
            yield line, whole
    while pieces.skip():
        yield pieces.line, pieces.value()


def elements(source: Source, *keys: str) -> Iterator[tuple[int, Any]]:
    """Yield, with its line, each element of the array under some keys, each within the last, of one object.

    A value that is no array is yielded itself; nothing is yielded where a key is missing.

    Raises DataError: it is not JSON up to the end of that array.
    """
    pieces = _Pieces(source)
    if not all(pieces.go_to(key) for key in keys):
        return
    if pieces.skip() == "[":
        yield from pieces.elements()
    else:
        yield pieces.line, pieces.value()


def no_table(source: Source, value: object, line: int | None = None) -> Problem:
    """Return the problem that a record is no object."""
    found = "nothing" if value is None else type_name(value)
    return source.problem("expected {what}, found {found}", line=line, what="a table", found=found)


def load(source: Source, text: str) -> Any:
    """Return the value of a JSON text.

    Raises DataError: it is none, or too much of it.
    """
    if json_grows_too_much(text):
        raise source.unreadable("contains too many values to be talk data")
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
    """The text of a source from `at` on, of which only a part is in memory; `line` is the number of its line."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._reader = source.reader()
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1

    def skip(self) -> str:
        """Go to the next character that is no space, and return it; "" at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._go(match.end() if match else self._at)
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def value(self) -> Any:
        """Return the value that comes next, and go behind it.

        Raises DataError: there is none, or too much of it.
        """
        self.skip()
        while True:
            if len(self._text) - self._at > 2 * _CHUNK and json_grows_too_much(self._text):
                template = "contains too many values to be talk data"
                raise self._source.unreadable(template, line=self.line)
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
        """Yield each element of the array that begins here with its line, and go behind the array."""
        self._at += 1
        if self.skip() != "]":
            while self.skip():
                yield self.line, self.value()
                if self.skip() != ",":
                    break
                self._at += 1
        self._step("]", "expected , or ]")

    def members(self) -> Iterator[str]:
        """Yield each key of the object that begins here, before its value, which the caller reads; go behind the object."""
        self._at += 1
        while self.skip() == '"':
            key: str = self.value()
            self._step(":", "expected :")
            yield key
            if self.skip() != ",":
                break
            self._at += 1
        self._step("}", "expected , or }")

    def go_to(self, key: str) -> bool:
        """Go to the value of a key of the object that begins here; return whether there is one."""
        for name in self.members() if self.skip() == "{" else ():
            if name == key:
                return True
            self.value()
        return False

    def _step(self, mark: str, expected: str) -> None:
        """Go behind a mark.

        Raises DataError: something else comes next.
        """
        if self.skip() != mark:
            raise self._source.unreadable("not valid JSON: {reason}", line=self.line, reason=expected)
        self._at += 1

    def _go(self, at: int) -> None:
        self.line += self._text.count("\n", self._at, at)
        self._at = at

    def _more(self) -> bool:
        """Read on, dropping what has been passed; return whether there was more."""
        try:
            piece = "" if self._ended else self._reader.read(_CHUNK)
        except (OSError, ValueError) as error:
            raise self._source.failure(error, self.line) from None
        if len(self._text) - self._at + len(piece) > LONGEST_LINE + _CHUNK:
            template = "is longer than {count} characters, the limit for one talk"
            raise self._source.unreadable(template, line=self.line, count=LONGEST_LINE)
        self._ended = not piece
        if piece:
            self._text = self._text[self._at :] + piece
            self._at = 0
        return bool(piece)
