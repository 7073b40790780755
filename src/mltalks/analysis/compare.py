"""Two sets of sessions beside each other: what they share, what only one has, and what one has unusually much of.

Calls nothing unusual that few sessions could have made so.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from mltalks.analysis.significance import log_odds
from mltalks.dataset.model import Event
from mltalks.errors import QueryError
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.matcher import Matcher
from mltalks.search.postings import DocSet
from mltalks.search.query import Filter, Node, Phrase, Word, parse
from mltalks.text.folding import name_key

FACETS = ("theme", "keyword", "company")
NAMED = ("event", "series", "company", "theme")  # what a word may name, the first that fits
PRIOR = 10.0  # sessions that the prior weighs
UNUSUAL = 2.58  # the z-score that tells a difference from chance: of random sets hardly any value has it
FEWEST = 3  # sessions that a side must have of a value to be said to have unusually many

Over = Literal["a", "b"]


class Side(NamedTuple):
    """One side: the facet value or query that it is, what it was taken as (a facet, or "query"), its query and its sessions."""

    value: str
    kind: str
    query: str
    sessions: int


class ComparedValue(NamedTuple):
    """A facet value with its sessions on either side and in both.

    `log_odds` and `z` are above 0 where A has more, and None where a side has no session of its own; `over` is the side
    that has unusually many.
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
        """Which sides have the value at all."""
        return "both" if self.a and self.b else "a" if self.a else "b"


class Comparison(NamedTuple):
    """Two sides; the values of each facet in turn: unusual ones (A's, B's), shared ones, those of one side alone."""

    a: Side
    b: Side
    query: str
    both: int
    values: tuple[ComparedValue, ...]
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]


def compare(catalogue: Catalogue, a: str, b: str, query: Node) -> Comparison:
    """Compare two sides, each an event, series, company or theme by its name, or a query, within the sessions of a third query.

    Sessions of both sides are counted on both; the log-odds leave them out. Their prior (see `significance.log_odds`)
    weighs ten sessions. A side has unusually many of a value from |z| = 2.58 and three sessions on.

    Raises:
        QueryError: a side is no query that can be read.
        NotFoundError: a side or the query names a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    within = matcher.docs(query)
    (side_a, docs_a), (side_b, docs_b) = (_side(matcher, typed, within) for typed in (a, b))
    values = tuple(
        value for facet in FACETS for value in sorted(_values(catalogue, facet, docs_a, docs_b), key=_place)
    )
    return Comparison(
        side_a,
        side_b,
        str(query),
        (docs_a & docs_b).bit_count(),
        values,
        catalogue.incomplete_events(docs_a | docs_b),
        matcher.notices,
    )


def _side(matcher: Matcher, typed: str, within: DocSet) -> tuple[Side, DocSet]:
    kind, node, name = _meant(matcher, typed)
    docs = matcher.docs(node) & within
    return Side(name, kind, str(node), docs.bit_count()), docs


def _meant(matcher: Matcher, typed: str) -> tuple[str, Node, str]:
    """Return what a side is taken as, its query and its name; tell where it might have been meant otherwise."""
    if not typed.strip():
        raise QueryError("write what to compare: mltalks compare opml19 opml20")
    named = {facet: matcher.index.named(facet, name_key(typed)) for facet in NAMED}
    fits = [(facet, values) for facet, values in named.items() if len(values) == 1]
    for facet, values in fits[:1]:
        for other, _ in fits[1:]:
            matcher.add_notice(
                'taking "{name}" as {what}; {query} is something else',
                name=typed,
                what=facet,
                query=str(Filter(other, (typed,))),
            )
        return facet, Filter(facet, values), values[0]
    node = parse(typed)
    if isinstance(node, Word | Phrase):
        matcher.add_notice(
            'no event, series, company or theme is named "{name}"; comparing the talks that say it',
            name=typed,
        )
    return "query", node, str(node)


def _values(catalogue: Catalogue, facet: str, docs_a: DocSet, docs_b: DocSet) -> Iterator[ComparedValue]:
    index = catalogue.index
    either, shared = docs_a | docs_b, docs_a & docs_b
    in_a, in_b, in_both = (index.counts(facet, docs) for docs in (docs_a, docs_b, shared))
    only_a, only_b = (docs_a & ~shared).bit_count(), (docs_b & ~shared).bit_count()
    for value in index.counts(facet, either):
        a, b, both = in_a.get(value, 0), in_b.get(value, 0), in_both.get(value, 0)
        if not (only_a and only_b):
            yield ComparedValue(facet, value, a, b, both, None, None, None)
            continue
        odds = log_odds((a - both, only_a), (b - both, only_b), PRIOR)
        over: Over | None = None
        if odds.z >= UNUSUAL and a - both >= FEWEST:
            over = "a"
        elif odds.z <= -UNUSUAL and b - both >= FEWEST:
            over = "b"
        yield ComparedValue(facet, value, a, b, both, odds.delta, odds.z, over)


def _place(one: ComparedValue) -> tuple[int, float, int, str, str]:
    """Return what orders values: unusual ones by z, then those of both sides, of A alone, of B alone by sessions."""
    unusual = {"a": 0, "b": 1, None: 2}[one.over]
    rank = unusual if one.over else {"both": 2, "a": 3, "b": 4}[one.found]
    strength = -abs(one.z or 0) if one.over else 0.0
    return rank, strength, -(one.a + one.b), one.value.casefold(), one.value
