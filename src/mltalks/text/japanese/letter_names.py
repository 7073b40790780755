"""Letter names: katakana that spells Latin letters, as abbreviations are read aloud (エーピーアイ is API).

Does not know which abbreviations there are: `search.expansion.readings` looks them up.
"""

import re
from collections.abc import Iterator

_NAMES = {
    "a": "エー|エイ", "b": "ビー", "c": "シー", "d": "ディー", "e": "イー", "f": "エフ", "g": "ジー", "h": "エイチ|エッチ", "i": "アイ",
    "j": "ジェー|ジェイ", "k": "ケー|ケイ", "l": "エル", "m": "エム", "n": "エヌ", "o": "オー", "p": "ピー", "q": "キュー", "r": "アール",
    "s": "エス", "t": "ティー", "u": "ユー", "v": "ブイ|ヴイ|ヴィー", "w": "ダブリュー|ダブルユー", "x": "エックス", "y": "ワイ",
    "z": "ゼット|ズィー",
}  # fmt: skip
_LETTER = {name: letter for letter, names in _NAMES.items() for name in names.split("|")}
_NAME = f"(?:{'|'.join(sorted(_LETTER, key=len, reverse=True))})"


def spelled_letters(word: str) -> Iterator[tuple[str, str, str]]:
    """Yield (before, letters, after): two letters or more whose names a katakana word is, begins or ends with, the most first.

    The word may lack the long vowel at its end, as `tokenizer.words` returns it.

    >>> list(spelled_letters("オートエムエル")), list(spelled_letters("レイテンシ"))
    ([('オート', 'ml', '')], [])
    >>> list(spelled_letters("エーアイアイデア")), next(spelled_letters("ジーピーユ"))
    ([('', 'aii', 'デア'), ('', 'ai', 'アイデア')], ('', 'gpu', ''))
    """
    found: dict[tuple[str, str, str], None] = {}
    for spelling in (word, f"{word}ー"):
        for start, end in _stretches(spelling):
            letters = "".join(_LETTER[name] for name in re.findall(_NAME, spelling[start:end]))
            after = spelling[end:] if spelling == word else spelling[end:-1]
            found[spelling[:start], letters, after] = None
    yield from sorted(found, key=lambda one: -len(one[1]))


def _stretches(word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word has two names or more side by side, at its beginning or its end."""
    at = 0
    while match := re.compile(_NAME).match(word, at):
        if at:
            yield 0, match.end()
        at = match.end()
    for start in range(1, len(word)):
        if re.compile(f"{_NAME}{{2,}}").fullmatch(word, start):
            yield start, len(word)
