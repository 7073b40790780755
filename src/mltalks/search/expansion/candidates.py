"""Candidates: the possible variants of a query term, before they are looked up.

Does not find them: `expander` does.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mltalks.search.expansion import weights
from mltalks.search.expansion.expanded_terms import MatchKind
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.words.stemmer import stem


class Candidate(NamedTuple):
    """A possible variant: its text, the term under which it is indexed, how it was found, and its weight (0 to 1)."""

    text: str
    key: str
    how: MatchKind
    weight: float


def stems_of(name: str) -> str:
    """Return the term under which a name of several words is indexed."""
    return " ".join(map(stem, name.split()))


def within_longer(word: str, how: MatchKind, weight: float) -> Iterator[Candidate]:
    """Yield the longer Japanese words that contain a word; they are indexed together."""
    if len(word) > 1:
        yield Candidate(word, compound_term(word), how, weight)


def sounding(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Return candidates for a word that sounds like the typed one."""
    return (one._replace(how="sound", weight=weights.SOUND * one.weight) for one in candidates)
