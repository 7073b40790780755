"""The screens over the screen: all keys, a choice.

Do not act: each returns what was chosen or typed.
"""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mltalks.browse.copying import Choice
from mltalks.browse.keys import by_group
from mltalks.messages import Lang, excerpt, say
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
