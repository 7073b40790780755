"""Whether two English words are forms of one word, more strictly than by their stems.

Does not find words: `search.expansion` compares those of one stem.
"""

from itertools import takewhile

from mltalks.text.japanese.scripts import is_japanese_word
from mltalks.text.words.stemmer import stem

SURE_STEM = 6  # letters that two words share if they are surely forms of one
# Each set has the endings of the forms of one word.
ENDINGS = tuple(
    map(
        frozenset,
        (("", "s", "es", "ed", "ing"), ("", "s", "d"), ("e", "es", "ed", "ing"), ("y", "ies", "ied")),
    )
)


def is_form(word: str, other: str) -> bool:
    """Return whether two words with one stem are surely forms of one word: they differ in a common ending, or the stem is long.

    >>> is_form("automate", "automated"), is_form("mobility", "mobile"), is_form("wine", "wins"), is_form("stocky", "stock")
    (True, True, False, False)
    >>> is_form("evict", "eviction"), is_form("plan", "plane")
    (True, False)
    >>> is_form("university", "universal"), is_form("memories", "memorize"), is_form("products", "product")
    (False, False, True)
    """
    if word == other or is_japanese_word(word) or " " in word:
        return True
    if stem(word) != stem(other):
        return False
    shared = shared_letters(word, other)
    endings = {word[shared:], other[shared:]}
    return shared > 3 and (
        any(endings <= some for some in ENDINGS)
        or shared >= SURE_STEM
        or (shared == SURE_STEM - 1 and max(len(word), len(other)) > shared + 2)
    )


def is_form_of_name(name: str, other: str) -> bool:
    """Return whether two names with the same stems surely have forms of the same words.

    >>> is_form_of_name("feature stores", "feature store"), is_form_of_name("active learning", "actor learner")
    (True, False)
    """
    one, two = name.split(), other.split()
    return len(one) != len(two) or all(map(is_form, one, two))


def is_derived(word: str, other: str) -> bool:
    """Return whether two words with one stem may be derived from each other: they share four letters, or differ in a common ending.

    >>> is_derived("scheduling", "scheduler"), is_derived("tune", "tuning"), is_derived("active", "actor"), is_derived("serving", "server")
    (True, True, False, False)
    """
    if stem(word) != stem(other):
        return False
    shared = shared_letters(word, other)
    return shared > 3 or any({word[shared:], other[shared:]} <= some for some in ENDINGS)


def is_plural(one: str, other: str) -> bool:
    """Return whether two words differ in number alone.

    >>> is_plural("gpu", "gpus"), is_plural("latencies", "latency"), is_plural("serving", "server")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    return long in (f"{short}s", f"{short}es", f"{short[:-1]}ies")


def shared_letters(word: str, other: str) -> int:
    """Return how many letters two words start with alike.

    >>> shared_letters("caching", "cache")
    4
    """
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
