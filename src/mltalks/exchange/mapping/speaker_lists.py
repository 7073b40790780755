r"""Reads speakers and their organizations from texts and lists of other programs.

Does not guess names. If a text has a ; or several lines, only these separate people. Else "、", " and " and " & " do, and a
comma if each part has at least two words ("Ada Lovelace, Alan Turing"), or if no comma follows the last "and" ("Ada, Alan and
Grace"): "Zaharia, Matei" is one person, "Zaharia, Matei and Ghodsi, Ali" are two. Nothing within parentheses is split, and
"Name (Organization)" names the organization.
"""

import re
from collections.abc import Iterable
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import without_absent
from mltalks.text.csv_cells import person_of

_HARD = re.compile(r"[;；\n|]")
_SOFT = re.compile(r"、|\s+&\s+|\s*,?\s+and\s+", re.IGNORECASE)
_COMMA = re.compile(r"[,，]")
_WIDE = str.maketrans("（）", "()")
_NAME_KEYS = (
    "public_name", "name", "full_name", "fullname", "speaker", "author", "title", "full_public_name",
)  # fmt: skip
_WORK_KEYS = ("organization", "affiliation", "company", "institution", "organisation", "employer")


def people(text: str) -> list[dict[str, str]]:
    """Return the speakers in a text, each once.

    >>> people("Ada Lovelace (Example, Inc.), Alan Turing")
    [{'name': 'Ada Lovelace', 'organization': 'Example, Inc.'}, {'name': 'Alan Turing'}]
    >>> [len(people(one)) for one in ("Zaharia, Matei", "Zaharia, Matei and Ghodsi, Ali", "A, B and C", "講演者一、講演者二")]
    [1, 2, 3, 2]
    """
    return each(map(someone, _names(text)))


def people_of(value: Any) -> list[dict[str, str]]:
    """Return the speakers of a text, of a list of texts, or of objects with a name and an organization, each once.

    >>> people_of([{"fullname": "Ada Lovelace", "institution": {"name": "Example"}}, "Alan Turing (Other)"])
    [{'name': 'Ada Lovelace', 'organization': 'Example'}, {'name': 'Alan Turing', 'organization': 'Other'}]
    """
    if isinstance(value, str):
        return people(value)
    some = [value] if isinstance(value, dict) else value
    return each(map(_speaker, some)) if isinstance(some, list) else []


def _speaker(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return someone(value)
    parts = (convert.line(value.get(part)) for part in ("first_name", "last_name"))
    name = convert.first(value, *_NAME_KEYS) or convert.line(" ".join(filter(None, parts)))
    work = next((organization_of(value[key]) for key in _WORK_KEYS if value.get(key)), None)
    return without_absent({"name": name, "organization": work})


def organization_of(value: Any) -> str | None:
    """Return the name of an organization, or the joined names of a list."""
    some = value[:100] if isinstance(value, list) else [value]
    names = convert.lines([convert.text_of(one, "name") for one in some])
    return "; ".join(names) or None


def someone(text: Any) -> dict[str, str]:
    """Return a speaker from "Name" or "Name (Organization)"; {} without a name."""
    name, organization = person_of(
        (convert.line(text) or "").translate(_WIDE).replace("(", " (").replace("  (", " (")
    )
    return without_absent({"name": convert.line(name), "organization": convert.line(organization)})


def each(some: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the speakers with a name, each once."""
    found: dict[str, dict[str, str]] = {}
    for one in some:
        if "name" in one:
            found.setdefault(one["name"], one)
    return list(found.values())


def with_organizations(
    speakers: list[dict[str, str]], organizations: Any
) -> tuple[list[dict[str, str]], list[str]]:
    """Return speakers with organizations of a text or list if there are as many, else both unchanged.

    Only a ; or a line end separates organizations in a text: many names contain "and" and commas.

    >>> with_organizations([{"name": "Ada"}, {"name": "Alan"}], "A; B")
    ([{'name': 'Ada', 'organization': 'A'}, {'name': 'Alan', 'organization': 'B'}], [])
    >>> with_organizations([{"name": "Ada"}, {"name": "Alan"}], ["A"])
    ([{'name': 'Ada'}, {'name': 'Alan'}], ['A'])
    """
    names: list[str | None] = []
    if isinstance(organizations, str):
        names += [convert.line(part) for part in _outside(_HARD, organizations)]
    elif isinstance(organizations, list):
        names += filter(None, map(organization_of, organizations))
    if len(names) != len(speakers):
        return speakers, convert.lines(names)
    pairs = zip(speakers, names, strict=True)
    return [without_absent({"name": None, "organization": name} | one) for one, name in pairs], []


def _names(text: str) -> list[str]:
    parts = _outside(_HARD, text)
    if len(parts) > 1:
        return parts
    parts = _outside(_SOFT, text)
    last = len(parts) > 1 and len(_outside(_COMMA, parts[-1])) == 1
    names = []
    for part in parts:
        pieces = _outside(_COMMA, part)
        full = all(len(piece.split()) > 1 for piece in pieces)
        names += pieces if full or last else [part]
    return names


def _outside(separator: re.Pattern[str], text: str) -> list[str]:
    """Return the parts of a text between separators that are not within parentheses."""
    return convert.parts(text, separator, "(（", ")）")
