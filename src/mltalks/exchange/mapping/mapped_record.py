"""Converts a record of another program's table or list to a draft, field by field.

Does not depend on columns or keys. Leaves out values that a field does not allow.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from mltalks.exchange.mapping import convert, markup
from mltalks.exchange.mapping.by_language import in_their_languages
from mltalks.exchange.mapping.calendar_texts import ROOM
from mltalks.exchange.mapping.column_names import FAMILY_NAME, GIVEN_NAME, VENUE, is_tags
from mltalks.exchange.mapping.editions import year_in
from mltalks.exchange.mapping.headings import STATUS
from mltalks.exchange.mapping.native_record import decided
from mltalks.exchange.mapping.no_talks import break_of, taken
from mltalks.exchange.mapping.speaker_lists import (
    initials_last,
    listed,
    organization_of,
    unread,
    with_organization,
    with_organizations,
)
from mltalks.exchange.mapping.times import when
from mltalks.exchange.readers.source import Draft, NotTaken, Source
from mltalks.problems import Problem
from mltalks.text.dates import two_numbers

_ID = re.compile(r"(?=[\w.-]*[^\W\d_])\w[\w.-]*")
_AUTHORS = re.compile(r"\s*author|著者", re.IGNORECASE)
_OF_SCOPUS = re.compile(r"\s*(?:source title|eid|document type)\s*$", re.IGNORECASE)
_PIPES = re.compile(r"[|｜\n]")
_PARTS = re.compile(r"[;；\n]")
_NUMBERED = ("speakers ", "organizations ")
_PEOPLE = ("speakers", GIVEN_NAME, FAMILY_NAME)
_NAMES_EVENT = ("id", "name", "full_name")
_COMMAS = re.compile(r"[,，、､]")
_STROKES = re.compile("／")  # a narrow one is within names: CI/CD
_PLACE = re.compile(
    rf"\b(?:floor|suite|salon|foyer|lobby|building|cent(?:er|re)|hotel|online|virtual|zoom)\b|{ROOM.pattern}",
    re.IGNORECASE,
)


def draft(
    source: Source, values: Mapping[str, Any], line: int, columns: Mapping[str, str]
) -> Draft | Problem:
    """Return the draft of values by field, which are those of a session, "series" and "year" (see `column_names`).

    `columns` are the fields by column or key.
    """
    values = _with_room(_with_date(values))
    title = convert.line(markup.without_html(convert.text_of(values.get("title")) or ""))
    its_id = _id(values.get("id"))
    numbered = its_id is None and "id" in source.mapping
    if numbered:
        its_id = convert.identifier(values.get("id"))
    if title is None and its_id is None:
        return source.problem("has no title", line=line, name=convert.line(values.get("id")))
    sort = convert.text_of(values.get("kind"))
    people, of_nobody = _speakers(values, columns)
    # A table of ids without people is of talks that are known, unless the ids are numbers of another program.
    has_people = any(field.startswith(_PEOPLE) for field in columns.values())
    of_known = its_id is not None and not numbered and not has_people
    if problem := break_of(source, title or "", sort, has_speakers=bool(people) or of_known, line=line):
        return problem
    if its_id is None and values.get("id"):
        source.not_used({name: values["id"] for name, field in columns.items() if field == "id"})
    fields: dict[str, Any] = {"title": title, "id": its_id}
    speakers, others = with_organizations(people, values.get("organizations"))
    fields |= {"speakers": speakers, "organizations": convert.lines([*of_nobody, *others])}
    source.not_used(unread(values.get("speakers"), "speakers"))
    if values.get("speakers") and not speakers:
        fields["speakers"] = [{}]  # is reported
    for name, value in values.items():
        if name in _VALUES and name not in ("date", "minutes"):
            fields[name] = convert.kept(_VALUES[name], convert.chosen(value))
    fields["themes"] = decided(fields.get("themes"), _texts(values.get("themes_inferred")))
    fields |= when(values)
    if not fields.get("minutes") and (length := convert.length_in(sort)):
        fields["minutes"] = length
    event = _event(source, values, columns)
    found = source.draft(in_their_languages(fields, source.mapping), event, line=line, name=title or its_id)
    tagged = any(field == "keywords" and is_tags(source, name) for name, field in columns.items())
    found = found._replace(row=True, numbered=numbered, tagged=tagged)
    accepted = taken(source, found, values.get(STATUS))
    if isinstance(accepted, Draft):
        source.kind(sort, fields.get("kind"))
    return accepted


def with_mapped(
    source: Source, read: Draft, values: Mapping[str, Any], columns: Mapping[str, str]
) -> Draft | Problem:
    """Return a draft that was read in a way of its own, with the values of --map in their fields, of which it keeps no value.

    `values` are by field, `columns` are the fields by column or key, as --map gives them.
    """
    found = draft(source, {"id": "x", **values}, read.line or 0, columns)
    if isinstance(found, NotTaken):
        return replace(found, record=read.name, draft=read)
    if isinstance(found, Problem):
        return replace(found, record=read.name)
    mapped = {*columns.values()}
    given = {field: value for field, value in found.fields.items() if field != "id" or "id" in values}
    kept = {field: value for field, value in read.fields.items() if field == "title" or field not in mapped}
    event = {
        field: value
        for field, value in read.event.items()
        if field not in mapped and not ("event" in mapped and field in _NAMES_EVENT)
    }
    return read._replace(
        fields={**kept, **given}, event={**event, **found.event}, numbered=found.numbered, tagged=found.tagged
    )


def _speakers(
    values: Mapping[str, Any], columns: Mapping[str, str]
) -> tuple[list[dict[str, str]], list[str | None]]:
    """Return the speakers of one column, of one for each, or of columns with parts of their names; and organizations of no speaker."""
    if "speakers" in values:
        people = listed(values["speakers"])
        # In the tables of Scopus alone initials are surely behind the family name: "Ann B." may be short for a family name.
        is_authors = any(field == "speakers" and _AUTHORS.match(name) for name, field in columns.items())
        is_authors = is_authors and any(map(_OF_SCOPUS.match, columns))
        return initials_last(people) if is_authors else people, []
    parts = [name for part in (FAMILY_NAME, GIVEN_NAME) if (name := convert.line(values.get(part)))]
    found = listed(" ".join(convert.in_order(parts)))
    of_nobody: list[str | None] = []
    for number in sorted({_number(name) for name in values if name.startswith(_NUMBERED)}):
        some, work = listed(values.get(f"speakers {number}")), values.get(f"organizations {number}")
        if len(some) == 1:  # all are those of this person
            one, left = with_organization(some[0], organization_of(work))
            some, of_nobody = [one], [*of_nobody, left]
        else:
            some, others = with_organizations(some, work)
            of_nobody += others
        found += some
    return found, of_nobody


def _number(field: str) -> int:
    return int(field.rpartition(" ")[2])


def _with_date(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return values with the date that is in the place of the year, unless there is another date.

    >>> _with_date({"year": "2031-05-06"})["date"], _with_date({"year": 2031}), _with_date({"year": "5.6.2031"})["date"]
    ('2031-05-06', {'year': 2031}, '5.6.2031')
    """
    written = convert.text_of(values.get("year")) or ""
    is_date = not values.get("date") and (convert.day(written) or two_numbers(written))
    return {**values, "date": written} if is_date else values


def _with_room(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return values with the room that is in the place of the venue, unless there is another one."""
    is_room = not values.get("room") and ROOM.search(convert.text_of(values.get(VENUE)) or "")
    return {**values, "room": values[VENUE], VENUE: None} if is_room else values


def _event(source: Source, values: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """Return the event; a venue is one if it or the record has a year, and it is no place. Another one is noted as not used."""
    name = convert.text_of(values.get("event"))
    venue = convert.text_of(values.get(VENUE)) or ""
    if name is None and ("year" in values or year_in(venue)) and not _PLACE.search(venue):
        name = venue or None
    if name is None and venue:
        source.not_used({column: venue for column, field in columns.items() if field == VENUE})
    return {
        "name": name,
        "series": convert.line(values.get("series")),
        "year": convert.year(values.get("year")),
    }


def _texts(value: Any) -> list[str]:
    """Return the parts of a text, split at | or ; or line ends if it has any, else at commas, or else at wide strokes; or the texts of a list."""
    if isinstance(value, list):
        return convert.lines([convert.text_of(one) for one in value])
    text = value if isinstance(value, str) else ""
    for separator in (_PIPES, _PARTS, _COMMAS, _STROKES):
        if parts := convert.lines(separator.split(text)):
            text = parts[0]
        if len(parts) > 1:
            break
    return parts


def _sentences(value: Any) -> list[str]:
    """Return the texts of a list, or the lines of a text."""
    return convert.lines(value if isinstance(value, list) else str(value or "").splitlines())


def _id(value: Any) -> str | None:
    """Return an id that is likely to be unique: not a number alone."""
    text = convert.line(value) or ""
    return text if len(text) < 200 and _ID.fullmatch(text) else None


_VALUES: Mapping[str, Callable[[Any], Any]] = {
    **convert.BY_FIELD,
    "track": lambda value: value if isinstance(value, int) else convert.line(value),  # a number is reported
    **dict.fromkeys(("keywords", "keywords_ja", "themes"), _texts),
    **dict.fromkeys(("questions", "questions_ja"), _sentences),
    "tags": lambda value: ["-".join(tag.split()) for tag in _texts(value)],
    **dict.fromkeys(("source", "source_note"), convert.line),
    **dict.fromkeys(
        ("summary", "summary_ja"),
        lambda value: convert.prose(markup.without_html(value) if isinstance(value, str) else value),
    ),
}
