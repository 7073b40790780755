"""A survey of the sessions of a query: events, committees, themes, companies, years and editions, as plain values.

Does not give numbers that the data do not support: a part of which too little is known has None instead.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from mltalks.analysis.committee import Committee, committee
from mltalks.analysis.compare import ComparedValue, compared_values
from mltalks.analysis.crosstab import CrossTab, crosstab
from mltalks.analysis.earlier_editions import previous
from mltalks.analysis.facets import Counts, by_count, theme_tree
from mltalks.analysis.tracks import Tracks, event_tracks
from mltalks.analysis.trend import Trend, trend
from mltalks.dataset.model import Event, Session, Theme
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.index.postings import doc_numbers
from mltalks.search.index_opener import Progress
from mltalks.search.selection import Selection

GIANT_SHARE = 0.01  # of all sessions of the catalogue: a company with so many is called a giant
GIANT_LEAST = 5  # sessions of a giant, at least, so that a small catalogue has none by chance
CROSSED = 12  # organizations in the table of themes and organizations
CHANGED_FACETS = ("theme", "company")
MANY = 10  # events

# The facet, and its values (None: any), of the sessions of which a fact is known.
_KNOWN_BY: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "track": ("track", None),
    "organization": ("company", None),
    "speakers": ("speaker", None),
    "keywords": ("keyword", None),
    "themes": ("theme", None),
    **{fact: ("has", (fact,)) for fact in ("summary", "slides", "paper", "video", "url", "doi")},
}
FACTS = tuple(_KNOWN_BY)
ChangeKind = Literal["new", "grown", "shrunk", "gone", "few"]
CHANGES: tuple[ChangeKind, ...] = get_args(ChangeKind)


class EventPart(NamedTuple):
    """An event with its sessions that the query finds, out of those that the catalogue has of it."""

    event: Event
    sessions: int
    total: int


class Company(NamedTuple):
    """An organization with its sessions; its kind and the organization that it is a unit of are None if not known."""

    name: str
    sessions: int
    kind: str | None
    parent: str | None


class ThemePart(NamedTuple):
    """A theme, its depth (0 at the top), its sessions with those of narrower themes, and the ids of those without."""

    theme: Theme
    depth: int
    sessions: int
    ids: tuple[str, ...]


class Voice(NamedTuple):
    """One company, or several together, with the themes of their sessions, the most frequent first."""

    companies: Counts
    sessions: int
    themes: Counts
    ids: tuple[str, ...]


class Voices(NamedTuple):
    """The giants one by one and all other companies together; a giant has at least `least` sessions.

    A session of a giant and another company counts for both. `themes` are the top themes of the giants' sessions;
    `unknown` counts the sessions without a known organization.
    """

    least: int
    giants: tuple[Voice, ...]
    themes: Counts
    others: Voice
    unknown: int


class Changed(NamedTuple):
    """A theme or company compared with the edition before; "few" is a difference that may be chance."""

    facet: str
    value: str
    now: int
    before: int
    change: ChangeKind


class Edition(NamedTuple):
    """The changes from one edition of a series to the next; `before` is None for the first one, and if it is `open` which one it is.

    `whole` is whether the query finds all known sessions of the edition. It is `compared` if that is so of both editions, and
    both are complete, or nearly.
    """

    event: Event
    before: Event | None
    whole: bool
    compared: bool
    changes: tuple[Changed, ...]
    open: bool = False


class OwnData(NamedTuple):
    """What of a survey is not from the shipped data: sessions added, changed, or whose themes were decided; organizations; events."""

    added: int = 0
    changed: int = 0
    decided: int = 0
    organizations: int = 0
    events: int = 0


class Survey(NamedTuple):
    """All parts of a survey; `own` is counted by the command, which knows where the data come from.

    `programmes` are the sessions of an event whose times are known, in this order. `missing` counts the sessions of which a fact is not known. `crossing` is a table of top themes and the organizations with
    most sessions, those of their units included.
    """

    query: str
    sessions: Sequence[Session]
    catalogue_sessions: int
    events: tuple[EventPart, ...]
    programmes: tuple[tuple[Event, tuple[Session, ...]], ...]
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
    crossing: CrossTab
    years: Trend
    editions: tuple[Edition, ...]
    missing: tuple[tuple[str, int], ...]
    incomplete: tuple[Event, ...]
    notices: tuple[Message, ...]
    own: OwnData = OwnData()


def survey(selection: Selection, progress: Progress | None = None) -> Survey:
    """Survey the sessions.

    Committees are counted of events whose committee is complete or tallied; the others are in `uncounted`. A giant is a company
    with at least one in a hundred of all sessions of the catalogue, and five. Editions are compared as `compare` does (see
    `Edition`), and take the longest: `progress` is called with the number of events compared and that of all.
    """
    catalogue = selection.catalogue
    events = tuple(_events(selection))
    tallied = {tally.event for tally in catalogue.committee_tallies}
    counted = [
        one.event for one in events if one.event.committee_coverage == "complete" or one.event.id in tallied
    ]
    companies = selection.counts("company")
    themes = tuple(_themes(selection))
    return Survey(
        query=str(selection.query),
        sessions=selection.sessions(),
        catalogue_sessions=len(catalogue),
        events=events,
        programmes=tuple(_programmes(selection, events)),
        committee=committee(catalogue, [event.id for event in counted]),
        uncounted=tuple(part.event for part in events if part.event not in counted),
        tracks=tuple(event_tracks(selection, part.event) for part in events),
        kinds=by_count(selection.counts("kind")),
        companies=tuple(_companies(catalogue, companies)),
        company_kinds=_company_kinds(selection, companies),
        themes=themes,
        unfiled=selection.without("theme").ids(),
        inferred=selection.counts("filing").get("inferred", 0),
        keywords=by_count(selection.counts("keyword")),
        voices=_voices(selection),
        crossing=_crossing(selection),
        years=trend(selection, "theme"),
        editions=tuple(_editions(catalogue, events, progress)),
        missing=tuple((fact, selection.without(*known).size) for fact, known in _KNOWN_BY.items()),
        incomplete=selection.incomplete_events(),
        notices=selection.notices,
    )


def _events(selection: Selection) -> Iterator[EventPart]:
    found = selection.counts("event")
    totals = selection.all().counts("event")
    for event in selection.catalogue.events.values():
        if event.id in found:
            yield EventPart(event, found[event.id], totals[event.id])


def _programmes(
    selection: Selection, events: Sequence[EventPart]
) -> Iterator[tuple[Event, tuple[Session, ...]]]:
    """Yield each event that has sessions with a time, with these in the order of time; nothing of many events."""
    catalogue = selection.catalogue
    dates = catalogue.index.sessions.dates() if len(events) <= MANY else {}
    for part in events if dates else ():
        docs = catalogue.index.facets.docs("event", (part.event.id,)) & selection.docs
        timed = sorted((doc for doc in doc_numbers(docs) if "T" in dates.get(doc, "")), key=dates.__getitem__)
        if timed:
            yield part.event, tuple(map(catalogue.session, timed))


def _companies(catalogue: Catalogue, counts: Mapping[str, int]) -> Iterator[Company]:
    known = catalogue.organizations.by_name
    for name, count in by_count(counts):
        one = known.get(name)
        yield Company(name, count, one.kind if one else None, one.parent if one else None)


def _company_kinds(selection: Selection, companies: Iterable[str]) -> Counts:
    """Return how many sessions have an organization of each kind: a unit also counts under the kinds of its parents.

    An organization is of the kind "not known" if neither its own kind nor that of a parent is known.
    """
    organizations = selection.catalogue.organizations
    known = organizations.by_name
    named: dict[str, list[str]] = {}
    for name in companies:
        kinds = {known[one].kind for one in organizations.with_parents((name,)) if one in known} - {None}
        for kind in kinds or {"not known"}:
            named.setdefault(kind or "not known", []).append(name)
    counts = {kind: selection.having("company/own", names).size for kind, names in named.items()}
    return by_count({kind: count for kind, count in counts.items() if count})


def _themes(selection: Selection) -> Iterator[ThemePart]:
    """Yield the themes that have sessions, in the order of the tree."""
    for one in theme_tree(selection).themes:
        if one.sessions:
            ids = selection.having("theme/own", (one.theme.id,)).ids() if one.own else ()
            yield ThemePart(one.theme, one.depth, one.sessions, ids)


def _voices(selection: Selection) -> Voices:
    catalogue = selection.catalogue
    known = catalogue.organizations.by_name
    totals = selection.all().counts("company")
    least = max(GIANT_LEAST, -(-len(catalogue) * GIANT_SHARE // 1))
    firms = {
        name: count
        for name, count in selection.counts("company").items()
        if name in known and known[name].kind == "company" and known[name].parent is None
    }
    giants = [name for name, _ in by_count(firms) if totals[name] >= least]
    others = {name: count for name, count in firms.items() if name not in giants}
    by_giants = selection.having("company", giants).counts("theme")
    return Voices(
        int(least),
        tuple(_voice(selection, {name: firms[name]}) for name in giants),
        by_count({top: by_giants[top] for top in catalogue.top_themes if top in by_giants}),
        _voice(selection, others),
        selection.without("company").size,
    )


def _voice(selection: Selection, companies: Mapping[str, int]) -> Voice:
    found = selection.having("company", companies)
    return Voice(by_count(companies), found.size, by_count(found.counts("theme/own")), found.ids())


def _crossing(selection: Selection) -> CrossTab:
    known = selection.catalogue.organizations.by_name
    table = crosstab(selection, "theme", "company")
    outer = [name for name in table.column_values if not (name in known and known[name].parent)]
    themes = tuple(theme for theme in table.row_values if theme in selection.catalogue.top_themes)
    return table._replace(row_values=themes, column_values=tuple(outer[:CROSSED]))


def _editions(
    catalogue: Catalogue, events: Sequence[EventPart], progress: Progress | None
) -> Iterator[Edition]:
    if len(events) > MANY:
        for facet in CHANGED_FACETS:
            catalogue.index.facets.by_doc(facet)  # makes counting few sessions fast from now on
    held = catalogue.index.facets.counts("event", catalogue.everything)
    series: dict[str, list[Event]] = {}
    for event in catalogue.events.values():
        if event.id in held:
            series.setdefault(event.series, []).append(catalogue.dated(event))
    whole = {part.event.id: part.sessions == part.total for part in events}
    for done, part in enumerate(events):
        if progress is not None:
            progress(done, len(events))
        before, is_open = previous(catalogue.dated(part.event), series[part.event.series])
        compared = before is not None and all(
            whole.get(one.id, False) and one.whole for one in (part.event, before)
        )
        changes = _changes(catalogue, part.event, before) if before and compared else ()
        yield Edition(part.event, before, whole[part.event.id], compared, tuple(changes), is_open)


def _changes(catalogue: Catalogue, event: Event, before: Event) -> list[Changed]:
    now, then = (catalogue.index.facets.docs("event", (one.id,)) for one in (event, before))
    changed = [
        Changed(one.facet, one.value, one.a, one.b, _change(one))
        for one in compared_values(catalogue.index, now, then, CHANGED_FACETS)
        if one.a != one.b
    ]
    return sorted(
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
