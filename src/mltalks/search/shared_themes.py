"""Shared themes: sessions rise that are filed under the themes of the best ones (pseudo-relevance feedback).

Does not find sessions and does not know words.

Source: Lavrenko and Croft, Relevance-Based Language Models (2001), with themes in place of words.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping

from mltalks.search.index.postings import doc_numbers, doc_set
from mltalks.search.index.reader import Index
from mltalks.search.scoring import idf

BEST = 8  # sessions whose themes count


def themes_shared(index: Index, scores: Mapping[int, float]) -> dict[int, float]:
    """Return how much each document shares the themes of the best ones: 1 at most, 0 for those left out.

    A theme counts by the squared scores of the best documents filed under it, times its idf.
    """
    best = heapq.nlargest(BEST, scores, key=scores.__getitem__)
    scored = doc_set(scores, index.size)
    shared: defaultdict[int, float] = defaultdict(float)
    for members in index.facets.sets("theme"):
        weight = sum(scores[doc] ** 2 for doc in best if members >> doc & 1)
        if weight:
            weight *= idf(members.bit_count(), index.size)
            for doc in doc_numbers(members & scored):
                shared[doc] += weight
    most = max((shared[doc] for doc in best), default=0.0)
    return {doc: min(1.0, weight / most) for doc, weight in shared.items() if weight} if most else {}
