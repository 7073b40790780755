"""Sounds: the English words of the index that a katakana word spells (レイテンシ is latency).

Does not know the weights of other variants: `expander` does.
"""

from collections.abc import Iterator

from mltalks.search.index.vocabulary import Vocabulary
from mltalks.text.words import phonetics
from mltalks.text.words.renderings import renders
from mltalks.text.words.stemmer import stem

FEWEST = 3  # consonants of a sound that is compared


def spelled_english(vocabulary: Vocabulary, word: str) -> Iterator[tuple[str, int]]:
    """Yield the English words that a katakana word spells, each with the difference in syllables.

    A word with few consonants may spell many words; it must spell just one, in any of its forms.
    """
    for sound in phonetics.sound_of_kana(word):
        if len(sound) < FEWEST:
            continue
        found = [other for other in vocabulary.with_sound(sound) if renders(word, other)]
        if len(sound) >= phonetics.SHORTEST or len(set(map(stem, found))) == 1:
            for other in found:
                yield other, abs(phonetics.syllables(word) - phonetics.syllables(other))
