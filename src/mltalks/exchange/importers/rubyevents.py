"""The talks of RubyEvents: `data/SERIES/EVENT/videos.yml`, a list of talks, with `event.yml` beside it.

Refuses a talk of a known event of which no year is known; leaves out what is no public address of a video.
Source: the repository rubyevents/rubyevents, data/**/videos.yml and app/models/talk.rb, 2023 to 2026.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from typing import Any, NamedTuple

from mltalks.errors import DataError
from mltalks.exchange.mapping import convert, link_kinds
from mltalks.exchange.mapping.editions import dates, edition, identifier, year_in
from mltalks.exchange.mapping.markup import plain
from mltalks.exchange.readers import yaml_stream
from mltalks.exchange.readers.json_stream import no_table
from mltalks.exchange.readers.source import NONE, Draft, Found, Importer, Source
from mltalks.problems import Problem

LARGEST_BESIDE = 1_000_000  # bytes of event.yml
_TALK = re.compile(r"^(?:- |  )(?:raw_title|event_name|video_provider|video_id|start_cue)\s*:", re.MULTILINE)
_LIST = re.compile(r"^- +\w+\s*:", re.MULTILINE)
_YOUTUBE = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO = re.compile(r"\d{1,12}", re.ASCII)
_KINDS = {
    "fireside_chat": "talk", "interview": "talk", "q_and_a": "panel", "lightning_talk": "talk", "workshop": "tutorial",
}  # fmt: skip
# What titles begin with, by RubyEvents' own rules for the kind of a talk that says none.
_BEGINNINGS = {"keynote": "keynote", "panel": "panel", "workshop": "tutorial"}
_NOBODY = frozenset(("TODO", "TBA", "TBD"))
_DEEPEST = 4  # talks within talks


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is a list of RubyEvents' talks, by keys that they alone have."""
    return bool(_LIST.search(head) and _TALK.search(head))


def read(source: Source) -> Found:
    """Yield a draft a talk, one with talks within it before those.

    A talk within another has its day, its event and its video, from the moment on at which it begins. An event without a
    year, or a series of meetings, becomes an event a year by the days of its talks.

    Raises DataError: it is not YAML, or has anchors or is nested as no list of talks is.
    """
    beside = yield from _beside(source)
    for line, value in yaml_stream.values(source):
        yield from _talks(source, line, value, _Around(beside))


class _Around(NamedTuple):
    """What is known of a talk from around it: its event's own file, and the talk that it is a part of."""

    beside: Mapping[str, Any]
    parent: Mapping[str, Any] = NONE
    fields: Mapping[str, Any] = NONE
    depth: int = 0


def _talks(source: Source, line: int, value: Any, around: _Around) -> Iterator[Draft | Problem]:
    if not isinstance(value, dict):
        yield no_table(source, value, line)
        return
    title = convert.first(value, "title", "raw_title")
    if title is None:
        yield source.problem("has no title", line=line, name=convert.first(value, "id", "video_id"))
        return
    fields = _fields(value, title, around)
    whole = {"event_name": around.parent.get("event_name"), **value}
    event = _event(around.beside, whole, fields.get("date"))
    if event is None:
        template = "has no year, and neither does its event; add the date of the talk"
        yield source.problem(template, line=line, name=title)
        return
    yield source.draft(fields, event, line=line)
    within = value.get("talks")
    if around.depth < _DEEPEST:
        for one in within if isinstance(within, list) else []:
            yield from _talks(source, line, one, _Around(around.beside, whole, fields, around.depth + 1))


def _fields(value: Mapping[str, Any], title: str, around: _Around) -> dict[str, Any]:
    names = [name for name in convert.lines(value.get("speakers") or []) if name not in _NOBODY]
    kind = convert.line(value.get("kind")) or ""
    begins = title.casefold().partition(":")[0] if ":" in title else ""
    more = link_kinds.by_field(link_kinds.links(value.get("additional_resources")))
    return {
        "id": identifier(value.get("id")),
        "title": title,
        "kind": convert.kind(kind) or _KINDS.get(kind) or _BEGINNINGS.get(begins),
        "track": convert.line(value.get("track")),
        "speakers": convert.speakers(names),
        "summary": plain(value.get("description")),
        "slides": convert.link(value.get("slides_url")) or more.get("slides"),
        "video": _video(value, around),
        "language": convert.language(value.get("language")) or around.fields.get("language"),
        "date": convert.day(value.get("date")) or around.fields.get("date"),
        "minutes": _minutes(value),
    }


def _video(value: Mapping[str, Any], around: _Around) -> str | None:
    """Return the address of a video, by its provider and its id there."""
    provider, name = convert.line(value.get("video_provider")), convert.line(value.get("video_id")) or ""
    if provider == "youtube" and _YOUTUBE.fullmatch(name):
        return f"https://www.youtube.com/watch?v={name}"
    if provider == "vimeo" and _VIMEO.fullmatch(name):
        return f"https://vimeo.com/{name}"
    if provider == "mp4":
        return convert.link(name)
    if provider != "parent":
        return None
    whole: str | None = around.fields.get("video")
    start = convert.seconds(value.get("start_cue"))
    within = start and whole and "youtube.com/watch" in whole and "&t=" not in whole
    return f"{whole}&t={start}" if within else whole


def _minutes(value: Mapping[str, Any]) -> int | None:
    start, end = convert.seconds(value.get("start_cue")), convert.seconds(value.get("end_cue"))
    return None if start is None or end is None else convert.minutes_of_seconds(end - start)


def _event(beside: Mapping[str, Any], value: Mapping[str, Any], date: str | None) -> Mapping[str, Any] | None:
    """Return the event of a talk: {} when nothing names it, None when it has no year."""
    named = convert.line(value.get("event_name"))
    name = convert.line(beside.get("title")) or named
    if name is None:
        return NONE
    year = year_in(date)
    if beside.get("kind") != "meetup":
        year = year_in(beside.get("year"), beside.get("start_date")) or year
    event = edition(name, beside.get("slug"), year)
    more = {"location": convert.line(beside.get("location")), "url": convert.link(beside.get("website"))}
    return {**event, **dates(beside, "start_date", "end_date"), **more} if event else None


def _beside(source: Source) -> Generator[Problem, None, Mapping[str, Any]]:
    """Return what event.yml beside the file says, else the older playlists.yml; nothing of standard input.

    `slug` is the name of the folder: the id of an event is often that of a list of videos.
    """
    if source.path.name != "videos.yml" or not source.path.is_file():
        return NONE
    folder = source.path.absolute().parent
    for path in (folder / "event.yml", folder.parent / "playlists.yml"):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            values = [value for _, value in yaml_stream.values(source.beside(path, LARGEST_BESIDE))]
        except DataError as error:
            yield from error.problems
            continue
        for value in values:
            if isinstance(value, dict) and (len(values) == 1 or value.get("slug") == folder.name):
                return {**value, "slug": folder.name}
    return NONE


IMPORTER = Importer(read, recognises)
