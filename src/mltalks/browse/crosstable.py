"""A cross-table of the talks that were found, whose cells lead to their talks.

Does not count: `analysis.crosstab` does.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import DataTable, Static

from mltalks.analysis.coverage import coverage_notices
from mltalks.analysis.crosstab import CrossTab, Cut
from mltalks.browse.prompts import Over
from mltalks.browse.state import FACETS, PLURALS
from mltalks.messages import Lang, excerpt, say
from mltalks.render.output import heading
from mltalks.text.sanitize import shown

COLUMNS = ("year", "theme", "company", "event")
CUT = Cut(rows=200, columns=24)
LABEL, HEAD = 32, 12  # the widest label of a row, and of a column, in characters
PADDING, BAR = 1, 2  # beside each cell, and the scroll bar, in characters
BESIDE = 8  # lines that are no rows: title, notices, heading, keys


def _widths(labels: int, columns: Sequence[int], screen: int) -> tuple[int, int]:
    """Return the width of the labels of rows, and of the table, which ends with a whole column: what is cut looks empty.

    >>> _widths(40, [5, 6, 6], 80), _widths(40, [5, 6, 6, 6, 6], 50), _widths(40, [10] * 9, 80)
    ((32, 51), (19, 50), (12, 74))
    """
    room = screen - 2 * PADDING
    label = min(LABEL, labels, max(HEAD, room - sum(columns)))
    seen = [width for width in accumulate(columns) if width <= room - label]
    return label, label + 2 * PADDING + (seen[-1] if seen else 0)


class Cell(NamedTuple):
    """A row and a column that were chosen: of each the facet and the value; None stands for all values."""

    row: tuple[str, str | None]
    column: tuple[str, str | None]


class CrossTable(Over[Cell | None]):
    """The numbers of talks by two facets, over the whole screen."""

    BINDINGS = [  # noqa: RUF012 - as in Textual
        Binding("escape,backspace,q", "dismiss(None)", show=False),
        Binding("j", "table('cursor_down')", show=False),
        Binding("k", "table('cursor_up')", show=False),
        Binding("h", "table('cursor_left')", show=False),
        Binding("l", "table('cursor_right')", show=False),
        Binding("c", "columns", show=False),
        *(Binding(str(at + 1), f"rows('{facet}')", show=False) for at, facet in enumerate(FACETS)),
    ]

    def __init__(
        self,
        rows: str,
        count: Callable[[str, str, Cut], CrossTab],
        label: Callable[[str, str], str],
        lang: Lang,
    ) -> None:
        """Take the facet of the rows, and functions that count and that name a value of a facet."""
        super().__init__()
        self._rows, self._columns = rows, "theme" if rows == "year" else "year"
        self._count, self._label, self._lang = count, label, lang

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        yield Static(id="what")
        yield DataTable[Text](cursor_type="cell", fixed_columns=1, zebra_stripes=False)
        yield Static(
            say("Enter: the talks of the cell · 1-8: other rows · c: other columns · Esc: back", self._lang)
        )

    def on_mount(self) -> None:
        """Count."""
        self._fill()

    @work(exclusive=True)
    async def _fill(self) -> None:
        found = await asyncio.to_thread(self._count, self._rows, self._columns, CUT)
        facets = [heading(PLURALS[facet], self._lang) for facet in (self._rows, self._columns)]
        title = Text(
            say("{rows} by {columns}", self._lang, rows=facets[0], columns=facets[1]), "bold reverse"
        )
        for notice in coverage_notices(found.incomplete):
            title.append(f"\n{notice.text(self._lang)}", "not bold not reverse")
        self.query_one("#what", Static).update(title)
        table: DataTable[Text] = self.query_one(DataTable)
        table.clear(columns=True)
        heads = {"all": say("all", self._lang)}
        heads |= {
            f"={value}": shown(excerpt(self._label(self._columns, value), HEAD))
            for value in found.column_values
        }
        rows = {
            value: [found.row_totals[value], *(found.cell(value, column) for column in found.column_values)]
            for value in found.row_values
        }
        most = len(str(max((numbers[0] for numbers in rows.values()), default=0)))
        bar = BAR if len(rows) + BESIDE > self.size.height else 0
        names = {value: shown(excerpt(self._label(self._rows, value), LABEL)) for value in rows}
        label, width = _widths(
            max(map(cell_len, names.values()), default=0),
            [max(cell_len(head), most) + 2 * PADDING for head in heads.values()],
            self.size.width - bar,
        )
        table.styles.width, table.styles.overflow_y = width + bar, "scroll" if bar else "auto"
        table.add_column("", key="", width=label)
        for key, head in heads.items():
            table.add_column(head, key=key)
        for value, numbers in rows.items():
            cells = (Text(str(number or "·"), justify="right") for number in numbers)
            table.add_row(Text(names[value], no_wrap=True, overflow="ellipsis"), *cells, key=value)
        table.focus()

    def action_table(self, action: str) -> None:
        """Move the cursor."""
        getattr(self.query_one(DataTable), f"action_{action}")()

    def action_rows(self, facet: str) -> None:
        """Show another facet in the rows."""
        self._rows = facet
        self._fill()

    def action_columns(self) -> None:
        """Show the next facet in the columns."""
        self._columns = COLUMNS[(COLUMNS.index(self._columns) + 1) % len(COLUMNS)]
        self._fill()

    def on_data_table_cell_selected(self, event: "DataTable.CellSelected") -> None:
        """Choose the cell."""
        row, column = event.cell_key.row_key.value, event.cell_key.column_key.value or ""
        value = column[1:] if column.startswith("=") else None
        self.dismiss(Cell((self._rows, row), (self._columns, value)))
