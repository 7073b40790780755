"""Views as text for pipes: plain, JSON, JSON Lines, CSV, TSV, Markdown, BibTeX, ids.

Does not cut or colour; `render.terminal` draws tables.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from mltalks.dataset.model import SESSION_FIELDS, Session
from mltalks.errors import UsageError
from mltalks.messages import Lang, word
from mltalks.render import value_types
from mltalks.render.cell_texts import Context, cell_text
from mltalks.render.columns import Column, Record
from mltalks.render.output import View, heading
from mltalks.text import sanitize
from mltalks.text.formats import csv_cells, json_text as json, markdown as md
from mltalks.text.formats.csv_rows import Cell, csv_lines, tsv_lines


def render(
    view: View, form: str, fields: Sequence[str] = (), lang: Lang = "en", *, labelled: bool = False
) -> Iterator[str]:
    """Return the pieces of a view in any format but `table`, with its last line ended; Markdown, which people read, in a language.

    `labelled` CSV and TSV have the columns, headings and texts of Markdown.

    Raises UsageError: a field that the view does not have; BibTeX of something that is not a session.
    """
    view.chosen(fields)  # an unknown field is an error in every format
    if labelled and form in ("csv", "tsv"):
        return (csv_lines if form == "csv" else tsv_lines)(_labelled_rows(view, fields, lang))
    return _markdown(view, fields, lang) if form == "md" else _WRITERS[form](view, fields)


def _labelled_rows(view: View, fields: Sequence[str], lang: Lang) -> Iterator[list[Cell]]:
    """Yield the headings and the rows of a view as people read them; numbers stay numbers."""
    columns = view.chosen(fields, view.output.markdown or view.output.text)
    context = Context(view.catalogue, {one.name for one in columns}, lang)
    yield [heading(one.head, lang) for one in columns]
    for record in view.records:
        yield [_labelled(context, one, record) for one in columns]


def _labelled(context: Context, column: Column, record: Record) -> Cell:
    value = column.of(record)
    if value is None:
        return word(column.absent, context.lang)
    return value if type(value) in (int, float) else cell_text(context, record, column)


def _json(view: View, fields: Sequence[str]) -> Iterator[str]:
    """Yield an array, or an object for a view with a head or a single record."""
    objects = _objects(view, fields)
    if view.single:
        yield json.encoded(next(objects), indent=2) + "\n"
    elif view.head is None:
        yield from json.array(map(json.encoded, objects))
    else:
        records = {view.output.listed_as: list(objects)} if view.output.listed_as else {}
        head = {"schema": f"mltalks/{view.output.name}/1", **view.head}
        yield json.encoded(head | records, indent=2) + "\n"


def _objects(view: View, fields: Sequence[str]) -> Iterator[Record]:
    columns = view.chosen(fields) if fields else [one for one in view.output.columns if one.stored]
    return ({one.name: one.of(record) for one in columns} for record in view.records)


def _plain(view: View, fields: Sequence[str]) -> Iterator[str]:
    """Yield tab-separated lines, with headings if they are data and not chosen; a single record as a line for each field."""
    columns = view.chosen(fields, view.output.text)
    if view.single:
        yield from _field_lines(view.records[0], columns)
        return
    lines = ([one.text(record) for one in columns] for record in view.records)
    headings = [[one.name for one in columns]] if view.output.wide and not fields else []
    yield from ("\t".join(map(sanitize.shown, line)) + "\n" for line in chain(headings, lines))


def _field_lines(record: Record, columns: Sequence[Column]) -> Iterator[str]:
    """Yield a line for each field that has a value; if the origins are printed beside others, each beside its field."""
    places = record["origins"] if len(columns) > 1 and columns[-1].name == "origins" else {}
    for one in columns[: -1 if places else None]:
        value = one.of(record)
        if value not in (None, []):
            place = places.get(one.name)
            cells = [one.name, one.type.text(value), *([f"{place['path']}:{place['line']}"] if place else [])]
            yield "\t".join(map(sanitize.shown, cells)) + "\n"


def _rows(view: View, fields: Sequence[str]) -> Iterator[list[Cell]]:
    columns = view.chosen(fields)
    if not fields and "origins" not in view.output.text:  # paths of this machine: only if asked for
        columns = [one for one in columns if one.name != "origins"]
    yield [one.name for one in columns]
    cell = _session_cell if view.output.sessions else _cell
    for record in view.records:
        yield [cell(one, record) for one in columns]


def _cell(column: Column, record: Record) -> Cell:
    """Return a value for a cell: a number as it is, anything else as text."""
    value = column.of(record)
    return value if type(value) in (int, float) else column.type.text(value)


def _session_cell(column: Column, record: Record) -> Cell:
    """Return a value of a session for a cell, its lists in the form that an import reads back."""
    value = column.of(record)
    if column.name == "speakers":
        return csv_cells.joined(csv_cells.person(one["name"], one["organization"]) for one in value)
    return csv_cells.joined(value) if column.type is value_types.TEXTS else _cell(column, record)


def _markdown(view: View, fields: Sequence[str], lang: Lang) -> Iterator[str]:
    """Return a table of GitHub Flavored Markdown, links as links; of a single record, a row for each field that has a value.

    In Japanese, headings and values are those that a terminal shows.
    """
    columns = view.chosen(fields, view.output.markdown or view.output.text)
    context = Context(view.catalogue, {one.name for one in columns}, lang)
    names = [heading(one.head, lang) if lang == "ja" else one.name for one in columns]
    headings = list(map(sanitize.markdown, names)) if view.output.wide else names
    cell = _markdown_cell if fields else _indented
    rows = ([cell(context, one, record) for one in columns] for record in view.records)
    if view.single:
        rows = ([name, cell] for name, cell in zip(names, next(rows), strict=True) if cell)
        headings = [heading(one, lang) for one in ("field", "value")]
    return (f"{line}\n" for line in md.table(headings, rows))


def _markdown_cell(context: Context, column: Column, record: Record) -> str:
    if column.type is value_types.LINK:
        return md.link(heading(column.head, context.lang), column.of(record))
    if context.lang == "en":
        return sanitize.markdown(column.text(record))
    value = column.of(record)
    text = word(column.absent, context.lang) if value is None else cell_text(context, record, column)
    return sanitize.markdown(text)


def _indented(context: Context, column: Column, record: Record) -> str:
    """Return a cell as a table shows it: a narrower theme, or a unit, indented below what it is part of."""
    nested = column.cell in ("theme id", "value")
    indent = value_types.INDENT * record.get("depth", 0) if nested else ""
    return f"{indent}{_markdown_cell(context, column, record)}"


def _ids(view: View) -> Iterator[str]:
    """Return the id of each record, or the session ids of a finding: each once, on one line."""
    found: dict[str, None] = {}
    for record in view.records:
        value = record[view.output.key]
        if value is not None:
            found.update(dict.fromkeys(value if isinstance(value, list) else [str(value)]))
    return (f"{sanitize.shown(one)}\n" for one in found)


def _bibtex(view: View) -> Iterator[str]:
    from mltalks.exchange.exporters import bibtex
    from mltalks.exchange.exporters.exporter import Context

    if not view.output.sessions or view.catalogue is None:
        raise UsageError("-o {format} prints sessions only; this command lists no sessions", format="bibtex")
    sessions = (Session.of({name: record[name] for name in SESSION_FIELDS}) for record in view.records)
    public = (session._replace(note=None) for session in sessions)  # as `export` without --with-notes
    return iter(bibtex.write(public, Context(view.catalogue.events)))


_WRITERS: dict[str, Callable[[View, Sequence[str]], Iterator[str]]] = {
    "plain": _plain,
    "json": _json,
    "jsonl": lambda view, fields: json.lines(map(json.encoded, _objects(view, fields))),
    "csv": lambda view, fields: csv_lines(_rows(view, fields)),
    "tsv": lambda view, fields: tsv_lines(_rows(view, fields)),
    "ids": lambda view, _: _ids(view),
    "bibtex": lambda view, _: _bibtex(view),
}
