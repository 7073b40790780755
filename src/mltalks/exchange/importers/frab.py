"""Imports the schedule of a conference that pretalx, frab or a hub exported: `{"schedule": {"conference": {"days": [{"rooms": ...}]}}}`.

Does not import breaks and social events, which have such a type and no speaker; each is a warning. In a schedule of version 2, the
talks are not within days but a list `events` beside the conference.
Source: https://c3voc.de/schedule/schema.json, and the exports of pretalx and frab, 2016 to 2026.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from mltalks.exchange.mapping import convert, link_kinds
from mltalks.exchange.mapping.by_language import in_their_languages
from mltalks.exchange.mapping.editions import dates, edition, identifier, year_in
from mltalks.exchange.mapping.foreign_ids import known_again
from mltalks.exchange.mapping.markup import summary
from mltalks.exchange.mapping.no_talks import break_of
from mltalks.exchange.mapping.speaker_lists import people_of, unread
from mltalks.exchange.readers.json_stream import load, no_table
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem

LARGEST_SCHEDULE = 24_000_000  # characters; the largest congresses have 5 million
_CONFERENCE = re.compile(r'"conference"\s*:\s*\{')
_KEYS = re.compile(
    r'"(?:schedule|acronym|days|daysCount|timeslot_duration|time_zone_name)"\s*:|c3voc\.de/schedule'
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}", re.ASCII)
_CODE_IN_ADDRESS = re.compile(r"/talk/([A-Z0-9]{6,})/?\Z")
_READ = frozenset((
    "title", "subtitle", "type", "persons", "slug", "video_url", "slides_url", "links", "attachments", "track", "abstract",
    "description", "url", "language", "date", "start", "end", "duration", "code", "guid", "room",
))  # fmt: skip


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is a schedule, by the keys that lead to its days."""
    return head.lstrip().startswith("{") and bool(_CONFERENCE.search(head) and _KEYS.search(head))


def read(source: Source) -> Found:
    """Yield a draft for each talk, in the order of the file.

    Raises DataError: it is not JSON, or no schedule, or has no place for talks.
    """
    text = source.text(LARGEST_SCHEDULE)
    root = load(source, text)
    del text
    schedule = _table(_table(root).get("schedule")) or _table(root)
    conference = _table(schedule.get("conference"))
    days = conference.get("days")
    if not isinstance(days, list):
        raise source.unreadable("has no conference days; a schedule has them")
    base = convert.link(schedule.get("base_url")) or convert.link(conference.get("url"))
    event = _event(conference)
    for day in map(_table, days):
        of_day = _Day(
            convert.day(day.get("date")),
            base,
            event,
            convert.day(day.get("day_start")),
            convert.day(day.get("day_end")),
        )
        for value in _talks(day.get("rooms")):
            yield _talk(source, value, of_day)
    flat = next(
        (one["events"] for one in (schedule, conference) if isinstance(one.get("events"), list)), None
    )
    for value in flat or ():
        yield _talk(source, value, _Day(None, base, event))
    if flat is None and not any("rooms" in _table(day) for day in days):
        raise source.unreadable("has no talks in its days and no list of events")


class _Day(NamedTuple):
    """Values that the talks of a day share."""

    date: str | None
    base: str | None
    event: Mapping[str, Any]
    start: str | None = None
    end: str | None = None


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _talks(rooms: Any) -> Iterator[Any]:
    """Yield the talks of a day's `rooms`: an object of lists by name, in older exports a list of objects with `events`."""
    for room in rooms.values() if isinstance(rooms, dict) else rooms if isinstance(rooms, list) else []:
        talks = room.get("events") if isinstance(room, dict) else room
        yield from talks if isinstance(talks, list) else [talks]


def _talk(source: Source, value: Any, day: _Day) -> Draft | Problem:
    if not isinstance(value, dict):
        return no_table(source, value)
    title = convert.text_of(value.get("title"))
    if title is None:
        return source.problem("has no title", name=convert.first(value, "slug", "id"))
    source.not_used(
        value, _READ.difference(one for one in ("track", "room") if isinstance(value.get(one), int))
    )
    title = _with_subtitle(title, convert.text_of(value.get("subtitle")))
    sort = convert.text_of(value.get("type"))
    people = people_of(value.get("persons"))
    source.not_used(unread(value.get("persons"), "persons"))
    if problem := break_of(source, title, sort, has_speakers=bool(people), shows=True):
        return problem
    fields = {**_fields(value, title, sort, people, day), "summary": summary(source, value)}
    source.kind(sort, fields["kind"])
    draft = source.draft(in_their_languages(fields), day.event)
    return known_again(draft, _code(value), value.get("guid"))


def _code(value: Mapping[str, Any]) -> str | None:
    """Return the code of a talk of pretalx, which older schedules have only in its address; the API names the talk by it, too."""
    in_address = _CODE_IN_ADDRESS.search(convert.line(value.get("url")) or "")
    return convert.line(value.get("code")) or (in_address and in_address[1])


def _fields(
    value: Mapping[str, Any], title: str, sort: str | None, people: list[dict[str, str]], day: _Day
) -> dict[str, Any]:
    named = [{"name": name, "url": value.get(f"{name}_url")} for name in ("video", "slides")]
    links = (
        link_kinds.links(some, day.base) for some in (value.get("links"), value.get("attachments"), named)
    )
    return {
        "id": identifier(value.get("slug")),
        "title": title,
        "kind": convert.kind(sort),
        "track": convert.name_of(value.get("track")),
        "speakers": people,
        "url": convert.link(value.get("url"), day.base),
        "language": convert.kept(convert.language, value.get("language")),
        "date": _moment(value, day),
        "minutes": _minutes(value),
        "room": convert.name_of(value.get("room")),
        **link_kinds.by_field(chain(*links)),
    }


def _with_subtitle(title: str, subtitle: str | None) -> str:
    """Return a title with its subtitle, unless it has that.

    >>> _with_subtitle("Drift", "What moves"), _with_subtitle("Drift?", "Yes!"), _with_subtitle("Drift: what moves", "What moves")
    ('Drift: What moves', 'Drift? Yes!', 'Drift: what moves')
    """
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return (
        f"{title} {subtitle}"
        if title.endswith((":", "?", "!", ".", "…", "–", "—"))
        else f"{title}: {subtitle}"
    )


def _moment(value: Mapping[str, Any], day: _Day) -> str | None:
    """Return the start of a talk: `date` if it has a time, else the day with the time of `start`, which may be after midnight."""
    start = convert.line(value.get("start")) or ""
    whole = convert.day(value.get("date")) or convert.day(start)
    if whole and "T" in whole:
        return whole
    date = whole or day.date
    if not date or not _CLOCK.fullmatch(start):
        return date
    clock = start.rjust(5, "0")
    starts, ends = day.start or "", day.end or ""
    if (
        whole is None
        and ends[:10] > date[:10]
        and clock <= ends[11:16]
        and (clock < starts[11:16] or "T" not in starts)
    ):
        date = ends
    return convert.day(f"{date[:10]}T{clock}")


def _minutes(value: Mapping[str, Any]) -> Any:
    """Return the duration of a talk, by its end if it has none."""
    if value.get("duration") is not None:
        return convert.kept(convert.minutes, value["duration"])
    return convert.minutes_between(convert.day(value.get("start")), convert.day(value.get("end")))


def _event(conference: Mapping[str, Any]) -> Mapping[str, Any]:
    days = dates(conference, "start", "end")
    acronym = convert.line(conference.get("acronym"))
    event = edition(convert.text_of(conference.get("title")), acronym, year_in(days["start_date"]))
    key = {"id": identifier(acronym)} if acronym else {}
    return {**event, **key, **days, "url": convert.link(conference.get("url"))}


IMPORTER = Importer(read, recognises)
