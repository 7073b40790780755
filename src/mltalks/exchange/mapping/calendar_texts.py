"""What the texts of a programme say of a talk: its room among the places, its kind in its title, links among its prose.

Does not know any place: what all talks of an event have in common ("Berlin" of "Main Hall, Berlin") is the place of the event.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any, TypeGuard

from mltalks.exchange.mapping import convert, link_kinds
from mltalks.exchange.mapping.no_talks import marked_title
from mltalks.exchange.readers.source import Draft, Found, Source, without_absent
from mltalks.messages import excerpt
from mltalks.problems import Problem

ROOM = re.compile(
    r"\b(?:rooms?|(?:ball|class|conference ?)room|halls?|stage|auditorium|theat(?:er|re)|raum|saal|sala|salle|aula|hörsaal)\b"
    r"|室|ホール|会場",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,，、]\s*")
# A postal code, an address, or no place.
_NO_ROOM = re.compile(r"\d{4}|://|\A(?:online|virtual|zoom|オンライン)\Z", re.IGNORECASE)


def parted(places: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the room and the place of the whole event by each place of its talks; "" for what is not known.

    >>> parted(["Main Hall, Berlin", "Workshop 1, Berlin", "Berlin"])
    {'Main Hall, Berlin': ('Main Hall', 'Berlin'), 'Workshop 1, Berlin': ('Workshop 1', 'Berlin'), 'Berlin': ('', 'Berlin')}
    >>> parted(["Workshop 1", "A101"]), parted(["Main Hall"]), parted(["Hall 2, Berlin"]), parted(["Town Hall, Main St 1, Berlin"])
    ({'Workshop 1': ('Workshop 1', ''), 'A101': ('A101', '')}, {'Main Hall': ('Main Hall', '')}, {'Hall 2, Berlin': ('Hall 2', 'Berlin')}, {'Town Hall, Main St 1, Berlin': ('', 'Town Hall, Main St 1, Berlin')})
    """
    parts = {place: _COMMA.split(place) for place in places}
    common = sum(
        takewhile(
            bool, (len({*same}) == 1 for same in zip(*(one[::-1] for one in parts.values()), strict=False))
        )
    )
    if len(parts) == 1 and common < 3 and all(ROOM.search(one[0]) for one in parts.values()):
        common -= 1  # nothing but its words shows that it is a room
    found = {
        place: [", ".join(one[: len(one) - common]), ", ".join(one[len(one) - common :])]
        for place, one in parts.items()
    }
    return {place: ("" if _NO_ROOM.search(room) else room, whole) for place, (room, whole) in found.items()}


def as_talks(source: Source, found: Found, read_from: str) -> Iterator[Draft | Problem]:
    """Yield what was found in a calendar, with what its texts say.

    The rooms of the talks are in place of their `location`, which only events of mltalks keep as their place. A location that is
    neither is noted as not used, under its name `read_from`, by itself if others are used.
    """
    kept, of_events = list(found), defaultdict[object, set[str]](set)
    for one in kept:
        if _is_entry(one) and (place := one.event.get("location")):
            of_events[one.event.get("name")].add(place)
    known = {event: parted(sorted(places)) for event, places in of_events.items()}
    some_used = any(room for of_event in known.values() for room, _ in of_event.values())
    for one in kept:
        if not _is_entry(one):
            yield one
            continue
        place = one.event.get("location")
        room, whole = known[one.event.get("name")][place] if place else ("", "")
        location = None if one.named_by_file else whole
        unread = f"{read_from}: {excerpt(place or '')}" if some_used else read_from
        source.not_used({unread: place and not room and not location})
        yield one._replace(
            fields=without_absent({**(_read(one.fields) if one.named_by_file else one.fields), "room": room}),
            event=without_absent({**one.event, "location": location}),
        )


def _is_entry(one: Draft | Problem) -> TypeGuard[Draft]:
    """Return whether a draft is not of the fields that mltalks has written for itself."""
    return isinstance(one, Draft) and "event" not in one.fields


def _read(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an entry of another program, with the kind that is in its title or among its keywords, and its links."""
    kind, title = marked_title(fields["title"])
    links, summary = link_kinds.in_prose(fields.get("summary", ""))
    keywords = [one for one in fields.get("keywords", ()) if not convert.kind(one)]
    kinds = {"kind": kind} if kind else {}
    return {
        **links,
        **fields,
        "title": title,
        "summary": convert.prose(summary),
        "keywords": keywords,
        **kinds,
    }
