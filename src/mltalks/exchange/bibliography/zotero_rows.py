"""Rows of the table that Zotero writes (CSV), as drafts: they are read as Zotero's BibTeX is.

Does not read attachments, which are paths of a machine. Source: the columns of Zotero's export "CSV", and its item types.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from mltalks.exchange.bibliography import arxiv, citation_keys, person_names
from mltalks.exchange.bibliography.bibtex_volumes import OTHER_TYPE
from mltalks.exchange.mapping import convert, markup
from mltalks.exchange.mapping.by_language import in_their_languages
from mltalks.exchange.readers.source import Draft, Source
from mltalks.problems import Problem
from mltalks.text.dates import two_numbers

_COLUMNS = frozenset(("Key", "Item Type", "Publication Year", "Author", "Title"))
READ = _COLUMNS | {
    "Publication Title", "DOI", "Url", "Abstract Note", "Date", "Place", "Publisher", "Language", "Type", "Extra", "Manual Tags",
    "Automatic Tags", "Conference Name", "Meeting Name", "Proceedings Title", "Date Added", "Date Modified", "Access Date",
    "Library Catalog", "File Attachments", "Short Title", "Journal Abbreviation",
}  # fmt: skip
_WHOLE = frozenset(
    ("book", "attachment", "note", "annotation", "artwork", "map", "email", "letter", "podcast", "dataset")
)
_JOURNALS = frozenset(("journalArticle", "magazineArticle", "newspaperArticle"))
_AT_EVENTS = frozenset(("conferencePaper", "presentation"))
_PAPERS = _JOURNALS | {
    "conferencePaper",
    "bookSection",
    "preprint",
    "report",
    "thesis",
    "manuscript",
    "document",
}
# Types that an export has again, or that say nothing.
_KEPT = frozenset(
    ("conferencePaper", "journalArticle", "presentation", "preprint", "videoRecording", "webpage", "blogPost")
)


def is_zotero(names: Collection[str]) -> bool:
    """Return whether the columns of a table are those that Zotero writes."""
    return _COLUMNS.issubset(names)


def read(source: Source, cells: Mapping[str, str], line: int) -> Iterator[Draft | Problem]:
    """Yield the draft of a row, given by column; a problem if it is no talk, or has a type that is not kept."""
    clean = markup.without_html
    pinned, note = citation_keys.pinned(cells.get("Extra"))
    kept, title = convert.key(pinned or cells.get("Key")), convert.line(clean(cells.get("Title", "")))
    sort = cells.get("Item Type", "").strip()
    if title is None:
        yield source.problem("has no title", line=line, name=kept)
        return
    if sort in _WHOLE:
        yield source.no_talk('has the type "{type}", which is not a talk', line=line, name=title, type=sort)
        return
    by_type = "paper" if sort in _PAPERS else "talk"
    if sort not in _KEPT:
        yield source.warning(OTHER_TYPE, line=line, name=title, type=sort, what=by_type)
    day, written = _date(convert.line(cells.get("Date")) or ""), cells.get("Date", "").strip()
    hints = {name: convert.line(cells.get(name)) for name in ("Number", "Publisher", "Archive ID", "Volume")}
    of_arxiv = {name for name, text in hints.items() if arxiv.says_arxiv(text)}
    source.not_used(
        cells, (READ | of_arxiv) - ({"Date"} if day is None and not written.isdecimal() else set())
    )
    tags = f"{cells.get('Manual Tags', '')};{cells.get('Automatic Tags', '')}"
    people = (person_names.person(one.split(",", 2)) for one in cells.get("Author", "").split(";"))
    event = _event(cells, sort)
    of_doi = arxiv.of_doi(convert.doi(cells.get("DOI")))
    event["name"], paper = arxiv.venue(event["name"], *hints.values(), of_doi)
    fields = {
        "id": kept,
        "citation_key": convert.citation_key(pinned),
        "title": title,
        "kind": convert.kind(cells.get("Type")) or by_type,
        "speakers": [one for one in people if one],
        "keywords": convert.lines(tags.split(";")),
        "summary": convert.prose(clean(cells.get("Abstract Note", ""))),
        "doi": convert.doi(cells.get("DOI"))
        or convert.doi(cells.get("Url"))
        or convert.line(cells.get("DOI")),
        "url": convert.link(cells.get("Url")),
        "paper": paper,
        "language": convert.kept(convert.language, cells.get("Language")),
        "date": day,
        "note": convert.prose(note),
    }
    yield source.draft(in_their_languages(fields), event, line=line)._replace(cited=True)


def _date(written: str) -> str | None:
    """Return a whole date, or as written one that is none; None for a year or month alone."""
    day = None if two_numbers(written) else convert.day(written)
    return day or (
        None
        if convert.year(written) or (written[-4:].isdecimal() and not two_numbers(written))
        else written or None
    )


def _event(cells: Mapping[str, str], sort: str) -> dict[str, Any]:
    """Return the conference, which has the volume as its full name, or the volume or journal."""
    volume = convert.line(cells.get("Proceedings Title")) or convert.line(cells.get("Publication Title"))
    name = convert.first(cells, "Conference Name", "Meeting Name")
    place = convert.line(cells.get("Place")) if sort in _AT_EVENTS and not cells.get("Publisher") else None
    return {
        "name": name or volume,
        "full_name": volume if name else None,
        "year": convert.year(cells.get("Publication Year")) or convert.year(cells.get("Date")),
        "location": place,
        "journal": sort in _JOURNALS or None,
    }
