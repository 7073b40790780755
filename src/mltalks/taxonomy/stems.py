"""The units in which terms are compared: English words without their endings, Japanese characters one by one.

Knows no terms and no themes; forgives inflection, spelling and width, never a different word.
"""

import re
from collections.abc import Callable, Iterator

from mltalks.text.folding import fold

_JAPANESE = "぀-ヿ㐀-䶿一-鿿豈-﫿々〆"
_HALFWIDTH = "ｦ-ﾟ"
_ASCII = re.compile(r"[a-z0-9]+")
_UNIT = re.compile(rf"[{_JAPANESE}][゙゚]?|[{_HALFWIDTH}][ﾞﾟ]?|(?:[^\W_{_JAPANESE}{_HALFWIDTH}]|[̀-ͯ])+")
_SILENT = frozenset("ー・の゛゜゠")
_VOWEL = re.compile("[aeiouy]")
_LONGEST = 40  # letters; what is longer is no word and has no ending
_KEPT = frozenset(
    {
        "embedded",
        "speed",
        "need",
        "indeed",
        "string",
        "during",
        "nothing",
        "using",
        "embed",
        "learned",
        "ranking",
        "scale",
    }
)
Place = tuple[int, int]


class _Stems(dict[str, str]):
    """Stems by word, kept for the words of a language and forgotten when there are too many."""

    def __missing__(self, word: str) -> str:
        if len(word) > _LONGEST:
            return word
        if len(self) > _MOST_KEPT:
            self.clear()
        return self.setdefault(word, stem(word))


_MOST_KEPT = 1 << 16
_stems = _Stems()


def units(text: str) -> tuple[list[str], Callable[[int], Place]]:
    """Return the units of `text` in order, and what tells where the i-th starts and ends in it.

    Long vowel marks, middle dots and the particle の are passed over: they come and go in the same term.

    >>> found, place = units("Pruned LLMs")
    >>> found, place(1)
    (['prun', 'llm'], (7, 11))
    >>> units("推論のサーバー")[0]
    ['推', '論', 'サ', 'バ']
    """
    if text.isascii():
        matches = list(_ASCII.finditer(text.lower()))
        return [_stems[match[0]] for match in matches], lambda i: matches[i].span()
    pairs = list(_units_of_unicode(text))
    return [unit for unit, _ in pairs], lambda i: pairs[i][1]


def _units_of_unicode(text: str) -> Iterator[tuple[str, Place]]:
    for match in _UNIT.finditer(text):
        word = match.group()
        if word.isascii():
            yield _stems[word.lower()], match.span()
            continue
        folded = fold(word) if len(word) <= _LONGEST else word.casefold()
        if folded not in _SILENT:
            yield _stems[folded], match.span()


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
