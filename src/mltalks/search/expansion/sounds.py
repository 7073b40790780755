"""Sounds: the English words of the index that a katakana word spells (レイテンシ is latency).

Does not know the weights of other variants: `expander` does.
"""

from collections.abc import Iterator

from mltalks.search.index.vocabulary import Vocabulary
from mltalks.text.words import phonetics
from mltalks.text.words.renderings import renders


def spelled_english(vocabulary: Vocabulary, word: str) -> Iterator[tuple[str, int]]:
    """Yield the English words that a katakana word spells, each with the difference in syllables."""
    for sound in phonetics.sound_of_kana(word):
        if len(sound) < phonetics.SHORTEST:
            continue
        for other in vocabulary.with_sound(sound):
            if renders(word, other):
                yield other, abs(phonetics.syllables(word) - phonetics.syllables(other))
