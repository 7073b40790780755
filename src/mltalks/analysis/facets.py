"""How many sessions a query finds under each company, theme, event…: counts, with first and last year.

Counts sessions, never rows: a session under two narrower themes counts once under their broader one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mltalks.dataset.hierarchy import in_tree_order
from mltalks.dataset.model import Event, Session, Theme
from mltalks.messages import Message
from mltalks.search.selection import Selection

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


def facet_counts(selection: Selection, facet: str) -> FacetCounts:
    """Count the sessions by the values of a facet; values with equal counts are ordered by name."""
    counts = selection.counts(facet)
    years = {value: sorted(map(int, found)) for value, found in selection.pairs(facet, "year")}
    themes = dict(selection.pairs(facet, "theme/own"))
    values = tuple(
        FacetValue(value, counts[value], years[value][0], years[value][-1], _commonest(themes.get(value, {})))
        for value in sorted(counts, key=lambda value: (-counts[value], value.casefold(), value))
    )
    return FacetCounts(
        facet,
        str(selection.query),
        values,
        selection.size,
        selection.incomplete_events(),
        selection.notices,
    )


def _commonest(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return the TOP_THEMES values with the highest counts; equal ones are ordered by name."""
    return tuple(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))[:TOP_THEMES])


def theme_tree(selection: Selection) -> ThemeTree:
    """Count the sessions under every theme of the tree."""
    return ThemeTree(
        str(selection.query),
        tuple(_theme_counts(selection)),
        selection.size,
        selection.having("theme").size,
        selection.incomplete_events(),
        selection.notices,
    )


def theme_detail(selection: Selection, theme: str) -> ThemeDetail:
    """Return the theme with an id, and the sessions; these are all filed under it or a narrower one."""
    themes = selection.catalogue.themes
    companies = selection.counts("company")
    return ThemeDetail(
        themes[theme],
        str(selection.query),
        tuple(themes[above] for above in selection.catalogue.broader(theme)),
        tuple(_theme_counts(selection, theme)),
        tuple(sorted(companies.items(), key=lambda item: (-item[1], item[0].casefold()))),
        selection.sessions(),
        selection.incomplete_events(),
        selection.notices,
    )


def _theme_counts(selection: Selection, top: str | None = None) -> Iterator[ThemeCount]:
    """Yield the themes below `top` (None: all) in tree order, each with its sessions."""
    sessions, own = selection.counts("theme"), selection.counts("theme/own")
    for theme, depth in in_tree_order(selection.catalogue.theme_parents, top):
        yield ThemeCount(selection.catalogue.themes[theme], depth, sessions.get(theme, 0), own.get(theme, 0))
