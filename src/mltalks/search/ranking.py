"""The sessions that a query finds, the likeliest first, each with the reason.

Ranks what `matching` found; says nothing on a screen.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from functools import cached_property
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.expanded_terms import LOOSE, ExpandedTerm, MatchKind, Variant
from mltalks.search.expansion import EXPANSIONS, QueryExpander, Without
from mltalks.search.index.postings import DocSet, MembershipTest, doc_numbers, doc_set
from mltalks.search.matcher import Matcher
from mltalks.search.query import And, Node, Word, all_of, positive_words
from mltalks.search.scoring import TermScorer
from mltalks.text.japanese import is_japanese_word
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import words

if TYPE_CHECKING:
    from mltalks.dataset.model import Session

# How hits are ranked, in one table; what one term counts is in `scoring`.
ADJACENT = 0.3  # what words that stand side by side as typed add, by the share of neighbours that do
COVERAGE = 1.5  # power of the share of the query that a session has
SCORED = 500  # sessions that are all scored; out of more, candidates
SCORED_WIDE = 20_000  # the same where no session has all words and those with most of them are counted
CANDIDATE_VARIANTS = 6  # of a word, the commonest, whose best sessions are scored, out of very many
CANDIDATES = 48  # of the best sessions of each variant that are scored, out of more
MOST_WORDS = 100  # words of a query that are ranked by
LONGEST_NAME = 5  # words that are looked up as one name
FAR_BEHIND = 0.3  # of the best score: what is less is not shown where no session has all words
NEIGHBOURS = 20  # sessions read for words that stand side by side


class Match(NamedTuple):
    """Why a session was found: a word of the query, the variant of it that the session has, and in which fields."""

    query: str
    text: str
    how: MatchKind
    fields: tuple[str, ...]


class MatchReasons:
    """The variants of all words of one query, from which each hit tells its own."""

    def __init__(self, catalogue: Catalogue, terms: Sequence[ExpandedTerm]) -> None:
        self._catalogue = catalogue
        self._terms = terms

    @cached_property
    def _variants(self) -> list[tuple[str, Variant, MembershipTest]]:
        size = self._catalogue.index.size
        return [
            (one.typed, variant, MembershipTest(variant.postings.docs(size), size))
            for term in self._terms
            for one in term.all()
            for variant in one.variants
        ]

    def of(self, doc: int) -> tuple[Match, ...]:
        """Return why a document was found, in the order of the query."""
        found: dict[Match, None] = {}
        for typed, variant, docs in self._variants:
            if doc in docs:
                fields = self._catalogue.index.sessions.fields_with(doc, variant.text, variant.how)
                if fields:
                    found[Match(_as_typed(typed), _as_typed(variant.text), variant.how, fields)] = None
        return tuple(found)


class Hit:
    """A session found; `score` is comparable within one search only."""

    def __init__(self, catalogue: Catalogue, doc: int, score: float, reasons: MatchReasons) -> None:
        self._catalogue = catalogue
        self._reasons = reasons
        self.doc = doc
        self.score = score

    @cached_property
    def session(self) -> "Session":
        """The session itself."""
        return self._catalogue.session(self.doc)

    @property
    def record(self) -> str:
        """The session as JSON (see `Session.record`)."""
        return self._catalogue.index.sessions.record(self.doc)

    @cached_property
    def matched(self) -> tuple[Match, ...]:
        """The reasons, in the order of the query."""
        return self._reasons.of(self.doc)

    def __repr__(self) -> str:
        return f"Hit({self.session.id!r}, {self.score})"


class Hits(NamedTuple):
    """The first hits of a search, of `total`; `notices` tell how the query was taken."""

    hits: tuple[Hit, ...]
    total: int
    notices: tuple[Message, ...]


def search(
    catalogue: Catalogue, query: Node, limit: int | None = None, without: Collection[Without] = ()
) -> Hits:
    """Return the sessions that a query finds, ranked by its words; equals newest first, then in the order of the files.

    When no session has all the bare words of a query, or one with most of them is likelier, those that have most are
    returned, with a notice. `without` names expansions that are turned off; `EXPANSIONS` are all.

    Raises:
        NotFoundError: a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue, without)
    typed, rest = _bare_words(query)
    if len(typed) > MOST_WORDS:
        matcher.add_notice("only the first {count} words of the query are looked for", count=MOST_WORDS)
        typed = typed[:MOST_WORDS]
    asked = _telling_ones(_grouped(matcher.expander, typed))
    for term in asked:
        matcher.add_term_notices(term)
    others = [term for node in positive_words(rest) for term in matcher.terms(node)]
    hints = list(matcher.expander.hinted(typed)) if len(typed) > 1 else []
    allowed = matcher.docs(rest)
    strict = exact = allowed
    for term in asked:
        strict &= term.docs
        exact &= term.literal
    wide = strict
    if not exact and len(typed) > 1 and not EXPANSIONS.issubset(without):
        wide = _any([*asked, *hints]) & allowed
    ranking = _Ranking(catalogue, [*asked, *others], hints)
    scores = ranking.scores(wide, limit, SCORED if wide == strict else SCORED_WIDE)
    docs = strict
    if wide != strict and not _has_best(strict, scores):
        docs = doc_set(_not_far_behind(scores), catalogue.index.size)
        if docs:
            matcher.add_notice("no talk has all these words; showing those that have most")
    ranked = _ranked(catalogue, docs, scores, exact, limit)
    reasons = MatchReasons(catalogue, (*asked, *others, *hints))
    hits = tuple(Hit(catalogue, doc, round(scores[doc], 4), reasons) for doc in ranked)
    return Hits(hits, docs.bit_count(), tuple(matcher.notices))


def _has_best(docs: DocSet, scores: Mapping[int, float]) -> bool:
    """Tell whether the best document is one of `docs`."""
    return bool(scores) and bool(docs >> max(scores, key=lambda doc: scores[doc]) & 1)


def _not_far_behind(scores: Mapping[int, float]) -> list[int]:
    """Return the documents that have a good share of the best one's score."""
    best = max(scores.values(), default=0.0)
    return [doc for doc, score in scores.items() if score >= best * FAR_BEHIND and score > 0]


def _as_typed(name: str) -> str:
    """Return words that were parted by their script as they are written.

    >>> _as_typed("省 エネ"), _as_typed("feature store")
    ('省エネ', 'feature store')
    """
    return name.replace(" ", "") if is_japanese_word(name) else name


def _bare_words(query: Node) -> tuple[list[str], Node]:
    """Return the words of a query that all must be there, in order, and the rest of it."""
    parts = query.parts if isinstance(query, And) else (query,)
    bare = [part for part in parts if isinstance(part, Word) and part.field is None]
    typed = [word for part in bare for word in words(part.text)]
    return typed, all_of([part for part in parts if not (isinstance(part, Word) and part.field is None)])


def _telling_ones(terms: Iterable[ExpandedTerm]) -> list[ExpandedTerm]:
    """Return the terms without single words that say nothing by themselves, where others say something."""
    every = list(terms)
    telling = [
        one
        for one in every
        if one.parts or not (one.typed in STOP_WORDS or (is_japanese_word(one.typed) and len(one.typed) == 1))
    ]
    return telling or every


def _grouped(expander: QueryExpander, typed: Sequence[str]) -> Iterator[ExpandedTerm]:
    """Yield the terms of words typed in a row, the longest names of several words first."""
    at = 0
    while at < len(typed):
        for length in range(min(LONGEST_NAME, len(typed) - at), 1, -1):
            named = expander.named(typed[at : at + length])
            if named:
                yield named
                at += length
                break
        else:
            yield expander.word(typed[at])
            at += 1


def _any(terms: Iterable[ExpandedTerm]) -> DocSet:
    """Return the documents that have anything of any term."""
    found = 0
    for term in terms:
        for one in term.all():
            found |= one.docs
    return found


class _Ranking:
    """Scores documents by the terms of one query; what words hint at adds, and is not missed where it is not."""

    def __init__(
        self, catalogue: Catalogue, terms: Sequence[ExpandedTerm], hints: Sequence[ExpandedTerm]
    ) -> None:
        self._index = catalogue.index
        self._scorer = TermScorer(catalogue.index.size)
        self._terms = terms
        self._hints = hints

    def scores(self, docs: DocSet, limit: int | None, most: int) -> dict[int, float]:
        """Return the score of each document, or out of more than `most` of those that can be among the best.

        The sum over terms, times a power of the share of the query that the document has, and more where words
        stand side by side as typed.
        """
        chosen = self._candidates(docs, limit, most)
        sums = dict.fromkeys(chosen, 0.0)
        shares = dict.fromkeys(chosen, 0.0)
        whole = 0.0
        for term in (*self._terms, *self._hints):
            telling = self._scorer.telling(term)
            whole += telling if term not in self._hints else 0.0
            for doc, (score, share) in self._scorer.scored(term, chosen).items():
                sums[doc] += score
                shares[doc] += telling * share
        scores = {
            doc: sums[doc] * min(1.0, shares[doc] / whole) ** COVERAGE if whole else 0.0 for doc in chosen
        }
        self._reward_neighbours(scores)
        return scores

    def _candidates(self, docs: DocSet, limit: int | None, most: int) -> AbstractSet[int]:
        """Return the documents worth scoring: all, or out of more than `most` the best of each variant (champion lists)."""
        words = [word for term in (*self._terms, *self._hints) for word in term.all()]
        wanted = max(CANDIDATES, 2 * (limit or 0))
        if limit is None or not words or docs.bit_count() <= max(wanted, most):
            return set(doc_numbers(docs))
        members = MembershipTest(docs, self._index.size)
        chosen: set[int] = set()
        for word in words:
            firm = [variant for variant in word.variants if variant.how not in LOOSE] or word.variants
            for variant in sorted(firm, key=lambda variant: -variant.postings.found_in)[:CANDIDATE_VARIANTS]:
                chosen.update(islice(filter(members.__contains__, variant.postings.best), wanted))
        return chosen

    def _reward_neighbours(self, scores: dict[int, float]) -> None:
        """Raise the scores of the first documents in which words stand side by side as they were typed."""
        typed = [word for term in self._terms for word in term.typed.split()]
        pairs = [f" {one} {other} " for one, other in pairwise(typed)]
        first = heapq.nlargest(NEIGHBOURS, scores, key=lambda doc: scores[doc]) if pairs else []
        for doc in first:
            text = self._index.sessions.line(doc)
            side_by_side = sum(pair in text for pair in pairs)
            scores[doc] *= 1 + ADJACENT * side_by_side / len(pairs)


def _ranked(
    catalogue: Catalogue, docs: DocSet, scores: Mapping[int, float], exact: DocSet, limit: int | None
) -> list[int]:
    """Return the first documents by falling score, those that have the words as typed first; equals newest first."""
    shown = MembershipTest(docs, catalogue.index.size)
    first = MembershipTest(exact & catalogue.everything, catalogue.index.size)
    keys = {doc: (doc not in first, -round(score, 6)) for doc, score in scores.items() if doc in shown}
    ranked = sorted(keys, key=keys.__getitem__)
    if limit is not None and limit < len(ranked):
        last = keys[ranked[limit - 1]] if limit else (False, 0.0)
        ranked = list(takewhile(lambda doc: keys[doc] <= last, ranked))
    year_of = (
        catalogue.index.sessions.years()
        if len(set(map(keys.__getitem__, ranked))) < len(ranked)
        else lambda _: 0
    )
    return sorted(ranked, key=lambda doc: (keys[doc], -year_of(doc), doc))[:limit]
