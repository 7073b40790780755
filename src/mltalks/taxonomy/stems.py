"""The units in which terms are compared: English words without their endings, Japanese characters one by one.

Knows no terms and no themes; forgives inflection, spelling and width, never a different word.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from mltalks.text import fold

_JAPANESE = "぀-ヿ㐀-䶿一-鿿豈-﫿々〆"
_HALFWIDTH = "ｦ-ﾟ"
_ASCII = re.compile(r"[a-z0-9]+")
_UNIT = re.compile(
    rf"[{_JAPANESE}][゙゚]?|[{_HALFWIDTH}][ﾞﾟ]?|(?:[^\W_{_JAPANESE}{_HALFWIDTH}]|[̀-ͯ])+"
)
_SILENT = frozenset("ー・の゛゜゠")
_VOWEL = re.compile("[aeiouy]")
_LONGEST = 40  # letters; what is longer is no word and has no ending
_KEPT = frozenset({"embedded", "speed", "need", "indeed", "string", "during", "nothing", "using", "embed", "learned", "ranking", "scale"})
Unit = tuple[str, int, int]


def units(text: str) -> list[Unit]:
    """Return the units of `text` with the places where they start and end in it.

    Long vowel marks, middle dots and the particle の are passed over: they come and go in the same term.

    >>> units("Pruned LLMs")
    [('prun', 0, 6), ('llm', 7, 11)]
    >>> [unit for unit, _, _ in units("推論のサーバー")]
    ['推', '論', 'サ', 'バ']
    """
    if text.isascii():
        return [(stem(m.group()), m.start(), m.end()) for m in _ASCII.finditer(text.lower())]
    return list(_units_of_unicode(text))


def _units_of_unicode(text: str) -> Iterator[Unit]:
    for match in _UNIT.finditer(text):
        word = match.group()
        if word.isascii():
            yield stem(word.lower()), match.start(), match.end()
            continue
        folded = fold(word) if len(word) <= _LONGEST else word.casefold()
        if folded not in _SILENT:
            yield stem(folded), match.start(), match.end()


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Return a folded English word without the endings of number, tense and -ation; others as they are.

    >>> [stem(word) for word in ("quantization", "quantised", "caches", "scheduling", "swapped", "analysis", "gpus")]
    ['quantiz', 'quantiz', 'cach', 'schedul', 'swap', 'analysi', 'gpu']
    """
    if len(word) < 4 or len(word) > _LONGEST or not word.isascii() or word in _KEPT:
        return word
    base = _without_tense(_singular(word))
    return base[:-2] + "iz" if base.endswith("is") and len(base) > 5 else base


def _singular(word: str) -> str:
    if not word.endswith("s") or word.endswith("ss") or (word.endswith("us") and len(word) > 4):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1]


def _without_tense(word: str) -> str:
    for ending in ("ation", "ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > (3 if ending == "ation" else 2) and _VOWEL.search(base):
            doubled = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz"
            return base[:-1] if doubled else base.removesuffix("e")
    if word.endswith("e"):
        return word[:-1]
    return word
