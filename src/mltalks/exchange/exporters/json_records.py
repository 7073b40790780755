"""Sessions as JSON and JSON Lines, in the shape of `list --json`.

Holds all that is known, what is inferred marked as such; nothing in it can steer a terminal.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from mltalks.dataset.model import Event, Session
from mltalks.text.sanitize import json_safe


def write_json(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:  # noqa: ARG001
    """Yield one array, an object a line."""
    before = "[\n"
    for session in sessions:
        yield before + _encoded(session)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def write_jsonl(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:  # noqa: ARG001
    """Yield an object a line."""
    for session in sessions:
        yield _encoded(session) + "\n"


def _encoded(session: Session) -> str:
    return json_safe(json.dumps(session.record(), ensure_ascii=False))
