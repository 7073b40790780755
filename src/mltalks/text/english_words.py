"""Common English words, so that an ordinary word is not mistaken for a typo.

Does not contain names, terms of the field or words of fewer than four letters. The list is from SCOWL, by its licence in
`english_words.LICENSE`: the American words of size 35 and smaller in lower case, of 4 to 14 letters.
"""

from functools import cache
from pathlib import Path


@cache
def _text() -> str:
    return f"\n{Path(__file__).with_suffix('.txt').read_text('ascii')}"


def is_english(word: str) -> bool:
    """Return whether a folded word is a common English word.

    >>> is_english("poker"), is_english("quantizaton")
    (True, False)
    """
    return f"\n{word}\n" in _text()
