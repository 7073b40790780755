"""The panes on the screen: how they share it, which of them has the focus, the line of messages and that of keys.

Does not fill the panes: `panes` does.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal
from textual.screen import ModalScreen
from textual.theme import BUILTIN_THEMES
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from mltalks.browse.keys import action_of, footer
from mltalks.browse.prompts import Choose
from mltalks.browse.query_line import QueryLine
from mltalks.browse.rows import Rows
from mltalks.browse.talk import Talk
from mltalks.errors import MltalksError
from mltalks.messages import Lang, say
from mltalks.text.sanitize import shown

LEAST = (60, 15)  # columns and lines
NARROW = 110  # columns below which the talk is under the list
SIDE, NARROW_SIDE = 34, 30  # cells of the facets
SHARE, WHOLE = 45, 100  # of the rest, the part of the talk in percent
WITHOUT_PANES = ("end", "interrupt", "suspend_process")  # actions that need not show anything
PANES = ("facets", "talks", "talk")
TERMINAL = replace(BUILTIN_THEMES["ansi-dark"], name="terminal")  # nothing but the colours of the terminal
Answer = TypeVar("Answer")


class Layout(App[tuple[str, ...] | None]):
    """The application as empty panes; it returns the ids that were selected, or None if it was interrupted."""

    CSS_PATH = Path(__file__).with_name("browse.tcss")
    ENABLE_COMMAND_PALETTE = False  # ours is one more choice

    def __init__(self, query: str, lang: Lang) -> None:
        super().__init__(ansi_color=True)
        self.register_theme(TERMINAL)
        self.theme = TERMINAL.name
        self.typed = query  # to begin with
        self.lang = lang
        self.side: int | None = None  # cells, if they were chosen
        self.share = SHARE
        self.room = (80, 24)  # columns and lines
        self.zoomed = ""  # the pane that is shown alone
        self.last = "talks"  # the pane that had the focus last
        self.without: tuple[str, ...] = ()  # keys that do nothing for the talk under the cursor
        self._opening: AwaitMount | None = None  # the screen that a key has asked for

    def continuations(self, typed: str, most: int) -> list[str]:
        """Return at most so many texts in which a query may go on."""
        raise NotImplementedError

    def say(self, template: str, **values: object) -> str:
        """Return a message in the language."""
        return say(template, self.lang, **values)

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        self.line = QueryLine(self.typed, self.continuations)
        self.facets, self.talks, self.talk = Rows(id="facets"), Rows(id="talks", most=2), Talk(id="talk")
        self.status, self.years = Static(id="status"), Static(id="years")
        self.keys, self.small = Static(id="footer"), Static(id="small")
        self.left = Container(self.facets, self.years, id="side")
        yield self.small
        yield Horizontal(Static("> ", id="prompt"), self.line, id="top")
        yield Container(self.left, Container(self.talks, self.talk, id="right"), id="panes")
        yield self.status
        yield self.keys

    def label(self) -> None:
        """Write all that is in the language of the run."""
        self.line.placeholder = self.say("words, or filters such as company:google year:2024..")
        self.small.update(
            self.say(
                "the terminal is too small: browse needs {width} x {height}", width=LEAST[0], height=LEAST[1]
            )
        )
        self.show_keys()

    def show_keys(self) -> None:
        """Write the keys of the pane with the focus, as many as the line has space for."""
        words = footer(self.last, self.lang, self.room[0], self.without)
        self.keys.update(
            "  ".join(f"[@click=app.{action}][b]{key}[/b] {text}[/]" for key, text, action in words)
        )

    @property
    def pane(self) -> str:
        """The pane with the focus; none below a screen over the screen."""
        return self.focused.id or "" if self.focused else ""

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Note the pane that has the focus, and show its keys."""
        if event.widget in (self.line, self.facets, self.talks, self.talk):
            self.last = event.widget.id or ""
            self.show_keys()

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.screen_stack[0].query_one(f"#{name}").focus()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the size of the terminal."""
        self.room = (event.size.width, event.size.height)
        self.arrange()

    def zoom(self, pane: str) -> None:
        """Show a pane alone; none shows all again."""
        self.zoomed = pane
        self.arrange()

    def arrange(self) -> None:
        """Arrange the panes for the size of the terminal, and the sizes that were chosen; the focus stays, or goes to the talks."""
        base, (width, height) = self.screen_stack[0], self.room
        base.set_class(width < LEAST[0] or height < LEAST[1], "-small")
        narrow = width < NARROW
        base.set_class(narrow, "-narrow")
        for pane in PANES:
            base.set_class(pane == self.zoomed, f"-only-{pane}")
        alone = {pane: "100%" if pane == self.zoomed else None for pane in PANES}
        self.left.styles.width = alone["facets"] or self.side_width
        self.left.set_class(self.side_width == 0, "-gone")
        self.talk.styles.width = alone["talk"] or ("100%" if narrow else f"{self.share}%")
        self.talk.styles.height = alone["talk"] or (f"{self.share}%" if narrow else "100%")
        self.talk.set_class(self.share == 0, "-gone")
        self.talks.set_class(self.share == WHOLE, "-gone")
        self.show_keys()
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        """Give the focus to the pane that had it; to the talks, or the talk, if that is hidden."""
        base = self.screen_stack[0]
        if not base.has_class("-small") and not (base.focused and _is_displayed(base.focused)):
            panes = (base.query_one(f"#{pane}") for pane in (self.last, "talks", "talk"))
            base.set_focus(next(filter(_is_displayed, panes), None))

    @property
    def is_too_small(self) -> bool:
        """Whether nothing can be shown but that the terminal is too small."""
        return self.screen.has_class("-small")

    @property
    def side_width(self) -> int:
        """The cells of the facets."""
        default = NARROW_SIDE if self.room[0] < NARROW else SIDE
        return default if self.side is None else self.side

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Write in the line of messages."""
        self.status.update(Text(shown(text), "bold" if wrong else ""), layout=False)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Report the error of a block, which ends with it."""
        try:
            yield
        except MltalksError as error:
            self.tell(error.text(self.lang), wrong=True)

    def ask(self, screen: ModalScreen[Answer | None], answered: Callable[[Answer], object]) -> None:
        """Show a screen over the screen, and act on its answer if there is one."""

        def act(answer: Answer | None) -> None:
            if answer is not None:
                with self.telling():
                    answered(answer)

        self._opening = self.push_screen(screen, act)

    async def on_event(self, event: events.Event) -> None:
        """Handle an event; keys act one after the other, so that those typed ahead go where the key before them leads."""
        if isinstance(event, events.Key):
            if self._opening is not None:
                opening, self._opening = self._opening, None
                await opening
            if self.is_too_small and action_of(event.key) not in WITHOUT_PANES:
                return
            if isinstance(self.screen, Choose) and self.screen.takes(event.character):
                return
            if (self.is_too_small or self.pane in PANES) and (action := action_of(event.key)):
                await self.run_action(action)
                return
        await super().on_event(event)


def _is_displayed(widget: Widget) -> bool:
    return all(one.display for one in widget.ancestors_with_self)
