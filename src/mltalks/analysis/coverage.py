"""Notices on the events of a count of which not all sessions are known.

Does not count: each analysis lists the events of its sessions.
"""

from collections.abc import Iterable, Iterator

from mltalks.dataset.model import Event
from mltalks.messages import Message


def coverage_notices(events: Iterable[Event]) -> Iterator[Message]:
    """Yield a notice on the events that are incomplete, and one on those of which it is not known.

    A journal or collection of which it is not known has none: nobody expects all of its works.
    """
    some = [event for event in events if not event.endless]
    names = [event.name for event in some if event.coverage]
    if len(names) == 1:
        yield Message("{event} is incomplete; only known sessions are counted", {"event": names[0]})
    elif names:
        template = "{count} of these events are incomplete; 'mltalks events' shows which"
        yield Message(template, {"count": len(names)})
    unknown = [event for event in some if not event.coverage]
    if len(unknown) == 1:
        template = "it is not known whether all sessions of {event} are in the data; if they are: mltalks event complete {id}"
        yield Message(template, {"event": unknown[0].name, "id": unknown[0].id})
    elif unknown:
        template = "it is not known of {count} events whether all of their sessions are in the data; if they are: mltalks event complete EVENT..."
        yield Message(template, {"count": len(unknown)})
