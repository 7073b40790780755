"""Whether two spellings that look alike mean the same: texts that are nearly equal, names of organizations without their legal form.

Judges texts only; which texts are worth comparing is known to who asks.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mltalks.text.folding import name_key
from mltalks.text.fuzzy import alike_neighbours
from mltalks.text.stemmer import stem
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import words

LEAST_ALIKE = 92  # of 100: two or three letters in a title of forty
SHORTEST = 6  # letters of a text that can be a slip of another
LONGEST = 400  # and of one that is compared letter by letter: that takes the square of its length
_NUMERALS = frozenset(
    [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii",
        "xix", "xx", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second",
        "third", "fourth", "fifth",
    ]
)  # fmt: skip
_PARTS = re.compile(
    r"\d+|[一二三四五六七八九十]{1,4}(?=[回部章編話日版])|[前中後][編半篇]|[上中下]巻|[初中上]級"
)
_LEGAL = (
    "inc|incorporated|ltd|limited|llc|llp|lp|corp|corporation|co|company|gmbh|ag|se|sa|sas|plc|pty|pte|oy|ab|kk|bv|nv|srl"
    r"|s a|s a s|b v|n v|k k|s p a|s r l|l l c|a s|株式会社|有限会社|合同会社|合資会社|株|有"
)
_LEGAL_END = re.compile(rf"(?: (?:{_LEGAL}))+$|(?:株式会社|有限会社|合同会社|合資会社)$")
_LEGAL_START = re.compile(r"^(?:株式会社|有限会社|合同会社|合資会社|株 |有 )")


def spaced(text: str) -> str:
    r"""Return a text with single spaces, and none around it.

    >>> spaced("  Two \t words ")
    'Two words'
    """
    return " ".join(text.split())


def numbers(key: str) -> tuple[str, ...]:
    """Return what numbers a folded text (see `name_key`), and its single letters: by these parts of a series differ.

    >>> numbers("serving models part ii"), numbers("機械学習 第2回 前編"), numbers("a study of b"), numbers("plan a")
    (('ii',), ('2', '前編'), ('b',), ('a',))
    """
    found = [*_PARTS.findall(key)]
    split = key.split()
    for at, word in enumerate(split):
        letter = len(word) == 1 and word.isascii() and word.isalpha()
        if word in _NUMERALS or (letter and (word != "a" or at == len(split) - 1)):
            found.append(word)
    return tuple(sorted(found))


def bare(name: str) -> str:
    """Return the key of an organization's name without its legal form, and without spaces.

    >>> bare("Mercari, Inc."), bare("株式会社メルカリ"), bare("Open AI"), bare("㈱ メルカリ"), bare("Inc.")
    ('mercari', 'メルカリ', 'openai', 'メルカリ', 'inc')
    """
    key = name_key(name)
    if len(key) > LONGEST:
        return key.replace(" ", "")
    shorter = _LEGAL_START.sub("", _LEGAL_END.sub("", key)).strip()
    return (shorter or key).replace(" ", "")


def words_in(texts: Iterable[str]) -> Counter[str]:
    """Return in how many texts each word (see `tokenizer.words`) stands."""
    return Counter(word for text in texts for word in set(words(text)))


def alike(keys: Sequence[str], found_in: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield the places of folded texts that are nearly equal, each pair once, in time linear in their number.

    Texts with other numbers are not, nor such as differ in words that both stand in further texts (`found_in`): "training
    at scale", "serving at scale". Compared are the neighbours when the texts are sorted from their beginning and from their end.
    """
    seen: set[tuple[int, int]] = set()
    places = [place for place, key in enumerate(keys) if SHORTEST <= len(key) <= LONGEST]
    for pair in alike_neighbours([keys[place] for place in places], LEAST_ALIKE):
        first, second = places[min(pair)], places[max(pair)]
        if (first, second) in seen:
            continue
        seen.add((first, second))
        if numbers(keys[first]) == numbers(keys[second]) and _a_slip(keys[first], keys[second], found_in):
            yield first, second


def _a_slip(first: str, second: str, found_in: Mapping[str, int]) -> bool:
    """Tell whether two texts differ in inflection, in a word more or less, or in one that is known nowhere else."""
    one, other = (
        {stem(word): word for word in words(text) if word not in STOP_WORDS} for text in (first, second)
    )
    left = [word for key, word in one.items() if key not in other]
    right = [word for key, word in other.items() if key not in one]
    if not left or not right:
        return True
    return any(all(found_in.get(word, 0) < 2 for word in side) for side in (left, right))
