"""How text is folded and taken apart, the same for what is indexed and what is typed.

Each rule is one small function with its examples; nothing here knows fields, documents or scores.
"""

import re
import unicodedata

_JAPANESE = "぀-ヿ㐀-䶿一-鿿豈-﫿々〆"
_WORD = re.compile(rf"[{_JAPANESE}]+|[^\W_{_JAPANESE}]+")
_SCRIPT_RUN = re.compile(r"[ァ-ヺー]+|[ぁ-ゟ]+|[㐀-䶿一-鿿豈-﫿々〆]+|[゠・ヽヾヿ]+")
_COMBINING = re.compile("[̀-ͯ]")
_UNTYPABLE = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Return `text` with case, width and accents taken away.

    >>> fold("ＭＩＣＲＯＳＯＦＴ"), fold("Zürich"), fold("ﾚｲﾃﾝｼ"), fold("デバッグ")
    ('microsoft', 'zurich', 'レイテンシ', 'デバッグ')
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isascii():
        return folded
    bare = _COMBINING.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", bare)


def name_key(name: str) -> str:
    """Return the form under which names are compared: folded, with single spaces for all that is not a letter or digit.

    >>> name_key("Carnegie-Mellon  University"), name_key("USENIX OpML '19"), name_key("C3.ai")
    ('carnegie mellon university', 'usenix opml 19', 'c3 ai')
    """
    return _UNTYPABLE.sub(" ", fold(name)).strip()


def slug(name: str) -> str:
    """Return a name as one word for a query, with hyphens for spaces.

    >>> slug("Carnegie Mellon University"), slug("NTT DATA")
    ('carnegie-mellon-university', 'ntt-data')
    """
    return name_key(name).replace(" ", "-")


def is_japanese(text: str) -> bool:
    """Tell whether `text` holds kana or kanji.

    >>> is_japanese("推論の最適化"), is_japanese("TPU")
    (True, False)
    """
    return re.search(f"[{_JAPANESE}]", unicodedata.normalize("NFKC", text)) is not None


def is_japanese_word(word: str) -> bool:
    """Tell whether a word made by `words` is a Japanese run."""
    return _SCRIPT_RUN.match(word) is not None


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order; a Japanese run is cut where its script changes.

    A long vowel at the end of a katakana word does not count, nor does hiragana between words of another script.

    >>> words("Low-latency serving with TF-Serving 2.0")
    ['low', 'latency', 'serving', 'with', 'tf', 'serving', '2', '0']
    >>> words("機械学習のパイプライン、サーバー")
    ['機械学習', 'パイプライン', 'サーバ']
    >>> words("うまくつかう")
    ['うまくつかう']
    """
    found: list[str] = []
    for match in _WORD.finditer(fold(text)):
        word = match.group()
        if word.isascii() or not is_japanese_word(word):
            found.append(word)
        else:
            found.extend(_japanese_words(word))
    return found


def _japanese_words(run: str) -> list[str]:
    parts = [part for part in _SCRIPT_RUN.findall(run) if not part.startswith(("・", "゠"))]
    content = [part for part in parts if not _is_hiragana(part)] or parts
    return [_without_long_vowel(part) for part in content]


def _is_hiragana(part: str) -> bool:
    return "ぁ" <= part[0] <= "ゟ"


def _without_long_vowel(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("ー") else word


def bigrams(run: str) -> list[str]:
    """Return the pairs of neighbouring characters of a Japanese run; a run of one character is its own.

    >>> bigrams("推論"), bigrams("レイテンシ"), bigrams("熱")
    (['推論'], ['レイ', 'イテ', 'テン', 'ンシ'], ['熱'])
    """
    if len(run) == 1:
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


def terms(text: str) -> list[str]:
    """Return what `text` is indexed under: its words, Japanese ones as bigrams and single characters.

    >>> terms("GPUの活用")
    ['gpu', '活', '用', '活用']
    """
    found: list[str] = []
    for word in words(text):
        if word.isascii() or not is_japanese_word(word):
            found.append(word)
        else:
            found.extend(word)
            found.extend(pair for pair in bigrams(word) if len(pair) == 2)
    return found


def line(text: str) -> str:
    """Return the words of `text` between single spaces, with one before and one after: a phrase is looked for in it.

    >>> line("Feature Stores, at scale")
    ' feature stores at scale '
    """
    return f" {' '.join(words(text))} "


def holds(text_line: str, word: str) -> bool:
    """Tell whether a `line` has the word: whole, or within a longer run when it is Japanese.

    >>> holds(line("機械学習パイプライン"), "パイプ"), holds(line("Pipelines"), "pipe")
    (True, False)
    """
    return word in text_line if is_japanese_word(word) else f" {word} " in text_line
