"""Homophones: the known words that are read like a Japanese word that no session has, as input methods confuse them.

Does not expand words: `expander` does, and no homophone is searched.
"""

from collections.abc import Iterator

from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import Vocabulary, compound_term
from mltalks.text.japanese.scripts import is_hiragana, is_katakana

SHORTEST = 2  # characters
LONGEST = 12
MOST = 3  # that are named


def homophones(index: Index, word: str) -> tuple[str, ...]:
    """Return the words of sessions that are read like a word in kanji, the commonest first; none for other words.

    >>> from mltalks import open
    >>> index = open().catalogue.index
    >>> homophones(index, "機会学習"), homophones(index, "量子科"), homophones(index, "量子論")
    (('機械学習',), ('量子化',), ())
    """
    if not SHORTEST <= len(word) <= LONGEST or word.isascii() or is_katakana(word) or is_hiragana(word):
        return ()
    found = {other: _sessions(index.vocabulary, other) for other in _read_alike(index.vocabulary, word)}
    said = [other for other, count in found.items() if count]
    return tuple(sorted(said, key=lambda other: -found[other])[:MOST])


def _read_alike(vocabulary: Vocabulary, word: str) -> Iterator[str]:
    """Yield a word with a word or a character in it as another that is read alike."""
    alike = vocabulary.read_alike
    for start in range(len(word)):
        for end in range(start + 1, len(word) + 1):
            for other in sorted(alike.get(word[start:end], ())):
                yield word[:start] + other + word[end:]


def _sessions(vocabulary: Vocabulary, word: str) -> int:
    return vocabulary.found_in(word) + vocabulary.found_in(compound_term(word))
