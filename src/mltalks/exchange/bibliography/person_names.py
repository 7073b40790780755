"""Names of people in bibliographies: from "Last, First" to their usual order, and back.

Does not know more of a name than its words say, unless its family name is given. Source: Oren Patashnik, BibTeXing (1988), 4;
RIS Format Specifications, Research Information Systems (2001).
"""

import re
from typing import NamedTuple

from mltalks.dataset.model import Speaker
from mltalks.exchange.mapping import convert
from mltalks.text.japanese.scripts import is_east_asian

_SUFFIX = re.compile(r"(?:jr|sr|junior|senior)\.?|ii|iii|iv", re.IGNORECASE)
_INITIAL_FIRST = re.compile(r"(?:[^\W\d_]\.[ -]?)+[^\W\d_]{2}")
_COMPANY = re.compile(r"(?:inc|ltd|llc|corp|co|gmbh|plc)\.?|s\.a\.", re.IGNORECASE)
# What is in the names of organizations, which have no family name.
_OF_ORGANIZATIONS = re.compile(
    r"\b(?:and|inc|ltd|llc|gmbh|corp|corporation|company|teams?|group|labs?|laborator(?:y|ies)|research|university|institute"
    r"|foundation|committee|consortium|community|association|society|cent(?:er|re)|project|department|others)\b|\d|[&@/():;,]"
    "|会社|大学|学会|協会|委員会|研究|財団|機構|法人|組合|連盟|チーム|グループ|センター|ラボ",
    re.IGNORECASE,
)
# Between the words of a name: Henry (Hank) Hoffmann.
_NICKNAME = re.compile(r" \((?:[^\W\d_]|[-'’. ])+\)(?= [^\W\d_])")
_BETWEEN_NAMES = ("y", "i", "e")  # of Spanish, Catalan and Portuguese families
# Letters of scripts in which the family name is usually the last one, and names in which it is the first one.
_FAMILY_LAST = re.compile("[A-Za-z\u00c0-\u052f]")
_FAMILY_FIRST = re.compile("([㐀-鿿豈-﫿々ぁ-ゟ가-힣]{1,4}) ([㐀-鿿豈-﫿々ぁ-ゟァ-ヺー가-힣]{1,6})")


class Name(NamedTuple):
    """The parts of a name; without `given`, `family` is the whole name, as of an organization."""

    family: str
    given: str = ""
    suffix: str = ""


def parted(speaker: Speaker) -> Name:
    """Return the parts of a speaker's name: the family name is the known one, else the last word with the small ones before it.

    "y", "i" and "e" are between two names of a family. In kanji, hiragana or hangul it is the first of two words.

    >>> parted(Speaker("Martin L. King Jr.")), parted(Speaker("Jan van der Berg")).family, parted(Speaker("Acme Research")).given
    (Name(family='King', given='Martin L.', suffix='Jr.'), 'van der Berg', '')
    >>> parted(Speaker("Antoni Viros i Martin")), parted(Speaker("e. e. cummings")).family
    (Name(family='Viros i Martin', given='Antoni', suffix=''), 'cummings')
    >>> parted(Speaker("Henry (Hank) Hoffmann")), parted(Speaker("Lab (UK) Society")).given
    (Name(family='Hoffmann', given='Henry (Hank)', suffix=''), '')
    >>> parted(Speaker("Hector Garcia Molina", family="Garcia Molina")), parted(Speaker("山田 太郎"))
    (Name(family='Garcia Molina', given='Hector', suffix=''), Name(family='山田', given='太郎', suffix=''))
    """
    name, family = speaker.name, speaker.family
    if name in (speaker.organization, family):
        return Name(name)
    if family and is_east_asian(name) and name.startswith(f"{family} "):
        return Name(family, name[len(family) + 1 :])
    if family and f" {family} " in f"{name} ":
        given, _, suffix = f"{name} ".partition(f" {family} ")
        return Name(family, given.strip(), suffix.strip())
    words = name.split()
    first = _FAMILY_FIRST.fullmatch(name)
    if first and not is_organization(name):
        return Name(*first.groups())
    if len(words) < 2 or is_organization(name) or not _FAMILY_LAST.search(name):
        return Name(name)
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    small = (
        at
        for at, word in enumerate(words[1:-1], 1)
        if word.islower() and word[0] != "(" and word[-1] not in ".)"
    )
    start = next(small, len(words) - 1)
    if start > 1 and words[start] in _BETWEEN_NAMES:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def is_organization(name: str) -> bool:
    """Return whether a name has a word or a sign that names of people do not have; a nickname in brackets within a name is none.

    >>> is_organization("Henry (Hank) Hoffmann"), is_organization("Fern Works (Oslo)"), is_organization("Fern (UK) Ltd")
    (False, True, True)
    """
    return bool(_OF_ORGANIZATIONS.search(_NICKNAME.sub("", name)))


def is_one_name(speaker: Speaker) -> bool:
    """Return whether the name of an author has no parts: an organization, or a name that is known to be all one."""
    return speaker.name in (speaker.organization, speaker.family) or is_organization(speaker.name)


def person(parts: list[str]) -> dict[str, str]:
    """Return the speaker of the parts of a name between commas: last, first; last, Jr., first; last, first, Jr.; or all in one.

    More commas, or an initial before the family name, are those of a list of several people, which stays as it is written.
    East Asian names stay in their order. The family name is in it if the name in its usual order does not show it.

    >>> person(["King", "Jr.", "Martin"]), person(["King", "Martin", "Jr."]), person(["Fox", "Inc."])
    ({'name': 'Martin King Jr.'}, {'name': 'Martin King Jr.'}, {'name': 'Fox, Inc.'})
    >>> person(["Garcia Molina", "Hector"]), person(["Daumé III", "Hal"]), person([" "])
    ({'name': 'Hector Garcia Molina', 'family': 'Garcia Molina'}, {'name': 'Hal Daumé III'}, {})
    >>> person(["Fox", "A.", "Hay", "B."]), person(["A. Fox", "B. Hay"]), person(["Fox", "Ann", "PhD"])
    ({'name': 'Fox, A., Hay, B.'}, {'name': 'A. Fox, B. Hay'}, {'name': 'Fox, Ann, PhD'})
    >>> person(["山田", "太郎"]), person(["Kim", "민수"])
    ({'name': '山田 太郎'}, {'name': 'Kim 민수', 'family': 'Kim'})
    """
    texts = [text for part in parts if (text := convert.line(part))]
    if len(texts) == 2 and _COMPANY.fullmatch(texts[1]):
        return {"name": ", ".join(texts)}
    if len(texts) == 3 and _SUFFIX.fullmatch(texts[2]):
        texts[1], texts[2] = texts[2], texts[1]
    has_initial = len(texts) > 1 and _INITIAL_FIRST.match(texts[0])
    if has_initial or (len(texts) > 2 and not (len(texts) == 3 and _SUFFIX.fullmatch(texts[1]))):
        return {"name": ", ".join(texts)}
    last, _, suffix = texts[0].rpartition(" ") if len(texts) == 2 else ("", "", "")
    if last and _SUFFIX.fullmatch(suffix):
        texts = [last, suffix, texts[1]]
    name = convert.line(" ".join(convert.in_order(texts)))
    if name is None:
        return {}
    words = len(texts[0].split()) if len(texts) > 1 else 1
    shown = parted(Speaker(name)).family
    hidden = words > 1 and words > len(shown.split())
    if len(texts) == 2 and is_east_asian(texts[1]):
        hidden = shown != texts[0]
    return {"name": name, "family": texts[0]} if hidden else {"name": name}
