"""Ranked search: the sessions that a query finds, the most relevant first, each with the reasons.

Does not expand words (`expansion` does) or score single terms (`scoring` does).
"""

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set as AbstractSet
from functools import cached_property, reduce
from itertools import islice, pairwise, takewhile
from operator import and_, or_
from typing import TYPE_CHECKING, NamedTuple

from mltalks.messages import Message, Quoted
from mltalks.search.catalogue import Catalogue
from mltalks.search.expansion.candidate_finder import EXPANSIONS, Without
from mltalks.search.expansion.expanded_terms import LITERAL, LOOSE, ExpandedTerm, noting
from mltalks.search.expansion.phrases import docs_with_phrases
from mltalks.search.index.postings import DocSet, MembershipTest, doc_numbers, doc_set
from mltalks.search.index.reader import Index
from mltalks.search.match_reasons import Match, MatchReasons
from mltalks.search.matcher import Matcher
from mltalks.search.query.fields import EXCLUDING, HAS_WORDS, KIND_WORDS
from mltalks.search.query.nodes import Filter, Node, Required, Word, all_of, is_bare, parts_of, positive_words
from mltalks.search.rewriting.id_words import with_ids
from mltalks.search.scoring import TermScorer
from mltalks.text.japanese.scripts import is_single_character, kanji_words
from mltalks.text.japanese.verbal_nouns import is_verbal_noun
from mltalks.text.words.query_fillers import is_content, is_example, without_fillers
from mltalks.text.words.stop_words import PARTICLES, STOP_WORDS
from mltalks.text.words.tokenizer import chains, words_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from mltalks.dataset.model import Session

ADJACENT = 0.3  # added to a score, times the share of neighbouring words that are side by side as typed
COVERAGE = 0.5  # power of the share of the query that a session has
RERANKED = 100  # the best sessions by words that are ranked by meaning and themes, too
SCORED = 1000  # sessions up to which all are scored; out of more, candidates
CANDIDATE_VARIANTS = 6  # of each word, the commonest ones, whose best sessions are candidates
CANDIDATES = 48  # the best sessions of each variant that are candidates, at least
MOST_WORDS = 100  # words of a query that are used
FAR_BEHIND = 0.3  # of the best score: below it a session is shown only if it has all words as typed
NOTHING_WITH = "nothing is found with {filters}; searched as text: {words}"
NO_WORDS_WITH = "no talk with {filters} has the other words; searched as text: {words}"
EXAMPLES_LEFT_OUT = "not searched, since any talk of an organization may be one: {words}"
CLOSE_ANSWERS = "{count} close answers; --all shows {total}"
MEANT_KANJI = {"早": "速"}  # that input methods confuse: 推論を早くする
NEWEST = ("最新", "直近", "recent", "latest", "newest")  # filler that asks for an order
WITHOUT_AND = "no talk has all words beside AND; without AND, search also finds talks with some of the words"
BY_RELEVANCE = "{words} does not order the talks; --sort date has the newest first"
NEIGHBOURS = 20  # sessions whose texts are read for words that are side by side


class Hit:
    """A session that was found; scores are comparable within one search only."""

    def __init__(self, catalogue: Catalogue, doc: int, score: float, reasons: MatchReasons) -> None:
        self.catalogue = catalogue
        self._reasons = reasons
        self.doc = doc
        self.score = score

    @cached_property
    def session(self) -> "Session":
        """The session itself."""
        return self.catalogue.session(self.doc)

    @property
    def record(self) -> str:
        """The session as JSON (see `Session.record`)."""
        return self.catalogue.index.sessions.record(self.doc)

    @cached_property
    def matched(self) -> tuple[Match, ...]:
        """Why it was found, the most telling reason first."""
        return self._reasons.matches(self.doc)

    def __repr__(self) -> str:
        return f"Hit({self.session.id!r}, {self.score})"


class Hits(NamedTuple):
    """The first hits of a search, out of `total`; `notices` say how the query was understood, `docs` are all that it finds."""

    hits: tuple[Hit, ...]
    total: int
    notices: tuple[Message, ...]
    docs: DocSet

    def to_pandas(self) -> "DataFrame":
        """Return a row for each hit: the fields of its session, and its score.

        Raises MltalksError: pandas is not installed.
        """
        from mltalks.search.frames import session_frame

        return session_frame(((hit.session, {"score": hit.score}) for hit in self.hits), ["score"])


def search(
    catalogue: Catalogue,
    query: Node,
    limit: int | None = None,
    without: Collection[Without] = (),
    *,
    distant: bool = False,
) -> Hits:
    """Return the sessions that a query finds, ranked by its words; of equal ones the newest first, then in file order.

    A session need not have all bare words of a query. Those that have them all as typed are always among the hits; of the
    others, those that score far less than the best are left out, unless `distant`. `without` names expansions that are turned
    off; without any, all words must be found. A word that is an id (see `id_words`) and words that surely mean a filter are read as
    one (see `filter_hints`), unless it leaves nothing.

    Raises NotFoundError: a company, theme, event, series or id that does not exist.
    """
    query, of_ids = with_ids(catalogue, query, ranked=True)
    hits = _read_and_searched(catalogue, query, limit, without, distant=distant)
    notices = [*of_ids, *hits.notices]
    if not hits.total:
        from mltalks.search.selection import why_nothing  # for what finds nothing alone

        notices += [Message(WITHOUT_AND, {})] * any(isinstance(one, Required) for one in parts_of(query))
        notices += why_nothing(catalogue, query)
    return hits._replace(notices=tuple(notices))


def _read_and_searched(
    catalogue: Catalogue, query: Node, limit: int | None, without: Collection[Without], *, distant: bool
) -> Hits:
    """Return the ranked sessions of a query, of which words that surely mean a filter are read as one."""
    hints: Collection[Message] = ()
    if _may_mean_filter(catalogue.index, query):
        from mltalks.search.rewriting.filter_hints import read_filters  # 2 ms that other queries need not pay

        reading = read_filters(Matcher(catalogue, without), query)
        if reading.query != query and not EXPANSIONS.issubset(without):
            asked, left_out = _without_examples(reading.query)
            hits = _search(catalogue, asked, limit, without, distant=distant)
            absent = () if hits.total else _nothing_of_years(catalogue, reading.query)
            if hits.total or absent or not reading.filters:
                return hits._replace(notices=(*reading.notices, *left_out, *absent, *hits.notices))
            unsure = [one for one in reading.notices if one in reading.hints]
            as_text = Quoted([str(one.values["words"]) for one in reading.hints if one not in unsure])
            of_filters = Matcher(catalogue).docs(all_of(_filters(reading.query)))
            template = NO_WORDS_WITH if of_filters else NOTHING_WITH
            hints = (Message(template, {"filters": reading.filters, "words": as_text}), *unsure)
        else:
            hints = reading.hints
    asked, left_out = (query, ()) if EXPANSIONS.issubset(without) else _without_examples(query)
    hits = _search(catalogue, asked, limit, without, distant=distant)
    return hits._replace(notices=(*hints, *left_out, *hits.notices))


def _nothing_of_years(catalogue: Catalogue, query: Node) -> tuple[Message, ...]:
    """Return a notice that no session has the filters of a query, if those of other years are no answer.

    It names years of which there is no session, or has nothing but filters, one of them by years: then no session has anything
    that was asked for. If there are sessions of the years, but none on the subject, those on the subject in other years
    are an answer to the rest of the query, and a notice says that they are of other years.
    """
    filters = _filters(query)
    years = [one for one in filters if one.field == "year"]
    absent = [one for one in years if not Matcher(catalogue).docs(one)]
    named = absent or (filters if years and len(filters) == len(parts_of(query)) else [])
    return (Message("no talk has {filter}", {"filter": " ".join(map(str, named))}),) if named else ()


def _may_mean_filter(index: Index, query: Node) -> bool:
    """Return whether any word of a query can mean a filter (see `filter_hints`), by the word alone."""
    parts = (part for part in parts_of(query) if isinstance(part, Word) and part.field is None)
    return any(
        not word.isalpha()
        or not word.isascii()
        or word in KIND_WORDS
        or word in HAS_WORDS
        or word in ("year", "years", "japanese", "english", *EXCLUDING)
        or index.facets.has_beginning(("company", "event", "series"), word)
        for part in parts
        for word in words_of(part.text)
    )


def _search(
    catalogue: Catalogue, query: Node, limit: int | None, without: Collection[Without], *, distant: bool
) -> Hits:
    """Return the ranked sessions of a query, as `search` does."""
    index, matcher = catalogue.index, Matcher(catalogue, without)
    exact = EXPANSIONS.issubset(without)
    texts = matcher.texts = _bare_texts(query)
    begun = matcher.read_beginnings(texts)
    typed, rest = _bare_words(query, fillers=exact, words_of=matcher.expander.said)
    if all(map(is_single_character, (*begun, *typed))):
        typed, rest = _bare_words(query, fillers=exact, words_of=matcher.expander.worded)
    if len(typed) > MOST_WORDS:
        matcher.add_notice("only the first {count} words of the query are searched", count=MOST_WORDS)
        typed = typed[:MOST_WORDS]
    before = typed
    typed, spoken = matcher.read(typed)
    typed, spoken = [*begun, *matcher.expander.with_kana_names(typed, texts)], begun | spoken
    found = list(matcher.terms_in_row(typed))
    bare = _content_terms(found)
    short = {word for text in texts for word in kanji_words(text)}
    for term in (*(one for one in found if one.typed in short), *bare):
        matcher.add_term_notices(term)
    terms = [*bare, *(term for node in positive_words(rest) for term in matcher.terms(node))]
    described = [word for one in typed for word in one.split()]
    described += [MEANT_KANJI[word] for word in described if word in MEANT_KANJI]
    hints = list(matcher.expander.hinted(described)) if len(typed) > 1 else []
    hints += matcher.predicates(found, bare, hints)
    hints += matcher.worded_as_typed(set(before).difference(typed))
    literal = docs = matcher.docs(rest)
    for term in bare:
        literal &= term.literal
    if exact:
        docs = reduce(and_, (term.docs for term in bare), docs)
    elif bare:
        docs &= reduce(or_, (part.docs | part.filed for term in (*bare, *hints) for part in term.all()))
    titled = docs & (matcher.titled(texts) | matcher.noted(texts)) if not exact else 0
    _note_order(matcher, texts)
    candidates = _candidates(index, [*terms, *hints], docs, limit) | set(doc_numbers(titled))
    scores = _scores(index, terms, hints, candidates)
    literal |= titled
    if bare and not distant:
        docs = _close(matcher, docs, literal, scores, terms)
    typed_texts = (node.text for node in positive_words(query))
    reasons = MatchReasons(catalogue, [*terms, *hints], typed_texts, _filters(query), spoken)
    first = bare[0].docs if len(typed) == 1 else 0
    if len(bare) == 1 < len(typed) and not bare[0].loose:
        # out of memory, of which "memory" alone is another subject
        named = (one.postings.docs(index.size) for one in bare[0].variants if one.how not in LOOSE)
        first = reduce(or_, named, 0)
    phrases = [text for text in texts if " " in text or (len(texts) == 1 and "-" in text)]
    if first == 0 and phrases:
        first = docs_with_phrases(index, phrases, matcher.expander.named)
    ranked = _ranked(index, docs, scores, titled or first, limit)
    hits = tuple(Hit(catalogue, doc, round(scores[doc], 4), reasons) for doc in ranked)
    return Hits(hits, docs.bit_count(), matcher.notices, docs)


def _note_order(matcher: Matcher, texts: Sequence[str]) -> None:
    """Add a notice if words ask for the newest talks."""
    asked = (word for word in NEWEST if any(word in text for text in texts))
    newest = [word for word in asked if any(word in words_of(one) for text in texts for one in chains(text))]
    if newest:
        matcher.add_notice(BY_RELEVANCE, words=Quoted(newest))


def _close(
    matcher: Matcher,
    docs: DocSet,
    literal: DocSet,
    scores: Mapping[int, float],
    terms: Iterable[ExpandedTerm],
) -> DocSet:
    """Return documents without those that score far less than the best and have not all words as typed; add a notice.

    A document that has a word in the user's note is not the best one, so that a note hides no other.
    """
    best_first = sorted(scores.items(), key=lambda one: -one[1])
    far = FAR_BEHIND * next(
        (score for doc, score in best_first if not noting(matcher.index, terms, 1 << doc)), 0.0
    )
    size = matcher.index.size
    close = docs & (literal | doc_set((doc for doc, score in scores.items() if score >= far), size))
    if close != docs:
        matcher.add_notice(CLOSE_ANSWERS, count=close.bit_count(), total=docs.bit_count())
    return close


def _filters(query: Node) -> list[Filter]:
    return [part for part in parts_of(query) if isinstance(part, Filter)]


def _without_examples(query: Node) -> tuple[Node, tuple[Message, ...]]:
    """Return a query without bare words if these only ask for what a company did, which its talks need not say, and a notice: メルカリの事例."""
    typed, rest = _bare_words(query, fillers=True)
    owned = any(one.field == "company" for one in _filters(rest))
    if not owned or not all(is_example(one) or not is_content(one) for one in typed):
        return query, ()
    words = Quoted(list(filter(is_example, typed)))
    return rest, (Message(EXAMPLES_LEFT_OUT, {"words": words}),) if any(map(is_example, typed)) else ()


def _bare_texts(query: Node) -> list[str]:
    return [part.text for part in parts_of(query) if is_bare(part)]


def _bare_words(
    query: Node, *, fillers: bool, words_of: Callable[[str], Sequence[str]] = words_of
) -> tuple[list[str], Node]:
    """Return the words of a query to rank by, in order, and the rest of the query.

    Without `fillers`, a query has no filler unless it has nothing else.
    """
    typed = [word for text in _bare_texts(query) for chain in chains(text) for word in words_of(chain)]
    rest = [part for part in parts_of(query) if not is_bare(part)]
    content = typed if fillers else without_fillers(typed)
    return content if content or rest else typed, all_of(rest)


def _content_terms(terms: list[ExpandedTerm]) -> list[ExpandedTerm]:
    """Return the terms without stop words, particles of verbs and single Japanese characters, unless there are no others."""
    content = [
        one
        for one in terms
        if one.parts or (one.typed not in (STOP_WORDS | PARTICLES) and not is_single_character(one.typed))
    ]
    return content or terms


def _candidates(
    index: Index, terms: Sequence[ExpandedTerm], docs: DocSet, limit: int | None
) -> AbstractSet[int]:
    """Return the documents to score: all, or out of very many the best of each variant (see `postings.Postings`)."""
    wanted = max(CANDIDATES, 2 * (limit or 0))
    if limit is None or not terms or docs.bit_count() <= max(wanted, SCORED):
        return set(doc_numbers(docs))
    members = MembershipTest(docs, index.size)
    chosen: set[int] = set()
    for term in (part for whole in terms for part in whole.all()):
        firm = [variant for variant in term.variants if variant.how not in LOOSE] or term.variants
        commonest = sorted(firm, key=lambda variant: (variant.how not in LITERAL, -variant.postings.found_in))
        for variant in commonest[:CANDIDATE_VARIANTS]:
            chosen.update(islice(filter(members.__contains__, variant.postings.best), wanted))
    return chosen


def _scores(
    index: Index, terms: Sequence[ExpandedTerm], hints: Sequence[ExpandedTerm], docs: AbstractSet[int]
) -> dict[int, float]:
    """Return the score of each document.

    It is the score of the words, of which the best document has 1; for the best ones their likeness is added.
    """
    scores = _word_scores(index, terms, hints, docs)
    best = max(scores.values(), default=0.0)
    if not best:
        return scores
    scores = {doc: score / best for doc, score in scores.items()}
    first = heapq.nlargest(RERANKED, scores, key=scores.__getitem__)
    typed = [word for term in terms for word in (term.corrected or _names_in(term))]
    if len(typed) < 2:
        return scores  # a talk with the one word ranks before one that is only like it
    from mltalks.search.likeness import with_likeness

    return scores | with_likeness(index, {doc: scores[doc] for doc in first}, typed)


def _names_in(term: ExpandedTerm) -> Iterable[str]:
    """Return the words of a term, of which a verbal noun is one."""
    if is_verbal_noun(term.typed):
        return (term.typed,)
    return (
        (part.typed for part in term.parts)
        if any(map(is_single_character, term.typed.split()))
        else term.typed.split()
    )


def _word_scores(
    index: Index, terms: Sequence[ExpandedTerm], hints: Sequence[ExpandedTerm], docs: AbstractSet[int]
) -> dict[int, float]:
    """Return the score of each document by its words.

    It is the sum over terms, times a power of the share of the query that the document has, and higher if words are side by
    side as typed. Hints add to the sum, and are not missed.
    """
    scorer = TermScorer(index)
    sums, shares = scorer.sums(((term, scorer.importance(term)) for term in (*terms, *hints)), docs)
    whole = sum(map(scorer.importance, terms))
    scores = dict.fromkeys(sorted(docs, key=index.place), 0.0)  # so that the first of equal ones are kept
    if whole:
        scores |= {doc: total * min(1.0, shares[doc] / whole) ** COVERAGE for doc, total in sums.items()}
    typed = [word for term in terms for word in term.typed.split()]
    pairs = [f" {one} {other} " for one, other in pairwise(typed)]
    if pairs:
        best = heapq.nlargest(NEIGHBOURS, scores, key=scores.__getitem__)
        for doc, count in index.sessions.count_phrases(best, pairs):
            scores[doc] *= 1 + ADJACENT * count / len(pairs)
    return scores


def _ranked(
    index: Index, docs: DocSet, scores: Mapping[int, float], first: DocSet, limit: int | None
) -> list[int]:
    """Return the first documents by falling score, those of `first` before the others, of equal ones the newest."""
    shown, before = MembershipTest(docs, index.size), MembershipTest(first, index.size)
    keys = {doc: (doc not in before, -round(score, 6)) for doc, score in scores.items() if doc in shown}
    ranked = sorted(keys, key=keys.__getitem__)
    if limit is not None and limit < len(ranked):
        last = keys[ranked[limit - 1]] if limit else (False, 0.0)
        ranked = list(takewhile(lambda doc: keys[doc] <= last, ranked))
    alike = Counter(keys[doc] for doc in ranked)
    years = {doc: index.sessions.year(doc) for doc in ranked if alike[keys[doc]] > 1}
    return sorted(ranked, key=lambda doc: (keys[doc], -years.get(doc, 0), index.place(doc)))[:limit]
