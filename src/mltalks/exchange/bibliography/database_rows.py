"""Rows of the tables that Scopus, Web of Science and IEEE Xplore write, as drafts of papers: they are read as their BibTeX is.

Does not know which organization an address names: `intake` does. Source: the columns of their exports (CSV; tagged or named, with
tabs), and the types of documents that they list.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from mltalks.exchange.bibliography import person_names
from mltalks.exchange.mapping import convert, mapped_record
from mltalks.exchange.readers.source import Draft, Source
from mltalks.problems import Problem

_SIGNS = ({"source title"}, {"document title", "publication title"}, {"pt", "au", "ti", "so"})
_NAMES = {  # the likelier column first
    "title": "document title, article title, ti",
    "speakers": "author full names, af, authors, author(s), au",
    "organizations": "author affiliations, affiliations, c3",
    "event": "source title, publication title, so",
    "kind": "document type, document identifier, dt",
    "keywords": "author keywords, de",
    "summary": "ab",
    "paper": "pdf link",
    "doi": "di",
    "language": "la",
    "year": "py",
}
_COLUMNS = {
    name: (field, rank - 100)  # before the names that other tables have
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split(", "))
}
_AUTHOR_ID = re.compile(r"\s*\(\d+\)")
_WHOLE = re.compile(r"(?:.* )?(?:books?|e-?books?|conference review|courses?|standards?)", re.IGNORECASE)
_NO_ARTICLE = re.compile(
    r"book|chapter|conference|proceedings?|meeting|report|preprint|thesis", re.IGNORECASE
)


def is_of_database(names: Collection[str]) -> bool:
    """Return whether some names of columns are those of a database of literature.

    >>> is_of_database(["Title", "Source title"]), is_of_database(["Title", "Publication Title"])
    (True, False)
    """
    some = {_key(name) for name in names}
    return any(map(some.issuperset, _SIGNS))


def fields_of(names: Collection[str]) -> dict[str, tuple[str, int]]:
    """Return the fields with their priorities by columns of a database."""
    return {name: _COLUMNS[key] for name in names if (key := _key(name)) in _COLUMNS}


def read(source: Source, values: Mapping[str, str], line: int, columns: Mapping[str, str]) -> Draft | Problem:
    """Return the draft of a row, given by field; a problem if it is a whole book or volume, or has no title."""
    sort = convert.line(values.get("kind")) or ""
    if _WHOLE.fullmatch(sort):
        title = convert.line(values.get("title"))
        return source.no_talk('has the type "{type}", which is not a talk', line=line, name=title, type=sort)
    people = _people(values.get("speakers", ""))
    as_paper: dict[str, Any] = {**values, "kind": "paper"}
    if "speakers" in values:
        as_paper["speakers"] = [one["name"] for one in people]
    found = mapped_record.draft(source, as_paper, line, columns)
    if not isinstance(found, Draft):
        return found
    families = {one["name"]: one for one in people}
    for one in found.fields.get("speakers", ()):
        one.update(families.get(one["name"], {}) if "name" in one else {})
    in_journal = sort and not _NO_ARTICLE.search(sort)
    event = {**found.event, "journal": True} if in_journal and "name" in found.event else found.event
    return found._replace(event=event, row=False, cited=True)


def _people(cell: str) -> list[dict[str, str]]:
    """Return authors; a comma is before the given name, unless one behind initials is between two authors.

    >>> _people("Müller, Jürgen (9000); García Molina, A."), _people("Fox A., Hay B."), _people("A. Fox; B. Hay")
    ([{'name': 'Jürgen Müller'}, {'name': 'A. García Molina', 'family': 'García Molina'}], [{'name': 'Fox A.'}, {'name': 'Hay B.'}], [{'name': 'A. Fox'}, {'name': 'B. Hay'}])
    """
    separator = ";" if ";" in cell or not re.search(r"\.\s*,", cell) else ","
    names = (_AUTHOR_ID.sub("", one) for one in cell.split(separator))
    return [one for name in names if (one := person_names.person(name.split(",", 2)))]


def _key(name: str) -> str:
    return name.strip().casefold()
