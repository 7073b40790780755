"""In which forms a word of a query stands in sessions: itself, longer words, other names, a corrected slip.

Looks into the index and the thesaurus for one word or phrase at a time; knows no query and no ranking.
"""

from collections.abc import Iterable, Iterator, Sequence, Set as AbstractSet
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from mltalks.index import Index, Postings, field_mask
from mltalks.nearest import corrections
from mltalks.text import bigrams, holds, is_japanese_word, words
from mltalks.thesaurus import Thesaurus

How = Literal["exact", "prefix", "phrase", "synonym", "translation"]
Found = dict[int, tuple[float, int]]

SYNONYM = 0.8  # weight of another name of the same thing
INFLECTION = 3  # how many letters longer a form of another name may be
MAX_CORRECTIONS = 20  # words corrected in one query: each costs a pass over the vocabulary
LONGEST_TYPED = 40  # longer words are looked up as they are, and neither corrected nor completed
MAX_PREFIXED = 64


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a word with how much it counts (0 to 1) and, by document, its weight there and in which fields."""

    text: str
    how: How
    weight: float
    found: Found


@dataclass(frozen=True, slots=True)
class Concept:
    """One word or phrase of the query with all its forms; `corrected` is what it was taken for, if it was."""

    typed: str
    forms: tuple[Form, ...]
    corrected: str | None = None

    def docs(self) -> set[int]:
        """Return the documents that have any of the forms."""
        return {doc for form in self.forms for doc in form.found}


class Forms:
    """Finds the forms of words over one index."""

    def __init__(self, index: Index, thesaurus: Thesaurus) -> None:
        self._index = index
        self._thesaurus = thesaurus
        self._corrected = 0

    def word(self, word: str, mask: int) -> Concept:
        """Return a word (as `text.words` makes them) with its forms in the fields of a mask.

        Only a word that has no form at all is corrected, and then has the forms of its correction.
        """
        forms = tuple(self._forms(word, mask))
        if forms:
            return Concept(word, forms)
        corrected = self._correction(word)
        return Concept(word, tuple(self._forms(corrected, mask)) if corrected else (), corrected)

    def phrase(self, text: str, mask: int) -> Concept:
        """Return the words of a text as one concept that is found where they stand side by side."""
        parts = words(text)
        found = self._side_by_side(parts, mask)
        typed = " ".join(parts)
        return Concept(typed, (Form(typed, "phrase", 1.0, found),) if found else ())

    def _forms(self, word: str, mask: int) -> Iterator[Form]:
        exact = self._exact(word, mask)
        if exact:
            yield Form(word, "exact", 1.0, exact)
        if len(word) >= 3 and not is_japanese_word(word):
            yield from self._longer(word, LONGEST_TYPED, mask, "prefix", 1.0)
        for other in self._thesaurus.others((word,)):
            how: How = "translation" if is_japanese_word(word) != is_japanese_word(other[0]) else "synonym"
            found = self._exact(other[0], mask) if len(other) == 1 else self._side_by_side(other, mask)
            if found:
                yield Form(" ".join(other), how, SYNONYM, found)
            if len(other) == 1 and not is_japanese_word(other[0]):
                yield from self._longer(other[0], len(other[0]) + INFLECTION, mask, how, SYNONYM)

    def _exact(self, word: str, mask: int) -> Found:
        if is_japanese_word(word):
            return self._japanese(word, mask)
        return _in_fields(self._index.postings(word), mask)

    def _longer(self, word: str, longest: int, mask: int, how: How, weight: float) -> Iterator[Form]:
        for longer in self._index.terms_with_prefix(word, longest, MAX_PREFIXED):
            found = _in_fields(self._index.postings(longer), mask)
            if found:
                yield Form(longer, how, weight * prefix_weight(word, longer), found)

    def _japanese(self, run: str, mask: int) -> Found:
        """Return where a Japanese run stands whole: documents with all its bigrams, then read."""
        pairs = [_in_fields(self._index.postings(pair), mask) for pair in dict.fromkeys(bigrams(run))]
        found: Found = {}
        for doc in sorted(_shared(pairs)):
            fields = {field for field, text in self._index.lines(doc, mask) if holds(text, run)}
            if fields:
                found[doc] = (min(pair[doc][0] for pair in pairs), field_mask(*fields))
        return found

    def _side_by_side(self, parts: Sequence[str], mask: int) -> Found:
        each = [self._exact(word, mask) for word in dict.fromkeys(parts)]
        wanted = f" {' '.join(parts)} "
        found: Found = {}
        for doc in sorted(_shared(each)):
            fields = {field for field, text in self._index.lines(doc, mask) if wanted in text}
            if fields:
                found[doc] = (sum(one[doc][0] for one in each) / len(each), field_mask(*fields))
        return found

    def _correction(self, word: str) -> str | None:
        """Return the likeliest word of the index that differs by a slip, the one in most sessions among equals."""
        if len(word) > LONGEST_TYPED or self._corrected >= MAX_CORRECTIONS or is_japanese_word(word):
            return None
        self._corrected += 1
        likely = corrections(word, self._index.vocabulary())
        first = [other for other in likely if other[0] == word[0]] or likely
        return max(first, key=lambda other: len(self._index.postings(other).docs), default=None)


def prefix_weight(prefix: str, word: str) -> float:
    """Return how much a word counts that only begins with what was typed: .5 to .9 by the share typed.

    >>> prefix_weight("pipeline", "pipelines") > prefix_weight("pip", "pipelines") > 0.5
    True
    """
    return 0.5 + 0.4 * len(prefix) / len(word)


def _in_fields(postings: Postings, mask: int) -> Found:
    rows = zip(postings.docs, postings.weights, postings.fields, strict=True)
    return {doc: (weight, fields & mask) for doc, weight, fields in rows if fields & mask}


def _shared(founds: Iterable[Found]) -> AbstractSet[int]:
    """Return the documents that all have, without looking further once none is left."""
    sets: list[AbstractSet[int]] = sorted((found.keys() for found in founds), key=len)
    return reduce(lambda shared, docs: shared & docs if shared else shared, sets) if sets else set()
