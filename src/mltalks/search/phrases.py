"""Phrases: the sessions in which words are side by side.

Does not expand the words: a phrase is looked for as it is typed.
"""

from collections.abc import Sequence

from mltalks.search.index.postings import NO_POSTINGS, STEP, Postings, doc_numbers
from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.japanese import is_japanese_word

MAX_READ = 2000  # sessions whose texts are read; of more, all that have the words count as having the phrase


def phrase_postings(index: Index, words: Sequence[str]) -> Postings:
    """Return the sessions that have words side by side, with the mean weight of the words."""
    found = [_postings(index, word) for word in dict.fromkeys(words)]
    if not all(postings.found_in for postings in found):
        return NO_POSTINGS
    docs = -1
    for postings in found:
        docs &= postings.docs(index.size)
    phrase = " ".join(words) if is_japanese_word(words[0]) else f" {' '.join(words)} "
    read = docs.bit_count() <= MAX_READ
    kept = [doc for doc in doc_numbers(docs) if not read or phrase in index.sessions.line(doc)]
    weights = [postings.steps() for postings in found]
    return Postings.from_steps(
        {
            doc: max(1, min(255, round(STEP * sum(steps.get(doc, 0) for steps in weights) / len(found))))
            for doc in kept
        }
    )


def _postings(index: Index, word: str) -> Postings:
    """Return the sessions that have a word; a Japanese one also within longer words."""
    terms = [word, compound_term(word)] if len(word) > 1 and is_japanese_word(word) else [word]
    found = list(index.vocabulary.postings_of(terms).values())
    if len(found) < 2:
        return found[0] if found else NO_POSTINGS
    steps: dict[int, int] = {}
    for postings in found:
        for doc, step in postings.steps().items():
            steps[doc] = max(step, steps.get(doc, 0))
    return Postings.from_steps(steps)
