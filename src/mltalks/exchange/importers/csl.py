"""Imports CSL JSON, which Zotero, pandoc and Crossref write: an array of items, each with a type, a title and people in parts.

Also reads an answer of the API of Crossref, which has such items, with types of its own, in a "message".

Does not import items that are no talk or paper by their type. Source: https://docs.citationstyles.org/en/stable/specification.html.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mltalks.exchange.bibliography import arxiv, citation_keys, person_names
from mltalks.exchange.bibliography.bibtex_volumes import OTHER_TYPE
from mltalks.exchange.mapping import convert, markup
from mltalks.exchange.mapping.by_language import in_their_languages
from mltalks.exchange.readers.json_stream import Page, no_table, values
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem

_BEGIN = re.compile(r'\ufeff?\s*(?:\[\s*\{|\{)\s*"')
_KEYS = re.compile(
    r'"(?:container-title|event-place|event-title|event-date|non-dropping-particle)"\s*:\s*"'
    r'|"(?:issued|event-date)"\s*:\s*\{\s*"(?:date-parts|raw|literal)"'
    r'|"message-type"\s*:\s*"work(?:-list)?"'
    r'|"type"\s*:\s*"(?:paper-conference|article-(?:journal|magazine|newspaper)|post-weblog|motion_picture)"'
)
_JOURNALS = frozenset(("article-journal", "article-magazine", "article-newspaper"))
_PAPERS = _JOURNALS | {"article", "chapter", "manuscript", "paper-conference", "report", "thesis"}
_TALKS = frozenset(
    (
        "broadcast",
        "document",
        "interview",
        "motion_picture",
        "post",
        "post-weblog",
        "song",
        "speech",
        "webpage",
    )
)
# Types that an export has again, or that say nothing.
_KEPT = _JOURNALS | {
    "article",
    "document",
    "motion_picture",
    "paper-conference",
    "post-weblog",
    "speech",
    "webpage",
}
_READ = frozenset((
    "id", "citation-key", "type", "title", "author", "issued", "event-title", "event", "event-date", "event-place", "container-title", "DOI",
    "URL", "abstract", "keyword", "language", "note", "genre",
))  # fmt: skip
# Types of Crossref that have another name in CSL.
_OF_CROSSREF = {
    "proceedings-article": "paper-conference",
    "journal-article": "article-journal",
    "posted-content": "article",
    "book-chapter": "chapter",
}
_WORDS = re.compile("[,;]")


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is CSL JSON: an array of objects, or one, with a key, a date or a type that only CSL has."""
    return bool(_BEGIN.match(head) and _KEYS.search(head))


def read(source: Source) -> Found:
    """Yield a draft for each item; a problem for each that has no title, or is no talk by its type.

    Raises DataError: it is not JSON from some place on.
    """
    changed, page = citation_keys.ChangedKeys(), Page()
    for line, item in _items(source, page):
        if not isinstance(item, dict):
            yield no_table(source, item, line)
            continue
        key = _key(item)
        for one in _of_item(source, line, item, key):
            changed.note(one, key)
            yield one
    yield from changed.problems(source)
    yield from page.problems(source, "total-results")


def _items(source: Source, page: Page) -> Iterator[tuple[int, Any]]:
    """Yield each item with its line; of an answer of Crossref, those in its message, of which `page` gets the number of all."""
    for line, found in values(source, ("items",)):
        message = found.get("message") if isinstance(found, dict) else None
        if not isinstance(message, dict):
            yield line, found
            continue
        items = message.get("items")
        page.note("total-results", message.get("total-results"))
        yield from page.counted((line, one) for one in (items if isinstance(items, list) else [message]))


def _key(item: Mapping[str, Any]) -> str | None:
    """Return the key by which an item is cited, which a note may name, without the address that Zotero puts before it."""
    named = convert.first(item, "citation-key") or citation_keys.pinned(_prose(item, "note"))[0]
    written = named or convert.first(item, "id") or convert.line(str(item.get("id") or ""))
    return written.rpartition("/")[2] if written and "://" in written else written


def _of_item(
    source: Source, line: int, item: Mapping[str, Any], key: str | None
) -> Iterator[Draft | Problem]:
    title = convert.line(markup.without_html(_text(item, "title") or ""))
    sort = _text(item, "type") or ""
    sort = _OF_CROSSREF.get(sort, sort)
    if title is None:
        yield source.problem("has no title; it is left out", line=line, name=key)
        return
    if sort and sort not in _PAPERS | _TALKS:
        yield source.no_talk('has the type "{type}", which is not a talk', line=line, name=title, type=sort)
        return
    kind = "paper" if sort in _PAPERS else "talk"
    if sort and sort not in _KEPT:
        yield source.warning(OTHER_TYPE, line=line, name=title, type=sort, what=kind)
    day, whole = _date(item.get("issued"))
    event, people = _event(item, sort), [*_authors(item.get("author"))]
    summary, note = (
        convert.prose(markup.without_html(_prose(item, "abstract"))),
        convert.prose(citation_keys.pinned(_prose(item, "note"))[1]),
    )
    read_of = {
        "issued": day or whole,
        "author": people,
        "event": event["name"],
        "event-date": _is_read(item.get("event-date")),
        "abstract": summary,
        "note": note or citation_keys.pinned(_prose(item, "note"))[0],
    }
    hints = {key: _text(item, key) for key in ("number", "publisher", "source", "volume")}
    of_arxiv = {key for key, text in hints.items() if arxiv.says_arxiv(text)}
    source.not_used(item, (_READ | of_arxiv) - {key for key, value in read_of.items() if not value})
    doi = _text(item, "DOI")
    event["name"], paper = arxiv.venue(event["name"], *hints.values(), arxiv.of_doi(doi and convert.doi(doi)))
    keywords = item.get("keyword")
    fields = {
        "id": convert.key(key),
        "citation_key": convert.citation_key(key),
        "title": title,
        "kind": convert.kind(_text(item, "genre")) or kind,
        "speakers": people,
        "keywords": convert.lines(
            keywords if isinstance(keywords, list) else _WORDS.split(str(keywords or ""))
        ),
        "summary": summary,
        "doi": convert.doi(doi) or convert.doi(_text(item, "URL")) or doi,
        "url": convert.link(_text(item, "URL")),
        "paper": paper,
        "language": convert.kept(convert.language, item.get("language")),
        "date": day,
        "note": note,
    }
    draft = source.draft(in_their_languages(fields), event, line=line)
    yield draft._replace(foreign_id=True, cited=True)


def _text(item: Mapping[str, Any], key: str) -> str | None:
    """Return a text on one line; of a list, as Crossref has it, the first one."""
    value = item.get(key)
    return convert.line(value[0] if isinstance(value, list) and value else value)


def _prose(item: Mapping[str, Any], key: str) -> str:
    """Return a text of several lines; the texts of a list below each other."""
    value = item.get(key)
    return "\n".join(one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


def _event(item: Mapping[str, Any], sort: str) -> dict[str, Any]:
    """Return the conference, which has the volume as its full name, or the volume or journal.

    Crossref has it as an object with a name, a place and days.
    """
    its = item.get("event")
    its = its if isinstance(its, dict) else {"name": _text(item, "event")}
    name, volume = _text(item, "event-title") or _text(its, "name"), _text(item, "container-title")
    day, _ = _date(item.get("event-date") or its.get("start"))
    end = _last_day(item.get("event-date")) or _date(its.get("end"))[0]
    return {
        "name": name or volume,
        "full_name": volume if name else None,
        "year": _year(item.get("issued")) or _year(item.get("event-date") or its.get("start")),
        "start_date": day,
        "end_date": end,
        "location": _text(item, "event-place") or _text(its, "location"),
        "journal": sort in _JOURNALS or None,
    }


def _parts(value: Any, at: int = 0) -> list[str]:
    """Return the year, month and day of the first or last date of a CSL date, as many as it has."""
    dates = value.get("date-parts") if isinstance(value, dict) else None
    some = dates[at] if isinstance(dates, list) and dates and isinstance(dates[at], list) else []
    return [text for part in some[:3] if (text := convert.line(str(part)))]


def _written(value: Any) -> str | None:
    return convert.first(value, "raw", "literal") if isinstance(value, dict) else convert.line(value)


def _year(value: Any) -> int | None:
    return convert.year(next(iter(_parts(value)), _written(value)))


def _date(value: Any) -> tuple[str | None, bool]:
    """Return a date if it is complete, as written if it has no year or such a day, and whether no part of it is lost.

    >>> _date({"date-parts": [[2019, 5, 20]]}), _date({"date-parts": [["2019", 5]]}), _date({"raw": "2019"}), _date({"raw": "soon"})
    (('2019-05-20', True), (None, False), (None, True), ('soon', True))
    >>> _date({"date-parts": [[2031, 2, 30]]})
    ('2031-02-30', True)
    """
    parts, written = _parts(value), _written(value)
    if parts:
        whole = "-".join(f"{part:0>2}" for part in parts) if len(parts) == 3 else None
        return convert.day(whole) or whole, len(parts) != 2
    day = convert.day(written)
    if day or not convert.year(written):
        return day or written, True
    return None, str(written).isdecimal()


def _last_day(value: Any) -> str | None:
    """Return the second date of a CSL date, if it is complete."""
    first, last = _parts(value), _parts(value, -1)
    return None if first == last else _date({"date-parts": [last]})[0]


def _is_read(value: Any) -> bool:
    """Return whether nothing of the days of an event is lost."""
    day, whole = _date(value)
    last = _last_day(value)
    if _parts(value) != _parts(value, -1) and convert.day(last) is None:
        return False
    return convert.day(day) is not None if day else whole


def _authors(people: Any) -> Iterator[dict[str, str]]:
    """Yield people, and organizations by their names; Crossref has a list of the organizations of each person."""
    for one in [people] if isinstance(people, dict) else people if isinstance(people, list) else ():
        if not isinstance(one, dict):
            yield from filter(None, [person_names.person((convert.line(one) or "").split(",", 2))])
            continue
        names = ("dropping-particle", "non-dropping-particle", "family")
        family = " ".join(filter(None, (convert.first(one, name) for name in names)))
        given = convert.first(one, "given")
        parts = [family, convert.first(one, "suffix"), given] if family else [given]
        whole = convert.first(one, "literal") or ("" if family or given else convert.first(one, "name"))
        if person := person_names.person([whole] if whole else [part for part in parts if part]):
            yield person | _organization(one.get("affiliation"))


def _organization(value: Any) -> dict[str, str]:
    """Return the first organization of a person, which is an object with a name, or a text."""
    first = value[0] if isinstance(value, list) and value else value
    name = convert.first(first, "name") if isinstance(first, dict) else convert.line(first)
    return {"organization": name} if name else {}


IMPORTER = Importer(read, recognises, (".csl.json",))
