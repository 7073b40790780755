"""JSON as a source of records: an array, one object, or a value a line, read piece by piece.

Refuses what would take many times its own size in memory; knows no fields but those that a caller names.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from mltalks.dataset.schema import type_name
from mltalks.exchange.readers.source import LONGEST_LINE, Source
from mltalks.text.parse_limits import json_grows_too_much

_CHUNK = 1 << 20
_MOST_KEYS = 10_000  # of an object around a list of records
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


def values(source: Source, within: Collection[str] = ()) -> Iterator[tuple[int, Any]]:
    """Yield each record of a source with its line: the elements of an array, or one value after another.

    `within` are keys of an object: when the first value is an object that has an array under one of them, its elements are
    the records, and what else it holds is passed over.

    Raises:
        DataError: it is not JSON from some place on.

    """
    pieces = _Pieces(source)
    start = pieces.skip()
    if start == "[":
        yield from _elements(source, pieces)
        return
    if start == "{" and within:
        yield from _through(source, pieces, within)
    while pieces.skip():
        yield pieces.line, pieces.value()


def _elements(source: Source, pieces: "_Pieces") -> Iterator[tuple[int, Any]]:
    """Yield the elements of the array that begins here, and go behind it."""
    pieces.at += 1
    if pieces.skip() == "]":
        pieces.at += 1
        return
    while True:
        pieces.skip()
        yield pieces.line, pieces.value()
        mark = pieces.skip()
        pieces.at += 1
        if mark == "]":
            return
        if mark != ",":
            raise source.unreadable("not valid JSON: {reason}", line=pieces.line, reason="expected , or ]")


def _through(source: Source, pieces: "_Pieces", within: Collection[str]) -> Iterator[tuple[int, Any]]:
    """Yield the elements of an array within the object that begins here, or the object, and go behind it."""
    line, found, whole = pieces.line, False, {}
    pieces.at += 1
    mark = pieces.skip()
    while mark == '"':
        key = pieces.value()
        if pieces.skip() != ":":
            raise source.unreadable("not valid JSON: {reason}", line=pieces.line, reason="expected :")
        pieces.at += 1
        if pieces.skip() == "[" and key in within:
            found = True
            yield from _elements(source, pieces)
        else:
            value = pieces.value()
            whole[key] = None if found else value
        if len(whole) > _MOST_KEYS:
            raise source.unreadable("is made of too many small parts to be data of talks", line=line)
        mark = pieces.skip()
        if mark == ",":
            pieces.at += 1
            mark = pieces.skip()
    if mark != "}":
        raise source.unreadable("not valid JSON: {reason}", line=pieces.line, reason="expected , or }")
    pieces.at += 1
    if not found:
        yield line, whole


def elements(source: Source, *keys: str) -> Iterator[tuple[int, Any]]:
    """Yield, with its line, each element of the array that stands under some keys, each within the last, of one object.

    What stands there alone, and is no array, is yielded as it is; nothing is where a key is not.

    Raises:
        DataError: it is not JSON up to the end of that array.

    """
    pieces = _Pieces(source)
    if not all(_go_to(source, pieces, key) for key in keys):
        return
    if pieces.skip() != "[":
        yield pieces.line, pieces.value()
        return
    pieces.at += 1
    if pieces.skip() == "]":
        return
    while True:
        yield pieces.line, pieces.value()
        mark = pieces.skip()
        if mark == "]":
            return
        if mark != ",":
            raise source.unreadable("not valid JSON: {reason}", line=pieces.line, reason="expected , or ]")
        pieces.at += 1
        pieces.skip()


def _go_to(source: Source, pieces: "_Pieces", key: str) -> bool:
    """Go into the object that begins here, to the value of a key; tell whether there is one."""
    if pieces.skip() != "{":
        return False
    pieces.at += 1
    while pieces.skip() == '"':
        name = pieces.value()
        if pieces.skip() != ":":
            raise source.unreadable("not valid JSON: {reason}", line=pieces.line, reason="expected :")
        pieces.at += 1
        pieces.skip()
        if name == key:
            return True
        pieces.value()
        if pieces.skip() == ",":
            pieces.at += 1
    return False


def json_type(value: object) -> str:
    """Return what a JSON value is, as messages say it.

    >>> json_type([]), json_type(None), json_type(1)
    ('a list', 'nothing', 'a number')
    """
    return "nothing" if value is None else type_name(value)


def load(source: Source, text: str, line: int = 1) -> Any:
    """Return the value of a JSON text that begins on a line.

    Raises:
        DataError: it is none, or too much of it.

    """
    if json_grows_too_much(text):
        raise source.unreadable("is made of too many small parts to be data of talks")
    try:
        return json.loads(text)
    except RecursionError:
        raise source.unreadable("nested too deeply to be read") from None
    except json.JSONDecodeError as error:
        raise source.unreadable(
            "not valid JSON: {reason}", line=line + error.lineno - 1, reason=error.msg
        ) from None
    except ValueError:
        raise source.unreadable("holds a number too long to be read") from None


class _Pieces:
    """The text of a source from `at` on, of which only a part is in memory."""

    _TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|["\[\]{}]', re.DOTALL)
    _SCALAR = re.compile(r'[^\s,\[\]{}"]+')

    def __init__(self, source: Source) -> None:
        self._source = source
        self._reader = source.reader()
        self._text = ""
        self._ended = False
        self._fine = False  # whether any part of the text may be read as it is
        self.at = 0
        self.line = 1

    def skip(self) -> str:
        """Go to the next character that is no space, and return it; "" at the end."""
        while True:
            match = _SPACE.match(self._text, self.at)
            self._go(match.end() if match else self.at)
            if self.at < len(self._text) or not self._more():
                return self._text[self.at : self.at + 1]

    def value(self) -> Any:
        """Return the value that begins here, and go behind it."""
        if self._fine:
            try:
                value, end = _DECODER.raw_decode(self._text, self.at)
            except (ValueError, RecursionError):  # perhaps it has not been read whole
                end = len(self._text)
            if end < len(self._text):
                self._go(end)
                return value
        end = self._end()
        value = load(self._source, self._text[self.at : end], self.line)
        self._go(end)
        return value

    def _go(self, at: int) -> None:
        self.line += self._text.count("\n", self.at, at)
        self.at = at

    def _more(self) -> bool:
        """Read on, dropping what has been passed; tell whether there was more."""
        if self._ended:
            return False
        try:
            piece = self._reader.read(_CHUNK)
        except (OSError, ValueError) as error:
            raise self._source.failure(error, self.line) from None
        self._ended = not piece
        if len(self._text) - self.at + len(piece) > LONGEST_LINE + _CHUNK:
            template = "longer than {count} characters; no talk is"
            raise self._source.unreadable(template, line=self.line, count=LONGEST_LINE)
        self._text = self._text[self.at :] + piece
        self.at = 0
        self._fine = not json_grows_too_much(self._text)
        return bool(piece)

    def _end(self) -> int:
        """Return where the value that begins here ends."""
        depth, passed = 0, 0
        while True:
            token = self._token(self.at + passed, depth)
            if token is None:
                if self._more():
                    continue
                return len(self._text)
            passed = token.end() - self.at
            depth += (token.group() in "[{") - (token.group() in "]}")
            if depth <= 0:
                return token.end()

    def _token(self, at: int, depth: int) -> re.Match[str] | None:
        """Return the next part of a value; None when what has been read does not hold it whole."""
        if depth:
            token = self._TOKEN.search(self._text, at)
        else:
            token = self._SCALAR.match(self._text, at) or self._TOKEN.match(self._text, at)
        if token is None or token.group() == '"':
            return None
        cut = token.end() == len(self._text) and token.group()[-1] not in '"[]{}'
        return None if cut and not self._ended else token
