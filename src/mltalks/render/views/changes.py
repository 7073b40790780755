"""The journal, and what a change does line by line, as the commands that change the user data print it.

Does not read the journal; `userdata` does.
"""

import difflib
import re
from collections.abc import Collection, Iterable

from mltalks.render.views.core import View
from mltalks.text import sanitize
from mltalks.userdata.journal import Change
from mltalks.userdata.store import Difference

CHANGE_FIELDS = ("number", "time", "command", "ids", "file", "undone", "undoes", "about")
_AROUND = 3  # lines of context
_NAMED = 3  # records of a change that are named
_HUNK_START = re.compile(r"(?<=[-+])\d+")


def log_view(changes: Iterable[Change], undone: Collection[int], *, single: bool = False) -> View:
    """Return changes as a list, or a single one."""
    records = [
        {
            "number": change.number,
            "time": change.time,
            "command": change.command,
            "ids": list(change.about),
            "file": change.file,
            "undone": change.number in undone,
            "undoes": change.undoes,
            "about": about(change),
        }
        for change in changes
    ]
    columns = ("number", "time", "command", "about", "file", "undone")
    return View(
        "change" if single else "changes", records, CHANGE_FIELDS, columns, key="number", table=columns,
        single=single,
    )  # fmt: skip


def about(change: Change) -> str:
    """Return the ids of the first records that a change is about, and how many more there are.

    >>> about(Change(1, "", "import", ("a", "b", "c", "d"), "", "", ""))
    'a b c (+1)'
    """
    more = f" (+{len(change.about) - _NAMED})" if len(change.about) > _NAMED else ""
    return " ".join(change.about[:_NAMED]) + more


def difference(change: Difference) -> str:
    """Return a difference as GNU diff -u writes it.

    Only the part between the first and the last changed line is compared line by line: a long file costs little.
    """
    old, new = change.before.splitlines(), change.after.splitlines()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    stop = 0
    while stop < min(len(old), len(new)) - start and old[-1 - stop] == new[-1 - stop]:
        stop += 1
    first, last = max(0, start - _AROUND), max(0, stop - _AROUND)
    parts = old[first : len(old) - last], new[first : len(new) - last]
    name = str(change.file)
    lines = difflib.unified_diff(*parts, name, name, lineterm="", n=_AROUND)
    return "".join(f"{sanitize.shown(_moved(line, first))}\n" for line in lines)


def _moved(line: str, by: int) -> str:
    """Return the heading of a hunk with its line numbers increased; any other line as it is."""
    if not line.startswith("@@ "):
        return line
    return _HUNK_START.sub(lambda number: str(int(number[0]) + by), line)


def change_text(change: Change) -> str:
    """Return an entry of the journal: each piece that was taken out and what was put in its place, marked as in a diff."""
    lines = [f"{change.number} {change.time} {change.command} {change.file}"]
    for piece in change.pieces:
        lines += [f"-{line}" for line in piece.old.splitlines()]
        lines += [f"+{line}" for line in (piece.new or f"… {piece.length}").splitlines()]
    return "".join(f"{sanitize.shown(line)}\n" for line in lines)
