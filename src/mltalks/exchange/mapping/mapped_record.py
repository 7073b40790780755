"""A record of another program's table or list as a draft: its values by the fields that their names stand for.

Knows neither columns nor keys. What cannot stand in a field is left out.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from mltalks.dataset.vocabulary import MARKS
from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.speaker_lists import each, organizations, people, someone
from mltalks.exchange.readers.source import Draft, Source
from mltalks.problems import Problem

_ID = re.compile(r"(?=[\w.-]*[^\W\d_])\w[\w.-]*")
_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
_PARTS = re.compile(r"[;；\n]")
_COMMAS = re.compile(r"[,，、]")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_NAME_KEYS = ("name", "full_name", "fullname", "speaker", "author", "title")
_WORK_KEYS = ("organization", "affiliation", "company", "institution", "organisation", "employer")


def draft(source: Source, said: Mapping[str, Any], line: int) -> Draft | Problem:
    """Return what a record says, by field ("series" and "year" beside those of a session), as a draft."""
    title = convert.line(said.get("title"))
    if title is None:
        return source.problem("has no title", line=line, name=convert.line(said.get("id")))
    fields: dict[str, Any] = {"title": title}
    speakers, others = _people(said.get("speakers"), said.get("organizations"))
    fields |= {"speakers": speakers, "organizations": others}
    for name, value in said.items():
        if name in _VALUES:
            fields[name] = _VALUES[name](value)
        if name in _TOLD and fields[name] is None:
            fields[name] = convert.line(value)
    event = {"name": _event_name(said.get("event")), "series": convert.line(said.get("series"))}
    return Draft(
        convert.without_absent(fields),
        convert.without_absent({**event, "year": _year(said.get("year"))}),
        source.path,
        line,
        title,
    )


def _people(speakers: Any, work: Any) -> tuple[list[dict[str, str]], list[str]]:
    some = _speakers(speakers)
    if isinstance(work, str):
        return organizations(work, some) if work.strip() else (some, [])
    names = [name for one in work if (name := _organization(one))] if isinstance(work, list) else []
    if some and len(names) == len(some):
        pairs = zip(some, names, strict=True)
        return [
            {"name": one["name"], "organization": one.get("organization", name)} for one, name in pairs
        ], []
    return some, convert.lines(names)


def _speakers(value: Any) -> list[dict[str, str]]:
    """Return people of a text, of a list of texts, or of objects with a name and where they work."""
    if isinstance(value, str):
        return people(value)
    if isinstance(value, dict):
        value = [value]
    return each(_speaker(one) for one in value) if isinstance(value, list) else []


def _speaker(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return someone(value)
    name = _first(value, _NAME_KEYS)
    if name is None:
        name = convert.line(
            " ".join(filter(None, (convert.line(value.get(part)) for part in ("first_name", "last_name"))))
        )
    work = next((_organization(value[key]) for key in _WORK_KEYS if value.get(key)), None)
    return convert.without_absent({"name": name, "organization": work})


def _organization(value: Any) -> str | None:
    """Return the name of an organization, or those of a list of some, joined as they are printed."""
    some = value[:100] if isinstance(value, list) else [value]
    names = convert.lines([_first(one, ("name",)) if isinstance(one, dict) else one for one in some])
    return "; ".join(names) or None


def _first(value: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((text for key in keys if (text := convert.line(value.get(key)))), None)


def _event_name(value: Any) -> str | None:
    return _first(value, ("name", "title")) if isinstance(value, dict) else convert.line(value)


def _texts(value: Any) -> list[str]:
    """Return the parts of a text, at ; or the ends of lines where there are any, else at commas; or the texts of a list."""
    if isinstance(value, list):
        return convert.lines(
            [_first(one, ("name", "title", "label")) if isinstance(one, dict) else one for one in value]
        )
    text = value if isinstance(value, str) else ""
    parts = _PARTS.split(text)
    return convert.lines(parts if len(parts) > 1 else _COMMAS.split(text))


def _year(value: Any) -> int | None:
    """Return a year, of a year or a date."""
    text = convert.line(value) or ""
    return int(text[:4]) if _YEAR.fullmatch(text[:4]) and not text[4:5].isdecimal() else None


def _id(value: Any) -> str | None:
    """Return an id that can be one among those of many sources: not a number alone."""
    text = convert.line(value) or ""
    return text if len(text) < 200 and _ID.fullmatch(text) else None


def _public(value: Any) -> bool | None:
    return value if isinstance(value, bool) else _YES.get((convert.line(value) or "").casefold())


def _mark(value: Any) -> str | None:
    return value if isinstance(value, str) and value in MARKS else None


# Fields of which a value that cannot stand is handed on as it is, to be told and left out.
_TOLD = ("kind", "url", "slides", "paper", "video", "doi", "language", "date")
_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "id": _id,
    "kind": convert.kind,
    "track": convert.line,
    "keywords": _texts,
    "keywords_ja": _texts,
    "themes": _texts,
    "tags": lambda value: ["-".join(tag.split()) for tag in _texts(value)],
    "summary": convert.prose,
    "summary_ja": convert.prose,
    "url": convert.link,
    "slides": convert.link,
    "paper": convert.link,
    "video": convert.link,
    "slides_public": _public,
    "source": convert.line,
    "source_note": convert.line,
    "doi": convert.doi,
    "language": convert.language,
    "date": convert.day,
    "minutes": convert.minutes,
    "mark": _mark,
    "note": convert.prose,
}
