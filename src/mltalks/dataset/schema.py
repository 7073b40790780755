"""The fields of the records of each data file, and the values that they allow.

One table per kind of record, one check per type of value. Does not compare records: `reference_checks` does.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field
from datetime import date
from itertools import islice
from typing import Any, Literal

from mltalks.dataset import values as rules
from mltalks.dataset.vocabulary import KINDS, MARKS, ORGANIZATION_KINDS
from mltalks.messages import excerpt
from mltalks.text.fuzzy import nearest
from mltalks.text.sanitize import CONTROLS


@dataclass(frozen=True, slots=True)
class Violation:
    """Something wrong at `path` (keys and indices) within a record."""

    path: tuple[str | int, ...]
    template: str
    values: Mapping[str, object] = dataclass_field(default_factory=dict)
    nearest: tuple[str, ...] = ()
    severity: Literal["error", "warning"] = "error"

    def under(self, *path: str | int) -> "Violation":
        """Return the same violation with its path from the value that contains this one."""
        return Violation((*path, *self.path), self.template, self.values, self.nearest, self.severity)


Check = Callable[[Any], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Field:
    """The values that a field allows, and whether a record must have it."""

    check: Check
    required: bool = False


_CONTROL = re.compile(f"[{CONTROLS}]")
MOST_OF_A_LIST = 100  # violations; a list with more is wrong as a whole
_COVERAGE = ("complete", "nearly complete", "partial", "fragment")


_TYPES = {bool: "a boolean", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}


def type_name(value: object) -> str:
    """Return the type of a value of TOML or JSON, as messages name it."""
    return _TYPES.get(type(value), "a date or time")


def _expected(what: str, value: object) -> Violation:
    return Violation((), "expected {what}, found {found}", {"what": what, "found": type_name(value)})


def _matching(fits: Callable[[str], object], template: str, what: str = "text") -> Check:
    def check_text(value: object) -> Iterator[Violation]:
        if not isinstance(value, str):
            yield _expected(what, value)
        elif not fits(value):
            yield Violation((), template, {"value": excerpt(value)} if "{value}" in template else {})

    return check_text


def _number(fits: Callable[[int], bool], template: str, what: str = "a number") -> Check:
    def check_number(value: object) -> Iterator[Violation]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield _expected(what, value)
        elif not fits(value):
            # Python writes no number of more than 4,300 digits in decimal.
            written = str(value) if abs(value) < 10**20 else f"{hex(value)[:20]}…"
            yield Violation((), template, {"number": written})

    return check_number


def _one_of(*choices: str) -> Check:
    def check_choice(value: object) -> Iterator[Violation]:
        if not isinstance(value, str):
            yield _expected("text", value)
        elif value not in choices:
            values = {"value": value, "choices": ", ".join(choices)}
            yield Violation((), '"{value}" is not one of {choices}', values, tuple(nearest(value, choices)))

    return check_choice


def _list_of(check_one: Check, what: str) -> Check:
    def check_list(value: object) -> Iterator[Violation]:
        if not isinstance(value, list):
            yield _expected(what, value)
            return
        found = (violation.under(i) for i, one in enumerate(value) for violation in check_one(one))
        yield from islice(found, MOST_OF_A_LIST)

    return check_list


def _table(fields: Mapping[str, Field]) -> Check:
    def check_table(value: object) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield _expected("a table", value)
            return
        for name, one in value.items():
            if name in fields:
                yield from (violation.under(name) for violation in fields[name].check(one))
            else:
                near = tuple(nearest(name, fields))
                yield Violation((name,), 'unknown field "{name}"', {"name": name}, near)

    return check_table


_text = _matching(str.strip, "is empty; leave the field out if the value is unknown")
_identifier = _matching(
    rules.is_identifier,
    "not an id; use letters, digits, underscores, hyphens and dots, and do not start with a hyphen or dot",
)
_tag = _matching(
    rules.is_identifier,
    '"{value}" is not a tag; use letters, digits, underscores, hyphens and dots, without spaces, and do not start with a hyphen or dot',
)
_address = _matching(
    rules.is_link, '"{value}" is not a link; it must start with https:// or http://', what="a link"
)
_address_in_one = _matching(rules.is_link, '"{value}" is not a link; write %20 in place of a space')
_doi = _matching(
    rules.is_doi, '"{value}" is not a DOI; write it like 10.1145/3342195.3387514, without https://doi.org/'
)
_citation_key = _matching(
    rules.is_citation_key,
    '"{value}" is not a citation key; write it without spaces, commas, braces, parentheses, quotes and the signs # % = ~ \\',
)
_language = _matching(rules.is_language, '"{value}" is not a language; write a code such as en, ja or pt-br')
_minutes = _number(rules.is_duration, "not a number of minutes from 1 to 1440")
_count = _number(lambda number: 0 < number <= 1_000_000, "{number} is not a count from 1 to 1000000")
_year = _number(rules.is_year, "{number} is not a year from 1900 to 2200", what="a year")


def _link(value: object) -> Iterator[Violation]:
    begins = isinstance(value, str) and value.startswith(("https://", "http://"))
    yield from _address_in_one(value) if begins and " " in str(value) else _address(value)


def _line(value: object) -> Iterator[Violation]:
    """Check a text that is shown on one line; an unprintable character is a warning, since it is shown as a mark."""
    yield from _text(value)
    if isinstance(value, str) and _CONTROL.search(value):
        yield Violation((), "contains a tab, line break or control character", severity="warning")


_texts = _list_of(_line, "a list of texts")
THEME_TERMS = ("strong", "weak", "not", "exact", "field")  # as in `model.ThemeTerms`
_theme_terms = _table({name: Field(_texts) for name in THEME_TERMS})
_PERSON = {"name": Field(_line), "organization": Field(_line)}
_person = _table(_PERSON)
_speaker_fields = _table({**_PERSON, "family": Field(_line)})
_texts_by_language = _table({"en": Field(_line), "ja": Field(_line)})


def _some_texts(value: object) -> Iterator[Violation]:
    yield from _texts(value)
    if value == []:
        yield Violation((), "is empty; write at least one text")


def _distinct_texts(value: object) -> Iterator[Violation]:
    yield from _texts(value)
    seen = set()
    for i, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, str) and one in seen:
            yield Violation((i,), 'lists "{value}" twice', {"value": one})
        elif isinstance(one, str):
            seen.add(one)


def _tags(value: object) -> Iterator[Violation]:
    yield from _distinct_texts(value)
    for i, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, str) and one.strip():
            yield from (violation.under(i) for violation in _tag(one))


def _date(value: object) -> Iterator[Violation]:
    if not isinstance(value, str):
        yield Violation((), 'not a date; write it as text, like "2019-05-20"')
    elif not rules.is_date(value):
        yield Violation((), '"{value}" is not a date; write it like 2019-05-20', {"value": excerpt(value)})


def _day(value: object) -> Iterator[Violation]:
    """Check a date, which may be a date of TOML."""
    if type(value) is not date:
        yield from _date(value)


def _moment(value: object) -> Iterator[Violation]:
    """Check a date, or a date with a time of the day."""
    if not (isinstance(value, str) and "T" in value):
        yield from _date(value)
    elif not rules.is_time(value):
        template = '"{value}" is not a time; write it like "2019-05-20T10:30" or "2019-05-20T10:30+09:00"'
        yield Violation((), template, {"value": excerpt(value)})


def _boolean(value: object) -> Iterator[Violation]:
    if not isinstance(value, bool):
        yield _expected("true or false", value)


def _speaker(value: object) -> Iterator[Violation]:
    yield from _speaker_fields(value)
    if isinstance(value, dict) and "name" not in value:
        yield Violation((), "a speaker needs a name")


def _label(value: object) -> Iterator[Violation]:
    yield from _texts_by_language(value)
    if isinstance(value, dict) and not {"en", "ja"} & set(value):
        yield Violation((), "a label needs text in English (en), Japanese (ja) or both")


def _parts(what: str, count: str) -> Check:
    """Return the check of the parts of a tally, which need both fields: what is counted, and its count."""
    check_fields = _table({what: Field(_line), count: Field(_count)})

    def check_part(value: object) -> Iterator[Violation]:
        yield from check_fields(value)
        for name in (what, count):
            if isinstance(value, dict) and name not in value:
                yield Violation((), 'needs the field "{name}"', {"name": name})

    return _list_of(check_part, "a list of counts")


TABLES: dict[str, dict[str, Field]] = {
    "sessions": {
        "id": Field(_identifier, required=True),
        "event": Field(_identifier, required=True),
        "title": Field(_line, required=True),
        "kind": Field(_one_of(*KINDS), required=True),
        "track": Field(_line),
        "track_inferred": Field(_boolean),
        "speakers": Field(_list_of(_speaker, "a list of speakers")),
        "speakers_incomplete": Field(_boolean),
        "organizations": Field(_texts),
        "keywords": Field(_texts),
        "keywords_ja": Field(_texts),
        "themes": Field(_distinct_texts),
        "summary": Field(_text),
        "summary_ja": Field(_text),
        "questions": Field(_texts),
        "questions_ja": Field(_texts),
        **dict.fromkeys(("url", "slides", "paper", "video"), Field(_link)),
        "slides_public": Field(_boolean),
        "source": Field(_text),
        "source_note": Field(_text),
        "doi": Field(_doi),
        "citation_key": Field(_citation_key),
        "language": Field(_language),
        "date": Field(_moment),
        "minutes": Field(_minutes),
        "room": Field(_line),
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
        "coverage_note_ja": Field(_text),
        "source": Field(_text),
        "committee_coverage": Field(_one_of("complete", "partial")),
        "committee_note": Field(_text),
        "committee_note_ja": Field(_text),
        "journal": Field(_boolean),
        "collection": Field(_boolean),
    },
    "members": {
        "event": Field(_identifier, required=True),
        "role": Field(_line, required=True),
        "name": Field(_line, required=True),
        "organization": Field(_line),
        "organization_source": Field(_text),
        "source": Field(_text),
    },
    "committee_tallies": {
        "event": Field(_identifier, required=True),
        "role": Field(_line, required=True),
        "total": Field(_count, required=True),
        "seats": Field(_parts("organization", "seats"), required=True),
        "source": Field(_text, required=True),
        "source_note": Field(_text),
        "source_note_ja": Field(_text),
    },
    "track_tallies": {
        "event": Field(_identifier, required=True),
        "total": Field(_count, required=True),
        "tracks": Field(_parts("track", "sessions"), required=True),
        "source": Field(_text, required=True),
        "source_note": Field(_text),
        "source_note_ja": Field(_text),
    },
    "themes": {
        "id": Field(_identifier, required=True),
        "label": Field(_label, required=True),
        "broader": Field(_identifier),
        "definition": Field(_text),
        "definition_ja": Field(_text),
        "aliases": Field(_list_of(_identifier, "a list of ids")),
        "terms": Field(_theme_terms),
    },
    "organizations": {
        "name": Field(_line, required=True),
        "name_ja": Field(_line),
        "kind": Field(_one_of(*ORGANIZATION_KINDS)),
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
    "keywords": {
        "id": Field(_identifier, required=True),
        **dict.fromkeys(("en", "ja"), Field(_some_texts, required=True)),
    },
}

_CHECKS = {table: _table(fields) for table, fields in TABLES.items()}


def check(table: str, values: dict[str, Any]) -> Iterator[Violation]:
    """Yield the violations of the fields of one record of `table`, each by itself."""
    yield from _CHECKS[table](values)


OF_DAYS = ("year", "start_date", "end_date")


def check_event_days(values: Mapping[str, Any]) -> Iterator[Violation]:
    """Yield a warning if an event whose fields are valid ends before it starts, or is of another year than its days."""
    start, end = values.get("start_date"), values.get("end_date")
    if start and end and end < start:
        template, found = "{end} is before {start}, the first day", {"start": start, "end": end}
        yield Violation(("end_date",), template, found, severity="warning")
    years = sorted(int(day[:4]) for day in (start, end) if day)
    if years and "year" in values and not years[0] <= values["year"] <= years[-1]:
        template, found = "the year is {year}, but the date is {date}", {"date": start or end}
        yield Violation(("year",), template, found | {"year": values["year"]}, severity="warning")
