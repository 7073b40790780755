"""All that is loaded: sessions, events, themes, organizations, with names resolved; hands out the index.

Answers "what is there" and "what does this name mean"; questions with a ranking or a count live above it.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from mltalks.dataset import Dataset, files_in, read
from mltalks.errors import DataError
from mltalks.index import FacetEntry, Index
from mltalks.messages import Lang, Message
from mltalks.model import Event, Session, Theme
from mltalks.names import Names
from mltalks.organizations import Organizations
from mltalks.problems import Problem
from mltalks.text import is_japanese, name_key
from mltalks.thesaurus import Thesaurus

FACETS = ("company", "theme", "event", "year", "series", "kind", "keyword", "speaker", "track")


class Catalogue:
    """The records of a dataset by id, with every name resolved."""

    def __init__(self, data: Dataset) -> None:
        self.sessions: Sequence[Session] = tuple(data.sessions)
        self.events = {event.id: event for event in data.events}
        self.themes = {theme.id: theme for theme in data.themes}
        self.members = tuple(data.members)
        self.thesaurus = Thesaurus(data.terms)
        self.organizations = Organizations(data.organizations)
        self._canonical_spelling: dict[tuple[str, str], str] = {}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each session in the index, by id."""
        return {session.id: number for number, session in enumerate(self.sessions)}

    def event(self, session: Session) -> Event:
        """Return the event at which a session was given."""
        return self.events[session.event]

    def companies(self, session: Session) -> tuple[str, ...]:
        """Return the canonical organizations of a session: its own and its speakers', in that order, each once."""
        printed = (*session.organizations, *(s.organization for s in session.speakers if s.organization))
        resolved = (
            name for spelling in dict.fromkeys(printed) for name in self.organizations.resolve(spelling)
        )
        return tuple(dict.fromkeys(resolved))

    def broader(self, theme: str) -> tuple[str, ...]:
        """Return the ids of the themes above a theme, the nearest first."""
        found: list[str] = []
        step = self.themes[theme].broader
        while step is not None:
            found.append(step)
            step = self.themes[step].broader
        return tuple(found)

    def narrower(self, theme: str | None) -> tuple[Theme, ...]:
        """Return the themes right below a theme (None: the top ones), in the order of the file."""
        return self._narrower.get(theme, ())

    @cached_property
    def _narrower(self) -> dict[str | None, tuple[Theme, ...]]:
        below: dict[str | None, tuple[Theme, ...]] = {}
        for theme in self.themes.values():
            below[theme.broader] = (*below.get(theme.broader, ()), theme)
        return below

    @cached_property
    def index(self) -> Index:
        """The index over all sessions, numbered as in `sessions`."""
        return Index(self)

    def __len__(self) -> int:
        return len(self.sessions)

    def texts(self, doc: int) -> dict[str, tuple[str, ...]]:
        """Return what is indexed of a session, by field."""
        session = self.sessions[doc]
        event = self.event(session)
        return {
            "title": (session.title,),
            "keywords": session.keywords,
            "keywords_ja": session.keywords_ja,
            "companies": self.companies(session),
            "speakers": tuple(speaker.name for speaker in session.speakers),
            "track": (session.track,) if session.track else (),
            "event": (f"{event.name} {event.series} {event.year}",),
            "summary": (session.summary,) if session.summary else (),
            "summary_ja": (session.summary_ja,) if session.summary_ja else (),
        }

    def facets(self, doc: int) -> Iterator[FacetEntry]:
        """Yield the values under which a session is counted and filtered."""
        session = self.sessions[doc]
        event, companies = self.event(session), self.companies(session)
        yield FacetEntry("id", session.id)
        yield FacetEntry("event", event.id)
        yield FacetEntry("series", event.series)
        yield FacetEntry("year", str(event.year))
        yield FacetEntry("kind", session.kind)
        yield from (FacetEntry("lang", lang) for lang in languages(session))
        yield from (FacetEntry("has", what) for what in self._has(session, companies))
        if session.track:
            yield FacetEntry("track", self._one_spelling("track", session.track))
        for keyword in (*session.keywords, *session.keywords_ja):
            yield FacetEntry("keyword", self._one_spelling("keyword", keyword))
        for speaker in session.speakers:
            yield FacetEntry("speaker", self._one_spelling("speaker", speaker.name))
        yield from _own_and_above("company", companies, self.organizations.with_parents(companies))
        above = (theme for own in session.themes for theme in self.broader(own))
        yield from _own_and_above("theme", session.themes, above)

    def _has(self, session: Session, companies: tuple[str, ...]) -> Iterator[str]:
        links = {"slides": session.slides, "paper": session.paper, "video": session.video}
        yield from (what for what, link in links.items() if link)
        if session.summary or session.summary_ja:
            yield "summary"
        if companies:
            yield "organization"

    def _one_spelling(self, facet: str, value: str) -> str:
        """Return the first spelling seen of a value that is spelled in several ways, up to case and width."""
        return self._canonical_spelling.setdefault((facet, name_key(value) or value), value)

    @cached_property
    def _names(self) -> dict[str, Names]:
        return {}

    def names(self, facet: str) -> Names:
        """Return the names by which the values of a facet go."""
        if facet not in self._names:
            self._names[facet] = Names(self._spellings(facet))
        return self._names[facet]

    def _spellings(self, facet: str) -> Iterator[tuple[str, str]]:
        if facet == "company":
            for organization in self.organizations.by_name.values():
                yield from ((name, organization.name) for name in (organization.name, *organization.aliases))
        elif facet == "theme":
            for theme in self.themes.values():
                yield from ((name, theme.id) for name in (theme.id, theme.label_en, theme.label_ja) if name)
        elif facet == "event":
            for event in self.events.values():
                yield from ((name, event.id) for name in (event.id, event.name, event.full_name) if name)
        elif facet == "id":
            yield from ((session.id, session.id) for session in self.sessions)
            return
        yield from ((value, value) for value in self.index.values(facet))

    def label(self, facet: str, value: str, lang: Lang) -> str:
        """Return how a facet value is shown: the label of a theme, the name of an event, else the value."""
        if facet == "theme":
            return self.themes[value].label(lang)
        return self.events[value].name if facet == "event" else value

    def incomplete_events(self, numbers: Iterable[int]) -> tuple[Event, ...]:
        """Return the events of these sessions of which not all sessions are known, in the order of the file."""
        seen = {self.sessions[number].event for number in numbers}
        return tuple(event for event in self.events.values() if event.id in seen and not event.complete)


def languages(session: Session) -> tuple[Lang, ...]:
    """Return the languages in which a session says something: its title, keywords and summaries."""
    said = [session.title, *session.keywords, *session.keywords_ja]
    said += [text for text in (session.summary, session.summary_ja) if text]
    japanese = [is_japanese(text) for text in said]
    found: list[Lang] = []
    if not all(japanese):
        found.append("en")
    if any(japanese):
        found.append("ja")
    return tuple(found)


def _own_and_above(facet: str, own: Iterable[str], above: Iterable[str]) -> Iterator[FacetEntry]:
    mine = dict.fromkeys(own)
    yield from (FacetEntry(facet, value) for value in mine)
    yield from (FacetEntry(facet, value, own=False) for value in dict.fromkeys(above) if value not in mine)


def load(layers: Iterable[Sequence[Path]]) -> Catalogue:
    """Load layers of TOML files into a catalogue.

    Raises:
        DataError: with every problem of every file, when any of them is an error.

    """
    collecting = gc.isenabled()
    gc.disable()  # nothing made here is garbage; collecting in between takes as long as the loading
    try:
        data = read(layers)
    finally:
        if collecting:
            gc.enable()
    if data.errors:
        raise DataError(data.errors)
    return Catalogue(data)


def layers_of(paths: Iterable[Path]) -> list[list[Path]]:
    """Return a layer of files for each path, which may be a file or a folder of TOML files."""
    layers = []
    for path in paths:
        files = files_in(path)
        if not files:
            raise DataError([Problem(path, None, None, None, Message("no TOML file in this folder"))])
        layers.append(files)
    return layers
