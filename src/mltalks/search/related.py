"""The sessions nearest to a given one, each with what they share.

Reads the same index as a search; compares by themes, rare words and organizations, never by a hidden vector.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

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
MOST_TERMS = 40  # the rarest words of the session that others are looked up by
MOST_SHARED = 5  # sessions share more than is worth telling
COMMON = 8  # a word in more than one of so many sessions says nothing of nearness


@dataclass(frozen=True, slots=True)
class Shared:
    """Something two sessions have in common, and what that counts."""

    what: What
    value: str
    score: float


@dataclass(frozen=True, slots=True)
class RelatedSession:
    """A session near another, with the most telling things that they share first."""

    session: Session
    score: float
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """The sessions nearest to `session`, out of `total` that share anything with it."""

    session: Session
    sessions: tuple[RelatedSession, ...]
    total: int


def related(catalogue: Catalogue, doc: int, limit: int | None = None) -> Related:
    """Return the sessions that share themes, keywords, rare words, organizations or speakers with one, nearest first."""
    session = catalogue.session(doc)
    found: dict[int, list[Shared]] = {}
    for shared, others in (*_by_facets(catalogue, session), *_by_words(catalogue, session)):
        for other, part in others:
            if other != doc:
                found.setdefault(other, []).append(
                    Shared(shared.what, shared.value, round(shared.score * part, 4))
                )
    scores = {other: sum(one.score for one in shared) for other, shared in found.items()}
    ranked = sorted(scores, key=lambda other: (-scores[other], other))
    return Related(
        session,
        tuple(
            RelatedSession(catalogue.session(other), round(scores[other], 4), _telling(found[other]))
            for other in ranked[:limit]
        ),
        len(ranked),
    )


def _telling(shared: Sequence[Shared]) -> tuple[Shared, ...]:
    return tuple(sorted(shared, key=lambda one: -one.score)[:MOST_SHARED])


Others = Sequence[tuple[int, float]]


def _by_facets(catalogue: Catalogue, session: Session) -> Iterator[tuple[Shared, Others]]:
    values: dict[What, Sequence[str]] = {
        "theme": session.themes,
        "keyword": (*session.keywords, *session.keywords_ja),
        "company": session.companies,
        "speaker": [speaker.name for speaker in session.speakers],
    }
    for what, some in values.items():
        for typed in dict.fromkeys(some):
            for value in catalogue.names(what).resolve(typed).values[:1]:
                docs = catalogue.index.facets.docs(what, [value])
                score = WEIGHTS[what] * idf(docs.bit_count(), len(catalogue))
                yield Shared(what, value, score), [(other, 1.0) for other in doc_numbers(docs)]


def _by_words(catalogue: Catalogue, session: Session) -> Iterator[tuple[Shared, Others]]:
    texts = [session.title, session.summary or "", session.summary_ja or ""]
    typed = dict.fromkeys(word for text in texts for word in words(text))
    known = [
        (word, catalogue.index.vocabulary.postings(word))
        for word in typed
        if word not in STOP_WORDS and not word.isdigit() and (len(word) > 2 or is_japanese_word(word))
    ]
    rare = [(word, found) for word, found in known if 1 < found.found_in <= max(2, len(catalogue) // COMMON)]
    for word, found in sorted(rare, key=lambda one: one[1].found_in)[:MOST_TERMS]:
        steps = found.steps()
        score = WEIGHTS["term"] * idf(found.found_in, len(catalogue))
        best = islice(found.best, 1000)
        yield Shared("term", word, score), [(other, saturated(steps[other] / STEP)) for other in best]
