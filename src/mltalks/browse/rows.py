"""A list of any length of which only the visible lines are drawn, with a cursor.

Does not know what its rows are: it is given a function that draws one.
"""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

CURSOR, ELSEWHERE = "›", "·"  # where keys act, and where they do not
Draw = Callable[[int, int], Sequence[Text]]  # the lines of a row, by its number and the width


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of `tall` lines each; a row begins with a cell for the cursor."""

    ALLOW_SELECT = False
    cursor = reactive(0)

    class Moved(Message):
        """The cursor is on another row, or the rows are others."""

        def __init__(self, rows: "Rows") -> None:
            self.rows = rows
            super().__init__()

        @property
        def control(self) -> "Rows":
            """The list."""
            return self.rows

    class Entered(Moved):
        """The row under the cursor was clicked again, or any row of a list that is driven from elsewhere."""

    def __init__(self, *, id: str, most: int = 1) -> None:  # noqa: A002 - as in Textual
        super().__init__(id=id)
        self.most = most  # lines of a row where there is space
        self.count = 0
        self._draw: Draw = lambda _, __: ()
        self._drawn: dict[tuple[int, int], Sequence[Text]] = {}  # by row and width

    @property
    def tall(self) -> int:
        """The lines of a row: one, if few rows have space otherwise."""
        return self.most if self.size.height >= 10 * self.most else 1

    def fill(self, count: int, draw: Draw, cursor: int = 0) -> None:
        """Show other rows, with the cursor on one of them."""
        self.count, self._draw = count, draw
        self._fit()
        self.set_reactive(Rows.cursor, max(0, min(cursor, count - 1)))
        self._show_cursor()
        self.post_message(self.Moved(self))

    def redraw(self) -> None:
        """Draw the same rows again."""
        self._drawn.clear()
        self.refresh()

    def _fit(self) -> None:
        self._drawn.clear()
        self.virtual_size = Size(0, self.count * self.tall)
        self.refresh()

    def on_resize(self) -> None:
        """Fit the rows to another width or height."""
        self._fit()
        self._show_cursor()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self) -> None:
        """Show the cursor, and post where it is."""
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self))

    def _show_cursor(self) -> None:
        region = Region(0, self.cursor * self.tall, 1, self.tall)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def on_focus(self) -> None:
        """Draw the cursor of the pane with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor of a pane without the focus."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row; on a second click, enter it."""
        place = event.get_content_offset(self)
        if place is None:
            return
        at = (place.y + self.scroll_offset.y) // self.tall
        if at >= self.count:
            return
        again = at == self.cursor and event.chain > 1
        self.cursor = at
        if again or not self.can_focus:
            self.post_message(self.Entered(self))

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        width, base = self.scrollable_content_region.width, self.rich_style
        at, part = divmod(y + self.scroll_offset.y, self.tall)
        if at >= self.count:
            return Strip.blank(width, base)
        if (at, width) not in self._drawn:
            if len(self._drawn) > 10 * max(10, self.size.height):
                self._drawn.clear()
            self._drawn[at, width] = self._draw(at, width - 1)
        lines, acts = self._drawn[at, width], self.has_focus or not self.can_focus
        line = lines[part].copy() if part < len(lines) else Text()
        line.truncate(width - 1, overflow="ellipsis", pad=True)
        strip = Strip(
            [
                Segment((CURSOR if acts else ELSEWHERE) if at == self.cursor and part == 0 else " ", base),
                *line.render(self.app.console),
            ]
        ).adjust_cell_length(width, base)
        style = base + Style(reverse=True) if at == self.cursor and acts else base
        return strip.apply_style(style)
