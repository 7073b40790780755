"""The talks of pyvideo's layout: `EVENT/videos/TALK.json`, a file a talk, and `EVENT/category.json` with the event's title.

Refuses a talk of a known event of which no year is known, follows no symbolic link, and makes up no kind.
Source: the JSON schemas of the repository pyvideo/data, and its files of 2016 to 2024.
"""

import io
import os
import re
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from mltalks.errors import DataError
from mltalks.exchange.mapping import convert, link_kinds
from mltalks.exchange.mapping.editions import edition, year_in
from mltalks.exchange.mapping.markup import plain
from mltalks.exchange.readers.json_stream import json_type, load
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem

LARGEST_FILE = 4_000_000  # bytes of a file that can still be one talk
_DEEPEST = 8  # folders within folders
_OWN = re.compile(r'"(?:copyright_text|quality_notes|thumbnail_url|recorded)"\s*:')
_BESIDE = re.compile(r'"(?:speakers|videos|description|duration|language|related_urls|tags)"\s*:')
_PAGE = re.compile(r"\b(?:talk|session|abstract)\b", re.IGNORECASE)
_KIND_TAGS = {
    "keynote": "keynote", "keynotes": "keynote", "poster": "poster", "posters": "poster", "panel": "panel",
    "panels": "panel", "tutorial": "tutorial", "tutorials": "tutorial",
}  # fmt: skip


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is a talk of pyvideo's, by keys that no other list of talks has."""
    return head.lstrip().startswith("{") and bool(_OWN.search(head) and _BESIDE.search(head))


def recognises_folder(path: Path) -> bool:
    """Tell whether a folder has pyvideo's layout: an event's folder, its `videos`, or one that holds such folders."""
    try:
        if path.name == "videos":
            return any(one.suffix == ".json" for one in path.iterdir())
        if (path / "videos").is_dir():
            return True
        with os.scandir(path) as found:
            within = [entry.path for entry in found if entry.is_dir(follow_symlinks=False)]
        return any(Path(folder, "videos").is_dir() for folder in within)
    except OSError:
        return False


def read(source: Source) -> Found:
    """Yield the talks of a file or of a folder, which is walked in the order of names.

    An event without a year in its title or the name of its folder, as a series of meetings is, becomes an event a year, by
    the day on which each talk was recorded; the year then stands in its id, too.

    Raises:
        DataError: the one file cannot be read, or the folder holds no talk.

    """
    if source.opened is None:
        yield from _of_folder(source)
        return
    event: _Event | None = None
    if source.path.parent.name == "videos" and source.path.is_file():
        event = yield from _event(source, source.path.parent.parent)
    yield _talk(source.path, load(source, source.text()), event)


class _Event:
    """A folder of talks with its editions, each made once."""

    def __init__(self, slug: str, title: str | None) -> None:
        self._slug = slug
        self._title = title
        self._editions: dict[int | None, Mapping[str, Any]] = {}

    def edition(self, year: int | None) -> Mapping[str, Any]:
        """Return the event of a talk recorded in a year; {} when no year is known."""
        if year not in self._editions:
            self._editions[year] = edition(self._title, self._slug, year)
        return self._editions[year]


def _of_folder(source: Source) -> Found:
    folders = 0
    for folder in _video_folders(source.path, 0):
        if isinstance(folder, Problem):
            yield folder
            continue
        folders += 1
        event = yield from _event(source, folder.parent)
        for entry in _entries(folder):
            if isinstance(entry, Problem):
                yield entry
            elif entry.name.endswith(".json"):
                yield from _of_file(source, entry, event)
    if not folders:
        raise source.unreadable("holds no folder named videos with a file a talk")


def _video_folders(folder: Path, depth: int) -> Iterator[Path | Problem]:
    """Yield the folders named videos, in the order of names, and what hinders the walk."""
    if folder.name == "videos":
        yield folder
        return
    if depth > _DEEPEST:
        yield Problem.of(folder, "nested too deeply to be read")
        return
    for entry in _entries(folder):
        if isinstance(entry, Problem):
            yield entry
        elif entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from _video_folders(Path(entry.path), depth + 1)


def _entries(folder: Path) -> Iterator["os.DirEntry[str] | Problem"]:
    """Yield what is in a folder, in the order of names; a symbolic link is a problem."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Problem.unreadable(folder, error)
        return
    for entry in entries:
        if entry.is_symlink() and entry.name != "category.json":  # `_event` tells of that one
            yield Problem.of(Path(entry.path), "a symbolic link, which is not followed")
        else:
            yield entry


def _event(source: Source, folder: Path) -> Generator[Problem, None, _Event]:
    """Return the event of a folder, after what is wrong with its category.json."""
    path = folder / "category.json"
    title = None
    if path.is_symlink():
        yield Problem.of(path, "a symbolic link, which is not followed")
    elif path.is_file():
        record = _record(source, path)
        if isinstance(record, Problem):
            yield record
        elif isinstance(record, dict):
            title = convert.line(record.get("title"))
    return _Event(folder.absolute().name, title)


def _of_file(source: Source, entry: "os.DirEntry[str]", event: _Event) -> Iterator[Draft | Problem]:
    path = Path(entry.path)
    if not entry.is_file(follow_symlinks=False):
        yield Problem.of(path, "not a file")
        return
    record = _record(source, path)
    yield record if isinstance(record, Problem) else _talk(path, record, event)


def _record(source: Source, path: Path) -> Any:
    """Return the JSON value of a file, or the problem that it has."""
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Problem.of(path, "cannot be read: {reason}", reason=reason)
    if len(content) > LARGEST_FILE:
        return Problem.of(path, "larger than {size} MB; no talk is", size=LARGEST_FILE // 1_000_000)
    inner = source._replace(path=path, opened=io.BytesIO(content))
    try:
        return load(inner, inner.text())
    except DataError as error:
        return error.problems[0]


def _talk(path: Path, record: Any, event: _Event | None) -> Draft | Problem:
    """Return the draft of a talk; `event` is None when no folder tells it."""
    if not isinstance(record, dict):
        return Problem.of(path, "expected {what}, found {found}", what="a table", found=json_type(record))
    title = convert.line(record.get("title"))
    if title is None:
        return Problem.of(path, "has no title")
    recorded = convert.day(record.get("recorded"))
    category = convert.line(record.get("category"))
    if event is None and category:
        event = _Event(category, category)
    told = event.edition(year_in(recorded)) if event else {}
    if event and not told:
        return Problem.of(path, "has no year, nor has its event; add the day on which it was given")
    return Draft(_fields(record, title, recorded), told, path, None, title)


def _fields(record: Mapping[str, Any], title: str, recorded: str | None) -> dict[str, Any]:
    related = list(_links(record.get("related_urls")))
    found = link_kinds.sorted_out(related)
    pages = (address for label, address in related if address and _PAGE.search(convert.line(label) or ""))
    videos = (address for _, address in _links(record.get("videos")) if address)
    tags = convert.lines(record.get("tags") or [])
    return convert.without_absent(
        {
            "title": title,
            "kind": next((_KIND_TAGS[tag.casefold()] for tag in tags if tag.casefold() in _KIND_TAGS), None),
            "speakers": convert.speakers(record.get("speakers") or []),
            "keywords": tags,
            "summary": plain(record.get("description")) or plain(record.get("summary")),
            "url": next((page for page in pages if page not in found.values()), None),
            "slides": found.get("slides"),
            "video": next(videos, None) or convert.link(record.get("source_url")) or found.get("video"),
            "language": convert.language(record.get("language")),
            "date": recorded,
            "minutes": convert.minutes_of_seconds(record.get("duration")),
        }
    )


def _links(values: Any) -> Iterator[tuple[Any, str | None]]:
    """Yield links with their labels: texts, or objects with a url."""
    for value in values if isinstance(values, list) else []:
        if isinstance(value, dict):
            yield value.get("label") or value.get("type"), convert.link(value.get("url"))
        else:
            yield None, convert.link(value)


IMPORTER = Importer(read, recognises)
