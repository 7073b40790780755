"""Committees of events by organization: seats, members, roles.

Does not guess the organization of a seat that is printed without one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mltalks.dataset.model import Event, Member
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.text.folding import name_key


class EventSeats(NamedTuple):
    """Seats and members at one event: of the whole committee, or of one organization in it."""

    event: Event
    seats: int
    members: int


class OrganizationSeats(NamedTuple):
    """An organization (None: not printed) with its seats and members, its share of all seats (0 to 1) and its roles.

    `roles` are (role, seats), the most frequent first; `printed` are the spellings that were found; `events` has every
    requested event, in order.
    """

    organization: str | None
    seats: int
    members: int
    share: float
    roles: tuple[tuple[str, int], ...]
    printed: tuple[str, ...]
    events: tuple[EventSeats, ...]


class Person(NamedTuple):
    """A member of one event's committee: all roles, organizations by their canonical names, and as printed."""

    event: str
    name: str
    roles: tuple[str, ...]
    organizations: tuple[str, ...]
    printed: tuple[str, ...]


class Committee(NamedTuple):
    """The committees of some events, the organization with most seats first, that without a name last."""

    events: tuple[EventSeats, ...]
    organizations: tuple[OrganizationSeats, ...]
    people: tuple[Person, ...]
    seats: int
    members: int
    notices: tuple[Message, ...]


def committee(
    catalogue: Catalogue, ids: Sequence[str] | None = None, notices: tuple[Message, ...] = ()
) -> Committee:
    """Count the committees of some events, by id; without `ids`, of all that have members.

    A seat is a role as printed: a person with two roles has two seats and is one member. Members are identified by name. A
    member with two organizations counts for each, and once in the whole.
    """
    if ids is None:
        seated = {member.event for member in catalogue.members}
        ids = [event for event in catalogue.events if event in seated]
    events = [catalogue.events[event] for event in dict.fromkeys(ids)]
    shown = {event.id for event in events}
    members = [member for member in catalogue.members if member.event in shown]
    return Committee(
        tuple(_seats(event, members) for event in events),
        tuple(_by_organization(catalogue, events, members)),
        tuple(_people(catalogue, events, members)),
        len(members),
        _member_count(members),
        notices,
    )


def _member_count(members: Iterable[Member]) -> int:
    return len({name_key(member.name) for member in members})


def _seats(event: Event, members: Iterable[Member]) -> EventSeats:
    seated = [member for member in members if member.event == event.id]
    return EventSeats(event, len(seated), _member_count(seated))


def _organizations(catalogue: Catalogue, member: Member) -> tuple[str, ...]:
    return catalogue.organizations.resolve(member.organization) if member.organization else ()


def _by_organization(
    catalogue: Catalogue, events: Sequence[Event], members: Sequence[Member]
) -> list[OrganizationSeats]:
    found: defaultdict[str | None, list[Member]] = defaultdict(list)
    for member in members:
        for organization in _organizations(catalogue, member) or (None,):
            found[organization].append(member)
    counted = [
        OrganizationSeats(
            organization,
            len(some),
            _member_count(some),
            len(some) / len(members),
            tuple(sorted(Counter(one.role for one in some).items(), key=lambda role: (-role[1], role[0]))),
            tuple(dict.fromkeys(one.organization for one in some if one.organization)),
            tuple(_seats(event, some) for event in events),
        )
        for organization, some in found.items()
    ]
    by_seats = sorted(
        counted, key=lambda one: (-one.seats, -one.members, (one.organization or "").casefold())
    )
    return sorted(by_seats, key=lambda one: one.organization is None)


def _people(catalogue: Catalogue, events: Sequence[Event], members: Sequence[Member]) -> list[Person]:
    found: defaultdict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        found[member.event, name_key(member.name)].append(member)
    people = [
        Person(
            some[0].event,
            some[0].name,
            tuple(dict.fromkeys(one.role for one in some)),
            tuple(dict.fromkeys(name for one in some for name in _organizations(catalogue, one))),
            tuple(dict.fromkeys(one.organization for one in some if one.organization)),
        )
        for some in found.values()
    ]
    order = {event.id: at for at, event in enumerate(events)}
    return sorted(
        people,
        key=lambda one: (order[one.event], not one.organizations, one.organizations[:1], one.name.casefold()),
    )
