"""Views as rich tables, fitted to a width; what a data file says is never markup here.

Imports rich, as only `cell_text`, `card`, `heat` and `bar` do besides.
"""

import re
from collections.abc import Sequence, Set as AbstractSet

from rich.box import SIMPLE_HEAD as _BOX
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mltalks.messages import Lang
from mltalks.render.terminal.card import card, finding, picked, theme_head
from mltalks.render.terminal.cells import STYLES, Cells, paper
from mltalks.render.views.core import View, heading
from mltalks.text import sanitize

NARROW = 60  # below this many columns a record is shown as lines rather than as a row
GAP = 2
_NUMBERS = {
    "sessions",
    "share",
    "measure",
    "own",
    "first_year",
    "last_year",
    "year",
    "score",
    "line",
    "depth",
    "seats",
    "members",
    "a",
    "b",
    "both",
    "log_odds",
    "z",
    "p",
    "q",
}
# The most that a column may take of the width, so that titles keep theirs.
_SHARES = {
    "id": 0.26,
    "companies": 0.22,
    "event": 0.14,
    "links": 0.13,
    "value": 0.4,
    "keywords": 0.25,
    "speakers": 0.3,
}
# The least that a column is worth drawing with, where it has that much to show.
_LEAST = {
    "id": 20,
    "title": 23,
    "companies": 11,
    "summary": 24,
    "summary_ja": 24,
    "definition": 24,
    "links": 8,
}
LEAST = 10
# Tables of which the columns that are typed again are never broken, and those columns.
_UNBROKEN = {"explanation", "gaps", "decisions"}
_WHOLE = {"id", "name", "session", "theme"}
# Columns that are one picture each, which is never broken.
_PICTURES = {"bar", "balance", "sparkline"}


def table(view: View, fields: Sequence[str], lang: Lang, width: int | None, *, colour: bool) -> str:
    """Return a view as a table, or as lines where there is no room for one; `width` None is as wide as it gets."""
    console = paper(width, colour=colour)
    columns = tuple(fields) or view.table or view.columns
    with console.capture() as captured:
        if view.single:
            whole = view.schema == "session" and not fields
            console.print(card(view, lang) if whole else picked(view, columns, lang))
        elif view.schema == "problems" and not fields:
            for record in view.records:
                console.print(Text(sanitize.shown(record["text"])), soft_wrap=True)
        elif view.schema == "checkup" and not fields:
            for record in view.records:  # commands are copied whole
                console.print(finding(record, lang), soft_wrap=True)
        else:
            if view.schema == "theme" and view.envelope:
                console.print(theme_head(view.envelope[0], lang))
            if view.records:
                console.print(
                    _drawn(view, columns, lang, width, spare=() if fields else view.extra.get("spare", ()))
                )
    return re.sub(r"[ \t]+$", "", captured.get(), flags=re.MULTILINE)


def _drawn(
    view: View, columns: Sequence[str], lang: Lang, width: int | None, spare: Sequence[str] = ()
) -> RenderableType:
    """Return a row a record where all columns fit into the width, if need be without those to spare, else a line a field."""
    cells = Cells(view, columns, lang)
    rows = [[cells.cell(record, name) for name in columns] for record in view.records]
    headings = [heading(name, lang) for name in columns]
    whole = (_WHOLE if view.schema in _UNBROKEN else set()) | _PICTURES
    numbers = _NUMBERS | {name for name in columns if name in view.extra.get("numbers", ())}
    if width and width < NARROW:
        return _lines(columns, headings, rows)
    widths = _widths(columns, headings, rows, width, whole | numbers) if width else []
    if widths is None and spare:
        return _drawn(view, [name for name in columns if name not in spare], lang, width)
    if widths is None:
        return _lines(columns, headings, rows)
    drawn = Table(box=_BOX, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold")
    for i, (name, head) in enumerate(zip(columns, headings, strict=True)):
        drawn.add_column(
            head,
            style=STYLES.get(name, ""),
            justify="right" if name in numbers else "left",
            overflow="fold",
            no_wrap=name in numbers or name in _PICTURES or not width,
            width=widths[i] if widths else None,
        )
    for row in rows:
        drawn.add_row(*row)
    return drawn


def _widths(
    columns: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[Text]],
    width: int,
    whole: AbstractSet[str],
) -> list[int] | None:
    """Return how wide each column is, all together no more than `width`; None when they cannot be that narrow.

    Columns of `whole` are never broken. Each gets the least that it needs, then up to its share, then what is left goes to those that could use it.
    """
    room = width - GAP * (len(columns) - 1)
    natural = [
        max(cell_len(head), *(cell_len(line) for row in rows for line in row[i].plain.split("\n")))
        for i, head in enumerate(headings)
    ]
    keep = {"id": int(width * _SHARES["id"])}  # ids are typed again: they part with their share last
    least = [
        most if name in whole else min(most, max(cell_len(head), _LEAST.get(name, LEAST), keep.get(name, 0)))
        for name, head, most in zip(columns, headings, natural, strict=True)
    ]
    if sum(least) > room:
        return None
    shares = [
        max(low, min(most, int(width * _SHARES.get(name, 1))))
        for name, low, most in zip(columns, least, natural, strict=True)
    ]
    return _grown(_grown(least, shares, room), natural, room)


def _grown(widths: list[int], wanted: list[int], room: int) -> list[int]:
    """Return widths grown towards what is wanted, in proportion to what each lacks, as far as there is room.

    >>> _grown([5, 5], [5, 25], 20), _grown([5, 5], [15, 25], 100)
    ([5, 15], [15, 25])
    """
    lacks = [most - now for now, most in zip(widths, wanted, strict=True)]
    spare = min(room - sum(widths), sum(lacks))
    grown = [
        now + (spare * lack // sum(lacks) if lack else 0) for now, lack in zip(widths, lacks, strict=True)
    ]
    rest = min(room, sum(widths) + spare) - sum(grown)
    for i, most in enumerate(wanted):
        more = min(rest, most - grown[i])
        grown[i] += more
        rest -= more
    return grown


def _lines(columns: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[Text]]) -> RenderableType:
    """Return each record as its first column and, below it, its other columns, each under its name."""
    parts: list[RenderableType] = []
    for row in rows:
        for i, (name, head, text) in enumerate(zip(columns, headings, row, strict=True)):
            if text.plain:
                label = Text() if not i or name == "title" else Text(f"{head}: ", "dim")
                parts.append(Padding(label + text, (0, 0, 0, 2 if i else 0)))
    return Group(*parts)
