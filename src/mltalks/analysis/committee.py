"""Committees of events by organization: seats, members, roles, from names or from tallies.

Does not guess the organization of a seat that is printed without one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from mltalks.analysis.roles import one_name
from mltalks.analysis.trend import HAVE_VALUE
from mltalks.dataset.hierarchy import ancestors
from mltalks.dataset.model import CommitteeTally, Event, Member
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.frames import frame
from mltalks.text.folding import spelling_key

if TYPE_CHECKING:
    from pandas import DataFrame

SeatSource = Literal["names", "tally"]


class EventSeats(NamedTuple):
    """Seats and members at one event: of the whole committee, or of one organization in it; no members if only counts are known."""

    event: Event
    seats: int
    members: int | None


class EventCommittee(NamedTuple):
    """The committee of an event, counted from the names of its members or from tallies (None: neither is known).

    `names` members are known by name, counted or not; `unknown` seats have no known organization. `only_editors`: all seats are
    those of editors of the proceedings, who are not the committee.
    """

    event: Event
    seats: int
    members: int | None
    seats_from: SeatSource | None
    names: int
    unknown: int
    tallies: tuple[CommitteeTally, ...]
    only_editors: bool


class OrganizationSeats(NamedTuple):
    """An organization (None: not known) with its seats and members, those of its units too, its share of all seats (0 to 1) and its roles.

    `members` are those known by name, None if all its seats are from tallies; `roles` are (role, seats), the most frequent first;
    `printed` are the spellings that were found; `events` has every requested event, in order.
    """

    organization: str | None
    seats: int
    members: int | None
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


class Leaders(NamedTuple):
    """The organizations with the most seats on an event's committee, `seats` of `total` each.

    With a tally, only the seats of its role count.
    """

    event: Event
    tally: CommitteeTally | None
    organizations: tuple[str, ...]
    seats: int
    total: int


class Committee(NamedTuple):
    """The committees of some events, the organization with most seats first, that without a name last."""

    events: tuple[EventCommittee, ...]
    organizations: tuple[OrganizationSeats, ...]
    people: tuple[Person, ...]
    leaders: tuple[Leaders, ...]
    seats: int
    members: int
    notices: tuple[Message, ...]

    def to_pandas(self) -> "DataFrame":
        """Return a row for each organization: its seats, members, share and roles.

        Raises MltalksError: pandas is not installed.
        """
        columns = ("organization", "seats", "members", "share", "roles", "printed")
        return frame((one._asdict() for one in self.organizations), columns)


class _Seats(NamedTuple):
    """Equal seats: one that a member has, by name, or those that a tally gives to an organization."""

    event: str
    role: str
    seats: int
    printed: str | None
    organizations: tuple[str, ...]
    name: str | None
    tally: CommitteeTally | None = None


def committee(
    catalogue: Catalogue, ids: Sequence[str] | None = None, notices: tuple[Message, ...] = ()
) -> Committee:
    """Count the committees of some events, by id; without `ids`, of all that have members, not only editors, or tallies.

    A committee is counted from names if all of them are known or if it has no tally, else from its tallies. A seat is a role:
    a person with two roles has two seats and is one member. Roles that mean the same (see `roles`) have the name that most
    members are printed with. Members are identified by name. A seat with two organizations counts for each, and once in the whole;
    that of a unit counts for the unit and for the organization that it is of.
    """
    tallied = {tally.event for tally in catalogue.committee_tallies}
    if ids is None:
        seated = tallied.union(member.event for member in catalogue.members if not is_editor(member.role))
        ids = [event for event in catalogue.events if event in seated]
    events = [catalogue.events[event] for event in dict.fromkeys(ids)]
    shown = {event.id for event in events}
    members = [member for member in catalogue.members if member.event in shown]
    tallies = [tally for tally in catalogue.committee_tallies if tally.event in shown]
    role_of = one_name([*((one.role, 1) for one in members), *((one.role, 0) for one in tallies)])
    members = [one._replace(role=role_of[one.role]) for one in members]
    from_tallies = {one.id for one in events if one.id in tallied and one.committee_coverage != "complete"}
    seats = [
        *_named_seats(catalogue, [member for member in members if member.event not in from_tallies]),
        *(one._replace(role=role_of[one.role]) for one in _tallied_seats(catalogue, from_tallies)),
    ]
    committees = tuple(_event_committee(event, members, seats) for event in events)
    total = sum(one.seats for one in committees)
    return Committee(
        committees,
        tuple(_by_organization(events, seats, total)),
        tuple(_people(catalogue, events, members)),
        tuple(
            leaders for one in committees for leaders in _leaders(one, seats, catalogue.organizations.parents)
        ),
        total,
        _member_count(seats) or 0,
        notices,
    )


def _named_seats(catalogue: Catalogue, members: Iterable[Member]) -> Iterator[_Seats]:
    for one in members:
        organizations = catalogue.organizations.with_parents(_organizations(catalogue, one))
        yield _Seats(one.event, one.role, 1, one.organization, organizations, one.name)


def _tallied_seats(catalogue: Catalogue, events: Container[str]) -> Iterator[_Seats]:
    known = catalogue.organizations
    for tally in catalogue.committee_tallies:
        if tally.event in events:
            for printed, count in tally.seats:
                organizations = known.with_parents(known.resolve(printed))
                yield _Seats(tally.event, tally.role, count, printed, organizations, None, tally)
            if tally.unknown:
                yield _Seats(tally.event, tally.role, tally.unknown, None, (), None, tally)


def _member_count(seats: Collection[_Seats]) -> int | None:
    """Return the number of members known by name, or None if all seats are from tallies."""
    names = {spelling_key(one.name) for one in seats if one.name is not None}
    return None if seats and not names else len(names)


def _seat_count(seats: Iterable[_Seats]) -> int:
    return sum(one.seats for one in seats)


def _at(event: Event, seats: Iterable[_Seats]) -> list[_Seats]:
    return [one for one in seats if one.event == event.id]


def _event_seats(event: Event, seats: Iterable[_Seats]) -> EventSeats:
    here = _at(event, seats)
    return EventSeats(event, _seat_count(here), _member_count(here))


def _event_committee(event: Event, members: Iterable[Member], seats: Iterable[_Seats]) -> EventCommittee:
    here = _at(event, seats)
    tallies = tuple(dict.fromkeys(one.tally for one in here if one.tally))
    return EventCommittee(
        *_event_seats(event, here),
        ("tally" if tallies else "names") if here else None,
        len({spelling_key(member.name) for member in members if member.event == event.id}),
        _seat_count(one for one in here if not one.organizations),
        tallies,
        bool(here) and all(is_editor(one.role) for one in here),
    )


def is_editor(role: str) -> bool:
    """Return whether a role is that of an editor of the proceedings, who is not of the committee for that."""
    return "editor" in role.casefold()


def _organizations(catalogue: Catalogue, member: Member) -> tuple[str, ...]:
    return catalogue.organizations.resolve(member.organization) if member.organization else ()


def _grouped(seats: Iterable[_Seats]) -> dict[str | None, list[_Seats]]:
    """Return the seats of each organization; those without one under None."""
    found: defaultdict[str | None, list[_Seats]] = defaultdict(list)
    for one in seats:
        for organization in one.organizations or (None,):
            found[organization].append(one)
    return found


def _by_organization(events: Sequence[Event], seats: Sequence[_Seats], total: int) -> list[OrganizationSeats]:
    counted = [
        OrganizationSeats(
            organization,
            _seat_count(some),
            _member_count(some),
            _seat_count(some) / total,
            _roles(some),
            tuple(dict.fromkeys(one.printed for one in some if one.printed)),
            tuple(_event_seats(event, some) for event in events),
        )
        for organization, some in _grouped(seats).items()
    ]
    by_seats = sorted(
        counted, key=lambda one: (-one.seats, -(one.members or 0), (one.organization or "").casefold())
    )
    return sorted(by_seats, key=lambda one: one.organization is None)


def _roles(seats: Iterable[_Seats]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for one in seats:
        counts[one.role] += one.seats
    return tuple(sorted(counts.items(), key=lambda role: (-role[1], role[0])))


def _leaders(
    one: EventCommittee, seats: Iterable[_Seats], parents: Mapping[str, str | None]
) -> Iterator[Leaders]:
    """Yield who has the most seats, for each tally of an event by itself, if that is known and more than one seat.

    Of an organization and its unit with the same seats, the organization is named.
    """
    here = _at(one.event, seats)
    for tally in one.tallies or (None,):
        counts = {
            name: _seat_count(some) for name, some in _grouped(s for s in here if s.tally is tally).items()
        }
        total, unknown = (tally.total, tally.unknown) if tally else (one.seats, one.unknown)
        counts.pop(None, None)
        most = max(counts.values(), default=0)
        if most > 1 and total - unknown >= HAVE_VALUE * total:
            names = [name for name, count in counts.items() if name and count == most]
            whole = [name for name in names if not {*ancestors(name, parents)} & {*names}]
            yield Leaders(one.event, tally, tuple(sorted(whole, key=str.casefold)), most, total)


def _people(catalogue: Catalogue, events: Sequence[Event], members: Sequence[Member]) -> list[Person]:
    found: defaultdict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        found[member.event, spelling_key(member.name)].append(member)
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
