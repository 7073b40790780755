"""Imports iCalendar files: each VEVENT is a session.

Does not read names and addresses of organizers and attendees, nor LOCATION, which is mostly the name of a hall, nor the LANGUAGE of a
title, which is that of the user's Outlook. Source: RFC 5545; NAME of RFC 7986, and X-WR-CALNAME as calendars write it. Does not use the package icalendar, which takes nine times the file in memory (2,000 events, .86 MB) and loses an event if one value is invalid.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from mltalks.dataset.model import Speaker
from mltalks.dataset.values import is_year
from mltalks.exchange.mapping import convert, editions, extra_fields, markup, speaker_lists, times
from mltalks.exchange.mapping.foreign_ids import known_again, pretalx_entry
from mltalks.exchange.mapping.no_talks import break_of
from mltalks.exchange.readers import calendar_zones
from mltalks.exchange.readers.line_reader import LONGEST_RECORD, Line, unfolded
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.messages import Lang, excerpt

_FIRST = re.compile(r"\s*BEGIN:VCALENDAR\s*?(?:[\r\n]|$)", re.IGNORECASE)
_PROPERTY = re.compile(r'([A-Za-z0-9-]++)((?:[^":]++|"[^"]*+")*+):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Za-z0-9-]++)=(?:"([^"]*+)"|([^";:]*+))')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_WORD = re.compile(r"(?:[^\\,]++|\\.)++", re.DOTALL)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
_DURATION = re.compile(
    r"\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?", re.ASCII
)
EVENT_LINE: Mapping[Lang, str] = {"en": "Event: ", "ja": "会議: "}  # in descriptions that mltalks wrote
EXTRA_PREFIX = "X-MLTALKS-"
_MOST_PROPERTIES, _MOST_ZONES = 20_000, 1_000
_UTC = ("UTC", "Etc/UTC")
_IN_UTC = "its time is in UTC, and the calendar names no other time zone: days and times written in UTC are imported as those of UTC, but for known talks with a time zone"
_UNKNOWN_OF_UTC = 'the time zone "{zone}" of the calendar is not known; days and times written in UTC are imported as those of UTC, but for known talks with a time zone'
_OURS = "-//mltalks//"
OUR_HOST = "mltalks"  # after the id in a UID
UUID = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE
)  # which is the id of a talk as it is
_TELLING, _LONGEST_UID = 6, 60  # letters before the @ of a UID from which on they are unique without the host

# Properties that are read, and those that say nothing of a talk.
_READ = frozenset((
    "UID", "SUMMARY", "RECURRENCE-ID", "STATUS", "RRULE", "RDATE", "EXDATE", "DESCRIPTION", "X-ALT-DESC", "CATEGORIES", "DTSTART",
    "DTEND", "DURATION", "URL", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "TRANSP", "CLASS", "PRIORITY",
))  # fmt: skip


class Property(NamedTuple):
    """A property of a component: its name in capitals, its parameters and its value as written."""

    name: str
    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        """Return the value of a parameter; "" if the property does not have it."""
        for key, quoted, plain in _PARAMETER.findall(self.parameters):
            if key.upper() == name:
                return str(quoted or plain)
        return ""


class _Calendar:
    """The name of a calendar, whether mltalks has written it, and its time zones, by name."""

    def __init__(self) -> None:
        self.name: str | None = None
        self.is_ours = False
        self.zones: dict[str, calendar_zones.Zone] = {}
        self.local: tzinfo | None = None  # in which days and times are shown that are written in UTC
        self.unknown = ""  # the name of that zone, if it is not known
        self._zone: calendar_zones.Zone | None = None
        self._depth = 0  # of components within it

    def add(self, found: Property) -> None:
        """Take a property of the calendar itself, or of a component that is no event."""
        if found.name in ("BEGIN", "END"):
            begins = found.name == "BEGIN"
            self._depth = max(self._depth + (1 if begins else -1), 0)
            if self._depth == begins:
                is_zone = begins and found.value.strip().upper() == "VTIMEZONE"
                self._zone = calendar_zones.Zone() if is_zone else None
            elif self._zone and begins:
                self._zone.begin()
        elif self._zone and found.name == "TZID" and len(self.zones) < _MOST_ZONES:
            self.zones[text(found.value).strip()] = self._zone
        elif self._zone:
            self._zone.add(found.name, found.value)
        elif self._depth == 0 and found.name in ("X-WR-CALNAME", "NAME"):
            self.name = convert.line(text(found.value)) or self.name
        elif self._depth == 0 and found.name == "X-WR-TIMEZONE":
            name = text(found.value).strip()
            zone = calendar_zones.named(name)
            self.local = None if str(zone) in _UTC else zone
            self.unknown = name if zone is None else ""
        elif self._depth == 0 and found.name == "PRODID":
            self.is_ours = found.value.startswith(_OURS)


class _Event:
    """A VEVENT, and its calendar.

    `problem` is "long" if it is cut, "end" if END:VEVENT is missing.
    """

    def __init__(self, line: int, calendar: _Calendar) -> None:
        self.line = line
        self.calendar = calendar
        self.properties: list[Property] = []
        self.problem: str | None = "end"
        self._size = 0

    def add(self, line: Line, found: Property) -> None:
        """Add a property, unless the event is too long for a talk."""
        self._size += len(line.text)
        if line.cut or self._size > LONGEST_RECORD or len(self.properties) >= _MOST_PROPERTIES:
            self.problem = "long"
        elif self.problem != "long":
            self.properties.append(found)

    def first(self, name: str) -> Property | None:
        """Return the first property of a name."""
        return next((one for one in self.properties if one.name == name), None)

    def text(self, name: str) -> str | None:
        """Return the text of the first property of a name."""
        found = self.first(name)
        return None if found is None else text(found.value)


def text(value: str) -> str:
    r"""Return a value of type TEXT without its escapes.

    >>> text(r"Fast\, small\; a\nb \\")
    'Fast, small; a\nb \\'
    """
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is iCalendar: it begins with a calendar."""
    return bool(_FIRST.match(head))


def read(source: Source) -> Found:
    """Yield a draft for each event; a problem for each without a title; a warning if it recurs, is cancelled or is not ended.

    A recurring event is imported once; of its changed instances, only those with another title and a start are.

    Raises DataError: it cannot be read, or is not text in its encoding.
    """
    recurring: dict[str, str] = {}  # titles by UID
    unknown: set[str] = set()
    in_utc = False
    for event in _events(source):
        uid = event.text("UID") or ""
        title = convert.line(event.text("SUMMARY"))
        if uid in recurring and _is_only_moved(event, title, recurring[uid]):
            continue
        if event.problem == "long":
            yield source.too_long(event.line, title, LONGEST_RECORD)
            continue
        if title is None:
            yield source.problem("has no title; it is left out", line=event.line, name=convert.line(uid))
            continue
        if (event.text("STATUS") or "").strip().upper() == "CANCELLED":
            yield source.not_taken(_draft(source, event, title), "is cancelled; it is left out")
            continue
        if event.problem:
            yield source.warning(
                "has no END:VEVENT; everything up to the next event is read as part of this event",
                line=event.line,
                name=title,
            )
        if event.first("RRULE") or event.first("RDATE"):
            recurring[uid] = title
            template = "is a recurring event; only its first date, and dates with another title, are imported"
            yield source.warning(template, line=event.line, name=title)
        if not in_utc and (in_utc := _is_in_utc(event)):
            template = _UNKNOWN_OF_UTC if event.calendar.unknown else _IN_UTC
            yield source.warning(template, line=event.line, name=title, zone=excerpt(event.calendar.unknown))
        zone = _unknown_zone(event)
        if zone and zone not in unknown:
            unknown.add(zone)
            template = 'the time zone "{zone}" is not known; times in it are imported without a zone'
            yield source.warning(template, line=event.line, name=title, zone=excerpt(zone))
        draft = _draft(source, event, title)
        has_speakers = event.calendar.is_ours or bool(draft.fields.get("speakers"))
        yield break_of(source, title, None, has_speakers=has_speakers, line=event.line) or draft


def _is_only_moved(event: _Event, title: str | None, usual: str) -> bool:
    """Return whether an event is an instance of a recurring one without a title of its own, or without a start."""
    return bool(event.first("RECURRENCE-ID")) and (title in (None, usual) or not event.first("DTSTART"))


def _draft(source: Source, event: _Event, title: str) -> Draft:
    known = extra_fields.read(
        (one.name.removeprefix(EXTRA_PREFIX).lower(), text(one.value))
        for one in event.properties
        if one.name.startswith(EXTRA_PREFIX)
    )
    if not event.calendar.is_ours:
        source.not_used({one.name: one.value for one in event.properties}, _READ)
    clean: Callable[[str], str] = str if known.is_native else markup.without_html
    start = _moment(event, "DTSTART")
    speakers, described, event_name = _described(event, known, clean)
    entry = pretalx_entry(event.text("UID") or "", title)
    if entry:
        title, speakers = entry.title, entry.speakers or speakers
    words = [
        clean(text(word))
        for one in event.properties
        if one.name == "CATEGORIES"
        for word in _WORD.findall(one.value)
    ]
    fields = {
        "title": convert.line(clean(title)),
        "summary": convert.prose(described),
        "keywords": convert.lines(words),
    }
    its_id, numbered = _id(event)
    foreign = {
        "id": its_id,
        "speakers": speakers,
        "kind": next((kind for word in words if (kind := convert.kind(word))), None),
        "date": convert.day(start.isoformat()) if start else convert.line(event.text("DTSTART")),
        "minutes": _minutes(event, start),
        "url": convert.link(event.text("URL")),
    }
    conference = {
        # Ours may be of several events.
        "name": event_name if event.calendar.is_ours else event.calendar.name,
        "year": start.year if start else None,
        "location": convert.line(event.text("LOCATION")) if event.calendar.is_ours else None,
    }
    if known.is_native:
        known.fields.update(_edited(event, known, foreign))
    draft = known.draft(source, event.line, fields, conference, foreign=foreign)
    draft = draft._replace(named_by_file=not event.calendar.is_ours)
    if known.is_native or "id" not in draft.fields:
        return draft
    own = (event.text("UID") or "").partition("@")[0]
    if entry:
        return known_again(draft, entry.code)
    return draft._replace(numbered=numbered, foreign_id=True, unique=len(own) >= _TELLING)


def _described(
    event: _Event, known: extra_fields.Extras, clean: Callable[[str], str]
) -> tuple[list[dict[str, str]] | None, str, str | None]:
    """Return the speakers whom a description names, None if it names none, it without them, and the event that it names."""
    described = event.text("DESCRIPTION") or event.text("X-ALT-DESC") or ""
    event_name = None
    if event.calendar.is_ours and not known.is_native:
        text_before, _, last = described.rpartition("\n\n")
        if line := next((one for one in EVENT_LINE.values() if last.startswith(one)), None):
            described, event_name = text_before, convert.line(last.removeprefix(line))
    people, _, rest = described.partition("\n")
    written = extra_fields.people(
        (Speaker(**one) for one in known.fields.get("speakers", ())),
        more=known.fields.get("speakers_incomplete"),
    )
    line = next((one for one in extra_fields.SPEAKERS.values() if f"{people} ".startswith(one)), "")
    ours = event.calendar.is_ours and line
    if ours and (not known.is_native or people == written):
        described = rest
    described = clean(described)
    speakers = speaker_lists.people_of(people[len(line) :]) if ours else None
    if not event.calendar.is_ours and not known.is_native:
        named, described = speaker_lists.in_prose(described)
        speakers = named or None
    return speakers, described, event_name


def _edited(event: _Event, known: extra_fields.Extras, standard: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a calendar program has changed in an event that mltalks wrote: properties of the standard count."""
    before, found = known.fields, dict[str, Any]()
    written = before.get("date") or known.event.get("start_date") or ""
    if event.first("DTSTART") and standard["date"] and not times.says_no_more(standard["date"], written):
        found["date"] = standard["date"]
    if standard["minutes"] not in (None, before.get("minutes")):
        found["minutes"] = standard["minutes"]
    return found


def _id(event: _Event) -> tuple[str | None, bool]:
    """Return the id of an event by its UID, and whether it counts within the event of its talk only: it is no whole UID.

    An instance of a recurring event has the UID of the others.
    """
    uid, instance = (convert.line(event.text(name)) or "" for name in ("UID", "RECURRENCE-ID"))
    own, _, host = uid.rpartition("@")
    if event.calendar.is_ours and host == OUR_HOST:
        return convert.identifier(own), False
    if not instance and (whole := convert.identifier(uid)) and UUID.fullmatch(whole):
        return whole, False
    written = f"{own if len(own) >= _TELLING else uid}-{instance}"
    if len(written) > _LONGEST_UID:
        written = hashlib.sha256(written.encode()).hexdigest()[:16]
    return editions.identifier(written), True


def _moment(event: _Event, name: str) -> date | None:
    """Return a date, or a date with a time: in the zone of the calendar if it is written in UTC, in its own zone, or without one."""
    found = event.first(name)
    parts = _MOMENT.fullmatch(found.value.strip()) if found else None
    if found is None or parts is None or not is_year(int(parts[1])):
        return None
    year, month, day, *time = parts.groups()
    try:
        if time[0] is None:
            return date(int(year), int(month), int(day))
        second = min(int(time[2]), 59)  # 60 is a leap second
        local = datetime(int(year), int(month), int(day), int(time[0]), int(time[1]), second)  # noqa: DTZ001
        if time[3]:
            return local.replace(tzinfo=UTC).astimezone(event.calendar.local or UTC)
        return local.replace(tzinfo=_zone(event, found.parameter("TZID"), local))
    except (ValueError, OverflowError):
        return None


def _zone(event: _Event, name: str, local: datetime) -> tzinfo | None:
    """Return the time zone of a local time: by its name, else by the rules of the calendar."""
    rules = event.calendar.zones.get(name)
    return (calendar_zones.named(name) or (rules.at(local) if rules else None)) if name else None


def _unknown_zone(event: _Event) -> str | None:
    """Return the name of the time zone of an event if it is not known."""
    start = event.first("DTSTART")
    moment = _moment(event, "DTSTART")
    zone = start.parameter("TZID") if start else ""
    return zone if zone and isinstance(moment, datetime) and moment.tzinfo is None else None


def _is_in_utc(event: _Event) -> bool:
    """Return whether the time of an event is only known in UTC."""
    moment = _moment(event, "DTSTART")
    native = event.first(f"{EXTRA_PREFIX}DATE")
    return isinstance(moment, datetime) and moment.tzinfo is UTC and native is None


def _minutes(event: _Event, start: date | None) -> int | None:
    """Return the minutes of an event that begins at a time of the day."""
    if not isinstance(start, datetime):
        return None
    duration = _DURATION.fullmatch((event.text("DURATION") or "").strip())
    if duration:
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in duration.groups())
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    else:
        end = _moment(event, "DTEND")
        if not isinstance(end, datetime):
            return None
        if start.tzinfo and end.tzinfo:
            length = end.astimezone(UTC) - start.astimezone(UTC)
        else:
            length = end.replace(tzinfo=None) - start.replace(tzinfo=None)
    return convert.minutes(int(length.total_seconds() // 60)) if length > timedelta() else None


def _events(source: Source) -> Iterator[_Event]:
    """Yield each event; components within one, such as alarms, are skipped."""
    event: _Event | None = None
    calendar = _Calendar()
    depth = 0  # of components within an event
    for line, found in _properties(source):
        component = found.value.strip().upper() if found.name in ("BEGIN", "END") else ""
        if component in ("VEVENT", "VCALENDAR"):
            mark = (found.name, component)
            if event:
                if mark == ("END", "VEVENT") and event.problem == "end":
                    event.problem = None
                yield event
            event = _Event(line.number, calendar) if mark == ("BEGIN", "VEVENT") else None
            calendar = calendar if component == "VEVENT" else _Calendar()
            depth = 0
        elif event is None:
            calendar.add(found)
        elif component:
            depth = max(depth + (1 if found.name == "BEGIN" else -1), 0)
        elif depth == 0:
            event.add(line, found)
    if event:
        yield event


def _properties(source: Source) -> Iterator[tuple[Line, Property]]:
    """Yield each property with its line; invalid lines are skipped."""
    for line in unfolded(source):
        if found := _PROPERTY.match(line.text):
            yield line, Property(found[1].upper(), found[2], found[3])


IMPORTER = Importer(read, recognises, (".ics",))
