"""When a session was changed last: by the journal, else by the time of its file.

Does not read the clock: unchanged data have the same times.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property

from mltalks.dataset.model import Session
from mltalks.userdata.journal import Change
from mltalks.userdata.layers import Layers

_NEVER = datetime.fromtimestamp(0, UTC)


class ChangeTimes:
    """The last changes of sessions; the journal is read when the first one is asked for."""

    def __init__(self, layers: Layers, journal: Callable[[], Iterable[Change]]) -> None:
        """Take all records, and a function that returns the journal, the newest change first."""
        self._layers = layers
        self._journal = journal

    def __call__(self, session: Session) -> datetime:
        """Return when a session, its event or an organization of it was changed last, in UTC and whole seconds."""
        known = [self._changes[one] for one in (session.event, *session.companies) if one in self._changes]
        own = self._changes.get(session.id) or max(self._file_times(session.id), default=_NEVER)
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

    def _file_times(self, session: str) -> Iterator[datetime]:
        for part in self._layers.parts("sessions", session):
            with suppress(OSError, ValueError, OverflowError):
                yield datetime.fromtimestamp(int(part.file.stat().st_mtime), UTC)
