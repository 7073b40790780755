"""Similarity in meaning: how near the words of a query are to each session, by word vectors.

Does not find sessions, since it could not say why: `ranking` raises those that words find.
"""

from collections.abc import Collection, Iterable, Iterator
from operator import mul

from mltalks.search.index.reader import Index
from mltalks.search.index.word_vectors import WordVectors
from mltalks.text.japanese import is_japanese_word
from mltalks.text.stop_words import STOP_WORDS

_VECTORS = WordVectors()


def similarities(index: Index, words: Iterable[str], docs: Collection[int]) -> dict[int, float]:
    """Return how similar each document is to some folded words: 1 for the most similar one, 0 or more for the others.

    Documents of which nothing is known are left out. Japanese words count as the English names of the same thing.
    """
    query = _VECTORS.of_words(_english(index, words))
    if query is None:
        return {}
    found = {doc: sum(map(mul, query, vector)) for doc, vector in index.sessions.vectors(docs)}
    most = max(found.values(), default=0)
    return {doc: similarity / most for doc, similarity in found.items() if similarity > 0}


def _english(index: Index, words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if is_japanese_word(word):
            same, _ = index.thesaurus.meaning(word)
            yield from dict.fromkeys(part for name in same if name.isascii() for part in name.split())
        elif word not in STOP_WORDS:
            yield word
