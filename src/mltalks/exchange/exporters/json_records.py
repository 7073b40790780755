"""Sessions as JSON and JSON Lines, in the shape of `list --json`.

Holds all that is known, what is inferred marked as such; nothing in it can steer a terminal.
"""

from collections.abc import Iterable, Iterator, Mapping

from mltalks.dataset.model import Event, Session
from mltalks.text import json_text


def write_json(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:  # noqa: ARG001
    """Yield one array, an object a line."""
    return json_text.array(json_text.encoded(session.record()) for session in sessions)


def write_jsonl(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:  # noqa: ARG001
    """Yield an object a line."""
    return json_text.lines(json_text.encoded(session.record()) for session in sessions)
