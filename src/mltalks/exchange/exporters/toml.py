"""Sessions as a data file of our own, with the events that they were given at.

Holds what a data file may hold: nothing inferred, and no word on how complete an event is, which a part of it cannot give.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mltalks.dataset.model import Event, Session
from mltalks.dataset.schema import TABLES
from mltalks.dataset.toml import record_text

_EVENT_FIELDS = tuple(name for name in TABLES["events"] if name not in ("coverage", "coverage_note"))


def write(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:
    """Yield each event as a [[events]] right before the first of its sessions, and a [[sessions]] a session.

    So the sessions need not be held: they may be a generator of any length.
    """
    used: set[str] = set()
    for session in sessions:
        blank = "\n" if used else ""
        if session.event not in used:
            used.add(session.event)
            if session.event in events:
                yield blank + record_text(_present(_EVENT_FIELDS, events[session.event]._asdict()), "events")
                blank = "\n"
        yield blank + record_text(_session(session))


def _session(session: Session) -> dict[str, Any]:
    values = session._asdict()
    values["themes"] = [theme for theme in session.themes if theme not in session.themes_inferred]
    values["speakers"] = [
        _present(("name", "organization"), speaker._asdict()) for speaker in session.speakers
    ]
    return _present(TABLES["sessions"], values)


def _present(names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in names if values[name] not in (None, (), [])}
