"""Creates a tree in the layout of pyvideo with any number of talks, reproducibly, with a known number of invalid files."""

import json
import random
import sys
from pathlib import Path
from typing import Any, NamedTuple

WORDS = (
    "serving", "training", "latency", "features", "pipelines", "drift", "GPUs", "streaming", "notebooks", "testing", "packaging",
    "profiling", "models", "monitoring", "async", "types", "parsing", "graphs", "tables", "arrays", "search", "ranking", "labels",
)  # fmt: skip
NAMES = ("Ann", "Bob", "Cy", "Dee", "Eve", "Finn", "Gus", "Hana", "Ivo", "Jun")
FAMILIES = (
    "Example",
    "Sample",
    "Specimen",
    "Muster",
    "Dupont",
    "Rossi",
    "Yamada",
    "Novák",
    "Kowalska",
    "García",
)
LANGUAGES = {
    "eng": "en", "English": "en", "en": "en", "jpn": "ja", "deu": "de", "spa": "es", "Turkish": "tr", "fra": "fr", "Greek": "el", "ita": "it",
}  # fmt: skip
TITLES_JA = ("機械学習の基盤", "推論の高速化", "特徴量の管理", "データの検証")
TALKS_OF_AN_EVENT = 50


class Tree(NamedTuple):
    """The counts of a tree: files named like talks, some of them invalid, each in one way."""

    talks: int
    invalid: int
    untitled: int
    nul: int
    undated: int
    duplicates: int
    keynotes: int
    languages: list[str]
    events: int

    @property
    def refused(self) -> int:
        """The number of files that cannot be imported."""
        return self.invalid + self.untitled + self.nul + self.undated


def make(root: Path, talks: int) -> Tree:
    """Write a tree of so many talks, fifty an event, every tenth event a series of meetings without a year."""
    numbers = random.Random(talks)
    count = {name: 0 for name in Tree._fields if name != "languages"}
    languages: set[str] = set()
    last: dict[str, Any] = {}
    for number in range(talks):
        event, within = divmod(number, TALKS_OF_AN_EVENT)
        meetings = event % 10 == 9
        year = 2009 + event % 15
        if within == 0:
            count["events"] += 1
            folder = root / _event(root, event, meetings, year) / "videos"
        record = _record(numbers, number, year)
        if within in (0, 30):
            record |= {"title": "Keynote", "speakers": [f"{NAMES[event % 10]} {FAMILIES[within % 7]}"]}
            count["keynotes"] += 1
        languages.add(LANGUAGES[record["language"]])
        match number % 500:
            case 11:
                count["invalid"] += 1
                text = json.dumps(record)[:-30]
            case 22:
                count["untitled"] += 1
                text = json.dumps({**record, "title": ""})
            case 33:
                count["nul"] += 1
                text = json.dumps(record).replace("e", "\0", 1)
            case 44 if within:
                count["duplicates"] += 1
                text = json.dumps(last)
            case 455 if meetings:
                count["undated"] += 1
                text = json.dumps({**record, "recorded": None})
            case _:
                text = json.dumps(record, indent=2, sort_keys=True)
        (folder / f"talk-{number:06}.json").write_text(text, encoding="utf-8")
        last = record
    return Tree(**{**count, "talks": talks}, languages=sorted(languages))


def _event(root: Path, event: int, meetings: bool, year: int) -> str:
    title = f"Example Meetings {event}" if meetings else f"Example Days {event} {year}"
    name = title.lower().replace(" ", "-")
    (root / name / "videos").mkdir(parents=True)
    if event % 7:
        (root / name / "category.json").write_text(json.dumps({"title": title}), encoding="utf-8")
    return name


def _record(numbers: random.Random, number: int, year: int) -> dict[str, Any]:
    words = numbers.sample(WORDS, 4)
    language = numbers.choice(list(LANGUAGES))
    title = (
        f"{numbers.choice(TITLES_JA)} {number}"
        if language == "jpn"
        else f"{' and '.join(words[:3])} {number}"
    )
    described = " ".join(numbers.choices(WORDS, k=120))
    return {
        "copyright_text": "CC BY",
        "description": f"{described}\n\n* {words[3]}: `code`, **now**",
        "duration": numbers.randint(300, 5400),
        "language": language,
        "recorded": f"{year}-{numbers.randint(1, 12):02}-{numbers.randint(1, 28):02}",
        "related_urls": [{"label": "slides", "url": f"https://example.org/slides/{number}"}]
        if number % 3
        else [],
        "speakers": [f"{numbers.choice(NAMES)} {numbers.choice(FAMILIES)}" for _ in range(1 + number % 2)],
        "tags": words[:2],
        "thumbnail_url": f"https://example.org/{number}.jpg",
        "title": title.capitalize(),
        "videos": [{"type": "youtube", "url": f"https://www.youtube.com/watch?v={number:011}"}],
    }


if __name__ == "__main__":
    sys.stdout.write(f"{make(Path(sys.argv[1]), int(sys.argv[2]))}\n")
