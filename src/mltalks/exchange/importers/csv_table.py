"""Imports CSV (RFC 4180) and tab-separated values, written by mltalks or by other programs.

Reads row by row. Does not import a row whose cells do not fit the heading. Cells that mltalks wrote (see
`column_names.is_native`) are decoded by `csv_cells`, others by `mapped_record`.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from mltalks.dataset.model import Session
from mltalks.exchange.bibliography import database_rows, zotero_rows
from mltalks.exchange.mapping import convert, mapped_record, native_record
from mltalks.exchange.mapping.column_names import (
    FAMILIES,
    check_fields,
    field_of,
    fields_of,
    folded,
    is_native,
    mapped,
)
from mltalks.exchange.mapping.headings import STATUS
from mltalks.exchange.mapping.no_talks import Undecided
from mltalks.exchange.readers.line_reader import LONGEST_RECORD, Line, lines
from mltalks.exchange.readers.source import NONE, Draft, Found, Importer, Source
from mltalks.messages import excerpt
from mltalks.problems import Problem
from mltalks.text.formats import csv_cells, markdown

_END = re.compile(r"[\r\n]+")
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # a first line that spreadsheets write and read
_OTHER_FORMATS = ("{", "[", "@", "<", "%")  # how texts in these begin
_QUOTED = re.compile(r'"(?:[^"]|"")*+"?')
_TYPES = Session.__annotations__
_LISTS = tuple(name for name, kind in _TYPES.items() if kind == tuple[str, ...])
_FLAGS = tuple(name for name, kind in _TYPES.items() if kind == bool | None)
_NUMBERS = tuple(name for name, kind in _TYPES.items() if kind in (int, int | None))
_LINKS = ("url", "slides", "video", "paper", "doi", "source")
_MOST_BEFORE = 100  # lines among which a table in Markdown begins
_SESSION = ("session", "sessions", "セッション")  # titles of talks, unless another column has these
_OWN_WAY = ("mltalks", "Zotero")  # programs whose columns have values of their own
_PAIR = re.compile(r"[^,;；、|｜\n(（]+, ?[^,;；、|｜\n(（]+")
TWO_EACH = 'each cell of "{column}" is read as two speakers; if the second one is an organization, write "Name (Organization)"'
Row = tuple[int, list[str]]


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is a table with a column for the title, or for the ids of known sessions."""
    head = _from_table(head)
    line = _first_line(head)
    separator = _delimiter(head)
    if line.lstrip().startswith(_OTHER_FORMATS):
        return False
    try:
        names = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return False
    return database_rows.is_of_database(names) or any(field_of(name)[0] in ("title", "id") for name in names)


def recognises_tsv(name: str, head: str) -> bool:
    """Return whether a text is such a table with tabs between cells."""
    return _delimiter(head) == "\t" and recognises(name, head)


def form_of(head: str) -> str | None:
    """Return the format of a text whose first two lines have the same number of cells, at least two; None for any other.

    Its reader names the columns if none is known as the title.
    """
    head = _from_table(head)
    separator, begun = _delimiter(head), head.lstrip("\ufeff\r\n").splitlines()
    if begun and begun[0].startswith(_OTHER_FORMATS):
        return None
    try:
        whole = begun[:-1] if len(begun) > 2 else begun  # the end of the beginning may be cut
        rows = [row for row in islice(csv.reader(whole, delimiter=separator), 3) if row]
    except csv.Error:
        return None
    if len(rows) < 2 or not 1 < len(rows[0]) == len(rows[1]):
        return None
    in_markdown = separator == "|" and markdown.is_rule(markdown.cells(begun[1]))
    if not (in_markdown or separator == "\t" or all(map(str.strip, rows[0]))):
        return None
    return "tsv" if separator == "\t" else "csv"


def read(source: Source) -> Found:
    """Yield the drafts and problems of a table; its first row that is not empty is the heading.

    Raises DataError: it is not text in its encoding, or no column is a title or an id.
    Raises UsageError: --map names an unknown field or column.
    """
    check_fields(source)
    rows = _Rows(source)
    begun = iter(rows)
    heading = next(begun, None)
    if heading is None:
        return
    if isinstance(heading, Problem):
        raise source.unreadable(
            "the header row cannot be read: {reason}", line=heading.line, reason=heading.message
        )
    names = [rows.texts({"": name})[""].strip() for name in heading[1]]
    while names and not names[-1]:
        names.pop()
    of_map = mapped(source, [name for name in names if name])
    writer = _writer(names, of_map)
    rows.quoted = not (writer == "mltalks" and rows.delimiter == "\t")
    columns = (
        {name: name for name in names}
        if writer in _OWN_WAY
        else _columns(source, heading[0], names, cells=len(heading[1]), of_database=writer is not None)
    )
    table = _Table(source, writer, columns, of_map)
    places = [
        (at, columns[name]) for at, name in enumerate(names) if name in columns and name not in names[:at]
    ]
    again = {
        f"{name} ({names[:at].count(name) + 1})": at
        for at, name in enumerate(names)
        if name and name in names[:at]
    }
    source.not_used(again if source.unread is not None else {})
    for row in begun:
        if isinstance(row, Problem):
            yield row
            continue
        line, values = row
        extra = [value for value in values[len(names) :] if value.strip()]
        if extra:
            yield source.problem(
                "has {found} cells, but the header row has {expected}; put quotation marks around text that contains the separator",
                line=line, name=convert.line(values[0]), found=len(values), expected=len(names),
            )  # fmt: skip
            continue
        filled = {field: values[at] for at, field in places if at < len(values) and values[at].strip()}
        if filled:
            yield from table.read(rows.texts(filled), line)
    yield from table.rest()


def _writer(names: Sequence[str], of_map: Mapping[str, str]) -> str | None:
    """Return the program whose columns all of a table are, if its rows are read in a way of their own."""
    if is_native(names, of_map):
        return "mltalks"
    if zotero_rows.is_zotero(names):
        return "Zotero"
    return "database" if database_rows.is_of_database(names) else None


def _columns(
    source: Source, line: int, names: Sequence[str], *, cells: int, of_database: bool
) -> dict[str, str]:
    """Return the fields by column of the table of another program, whose heading has so many cells."""
    columns = fields_of(source, names, database_rows.fields_of(names) if of_database else NONE)
    fields = {field.partition(" ")[0] for field in columns.values()}
    session = next((name for name in names if folded(name) in _SESSION), None)
    if session and "title" not in fields and fields & {"speakers", "summary", "summary_ja"}:
        columns[session] = "title"
        if source.unread is not None:
            source.unread.pop(session, None)
    elif not {"title", "id"} & fields:
        if len(names) == 1 < cells:
            template = "the first line is no heading: it has one cell alone; delete the lines above the names of the columns"
            raise source.unreadable(template, line=line)
        if len(names) == 1 and (wide := re.search("[，、；]", names[0])):
            template = 'the cells are separated by "{sign}", which is no separator; replace it with a comma'
            raise source.unreadable(template, line=line, sign=wide[0])
        raise source.unreadable(
            "none of the columns {names} is recognized as the title; choose it with --map title=HEADER",
            line=line, names=_shown(names),
        )  # fmt: skip
    return columns


class _Table:
    """The rows of a table, read in the way of the program that wrote it."""

    def __init__(
        self, source: Source, writer: str | None, columns: Mapping[str, str], of_map: Mapping[str, str]
    ) -> None:
        self._source, self._writer, self._columns, self._of_map = source, writer, columns, of_map
        self._undecided = Undecided(source) if STATUS in columns.values() else None
        self._pairs, self._others = 0, 0  # cells of speakers that are "Name, Name", and others

    def read(self, filled: Mapping[str, str], line: int) -> Found:
        """Yield what is read of the filled cells of a row, which are by column if the table is read in a way of its own."""
        if self._writer in _OWN_WAY:
            yield from self._own(filled, line)
            return
        of_row = database_rows.read if self._writer else mapped_record.draft
        found = of_row(self._source, filled, line, self._columns)
        if isinstance(found, Draft) and (cell := filled.get("speakers")):
            is_pair = _PAIR.fullmatch(cell) and len(found.fields.get("speakers", ())) == 2
            self._pairs, self._others = self._pairs + bool(is_pair), self._others + (not is_pair)
        yield from self._undecided.sort(found, filled.get(STATUS)) if self._undecided else (found,)

    def _own(self, cells: Mapping[str, str], line: int) -> Found:
        used = zotero_rows.READ if self._writer == "Zotero" else ()
        own = {name: cell for name, cell in cells.items() if name not in self._of_map or name in used}
        values = {field: cells[name] for name, field in self._of_map.items() if name in cells}
        native = self._writer == "mltalks"
        of_native = _labelled_draft if _has_labels(own) else _native_draft
        read = [of_native(self._source, own, line)] if native else zotero_rows.read(self._source, own, line)
        for one in read:
            if self._of_map and isinstance(one, Draft):
                yield mapped_record.with_mapped(self._source, one, values, self._of_map)
            else:
                yield one
        if native:
            self._source.not_used({name: name in own for name in self._of_map.values() if name != "title"})

    def rest(self) -> Found:
        """Yield what is known of the table at its end."""
        yield from self._undecided.rest() if self._undecided else ()
        if self._pairs > 1 and not self._others:
            name = next(name for name, field in self._columns.items() if field == "speakers")
            yield self._source.warning(TWO_EACH, column=excerpt(name))


def _has_labels(cells: Mapping[str, str]) -> bool:
    """Return whether a row of mltalks has what people read, as with --labels: the name of its event, not the id."""
    return bool(cells.get("event")) and not convert.identifier(cells["event"])


def _shown(names: Sequence[str]) -> str:
    shown = [convert.line(name[:60]) or '""' for name in names[:12]]
    return ", ".join(shown) + (", …" if len(names) > 12 else "")


def _delimiter(head: str) -> str:
    """Return the separator of a heading: a tab if there is one, else the more frequent of ; and comma, else | if there is one."""
    named = _SEPARATOR.fullmatch(_END.split(head.lstrip("\ufeff\r\n"), maxsplit=1)[0])
    if named:
        return named[1]
    line = _QUOTED.sub("", _first_line(head))
    separator = "\t" if "\t" in line else ";" if line.count(";") > line.count(",") else ","
    return "|" if separator not in line and "|" in line else separator


def _from_table(head: str) -> str:
    """Return the beginning of a text, in Markdown from its first table on."""
    begun = head.splitlines(keepends=True)
    return "".join(begun[markdown.lines_before_table(begun) :])


def _first_line(head: str) -> str:
    lines = _END.split(head.lstrip("\ufeff\r\n"), maxsplit=2)
    return lines[1] if len(lines) > 1 and _SEPARATOR.fullmatch(lines[0]) else lines[0]


def _labelled_draft(source: Source, cells: Mapping[str, str], line: int) -> Draft | Problem:
    """Return the draft of a row that mltalks wrote for people, who read names and not ids."""
    shown = {"organizations": cells["companies"]} if "companies" in cells else {}
    return mapped_record.draft(source, shown | dict(cells), line, {name: name for name in cells})


def _native_draft(source: Source, cells: Mapping[str, str], line: int) -> Draft | Problem:
    """Return the draft of a row that mltalks wrote, with every value unchanged."""
    record: dict[str, Any] = dict(cells)
    for name in _LISTS:
        if name in cells:
            record[name] = csv_cells.parted(cells[name])
    people = [csv_cells.person_of(one) for one in csv_cells.parted(cells.get("speakers", ""))]
    families = [*csv_cells.parted(record.pop(FAMILIES, "")), *("" for _ in people)]
    record["speakers"] = [
        {"name": name, "organization": work, "family": (family in name and family) or None}
        for (name, work), family in zip(people, families, strict=False)
    ]
    for name in _NUMBERS:
        value = cells.get(name, "").removesuffix(".0")  # which pandas writes in a column with empty cells
        if value.isascii() and value.isdecimal() and len(value) < 10:
            record[name] = int(value)
    for name in _FLAGS:
        if cells.get(name, "").lower() in ("true", "false"):  # a spreadsheet writes TRUE
            record[name] = cells[name].lower() == "true"
    return native_record.draft(source, record, line)


class _Rows:
    """The rows of a table that are not empty, each with its line, and a problem for each invalid one.

    A quote that is not closed is a problem of its line alone: reading continues at the next line.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines: Iterator[Line] = lines(source)
        self._again: deque[Line] = deque()  # lines after one with an open quote, to be read once more
        self.delimiter = ""
        self.quoted = True
        self._has_bars = False

    def __iter__(self) -> Iterator[Row | Problem]:
        heading, held = None, None  # the row of Markdown that may be the heading of a further table
        for row in self._all():
            is_rule = not isinstance(row, Problem) and self._is_rule(row[1])
            if is_rule and held and heading and held[1] != heading:
                template = "begins a further table with other columns, which is not read; put it into a file of its own"
                yield self._source.problem(
                    template, line=held[0], name=convert.line(markdown.plain(held[1][0]))
                )
                return
            if held and not is_rule:
                yield held
            elif is_rule and held and heading is None:
                heading = held[1]
                yield held
            held = None
            if is_rule:
                continue
            if isinstance(row, Problem) or not self._has_bars:
                yield row
            else:
                held = row
        if held:
            yield held

    def _all(self) -> Iterator[Row | Problem]:
        self._skip_to_table()
        while line := self._next():
            if not self.delimiter:
                self.delimiter = _delimiter(line.text)
                self._has_bars = self.delimiter == "|" and line.text.lstrip().startswith("|")
                if _SEPARATOR.fullmatch(line.text):
                    continue
            found = self._row(line)
            if self._has_bars and "|" not in line.text:
                continue  # between tables
            if isinstance(found, Problem) or any(map(str.strip, found[1])):
                yield found

    def _skip_to_table(self) -> None:
        """Leave out what is before the first table of a text in Markdown."""
        begun = [*islice(self._lines, _MOST_BEFORE)]
        self._lines = chain(begun[markdown.lines_before_table([one.text for one in begun]) :], self._lines)

    def texts(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the texts of cells by field; in Markdown, of a field of links the address, and that of the title as the page."""
        if not self._has_bars:
            return {field: csv_cells.bare(cell) for field, cell in cells.items()}
        links = {field: link for field, cell in cells.items() if (link := markdown.address(cell))}
        page = {"url": links["title"]} if "title" in links else {}
        texts = {field: markdown.plain(cell) for field, cell in cells.items()}
        return page | texts | {field: links[field] for field in _LINKS if field in links}

    def _next(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _is_rule(self, cells: Sequence[str]) -> bool:
        return self.delimiter == "|" and markdown.is_rule(cells)

    def _row(self, first: Line) -> Row | Problem:
        """Return the row that begins on a line."""
        if self._has_bars and first.text.lstrip().startswith("|") and not first.cut:
            return first.number, markdown.cells(first.text)
        if not self.quoted and not first.cut:
            return first.number, first.text.split(self.delimiter)
        read: list[Line] = []
        rewinds = not self._again
        try:
            reader = csv.reader(self._texts(first, read), delimiter=self.delimiter, strict=True)
            return first.number, next(reader, [])
        except csv.Error as error:
            if rewinds:
                self._again.extend(read[1:])
            if "limit" in str(error):
                return self._source.too_long(first.number, None, csv.field_size_limit())
            if self.delimiter == "\t" and len(read) == 1:
                return first.number, first.text.split("\t")
            return self._source.problem(
                "has a quotation mark that is not closed or that is inside an unquoted cell",
                line=first.number, name=convert.line(first.text[:60]),
            )  # fmt: skip

    def _texts(self, first: Line, read: list[Line]) -> Iterator[str]:
        """Yield the texts of the lines of a row until it ends, and add the lines to `read`."""
        line: Line | None = first
        size = 0
        while line is not None:
            read.append(line)
            size += len(line.text)
            if line.cut or size > LONGEST_RECORD:
                raise csv.Error("row over the limit")
            yield f"{line.text}\n"
            line = self._next()


CSV = Importer(read, recognises, (".csv",))
TSV = Importer(read, recognises_tsv, (".tsv", ".tab"))
