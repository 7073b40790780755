"""Related sessions: those nearest to a given one, each with the values that they share.

Does not compare hidden vectors: only themes, keywords, rare words, organizations and speakers, which can be shown.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Literal, NamedTuple

from mltalks.dataset.model import Session
from mltalks.search.catalogue import Catalogue
from mltalks.search.index.postings import STEP, doc_numbers
from mltalks.search.scoring import idf, saturated
from mltalks.text.japanese import is_japanese_word
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import words

What = Literal["theme", "keyword", "term", "company", "speaker"]

# What a shared value counts, times its idf.
WEIGHTS: dict[What, float] = {"theme": 1.0, "keyword": 1.5, "term": 1.0, "company": 0.3, "speaker": 0.5}
MOST_TERMS = 40  # words of the session that others are looked up by, the rarest ones
MOST_SESSIONS = 1000  # sessions with a word that are compared, those in which it weighs most
MOST_SHARED = 5  # shared values that are listed
COMMON = 8  # words that more than one in so many sessions have are not compared


class Shared(NamedTuple):
    """A value that two sessions share, and its weight."""

    what: What
    value: str
    score: float


class RelatedSession(NamedTuple):
    """A session near another, with the shared values, the heaviest first."""

    session: Session
    score: float
    shared: tuple[Shared, ...]


class Related(NamedTuple):
    """The sessions nearest to `session`, out of `total` that share anything with it."""

    session: Session
    sessions: tuple[RelatedSession, ...]
    total: int


def related(catalogue: Catalogue, doc: int, limit: int | None = None) -> Related:
    """Return the sessions that share themes, keywords, rare words, organizations or speakers with one, nearest first."""
    session = catalogue.session(doc)
    found: dict[int, list[Shared]] = {}
    for other, shared in chain(_by_facets(catalogue, session), _by_words(catalogue, session)):
        if other != doc:
            found.setdefault(other, []).append(shared)
    scores = {other: sum(one.score for one in shared) for other, shared in found.items()}
    ranked = sorted(scores, key=lambda other: (-scores[other], other))
    sessions = (
        RelatedSession(
            catalogue.session(other),
            round(scores[other], 4),
            tuple(sorted(found[other], key=lambda one: -one.score)[:MOST_SHARED]),
        )
        for other in ranked[:limit]
    )
    return Related(session, tuple(sessions), len(ranked))


def _by_facets(catalogue: Catalogue, session: Session) -> Iterator[tuple[int, Shared]]:
    """Yield the documents that share a facet's value with a session."""
    values: dict[What, Sequence[str]] = {
        "theme": session.themes,
        "keyword": (*session.keywords, *session.keywords_ja),
        "company": session.companies,
        "speaker": [speaker.name for speaker in session.speakers],
    }
    for what, some in values.items():
        resolved = (catalogue.names(what).resolve(typed).values[:1] for typed in dict.fromkeys(some))
        for value in dict.fromkeys(chain.from_iterable(resolved)):
            docs = catalogue.index.facets.docs(what, [value])
            score = WEIGHTS[what] * idf(docs.bit_count(), len(catalogue))
            shared = Shared(what, value, round(score, 4))
            yield from ((other, shared) for other in doc_numbers(docs))


def _by_words(catalogue: Catalogue, session: Session) -> Iterator[tuple[int, Shared]]:
    """Yield the documents that share a rare word with a session."""
    texts = [session.title, session.summary or "", session.summary_ja or ""]
    found = [
        (word, catalogue.index.vocabulary.postings(word))
        for word in dict.fromkeys(word for text in texts for word in words(text))
        if word not in STOP_WORDS and not word.isdigit() and (len(word) > 2 or is_japanese_word(word))
    ]
    most = max(2, len(catalogue) // COMMON)
    rare = [(word, postings) for word, postings in found if 1 < postings.found_in <= most]
    for word, postings in sorted(rare, key=lambda one: one[1].found_in)[:MOST_TERMS]:
        score = WEIGHTS["term"] * idf(postings.found_in, len(catalogue))
        for other, step in islice(postings.steps().items(), MOST_SESSIONS):
            yield other, Shared("term", word, round(score * saturated(step / STEP), 4))
