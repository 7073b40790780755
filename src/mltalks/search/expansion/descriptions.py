"""Descriptions: everyday words that the thesaurus has for a thing (cheap machines that vanish), of which some are typed, in any order.

Does not look for the sessions that have the names of the thing: `expander` does.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from mltalks.search.index.thesaurus import Thesaurus
from mltalks.text.words.stemmer import stem

DESCRIBED_WORDS = 2  # of a description that are typed
DESCRIBED_SHARE = 0.5  # of the words of a description


class Described(NamedTuple):
    """A thing: its names, the typed words that describe it, and which share of its description they are."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    share: float


def described(thesaurus: Thesaurus, typed: Collection[str]) -> Iterator[Described]:
    """Yield the things that some of the words describe, each by the description (hint) of which most is typed."""
    stems = sorted(set(map(stem, typed)))
    said = Counter(hint for one in stems for hint in thesaurus.hints(one))
    shares = {hint: count / len(hint.split()) for hint, count in said.items() if count >= DESCRIBED_WORDS}
    best: dict[tuple[str, ...], str] = {}
    for hint in sorted(shares, key=lambda one: (-shares[one], one)):
        if shares[hint] >= DESCRIBED_SHARE:
            best.setdefault(thesaurus.names_of_hint(hint), hint)
    for names, hint in best.items():
        words = dict.fromkeys(word for word in typed if stem(word) in hint.split())
        yield Described(names, tuple(words), shares[hint])
