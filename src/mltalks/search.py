"""The sessions that a query finds, the likeliest first, each with the reason.

Ranks what `matching` found; says nothing on a screen.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mltalks.catalogue import Catalogue
from mltalks.forms import Concept, How
from mltalks.index import field_names
from mltalks.matching import Matcher
from mltalks.messages import Message
from mltalks.model import Session
from mltalks.query import Node, positive_words

SATURATION = 1.2  # k1 of BM25


@dataclass(frozen=True, slots=True)
class Match:
    """Why a session was found: a word of the query, the form of it that the session has, and in which fields."""

    query: str
    text: str
    how: How
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A session found; `score` is comparable within one search only."""

    session: Session
    score: float
    matched: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """The first hits of a search, of `total`; `notices` tell how the query was taken."""

    hits: tuple[Hit, ...]
    total: int
    notices: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The first sessions of a list, of `total`; `notices` tell how the query was taken."""

    sessions: tuple[Session, ...]
    total: int
    notices: tuple[Message, ...]


def search(catalogue: Catalogue, query: Node, limit: int | None = None) -> Hits:
    """Return the sessions that a query finds, ranked by its words; equals newest first, then by id.

    Raises:
        NotFoundError: a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    docs = matcher.docs(query)
    concepts = [concept for word in positive_words(query) for concept in matcher.concepts(word)]
    scores = dict.fromkeys(docs, 0.0)
    for concept in concepts:
        for doc, score in _concept_scores(concept, matcher.index.size):
            if doc in scores:
                scores[doc] += score
    ranked = sorted(scores, key=lambda doc: (-round(scores[doc], 9), *_newest_first(catalogue, doc)))
    hits = tuple(
        Hit(catalogue.sessions[doc], round(scores[doc], 4), tuple(_matches(concepts, doc)))
        for doc in ranked[:limit]
    )
    return Hits(hits, len(docs), tuple(matcher.notices))


def list_sessions(catalogue: Catalogue, query: Node, limit: int | None = None) -> Found:
    """Return the sessions that a query finds, in the order of the files.

    Raises:
        NotFoundError: a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    docs = sorted(matcher.docs(query))
    sessions = tuple(catalogue.sessions[doc] for doc in docs[:limit])
    return Found(sessions, len(docs), tuple(matcher.notices))


def rarity(found_in: int, of: int) -> float:
    """Return how telling a word is that stands in `found_in` of `of` sessions: the idf of BM25, never negative.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.3, with 1 added in the logarithm.
    """
    return math.log(1 + (of - found_in + 0.5) / (found_in + 0.5))


def saturated(weight: float) -> float:
    """Return a weight brought between 0 and 1, so that the tenth mention adds less than the second (BM25's k1)."""
    return weight / (weight + SATURATION)


def _concept_scores(concept: Concept, size: int) -> Iterator[tuple[int, float]]:
    """Yield (document, score) for a concept: its forms are one word under several spellings, so their weights add up."""
    weights: dict[int, float] = {}
    for form in concept.forms:
        for doc, (weight, _) in form.found.items():
            weights[doc] = weights.get(doc, 0.0) + form.weight * weight
    telling = rarity(len(weights), size)
    yield from ((doc, telling * saturated(weight)) for doc, weight in weights.items())


def _newest_first(catalogue: Catalogue, doc: int) -> tuple[int, str]:
    session = catalogue.sessions[doc]
    return -catalogue.event(session).year, session.id


def _matches(concepts: Sequence[Concept], doc: int) -> Iterable[Match]:
    found: dict[Match, None] = {}
    for concept in concepts:
        for form in concept.forms:
            if doc in form.found:
                match = Match(concept.typed, form.text, form.how, field_names(form.found[doc][1]))
                found[match] = None
    return found
