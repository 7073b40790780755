"""Imports JSON and JSON Lines: the output of mltalks, and records with other names of fields, also of the API of OpenReview.

Reads record by record, also from a list within an object. Does not import keys that `column_names` does not have.
"""

import re
from typing import Any

from mltalks.exchange.mapping import mapped_record, native_record
from mltalks.exchange.mapping.column_names import check_fields, field_of, fields_of, is_native, unknown_name
from mltalks.exchange.readers.json_stream import Page, values
from mltalks.exchange.readers.source import Draft, Found, Importer, Source, without_absent
from mltalks.messages import excerpt

LISTS = (
    "sessions", "talks", "papers", "results", "items", "data", "presentations", "records", "events", "notes", "submissions",
    "hits", "entries", "proposals", "lectures", "posters",
)  # fmt: skip
_SHAPES = 1_000  # sets of keys whose fields are cached
_KEYS = 10_000  # names that are kept for suggestions
_SHOWN = 12  # keys that a message names
_OBJECTS = re.compile(r"\ufeff?\s*(?:\[\s*(?:\{\s*\"|\])|\{)")
_LINES = re.compile(r"\ufeff?\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is a JSON object or an array of objects."""
    return bool(_OBJECTS.match(head))


def recognises_lines(name: str, head: str) -> bool:
    """Return whether a text is JSON Lines: an object on its first line and, unless it is named .jsonl, on the next."""
    return bool((_OBJECTS if name.endswith(".jsonl") else _LINES).match(head))


def read(source: Source) -> Found:
    """Yield the drafts and problems of an array, of an object with a list of records or with records by key, or of objects on lines.

    Raises DataError: it is not JSON from some place on, not text in its encoding, an item of Zotero, or no key of any record is a title.
    Raises UsageError: --map names an unknown field, or a key that no record has.
    """
    check_fields(source)
    reader = _Reader(source)
    page = Page()
    for line, record in values(source, LISTS, page):
        if source.titles and isinstance(record, str):
            record = {"title": record}  # noqa: PLW2901
        if _is_of_zotero(record):
            raise source.unreadable("is JSON of Zotero's own; export it there as BibTeX, RIS or CSL JSON")
        if not isinstance(record, dict):
            yield source.problem("is not an object with a title", line=line)
            continue
        for one in _by_key(record):
            yield from reader.read(one, line)
    yield from reader.rest()
    yield from page.problems(source, "count")


def _is_of_zotero(record: Any) -> bool:
    """Return whether a record is an item of Zotero, by itself or within an answer of its API."""
    inner = record.get("data", record) if isinstance(record, dict) else None
    return isinstance(inner, dict) and {"itemType", "creators"} <= inner.keys()


def _by_key(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the objects that an object holds by key, if it holds nothing else and some have a title; or its one list of such; else it.

    The fields of an answer of OpenReview are within its "content".
    """
    if _is_titled(record):
        return [record]
    inner = list(record.values())
    if inner and all(isinstance(one, dict) for one in inner) and any(map(_is_titled, inner)):
        return [one for whole in inner for one in _by_key(whole)]
    content = record.get("content")
    if isinstance(content, dict) and _is_titled(content):
        whole = {**record, **content}
        del whole["content"]
        return [{key: _bare(value) for key, value in whole.items()}]
    lists = [
        one for one in inner if isinstance(one, list) and one and all(isinstance(part, dict) for part in one)
    ]
    titled = [one for one in lists if any(_is_titled(part, "name") for part in one)]
    return titled[0] if len(titled) == 1 else [record]


def _is_change(record: dict[str, Any], columns: dict[str, str]) -> bool:
    """Return whether a record without a title may be that of a known session: it has an id and all else is of fields, too."""
    return "id" in columns.values() and 1 < len(columns) == len(record)


def _bare(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) and value.keys() == {"value"} else value


def _is_titled(record: dict[str, Any], but: str = "") -> bool:
    return any(key != but and field_of(key)[0] == "title" for key in record)


class _Reader:
    """Reads records; those without a key for the title wait until there is one that has it, or the end."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._shapes: dict[tuple[str, ...], dict[str, str]] = {}
        self._unseen, self._seen = dict(source.mapping), dict[str, None]()
        self._titled = False
        self._untitled: dict[tuple[str, ...], tuple[int, int]] = {}  # the first line and the number, by keys

    def read(self, record: dict[str, Any], line: int) -> Found:
        """Yield what is read of a record."""
        for field in [field for field, key in self._unseen.items() if key in record]:
            del self._unseen[field]
        if self._unseen and len(self._seen) < _KEYS:
            self._seen.update(dict.fromkeys(record))
        mapped = {key: field for field, key in self._source.mapping.items() if key in record}
        if is_native(record, mapped):
            self._titled = True
            own = {key: value for key, value in record.items() if key not in mapped}
            found = native_record.draft(self._source, own, line)
            if mapped and isinstance(found, Draft):
                values = {field: record[key] for key, field in mapped.items()}
                found = mapped_record.with_mapped(self._source, found, without_absent(values), mapped)
            yield found
            return
        filled = without_absent(record)
        columns = self._columns(tuple(filled))
        if "title" in columns.values() or _is_change(filled, columns):
            self._titled = True
            fields = {field: filled[key] for key, field in columns.items()}
            yield mapped_record.draft(self._source, fields, line, columns)
            return
        shape = tuple(filled) if len(self._untitled) < _SHAPES else ()
        first, count = self._untitled.get(shape, (line, 0))
        self._untitled[shape] = first, count + 1

    def rest(self) -> Found:
        """Yield the problems of all records.

        Raises DataError: none has a title.
        Raises UsageError: --map names a key that no record has.
        """
        for shape, (line, count) in self._untitled.items():
            names = ", ".join(excerpt(key) for key in shape[:_SHOWN]) + (", …" if len(shape) > _SHOWN else "")
            if not self._titled and "title" not in self._unseen:
                raise self._source.unreadable(
                    "none of the keys {names} is recognized as the title; choose it with --map title=KEY. mltalks reads an array of "
                    "objects, an object with such an array or with objects by key, or one object per line",
                    line=line, names=names or '""',
                )  # fmt: skip
            template = (
                "has no title among its keys {names}"
                if count == 1
                else "has no title among its keys {names}, as {count} records"
            )
            yield self._source.problem(template, line=line, names=names or '""', count=count)
        for field, key in self._unseen.items() if self._seen else ():
            raise unknown_name(self._source, field, key, self._seen)

    def _columns(self, shape: tuple[str, ...]) -> dict[str, str]:
        """Return the fields of some keys."""
        columns = self._shapes.get(shape)
        if columns is None:
            known = {field: key for field, key in self._source.mapping.items() if key in shape}
            columns = fields_of(self._source._replace(mapping=known), shape)
            if len(self._shapes) < _SHAPES:
                self._shapes[shape] = columns
        return columns


JSON = Importer(read, recognises, (".json",))
JSON_LINES = Importer(read, recognises_lines, (".jsonl", ".ndjson"))
