"""Phrases: the sessions in which words are side by side, or in one text.

Does not expand the words.
"""

from collections.abc import Collection, Sequence
from functools import reduce
from itertools import chain
from operator import and_

from mltalks.search.expansion.expanded_terms import LITERAL, ExpandedTerm
from mltalks.search.index.postings import NO_POSTINGS, STEP, DocSet, Postings, doc_numbers, doc_set
from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.japanese.scripts import is_japanese_word
from mltalks.text.words.tokenizer import has_word
from mltalks.text.words.word_forms import is_form

MAX_READ = 2000  # sessions whose texts are read; of more, all that have the words count as having the phrase
MAX_TOGETHER = (
    200  # sessions whose texts are read for words that may be apart; of more, none counts as having them
)


def phrase_postings(index: Index, words: Sequence[str], said: Sequence[str] = ()) -> Postings:
    """Return the sessions that have words side by side, and texts `said` as they are written, with the mean weight of the words."""
    phrase = " ".join(words) if is_japanese_word(words[0]) else f" {' '.join(words)} "
    return _side_by_side(index, [_postings(index, word) for word in dict.fromkeys(words)], phrase, said)


def beginning_postings(index: Index, words: Sequence[str], last: Collection[str]) -> Postings:
    """Return the sessions that have words side by side, of which the last may be cut; `last` are the whole words that it begins."""
    found = [_postings(index, word) for word in dict.fromkeys(words[:-1])]
    found.append(_together(index.vocabulary.postings_of(list(last)).values()))
    phrase = " ".join(words) if is_japanese_word(words[0]) else f" {' '.join(words)}"
    return _side_by_side(index, found, phrase)


def _side_by_side(index: Index, found: Sequence[Postings], phrase: str, said: Sequence[str] = ()) -> Postings:
    """Return the sessions that have all words and a phrase, with the mean weight of the words."""
    if not all(postings.found_in for postings in found):
        return NO_POSTINGS
    docs = -1
    for postings in found:
        docs &= postings.docs(index.size)
    read = docs.bit_count() <= MAX_READ
    kept = [
        doc
        for doc in doc_numbers(docs)
        if not read
        or (
            phrase in index.sessions.line(doc)
            and all(index.sessions.fields_saying(doc, text) for text in said)
        )
    ]
    weights = [postings.steps() for postings in found]
    return Postings.from_steps(
        {
            doc: max(1, min(255, round(STEP * sum(steps.get(doc, 0) for steps in weights) / len(found))))
            for doc in kept
        }
    )


def docs_in_one_text(index: Index, terms: Sequence[ExpandedTerm]) -> DocSet:
    """Return the sessions that have all terms as typed in one of their texts."""
    docs = reduce(and_, (term.literal for term in terms))
    if docs.bit_count() > MAX_TOGETHER:
        return 0
    forms = [
        [one.text for one in term.variants if one.how in LITERAL and is_form(term.typed, one.text)]
        for term in terms
    ]

    def together(doc: int) -> bool:
        texts = chain.from_iterable(index.sessions.lines(doc).values())
        return any(all(any(has_word(text, form) for form in some) for some in forms) for text in texts)

    return doc_set(filter(together, doc_numbers(docs)), index.size)


def _postings(index: Index, word: str) -> Postings:
    """Return the sessions that have a word; a Japanese one also within longer words."""
    terms = [word, compound_term(word)] if len(word) > 1 and is_japanese_word(word) else [word]
    return _together(index.vocabulary.postings_of(terms).values())


def _together(found: Collection[Postings]) -> Postings:
    """Return the sessions of any postings, each with its greatest weight."""
    if len(found) < 2:
        return next(iter(found), NO_POSTINGS)
    steps: dict[int, int] = {}
    for postings in found:
        for doc, step in postings.steps().items():
            steps[doc] = max(step, steps.get(doc, 0))
    return Postings.from_steps(steps)
