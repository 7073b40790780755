"""Tables as charts: where each bar, cell and point lies, in percent of the width and in pixels of the height.

Widths are percents so that a chart fits any screen while its letters keep their size; draws nothing itself.
"""

from typing import NamedTuple

from mltalks.messages import excerpt
from mltalks.render.document import Table

MOST_BARS = 15
LONGEST = 60  # letters of a name beside a bar; the table has it whole
LONGEST_ABOVE = 16  # and above a column
BAR_ROW = 38  # pixels of a bar with its name above it
HEAT_ROW = 42
ABOVE = 130  # pixels for the names above the columns of a heat map
ACROSS = 92.0  # percent of the width that its columns take, as the last name leans beyond them
HIGH = 72  # pixels of a line's panel
WIDE = 82.0  # percent of the width that the longest bar takes, so that its number fits behind it


class Bar(NamedTuple):
    """A bar: its name, its number, pixels from the top, and percent of the width."""

    name: str
    number: str
    top: int
    width: float


class Bars(NamedTuple):
    """Bars below each other, and their height in pixels."""

    bars: tuple[Bar, ...]
    height: int


class HeatCell(NamedTuple):
    """A cell: its number, percent from the left and of the width, pixels from the top, and its strength from 0 to 1."""

    number: int
    left: float
    width: float
    top: int
    strength: float


class HeatColumn(NamedTuple):
    """The name above a column, and the percent from the left where its middle is."""

    name: str
    middle: float


class HeatRow(NamedTuple):
    """The name of a row, pixels from the top, and its cells."""

    name: str
    top: int
    cells: tuple[HeatCell, ...]


class Heat(NamedTuple):
    """A heat map, and its height in pixels."""

    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    height: int


class Point(NamedTuple):
    """A number of a year: percent from the left and pixels from the top."""

    year: str
    number: int
    left: float
    top: float


class Panel(NamedTuple):
    """The line of one name over the years."""

    name: str
    points: tuple[Point, ...]
    height: int


def bars(table: Table) -> Bars:
    """Return the first rows of a table as bars of its first column of numbers."""
    at = table.numbers[0]
    rows = table.rows[:MOST_BARS]
    most = max((_number(row[at]) for row in rows), default=0) or 1
    made = tuple(
        Bar(
            excerpt(str(row[0]), LONGEST), str(row[at]), i * BAR_ROW, round(WIDE * _number(row[at]) / most, 2)
        )
        for i, row in enumerate(rows)
    )
    return Bars(made, len(rows) * BAR_ROW)


def heat(table: Table) -> Heat:
    """Return a table as a heat map; the darkest cell is that of the highest number."""
    count = len(table.numbers)
    width = ACROSS / count
    most = max((_number(row[at]) for row in table.rows for at in table.numbers), default=0) or 1
    columns = tuple(
        HeatColumn(excerpt(table.columns[at], LONGEST_ABOVE), round((i + 0.5) * width, 2))
        for i, at in enumerate(table.numbers)
    )
    rows = tuple(
        HeatRow(
            excerpt(str(row[0]), LONGEST),
            ABOVE + r * HEAT_ROW,
            tuple(
                HeatCell(
                    _number(row[at]),
                    round(i * width, 2),
                    round(width, 2),
                    ABOVE + r * HEAT_ROW,
                    _number(row[at]) / most,
                )
                for i, at in enumerate(table.numbers)
            ),
        )
        for r, row in enumerate(table.rows)
    )
    return Heat(columns, rows, ABOVE + len(rows) * HEAT_ROW)


def panels(table: Table) -> tuple[Panel, ...]:
    """Return a panel a row of a table of years, the first apart (which counts all); all have the same scale."""
    rows = table.rows[1:]
    most = max((_number(row[at]) for row in rows for at in table.numbers), default=0) or 1
    step = 90 / max(1, len(table.numbers) - 1)
    return tuple(
        Panel(
            str(row[0]),
            tuple(
                Point(
                    table.columns[at],
                    _number(row[at]),
                    round(5 + i * step, 2),
                    round(HIGH - 14 - (HIGH - 30) * _number(row[at]) / most, 1),
                )
                for i, at in enumerate(table.numbers)
            ),
            HIGH,
        )
        for row in rows
    )


def _number(cell: str | int) -> int:
    return cell if isinstance(cell, int) else 0
