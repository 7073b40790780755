"""The units by which terms are compared: English words without their endings, Japanese characters one by one.

Does not depend on the terms or themes. Ignores inflection, spelling and width, but never equates two words: with the looser
`text.words.stemmer` of search, which makes "model" of "modeling" and of "modelers", the micro-F1 of docs/taxonomy.md falls from .817
to .791.
"""

import re
from functools import lru_cache
from operator import itemgetter

from mltalks.text.folding import fold
from mltalks.text.japanese.scripts import JAPANESE

_HALFWIDTH = "ｦ-ﾟ"
_WORD = itemgetter(0)  # of a match
_ASCII = re.compile(r"[a-z0-9]+")
_UNIT = re.compile(rf"[{JAPANESE}][゙゚]?|[{_HALFWIDTH}][ﾞﾟ]?|(?:[^\W_{JAPANESE}{_HALFWIDTH}]|[̀-ͯ])+")
_SILENT = frozenset("ー・の゛゜゠")
_VOWEL = re.compile("[aeiouy]")
_LONGEST = 40  # letters; longer texts are no words and have no ending
_KEPT = frozenset((
    "embedded", "speed", "need", "indeed", "string", "during", "nothing", "using", "embed", "learned", "ranking", "scale",
))  # fmt: skip


def units(text: str) -> list[str]:
    """Return the units of `text` in order.

    >>> units("Pruned LLMs")
    ['prun', 'llm']
    >>> units("推論のサーバー")
    ['推', '論', 'サ', 'バ']
    """
    return [*map(strict_stem, words(text)[0])]


def words(text: str) -> tuple[list[str], list[re.Match[str]]]:
    """Return the folded words of `text`, of which units are the stems, in order, and the match of each, which has its place.

    Long vowel marks, middle dots and the particle の are left out: the same term is written with and without them.
    """
    if text.isascii():
        matches = [*_ASCII.finditer(text.lower())]
        return [*map(_WORD, matches)], matches
    found: list[str] = []
    matches = []
    for match in _UNIT.finditer(text):
        word = match[0]
        folded = _folded(word) if len(word) <= _LONGEST else word.casefold()
        if folded not in _SILENT:
            found.append(folded)
            matches.append(match)
    return found, matches


_folded = lru_cache(1 << 14)(fold)  # Japanese characters come one by one, and again and again


@lru_cache(1 << 14)
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
