"""JSON Schemas (draft 2020-12) of everything that `--json` prints.

Only ever added to: a field once printed stays.
"""

from typing import Any, get_args

from mltalks.analysis.checkup.diagnostic import SEVERITIES, Kind
from mltalks.analysis.explain_themes import Status
from mltalks.analysis.survey import CHANGES as EDITION_CHANGES, FACTS
from mltalks.analysis.trend import CHANGES, FACETS
from mltalks.dataset.vocabulary import KINDS, MARKS
from mltalks.search.expanded_terms import MatchKind
from mltalks.search.related import What

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_YEAR: Schema = {"type": "integer", "minimum": 1900, "maximum": 2200}
_LINK: Schema = {"type": ["string", "null"], "pattern": "^https?://"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


_SESSION: dict[str, Schema] = {
    "id": _TEXT,
    "event": _TEXT,
    "series": _TEXT,
    "year": _YEAR,
    "title": _TEXT,
    "kind": {"enum": list(KINDS)},
    "track": _TEXT_OR_NULL,
    "companies": _list(_TEXT),
    "speakers": _list(_object({"name": _TEXT, "organization": _TEXT_OR_NULL})),
    "keywords": _list(_TEXT),
    "keywords_ja": _list(_TEXT),
    "themes": _list(_TEXT),
    "summary": _TEXT_OR_NULL,
    "summary_ja": _TEXT_OR_NULL,
    "url": _LINK,
    "slides": _LINK,
    "paper": _LINK,
    "video": _LINK,
    "slides_public": {"type": ["boolean", "null"]},
    "organizations": _list(_TEXT),
    "source": _TEXT_OR_NULL,
    "source_note": _TEXT_OR_NULL,
    "themes_inferred": _list(_TEXT),
    "doi": _TEXT_OR_NULL,
    "language": _TEXT_OR_NULL,
    "date": _TEXT_OR_NULL,
    "minutes": {"type": ["integer", "null"], "minimum": 1},
    "tags": _list(_TEXT),
    "mark": {"enum": [*MARKS, None]},
    "note": _TEXT_OR_NULL,
    "inferred": {"type": "boolean"},
}
_ORIGINS: Schema = {
    "type": "object",
    "additionalProperties": _object({"path": _TEXT, "line": {"type": "integer", "minimum": 1}}),
}
_CHANGE: dict[str, Schema] = {
    "number": {"type": "integer", "minimum": 1},
    "time": _TEXT,
    "command": _TEXT,
    "ids": _list(_TEXT),
    "file": _TEXT,
    "undone": {"type": "boolean"},
    "undoes": {"type": ["integer", "null"]},
    "about": _TEXT,
}
_MATCH = _object(
    {
        "query": _TEXT,
        "text": _TEXT,
        "how": {"enum": list(get_args(MatchKind))},
        "fields": _list(_TEXT),
    }
)
_SCORE: Schema = {"type": "number", "minimum": 0}
_EVIDENCE: dict[str, Schema] = {
    "term": _TEXT,
    "kind": {"enum": ["strong", "weak"]},
    "field": _TEXT,
    "position": _COUNT,
    "start": _COUNT,
    "end": _COUNT,
    "weight": _SCORE,
}
_FILING = _object(
    {"id": _TEXT, "inferred": {"const": True}, "score": _SCORE, "evidence": _list(_object(_EVIDENCE))}
)
_INCOMPLETE = _list(_object({"event": _TEXT, "coverage": _TEXT_OR_NULL, "note": _TEXT_OR_NULL}))
_THEME: dict[str, Schema] = {
    "id": _TEXT,
    "label_en": _TEXT_OR_NULL,
    "label_ja": _TEXT_OR_NULL,
    "broader": _TEXT_OR_NULL,
    "depth": _COUNT,
    "sessions": _COUNT,
    "own": _COUNT,
    "definition": _TEXT_OR_NULL,
}
_DECISION: dict[str, Schema] = {
    "session": _TEXT,
    "theme": _TEXT,
    "verdict": {"enum": ["accept", "reject"]},
    "date": _TEXT,
}
_ADDRESS: dict[str, Schema] = {
    "id": _TEXT,
    "what": {"enum": ["page", "slides", "paper", "video"]},
    "address": {"type": "string", "pattern": "^https?://"},
}
_TOTALS = _list(_object({"value": _TEXT, "sessions": _COUNT}))
# "share" is there with --percent.
_CELL: Schema = {
    "type": "object",
    "properties": {
        "row": _TEXT,
        "col": _TEXT,
        "sessions": {"type": "integer", "minimum": 1},
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "ids": _list(_TEXT),
    },
    "required": ["row", "col", "sessions", "ids"],
}
_CELLS: dict[str, Schema] = {"row_totals": _TOTALS, "column_totals": _TOTALS, "cells": _list(_CELL)}
_CROSSTAB = _object(
    {
        "schema": {"const": "mltalks/crosstab/1"},
        "rows": _TEXT,
        "columns": _TEXT,
        "query": _TEXT,
        "sessions": _COUNT,
        "percent": {"enum": ["row", "column", "all", None]},
        "incomplete": _INCOMPLETE,
        **_CELLS,
    }
)
# "years" is there with --by year.
_CROSSTAB["properties"]["years"] = _list(_object({"year": _YEAR, "sessions": _COUNT, **_CELLS}))
_PROBLEM = _object(
    {
        "path": _TEXT,
        "line": {"type": ["integer", "null"], "minimum": 1},
        "record": _TEXT_OR_NULL,
        "field": _TEXT_OR_NULL,
        "severity": {"enum": ["error", "warning"]},
        "message": _TEXT,
        "nearest": _list(_TEXT),
        "text": _TEXT,
    }
)

_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SHARE_OR_NULL: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_SEATS: dict[str, Schema] = {"event": _TEXT, "seats": _COUNT, "members": _COUNT}
_COMMITTEE = _object(
    {
        "schema": {"const": "mltalks/committee/1"},
        "events": _list(
            _object(
                {
                    **_SEATS,
                    "name": _TEXT,
                    "coverage": {"enum": ["complete", "partial", None]},
                    "note": _TEXT_OR_NULL,
                }
            )
        ),
        "seats": _COUNT,
        "members": _COUNT,
        "organizations": _list(
            _object(
                {
                    "organization": _TEXT_OR_NULL,
                    "seats": _COUNT,
                    "members": _COUNT,
                    "share": _SHARE,
                    "roles": _list(_object({"role": _TEXT, "seats": _COUNT})),
                    "printed": _list(_TEXT),
                    "events": _list(_object(_SEATS)),
                }
            )
        ),
    }
)
_TREND = _object(
    {
        "schema": {"const": "mltalks/trend/1"},
        "facet": {"enum": list(FACETS)},
        "query": _TEXT,
        "sessions": _COUNT,
        "test": _TEXT,
        "level": _SHARE,
        "min": _COUNT,
        "years": _list(
            _object(
                {
                    "year": _YEAR,
                    "sessions": _COUNT,
                    "with_value": _COUNT,
                    "judged": {"type": "boolean"},
                    "incomplete": _list(_TEXT),
                }
            )
        ),
        "incomplete": _INCOMPLETE,
        "values": _list(
            _object(
                {
                    "value": _TEXT,
                    "label": _TEXT,
                    "change": {"enum": list(CHANGES)},
                    "sessions": _COUNT,
                    "p": _SHARE_OR_NULL,
                    "q": _SHARE_OR_NULL,
                    "years": _list(_object({"year": _YEAR, "sessions": _COUNT, "share": _SHARE})),
                }
            )
        ),
    }
)
_SIDE = _object(
    {
        "name": _TEXT,
        "value": _TEXT,
        "kind": {"enum": ["event", "series", "company", "theme", "query"]},
        "query": _TEXT,
        "sessions": _COUNT,
    }
)
_COMPARISON = _object(
    {
        "schema": {"const": "mltalks/compare/1"},
        "query": _TEXT,
        "a": _SIDE,
        "b": _SIDE,
        "both": _COUNT,
        "incomplete": _INCOMPLETE,
        "values": _list(
            _object(
                {
                    "facet": {"enum": ["theme", "keyword", "company"]},
                    "value": _TEXT,
                    "label": _TEXT,
                    "a": _COUNT,
                    "b": _COUNT,
                    "both": _COUNT,
                    "share_a": _SHARE,
                    "share_b": _SHARE,
                    "log_odds": {"type": ["number", "null"]},
                    "z": {"type": ["number", "null"]},
                    "over": {"enum": ["a", "b", None]},
                    "found": {"enum": ["both", "a", "b"]},
                }
            )
        ),
    }
)

_COUNTED: Schema = _list(_object({"value": _TEXT, "sessions": _COUNT}))
_VOICE: Schema = _object({"companies": _COUNTED, "sessions": _COUNT, "themes": _COUNTED, "ids": _list(_TEXT)})
_SURVEY: Schema = _object(
    {
        "schema": {"const": "mltalks/survey/1"},
        "query": _TEXT,
        "sessions": _COUNT,
        "catalogue_sessions": _COUNT,
        "events": _list(
            _object(
                {
                    "id": _TEXT,
                    "name": _TEXT,
                    "series": _TEXT,
                    "year": _YEAR,
                    "start_date": _TEXT_OR_NULL,
                    "end_date": _TEXT_OR_NULL,
                    "location": _TEXT_OR_NULL,
                    "about": _TEXT_OR_NULL,
                    "about_ja": _TEXT_OR_NULL,
                    "coverage": _TEXT_OR_NULL,
                    "coverage_note": _TEXT_OR_NULL,
                    "sessions": _COUNT,
                    "of": _COUNT,
                }
            )
        ),
        "committee": _object(
            {
                "events": _list(_TEXT),
                "seats": _COUNT,
                "members": _COUNT,
                "organizations": _list(
                    _object(
                        {
                            "organization": _TEXT_OR_NULL,
                            "seats": _COUNT,
                            "members": _COUNT,
                            "share": {"type": "number", "minimum": 0, "maximum": 1},
                        }
                    )
                ),
                "not_counted": _list(
                    _object({"event": _TEXT, "coverage": _TEXT_OR_NULL, "note": _TEXT_OR_NULL})
                ),
            }
        ),
        "tracks": _list(
            _object(
                {
                    "event": _TEXT,
                    "sessions": _COUNT,
                    "known": _COUNT,
                    "largest": {"type": ["array", "null"], "items": _TEXT},
                    "values": _COUNTED,
                }
            )
        ),
        "kinds": _COUNTED,
        "companies": _list(
            _object({"value": _TEXT, "sessions": _COUNT, "kind": _TEXT_OR_NULL, "parent": _TEXT_OR_NULL})
        ),
        "company_kinds": _COUNTED,
        "themes": _list(
            _object(
                {
                    "id": _TEXT,
                    "label_en": _TEXT_OR_NULL,
                    "label_ja": _TEXT_OR_NULL,
                    "broader": _TEXT_OR_NULL,
                    "depth": _COUNT,
                    "sessions": _COUNT,
                    "ids": _list(_TEXT),
                }
            )
        ),
        "themes_inferred": _COUNT,
        "keywords": _COUNTED,
        "giants": _object(
            {"least": _COUNT, "themes": _COUNTED, "companies": _list(_VOICE), "unknown": _COUNT}
        ),
        "others": _VOICE,
        "unfiled": _list(_TEXT),
        "crossing": _list(_object({"theme": _TEXT, "company": _TEXT, "sessions": _COUNT})),
        "years": _list(_object({"year": _YEAR, "sessions": _COUNT, "themes": _COUNTED})),
        "changes": _list(
            _object(
                {
                    "event": _TEXT,
                    "before": _TEXT_OR_NULL,
                    "whole": {"type": "boolean"},
                    "values": _list(
                        _object(
                            {
                                "facet": _TEXT,
                                "value": _TEXT,
                                "now": _COUNT,
                                "before": _COUNT,
                                "change": {"enum": list(EDITION_CHANGES)},
                            }
                        )
                    ),
                }
            )
        ),
        "missing": _list(_object({"fact": {"enum": list(FACTS)}, "sessions": _COUNT})),
        "incomplete": _INCOMPLETE,
    }
)

SCHEMAS: dict[str, tuple[str, Schema]] = {
    "sessions": ("list, by-company, by-theme, by-keyword, by-speaker, by-event", _list(_object(_SESSION))),
    "hits": (
        "search",
        _list(_object({**_SESSION, "score": {"type": "number", "minimum": 0}, "matched": _list(_MATCH)})),
    ),
    "related": (
        "related",
        _list(
            _object(
                {
                    **_SESSION,
                    "score": {"type": "number", "minimum": 0},
                    "shared": _list(
                        _object(
                            {
                                "what": {"enum": list(get_args(What))},
                                "value": _TEXT,
                                "score": {"type": "number", "minimum": 0},
                            }
                        )
                    ),
                }
            )
        ),
    ),
    "session": ("show", _object({**_SESSION, "origins": _ORIGINS})),
    "taken": (
        "import",
        _list(
            _object(
                {
                    "outcome": {"enum": ["add", "change", "known", "skip"]},
                    "id": _TEXT,
                    "title": _TEXT,
                    "fields": _list(_TEXT),
                    "reason": _TEXT_OR_NULL,
                    "place": _TEXT,
                }
            )
        ),
    ),
    "changes": ("log", _list(_object(_CHANGE))),
    "change": (
        "add, edit, note, tag, mark, remove, alias, undo, log NUMBER",
        _object(_CHANGE),
    ),
    "facet": (
        "companies, keywords, speakers, events",
        _object(
            {
                "schema": {"const": "mltalks/facet/1"},
                "facet": _TEXT,
                "query": _TEXT,
                "sessions": _COUNT,
                "incomplete": _INCOMPLETE,
                "values": _list(
                    _object(
                        {
                            "value": _TEXT,
                            "label": _TEXT,
                            "sessions": _COUNT,
                            "first_year": _YEAR,
                            "last_year": _YEAR,
                            "themes": _list(_object({"id": _TEXT, "sessions": _COUNT})),
                        }
                    )
                ),
            }
        ),
    ),
    "themes": (
        "themes",
        _object(
            {
                "schema": {"const": "mltalks/themes/1"},
                "query": _TEXT,
                "sessions": _COUNT,
                "filed": _COUNT,
                "incomplete": _INCOMPLETE,
                "themes": _list(_object(_THEME)),
            }
        ),
    ),
    "theme": (
        "themes THEME",
        _object(
            {
                "schema": {"const": "mltalks/theme/1"},
                "id": _TEXT,
                "label_en": _TEXT_OR_NULL,
                "label_ja": _TEXT_OR_NULL,
                "definition": _TEXT_OR_NULL,
                "definition_ja": _TEXT_OR_NULL,
                "terms": _list(_TEXT),
                "query": _TEXT,
                "broader": _list(_TEXT),
                "narrower": _list(_object(_THEME)),
                "companies": _list(_object({"value": _TEXT, "sessions": _COUNT})),
                "count": _COUNT,
                "incomplete": _INCOMPLETE,
                "sessions": _list(_object(_SESSION)),
            }
        ),
    ),
    "crosstab": ("crosstab", _CROSSTAB),
    "explanation": (
        "explain",
        _object(
            {
                "schema": {"const": "mltalks/explanation/1"},
                "session": _TEXT,
                "title": _TEXT,
                "themes": _list(
                    _object(
                        {
                            "id": _TEXT,
                            "label_en": _TEXT_OR_NULL,
                            "label_ja": _TEXT_OR_NULL,
                            "status": {"enum": list(get_args(Status))},
                            "inferred": {"type": "boolean"},
                            "score": _SCORE,
                            "decided": _TEXT_OR_NULL,
                            "evidence": _list(_object({**_EVIDENCE, "text": _TEXT})),
                        }
                    )
                ),
            }
        ),
    ),
    "classified": (
        "classify",
        _list(_object({"title": _TEXT, "themes": _list(_FILING), "near": _list(_FILING)})),
    ),
    "decisions": ("decisions", _list(_object({**_DECISION, "title": _TEXT_OR_NULL}))),
    "decision": ("accept, reject, decisions --undo", _object(_DECISION)),
    "index": ("index", _object({"path": _TEXT, "sessions": _COUNT})),
    "gaps": (
        "gaps",
        _list(
            _object(
                {
                    "gap": {"enum": ["unfiled", "broad only", "phrase", "big", "nearly empty", "alike"]},
                    "name": _TEXT,
                    "measure": _SCORE,
                    "parts": _list(_object({"phrase": _TEXT, "share": _SCORE, "sessions": _list(_TEXT)})),
                    "found": _list(_TEXT),
                }
            )
        ),
    ),
    "checkup": (
        "doctor",
        _list(
            _object(
                {
                    "kind": {"enum": list(get_args(Kind))},
                    "severity": {"enum": list(SEVERITIES)},
                    "sessions": _list(_TEXT),
                    "names": _list(_TEXT),
                    "message": _TEXT,
                    "command": _TEXT_OR_NULL,
                    "mechanical": {"type": "boolean"},
                }
            )
        ),
    ),
    "coverage": (
        "themes --coverage",
        _list(_object({"filing": _TEXT, "sessions": _COUNT, "share": _SCORE})),
    ),
    "committee": ("committee", _COMMITTEE),
    "members": (
        "committee --people",
        _list(
            _object(
                {
                    "event": _TEXT,
                    "name": _TEXT,
                    "organizations": _list(_TEXT),
                    "roles": _list(_TEXT),
                    "printed": _list(_TEXT),
                }
            )
        ),
    ),
    "trend": ("trend", _TREND),
    "compare": ("compare", _COMPARISON),
    "survey": ("survey", _SURVEY),
    "facts": (
        "survey --fields, or with -o jsonl an object a line",
        _list(
            _object(
                {
                    "part": _TEXT,
                    "under": _TEXT_OR_NULL,
                    "value": _TEXT_OR_NULL,
                    "label": _TEXT_OR_NULL,
                    "sessions": {"type": ["integer", "null"], "minimum": 0},
                }
            )
        ),
    ),
    "problems": ("validate", _list(_PROBLEM)),
    "paths": ("paths", _list(_object({"what": _TEXT, "path": _TEXT}))),
    "address": (
        "open, one object or, with several options, an array",
        {"anyOf": [_object(_ADDRESS), _list(_object(_ADDRESS))]},
    ),
    "error": (
        "any command that fails, on standard error",
        _object({"error": _object({"message": _TEXT, "code": {"type": "integer"}, "nearest": _list(_TEXT)})}),
    ),
}


def schema(name: str) -> Schema:
    """Return the JSON Schema of one kind of output; KeyError when there is none of that name."""
    printed_by, body = SCHEMAS[name]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"mltalks/{name}/1",
        "title": f"What {printed_by} prints",
        **body,
    }
