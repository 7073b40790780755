"""Where each record stands in the text of a TOML file, so that one can be changed and the others stay as they are.

Reads what begins tables, strings and comments, as TOML 1.0 writes them; what a record says is not its business.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mltalks.errors import DataError
from mltalks.journal import Splice
from mltalks.messages import Message
from mltalks.problems import Problem
from mltalks.toml_text import parse

if TYPE_CHECKING:
    from tomlkit.items import Table

_PIECE = re.compile(
    r'''
    """(?:[^"\\]++|\\.|"(?!""))*+"{3,5}
  | \'\'\'(?:[^']++|'(?!\'\'))*+'{3,5}
  | "(?:[^"\\\n]++|\\.)*+"
  | '[^'\n]*+'
  | (?P<comment>\#[^\n]*+)
  | ^[ \t]*+\[\[?[ \t]*+(?P<table>[A-Za-z0-9_-]++)(?P<below>[ \t]*+\.[^\]\n]*+)?[ \t]*+\]\]?[ \t]*+(?=\#|$)
    ''',
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


class Span(NamedTuple):
    """Where a record stands: the `number`th of its table (from 0), from the character `start` (its header) up to `end`.

    What follows its last value, comments and empty lines, is not its own.
    """

    table: str
    number: int
    start: int
    end: int


def spans(text: str) -> list[Span]:
    r"""Return where all records stand that begin with a header of their own, in order.

    >>> [(one.table, one.number) for one in spans('[[sessions]]\nid = "a"\n# b\n[[sessions]]\nid = "[[sessions]]"\n')]
    [('sessions', 0), ('sessions', 1)]
    """
    begun: list[tuple[str, int]] = []
    comments: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        if piece["comment"] is not None:
            comments.append(piece.span())
        elif piece["table"] and not (piece["below"] and begun and begun[-1][0] == piece["table"]):
            begun.append((piece["table"], piece.start()))
    ends = [*(start for _, start in begun[1:]), len(text)][: len(begun)]
    counts: dict[str, int] = {}
    found = []
    for (table, start), end in zip(begun, ends, strict=True):
        number = counts.get(table, 0)
        counts[table] = number + 1
        found.append(Span(table, number, start, end))
    return list(_trimmed(text, found, comments))


def _trimmed(text: str, found: list[Span], comments: list[tuple[int, int]]) -> Iterator[Span]:
    """Yield spans without the comments and empty lines that follow their last value."""
    at = 0
    for span in found:
        first = at
        while at < len(comments) and comments[at][0] < span.end:
            at += 1
        end = len(text[span.start : span.end].rstrip()) + span.start
        for start, stop in reversed(comments[first:at]):
            line = text.rfind("\n", 0, start) + 1
            if stop < end or text[line:start].strip():
                break
            end = len(text[span.start : line].rstrip()) + span.start
        yield span._replace(end=end + (text[end : end + 1] == "\n"))


def comments_of(text: str) -> list[str]:
    """Return the comments of a text, in order."""
    return [piece["comment"] for piece in _PIECE.finditer(text) if piece["comment"] is not None]


class Document:
    """The text of a TOML file whose records can be changed one by one, each change a splice."""

    def __init__(self, path: Path, text: str) -> None:
        """Take the text and the file that it is of.

        Raises:
            DataError: it is not TOML.

        """
        self.path = path
        self.text = text
        self._values = _parsed(path, text)
        self._spans = spans(text)

    def records(self, table: str) -> list[dict[str, Any]]:
        """Return the records of a table as they are.

        Raises:
            DataError: something else stands under its name.

        """
        found: Any = self._values.get(table, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise _unreadable(self.path, None, "expected tables, each under [[{table}]]", table=table)
        return found

    def span(self, table: str, number: int) -> Span | None:
        """Return where a record stands; None where it has no header of its own."""
        found = [span for span in self._spans if span.table == table]
        return found[number] if len(found) == len(self.records(table)) else None

    def has_comments(self, table: str, number: int) -> bool:
        """Tell whether something is commented within a record."""
        span = self.span(table, number)
        return bool(comments_of(self.text[span.start : span.end] if span else self.text))

    def added(self, table: str, *texts: str) -> Splice:
        """Return the splice that puts the texts of new records, of a table above all, at the end."""
        if (self.records(table) and self.span(table, 0) is None) or self._values.get(table) == []:
            records = _parsed(self.path, "\n".join(texts))[table]
            return self._whole(lambda document: document[table].extend(_inline(records)))
        end = len(self.text)
        begin = "" if not self.text else "\n" if self.text.endswith("\n") else "\n\n"
        return Splice(end, end, "\n".join([begin + texts[0], *texts[1:]]))

    def changed(self, table: str, number: int, how: "Callable[[Table], None]") -> Splice:
        """Return the splice that changes a record; its comments stay, those that would be lost stand before it."""
        span = self.span(table, number)
        if span is None:
            return self._whole(lambda document: how(document[table][number]))
        text = self.text[span.start : span.end]
        return Splice(span.start, span.end, _changed(text, lambda document: how(document[table][0])))

    def replaced(self, table: str, number: int, text: str) -> Splice:
        """Return the splice that puts another text of one record in the place of a record.

        Raises:
            DataError: the record has no header of its own.

        """
        span = self.span(table, number)
        if span is None:
            raise _unreadable(self.path, None, "expected tables, each under [[{table}]]", table=table)
        return Splice(span.start, span.end, text)

    def removed(self, table: str, number: int) -> Splice:
        """Return the splice that takes a record out, with the empty line before it."""
        span = self.span(table, number)
        if span is None:
            return self._whole(lambda document: document[table].pop(number))
        start = span.start - 1 if self.text[: span.start].endswith("\n\n") else span.start
        return Splice(start, span.end, "")

    def _whole(self, how: "Callable[[Any], object]") -> Splice:
        return Splice(0, len(self.text), _changed(self.text, how))


def _parsed(path: Path, text: str) -> dict[str, Any]:
    parsed = parse(path, text)
    if isinstance(parsed, Problem):
        raise DataError([parsed])
    return parsed


def _unreadable(path: Path, line: int | None, template: str, **values: object) -> DataError:
    return DataError([Problem(path, line, None, None, Message(template, values))])


def _changed(text: str, how: "Callable[[Any], object]") -> str:
    import tomlkit  # 20 ms

    document = tomlkit.parse(text)
    how(document)
    changed = document.as_string()
    kept = comments_of(changed)
    lost = []
    for comment in comments_of(text):
        if comment in kept:
            kept.remove(comment)
        else:
            lost.append(comment)
    return "".join(f"{comment}\n" for comment in lost) + changed


def _inline(records: list[dict[str, Any]]) -> list[Any]:
    import tomlkit

    found = []
    for record in records:
        table = tomlkit.inline_table()
        table.update(record)
        found.append(table)
    return found
