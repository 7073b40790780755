"""The console for tables and documents, the context that all cells of one table share, and paragraphs.

Does not draw cells.
"""

import io
from collections.abc import Collection
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from mltalks.dataset.organizations import without_form
from mltalks.messages import Lang
from mltalks.render.columns import Record
from mltalks.search.catalogue import Catalogue
from mltalks.text import sanitize
from mltalks.text.japanese.scripts import is_japanese
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


class Context(NamedTuple):
    """The context of the cells of one table: the catalogue with the names of ids, the drawn columns, the language."""

    catalogue: Catalogue | None
    shown: Collection[str]
    lang: Lang

    def event(self, record: Record) -> str:
        """Return the name of a record's event, or its id if it has none."""
        event: str = record["event"]
        known = self.catalogue.events.get(event) if self.catalogue else None
        return known.name if known else event

    def companies(self, record: Record) -> list[str]:
        """Return the organizations of a record; in Japanese, one that is printed in Japanese under that name."""
        names: list[str] = record["companies"]
        if self.lang == "en" or not self.catalogue:
            return names
        works = (one["organization"] for one in record.get("speakers", ()))
        printed = (one for one in (*record.get("organizations", ()), *works) if one and is_japanese(one))
        known = ((self.catalogue.organizations.resolve(one), one) for one in printed)
        shown = {meant[0]: without_form(one) for meant, one in known if len(meant) == 1}
        return [shown.get(name, name) for name in names]

    def keyword(self, value: str) -> str:
        """Return the text of a keyword in the language."""
        return self.catalogue.label("keyword", value, self.lang) if self.catalogue else value

    def theme(self, theme: str) -> str:
        """Return the label of a theme, or its id if it has none."""
        known = self.catalogue.themes.get(theme) if self.catalogue else None
        return known.label(self.lang) if known else theme
