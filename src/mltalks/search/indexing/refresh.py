"""Changes an index after its data files: only what the changed records concern is written.

Does not compare files (`file_changes` does), and does not report what is wrong in one: an index of all data is made then.
"""

import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from mltalks.dataset.loader import FileRecords, SessionMaker, decision_made, event_made
from mltalks.dataset.model import Decision, Unloaded
from mltalks.search.catalogue import Catalogue
from mltalks.search.index.fingerprint import Place
from mltalks.search.index.reader import Index
from mltalks.search.indexing.builder import Progress, SessionChange, write_sessions
from mltalks.search.indexing.documents import Documents, Things
from mltalks.search.indexing.file_changes import CannotRefreshError, FileChanges, IndexedFile
from mltalks.search.indexing.thesaurus_writer import write_things

Records = dict[str, dict[str, Any] | None]
CHANGED_ALONE = {"sessions", "events", "decisions"}  # a change in another table may concern all sessions


def write_files(
    files: Mapping[Place, FileRecords | None], states: Mapping[Place, str], into: sqlite3.Connection
) -> None:
    """Note the files that an index is made of: their states, and the keys and digests of their records."""
    into.execute("DELETE FROM files")
    for number, (place, state) in enumerate(states.items()):
        records = files.get(place)
        stored = (None, None) if records is None else ("\n".join(records.keys), records.digests)
        into.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", (number, *place, state, *stored))


def refresh(
    db: sqlite3.Connection,
    states: Mapping[Place, str],
    progress: Progress | None = None,
    *,
    own_tree: bool,
    own: int | None = None,
) -> bool:
    """Change an index, within a transaction, so that it is one of the files as they are now; return whether that was possible.

    `states` are the files in their order with their states now. `own_tree`: the themes are not those of the files, and sessions
    may name others, which are left out. `own` is the number of the layer of the user data.
    """
    catalogue = Catalogue(Index(db))
    try:
        files = FileChanges(_indexed_files(db), states, own)
        if files.changed.keys() - CHANGED_ALONE:
            return False
        before = _things(catalogue)
        after = _new_things(files, before, own_tree=own_tree)
        records = _changed_sessions(catalogue, files, before, after)
        after = after._replace(unloaded=_unloaded(files, before, records, after))
        changes, order = _session_changes(catalogue, files, records, after, own_tree=own_tree)
        files.forget()
    except CannotRefreshError:
        return False
    changed = {
        name: new
        for name in ("events", "decisions", "unloaded")
        if (new := getattr(after, name)) != getattr(before, name)
    }
    write_things(changed, db)
    if changes or changed:
        old = Documents(before)
        write_sessions(changes, old, Documents(after) if changed else old, db, progress, order)
    write_files(files.now, states, db)
    return True


def _indexed_files(db: sqlite3.Connection) -> dict[Place, IndexedFile]:
    found = {}
    for layer, path, state, keys, digests in db.execute(
        "SELECT layer, path, state, keys, digests FROM files ORDER BY number"
    ):
        records = None if keys is None else FileRecords(keys.split("\n") if keys else [], digests)
        found[layer, path] = IndexedFile(state, records)
    return found


def _things(catalogue: Catalogue) -> Things:
    return Things(
        tuple(catalogue.events.values()),
        tuple(catalogue.themes.values()),
        tuple(catalogue.organizations.by_name.values()),
        tuple(catalogue.keywords.values()),
        catalogue.decisions,
        catalogue.unloaded,
    )


def _new_things(files: FileChanges, before: Things, *, own_tree: bool) -> Things:
    """Return the things that sessions refer to after a change of events and decisions."""
    things = before
    if "events" in files.changed:
        records = files.merged("events", files.names("events")).values()
        things = things._replace(events=tuple(event_made(record) for record in records if record))
        if len({event.id.casefold() for event in things.events}) < len(things.events):
            raise CannotRefreshError
    if "decisions" in files.changed:
        renamed = _theme_names(things)
        made = [decision_made(record, renamed) for record in files.unnamed("decisions")]
        things = things._replace(decisions=tuple(one for one in made if not own_tree or one.theme in renamed))
    return things


def _theme_names(things: Things) -> dict[str, str]:
    return {name: theme.id for theme in things.themes for name in (*theme.aliases, theme.id)}


def _changed_sessions(catalogue: Catalogue, files: FileChanges, before: Things, after: Things) -> Records:
    """Return the records of all sessions that a change may concern; None for those that are gone or not loaded."""
    changed = [*files.changed.get("sessions", ()), *_concerned(catalogue, before, after)]
    if before.events != after.events:
        changed += [one.name for one in before.unloaded if one.table in ("sessions", "moves")]
    records = files.merged("sessions", dict.fromkeys(changed))
    events, own = {event.id for event in after.events}, files.own.get("sessions", set())
    for name, event in [*files.events_below.items()]:
        record = records.get(name)
        if record is None or name in own or record["event"] in events:
            del files.events_below[name]
        else:
            record["event"] = event
    return {
        name: None if record and name in own and record["event"] not in events else record
        for name, record in records.items()
    }


def _unloaded(files: FileChanges, before: Things, records: Records, after: Things) -> tuple[Unloaded, ...]:
    """Return the records that change or belong to something that is not loaded, as the loader does."""
    names = files.own.get("sessions", set())
    found = {
        Unloaded("sessions", name) for name, record in records.items() if record is None and name in names
    }
    found |= {Unloaded("moves", name) for name in files.events_below}
    found |= {one for one in before.unloaded if one.table != "events" and one.name not in records}
    if "events" in files.changed:
        loaded = {event.id for event in after.events}
        found |= {Unloaded("events", name) for name in files.own.get("events", set()) - loaded}
    else:
        found |= {one for one in before.unloaded if one.table == "events"}
    return tuple(sorted(found))


def _session_changes(
    catalogue: Catalogue, files: FileChanges, records: Records, after: Things, *, own_tree: bool
) -> tuple[list[SessionChange], list[int]]:
    """Return the changes of sessions, in the order of the files, and that order if it is not the one of their numbers."""
    left_out = {one.name for one in after.unloaded if one.table == "sessions"}
    numbers, order = _numbered(catalogue, files, records, left_out)
    maker, themes = SessionMaker(after.themes, after.organizations, after.events), _theme_names(after).keys()
    events = {event.id for event in after.events}
    if len({name.casefold() for name in records}) < len(records):  # ids that differ in case
        raise CannotRefreshError
    changes = []
    for name in [*records]:
        record = records.pop(name)  # each is freed when its session is made, to save memory
        if record and record["event"] not in events:
            raise CannotRefreshError
        if record and not own_tree and not themes >= set(record.get("themes", ())):
            raise CannotRefreshError
        known = catalogue.index.sessions.doc(name)
        was = None if known is None else catalogue.session(known)
        if was is not None and was.id != name:  # in another case
            raise CannotRefreshError
        if was or record:
            changes.append(SessionChange(numbers[name], was, maker.session(record) if record else None))
    place = {doc: at for at, doc in enumerate(order)}
    changes.sort(key=lambda change: place.get(change.doc, change.doc))
    return changes, order


def _concerned(catalogue: Catalogue, before: Things, after: Things) -> Iterator[str]:
    """Yield the sessions whose event or decisions have changed.

    Raises CannotRefreshError: an event is gone that committees or counts belong to.
    """
    events = set(before.events) ^ set(after.events)
    ids = {event.id for event in events}
    gone = ids - {event.id for event in after.events}
    named = [
        *(member.event for member in catalogue.members),
        *(tally.event for tally in catalogue.committee_tallies),
        *catalogue.track_tallies,
    ]
    if not gone.isdisjoint(named):
        raise CannotRefreshError
    if ids:
        yield from map(
            catalogue.ids.__getitem__, catalogue.index.ordered(catalogue.index.facets.docs("event", ids))
        )
    old, new = _by_session(before.decisions), _by_session(after.decisions)
    yield from (session for session in {**old, **new} if old.get(session) != new.get(session))


def _by_session(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.session, []).append(decision)
    return found


def _numbered(
    catalogue: Catalogue, files: FileChanges, changed: Collection[str], left_out: Collection[str]
) -> tuple[dict[str, int], list[int]]:
    """Return the number of each session, also of those that are gone, and their order unless it is that of the numbers.

    A new session gets a free number between those of its neighbours in the files if there is one.

    Raises CannotRefreshError: other sessions than changed ones have changed places.
    """
    index = catalogue.index
    numbers = {name: doc for doc, name in catalogue.ids.items()}
    if not files.moved and not left_out and not catalogue.unloaded:
        return numbers, index.order
    names = [name for name in files.names("sessions") if name not in left_out]
    free, size = index.free, index.size
    before = [catalogue.ids[doc] for doc in index.ordered(index.everything)]
    if [name for name in before if name not in changed] != [name for name in names if name not in changed]:
        raise CannotRefreshError
    last, new = -1, []
    for name in (*names, None):
        if name is not None and name not in numbers:
            new.append(name)
            continue
        end = size if name is None else numbers[name]
        between = free[bisect_left(free, last) : bisect_left(free, end)] if new else []
        if name is None:
            between += range(size, size + len(new))
        if len(between) < len(new):
            between = list(range(size, size + len(new)))
            size += len(new)
        numbers.update(zip(new, between, strict=False))
        last, new = end, []
    order = list(map(numbers.__getitem__, names))
    return numbers, [] if all(one < other for one, other in pairwise(order)) else order
