"""Common English words, so that an ordinary word is not mistaken for a typo.

Does not contain terms of the field or words of one or two letters. The list is from SCOWL, by its licence in
`english_words.LICENSE`: the American words and proper names of size 35 and smaller, of 3 to 14 letters.
"""

from functools import cache
from pathlib import Path


@cache
def english_words() -> str:
    """Return all words in order, a line each."""
    return f"\n{Path(__file__).with_suffix('.txt').read_text('ascii')}"


def is_english(word: str) -> bool:
    """Return whether a folded word is a common English word.

    >>> is_english("poker"), is_english("quantizaton")
    (True, False)
    """
    text = english_words()
    low, high = 0, len(text) - 1
    while low < high:  # halving: reading all of it takes a hundred times as long
        start = text.rfind("\n", low, (low + high) // 2 + 1)
        end = text.find("\n", start + 1)
        found = text[start + 1 : end]
        if found == word:
            return True
        if found < word:
            low = end
        else:
            high = start
    return False
