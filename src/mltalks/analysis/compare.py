"""Comparison of two sets of sessions: facet values of both, of one only, and those that one has unusually often.

Does not report a difference as unusual if a few sessions can make it by chance.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from mltalks.analysis.meaning import Meaning, meaning
from mltalks.analysis.significance import log_odds
from mltalks.analysis.trend import HAVE_VALUE
from mltalks.analysis.unfiled import unfiled_notices
from mltalks.dataset.model import Event
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.frames import frame
from mltalks.search.index.postings import DocSet
from mltalks.search.index.reader import Index
from mltalks.search.query.nodes import And, Filter, Node, Or
from mltalks.search.selection import Selection, select

if TYPE_CHECKING:
    from pandas import DataFrame

FACETS = ("theme", "keyword", "company")
# Those that a programme may not print: a session without a value may have one that is not known.
OPTIONAL = ("keyword", "company", "speaker", "track")
# The facets of which a side may be a value; the first match counts.
NAMED = ("event", "series", "company", "theme")
PRIOR = 10.0  # the weight of the prior, in sessions
UNUSUAL = 2.58  # the z-score from which on a difference is unusual: random sets hardly ever reach it
FEWEST = 3  # sessions of a value that a side must have to have unusually many

Over = Literal["a", "b"]


class Side(NamedTuple):
    """One side: its value or query, its interpretation (a facet, or "query"), its query and its sessions."""

    value: str
    kind: str
    query: str
    sessions: int


class ComparedValue(NamedTuple):
    """A facet value with its sessions on either side and on both.

    `log_odds` and `z` are above 0 if A has more, and None if all sessions of a side are on both, or too few of a side have a
    known value of the facet; `over` is the side that has unusually many.
    """

    facet: str
    value: str
    a: int
    b: int
    both: int
    log_odds: float | None
    z: float | None
    over: Over | None

    @property
    def found(self) -> Literal["both", "a", "b"]:
        """The sides that have the value."""
        return "both" if self.a and self.b else "a" if self.a else "b"


class Tested(NamedTuple):
    """A facet with the sessions of either side that are tested: those with a value, if it is one of OPTIONAL, else all.

    It is `judged` if at least 4 of 5 sessions of each side are.
    """

    facet: str
    a: int
    b: int
    judged: bool


class Comparison(NamedTuple):
    """Two sides with the values of each facet: unusual ones (of A, of B), then others, those that differ most first."""

    a: Side
    b: Side
    query: str
    both: int
    facets: tuple[Tested, ...]
    values: tuple[ComparedValue, ...]
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]

    def to_pandas(self) -> "DataFrame":
        """Return a row for each value of a facet: its sessions on either side and on both, and how unusual that is.

        Raises MltalksError: pandas is not installed.
        """
        return frame((one._asdict() for one in self.values), ComparedValue._fields)


def compare(within: Selection, a: str, b: str) -> Comparison:
    """Compare two sides, each an event, series, company or theme by its name, or a query, within the sessions of a selection.

    Sessions of both sides are counted on both; the log-odds leave them out, and for a facet of OPTIONAL those without a known
    value; if these are more than 1 of 5 of a side, the facet is not tested. A value that a side is defined by (its company, what
    that is a unit of, its own units) is left out. The prior of the log-odds (see `significance.log_odds`) weighs ten sessions. A side has unusually
    many of a value from |z| = 2.58 and three sessions on. All known sessions are compared; if there is an unusual value, a notice has the
    number of sessions of events that are neither complete nor nearly complete.

    Raises QueryError: a side is no query that can be read.
    Raises NotFoundError: a side is neither a name nor a word that a session says, or names something that does not exist.
    """
    meant_a, meant_b = (meaning(within.catalogue, typed, NAMED, years=True) for typed in (a, b))
    side_a, docs_a, notices_a = _side(within, meant_a)
    side_b, docs_b, notices_b = _side(within, meant_b)
    queries = (within.query, meant_a.query, meant_b.query)
    known = {
        one
        for query in queries
        for one in _by_definition(within.catalogue, query, side=query is not within.query)
    }
    index = within.catalogue.index
    values = [
        one for one in compared_values(index, docs_a, docs_b, FACETS) if (one.facet, one.value) not in known
    ]
    either = within._replace(docs=docs_a | docs_b)
    unsure = _of_incomplete(within, docs_a, docs_b) if any(one.over for one in values) else ()
    return Comparison(
        side_a,
        side_b,
        str(within.query),
        (docs_a & docs_b).bit_count(),
        tuple(tested(index, docs_a, docs_b, facet) for facet in FACETS),
        tuple(values),
        either.incomplete_events(),
        tuple(
            dict.fromkeys(
                (*within.notices, *notices_a, *notices_b, *unfiled_notices(either, "theme"), *unsure)
            )
        ),
    )


def _of_incomplete(within: Selection, docs_a: DocSet, docs_b: DocSet) -> Iterator[Message]:
    """Yield the notice that a difference may come from missing sessions, if a side has sessions of incomplete events."""
    events = within.catalogue.events.values()
    unsure = within.having("event", [one.id for one in events if not one.whole]).docs
    a, b = ((docs & unsure).bit_count() for docs in (docs_a, docs_b))
    if a or b:
        template = "an unusual difference may come from missing sessions alone: {a} of {in_a} sessions of A and {b} of {in_b} of B are of events that are neither complete nor nearly complete"
        values = {"a": a, "in_a": docs_a.bit_count(), "b": b, "in_b": docs_b.bit_count()}
        yield Message(template, values)


def _side(within: Selection, meant: Meaning) -> tuple[Side, DocSet, tuple[Message, ...]]:
    """Return a side, its sessions within a selection, and notices on how it was understood."""
    found = select(within.catalogue, meant.query)
    docs = found.docs & within.docs
    side = Side(meant.value, meant.kind, str(meant.query), docs.bit_count())
    return side, docs, meant.notices + found.notices


def _named_values(catalogue: Catalogue, query: Node, *, side: bool) -> Iterator[tuple[str, str]]:
    """Yield the (facet, value) that a query asks for by name, and that all of its sessions have; of a `side`, also those that some have."""
    if isinstance(query, And) or (side and isinstance(query, Or)):
        for part in query.parts:
            yield from _named_values(catalogue, part, side=side)
    elif isinstance(query, Filter) and query.field in FACETS:
        found = {one for name in query.values for one in catalogue.names(query.field).resolve(name).values}
        yield from ((query.field, one) for one in found if side or len(found) == 1)


def _by_definition(catalogue: Catalogue, query: Node, *, side: bool) -> Iterator[tuple[str, str]]:
    """Yield the (facet, value) that sessions of a query have because it asks for that value, or for a narrower one.

    Of a `side`, with the values below it: only that side can have many of them.
    """
    organizations = catalogue.organizations

    def above(facet: str, value: str) -> tuple[str, ...]:
        return catalogue.broader(value) if facet == "theme" else organizations.with_parents((value,))

    for facet, value in _named_values(catalogue, query, side=side):
        yield facet, value
        if facet != "keyword":
            yield from ((facet, one) for one in above(facet, value))
            values = (catalogue.theme_parents if facet == "theme" else organizations.by_name) if side else ()
            yield from ((facet, one) for one in values if value in above(facet, one))


def tested(index: Index, docs_a: DocSet, docs_b: DocSet, facet: str) -> Tested:
    """Return how many sessions of two sets are tested for the values of a facet, and whether these are enough."""
    known = index.facets.docs(facet) if facet in OPTIONAL else -1  # -1: all
    sides = [(docs.bit_count(), (docs & known).bit_count()) for docs in (docs_a, docs_b)]
    (_, a), (_, b) = sides
    return Tested(facet, a, b, all(have >= HAVE_VALUE * sessions for sessions, have in sides))


def compared_values(
    index: Index, docs_a: DocSet, docs_b: DocSet, facets: Iterable[str]
) -> Iterator[ComparedValue]:
    """Yield the values of facets that two sets of documents have: each facet's unusual ones, then those that differ most."""
    for facet in facets:
        yield from sorted(_compared_values(index, docs_a, docs_b, facet), key=_sort_key)


def _compared_values(index: Index, docs_a: DocSet, docs_b: DocSet, facet: str) -> Iterator[ComparedValue]:
    either, shared = docs_a | docs_b, docs_a & docs_b
    in_a, in_b, in_both = (index.facets.counts(facet, docs) for docs in (docs_a, docs_b, shared))
    of_a, of_b, judged = tested(index, docs_a, docs_b, facet)[1:]
    of_both = tested(index, shared, shared, facet).a
    only_a, only_b = of_a - of_both, of_b - of_both
    for value in index.facets.counts(facet, either):
        a, b, both = in_a.get(value, 0), in_b.get(value, 0), in_both.get(value, 0)
        if not (judged and only_a and only_b):
            yield ComparedValue(facet, value, a, b, both, None, None, None)
            continue
        odds = log_odds((a - both, only_a), (b - both, only_b), PRIOR)
        over: Over | None = None
        if odds.z >= UNUSUAL and a - both >= FEWEST:
            over = "a"
        elif odds.z <= -UNUSUAL and b - both >= FEWEST:
            over = "b"
        yield ComparedValue(facet, value, a, b, both, odds.delta, odds.z, over)


def _sort_key(one: ComparedValue) -> tuple[int, float, int, str, str]:
    """Return the sort key of a value: unusual ones of A, of B, then others, each by z, or by sessions if that is not known."""
    rank = ("a", "b", None).index(one.over)
    return rank, -abs(one.z or 0), -(one.a + one.b), one.value.casefold(), one.value
