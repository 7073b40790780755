"""Views as rich tables, fitted to a width. Text of data files is never markup.

Does not draw cells: `cells` does, by the declaration of the column.
"""

import re
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD as _BOX
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mltalks.messages import Lang
from mltalks.render.columns import Column
from mltalks.render.output import View, heading
from mltalks.render.terminal.card import card, event_card, finding, picked, theme_head
from mltalks.render.terminal.cells import cell
from mltalks.render.terminal.rich_console import Context, new_console
from mltalks.text import sanitize

NARROW = 60  # below this many columns a record is shown as lines rather than as a row
GAP = 2


def table(view: View, fields: Sequence[str], lang: Lang, width: int | None, *, colour: bool) -> str:
    """Return a view as a table, or as lines if it does not fit into `width` (None: without a limit).

    Raises UsageError: a field that the view does not have.
    """
    output = view.output
    columns = view.chosen(fields, output.table or output.text)
    layout = "table" if fields else output.layout
    context = Context(view.catalogue, {column.name for column in columns}, lang)
    console = new_console(width, colour=colour)
    with console.capture() as captured:
        if layout in ("session", "event"):
            console.print(_pages(view, context))
        elif view.single:
            console.print(picked(view.records[0], columns, context))
        elif layout == "problems":
            for record in view.records:
                console.print(Text(sanitize.shown(record["text"])), soft_wrap=True)
        elif layout == "findings":
            for record in view.records:  # commands are never broken, to be copied
                console.print(finding(record, lang), soft_wrap=True)
        else:
            if output.layout == "theme" and view.head:
                console.print(theme_head(view.head, lang))
            if view.records:
                console.print(_drawn(view, columns, context, width, spare=() if fields else output.spare))
    return re.sub(r"[ \t]+$", "", captured.get(), flags=re.MULTILINE)


def _pages(view: View, context: Context) -> RenderableType:
    """Return a page for each record, with empty lines between them."""
    of_event = view.output.layout == "event"
    drawn = (event_card(one, context.lang) if of_event else card(one, context) for one in view.records)
    return Group(*[part for page in drawn for part in ("", page)][1:])


def _drawn(
    view: View, columns: Sequence[Column], context: Context, width: int | None, spare: Sequence[str]
) -> RenderableType:
    """Return rows if all columns fit into the width, if need be without those to spare, else a line for each field."""
    rows = [[cell(context, record, column) for column in columns] for record in view.records]
    headings = [sanitize.shown(heading(column.heading or column.name, context.lang)) for column in columns]
    if width and width < NARROW:
        return _lines(columns, headings, rows)
    widths = _widths(columns, headings, rows, width) if width else []
    if widths is None and spare:
        kept = [column for column in columns if column.name not in spare]
        return _drawn(view, kept, context, width, ())
    if widths is None:
        return _lines(columns, headings, rows)
    drawn = Table(box=_BOX, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold")
    for i, (column, head) in enumerate(zip(columns, headings, strict=True)):
        drawn.add_column(
            head,
            style=column.style,
            justify="right" if column.type.number else "left",
            overflow="fold",
            no_wrap=column.type.solid or not width,
            width=widths[i] if widths else None,
        )
    for row in rows:
        drawn.add_row(*row)
    return drawn


def _widths(
    columns: Sequence[Column], headings: Sequence[str], rows: Sequence[Sequence[Text]], width: int
) -> list[int] | None:
    """Return the width of each column, `width` together at most; None if they cannot be that narrow.

    Each gets its least width, then up to its share; the rest goes to columns that need more.
    """
    available = width - GAP * (len(columns) - 1)
    natural = [
        max(cell_len(head), *(cell_len(line) for row in rows for line in row[i].plain.split("\n")))
        for i, head in enumerate(headings)
    ]
    least = [
        most if column.unbroken else min(most, max(cell_len(head), column.least_of(width)))
        for column, head, most in zip(columns, headings, natural, strict=True)
    ]
    if sum(least) > available:
        return None
    shares = [
        max(low, min(most, int(width * column.share)))
        for column, low, most in zip(columns, least, natural, strict=True)
    ]
    return _grown(_grown(least, shares, available), natural, available)


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


def _lines(
    columns: Sequence[Column], headings: Sequence[str], rows: Sequence[Sequence[Text]]
) -> RenderableType:
    """Return each record as its first column and, below it, its other columns with their headings."""
    parts: list[RenderableType] = []
    for row in rows:
        for i, (column, head, text) in enumerate(zip(columns, headings, row, strict=True)):
            if text.plain:
                label = Text(f"{head}: ", "dim") if i and column.labelled else Text()
                parts.append(Padding(label + text, (0, 0, 0, 2 if i else 0)))
    return Group(*parts)
