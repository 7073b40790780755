"""The screens over the screen: all keys, a choice, a question, a text.

Do not act: each returns what was chosen or typed.
"""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from mltalks.browse.copying import Choice
from mltalks.browse.keys import by_group
from mltalks.messages import Lang, excerpt, say
from mltalks.text.folding import fold
from mltalks.text.sanitize import shown


class Keys(ModalScreen[None]):
    """All keys; any key leaves it, but those that scroll."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang = lang

    def compose(self) -> ComposeResult:
        """Lay out the keys of each group."""
        table = Table.grid(padding=(0, 2, 0, 0))
        for group, keys in by_group():
            table.add_row(Text(say(group, self._lang), "bold underline"))
            for key in keys:
                table.add_row(Text(" ".join(key.names), "bold"), say(key.about, self._lang))
        with VerticalScroll(id="box") as box:
            box.border_title = say("Keys", self._lang)
            yield Static(table)

    def on_key(self, event: events.Key) -> None:
        """Leave, unless the key scrolls."""
        if event.key in ("down", "up", "pagedown", "pageup", "j", "k"):
            box = self.query_one(VerticalScroll)
            step = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 10, "pageup": -10}[event.key]
            box.scroll_relative(y=step, animate=False)
        else:
            self.dismiss()
        event.stop()


class Choose(ModalScreen[str | None]):
    """A choice of some texts, by their keys, or with the arrows and Enter; Esc chooses none."""

    BINDINGS = [Binding("escape", "dismiss(None)", show=False)]  # noqa: RUF012 - as in Textual

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Lay out the choices, a line each."""
        lines = [
            Text.assemble((key, "bold"), f"  {what}  ", (shown(excerpt(text)), "dim"))
            for key, what, text in self._choices
        ]
        box = OptionList(*map(Option, lines), id="box")
        box.border_title = self._title
        yield box

    def on_key(self, event: events.Key) -> None:
        """Choose by a key."""
        for key, _, text in self._choices:
            if event.character == key:
                event.stop()
                self.dismiss(text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the line under the cursor."""
        self.dismiss(self._choices[event.option_index][2])


class _Question(ModalScreen[str | None]):
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


class Ask(_Question):
    """A question with an answer of one line."""

    def __init__(self, title: str, value: str, about: str) -> None:
        super().__init__(title, Input(value, compact=True, select_on_focus=False), about)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        self.dismiss(event.value)


class Pick(ModalScreen[str | None]):
    """A choice of one of many names, narrowed by what is typed; Esc chooses none."""

    BINDINGS = [  # noqa: RUF012 - as in Textual
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str, names: Sequence[tuple[str, str, str]]) -> None:
        """Take (what is returned, what is shown, what is also looked through) for each name."""
        super().__init__()
        self._title = title
        self._names = names

    def compose(self) -> ComposeResult:
        """Lay out the names below a line to type in."""
        with Vertical(id="box") as box:
            box.border_title = self._title
            yield Input(compact=True)
            yield OptionList()

    def on_mount(self) -> None:
        """Offer all names."""
        self._offer("")
        self.query_one(OptionList).can_focus = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer the names that have what is typed."""
        self._offer(event.value)

    def _offer(self, typed: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        wanted = fold(typed)
        found = [(name, text) for name, text, more in self._names if wanted in fold(f"{name} {text} {more}")]
        found.sort(key=lambda one: wanted not in fold(one[1]))  # what shows it before what has it elsewhere
        options.add_options([Option(Text(shown(text)), name) for name, text in found])
        options.highlighted = 0 if found else None

    def action_step(self, step: int) -> None:
        """Move over the names."""
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()

    def on_input_submitted(self) -> None:
        """Choose the name under the cursor."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the name that was clicked."""
        self.dismiss(event.option_id)


class Write(_Question):
    """A text of several lines; Ctrl-S keeps it, Esc leaves it as it was."""

    BINDINGS = [Binding("ctrl+s", "keep", show=False, priority=True)]  # noqa: RUF012 - as in Textual

    def __init__(self, title: str, value: str, about: str) -> None:
        super().__init__(title, TextArea(value, compact=True, highlight_cursor_line=False), about)

    def action_keep(self) -> None:
        """Return the text."""
        self.dismiss(self.query_one(TextArea).text)
