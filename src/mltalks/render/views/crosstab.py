"""Cross-tables as views: a wide table, cells in long form, the sessions of each cell, and the ids of all.

Does not draw: the heat map of the same cells is drawn by `render.terminal.heatmap`.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, get_args

from mltalks.analysis.crosstab import Percent
from mltalks.messages import Lang, word
from mltalks.render import value_types as t
from mltalks.render.columns import Column, Record, attributes, objects, record
from mltalks.render.output import Output, View, heading
from mltalks.render.shared_columns import COUNTED, EVENT, ID, INCOMPLETE, TITLE

if TYPE_CHECKING:
    from mltalks.analysis.crosstab import CrossTab
    from mltalks.dataset.model import Session
    from mltalks.search.catalogue import Catalogue

TOTAL = "total"
NUMBER = t.TEXT._replace(number=True)
PLACE = attributes(year=t.YEAR, row=t.TEXT, col=t.TEXT)
CELL = (
    *PLACE[1:],
    Column("sessions", t.number(minimum=1)),
    Column("share", t.rounded(t.SHARE, 4), required=False),  # with --percent
    Column("ids", t.TEXTS),
)
TOTALS = (
    Column("row_totals", COUNTED, lambda table: table.row_totals.items()),
    Column("column_totals", COUNTED, lambda table: table.column_totals.items()),
)
OF_YEAR = (*attributes(year=t.YEAR, sessions=t.COUNT), *TOTALS, Column("cells", objects(*CELL)))
CROSSTAB = Output(
    "crosstab",
    ("crosstab",),
    CELL,
    key="row",
    head=(
        *attributes(rows=t.TEXT, columns=t.TEXT, query=t.TEXT, sessions=t.COUNT),
        Column("percent", t.one_of(*get_args(Percent), None)),
        Column("few_known", t.TEXTS),
        INCOMPLETE,
        *TOTALS,
        Column("years", objects(*OF_YEAR), required=False),  # with --by year
    ),
    listed_as="cells",
)
LISTED = Output("", ("crosstab",), (*PLACE, ID, EVENT, TITLE), detail=" --list")


class Shown(NamedTuple):
    """How the numbers of a table are shown: as counts, or as percent of a total; with totals or without; `labels`: with names of values."""

    percent: Percent | None = None
    totals: bool = False
    labels: bool = False

    def number(self, table: "CrossTab", row: str | None, column: str | None) -> str:
        """Return the number of a cell as text: sessions, or percent with one decimal; None is the total."""
        number = table.number(row, column, self.percent)
        return f"{number:.1f}" if self.percent else str(number)

    def line(self, table: "CrossTab", row: str | None) -> list[str]:
        """Return the numbers of a row of the table, or of its totals, with the total of the row if requested."""
        columns: list[str | None] = [*table.column_values, *([None] if self.totals else [])]
        return [self.number(table, row, column) for column in columns]

    def rows(self, table: "CrossTab") -> list[str | None]:
        """Return the rows of the table; None is that of the totals."""
        return [*table.row_values, *([None] if self.totals else [])]


def facet_heading(facet: str, lang: Lang) -> str:
    """Return the heading of a facet.

    >>> facet_heading("company", "ja"), facet_heading("theme/broad", "ja"), facet_heading("filing", "ja")
    ('組織', 'テーマ（最上位のみ）', '由来')
    """
    plain, slash, part = facet.partition("/")
    named = word(plain, lang)
    named = heading(plain, lang) if named == plain else named
    return f"{named}（{heading(part, lang)}）" if slash and lang == "ja" else facet if slash else named


def label(catalogue: "Catalogue", facet: str, value: str, lang: Lang) -> str:
    """Return the text of a value: for a theme or event, its name."""
    return catalogue.label(facet.partition("/")[0], value, lang)


def depth(catalogue: "Catalogue", table: "CrossTab", row: str | None) -> int:
    """Return how many broader themes of a row are rows, too; 0 for a row that is no theme."""
    if row is None or table.rows.partition("/")[0] != "theme":
        return 0
    return sum(above in table.row_totals for above in catalogue.broader(row))


def as_stored(_: str, value: str) -> str:
    """Return a value of a facet itself."""
    return value


def readable_view(catalogue: "Catalogue", table: "CrossTab", shown: Shown, lang: Lang) -> View:
    """Return a table for readers: with names, and with each theme indented below its broader ones."""
    view = wide_view(table, shown, partial(label, catalogue, lang=lang), word(TOTAL, lang))
    first = view.output.key
    depths = [depth(catalogue, part, row) for _, part in table.parts for row in shown.rows(part)]
    records = [
        {**one, first: f"{t.INDENT * deep}{one[first]}"}
        for one, deep in zip(view.records, depths, strict=True)
    ]
    return view._replace(records=records)


def wide_view(
    table: "CrossTab",
    shown: Shown,
    text: Callable[[str, str], str] = as_stored,
    total: str = TOTAL,
    first: str = "",
) -> View:
    """Return a table with a row for each row value and a column for each column value; tables of years one below the other.

    `text` returns what stands for a value of a facet, `total` for their total, and `first` for the facet of the rows.
    """
    first = "row" if table.years and table.rows == "year" else first or table.rows
    names = _column_names(table, shown, first, text, total)
    columns = (*_year_column(table), Column(first, t.TEXT), *(Column(name, NUMBER) for name in names))
    records = [
        {
            "year": year,
            first: total if row is None else text(table.rows, row),
            **dict(zip(names, numbers, strict=True)),
        }
        for year, part in table.parts
        for row, numbers in ((row, shown.line(part, row)) for row in shown.rows(part))
    ]
    return View(Output("", ("crosstab",), columns, key=first, wide=True), records)


def _year_column(table: "CrossTab") -> tuple[Column, ...]:
    return PLACE[:1] if table.years else ()


def _column_names(
    table: "CrossTab", shown: Shown, first: str, text: Callable[[str, str], str], total: str
) -> list[str]:
    """Return the names of the columns: the texts of the values, marked if one equals the name of another column."""
    taken = {first, "year", *([total] if shown.totals else [])}
    names = []
    for value in table.column_values:
        name = text(table.columns, value)
        while name in taken:
            name = f"{name} ({table.columns})"
        taken.add(name)
        names.append(name)
    return [*names, *([total] if shown.totals else [])]


def _cell_columns(percent: Percent | None) -> tuple[Column, ...]:
    return tuple(one for one in CELL if percent or one.name != "share")


def _cells(table: "CrossTab", percent: Percent | None) -> Iterator[Record]:
    for row, column, sessions in table.cells():
        share = {"share": round(table.share(row, column, percent), 4)} if percent else {}
        ids = list(table.ids.get((row, column), ()))
        yield {"row": row, "col": column, "sessions": sessions, **share, "ids": ids}


def cells_view(table: "CrossTab", percent: Percent | None) -> View:
    """Return a record for each cell that has sessions, with the ids of these; year after year if there are tables of years."""
    records = [{"year": year, **cell} for year, part in table.parts for cell in _cells(part, percent)]
    columns = (*_year_column(table), *_cell_columns(percent))
    return View(CROSSTAB._replace(columns=columns), records)


def whole_view(table: "CrossTab", percent: Percent | None) -> View:
    """Return a table for JSON: its query, cells, totals, and years."""
    years = [record(OF_YEAR, one, year=year, cells=list(_cells(one, percent))) for year, one in table.years]
    head = record(CROSSTAB.head, table, percent=percent, years=years)
    if not years:
        del head["years"]
    output = CROSSTAB._replace(columns=_cell_columns(percent))
    return View(output, list(_cells(table, percent)), head)


def listed_view(
    table: "CrossTab", catalogue: "Catalogue", session: "Callable[[str], Session]", limit: int | None
) -> View:
    """Return a record for each session of each cell, the first `limit`."""
    places = (
        (year, row, column, session(one))
        for year, part in table.parts
        for row, column, _ in part.cells()
        for one in part.ids[row, column]
    )
    records = [
        {"year": year, "row": row, "col": column, "id": one.id, "event": one.event, "title": one.title}
        for year, row, column, one in islice(places, limit)
    ]
    columns = (*_year_column(table), *LISTED.columns[1:])
    return View(LISTED._replace(columns=columns), records, catalogue=catalogue)
