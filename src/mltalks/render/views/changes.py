"""What the commands that write print: the journal, and what a change does, line by line."""

import difflib
from collections.abc import Collection, Iterable
from pathlib import Path

from mltalks.render.views.core import View
from mltalks.text import sanitize
from mltalks.userdata.journal import Change

CHANGE_FIELDS = ("number", "time", "command", "ids", "file", "undone", "undoes", "about")
_AROUND = 3  # lines of context
_NAMED = 3  # records of a change that are named


def log_view(changes: Iterable[Change], undone: Collection[int], *, single: bool = False) -> View:
    """Return changes as a list, or one alone."""
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
    """Return the first records that a change is about, and how many more there are.

    >>> about(Change(1, "", "import", ("a", "b", "c", "d"), "", "", ""))
    'a b c (+1)'
    """
    more = f" (+{len(change.about) - _NAMED})" if len(change.about) > _NAMED else ""
    return " ".join(change.about[:_NAMED]) + more


def difference(file: Path, before: str, after: str) -> str:
    """Return what a change does to a text as a unified diff, as GNU diff -u writes it.

    Only the part that differs is compared line by line, so that a long file costs little.
    """
    old, new = before.splitlines(), after.splitlines()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    stop = 0
    while stop < min(len(old), len(new)) - start and old[-1 - stop] == new[-1 - stop]:
        stop += 1
    first = max(0, start - _AROUND)
    last = max(0, stop - _AROUND)
    some, others = old[first : len(old) - last], new[first : len(new) - last]
    lines = difflib.unified_diff(some, others, str(file), str(file), lineterm="", n=_AROUND)
    return "".join(f"{sanitize.shown(_moved(line, first))}\n" for line in lines)


def _moved(line: str, by: int) -> str:
    """Return the heading of a hunk with its line numbers moved; any other line as it is."""
    if not line.startswith("@@ ") or not by:
        return line
    parts = []
    for part in line.split(" ")[1:3]:
        number, comma, count = part[1:].partition(",")
        parts.append(f"{part[0]}{int(number) + by}{comma}{count}")
    return f"@@ {' '.join(parts)} @@"


def change_text(change: Change) -> str:
    """Return what a change of the journal did: each piece that it took out, and what it put in, as a diff has them."""
    lines = [f"{change.number} {change.time} {change.command} {change.file}"]
    for piece in change.pieces:
        lines += [f"-{line}" for line in piece.old.splitlines()]
        lines += [f"+{line}" for line in (piece.new or f"… {piece.length}").splitlines()]
    return "".join(f"{sanitize.shown(line)}\n" for line in lines)
