"""Ranked search: the sessions that a query finds, the most relevant first, each with the reasons.

Does not expand words (`expansion` does) or score single terms (`scoring` does).
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from functools import cached_property, reduce
from itertools import islice, pairwise, takewhile
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.expanded_terms import LITERAL, LOOSE, ExpandedTerm, MatchKind, Variant
from mltalks.search.expansion import EXPANSIONS, QueryExpander, Without
from mltalks.search.index.postings import DocSet, MembershipTest, doc_numbers, doc_set
from mltalks.search.index.reader import Index
from mltalks.search.matcher import Matcher
from mltalks.search.query import And, Node, Word, all_of, positive_words
from mltalks.search.scoring import TermScorer
from mltalks.text.japanese import is_japanese_word
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import words

if TYPE_CHECKING:
    from mltalks.dataset.model import Session

ADJACENT = 0.3  # added to a score, times the share of neighbouring words that are side by side as typed
COVERAGE = 1.5  # power of the share of the query that a session has
SCORED = 500  # sessions up to which all are scored; out of more, candidates
SCORED_WIDE = 20_000  # the same if no session has all words, and those with most of them are scored
CANDIDATE_VARIANTS = 6  # of each word, the commonest ones, whose best sessions are candidates
CANDIDATES = 48  # the best sessions of each variant that are candidates, at least
MOST_WORDS = 100  # words of a query that are used
LONGEST_NAME = 5  # words that are looked up as one name
FAR_BEHIND = 0.3  # of the best score: below it nothing is shown if no session has all words
NEIGHBOURS = 20  # sessions whose texts are read for words that are side by side


class Match(NamedTuple):
    """Why a session was found: a word of the query, the variant of it that the session has, and in which fields."""

    query: str
    text: str
    how: MatchKind
    fields: tuple[str, ...]


class MatchReasons:
    """The variants of all terms of one query, from which the matches of each hit are listed.

    `spoken` has the Japanese words that were typed in Latin letters, and those letters.
    """

    def __init__(
        self, index: Index, terms: Iterable[ExpandedTerm], spoken: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._index = index
        self._terms = terms
        self._spoken = spoken

    @cached_property
    def _variants(self) -> list[tuple[str, Variant, str, MembershipTest]]:
        size = self._index.size
        return [
            (
                spoken or _as_written(one.typed),
                variant._replace(how="sound") if spoken and variant.how in LITERAL else variant,
                _as_written(variant.text),
                MembershipTest(variant.postings.docs(size), size),
            )
            for term in self._terms
            for one in term.all()
            for spoken in [self._as_spoken(one.typed)]
            for variant in one.variants
        ]

    def _as_spoken(self, name: str) -> str:
        """Return how words, or a part of one, were typed in Latin letters; "" if they were not."""
        parts = name.split()
        if self._spoken.keys().isdisjoint(parts):
            return next((typed for word, typed in self._spoken.items() if name in word), "")
        return " ".join(dict.fromkeys(self._spoken.get(part, part) for part in parts))

    def matches(self, doc: int) -> tuple[Match, ...]:
        """Return why a document was found, in the order of the query."""
        found: dict[Match, None] = {}
        for typed, variant, written, docs in self._variants:
            if doc in docs:
                fields = self._index.sessions.fields_with(doc, variant.text, variant.how)
                if fields:
                    found[Match(typed, written, variant.how, fields)] = None
        return tuple(found)


def _as_written(name: str) -> str:
    """Return words that were split at a change of script as they are written.

    >>> _as_written("省 エネ"), _as_written("feature store")
    ('省エネ', 'feature store')
    """
    return name.replace(" ", "") if is_japanese_word(name) else name


class Hit:
    """A session that was found; scores are comparable within one search only."""

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
        """Why it was found, in the order of the query."""
        return self._reasons.matches(self.doc)

    def __repr__(self) -> str:
        return f"Hit({self.session.id!r}, {self.score})"


class Hits(NamedTuple):
    """The first hits of a search, out of `total`; `notices` say how the query was understood."""

    hits: tuple[Hit, ...]
    total: int
    notices: tuple[Message, ...]


def search(
    catalogue: Catalogue, query: Node, limit: int | None = None, without: Collection[Without] = ()
) -> Hits:
    """Return the sessions that a query finds, ranked by its words; of equal ones the newest first, then in file order.

    If no session has all the bare words of a query as typed, and the best one that has most of them is better than all
    that have all, those with most words are returned, with a notice. `without` names expansions that are turned off.

    Raises NotFoundError: a company, theme, event, series or id that does not exist.
    """
    index, matcher = catalogue.index, Matcher(catalogue, without)
    typed, rest = _bare_words(query)
    if len(typed) > MOST_WORDS:
        matcher.add_notice("only the first {count} words of the query are searched", count=MOST_WORDS)
        typed = typed[:MOST_WORDS]
    typed, spoken = matcher.read(typed)
    bare = _content_terms(list(_terms(matcher.expander, typed)))
    for term in bare:
        matcher.add_term_notices(term)
    terms = [*bare, *(term for node in positive_words(rest) for term in matcher.terms(node))]
    hints = list(matcher.expander.hinted(typed)) if len(typed) > 1 else []
    allowed = matcher.docs(rest)
    strict = exact = allowed
    for term in bare:
        strict &= term.docs
        exact &= term.literal
    docs = strict
    if not exact and len(typed) > 1 and not EXPANSIONS.issubset(without):
        docs = allowed & reduce(or_, (part.docs for term in (*bare, *hints) for part in term.all()))
    scores = _scores(
        index, terms, hints, _candidates(index, [*terms, *hints], docs, limit, wide=docs != strict)
    )
    if docs != strict:
        best = max(scores, key=scores.__getitem__, default=None)
        docs = strict
        if best is None or not strict >> best & 1:
            least = FAR_BEHIND * scores[best] if best is not None else 0.0
            docs = doc_set((doc for doc, score in scores.items() if score >= least and score > 0), index.size)
            if docs:
                matcher.add_notice("no talk has all these words; showing talks that have most of them")
    reasons = MatchReasons(index, [*terms, *hints], spoken)
    ranked = _ranked(index, docs, scores, exact, limit)
    hits = tuple(Hit(catalogue, doc, round(scores[doc], 4), reasons) for doc in ranked)
    return Hits(hits, docs.bit_count(), matcher.notices)


def _bare_words(query: Node) -> tuple[list[str], Node]:
    """Return the words of a query that must all be found, in order, and the rest of the query."""
    parts = query.parts if isinstance(query, And) else (query,)
    typed: list[str] = []
    rest: list[Node] = []
    for part in parts:
        if isinstance(part, Word) and part.field is None:
            typed += words(part.text)
        else:
            rest.append(part)
    return typed, all_of(rest)


def _terms(expander: QueryExpander, typed: Sequence[str]) -> Iterator[ExpandedTerm]:
    """Yield the terms of words typed in a row; names of several words are one term, the longest first."""
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


def _content_terms(terms: list[ExpandedTerm]) -> list[ExpandedTerm]:
    """Return the terms without stop words and single Japanese characters, unless there are no others."""
    content = [
        one
        for one in terms
        if one.parts or not (one.typed in STOP_WORDS or (is_japanese_word(one.typed) and len(one.typed) == 1))
    ]
    return content or terms


def _candidates(
    index: Index, terms: Sequence[ExpandedTerm], docs: DocSet, limit: int | None, *, wide: bool
) -> AbstractSet[int]:
    """Return the documents to score: all, or out of very many the best of each variant (see `postings.Postings`)."""
    wanted = max(CANDIDATES, 2 * (limit or 0))
    if limit is None or not terms or docs.bit_count() <= max(wanted, SCORED_WIDE if wide else SCORED):
        return set(doc_numbers(docs))
    members = MembershipTest(docs, index.size)
    chosen: set[int] = set()
    for term in (part for whole in terms for part in whole.all()):
        firm = [variant for variant in term.variants if variant.how not in LOOSE] or term.variants
        for variant in sorted(firm, key=lambda variant: -variant.postings.found_in)[:CANDIDATE_VARIANTS]:
            chosen.update(islice(filter(members.__contains__, variant.postings.best), wanted))
    return chosen


def _scores(
    index: Index, terms: Sequence[ExpandedTerm], hints: Sequence[ExpandedTerm], docs: AbstractSet[int]
) -> dict[int, float]:
    """Return the score of each document.

    It is the sum over terms, times a power of the share of the query that the document has, and higher if words are side by
    side as typed. Hints add to the sum, and are not missed.
    """
    scorer = TermScorer(index.size)
    sums = dict.fromkeys(docs, 0.0)
    shares = dict.fromkeys(docs, 0.0)
    for term in (*terms, *hints):
        importance = scorer.importance(term)
        for doc, (score, share) in scorer.scores(term, docs).items():
            sums[doc] += score
            shares[doc] += importance * share
    whole = sum(map(scorer.importance, terms))
    scores = {doc: sums[doc] * min(1.0, shares[doc] / whole) ** COVERAGE if whole else 0.0 for doc in docs}
    typed = [word for term in terms for word in term.typed.split()]
    pairs = [f" {one} {other} " for one, other in pairwise(typed)]
    for doc in heapq.nlargest(NEIGHBOURS, scores, key=scores.__getitem__) if pairs else ():
        text = index.sessions.line(doc)
        scores[doc] *= 1 + ADJACENT * sum(pair in text for pair in pairs) / len(pairs)
    return scores


def _ranked(
    index: Index, docs: DocSet, scores: Mapping[int, float], exact: DocSet, limit: int | None
) -> list[int]:
    """Return the first documents: those that have the words as typed first, by falling score, of equal ones the newest."""
    shown, first = MembershipTest(docs, index.size), MembershipTest(exact, index.size)
    keys = {doc: (doc not in first, -round(score, 6)) for doc, score in scores.items() if doc in shown}
    ranked = sorted(keys, key=keys.__getitem__)
    if limit is not None and limit < len(ranked):
        last = keys[ranked[limit - 1]] if limit else (False, 0.0)
        ranked = list(takewhile(lambda doc: keys[doc] <= last, ranked))
    return sorted(ranked, key=lambda doc: (keys[doc], -index.sessions.year(doc), doc))[:limit]
