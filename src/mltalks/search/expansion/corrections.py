"""Corrections: the words of the index that a word which no session has may misspell.

Does not expand words: `expansion` does, and it takes a correction only if it is nearly certain.
"""

import re

from mltalks.search.index.vocabulary import Vocabulary
from mltalks.text.words.stemmer import stem
from mltalks.text.words.stop_words import STOP_WORDS

SHORTEST_TYPO = 5  # letters of a word that is corrected
LONG_TYPO = 10  # letters of a word that is corrected by two edits
FIRST_LETTER = 2  # edits up to which a word that begins otherwise is near: not facebooks, for notebooks
MAX_CORRECTIONS = 20  # words corrected in one query: each costs a pass over the vocabulary

# What a word has that is made of another one: its beginning, or its end.
ADDED = re.compile(
    "^(?:pre|re|off|un|over|under|multi|non)(?=.{5})|(?<=.{4})(?:i[sz]ations?|abilit(?:y|ies)|ments?|ness|ships?)$"
)


class Corrections:
    """The corrections of the words of one query, which have at most `longest` letters."""

    def __init__(self, vocabulary: Vocabulary, longest: int) -> None:
        self._vocabulary = vocabulary
        self._longest = longest
        self._passes = 0

    def likely(self, word: str, *, names: bool = False) -> tuple[str, ...]:
        """Return the words or names of the index at the smallest edit distance, the commonest first; no stop words."""
        if self._passes >= MAX_CORRECTIONS or not 3 <= len(word) <= self._longest:
            return ()
        from mltalks.text.fuzzy import allowed_edits, corrections  # rapidfuzz: 15 ms

        self._passes += 1
        most = allowed_edits(word)
        known = self._vocabulary.of_lengths(len(word) - most, len(word) + most, names=names)
        likely = corrections(word, known, STOP_WORDS)
        swapped = [other for other in likely if sorted(other) == sorted(word)]
        first = swapped or [other for other in likely if other[0] == word[0]]
        first = first or [other for other in likely if self.edits(word, other) <= FIRST_LETTER]
        return tuple(sorted(first, key=lambda other: -self._vocabulary.found_in(other)))

    def names(self, word: str) -> tuple[str, ...]:
        """Return the likely names that are one edit away."""
        return tuple(name for name in self.likely(word, names=True) if self.edits(word, name) < 2)

    def is_typo(self, word: str, likely: tuple[str, ...]) -> bool:
        """Return whether a word that no session has is nearly certainly a typo for the first of the likely ones.

        It is long, no ordinary English word or one made of it (virtualization, prewarming), one edit away from a word with the same
        first letter, and nothing else is as near. A very long one may be two edits away, but not by two other letters: confluence
        is not confidence.
        """
        if not likely or len(word) < SHORTEST_TYPO or likely[0][0] != word[0]:
            return False
        from mltalks.text.words.english_words import is_english  # a list that few queries need

        replaced = len(word) == len(likely[0]) and sorted(word) != sorted(likely[0])
        most = 2 if len(word) >= LONG_TYPO and not replaced else 1
        others = {stem(other) for other in likely} - {stem(likely[0])}
        edits = self.edits(word, likely[0])
        if others or edits > most or is_english(word):
            return False
        same = ADDED.findall(word) == ADDED.findall(likely[0])  # misspelled before the ending of both
        return (same and edits == 1) or not is_english(ADDED.sub("", word, count=1))

    @staticmethod
    def edits(word: str, other: str) -> int:
        """Return the edit distance of two words (see `text.fuzzy`)."""
        from mltalks.text.fuzzy import edits

        return edits(word, other)
