"""Imports talks of RubyEvents: `data/SERIES/EVENT/videos.yml`, a list of talks, with `event.yml` in the same folder.

Reads one such file, or a folder with many. Does not import a talk of an event without a year, nor a video without a public address.
Source: the repository rubyevents/rubyevents, data/**/videos.yml and app/models/talk.rb, 2023 to 2026.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from typing import Any, NamedTuple

from mltalks.dataset.ids import series_of
from mltalks.errors import DataError
from mltalks.exchange.mapping import convert, link_kinds
from mltalks.exchange.mapping.by_language import in_their_languages
from mltalks.exchange.mapping.editions import dates, edition, identifier, year_in
from mltalks.exchange.mapping.markup import plain
from mltalks.exchange.readers import yaml_stream
from mltalks.exchange.readers.folders import folders
from mltalks.exchange.readers.json_stream import no_table
from mltalks.exchange.readers.source import NONE, Draft, Found, Importer, Source, list_of
from mltalks.problems import Problem
from mltalks.text.folding import name_key

FILE = "videos.yml"
LARGEST_EVENT_FILE = 1_000_000  # bytes of event.yml
_TALK = re.compile(r"^(?:- |  )(?:raw_title|event_name|video_provider|video_id|start_cue)\s*:", re.MULTILINE)
_LIST = re.compile(r"^- +\w+\s*:", re.MULTILINE)
_YOUTUBE = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO = re.compile(r"\d{1,12}", re.ASCII)
_KINDS = {
    "podcast": "talk", "award": "talk", "gameshow": "talk", "intro": "talk", "outro": "talk",
}  # fmt: skip
# Beginnings of titles: RubyEvents' rules for the kind of a talk without one.
_BEGINNINGS = {"keynote": "keynote", "panel": "panel", "workshop": "tutorial"}
_NOBODY = frozenset(("TODO", "TBA", "TBD"))
_DEEPEST = 4  # talks within talks

_READ = frozenset((
    "title", "raw_title", "id", "video_id", "video_provider", "event_name", "talks", "speakers", "kind", "additional_resources",
    "track", "description", "slides_url", "language", "date", "start_cue", "end_cue",
))  # fmt: skip


def recognises(name: str, head: str) -> bool:
    """Return whether a text is a list of RubyEvents' talks, by keys that no other format has, or by the name of the file."""
    return bool(_LIST.search(head) and (_TALK.search(head) or name == FILE)) or (
        name == FILE and _is_empty(head)
    )


def _is_empty(head: str) -> bool:
    lines = (line.strip() for line in head.splitlines())
    return "".join(line for line in lines if not line.startswith(("#", "---"))) in ("", "[]")


def read(source: Source) -> Found:
    """Yield a draft for each talk, and after it those of the talks within it; of a folder, those of all its files.

    A talk within another has its day, its event and its video, from its start time on. An event without a year, or a series of
    meetings, becomes one event for each year of its talks.

    Raises DataError: the one file is not YAML, has anchors, or is nested too deeply; or the folder holds no such file.
    """
    if source.opened is None:
        yield from _of_folder(source)
        return
    info = yield from _event_info(source)
    for line, value in yaml_stream.values(source):
        yield from _talks(source, line, value, _Context(info))


def _of_folder(source: Source) -> Found:
    found = False
    for one in folders(source):
        if isinstance(one, Problem):
            yield one
            continue
        for path in (path for path in one[1] if path.name == FILE and path.is_file()):
            found, empty = True, True
            try:
                for result in read(source.beside(path, yaml_stream.LARGEST)):
                    empty = False
                    yield result
            except DataError as error:
                yield from error.problems
                continue
            if empty:
                yield source._replace(path=path).warning("has no talks")
    if not found:
        raise source.unreadable("has no file videos.yml")


class _Context(NamedTuple):
    """The context of a talk: the file of its event, and the talk that contains it."""

    info: Mapping[str, Any]
    parent: Mapping[str, Any] = NONE
    fields: Mapping[str, Any] = NONE
    depth: int = 0


def _talks(source: Source, line: int, value: Any, context: _Context) -> Iterator[Draft | Problem]:
    if not isinstance(value, dict):
        yield no_table(source, value, line)
        return
    title = convert.first(value, "title", "raw_title")
    if title is None:
        yield source.problem("has no title", line=line, name=convert.first(value, "id", "video_id"))
        return
    source.not_used(value, _READ)
    fields = _fields(value, title, context)
    whole = {"event_name": context.parent.get("event_name"), **value}
    event = _event(context.info, whole, fields.get("date"))
    if event is None:
        template = "has no year, and neither does its event; add the date of the talk"
        yield source.problem(template, line=line, name=title)
        return
    yield source.draft(in_their_languages(fields), event, line=line)
    if context.depth < _DEEPEST:
        for one in list_of(value.get("talks")):
            yield from _talks(source, line, one, _Context(context.info, whole, fields, context.depth + 1))


def _fields(value: Mapping[str, Any], title: str, context: _Context) -> dict[str, Any]:
    names = [name for name in convert.lines(value.get("speakers") or []) if name not in _NOBODY]
    kind = convert.line(value.get("kind")) or ""
    begins = title.casefold().partition(":")[0] if ":" in title else ""
    more = link_kinds.by_field(link_kinds.links(value.get("additional_resources")))
    return {
        "id": identifier(value.get("id")),
        "title": title,
        "kind": convert.kind(kind) or _KINDS.get(kind) or _BEGINNINGS.get(begins) or kind,
        "track": convert.line(value.get("track")),
        "speakers": convert.speakers(names),
        "summary": plain(value.get("description")),
        "slides": convert.link(value.get("slides_url")) or more.get("slides"),
        "video": _video(value, context),
        "language": convert.kept(convert.language, value.get("language")) or context.fields.get("language"),
        "date": convert.kept(convert.day, value.get("date")) or context.fields.get("date"),
        "minutes": _minutes(value),
    }


def _video(value: Mapping[str, Any], context: _Context) -> str | None:
    """Return the address of a video, by its provider and the provider's id."""
    provider, name = convert.line(value.get("video_provider")), convert.line(value.get("video_id")) or ""
    if provider == "youtube" and _YOUTUBE.fullmatch(name):
        return f"https://www.youtube.com/watch?v={name}"
    if provider == "vimeo" and _VIMEO.fullmatch(name):
        return f"https://vimeo.com/{name}"
    if provider == "mp4":
        return convert.link(name)
    if provider != "parent":
        return None
    whole: str | None = context.fields.get("video")
    start = convert.seconds(value.get("start_cue"))
    within = start and whole and "youtube.com/watch" in whole and "&t=" not in whole
    return f"{whole}&t={start}" if within else whole


def _minutes(value: Mapping[str, Any]) -> int | None:
    start, end = convert.seconds(value.get("start_cue")), convert.seconds(value.get("end_cue"))
    return None if start is None or end is None else convert.minutes_of_seconds(end - start)


def _event(info: Mapping[str, Any], value: Mapping[str, Any], date: str | None) -> Mapping[str, Any] | None:
    """Return the event of a talk: {} if it has no name, None if it has no year.

    The name that a talk gives counts before that of the file, which holds talks of several events or spells it in another way.
    """
    named, title = convert.line(value.get("event_name")), convert.line(info.get("title"))
    if named and title and info.get("kind") != "meetup" and not _are_one(named, title):
        return edition(named, None, year_in(date)) or None
    name = title or named
    if name is None:
        return NONE
    year = year_in(date)
    if info.get("kind") != "meetup":
        year = year_in(info.get("year"), info.get("start_date")) or year
    event = edition(name, info.get("slug"), year)
    more = {"location": convert.line(info.get("location")), "url": convert.link(info.get("website"))}
    return {**event, **dates(info, "start_date", "end_date"), **more} if event else None


def _are_one(name: str, other: str) -> bool:
    """Return whether two names are of one event: all words of one are in the other, up to the year.

    >>> _are_one("Sample Conf 2031", "SampleConf"), _are_one("Sample Conf 2031", "The Sample Conf"), _are_one("A Fair 2031", "B 2031")
    (True, True, False)
    """
    words, others = (name_key(series_of(one)).split() for one in (name, other))
    years = {year_in(name), year_in(other)} - {None}
    within = {*words} <= {*others} or {*others} <= {*words}
    return len(years) < 2 and (within or "".join(words) == "".join(others))


def _event_info(source: Source) -> Generator[Problem, None, Mapping[str, Any]]:
    """Return the content of event.yml in the same folder, else of the older playlists.yml; {} for standard input.

    `slug` is the name of the folder: the id of an event is often that of a list of videos.
    """
    if source.path.name != FILE or not source.path.is_file():
        return NONE
    folder = source.path.absolute().parent
    for path in (folder / "event.yml", folder.parent / "playlists.yml"):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            values = [value for _, value in yaml_stream.values(source.beside(path, LARGEST_EVENT_FILE))]
        except DataError as error:
            yield from error.problems
            continue
        for value in values:
            if isinstance(value, dict) and (len(values) == 1 or value.get("slug") == folder.name):
                return {**value, "slug": folder.name}
    return NONE


IMPORTER = Importer(read, recognises)
