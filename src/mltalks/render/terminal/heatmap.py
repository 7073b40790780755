"""Cross-tables as heat maps for a terminal: numbers on cells, the darker the higher, fitted to a width.

Does not change the numbers, which are those of all formats; if columns do not fit, it reports which are kept.
"""

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from mltalks.messages import Lang, word
from mltalks.render.terminal.rich_console import Prose, new_console
from mltalks.render.terminal.table import NARROW
from mltalks.render.views.crosstab import TOTAL, Shown, depth, facet_heading, label
from mltalks.text import sanitize
from mltalks.text.wrapping import wrapped

if TYPE_CHECKING:
    from mltalks.analysis.crosstab import CrossTab
    from mltalks.search.catalogue import Catalogue

# From light to dark, with readable text; of the 256 colours, to fit any background.
SHADES = (
    "black on color(195)",
    "black on color(153)",
    "black on color(111)",
    "white on color(25)",
    "white on color(18)",
)
NAME_SHARE = 0.3  # share of the width for the names of the rows, at most
NAME_LEAST, NAME_LINES = 14, 2
HEAD_LEAST, HEAD_MOST, HEAD_LINES = 4, 14, 4  # cells and lines of the headings of columns
MANY = 100_000  # cells of a console without a limit


class _Column(NamedTuple):
    value: str | None
    heading: tuple[str, ...]
    width: int


class Heat:
    """One table, with the columns that fit into a width (None: all)."""

    def __init__(
        self, catalogue: "Catalogue", table: "CrossTab", shown: Shown, lang: Lang, width: int | None
    ) -> None:
        self._catalogue = catalogue
        self._shown = shown
        self._lang = lang
        self._width = width or MANY
        self._names = {row: self._name(table, row) for row in shown.rows(table)}
        corner = sanitize.shown(facet_heading(table.rows, lang))
        longest = max((cell_len(corner), *(cell_len(name) for name in self._names.values())))
        most = max(NAME_LEAST, int(self._width * NAME_SHARE))
        self._corner, self._name_width = corner, min(longest, most) if width else longest
        columns = [
            self._column(table, column)
            for column in (*table.column_values, *([None] if shown.totals else []))
        ]
        self._columns = self._fitting(table, columns)
        self.left_out = [self._label(table.columns, one.value) for one in columns if one not in self._columns]
        self.in_lines = bool(columns) and (not self._columns or (self.left_out and self._width < NARROW))
        self.left_out *= not self.in_lines
        self._table = table

    def text(self, *, colour: bool) -> str:
        """Return the heat map, every line ended; those of years one below the other."""
        console = new_console(self._width, colour=colour, colours="256")
        draw = self._lines if self.in_lines else self._drawn
        with console.capture() as captured:
            for number, (year, one) in enumerate(self._table.parts):
                if year:
                    console.print(Text(("\n" if number else "") + str(year), "bold"))
                for line in draw(one):
                    console.print(
                        line if isinstance(line, Prose) else Prose(line),
                        no_wrap=not self.in_lines,
                        crop=False,
                    )
        return re.sub(r"[ \t]+$", "", captured.get(), flags=re.MULTILINE)

    def _name(self, table: "CrossTab", row: str | None) -> str:
        """Return the name of a row; a theme is indented below its broader themes that are shown."""
        return "  " * depth(self._catalogue, table, row) + self._label(table.rows, row)

    def _label(self, facet: str, value: str | None) -> str:
        """Return how a value, or None for the total, is called."""
        if value is None:
            return word(TOTAL, self._lang)
        return sanitize.shown(label(self._catalogue, facet, value, self._lang))

    def _column(self, table: "CrossTab", column: str | None) -> _Column:
        name = self._label(table.columns, column)
        numbers = max(
            (len(self._number(one, row, column)) for _, one in table.parts for row in self._shown.rows(one)),
            default=1,
        )
        words = max((cell_len(part) for part in name.split()), default=1)
        least = max(numbers, HEAD_LEAST, min(words if name.isascii() else 8, HEAD_MOST))
        for width in range(min(least, max(numbers, cell_len(name))), max(least, HEAD_MOST) + 1):
            lines = wrapped(name, width, fold=True) or [""]
            if len(lines) <= HEAD_LINES:
                return _Column(column, tuple(lines), width)
        width = max(least, HEAD_MOST)
        lines = (wrapped(name, width, fold=True) or [""])[:HEAD_LINES]
        return _Column(column, (*lines[:-1], _cut(lines[-1] + "…", width, always=True)), width)

    def _number(self, table: "CrossTab", row: str | None, column: str | None) -> str:
        return self._shown.number(table, row, column) + ("%" if self._shown.percent else "")

    def _fitting(self, table: "CrossTab", columns: Sequence[_Column]) -> list[_Column]:
        """Return the columns that fit, in their order: the totals, and those with most sessions in the rows or the latest years."""
        available = self._width - self._name_width - 1
        years = table.columns == "year"

        def rank(at: int) -> tuple[bool, int, int]:
            column = columns[at].value
            if column is None or years:
                return column is not None, -at, at
            return True, -sum(table.cell(row, column) for row in table.row_values), at

        order = sorted(range(len(columns)), key=rank)
        kept = set()
        for at in order:
            available -= columns[at].width + 2
            if available < 0:
                break
            kept.add(at)
        if not any(columns[at].value is not None for at in kept):
            return [] if any(column.value is not None for column in columns) else list(columns)
        return [column for at, column in enumerate(columns) if at in kept]

    def _drawn(self, table: "CrossTab") -> Iterator[Text]:
        """Yield the lines of a table: headings, a rule, a row for each value."""
        height = max((len(column.heading) for column in self._columns), default=1)
        for line in range(height):
            text = Text(_padded(self._corner if line == height - 1 else "", self._name_width), "bold")
            for column in self._columns:
                at = line - (height - len(column.heading))
                part = column.heading[at] if at >= 0 else ""
                text.append(f" {' ' * (column.width - cell_len(part))}{part} ")
            yield text
        yield Text("─" * (self._name_width + sum(column.width + 2 for column in self._columns)))
        top = self._largest()
        for row in self._shown.rows(table):
            name, *more = _lines_of(self._names[row], self._name_width)
            text = Text(_padded(name, self._name_width), "bold" if row is None else "cyan")
            for column in self._columns:
                number = f" {self._number(table, row, column.value):>{column.width}} "
                text.append(number, "not bold default " + self._shade(table, row, column.value, top))
            yield text
            yield from (Text(line, "bold" if row is None else "cyan") for line in more)

    def _lines(self, table: "CrossTab") -> Iterator[Prose]:
        """Yield each row and, below it and further right, its cells that have sessions, each under its name."""
        for row in self._shown.rows(table):
            cells = [
                (column, self._number(table, row, column))
                for column in (*table.column_values, *([None] if self._shown.totals else []))
                if row is None or column is None or table.cell(row, column)
            ]
            name = self._names[row].lstrip()
            indent = len(self._names[row]) - len(name)
            if cells:
                yield Prose(Text(name, "bold" if row is None else "cyan"), indent)
            for column, number in cells:
                yield Prose(Text(f"{self._label(table.columns, column)}: {number}"), indent + 2)

    def _value(self, table: "CrossTab", row: str, column: str) -> float:
        percent = self._shown.percent
        return table.share(row, column, percent) if percent else table.cell(row, column)

    def _largest(self) -> float:
        """Return the largest number of the cells that are shown, over all years."""
        shown = [column.value for column in self._columns if column.value is not None]
        return max(
            (
                self._value(one, row, column)
                for _, one in self._table.parts
                for row in one.row_values
                for column in shown
            ),
            default=0,
        )

    def _shade(self, table: "CrossTab", row: str | None, column: str | None, top: float) -> str:
        """Return the style of a cell, by the root of its share of the largest number, so that small ones differ."""
        if row is None or column is None:
            return "bold"
        value = self._value(table, row, column)
        if not value:
            return "dim"
        return SHADES[max(0, math.ceil(len(SHADES) * math.sqrt(value / top)) - 1)]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _cut(text: str, width: int, *, always: bool = False) -> str:
    if cell_len(text) <= width and not always:
        return text
    body = text.rstrip("…")
    return (body if cell_len(body) < width else set_cell_size(body, width - 1).rstrip()) + "…"


def _lines_of(name: str, width: int) -> list[str]:
    """Return the name of a row in as few lines as possible; the last one is cut if there are too many."""
    if cell_len(name) <= width:
        return [name]
    indent = " " * (len(name) - len(name.lstrip()))
    lines = [f"{indent}{line}" for line in wrapped(name, width - len(indent), fold=True)]
    if len(lines) > NAME_LINES:
        lines = [*lines[: NAME_LINES - 1], _cut(lines[NAME_LINES - 1] + "…", width, always=True)]
    return lines
