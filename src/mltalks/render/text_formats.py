"""Records as text for pipes: plain, JSON, JSON Lines, CSV, TSV, Markdown, ids.

Never truncates, never colours.
"""

from collections.abc import Callable, Sequence
from typing import Any

from mltalks.render.views.core import LINKS, Record, View
from mltalks.text import json_text as json, markdown as md, sanitize
from mltalks.text.spreadsheet_rows import Cell, csv_lines, tsv_lines


def json_text(view: View, fields: Sequence[str] = ()) -> str:
    """Return one array, or the one object of a view that is a count or a single record."""
    records = [_picked(record, fields) for record in view.records]
    if view.single:
        return json.encoded(records[0], indent=2) + "\n"
    if view.envelope:
        head, key = view.envelope
        return json.encoded({**head, key: records}, indent=2) + "\n"
    return "".join(json.array(map(json.encoded, records)))


def json_lines(view: View, fields: Sequence[str] = ()) -> str:
    """Return an object a line."""
    return "".join(json.lines(json.encoded(_picked(record, fields)) for record in view.records))


def _picked(record: Record, fields: Sequence[str]) -> Record:
    return {name: record[name] for name in fields} if fields else record


def text_of(value: Any) -> str:
    """Return a value of a record as text in one cell; what is absent is empty.

    >>> text_of(["a", "b"]), text_of([{"name": "Ada", "organization": None}]), text_of(None), text_of(True)
    ('a; b', 'Ada', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(text_of(one) for one in value)
    if isinstance(value, dict):
        return _object_text(value)
    return str(value)


def _object_text(value: Record) -> str:
    """Return a speaker, a reason, a theme or a part of one as text, told apart by what each alone has."""
    shapes: dict[str, Callable[[], str]] = {
        "how": lambda: _match_text(value),
        "what": lambda: f"{value['what']} {value['value']}",
        "term": lambda: f"{value['term']} in {value['field']}",
        "phrase": lambda: f"{value['phrase']} {value['share']}",
        "evidence": lambda: f"{value['id']} {value['score']}",
        "role": lambda: f"{value['role']} {value['seats']}",
        "sessions": lambda: f"{value['id']} {value['sessions']}",
        "name": lambda: (
            f"{value['name']} ({value['organization']})" if value["organization"] else value["name"]
        ),
    }
    places = (f"{name} {one['path']}:{one['line']}" for name, one in value.items() if isinstance(one, dict))
    return next((text() for mark, text in shapes.items() if mark in value), "; ".join(places))


def _match_text(value: Record) -> str:
    asked = f" (for {value['query']})" if value["text"] != value["query"] else ""
    return f"{value['text']}{asked} in {', '.join(value['fields'])}"


def plain(view: View, columns: Sequence[str]) -> str:
    """Return tab-separated lines, with a heading in a wide view only; a single record as a line a field, with its place."""
    if view.single:
        record = view.records[0]
        places = {
            name: f"\t{sanitize.shown(one['path'])}:{one['line']}"
            for name, one in record.get("origins", {}).items()
        }
        return "".join(
            f"{name}\t{sanitize.shown(text_of(record[name]))}{places.get(name, '')}\n"
            for name in columns
            if record[name] not in (None, [])
        )
    lines = [[text_of(record[name]) for name in columns] for record in view.records]
    return "".join(
        "\t".join(map(sanitize.shown, line)) + "\n" for line in ([columns] if view.wide else []) + lines
    )


def csv_text(view: View, columns: Sequence[str]) -> str:
    """Return CSV with a heading, every cell on one line."""
    return "".join(csv_lines([columns, *_rows(view, columns)]))


def tsv(view: View, columns: Sequence[str]) -> str:
    """Return tab-separated lines with a heading."""
    return "".join(tsv_lines([columns, *_rows(view, columns)]))


def _rows(view: View, columns: Sequence[str]) -> list[list[Cell]]:
    return [[_cell(record[name]) for name in columns] for record in view.records]


def _cell(value: Any) -> Cell:
    """Return a value for a cell: a number as it is, anything else as text on one line.

    >>> _cell(-1.5), _cell(["a", "b"])
    (-1.5, 'a; b')
    """
    return value if type(value) in (int, float) else sanitize.shown(text_of(value))


def markdown(view: View, columns: Sequence[str]) -> str:
    """Return a table of GitHub Flavored Markdown, links as links."""
    heading = list(map(sanitize.markdown, columns)) if view.wide else columns
    links = () if view.wide else LINKS
    rows = (
        [
            md.link(name, record[name]) if name in links else sanitize.markdown(text_of(record[name]))
            for name in columns
        ]
        for record in view.records
    )
    return "\n".join(md.table(heading, rows)) + "\n"


def ids(view: View) -> str:
    """Return the id (of a count: the value; of a finding: its sessions) of each record that has one, each once, a line each."""
    found: dict[str, None] = {}
    for record in view.records:
        value = record[view.key]
        if value is not None:
            found.update(dict.fromkeys(value if isinstance(value, list) else [str(value)]))
    return "".join(f"{sanitize.shown(one)}\n" for one in found)
