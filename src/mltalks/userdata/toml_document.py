"""Where each record stands in the text of a TOML file, so that one can be changed and the others stay as they are.

Reads what begins tables, strings and comments, as TOML 1.0 writes them; what a record says is not its business.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mltalks.dataset.toml import parse
from mltalks.errors import DataError
from mltalks.problems import Problem
from mltalks.userdata.journal import Splice, spliced

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

_UNCHANGEABLE = "is written in a way in which it cannot be changed; put each record under [[{table}]]"
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*([\w-]+)", re.MULTILINE)


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
        self._spans: dict[str, list[Span]] = {}
        for one in spans(text):
            self._spans.setdefault(one.table, []).append(one)

    @property
    def tables(self) -> set[str]:
        """The names of all that stands in it."""
        return set(self._values)

    def records(self, table: str) -> list[dict[str, Any]]:
        """Return the records of a table as they are.

        Raises:
            DataError: something else stands under its name.

        """
        found: Any = self._values.get(table, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise _unreadable(self.path, "expected tables, each under [[{table}]]", table=table)
        return found

    def span(self, table: str, number: int) -> Span | None:
        """Return where a record stands; None where it has no header of its own, or not all of it stands below that."""
        found, records = self._spans.get(table, []), self.records(table)
        if len(found) != len(records):
            return None
        span = found[number]
        alone = parse(self.path, self.text[span.start : span.end])
        return span if alone == {table: [records[number]]} else None

    def has_comments(self, table: str, number: int) -> bool:
        """Tell whether something is commented within a record."""
        span = self.span(table, number)
        return bool(comments_of(self.text[span.start : span.end] if span else self.text))

    def added(self, *texts: str) -> Splice:
        """Return the splice that puts the texts of new records at the end."""
        (splice,) = self.edited("", {}, texts)
        return splice

    def changed(self, table: str, number: int, how: "Callable[[Table], None]") -> Splice:
        """Return the splice that changes a record; its comments stay, those that would be lost stand before it."""
        (splice,) = self.edited(table, {number: how})
        return splice

    def edited(
        self, table: str, changes: "Mapping[int, Callable[[Table], None]]", texts: Sequence[str] = ()
    ) -> list[Splice]:
        """Return the splices that change records of a table, by their numbers, and put the texts of new ones at the end.

        Raises:
            DataError: the file is written in a way in which they cannot be changed.

        """
        places = {number: self.span(table, number) for number in changes}
        inline = {name for name in map(_table_of, texts) if self._is_inline(name)}
        if not inline and all(places.values()):
            return [*self._changes(table, places, changes), *_at_end(self.text, texts)]

        def how(document: Any) -> None:
            for number, change in changes.items():
                change(document[table][number])
            for text in texts:
                if _table_of(text) in inline:
                    document[_table_of(text)].extend(_inline(_parsed(self.path, text)[_table_of(text)]))

        whole = self._whole(how, table, changes)
        rest = [text for text in texts if _table_of(text) not in inline]
        return [whole._replace(text=spliced(whole.text, _at_end(whole.text, rest)))]

    def _changes(
        self, table: str, places: Mapping[int, Span | None], changes: "Mapping[int, Callable[[Table], None]]"
    ) -> Iterator[Splice]:
        for number, span in sorted(places.items()):
            if span is not None:
                text = _changed(self.text[span.start : span.end], partial(_on_first, table, changes[number]))
                yield Splice(span.start, span.end, text)

    def _is_inline(self, table: str) -> bool:
        """Tell whether a table is a list of values, after which no header of one more record may stand."""
        if not isinstance(self._values.get(table), list) or self._spans.get(table):
            return False
        return isinstance(parse(self.path, f"{self.text}\n[[{table}]]\n"), Problem)

    def replaced(self, table: str, number: int, text: str) -> Splice:
        """Return the splice that puts another text of one record in the place of a record.

        Raises:
            DataError: the record has no header of its own.

        """
        span = self.span(table, number)
        if span is None:
            raise _unreadable(self.path, _UNCHANGEABLE, table=table)
        return Splice(span.start, span.end, text)

    def removed(self, table: str, number: int) -> Splice:
        """Return the splice that takes a record out, with the empty line before it."""
        span = self.span(table, number)
        if span is None:
            return self._whole(lambda document: document[table].pop(number), table, {number}, gone=True)
        start = span.start - 1 if self.text[: span.start].endswith("\n\n") else span.start
        return Splice(start, span.end, "")

    def _whole(
        self, how: "Callable[[Any], object]", table: str, numbers: Collection[int], *, gone: bool = False
    ) -> Splice:
        """Return the splice of all the text; what is not of the records of these numbers must have stayed as it is."""
        try:
            text = _changed(self.text, how)
            values = _parsed(self.path, text)
        except (
            DataError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
        ):  # all that tomlkit raises on odd files
            values = {}
        before, after = (
            _without(self._values, table, numbers),
            _without(values, table, () if gone else numbers),
        )
        if any(after.get(name, [])[: len(some)] != some for name, some in before.items()):
            raise _unreadable(self.path, _UNCHANGEABLE, table=table)
        return Splice(0, len(self.text), text)


def _on_first(table: str, how: "Callable[[Table], None]", document: Any) -> None:
    how(document[table][0])


def _without(values: dict[str, Any], table: str, numbers: Collection[int]) -> dict[str, list[Any]]:
    """Return all records by their table without those of these numbers of one."""
    found = {name: some if isinstance(some, list) else [some] for name, some in values.items()}
    return found | {table: [one for number, one in enumerate(found.get(table, [])) if number not in numbers]}


def _table_of(text: str) -> str:
    """Return the table of the text of a record."""
    found = _HEADER.search(text)
    return found[1] if found else ""


def _at_end(text: str, records: Sequence[str]) -> list[Splice]:
    begin = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return [Splice(len(text), len(text), begin + "\n".join(records))] if records else []


def _parsed(path: Path, text: str) -> dict[str, Any]:
    parsed = parse(path, text)
    if isinstance(parsed, Problem):
        raise DataError([parsed])
    return parsed


def _unreadable(path: Path, template: str, **values: object) -> DataError:
    return DataError([Problem.of(path, template, **values)])


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
