"""The units by which terms are compared: English words without their endings, Japanese characters one by one.

Does not depend on the terms or themes. Ignores inflection, spelling and width, but never equates two words: with the looser
`text.stemmer` of search, which makes "model" of "modeling" and of "modelers", the micro-F1 of docs/taxonomy.md falls from .817
to .791.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from mltalks.text.folding import fold
from mltalks.text.japanese import JAPANESE

_HALFWIDTH = "ｦ-ﾟ"
_ASCII = re.compile(r"[a-z0-9]+")
_UNIT = re.compile(rf"[{JAPANESE}][゙゚]?|[{_HALFWIDTH}][ﾞﾟ]?|(?:[^\W_{JAPANESE}{_HALFWIDTH}]|[̀-ͯ])+")
_SILENT = frozenset("ー・の゛゜゠")
_VOWEL = re.compile("[aeiouy]")
_LONGEST = 40  # letters; longer texts are no words and have no ending
_KEPT = frozenset((
    "embedded", "speed", "need", "indeed", "string", "during", "nothing", "using", "embed", "learned", "ranking", "scale",
))  # fmt: skip
Place = tuple[int, int]


def units(text: str) -> tuple[list[str], list[Place]]:
    """Return the units of `text` in order, and where each starts and ends in it.

    Long vowel marks, middle dots and the particle の are left out: the same term is written with and without them.

    >>> units("Pruned LLMs")
    (['prun', 'llm'], [(0, 6), (7, 11)])
    >>> units("推論のサーバー")[0]
    ['推', '論', 'サ', 'バ']
    """
    if text.isascii():
        matches = list(_ASCII.finditer(text.lower()))
        return [strict_stem(match[0]) for match in matches], [match.span() for match in matches]
    pairs = list(_units_of_unicode(text))
    return [unit for unit, _ in pairs], [place for _, place in pairs]


def _units_of_unicode(text: str) -> Iterator[tuple[str, Place]]:
    for match in _UNIT.finditer(text):
        word = match.group()
        if word.isascii():
            yield strict_stem(word.lower()), match.span()
            continue
        folded = _folded(word) if len(word) <= _LONGEST else word.casefold()
        if folded not in _SILENT:
            yield strict_stem(folded), match.span()


_folded = lru_cache(1 << 14)(fold)  # Japanese characters come one by one, and again and again


@lru_cache(1 << 16)
def strict_stem(word: str) -> str:
    """Return a folded English word without the endings of number, tense and -ation; others as they are.

    >>> [strict_stem(word) for word in ("quantization", "quantised", "caches", "scheduling", "swapped", "analysis", "gpus")]
    ['quantiz', 'quantiz', 'cach', 'schedul', 'swap', 'analysi', 'gpu']
    """
    if not 4 <= len(word) <= _LONGEST or not word.isascii() or word in _KEPT:
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
