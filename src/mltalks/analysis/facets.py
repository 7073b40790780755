"""Counts by facet: how many sessions there are for each company, theme, event and so on, with first and last year.

Does not count a session twice: under two narrower themes, it counts once under their broader one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from mltalks.analysis.empty_events import empty_events
from mltalks.analysis.unfiled import unfiled_notices
from mltalks.dataset.hierarchy import in_tree_order
from mltalks.dataset.model import Event, Session, Theme, newest_first
from mltalks.errors import UsageError
from mltalks.messages import Choices, Lang, Message, excerpt, japanese
from mltalks.search.catalogue import FACETS, MadeOnDemand
from mltalks.search.frames import frame
from mltalks.search.index.postings import docs_flags
from mltalks.search.query.fields import FIELD_NAMES
from mltalks.search.selection import Selection, sorted_docs
from mltalks.text.folding import fold, name_key
from mltalks.text.fuzzy import nearest

if TYPE_CHECKING:
    from pandas import DataFrame

TOP_THEMES = 3
Counts = tuple[tuple[str, int], ...]
CountOrder = Literal["sessions", "name", "first", "last"]
ThemeOrder = Literal["tree", "sessions", "name"]


class FacetValue(NamedTuple):
    """A value with the number of its sessions, their first and last year and their most frequent themes."""

    value: str
    sessions: int
    first_year: int
    last_year: int
    themes: Counts


class FacetCounts(NamedTuple):
    """All values of a facet among the sessions of a query, in the order asked for; `most` is their highest count."""

    facet: str
    query: str
    values: Sequence[FacetValue]
    most: int
    sessions: int
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]

    def to_pandas(self) -> "DataFrame":
        """Return a row for each value: its sessions, first and last year, and most frequent themes.

        Raises MltalksError: pandas is not installed.
        """
        return frame((one._asdict() for one in self.values), FacetValue._fields)


class ThemeCount(NamedTuple):
    """A theme, its depth (0 at the top), and its sessions: with those of narrower themes, and without (`own`)."""

    theme: Theme
    depth: int
    sessions: int
    own: int


class ThemeTree(NamedTuple):
    """All themes, counted over the sessions of a query; in tree order (see `hierarchy.in_tree_order`) unless `order` says another."""

    order: ThemeOrder
    query: str
    themes: tuple[ThemeCount, ...]
    sessions: int
    filed: int
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]

    def to_pandas(self) -> "DataFrame":
        """Return a row for each theme: its id, labels, broader theme, depth and sessions.

        Raises MltalksError: pandas is not installed.
        """
        columns = ("id", "label_en", "label_ja", "broader", "depth", "sessions", "own")
        return frame((one.theme._asdict() | one._asdict() for one in self.themes), columns)


class ThemeDetail(NamedTuple):
    """One theme with the themes above and below it, its organizations and its sessions."""

    theme: Theme
    query: str
    broader: tuple[Theme, ...]
    narrower: tuple[ThemeCount, ...]
    companies: Counts
    sessions: Sequence[Session]
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]


def facet_named(typed: str, facets: Sequence[str] = FACETS) -> str:
    """Return the facet of a name, also in the plural, in any case and in Japanese.

    Raises UsageError: there is no such facet; the error holds the nearest.

    >>> [facet_named(name) for name in ("companies", "Theme", "組織", "企業", "発表者")]
    ['company', 'theme', 'company', 'company', 'speaker']

    """
    named = _facets_by_name(facets)
    found = named.get(fold(typed.strip()))
    if found is None:
        near = list(dict.fromkeys(named[name] for name in nearest(fold(typed), named)))
        template = "unknown facet {name}; choose one of {names}"
        raise UsageError(template, name=excerpt(typed), names=Choices(facets, _PARTS), nearest=near)
    return found


def of_texts(typed: Iterable[str], languages: Callable[[], object]) -> Iterator[Message]:
    """Yield a notice if a typed facet has two meanings, and the other has a value, too: `languages` gives those of talks."""
    if any(fold(one.strip()) == "言語" for one in typed) and languages():
        template = (
            '"{word}" finds texts in a language, in whichever the talks are given; for these, write {field}'
        )
        yield Message(template, {"word": "言語", "field": "使用言語"})


def is_facet(typed: str) -> bool:
    """Return whether a text names a facet, in any way that `facet_named` knows."""
    return fold(typed.strip()) in _facets_by_name(FACETS)


def _facets_by_name(facets: Sequence[str]) -> dict[str, str]:
    return {fold(name): facet for facet in reversed(facets) for name in _names(facet)}


_PARTS = {
    "theme/own": "テーマ（直下のみ）",
    "theme/broad": "テーマ（最上位のみ）",
    "company/own": "組織（直下のみ）",
}


def _names(facet: str) -> Iterator[str]:
    """Yield the names of a facet: singular, plural, Japanese, and those that a query has for its field."""
    plain, slash, own = facet.partition("/")
    others = [name for name, field in FIELD_NAMES.items() if field == plain]
    yield from (f"{name}{slash}{own}" for name in others if not name.isascii())
    for name in (plain, *filter(str.isascii, others)):
        yield f"{name}{slash}{own}"
        yield f"{name[:-1]}ies{slash}{own}" if name.endswith("y") else f"{name}s{slash}{own}"
    translated = japanese("words").get(plain) or japanese("headings").get(plain)
    if translated:
        yield f"{translated}{slash}{own}"
    if facet in _PARTS:
        yield _PARTS[facet]


def facet_counts(
    selection: Selection,
    facet: str,
    order: CountOrder = "sessions",
    *,
    lang: Lang = "en",
    reverse: bool = False,
) -> FacetCounts:
    """Count the sessions by the values of a facet: the most frequent, A (of names in `lang`), or the latest year first."""
    facets = selection.catalogue.index.facets
    members, years_of, themes_of = facets.members(facet), facets.by_doc("year"), facets.by_doc("theme/own")
    selected = docs_flags(selection.docs, len(years_of))

    def detailed(counted: tuple[str, int]) -> FacetValue:
        value, sessions = counted
        docs = [doc for doc in members.get(value, ()) if selected[doc]]
        years = sorted({int(year) for doc in docs for year in years_of[doc]})
        years = years or [selection.catalogue.events[value].year]
        themes = Counter(theme for doc in docs for theme in themes_of[doc])
        return FacetValue(value, sessions, years[0], years[-1], by_count(themes)[:TOP_THEMES])

    number = selection.counts(facet)
    if facet == "event":  # also events that have no sessions yet
        empty = dict.fromkeys(empty_events(selection.catalogue, selection.query), 0)
        if empty:
            both = empty | number
            number = {one: both[one] for one in selection.catalogue.events if one in both}
    counted = by_count(number)
    most = counted[0][1] if counted else 0
    if order == "name":
        label = selection.catalogue.label
        counted = tuple(sorted(counted, key=lambda one: name_key(label(facet, one[0], lang))))
    elif order != "sessions":
        latest = _latest_first(selection, facet, [detailed(one) for one in counted], order)
        counted = tuple((value, number[value]) for value in latest)
    return FacetCounts(
        facet,
        str(selection.query),
        MadeOnDemand(counted[::-1] if reverse else counted, detailed),
        most,
        selection.size,
        selection.incomplete_events(),
        (*selection.notices, *unfiled_notices(selection, facet)),
    )


def _latest_first(
    selection: Selection, facet: str, values: Sequence[FacetValue], order: Literal["first", "last"]
) -> list[str]:
    """Return values by their first or last year, the latest first; events by their days."""
    if facet == "event":
        among = {one.value for one in values}
        catalogue = selection.catalogue
        return [
            one.id for one in newest_first(map(catalogue.dated, catalogue.events.values())) if one.id in among
        ]
    year = {one.value: one.first_year if order == "first" else one.last_year for one in values}
    return sorted(year, key=lambda value: -year[value])


def by_count(counts: Mapping[str, int]) -> Counts:
    """Return values with their counts, the highest first; values with equal counts are ordered by name."""
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0].casefold(), one[0])))


def theme_tree(
    selection: Selection, order: ThemeOrder = "tree", *, lang: Lang = "en", reverse: bool = False
) -> ThemeTree:
    """Count the sessions under every theme, in the order of the tree, by sessions, or by labels in `lang`."""
    themes = list(_theme_counts(selection))
    if order == "sessions":
        themes.sort(key=lambda one: -one.sessions)
    elif order == "name":
        themes.sort(key=lambda one: name_key(one.theme.label(lang)))
    return ThemeTree(
        order,
        str(selection.query),
        tuple(themes[::-1] if reverse else themes),
        selection.size,
        selection.having("theme").size,
        selection.incomplete_events(),
        selection.notices,
    )


def theme_detail(selection: Selection, theme: str, *, reverse: bool = False) -> ThemeDetail:
    """Return a theme by its id, with the sessions, all of which are filed under it or a narrower one; the newest first."""
    themes = selection.catalogue.themes
    docs = sorted_docs(selection.catalogue, selection.docs, "date", reverse=reverse)
    return ThemeDetail(
        themes[theme],
        str(selection.query),
        tuple(themes[above] for above in selection.catalogue.broader(theme)),
        tuple(_theme_counts(selection, theme)),
        by_count(selection.counts("company")),
        MadeOnDemand(docs, selection.catalogue.session),
        selection.incomplete_events(),
        selection.notices,
    )


def _theme_counts(selection: Selection, top: str | None = None) -> Iterator[ThemeCount]:
    """Yield the themes below `top` (None: all) in tree order, each with its sessions."""
    sessions, own = selection.counts("theme"), selection.counts("theme/own")
    for theme, depth in in_tree_order(selection.catalogue.theme_parents, top):
        yield ThemeCount(selection.catalogue.themes[theme], depth, sessions.get(theme, 0), own.get(theme, 0))
