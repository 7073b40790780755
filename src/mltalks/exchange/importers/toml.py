"""Imports sessions from data files of mltalks, each with its event if the file has it, and the names of organizations.

Does not import other tables, but reports them.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mltalks.dataset.schema import TABLES
from mltalks.dataset.toml.lexer import is_record, keys, outline
from mltalks.dataset.toml.parser import parse
from mltalks.errors import DataError
from mltalks.exchange.mapping import native_record
from mltalks.exchange.readers.source import NONE, Draft, Found, Importer, Source, tables
from mltalks.problems import Problem

_EVENT_FIELDS = tuple(name for name in TABLES["events"] if not name.startswith("committee_"))
_MARK = re.compile(r"^[ \t]*\[\[?[ \t]*[\"']?(?:sessions|events|organizations)[\"']?[ \t]*\]", re.MULTILINE)


def recognises(_name: str, head: str) -> bool:
    """Return whether a text has [[sessions]], [[events]] or [[organizations]]."""
    return bool(_MARK.search(head))


def read(source: Source) -> Found:
    """Yield a draft for each session of a data file, its values unchanged, and a problem for each table that is not imported.

    Raises DataError: it is not TOML, or no data file.
    """
    text = source.text()
    document = parse(source.path, text)
    if isinstance(document, Problem):
        raise DataError([document], loaded=False)
    sessions = tables(document.get("sessions"))
    if not sessions and (source.titles or TABLES.keys().isdisjoint(document)):
        raise source.unreadable("has no [[sessions]]")
    events = {
        event["id"]: event for event in tables(document.get("events")) if isinstance(event.get("id"), str)
    }
    lines: list[int | None] = [
        token.line
        for token in outline(text)
        if token.kind == "header"
        and is_record(text, token)
        and keys(text[token.start : token.end]) == ("sessions",)
    ]
    placed = lines if len(lines) == len(sessions) else [None] * len(sessions)
    used = set()
    for line, session in zip(placed, sessions, strict=True):
        found = native_record.draft(source, {name: _plain(value) for name, value in session.items()}, line)
        event = found.fields.get("event") if isinstance(found, Draft) else None
        if isinstance(found, Draft) and isinstance(event, str):
            used.add(event)
            found = found._replace(
                event=_event(events.get(event, NONE), found.event), event_record=event in events
            )
        yield found
    if source.titles:
        return
    for name in events:
        if name not in used:
            yield source.problem(
                'the event "{event}" is not imported, because the file has no session of it', event=name
            )
    if source.organizations is not None:
        source.organizations.extend(tables(document.get("organizations")))
    for table in sorted(document.keys() - {"sessions", "events", "organizations"}):
        yield source.problem("the table [[{table}]] is not imported", table=table)


def _event(event: Mapping[str, Any], default: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: _plain(event[name]) for name in _EVENT_FIELDS if name in event} or default


def _plain(value: Any) -> Any:
    """Return a date of TOML as text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


IMPORTER = Importer(read, recognises, (".toml",))
