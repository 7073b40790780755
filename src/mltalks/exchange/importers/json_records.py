"""JSON and JSON Lines as a source of records: what our commands print, and records with other names for their fields.

Reads record by record, also those of a list within an object. Does not take keys that `column_names` does not know.
"""

import re
from dataclasses import replace
from typing import Any

from mltalks.exchange.mapping import mapped_record, native_record
from mltalks.exchange.mapping.column_names import check_fields, fields_of, is_ours
from mltalks.exchange.readers.json_stream import values
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem

LISTS = ("sessions", "talks", "papers", "results", "items", "data", "presentations", "records")
_SHAPES = 1_000  # sets of keys that are remembered with their fields
_KEYS = 10_000  # names that are remembered to suggest the nearest of
_OBJECTS = re.compile(r"\ufeff?\s*(?:\[\s*(?:\{\s*\"|\])|\{)")
_LINES = re.compile(r"\ufeff?\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is JSON that holds objects: an array of them, or one."""
    return bool(_OBJECTS.match(head))


def recognises_lines(name: str, head: str) -> bool:
    """Return whether a text is JSON Lines: an object on its first line, and another on the next unless it is named so."""
    return bool((_OBJECTS if name.endswith(".jsonl") else _LINES).match(head))


def read(source: Source) -> Found:
    """Yield the drafts and problems of an array, an object with a list of records, or an object a line.

    Raises DataError: it is not JSON from some place on, or not text in its encoding.
    Raises UsageError: --map names a field that there is not.
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

        problem = source.problem('--map {field}: no record has "{key}"', field=field, key=key)
        yield replace(problem, nearest=tuple(nearest(key, seen)))


def _draft(
    source: Source, record: dict[str, Any], line: int, shapes: dict[tuple[str, ...], dict[str, str]]
) -> Draft | Problem:
    if not source.mapping and is_ours(record):
        return native_record.draft(source, record, line)
    said = {key: value for key, value in record.items() if value not in (None, [], "", {})}
    shape = tuple(said)
    columns = shapes.get(shape)
    if columns is None:
        known = {field: key for field, key in source.mapping.items() if key in said}
        columns = fields_of(source._replace(mapping=known), shape)
        if len(shapes) < _SHAPES:
            shapes[shape] = columns
    return mapped_record.draft(source, {field: said[key] for key, field in columns.items()}, line)


JSON = Importer(read, recognises, (".json",))
JSON_LINES = Importer(read, recognises_lines, (".jsonl", ".ndjson"))
