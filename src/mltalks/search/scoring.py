"""The score of one term of a query for each document: BM25 over the variants of the term.

Does not combine the terms of a query and does not rank: `ranking` does.
"""

import math
from collections.abc import Iterable, Sequence, Set as AbstractSet

from mltalks.search.expansion.expanded_terms import ExpandedTerm, Variant
from mltalks.search.index.postings import STEP, MembershipTest
from mltalks.search.index.reader import Index
from mltalks.text.words.stop_words import GENERIC_WORDS

SATURATION = 1.2  # k1 of BM25
NAME_WORDS = 1.5  # a name of several words counts as so many words at most
GENERIC = 0.5  # the importance of a word that distinguishes talks little
GENERIC_MOST = 1.0  # the importance of a rare one
EVERYDAY = 0.7  # the importance of a word that sessions have in their questions alone
APART = 0.8  # words of a name, or parts of a Japanese compound, in one session but not side by side


def idf(found_in: int, of: int) -> float:
    """Return the inverse document frequency of a word that `found_in` of `of` sessions have, as in BM25, never negative.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.3, with 1 added in the logarithm.
    """
    return math.log(1 + (of - found_in + 0.5) / (found_in + 0.5))


def saturated(weight: float) -> float:
    """Return a weight brought between 0 and 1, so that the tenth mention adds less than the second (BM25's k1)."""
    return weight / (weight + SATURATION)


class TermScorer:
    """Weighs the terms of any query, and scores documents by one of them at a time."""

    def __init__(self, index: Index) -> None:
        self._size = index.size
        self._count = index.count

    def importance(self, term: ExpandedTerm) -> float:
        """Return the idf of a term, or the sum over its parts if these mean as much and it is larger."""
        whole = self.firm_idf(term) if term.variants else 0.0
        if term.parts and (term.loose or not term.variants):
            return max(whole, sum(map(self.importance, term.parts)))
        return whole

    def firm_idf(self, term: ExpandedTerm) -> float:
        """Return the idf of a term in the sessions that it finds; words of questions alone are everyday words."""
        found = idf(term.docs.bit_count(), self._count)
        if term.typed in GENERIC_WORDS:
            return min(GENERIC * found, GENERIC_MOST)
        return EVERYDAY * found if term.everyday else found

    def scores(self, term: ExpandedTerm, docs: AbstractSet[int]) -> tuple[dict[int, float], dict[int, float]]:
        """Return by document the score of a term, and how much of it the document has (0 to 1).

        The variants of a term are one word under several spellings: their weights add up before they are saturated.
        """
        scored: dict[int, float] = {}
        shares: dict[int, float] = {}
        said = [variant for variant in term.variants if variant.how != "theme"]
        if said:
            names = min(NAME_WORDS, max(1, len(term.parts)))
            weights, shares = _weights(said, docs)
            firm = names * self.firm_idf(term)
            scored = {doc: firm * weight / (weight + SATURATION) for doc, weight in weights.items()}
            if any(variant.how == "near" for variant in said):
                loose = min(firm, names * idf(term.found_in, self._count))
                members = MembershipTest(term.docs, self._size)
                scored |= {
                    doc: loose * saturated(weight) for doc, weight in weights.items() if doc not in members
                }
        if term.parts:
            apart = 1.0 if term.loose else APART
            of_parts, shares_of_parts = self._scored_parts(term.parts, docs)
            for doc, score in of_parts.items():
                scored[doc] = max(scored.get(doc, 0.0), apart * score)
                shares[doc] = max(shares.get(doc, 0.0), apart * shares_of_parts[doc])
        for variant in term.variants:
            if variant.how == "theme":
                filed = variant.weight * idf(variant.postings.found_in, self._count)
                for doc, _ in variant.postings.steps_in(docs):
                    scored[doc] = scored.get(doc, 0.0) + filed
                    shares[doc] = max(shares.get(doc, 0.0), variant.weight)
        return scored, shares

    def _scored_parts(
        self, parts: Sequence[ExpandedTerm], docs: AbstractSet[int]
    ) -> tuple[dict[int, float], dict[int, float]]:
        whole = sum(map(self.importance, parts)) or 1.0
        return self.sums(((part, self.importance(part) / whole) for part in parts), docs)

    def sums(
        self, terms: Iterable[tuple[ExpandedTerm, float]], docs: AbstractSet[int]
    ) -> tuple[dict[int, float], dict[int, float]]:
        """Return by document the sum of the scores of terms, and the sum of its shares of each times the importance given."""
        sums: dict[int, float] = {}
        shared: dict[int, float] = {}
        for term, importance in terms:
            scored, shares = self.scores(term, docs)
            if sums:
                for doc, score in scored.items():
                    sums[doc] = sums.get(doc, 0.0) + score
                    shared[doc] = shared.get(doc, 0.0) + importance * shares[doc]
            else:
                sums, shared = scored, {doc: importance * share for doc, share in shares.items()}
        return sums, shared


def _weights(
    variants: Sequence[Variant], docs: AbstractSet[int]
) -> tuple[dict[int, float], dict[int, float]]:
    """Return by document the summed weight of all variants, and the weight of the best of them.

    A variant that is only near in meaning counts if the document has no other variant.
    """
    weights: dict[int, float] = {}
    best: dict[int, float] = {}
    for variant in sorted(variants, key=lambda variant: (variant.how == "near", -variant.weight)):
        factor = variant.weight / STEP
        missing = docs - weights.keys() if variant.how == "near" else docs
        if not missing:
            break
        for doc, step in variant.postings.steps_in(missing):
            if doc in weights:
                weights[doc] += factor * step
            else:
                weights[doc] = factor * step
                best[doc] = variant.weight
    return weights, best
