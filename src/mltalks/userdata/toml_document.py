"""The text of a TOML file as records that can be changed one by one; the other bytes do not change.

Does not depend on the fields of tables.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from mltalks.dataset.record_texts import RecordText, record_texts, values_of
from mltalks.dataset.toml.lexer import keys, outline
from mltalks.dataset.toml.parser import parse, record_text
from mltalks.errors import DataError
from mltalks.problems import Problem
from mltalks.userdata.journal import Splice, spliced
from mltalks.userdata.record_file import RecordFile

Fields = Mapping[str, Any]  # a field that is None is to be removed

_UNCHANGEABLE = "uses a TOML style that mltalks cannot edit; put each record under its own [[{table}]] header"


class Span(NamedTuple):
    """The place of a record, the `number`th of its table (from 0): from its header at `start` up to the character `end`.

    Comments and empty lines after its last value are not part of it.
    """

    table: str
    number: int
    start: int
    end: int


def spans(text: str) -> list[Span]:
    r"""Return the places of all records with a `[[table]]` header, in order.

    >>> [(one.table, one.number) for one in spans('[[sessions]]\nid = "a"\n# b\n[[sessions]]\nid = "[[sessions]]"\n')]
    [('sessions', 0), ('sessions', 1)]
    """
    begun: list[tuple[str, int]] = []
    comments = set()
    for token in outline(text):
        if token.kind == "comment":
            comments.add(token.start)
        elif token.kind == "header":
            table, *below = keys(text[token.start : token.end])
            if not (below and begun and begun[-1][0] == table):
                begun.append((table, token.start))
    stops = [*(start for _, start in begun[1:]), len(text)]
    counts: Counter[str] = Counter()
    found = []
    for (table, start), stop in zip(begun, stops, strict=False):
        end = start + len(text[start:stop].rstrip())
        # Without the lines that hold a comment alone.
        while (line := text.rfind("\n", start, end) + 1) and end - len(text[line:end].lstrip()) in comments:
            end = start + len(text[start:line].rstrip())
        found.append(Span(table, counts[table], start, end + text.startswith("\n", end)))
        counts[table] += 1
    return found


def comments_of(text: str) -> list[str]:
    """Return the comments of a text, in order."""
    return [text[token.start : token.end] for token in outline(text) if token.kind == "comment"]


class TomlDocument:
    """A TOML file whose records can be changed, replaced, removed and added; `splices` returns what all of that does."""

    def __init__(self, path: Path, text: str, *, valid: bool = False) -> None:
        """Take the text of the file, which is parsed unless it is known to be `valid`.

        Raises DataError: it is not TOML.
        """
        self.path = path
        self.text = text
        self._texts = record_texts(text) if valid else None
        if self._texts is None:
            _ = self.values
        self._edits: dict[tuple[str, int], Fields | str | None] = {}
        self._added: list[tuple[str, str]] = []

    @cached_property
    def values(self) -> dict[str, Any]:
        """The parsed file."""
        return _parsed(self.path, self.text)

    @property
    def known(self) -> RecordFile:
        """The records of the file, by table."""
        return RecordFile(self.values) if self._texts is None else RecordFile.of_texts(self._texts)

    def records(self, table: str) -> list[dict[str, Any]]:
        """Return the records of a table as they were parsed.

        Raises DataError: the file holds something else under that name.
        """
        found: Any = self.values.get(table, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self._unreadable("expected records, each under a [[{table}]] header", table)
        return found

    def record_text(self, table: str, number: int) -> str | None:
        """Return the text of a record; None if it has no `[[table]]` header, or if not all of it is below that header."""
        span = self._span(table, number)
        return self.text[span.start : span.end] if span else None

    def change(self, table: str, number: int, fields: Fields) -> None:
        """Set fields of a record. Its comments stay; one that would be lost is put before it."""
        self._edits[table, number] = fields

    def replace(self, table: str, number: int, text: str) -> None:
        """Put the text of a record in the place of one."""
        self._edits[table, number] = text

    def remove(self, table: str, number: int) -> None:
        """Take a record out, with the empty line before it."""
        self._edits[table, number] = None

    def add(self, table: str, record: Fields | str) -> None:
        """Put a record, or the text of one, at the end."""
        self._added.append((table, _text(table, record)))

    def splices(self) -> list[Splice]:
        """Return the splices that make all changes, in order.

        Raises DataError: the file is written in a way in which they cannot be made.
        """
        for table in dict(self._added) if self._texts is None else ():
            self.records(table)  # raises if the name is not a table of records: none can be added then
        spans = {key: self._span(*key) for key in self._edits}
        inline = {table for table in dict(self._added) if self._is_inline(table)}
        added = [text for table, text in self._added if table not in inline]
        if inline or None in spans.values():
            text = self._changed_as_a_whole(inline)
            return [Splice(0, len(self.text), spliced(text, _at_end(text, added)))]
        splices = (self._splice(span, self._edits[key]) for key, span in spans.items() if span)
        return [*sorted(splices), *_at_end(self.text, added)]

    @cached_property
    def _spans(self) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for span in spans(self.text):
            found.setdefault(span.table, []).append(span)
        return found

    def _span(self, table: str, number: int) -> Span | None:
        if self._texts is not None:
            return self._span_of_text([one for one in self._texts if one.table == table][number], number)
        found, records = self._spans.get(table, []), self.records(table)
        if len(found) != len(records):
            return None
        span = found[number]
        alone = parse(self.path, self.text[span.start : span.end])
        return span if alone == {table: [records[number]]} else None

    def _span_of_text(self, one: RecordText, number: int) -> Span | None:
        if values_of(one) is None:
            return None
        end = one.start + spans(one.text)[0].end
        return Span(one.table, number, one.start, end + self.text.startswith("\n", end))

    def _is_inline(self, table: str) -> bool:
        """Return whether a table is a list of values, after which no header of one more record may follow."""
        if self._texts is not None:
            return False
        if not isinstance(self.values.get(table), list) or self._spans.get(table):
            return False
        return isinstance(parse(self.path, f"{self.text}\n[[{table}]]\n"), Problem)

    def _splice(self, span: Span, edit: Fields | str | None) -> Splice:
        if edit is None:
            return Splice(span.start - self.text.endswith("\n\n", 0, span.start), span.end, "")
        if not isinstance(edit, str):
            edit = _edited(self.text[span.start : span.end], {(span.table, 0): edit}, {})
        return Splice(span.start, span.end, edit)

    def _changed_as_a_whole(self, inline: Collection[str]) -> str:
        """Return the text with all edits, and with the records that are added to lists of values."""
        edits = {
            (table, number): dict.fromkeys(self.records(table)[number]) | _record(table, edit)
            if isinstance(edit, str)
            else edit
            for (table, number), edit in self._edits.items()
        }
        added = {
            table: [_record(name, one) for name, one in self._added if name == table] for table in inline
        }
        wanted = dict(self.values)
        for table in {table for table, _ in edits} | added.keys():
            records = enumerate(self.records(table))
            changed = [_with(one, edits.get((table, number), {}), table) for number, one in records]
            wanted[table] = [one for one in changed if one is not None] + added.get(table, [])
        # What tomlkit raises on unusual files.
        with suppress(DataError, ValueError, TypeError, LookupError, AttributeError):
            text = _edited(self.text, edits, added)
            if _parsed(self.path, text) == wanted:
                return text
        raise self._unreadable(_UNCHANGEABLE, [*(table for table, _ in edits), *inline][0])

    def _unreadable(self, template: str, table: str) -> DataError:
        return DataError([Problem.of(self.path, template, table=table)])


def _text(table: str, record: Fields | str) -> str:
    return record if isinstance(record, str) else record_text(record, table)


def _record(table: str, record: Fields | str) -> dict[str, Any]:
    """Return a record as its text is parsed."""
    found: dict[str, Any] = _parsed(Path("record"), _text(table, record))[table][0]
    return found


def _with(record: dict[str, Any], fields: Fields | None, table: str) -> dict[str, Any] | None:
    """Return a record with some fields set or removed; None if the record is to be removed."""
    if not fields:
        return None if fields is None else record
    return {name: one for name, one in record.items() if name not in fields} | _record(table, fields)


def _at_end(text: str, records: Sequence[str]) -> list[Splice]:
    before = [] if not text else [""] if text.endswith("\n") else ["", ""]
    return [Splice(len(text), len(text), "\n".join([*before, *records]))] if records else []


def _parsed(path: Path, text: str) -> dict[str, Any]:
    parsed = parse(path, text)
    if isinstance(parsed, Problem):
        raise DataError([parsed])
    return parsed


# What follows uses tomlkit, which keeps comments and order. It takes 20 ms to import.


def _edited(
    text: str, edits: Mapping[tuple[str, int], Fields | None], added: Mapping[str, Sequence[Fields]]
) -> str:
    """Return a text with records changed or (None) removed, and others added to lists of values."""
    import tomlkit

    document: Any = tomlkit.parse(text)
    for table, number in sorted(edits, reverse=True):  # from the end: no number changes before its turn
        fields = edits[table, number]
        if fields is None:
            document[table].pop(number)
        else:
            _put(document[table][number], fields)
    for table, records in added.items():
        for record in records:
            made = tomlkit.inline_table()
            made.update(record)
            document[table].append(made)
    changed: str = document.as_string()
    lost = Counter(comments_of(text)) - Counter(comments_of(changed))
    return "".join(f"{comment}\n" for comment in lost.elements()) + changed


def _put(record: Any, fields: Fields) -> None:
    """Set fields of a record and take away those that are None; change lists in place if possible."""
    import tomlkit

    for field in [field for field, value in fields.items() if value is None]:
        del record[field]
    for field, value in fields.items():
        old = record.get(field)
        if isinstance(value, list) and isinstance(old, tomlkit.items.Array):
            _put_list(old, value)
            if _reads_as(old, value):
                continue
        if value is not None:
            record[field] = _item(value)


def _put_list(array: Any, values: Sequence[Any]) -> None:
    for number in range(len(array) - 1, -1, -1):
        if array[number] not in values:
            del array[number]
    for value in values:
        if value not in array:
            array.append(_item([value])[0])


def _reads_as(array: Any, values: Sequence[Any]) -> bool:
    """Return whether a list reads back as its values: tomlkit omits the comma before a comment on a separate line."""
    return parse(Path("list"), f"value = {array.as_string()}") == {"value": values}


def _item(value: Any) -> Any:
    """Return a value for tomlkit, written as `dataset.toml` writes it."""
    import tomlkit

    document: Any = tomlkit.parse(record_text({"value": value}))
    return document["sessions"][0]["value"]
