"""Imports talks in the layout of pyvideo: `EVENT/videos/TALK.json` for each talk, and `EVENT/category.json` with the event's title.

Does not import a talk of an event without a year, does not follow symbolic links, and does not guess kinds.
Source: the JSON schemas of the repository pyvideo/data, and its files of 2016 to 2024.
"""

import re
from collections.abc import Callable, Generator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from mltalks.errors import DataError
from mltalks.exchange.mapping import convert, link_kinds
from mltalks.exchange.mapping.by_language import in_their_languages
from mltalks.exchange.mapping.editions import edition, year_in
from mltalks.exchange.mapping.markup import plain
from mltalks.exchange.readers.folders import folders
from mltalks.exchange.readers.json_stream import load, no_table
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem

LARGEST_FILE = 4_000_000  # bytes of a file that can still be one talk
_KEYS = re.compile(r'"(?:copyright_text|quality_notes|thumbnail_url|recorded)"\s*:')
_BESIDE = re.compile(r'"(?:speakers|videos|description|duration|language|related_urls|tags)"\s*:')
# A label that says that the address is the page of the talk, and not that of another talk, a schedule or a file.
_PAGE = re.compile(
    r"(?:the )?(?:\w+ ){0,2}(?:talk|session|presentation|event)(?:'s)?(?: (?:page|website|site|url|link|description|abstract|details|info))?"
    r"|(?:talk )?abstract|(?:page|website|description|abstract) of (?:the|this) (?:talk|session)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:same|other|another|similar|related|previous|earlier|next|all)\b", re.IGNORECASE)
_KIND_TAGS = {
    "keynote": "keynote", "keynotes": "keynote", "poster": "poster", "posters": "poster", "panel": "panel",
    "panels": "panel", "tutorial": "tutorial", "tutorials": "tutorial",
}  # fmt: skip
_Edition = Callable[[int | None], Mapping[str, Any]]  # the event of a talk by the year of its recording

_READ = frozenset((
    "title", "recorded", "category", "related_urls", "videos", "tags", "speakers", "description", "summary", "source_url",
    "language", "duration",
))  # fmt: skip


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is a talk of pyvideo, by keys that no other format has."""
    return head.lstrip().startswith("{") and bool(_KEYS.search(head) and _BESIDE.search(head))


def read(source: Source) -> Found:
    """Yield the talks of a file, or of a folder in the order of names.

    An event without a year in its title or folder name, such as a series of meetings, becomes one event for each year in which
    talks were recorded; its id then has the year, too.

    Raises DataError: the one file cannot be read, or the folder holds no talk.
    """
    if source.opened is None:
        yield from _of_folder(source)
        return
    event: _Edition | None = None
    if source.path.parent.name == "videos" and source.path.is_file():
        event = yield from _event(source, source.path.parent.parent)
    yield _talk(source, load(source, source.text()), event)


def _of_folder(source: Source) -> Found:
    empty = True
    for one in folders(source, "videos"):
        if isinstance(one, Problem):
            yield one
            continue
        folder, paths = one
        if folder.name == "videos":
            empty = False
            event = yield from _event(source, folder.parent)
            talks = (path for path in paths if path.suffix == ".json")
            yield from (_of_file(source._replace(path=path), event) for path in talks)
    if empty:
        raise source.unreadable(
            'has no "videos" folder with one file per talk, as in pyvideo, and no videos.yml, as in RubyEvents'
        )


def _event(source: Source, folder: Path) -> Generator[Problem, None, _Edition]:
    """Yield the problems of a folder's category.json, and return its event."""
    path, title = folder / "category.json", None
    if path.is_file() and not path.is_symlink():
        try:
            record = _record(source, path)
        except DataError as error:
            yield from error.problems
        else:
            title = record.get("title") if isinstance(record, dict) else None
    return partial(edition, title, folder.absolute().name)


def _of_file(source: Source, event: _Edition) -> Draft | Problem:
    if not source.path.is_file():
        return source.problem("is not a file")
    try:
        return _talk(source, _record(source, source.path), event)
    except DataError as error:
        return error.problems[0]


def _record(source: Source, path: Path) -> Any:
    file = source.beside(path, LARGEST_FILE)
    return load(file, file.text())


def _talk(source: Source, record: Any, event: _Edition | None) -> Draft | Problem:
    """Return the draft of a talk; `event` is None if there is no folder."""
    if not isinstance(record, dict):
        return no_table(source, record)
    title = convert.line(record.get("title"))
    if title is None:
        return source.problem("has no title")
    source.not_used(record, _READ)
    category = convert.line(record.get("category"))
    if event is None and category:
        event = partial(edition, category, category)
    its_event = event(year_in(convert.day(record.get("recorded")))) if event else {}
    if event and not its_event:
        return source.problem("has no year, and neither does its event; add the date of the talk")
    return source.draft(in_their_languages(_fields(record, title)), its_event)


def _fields(record: Mapping[str, Any], title: str) -> dict[str, Any]:
    related = list(link_kinds.links(record.get("related_urls")))
    found = link_kinds.by_field(related)
    pages = (address for label, address in related if _is_page(label) and address not in found.values())
    videos = (address for _, address in link_kinds.links(record.get("videos")))
    tags = convert.lines(record.get("tags") or [])
    return {
        "title": title,
        "kind": next((_KIND_TAGS[tag.casefold()] for tag in tags if tag.casefold() in _KIND_TAGS), None),
        "speakers": convert.speakers(record.get("speakers") or []),
        "keywords": tags,
        "summary": plain(record.get("description")) or plain(record.get("summary")),
        "url": next(pages, None),
        "slides": found.get("slides"),
        "video": next(videos, None) or convert.link(record.get("source_url")) or found.get("video"),
        "language": convert.kept(convert.language, record.get("language")),
        "date": convert.kept(convert.day, record.get("recorded")),
        "minutes": convert.kept(convert.minutes_of_seconds, record.get("duration")),
    }


def _is_page(label: str) -> bool:
    return bool(_PAGE.fullmatch(label.strip())) and not _OTHER.search(label)


IMPORTER = Importer(read, recognises)
