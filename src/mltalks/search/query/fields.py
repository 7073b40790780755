"""The fields of the query language: their names, the values that some of them allow, ranges of years.

Does not look up names of companies, themes and events: `name_resolver` does.
"""

import re
from collections.abc import Iterator
from typing import Literal

from mltalks.dataset.vocabulary import KIND_NAMES, KINDS, MARKS, NARROW_KINDS
from mltalks.messages import Choices, Lang, Message, excerpt
from mltalks.search.query.written_years import written_japanese
from mltalks.text.folding import fold
from mltalks.text.fuzzy import corrections

TextField = Literal["title", "summary", "answers", "note"]
TEXT_FIELDS: tuple[TextField, ...] = ("title", "summary", "answers", "note")
NAME_FIELDS = (
    "company",
    "theme",
    "keyword",
    "speaker",
    "event",
    "series",
    "track",
    "room",
    "id",
    "tag",
    "language",
)
CHOICES = {
    "kind": KINDS,
    "lang": ("en", "ja"),
    "has": (
        "slides",
        "paper",
        "video",
        "summary",
        "organization",
        "keyword",
        "speaker",
        "theme",
        "track",
        "date",
        "room",
        "doi",
        "url",
        "note",
        "tag",
        "mark",
    ),
    "mark": MARKS,
    "origin": ("own", "shipped"),
}
# Other names of a choice, accepted without a notice.
CHOICE_NAMES = {
    "kind": KIND_NAMES,
    "lang": {"jp": "ja", "japanese": "ja", "日本語": "ja", "english": "en", "英語": "en"},
    "has": {
        "company": "organization", "companies": "organization", "summaries": "summary", "スライド": "slides", "資料": "slides",
        "論文": "paper", "動画": "video", "ビデオ": "video", "概要": "summary", "要約": "summary", "組織": "organization",
        "org": "organization", "affiliation": "organization", "所属": "organization", "author": "speaker", "authors": "speaker",
        "講演者": "speaker", "発表者": "speaker", "著者": "speaker", "キーワード": "keyword", "メモ": "note", "タグ": "tag", "マーク": "mark",
        "テーマ": "theme", "トラック": "track", "日付": "date", "日時": "date", "時刻": "date", "部屋": "room", "ページ": "url", "themes": "theme",
    },
    "mark": {
        "見た": "watched", "視聴済み": "watched", "これから見る": "to-watch", "後で見る": "to-watch", "あとで見る": "to-watch",
    },
    "origin": {"mine": "own", "me": "own", "added": "own", "自分": "own", "追加": "own", "同梱": "shipped"},
}  # fmt: skip
# Bare words that may mean a choice.
KIND_WORDS = {
    "keynote": "keynote", "keynotes": "keynote", "キーノート": "keynote", "基調講演": "keynote",
    "panel": "panel", "panels": "panel", "パネル": "panel", "パネルディスカッション": "panel", "パネル討論": "panel",
    "tutorial": "tutorial", "tutorials": "tutorial", "チュートリアル": "tutorial", "poster": "poster", "posters": "poster",
    "ポスター": "poster",
}  # fmt: skip
HAS_WORDS = {
    "slides": "slides", "スライド": "slides", "発表資料": "slides", "資料": "slides",
    "video": "video", "videos": "video", "recording": "video", "recordings": "video",
    "動画": "video", "ビデオ": "video", "録画": "video",
}  # fmt: skip
# Words before what a query leaves out.
EXCLUDING = ("not", "no", "non", "except", "excluding", "without", "besides", "other", "lacking")
FIELDS = (*NAME_FIELDS, "doi", "year", *CHOICES, *TEXT_FIELDS)
_DENIAL = re.compile("^(?:non|not|no|un)[-_ ]?|(?:なし|無し)$")
SINCE = "since"  # since:2023 is year:2023..
DATES = (
    "date",
    "dates",
    "day",
    "日付",
    "日時",
    "開催日",
    "開催年月日",
)  # names of a day, of which a query knows the year
# Other names of a field, accepted without a notice.
FIELD_NAMES = {
    "org": "company", "organization": "company", "companies": "company", "author": "speaker", "venue": "event",
    "conference": "event", "conf": "event", "topic": "theme", "affiliation": "company", "type": "kind", "people": "speaker",
    "組織": "company", "会社": "company", "企業": "company", "テーマ": "theme", "キーワード": "keyword", "講演者": "speaker",
    "発表者": "speaker", "著者": "speaker", "登壇者": "speaker", "話者": "speaker", "スピーカー": "speaker", "所属": "company",
    "所属機関": "company", "機関": "company", "大学": "company", "会議": "event", "会議名": "event", "学会": "event",
    "イベント": "event", "カンファレンス": "event", "シリーズ": "series", "トラック": "track", "部屋": "room", "会場名": "room", "タグ": "tag",
    "年": "year", "開催年": "year", "種類": "kind", "種別": "kind", "言語": "lang", "使用言語": "language", "有無": "has", "タイトル": "title", "題名": "title",
    "題目": "title", "演題": "title", "概要": "summary", "要約": "summary", "要旨": "summary", "メモ": "note", "マーク": "mark",
    "answer": "answers", "question": "answers", "questions": "answers", "答える問い": "answers", "問い": "answers",
    "登録元": "origin",
}  # fmt: skip


def in_language(query: str, lang: Lang) -> str:
    """Return a query with the names of its fields in a language, which finds the same: what is in quotes stays.

    >>> in_language('event:opml19 NOT -kind:paper "a theme:b"', "ja"), in_language("event:opml19", "en")
    ('会議:opml19 NOT -種類:paper "a theme:b"', 'event:opml19')
    """
    if lang == "en":
        return query
    names = {field: name for name, field in reversed(FIELD_NAMES.items()) if not name.isascii()}
    quoted_or_name = r'"(?:[^"\\]|\\.)*"|(?:(?<=[\s(-])|^)[a-z]+(?=:\S)'
    return re.sub(quoted_or_name, lambda found: names.get(found[0], found[0]), query, flags=re.DOTALL)


def choices_of(field: str) -> Choices:
    """Return the allowed values of a field of CHOICES, with their usual names in Japanese, as a value of a message."""
    names = {value: name for name, value in reversed(CHOICE_NAMES[field].items()) if not name.isascii()}
    return Choices(CHOICES[field], names)


def named_field(typed: str) -> str | None:
    """Return the field that a name stands for, also in the plural; None if there is none.

    >>> named_field("Company"), named_field("authors"), named_field("会議"), named_field("colour")
    ('company', 'speaker', 'event', None)
    """
    folded = fold(typed)
    names = (folded, folded.removesuffix("s"))
    found = (name if name in (*FIELDS, SINCE) else FIELD_NAMES.get(name) for name in names)
    return next(filter(None, found), None)


def filtered_field(typed: str) -> str | None:
    """Return the field that a name before a value in a query stands for: also the year, by a name of a day.

    >>> filtered_field("date"), filtered_field("開催日"), filtered_field("venue"), filtered_field("colour")
    ('year', 'year', 'event', None)
    """
    return "year" if fold(typed) in DATES else named_field(typed)


def exact_choice(field: str, typed: str) -> str | None:
    """Return the allowed value of a field of CHOICES that a text stands for, up to case and width.

    >>> exact_choice("kind", "ＰＡＰＥＲ"), exact_choice("lang", "日本語"), exact_choice("kind", "pannel")
    ('paper', 'ja', None)
    """
    folded = fold(typed)
    named = CHOICE_NAMES[field].get(folded, folded)
    return named if named in CHOICES[field] else None


def wider_kind(typed: str, kind: str) -> Iterator[Message]:
    """Yield the notice that a kind means more than its typed name, if that names no kind of its own: LT is read as talk.

    >>> [notice.text() for name in ("LT", "Lightning talk (5 min)", "講演") for notice in wider_kind(name, "talk")]
    ['"LT" is no kind of its own, and is read as talk', '"Lightning talk (5 min)" is no kind of its own, and is read as talk']
    """
    if kind in KINDS and re.match(NARROW_KINDS, fold(typed).replace("_", " ")):
        names = {"name": excerpt(typed), "taken": Choices((kind,), choices_of("kind").names)}
        yield Message('"{name}" is no kind of its own, and is read as {taken}', names)


def corrected_choice(field: str, typed: str) -> str | None:
    """Return the allowed value of a field of CHOICES that a text misspells, or has in the other number.

    >>> corrected_choice("kind", "pannel"), corrected_choice("kind", "papers"), corrected_choice("kind", "poem")
    ('panel', 'paper', None)
    """
    folded = fold(typed)
    named = CHOICE_NAMES[field].get(folded, folded)
    others = [other for other in (f"{named}s", named.removesuffix("s")) if other in CHOICES[field]]
    likely = others[:1] or corrections(folded, CHOICES[field])
    return likely[0] if len(likely) == 1 else None


def negated_choice(field: str, typed: str) -> str | None:
    """Return the allowed value of a field of CHOICES that a text denies; None if it denies none.

    >>> negated_choice("has", "no-slides"), negated_choice("mark", "unwatched"), negated_choice("kind", "note")
    ('slides', 'watched', None)
    """
    denied = _DENIAL.sub("", fold(typed), count=1)
    if denied == fold(typed):
        return None
    return exact_choice(field, denied) or corrected_choice(field, denied)


def compared_years(sign: str, year: str) -> str:
    """Return the years that a comparison names, in the spelling of `year_range`.

    >>> compared_years(">=", "2023"), compared_years("＞", "2023"), compared_years("≤", "2019"), compared_years("<", "2019")
    ('2023..', '2024..', '..2019', '..2018')
    """
    folded = fold(sign)
    beside = 0 if set(folded) & set("=≥≧≤≦") else 1
    if set(folded) & set(">≥≧"):
        return f"{int(year) + beside}.."
    return f"..{int(year) - beside}" if set(folded) & set("<≤≦") else year


def plain_years(typed: str) -> str:
    """Return years as people type them, folded, in the spelling of `year_range`.

    >>> plain_years("2024年"), plain_years("2019年〜2021年"), plain_years("2019-2021"), plain_years("2024年〜")
    ('2024', '2019..2021', '2019..2021', '2024..')
    >>> plain_years("2024年以降"), plain_years("2019年から2021年まで"), plain_years("2020年度以前"), plain_years("令和6年")
    ('2024..', '2019..2021', '..2020', '2024')
    >>> plain_years("~2019"), plain_years("〜2019年"), plain_years("令和0年"), plain_years(">=2023")
    ('..2019', '..2019', '令和0年', '2023..')
    >>> plain_years("令和06年"), plain_years("2020年前後")
    ('2024', '2020年前後')
    """
    compared = re.fullmatch(r"([<>≤≥≦≧]=?)\s*(\d{4})年?", typed, re.ASCII)
    if compared:
        return compared_years(compared[1], compared[2])
    if typed.isascii():
        return re.sub(r"(?<=\d)(?:~|-(?=\d))", "..", re.sub(r"^~(?=\d)", "..", typed))
    written = written_japanese(typed)
    return written.values[0] if written and written.sure and len(written.values) == 1 else typed


def year_range(value: str) -> tuple[int, int] | None:
    """Return the first and last year of `2019`, `2019..2021`, `2024..` or `..2020`; None if it is none of these."""
    match = re.fullmatch(r"(\d{4})?(?:(\.\.)(\d{4})?)?", value, re.ASCII)
    if match is None or not (match[1] or match[3]):
        return None
    first = int(match[1] or 0)
    last = int(match[3] or 9999) if match[2] else first
    return (first, last) if first <= last else None
