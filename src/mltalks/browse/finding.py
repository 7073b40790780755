"""What a query finds, in the parts that the screen shows one after another: talks in order, then counts of a facet.

Does not draw, and does not run in the background by itself.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from mltalks.browse.state import Place, narrowed_to, widened
from mltalks.dataset.hierarchy import in_tree_order
from mltalks.errors import MltalksError
from mltalks.messages import Lang, Message
from mltalks.search.index.postings import DocSet, MembershipTest
from mltalks.search.query.completion import continuations, facet_values
from mltalks.search.query.fields import year_range
from mltalks.search.query.nodes import Everything, Node, positive_words
from mltalks.search.query.parser import parse
from mltalks.search.ranking import CLOSE_ANSWERS, Hit, search
from mltalks.search.selection import Selection, resolve_names, select
from mltalks.text.japanese.scripts import is_japanese

if TYPE_CHECKING:
    from mltalks.analysis.crosstab import CrossTab, Cut
    from mltalks.library import Library
    from mltalks.search.catalogue import Catalogue

FIRST = 100  # talks that are ranked at once; more when the cursor comes near the last one
RELATED = 50
OFFERED = 8  # ways in which a filter may go on
KEPT = 512  # records in memory
CLOSE = "{count} close answers; A shows {total}"  # an option of `search` is a key here


class Found(NamedTuple):
    """The talks of a place in the data of a finder, the first of them in their order, and all of them as a set.

    `hits` say why a talk was found, for a query that ranks.
    """

    finder: "Finder"
    place: Place
    docs: Sequence[int] = ()
    every: DocSet = 0
    hits: Mapping[int, Hit] = {}
    notices: tuple[Message, ...] = ()

    @property
    def total(self) -> int:
        """The number of talks, also of those whose order is not known yet."""
        return max(self.every.bit_count(), len(self.docs))


class Value(NamedTuple):
    """A value of a facet: its label, its depth in the tree, the number of its talks, and whether the query is narrowed to it.

    In the order of trends, also its talks by year, and how their share changes (see `analysis.trend`).
    """

    value: str
    label: str
    depth: int
    talks: int
    chosen: bool = False
    years: tuple[int, ...] = ()
    change: str = ""


class Counts(NamedTuple):
    """The values of a facet, and all talks of which they are counted."""

    docs: DocSet
    values: tuple[Value, ...]


class Finder:
    """The talks of one library."""

    def __init__(self, library: "Library") -> None:
        self.library = library
        self.record = lru_cache(KEPT)(self._record)

    @property
    def catalogue(self) -> "Catalogue":
        """The catalogue of the library."""
        return self.library.catalogue

    def _record(self, doc: int) -> dict[str, Any]:
        return self.library.evaluate(lambda catalogue: catalogue.record(doc))

    def id(self, doc: int) -> str:
        """Return the id of a talk."""
        return str(self.record(doc)["id"])

    @cached_property
    def newest(self) -> tuple[int, ...]:
        """All talks, the newest first."""
        from mltalks.search.selection import sorted_docs

        return sorted_docs(self.catalogue, self.catalogue.everything, "date")

    def find(self, place: Place, limit: int = FIRST) -> Found:
        """Return the talks of a place, at least `limit` of them in order.

        Raises QueryError: the query cannot be read.
        Raises NotFoundError: it names something that does not exist.
        """
        if place.related:
            return self._related(place)
        query = parse(place.query)
        if any(True for _ in positive_words(query)):
            return self.library.evaluate(lambda catalogue: self._ranked(catalogue, place, query, limit))
        return self.library.evaluate(lambda catalogue: self._listed(catalogue, place, query))

    def _ranked(self, catalogue: "Catalogue", place: Place, query: Node, limit: int) -> Found:
        hits = search(catalogue, query, limit, distant=place.distant)
        by_doc = {hit.doc: hit for hit in hits.hits}
        notices = (
            Message(CLOSE, one.values) if one.template == CLOSE_ANSWERS else one for one in hits.notices
        )
        return Found(self, place, tuple(by_doc), hits.docs, by_doc, tuple(notices))

    def _listed(self, catalogue: "Catalogue", place: Place, query: Node) -> Found:
        found = select(catalogue, query)
        is_found = MembershipTest(found.docs, catalogue.index.size)
        return Found(
            self, place, [doc for doc in self.newest if doc in is_found], found.docs, {}, found.notices
        )

    def _related(self, place: Place) -> Found:
        assert place.related
        near = self.library.related(place.related, RELATED)
        docs = [self.catalogue.doc(one.session.id) for one in near.sessions]
        return Found(self, place, docs, sum(1 << doc for doc in docs), {}, ())

    def counts(self, found: Found, lang: Lang) -> Counts:
        """Return the values of the facet of a place with their talks, narrower themes below broader ones.

        A facet to which the query is narrowed is counted without that, so that other values can be chosen instead or as well.
        """
        facet, query = found.place.facet, found.place.query
        docs, chosen = found.every, frozenset[str]()
        if not found.place.related and (typed := narrowed_to(query, facet)):
            wider = self.find(Place(str(widened(query, facet)), distant=found.place.distant))
            docs = wider.every | found.every
            chosen = self.library.evaluate(lambda one: _resolved(one, facet, typed))
        count = _trends if found.place.grows and facet != "year" else _values
        return Counts(docs, self.library.evaluate(lambda one: count(one, facet, docs, chosen, lang)))

    def crosstab(self, found: Found, rows: str, columns: str, cut: "Cut") -> "CrossTab":
        """Count the talks that were found by two facets."""
        from mltalks.analysis.crosstab import crosstab

        return self.library.evaluate(lambda one: crosstab(_selection(one, found.every), rows, columns, cut))

    def offered(self, typed: str) -> str:
        """Return how a filter at the end of a query may go on, in one line."""
        if ":" not in typed.rpartition(" ")[2]:
            return ""
        known = typed.rfind(" ") + 1
        return "  ".join(one[known:] for one in self.continuations(typed, OFFERED) if one != typed)

    def continuations(self, typed: str, most: int) -> list[str]:
        """Return at most so many texts in which a query may go on."""
        if not typed or typed[-1].isspace():
            return []

        def values(facet: str, value: str) -> Iterator[tuple[str, str]]:
            return facet_values(self.catalogue, facet, value, "ja" if is_japanese(value) else "en")

        return [text for text, _ in islice(continuations(typed, values), most)]

    def years(self, facet: str, value: str, docs: DocSet) -> dict[int, int]:
        """Return how many of some talks have a value of a facet in each year, from the first to the last year of all talks."""
        facets = self.catalogue.index.facets
        facets.by_doc("year")  # from which few talks are counted fast
        counts = facets.counts("year", docs & facets.docs(facet, [value]))
        return {year: counts.get(str(year), 0) for year in self._every_year}

    @cached_property
    def _every_year(self) -> range:
        years = [*map(int, self.catalogue.index.facets.values("year"))]
        return range(min(years), max(years) + 1) if years else range(0)


def _selection(catalogue: "Catalogue", docs: DocSet) -> Selection:
    return Selection(catalogue, Everything(), docs)


def _trends(
    catalogue: "Catalogue", facet: str, docs: DocSet, chosen: Collection[str], lang: Lang
) -> tuple[Value, ...]:
    """Return the values by how much their share of the talks grew from the first half of the years to the second."""
    from mltalks.analysis.trend import trend

    found = trend(_selection(catalogue, docs), facet)
    half = len(found.years) // 2
    first, second = (
        sum(year.sessions for year in some) for some in (found.years[:half], found.years[-half:])
    )

    def growth(years: Sequence[int]) -> float:
        return sum(years[-half:]) / second - sum(years[:half]) / first if half else 0.0

    return tuple(
        Value(
            one.value,
            catalogue.label(facet, one.value, lang),
            0,
            one.sessions,
            one.value in chosen,
            one.years,
            one.change,
        )
        for one in sorted(found.values, key=lambda one: (-growth(one.years), -one.sessions, one.value))
    )


def _resolved(catalogue: "Catalogue", facet: str, typed: Collection[str]) -> frozenset[str]:
    """Return the values of a facet that typed names stand for; none if there is no such name."""
    if facet == "year":
        ranges = [found for one in typed if (found := year_range(one))]
        years = catalogue.index.facets.values("year")
        return frozenset(year for year in years if any(first <= int(year) <= last for first, last in ranges))
    if facet == "mark":
        return frozenset(typed)
    try:
        return frozenset(resolve_names(catalogue, facet, typed)[0])
    except MltalksError:
        return frozenset()


def _values(
    catalogue: "Catalogue", facet: str, docs: DocSet, chosen: Collection[str], lang: Lang
) -> tuple[Value, ...]:
    catalogue.index.facets.by_doc(facet)  # from which few talks are counted fast
    counts = catalogue.index.facets.counts(facet, docs)
    if facet == "theme":
        order = [(one, depth) for one, depth in in_tree_order(catalogue.theme_parents) if one in counts]
    else:
        by: Callable[[str], Any] = (
            (lambda one: (-int(one),)) if facet == "year" else lambda one: (-counts[one], one.casefold())
        )
        order = [(one, 0) for one in sorted(counts, key=by)]
    return tuple(
        Value(one, catalogue.label(facet, one, lang), depth, counts[one], one in chosen)
        for one, depth in order
    )
