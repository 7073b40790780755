"""The fields that the user has edited in sessions since these were added, and the sessions that were removed, by the journal.

Does not know values that are typed into the files by hand.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from mltalks.dataset.toml.parser import parse
from mltalks.problems import Problem
from mltalks.userdata.journal import Change, Piece, in_force

_EDITS = ("edit", "doctor")
_ID = re.compile(r"""^\s*id\s*=\s*["']([^"'\\]+)["']""", re.MULTILINE)


class LastEdits:
    """The edits of sessions; the journal is read when the first one is asked for."""

    def __init__(
        self,
        journal: Callable[[], Iterable[Change]],
        shipped: Callable[[str], Mapping[str, Any]] = lambda _: {},
    ) -> None:
        """Take functions that return the journal, the newest change first, and a session as it is without the user data."""
        self._journal = journal
        self._shipped = shipped

    def __call__(self, name: str) -> Mapping[str, Any]:
        """Return the fields of a session that were edited and no import has replaced since, with their values before; None is no value."""
        before, after, replaced = dict[str, Any](), dict[str, Any](), set[str]()
        pieces = self._pieces.get(name, ())
        for is_edit, piece in pieces if any(is_edit for is_edit, _ in pieces) else ():
            old, new = (_session(text or "", name) for text in (piece.old, piece.new))
            fields = {one for one in {*old, *new} - replaced if old.get(one) != new.get(one)}
            if is_edit:
                before |= {one: old.get(one) for one in fields}
                after = {one: new.get(one) for one in fields} | after
            else:
                replaced |= fields
        shipped = self._shipped(name) if before else {}
        before = {one: shipped.get(one) if value is None else value for one, value in before.items()}
        return {one: value for one, value in before.items() if value != after[one]}

    @cached_property
    def removed(self) -> Collection[str]:
        """The ids of sessions that the user removed, some of which may be there again."""
        changes = (one for one in in_force(self._journal()) if one.undoes is None)
        return {name for change in changes if _command(change) == "remove" for name in change.about}

    @cached_property
    def _pieces(self) -> dict[str, list[tuple[bool, Piece]]]:
        """What edits and imports did to each session since it was added, by its id, and whether it was an edit; the newest first."""
        found: dict[str, list[tuple[bool, Piece]]] = {}
        begun: set[str] = set()
        for change in in_force(self._journal()):
            command = _command(change)
            if change.undoes is None and command in ("add", "remove"):
                begun.update(change.about)
            elif change.undoes is None and command in (*_EDITS, "import"):
                is_edit = command in _EDITS
                for piece in change.pieces:
                    text = piece.old or (is_edit and piece.new) or ""
                    for name in set(_ID.findall(text)) - begun:
                        found.setdefault(name, []).append((is_edit, piece))
        return found


def _command(change: Change) -> str:
    return change.command.partition(" ")[0]


def _session(text: str, name: str) -> Mapping[str, Any]:
    """Return the session of an id in a part of a data file; empty if it is not there."""
    parsed = parse(Path("journal"), text)
    sessions = () if isinstance(parsed, Problem) else parsed.get("sessions", ())
    return next((one for one in sessions if one.get("id") == name), {})
