"""The loaded talks of a program whose ids are not in its newer export.

Does not claim that a talk was cancelled: ids count only if no title could have given them (numbers, UUIDs, hexadecimal numbers, those of
Google Calendar, codes of pretalx); other talks are named only if most talks of their event were read.
"""

import re
from collections.abc import Iterable

from mltalks.dataset.ids import session_id

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEXADECIMAL = re.compile(r"(?=[a-f]*\d)[0-9a-f]{16,64}")
_OF_GOOGLE = re.compile(r"(?=[a-v]*\d)[0-9a-v]{26}")  # before the @ of the UID of an entry of its calendars
_UNIQUE = (_UUID, _HEXADECIMAL, _OF_GOOGLE)
_KINDS = (re.compile(r"\d{5,}"), *_UNIQUE, re.compile("[a-hj-np-z3789]{6}"))


def is_unique(own: str) -> bool:
    """Return whether an id is that of one talk alone, in whatever event: a UUID, a long hexadecimal number, or one of Google Calendar.

    Without a letter, it may be a running number.

    >>> is_unique("0123456789abcdef"), is_unique("0000000000000012"), is_unique("00000000-0000-0000-0000-000000000012")
    (True, False, False)
    """
    number = own.replace("-", "").isdecimal()
    return not number and any(kind.fullmatch(own.casefold()) for kind in _UNIQUE)


def is_telling(own: str) -> bool:
    """Return whether an id is one that no title could have given."""
    return _kind(own.casefold()) is not None


class AbsentTalks:
    """The ids of programs that were read, by event."""

    def __init__(self) -> None:
        self._read: dict[str, set[str]] = {}
        self._kinds: dict[str, set[int]] = {}
        self._known: dict[str, set[str]] = {}

    def note_known(self, event: str, name: str) -> None:
        """Note that a record of a programme is a loaded session of an event."""
        self._known.setdefault(event, set()).add(name)

    def note(self, event: str, *names: str) -> None:
        """Note the ids that a program has for a talk of an event; the first is that of its export."""
        own = [name.casefold().removeprefix(f"{event.casefold()}-") for name in names]
        kind = _kind(own[0])
        if kind is not None:
            self._read.setdefault(event, set()).update(own)
            self._kinds.setdefault(event, set()).add(kind)

    def found(self, loaded: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
        """Return the ids of loaded sessions, given by id, title and event, that have such an id, and were not read, by event.

        >>> absent = AbsentTalks()
        >>> absent.note("meet", "meet-100001")
        >>> absent.found([("meet-100001", "A", "meet"), ("meet-100002", "B", "meet"), ("meet-serving", "C", "meet")])
        {'meet': ['meet-100002']}
        """
        found: dict[str, list[str]] = {}
        for name, title, event in loaded:
            kinds = self._kinds.get(event)
            own = name.casefold().removeprefix(f"{event.casefold()}-")
            if (
                kinds
                and own not in self._read[event]
                and _kind(own) in kinds
                and name != session_id(event, title, ())
            ):
                found.setdefault(event, []).append(name)
        return found

    def others(self, loaded: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
        """Return the loaded sessions that were not read of events of which most were: then the source is likely to be the whole programme.

        >>> absent = AbsentTalks()
        >>> for name in "ab":
        ...     absent.note_known("meet", name)
        >>> absent.others([("a", "A", "meet"), ("b", "B", "meet"), ("c", "C", "meet"), ("d", "D", "other")])
        {'meet': ['c']}
        """
        found: dict[str, list[str]] = {}
        for name, _, event in loaded:
            if event in self._known and name not in self._known[event]:
                found.setdefault(event, []).append(name)
        return {event: names for event, names in found.items() if len(names) < len(self._known[event])}


def _kind(own: str) -> int | None:
    """Return the number of the kind of an id; None if a title may have given it."""
    return next((number for number, kind in enumerate(_KINDS) if kind.fullmatch(own)), None)
