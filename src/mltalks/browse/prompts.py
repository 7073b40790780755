"""The screens over the screen: all keys, a choice, a question, a text.

Do not act: each returns what was chosen or typed.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from mltalks.browse.copying import Choice
from mltalks.browse.keys import action_of, by_group
from mltalks.browse.rows import Rows
from mltalks.messages import Lang, excerpt, say
from mltalks.text.folding import fold
from mltalks.text.sanitize import shown

Answer = TypeVar("Answer")


class Over(ModalScreen[Answer]):
    """A screen over the screen, which answers once."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with an answer, unless an earlier key or click has left."""
        return super().dismiss(result) if self.is_current else AwaitComplete()


class Keys(Over[None]):
    """All keys; any key leaves it, but those that scroll."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang = lang

    def compose(self) -> ComposeResult:
        """Lay out the keys of each group."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")  # Japanese has no spaces to break at
        for group, keys in by_group():
            table.add_row(Text(say(group, self._lang), "bold underline"))
            for key in keys:
                table.add_row(Text(" ".join(key.names), "bold"), say(key.about, self._lang))
        with VerticalScroll(id="box") as box:
            box.border_title = say("Keys", self._lang)
            yield Static(table)

    def on_key(self, event: events.Key) -> None:
        """Leave, unless the key scrolls."""
        box = self.query_one(VerticalScroll)
        scroll = {
            "move(1)": box.scroll_down,
            "move(-1)": box.scroll_up,
            "page(1)": box.scroll_page_down,
            "page(-1)": box.scroll_page_up,
            "edge(-1)": box.scroll_home,
            "edge(1)": box.scroll_end,
        }.get(action_of(event.key))
        if scroll:
            scroll(animate=False)
        else:
            self.dismiss()
        event.stop()


class _List(Over[str | None]):
    """Rows of which the arrows and Enter, or the mouse, choose one; Esc chooses none."""

    BINDINGS = [  # noqa: RUF012 - as in Textual
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._rows = Rows(id="list")
        self._answers: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """Lay out the rows."""
        with Vertical(id="box") as box:
            box.border_title = self._title
            yield from self.above()
            yield self._rows

    def above(self) -> ComposeResult:
        """Lay out what is above the rows."""
        yield from ()

    def offer(self, answers: Sequence[str], lines: Sequence[Text]) -> None:
        """Show other rows, with the answer that each stands for."""
        self._answers = answers
        self._rows.styles.height = len(lines)
        self._rows.fill(len(lines), lambda at, _: lines[at : at + 1])

    def action_step(self, step: int) -> None:
        """Move over the rows."""
        self._rows.cursor += step

    def action_take(self) -> None:
        """Choose the row under the cursor."""
        if self._answers:
            self.dismiss(self._answers[self._rows.cursor])

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Choose the row that was clicked; no other pane is concerned."""
        event.stop()
        if isinstance(event, Rows.Entered):
            self.action_take()


class Choose(_List):
    """A choice of some texts, also by their keys."""

    BINDINGS = [Binding("enter", "take", show=False, priority=True)]  # noqa: RUF012 - as in Textual

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__(title)
        self._choices = choices

    def on_mount(self) -> None:
        """Show the choices, a line each."""
        lines = [
            Text.assemble((key, "bold"), f"  {what}  ", (shown(excerpt(text)) if text != what else "", "dim"))
            for key, what, text in self._choices
        ]
        self.offer([text for *_, text in self._choices], lines)

    def takes(self, character: str | None) -> bool:
        """Choose by a key; return whether it has a choice."""
        chosen = [text for key, _, text in self._choices if key == character]
        if chosen:
            self.dismiss(chosen[0])
        return bool(chosen)


class _Question(Over[str | None]):
    """A question with a field for the answer, and what it means below; Esc answers nothing."""

    BINDINGS = [Binding("escape", "dismiss(None)", show=False, priority=True)]  # noqa: RUF012 - as in Textual

    def __init__(self, title: str, field: Widget, about: str) -> None:
        super().__init__()
        self._title = title
        self._field = field
        self._about = about

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="box") as box:
            box.border_title = self._title
            yield self._field
            yield Static(Text(shown(self._about), "dim"))

    def on_mount(self) -> None:
        """Take what is typed."""
        self.set_focus(self._field)


class Ask(_Question):
    """A question with an answer of one line."""

    def __init__(self, title: str, value: str, about: str) -> None:
        super().__init__(title, Input(value, compact=True), about)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        self.dismiss(event.value)


class Pick(_List):
    """A choice of one of many names, narrowed by what is typed."""

    def __init__(self, title: str, names: Sequence[tuple[str, str, str]]) -> None:
        """Take (what is returned, what is shown, what is also looked through) for each name."""
        super().__init__(title)
        self._names = names
        self._rows.can_focus = False

    def above(self) -> ComposeResult:
        """Lay out the line to type in."""
        yield Input(compact=True)

    def on_mount(self) -> None:
        """Offer all names."""
        self._offer("")
        self.set_focus(self.query_one(Input))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer the names that have what is typed."""
        self._offer(event.value)

    def on_input_submitted(self) -> None:
        """Choose, after the text that was typed before."""
        self.action_take()

    def _offer(self, typed: str) -> None:
        wanted = fold(typed)
        found = [(name, text) for name, text, more in self._names if wanted in fold(f"{name} {text} {more}")]
        found.sort(key=lambda one: wanted not in fold(one[1]))  # what shows it before what has it elsewhere
        self.offer([name for name, _ in found], [Text(shown(text)) for _, text in found])


class Write(_Question):
    """A text of several lines; Ctrl-S keeps it, Esc leaves it as it was, Ctrl-E takes it to an editor."""

    BINDINGS = [  # noqa: RUF012 - as in Textual
        Binding("ctrl+s", "keep", show=False),  # after the text that was typed before
        Binding("ctrl+e", "edit", show=False, priority=True),
    ]

    def __init__(self, title: str, value: str, about: str, edited: Callable[[str], str]) -> None:
        """Take the text, what the keys do, and a function that returns a text after it was edited elsewhere."""
        self._text = TextArea(value, compact=True, highlight_cursor_line=False)
        super().__init__(title, self._text, about)
        self._edited = edited

    def action_keep(self) -> None:
        """Return the text."""
        self.dismiss(self._text.text)

    def action_edit(self) -> None:
        """Edit the text elsewhere."""
        self._text.text = self._edited(self._text.text)
