"""The talk itself: its page, then why it has its themes, and what is near it.

Does not look up anything: it is given a record, and later the reasons and the neighbours.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mltalks.messages import Lang, say, word
from mltalks.render.cell_texts import Context
from mltalks.render.output import heading
from mltalks.render.terminal.card import card
from mltalks.render.terminal.cells import cell
from mltalks.render.terminal.rich_console import styled
from mltalks.render.views.themes import explanation_view

if TYPE_CHECKING:
    from mltalks.analysis.explain_themes import Explanation
    from mltalks.search.catalogue import Catalogue
    from mltalks.search.related import Related


class Talk(ScrollView, can_focus=True, inherit_bindings=False):
    """The page of one talk, which scrolls; its lines are made once for each width."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as in Textual
        super().__init__(id=id)
        self._parts: list[RenderableType] = []
        self.lines: list[Strip] = []

    def show(self, catalogue: "Catalogue", record: Mapping[str, Any] | None, lang: Lang) -> None:
        """Show a talk, from its first line on; None shows nothing."""
        self._parts = [card(dict(record), Context(catalogue, (), lang), folded=True)] if record else []
        self._fit()
        self.scroll_home(animate=False)

    def add(self, catalogue: "Catalogue", reasons: "Explanation", near: "Related", lang: Lang) -> None:
        """Show why the talk has its themes, and the talks near it."""
        context = Context(catalogue, (), lang)
        self._parts[1:] = [*_reasons(reasons, context), *_near(near, context)]
        self._fit()

    def on_resize(self) -> None:
        """Break the lines at another width."""
        self._fit()

    def _fit(self) -> None:
        width = max(1, self.scrollable_content_region.width)
        console = self.app.console
        options = console.options.update(width=width, height=None)
        drawn = console.render_lines(Group(*self._parts), options) if self._parts else []
        self.lines = [Strip(line) for line in drawn]
        self.virtual_size = Size(0, len(self.lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        at, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        line = self.lines[at] if at < len(self.lines) else Strip.blank(width)
        return line.adjust_cell_length(width).apply_style(self.rich_style)


def _reasons(found: "Explanation", context: Context) -> list[RenderableType]:
    view = explanation_view(found, context.lang)
    columns = {one.name: one for one in view.output.columns}
    lines: list[RenderableType] = []
    for one in view.records:
        status, evidence = (cell(context, one, columns[name]) for name in ("status", "evidence"))
        lines.append(styled(context.theme(one["id"]), "bold") + Text(" ") + status)
        lines.append(Padding(evidence, (0, 0, 0, 2)))
    return [*_head(heading("themes", context.lang)), *lines] if lines else []


def _near(found: "Related", context: Context) -> list[RenderableType]:
    lines: list[RenderableType] = []
    around = "{}（{}）" if context.lang == "ja" else "{} ({})"
    for one in found.sessions:
        shared = context.listed(
            f"{word(part.what, context.lang)} "
            f"{context.theme(part.value) if part.what == 'theme' else part.value}"
            for part in one.shared[:2]
        )
        lines.append(styled(around.format(one.session.title, one.session.year)))
        lines.append(Padding(styled(shared, "dim"), (0, 0, 0, 2)))
    return [*_head(say("related talks", context.lang)), *lines] if lines else []


def _head(title: str) -> list[RenderableType]:
    return [Text(), styled(title, "bold underline")]
