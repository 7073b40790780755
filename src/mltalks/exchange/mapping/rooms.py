"""The rooms of talks among the places that a calendar or a table names: "Main Hall" of "Main Hall, Berlin".

Does not know any place: what all talks of an event have in common is the place of the event.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

from mltalks.exchange.readers.source import Draft, Found, Source, without_absent
from mltalks.problems import Problem

ROOM = re.compile(
    r"\b(?:rooms?|(?:ball|class|conference ?)room|halls?|stage|auditorium|theat(?:er|re)|raum|saal|sala|salle|aula|hörsaal)\b"
    r"|室|ホール|会場",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,，、]\s*")
_NO_ROOM = re.compile(
    r"\d{4}|://|\A(?:online|virtual|zoom|オンライン)\Z", re.IGNORECASE
)  # a postal code, an address


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


def with_rooms(source: Source, found: Found, read_from: str) -> Iterator[Draft | Problem]:
    """Yield what was found, with the rooms of the talks in place of their `location`, which only events of mltalks keep as their place.

    A location that is neither is noted as not used, under its name `read_from`.
    """
    kept, of_events = list(found), defaultdict[object, set[str]](set)
    for one in kept:
        if isinstance(one, Draft) and "event" not in one.fields and (place := one.event.get("location")):
            of_events[one.event.get("name")].add(place)
    known = {event: parted(sorted(places)) for event, places in of_events.items()}
    for one in kept:
        if isinstance(one, Draft) and "event" not in one.fields and "location" in one.event:
            place = one.event["location"]
            room, whole = known[one.event.get("name")][place]
            location = None if one.named_by_file else whole
            source.not_used({read_from: not room and not location})
            yield one._replace(
                fields=without_absent({**one.fields, "room": room}),
                event=without_absent({**one.event, "location": location}),
            )
        else:
            yield one
