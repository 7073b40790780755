"""Views as rich tables, fitted to a width. Text of data files is never markup.

Does not draw cells: `cells` does, by the declaration of the column.
"""

import re
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple, Self

from rich.box import SIMPLE_HEAD as _BOX
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mltalks.messages import Lang
from mltalks.render.cell_texts import Context
from mltalks.render.columns import CellKind, Column
from mltalks.render.output import View, heading
from mltalks.render.terminal.card import card, event_card, finding, picked, theme_head
from mltalks.render.terminal.cells import cell
from mltalks.render.terminal.rich_console import Prose, new_console, styled
from mltalks.text import sanitize
from mltalks.text.wrapping import longest_word

NARROW = 60  # below this many columns a record is shown as lines rather than as a row
LONG_ID = 0.3  # share of the width of an id that gets a line of its own, if not all columns fit
NARROWEST = 20  # cells of a column beside which all others gave way
LITTLE = 12  # cells that a column lacks at most to be served first
GAP = 2
_OF_NAMES: frozenset[CellKind] = frozenset(
    ("speakers", "all speakers", "companies", "event", "links", "value", "word", "faint word", "keywords")
)


class Drawn(NamedTuple):
    """A table as text, and the headings of the columns for which the width was not enough."""

    text: str
    left_out: list[str]


def table(view: View, fields: Sequence[str], lang: Lang, width: int | None, *, colour: bool) -> Drawn:
    """Draw a view as a table, or as lines if it does not fit into `width` (None: without a limit).

    Raises UsageError: a field that the view does not have.
    """
    output = view.output
    columns = view.chosen(fields, output.table or output.text, drawn=True)
    layout = "table" if fields else output.layout
    context = Context(view.catalogue, {column.name for column in columns}, lang)
    console, left_out = new_console(width, colour=colour), list[str]()
    with console.capture() as captured:  # without a crop: a whole value may be wider than the terminal
        if layout in ("session", "event"):
            console.print(_pages(view, context), crop=False)
        elif view.single:
            console.print(picked(view.records[0], columns, context), crop=False)
        elif layout == "problems":
            for record in view.records:
                console.print(Text(sanitize.shown(record["text"])), soft_wrap=True)
        elif layout == "findings":
            for record in view.records:
                console.print(Prose(finding(record, lang)))
                if record["command"]:  # never broken, to be copied
                    console.print(styled(f"    {record['command']}", "cyan"), soft_wrap=True)
        else:
            if output.layout == "theme" and view.head:
                console.print(theme_head(view.head, context))
            if view.records:
                drawn, left_out = _drawn(view, columns, lang, width, () if fields else output.spare)
                console.print(drawn, crop=False)
    return Drawn(re.sub(r"[ \t]+$", "", captured.get(), flags=re.MULTILINE), left_out)


class _Cells(NamedTuple):
    """The cells of a table, by rows, with the columns and their headings; `above` has the ids that are above their rows."""

    columns: Sequence[Column]
    headings: Sequence[str]
    rows: Sequence[Sequence[Text]]
    above: Sequence[Text | None] = ()

    @classmethod
    def of(cls, view: View, columns: Sequence[Column], lang: Lang) -> Self:
        """Return the cells of a view in some columns."""
        context = Context(view.catalogue, {column.name for column in columns}, lang)
        headings = [sanitize.shown(heading(column.head, lang)) for column in columns]
        rows = [[cell(context, record, column) for column in columns] for record in view.records]
        return cls(columns, headings, rows)

    def without(self, names: Sequence[str]) -> Self:
        """Return the cells without some columns."""
        at = [i for i, column in enumerate(self.columns) if column.name not in names]
        rows = [[row[i] for i in at] for row in self.rows]
        return self._replace(
            columns=[self.columns[i] for i in at], headings=[self.headings[i] for i in at], rows=rows
        )

    def lifted(self, width: int) -> Self:
        """Return the cells with each long id above its row, so that it does not narrow the other columns."""
        if not self.columns[0].whole:
            return self
        above = [row[0] if cell_len(row[0].plain) > width * LONG_ID else None for row in self.rows]
        rows = [
            [Text() if lifted else row[0], *row[1:]] for row, lifted in zip(self.rows, above, strict=True)
        ]
        return self._replace(rows=rows, above=above)

    def widths(self, width: int | None, *, spare: bool = True) -> list[int] | None:
        """Return the width of each column, `width` together at most; None if they cannot be that narrow.

        Each gets its least width, then, those first that lack LITTLE to be whole, up to its share; the rest goes to columns that
        need more. Where no column is left to `spare`, words are broken and each may be as narrow as NARROWEST.
        """
        lines = [
            [line for row in self.rows for line in row[i].plain.split("\n")] for i in range(len(self.columns))
        ]
        natural = [max(map(cell_len, (head, *some))) for head, some in zip(self.headings, lines, strict=True)]
        if not width:
            return natural
        least = [
            most
            if column.unbroken
            else min(
                most,
                max(
                    cell_len(head),
                    *((column.least, *map(longest_word, some)) if spare else (NARROWEST,)),
                ),
            )
            for column, head, most, some in zip(self.columns, self.headings, natural, lines, strict=True)
        ]
        available = width - GAP * (len(self.columns) - 1)
        if sum(least) > available or width < NARROW:
            return None
        shares = [
            max(low, min(most, int(width * column.share)))
            for column, low, most in zip(self.columns, least, natural, strict=True)
        ]
        little = [
            most if share == most <= low + LITTLE else low
            for low, share, most in zip(least, shares, natural, strict=True)
        ]
        return _grown(_grown(_grown(least, little, available), shares, available), natural, available)


def _pages(view: View, context: Context) -> RenderableType:
    """Return a page for each record, with empty lines between them."""
    of_event = view.output.layout == "event"
    drawn = (event_card(one, context) if of_event else card(one, context) for one in view.records)
    return Group(*[part for page in drawn for part in ("", page)][1:])


def _drawn(
    view: View, columns: Sequence[Column], lang: Lang, width: int | None, spare: Sequence[Sequence[str]]
) -> tuple[RenderableType, list[str]]:
    """Return rows, and the headings of the columns to spare that do not fit; if the others do not, either, a line for each field."""
    whole = fitting = _Cells.of(view, columns, lang)
    widths = whole.widths(width)
    if widths is None and spare and width:
        fitting = whole.lifted(width)
        widths = fitting.widths(width)
    for names in spare:
        if widths is None:
            fitting = fitting.without(names)
            widths = fitting.widths(width)
    if widths is None and spare:
        widths = fitting.widths(width, spare=False)
    if widths is None:
        charted = any(column.cell == "sparkline" for column in columns)
        lined = [one for one in columns if not (charted and one.name.isdecimal())]
        lined.sort(key=lambda one: one.name != "label")  # the name comes above its fields
        return _lines(_Cells.of(view, lined, lang)), _spanned(
            [one.head for one in columns if one not in lined]
        )
    drawn = _rows(fitting, widths, wraps=bool(width))
    pictures = {head for column, head in zip(columns, whole.headings, strict=True) if column.type.picture}
    return drawn, _spanned([head for head in whole.headings if head not in {*fitting.headings, *pictures}])


def _rows(cells: _Cells, widths: Sequence[int], *, wraps: bool) -> RenderableType:
    """Return a table with these widths: after each id that has a line of its own, it goes on below that."""
    named = [column.cell in _OF_NAMES for column in cells.columns]
    parts: list[Table] = []
    drawn: list[RenderableType] = []

    def begin() -> None:
        table = Table(
            box=_BOX, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold"
        )
        table.show_header = not parts
        for column, head, cells_wide in zip(cells.columns, cells.headings, widths, strict=True):
            table.add_column(
                head,
                style=column.style,
                justify="right" if column.type.number else "left",
                overflow="fold",
                no_wrap=column.unbroken or not wraps,
                width=cells_wide,
            )
        parts.append(table)
        drawn.append(table)

    begin()
    for row, above in zip(cells.rows, cells.above or repeat(None), strict=False):
        if above:
            drawn.append(Text("", no_wrap=True, overflow="ignore") + above)
            begin()
        parts[-1].add_row(*map(_indented, row, named))
    return Group(*drawn)


def _spanned(headings: list[str]) -> list[str]:
    """Return headings with those that are years as one span, at the end."""
    years = [head for head in headings if head.isdecimal()]
    if len(years) < 2:
        return headings
    return [one for one in headings if one not in years] + [f"{years[0]}–{years[-1]}"]


def _indented(text: Text, named: bool) -> RenderableType:
    """Return a text that begins with spaces with all its lines indented; one of names is broken between them."""
    indent = len(text.plain) - len(text.plain.lstrip(" "))
    return Prose(text[indent:], indent, named=named)


def _grown(widths: list[int], wanted: list[int], available: int) -> list[int]:
    """Return widths increased towards the wanted ones, in proportion to the difference, up to a total of `available`.

    >>> _grown([5, 5], [5, 25], 20), _grown([5, 5], [15, 25], 100)
    ([5, 15], [15, 25])
    """
    lacks = [most - now for now, most in zip(widths, wanted, strict=True)]
    spare = min(available - sum(widths), sum(lacks))
    grown = [
        now + (spare * lack // sum(lacks) if lack else 0) for now, lack in zip(widths, lacks, strict=True)
    ]
    rest = min(available, sum(widths) + spare) - sum(grown)
    for i, most in enumerate(wanted):
        more = min(rest, most - grown[i])
        grown[i] += more
        rest -= more
    return grown


def _lines(cells: _Cells) -> RenderableType:
    """Return each record as its first column and, below it, its other columns with their headings."""
    parts: list[RenderableType] = []
    for row in cells.rows:
        depth = len(row[0].plain) - len(row[0].plain.lstrip())  # deeper than the fields of what is above
        for i, (column, head, text) in enumerate(zip(cells.columns, cells.headings, row, strict=True)):
            if text.plain and (not column.type.picture or column.cell == "sparkline"):
                label = Text(f"{head}: ", "dim") if i and column.labelled else Text()
                indent = 2 * depth + 2 if i else depth
                if column.unbroken and " " not in text.plain:
                    parts.append(Text(" " * indent, no_wrap=True, overflow="ignore") + label + text)
                else:
                    parts.append(Prose(label + text, indent))
    return Group(*parts)
