"""Phonetic keys: the consonants that an English word and its katakana rendering share.

Does not look up words: `search.expansion` compares the keys with those of the vocabulary.

Vowels, long vowels and doubled consonants are dropped. Sounds that Japanese does not distinguish have one letter (l and r, b
and v, s and th, m and n, voiced and unvoiced), and an English r before a consonant is dropped, as its rendering is a long vowel.
"""

import re

_KANA_ROWS = {
    "カキクケコガギグゲゴヵヶ": "k",
    "サシスセソザズゼゾ": "s",
    "タチツテトダヂヅデド": "t",
    "ナニヌネノンマミムメモ": "n",
    "ハヒヘホ": "h",
    "フ": "f",
    "バビブベボパピプペポヴ": "p",
    "ラリルレロ": "r",
    "ジ": "j",
}
_KANA = {kana: sound for row, sound in _KANA_ROWS.items() for kana in row}

# How English spells each sound, the most specific spelling first.
_SPELLINGS = [
    (r"^kn|^gn", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"^x", "s"),
    (r"[sc]ious", "ss"),
    (r"[st]ion|[cst]ia(?=[nlt])|[cst]ien|ssi(?=[aou])", "sn"),
    (r"ture(?=[sd]?$)", "t"),
    (r"sch", "sk"),
    (r"tech", "tk"),
    (r"ch(?=[rnl])|(?<=ar)ch(?=i)|(?<=or)ch", "k"),
    (r"tch|ch", "t"),
    (r"sh|th", "s"),
    (r"ph", "f"),
    (r"^gh", "k"),
    (r"gh", ""),
    (r"ck|cq|qu|q", "k"),
    (r"dg", "t"),
    (r"cc(?=[eiy])", "ks"),
    (r"g(?=[eiy])", "t"),
    (r"sc(?=[eiy])|c(?=[eiy])", "s"),
    (r"cc|c|gg|g|k", "k"),
    (r"x", "ks"),
    (r"[sz]+", "s"),
    (r"j|t+|d+", "t"),
    (r"mb$", "n"),
    (r"[mn]+", "n"),
    (r"f+", "f"),
    (r"h(?=[aeiouy])", "h"),
    (r"[bpv]+", "p"),
    (r"l+|r+(?=[aiouy]|e.)", "r"),
]
_TOKEN = re.compile("|".join(f"({spelling})" for spelling, _ in _SPELLINGS))
_SOUNDS = ("", *(sound for _, sound in _SPELLINGS))  # by the number of the group
_SILENT_END = re.compile(r"(?<=[^aeiou])(?:es?)$")
SHORTEST = 4  # consonants of a sound that is compared, at least: shorter ones fit too many words


def sound_of_kana(word: str) -> tuple[str, ...]:
    """Return the sounds that a katakana word may render; "ji" renders both d and z.

    >>> sound_of_kana("レイテンシ"), sound_of_kana("スケジューリング")
    (('rtns',), ('sktrnk', 'sksrnk'))
    """
    sounds = "".join(_KANA.get(kana, "") for kana in word)
    if "j" not in sounds:
        return (sounds,)
    return tuple(dict.fromkeys((sounds.replace("j", "t"), sounds.replace("j", "s"))))


def sound_of_english(word: str) -> str:
    """Return the sound of an English word as its katakana would render it.

    >>> sound_of_english("latency"), sound_of_english("scheduling"), sound_of_english("pruning")
    ('rtns', 'sktrnk', 'prnnk')
    >>> sound_of_english("server"), sound_of_english("transformer"), sound_of_english("quantization")
    ('sp', 'trnsfn', 'kntssn')
    """
    if not word.isascii() or not word.isalpha():
        return ""
    spoken = _SILENT_END.sub("e", word)
    return "".join([_SOUNDS[match.lastindex or 0] for match in _TOKEN.finditer(spoken)])


def syllables(word: str) -> int:
    """Return the approximate number of syllables of a word in either script.

    >>> syllables("レイテンシ"), syllables("latency")
    (3, 3)
    """
    if word.isascii():
        return max(1, len(re.findall(r"[aeiouy]+", word.rstrip("e"))))
    spoken = re.sub(
        r"[ャュョァィゥェォー]|(?<=[エケセテネヘメレゲゼデベペ])イ|[ンッスクフグズルムトド](?![ャュョァィゥェォー])",
        "",
        word,
    )
    return max(1, len(spoken))
