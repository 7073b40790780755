"""Cross-tables as views: a wide table, cells in long form, the sessions of each cell, and the ids of all.

The picture of the same cells on a terminal is `heat`'s.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from mltalks.messages import Lang, word
from mltalks.render.views.core import Record, View, heading, incomplete

if TYPE_CHECKING:
    from mltalks.analysis.crosstab import CrossTab, Percent
    from mltalks.dataset.model import Session
    from mltalks.search.catalogue import Catalogue

TOTAL = "total"
CELL_FIELDS = ("row", "col", "sessions", "share", "ids")
LISTED_FIELDS = ("row", "col", "id", "event", "title")


class Shown(NamedTuple):
    """How the numbers of a table are shown: as counts, or as percent of something; with totals or without."""

    percent: "Percent | None" = None
    totals: bool = False

    def number(self, table: "CrossTab", row: str | None, column: str | None) -> str:
        """Return the number of a cell as text: sessions, or percent with one decimal; None stands for the total."""
        if self.percent is not None:
            return f"{100 * table.share(row, column, self.percent):.1f}"
        if row is None:
            return str(table.sessions if column is None else table.column_totals[column])
        return str(table.row_totals[row] if column is None else table.cell(row, column))

    def line(self, table: "CrossTab", row: str | None) -> list[str]:
        """Return the numbers of a row of the table, or of its totals, with the total of each if asked."""
        columns: list[str | None] = [*table.column_values, *([None] if self.totals else [])]
        return [self.number(table, row, column) for column in columns]

    def rows(self, table: "CrossTab") -> list[str | None]:
        """Return the rows of the table, None for that of the totals."""
        return [*table.row_values, *([None] if self.totals else [])]


def facet_heading(facet: str, lang: Lang) -> str:
    """Return how a facet is called above its values.

    >>> facet_heading("company", "ja"), facet_heading("theme/own", "ja"), facet_heading("filing", "ja")
    ('組織', 'テーマ（直接）', '由来')
    """
    plain, slash, _ = facet.partition("/")
    named = word(plain, lang)
    named = heading(plain, lang) if named == plain else named
    return f"{named}（{heading('own', lang)}）" if slash and lang == "ja" else facet if slash else named


def label(catalogue: "Catalogue", facet: str, value: str, lang: Lang) -> str:
    """Return how a value is shown to a person: a theme or event by its name."""
    return catalogue.label(facet.partition("/")[0], value, lang)


def wide_view(table: "CrossTab", shown: Shown) -> View:
    """Return a table with a row for each row value and a column for each column value; of years, one below the other."""
    names = _column_names(table, shown)
    columns = (*(("year",) if table.years else ()), _first(table), *names)
    records = [
        dict(zip(columns, (*year, TOTAL if row is None else row, *shown.line(one, row)), strict=True))
        for year, one in _parts(table)
        for row in shown.rows(one)
    ]
    return View("crosstab", records, columns, columns, key=_first(table), wide=True)


def _first(table: "CrossTab") -> str:
    """Return the name of the first column: the facet of the rows, unless the years of each table are called so."""
    return "row" if table.years and table.rows == "year" else table.rows


def _column_names(table: "CrossTab", shown: Shown) -> list[str]:
    """Return the names of the columns: the values, marked where a value is called like another column."""
    taken = {_first(table), "year", *([TOTAL] if shown.totals else [])}
    names = []
    for value in table.column_values:
        name = value
        while name in taken:
            name = f"{name} ({table.columns})"
        taken.add(name)
        names.append(name)
    return [*names, *([TOTAL] if shown.totals else [])]


def _parts(table: "CrossTab") -> "Iterator[tuple[tuple[int, ...], CrossTab]]":
    if not table.years:
        yield (), table
    yield from (((year,), one) for year, one in table.years)


def cells_view(table: "CrossTab", percent: "Percent | None") -> View:
    """Return the cells that have sessions, one a record, each with the ids of its sessions; of years, each in turn."""
    fields = tuple(name for name in CELL_FIELDS if percent or name != "share")
    records = [
        {**({"year": year[0]} if year else {}), **cell}
        for year, one in _parts(table)
        for cell in _cells(one, percent)
    ]
    fields = (*(("year",) if table.years else ()), *fields)
    return View("crosstab", records, fields, fields, key="row")


def whole_view(table: "CrossTab", percent: "Percent | None") -> View:
    """Return all of a table in long form: its cells under what they were counted over, the totals, and each year."""
    fields = tuple(name for name in CELL_FIELDS if percent or name != "share")
    head: Record = {
        "schema": "mltalks/crosstab/1",
        "rows": table.rows,
        "columns": table.columns,
        "query": table.query,
        "sessions": table.sessions,
        "percent": percent,
        "incomplete": incomplete(table.incomplete),
        "row_totals": _totals(table.row_totals),
        "column_totals": _totals(table.column_totals),
    }
    if table.years:
        head["years"] = [
            {
                "year": year,
                "sessions": one.sessions,
                "row_totals": _totals(one.row_totals),
                "column_totals": _totals(one.column_totals),
                "cells": list(_cells(one, percent)),
            }
            for year, one in table.years
        ]
    cells = list(_cells(table, percent))
    return View("crosstab", cells, fields, fields, key="row", envelope=(head, "cells"))


def _totals(totals: Mapping[str, int]) -> list[Record]:
    return [{"value": value, "sessions": sessions} for value, sessions in totals.items()]


def _cells(table: "CrossTab", percent: "Percent | None") -> Iterator[Record]:
    for row, column, sessions in table.cells():
        share = {"share": round(table.share(row, column, percent), 4)} if percent else {}
        ids = list(table.ids.get((row, column), ()))
        yield {"row": row, "col": column, "sessions": sessions, **share, "ids": ids}


def listed_view(
    table: "CrossTab", session: "Callable[[str], Session]", limit: int | None, names: Mapping[str, Any]
) -> View:
    """Return each session of each cell as a record, the first `limit`; a session stands once in each of its cells."""
    places = (
        ({"year": year[0]} if year else {}, row, column, one)
        for year, part in _parts(table)
        for row, column, _ in part.cells()
        for one in part.ids[row, column]
    )
    records = [
        {
            **year,
            "row": row,
            "col": column,
            "id": one,
            "event": session(one).event,
            "title": session(one).title,
        }
        for year, row, column, one in islice(places, limit)
    ]
    fields = (*(("year",) if table.years else ()), *LISTED_FIELDS)
    return View("crosstab", records, fields, fields, key="id", table=fields, extra=names)


def ids_view(ids: Sequence[str]) -> View:
    """Return the sessions of all cells by their ids."""
    return View("crosstab", [{"id": one} for one in ids], ("id",), ("id",))
