"""Sessions as a calendar: each a VEVENT on its day, or on the first day of its event.

Source: RFC 5545. What has no property of its own is one that begins with X-MLTALKS-. The same sessions give the same calendar:
its time stamps are those of the sessions, not of the clock.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from mltalks.dataset.model import Event, Session
from mltalks.exchange.exporters import extra_fields
from mltalks.exchange.importers.ical import OWN_PREFIX
from mltalks.exchange.mapping import convert
from mltalks.text import sanitize

_SPECIAL = re.compile(r"[\\;,]")
_OCTETS = 75  # of a line, without its end
_HELD = frozenset({"summary"})


def write(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:
    """Yield a calendar piece by piece; a session without a date, whose event has none, is passed over (see `undated`)."""
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mltalks//mltalks//EN\r\n"
    for session in sessions:
        event = events.get(session.event)
        start = _start(session, event)
        if start is not None:
            lines = ["BEGIN:VEVENT", *_properties(session, event, start), "END:VEVENT"]
            yield "".join(folded(line) for line in lines)
    yield "END:VCALENDAR\r\n"


def undated(sessions: Iterable[Session], events: Mapping[str, Event]) -> int:
    """Return how many sessions a calendar has no day for."""
    return sum(_start(session, events.get(session.event)) is None for session in sessions)


def escaped(value: str) -> str:
    r"""Return a text as a value of type TEXT; RFC 5545, 3.3.11.

    >>> escaped("Fast, small;\nEND:VEVENT")
    'Fast\\, small\\;\\nEND:VEVENT'
    """
    lines = [sanitize.shown(line) for line in extra_fields.newlines(value).split("\n")]
    return "\\n".join(_SPECIAL.sub(r"\\\g<0>", line) for line in lines)


def folded(line: str) -> str:
    r"""Return a content line with its end, in pieces of at most 75 octets that cut no character; RFC 5545, 3.1.

    >>> folded("SUMMARY:" + "あ" * 30)
    'SUMMARY:ああああああああああああああああああああああ\r\n ああああああああ\r\n'
    """
    octets = line.encode("utf-8", "replace")
    pieces = []
    room = _OCTETS
    while len(octets) > room:
        end = room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[:end])
        octets = octets[end:]
        room = _OCTETS - 1
    return b"\r\n ".join([*pieces, octets]).decode() + "\r\n"


def _start(session: Session, event: Event | None) -> date | None:
    """Return the day of a session, with its time where that is known; of one without a day, the first of its event."""
    written = convert.day(session.date) or convert.day(event.start_date if event else None)
    if written is None:
        return None
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def _properties(session: Session, event: Event | None, start: date) -> Iterator[str]:
    yield f"UID:{escaped(session.id)}@mltalks"
    yield f"DTSTAMP:{_utc(start)}"
    if isinstance(start, datetime):
        yield f"DTSTART:{_utc(start) if start.tzinfo else _utc(start)[:-1]}"
        if session.minutes:
            yield f"DURATION:PT{session.minutes}M"
    else:
        yield f"DTSTART;VALUE=DATE:{start.isoformat().replace('-', '')}"
    yield f"SUMMARY:{escaped(session.title)}"
    if session.summary:
        yield f"DESCRIPTION:{escaped(session.summary)}"
    if event and event.location:
        yield f"LOCATION:{escaped(event.location)}"
    address = convert.link(session.url or session.paper or session.slides or session.video)
    if address:
        yield f"URL:{address}"
    if session.keywords:
        yield "CATEGORIES:" + ",".join(escaped(keyword) for keyword in session.keywords)
    for name, value in extra_fields.write(session, event, _HELD):
        yield f"{OWN_PREFIX}{name.upper()}:{escaped(value)}"


def _utc(moment: date) -> str:
    """Return a moment in UTC; of a day its beginning there, of a time without a zone as if it were there."""
    if not isinstance(moment, datetime):
        return moment.isoformat().replace("-", "") + "T000000Z"
    try:
        there = moment.astimezone(UTC) if moment.tzinfo else moment
    except OverflowError:
        there = moment
    return f"{there.isoformat()[:19].replace('-', '').replace(':', '')}Z"
