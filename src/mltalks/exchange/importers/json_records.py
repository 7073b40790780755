"""Imports JSON and JSON Lines: the output of mltalks, and records with other names of fields.

Reads record by record, also from a list within an object. Does not import keys that `column_names` does not have.
"""

import re
from dataclasses import replace
from typing import Any

from mltalks.exchange.mapping import mapped_record, native_record
from mltalks.exchange.mapping.column_names import check_fields, fields_of, is_native
from mltalks.exchange.readers.json_stream import values
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem

LISTS = ("sessions", "talks", "papers", "results", "items", "data", "presentations", "records")
_SHAPES = 1_000  # sets of keys whose fields are cached
_KEYS = 10_000  # names that are kept for suggestions
_OBJECTS = re.compile(r"\ufeff?\s*(?:\[\s*(?:\{\s*\"|\])|\{)")
_LINES = re.compile(r"\ufeff?\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is a JSON object or an array of objects."""
    return bool(_OBJECTS.match(head))


def recognises_lines(name: str, head: str) -> bool:
    """Return whether a text is JSON Lines: an object on its first line and, unless it is named .jsonl, on the next."""
    return bool((_OBJECTS if name.endswith(".jsonl") else _LINES).match(head))


def read(source: Source) -> Found:
    """Yield the drafts and problems of an array, of an object with a list of records, or of objects on lines.

    Raises DataError: it is not JSON from some place on, or not text in its encoding.
    Raises UsageError: --map names an unknown field.
    """
    check_fields(source)
    shapes: dict[tuple[str, ...], dict[str, str]] = {}
    unseen, seen = dict(source.mapping), dict[str, None]()
    for line, record in values(source, LISTS):
        if source.titles and isinstance(record, str):
            record = {"title": record}  # noqa: PLW2901
        if not isinstance(record, dict):
            yield source.problem("is not an object with a title", line=line)
            continue
        for field in [field for field, key in unseen.items() if key in record]:
            del unseen[field]
        if unseen and len(seen) < _KEYS:
            seen.update(dict.fromkeys(record))
        yield _draft(source, record, line, shapes)
    for field, key in unseen.items() if seen else ():
        from mltalks.text.fuzzy import nearest

        problem = source.problem('--map {field}: no record has the key "{key}"', field=field, key=key)
        yield replace(problem, nearest=tuple(nearest(key, seen)))


def _draft(
    source: Source, record: dict[str, Any], line: int, shapes: dict[tuple[str, ...], dict[str, str]]
) -> Draft | Problem:
    if not source.mapping and is_native(record):
        return native_record.draft(source, record, line)
    filled = {key: value for key, value in record.items() if value not in (None, [], "", {})}
    shape = tuple(filled)
    columns = shapes.get(shape)
    if columns is None:
        known = {field: key for field, key in source.mapping.items() if key in filled}
        columns = fields_of(source._replace(mapping=known), shape)
        if len(shapes) < _SHAPES:
            shapes[shape] = columns
    return mapped_record.draft(source, {field: filled[key] for key, field in columns.items()}, line)


JSON = Importer(read, recognises, (".json",))
JSON_LINES = Importer(read, recognises_lines, (".jsonl", ".ndjson"))
