"""The query line: what is typed, with what narrows it shown as chips.

Does not read the query: `finding` does.
"""

import re

from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding
from textual.widgets import Input

_CHIP = re.compile(r'-?\b\w+:(?:"(?:[^"\\]|\\.)*"|[^\s"()])+')


class _Chips(Highlighter):
    """Shows each `field:value` of a query as a chip."""

    def highlight(self, text: Text) -> None:
        """Reverse the chips, and underline them for terminals that cannot."""
        for found in _CHIP.finditer(text.plain):
            text.stylize("bold underline", *found.span())


class QueryLine(Input):
    """One line of text; Esc, Enter and the arrow down go to the talks."""

    BINDINGS = [  # noqa: RUF012 - as in Textual
        Binding("escape,down,enter", "app.pane('talks')", show=False),
    ]

    def __init__(self, value: str, placeholder: str) -> None:
        super().__init__(value, placeholder, _Chips(), id="query", compact=True, select_on_focus=False)
