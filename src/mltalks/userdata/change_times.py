"""When a session was changed last: by the journal, else by the time of the user's file; a shipped one, when it was given.

Does not read the clock: unchanged data have the same times, also after an upgrade.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property

from mltalks.dataset.model import Session
from mltalks.userdata.journal import Change
from mltalks.userdata.layers import Layers, merged


class ChangeTimes:
    """The last changes of sessions; the journal is read when the first one is asked for."""

    def __init__(self, layers: Layers, journal: Callable[[], Iterable[Change]]) -> None:
        """Take all records, and a function that returns the journal, the newest change first."""
        self._layers = layers
        self._journal = journal

    def __call__(self, session: Session) -> datetime:
        """Return when a session, its event or an organization of it was changed last, in UTC and whole seconds."""
        known = [self._changes[one] for one in (session.event, *session.companies) if one in self._changes]
        own = self._changes.get(session.id) or max(self._file_times(session.id), default=self._given(session))
        return max([own, *known])

    @cached_property
    def _changes(self) -> dict[str, datetime]:
        """The last changes by the ids and names of records."""
        found: dict[str, datetime] = {}
        for change in self._journal():
            with suppress(ValueError, OverflowError):  # the file was edited
                moment = datetime.fromisoformat(change.time).astimezone(UTC).replace(microsecond=0)
                for name in change.about:
                    found.setdefault(name, moment)
        return found

    def _given(self, session: Session) -> datetime:
        """Return the day of a session, else the first one of its event, else of its year."""
        events = merged(self._layers.parts("events", session.event))
        day = str(session.date or events.get("start_date") or f"{session.year}-01-01")[:10]
        return datetime.fromisoformat(day).replace(tzinfo=UTC)

    def _file_times(self, session: str) -> Iterator[datetime]:
        """Yield the times of the files with a session that are not shipped."""
        for part in (one for one in self._layers.parts("sessions", session) if one.layer != "below"):
            with suppress(OSError, ValueError, OverflowError):
                yield datetime.fromtimestamp(int(part.file.stat().st_mtime), UTC)
