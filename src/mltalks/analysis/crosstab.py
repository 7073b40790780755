"""Cross-tables: the number of sessions for each pair of values of two facets, with totals.

Does not add up cells: a total counts a session once, however many values it has.

The facets are those of `search.catalogue.FACETS`. "theme" counts a theme with its narrower ones and "company" an organization
with its units, as `mltalks themes` and `mltalks companies` do; "theme/own" and "company/own" count them without, and
"theme/broad" has the broadest themes alone. The same facet
twice gives co-occurrence, with the count of each value on the diagonal. Years are in their order, themes in that of the tree,
other values by falling number of sessions, then by name.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from mltalks.analysis.compare import OPTIONAL
from mltalks.analysis.facets import by_count
from mltalks.analysis.trend import HAVE_VALUE
from mltalks.analysis.unfiled import unfiled_notices
from mltalks.analysis.year_counts import year_counts
from mltalks.dataset.hierarchy import in_tree_order
from mltalks.dataset.model import Event
from mltalks.messages import Listing, Message
from mltalks.search.catalogue import FACETS, Catalogue
from mltalks.search.frames import frame
from mltalks.search.query.nodes import Filter, parts_of
from mltalks.search.selection import Selection, resolve_names

if TYPE_CHECKING:
    from pandas import DataFrame

Percent = Literal["row", "column", "all"]
PARTS = ("theme/own", "theme/broad", "company/own")
COMPARED = ("year", "event", "series")
CROSSED = (*FACETS, *PARTS)
MOST_OTHERS = 5  # values that the query does not name and that a notice names


class CrossTab(NamedTuple):
    """Counts of sessions by row value and column value; pairs without any are left out of `counts`.

    Totals count all sessions of the query with a value, also those that have no value of the other facet. `found` is how
    many rows and columns have sessions, with the years between these, `kept` how many of them remain after the cut. `ids` has the sessions of each pair
    if they were requested, `years` the same table for each year that has any. `few_known` has the wholes of numbers that may be far too
    low: rows or columns (of all, facets) for which fewer than 4 of 5 sessions have a known value of the other facet. Of counts, these
    are years, events and series: such numbers are compared from one to the next.
    """

    rows: str
    columns: str
    query: str
    row_values: tuple[str, ...]
    column_values: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    row_totals: Mapping[str, int]
    column_totals: Mapping[str, int]
    sessions: int
    found: tuple[int, int]
    kept: tuple[int, int]
    ids: Mapping[tuple[str, str], tuple[str, ...]]
    years: tuple[tuple[int, "CrossTab"], ...]
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]
    few_known: tuple[str, ...] = ()
    percent: Percent | None = None

    @property
    def parts(self) -> "Sequence[tuple[int | None, CrossTab]]":
        """The table of each year, or the one of all years."""
        return self.years or ((None, self),)

    def cell(self, row: str, column: str) -> int:
        """Return the number of sessions that have both values."""
        return self.counts.get(row, {}).get(column, 0)

    def cells(self) -> Iterator[tuple[str, str, int]]:
        """Yield (row, column, sessions) for all pairs that have sessions, in the order of rows and columns."""
        return ((row, column, found) for row in self.row_values for column, found in self.row(row))

    def row(self, row: str) -> Iterator[tuple[str, int]]:
        """Yield (column, sessions) for all cells of a row that have sessions."""
        found = self.counts.get(row, {})
        return ((column, found[column]) for column in self.column_values if column in found)

    def to_pandas(self) -> "DataFrame":
        """Return the table: a row for each row value, a column for each column value, with numbers of sessions, or percentages.

        The numbers are percentages, with one decimal, if the table was made with `percent`. If it was made `by_year`, each row
        has the year before its value in the index.

        Raises MltalksError: pandas is not installed.
        """
        rows = (
            {column: part.number(row, column, self.percent) for column in self.column_values}
            for _, part in self.parts
            for row in self.row_values
        )
        if not self.years:
            return frame(rows, self.column_values, self.row_values)
        index = [(year, row) for year, _ in self.years for row in self.row_values]
        return frame(rows, self.column_values, index, ("year", self.rows))

    def number(self, row: str | None, column: str | None, percent: Percent | None) -> float:
        """Return the number of a cell: its sessions, or percent with one decimal; None instead of a value is the total."""
        if percent:
            return round(100 * self.share(row, column, percent), 1)
        if row is None:
            return self.sessions if column is None else self.column_totals[column]
        return self.row_totals[row] if column is None else self.cell(row, column)

    def share(self, row: str | None, column: str | None, percent: Percent) -> float:
        """Return the sessions of a cell as a share (0 to 1) of those of its row, of its column or of all.

        None instead of a value is the total of the other one.
        """
        down = self.sessions if row is None else self.row_totals.get(row, 0)
        across = self.sessions if column is None else self.column_totals.get(column, 0)
        counted = across if row is None else down if column is None else self.cell(row, column)
        whole = {"row": down, "column": across, "all": self.sessions}[percent]
        return counted / whole if whole else 0.0


class Cut(NamedTuple):
    """Which values are kept: at most `top` rows and columns, with at least `least` sessions each.

    The `top` values of each facet are those with most sessions that have any value of the other, so that a table keeps the same
    values when its rows and columns are exchanged. Of them, the first `rows` rows and the `columns` columns with most sessions in
    these are returned. Years are all kept: a table with gaps in time would mislead.
    """

    top: int | None = None
    least: int = 0
    rows: int | None = None
    columns: int | None = None


EVERYTHING = Cut()


def crosstab(
    selection: Selection,
    rows: str,
    columns: str,
    cut: Cut = EVERYTHING,
    *,
    by_year: bool = False,
    with_ids: bool = False,
    percent: Percent | None = None,
) -> CrossTab:
    """Count the sessions by the values of two facets of CROSSED, and in each year too with `by_year`.

    With `percent`, the numbers of a DataFrame are these percentages. `few_known` says which numbers do not mean much, in the
    whole table or in that of a year. Takes
    time in proportion to the sessions' pairs of values; `with_ids` several times as much.
    """
    counter = _PairCounter(selection.catalogue, rows, columns, with_ids=with_ids)
    row_totals, column_totals = (
        year_counts(selection) if facet == "year" else counter.totals(facet, selection)
        for facet in (rows, columns)
    )
    asked = {facet: asked_for(selection, facet) for facet in (rows, columns)}
    joint = counter.totals(rows, selection.having(columns)) if cut.top else row_totals
    all_rows = _kept(selection.catalogue, rows, row_totals, joint, cut, asked[rows])
    tied = [*_tied(selection.catalogue, rows, all_rows, joint, cut)]
    row_values = all_rows[: cut.rows]
    joint = counter.totals(columns, selection.having(rows)) if cut.top else column_totals
    all_columns = _kept(selection.catalogue, columns, column_totals, joint, cut, asked[columns])
    tied += _tied(selection.catalogue, columns, all_columns, joint, cut) if columns != rows else ()
    if cut.columns and len(all_columns) > cut.columns:
        joint = counter.totals(columns, selection.having(rows, row_values))
    column_values = _most(columns, all_columns, joint, cut.columns)
    kept = len(all_rows), len(all_columns)
    whole = counter.table(selection, row_values, column_values, row_totals, column_totals)
    years = tuple(counter.years(selection, row_values, column_values)) if by_year else ()
    few: dict[str, None] = {}
    if wholes := percent or wholes_of_counts(rows, columns):
        few = dict.fromkeys(_few_known(counter, selection, whole, wholes))
        for year, table in years:
            few |= dict.fromkeys(_few_known(counter, selection.having("year", (str(year),)), table, wholes))
    notices = (*selection.notices, *tied, *unfiled_notices(selection, rows, columns))
    notices += tuple(_beside(selection, asked, {rows: row_values, columns: column_values}))
    return whole._replace(kept=kept, years=years, notices=notices, few_known=tuple(few), percent=percent)


def wholes_of_counts(rows: str, columns: str) -> Percent | None:
    """Return whether the columns or the rows, if any, are wholes of which counts are compared as percentages are."""
    return "column" if columns in COMPARED else "row" if rows in COMPARED else None


def asked_for(selection: Selection, facet: str) -> frozenset[str]:
    """Return the values of a facet that all sessions of a selection have one of, because the query names them."""
    named = facet.partition("/")[0]
    found: set[str] = set()
    for part in parts_of(selection.query):
        if isinstance(part, Filter) and part.field == named and named in ("company", "speaker", "keyword"):
            found.update(resolve_names(selection.catalogue, named, part.values)[0])
    return frozenset(found)


def _beside(
    selection: Selection, asked: Mapping[str, Collection[str]], shown: Mapping[str, Collection[str]]
) -> Iterator[Message]:
    """Yield the notice that values are shown which the query does not name, since its talks have these, too."""
    for facet, values in asked.items():
        named = facet.partition("/")[0]
        own = set(values)
        if named == "company":
            units = selection.catalogue.organizations
            own |= {one for one in shown[facet] if not own.isdisjoint(units.with_parents((one,)))}
        others = [one for one in shown[facet] if one not in own] if values else []
        if others:
            template = "talks of {asked} are also of others, which have a place in the table: {others}"
            first = Listing(others[:MOST_OTHERS], more=len(others) > MOST_OTHERS)
            yield Message(template, {"asked": Listing(sorted(values)), "others": first})


def _few_known(
    counter: "_PairCounter", selection: Selection, table: CrossTab, percent: Percent
) -> Iterator[str]:
    """Yield the rows or columns, or for "all" the facets, of whose sessions too few have a known value of the other facet."""
    if percent == "all":
        for facet in dict.fromkeys((table.rows, table.columns)):
            if is_optional(facet) and selection.having(facet).size < HAVE_VALUE * table.sessions:
                yield facet
        return
    rows = percent == "row"
    facet, other = (table.rows, table.columns) if rows else (table.columns, table.rows)
    if is_optional(other) and other != facet:
        known = counter.totals(facet, selection.having(other))
        totals = table.row_totals if rows else table.column_totals
        yield from (value for value, total in totals.items() if known.get(value, 0) < HAVE_VALUE * total)


def is_optional(facet: str) -> bool:
    """Return whether a session without a value of a facet may have one that is not known."""
    return facet.partition("/")[0] in OPTIONAL


def _kept(
    catalogue: Catalogue,
    facet: str,
    totals: Mapping[str, int],
    joint: Mapping[str, int],
    cut: Cut,
    asked: Collection[str],
) -> tuple[str, ...]:
    """Return the values of a facet that are kept, those that are asked for and then by their joint counts, in the order in which they are shown."""
    if facet == "year":
        return tuple(totals)
    enough = [value for value, count in by_count(totals) if count >= cut.least]
    if cut.top is not None and len(enough) > cut.top:
        ranked = sorted(enough, key=lambda value: (value not in asked, -joint.get(value, 0)))
        most = set(ranked[: cut.top])
        enough = [value for value in enough if value in most]
    if facet.partition("/")[0] != "theme":
        return tuple(enough)
    known = set(enough)
    return tuple(theme for theme, _ in in_tree_order(catalogue.theme_parents) if theme in known)


def _tied(
    catalogue: Catalogue, facet: str, kept: Collection[str], joint: Mapping[str, int], cut: Cut
) -> Iterator[Message]:
    """Yield the notice that values are left out which have as many sessions as the last of the `top` ones."""
    least = min((joint.get(value, 0) for value in kept), default=0)
    tied = [one for one, count in joint.items() if count == least > 0 and one not in kept]
    if tied and facet != "year" and cut.top is not None and len(kept) == cut.top:
        what = facet.partition("/")[0]
        first = sorted(tied)[:MOST_OTHERS]
        shown = [catalogue.label(what, one, "ja") for one in first]
        names = Listing(first, more=len(tied) > MOST_OTHERS, in_japanese=shown)
        template = (
            "--top {top} leaves out {count} with as many sessions as the last {what} that is kept: {names}"
        )
        yield Message(template, {"top": cut.top, "count": len(tied), "what": what, "names": names})


def _most(
    facet: str, values: tuple[str, ...], totals: Mapping[str, int], limit: int | None
) -> tuple[str, ...]:
    """Return the values with most sessions, at most `limit`, in their order; the latest of years."""
    if limit is None or len(values) <= limit:
        return values
    if facet == "year":
        return values[len(values) - limit :]
    kept = dict(by_count({value: totals.get(value, 0) for value in values})[:limit])
    return tuple(value for value in values if value in kept)


class _PairCounter:
    """Counts the pairs of values of two facets, over one selection after another.

    Each row's documents are looked up in the list of every document's column values, all of which are counted at once:
    one step for each pair of values that a session has, none for pairs that no session has.
    """

    def __init__(self, catalogue: Catalogue, rows: str, columns: str, *, with_ids: bool) -> None:
        self._catalogue = catalogue
        self._index = catalogue.index
        self._rows = rows
        self._columns = columns
        self._ids = catalogue.ids if with_ids else None

    def totals(self, facet: str, selection: Selection) -> dict[str, int]:
        """Return the number of sessions with each value of a facet; values without any are left out."""
        members = self._index.facets.members(facet)
        if selection.docs == self._catalogue.everything:
            return {value: len(docs) for value, docs in members.items()}
        selected = bytearray(self._index.size)
        for doc in self._index.ordered(selection.docs):
            selected[doc] = 1
        is_selected = selected.__getitem__
        return {value: count for value, docs in members.items() if (count := sum(map(is_selected, docs)))}

    def table(
        self,
        selection: Selection,
        row_values: tuple[str, ...],
        column_values: tuple[str, ...],
        row_totals: Mapping[str, int],
        column_totals: Mapping[str, int],
    ) -> CrossTab:
        """Return the table of a selection for the rows and columns that are kept."""
        columns_of = self._columns_of(selection)
        ids: dict[tuple[str, str], tuple[str, ...]] = {}
        counts: dict[str, Mapping[str, int]] = {}
        members = self._index.facets.members(self._rows)
        all_columns = len(column_values) == len(column_totals)
        for row in row_values:
            if row not in row_totals:
                continue
            found: Mapping[str, int] = Counter(chain.from_iterable(map(columns_of.__getitem__, members[row])))
            if not all_columns:
                found = {column: found[column] for column in column_values if column in found}
            if found:
                counts[row] = found
            if self._ids is not None:
                ids |= _cell_ids(
                    row, found, sorted(members[row], key=self._index.place), columns_of, self._ids
                )
        return CrossTab(
            self._rows,
            self._columns,
            str(selection.query),
            row_values,
            column_values,
            counts,
            {value: row_totals.get(value, 0) for value in row_values},
            {value: column_totals.get(value, 0) for value in column_values},
            selection.size,
            found=(len(row_totals), len(column_totals)),
            kept=(len(row_values), len(column_values)),
            ids=ids,
            years=(),
            incomplete=selection.incomplete_events(),
            notices=(),
        )

    def years(
        self, selection: Selection, row_values: tuple[str, ...], column_values: tuple[str, ...]
    ) -> Iterator[tuple[int, CrossTab]]:
        """Yield each year that has sessions with the table of that year, of the same rows and columns."""
        for year in sorted(self._index.facets.values("year"), key=int):
            of_year = selection.having("year", (year,))
            if of_year.docs:
                totals = self.totals(self._rows, of_year), self.totals(self._columns, of_year)
                yield int(year), self.table(of_year, row_values, column_values, *totals)

    def _columns_of(self, selection: Selection) -> Sequence[tuple[str, ...]]:
        """Return the column values of each document of the catalogue; none for those that are not selected."""
        values = self._index.facets.by_doc(self._columns)
        if selection.docs == self._catalogue.everything:
            return values
        selected: list[tuple[str, ...]] = [()] * self._index.size
        for doc in self._index.ordered(selection.docs):
            selected[doc] = values[doc]
        return selected


def _cell_ids(
    row: str,
    columns: Collection[str],
    docs: Iterable[int],
    columns_of: Sequence[tuple[str, ...]],
    ids: Mapping[int, str],
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the ids of the sessions of each cell of a row."""
    cells: dict[str, list[str]] = {column: [] for column in columns}
    for doc in docs:
        for column in columns_of[doc]:
            if column in cells:
                cells[column].append(ids[doc])
    return {(row, column): tuple(found) for column, found in cells.items()}
