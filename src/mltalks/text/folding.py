"""Folding: text without differences of case, width, accents and punctuation, so that spellings can be compared.

Does not split text into words and does not stem them: `tokenizer` and `stemmer` do.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from mltalks.text.japanese.scripts import is_east_asian

# Of a key; compiled when it is first used.
_LEGAL_FORMS = (
    r"^(?:(?:株式|有限|合同|合資)会社|[株有同] |(?:(?:国立|公立)大学|学校|国立研究開発|独立行政|大学共同利用機関|(?:一般|公益)(?:社団|財団))法人)"
    r"|(?:(?:株式|有限|合同|合資)会社| [株有同])$"
    r"|(?: (?:inc|incorporated|co|ltd|limited|llc|corp|corporation|gmbh|kk|k k))+$"
)
# Kanji of names, each with its other forms. `page.js` has these, and the letters below, too.
_KANJI = "高髙,崎﨑嵜,辺邊邉,斉齋斎齊,沢澤,浜濱濵,広廣,桜櫻,島嶋嶌,富冨,真眞,徳德,瀬瀨,恵惠,国國,吉𠮷,柳栁,条條,実實,寿壽,栄榮,蔵藏,浅淺,関關,礼禮,弥彌,曽曾,槙槇,竜龍,桧檜,諌諫"
# Latin letters whose stroke or joint is no accent of its own, and other forms of kanji, with what people type instead.
_USUAL = str.maketrans({
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T",
    "ı": "i", "ŋ": "n", "Ŋ": "N", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
    **{other: forms[0] for forms in _KANJI.split(",") for other in forms[1:]},
})  # fmt: skip
_UNUSUAL = frozenset(map(chr, _USUAL))
_DASHES = frozenset("－−‐")


def fold(text: str) -> str:
    """Return `text` without differences of case, width, accents, strokes and forms of the kanji of names.

    >>> fold("ＭＩＣＲＯＳＯＦＴ"), fold("Zürich"), fold("ﾚｲﾃﾝｼ"), fold("デバッグ"), fold("Łukasz Þórðæ"), fold("髙橋と渡邉")
    ('microsoft', 'zurich', 'レイテンシ', 'デバッグ', 'lukasz thordae', '高橋と渡辺')
    """
    return text.lower() if text.isascii() else without_accents(text).casefold()


def without_accents(text: str) -> str:
    """Return `text` without differences of width, accents, strokes and forms of kanji; case stays."""
    narrow = narrowed(text)
    if narrow.isascii():
        return narrow
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", narrow.replace("İ", "I")))
    whole = unicodedata.normalize("NFC", bare)
    return whole if _UNUSUAL.isdisjoint(whole) else whole.translate(_USUAL)


def narrowed(text: str) -> str:
    """Return `text` without differences of width, and with the long vowels of katakana for which a dash is written."""
    return unicodedata.normalize("NFKC", with_long_vowels(text))


def with_long_vowels(text: str) -> str:
    """Return `text` with a long vowel for each wide dash after katakana, unless a word of kanji, letters or digits follows.

    >>> with_long_vowels("サ－バ－の運用"), with_long_vowels("ﾓﾆﾀ－"), with_long_vowels("サーバ－運用"), with_long_vowels("第1回－ABC")
    ('サーバーの運用', 'ﾓﾆﾀー', 'サーバ－運用', '第1回－ABC')
    """
    if _DASHES.isdisjoint(text):
        return text
    return re.sub(f"(?<=[ァ-ヺｦ-ﾟ])[{''.join(_DASHES)}](?=[ぁ-ゟァ-ヺーｦ-ﾟ]|\\W|$)", "ー", text)


def spaced(text: str) -> str:
    r"""Return a text with single spaces, and none around it.

    >>> spaced("  Two \t words ")
    'Two words'
    """
    return " ".join(text.split())


@lru_cache(1 << 14)
def name_key(name: str) -> str:
    """Return the key by which names are compared: folded, single spaces for all that is not a letter or digit.

    >>> name_key("Carnegie-Mellon  University"), name_key("USENIX OpML '19"), name_key("C3.ai")
    ('carnegie mellon university', 'usenix opml 19', 'c3 ai')
    """
    return re.sub(r"[^\w]+|_+", " ", fold(name)).strip()


_AND = frozenset(("and", "und", "et", "amp"))


def title_key(title: str) -> str:
    """Return the key by which titles are compared: that of a name, without the words for "&" and the long vowel at the end of katakana.

    >>> title_key("Search & Ranking") == title_key("Search and ranking"), title_key("And"), title_key("推論サーバーの話、キー")
    (True, 'and', '推論サーバの話 キー')
    """
    key = name_key(title)
    if "ー" in key:
        key = re.sub("(?<=[ァ-ヺー]{3})ー(?![ァ-ヺー])", "", key)
    return " ".join(word for word in key.split() if word not in _AND) or key


def spelling_key(name: str) -> str:
    """Return the key of a name, without its spaces if it is East Asian: they are written there or not.

    >>> spelling_key("山田 太郎"), spelling_key("GPU 推論"), spelling_key("Ada  Lovelace")
    ('山田太郎', 'gpu推論', 'ada lovelace')
    """
    key = name_key(name)
    return key.replace(" ", "") if is_east_asian(key) else key


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


def starting(names: Iterable[tuple[str, str]], typed: str) -> Iterator[tuple[str, str]]:
    """Yield the names, each with what it is, that begin with the typed text, up to case and width."""
    key = typed_key(typed)
    return (one for one in names if fold(one[0]).startswith(key))


def typed_key(typed: str) -> str:
    """Return a text that is being typed as names are compared with it: without quotes, case and width."""
    return fold(typed.replace("\\", "").strip("'\""))
