"""Records as text for pipes: plain, JSON, JSON Lines, CSV, TSV, Markdown, ids.

Never truncates, never colours.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from mltalks.render.views.core import LINKS, Record, View
from mltalks.text import sanitize


def json_text(view: View, fields: Sequence[str] = ()) -> str:
    """Return one array, or the one object of a view that is a count or a single record."""
    records = [_picked(record, fields) for record in view.records]
    if view.single:
        return _encoded(records[0])
    if view.envelope:
        head, key = view.envelope
        return _encoded({**head, key: records})
    if not records:
        return "[]\n"
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return sanitize.json_safe(f"[\n{lines}\n]\n")


def json_lines(view: View, fields: Sequence[str] = ()) -> str:
    """Return an object a line."""
    return "".join(
        sanitize.json_safe(json.dumps(_picked(record, fields), ensure_ascii=False) + "\n")
        for record in view.records
    )


def _encoded(value: Record) -> str:
    return sanitize.json_safe(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


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
    """Return CSV with a heading (RFC 4180, lines ended as on Unix), in which nothing is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(sanitize.cell, columns))
    writer.writerows(_cells(view, columns))
    return out.getvalue()


def tsv(view: View, columns: Sequence[str]) -> str:
    """Return tab-separated lines with a heading; no cell holds a tab or the end of a line, so none is quoted."""
    return "".join(
        "\t".join(cells) + "\n" for cells in [[*map(sanitize.cell, columns)], *_cells(view, columns)]
    )


def _cells(view: View, columns: Sequence[str]) -> list[list[str]]:
    return [[_cell(record[name]) for name in columns] for record in view.records]


def _cell(value: Any) -> str:
    """Return a value so that no spreadsheet takes text for a formula; a number below 0 is none.

    >>> _cell(-1.5), _cell("-1.5")
    ('-1.5', "'-1.5")
    """
    return str(value) if type(value) in (int, float) else sanitize.cell(text_of(value))


def markdown(view: View, columns: Sequence[str]) -> str:
    """Return a table of GitHub Flavored Markdown, links as links."""
    if view.wide:
        head: Iterable[str] = map(sanitize.markdown, columns)
        rows = [[sanitize.markdown(text_of(record[name])) for name in columns] for record in view.records]
    else:
        head = columns
        rows = [[_markdown_cell(name, record[name]) for name in columns] for record in view.records]
    lines = [list(head), ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _markdown_cell(name: str, value: Any) -> str:
    if name in LINKS:
        address = sanitize.link(value)
        return f"[{name}](<{address}>)" if address else ""
    return sanitize.markdown(text_of(value))


def ids(view: View) -> str:
    """Return the id (of a count: the value; of a finding: its sessions) of each record that has one, each once, a line each."""
    found: dict[str, None] = {}
    for record in view.records:
        value = record[view.key]
        if value is not None:
            found.update(dict.fromkeys(value if isinstance(value, list) else [str(value)]))
    return "".join(f"{sanitize.shown(one)}\n" for one in found)
