"""The catalogue: sessions, events, themes, organizations and their names as plain values, read from the index.

Does not evaluate queries, rank or count: `selection`, `ranking` and the package `analysis` do.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, TypeVar, overload

from mltalks.dataset.hierarchy import ancestors
from mltalks.errors import NotFoundError
from mltalks.messages import Lang, word
from mltalks.search.index.postings import DocSet, doc_set
from mltalks.search.index.reader import Index
from mltalks.search.name_resolver import NameResolver
from mltalks.text.folding import title_key

if TYPE_CHECKING:
    from mltalks.dataset.model import (
        CommitteeTally,
        Decision,
        Event,
        Keyword,
        Member,
        Session,
        Theme,
        TrackTally,
        Unloaded,
    )
    from mltalks.dataset.organizations import Organizations
    from mltalks.search.addresses import AddressBook
    from mltalks.taxonomy.classifier import Classifier

K = TypeVar("K")
T = TypeVar("T")
FACETS = (
    "company", "theme", "event", "year", "series", "kind", "keyword", "speaker", "track", "lang", "language", "tag", "mark",
    "filing",
)  # fmt: skip
_WORDED = ("kind", "mark", "filing", "has")  # facets whose values are words of mltalks


class Catalogue:
    """Everything that one index holds, turned into plain values on demand."""

    def __init__(self, index: Index, first_own: int = 1) -> None:
        """Take an index, and the number of the first layer of files that is not of the shipped data."""
        self.index = index
        self._first_own = first_own
        self._names: dict[str, NameResolver] = {}

    def __len__(self) -> int:
        return self.index.count

    def doc(self, session_id: str) -> int:
        """Return the number of a session by its id, DOI or citation key.

        Raises NotFoundError: there is none; the error holds the nearest ids.
        """
        found = self.found(session_id)
        if found is None:
            near = self.names("id").nearest(session_id)
            raise NotFoundError.named("session", session_id, near)
        return found

    def found(self, typed: str) -> int | None:
        """Return the number of the session of an id, or of the first session of a DOI or a citation key; else None."""
        return next(iter(self.docs_named(typed)), None)

    def docs_named(self, typed: str) -> list[int]:
        """Return the number of the session of an id, or of all sessions of a DOI or a citation key."""
        found = self.index.sessions.doc(typed)
        return self.of_work(typed) or self.cited(typed) if found is None else [found]

    def titled(self, typed: str) -> list[str]:
        """Return the ids of the sessions that have a title, up to case, width and punctuation."""
        key = title_key(typed)
        return self._by_title.get(key, []) if key else []

    @cached_property
    def _by_title(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for session, title, _, _ in self.index.sessions.briefs():
            found.setdefault(title_key(title), []).append(session)
        return found

    def cited(self, key: str) -> list[int]:
        """Return the numbers of the sessions of a citation key, in any case."""
        return [*self.index.ordered(self.index.facets.docs("id/cited", (key.casefold(),)))]

    def of_doi(self, typed: str) -> list[int] | None:
        """Return the numbers of the sessions of a DOI, in any of its spellings; None if the text is none."""
        if "10." not in typed:
            return None
        from mltalks.dataset.values import doi_key

        doi = doi_key(typed)
        return None if doi is None else [*self.index.ordered(self.index.facets.docs("doi", (doi,)))]

    def of_work(self, typed: str) -> list[int] | None:
        """Return the numbers of the sessions of a DOI, an address or a number of arXiv; None if the text is none of these."""
        found = self.of_doi(typed)
        if found or ("/" not in typed and "." not in typed):
            return found
        linked = self.addresses.docs(typed)
        return found if linked is None else linked

    @cached_property
    def addresses(self) -> "AddressBook":
        """The sessions by their addresses."""
        from mltalks.search.addresses import AddressBook  # for what looks like an address alone

        return AddressBook(self.index.sessions)

    @property
    def everything(self) -> DocSet:
        """The set of all documents."""
        return self.index.everything

    def record(self, doc: int) -> dict[str, Any]:
        """Return a session as JSON holds it (see `Session.record`)."""
        found: dict[str, Any] = json.loads(self.index.sessions.record(doc))
        return found

    def session(self, doc: int) -> "Session":
        """Return a session by its number."""
        from mltalks.dataset.model import Session

        return Session.of(self.record(doc))

    @cached_property
    def ids(self) -> dict[int, str]:
        """The ids of all sessions, by number."""
        return self.index.sessions.ids()

    @cached_property
    def events(self) -> "dict[str, Event]":
        """The events by id, in the order of the files."""
        from mltalks.dataset.model import Event

        return {event["id"]: Event(**event) for event in self.index.things("events")}

    @cached_property
    def themes(self) -> "dict[str, Theme]":
        """The themes by id, in the order of the files."""
        from mltalks.dataset.model import Theme, ThemeTerms

        found: dict[str, Theme] = {}
        for theme in self.index.things("themes"):
            aliases, terms = tuple(theme.pop("aliases")), ThemeTerms(*map(tuple, theme.pop("terms")))
            found[theme["id"]] = Theme(**theme, aliases=aliases, terms=terms)
        return found

    @cached_property
    def _theme_labels(self) -> dict[str, tuple[str | None, str | None, str | None]]:
        """The English and the Japanese label and the broader theme of each theme, much faster to read than `themes`."""
        return {theme: tuple(found) for theme, found in json.loads(self.index.meta("theme_labels")).items()}

    @cached_property
    def classifier(self) -> "Classifier":
        """The classifier that infers the themes of sessions."""
        from mltalks.taxonomy.classifier import Classifier

        return Classifier(list(self.themes.values()), events=self.events.values())

    @cached_property
    def decisions(self) -> "tuple[Decision, ...]":
        """The user's decisions on themes, in the order in which they were made."""
        from mltalks.dataset.model import Decision

        return tuple(Decision(**decision) for decision in self.index.things("decisions"))

    @cached_property
    def unloaded(self) -> "tuple[Unloaded, ...]":
        """The records of the user that belong to a file that is not loaded."""
        found = self.index.things("unloaded")
        if not found:
            return ()
        from mltalks.dataset.model import Unloaded  # 2 ms that most need not wait for

        return tuple(Unloaded(**one) for one in found)

    @cached_property
    def organizations(self) -> "Organizations":
        """The organizations by all their names."""
        from mltalks.dataset.model import Organization
        from mltalks.dataset.organizations import Organizations

        things = self.index.things("organizations")
        return Organizations(Organization(**{**one, "aliases": tuple(one["aliases"])}) for one in things)

    @cached_property
    def members(self) -> "tuple[Member, ...]":
        """The members of all committees."""
        from mltalks.dataset.model import Member

        return tuple(Member(**member) for member in self.index.things("members"))

    @cached_property
    def committee_tallies(self) -> "tuple[CommitteeTally, ...]":
        """The seats on committees that are known as counts."""
        from mltalks.dataset.model import CommitteeTally

        things = self.index.things("committee_tallies")
        return tuple(CommitteeTally(**{**one, "seats": tuple(map(tuple, one["seats"]))}) for one in things)

    @cached_property
    def seated(self) -> "Counter[str]":
        """The number of seats on committees by organization: under its canonical name, and those of its parents."""
        printed = [(one.organization, 1) for one in self.members if one.organization]
        printed += [pair for tally in self.committee_tallies for pair in tally.seats]
        found: Counter[str] = Counter()
        for name, seats in printed:
            for one in self.organizations.with_parents(self.organizations.resolve(name)):
                found[one] += seats
        return found

    @cached_property
    def track_tallies(self) -> "dict[str, TrackTally]":
        """The sessions by track that are known as counts, by the id of the event."""
        from mltalks.dataset.model import TrackTally

        things = self.index.things("track_tallies")
        return {
            one["event"]: TrackTally(**{**one, "tracks": tuple(map(tuple, one["tracks"]))}) for one in things
        }

    @cached_property
    def keywords(self) -> "dict[str, Keyword]":
        """The keywords whose texts in both languages are known, by their values."""
        from mltalks.dataset.model import Keyword

        things = self.index.things("keywords")
        found = (Keyword(one["id"], tuple(one["en"]), tuple(one["ja"])) for one in things)
        return {keyword.label_en: keyword for keyword in found}

    def broader(self, theme: str) -> tuple[str, ...]:
        """Return the ids of the themes above a theme, the nearest first."""
        return tuple(ancestors(theme, self.theme_parents))

    @cached_property
    def theme_parents(self) -> dict[str, str | None]:
        """The id of the broader theme of each theme, None for the top ones, in the order of the file."""
        return {theme: broader for theme, (_, _, broader) in self._theme_labels.items()}

    @cached_property
    def top_themes(self) -> tuple[str, ...]:
        """The ids of the themes that have no broader one, in the order of the file."""
        return tuple(theme for theme, parent in self.theme_parents.items() if parent is None)

    def names(self, facet: str) -> NameResolver:
        """Return the resolver of the names of a facet's values."""
        if facet not in self._names:
            self._names[facet] = NameResolver(
                self.index, facet, self.theme_parents if facet == "theme" else None
            )
        return self._names[facet]

    def label(self, facet: str, value: str, lang: Lang) -> str:
        """Return the text that shows a facet's value: its label, its name in the language or, if it has none, the value."""
        if facet in _WORDED:
            return word(value, lang)
        if facet in ("lang", "language"):
            from mltalks.dataset.languages import language_name  # 1 ms that other facets need not wait for

            return language_name(value, lang)
        if facet == "company":
            return self._company(value, lang)
        if facet == "event":
            return self.events[value].name
        if facet == "theme":
            labels = self.labels(facet, value)
            return next(filter(None, reversed(labels) if lang == "ja" else labels), value)
        known = self.keywords.get(value) if facet == "keyword" else None
        return known.label(lang) if known else value

    def japanese(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        """Return what messages in Japanese call themes, by id; of other facets nothing, since their values are names."""
        known = values if facet == "theme" else ()
        return {one: self.label(facet, one, "ja") for one in known if one in self._theme_labels}

    def _company(self, name: str, lang: Lang) -> str:
        """Return the text that shows an organization: in Japanese the Japanese name of its record, if that has one."""
        known = self.organizations.by_name.get(name) if lang == "ja" else None
        return known.name_ja or name if known else name

    def days(self, event: "Event") -> str:
        """Return the days of an event; if it has none, those of its sessions, if all have one and they are within a week."""
        return self.dated(event).days

    def dated(self, event: "Event") -> "Event":
        """Return an event with its days, or those of its sessions, as `days` has them."""
        known = event.start_date or event.end_date
        return event if known else event.with_days_of(map(self._dates.get, self.docs_of(event.id)))

    def docs_of(self, event: str) -> list[int]:
        """Return the numbers of the sessions of an event, in their order."""
        return [*self.index.ordered(self.index.facets.docs("event", (event,)))]

    def of_origin(self, origins: Collection[str]) -> DocSet:
        """Return the sessions that are in the shipped data, or the others, or both ("shipped", "own")."""
        everything = self.index.everything
        below = set(self.index.ids_below(self._first_own))
        shipped = doc_set((doc for doc, name in self.ids.items() if name in below), self.index.size)
        by_name = {"shipped": shipped, "own": everything & ~shipped}
        return reduce(or_, map(by_name.__getitem__, origins))

    @cached_property
    def _dates(self) -> dict[int, str]:
        return self.index.sessions.dates()

    def labels(self, facet: str, value: str) -> tuple[str | None, str | None]:
        """Return the labels of a theme or keyword in English and Japanese; None for each that is not known."""
        if facet == "theme":
            return self._theme_labels[value][:2]
        known = self.keywords.get(value) if facet == "keyword" else None
        return (known.label_en, known.label_ja) if known else (None, None)


def outermost(organizations: "Organizations", names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those of units of another one: of "Microsoft" and its lab, "Microsoft"."""
    known = dict.fromkeys(names)
    return tuple(name for name in known if known.keys().isdisjoint(organizations.with_parents((name,))[1:]))


class MadeOnDemand(Sequence[T]):
    """The results of a function of each key, which are made when they are asked for, and not kept.

    >>> squares = MadeOnDemand(range(4), lambda number: number * number)
    >>> len(squares), squares[3], list(squares[1:]), squares == (0, 1, 4, 9)
    (4, 9, [1, 4, 9], True)
    """

    def __init__(self, keys: Sequence[K], make: Callable[[K], T]) -> None:
        self._keys: Sequence[Any] = keys
        self._make = make

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> "MadeOnDemand[T]": ...
    def __getitem__(self, at: int | slice) -> "T | MadeOnDemand[T]":
        return (
            MadeOnDemand(self._keys[at], self._make) if isinstance(at, slice) else self._make(self._keys[at])
        )

    def __iter__(self) -> Iterator[T]:
        return map(self._make, self._keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
