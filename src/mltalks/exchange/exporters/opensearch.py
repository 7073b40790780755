"""Sessions as a bulk file for OpenSearch, and the body that creates their index: analysis and mapping.

Does not connect to a server: curl sends the file (see docs/scaling.md).
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Session
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.text.json_text import encoded, lines

INDEX = "mltalks"
_EDITION = ("name", "full_name", "start_date", "end_date", "location")
# Lucene accepts no term of more than 32,766 bytes, and a character has up to four: longer values are stored, but not counted.
_LONGEST = 8191
# The Japanese analyzer is the default chain of kuromoji, written out so that it can be changed.
_JAPANESE_FILTERS = "kuromoji_baseform kuromoji_part_of_speech cjk_width ja_stop kuromoji_stemmer lowercase"
_ANALYSIS = {
    "tokenizer": {"mltalks_ja": {"type": "kuromoji_tokenizer", "mode": "search"}},
    "filter": {
        "english_possessive": {"type": "stemmer", "language": "possessive_english"},
        "english_stop": {"type": "stop", "stopwords": "_english_"},
        "english_stem": {"type": "stemmer", "language": "english"},
    },
    "analyzer": {
        name: {"type": "custom", "tokenizer": tokenizer, "filter": filters.split()}
        for name, tokenizer, filters in (
            ("mltalks_words", "standard", "cjk_width lowercase asciifolding"),
            ("mltalks_en", "standard", "english_possessive lowercase english_stop english_stem"),
            ("mltalks_ja", "mltalks_ja", _JAPANESE_FILTERS),
        )
    },
}


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    r"""Yield the lines of a bulk file: for each session its action, then its document.

    A document is the session's record (see `Session.record`) with two more objects: `edition`, its event, and `counted`, its
    companies and themes with those above them, so that counts equal those of `mltalks companies` and `mltalks themes`. The
    action is `index` with the session's id, so that a file can be sent twice. OpenSearch accepts no id of more than 512 bytes.

    Source: OpenSearch documentation, Bulk API: newline-delimited JSON; the last line is ended, too.

    >>> list(write([Session("x-1", "x", "X", 2024, "Serving", "talk")], Context()))[0]
    '{"index": {"_index": "mltalks", "_id": "x-1"}}\n'
    """
    parents = {name: one.parent for name, one in context.organizations.items()}
    broader = {name: one.broader for name, one in context.themes.items()}
    for session in sessions:
        event = context.events.get(session.event)
        document = session.record() | {
            "edition": {name: getattr(event, name) for name in _EDITION} if event else None,
            "counted": {
                "companies": with_ancestors(session.companies, parents),
                "themes": with_ancestors(session.themes, broader),
            },
        }
        yield from lines(map(encoded, ({"index": {"_index": INDEX, "_id": session.id}}, document)))


def mapping() -> str:
    """Return the body of `PUT /mltalks`, which creates the index. It needs the plugin analysis-kuromoji.

    Every field is declared and no other is accepted (`dynamic: strict`). Texts are indexed three times: as words without regard
    to case, width and accents; stemmed as English (`.en`); as Japanese base forms (`.ja`). Counted fields are keywords, or have
    one as subfield (`keywords.raw`). Speakers are plain objects, not nested ones, to be searched and counted without nested
    queries; `_source` has each speaker's organization. A date that OpenSearch cannot parse is in `_source` but not indexed.

    Source: OpenSearch documentation, Mapping parameters, Kuromoji analyzer, English analyzer.

    >>> json.loads(mapping())["mappings"]["properties"]["companies"]["type"]
    'keyword'
    """
    body = {"settings": {"analysis": _ANALYSIS}, "mappings": {"dynamic": "strict", "properties": _fields()}}
    return json.dumps(body, indent=2) + "\n"


def _fields() -> dict[str, Any]:
    keyword = {"type": "keyword", "ignore_above": _LONGEST}
    day = {"type": "date", "format": "strict_date_optional_time", "ignore_malformed": True}
    short, boolean = {"type": "short"}, {"type": "boolean"}
    stored = {"type": "text", "index": False}
    english = {"type": "text", "analyzer": "mltalks_en"}
    japanese = {"type": "text", "analyzer": "mltalks_ja"}
    words = {"type": "text", "analyzer": "mltalks_words"}
    text = {**words, "fields": {"en": english, "ja": japanese}}
    counted_text = {**words, "fields": {"raw": keyword, "en": english, "ja": japanese}}
    name = {**words, "fields": {"raw": keyword, "ja": japanese}}
    counted = {**keyword, "fields": {"words": words, "ja": japanese}}
    edition = {"name": name, "full_name": words, "start_date": day, "end_date": day, "location": name}
    return {
        "id": keyword,
        "event": keyword,
        "series": keyword,
        "year": short,
        "title": counted_text,
        "kind": keyword,
        "track": counted,
        "companies": counted,
        "speakers": {"properties": {"name": name, "organization": name}},
        **dict.fromkeys(("keywords", "keywords_ja"), counted_text),
        "themes": keyword,
        **dict.fromkeys(("summary", "summary_ja", "questions", "questions_ja"), text),
        **dict.fromkeys(("url", "slides", "paper", "video"), keyword),
        **dict.fromkeys(("track_inferred", "slides_public"), boolean),
        "organizations": counted,
        **dict.fromkeys(("source", "source_note"), stored),
        **dict.fromkeys(("themes_inferred", "doi", "language"), keyword),
        "date": day,
        "minutes": short,
        "tags": keyword,
        "mark": keyword,
        "note": text,
        "inferred": boolean,
        "edition": {"properties": edition},
        "counted": {"properties": {"companies": keyword, "themes": keyword}},
    }


EXPORTER = Exporter(write, mapping=mapping)
