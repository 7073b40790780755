"""The names of columns and keys in records of other programs, in English and Japanese, by field.

Does not convert values: `mapped_record` and `native_record` do.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from mltalks.dataset.model import SESSION_FIELDS
from mltalks.dataset.schema import TABLES
from mltalks.errors import UsageError
from mltalks.exchange.readers.source import Source

# What mltalks prints with a session but does not store in it: values of its event and organizations, and scores.
EXTRAS = frozenset(("companies", "themes_inferred", "inferred", "score", "matched", "shared", "origins"))
OF_EVENT = ("series", "year")
_REQUIRED = ("id", "event", "title", "kind")
_SPACES = re.compile(r"[\s_\-・:：.]+")
_NAMES: Mapping[str, str] = {
    "id": "id, session id, talk id, paper id",
    "title": "title, talk title, session title, paper title, presentation title, name, talk, talk name, session name, タイトル, "
    "題名, 題目, 演題, 発表タイトル, 講演タイトル, セッション名, 講演名, 発表題目",
    "speakers": "speakers, speaker, speaker(s), speaker name, speaker names, speaker name(s), author, authors, author(s), "
    "author names, presenter, presenters, presenter(s), presented by, people, 発表者, 講演者, 登壇者, 著者, スピーカー, 発表者名, "
    "講演者名, 登壇者名, 氏名",
    "organizations": "organizations, organization, organisations, organisation, organization(s), affiliation, affiliations, "
    "affiliation(s), company, companies, company name, institution, institutions, employer, 所属, 所属機関, 会社, 会社名, 企業, "
    "組織, 機関, 発表者所属, 講演者所属",
    "kind": "kind, type, session type, talk type, presentation type, format, 種類, 種別, 形式",
    "track": "track, session track, トラック",
    "track_inferred": "track inferred",
    "keywords": "keywords, keyword, keyword(s), tags, tag, topics, topic, topic(s), subjects, キーワード, タグ, トピック",
    "keywords_ja": "keywords ja, 日本語キーワード",
    "themes": "themes",
    "summary": "summary, abstract, description, talk abstract, session abstract, talk description, overview",
    "summary_ja": "summary ja, 概要, 要旨, 説明, アブストラクト, 抄録, 内容",
    "questions": "questions, answers, 質問, 問い",
    "questions_ja": "questions ja, 日本語の質問",
    "url": "url, link, href, website, web site, page, web page, talk url, session url, リンク, ページ",
    "slides": "slides, slide, slides url, slide url, slides link, slide deck, deck, スライド, 資料, 発表資料, 講演資料",
    "paper": "paper, paper url, paper link, pdf, pdf url, 論文",
    "video": "video, video url, video link, recording, youtube, youtube url, 動画, 録画, 映像",
    "slides_public": "slides public",
    "source": "source, 出典",
    "source_note": "source note",
    "doi": "doi",
    "language": "language, lang, spoken language, 言語, 使用言語",
    "date": "date, day, start, start time, starts at, 日付, 日時, 発表日, 講演日, 開催日",
    "minutes": "minutes, duration, length, 時間, 所要時間, 分",
    "mark": "mark",
    "note": "note, notes, メモ, ノート, 備考",
    "event": "event, conference, venue, event name, conference name, meeting, booktitle, 会議, 会議名, イベント, イベント名, "
    "カンファレンス, 学会",
    "series": "series, event series, シリーズ",
    "year": "year, publication year, 年, 開催年, 年度",
}


def folded(name: str) -> str:
    """Return the key of a name: without case, width, spaces, underscores and hyphens.

    >>> folded(" Talk_Title "), folded("ＵＲＬ"), folded("Speaker(s)")
    ('talktitle', 'url', 'speaker(s)')
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", name[:200]).casefold())


FIELDS: Mapping[str, tuple[str, int]] = {
    folded(name): (field, rank)
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split(", "))
}  # with its priority among several: "title" before "name"
_MAPPABLE = (*TABLES["sessions"], *OF_EVENT)


def is_native(names: Iterable[str]) -> bool:
    """Return whether all names are fields that mltalks prints, with those that every session has.

    >>> is_native(["id", "event", "title", "kind", "tags"]), is_native(["id", "title", "tags"]), is_native(["ID", "Title"])
    (True, False, False)
    """
    some = set(names)
    return some.issuperset(_REQUIRED) and some.issubset((*SESSION_FIELDS, *EXTRAS))


def fields_of(source: Source, names: Iterable[str]) -> dict[str, str]:
    """Return the field of each name that is known or mapped with --map.

    Of several names for one field, the likeliest counts.

    Raises UsageError: --map names another column or key.
    """
    known = list(dict.fromkeys(names))
    found: dict[str, str] = {}
    for field, name in source.mapping.items():
        exact = name if name in known else next((one for one in known if folded(one) == folded(name)), None)
        if exact is None:
            from mltalks.text.fuzzy import nearest  # rapidfuzz: 15 ms

            raise UsageError(
                "--map {field}: {path} has no column or key \"{name}\"",
                field=field, path=source.path, name=name, nearest=nearest(name, known),
            )  # fmt: skip
        found[exact] = field
    taken = set(found.values())
    guesses = sorted(
        (rank, at, name, field)
        for at, name in enumerate(known)
        for field, rank in [FIELDS.get(folded(name), ("", 0))]
        if field and name not in found
    )
    for _, _, name, field in guesses:
        if field not in taken:
            found[name] = field
            taken.add(field)
    if source.unread is not None:
        source.unread.update(dict.fromkeys(name for name in known if name and name not in found))
    return found


def check_fields(source: Source) -> None:
    """Raise UsageError if --map names an unknown field."""
    for field in source.mapping:
        if field not in _MAPPABLE:
            from mltalks.text.fuzzy import nearest  # rapidfuzz: 15 ms

            near = nearest(field, _MAPPABLE)
            raise UsageError('--map: a session has no field "{name}"', name=field, nearest=near)
