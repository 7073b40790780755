"""Which fields the records of each data file have, and what may stand in them.

One table per kind of record, one small check per type of value; looks at one value at a time and at no other record.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field
from datetime import date, datetime
from itertools import islice
from typing import Any, Literal
from urllib.parse import urlsplit

from mltalks.dataset.vocabulary import KINDS, MARKS, ORGANIZATION_KINDS
from mltalks.text.fuzzy import nearest


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
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Source: DOI Handbook, 2.2; letters beyond ASCII are allowed there, too.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x1f]+", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.ASCII)
_TAG = re.compile(r"\w[\w.-]*")
MOST_OF_A_LIST = 100  # findings; a list of more is not what it should be as a whole
_COVERAGE = ("complete", "nearly complete", "partial", "fragment")


def _expected(what: str, value: object) -> Finding:
    return Finding((), "expected {what}, found {found}", {"what": what, "found": type_name(value)})


def type_name(value: object) -> str:
    """Return what a value of TOML or JSON is, as messages say it."""
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


def _line(value: object) -> Iterator[Finding]:
    """Check a text that is shown on one line; what cannot be shown is a warning, since it is shown as a mark."""
    yield from _text(value)
    if isinstance(value, str) and _CONTROL.search(value):
        yield Finding((), "holds a tab, line break or control character", severity="warning")


def _identifier(value: object) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield _expected("text", value)
    elif not _IDENTIFIER.fullmatch(value):
        yield Finding((), "not an id; use letters, digits, hyphens, dots and underscores")


def _texts(value: object) -> Iterator[Finding]:
    yield from _each(value, _line, "a list of texts")


def _some_texts(value: object) -> Iterator[Finding]:
    yield from _texts(value)
    if value == []:
        yield Finding((), "is empty; write at least one text")


def _distinct_texts(value: object) -> Iterator[Finding]:
    yield from _texts(value)
    if isinstance(value, list):
        seen = set()
        for i, one in enumerate(value):
            if isinstance(one, str) and one in seen:
                yield Finding((i,), 'names "{value}" twice', {"value": one})
            elif isinstance(one, str):
                seen.add(one)


def _each(value: object, check_one: Check, what: str) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield _expected(what, value)
        return
    found = (finding.under(i) for i, one in enumerate(value) for finding in check_one(one))
    yield from islice(found, MOST_OF_A_LIST)


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
        fine = isinstance(value, str) and _DATE.fullmatch(value) and date.fromisoformat(value)
    except ValueError:
        fine = False
    if not fine:
        yield Finding((), 'not a date; write it as text, like "2019-05-20"')


def _day(value: object) -> Iterator[Finding]:
    """Check a date that may be written as TOML writes dates, too."""
    if type(value) is not date:
        yield from _date(value)


def _moment(value: object) -> Iterator[Finding]:
    """Check a date, or a date with a time of the day."""
    if isinstance(value, str) and "T" in value:
        try:
            fine = value.isascii() and datetime.fromisoformat(value)
        except ValueError:
            fine = False
        if not fine:
            yield Finding((), 'not a time; write it like "2019-05-20T10:30" or "2019-05-20T10:30+09:00"')
    else:
        yield from _date(value)


def _minutes(value: object) -> Iterator[Finding]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield _expected("a number", value)
    elif not 0 < value <= 24 * 60:
        yield Finding((), "not a number of minutes from 1 to 1440")


def _doi(value: object) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield _expected("text", value)
    elif not _DOI.fullmatch(value):
        yield Finding((), "not a DOI; write it like 10.1145/3342195.3387514, without https://doi.org/")


def _language(value: object) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield _expected("text", value)
    elif not _LANGUAGE.fullmatch(value):
        yield Finding((), "not a language; write its code, like en, ja or pt-br")


def _tags(value: object) -> Iterator[Finding]:
    yield from _distinct_texts(value)
    if isinstance(value, list):
        for i, one in enumerate(value):
            if isinstance(one, str) and one.strip() and not _TAG.fullmatch(one):
                yield Finding(
                    (i,), "not a tag; use letters, digits, hyphens, dots and underscores, without spaces"
                )


def _year(value: object) -> Iterator[Finding]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield _expected("a year", value)
    elif not 1900 <= value <= 2200:
        # Python writes no number of more than 4,300 digits in decimal.
        written = str(value) if abs(value) < 10**20 else f"{hex(value)[:20]}…"
        yield Finding((), "{year} is not a year from 1900 to 2200", {"year": written})


def _boolean(value: object) -> Iterator[Finding]:
    if not isinstance(value, bool):
        yield _expected("true or false", value)


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
_SPEAKER = _table({"name": Field(_line), "organization": Field(_line)})
_LABEL = _table({"en": Field(_line), "ja": Field(_line)})

TABLES: dict[str, dict[str, Field]] = {
    "sessions": {
        "id": Field(_identifier, required=True),
        "event": Field(_identifier, required=True),
        "title": Field(_line, required=True),
        "kind": Field(_one_of(*KINDS), required=True),
        "track": Field(_line),
        "speakers": Field(_speakers),
        "organizations": Field(_texts),
        "keywords": Field(_texts),
        "keywords_ja": Field(_texts),
        "themes": Field(_distinct_texts),
        "summary": Field(_text),
        "summary_ja": Field(_text),
        "url": Field(_link),
        "slides": Field(_link),
        "paper": Field(_link),
        "video": Field(_link),
        "slides_public": Field(_boolean),
        "source": Field(_text),
        "source_note": Field(_text),
        "doi": Field(_doi),
        "language": Field(_language),
        "date": Field(_moment),
        "minutes": Field(_minutes),
        "tags": Field(_tags),
        "mark": Field(_one_of(*MARKS)),
        "note": Field(_text),
    },
    "events": {
        "id": Field(_identifier, required=True),
        "name": Field(_line, required=True),
        "series": Field(_line, required=True),
        "year": Field(_year, required=True),
        "full_name": Field(_line),
        "start_date": Field(_date),
        "end_date": Field(_date),
        "location": Field(_line),
        "url": Field(_link),
        "about": Field(_text),
        "about_ja": Field(_text),
        "coverage": Field(_one_of(*_COVERAGE)),
        "coverage_note": Field(_text),
        "source": Field(_text),
        "committee_coverage": Field(_one_of("complete", "partial")),
        "committee_note": Field(_text),
    },
    "members": {
        "event": Field(_identifier, required=True),
        "role": Field(_line, required=True),
        "name": Field(_line, required=True),
        "organization": Field(_line),
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
        "name": Field(_line, required=True),
        "kind": Field(_one_of(*ORGANIZATION_KINDS), required=True),
        "aliases": Field(_texts),
        "parent": Field(_line),
    },
    "decisions": {
        "session": Field(_identifier, required=True),
        "theme": Field(_identifier, required=True),
        "verdict": Field(_one_of("accept", "reject"), required=True),
        "date": Field(_day, required=True),
    },
    "terms": {"en": Field(_some_texts, required=True), "ja": Field(_texts), "near": Field(_texts)},
}

_CHECKS = {table: _table(fields) for table, fields in TABLES.items()}


def check(table: str, values: dict[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with the fields of one record of `table`, each by itself."""
    yield from _CHECKS[table](values)
