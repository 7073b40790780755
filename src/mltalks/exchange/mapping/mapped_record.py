"""Converts a record of another program's table or list to a draft, field by field.

Does not depend on columns or keys. Leaves out values that a field does not allow.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.speaker_lists import people_of, with_organizations
from mltalks.exchange.readers.source import Draft, Source
from mltalks.problems import Problem

_ID = re.compile(r"(?=[\w.-]*[^\W\d_])\w[\w.-]*")
_PARTS = re.compile(r"[;；\n]")
_COMMAS = re.compile(r"[,，、]")


def draft(source: Source, values: Mapping[str, Any], line: int) -> Draft | Problem:
    """Return the draft of values by field, which are those of a session, "series" and "year"."""
    title = convert.line(values.get("title"))
    if title is None:
        return source.problem("has no title", line=line, name=convert.line(values.get("id")))
    fields: dict[str, Any] = {"title": title}
    speakers, others = with_organizations(people_of(values.get("speakers")), values.get("organizations"))
    fields |= {"speakers": speakers, "organizations": others}
    for name, value in values.items():
        if name in _VALUES:
            fields[name] = _VALUES[name](value)
        if name in _REPORTED and fields[name] is None:
            fields[name] = convert.line(value)
    event = {
        "name": convert.text_of(values.get("event"), "name", "title"),
        "series": convert.line(values.get("series")),
        "year": convert.year(values.get("year")),
    }
    return source.draft(fields, event, line=line)._replace(row=True)


def _texts(value: Any) -> list[str]:
    """Return the parts of a text, split at ; or line ends if it has any, else at commas; or the texts of a list."""
    if isinstance(value, list):
        return convert.lines([convert.text_of(one, "name", "title", "label") for one in value])
    text = value if isinstance(value, str) else ""
    parts = _PARTS.split(text)
    return convert.lines(parts if len(parts) > 1 else _COMMAS.split(text))


def _sentences(value: Any) -> list[str]:
    """Return the texts of a list, or the lines of a text."""
    return convert.lines(value if isinstance(value, list) else str(value or "").splitlines())


def _id(value: Any) -> str | None:
    """Return an id that is likely to be unique: not a number alone."""
    text = convert.line(value) or ""
    return text if len(text) < 200 and _ID.fullmatch(text) else None


# Fields whose invalid values are kept, so that `intake` reports them before it leaves them out.
_REPORTED = ("kind", "url", "slides", "paper", "video", "doi", "language", "date")
_VALUES: Mapping[str, Callable[[Any], Any]] = {
    **convert.BY_FIELD,
    "id": _id,
    **dict.fromkeys(("keywords", "keywords_ja", "themes"), _texts),
    **dict.fromkeys(("questions", "questions_ja"), _sentences),
    "tags": lambda value: ["-".join(tag.split()) for tag in _texts(value)],
    **dict.fromkeys(("source", "source_note"), convert.line),
}
