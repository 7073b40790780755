"""Sessions as JSON and JSON Lines, in the shape of `list --json`.

Writes all fields, and marks inferred ones; does not choose fields.
"""

from collections.abc import Iterable, Iterator

from mltalks.dataset.model import Session
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.text.formats import json_text


def write_json(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield the pieces of one array, with one object on each line."""
    return json_text.array(_encoded(sessions, context))


def write_jsonl(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield one object on each line."""
    return json_text.lines(_encoded(sessions, context))


def _encoded(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    return (json_text.encoded(context.settled(session).record()) for session in sessions)


JSON = Exporter(write_json)
JSON_LINES = Exporter(write_jsonl)
