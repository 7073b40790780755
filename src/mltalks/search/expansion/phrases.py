"""Phrases: the sessions in which words are side by side, or in one text, and those that have a wording as it is typed.

A wording is text in hiragana and single kanji (わかったこと, 後で読む). Does not expand the words.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain
from operator import and_, or_

from mltalks.search.expansion.expanded_terms import LITERAL, ExpandedTerm
from mltalks.search.index.postings import NO_POSTINGS, STEP, DocSet, Postings, doc_numbers, doc_set
from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.japanese.scripts import is_hiragana, is_japanese_word
from mltalks.text.words.query_fillers import without_fillers
from mltalks.text.words.tokenizer import has_word, hiragana_term, script_runs, words
from mltalks.text.words.word_forms import is_form

MAX_READ = 2000  # sessions whose texts are read; of more, all that have the words count as having the phrase
MAX_TOGETHER = (
    200  # sessions whose texts are read for words that may be apart; of more, none counts as having them
)
MOST_LONGER = 500  # words that contain a part of a wording
PARTICLES = frozenset("がのをにはでともへやか")
SURE_LENGTH = 5  # characters of hiragana that are hardly within another word by accident


def phrase_postings(index: Index, words: Sequence[str], said: Sequence[str] = ()) -> Postings:
    """Return the sessions that have words side by side, and texts `said` as they are written, with the mean weight of the words."""
    phrase = " ".join(words) if is_japanese_word(words[0]) else f" {' '.join(words)} "
    found = [_postings(index, word) for word in dict.fromkeys(words)]

    def is_said(doc: int) -> bool:
        fields_saying = index.sessions.fields_saying
        return phrase in index.sessions.line(doc) and all(fields_saying(doc, text) for text in said)

    return _side_by_side(index, found, is_said)


def cut_words(text: str) -> set[int]:
    """Return the places of the words of a text that end with a star.

    >>> cut_words("serving* system*"), cut_words("machine learn*"), cut_words("optimi*ation"), cut_words("a * b")
    ({0, 1}, {1}, set(), set())
    """
    return {len(words(text[: star.end()])) - 1 for star in re.finditer(r"(?<=\w)\*(?!\w)", text)}


def begun_phrases(
    index: Index, words: Sequence[str], longer: Mapping[int, Collection[str]]
) -> dict[str, Postings]:
    """Return the phrases of sessions that have words side by side, of which some may be cut, each with its sessions.

    `longer` has what the cut words begin, by their places. Of very many sessions, all that have the words are those of one phrase.
    """
    found = [
        _together(index.vocabulary.postings_of([word, *longer[at]]).values())
        if at in longer
        else _postings(index, word)
        for at, word in enumerate(words)
    ]
    wholes = " ".join(re.escape(word) + "[^ ]*" * (at in longer) for at, word in enumerate(words))
    pattern = re.compile(f"{'' if is_japanese_word(words[0]) else '(?<= )'}{wholes}(?= )")
    phrases: dict[str, dict[int, int]] = {}
    said = lru_cache(MAX_READ)(lambda doc: pattern.findall(index.sessions.line(doc)))
    together = _side_by_side(index, found, said).steps()
    for doc, step in together.items():
        for phrase in said(doc) if len(together) <= MAX_READ else (" ".join(words),):
            phrases.setdefault(phrase, {})[doc] = step
    return {phrase: Postings.from_steps(steps) for phrase, steps in phrases.items()}


def _side_by_side(index: Index, found: Sequence[Postings], is_said: Callable[[int], object]) -> Postings:
    """Return the sessions that have all words and say them so, with the mean weight of the words."""
    if not all(postings.found_in for postings in found):
        return NO_POSTINGS
    docs = -1
    for postings in found:
        docs &= postings.docs(index.size)
    read = docs.bit_count() <= MAX_READ
    kept = [doc for doc in doc_numbers(docs) if not read or is_said(doc)]
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


def docs_with_phrases(
    index: Index, phrases: Iterable[str], named: Callable[[Sequence[str]], ExpandedTerm | None]
) -> DocSet:
    """Return the sessions that have one of some phrases, or the same name in another number, outside of their questions.

    `named` returns several words as one term if they are a name.
    """
    found = 0
    for phrase in phrases:
        typed = without_fillers(words(phrase))
        if len(typed) > 1:
            found |= _outside_of_questions(index, typed)
            name = named(typed)
            for variant in name.variants if name else ():
                if variant.how in ("phrase", "compound"):
                    found |= variant.postings.docs(index.size) & ~variant.postings.asked_docs()
    return found


def _outside_of_questions(index: Index, typed: Sequence[str]) -> DocSet:
    """Return the sessions that have words side by side outside of their questions; of very many, all that have the words."""
    docs = phrase_postings(index, typed).docs(index.size)
    if docs.bit_count() > MAX_READ:
        return docs
    phrase = f" {' '.join(typed)} "
    return doc_set(
        (
            doc
            for doc in doc_numbers(docs)
            for field, texts in index.sessions.lines(doc).items()
            if not field.startswith("questions") and any(phrase in text for text in texts)
        ),
        index.size,
    )


def _postings(index: Index, word: str) -> Postings:
    """Return the sessions that have a word; a Japanese one also within longer words."""
    terms = [word, compound_term(word)] if len(word) > 1 and is_japanese_word(word) else [word]
    return _together(index.vocabulary.postings_of(terms).values())


def _together(found: Collection[Postings]) -> Postings:
    """Return the sessions of any postings, each with its greatest weight."""
    if len(found) < 2:
        return next(iter(found), NO_POSTINGS)
    return Postings.from_steps(_heaviest(found))


def _heaviest(found: Iterable[Postings]) -> dict[int, int]:
    """Return the greatest weight, in steps, that each session has in any postings."""
    steps: dict[int, int] = {}
    for postings in found:
        for doc, step in postings.steps().items():
            steps[doc] = max(step, steps.get(doc, 0))
    return steps


def wording_postings(index: Index, text: str, *, surely: bool) -> Postings:
    """Return the sessions that have a wording, as `tokenizer.wording` returns it; without those that may have it by accident, if `surely`."""
    terms = [_longer(index, run, surely=surely and len(text) < SURE_LENGTH) for run in script_runs(text)]
    found = [index.vocabulary.postings_of(some) for some in terms if some is not None]
    if not found or not all(found):
        return NO_POSTINGS
    docs = reduce(and_, (reduce(or_, (each.docs(index.size) for each in some.values())) for some in found))
    steps = _heaviest(each for some in found for each in some.values())
    read = len(terms) > 1 and docs.bit_count() <= MAX_READ
    kept = [doc for doc in doc_numbers(docs) if not read or index.sessions.fields_saying(doc, text)]
    return Postings.from_steps({doc: steps.get(doc, 1) for doc in kept})


def _longer(index: Index, run: str, *, surely: bool) -> list[str] | None:
    """Return the terms of words that contain a run of one script; None for hiragana of one character, which all sessions have."""
    if not is_hiragana(run):
        return [run, *index.vocabulary.japanese_with(run, MOST_LONGER)]
    if not hiragana_term(run):
        return None
    longer = index.vocabulary.hiragana_with(run)
    return [
        hiragana_term(one) for one in longer if not surely or PARTICLES.issuperset(one.replace(run, "", 1))
    ]
