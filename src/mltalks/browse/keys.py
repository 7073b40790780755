"""The keys: one declaration from which the bindings, the footer, the page of keys and the documentation follow.

Does not act on a key: the actions are those of the screen.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len

from mltalks.messages import Lang, say

_ALWAYS = {"?": "keys", "q": "quit"}
_DATA = {"t": "tag", "e": "export", "x": "reject", "u": "undo", "l": "language", "o": "open"}
_REST = {"n": "note", "y": "copy", "r": "related", "m": "mark", "a": "theme", "A": "all"}
# The keys of the last line for each pane, the most needed first: how many are shown depends on the width.
FOOTERS: Mapping[str, Mapping[str, str]] = {
    "query": {"Tab": "complete", "Esc": "to the talks"},
    "facets": {"Enter": "only this", "Space": "this as well", **_ALWAYS, "Tab": "pane", "/": "query",
               "Backspace": "back", "w": "growth", "c": "table", "u": "undo", "l": "language"},
    "talks": {"/": "query", "Enter": "read", "Space": "select", "Tab": "pane", **_ALWAYS, "s": "slides", **_DATA, **_REST},
    "talk": {"Backspace": "back", "s": "slides", "/": "query", "Tab": "pane", **_ALWAYS, **_DATA, "z": "alone", **_REST},
}  # fmt: skip
GROUPS = ("Move", "Find", "The talk", "Your data", "The screen")
# How a key is shown, if not by its name.
_SHOWN = {
    "slash": "/", "question_mark": "?", "full_stop": ".", "left_square_bracket": "[", "right_square_bracket": "]",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End", "tab": "Tab", "shift+tab": "Shift-Tab", "enter": "Enter", "backspace": "Backspace",
    "escape": "Esc", "space": "Space", "ctrl+p": "Ctrl-P", "ctrl+z": "Ctrl-Z", "ctrl+c": "Ctrl-C",
    "less_than_sign": "<", "greater_than_sign": ">", "minus": "-", "plus": "+",
}  # fmt: skip


class Key(NamedTuple):
    """What some keys do: the action, and a sentence on it for the page of keys.

    `keys` are names of Textual, separated by commas; with `always`, they work in the query line, too.
    """

    group: str
    keys: str
    action: str
    about: str
    always: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The keys as they are shown."""
        return tuple(_SHOWN.get(key, key) for key in self.keys.split(","))


KEYS = (
    Key("Move", "j,down", "move(1)", "the next row"),
    Key("Move", "k,up", "move(-1)", "the row before"),
    Key("Move", "pagedown", "page(1)", "a page down"),
    Key("Move", "pageup", "page(-1)", "a page up"),
    Key("Move", "g,home", "edge(-1)", "the first row"),
    Key("Move", "G,end", "edge(1)", "the last row"),
    Key("Move", "tab", "focus_next", "the next pane; in the query, complete the word"),
    Key("Move", "shift+tab", "focus_previous", "the pane before"),
    Key("Move", "left", "fold(-1)", "fold the theme, or go to the one above it"),
    Key("Move", "right", "fold(1)", "unfold the theme"),
    Key("Find", "slash", "query", "type the query"),
    Key("Find", "enter", "enter", "only the talks of this value; of a talk, read it"),
    Key("Find", "space", "select", "select the talk; of a value, add its talks to those shown, or take them away"),
    Key("Find", "backspace,left_square_bracket", "back", "back to where you were"),
    Key("Find", "right_square_bracket", "forward", "forward again"),
    Key("Find", "A", "distant", "also the talks that match far less well, or without them again"),
    Key("Find", "w", "grows", "what grew most over the years first, or by number again"),
    Key("Find", "c", "table", "a cross-table, whose cells lead to their talks"),
    Key("Find", "escape", "leave", "leave the query line or the talk"),
    Key("Find", "1", "facet(0)", "themes beside the talks"),
    Key("Find", "2", "facet(1)", "companies"),
    Key("Find", "3", "facet(2)", "events"),
    Key("Find", "4", "facet(3)", "years"),
    Key("Find", "5", "facet(4)", "keywords"),
    Key("Find", "6", "facet(5)", "speakers"),
    Key("Find", "7", "facet(6)", "your tags"),
    Key("Find", "8", "facet(7)", "your marks"),
    Key("The talk", "o", "open('page')", "open its page in the browser"),
    Key("The talk", "s", "open('slides')", "open its slides"),
    Key("The talk", "p", "open('paper')", "open its paper"),
    Key("The talk", "v", "open('video')", "open its recording"),
    Key("The talk", "y", "copy", "copy its id, title, link, BibTeX or Markdown, or the command line"),
    Key("The talk", "r", "related", "the talks nearest to it"),
    Key("Your data", "t", "tag", "tag the talk, or those of the list that are selected"),
    Key("Your data", "m", "own_mark", "mark it as watched or to-watch"),
    Key("Your data", "n", "note", "write a note on it"),
    Key("Your data", "a", "decide('accept')", "file it under a theme"),
    Key("Your data", "x", "decide('reject')", "take it out of a theme"),
    Key("Your data", "e", "export", "export what is selected in the list, else all its talks"),
    Key("Your data", "u", "undo", "undo the last change"),
    Key("Your data", "U", "redo", "do again what was undone"),
    Key("The screen", "less_than_sign", "side(-6)", "narrower facets, or none"),
    Key("The screen", "greater_than_sign", "side(6)", "wider facets"),
    Key("The screen", "minus", "share(-10)", "less of the talk, or nothing"),
    Key("The screen", "plus", "share(10)", "more of the talk"),
    Key("The screen", "l", "language", "the other language"),
    Key("The screen", "ctrl+p", "command_palette", "look for a key by what it does", always=True),
    Key("The screen", "z", "zoom", "this pane alone, or all again"),
    Key("The screen", "question_mark", "keys", "all keys"),
    Key("The screen", "ctrl+z", "suspend_process", "back to the shell for a while"),
    Key("The screen", "q", "end", "quit, and print what is selected in any list"),
    Key("The screen", "ctrl+c", "interrupt", "quit without printing", always=True),
)  # fmt: skip


def by_group() -> Iterator[tuple[str, list[Key]]]:
    """Yield each group with its keys."""
    return ((group, [key for key in KEYS if key.group == group]) for group in GROUPS)


def action_of(key: str) -> str:
    """Return the action of a key of Textual; none if it has no meaning."""
    return next((one.action for one in KEYS if key in one.keys.split(",")), "")


def footer(pane: str, lang: Lang, width: int, without: Collection[str] = ()) -> list[tuple[str, str, str]]:
    """Return (key, word, action) for the keys of a pane, in a language, as many as there is space for; some do nothing now."""
    actions = {name: key.action for key in KEYS for name in key.names}
    some = ((name, word) for name, word in FOOTERS[pane].items() if name not in without)
    words = [(name, say(word, lang), actions[name]) for name, word in some]
    ends = accumulate(cell_len(f"{name} {word}  ") for name, word, _ in words)
    return [word for word, end in zip(words, ends, strict=True) if end - 2 <= width]
