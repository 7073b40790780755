"""The user's records, or parts of them, that belong to files that are not loaded: they are left out, with a warning.

Does not read files: `loader` does.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from mltalks.dataset.model import Unloaded
from mltalks.dataset.records import Record
from mltalks.dataset.schema import TABLES
from mltalks.problems import Problem
from mltalks.text.fuzzy import nearest


def without_unloaded(
    records: dict[str, list[Record]], unloaded: list[Unloaded], unread: Collection[str], own: Collection[Path]
) -> Iterator[Problem]:
    """Take the user's records of events and sessions that are not loaded out of the data, add them to `unloaded`, and yield a warning for each.

    A session of another layer that the user moved to an event that is not loaded stays where it was.
    """
    if not own:
        return
    events: set[str | None] | None = None
    for table in ("events", "sessions"):
        kept = []
        for record in records[table]:
            is_own = record.home[0].path in own and table not in unread
            problem = _unloaded(record, events) if is_own else None
            moved = None if is_own or table in unread else _unmoved(record, events, own)
            if moved and record.name:
                kept.append(moved)
                unloaded.append(Unloaded("moves", record.name))
                yield _of_unloaded_event(record, ("event",), events)
            elif problem is None or record.name is None:
                kept.append(record)
            else:
                unloaded.append(Unloaded(table, record.name))
                yield problem
        records[table] = kept
        events = None if "events" in unread else {record.name for record in kept}


def _unloaded(record: Record, events: Collection[str | None] | None) -> Problem | None:
    """Return why a record cannot be used without a file that is not loaded, if it is so."""
    absent = lacking(record)
    if absent:
        template = (
            "is ignored: it lacks {fields}, and the record that it changes is not loaded here; "
            "load the file that has it (--data, or the mltalks.toml of a project), or add the fields"
        )
        return record.problem((), template, severity="warning", fields=", ".join(absent))
    event = record.values.get("event")
    if event is None or events is None or event in events:
        return None
    return _of_unloaded_event(record, (), events)


def _unmoved(record: Record, events: Collection[str | None] | None, own: Collection[Path]) -> Record | None:
    """Return a record with the event of the layers below the user's, if the user's is not loaded; None for any other record."""
    if events is None or record.under is None or record.values["event"] in events:
        return None
    below: Record | None = record
    while below and "event" in below.values and below.origins["event"][0].path in own:
        below = below.under
    if below is None or below is record or "event" not in below.values:
        return None
    changed = {"event": below.values["event"]}, {"event": below.origins["event"]}
    return replace(record, values=record.values | changed[0], origins=record.origins | changed[1])


def _of_unloaded_event(
    record: Record, path: tuple[str, ...], events: Collection[str | None] | None
) -> Problem:
    template = (
        'is ignored: its event "{event}" is not loaded here; '
        "load the file that has it (--data, or the mltalks.toml of a project)"
    )
    event = record.values["event"]
    near = nearest(event, [one for one in events or () if one])
    return record.problem(path, template, severity="warning", nearest=near, event=event)


def without_themes(problems: Iterable[Problem]) -> Iterator[Unloaded]:
    """Yield each of the user's sessions of which a theme is not in the tree, which is a warning there."""
    found = (one for one in problems if one.severity == "warning" and (one.field or "").startswith("themes["))
    yield from (Unloaded("themes", name) for name in dict.fromkeys(one.record or "" for one in found))


def lacking(record: Record) -> list[str]:
    """Return the required fields that a record has not, not even with a value that is not valid."""
    return [
        name
        for name, field in TABLES[record.table].items()
        if field.required and name not in record.values and name not in record.broken
    ]
