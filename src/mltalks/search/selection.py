"""A selection: the sessions that a query finds, evaluated once and handed to every analysis; orders that do not depend on a query.

Does not rank sessions: `ranking` does.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from mltalks.messages import FieldName, Message
from mltalks.search.catalogue import Catalogue, MadeOnDemand
from mltalks.search.index.postings import DocSet, doc_numbers, doc_set
from mltalks.search.matcher import Matcher
from mltalks.search.query.nodes import Filter, Node, Phrase, all_of, parts_of
from mltalks.search.query.written_years import SIGN_OF_JAPANESE
from mltalks.search.rewriting.id_words import with_ids
from mltalks.text.folding import name_key

if TYPE_CHECKING:
    from pandas import DataFrame

    from mltalks.dataset.model import Event, Session
    from mltalks.search.ranking import Hits

Order = Literal["date", "title", "event", "company", "speaker", "added"]
ONE_VALUE = ("year", "event", "series", "kind")  # fields of which a session has one value
NEWEST_FIRST = ("date", "added")
LINKS = frozenset(("paper", "slides", "video"))
_LAST = chr(0x10FFFF)  # after every name


class Selection(NamedTuple):
    """The sessions of a catalogue that a query finds; `notices` say how the query was understood."""

    catalogue: Catalogue
    query: Node
    docs: DocSet
    notices: tuple[Message, ...] = ()

    @property
    def size(self) -> int:
        """The number of sessions."""
        return self.docs.bit_count()

    def sessions(self) -> "Sequence[Session]":
        """Return the sessions, in the order of the files; each is read when it is asked for."""
        return MadeOnDemand(array("I", self.catalogue.index.ordered(self.docs)), self.catalogue.session)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the sessions, in the order of the files."""
        return tuple(map(self.catalogue.ids.__getitem__, self.catalogue.index.ordered(self.docs)))

    def counts(self, facet: str) -> dict[str, int]:
        """Return the number of sessions with each value of a facet; values without any are left out."""
        return self.catalogue.index.facets.counts(facet, self.docs)

    def pairs(self, rows: str, columns: str) -> Iterator[tuple[str, Counter[str]]]:
        """Yield each value of `rows` with the number of sessions that have both it and each value of `columns`."""
        return self.catalogue.index.facets.pairs(rows, columns, self.docs)

    def having(self, facet: str, values: Collection[str] | None = None) -> "Selection":
        """Return the sessions that have any of these values of a facet, or any value at all."""
        return self._replace(docs=self.docs & self.catalogue.index.facets.docs(facet, values))

    def without(self, facet: str, values: Collection[str] | None = None) -> "Selection":
        """Return the sessions that have none of these values of a facet, or no value at all."""
        return self._replace(docs=self.docs & ~self.having(facet, values).docs)

    def all(self) -> "Selection":
        """Return all sessions of the catalogue."""
        return self._replace(docs=self.catalogue.everything)

    def incomplete_events(self) -> "tuple[Event, ...]":
        """Return the events of these sessions of which not all sessions are known, in the order of the files."""
        found = self.counts("event")
        return tuple(
            event for event in self.catalogue.events.values() if not event.complete and event.id in found
        )


def select(catalogue: Catalogue, query: Node) -> Selection:
    """Evaluate a query; words that are ids are read as such (see `id_words`), and years that are not certain are left out.

    Raises NotFoundError: the query names a company, theme, event, series or id that does not exist.
    """
    query, read = with_ids(catalogue, query)
    left_out: tuple[Message, ...] = ()
    if not (typed := str(query)).isascii() and re.search(SIGN_OF_JAPANESE, typed):
        from mltalks.search.rewriting.filter_hints import without_vague_years  # 1 ms for few queries

        query, left_out = without_vague_years(catalogue, query)
    matcher = Matcher(catalogue)
    docs = matcher.docs(query)
    others = (
        *(() if docs else why_nothing(catalogue, query)),
        *_other_forms(matcher, query, docs),
        *_not_filed(matcher, query),
    )
    notices = (*read, *left_out, *matcher.notices, *others)
    return Selection(catalogue, query, docs, notices)


def _other_forms(matcher: Matcher, query: Node, docs: DocSet) -> Iterator[Message]:
    """Yield a notice on each phrase in quotes with whose plural, or singular, the query finds others than `docs`: no quotes find both."""
    parts = parts_of(query)
    for phrase in (one for one in parts if isinstance(one, Phrase) and not one.field):
        text = phrase.text
        other = Phrase(text[:-1] if text.endswith("s") else f"{text}s")
        if " " in text and text.isascii() and text[-1].isalpha():
            changed = all_of([other if one is phrase else one for one in parts])
            if more := (Matcher(matcher.catalogue).docs(changed) & ~docs).bit_count():
                template = "{phrase} is found in this form alone; sessions that say only {other}: {count}; for both, write {query}"
                both = f"({phrase} OR {other})"
                yield Message(
                    template, {"phrase": str(phrase), "other": str(other), "count": more, "query": both}
                )


def why_nothing(catalogue: Catalogue, query: Node) -> Iterator[Message]:
    """Yield notices on why a query finds nothing, as far as its filters are the reason."""
    yield from _excluding(catalogue, query)
    yield from _found_without_has(catalogue, query)


def _excluding(catalogue: Catalogue, query: Node) -> Iterator[Message]:
    """Yield a notice on each field of which a session has one value, if a query asks for several at once, which leaves none."""
    filters = [one for one in parts_of(query) if isinstance(one, Filter)]
    for field in ONE_VALUE:
        some = [one for one in filters if one.field == field]
        values = tuple(dict.fromkeys(value for one in some for value in one.values))
        listed = field != "year" or all(map(str.isdecimal, values))
        if len(values) > 1 and len(some) > 1 and listed and not Matcher(catalogue).docs(all_of(some)):
            template = "no session is of more than one {field}; for those of any, write {query}"
            yield Message(template, {"field": FieldName(field), "query": str(Filter(field, values))})


def _not_filed(matcher: Matcher, query: Node) -> Iterator[Message]:
    """Yield a notice on each theme of a query that no talk has by hand: talks that have others by hand are not filed by its terms."""
    facets, count = matcher.catalogue.index.facets, matcher.catalogue.everything.bit_count()
    by_hand = facets.docs("filing", ("curated",))
    accepted = {one.theme for one in matcher.catalogue.decisions if one.verdict == "accept"}
    named = [one for one in parts_of(query) if isinstance(one, Filter) and one.field == "theme"]
    for theme in dict.fromkeys(
        theme for one in named for typed in one.values for theme in matcher.named("theme", typed)
    ):
        filed = theme in accepted or facets.docs("theme", (theme,)) & ~facets.docs("filing", ("inferred",))
        if by_hand and not filed:
            template = "{curated} of {count} sessions have themes that were set by hand, none of them {theme}; its terms file the others alone (see 'mltalks explain'), and 'mltalks accept ID {theme}' files one"
            yield Message(template, {"curated": by_hand.bit_count(), "count": count, "theme": theme})


def _found_without_has(catalogue: Catalogue, query: Node) -> Iterator[Message]:
    """Yield a notice if a query that finds nothing would find sessions without its `has:` of a link, since the data lack many."""
    parts = parts_of(query)
    asked = [
        one
        for one in parts
        if isinstance(one, Filter) and one.field == "has" and LINKS.issuperset(one.values)
    ]
    others = [one for one in parts if one not in asked]
    docs = Matcher(catalogue).docs(all_of(others)) if asked and others else 0
    if docs:
        template = "talks that are found without {filter}: {count}; what the data lack may be on their pages: --fields url"
        yield Message(template, {"filter": " ".join(map(str, asked)), "count": docs.bit_count()})


def resolve_names(
    catalogue: Catalogue, facet: str, typed: Iterable[str]
) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """Return the values of a facet that names stand for, each once, as a filter of a query has them, and notices on them.

    Raises NotFoundError: as `Matcher.named`.
    """
    matcher = Matcher(catalogue)
    values = dict.fromkeys(value for name in typed for value in matcher.named(facet, name))
    return tuple(values), matcher.notices


class Listing:
    """The first `docs` of a selection in some order, out of `total`; `hints` are notices beside those of the selection."""

    def __init__(self, selection: Selection, docs: Sequence[int], hints: Iterable[Message] = ()) -> None:
        self._selection, self._catalogue = selection, selection.catalogue
        self.docs = tuple(docs)
        self.total = selection.size
        self.notices = (*selection.notices, *hints)

    @cached_property
    def sessions(self) -> "tuple[Session, ...]":
        """The sessions themselves."""
        return tuple(map(self._catalogue.session, self.docs))

    @cached_property
    def incomplete(self) -> "tuple[Event, ...]":
        """The events of all sessions found of which not all sessions are known."""
        return self._selection.incomplete_events()

    def __len__(self) -> int:
        return len(self.docs)

    def __iter__(self) -> "Iterator[Session]":
        """Yield the sessions one by one; each is read when it is asked for, and not kept."""
        return map(self._catalogue.session, self.docs)

    def to_pandas(self) -> "DataFrame":
        """Return a row for each session, with all fields.

        Raises MltalksError: pandas is not installed.
        """
        from mltalks.search.frames import session_frame

        return session_frame((session, {}) for session in self)

    @property
    def records(self) -> Iterator[str]:
        """The sessions as JSON (see `Session.record`)."""
        return map(self._catalogue.index.sessions.record, self.docs)


def sorted_docs(
    catalogue: Catalogue, docs: DocSet, order: Order, limit: int | None = None, *, reverse: bool = False
) -> tuple[int, ...]:
    """Return the first sessions of a set in an order: the newest first, or names from A to Z; equal ones as in the files.

    Talks of one day are in the order of their times. The date of a session without one is that of its event, or its year. Sessions without a name come after Z. Case, width and
    punctuation do not count in names.
    """
    found: Sequence[int] = list(catalogue.index.ordered(docs))
    if order == "added":
        found = found[::-1]
    else:
        key = _dates(catalogue, docs) if order == "date" else _names(catalogue, order)
        found = sorted(found, key=key, reverse=order in NEWEST_FIRST)
    return tuple(islice(reversed(found) if reverse else found, limit))


def sorted_hits(
    hits: "Hits", order: Order | None, limit: int | None = None, *, reverse: bool = False
) -> "Hits":
    """Return the first of some hits in an order, or by relevance without one."""
    found = list(hits.hits)
    if order and found:
        catalogue = found[0].catalogue
        by_doc = {hit.doc: hit for hit in found}
        docs = sorted_docs(catalogue, doc_set(by_doc, catalogue.index.size), order, reverse=reverse)
        found = [by_doc[doc] for doc in docs]
    elif reverse:
        found.reverse()
    return hits._replace(hits=tuple(found[:limit]))


def _dates(catalogue: Catalogue, docs: DocSet) -> Callable[[int], str]:
    facets = catalogue.index.facets
    dates = catalogue.index.sessions.dates()
    for event in facets.counts("event", docs):
        known = catalogue.events.get(event)
        day = (known.start_date or str(known.year)) if known else ""
        for doc in doc_numbers(docs & facets.docs("event", [event])):
            dates.setdefault(doc, day)
    return dates.__getitem__


def _names(catalogue: Catalogue, order: Order) -> Callable[[int], str]:
    def value(doc: int, field: str) -> Any:
        return catalogue.index.sessions.value(doc, field)

    def name(doc: int) -> str:
        if order == "title":
            return name_key(value(doc, "title"))
        if order == "event":
            event = value(doc, "event")
            return name_key(catalogue.events[event].name if event in catalogue.events else event)
        names = value(doc, "companies") if order == "company" else value(doc, "speakers")
        first = names[0] if names else None
        return _LAST if first is None else name_key(first if order == "company" else first["name"])

    return name
