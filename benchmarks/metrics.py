"""Measures of one ranked list of ids, each between 0 and 1. Does not know engines or queries."""

from collections.abc import Collection, Mapping, Sequence
from math import log2

DEPTH = 10  # results that count


def reciprocal_rank(found: Sequence[str], answers: Collection[str]) -> float:
    """Return 1 / the place of the first right id among the first ten, 0 without one; its mean is MRR@10.

    >>> reciprocal_rank(["a", "b", "c"], {"b", "c"})
    0.5
    """
    return next((1 / place for place, one in enumerate(found[:DEPTH], 1) if one in answers), 0.0)


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the normalized discounted cumulated gain of the first ten ids, nDCG@10.

    The gain is the grade itself ("linear"): DCG = sum of grade(i) / log2(i + 1) over the places i = 1..10, divided by the
    DCG of the best possible order. Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4),
    2002, with the discount of trec_eval's `ndcg_cut`.

    >>> ndcg(["a", "b"], {"a": 2, "b": 1}), round(ndcg(["b", "a"], {"a": 2, "b": 1}), 2)
    (1.0, 0.86)
    """
    best = sorted(grades.values(), reverse=True)
    return _dcg([grades.get(one, 0) for one in found]) / _dcg(best)


def recall(found: Sequence[str], grades: Collection[str]) -> float:
    """Return the relevant ids among the first ten, of any grade, over as many as ten can hold: min(10, all relevant).

    Without that minimum, a topic with 30 relevant sessions could reach no more than 1/3.

    >>> recall(["a", "x"], {"a": 2, "b": 1})
    0.5
    """
    return sum(one in grades for one in found[:DEPTH]) / min(DEPTH, len(grades))


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains[:DEPTH], 1))
