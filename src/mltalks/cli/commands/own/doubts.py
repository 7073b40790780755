"""What a change of the user data has written that may not be meant: dates outside the event, a name that another event has.

Does not refuse a change; `validate` and the transaction do.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mltalks.cli.console import Console
from mltalks.errors import DataError
from mltalks.messages import Message, excerpt

if TYPE_CHECKING:
    from mltalks.userdata.record_parts import Outcome
    from mltalks.userdata.transaction import Transaction

OF_SESSIONS = {"date", "event"}
OF_EVENTS = {"year", "start_date", "end_date"}


def doubts_of(console: Console, change: "Transaction") -> Iterator[Message]:
    """Yield what is doubtful in the dates and names that a change has set."""
    with suppress(DataError):  # `validate` reports it
        for one in change.outcomes:
            if one.what == "added" or (one.what == "changed" and OF_SESSIONS & one.fields.keys()):
                yield from _outside(console, one)
            elif one.what == "changed" and OF_EVENTS & one.fields.keys():
                yield from _left_outside(console, one)
            if one.what == "changed" and "name" in one.fields:
                yield from _shared_name(change, one)


def _outside(console: Console, one: "Outcome") -> Iterator[Message]:
    """Yield that the date of a session is outside its event."""
    session = {**one.before, **one.fields}
    if session.get("date"):
        event = console.library.catalogue.events.get(session.get("event", ""))
        if event is not None:
            yield from _odd_days(one.name, str(session["date"]), event._asdict())


def _left_outside(console: Console, one: "Outcome") -> Iterator[Message]:
    """Yield the sessions whose dates are outside their event, of which the days or the year have changed."""
    event = {"id": one.name, **one.before, **one.fields}
    index = console.library.catalogue.index
    dates = index.sessions.dates()
    for doc in index.ordered(index.facets.docs("event", (one.name,))):
        if doc in dates:
            yield from _odd_days(index.sessions.value(doc, "id"), dates[doc], event)


def _odd_days(session: str, date: str, event: Mapping[str, Any]) -> Iterator[Message]:
    from mltalks.exchange.intake.plausibility import odd_days

    for message in odd_days({"date": date}, {}, event):
        yield Message("{id}: {message}", {"id": session, "message": message})


def _shared_name(change: "Transaction", one: "Outcome") -> Iterator[Message]:
    """Yield that another event has the new name of an event."""
    name = str(one.fields["name"])
    for other in [other for other in change.event_names.known(name) if other != one.name][:1]:
        template = '{event}: the event {other} is called "{name}", too'
        yield Message(template, {"event": one.name, "other": other, "name": excerpt(name)})
