"""How the values of a facet come and go over the years: counts, shares, and which changes are no chance.

Judges only years that are known well enough, and says which are not and why.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from mltalks.analysis.significance import Trends, TrendTest, benjamini_hochberg
from mltalks.dataset.model import Event
from mltalks.messages import Message
from mltalks.search.catalogue import FACETS as ALL_FACETS
from mltalks.search.selection import Selection

Change = Literal["new", "rising", "fading", "gone", "steady", "few", "unjudged"]
CHANGES: tuple[Change, ...] = ("new", "rising", "fading", "gone", "steady", "few", "unjudged")
FACETS = tuple(facet for facet in ALL_FACETS if facet != "year")
LEVEL = 0.05  # the share of false alarms among the changes that are told
FEWEST = 5  # sessions in the years that are judged, below which nothing is said of a value
HAVE_VALUE = 0.8  # of a year's sessions, at least so many must have a value of the facet
WHOLE = ("complete", "nearly complete")  # coverage of events that may be judged by


class Year(NamedTuple):
    """A year's sessions, how many of them have any value of the facet, and the events of which too little is known."""

    year: int
    sessions: int
    with_value: int
    incomplete: tuple[Event, ...]
    judged: bool

    @property
    def sparse(self) -> bool:
        """Whether too few of the sessions have a value to tell absence from ignorance."""
        return self.with_value < HAVE_VALUE * self.sessions


class TrendValue(NamedTuple):
    """A value with its sessions in each year; p and q (adjusted p) are None where it was not tested."""

    value: str
    sessions: int
    years: tuple[int, ...]
    change: Change
    p: float | None = None
    q: float | None = None


class Trend(NamedTuple):
    """All values of a facet over the years of a query, those that change first, each kind the likeliest first."""

    facet: str
    query: str
    years: tuple[Year, ...]
    values: tuple[TrendValue, ...]
    sessions: int
    fewest: int
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]


def trend(selection: Selection, facet: str, *, fewest: int = FEWEST, all_years: bool = False) -> Trend:
    """Count the sessions by the values of a facet and the year, and test each value for a trend in its share.

    The test is that of Cochran and Armitage over the years that are judged (see `significance.Trends`), adjusted by
    Benjamini and Hochberg over all values that have `fewest` sessions in them; a change is told at a level of 5 %. A year is
    judged when all its events are known whole or nearly, and 4 of 5 of its sessions have a value of the facet;
    `all_years` judges every year. "new" is rising with no session before the last year judged, "gone" is fading with none
    in it, "steady" that no change was shown.
    """
    years = _years(selection, facet, all_years=all_years)
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
        selection.notices,
    )


def _years(selection: Selection, facet: str, *, all_years: bool) -> tuple[Year, ...]:
    valued = selection.having(facet).counts("year")
    events = dict(selection.pairs("year", "event"))
    made = []
    for year, sessions in sorted(selection.counts("year").items()):
        unknown = tuple(
            event
            for event in selection.catalogue.events.values()
            if event.id in events[year] and event.coverage not in WHOLE
        )
        one = Year(int(year), sessions, valued.get(year, 0), unknown, judged=False)
        made.append(one._replace(judged=all_years or not (unknown or one.sparse)))
    return tuple(made)


def _judged(
    counts: Mapping[str, tuple[int, ...]], sessions: Mapping[str, int], years: Sequence[Year], fewest: int
) -> list[TrendValue]:
    """Return all values with what is made of their counts, in order."""
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
    return sorted(made, key=_place)


def _change(test: TrendTest, q: float, found: Sequence[int]) -> Change:
    if q > LEVEL or not test.direction:
        return "steady"
    if test.direction > 0:
        return "rising" if any(found[:-1]) else "new"
    return "fading" if found[-1] else "gone"


def _place(one: TrendValue) -> tuple[int, float, int, str, str]:
    """Return what orders values: those that change by their likelihood, all others by their sessions."""
    told = one.change in CHANGES[:4] and one.p is not None
    return (
        CHANGES.index(one.change),
        one.p if told and one.p is not None else 0.0,
        -one.sessions,
        one.value.casefold(),
        one.value,
    )
