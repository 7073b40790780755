r"""Reads speakers and their organizations from texts and lists of other programs.

Does not guess names. If a text has a ; a | or several lines, only these separate people. Else "、", "，", " and ", " & " and " / " do,
a "・" between names in kanji or hangul (in katakana it is a part of a name), and "," between names that are written without a space;
and a comma if each part has at least two words ("Ada Lovelace, Alan Turing, PhD"), or if no comma follows the last "and" ("Ada, Alan
and Grace"): "Zaharia, Matei" is one person, "Zaharia, Matei and Ghodsi, Ali" are two. If all of several people have one word
before a comma, that is their family name. Nothing within parentheses is split, "Name (Organization)" names the organization, and
marks of footnotes after a name are left out.
"""

import re
from collections.abc import Iterable
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.column_names import folded
from mltalks.exchange.readers.source import without_absent
from mltalks.text.bare_names import without_address, without_title
from mltalks.text.folding import company_key
from mltalks.text.formats.csv_cells import person_of
from mltalks.text.japanese.scripts import DOT_BETWEEN_NAMES, is_east_asian
from mltalks.text.not_people import (
    AFTER_HONORIFIC,
    is_nobody,
    is_of_learning,
    without_honorific,
    without_others,
    without_role,
)

_HARD = re.compile(r"[;；\n|｜]")
_SOFT = re.compile(
    rf"[、，]| ?／ ?|{DOT_BETWEEN_NAMES}| [&/+•·] | ?, ?and | and |{AFTER_HONORIFIC} ?[・と] ?|(?<=[)）】\]]) ?[・･と&＆] ?(?=\S)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,，]")
# Degrees and offices behind a name, which are no further person.
_DEGREE = re.compile(
    r"[,，] ?(?:Ph\.? ?D|M\.?D|[MB]\.?Sc|MBA|Dr|Prof(?:essor)?|C[DEIMPST]O|VP)\.?(?= ?(?:[,，;；(（/&]|and\b|$))"
)
_LONG = re.compile("[㐀-鿿々]{2}[ぁ-ゟ㐀-鿿々]{2}")
_APART = re.compile(
    r"(?<=[)）】])(?:[^\S\n]{2,}|\u3000)(?=\S[^\n]*[)）】])"
)  # between two people with organizations
_SPACES = re.compile(r"[^\S\n]+")
# A line of a description that names the speakers.
_NAMED_LINE = re.compile(
    r"\s*(?:speakers?|presenters?|presented by|referent(?:in|en|innen)?|講演者|発表者|登壇者|講師|スピーカー)\s*[:：]\s*(\S.{0,500}?)\s*",
    re.IGNORECASE,
)
_NOT_IN_A_NAME = re.compile(r"[\d!?。:/@]|\.$")
# Words of jobs and notices, which no name of a person has.
_NO_PART_OF_A_NAME = frozenset((
    "all", "architect", "below", "chief", "coming", "company", "ceo", "cto", "data", "details", "developer", "director", "engineer",
    "engineering", "founder", "group", "guest", "guests", "head", "invited", "lead", "manager", "member", "members", "multiple", "officer",
    "our", "panel", "president", "product", "professor", "program", "research", "researcher", "room", "scientist", "see", "senior",
    "session", "software", "soon", "speakers", "staff", "student", "team", "the", "website", "your",
))  # fmt: skip
_NO_JAPANESE_NAME = re.compile(
    "公開|発表|募集|予定|調整|後日|詳細|未定|会社|大学|研究所|各位|参照|教授|部長|社長|代表"
)
_PARTICLES = frozenset((
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "la", "le", "op", "ten", "ter",
    "van", "von", "y", "zu",
))  # fmt: skip
_LONGEST_NAME = 20  # letters of a Japanese one
_MARKS = "*†‡§¶ \t"
_INITIALS_LAST = re.compile(r"([^\W\d_][^.\d]*[^\W\d_]) ((?:-?[^\W\d_]\. ?)+)")
_WIDE = str.maketrans("（）【】〔〕〈〉［］", "()" * 5)
_SQUARE = re.compile(r"(?<=[^\x00-\x7f]) ?\[([^\[\]]*[^\W\d][^\[\]]*)\]$")  # behind a Japanese name
# An identifier instead of a name: a UUID, a long hexadecimal number, an address.
_NO_NAME = re.compile(
    r"\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,64}|https?://.*", re.IGNORECASE
)
# In parentheses after a name, and no organization: pronouns, a handle, a part in the talk.
_ASIDE = re.compile(
    r"[a-zäöü]{1,6}(?: ?/ ?[a-zäöü]{1,7}){1,3}|any(?: pronouns)?|@\S+|(?i:speaker|presenter|moderator|host|chair|remote|online|keynote|tb[acd])|司会者?|座長|進行|聞き手|モデレータ[ーァ]?|パネリスト|パネラー|オンライン"
)
_NAME_KEYS = (
    "publicname", "name", "fullname", "displayname", "speaker", "author", "title", "fullpublicname", "literal",
)  # fmt: skip
_GIVEN_KEYS = ("firstname", "givenname", "given", "forename", "first")
_FAMILY_KEYS = ("lastname", "familyname", "family", "surname", "last")
_WORK_KEYS = ("organization", "affiliation", "company", "institution", "organisation", "employer")
# What says who a person is; an object of a program has its ids, too.
_READ_KEYS = frozenset((
    *_NAME_KEYS, *_GIVEN_KEYS, *_FAMILY_KEYS, *_WORK_KEYS, "id", "guid", "code", "uid", "sessions", "questionanswers",
))  # fmt: skip


def in_prose(text: str) -> tuple[list[dict[str, str]], str]:
    r"""Return the speakers whom lines of a text name, "Speaker: Name (Organization)", and the text without these lines.

    A line stays if what follows reads like anything but names.

    >>> in_prose("On queues.\n\nSpeakers: Lena Vogel (Example); Ada Fox"), in_prose("講演者：山田 太郎\n概要")
    (([{'name': 'Lena Vogel', 'organization': 'Example'}, {'name': 'Ada Fox'}], 'On queues.\n\n'), ([{'name': '山田 太郎'}], '概要'))
    >>> in_prose("Speaker: a device that makes sound."), in_prose("Speaker: TBA")
    (([], 'Speaker: a device that makes sound.'), ([], 'Speaker: TBA'))
    """
    found, rest = [], []
    for line in text.splitlines(keepends=True):
        named = _NAMED_LINE.fullmatch(line)
        some = _people(named[1]) if named else []
        if some and all(_is_name(one["name"]) for one in some):
            found += some
        else:
            rest.append(line)
    return each(found), "".join(rest)


def _is_name(text: str) -> bool:
    """Return whether a text reads like a name: a few words, in lower case only those that names have.

    >>> [_is_name(one) for one in ("Ada de la Fox", "J. R. Fox", "山田太郎", "Head of research", "TBA", "Ada talks.")]
    [True, True, True, False, False, False]
    >>> [_is_name(one) for one in ("Staff Engineer", "Coming Soon", "Ada", "募集中", "東京大学 山田太郎")]
    [False, False, False, False, False]
    """
    words = text.split()
    common = [word for word in words if word[0].islower() and word not in _PARTICLES]
    if common or is_nobody(text) or _NOT_IN_A_NAME.search(text) or is_of_learning(text):
        return False
    if is_east_asian(text):
        return len(text) <= _LONGEST_NAME and not _NO_JAPANESE_NAME.search(text)
    return 2 <= len(words) <= 6 and _NO_PART_OF_A_NAME.isdisjoint(text.casefold().split())


def people_of(value: Any) -> list[dict[str, str]]:
    """Return the speakers of a text, of a list of texts, or of objects with a name and an organization, each once.

    >>> people_of("Ada Lovelace (Example, Inc.), Alan Turing")
    [{'name': 'Ada Lovelace', 'organization': 'Example, Inc.'}, {'name': 'Alan Turing'}]
    >>> [len(people_of(one)) for one in ("Zaharia, Matei", "Zaharia, Matei and Ghodsi, Ali", "A, B and C", "講演者一、講演者二")]
    [1, 2, 3, 2]
    >>> [one["name"] for one in people_of("髙橋 さくら・山﨑 健，ジョン・スミス")]
    ['髙橋 さくら', '山﨑 健', 'ジョン・スミス']
    >>> people_of("山本 一（Example）・川口 二（他社）と森 三さん")[1:]
    [{'name': '川口 二', 'organization': '他社'}, {'name': '森 三'}]
    >>> people_of([{"fullname": "Ada Lovelace", "institution": {"name": "Example"}}, "Alan Turing (Other)"])
    [{'name': 'Ada Lovelace', 'organization': 'Example'}, {'name': 'Alan Turing', 'organization': 'Other'}]
    >>> people_of([{"firstName": "Ada", "lastName": "Lovelace"}, {"given": "Alan", "family": "Turing"}])
    [{'name': 'Ada Lovelace'}, {'name': 'Alan Turing'}]
    """
    return each(listed(value))


def listed(value: Any) -> list[dict[str, str]]:
    """Return speakers as `people_of` does, each as often as it is listed: two of one name may have two organizations."""
    if isinstance(value, str):
        return _people(value)
    some = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
    texts = [one for one in some if isinstance(one, str)]
    turned = iter(_in_order(texts))
    found = (someone(next(turned)) if isinstance(one, str) else _speaker(one) for one in some)
    return [one for one in found if "name" in one]


def unread(value: Any, under: str) -> dict[str, Any]:
    """Return what objects of people have that is neither a name nor an organization nor an id, by the name of the list and key.

    >>> unread([{"id": 7, "name": "Ada Lovelace", "biography": "Counts."}, "Alan Turing"], "persons")
    {'persons.biography': 'Counts.'}
    """
    return {
        f"{under}.{key}": one
        for person in (value if isinstance(value, list) else [value])
        if isinstance(person, dict)
        for key, one in person.items()
        if isinstance(key, str) and folded(key) not in _READ_KEYS
    }


def _people(text: str) -> list[dict[str, str]]:
    return [one for one in map(someone, _names(text)) if "name" in one]


def _speaker(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    values = {folded(key): one for key, one in value.items() if isinstance(key, str)}
    parts = (convert.first(values, *keys) for keys in (_FAMILY_KEYS, _GIVEN_KEYS))
    in_order = convert.in_order(list(filter(None, parts)))
    named = someone(convert.first(values, *_NAME_KEYS) or " ".join(in_order))
    work = next((organization_of(values[key]) for key in _WORK_KEYS if values.get(key)), None)
    if not named or not work or _is_same(work, named.get("organization")):
        return named
    return {**named, "organization": "; ".join(filter(None, (named.get("organization"), work)))}


def organization_of(value: Any) -> str | None:
    """Return the name of an organization, or the joined names of a list or of a text with separators."""
    some = value[:100] if isinstance(value, list) else [value]
    some = [part for one in some for part in (_outside(_HARD, one) if isinstance(one, str) else [one])]
    names = convert.lines([convert.text_of(one) for one in some])
    return "; ".join(names) or None


def someone(text: Any) -> dict[str, str]:
    """Return a speaker from "Name" or "Name (Organization)", without an address and titles; {} without a name.

    >>> someone("司会：山本 一（Example）"), someone("山本 一（司会）")
    ({'name': '山本 一', 'organization': 'Example'}, {'name': '山本 一'})
    >>> someone("渡辺 一男 氏 (Example)"), someone("鈴木花子さん")
    ({'name': '渡辺 一男', 'organization': 'Example'}, {'name': '鈴木花子'})
    >>> someone("Ada Lovelace* (Example)"), someone("00000000-0000-4000-8000-000000000001"), someone("Ada (she/her)")
    ({'name': 'Ada Lovelace', 'organization': 'Example'}, {}, {'name': 'Ada'})
    >>> someone("山本 一【Example】"), someone("山本 一（Example）ほか2名"), someone("Ada [1]")
    ({'name': '山本 一', 'organization': 'Example'}, {'name': '山本 一ほか2名', 'organization': 'Example'}, {'name': 'Ada [1]'})
    >>> someone("Ada Lovelace @ Example"), someone("Ada @ada")
    ({'name': 'Ada Lovelace', 'organization': 'Example'}, {'name': 'Ada @ada'})
    >>> someone("Dr. Ada Lovelace <ada@example.org> (Example)"), someone("ada@example.org")
    ({'name': 'Ada Lovelace', 'organization': 'Example'}, {'name': 'ada@example.org'})
    """
    written = _without_address(without_role(convert.line(text) or "")).translate(_WIDE).strip(_MARKS)
    whole = without_others(_SQUARE.sub(r" (\1)", written))
    whole, others = (whole, written[len(whole) :]) if written[len(whole) :].strip("] ") else (whole, "")
    name, organization = person_of(whole.replace("(", " (").replace("  (", " ("))
    if " @ " in name and not organization:
        name, _, organization = name.partition(" @ ")
    name = without_title(without_honorific(name.strip(_MARKS)))
    if organization and not without_others(organization):
        organization, others = None, f" {organization}"
    if organization and _ASIDE.fullmatch(organization.strip()):
        organization = None
    if _NO_NAME.fullmatch(name):
        return {}
    return without_absent({"name": convert.line(name + others), "organization": convert.line(organization)})


def initials_last(people: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return authors in the usual order if all are written as Scopus does: the family name, then initials with dots.

    >>> initials_last([{"name": "Kreuzberger D."}, {"name": "van der Berg J.-P."}])
    [{'name': 'D. Kreuzberger'}, {'name': 'J.-P. van der Berg', 'family': 'van der Berg'}]
    >>> initials_last([{"name": "Kreuzberger D."}, {"name": "D. Sculley"}])[0], initials_last([])
    ({'name': 'Kreuzberger D.'}, [])
    """
    parted = [_INITIALS_LAST.fullmatch(one["name"]) for one in people]
    turned = []
    for one, match in zip(people, parted, strict=True):
        if match is None:
            return people
        family = {"family": match[1]} if " " in match[1] else {}
        turned.append({**one, "name": f"{match[2].strip()} {match[1]}", **family})
    return turned


def each(some: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return speakers, each once; two people of one name have two organizations."""
    found = {(one["name"], one.get("organization")): one for one in some}
    named = {name for name, organization in found if organization}
    return [one for (name, organization), one in found.items() if organization or name not in named]


def with_organizations(
    speakers: list[dict[str, str]], organizations: Any
) -> tuple[list[dict[str, str]], list[str]]:
    """Return speakers, each once, with their organizations of a text or list, and those that are nobody's.

    Only a ; a | or a line end separates organizations in a text: many names contain "and" and commas. As many different organizations
    as speakers may be a list of those of the talk, in any order: they are nobody's. A list that repeats one or has an empty place, or
    beside which speakers are repeated or have these organizations, has that of each speaker in turn. A speaker who has another
    organization keeps that.

    >>> with_organizations([{"name": "Ada"}, {"name": "Alan"}], "A; B")
    ([{'name': 'Ada'}, {'name': 'Alan'}], ['A', 'B'])
    >>> with_organizations([{"name": "Ada"}, {"name": "Alan"}], "A; A")[0], with_organizations([{"name": "Ada"}], "A")
    ([{'name': 'Ada', 'organization': 'A'}, {'name': 'Alan', 'organization': 'A'}], ([{'name': 'Ada', 'organization': 'A'}], []))
    >>> with_organizations([{"name": "Ada"}, {"name": "Alan"}], ["A"])
    ([{'name': 'Ada'}, {'name': 'Alan'}], ['A'])
    >>> with_organizations([{"name": "Ada", "organization": "B"}], "A")
    ([{'name': 'Ada', 'organization': 'B'}], ['A'])
    """
    names: list[str | None] = []
    if isinstance(organizations, str):
        names += [convert.line(part) for part in _outside(_HARD, organizations)]
        while len(names) > len(speakers) and names[-1] is None:
            names.pop()
    elif isinstance(organizations, list):
        names += filter(None, map(organization_of, organizations))
    if len(names) != len(speakers) or not _is_by_person(speakers, names):
        return each(speakers), convert.lines(names)
    pairs = [with_organization(one, name) for one, name in zip(speakers, names, strict=True)]
    return each(one for one, _ in pairs), convert.lines([left for _, left in pairs])


def _is_by_person(speakers: list[dict[str, str]], names: list[str | None]) -> bool:
    """Return whether as many organizations as speakers are surely those of each speaker in turn."""
    own = [
        _is_same(work, name)
        for one, name in zip(speakers, names, strict=True)
        if (work := one.get("organization"))
    ]
    repeats = len(set(names)) < len(names) or len({one["name"] for one in speakers}) < len(speakers)
    return len(speakers) == 1 or repeats or None in names or (bool(own) and all(own))


def with_organization(speaker: dict[str, str], name: str | None) -> tuple[dict[str, str], str | None]:
    """Return a speaker with an organization, and that organization if the speaker has another one.

    >>> with_organization({"name": "Ada"}, "A"), with_organization({"name": "Ada", "organization": "Ａ社"}, "A社")
    (({'name': 'Ada', 'organization': 'A'}, None), ({'name': 'Ada', 'organization': 'Ａ社'}, None))
    """
    own = speaker.get("organization")
    if own:
        return speaker, None if _is_same(own, name) else name
    return without_absent({"name": None, "organization": name} | speaker), None


def _is_same(name: str, other: str | None) -> bool:
    return bool(other) and company_key(name) == company_key(other or "")


def _names(text: str) -> list[str]:
    bare = (
        _without_address(one.strip()) for one in _outside(_HARD, _SPACES.sub(" ", _APART.sub("、", text)))
    )
    parts = [part for one in bare if (part := _DEGREE.sub("", one))]
    if len(parts) > 1:
        return _in_order(parts)
    parts = _outside(_SOFT, parts[0]) if parts else []
    last = len(parts) > 1 and len(_outside(_COMMA, parts[-1])) == 1
    names = []
    for part in parts:
        pieces = _outside(_COMMA, part)
        if len(pieces) == 1 and all(len(piece.split()) > 1 for piece in part.split("/")):
            pieces = part.split("/")
        full = all(len(piece.split()) > 1 for piece in pieces) or _unspaced(pieces)
        names += pieces if full or last else [part]
    return _in_order(names)


def _without_address(text: str) -> str:
    """Return a text without e-mail addresses, unless it is nothing else."""
    return without_address(text) or text


def _unspaced(names: list[str]) -> bool:
    """Return whether East Asian texts between commas are whole names: of three or more, or of two too long for a part of one.

    >>> _unspaced(["山田太郎", " 鈴木花子"]), _unspaced(["山田", " 太郎"]), _unspaced(["王伟", " 李娜", " 张敏"])
    (True, False, True)
    """
    bare = [name.strip() for name in names]
    return all(map(is_east_asian, bare)) and (len(bare) > 2 or any(map(_LONG.match, bare)))


def _in_order(names: list[str]) -> list[str]:
    """Return several names, or an East Asian one, in the usual order if all have a comma, and most of them one word before it.

    >>> _in_order(["Zaharia, Matei", "Ghodsi, Ali*"]), _in_order(["Ada Lovelace, Example"])
    (['Matei Zaharia', 'Ali Ghodsi'], ['Ada Lovelace, Example'])
    """
    parted = [_outside(_COMMA, name) for name in names]
    single = sum(len([word for word in parts[0].split() if not word.islower()]) == 1 for parts in parted)
    several = len(names) > 1 or (parted and all(map(is_east_asian, parted[0])))
    if several and all(len(parts) == 2 for parts in parted) and 2 * single > len(names):
        return [" ".join(convert.in_order([part.strip(_MARKS) for part in parts])) for parts in parted]
    return names


def _outside(separator: re.Pattern[str], text: str) -> list[str]:
    """Return the parts of a text between separators that are not within parentheses."""
    return convert.parts(text, separator, "(（", ")）")
