"""Sessions as a bulk file for OpenSearch, and the body that creates their index: analysis and mapping.

Does not connect to a server: curl sends the file (see docs/scaling.md).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Session
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.search.indexing.documents import languages
from mltalks.text.folding import name_key
from mltalks.text.formats.json_text import encoded, lines

_EDITION = ("name", "full_name", "start_date", "end_date", "location")
# Lucene accepts no term of more than 32,766 bytes, and a character has up to four: longer values are stored, but not counted.
_LONGEST = 8191
_FOLDED = "cjk_width lowercase asciifolding"
# The Japanese analyzer is the default chain of kuromoji, written out so that it can be changed.
_JAPANESE_FILTERS = "kuromoji_baseform kuromoji_part_of_speech cjk_width ja_stop kuromoji_stemmer lowercase"
_ANALYZERS = {
    "mltalks_words": ("standard", _FOLDED),
    "mltalks_en": ("standard", f"english_possessive {_FOLDED} english_stop english_stem"),
    "mltalks_synonyms": ("standard", f"english_possessive {_FOLDED} thesaurus english_stop english_stem"),
    "mltalks_ja": ("mltalks_ja", _JAPANESE_FILTERS),
}


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    r"""Yield the lines of a bulk file: for each session its action, then its document.

    A document is the session's record (see `Session.record`) with three more objects: `edition`, its event; `counted`, what the
    commands count and filter by, such as companies and themes with those above them; `names`, all names of these in both languages.
    The action is `index` with the session's id, so that a file can be sent twice, to an index of any name. OpenSearch accepts
    no id of more than 512 bytes.

    Source: OpenSearch documentation, Bulk API: newline-delimited JSON; the last line is ended, too.

    >>> list(write([Session("x-1", "x", "X", 2024, "Serving", "talk")], Context()))[0]
    '{"index": {"_id": "x-1"}}\n'
    """
    parents = {name: one.parent for name, one in context.organizations.items()}
    broader = {name: one.broader for name, one in context.themes.items()}
    pairs = {one.label_en: (*one.en, *one.ja) for one in context.keywords}
    keywords = {name_key(text): label for label, texts in pairs.items() for text in texts}
    speakers: dict[str, str] = {}
    for session in sessions:
        event = context.events.get(session.event)
        companies = with_ancestors(session.companies, parents)
        themes = with_ancestors(session.themes, broader)
        printed = _spelled((*session.keywords, *session.keywords_ja), keywords)
        document = session.record() | {
            "edition": {name: getattr(event, name) for name in _EDITION} if event else None,
            "counted": {
                "companies": companies,
                "themes": themes,
                "keywords": printed,
                "speakers": _spelled((speaker.name for speaker in session.speakers), speakers),
                "languages": languages(session),
            },
            "names": {
                "companies": [name for company in companies for name in _company_names(company, context)],
                "keywords": [name for keyword in printed for name in pairs.get(keyword, (keyword,))],
                "themes": [name for theme in themes for name in _theme_names(theme, context)],
            },
        }
        yield from lines(map(encoded, ({"index": {"_id": session.id}}, document)))


def _spelled(values: Iterable[str], known: dict[str, str]) -> list[str]:
    """Return each value once, in the spelling that is known for it, or else was first given here."""
    return list(dict.fromkeys(known.setdefault(name_key(value) or value, value) for value in values))


def _company_names(name: str, context: Context) -> Sequence[str]:
    known = context.organizations.get(name)
    return (name, *known.aliases) if known else (name,)


def _theme_names(theme: str, context: Context) -> list[str]:
    known = context.themes.get(theme)
    names = (theme, known.label_en, known.label_ja, *known.aliases) if known else (theme,)
    return [name for name in names if name]


def mapping(meanings: Iterable[tuple[Sequence[str], Sequence[str]]]) -> str:
    """Return the body of the request that creates the index. It needs the plugin analysis-kuromoji.

    `meanings` are the names of each thing in the thesaurus, with those that are near (see `Thesaurus.meanings`).

    Every field is declared and no other is accepted (`dynamic: strict`). Texts are indexed stemmed as English, and as Japanese base
    forms (`.ja`). What a search looks at is copied into two fields: `everything`, also as the plain words (`.words`), and `heading`,
    the title and keywords. The analyzer `mltalks_synonyms`, which only queries name, adds the other names of a thing in both
    languages. Speakers are plain objects, not nested ones, to be searched and counted without nested queries; `_source` has each
    speaker's organization. A date that OpenSearch cannot parse is in `_source` but not indexed.

    Source: OpenSearch documentation, Mapping parameters, Kuromoji analyzer, English analyzer, Synonym graph token filter.

    >>> body = json.loads(mapping([(["latency", "レイテンシ"], [])]))
    >>> body["settings"]["analysis"]["filter"]["thesaurus"]["synonyms"]
    ['latency, レイテンシ']
    """
    synonyms = dict.fromkeys(", ".join(same) for same, _ in meanings if len(same) > 1)
    analysis = {
        "tokenizer": {
            "mltalks_ja": {"type": "kuromoji_tokenizer", "mode": "search", "discard_compound_token": True}
        },
        "filter": {
            "english_possessive": {"type": "stemmer", "language": "possessive_english"},
            "english_stop": {"type": "stop", "stopwords": "_english_"},
            "english_stem": {"type": "stemmer", "language": "english"},
            # A name that is empty after folding is skipped.
            "thesaurus": {"type": "synonym_graph", "synonyms": list(synonyms), "lenient": True},
        },
        "normalizer": {"mltalks_name": {"type": "custom", "filter": _FOLDED.split()}},
        "analyzer": {
            name: {"type": "custom", "tokenizer": tokenizer, "filter": filters.split()}
            for name, (tokenizer, filters) in _ANALYZERS.items()
        },
    }
    body = {
        "settings": {"analysis": analysis},
        "mappings": {"dynamic": "strict", "properties": _fields()},
    }
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _fields() -> dict[str, Any]:
    keyword = {"type": "keyword", "ignore_above": _LONGEST}
    day = {"type": "date", "format": "strict_date_optional_time", "ignore_malformed": True}
    short, boolean = {"type": "short"}, {"type": "boolean"}
    stored = {"type": "text", "index": False}
    words = {"type": "text", "analyzer": "mltalks_words"}
    japanese = {"type": "text", "analyzer": "mltalks_ja"}
    english = {"type": "text", "analyzer": "mltalks_en"}
    searched = {**english, "fields": {"ja": japanese}}
    text = {**searched, "copy_to": "everything"}
    heading = {**searched, "copy_to": ["heading", "everything"]}
    name = {**words, "copy_to": "everything"}
    names = {**keyword, "normalizer": "mltalks_name"}
    edition = {"name": name, "full_name": words, "start_date": day, "end_date": day, "location": words}
    return {
        **dict.fromkeys(("id", "event", "series"), keyword),
        "year": short,
        "title": {**heading, "fields": {"ja": japanese, "raw": keyword}},
        "kind": keyword,
        "track": {**keyword, "fields": {"words": words}, "copy_to": "everything"},
        "room": {**keyword, "copy_to": "everything"},
        "companies": {**keyword, "copy_to": "everything"},
        "speakers": {"properties": {"name": name, "organization": keyword, "family": keyword}},
        **dict.fromkeys(("keywords", "keywords_ja"), heading),
        "themes": keyword,
        **dict.fromkeys(("summary", "summary_ja", "questions", "questions_ja", "note"), text),
        **dict.fromkeys(("url", "slides", "paper", "video"), keyword),
        **dict.fromkeys(("track_inferred", "speakers_incomplete", "slides_public", "inferred"), boolean),
        "organizations": keyword,
        **dict.fromkeys(("source", "source_note"), stored),
        **dict.fromkeys(("themes_inferred", "doi", "citation_key", "language", "tags", "mark"), keyword),
        "date": day,
        "minutes": short,
        "edition": {"properties": edition},
        "counted": {
            "properties": dict.fromkeys(("companies", "themes", "keywords", "speakers", "languages"), keyword)
        },
        "names": {
            "properties": {
                **dict.fromkeys(("companies", "keywords"), names),
                "themes": {**names, "fields": {"words": english}},
            }
        },
        "heading": searched,
        "everything": {**searched, "fields": {"ja": japanese, "words": words}},
    }


EXPORTER = Exporter(write, mapping=mapping)
