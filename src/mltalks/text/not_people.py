"""Texts in the place of a person's name that name nobody, others, an organization, or more than one.

Does not know any organization by its name: `dataset.organizations` does.
"""

import re

from mltalks.text.folding import name_key
from mltalks.text.japanese.scripts import DOT_BETWEEN_NAMES

_NOBODY = frozenset(
    [
        "", "tba", "tbd", "tbc", "todo", "n a", "na", "n n", "none", "null", "unknown", "unnamed", "anonymous", "various",
        "various speakers", "speaker", "speakers", "speaker tba", "speaker tbd", "speaker tbc", "to be announced",
        "to be determined", "to be confirmed", "未定", "調整中", "不明", "なし", "匿名",
    ]
)  # fmt: skip
ET_AL = "et al."  # in the place of speakers who are not known
_OTHERS = re.compile(
    r"(?:^|[\s,;]+(?:and\s+|&\s*)?|(?<=[^\sA-Za-z]))(?:others|et\.?\s?al(?:ii)?\b\.?|u\.\s?a\.|ほか|他)\s*$",
    re.IGNORECASE,
)
_OF_LEARNING = re.compile(
    r"\b(?:universit(?:y|ies|ät|é|à|at|e|eit|et|ät)|universidade?|universiteit|uniwersytet|institute of technology|polytechnic)\b"
    r"|(?:大学|大学院|研究所|株式会社)$|^株式会社",
    re.IGNORECASE,
)
MAY_BE_SEVERAL = (
    '"{name}" may be several people, or a person and an organization; write "Name (Organization); Name"'
)
# "Last, First" has one word before the comma, or small ones too; no name of one person has two commas, but for a suffix.
_SUFFIX = re.compile(
    r"[,，]\s*(?:ph\.?\s?d|m\.?d|esq|jr|sr|ii|iii|iv|inc|ltd|llc|corp|co|gmbh|plc|s\.a)\b\.?\s*$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s*[,，;；]\s*|\s+[–—-]\s+|\s*[|｜]\s*")
_BREAK_IN_JAPANESE = re.compile(rf"\s*、\s*|{DOT_BETWEEN_NAMES}")


def is_nobody(name: str) -> bool:
    """Return whether a text in the place of a name says that nobody is known.

    >>> is_nobody("TBA"), is_nobody("N/A"), is_nobody("?"), is_nobody("Tba Example")
    (True, True, True, False)
    """
    return name_key(name) in _NOBODY


def without_others(name: str) -> str:
    """Return a name without the words that stand for others, or "" if it has no more.

    >>> without_others("others"), without_others("Ann Fox et al."), without_others("Ann Fox"), without_others("山田太郎 他")
    ('', 'Ann Fox', 'Ann Fox', '山田太郎')
    """
    return _OTHERS.sub("", name[:1_000]).strip() if len(name) < 1_000 else name


def is_of_learning(name: str) -> bool:
    """Return whether a text names a university or the like, by a word that no person has.

    >>> is_of_learning("University of Helsinki"), is_of_learning("東京大学"), is_of_learning("Eva Laine")
    (True, True, False)
    """
    return bool(_OF_LEARNING.search(name))


def parts_of(name: str) -> list[str]:
    """Return the parts of a text that is more than a name: it has several commas, or one after two words, or a dash between words.

    >>> parts_of("Eva Laine, Zalando"), parts_of("Zaharia, Matei"), parts_of("van der Berg, Jan"), parts_of("Martin King, PhD")
    (['Eva Laine', 'Zalando'], [], [], [])
    >>> parts_of("田中 太郎・鈴木 花子"), parts_of("ジョン・スミス")
    (['田中 太郎', '鈴木 花子'], [])
    """
    names = _BREAK_IN_JAPANESE.split(name[:1_000].strip())
    if len(names) > 1:
        return names
    parts = _BREAK.split(_SUFFIX.sub("", name[:1_000]).strip())
    head = [word for word in parts[0].split() if not word.islower()]
    return parts if len(parts) > 2 or (len(parts) == 2 and len(head) > 1) else []
