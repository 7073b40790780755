"""One event: how many of its sessions are known, their tracks, and its committee.

Does not list sessions.
"""

from typing import NamedTuple

from mltalks.analysis.committee import Committee, committee
from mltalks.analysis.tracks import Tracks, event_tracks
from mltalks.dataset.model import Event, Session, newest_first
from mltalks.errors import NotFoundError
from mltalks.messages import Message, excerpt
from mltalks.search.catalogue import Catalogue
from mltalks.search.query.nodes import Filter
from mltalks.search.selection import resolve_names, select
from mltalks.text.folding import name_key
from mltalks.text.fuzzy import nearest


class EventDetail(NamedTuple):
    """An event with the number of its known sessions, its tracks (the largest first), and its committee."""

    event: Event
    sessions: int
    tracks: Tracks
    committee: Committee
    notices: tuple[Message, ...]


def session_or_event(catalogue: Catalogue, typed: str) -> Session | EventDetail:
    """Return the session of an id or DOI, else the event of an id or name, which is read as in a filter of a query.

    Raises NotFoundError: there is neither, or several events have the name. The error holds the nearest ids; of a series, those
    of its events, the newest first.
    """
    doc = catalogue.found(typed)
    if doc is not None:
        return catalogue.session(doc)
    event, notices = _event_named(catalogue, typed)
    selection = select(catalogue, Filter("event", (event.id,)))
    return EventDetail(
        event,
        selection.size,
        event_tracks(selection, event),
        committee(catalogue, (event.id,)),
        notices,
    )


def _event_named(catalogue: Catalogue, typed: str) -> tuple[Event, tuple[Message, ...]]:
    """Return the event of a name, and notices on how the name was understood; a series of one event means that event."""
    found = catalogue.names("event").resolve(typed)
    if found.how != "pattern" and (found.how != "exact" or not found.values):
        series = newest_first(
            catalogue.dated(one)
            for one in catalogue.events.values()
            if name_key(one.series) == name_key(typed)
        )
        if len(series) == 1:
            return catalogue.events[series[0].id], ()
        if series:
            raise NotFoundError(
                '"{name}" is a series of {count} events; name one of them',
                name=excerpt(typed),
                count=len(series),
                nearest=[event.id for event in series],
            )
    if not found.values:
        near = nearest(typed, (*catalogue.ids.values(), *catalogue.events))
        raise NotFoundError.named("session or event", typed, near)
    events, notices = resolve_names(catalogue, "event", [typed])
    if len(events) > 1:
        raise NotFoundError.several("event", typed, events)
    return catalogue.events[events[0]], notices
