"""The names of columns and keys in records of other programs, in English and Japanese, by field.

Does not convert values: `mapped_record` and `native_record` do.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from mltalks.dataset.model import SESSION_FIELDS
from mltalks.dataset.schema import TABLES
from mltalks.errors import UsageError
from mltalks.exchange.mapping.headings import STATUS, aside_field, composed_field, parts_of, without_aside
from mltalks.exchange.readers.source import NONE, Source
from mltalks.messages import Choices, excerpt

# What mltalks prints with a session but does not store in it: values of its event and organizations, and scores.
EXTRAS = frozenset(("companies", "themes_inferred", "inferred", "score", "matched", "shared", "origins"))
# A column of exported tables: the family names of speakers that their names do not show.
FAMILIES = "families"
OF_EVENT = ("series", "year")
# What decides how a record is read, and is no field: where it takes place, whether and when it does, the parts of a speaker's name.
VENUE, GIVEN_NAME, FAMILY_NAME = "venue", "given name", "family name"
START, END, START_OR_LENGTH = "start", "end", "start or length"  # which give the date and the minutes
_OWN = ("track_inferred", "slides_public", "themes_inferred")
_REQUIRED = ("id", "event", "title", "kind")
_SPACES = re.compile(r"[\s_\-・:：.]+")
NAMES: Mapping[str, str] = {
    "id": "id, session id, talk id, paper id",
    "title": "talk title, session title, paper title, presentation title, title, talk, talk name, session name, タイトル, "
    "題名, 題目, 演題, 発表タイトル, 講演タイトル, セッション名, 講演名, 発表題目, 論文名, 論文タイトル, 発表名, name",
    "speakers": "speakers, speaker, speaker(s), speaker name, speaker names, speaker name(s), author, authors, author(s), "
    "author names, presenter, presenters, presenter(s), presented by, people, 発表者, 講演者, 登壇者, 著者, スピーカー, 発表者名, "
    "講演者名, 登壇者名, 話者, 氏名, 演者, 演者名",
    "speakers_incomplete": "speakers incomplete",
    "organizations": "organizations, organization, organisations, organisation, organization(s), affiliation, affiliations, "
    "affiliation(s), company, companies, company name, institution, institutions, employer, 所属, 所属機関, 所属企業, 所属組織, 所属先, 所属会社, 会社・組織, 会社, 会社名, 企業, "
    "組織, 機関, 発表者所属, 講演者所属",
    "kind": "kind, type, session type, session format, talk type, presentation type, format, document type, 種類, 種別, 形式",
    "track": "track, session track, トラック",
    "track_inferred": "track inferred",
    "keywords": "keywords, keyword, keyword(s), author keywords, tags, tag, topics, topic, topic(s), subjects, キーワード, タグ, トピック",
    "keywords_ja": "keywords ja, 日本語キーワード",
    "themes": "themes",
    "themes_inferred": "themes inferred",
    "summary": "summary, abstract, description, talk abstract, session abstract, talk description, overview",
    "summary_ja": "summary ja, 概要, 要旨, 説明, アブストラクト, 抄録, 内容",
    "questions": "questions, answers, 質問, 問い",
    "questions_ja": "questions ja, 日本語の質問",
    "url": "url, link, href, website, web site, page, web page, talk url, session url, リンク, ページ, ページURL, 発表URL, 講演URL",
    "slides": "slides, slide, slides url, slide url, slides link, slide deck, deck, スライド, スライドURL, スライドリンク, 資料, 資料URL, 資料リンク, 発表資料, 発表資料URL, 講演資料",
    "paper": "paper, paper url, paper link, pdf, pdf url, 論文, 論文URL, 論文リンク",
    "video": "video, video url, video link, recording, recording url, recording link, youtube, youtube url, 動画, 動画URL, 動画リンク, 録画, 録画URL, 映像",
    "slides_public": "slides public",
    "source": "source, 出典",
    "source_note": "source note",
    "doi": "doi",
    "citation_key": "citation key, cite key",
    "language": "language, lang, spoken language, 言語, 使用言語",
    "date": "date, day, date time, start date, 日付, 日時, 発表日, 講演日, 開催日",
    "minutes": "minutes, duration, length, scheduled duration, session duration, duration (minutes), 所要時間, 分",
    "room": "room, room name, hall, hall name, stage, 部屋, 部屋名, 会場, 会場名, 教室",
    "mark": "mark, マーク",
    "note": "note, notes, メモ, ノート, 備考",
    "event": "event, conference, event name, conference name, meeting, event title, booktitle, 会議, 会議名, イベント, イベント名, "
    "カンファレンス, 学会",
    "series": "series, event series, シリーズ",
    "year": "year, publication year, 年, 開催年, 年度",
    START: "start, start time, starts at, starts, scheduled at, session start, begin, begins, begin time, time, 開始, 開始時刻, 開始時間, "
    "開始日時, 時刻",
    END: "end, end time, ends at, ends, session end, finish, 終了, 終了時刻, 終了時間, 終了日時",
    START_OR_LENGTH: "時間",
    VENUE: "venue",
    STATUS: "status, state, submission status, decision, active, statut, estado, stato, entscheidung, ステータス, 状態, 採否",
    GIVEN_NAME: "first name, given name, speaker first name, author first name, firstname, 名",
    FAMILY_NAME: "last name, family name, surname, speaker last name, author last name, lastname, 姓",
}


def folded(name: str) -> str:
    """Return the key of a name: without case, width, spaces, underscores and hyphens.

    >>> folded(" Talk_Title "), folded("ＵＲＬ"), folded("Speaker(s)")
    ('talktitle', 'url', 'speaker(s)')
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", name[:200]).casefold())


FIELDS: Mapping[str, tuple[str, int]] = {
    folded(name): (field, rank)
    for field, names in NAMES.items()
    for rank, name in enumerate(names.split(", "))
}  # with its priority among several: "title" before "name"
_TAGS = re.compile(r"^tags?$|タグ")
_OWN_TAGS = {"tags", "tag", "タグ"}
_PRINTED = {*SESSION_FIELDS, *EXTRAS}
_MAPPABLE = (*TABLES["sessions"], *OF_EVENT, STATUS, START, END)
_COMPOSED = 1_000  # the priority of a heading that is known by its words alone


def field_of(name: str) -> tuple[str, int]:
    """Return the field of a column or key with its priority among several; "" if its name is not known.

    >>> field_of("Talk title"), field_of("勉強会名"), field_of("部屋"), field_of("氏名（敬称略）"), field_of("氏名（フリガナ）")
    (('title', 0), ('event', 1000), ('room', 5), ('speakers', 1001), ('', 0))
    >>> [field_of(one)[0] for one in ("概要・要旨", "発表要旨／講演概要", "スライド・動画", "会場・部屋")]
    ['summary_ja', 'summary_ja', '', 'room']
    """
    key = folded(name)
    if key in FIELDS:
        return FIELDS[key]
    bare = without_aside(key)
    composed = composed_field(key)
    if bare == key:
        composed = composed or _field_of_all(parts_of(unicodedata.normalize("NFKC", name[:200])))
        return (composed, _COMPOSED) if composed else ("", 0)
    field = aside_field(key, composed or FIELDS.get(bare, ("", 0))[0])
    return (field, _COMPOSED + 1) if field else ("", 0)  # a heading without an aside is the likelier one


def _field_of_all(headings: Iterable[str]) -> str | None:
    """Return the field that all of some headings have, such as 概要 and 要旨."""
    fields = {field_of(one)[0] for one in headings}
    return fields.pop() or None if len(fields) == 1 else None


_NUMBERED = re.compile(r"(\D{2,40}?)(\d{1,2})(\D{0,30})")
_PERSON = ("speakers", "organizations")
# Columns beside which "Title" may be that of a job, and those beside which it is that of a talk.
_OF_PERSON, _OF_TALK = {"organizations"}, {"speakers", "summary", "summary_ja", GIVEN_NAME, FAMILY_NAME}
# Columns beside which "Name" is not that of a person, and those beside which it may be.
_OF_ANY_TALK = {
    *_OF_TALK,
    "id",
    "event",
    "date",
    START,
    START_OR_LENGTH,
    "minutes",
    "track",
    "room",
    "keywords",
    "slides",
    "paper",
    "video",
}
_OF_PEOPLE = {"email", "biography", "bio", "avatar", "avatarurl", "role", "jobtitle", "orcid", "twitter"}


def is_native(names: Iterable[str], added: Collection[str] = ()) -> bool:
    """Return whether all names are fields that mltalks prints, with those that every session has; `added` ones do not count.

    A table that has some that only mltalks prints may have further columns, which people add.

    >>> is_native(["id", "event", "title", "kind", "tags"]), is_native(["id", "title", "tags"]), is_native(["ID", "Title"])
    (True, False, False)
    >>> is_native(["id", "event", "title", "kind", "My score"]), is_native([*SESSION_FIELDS, "My score"])
    (False, True)
    """
    some = set(names)
    is_whole = some.issubset((*SESSION_FIELDS, *EXTRAS, FAMILIES, *added)) or some.issuperset(_OWN)
    return is_whole and some.issuperset(_REQUIRED)


def _has_own_tags(names: Iterable[str], mapping: Mapping[str, str]) -> bool:
    """Return whether tags are those of a user, not keywords: beside keywords or mapped ones, of known talks, or if mltalks printed the fields.

    A table of ids without titles has known talks only.

    >>> [_has_own_tags(names, {}) for names in (["id", "title", "tags"], ["keywords", "tags"], ["ID", "Tag", "Score"])]
    [True, True, True]
    >>> _has_own_tags(["ID", "Title", "Tags"], {})  # of another program
    False
    >>> _has_own_tags(["title", "tags"], {}), _has_own_tags(["key", "tags"], {"id": "key"})
    (False, True)
    """
    keys = {*map(folded, names)}
    fields = {field_of(name)[0] for name in keys} | {*mapping}
    has_keywords = any(field_of(name)[0] == "keywords" for name in keys - _OWN_TAGS)
    return (
        has_keywords
        or "tags" in mapping
        or ("id" in fields and ("title" not in fields or {*names} <= _PRINTED))
    )


def mapped(source: Source, names: Collection[str]) -> dict[str, str]:
    """Return the fields by name that --map gives.

    Raises UsageError: --map names another column or key.
    """
    known, found = list(names), dict[str, str]()
    for field, name in source.mapping.items():
        exact = name if name in known else next((one for one in known if folded(one) == folded(name)), None)
        if exact is None:
            raise unknown_name(source, field, name, known)
        found[exact] = field
    return found


def fields_of(
    source: Source, names: Iterable[str], of_program: Mapping[str, tuple[str, int]] = NONE
) -> dict[str, str]:
    """Return the field of each name that is known, mapped with --map, or known as that of the program that wrote the table.

    Of several names for one field, the likeliest counts. A numbered one has the field "speakers 2" or "organizations 2".

    Raises UsageError: --map names another column or key.
    Raises DataError: it is open which column is the title.
    """
    known = list(dict.fromkeys(names))
    found = mapped(source, known)
    taken, own_tags = set(found.values()), _has_own_tags(known, source.mapping)
    guesses = sorted(
        (rank, at, name, field)
        for at, name in enumerate(known)
        for field, rank in [
            ("tags", 0) if own_tags and folded(name) in _OWN_TAGS else of_program.get(name) or field_of(name)
        ]
        if field and name not in found
        if not (name == "companies" and "themes_inferred" in known)  # printed by mltalks, of what is stored
    )
    for _, _, name, field in _without_people(source, guesses, taken, known):
        if field not in taken:
            found[name] = field
            taken.add(field)
    if "speakers" not in taken:
        found |= _numbered(known)
    if source.as_keywords is not None:
        tags = (name for name, field in found.items() if field == "keywords" and is_tags(source, name))
        source.as_keywords.update(dict.fromkeys(tags))
    if source.unread is not None:
        source.unread.update(dict.fromkeys(name for name in known if name and name not in found))
    return found


def unknown_name(source: Source, field: str, name: str, known: Iterable[str]) -> UsageError:
    """Return the error that --map names a column or a key that is not among the known ones."""
    from mltalks.text.fuzzy import nearest  # rapidfuzz: 15 ms

    return UsageError(
        "--map {field}: {path} has no column or key \"{name}\"",
        field=field, path=source.path, name=name, nearest=nearest(name, known),
    )  # fmt: skip


def is_tags(source: Source, name: str) -> bool:
    """Return whether a column that is read as keywords is one of tags, and not what --map names as keywords."""
    return bool(_TAGS.search(folded(name))) and source.mapping.get("keywords") != name


_Guess = tuple[int, int, str, str]


def _without_people(
    source: Source, guesses: list[_Guess], taken: set[str], known: Iterable[str]
) -> list[_Guess]:
    """Return guesses in which "Name" is that of a person if there is a title of a talk, and "Title" is not that of a job.

    Raises DataError: it is open whether "Title" is that of a job, or "Name" that of a person.
    """
    fields = taken | {field for _, _, _, field in guesses}
    by_key = {folded(guess[2]): guess for guess in guesses if guess[3] == "title"}
    name, title = by_key.pop("name", None), by_key.pop("title", None)
    people = _OF_PEOPLE.intersection(map(folded, known)) or fields >= _OF_PERSON
    if name and people and not (title or by_key or "title" in taken or fields & _OF_ANY_TALK):
        template = "the column {name} may hold the titles of talks or the names of people; choose with --map title=HEADER"
        raise source.unreadable(template, name=name[2])
    if "title" in taken or not fields >= _OF_PERSON or not (title or by_key):
        return guesses
    left = [guess for guess in guesses if guess not in (name, title)]
    if name and "speakers" not in fields:
        if title and not by_key and not fields & _OF_TALK:
            raise source.unreadable(
                "the column {name} may hold the titles of talks or of jobs; choose with --map title=HEADER",
                name=title[2],
            )
        left.append((*name[:3], "speakers"))
    return [*left, *([title] if title and not by_key else [])]


def _numbered(names: Iterable[str]) -> dict[str, str]:
    """Return columns with the speakers and their organizations one by one, such as "Speaker 2" and "Company 2"."""
    found = {}
    for name in names:
        match = _NUMBERED.fullmatch(folded(name))
        parts = [field_of(part)[0] for part in (match[1] + match[3], match[1], match[3])] if match else []
        if match and (parts[0] in _PERSON or parts[1] == "speakers"):
            field = parts[0] or (parts[2] if match[3] else "speakers")
            if field in _PERSON:
                found[name] = f"{field} {int(match[2])}"
    return found if any(field.startswith("speakers") for field in found.values()) else {}


def mappable(typed: str) -> str:
    """Return the field that a Japanese name of one stands for, as headings, exports and queries have it; any other text as it is.

    So does an English name of the status of a proposal, and of the start and the end of a talk.

    >>> mappable("state"), mappable("採否"), mappable("start time")
    ('status', 'status', 'start')
    >>> mappable("会議"), mappable("開催日"), mappable("組織"), mappable("要約"), mappable("キーワード（日）"), mappable("DOI")
    ('event', 'date', 'organizations', 'summary_ja', 'keywords_ja', 'doi')
    """
    if typed.isascii():
        name = field_of(typed)[0]
        known = name if name in (STATUS, START, END) else typed.lower()
        return known if known in _MAPPABLE else typed
    from mltalks.messages import japanese
    from mltalks.search.query.fields import named_field

    key = folded(typed)
    headings = (name for name, heading in japanese("headings").items() if folded(heading) == key)
    of_query = named_field(typed) or ""
    listed = FIELDS.get(key, ("", 0))[0]
    found = (
        listed,
        *headings,
        field_of(typed)[0],
        {"summary": "summary_ja"}.get(of_query) or field_of(of_query)[0],
    )
    return next((one for one in found if one in _MAPPABLE), typed)


def typed_columns(typed: Iterable[str]) -> dict[str, str]:
    """Return the columns by field, as typed with --map.

    Raises UsageError: one is not written as FIELD=COLUMN, or a field has two columns.
    """
    found: dict[str, str] = {}
    for one in typed:
        name, equals, column = (part.strip() for part in one.partition("="))
        if not equals or not name or not column:
            raise UsageError(
                '--map {typed}: write it as FIELD=COLUMN, like "title=Talk title"', typed=excerpt(one)
            )
        field = mappable(name)
        if found.setdefault(field, column) != column:
            raise _several_columns(field, found[field], column)
    return found


def _several_columns(field: str, first: str, second: str) -> UsageError:
    """Return the error that --map reads a field from two columns; those of several people are read by their names."""
    template = '--map {field} is given for two columns, "{first}" and "{second}"; give it once'
    if field in _PERSON:
        template = (
            '--map {field} is given for two columns, "{first}" and "{second}"; columns for one person each are read without --map '
            "if they are named Speaker 1, Company 1, Speaker 2, Company 2"
        )
    return UsageError(template, field=field, first=excerpt(first), second=excerpt(second))


def check_fields(source: Source) -> None:
    """Raise UsageError if --map names an unknown field."""
    for field in source.mapping:
        if field not in _MAPPABLE:
            from mltalks.text.fuzzy import nearest  # rapidfuzz: 15 ms

            name = field_of(field)[0]
            meant = "minutes" if name == START_OR_LENGTH else name
            near = [meant] if meant in _MAPPABLE else nearest(field, _MAPPABLE)
            if near:
                raise UsageError('--map: a session has no field "{name}"', name=field, nearest=near)
            template = '--map: a session has no field "{name}"; it has {choices}'
            raise UsageError(template, name=field, choices=Choices(_MAPPABLE))
