"""Tables as charts: the place of each bar, cell and point, in percent of the width and in pixels of the height.

Widths are percents so that a chart fits any screen while its letters keep their size. Does not draw: the template does.
"""

from typing import NamedTuple

from mltalks.dataset.organizations import Organizations
from mltalks.messages import excerpt
from mltalks.render.document import Table

MOST_BARS = 15
LONGEST = 60  # letters of a name beside a bar; the table has all of them
LONGEST_ABOVE = 16  # and above a column
BAR_ROW = 38  # pixels of a bar with its name above it
HEAT_ROW = 42
ABOVE = 130  # pixels for the names above the columns of a heat map
ACROSS = 92.0  # percent of the width for its columns, as the slanted last name is wider
HIGH = 86  # pixels of a line's panel
AXIS = 28  # and of the years below it, each with the number of all its sessions
WIDE = 82.0  # percent of the width for the longest bar, so that its number fits after it


class Bar(NamedTuple):
    """A bar: its name, its number, and percent of the width."""

    name: str
    number: str
    width: float


class HeatCell(NamedTuple):
    """A cell of a heat map: its number, and its strength from 0 to 1."""

    number: int
    strength: float


class HeatRow(NamedTuple):
    """A row of a heat map."""

    name: str
    cells: tuple[HeatCell, ...]


class Point(NamedTuple):
    """A number of a year, out of all of that year: percent from the left, and pixels from the top by its share."""

    year: str
    number: int
    total: int
    left: float
    top: float


class Panel(NamedTuple):
    """The line of one name over the years."""

    name: str
    points: tuple[Point, ...]


def short(organizations: Organizations, name: str, most: int) -> str:
    """Return a name of an organization that has at most so many letters, if there is one: as an acronym, or in part.

    >>> short(Organizations(()), "University of Virginia", 16), short(Organizations(()), "Ohio State University", 16)
    ('U of Virginia', 'Ohio State U')
    """
    if len(name) <= most:
        return name
    known = organizations.by_name.get(name)
    fitting = [one for one in (known.aliases if known else ()) if one.isascii() and len(one) <= most]
    acronyms = [one for one in fitting if one.isupper()]
    return next(iter([*acronyms, *sorted(fitting, key=len)]), name.replace("University", "U"))


def bars(table: Table) -> list[Bar]:
    """Return the first rows of a table as bars of its first column of numbers."""
    shown, at = table._replace(rows=table.rows[:MOST_BARS]), table.numbers[0]
    most = shown.most([at])
    return [
        Bar(excerpt(str(row[0]), LONGEST), str(row[at]), round(WIDE * int(row[at]) / most, 2))
        for row in shown.rows
    ]


def heat(table: Table) -> list[HeatRow]:
    """Return the rows of a heat map; the strongest cell is that of the highest number."""
    most = table.most(table.numbers)
    return [
        HeatRow(
            excerpt(str(row[0]), LONGEST),
            tuple(HeatCell(int(row[at]), int(row[at]) / most) for at in table.numbers),
        )
        for row in table.rows
    ]


def panels(table: Table) -> list[Panel]:
    """Return a panel for each row of a table of years but the first, which counts all; all have the same scale of shares."""
    totals, *rows = ([int(row[at]) for at in table.numbers] for row in table.rows)
    years = [table.columns[at] for at in table.numbers]
    most = (
        max(
            (number / total for row in rows for number, total in zip(row, totals, strict=True) if total),
            default=0,
        )
        or 1
    )
    step = 90 / max(1, len(years) - 1)

    def point(place: int, number: int) -> Point:
        total = totals[place]
        top = HIGH - AXIS - (HIGH - AXIS - 16) * number / (total or 1) / most
        return Point(years[place], number, total, round(5 + place * step, 2), round(top, 1))

    return [
        Panel(str(name), tuple(point(place, number) for place, number in enumerate(row)))
        for (name, *_), row in zip(table.rows[1:], rows, strict=True)
    ]
