"""A whole survey of the sessions of a query: what a person would count by hand, part by part, as plain values.

Says nothing that the data cannot carry: where too little is known, a part holds no number and says why.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from mltalks.analysis.committee import Committee, committee
from mltalks.analysis.compare import ComparedValue, compare
from mltalks.analysis.crosstab import crosstab
from mltalks.analysis.facets import FacetCounts, facet_counts, theme_tree
from mltalks.analysis.trend import HAVE_VALUE, Trend, trend
from mltalks.dataset.model import Event, Session, Theme
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.matcher import Matcher
from mltalks.search.postings import DocSet, doc_numbers
from mltalks.search.query import Everything, Node

GIANT_SHARE = 0.01  # of all sessions of the catalogue: a company with so many is called a giant here
GIANT_LEAST = 5  # and at least so many, so that a small catalogue has none by chance
CROSSED = 12  # organizations in the table of themes and organizations
CHANGED_FACETS = ("theme", "company")

Fact = Literal[
    "track", "organization", "speakers", "keywords", "themes", "summary", "slides", "paper", "video"
]
_HAVE: dict[Fact, tuple[str, tuple[str, ...]]] = {
    "track": ("track", ()),
    "organization": ("company", ()),
    "speakers": ("speaker", ()),
    "keywords": ("keyword", ()),
    "themes": ("theme", ()),
    "summary": ("has", ("summary",)),
    "slides": ("has", ("slides",)),
    "paper": ("has", ("paper",)),
    "video": ("has", ("video",)),
}
FACTS: tuple[Fact, ...] = tuple(_HAVE)
ChangeKind = Literal["new", "grown", "shrunk", "gone", "few"]
CHANGES: tuple[ChangeKind, ...] = ("new", "grown", "shrunk", "gone", "few")

Counts = tuple[tuple[str, int], ...]


class EventPart(NamedTuple):
    """An event with its sessions that the query finds, out of those that the catalogue has of it."""

    event: Event
    sessions: int
    total: int


class Tracks(NamedTuple):
    """The tracks of an event; `largest` is None where too few are known to tell, and several where they are equal."""

    event: Event
    sessions: int
    known: int
    tracks: Counts
    largest: tuple[str, ...] | None


class Company(NamedTuple):
    """An organization with its sessions; kind and what it is a unit of are None where they are not known."""

    name: str
    sessions: int
    kind: str | None
    parent: str | None


class ThemePart(NamedTuple):
    """A theme with its depth (0 at the top), all sessions below it, and the ids of those filed right here."""

    theme: Theme
    depth: int
    sessions: int
    ids: tuple[str, ...]


class Voice(NamedTuple):
    """One company, or several taken together, with what they talk about: their own themes, the commonest first."""

    companies: Counts
    sessions: int
    themes: Counts
    ids: tuple[str, ...]


class Voices(NamedTuple):
    """The giants one by one, all other companies together; `least` is from how many sessions on one is a giant.

    A session of a giant and another company is of both. `themes` are the top themes of the giants' sessions together;
    `unknown` counts the sessions of which no organization is known, who are neither.
    """

    least: int
    giants: tuple[Voice, ...]
    themes: Counts
    others: Voice
    unknown: int


class Changed(NamedTuple):
    """A theme or company beside the edition before: "few" is a difference that may be chance."""

    facet: str
    value: str
    now: int
    before: int
    change: ChangeKind


class Edition(NamedTuple):
    """What changed from one edition of a series to the next; `before` is None for the first one.

    `whole` tells whether the query finds all sessions of the edition: of others nothing is compared.
    """

    event: Event
    before: Event | None
    whole: bool
    changes: tuple[Changed, ...]


class Crossing(NamedTuple):
    """Sessions by top theme and organization: the organizations with most sessions, units counted with their parents."""

    themes: tuple[str, ...]
    companies: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]

    def cell(self, theme: str, company: str) -> int:
        """Return how many sessions have both."""
        return self.counts.get(theme, {}).get(company, 0)


class Survey(NamedTuple):
    """Everything that a survey tells; `missing` counts the sessions of which a fact is not known."""

    query: str
    sessions: tuple[Session, ...]
    catalogue_sessions: int
    events: tuple[EventPart, ...]
    committee: Committee
    uncounted: tuple[Event, ...]
    tracks: tuple[Tracks, ...]
    kinds: Counts
    companies: tuple[Company, ...]
    company_kinds: Counts
    themes: tuple[ThemePart, ...]
    unfiled: tuple[str, ...]
    inferred: int
    keywords: Counts
    voices: Voices
    crossing: Crossing
    years: Trend
    editions: tuple[Edition, ...]
    missing: tuple[tuple[Fact, int], ...]
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]


def survey(catalogue: Catalogue, query: Node) -> Survey:
    """Survey the sessions of a query.

    Committees are counted of events whose committee is complete; the others are in `uncounted`. The largest track of an
    event is told when 4 of 5 of its sessions have one. A giant is a company with at least one in a hundred of all
    sessions of the catalogue, and five. Editions are compared as `compare` does, whole ones only.

    Raises:
        NotFoundError: the query names a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    docs = matcher.docs(query)
    events = tuple(_events(catalogue, docs))
    whole = [part.event for part in events if part.event.committee_coverage == "complete"]
    companies = facet_counts(catalogue, "company", query)
    ids = catalogue.index.ids()
    themes, unfiled = _themes(catalogue, query, docs, ids)
    return Survey(
        query=str(query),
        sessions=tuple(map(catalogue.session, doc_numbers(docs))),
        catalogue_sessions=len(catalogue),
        events=events,
        committee=_committee(catalogue, whole),
        uncounted=tuple(part.event for part in events if part.event not in whole),
        tracks=tuple(_tracks(catalogue, docs, events)),
        kinds=_counts(facet_counts(catalogue, "kind", query)),
        companies=tuple(_companies(catalogue, companies)),
        company_kinds=_company_kinds(catalogue, companies, docs),
        themes=themes,
        unfiled=unfiled,
        inferred=catalogue.index.counts("filing", docs).get("inferred", 0),
        keywords=_counts(facet_counts(catalogue, "keyword", query)),
        voices=_voices(catalogue, docs, ids),
        crossing=_crossing(catalogue, query),
        years=trend(catalogue, "theme", query),
        editions=tuple(_editions(catalogue, events)),
        missing=tuple((fact, _missing(catalogue, docs, fact)) for fact in FACTS),
        incomplete=catalogue.incomplete_events(docs),
        notices=matcher.notices,
    )


def _counts(found: FacetCounts) -> Counts:
    return tuple((value.value, value.sessions) for value in found.values)


def _ordered(counts: Mapping[str, int]) -> Counts:
    """Return values by falling count; equals stand in the order of their names."""
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0].casefold(), one[0])))


def _named(ids: Sequence[str], docs: DocSet) -> tuple[str, ...]:
    return tuple(ids[doc] for doc in doc_numbers(docs))


def _events(catalogue: Catalogue, docs: DocSet) -> Iterator[EventPart]:
    found = catalogue.index.counts("event", docs)
    totals = catalogue.index.counts("event", catalogue.everything)
    for event in catalogue.events.values():
        if event.id in found:
            yield EventPart(event, found[event.id], totals[event.id])


def _committee(catalogue: Catalogue, events: Sequence[Event]) -> Committee:
    if not events:
        return Committee((), (), (), 0, 0, ())
    return committee(catalogue, [event.id for event in events])


def _tracks(catalogue: Catalogue, docs: DocSet, events: Sequence[EventPart]) -> Iterator[Tracks]:
    index = catalogue.index
    tracked = index.docs_with("track", index.values("track"))
    for part in events:
        here = docs & index.docs_with("event", (part.event.id,))
        known = (here & tracked).bit_count()
        counts = _ordered(index.counts("track", here))
        largest = tuple(track for track, count in counts if count == counts[0][1])
        told = known and known >= HAVE_VALUE * part.sessions
        yield Tracks(part.event, part.sessions, known, counts, largest if told else None)


def _companies(catalogue: Catalogue, found: FacetCounts) -> Iterator[Company]:
    known = catalogue.organizations.by_name
    for value in found.values:
        one = known.get(value.value)
        yield Company(value.value, value.sessions, one.kind if one else None, one.parent if one else None)


def _company_kinds(catalogue: Catalogue, found: FacetCounts, docs: DocSet) -> Counts:
    """Return how many sessions have an organization of each kind, its own kind and not that of its parent."""
    known = catalogue.organizations.by_name
    named: dict[str, list[str]] = {}
    for value in found.values:
        one = known.get(value.value)
        named.setdefault(one.kind if one else "not known", []).append(value.value)
    index = catalogue.index
    counts = {
        kind: (index.docs_with("company/own", names) & docs).bit_count() for kind, names in named.items()
    }
    return _ordered({kind: count for kind, count in counts.items() if count})


def _themes(
    catalogue: Catalogue, query: Node, docs: DocSet, ids: Sequence[str]
) -> tuple[tuple[ThemePart, ...], tuple[str, ...]]:
    """Return the themes that have sessions, in the order of the tree, and the sessions that have none."""
    index = catalogue.index
    parts = tuple(
        ThemePart(
            one.theme,
            one.depth,
            one.sessions,
            _named(ids, docs & index.docs_with("theme/own", (one.theme.id,))) if one.own else (),
        )
        for one in theme_tree(catalogue, query).themes
        if one.sessions
    )
    filed = index.docs_with("theme", [part.theme.id for part in parts])
    return parts, _named(ids, docs & ~filed)


def _voices(catalogue: Catalogue, docs: DocSet, ids: Sequence[str]) -> Voices:
    index, known = catalogue.index, catalogue.organizations.by_name
    over_all = index.counts("company", catalogue.everything)
    least = max(GIANT_LEAST, -(-len(catalogue) * GIANT_SHARE // 1))
    firms = {
        name: count
        for name, count in index.counts("company", docs).items()
        if name in known and known[name].kind == "company" and known[name].parent is None
    }
    giants = [name for name, _ in _ordered(firms) if over_all[name] >= least]
    others = {name: count for name, count in firms.items() if name not in giants}
    by_others = docs & index.docs_with("company", list(others))
    by_giants = index.counts("theme", docs & index.docs_with("company", giants))
    unnamed = docs & ~index.docs_with("company", index.values("company"))
    return Voices(
        int(least),
        tuple(
            _voice(catalogue, {name: firms[name]}, docs & index.docs_with("company", (name,)), ids)
            for name in giants
        ),
        _ordered({top: by_giants[top] for top in catalogue.top_themes if top in by_giants}),
        _voice(catalogue, others, by_others, ids),
        unnamed.bit_count(),
    )


def _voice(catalogue: Catalogue, companies: Mapping[str, int], docs: DocSet, ids: Sequence[str]) -> Voice:
    themes = catalogue.index.counts("theme", docs, own=True)
    return Voice(_ordered(companies), docs.bit_count(), _ordered(themes), _named(ids, docs))


def _crossing(catalogue: Catalogue, query: Node) -> Crossing:
    known = catalogue.organizations.by_name
    table = crosstab(catalogue, "theme", "company", query)
    outer = [name for name in table.column_values if not (name in known and known[name].parent)]
    companies = tuple(outer[:CROSSED])
    themes = tuple(theme for theme in table.row_values if theme in catalogue.top_themes)
    counts = {
        theme: {name: count for name in companies if (count := table.cell(theme, name))} for theme in themes
    }
    return Crossing(themes, companies, counts)


def _editions(catalogue: Catalogue, events: Sequence[EventPart]) -> Iterator[Edition]:
    for part in events:
        before = _before(catalogue, part.event)
        whole = part.sessions == part.total
        changes = _changes(catalogue, part.event, before) if before and whole else ()
        yield Edition(part.event, before, whole, tuple(changes))


def _before(catalogue: Catalogue, event: Event) -> Event | None:
    """Return the latest earlier edition of the series that has any session here."""
    held = catalogue.index.counts("event", catalogue.everything)
    earlier = [
        one
        for one in catalogue.events.values()
        if one.series == event.series and one.year < event.year and one.id in held
    ]
    return max(earlier, key=lambda one: one.year, default=None)


def _changes(catalogue: Catalogue, event: Event, before: Event) -> Iterator[Changed]:
    found = compare(catalogue, f"event:{event.id}", f"event:{before.id}", Everything())
    changed = [
        Changed(one.facet, one.value, one.a, one.b, _change(one))
        for one in found.values
        if one.facet in CHANGED_FACETS and one.a != one.b
    ]
    yield from sorted(
        changed,
        key=lambda one: (
            CHANGED_FACETS.index(one.facet),
            CHANGES.index(one.change),
            -max(one.now, one.before),
            one.value.casefold(),
        ),
    )


def _change(one: ComparedValue) -> ChangeKind:
    if one.over == "a":
        return "grown" if one.b else "new"
    if one.over == "b":
        return "shrunk" if one.a else "gone"
    return "few"


def _missing(catalogue: Catalogue, docs: DocSet, fact: Fact) -> int:
    facet, values = _HAVE[fact]
    have = catalogue.index.docs_with(facet, values or catalogue.index.values(facet))
    return (docs & ~have).bit_count()
