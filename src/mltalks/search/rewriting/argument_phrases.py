"""Finds the sessions that have the words of one argument of the command line side by side: "feature store".

Does not rank them: `ranking` puts them first.
"""

from collections.abc import Iterable, Sequence

from mltalks.search.expansion.phrases import MAX_READ, phrase_postings
from mltalks.search.index.postings import DocSet, doc_numbers, doc_set
from mltalks.search.index.reader import Index
from mltalks.search.matcher import Matcher
from mltalks.text.words.query_fillers import without_fillers
from mltalks.text.words.tokenizer import words


def docs_with_phrases(matcher: Matcher, phrases: Iterable[str]) -> DocSet:
    """Return the sessions that have one of some phrases, or the same name in another number, outside of their questions."""
    found = 0
    for phrase in phrases:
        typed = without_fillers(words(phrase))
        if len(typed) > 1:
            found |= _side_by_side(matcher.index, typed)
            named = matcher.expander.named(typed)
            for variant in named.variants if named else ():
                if variant.how in ("phrase", "compound"):
                    size = matcher.index.size
                    found |= variant.postings.docs(size) & ~variant.postings.asked_docs()
    return found


def _side_by_side(index: Index, typed: Sequence[str]) -> DocSet:
    """Return the sessions that have words side by side; of very many, all that have the words."""
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
