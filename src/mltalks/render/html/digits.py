"""Numbers and lists of words as short text that neither JSON nor HTML escapes, for the data of a page.

Does not depend on what the numbers mean.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

# A space and | are separators.
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%'()*+,-./:;=?@[]^_`{}~"
BASE = len(DIGITS)


@cache
def digits(number: int, width: int) -> str:
    """Return a number with a fixed number of digits.

    >>> digits(BASE, 3)
    '010'
    """
    return "".join(DIGITS[number // BASE**place % BASE] for place in reversed(range(width)))


def front_coded(words: Sequence[str]) -> str:
    """Return words in order, each as a digit (the length of the prefix that it shares with the one before) and the rest.

    >>> front_coded(["serve", "server", "shape"])
    '0serve|5r|1hape'
    """
    return "|".join(_front_coded(last, word) for last, word in pairwise(("", *words)))


def _front_coded(last: str, word: str) -> str:
    shared = next(end for end in range(min(len(last), BASE - 1), -1, -1) if word.startswith(last[:end]))
    return DIGITS[shared] + word[shared:]


def distances(numbers: Iterable[int], width: int) -> str:
    """Return rising numbers from 0 on, each as its distance from the one before (the first from -1).

    >>> distances([0, 3, BASE + 3], 2)
    '010310'
    """
    return "".join(digits(number - last, width) for last, number in pairwise((-1, *numbers)))
