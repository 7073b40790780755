"""The query line: what is typed, with what narrows it shown as chips, and how it may go on.

Does not read the query: `finding` does.
"""

import asyncio
import re
from collections.abc import Callable

from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding
from textual.suggester import Suggester
from textual.widgets import Input

_CHIP = re.compile(r'-?\b\w+:(?:"(?:[^"\\]|\\.)*"|[^\s"()])+')
SHORTEST = 2  # characters of a query that is completed


class _Chips(Highlighter):
    """Shows each `field:value` of a query as a chip."""

    def highlight(self, text: Text) -> None:
        """Make the chips bold, and underline them."""
        for found in _CHIP.finditer(text.plain):
            text.stylize("bold underline", *found.span())


class _Completer(Suggester):
    """Offers the first text in which a query may go on."""

    def __init__(self, continuations: Callable[[str, int], list[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._continuations = continuations

    async def get_suggestion(self, value: str) -> str | None:
        """Return what is typed with the rest of the first text."""
        if len(value) < SHORTEST:
            return None
        found = await asyncio.to_thread(self._continuations, value, 1)
        return value + found[0][len(value) :] if found and len(found[0]) > len(value) else None


class QueryLine(Input):
    """One line of text; Tab completes a word; Esc, Enter and the arrow down go to the talks."""

    BINDINGS = [  # noqa: RUF012 - as in Textual
        Binding("escape,down,enter", "app.pane('talks')", show=False),
        Binding("tab", "complete", show=False),
    ]

    def __init__(self, value: str, continuations: Callable[[str, int], list[str]]) -> None:
        """Take the query, and a function that returns so many texts in which a query may go on."""
        super().__init__(
            value,
            highlighter=_Chips(),
            suggester=_Completer(continuations),
            id="query",
            compact=True,
            select_on_focus=False,
        )

    def action_complete(self) -> None:
        """Take what is offered, or go to the next pane."""
        if self._suggestion and self.cursor_at_end:
            self.action_cursor_right()
        else:
            self.app.action_focus_next()

    def go_on(self) -> None:
        """Go to the end; what is typed there is another word."""
        if self.value and not self.value[-1].isspace():
            with self.prevent(Input.Changed):
                self.value += " "
        self.cursor_position = len(self.value)
