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


def fold(text: str) -> str:
    """Return `text` without differences of case, width and accents.

    >>> fold("ＭＩＣＲＯＳＯＦＴ"), fold("Zürich"), fold("ﾚｲﾃﾝｼ"), fold("デバッグ")
    ('microsoft', 'zurich', 'レイテンシ', 'デバッグ')
    """
    return text.lower() if text.isascii() else without_accents(text).casefold()


def without_accents(text: str) -> str:
    """Return `text` without differences of width and accents; case stays."""
    narrow = unicodedata.normalize("NFKC", text)
    if narrow.isascii():
        return narrow
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", narrow.replace("İ", "I")))
    return unicodedata.normalize("NFC", bare)


def name_key(name: str) -> str:
    """Return the key by which names are compared: folded, single spaces for all that is not a letter or digit.

    >>> name_key("Carnegie-Mellon  University"), name_key("USENIX OpML '19"), name_key("C3.ai")
    ('carnegie mellon university', 'usenix opml 19', 'c3 ai')
    """
    return re.sub(r"[^\w]+|_+", " ", fold(name)).strip()


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
