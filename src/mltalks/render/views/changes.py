"""The journal, and the differences that a change makes, as the commands that change the user data print them.

Does not read the journal; `userdata` does.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from mltalks.dataset.ids import columns
from mltalks.dataset.record_texts import name_of, record_texts
from mltalks.messages import Lang, Listing, Message, excerpt, japanese, say, word
from mltalks.render import value_types as t
from mltalks.render.columns import Column
from mltalks.render.output import Output, View, heading
from mltalks.text import sanitize
from mltalks.userdata.journal import Change, Piece
from mltalks.userdata.record_parts import Outcome
from mltalks.userdata.store import Difference

_AROUND = 3  # lines of context
_NAMED, _WIDEST = 3, 40  # records of a change that are named, as long as they take no more columns
_HUNK_START = re.compile(r"(?<=[-+])\d+")


def about(change: Change) -> str:
    """Return the ids of the first records of a change, and the number of the others.

    >>> about(Change(1, "", "import", ("a", "b", "c", "d"), "", "", ""))
    'a b c (+1)'
    >>> about(Change(1, "", "import", ("推論基盤の運用と監視", "特徴量ストアの話と運用", "b"), "", "", ""))
    '推論基盤の運用と監視 (+2)'
    """
    shown = list(change.about[:1])
    for one in change.about[1:_NAMED]:
        if columns(" ".join([*shown, one])) > _WIDEST:
            break
        shown.append(one)
    left = len(change.about) - len(shown)
    return " ".join(shown) + (f" (+{left})" if left else "")


def named(change: Change) -> str:
    """Return the command of a change with the ids of its records, each once.

    >>> named(Change(1, "", "tag", ("a", "b"), "", "", ""))
    'tag a b'
    >>> named(Change(2, "", "reject a drift", ("a", "b"), "", "", ""))
    'reject a b drift'
    """
    first, *others = change.about or ("",)
    words = [one for one in change.command.split(" ") if one not in others]
    if first not in words:
        words.append(first)
    return " ".join(about(change) if one == first else one for one in words).strip()


def outcome(one: Outcome, lang: Lang) -> Message:
    """Return what became of a record, in a language.

    >>> outcome(Outcome("a", "changed", {"tags": ["x", "y"], "mark": None}), "en").text()
    'a: tags x, y; no mark'
    >>> outcome(Outcome("a", "changed"), "ja").text("ja")
    'a: 変更なし'
    """
    if one.what != "changed":
        return Message(_OUTCOMES[one.what], {**one.fields, "id": one.name})
    changes = ("、" if lang == "ja" else "; ").join(_field(field, one, lang) for field in one.fields)
    return Message("{id}: {message}", {"id": one.name, "message": changes or Message("unchanged")})


_OUTCOMES = {
    "added": "{id}: added",
    "comments": "{id}: only comments were changed",
    "new event": 'new event: {id} ("{name}", series {series})',
    "new organization": "new organization: {id}",
    "removed": "{id}: removed",
    "restored": "{id}: your changes were removed",
}


_LONGEST = 60  # characters of a value in a message
_WORDS = ("coverage", "mark", "kind")  # fields whose values are translated


def _field(field: str, one: Outcome, lang: Lang) -> str:
    """Return the new value of a field; of a long list, what is gone and what is new."""
    now = one.fields[field]
    if now is None:
        return say("no {field}", lang, field=heading(field, lang))
    if isinstance(now, list) and len(", ".join(map(_text, now))) > _LONGEST:
        before = one.before.get(field) or []
        gone = [f"-{_whole(part)}" for part in before if part not in now]
        text = Listing([*gone, *(f"+{_whole(part)}" for part in now if part not in before)]).text(lang)
    elif isinstance(now, list):
        text = Listing(map(_text, now)).text(lang)
    else:
        text = _named(now, lang) if field in _WORDS else str(now)
    return f"{heading(field, lang)} {excerpt(' '.join(text.split()), _LONGEST)}"


def _named(value: str, lang: Lang) -> str:
    """Return a value of a fixed list in a language; "company" is the kind of an organization here."""
    kinds = japanese("organization_kinds") if lang == "ja" else {}
    return kinds.get(value) or word(value, lang)


def _whole(part: Any) -> str:
    """Return the text of a value, with the organization of a speaker."""
    work = part.get("organization") if isinstance(part, dict) else None
    return f"{_text(part)} ({work})" if work else _text(part)


def _text(part: Any) -> str:
    return str(part["name"] if isinstance(part, dict) else part)


CHANGES = Output(
    "changes",
    ("log",),
    (
        Column("number", t.number(minimum=1)._replace(number=False)),
        Column("time", t.TEXT, cell="time", whole=True),
        Column("command", t.TEXT),
        Column("ids", t.TEXTS, "about"),
        Column("file", t.TEXT),
        Column("undone", t.FLAG, lambda _: False, cell="flag"),
        Column("undoes", t.ValueType({"type": ["integer", "null"]})),
        Column("about", t.TEXT, about, whole=True),
        Column("user", t.TEXT_OR_NULL),
    ),
    text=("number", "time", "command", "about", "file", "undone", "user"),
    table=("number", "time", "command", "about", "undone", "user"),
    key="number",
)
CHANGE = CHANGES._replace(
    name="change",
    commands=("add", "edit", "note", "tag", "mark", "remove", "alias", "event", "undo", "redo", "log"),
    detail=" NUMBER",
    single=True,
)


def log_view(changes: Iterable[Change], undone: Collection[int]) -> View:
    """Return changes as a list."""
    return CHANGES.view(changes, undone=lambda one: one.number in undone)


def difference(change: Difference) -> str:
    """Return a difference in the format of GNU diff -u.

    Only the part between the first and the last changed line is compared, to be fast for long files.
    """
    old, new = change.before.splitlines(), change.after.splitlines()
    start = _alike(old, new)
    stop = _alike(old[start:][::-1], new[start:][::-1])
    first, last = max(0, start - _AROUND), max(0, stop - _AROUND)
    parts = old[first : len(old) - last], new[first : len(new) - last]
    name = str(change.file)
    lines = difflib.unified_diff(*parts, name, name, lineterm="", n=_AROUND)
    return "".join(f"{sanitize.shown(_moved(line, first))}\n" for line in lines)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines are the same before the first one that differs."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _moved(line: str, by: int) -> str:
    """Return the heading of a hunk with its line numbers increased; any other line as it is."""
    if not line.startswith("@@ "):
        return line
    return _HUNK_START.sub(lambda number: str(int(number[0]) + by), line)


def change_text(change: Change) -> str:
    """Return an entry of the journal: the lines that were removed and added, marked as in a diff.

    Of a record that was changed, only lines that differ are shown, under its id.
    """
    lines = [f"{change.number} {change.time} {change.command} {change.file} {change.user or ''}".rstrip()]
    for piece in change.pieces:
        lines += _piece_lines(piece)
    return "".join(f"{sanitize.shown(line)}\n" for line in lines)


def _piece_lines(piece: Piece) -> Iterator[str]:
    old = piece.old.splitlines()
    new = (f"… {piece.length}" if piece.new is None else piece.new).splitlines()
    names = [name for one in record_texts(piece.old) or () if (name := name_of(one))]
    if new and names:
        yield f"@@ {names[0]} @@"
    for _, start, stop, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[start:stop] != new[first:last]:
            yield from (f"-{line}" for line in old[start:stop])
            yield from (f"+{line}" for line in new[first:last])
