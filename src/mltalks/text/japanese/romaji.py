"""Romaji: one spelling for all that a Japanese word has in Latin letters, and for its kana.

Does not know words: `search.expansion.readings` looks keys up.

Hepburn, Kunrei-shiki and Nihon-shiki are mixed freely in what people type, and so are the ways to write a long vowel
(gakushuu, gakushu, gakushū) and the n before other sounds (shinbun, shimbun, kin'itsu, kinnitsu). The usual spelling is
Kunrei-shiki; the key of a word leaves out the length of vowels, too.
"""

import re
from functools import cache

from mltalks.text.japanese.scripts import katakana_of_hiragana

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ", "m": "まみむめも",
    "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_KANA = {kana: c + vowel for c, row in _ROWS.items() for vowel, kana in zip("aiueo", row, strict=True)} | {
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "wo", "ん": "n", "ゔ": "bu", "ー": "",
    "ゕ": "ka", "ゖ": "ke",
}  # fmt: skip
# Katakana is 96 code points after hiragana. Small kana are still there after this: they change the vowel before them.
_LATIN = str.maketrans(
    _KANA | {chr(ord(kana) + 0x60): latin for kana, latin in _KANA.items() if kana != "ー"}
)
_SMALL = str.maketrans("ァィゥェォャュョッ", "ぁぃぅぇぉゃゅょっ")
_DIGRAPHS = [
    *((f"i{small}", f"y{vowel}") for small, vowel in zip("ゃゅょぇ", "auoe", strict=True)),
    *((f"e{small}", vowel) for small, vowel in zip("ぃゅ", ("i", "yu"), strict=True)),
    *((f"hu{small}", f"f{vowel}") for small, vowel in zip("ぁぃぇぉゅ", ("a", "i", "e", "o", "yu"), strict=True)),
    *((f"tu{small}", f"ts{vowel}") for small, vowel in zip("ぁぃぇぉ", "aieo", strict=True)),
    *((f"bu{small}", f"b{vowel}") for small, vowel in zip("ぁぃぇぉ", "aieo", strict=True)),
    ("oぅ", "u"), ("uぃ", "wi"), ("uぇ", "we"), ("uぉ", "wo"), *zip("ぁぃぅぇぉ", "aiueo", strict=True),
]  # fmt: skip
# Hepburn, and what input methods take, as Kunrei-shiki.
_SPELLINGS = [
    ("cch", "tch"), ("ch", "ty"), ("sh", "sy"), ("jj", "zj"), ("j", "zy"), ("tsu", "tu"), ("dz", "z"), ("thi", "ti"), ("thu", "tyu"), ("dhi", "zi"), ("dhu", "zyu"),
    ("yy", "y"), ("yi", "i"), ("di", "zi"), ("du", "zu"), ("dy", "zy"), ("fu", "hu"), ("v", "b"), ("kw", "ku"),
    ("gw", "gu"), ("mb", "nb"), ("mp", "np"), ("mm", "nm"), ("nn", "n"),
]  # fmt: skip
# Small kana written large, as patterns.
_LARGE = (
    ("iy(?=[auo])", "y"),
    ("tu(?=([kstp]))", r"\1"),
    ("(?<=t)ei", "i"),
    ("dei", "zi"),
    ("hu(?=[aeio])", "f"),
    ("u(?=[ieo])", "w"),
)
_LONG = re.compile(r"([aiue])\1+")
_LONG_O = re.compile("o[ou]+")
_ROMAJI = (
    r"(?:(?:kk?|ss?|tt?|pp?|gg?|zz?|dd?|bb?|[nhmr])(?:y(?=[auo]))?[aiueo]|ss?h[aiueo]|t?ch[aiueo]|tt?su|[fjw][aiueo]"
    r"|jj[aiueo]|y[auo]|n(?![aiueoy])|[aiueo])+"
)


def usual_spelling(word: str) -> str:
    """Return a word in folded Latin letters as Kunrei-shiki spells it, with the length of vowels as it was typed.

    >>> usual_spelling("gakushuu"), usual_spelling("gakusyu"), usual_spelling("matchi"), usual_spelling("shimbun")
    ('gakusyuu', 'gakusyu', 'matti', 'sinbun')
    """
    for spelling, usual in _SPELLINGS:
        word = word.replace(spelling, usual)
    return word


def letters_in_hepburn(word: str) -> int:
    """Return how many letters a word has in Hepburn, which writes some sounds with one more than Kunrei-shiki.

    >>> letters_in_hepburn("kansi"), letters_in_hepburn("kanshi"), letters_in_hepburn("kenti"), letters_in_hepburn("ryousi")
    (6, 6, 6, 7)
    """
    usual = usual_spelling(word)
    return len(usual) + sum(map(usual.count, ("si", "ti", "tu")))


def spelling_of_kana(text: str) -> str:
    """Return the usual spelling of a word in kana; of several words between spaces or line ends, their spellings.

    >>> spelling_of_kana("ぶんさん がくしゅう"), spelling_of_kana("プライバシー"), spelling_of_kana("けっか")
    ('bunsan gakusyuu', 'puraibasi', 'kekka')
    """
    latin = text.translate(_LATIN).translate(_SMALL)
    for small, usual in _DIGRAPHS:
        latin = latin.replace(small, usual)
    return usual_spelling(re.sub("っ(.)", r"\1\1", latin))


def with_small_kana(spelling: str) -> str:
    """Return the usual spelling of a word with its small kana written large as if they were small.

    >>> with_small_kana("kiyatusiyu"), spelling_of_kana("キャッシュ")
    ('kyassyu', 'kyassyu')
    >>> [with_small_kana(spelling_of_kana(word)) for word in ("ハードウエア", "フアイル", "セキユリテイ", "デイープ")]
    ['hadowea', 'fairu', 'sekyuriti', 'zipu']
    """
    for large, small in _LARGE:
        spelling = re.sub(large, small, spelling)
    return spelling


def romaji_key(spelling: str) -> str:
    """Return the key of usual spellings, which leaves out the length of vowels.

    >>> romaji_key("gakusyuu"), romaji_key("kouzou ookisa")
    ('gakusyu', 'kozo okisa')
    """
    return _LONG.sub(r"\1", _LONG_O.sub("o", spelling))


def kana_of_romaji(word: str) -> str | None:
    """Return the katakana that a word in Latin letters may spell (Hepburn or Kunrei), or None.

    >>> kana_of_romaji("reitenshi"), kana_of_romaji("kurasuta"), kana_of_romaji("latency")
    ('レイテンシ', 'クラスタ', None)
    """
    if len(word) < 4 or not re.fullmatch(_ROMAJI, word):
        return None
    kana = re.sub(r"([kstpgzdbj])\1", r"ッ\1", word).replace("tch", "ッch")
    for latin, written in _syllables():
        kana = kana.replace(latin, written)
    return kana


@cache
def _syllables() -> list[tuple[str, str]]:
    """Return Latin syllables with their katakana, the longest first."""
    table = {
        latin + vowel: kana for latin, row in _ROWS.items() for vowel, kana in zip("aiueo", row, strict=True)
    }
    for consonant, row in _ROWS.items():
        if consonant:
            table |= {f"{consonant}y{v}": row[1] + small for v, small in zip("auo", "ゃゅょ", strict=True)}
    for latin, kana in (("sh", "し"), ("ch", "ち"), ("j", "じ")):
        small = {"a": "ゃ", "i": "", "u": "ゅ", "e": "ぇ", "o": "ょ"}
        table |= {latin + vowel: kana + mark for vowel, mark in small.items()}
    table |= {f"f{v}": "ふ" + small for v, small in zip("aiueo", ("ぁ", "ぃ", "", "ぇ", "ぉ"), strict=True)}
    table |= {
        "tsu": "つ", "ya": "や", "yu": "ゆ", "yo": "よ", "wa": "わ", "wi": "うぃ", "we": "うぇ", "wo": "を", "wu": "う", "n": "ん",
    }  # fmt: skip
    return sorted(
        ((latin, katakana_of_hiragana(kana)) for latin, kana in table.items()),
        key=lambda entry: -len(entry[0]),
    )
