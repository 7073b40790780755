"""Trends: how the sessions with each value of a facet change over the years, and which changes are significant.

Does not judge years of which too little is known, and lists them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from mltalks.analysis.significance import Trends, TrendTest, benjamini_hochberg
from mltalks.dataset.model import Event
from mltalks.messages import Message
from mltalks.search.catalogue import FACETS as ALL_FACETS
from mltalks.search.selection import Selection

Change = Literal["new", "rising", "fading", "gone", "steady", "few", "unjudged"]
CHANGES: tuple[Change, ...] = ("new", "rising", "fading", "gone", "steady", "few", "unjudged")
FACETS = tuple(facet for facet in ALL_FACETS if facet != "year")
LEVEL = 0.05  # the share of false alarms among the reported changes
FEWEST = 5  # sessions of a value in the judged years, at least: others are not tested
HAVE_VALUE = 0.8  # the share of a year's sessions that must have a value of the facet
WHOLE = ("complete", "nearly complete")  # coverage of events whose years are judged


class Year(NamedTuple):
    """A year with its sessions, the number of those with any value of the facet, and the incomplete events."""

    year: int
    sessions: int
    with_value: int
    incomplete: tuple[Event, ...]
    judged: bool

    @property
    def sparse(self) -> bool:
        """Whether so few of the sessions have a value that others may have one that is not known."""
        return self.with_value < HAVE_VALUE * self.sessions


class TrendValue(NamedTuple):
    """A value with its sessions in each year; p and q (adjusted p) are None if it was not tested."""

    value: str
    sessions: int
    years: tuple[int, ...]
    change: Change
    p: float | None = None
    q: float | None = None


class Trend(NamedTuple):
    """All values of a facet over the years of a query, by kind of change, of each kind the most significant first."""

    facet: str
    query: str
    years: tuple[Year, ...]
    values: tuple[TrendValue, ...]
    sessions: int
    fewest: int
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]


def trend(
    selection: Selection,
    facet: str,
    *,
    fewest: int = FEWEST,
    all_years: bool = False,
    own: Collection[str] = (),
) -> Trend:
    """Count the sessions by the values of a facet and the year, and test each value for a trend in its share.

    The test is that of Cochran and Armitage over the years that are judged (see `significance.Trends`), adjusted by
    Benjamini and Hochberg over all values that have `fewest` sessions in them; a change is reported at a level of 5 %. A
    year is judged if all its events are complete or nearly, and 4 of 5 of its sessions have a value of the facet;
    `all_years` judges every year. "new" is rising with no session before the last judged year, "gone" is fading with none
    in it, "steady" means that no change was shown.

    The events of `own` are the user's. Those that are not whole are left out of years that have others, since such talks say
    nothing about a year that is known whole without them.
    """
    left_out = () if all_years else _left_out(selection, own)
    selection = selection.without("event", [event.id for event in left_out])
    years = tuple(_years(selection, facet, all_years=all_years))
    counts = {
        value: tuple(found[str(year.year)] for year in years)
        for value, found in selection.pairs(facet, "year")
    }
    return Trend(
        facet,
        str(selection.query),
        years,
        tuple(_judged(counts, selection.counts(facet), years, fewest)),
        selection.size,
        fewest,
        selection.incomplete_events(),
        (*selection.notices, *map(_notice, left_out)),
    )


def _left_out(selection: Selection, own: Collection[str]) -> list[Event]:
    """Return the user's events that are not whole, of years in which the selection has sessions of other events."""
    events = [selection.catalogue.events[one] for one in selection.counts("event") if one in own]
    partial = [event for event in events if event.coverage not in WHOLE]
    others = selection.without("event", [event.id for event in partial]).counts("year")
    return [event for event in partial if str(event.year) in others]


def _notice(event: Event) -> Message:
    template = "the sessions of {event} are left out; if you have all of them: mltalks event complete {event}"
    return Message(template, {"event": event.id})


def _years(selection: Selection, facet: str, *, all_years: bool) -> Iterator[Year]:
    valued = selection.having(facet).counts("year")
    events = dict(selection.pairs("year", "event"))
    for year, sessions in sorted(selection.counts("year").items()):
        unknown = tuple(
            event
            for event in selection.catalogue.events.values()
            if event.id in events[year] and event.coverage not in WHOLE
        )
        one = Year(int(year), sessions, valued.get(year, 0), unknown, judged=False)
        yield one._replace(judged=all_years or not (unknown or one.sparse))


def _judged(
    counts: Mapping[str, tuple[int, ...]], sessions: Mapping[str, int], years: Sequence[Year], fewest: int
) -> list[TrendValue]:
    """Return all values with their changes, in order."""
    judged = [at for at, year in enumerate(years) if year.judged]
    trends = Trends([years[at].sessions for at in judged], [years[at].year for at in judged])
    within = {value: [found[at] for at in judged] for value, found in counts.items()}
    tested = [value for value, found in within.items() if len(judged) > 1 and sum(found) >= fewest]
    tests = {value: trends.test(within[value]) for value in tested}
    adjusted = dict(zip(tested, benjamini_hochberg([tests[value].p for value in tested]), strict=True))
    made = []
    for value, found in counts.items():
        if value in tests:
            change = _change(tests[value], adjusted[value], within[value])
            made.append(TrendValue(value, sessions[value], found, change, tests[value].p, adjusted[value]))
        else:
            made.append(TrendValue(value, sessions[value], found, "few" if len(judged) > 1 else "unjudged"))
    return sorted(made, key=_sort_key)


def _change(test: TrendTest, q: float, found: Sequence[int]) -> Change:
    if q > LEVEL or not test.direction:
        return "steady"
    if test.direction > 0:
        return "rising" if any(found[:-1]) else "new"
    return "fading" if found[-1] else "gone"


def _sort_key(one: TrendValue) -> tuple[int, float, int, str, str]:
    """Return the sort key of a value: by kind of change, changes by significance, others by sessions."""
    p = one.p if one.p is not None and one.change in CHANGES[:4] else 0.0
    return CHANGES.index(one.change), p, -one.sessions, one.value.casefold(), one.value
