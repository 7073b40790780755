"""The answers of tools: a page of records with chosen fields, of limited size, as `mltalks schema` describes them.

Does not search or count.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from mltalks.errors import UsageError
from mltalks.messages import Lang, Message
from mltalks.render import value_types as t
from mltalks.render.columns import Column, Record
from mltalks.render.json_schemas import OUTPUTS, body
from mltalks.render.output import Output, View
from mltalks.render.value_types import Schema
from mltalks.text.formats.json_text import encoded

MOST = 60_000  # characters of an answer
EVERYTHING = "*"  # in place of the names of fields
# Text that a program reads, one part a page; its schema has no name, since no command prints it as JSON.
MARKDOWN = Output("markdown", (), (Column("markdown", t.TEXT, str),), single=True)
_OUTPUTS = {**OUTPUTS, MARKDOWN.name: MARKDOWN}
_OTHER_CURSOR = (
    "the cursor is of another call: repeat the call that returned it, and change only cursor and limit"
)


class Found(NamedTuple):
    """What a tool has found: a view whose records are at least those of the page, out of `total` (None: these are all)."""

    view: View
    notices: Iterable[Message] = ()
    total: int | None = None


class Page(NamedTuple):
    """The records that are asked for: `limit` from `start` on, with some fields; `key` differs between calls."""

    start: int
    limit: int
    key: str
    fields: Sequence[str] | None = None

    @classmethod
    def of(cls, arguments: Mapping[str, Any], limit: int) -> "Page":
        """Return the page that the arguments of a call ask for; of a tool without pages, the first `limit` records.

        Raises UsageError: the cursor is not one of this call.
        """
        same = {name: value for name, value in arguments.items() if name not in ("cursor", "limit")}
        key = f"{crc32(json.dumps(same, sort_keys=True).encode('utf-8', 'surrogatepass')):08x}"
        place, _, of_call = (arguments.get("cursor") or f"0-{key}").partition("-")
        if of_call != key or not place.isdecimal():
            raise UsageError(_OTHER_CURSOR)
        return cls(int(place), arguments.get("limit") or limit, key, arguments.get("fields"))

    @property
    def stop(self) -> int:
        """The number of records up to the end of the page."""
        return self.start + self.limit

    def cursor(self, start: int) -> str:
        """Return the cursor of the page that begins at a record."""
        return f"{start}-{self.key}"


def answer(found: Found, page: Page, shown: Sequence[str], lang: Lang) -> dict[str, Any]:
    """Return a page of what was found: `result` is what the command prints as JSON, with the fields that are shown.

    Raises UsageError: there is no such field.
    """
    view = found.view
    total = len(view.records) if found.total is None else found.total
    records, stop = _records(view, page, shown)
    if page.start and not records:
        raise UsageError(_OTHER_CURSOR)
    if view.single:
        result: Any = records[0]
    elif view.head is None:
        result = records
    else:
        head = {"schema": f"mltalks/{view.output.name}/1", **view.head}
        result = _cut(head, MOST) | {view.output.listed_as: records}
    return {
        "result": result,
        "total": total,
        "next_cursor": page.cursor(stop) if stop < total else None,
        "notices": [notice.text(lang) for notice in found.notices],
    }


def _records(view: View, page: Page, shown: Sequence[str]) -> tuple[list[Record], int]:
    """Return the records of a page and where the next one begins; a page that would be too long ends sooner."""
    fields = page.fields or shown
    stored = [one for one in view.output.columns if one.stored]
    names = [one.name for one in (stored if EVERYTHING in fields else view.chosen(fields))]
    records: list[Record] = []
    size = 0
    for record in view.records[page.start : page.stop]:
        chosen = _cut({name: record[name] for name in names}, MOST)
        size += len(encoded(chosen))
        if records and size > MOST:
            break
        records.append(chosen)
    return records, page.start + len(records)


def _cut(record: Record, most: int) -> Record:
    """Return a record whose JSON has at most `most` characters: of a longer one, texts and lists are cut, and end with "…"."""
    longest = most
    while len(encoded(record)) > most and longest:
        longest //= 4
        record = _shortened(record, longest)
    return record


def _shortened(value: Any, longest: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= longest else value[: max(0, longest - 1)] + "…"
    if isinstance(value, dict):
        return {name: _shortened(one, longest) for name, one in value.items()}
    if isinstance(value, list):
        return [_shortened(one, longest) for one in value[: longest // 16]]
    return value


def answer_schema(outputs: Iterable[str]) -> Schema:
    """Return the JSON Schema of an answer whose result is one of some outputs, with any of their fields."""
    results = [_with_some_fields(_OUTPUTS[name]) for name in outputs]
    properties = {
        "result": results[0] if len(results) == 1 else {"anyOf": results},
        "total": {"type": "integer", "minimum": 0},
        "next_cursor": {"type": ["string", "null"]},
        "notices": {"type": "array", "items": {"type": "string"}},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _with_some_fields(output: Output) -> Schema:
    """Return the schema of an output whose records need not have all fields."""
    result = body(output._replace(single=True) if output.single is None else output)
    if output.listed_as:
        properties = result["properties"]
        return result | {
            "properties": properties | {output.listed_as: _optional(properties[output.listed_as])}
        }
    return _optional(result)


def _optional(records: Schema) -> Schema:
    if "items" in records:
        return records | {"items": _optional(records["items"])}
    return {key: value for key, value in records.items() if key != "required"}
