"""Sessions as a bulk file for OpenSearch, and the body of the index that takes them: analysis and mapping.

Talks to no server: what it yields is sent by curl (see docs/scaling.md).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mltalks.dataset.model import Event, Organization, Session, Theme
from mltalks.dataset.organizations import Organizations
from mltalks.text.json_text import encoded, lines

INDEX = "mltalks"
_EDITION = ("name", "full_name", "start_date", "end_date", "location")
# Lucene takes no term of more than 32,766 bytes, and a letter has up to four: longer values are kept, but not counted.
_LONGEST = 8191


def bulk(
    sessions: Iterable[Session],
    events: Mapping[str, Event],
    index: str = INDEX,
    *,
    organizations: Iterable[Organization] = (),
    themes: Iterable[Theme] = (),
) -> Iterator[str]:
    r"""Yield the lines of a bulk file, each ended: for each session its action, then its document.

    A document is the session's record (see `Session.record`) with two objects beside: `edition`, what is known of its
    event, and `counted`, its companies and themes with those that they are units of or narrower than, so that a count is
    that of `mltalks companies` and `mltalks themes`. The action is `index` under the session's id: a file sent twice
    changes nothing. OpenSearch takes no id of more than 512 bytes and no index whose name has capitals.

    Source: OpenSearch documentation, Bulk API: newline-delimited JSON, the last line ended, too.

    >>> list(bulk([Session("x-1", "x", "X", 2024, "Serving", "talk")], {}))[0]
    '{"index": {"_index": "mltalks", "_id": "x-1"}}\n'
    """
    companies = Organizations(organizations)
    broader = {theme.id: theme.broader for theme in themes}
    for session in sessions:
        document = session.record()
        event = events.get(session.event)
        document["edition"] = {name: getattr(event, name) for name in _EDITION} if event else None
        document["counted"] = {
            "companies": list(companies.with_parents(session.companies)),
            "themes": _with_broader(session.themes, broader),
        }
        yield from lines(map(encoded, ({"index": {"_index": index, "_id": session.id}}, document)))


def write(
    sessions: Iterable[Session],
    events: Mapping[str, Event],
    *,
    organizations: Iterable[Organization] = (),
    themes: Iterable[Theme] = (),
) -> Iterator[str]:
    """Yield the bulk file (see `bulk`) for the index `INDEX`."""
    return bulk(sessions, events, organizations=organizations, themes=themes)


def mapping() -> str:
    """Return the body that makes the index: `PUT /mltalks` takes it as it is. It needs the plugin analysis-kuromoji.

    Every field is named and no other is taken (`dynamic: strict`). Texts are indexed three times: as words without regard
    to case, width and accents; stemmed as English (`.en`); as Japanese base forms (`.ja`). What is counted is a keyword,
    or has one below (`keywords.raw`). Speakers are plain objects, not nested ones, so that they are searched and counted
    without nesting; which organization is whose stands in `_source`. A date that OpenSearch cannot read keeps no document
    out: it is in `_source` and not indexed.

    Source: OpenSearch documentation, Mapping parameters, Kuromoji analyzer, English analyzer.

    >>> json.loads(mapping())["mappings"]["properties"]["companies"]["type"]
    'keyword'
    """
    body = {"settings": {"analysis": _analysis()}, "mappings": {"dynamic": "strict", "properties": _fields()}}
    return json.dumps(body, indent=2) + "\n"


def _with_broader(themes: Iterable[str], broader: Mapping[str, str | None]) -> list[str]:
    found: dict[str, None] = {}
    for theme in themes:
        step: str | None = theme
        while step is not None and step not in found:
            found[step] = None
            step = broader.get(step)
    return list(found)


def _analysis() -> dict[str, Any]:
    """Return the three analyzers: the Japanese one is kuromoji's own chain, said in full so that it can be changed."""
    return {
        "tokenizer": {"mltalks_ja": {"type": "kuromoji_tokenizer", "mode": "search"}},
        "filter": {
            "english_possessive": {"type": "stemmer", "language": "possessive_english"},
            "english_stop": {"type": "stop", "stopwords": "_english_"},
            "english_stem": {"type": "stemmer", "language": "english"},
        },
        "analyzer": {
            "mltalks_words": {
                "type": "custom",
                "tokenizer": "standard",
                "filter": ["cjk_width", "lowercase", "asciifolding"],
            },
            "mltalks_en": {
                "type": "custom",
                "tokenizer": "standard",
                "filter": ["english_possessive", "lowercase", "english_stop", "english_stem"],
            },
            "mltalks_ja": {
                "type": "custom",
                "tokenizer": "mltalks_ja",
                "filter": [
                    "kuromoji_baseform",
                    "kuromoji_part_of_speech",
                    "cjk_width",
                    "ja_stop",
                    "kuromoji_stemmer",
                    "lowercase",
                ],
            },
        },
    }


def _fields() -> dict[str, Any]:
    keyword = {"type": "keyword", "ignore_above": _LONGEST}
    day = {"type": "date", "format": "strict_date_optional_time", "ignore_malformed": True}
    stored = {"type": "text", "index": False}
    english = {"type": "text", "analyzer": "mltalks_en"}
    japanese = {"type": "text", "analyzer": "mltalks_ja"}
    words = {"type": "text", "analyzer": "mltalks_words"}
    text = {**words, "fields": {"en": english, "ja": japanese}}
    counted_text = {**words, "fields": {"raw": keyword, "en": english, "ja": japanese}}
    name = {**words, "fields": {"raw": keyword, "ja": japanese}}
    counted = {**keyword, "fields": {"words": words, "ja": japanese}}
    return {
        "id": keyword,
        "event": keyword,
        "series": keyword,
        "year": {"type": "short"},
        "title": counted_text,
        "kind": keyword,
        "track": counted,
        "companies": counted,
        "speakers": {"properties": {"name": name, "organization": name}},
        "keywords": counted_text,
        "keywords_ja": counted_text,
        "themes": keyword,
        "summary": text,
        "summary_ja": text,
        **dict.fromkeys(("url", "slides", "paper", "video"), keyword),
        "slides_public": {"type": "boolean"},
        "organizations": counted,
        "source": stored,
        "source_note": stored,
        "themes_inferred": keyword,
        "doi": keyword,
        "language": keyword,
        "date": day,
        "minutes": {"type": "short"},
        "tags": keyword,
        "mark": keyword,
        "note": text,
        "inferred": {"type": "boolean"},
        "edition": {
            "properties": {
                "name": name,
                "full_name": words,
                "start_date": day,
                "end_date": day,
                "location": name,
            }
        },
        "counted": {"properties": {"companies": keyword, "themes": keyword}},
    }
