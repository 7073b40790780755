"""Which fields the records of each data file have, and what may stand in them.

One table per kind of record, one small check per type of value; looks at one value at a time and at no other record.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field
from datetime import date
from math import isfinite
from typing import Any, Literal
from urllib.parse import urlsplit

from mltalks.model import KINDS, ORGANIZATION_KINDS
from mltalks.nearest import nearest


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at `path` (keys and indices) within a record."""

    path: tuple[str | int, ...]
    template: str
    values: Mapping[str, object] = dataclass_field(default_factory=dict)
    nearest: tuple[str, ...] = ()
    severity: Literal["error", "warning"] = "error"

    def under(self, *path: str | int) -> "Finding":
        """Return the same finding, seen from further out."""
        return Finding((*path, *self.path), self.template, self.values, self.nearest, self.severity)


Check = Callable[[Any], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand in a field, and whether a record must have it."""

    check: Check
    required: bool = False


_IDENTIFIER = re.compile(r"\w[\w.-]*")
_COVERAGE = ("complete", "nearly complete", "partial", "fragment")


def _expected(what: str, value: object) -> Finding:
    return Finding((), "expected {what}, found {found}", {"what": what, "found": _toml_type(value)})


def _toml_type(value: object) -> str:
    names = {
        bool: "a boolean",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
        dict: "a table",
    }
    return names.get(type(value), "a date or time")


def _text(value: object) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield _expected("text", value)
    elif not value.strip():
        yield Finding((), "is empty; leave the field out when the fact is not known")


def _identifier(value: object) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield _expected("text", value)
    elif not _IDENTIFIER.fullmatch(value):
        yield Finding((), "not an id; use letters, digits, hyphens, dots and underscores")


def _texts(value: object) -> Iterator[Finding]:
    yield from _each(value, _text, "a list of texts")


def _each(value: object, check_one: Check, what: str) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield _expected(what, value)
        return
    for i, one in enumerate(value):
        yield from (finding.under(i) for finding in check_one(one))


def _link(value: object) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield _expected("a link", value)
        return
    try:
        parts = urlsplit(value)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine or not value.isprintable() or " " in value:
        yield Finding((), "not a link; it must start with https:// or http://")


def _date(value: object) -> Iterator[Finding]:
    try:
        date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        yield Finding((), 'not a date; write it as text, like "2019-05-20"')


def _year(value: object) -> Iterator[Finding]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield _expected("a year", value)
    elif not 1900 <= value <= 2200:
        yield Finding((), "{year} is not a year from 1900 to 2200", {"year": value})


def _boolean(value: object) -> Iterator[Finding]:
    if not isinstance(value, bool):
        yield _expected("true or false", value)


def _weight(value: object) -> Iterator[Finding]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        yield _expected("a number", value)


def _weights(value: object) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield _expected("a table", value)
        return
    for term, one in value.items():
        yield from (finding.under(term) for finding in _weight(one))


def _one_of(*choices: str) -> Check:
    def check_choice(value: object) -> Iterator[Finding]:
        if not isinstance(value, str):
            yield _expected("text", value)
        elif value not in choices:
            near = tuple(nearest(value, choices))
            yield Finding(
                (), '"{value}" is none of {choices}', {"value": value, "choices": ", ".join(choices)}, near
            )

    return check_choice


def _table(fields: Mapping[str, Field]) -> Check:
    def check_table(value: object) -> Iterator[Finding]:
        if not isinstance(value, dict):
            yield _expected("a table", value)
            return
        for name, one in value.items():
            if name in fields:
                yield from (finding.under(name) for finding in fields[name].check(one))
            else:
                near = tuple(nearest(name, fields))
                yield Finding((name,), 'unknown field "{name}"', {"name": name}, near)

    return check_table


def _speaker(value: object) -> Iterator[Finding]:
    yield from _SPEAKER(value)
    if isinstance(value, dict) and "name" not in value:
        yield Finding((), "a speaker needs a name")


def _speakers(value: object) -> Iterator[Finding]:
    yield from _each(value, _speaker, "a list of speakers")


def _label(value: object) -> Iterator[Finding]:
    yield from _LABEL(value)
    if isinstance(value, dict) and not {"en", "ja"} & set(value):
        yield Finding((), "a label needs a text in en, ja or both")


def _identifiers(value: object) -> Iterator[Finding]:
    yield from _each(value, _identifier, "a list of ids")


def _theme_terms(value: object) -> Iterator[Finding]:
    yield from _THEME_TERMS(value)


_THEME_TERMS = _table({"strong": Field(_texts), "weak": Field(_texts), "not": Field(_texts)})
_SPEAKER = _table({"name": Field(_text), "organization": Field(_text)})
_LABEL = _table({"en": Field(_text), "ja": Field(_text)})

TABLES: dict[str, dict[str, Field]] = {
    "sessions": {
        "id": Field(_identifier, required=True),
        "event": Field(_identifier, required=True),
        "title": Field(_text, required=True),
        "kind": Field(_one_of(*KINDS), required=True),
        "track": Field(_text),
        "speakers": Field(_speakers),
        "organizations": Field(_texts),
        "keywords": Field(_texts),
        "keywords_ja": Field(_texts),
        "themes": Field(_texts),
        "summary": Field(_text),
        "summary_ja": Field(_text),
        "url": Field(_link),
        "slides": Field(_link),
        "paper": Field(_link),
        "video": Field(_link),
        "slides_public": Field(_boolean),
        "source": Field(_text),
        "source_note": Field(_text),
    },
    "events": {
        "id": Field(_identifier, required=True),
        "name": Field(_text, required=True),
        "series": Field(_text, required=True),
        "year": Field(_year, required=True),
        "full_name": Field(_text),
        "start_date": Field(_date),
        "end_date": Field(_date),
        "location": Field(_text),
        "url": Field(_link),
        "about": Field(_text),
        "about_ja": Field(_text),
        "coverage": Field(_one_of(*_COVERAGE)),
        "coverage_note": Field(_text),
        "source": Field(_text),
    },
    "members": {
        "event": Field(_identifier, required=True),
        "role": Field(_text, required=True),
        "name": Field(_text, required=True),
        "organization": Field(_text),
        "organization_source": Field(_text),
        "source": Field(_text),
    },
    "themes": {
        "id": Field(_identifier, required=True),
        "label": Field(_label, required=True),
        "broader": Field(_identifier),
        "definition": Field(_text),
        "definition_ja": Field(_text),
        "aliases": Field(_identifiers),
        "terms": Field(_theme_terms),
    },
    "organizations": {
        "name": Field(_text, required=True),
        "kind": Field(_one_of(*ORGANIZATION_KINDS), required=True),
        "aliases": Field(_texts),
        "parent": Field(_text),
    },
    "weights": {"theme": Field(_identifier, required=True), "terms": Field(_weights, required=True)},
    "terms": {"en": Field(_texts, required=True), "ja": Field(_texts)},
}

_CHECKS = {table: _table(fields) for table, fields in TABLES.items()}


def check(table: str, values: dict[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with the fields of one record of `table`, each by itself."""
    yield from _CHECKS[table](values)
