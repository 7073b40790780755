"""Likeness: how near sessions are to the words of a query in meaning, and to the best sessions in their themes.

Does not find sessions, since it could not say why: `ranking` raises those that words find.

Source of the second: pseudo-relevance feedback; Lavrenko and Croft, Relevance-Based Language Models (2001), with themes in place
of words.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mltalks.search.index.reader import Index
from mltalks.search.index.word_vectors import WordVectors, dot_products
from mltalks.search.scoring import idf
from mltalks.text.japanese.scripts import is_japanese_word
from mltalks.text.words.stop_words import STOP_WORDS

MEANING = 0.4  # what the nearest session in meaning gains, where the score of the words is at most 1
THEMES = 0.25  # what a session gains that shares the themes of the best ones
BEST = 8  # sessions whose themes count

_VECTORS = WordVectors()


def with_likeness(index: Index, scores: Mapping[int, float], words: Iterable[str]) -> dict[int, float]:
    """Return the scores of some documents, the best of which is 1, with their likeness to folded words and to each other."""
    likeness = index.sessions.likeness(scores.keys())
    vectors = {doc: vector for doc, vector, _ in likeness if vector}
    raised = dict(scores)
    for doc, similarity in _similarities(vectors, _VECTORS.of_words(english(index, words))).items():
        raised[doc] += MEANING * similarity
    themes = {doc: of_doc for doc, _, of_doc in likeness if of_doc}
    for doc, share in _shared(index, raised, themes).items():
        raised[doc] += THEMES * share
    return raised


def english(index: Index, words: Iterable[str]) -> Iterator[str]:
    """Yield words without stop words, and for Japanese words the English names of the same thing."""
    for word in words:
        if is_japanese_word(word):
            same, _ = index.thesaurus.meaning(word)
            yield from dict.fromkeys(part for name in same if name.isascii() for part in name.split())
        elif word not in STOP_WORDS:
            yield word


def _similarities(vectors: Mapping[int, bytes], query: Sequence[int] | None) -> dict[int, float]:
    """Return the dot product of each vector with that of a query over the largest one, if above 0."""
    found = dict(zip(vectors, dot_products(list(vectors.values()), query), strict=True)) if query else {}
    most = max(found.values(), default=0)
    return {doc: similarity / most for doc, similarity in found.items() if similarity > 0}


def _shared(index: Index, scores: Mapping[int, float], themes: Mapping[int, list[str]]) -> dict[int, float]:
    """Return how much each document shares the themes of the best ones, 1 at most.

    A theme counts by the squared scores of the best documents filed under it, times its idf.
    """
    best = heapq.nlargest(BEST, themes, key=scores.__getitem__)
    found_in = index.facets.found_in("theme")
    weights: defaultdict[str, float] = defaultdict(float)
    for doc in best:
        for theme in themes[doc]:
            weights[theme] += scores[doc] ** 2 * idf(found_in[theme], index.count)
    shared = {doc: sum(weights[theme] for theme in some if theme in weights) for doc, some in themes.items()}
    most = max((shared[doc] for doc in best), default=0.0)
    return {doc: min(1.0, share / most) for doc, share in shared.items()} if most else {}
