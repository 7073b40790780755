"""Imports the papers of a virtual conference site: `{"count", "next", "previous", "results": [...]}`, a row for each oral or poster.

Does not import rows without a name, hidden or refused rows, and relative addresses if the row does not have the address of the site.
Source: the files `static/virtual/data/*-orals-posters.json` of the sites of NeurIPS, ICML, ICLR and MLSys, 2021 to 2026.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mltalks.exchange.mapping import convert, link_kinds
from mltalks.exchange.mapping.editions import of_series, year_in
from mltalks.exchange.mapping.markup import plain
from mltalks.exchange.mapping.no_talks import taken
from mltalks.exchange.mapping.speaker_lists import people_of, unread
from mltalks.exchange.readers.json_stream import Page, elements, no_table
from mltalks.exchange.readers.source import Found, Importer, Source, list_of, tables
from mltalks.problems import Problem

_ROWS = re.compile(r'"results"\s*:\s*\[')
_ROW = re.compile(r'"(?:virtualsite_url|eventtype|event_type|fullname|eventmedia|children_url)"\s*:')
_FILE = re.compile(r"([a-z]+)[-_]?(\d{4})?-orals-posters")
_SITE = re.compile(r"^/(?:api/miniconf|virtual)/")
_PARTS = re.compile(r"\s*(?:->|[,;])\s*")
# The usual names of the conferences.
_NAMES = {
    "aistats": "AISTATS", "colm": "COLM", "cvpr": "CVPR", "eccv": "ECCV", "iccv": "ICCV", "iclr": "ICLR", "icml": "ICML",
    "mlsys": "MLSys", "neurips": "NeurIPS", "wacv": "WACV",
}  # fmt: skip

_READ = frozenset((
    "name", "title", "visible", "decision", "authors", "uid", "id", "eventtype", "event_type", "eventmedia", "starttime", "endtime", "session",
    "abstract", "virtualsite_url", "url", "paper_pdf_url", "paper_url", "keywords", "topic", "children_url", "conference", "year",
))  # fmt: skip


def recognises(name: str, head: str) -> bool:
    """Return whether a text is the rows of a virtual site, by their keys or the name of the file."""
    if not head.lstrip().startswith("{") or not _ROWS.search(head):
        return False
    return bool(_ROW.search(head)) or name.endswith("orals-posters.json")


def read(source: Source) -> Found:
    """Yield a draft for each paper, in the order of their first rows.

    Rows are of one paper if they have the same `uid` and the same name or authors, as some sites use one uid for several
    papers. The row of an oral overrides that of its poster, from which it takes missing fields except the duration.

    Raises DataError: it is not JSON.
    """
    papers: dict[int, _Row] = {}
    known: dict[tuple[str, object], int] = {}
    seen, page = False, Page()
    for line, record in elements(source, "results", page=page):
        seen = True
        row = _row(source, line, record)
        if isinstance(row, Problem):
            yield row
            continue
        place = next((known[key] for key in row.keys if key in known), len(papers))
        papers[place] = _merged(papers[place], row) if place in papers else row
        known |= dict.fromkeys(row.keys, place)
    if not seen:
        raise source.unreadable(
            'has no "results" list; the JSON of a conference\'s virtual site (NeurIPS, MLSys, …) has one'
        )
    for row in papers.values():
        yield source.draft(row.fields, row.event, line=row.line)
    yield from page.problems(source, "count")


class _Row(NamedTuple):
    """A row as a draft; `keys` are those that it shares with other rows of the same paper."""

    line: int
    fields: Mapping[str, Any]
    event: Mapping[str, Any]
    keys: tuple[tuple[str, object], ...]
    poster: bool


def _row(source: Source, line: int, record: Any) -> _Row | Problem:
    if not isinstance(record, dict):
        return no_table(source, record, line)
    title = convert.first(record, "name", "title")
    if title is None:
        return source.problem("has no title", line=line, name=convert.line(record.get("id")))
    if record.get("visible") is False:
        return source.no_talk("is not shown on the conference site", line=line, name=title)
    source.not_used(record, _READ)
    people = people_of(record.get("authors"))
    source.not_used(unread(record.get("authors"), "authors"))
    uid = convert.line(record.get("uid"))
    keys: list[tuple[str, object]] = []
    if uid:
        keys.append((uid, title.casefold()))
        if people:
            keys.append((uid, tuple(person["name"] for person in people)))
    poster = "poster" in (convert.first(record, "eventtype", "event_type") or "").casefold()
    fields = _fields(record, title, people)
    if poster:
        del fields["minutes"]
    # Of what a site shows, only what is surely refused is left out.
    draft = source.draft(fields, _event(source, record), line=line)
    accepted = taken(source._replace(undecided=True), draft, record.get("decision"))
    return (
        accepted
        if isinstance(accepted, Problem)
        else _Row(line, draft.fields, draft.event, tuple(keys), poster)
    )


def _merged(one: _Row, other: _Row) -> _Row:
    """Return two rows of a paper as one, at the place of the first."""
    first, second = (other, one) if one.poster and not other.poster else (one, other)
    fields, event = {**second.fields, **first.fields}, {**second.event, **first.event}
    return first._replace(line=one.line, fields=fields, event=event)


def _fields(record: Mapping[str, Any], title: str, people: list[dict[str, str]]) -> dict[str, Any]:
    site = _site(record)
    media = link_kinds.by_field(link_kinds.links(record.get("eventmedia"), site))
    start = convert.day(record.get("starttime"))
    return {
        "title": title,
        "kind": convert.kind(record.get("eventtype")) or convert.kind(record.get("event_type")),
        "track": convert.line(record.get("session")),
        "speakers": people,
        "keywords": _keywords(record),
        "summary": plain(record.get("abstract")),
        "url": convert.link(record.get("virtualsite_url"), site) or convert.link(record.get("url")),
        "date": start,
        "minutes": convert.minutes_between(start, convert.day(record.get("endtime"))),
        **media,
        "paper": convert.link(record.get("paper_pdf_url"), site)
        or convert.link(record.get("paper_url"), site)
        or media.get("paper"),
    }


def _keywords(record: Mapping[str, Any]) -> list[str]:
    """Return keywords, a list or one text, and the steps of the topic ("Deep Learning->Attention")."""
    words = record.get("keywords")
    texts = convert.lines(words) if isinstance(words, list) else _PARTS.split(convert.line(words) or "")
    return convert.lines([*texts, *(convert.line(record.get("topic")) or "").split("->")])


def _site(record: Mapping[str, Any]) -> str | None:
    """Return the address of the site, from an absolute address of the row on that site."""
    links = [record.get(key) for key in ("virtualsite_url", "children_url")]
    links += [person.get("url") for person in tables(list_of(record.get("authors"))[:10])]
    for value in links:
        address = convert.link(value)
        parts = urlsplit(address) if address else None
        if parts and _SITE.match(parts.path):
            return f"https://{parts.netloc}"
    return None


def _event(source: Source, record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the conference, by the row, else by the name of the file."""
    file = _FILE.search(source.path.name.casefold())
    named = convert.line(record.get("conference"))
    short = (named or (file.group(1) if file else "")).casefold()
    series = _NAMES.get(short, named)
    site = convert.line(record.get("virtualsite_url"))
    year = year_in(record.get("year"), file.group(2) if file else None, site, record.get("starttime"))
    return of_series(series, year)


IMPORTER = Importer(read, recognises)
