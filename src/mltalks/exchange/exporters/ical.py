"""Sessions as a calendar (RFC 5545): a VEVENT for each with a day of its own, or at an event of one day.

Does not read the clock: the time stamps are those of the last changes, so that the same data give the same calendar. In a round trip, fields
without a property of RFC 5545 are properties that begin with X-MLTALKS-.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime

from mltalks.dataset.model import Event, Session
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.exchange.importers.ical import EVENT_LINE, EXTRA_PREFIX, OUR_HOST, UUID
from mltalks.exchange.mapping import convert, extra_fields
from mltalks.text import sanitize

_NO_ZONE = (
    "times without a time zone, which calendar programs take for times of the reader's own place: {count}; to add the zone: "
    "mltalks edit --query QUERY --timezone Europe/Lisbon"
)
_SPECIAL = re.compile(r"[\\;,]")
# At most 75 octets; each piece after the first begins with a space. Octets 80 to BF continue a character.
_PIECE = re.compile(rb"(?:\A.{1,75}|.{1,74})(?![\x80-\xbf])", re.DOTALL)


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield a calendar piece by piece, without the sessions that have no date and whose event is not of one day."""
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mltalks//mltalks//EN\r\n"
    if context.title or context.query:
        yield _folded(f"X-WR-CALNAME:{_escaped(context.heading())}")
    for session in sessions:
        start = _start(session, context.event(session))
        if start is None:
            context.left_out["sessions left out of the calendar because they have no date: {count}"] += 1
        else:
            if isinstance(start, datetime) and start.tzinfo is None:
                context.doubts[_NO_ZONE] += 1
            lines = ["BEGIN:VEVENT", *_properties(session, context, start), "END:VEVENT"]
            yield "".join(map(_folded, lines))
    yield "END:VCALENDAR\r\n"


def _escaped(value: str) -> str:
    r"""Return a text as a value of type TEXT; RFC 5545, 3.3.11.

    >>> _escaped("Fast, small;\nEND:VEVENT")
    'Fast\\, small\\;\\nEND:VEVENT'
    """
    lines = [sanitize.shown(line) for line in extra_fields.newlines(value).split("\n")]
    return "\\n".join(_SPECIAL.sub(r"\\\g<0>", line) for line in lines)


def _folded(line: str) -> str:
    r"""Return a content line with its end, folded into lines of at most 75 octets between characters; RFC 5545, 3.1.

    >>> _folded("SUMMARY:" + "あ" * 30)
    'SUMMARY:ああああああああああああああああああああああ\r\n ああああああああ\r\n'
    """
    return b"\r\n ".join(_PIECE.findall(line.encode("utf-8", "replace"))).decode() + "\r\n"


def _start(session: Session, event: Event) -> date | None:
    """Return the day of a session, with its time if that is known, else the day of an event of one day."""
    of_one_day = event.end_date in (None, event.start_date) and not (event.journal or event.is_collection)
    written = convert.day(session.date) or (convert.day(event.start_date) if of_one_day else None)
    if written is None:
        return None
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def _properties(session: Session, context: Context, start: date) -> Iterator[str]:
    session = context.to_read(session)
    event = context.event(session)
    # An id that is a UUID is the UID of the calendar that the session was imported from.
    yield f"UID:{_escaped(session.id)}{'' if UUID.fullmatch(session.id) else f'@{OUR_HOST}'}"
    yield f"DTSTAMP:{_utc(context.changed(session))}"
    if isinstance(start, datetime):
        yield f"DTSTART:{_utc(start) if start.tzinfo else _utc(start)[:-1]}"
        if session.minutes:
            yield f"DURATION:PT{session.minutes}M"
    else:
        yield f"DTSTART;VALUE=DATE:{start.isoformat().replace('-', '')}"
    texts = {
        "SUMMARY": session.title,
        "DESCRIPTION": "\n\n".join(
            filter(None, (_speakers(session, context), session.summary, _event(context, event)))
        ),
        "COMMENT": session.note,
        "LOCATION": ", ".join(filter(None, (session.room, event.location))),
    }
    yield from (f"{name}:{_escaped(text)}" for name, text in texts.items() if text)
    address = convert.link(session.url or session.paper or session.slides or session.video)
    if address:
        yield f"URL:{address}"
    if session.keywords:
        yield "CATEGORIES:" + ",".join(_escaped(keyword) for keyword in session.keywords)
    if context.roundtrip:
        for name, value in extra_fields.write(context.settled(session), event, {"summary"}):
            yield f"{EXTRA_PREFIX}{name.upper()}:{_escaped(value)}"


def _event(context: Context, event: Event) -> str:
    """Return the line of the event, which a round trip has as properties; the importer reads it."""
    return "" if context.roundtrip else f"{EVENT_LINE[context.lang]}{event.name}"


def _utc(moment: date) -> str:
    """Return a time, or the beginning of a day, in UTC; a time without a zone counts as UTC."""
    if not isinstance(moment, datetime):
        return moment.isoformat().replace("-", "") + "T000000Z"
    with suppress(OverflowError):
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{moment.isoformat()[:19].replace('-', '').replace(':', '')}Z"


def _speakers(session: Session, context: Context) -> str:
    """Return the line of the speakers: an empty one before a summary that begins as that line does, else none without speakers."""
    lang = "en" if context.roundtrip else context.lang
    looks_alike = (session.summary or "").startswith(tuple(extra_fields.SPEAKERS.values()))
    return extra_fields.people(session.speakers, more=session.speakers_incomplete, lang=lang) or (
        extra_fields.SPEAKERS[lang].rstrip() if looks_alike else ""
    )


EXPORTER = Exporter(write)
