"""The canonical names of organizations by printed spelling, and the larger organizations that they are part of.

Does not correct typos: `search.name_resolver` does. Spellings differ only in case, width, punctuation and the legal form of a company.
"""

import re
from collections.abc import Callable, Iterable

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Organization
from mltalks.text.folding import company_key, name_key, narrowed
from mltalks.text.not_people import is_of_learning

_JOINTS = re.compile(r"\s*[;；/／・、]\s*|,\s+|\s+and\s+|\s+&\s+")
_FORM = (
    r"(?:(?:株式|有限|合同|合資)会社|\([株有同]\)"
    "|(?:(?:国立|公立)大学|学校|国立研究開発|独立行政|大学共同利用機関|(?:一般|公益)(?:社団|財団))法人)"
)
_LONGEST = 200  # characters of a name that is looked at for its parts
# What a unit of an organization ends with, in Japanese; 院大学 is the end of a university's own name.
_UNIT = "(?:研究科|研究院|学部|学科|専攻|学府|学院|学系|学類|研究室|研究所|病院|センター|拠点|部門|本部|部|室|課|グループ|チーム|ラボ|支社|支店)"
_OF_UNIVERSITY = (
    r"(.+?大学)(?!院)(?:[\s・、,]*(?P<graduate>大学院.*)|(?:[\s・、,]+|(?P<beside>\S*)(?=\s|$))(?P<unit>.*))"
)
_BESIDE_UNIVERSITY = rf"(?:{_UNIT}|キャンパス)$"  # what follows its name without a space
_SEVERAL = "(?:国立|公立|私立|国公立|国公私立|全国|地方|他|各)大学"  # no name of one
# What has the name of a university in its own and is no unit of it, and another university.
_OTHER_BODY = (
    "協会|協同組合|組合(?!せ)|連合会|連盟|会社(?!法)|新聞(?:社|会)|出版(?:会|局|部|社)|生協|財団|社団|パートナーズ|キャピタル|ベンチャーズ|ホールディングス"
    r"|(?:同窓|校友|後援|学友)会|[^\s・、,]大学(?!院)"
)
# Of people who work there, with their unit before it: 機械学習エンジニア, CTO.
_JOB = (
    "(?:エンジニア|マネージャー?|リード|リーダー|サイエンティスト|リサーチャー|アナリスト|アーキテクト|コンサルタント|ディレクター|デベロッパー|プログラマー?"
    "|(?:特任|准|助)?教授|助教|講師|(?:主任|上級|客員|特任)?研究員|開発者|(?:学部|大学院|院)?生|[部課室所社院会]長|代表(?:取締役)?|取締役|執行役員|技術顧問|顧問"
    "|C[A-Z]O|VP(?: ?o[fE])?[ A-Za-z]{0,20}|SRE|P[dj]?M)"
)
_WITH_UNIT = rf"\S.*\s\S*(?:{_UNIT}|{_JOB})"
_WITH_ASIDE = r"([^()]+?)\s*\([^()]+\)"
_NATIONAL = "(?:ジャパン|日本法人|日本支社|アジア|ホールディングス|グループ)"
_RELATIVE = rf"日本(?P<one>\S.*)|(?P<other>.+?)[\s・]*{_NATIONAL}"
_OF_ADDRESS = r"\b(?:dep(?:artmen)?t|school|faculty|division|college|lab(?:s|oratory)?|group|team|research|engineering|cent(?:er|re)|institute)\b"
_OF_SCHOOL = r"(?:dep(?:artmen)?t\.?|school|faculty|division|college) of .+"


class Organizations:
    """Canonical names by spelling."""

    def __init__(self, organizations: Iterable[Organization]) -> None:
        known = list(organizations)
        self.by_name = {organization.name: organization for organization in known}
        self.parents = {name: organization.parent for name, organization in self.by_name.items()}
        self._canonical: dict[str, str] = {}
        for organization in known:
            for spelling in (organization.name, *organization.aliases):
                self._canonical.setdefault(name_key(spelling), organization.name)
        for organization in known:
            for spelling in (organization.name, *organization.aliases):
                self._canonical.setdefault(company_key(spelling), organization.name)

    def is_known(self, printed: str) -> bool:
        """Return whether a printed spelling is known, as a whole or as several joined."""
        return all(name in self.by_name for name in self.resolve(printed))

    def resolve(self, printed: str) -> tuple[str, ...]:
        """Return the canonical names for a printed spelling; for an unknown one, the spelling itself without a Japanese legal form.

        An unknown spelling that joins known ones with `/`, `・`, `&`, a comma or "and" gives the names of all of these; one with `;`
        gives those of all its parts.
        """
        whole = self._known(printed) or whole_of(printed, self._known)
        if whole:
            return (whole,)
        if len(several := separate(printed)) > 1:
            return tuple(dict.fromkeys(name for one in several for name in self.resolve(one)))
        parts = [self._known(part) for part in _JOINTS.split(printed)]
        known = tuple(dict.fromkeys(part for part in parts if part))
        if len(parts) > 1 and all(parts):
            return known
        return (university_of(printed) or company_of(printed) or without_form(printed),)

    def relative(self, printed: str) -> str | None:
        """Return the known organization that an unknown spelling has in its name: as that of its country or its group."""
        found = None if printed.isascii() else re.fullmatch(_RELATIVE, without_form(printed)[:_LONGEST])
        return self._known(found["one"] or found["other"]) if found and not self.is_known(printed) else None

    def are_one(self, printed: str, other: str) -> bool:
        """Return whether two printed spellings are of the same organizations."""
        return self.resolve(printed) == self.resolve(other) or company_key(printed) == company_key(other)

    def parts(self, printed: str) -> list[str]:
        """Return the spellings that an unknown one joins with `;`, or otherwise if all of them are known; any other spelling alone."""
        if self._known(printed) or whole_of(printed, self._known):
            return [printed]
        if len(several := separate(printed)) > 1:
            return [part for one in several for part in self.parts(one)]
        parts = [part for part in _JOINTS.split(printed) if part]
        return parts if all(map(self._known, parts)) else [printed]

    def of_address(self, printed: str) -> str:
        """Return the spelling of the known organization that an address of an author names; the address itself if it may name another.

        An address has units before and places behind the organization. A town may have the name of a company.

        >>> known = Organizations([Organization("Google", kind="company"), Organization("Orange", kind="company")])
        >>> [known.of_address(one) for one in ("Google, Inc., United States", "AI Lab, Google, Zürich", "Fern University, Orange, CA")]
        ['Google, Inc.', 'Google', 'Fern University, Orange, CA']
        """
        parts = [part for one in printed[:_LONGEST].split(",") if (part := one.strip())]
        if len(parts) < 2 or self.is_known(printed):
            return printed
        spans = ((at, at + size) for size in (3, 2, 1) for at in range(len(parts) - size + 1))
        for first, end in spans:
            name = ", ".join(parts[first:end])
            if self._known(name):
                beside = [*parts[:first], *parts[end:]]
                is_one = not any(is_of_learning(one) and not re.search(_OF_ADDRESS, one) for one in beside)
                before = all(re.search(_OF_ADDRESS, one, re.IGNORECASE) for one in parts[:first])
                return name if is_one and (before or is_of_learning(name)) else printed
        return printed

    def _known(self, spelling: str) -> str | None:
        """Return the canonical name for a spelling, whatever legal form it has; None for an unknown one."""
        return self._canonical.get(name_key(spelling)) or self._canonical.get(company_key(spelling))

    def with_parents(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return names with the organizations that they are units of, each once."""
        return with_ancestors(names, self.parents)


def separate(printed: str) -> list[str]:
    """Return the parts of a printed text between semicolons, which no organization has in its name.

    >>> separate("Google; UBS"), separate("UBS；メルカリ"), separate("Simon & Fox"), separate(";")
    (['Google', 'UBS'], ['UBS', 'メルカリ'], ['Simon & Fox'], [';'])
    """
    return [part for one in re.split("[;；]", printed) if (part := one.strip())] or [printed]


def whole_of(printed: str, known: Callable[[str], str | None]) -> str | None:
    """Return the known organization of which a printed text names a unit; None for any other text.

    A Japanese one begins with it, and with a space if it is no university; among English ones only universities are sure.

    >>> names = {"東京大学": "University of Tokyo", "アベジャ": "ABEJA", "Yale University": "Yale University"}
    >>> [whole_of(one, names.get) for one in ("東京大学医学部", "アベジャ 研究開発部", "アベジャ研究会", "School of Law, Yale University")]
    ['University of Tokyo', 'ABEJA', None, 'Yale University']
    >>> [whole_of(one, names.get) for one in ("アベジャ 機械学習 エンジニア", "アベジャ CTO", "東京大学 准教授", "アベジャ 友の会")]
    ['ABEJA', 'ABEJA', 'University of Tokyo', None]
    """
    if len(printed) > _LONGEST:
        return None
    if printed.isascii():
        parts = re.split(r",\s+", printed)
        learned = [part for part in parts if is_of_learning(part)]
        units = [part for part in parts if re.fullmatch(_OF_SCHOOL, part, re.IGNORECASE)]
        return known(learned[0]) if len(learned) == 1 and len(units) == len(parts) - 1 > 0 else None
    if university := university_of(printed):
        return known(university)
    narrow = narrowed(printed).strip()
    if whole := known("".join(narrow.split())):
        return whole
    if found := next(filter(None, map(known, _before_unit(narrow))), None):
        return found
    unit = re.fullmatch(_WITH_ASIDE, narrow)
    return known(unit[1]) or whole_of(unit[1], known) if unit else None


def _before_unit(narrow: str) -> list[str]:
    """Return what may be a company before a unit of it or a job there, the longest first.

    >>> _before_unit("架空 機械学習 エンジニア"), _before_unit("架空 生協 本部"), _before_unit("架空の 会社")
    (['架空 機械学習', '架空'], ['架空 生協'], [])
    """
    words = narrow.split() if re.fullmatch(_WITH_UNIT, narrow) else []
    between = (number for number in range(1, len(words)) if re.search(_OTHER_BODY, words[number]))
    least = max((number for number in between if number < len(words) - 1), default=0)
    return [" ".join(words[:number]) for number in range(len(words) - 1, least, -1)]


def is_unit(name: str) -> bool:
    """Return whether a text is a unit of a company or a job there, without the company.

    >>> [is_unit(one) for one in ("開発部", "機械学習基盤グループ", "CTO", "架空商事 開発部", "架空大学病院", "架空研究所", "架空")]
    [True, True, True, False, False, False, False]
    """
    unit = rf"[^\s・、,/]{{0,30}}(?:部門?|本部|室|課|グループ|チーム|{_JOB})"
    return re.fullmatch(unit, narrowed(name).strip()) is not None and not re.search(_OTHER_BODY, name)


def company_of(printed: str) -> str | None:
    """Return the Japanese company, without its legal form, that a printed unit of it begins with; None for any other text.

    >>> company_of("架空自動車株式会社 AI部"), company_of("株式会社架空 開発本部"), company_of("架空 AI部"), company_of("架空株式会社")
    ('架空自動車', '架空', None, None)
    >>> company_of("株式会社 架空 機械学習 エンジニア"), company_of("架空㈱ 代表取締役")
    ('架空', '架空')
    """
    if printed.isascii() or len(printed) > _LONGEST:
        return None
    for first in _before_unit(narrowed(printed).strip()):
        bare = without_form(first)
        if bare != first and not re.search(r"[\s/;、・]", bare):
            return bare
    return None


def university_of(printed: str) -> str | None:
    """Return the Japanese university that a printed unit of it begins with; None for any other text.

    >>> university_of("東京大学大学院 情報理工学系研究科"), university_of("国立大学法人 架空大学　医学部"), university_of("架空大学")
    ('東京大学', '架空大学', None)
    >>> university_of("奈良先端科学技術大学院大学 情報科学研究科"), university_of("架空大学出版会"), university_of("架空大学新聞社 編集部")
    ('奈良先端科学技術大学院大学', None, None)
    """
    if printed.isascii() or len(printed) > _LONGEST:
        return None
    found = re.fullmatch(_OF_UNIVERSITY, without_form(printed))
    if found is None or re.fullmatch(_SEVERAL, found[1]):
        return None
    beside, unit = found["beside"] or "", found["unit"] or ""
    is_unit = (
        re.search(f"(?:{_UNIT}|{_JOB})$", beside + unit)
        and (not beside or re.search(_BESIDE_UNIVERSITY, beside))
        and not re.search(_OTHER_BODY, beside + unit)
    )
    return str(found[1]) if found["graduate"] or is_unit else None


def without_form(printed: str) -> str:
    """Return the name of an organization in narrow letters, without the legal form of a Japanese company or institution, so that it counts as one.

    >>> [without_form(name) for name in ("株式会社リクルート", "㈱リクルート", "リクルート（株）", "株式会社ＡＢＣ", "株式会社", "ＬＩＮＥヤフー")]
    ['リクルート', 'リクルート', 'リクルート', 'ABC', '株式会社', 'LINEヤフー']
    """
    if printed.isascii():
        return printed
    narrow = narrowed(printed).strip()
    bare = re.sub(rf"^{_FORM}\s*|\s*{_FORM}$", "", narrow)
    return bare or narrow
