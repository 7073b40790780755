"""Imports results of the search of DBLP as JSON: `{"result": {"hits": {"hit": [{"info": {...}}]}}}`.

Does not import publications that are no papers by their type: whole proceedings, books, theses, data.
Source: https://dblp.org/faq/How+to+use+the+dblp+search+API.html.
"""

import html
import re
from collections.abc import Mapping
from typing import Any

from mltalks.exchange.bibliography import arxiv
from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.editions import of_series, year_in
from mltalks.exchange.readers.json_stream import Page, elements, no_table
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem

_RESULT = re.compile(r'^\s*\{\s*"result"\s*:')
_KEYS = re.compile(r'"(?:hits|status|completions|query)"\s*:')
_HOMONYM = re.compile(r" \d{4}$", re.ASCII)  # "Jie Zhang 0003": several people of one name
_TYPES = frozenset((
    "conference and workshop papers", "journal articles", "informal and other publications", "informal publications",
    "parts in books or collections",
))  # fmt: skip

_READ = frozenset(("title", "key", "type", "ee", "authors", "url", "doi", "venue", "year"))


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is a result of the search of DBLP."""
    return bool(_RESULT.match(head) and _KEYS.search(head))


def read(source: Source) -> Found:
    """Yield a draft for each publication; its event is the venue in its year.

    Raises DataError: it is not JSON, or no result of DBLP.
    """
    reached: list[str] = []
    page = Page()
    for line, hit in elements(source, "result", "hits", "hit", reached=reached, page=page):
        info = hit.get("info") if isinstance(hit, dict) else None
        if isinstance(info, dict):
            yield _publication(source, line, info)
        else:
            yield no_table(source, info if isinstance(hit, dict) else hit, line)
    if "hits" not in reached:
        raise source.unreadable('has no "hits" list; a DBLP search result has one')
    yield from page.problems(source, "@total")


def _publication(source: Source, line: int, info: Mapping[str, Any]) -> Draft | Problem:
    title = _title(info.get("title"))
    key = convert.line(info.get("key"))
    if title is None:
        return source.problem("has no title", line=line, name=key)
    sort = convert.line(info.get("type"))
    if sort and sort.casefold() not in _TYPES:
        return source.no_talk('has the type "{type}", which is not a talk', line=line, name=title, type=sort)
    volume = convert.line(info.get("volume"))
    source.not_used(info, _READ | ({"volume"} if arxiv.says_arxiv(volume) else set()))
    addresses = [address for value in _several(info.get("ee")) if (address := convert.link(value))]
    fields = {
        "title": title,
        "kind": "paper",
        "speakers": convert.speakers(_authors(info.get("authors"))),
        "url": convert.link(info.get("url")),
        "paper": next(iter(addresses), None),
        "doi": next((doi for one in (info.get("doi"), *addresses) if (doi := convert.doi(one))), None),
    }
    printed = next((text for value in _several(info.get("venue")) if (text := _text(value))), None)
    venue, paper = arxiv.venue(printed, volume)
    fields["paper"] = paper or fields["paper"]
    event = of_series(venue, year_in(info.get("year")))
    if venue == "arXiv":
        event = {**event, "collection": True}
    elif sort and "journal" in sort.casefold():
        event = {**event, "full_name": venue, "journal": True}
    return source.draft(fields, event, line=line)


def _text(value: Any) -> str | None:
    """Return a text with HTML entities decoded: DBLP writes & as &amp; even in JSON."""
    text = convert.text_of(value)
    return convert.line(html.unescape(text)) if text else None


def _title(value: Any) -> str | None:
    """Return a title without the full stop that DBLP ends every title with."""
    text = _text(value)
    if text and text.endswith(".") and not text.endswith(".."):
        text = text[:-1].rstrip()
    return text or None


def _several(value: Any) -> list[Any]:
    """Return a list as it is, and a single value as a list of one."""
    return value if isinstance(value, list) else [value]


def _authors(value: Any) -> list[str]:
    people = _several(value.get("author") if isinstance(value, dict) else value)
    names = map(_text, people)
    return [_HOMONYM.sub("", name) for name in names if name]


IMPORTER = Importer(read, recognises)
