"""How many sessions a query finds under each company, theme, event…: counts, with first and last year.

Counts sessions, never rows: a session under two narrower themes counts once under their broader one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mltalks.dataset.hierarchy import in_tree_order
from mltalks.dataset.model import Event, Session, Theme
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.matcher import Matcher
from mltalks.search.postings import doc_numbers
from mltalks.search.query import Filter, Node, all_of

TOP_THEMES = 3


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with the number of sessions that have it, their first and last year and their commonest themes."""

    value: str
    sessions: int
    first_year: int
    last_year: int
    themes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """All values of a facet among the sessions of a query, the commonest first."""

    facet: str
    query: str
    values: tuple[FacetValue, ...]
    sessions: int
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme with its depth (0 at the top) and its sessions: all below it once, and those filed right here."""

    theme: Theme
    depth: int
    sessions: int
    own: int


@dataclass(frozen=True, slots=True)
class ThemeTree:
    """The whole theme tree, each theme before its narrower ones, counted over the sessions of a query."""

    query: str
    themes: tuple[ThemeCount, ...]
    sessions: int
    filed: int
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ThemeDetail:
    """One theme: what is above and below it, who speaks about it, and its sessions."""

    theme: Theme
    query: str
    broader: tuple[Theme, ...]
    narrower: tuple[ThemeCount, ...]
    companies: tuple[tuple[str, int], ...]
    sessions: tuple[Session, ...]
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]


def facet_counts(catalogue: Catalogue, facet: str, query: Node) -> FacetCounts:
    """Count the sessions of a query by the values of a facet; equals stand in the order of their names.

    Raises:
        NotFoundError: the query names a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    docs = matcher.docs(query)
    counts = catalogue.index.counts(facet, docs)
    years = {
        value: [int(year) for year in found] for value, found in catalogue.index.pairs(facet, "year", docs)
    }
    themes = dict(catalogue.index.pairs(facet, "theme/own", docs))
    values = tuple(
        FacetValue(
            value, counts[value], min(years[value]), max(years[value]), _commonest(themes.get(value, {}))
        )
        for value in sorted(counts, key=lambda value: (-counts[value], value.casefold(), value))
    )
    return FacetCounts(
        facet, str(query), values, docs.bit_count(), catalogue.incomplete_events(docs), tuple(matcher.notices)
    )


def _commonest(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return the first values by count; equals stand in the order of their names."""
    return tuple(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))[:TOP_THEMES])


def theme_tree(catalogue: Catalogue, query: Node) -> ThemeTree:
    """Count the sessions of a query under every theme of the tree.

    Raises:
        NotFoundError: the query names a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    docs = matcher.docs(query)
    rolled = catalogue.index.counts("theme", docs)
    own = catalogue.index.counts("theme", docs, own=True)
    filed = catalogue.index.docs_with("theme", rolled) & docs
    return ThemeTree(
        str(query),
        tuple(_tree(catalogue, None, rolled, own)),
        docs.bit_count(),
        filed.bit_count(),
        catalogue.incomplete_events(docs),
        tuple(matcher.notices),
    )


def theme_detail(catalogue: Catalogue, name: str, query: Node) -> ThemeDetail:
    """Return one theme, by id or label, with the sessions of the query that are filed under it or its narrower ones.

    Raises:
        NotFoundError: no such theme, or the query names a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    theme = matcher.named("theme", name)[0]
    docs = matcher.docs(all_of((Filter("theme", (theme,)), query)))
    rolled = catalogue.index.counts("theme", docs)
    own = catalogue.index.counts("theme", docs, own=True)
    companies = catalogue.index.counts("company", docs)
    return ThemeDetail(
        catalogue.themes[theme],
        str(query),
        tuple(catalogue.themes[above] for above in catalogue.broader(theme)),
        tuple(_tree(catalogue, theme, rolled, own)),
        tuple(sorted(companies.items(), key=lambda item: (-item[1], item[0].casefold()))),
        tuple(map(catalogue.session, doc_numbers(docs))),
        catalogue.incomplete_events(docs),
        tuple(matcher.notices),
    )


def _tree(
    catalogue: Catalogue, top: str | None, rolled: Mapping[str, int], own: Mapping[str, int]
) -> Iterator[ThemeCount]:
    """Yield the themes below `top` (None: all) in tree order, counted with (`rolled`) and without narrower ones."""
    for theme, depth in in_tree_order(catalogue.theme_parents, top):
        yield ThemeCount(catalogue.themes[theme], depth, rolled.get(theme, 0), own.get(theme, 0))
