"""How text is folded and taken apart, the same for what is indexed and what is typed.

Each rule is one small function with its examples; nothing here knows fields, documents or scores.
"""

import re
import unicodedata
from functools import cache, lru_cache

_JAPANESE = "぀-ヿ㐀-䶿一-鿿豈-﫿々〆"
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_JOINTS = "-‐-–/+.'’&"
_ASCII_CHAIN = re.compile(r"[A-Za-z0-9]+(?:[-/+.'&][A-Za-z0-9]+)*")
# Patterns that a query in English does not need are compiled late: those with Japanese ranges take 2 to 4 ms each.
_pattern = cache(re.compile)
_CAMEL = r"[A-Za-z0-9]*(?:[a-z][A-Z]|[A-Z]{2}[a-rt-z])[A-Za-z0-9]*"
_HUMPS = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+"


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{_JAPANESE}]+|[^\W_{_JAPANESE}]+")


@cache
def _chain() -> re.Pattern[str]:
    joints = re.escape(_JOINTS)
    return re.compile(rf"[{_JAPANESE}]+|[^\W_{_JAPANESE}]+(?:[{joints}][^\W_{_JAPANESE}]+)*")


@cache
def _script_run() -> re.Pattern[str]:
    return re.compile(r"[ァ-ヺー]+|[ぁ-ゟ]+|[㐀-䶿一-鿿豈-﫿々〆]+|[゠・ヽヾヿ]+")


# Words of a sentence that say nothing about what it is about.
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "if",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "without",
        "about",
        "into",
        "over",
        "under",
        "between",
        "than",
        "then",
        "that",
        "this",
        "these",
        "those",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "doing",
        "have",
        "has",
        "had",
        "having",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "not",
        "no",
        "nor",
        "so",
        "too",
        "very",
        "just",
        "only",
        "own",
        "same",
        "such",
        "both",
        "each",
        "few",
        "more",
        "most",
        "other",
        "some",
        "any",
        "all",
        "it",
        "its",
        "it's",
        "i",
        "me",
        "my",
        "we",
        "our",
        "us",
        "you",
        "your",
        "he",
        "she",
        "they",
        "them",
        "their",
        "his",
        "her",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "there",
        "here",
        "as",
        "up",
        "out",
        "off",
        "again",
        "once",
        "while",
        "during",
        "before",
        "after",
        "because",
        "until",
        "s",
        "t",
        "don",
        "using",
        "use",
        "used",
        "via",
        "get",
        "got",
        "let",
        "lets",
        "one's",
        "someone",
        "something",
        "anything",
        "every",
        "still",
        "also",
        "yet",
        "et",
        "al",
    ]
)


def fold(text: str) -> str:
    """Return `text` with case, width and accents taken away.

    >>> fold("ＭＩＣＲＯＳＯＦＴ"), fold("Zürich"), fold("ﾚｲﾃﾝｼ"), fold("デバッグ")
    ('microsoft', 'zurich', 'レイテンシ', 'デバッグ')
    """
    return text.lower() if text.isascii() else _plain(text).casefold()


def _plain(text: str) -> str:
    """Return `text` without width and accents, in its own case."""
    narrow = unicodedata.normalize("NFKC", text)
    if narrow.isascii():
        return narrow
    bare = _pattern("[\u0300-\u036f]").sub("", unicodedata.normalize("NFD", narrow.replace("İ", "I")))
    return unicodedata.normalize("NFC", bare)


def name_key(name: str) -> str:
    """Return the form under which names are compared: folded, with single spaces for all that is not a letter or digit.

    >>> name_key("Carnegie-Mellon  University"), name_key("USENIX OpML '19"), name_key("C3.ai")
    ('carnegie mellon university', 'usenix opml 19', 'c3 ai')
    """
    return _pattern(r"[^\w]+|_+").sub(" ", fold(name)).strip()


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
    return not text.isascii() and re.search(f"[{_JAPANESE}]", unicodedata.normalize("NFKC", text)) is not None


def is_japanese_word(word: str) -> bool:
    """Tell whether a word made by `words` is a Japanese run."""
    return not word.isascii() and (
        "ぁ" <= word[0] <= "ヿ" or "㐀" <= word[0] <= "鿿" or word[0] in "々〆" or "豈" <= word[0] <= "﫿"
    )


def is_katakana(word: str) -> bool:
    """Tell whether a word made by `words` is written in katakana.

    >>> is_katakana("レイテンシ"), is_katakana("遅延"), is_katakana("gpu")
    (True, False, False)
    """
    return "ァ" <= word[0] <= "ヺ"


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
    return [word for chain in chains(text) for word in words_of(chain)]


def chains(text: str) -> list[str]:
    """Return the words of `text` as they are written, those joined by hyphens and the like as one.

    >>> chains("Low-latency AutoML, 機械学習のSLO")
    ['Low-latency', 'AutoML', '機械学習の', 'SLO']
    """
    return _ASCII_CHAIN.findall(text) if text.isascii() else _chain().findall(_plain(text))


def words_of(chain: str) -> tuple[str, ...]:
    """Return the folded words of a chain (see `chains`)."""
    folded = chain.lower() if chain.isascii() else chain.casefold()
    if folded.isalnum() and (folded.isascii() or not is_japanese_word(folded)):
        return (folded,)
    if folded.isascii():
        return tuple(_ASCII_WORD.findall(folded))
    found: list[str] = []
    for word in _word().findall(fold(folded)):
        found.extend(_japanese_words(word) if is_japanese_word(word) else [word])
    return tuple(found)


def compounds_of(chain: str) -> tuple[str, ...]:
    """Return what else a chain (see `chains`) is indexed under: its words as one, and parts in camel case.

    >>> compounds_of("Low-latency"), compounds_of("AutoML"), compounds_of("活用")
    (('lowlatency',), ('auto', 'ml'), ())
    """
    return (*joined(chain), *humps(chain))


def _japanese_words(run: str) -> list[str]:
    parts = [part for part in _script_run().findall(run) if not part.startswith(("・", "゠"))]
    content = [part for part in parts if not _is_hiragana(part)] or parts
    return [without_long_vowel(part) for part in content]


def _is_hiragana(part: str) -> bool:
    return "ぁ" <= part[0] <= "ゟ"


def without_long_vowel(word: str) -> str:
    """Return a katakana word without the long vowel that some writers put at its end.

    >>> without_long_vowel("サーバー"), without_long_vowel("エラー"), without_long_vowel("キー")
    ('サーバ', 'エラー', 'キー')
    """
    return word[:-1] if len(word) > 3 and word.endswith("ー") else word


def joined(chain: str) -> list[str]:
    """Return two or three words joined by hyphens and the like as one word; longer chains are none.

    >>> joined("auto-ml"), joined("TF-Serving"), joined("state-of-the-art"), joined("plain")
    (['automl'], ['tfserving'], [], [])
    """
    return (
        [_pattern(r"[^\w]+|_").sub("", fold(chain))]
        if 1 <= len(_pattern(r"[^\w]+|_").findall(chain)) <= 2
        else []
    )


def humps(chain: str) -> list[str]:
    """Return the folded parts of words in camel case; an acronym in the plural is no such word.

    >>> humps("AutoML"), humps("PyTorch-BigGraph"), humps("LLMs"), humps("iOS"), humps("Plain")
    (['auto', 'ml'], ['py', 'torch', 'big', 'graph'], [], ['os'], [])
    """
    return [
        part.lower()
        for word in _pattern(_CAMEL).findall(chain)
        for part in _pattern(_HUMPS).findall(word)
        if len(part) > 1 and not (word[-1] == "s" and word[:-1].isupper())
    ]


_ENDED = re.compile(
    r"(?P<stem>.{3,}?)(?:ations?|ators?|at(?:e[ds]?|ing|ive)|i[sz]ations?|i[sz](?:e[drs]?|ers|ing)|ions?|ings?|ers?|ors?"
    r"|ives?|e[ds]|ments?|abilit(?:y|ies)|ables?|all?y?|ly|iti?es?|ity|ies|[ey]|s)"
)
_UNENDED = re.compile(r".*(?:ss|us|is)")


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """Return what the forms of an English word share: its beginning without an ending.

    Not a word itself and not exact: `forms` uses it to find neighbours in the vocabulary, at a discount.

    >>> [stem(word) for word in ("moderating", "moderation", "moderated")]
    ['moder', 'moder', 'moder']
    >>> [stem(word) for word in ("quantized", "quantization", "optimisation", "optimizing", "caches", "caching")]
    ['quant', 'quant', 'optim', 'optim', 'cach', 'cach']
    >>> [stem(word) for word in ("scaling", "scale", "policies", "policy", "gpus", "gpu", "loss", "tune", "tuning")]
    ['scal', 'scal', 'polic', 'polic', 'gpu', 'gpu', 'loss', 'tun', 'tun']
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if len(word) == 4:
        return word[:-1] if word[-1] in "es" and word[-2] not in "se" else word
    ended = None if _UNENDED.fullmatch(word) else _ENDED.fullmatch(word)
    bare = ended["stem"] if ended else word
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] != "s" else bare


def squeezed(name: str) -> str:
    """Return the key under which a name of one or more words is looked up, however it is joined and inflected.

    >>> squeezed("Auto ML"), squeezed("auto-ml"), squeezed("GPU kernels"), squeezed("機械学習パイプライン")
    ('automl', 'automl', 'gpukernel', '機械学習パイプライン')
    """
    return "".join(map(stem, words(name)))


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
