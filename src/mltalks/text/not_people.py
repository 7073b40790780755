"""Texts in the place of a person's name that name nobody, others, an organization, or more than one.

Does not know any organization by its name: `dataset.organizations` does.
"""

import re
import unicodedata

from mltalks.text.bare_names import is_address
from mltalks.text.folding import name_key
from mltalks.text.japanese.scripts import DOT_BETWEEN_NAMES, is_east_asian
from mltalks.text.placeholders import is_placeholder

_NOBODY = frozenset(
    [
        "", "tba", "tbd", "tbc", "todo", "n a", "na", "n n", "none", "null", "unknown", "unnamed", "anonymous", "various",
        "various speakers", "speaker", "speakers", "to be announced",
        "to be determined", "to be confirmed", "coming soon", "see below", "未定", "調整中", "募集中", "後日公開", "後日発表", "近日公開",
        "不明", "なし", "匿名",
    ]
)  # fmt: skip
# What people write for an organization that they have none of.
_OF_NO_ORGANIZATION = re.compile(
    r"個人(?:事業主|開発者?)?|フリー(?:ランス)?(?:の?エンジニア|の?開発者)?|無所属|所属(?:なし|無し)|(?:大学院?|高校|専門学校)?学?生|社会人|会社員"
    r"|freelance(?:r| engineer| developer)?|independent(?: researcher| consultant)?|individual|self employed|unaffiliated|no affiliation|students?"
)
_A_PERSON = r"^(?:speakers?|presenters?|panel[a-z]*|hosts?|guests?|names?) (?=tb[acd]$|to be )|(?<=^tb[acd]) speakers?$"
ET_AL = "et al."  # in the place of speakers who are not known
_OTHERS = r"(?i)(?:^|[\s,;]+(?:and\s+|&\s*)?|(?<=[^\sA-Za-z]))(?:(?:\d+ )?others|et\.?\s?al(?:ii)?\b\.?|u\.\s?a\.|(?:ほか|他)\s*(?:[\d一二三四五六七八九十数]+\s*[名人])?)\s*$|(?<=\S)[\s,;]+(?:and\s+|&\s*)?tb[acd]\s*$"
_OF_LEARNING = (
    r"(?i)\b(?:universit(?:y|ies|ät|é|à|at|e|eit|et|ät)|universidade?|universiteit|uniwersytet|institute of technology|polytechnic)\b"
    r"|(?:大学|大学院|研究所|株式会社)$|^株式会社"
)
_ROLE = (
    r"(?i)^\s*(?:司会者?|進行|座長|講師|聞き手|パネリスト|パネラー|モデレータ[ーァ]?|ファシリテータ[ーァ]?|登壇者?|発表者|講演者|スピーカー)(?:\s*[:：]\s*|\s+(?=\S{2}))"
    r"|^\s*(?:(?:session )?chair(?:s|ed by)?|moderat(?:ors?|ed by)|panelists?|speakers?|presenters?|hosts?|facilitators?)\s*[:：]\s*"
)
# What is written after a Japanese name out of respect. No name of a person ends so: 博士 and 君 are not here.
_HONORIFIC = "(?:さん|さま|様|氏|殿|先生|(?:名誉|准|特任)?教授|助教|講師)"
AFTER_HONORIFIC = "(?:(?<=さん)|(?<=さま)|(?<=先生)|(?<=教授)|(?<=[様氏]))"
_KANJI = "㐀-鿿々"
MAY_BE_SEVERAL = (
    '"{name}" may be several people, or a person and an organization; write "Name (Organization); Name"'
)
MAY_BE_TURNED = '"{name}" may be written with the family name first; write "{turned}"'
TURNED_IS_KNOWN = '"{name}" may be written with the family name first; write "{turned}", who is a speaker in the data already'
SEVERAL_ORGANIZATIONS = '"{name}" may be several organizations; write "{parts}"'
# "Last, First" has one word before the comma, or small ones too; no name of one person has two commas, but for a suffix.
_SUFFIX = r"(?i)[,，]\s*(?:ph\.?\s?d|m\.?d|esq|jr|sr|ii|iii|iv|inc|ltd|llc|corp|co|gmbh|plc|s\.a)\b\.?\s*$"
_BREAK = r"\s*[,，;；]\s*|\s+[–—-]\s+|\s*[|｜]\s*"
_BREAK_IN_JAPANESE = rf"\s*、\s*|{DOT_BETWEEN_NAMES}"


def is_nobody(name: str) -> bool:
    """Return whether a text in the place of a name says that nobody is known.

    >>> is_nobody("TBA"), is_nobody("N/A"), is_nobody("?"), is_nobody("Tba Example"), is_nobody("Speaker to be announced")
    (True, True, True, False, True)
    """
    key = name_key(name)
    if key in _NOBODY or is_address(name) or is_placeholder(name):
        return True
    return ("tb" in key or " to be " in key) and re.sub(_A_PERSON, "", key) in _NOBODY


def names_no_organization(name: str) -> bool:
    """Return whether a text in the place of an organization names none.

    >>> [names_no_organization(one) for one in ("個人", "フリーランス", "大学院生", "Self-employed", "なし", "個人情報保護委員会", "東京大学", "学生団体A")]
    [True, True, True, True, True, False, False, False]
    """
    return is_nobody(name) or _OF_NO_ORGANIZATION.fullmatch(name_key(name)) is not None


def is_reading(text: str, name: str) -> bool:
    """Return whether a text beside a name in kanji is its reading: in kana, of two words or of many letters, as no company is written.

    >>> [is_reading(one, "山田太郎") for one in ("やまだ たろう", "ヤマダ　タロウ", "やまだたろう", "はてな", "メルカリ", "アマゾン ジャパン")]
    [True, True, True, False, False, False]
    """
    if not re.search(f"[{_KANJI}]", name):
        return False
    narrow = unicodedata.normalize("NFKC", text).strip()
    return bool(
        re.fullmatch(
            r"[ぁ-ゖー]{1,8}[ ・][ぁ-ゖー]{1,8}|[ぁ-ゖー]{5,12}|(?:[ア-ヲンッャュョ](?<![パピプポ])){2,7} (?:[ア-ヲンッャュョ](?<![パピプポ])){1,7}",
            narrow,
        )
    )


def without_others(name: str) -> str:
    """Return a name without the words that stand for others, or "" if it has no more.

    >>> without_others("others"), without_others("Ann Fox et al."), without_others("Ann Fox"), without_others("山田太郎 他")
    ('', 'Ann Fox', 'Ann Fox', '山田太郎')
    >>> without_others("Ann Fox, TBC"), without_others("TBA"), without_others("山田太郎ほか２名"), without_others("Ann Fox and 2 others")
    ('Ann Fox', 'TBA', '山田太郎', 'Ann Fox')
    """
    return re.sub(_OTHERS, "", name[:1_000]).strip() if len(name) < 1_000 else name


def without_role(name: str) -> str:
    """Return a name without the part in the talk that is written before it.

    >>> without_role("司会：山本 一"), without_role("Moderator: Ann Fox"), without_role("Team: Fox"), without_role("座長：")
    ('山本 一', 'Ann Fox', 'Team: Fox', '')
    >>> without_role("モデレーター　山本 一"), without_role("進行 某")
    ('山本 一', '進行 某')
    """
    return re.sub(_ROLE, "", name)


def without_honorific(name: str) -> str:
    """Return a name without what is written after it out of respect; a short one in kana may be a name that somebody took.

    >>> without_honorific("渡辺一男さん"), without_honorific("小林 誠 様"), without_honorific("スミス・ジョン先生")
    ('渡辺一男', '小林 誠', 'スミス・ジョン')
    >>> without_honorific("くまさん"), without_honorific("鬼塚 博士"), without_honorific("王様")
    ('くまさん', '鬼塚 博士', '王様')
    """
    if name.isascii():
        return name
    bare = re.sub(rf"\s*{_HONORIFIC}(?:\s*{_HONORIFIC})?$", "", name[:200]) if len(name) < 200 else name
    return bare if re.search(rf"[{_KANJI}].*[{_KANJI}ぁ-ゟァ-ヺ]|\S[ ・]\S", bare) else name


def is_of_learning(name: str) -> bool:
    """Return whether a text names a university or the like, by a word that no person has.

    >>> is_of_learning("University of Helsinki"), is_of_learning("東京大学"), is_of_learning("Eva Laine")
    (True, True, False)
    """
    return bool(re.search(_OF_LEARNING, name))


def parts_of(name: str) -> list[str]:
    """Return the parts of a text that is more than a name: it has several commas, or one after two words, or a dash between words.

    So is one with 、 or with a dot between East Asian names.

    >>> parts_of("Eva Laine, Zalando"), parts_of("Zaharia, Matei"), parts_of("van der Berg, Jan"), parts_of("Martin King, PhD")
    (['Eva Laine', 'Zalando'], [], [], [])
    >>> parts_of("田中 太郎・鈴木 花子"), parts_of("ジョン・スミス")
    (['田中 太郎', '鈴木 花子'], [])
    """
    names = [part for part in re.split(_BREAK_IN_JAPANESE, name[:1_000].strip()) if part]
    if len(names) > 1:
        return names
    parts = re.split(_BREAK, re.sub(_SUFFIX, "", name[:1_000]).strip())
    head = [word for word in parts[0].split() if not word.islower()]
    return parts if len(parts) > 2 or (len(parts) == 2 and len(head) > 1) else []


def are_two(name: str) -> bool:
    """Return whether a text is two long names in kanji, between which is と or a space.

    >>> are_two("山田太郎と佐藤花子"), are_two("山田太郎　佐藤花子"), are_two("山田 太郎"), are_two("里美と子")
    (True, True, False, False)
    """
    return bool(
        re.fullmatch(
            rf"[{_KANJI}]{{3,6}}と[{_KANJI}]{{3,6}}|[{_KANJI}]{{4,6}}\s[{_KANJI}]{{4,6}}", name.strip()
        )
    )


def beside_name(name: str) -> list[str]:
    """Return what may be an organization before or behind a Japanese name: the first and the last word, and what brackets hold.

    >>> beside_name("メルカリ 山田太郎"), beside_name("(メルカリ)山田太郎"), beside_name("Ada Fox"), beside_name("山田 太郎")
    (['メルカリ', '山田太郎'], ['メルカリ', '山田太郎'], [], [])
    """
    words = re.split(r"[\s()@＠/]+", name[:200].strip(" ()")) if is_east_asian(name) else []
    is_name = len(words) == 2 and all(re.fullmatch(f"[{_KANJI}]{{1,3}}", word) for word in words)
    return [] if is_name or len(words) < 2 else [words[0], words[-1]]


_COMMA = r"\s*[,，]\s*"
_GIVEN = r"[^\W\d_][^\W\d_.'’-]*[.]?(?:[ .'’-]+[^\W\d_][^\W\d_.'’-]*[.]?){0,3}"
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "phd",
        "md",
        "msc",
        "bsc",
        "mba",
        "ceo",
        "cto",
        "cio",
        "vp",
    ]
)


def turned(name: str) -> str | None:
    """Return a name of a person that seems to have the family name before a comma in its usual order; None for any other.

    >>> turned("Groß, Jürgen"), turned("van der Berg, Jan P."), turned("King, Jr."), turned("Acme, Inc."), turned("Ann Fox, Acme")
    ('Jürgen Groß', 'Jan P. van der Berg', None, None, None)
    """
    if "," not in name and "，" not in name:
        return None
    parts = re.split(_COMMA, name[:200].strip())
    if (
        len(parts) != 2
        or not all(parts)
        or re.search(_SUFFIX, name)
        or parts_of(name)
        or is_of_learning(name)
    ):
        return None
    family, given = parts
    if name_key(given).replace(" ", "") in _TITLES or not re.fullmatch(_GIVEN, given) or given.islower():
        return None
    return f"{given} {family}" if re.fullmatch(_GIVEN, family) else None


_JOINED = r"\s*[,，、;；／]\s*|\s+/\s+|(?<=[^\x00-\x7f])/|/(?=[^\x00-\x7f])"
_FORM = "(?:株式|有限|合同)会社|[㈱㈲]|[(（][株有同][)）]"  # of each of several companies: then a "/" is between them
# What no organization is called alone, but many at their end: AWS・ジャパン.
_END_OF_NAME = "ジャパン|日本|アジア|データ|サービス|サービシーズ|システムズ?|テクノロジーズ?|ソリューションズ?|グループ|ホールディングス|ラボ|リサーチ|コンサルティング"
_DOT_BESIDE_OTHERS = (
    r"(?<![ァ-ヺーｦ-ﾟ])\s*[・･]\s*|\s*[・･]\s*(?![ァ-ヺーｦ-ﾟ])"  # in katakana it is a part of a name
)
_WITH_DOT = f"[{_KANJI}]+ ?・.*(?:機構|協会|学会|財団|連合|研究所)"  # 情報・システム研究機構 is one
_LEGAL = r"(?i)(?:inc|ltd|llc|llp|corp|co|corporation|company|limited|gmbh|ag|plc|s\.?a|s\.?l|b\.?v|oy|ab|kk|k\.k)\.?"
_UNIT = r"(?i)\b(?:dep(?:artmen)?t|school|faculty|institute?|cent(?:er|re)|lab(?:oratory|s)?|division|group|team|chair)\b|学部|研究科|学科|部門|本部|研究室|(?:学院|学術院|キャンパス|センター|機構)\Z"
_PLACES = frozenset((
    "usa", "us", "u s a", "uk", "united states", "united kingdom", "england", "scotland", "ireland", "germany", "deutschland",
    "france", "switzerland", "schweiz", "austria", "italy", "spain", "portugal", "netherlands", "belgium", "sweden", "norway",
    "denmark", "finland", "poland", "israel", "turkey", "india", "china", "hong kong", "taiwan", "japan", "korea",
    "south korea", "singapore", "australia", "new zealand", "canada", "mexico", "brazil", "europe", "emea", "apac", "america",
    "日本", "東京",
))  # fmt: skip


def joined_organizations(name: str) -> list[str]:
    """Return the parts of a text that seems to name several organizations; none if it names one with its place, form or unit.

    A dot within katakana, or before a word that many names end with, is a part of a name.

    >>> joined_organizations("Bosch, Siemens"), joined_organizations("University of California, Berkeley")
    (['Bosch', 'Siemens'], [])
    >>> joined_organizations("Acme, Inc."), joined_organizations("Acme, Japan"), joined_organizations("Acme, Inc., Bosch")
    ([], [], ['Acme, Inc.', 'Bosch'])
    >>> joined_organizations("Sony・アベジャ"), joined_organizations("インテル・ラボ"), joined_organizations("NTT・データ")
    (['Sony', 'アベジャ'], [], [])
    >>> joined_organizations("株式会社LayerX／Ubie株式会社"), joined_organizations("株式会社ABC/XYZ株式会社"), joined_organizations("A/B Labs")
    (['株式会社LayerX', 'Ubie株式会社'], ['株式会社ABC', 'XYZ株式会社'], [])
    >>> joined_organizations("架空株式会社、メルカリ"), joined_organizations("東京大学、情報理工学系研究科")
    (['架空株式会社', 'メルカリ'], [])
    >>> joined_organizations("早稲田大学、理工学術院"), joined_organizations("大阪大学、吹田キャンパス")
    ([], [])
    """
    text = name[:1_000].strip()
    pieces = re.split(_JOINED, text)
    if len(pieces) == 1 and len(re.findall(_FORM, text)) > text.count("/") > 0:
        pieces = re.split(r"\s*/\s*", text)
    if len(pieces) == 1:
        pieces = re.split(_DOT_BESIDE_OTHERS, text)
        if re.fullmatch(_WITH_DOT, text) and not is_of_learning(pieces[0]):
            return []
        if len(pieces) > 1 and any(re.fullmatch(_END_OF_NAME, part) for part in pieces):
            return []
    parts: list[str] = []
    for part in pieces:
        if parts and re.fullmatch(_LEGAL, part):
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    place = sum(map(is_of_learning, parts)) == 1 and not is_east_asian(text)
    if len(parts) < 2 or place or any(re.search(_UNIT, part) for part in parts):
        return []
    is_place = name_key(parts[-1]) in _PLACES or (parts[-1].isupper() and len(parts[-1]) == 2)
    return [] if is_place else parts
