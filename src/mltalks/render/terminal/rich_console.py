"""The console for tables and documents, and paragraphs.

Does not draw cells.
"""

import io
from typing import Literal

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from mltalks.text import sanitize
from mltalks.text.wrapping import breaks, longest_word

Colours = Literal["standard", "256"]


def new_console(width: int | None, *, colour: bool, colours: Colours = "standard") -> Console:
    """Return a console of a width (None: without a limit), independent of the environment."""
    return Console(
        file=io.StringIO(),
        width=width or 10_000,
        height=100,
        force_terminal=colour,
        no_color=not colour,
        color_system=colours if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},  # the caller reads the environment
    )


def styled(text: str, style: str = "") -> Text:
    """Return a text with control characters made visible."""
    return Text(sanitize.shown(text), style=style)


class Prose:
    """A text in lines, broken where `text.wrapping` allows it, each `indent` cells to the right; one of names, `named`, at spaces."""

    def __init__(self, text: Text, indent: int = 0, *, named: bool = False) -> None:
        """Take the text, whose own newlines are kept."""
        self._text = text
        self._named = named
        self._indent = " " * indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines for a width."""
        if options.no_wrap:
            yield Text(self._indent) + self._text
            return
        width = max(2, options.max_width - len(self._indent))
        for paragraph in self._text.split(allow_blank=True):
            for line in paragraph.divide(breaks(paragraph.plain, width, named=self._named)):
                line.rstrip()
                yield Text(self._indent, overflow="fold") + line if self._indent else line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return the width that keeps words whole, and that of the longest line."""
        most = len(self._indent) + max(map(cell_len, self._text.plain.split("\n")))
        return Measurement(min(most, len(self._indent) + max(2, longest_word(self._text.plain))), most)
