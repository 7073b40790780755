"""Joined words: the two words of the index that an English word joins (featurestore), and names of persons without their space.

Does not expand the two words: `expander` does.
"""

from mltalks.search.expansion.expanded_terms import Variant
from mltalks.search.expansion.phrases import phrase_postings
from mltalks.search.index.reader import Index
from mltalks.text.folding import name_key, spelling_key

LONGEST_NAME = 5  # words that are looked up as one name
SHORTEST_PART = 4  # letters of a part of an English compound
SHORT_PARTS = ("kv", "ml", "ai", "qa", "db", "ci", "cd", "io")  # of two letters, which may be such a part


def two_words(index: Index, word: str) -> tuple[str, str] | None:
    """Return the two words that a word joins, side by side in some session; of several the ones with the longest shorter half."""
    found_in = index.vocabulary.found_in
    halves = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    parts = [pair for pair in halves if all(_may_be_part(half) and found_in(half) for half in pair)]
    known = [pair for pair in parts if phrase_postings(index, pair).found_in]
    return max(known, key=lambda pair: (min(map(len, pair)), found_in(pair[0])), default=None)


def spaced_name(index: Index, word: str) -> list[Variant]:
    """Return the talks of a speaker whose Japanese name is typed without its space; one character of it is no word by itself."""
    value = index.facets.value("speaker", spelling_key(word))
    name = name_key(value or "")
    return (
        [Variant(name, "phrase", 1.0, index.facets.postings("speaker", [value]))]
        if value and " " in name
        else []
    )


def _may_be_part(half: str) -> bool:
    return len(half) >= SHORTEST_PART or half.isdigit() or half in SHORT_PARTS
