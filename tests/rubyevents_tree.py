"""Creates a tree in the layout of RubyEvents with any number of events, reproducibly, with a known number of doubles and empty lists."""

import json
import random
from pathlib import Path
from typing import Any, NamedTuple

from tests.pyvideo_tree import FAMILIES, NAMES, WORDS

LANGUAGES = {
    "English": "en",
    "Turkish": "tr",
    "Greek": "el",
    "Finnish": "fi",
    "Romanian": "ro",
    "Bulgarian": "bg",
    "Japanese": "ja",
    "": None,
}
TALKS_OF_AN_EVENT = 8


class Tree(NamedTuple):
    """The counts of a tree: talks, those that are in it twice, files without one, and the languages and ids of events."""

    talks: int
    doubles: int
    empty: int
    languages: set[str | None]
    events: set[str]


def make(root: Path, events: int) -> Tree:
    """Write a tree of so many events; every third file is empty, and every fifth has a talk of another event."""
    numbers = random.Random(events)
    talks = doubles = empty = 0
    languages: set[str | None] = set()
    ids: set[str] = set()
    for event in range(events):
        year = 2015 + event % 12
        name = f"sample-fair-{event}-{year}"
        folder = root / f"series-{event % 7}" / name
        folder.mkdir(parents=True)
        info = {
            "id": f"PL{event}",
            "title": f"Sample Fair {event} {year}",
            "kind": "conference",
            "start_date": f"{year}-05-06",
        }
        (folder / "event.yml").write_text(json.dumps(info), encoding="utf-8")
        if event % 3 == 2:
            empty += 1
            (folder / "videos.yml").write_text(
                numbers.choice(["[]\n", "# TODO: Add talks\n---\n[]\n", ""]), encoding="utf-8"
            )
            continue
        found = [_talk(numbers, event, number, year) for number in range(TALKS_OF_AN_EVENT)]
        ids.add(name)
        if event % 5 == 0:
            found[-1]["event_name"] = f"Visit {event} {year}"
            ids.add(f"visit-{event}-{year}")
        if event % 4 == 0:
            found.append({**found[1], "id": f"again-{event}"})
            doubles += 1
        talks += len(found)
        languages |= {LANGUAGES[one.get("language", "")] for one in found}
        text = "---\n" + "".join(f"- {_fields(one)}\n" for one in found)
        (folder / "videos.yml").write_text(text, encoding="utf-8")
    return Tree(talks, doubles, empty, languages, ids)


def _fields(talk: dict[str, Any]) -> str:
    return "\n  ".join(f"{key}: {json.dumps(value)}" for key, value in talk.items())


def _talk(numbers: random.Random, event: int, number: int, year: int) -> dict[str, Any]:
    language = numbers.choice(list(LANGUAGES))
    title = (
        "Keynote" if number in (0, 4) else f"{' and '.join(numbers.sample(WORDS, 3))} {number}".capitalize()
    )
    talk: dict[str, Any] = {
        "id": f"talk-{event}-{number}",
        "title": title,
        "description": " ".join(numbers.choices(WORDS, k=900 if number == 0 else 20)),
        "event_name": f"Sample Fair {event} {year}",
        "date": f"{year}-05-{6 + number // 4:02}",
        "speakers": [f"{numbers.choice(NAMES)} {FAMILIES[number]}"],
        "video_provider": "youtube",
        "video_id": f"{event:04}x{number:06}",
    }
    return talk | ({"language": language} if language else {})
