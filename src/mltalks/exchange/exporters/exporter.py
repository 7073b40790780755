"""The interface of exporters: what one is, and what it is given beside the sessions.

Does not depend on any format, on a query or on the loaded catalogue.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mltalks.dataset.model import Event, Member, Organization, Session, Theme


@dataclass(frozen=True)
class Context:
    """What an exporter may need beside the sessions: all that is known of what they name, by id or name.

    With `roundtrip` it also writes what the format has no place for, so that mltalks reads back the same sessions. Sessions
    that the format cannot hold it counts in `left_out`, under a message with {count}, which is shown in the end.
    """

    events: Mapping[str, Event] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    organizations: Mapping[str, Organization] = field(default_factory=dict)
    members: Sequence[Member] = ()
    roundtrip: bool = False
    left_out: Counter[str] = field(default_factory=Counter)

    def event(self, session: Session) -> Event:
        """Return the event of a session, under its id alone where no more is known."""
        known = self.events.get(session.event)
        return known or Event(session.event, session.event, session.series, session.year)


class Exporter(NamedTuple):
    """How a format is written, by exactly one of three functions.

    `text` yields the pieces of a text, in UTF-8 when it is written. `file` writes a new file at a path; an error leaves no
    file behind. `themes` returns the theme tree as text, from themes in tree order, their numbers of sessions by id, and
    the query that these were counted for. `mapping` returns the text that the option --mapping writes, where there is one.
    """

    text: Callable[[Iterable[Session], Context], Iterator[str]] | None = None
    file: Callable[[Iterable[Session], Context, Path], None] | None = None
    themes: Callable[[Sequence[Theme], Mapping[str, int], str], str] | None = None
    mapping: Callable[[], str] | None = None
