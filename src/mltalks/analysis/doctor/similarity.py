"""Similarity of texts: nearly equal titles, names of organizations without their legal form.

Does not choose the texts to compare: the caller does.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mltalks.text.folding import name_key
from mltalks.text.fuzzy import alike_neighbours
from mltalks.text.words.stemmer import stem
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import words

LEAST_ALIKE = 92  # of 100: two or three letters in a title of forty
SHORTEST = 6  # letters of a text that can be a misspelling of another
LONGEST = 400  # letters of a text that is compared letter by letter: that takes the square of its length
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


def numbers(key: str) -> tuple[str, ...]:
    """Return the numbers and single letters of a folded text (see `name_key`), by which parts of a series differ.

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


def organization_key(name: str) -> str:
    """Return the key of an organization's name without its legal form, and without spaces.

    >>> organization_key("Mercari, Inc."), organization_key("株式会社メルカリ"), organization_key("Open AI"), organization_key("㈱ メルカリ"), organization_key("Inc.")
    ('mercari', 'メルカリ', 'openai', 'メルカリ', 'inc')
    """
    key = name_key(name)
    if len(key) > LONGEST:
        return key.replace(" ", "")
    shorter = _LEGAL_START.sub("", _LEGAL_END.sub("", key)).strip()
    return (shorter or key).replace(" ", "")


def words_in(texts: Iterable[str]) -> Counter[str]:
    """Return the number of texts that have each word (see `tokenizer.words`)."""
    return Counter(word for text in texts for word in set(words(text)))


def similar_pairs(keys: Sequence[str], found_in: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield the places of folded texts that are nearly equal, each pair once, in time linear in their number.

    Texts with different numbers are not nearly equal, nor texts that differ in words that both are in further texts
    (`found_in`): "training at scale", "serving at scale". Only neighbours in alphabetical order, read forwards or
    backwards, are compared.
    """
    seen: set[tuple[int, int]] = set()
    places = [place for place, key in enumerate(keys) if SHORTEST <= len(key) <= LONGEST]
    for pair in alike_neighbours([keys[place] for place in places], LEAST_ALIKE):
        first, second = places[min(pair)], places[max(pair)]
        if (first, second) in seen:
            continue
        seen.add((first, second))
        if numbers(keys[first]) == numbers(keys[second]) and _is_typo(keys[first], keys[second], found_in):
            yield first, second


def _is_typo(first: str, second: str, found_in: Mapping[str, int]) -> bool:
    """Return whether two texts differ in inflections, in a word that one lacks, or in a word that no other text has."""
    one, other = (
        {stem(word): word for word in words(text) if word not in STOP_WORDS} for text in (first, second)
    )
    left = [word for key, word in one.items() if key not in other]
    right = [word for key, word in other.items() if key not in one]
    if not left or not right:
        return True
    return any(all(found_in.get(word, 0) < 2 for word in side) for side in (left, right))
