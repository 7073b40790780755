"""Folding: text without differences of case, width, accents and punctuation, so that spellings can be compared.

Does not split text into words and does not stem them: `tokenizer` and `stemmer` do.
"""

import re
import unicodedata

# Of a key; compiled when it is first used.
_LEGAL_FORMS = (
    r"^(?:(?:株式|有限|合同|合資)会社|[株有同] )"
    r"|(?:(?:株式|有限|合同|合資)会社| [株有同])$"
    r"|(?: (?:inc|incorporated|co|ltd|limited|llc|corp|corporation|gmbh|kk|k k))+$"
)
# Latin letters whose stroke or joint is no accent of its own, and what people type instead; `page.js` has them, too.
_STROKES = str.maketrans({
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T",
    "ı": "i", "ŋ": "n", "Ŋ": "N", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
})  # fmt: skip
_STROKE = re.compile("[łŁđĐðÐøØħĦŧŦıŋŊæÆœŒþÞ]")


def fold(text: str) -> str:
    """Return `text` without differences of case, width, accents and strokes.

    >>> fold("ＭＩＣＲＯＳＯＦＴ"), fold("Zürich"), fold("ﾚｲﾃﾝｼ"), fold("デバッグ"), fold("Łukasz Þórðæ")
    ('microsoft', 'zurich', 'レイテンシ', 'デバッグ', 'lukasz thordae')
    """
    return text.lower() if text.isascii() else without_accents(text).casefold()


def without_accents(text: str) -> str:
    """Return `text` without differences of width, accents and strokes; case stays."""
    narrow = unicodedata.normalize("NFKC", text)
    if narrow.isascii():
        return narrow
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", narrow.replace("İ", "I")))
    whole = unicodedata.normalize("NFC", bare)
    return whole.translate(_STROKES) if _STROKE.search(whole) else whole


def name_key(name: str) -> str:
    """Return the key by which names are compared: folded, single spaces for all that is not a letter or digit.

    >>> name_key("Carnegie-Mellon  University"), name_key("USENIX OpML '19"), name_key("C3.ai")
    ('carnegie mellon university', 'usenix opml 19', 'c3 ai')
    """
    return re.sub(r"[^\w]+|_+", " ", fold(name)).strip()


_AND = frozenset(("and", "und", "et", "amp"))


def title_key(title: str) -> str:
    """Return the key by which titles are compared: that of a name, without the words for "&".

    >>> title_key("Search & Ranking") == title_key("Search and ranking"), title_key("And")
    (True, 'and')
    """
    key = name_key(title)
    return " ".join(word for word in key.split() if word not in _AND) or key


def company_key(name: str) -> str:
    """Return the key of a name without the legal form of a company, before or after it.

    >>> [company_key(name) for name in ("株式会社メルカリ", "㈱メルカリ", "メルカリ（株）", "Mercari, Inc.", "Mercari Co., Ltd.")]
    ['メルカリ', 'メルカリ', 'メルカリ', 'mercari', 'mercari']
    """
    key = name_key(name)
    return re.sub(_LEGAL_FORMS, "", key).strip() or key


def slug(name: str) -> str:
    """Return a name as one word for a query, with hyphens for spaces.

    >>> slug("Carnegie Mellon University"), slug("NTT DATA")
    ('carnegie-mellon-university', 'ntt-data')
    """
    return name_key(name).replace(" ", "-")
