"""Converts a record that mltalks wrote to a draft, with every value unchanged.

Does not check values: `intake` does.
"""

from collections.abc import Mapping
from typing import Any

from mltalks.dataset.model import SESSION_FIELDS
from mltalks.dataset.schema import TABLES
from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.column_names import EXTRAS, OF_EVENT
from mltalks.exchange.readers.source import Draft, Source, without_absent
from mltalks.problems import Problem
from mltalks.text.sanitize import without_surrogates

_KNOWN = frozenset((*TABLES["sessions"], *SESSION_FIELDS, *EXTRAS))
_DEEPEST = 5  # levels; no field has as many


def draft(source: Source, record: Mapping[str, Any], line: int | None) -> Draft | Problem:
    """Return a session's record (see `Session.record`) as a draft, without inferred values and those of its event.

    Of a known session, a data file may have the id and what differs alone. A lone surrogate, which UTF-8 cannot encode, becomes U+FFFD.
    """
    title = record.get("title")
    name = convert.line(title) or convert.line(record.get("id"))
    if convert.line(title) is None and (source.titles or title is not None or name is None):
        return source.problem("has no title", line=line, name=name)
    source.not_used(record, _KNOWN)
    fields = {name: record[name] for name in TABLES["sessions"] if name in record}
    if "themes" in fields:
        fields["themes"] = decided(fields["themes"], record.get("themes_inferred"))
    speakers = fields.get("speakers")
    if isinstance(speakers, list):
        fields["speakers"] = [without_absent(one) if isinstance(one, dict) else one for one in speakers]
    event = {"id": fields.get("event"), **{name: record.get(name) for name in OF_EVENT}}
    return source.draft(_clean(fields), _clean(event), line=line, name=name)


def decided(themes: Any, inferred: Any) -> Any:
    """Return the themes of a record on which somebody has decided: none if all are inferred ones.

    Beside a decided one, no other would be inferred: then all are.

    >>> decided(["a", "b"], ["a", "b"]), decided(["a", "b"], ["a"]), decided(["a"], None)
    ([], ['a', 'b'], ['a'])
    """
    if isinstance(themes, list) and isinstance(inferred, list) and all(one in inferred for one in themes):
        return []
    return themes


def _clean(value: Any, depth: int = 0) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if depth == _DEEPEST:
        return None if isinstance(value, dict | list) else value
    if isinstance(value, dict):
        return {_clean(name): _clean(one, depth + 1) for name, one in value.items()}
    return [_clean(one, depth + 1) for one in value] if isinstance(value, list) else value
