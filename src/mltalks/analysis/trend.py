"""Trends: how the sessions with each value of a facet change over the years, and which changes are significant.

Does not judge years of which too little is known, and lists them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from math import log
from typing import TYPE_CHECKING, Literal, NamedTuple

from mltalks.analysis.facets import facet_named, is_facet
from mltalks.analysis.meaning import meaning
from mltalks.analysis.significance import Trends, TrendTest, benjamini_hochberg
from mltalks.analysis.unfiled import unfiled_notices
from mltalks.analysis.year_counts import year_counts
from mltalks.dataset.model import Event
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import Message, excerpt
from mltalks.search.catalogue import FACETS as ALL_FACETS, Catalogue
from mltalks.search.frames import frame
from mltalks.search.matcher import Matcher
from mltalks.search.query.nodes import And, Filter, Node, Not, Or, Word
from mltalks.search.rewriting.id_words import AS_TYPED
from mltalks.search.selection import Selection, select

if TYPE_CHECKING:
    from pandas import DataFrame

Change = Literal["new", "rising", "fading", "gone", "steady", "not shown", "few", "unjudged"]
CHANGES: tuple[Change, ...] = ("new", "rising", "fading", "gone", "steady", "not shown", "few", "unjudged")
CHANGED = CHANGES[:4]
Method = Literal["exact", "approximate"]
FACETS = (*(facet for facet in ALL_FACETS if facet != "year"), "theme/broad")
NAMED = (
    "theme",
    "company",
    "keyword",
    "event",
    "series",
    "speaker",
)  # the facets of which one value may be followed
OWN = ("tag", "mark")  # the user's: a session without one has none
LEVEL = 0.05  # the share of false alarms among the reported changes
FEWEST = 5  # sessions of a value in the judged years, at least: others are not tested
HAVE_VALUE = 0.8  # the share of a year's sessions that must have a value of the facet
TESTED = 0.25  # sessions of whole events that a year needs for each of other events: fewer say little of it
LONGEST = 200  # characters of a query as a value
FACTOR = 2  # a value is steady if such a change of its odds over the years, either way, is excluded


class Year(NamedTuple):
    """A year with its sessions, the number of those with any value of the facet, and the incomplete events.

    `tested` of its sessions are of events that are complete, or nearly.
    """

    year: int
    sessions: int
    with_value: int
    tested: int
    incomplete: tuple[Event, ...]
    judged: bool


class TrendValue(NamedTuple):
    """A value with its sessions in each year, and those of them that are tested; p and q (adjusted p) are None if it was not tested.

    `test` says how p was computed: by the exact distribution or the normal approximation.
    """

    value: str
    sessions: int
    years: tuple[int, ...]
    change: Change
    p: float | None = None
    q: float | None = None
    tested: tuple[int, ...] = ()
    test: Method | None = None


class Trend(NamedTuple):
    """All values of a facet over the years of a query, by kind of change, of each kind the most significant first.

    One value or query that is followed is tested `alone`: its q is its p, whatever it was chosen from. In a
    judged year, 4 of 5 of the tested sessions have a value of each of the facets in `known`.
    """

    facet: str
    query: str
    years: tuple[Year, ...]
    values: tuple[TrendValue, ...]
    sessions: int
    fewest: int
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]
    alone: bool = False
    known: tuple[str, ...] = ()

    def to_pandas(self, *, absolute: bool = False) -> "DataFrame":
        """Return a row for each value: its change, sessions, p and q, and a column for each year with its share of that year.

        These are the numbers of the command `trend`; with `absolute`, those of `trend --absolute`, which are sessions.

        Raises MltalksError: pandas is not installed.
        """
        years = [one.year for one in self.years]
        rows = (
            one._asdict() | {year: self.number(one, at, absolute=absolute) for at, year in enumerate(years)}
            for one in self.values
        )
        return frame(rows, ("value", "change", "sessions", *years, "p", "q", "test"))

    def number(self, one: TrendValue, at: int, *, absolute: bool) -> float | None:
        """Return the sessions of a value in the year at a place, or their share with three decimals.

        The share in a year that is judged is that among the sessions that are tested, as the judgement is about these; it is
        None if the value has sessions in that year, of which none is tested.
        """
        if absolute:
            return one.years[at]
        year = self.years[at]
        if year.judged and one.years[at] and not one.tested[at]:
            return None
        counted, whole = (one.tested[at], year.tested) if year.judged else (one.years[at], year.sessions)
        return round(counted / whole, 3) if whole else 0.0


class _Followed(NamedTuple):
    """What is followed: a facet or one value of it, or a query; `counts` returns the sessions of each value by year."""

    facet: str
    known: tuple[str, ...]  # the facets that a session must have for its values to be known
    counts: Callable[[Selection], Mapping[str, Mapping[str, int]]]
    notices: tuple[Message, ...] = ()
    alone: bool = False


def trend(
    selection: Selection,
    followed: str,
    *,
    fewest: int = FEWEST,
    all_years: bool = False,
) -> Trend:
    """Count the sessions by year for the values of a facet, or for one value or query, and test each for a trend in its share.

    Only sessions of events that are complete, or nearly, are tested; `all_years` tests all. The test is that of Cochran and
    Armitage over the years that have such sessions, exact if few have the value (see `significance.Trends`), 4 of 5 of them with a value of the facet, or of all facets but
    the user's own (tag, mark) that the query filters by, adjusted by Benjamini and Hochberg over all values that have `fewest` sessions in them; a change is reported at a level of
    5 %. One value or query is tested alone, so nothing is adjusted; a notice says so of a change. "new" is rising with no session before the last judged year, "gone" is fading with none in it, "steady" means that a
    doubling or halving of the odds over these years is excluded at the same level, "not shown" that the test shows neither.

    Raises UsageError: a facet that has no trend, or nothing but a facet has a similar name.
    Raises QueryError, NotFoundError: as `meaning`.
    """
    what = _followed(selection.catalogue, followed)
    tested = selection if all_years else _tested(selection)
    years = tuple(_years(selection, tested, what.known))

    def by_year(some: Selection) -> dict[str, tuple[int, ...]]:
        counts = what.counts(some)
        return {value: tuple(found.get(str(one.year), 0) for one in years) for value, found in counts.items()}

    values = tuple(_judged(by_year(selection), by_year(tested), years, fewest))
    changed = what.alone and any(one.change in CHANGED for one in values)
    hints = [*(unfiled_notices(selection, "theme") if what.facet.startswith("theme") else ())]
    hints += _not_adjusted(what.facet) if changed else ()
    return Trend(
        what.facet,
        str(selection.query),
        years,
        values,
        selection.size,
        fewest,
        selection.incomplete_events(),
        tuple(dict.fromkeys((*selection.notices, *what.notices, *hints))),
        what.alone,
        what.known,
    )


def _not_adjusted(facet: str) -> Iterator[Message]:
    """Yield the notice that the change of one value alone is not adjusted for choosing this value."""
    if facet == "query":
        yield Message("one query is tested alone: its q is its p, not adjusted for trying several queries")
    else:
        template = "one value is tested alone: its q is its p, not adjusted for choosing it among many; 'mltalks trend {facet}' adjusts for that"
        yield Message(template, {"facet": facet})


def _followed(catalogue: Catalogue, typed: str) -> _Followed:
    try:
        facet = facet_named(typed, FACETS)
    except UsageError as error:
        if is_facet(typed):
            raise
        unknown = error
        try:
            meant = meaning(catalogue, typed, NAMED)
        except NotFoundError as unnamed:
            raise unknown if unknown.nearest else unnamed from None
    else:
        return _Followed(facet, (facet,), lambda some: dict(some.pairs(facet, "year")))
    if unknown.nearest and isinstance(meant.query, Word) and not _is_said(catalogue, meant.query):
        raise unknown  # "thems" is found as "them", but is rather a facet
    found = select(catalogue, meant.query)
    value = excerpt(meant.value, LONGEST)

    def counts(some: Selection) -> dict[str, dict[str, int]]:
        return {value: some._replace(docs=some.docs & found.docs).counts("year")}

    known = tuple(dict.fromkeys(_filtered_by(found.query))) if meant.kind == "query" else (meant.kind,)
    return _Followed(meant.kind, known, counts, (*meant.notices, *found.notices), alone=True)


def _is_said(catalogue: Catalogue, word: Word) -> bool:
    return bool(Matcher(catalogue, without=(*AS_TYPED, "stems", "compounds")).docs(word))


def _filtered_by(node: Node) -> Iterator[str]:
    """Yield the facets of the filters of a query, of which a session may have a value that is not known."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _filtered_by(part)
    elif isinstance(node, Not):
        yield from _filtered_by(node.part)
    elif isinstance(node, Filter) and node.field in FACETS and node.field not in OWN:
        yield node.field


def _tested(selection: Selection) -> Selection:
    """Return the sessions of events that are whole, without those of years that have few beside the sessions of other events."""
    events = selection.catalogue.events.values()
    whole = selection.having("event", [one.id for one in events if one.whole])
    others = selection.having("event", [one.id for one in events if not (one.whole or one.endless)]).counts(
        "year"
    )
    few = [year for year, count in whole.counts("year").items() if count < TESTED * others.get(year, 0)]
    return whole.without("year", few)


def _years(selection: Selection, tested: Selection, known: Sequence[str]) -> Iterator[Year]:
    """Yield the years, those without sessions between others too; one is judged if it has sessions to test, of which 4 of 5 have a value of the facets."""
    to_test = tested.counts("year")
    valued, of_tested = (reduce(Selection.having, known, some).counts("year") for some in (selection, tested))
    events = dict(selection.pairs("year", "event"))
    for year, sessions in year_counts(selection).items():
        unknown = tuple(
            event
            for event in selection.catalogue.events.values()
            if event.id in events.get(year, ()) and not event.whole
        )
        number = to_test.get(year, 0)
        judged = number > 0 and of_tested.get(year, 0) >= HAVE_VALUE * number
        yield Year(int(year), sessions, valued.get(year, 0), number, unknown, judged)


def _judged(
    counts: Mapping[str, tuple[int, ...]],
    to_test: Mapping[str, tuple[int, ...]],
    years: Sequence[Year],
    fewest: int,
) -> list[TrendValue]:
    """Return all values with their changes, in order."""
    judged = [at for at, year in enumerate(years) if year.judged]
    trends = Trends([years[at].tested for at in judged], [years[at].year for at in judged])
    within = {value: [found[at] for at in judged] for value, found in to_test.items()}
    tests = {
        value: trends.test(found)
        for value, found in within.items()
        if len(judged) > 1 and sum(found) >= fewest
    }
    adjusted = dict(zip(tests, benjamini_hochberg([test.p for test in tests.values()]), strict=True))
    made = []
    for value, found in counts.items():
        tested = to_test.get(value, (0,) * len(years))
        if test := tests.get(value):
            change = _change(test, adjusted[value], within[value])
            method: Method = "exact" if test.exact else "approximate"
            made.append(TrendValue(value, sum(found), found, change, test.p, adjusted[value], tested, method))
        else:
            change = "few" if len(judged) > 1 else "unjudged"
            made.append(TrendValue(value, sum(found), found, change, tested=tested))
    return sorted(made, key=_sort_key)


def _change(test: TrendTest, q: float, found: Sequence[int]) -> Change:
    if q > LEVEL or not test.direction:
        return "steady" if test.most < log(FACTOR) else "not shown"
    if test.direction > 0:
        return "rising" if any(found[:-1]) else "new"
    return "fading" if found[-1] else "gone"


def _sort_key(one: TrendValue) -> tuple[int, float, int, str, str]:
    """Return the sort key of a value: by kind of change, changes by significance, others by sessions."""
    p = one.p if one.p is not None and one.change in CHANGED else 0.0
    return CHANGES.index(one.change), p, -one.sessions, one.value.casefold(), one.value
