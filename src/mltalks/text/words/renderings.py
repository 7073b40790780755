"""Renderings: whether a katakana word spells an English word, syllable by syllable.

Does not look up words: the caller finds those with the same consonants (see `phonetics`).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from mltalks.text.words import phonetics
from mltalks.text.words.stemmer import stem

FEWEST = 3  # consonants of a sound that is compared
# How English may write the consonants of each row, and the vowels of each column.
_ROWS = {
    "カキクケコ": ("ck|ch|qu|cqu|[ckq]+", "aiueo"), "ガギグゲゴ": ("gh|gu|g+", "aiueo"), "サ スセソ": ("sc|th|ps|[sc]+|z", "a ueo"),
    "シ": ("sh|sch|sc|ch|s+|c|t", "i"), "ザ ズゼゾ": ("z+|s+|th|x", "a ueo"), "ジ": ("dg|g+|j|z+|d|s", "i"), "タ  テト": ("tt?h?|ght", "a  eo"),
    "チ": ("tch|ch|t+", "i"), "ツ": ("ts|tz|z+|t+", "u"), "ダ  デド": ("d+|th", "a  eo"), "ヂ": ("d+", "i"), "ヅ": ("d+", "u"), "ナニヌネノ": ("kn|gn|n+", "aiueo"),
    "ハヒ ヘホ": ("wh|h", "ai eo"), "フ": ("ph|gh|f+|h", "u"), "バビブベボ": ("b+|v+", "aiueo"), "パピプペポ": ("p+", "aiueo"),
    "マミムメモ": ("mn|m+", "aiueo"), "ヤ ユ ヨ": ("y|i|", "a u o"), "ラリルレロ": ("wr|rh|r+|l+", "aiueo"), "ワ": ("wh|w|u|o", "a"), "ヲ": ("w|", "o"),
    "ヴ": ("v+", "u"), "アイウエオ": ("", "aiueo"),
}  # fmt: skip
_MORAS = {
    kana: (spelt, vowel)
    for row, (spelt, vowels) in _ROWS.items()
    for kana, vowel in zip(row, vowels, strict=True)
    if kana != " "
}
_SMALL = {"ァ": "a", "ャ": "a", "ィ": "i", "ゥ": "u", "ュ": "u", "ェ": "e", "ョ": "o", "ォ": "o", "ヮ": "a"}
_VOWELS = {
    "a": "ou|er|ar|or|ur|ir|ea|ia|a|u|o|e(?=r)", "i": "ee|ea|ie|ey|i|y|e|ui", "u": "oo|ou|u|o|w|e|", "e": "ea|ai|ei|e|a(?=ture)", "o": "au|oa|ou|aw|o|a|u",
}  # fmt: skip
_LONG = {
    "a": "ar|er|ir|ur|ear|our|al|ah|a|o|u", "i": "ee|ea|ie|ey|ei|e|i|y", "u": "ough|oo|ou|ew|eu|ue|ui|u|o|iew",
    "e": "eigh|aigh|air|are|ai|ay|ei|ey|ea|a|e", "o": "ough|ore|our|oar|oa|ow|or|au|aw|al|o",
}  # fmt: skip
_GLIDED = "u|eu|ew|ue|iu|you|yu|o|e|"  # キュ, シュ
_SILENT = "シチジトド"  # whose vowel may not be spoken: edge, batch, state
_DIPHTHONGS = {
    "aイ": "igh|ie|ei|ai|eye|i|y|uy",
    "aウ": "ough|ou|ow|au",
    "eイ": "eigh|aigh|ai|ay|ei|ey|ea|a|e",
    "oイ": "oi|oy|oe",
    "oア": "ore|oor|or|oa|oar",
    "eア": "ear|are|air|ea|eir",
}
_LABIALS = tuple("バビブベボパピプペポマミムメモ")  # before which ン may be an m
_X = re.compile("[クキ][サシスセソ]")
_END = "(?:re?|rs?|e|e?s)?"


def spelled_english(word: str, with_sound: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, int]]:
    """Yield the English words that a katakana word spells, each with the difference in syllables.

    A word with few consonants may spell many words; it must spell just one, in any of its forms. `with_sound` returns the words
    that have a sound.

    >>> list(spelled_english("レイテンシ", {"rtns": ["latency", "artisans"]}.get))
    [('latency', 0)]
    """
    for sound in phonetics.sound_of_kana(word):
        if len(sound) < FEWEST:
            continue
        found = [other for other in with_sound(sound) if renders(word, other)]
        if len(sound) >= phonetics.SHORTEST or len(set(map(stem, found))) == 1:
            for other in found:
                yield other, abs(phonetics.syllables(word) - phonetics.syllables(other))


def renders(kana: str, english: str) -> bool:
    """Return whether a katakana word, as `tokenizer.words` returns it, spells an English word or its plural.

    >>> [renders(*pair) for pair in (("レイテンシ", "latency"), ("スケーリング", "scaling"), ("プロキシ", "proxy"), ("インスタンス", "instances"))]
    [True, True, True, True]
    >>> [renders(*pair) for pair in (("パナソニック", "vanishing"), ("リクルート", "recreate"), ("ナウキャスト", "mixture"), ("スケーリング", "scoring"))]
    [False, False, False, False]
    >>> [renders(*pair) for pair in (("クラスタリング", "clustering"), ("ベクタ", "vector"), ("ボタン", "bottom"), ("ダンス", "dense"))]
    [True, True, False, False]
    """
    return re.compile(_pattern(kana)).fullmatch(english) is not None


@lru_cache(256)
def _pattern(kana: str) -> str:
    """Return the pattern of the English words that katakana may spell."""
    kana, at, found = kana.replace("ッ", ""), 0, []
    while at < len(kana):
        consonants, vowel, after = _mora(kana, at)
        worded = {"ワ": "or|", "ア": "e|"}.get(kana[at], "")
        if _X.match(kana, at):
            others, vowel, after = _mora(kana, at + 1)
            consonants = f"x|(?:{consonants})(?:{_VOWELS['u']})(?:{others})"
        following = kana[after : after + 1]
        spelt, after = _vowel(vowel, following, after)
        if kana[at] in "ンー":
            nasal = "n+e?|gn|m+e?" if following in _LABIALS else "n+e?|gn"  # a last m is ム
            found.append(f"(?:{nasal})" if kana[at] == "ン" else "")
        else:
            silent = "|e|" if after == at + 1 and kana[at] in _SILENT else ""
            found.append(f"(?:{consonants})(?:{worded}{spelt}{silent})")
        at = after
    return "".join(found) + _END


def _mora(kana: str, at: int) -> tuple[str, str, int]:
    """Return how the consonants at a place are spelt, its vowel, and the next place."""
    consonants, vowel = _MORAS.get(kana[at], ("", ""))
    small = _SMALL.get(kana[at + 1 : at + 2])
    if kana[at] in _SMALL:
        return "", _SMALL[kana[at]], at + 1
    if small is None:
        return consonants, vowel, at + 1
    if kana[at] == "ウ":
        return "wh|w|u", small, at + 2
    glided = kana[at + 1] in "ャュョ"
    if glided and vowel == "i":
        consonants = f"(?:{consonants})[iy]?"
    return consonants, "glided" if glided and small == "u" else small, at + 2


def _vowel(vowel: str, following: str, after: int) -> tuple[str, int]:
    """Return how a vowel is spelt together with what follows it, and the next place."""
    if vowel == "glided":
        return (f"{_GLIDED}|{_LONG['u']}", after + 1) if following == "ー" else (_GLIDED, after)
    if following == "ー":
        return _LONG.get(vowel, ""), after + 1
    if f"{vowel}{following}" in _DIPHTHONGS:
        return (
            f"{_DIPHTHONGS[f'{vowel}{following}']}|(?:{_VOWELS[vowel]})(?:{_VOWELS[_MORAS[following][1]]})",
            after + 1,
        )
    return _VOWELS.get(vowel, ""), after
