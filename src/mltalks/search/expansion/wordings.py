"""Wordings: text in hiragana and single kanji (わかったこと, 後で読む), which sessions have or have not as it is typed.

Does not expand words: their inflections and readings are `expander`'s.
"""

from functools import reduce
from operator import and_

from mltalks.search.expansion.phrases import MAX_READ
from mltalks.search.index.postings import NO_POSTINGS, DocSet, Postings, doc_numbers
from mltalks.search.index.reader import Index
from mltalks.text.japanese.scripts import is_hiragana
from mltalks.text.words.tokenizer import hiragana_term, script_runs

MOST_LONGER = 500  # words that contain a part of a wording
PARTICLES = frozenset("がのをにはでともへやか")
SURE_LENGTH = 5  # characters of hiragana that are hardly within another word by accident


def wording_postings(index: Index, text: str, *, surely: bool = False) -> Postings:
    """Return the sessions that have a wording, as `tokenizer.wording` returns it; without those that may have it by accident, if `surely`."""
    terms = [_longer(index, run, surely=surely and len(text) < SURE_LENGTH) for run in script_runs(text)]
    found = [index.vocabulary.postings_of(some) for some in terms if some is not None]
    if not found or not all(found):
        return NO_POSTINGS
    docs: DocSet = reduce(
        and_,
        (
            reduce(lambda one, other: one | other, (each.docs(index.size) for each in some.values()))
            for some in found
        ),
    )
    steps: dict[int, int] = {}
    for postings in (each for some in found for each in some.values()):
        for doc, step in postings.steps().items():
            steps[doc] = max(step, steps.get(doc, 0))
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
