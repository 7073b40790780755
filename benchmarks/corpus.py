"""Generates catalogues of any size that read like the shipped one to a search engine: same shape, words and growth.

The same size and seed give the same catalogue. Memory does not grow with the size.

Usage: python -m benchmarks.corpus SESSIONS FOLDER [SEED]
"""

import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import tomli

from benchmarks.words import (
    SHIPPED,
    Draw,
    content_words,
    invented,
    japanese_words,
    katakana,
    mixed,
    shipped,
    slots,
    tail_rank,
)

Record = dict[str, Any]

EVENT_SIZE = 120  # sessions
FILE_SIZE = 10_000  # sessions
YEARS = range(2012, 2027)
LATENCY = 0.1  # of all sessions speak of it, about as in the shipped catalogue
LATENCY_WORDS = ("latency", "latency", "latency", "low-latency", "latency-aware")
KINDS = Draw([("paper", 70), ("talk", 18), ("poster", 6), ("keynote", 2), ("tutorial", 2), ("panel", 2)])
UNITS = (
    "{} University",
    "University of {}",
    "{} Labs",
    "{} AI",
    "{} Technologies",
    "{} Systems",
    "{}",
    "{} Inc.",
)
UNIT_KINDS = ("university", "university", "lab", *["company"] * 5)
COMMON_JA = ("機械学習パイプライン", "深層学習", "推論の高速化", "分散学習基盤", "モデル監視", "GPUクラスタ")
JA_JOINTS = ("", "", "", "の", "と", "・")
JA_SENTENCES = (
    "{}を用いて{}の{}を改善する手法を示す。",
    "{}における{}の課題を整理し、{}による解決策を論じる。",
    "本番環境の{}に{}を導入した事例で、{}の運用経験を共有する。",
    "{}は{}と{}を組み合わせ、コストを抑えながら性能を高める。",
    "{}のための{}であり、{}を1つの基盤で扱う。",
)


def write(folder: Path, sessions: int, seed: int = 1) -> None:
    """Write a catalogue of so many sessions as TOML files into `folder`, in place of one that is there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    writer = Generator(sessions, seed)
    shutil.copy(SHIPPED / "themes.toml", folder)
    _write(folder / "organizations.toml", "organizations", writer.organization_records())
    _write(folder / "events.toml", "events", (writer.event(i) for i in range(writer.events)))
    records = writer.sessions()
    for number in range((sessions + FILE_SIZE - 1) // FILE_SIZE):
        _write(folder / f"sessions-{number:04}.toml", "sessions", islice(records, FILE_SIZE))


def sessions(n: int, seed: int = 1) -> Iterator[Record]:
    """Yield the sessions that `write` writes, as plain dicts."""
    yield from Generator(n, seed).sessions()


def copy_without_questions(data: Path, folder: Path) -> None:
    """Copy a folder of TOML files to `folder`, which does not exist yet, with no question in any session."""
    shutil.copytree(data, folder)
    for path in folder.glob("*.toml"):
        tables = tomli.loads(path.read_text("utf-8"))
        if "sessions" in tables:
            for session in tables["sessions"]:
                session.pop("questions", None)
                session.pop("questions_ja", None)
            records = (_record(name, record) for name, table in tables.items() for record in table)
            path.write_text("".join(records), "utf-8")


class Generator:
    """All that the sessions of one catalogue are drawn from."""

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.events = (size + EVENT_SIZE - 1) // EVENT_SIZE
        self.rng = Random(seed)
        real = shipped("sessions")
        texts = [text for record in real for text in (record["title"], record.get("summary", "")) if text]
        texts.extend(keyword for record in real for keyword in record.get("keywords", ()))
        words = [(w, c) for w, c in content_words(texts).items() if "latenc" not in w.lower()]
        self.words = Draw(words)
        self.titles = [slots(record["title"]) for record in real]
        self.sentences = [
            slots(s) for r in real for s in re.split(r"(?<=\.)\s+", r.get("summary", "")) if s.endswith(".")
        ]
        self.keywords = Draw(
            _by_rank(k for r in real for k in r.get("keywords", ()) if "latenc" not in k.lower())
        )
        self.keywords_ja = Draw(_by_rank((*COMMON_JA, *(k for r in real for k in r.get("keywords_ja", ())))))
        self.themes = Draw(_by_rank(theme["id"] for theme in shipped("themes")))
        self.words_ja = Draw(_japanese(real))
        names = [speaker["name"].split() for record in real for speaker in record.get("speakers", ())]
        self.first_names = sorted({" ".join(name[:-1]) for name in names if len(name) > 1})
        self.last_names = sorted({name[-1] for name in names})
        self.organizations: list[str] = [record["name"] for record in shipped("organizations")]
        self.organizations.extend(record["name"] for record in self._invented_organizations())

    def organization_records(self) -> Iterator[Record]:
        """Yield the shipped organizations and the invented ones."""
        yield from shipped("organizations")
        yield from self._invented_organizations()

    def _invented_organizations(self) -> Iterator[Record]:
        known = {
            spelling.lower()
            for o in shipped("organizations")
            for spelling in (o["name"], *o.get("aliases", ()))
        }
        for i in range(int(self.size**0.6)):
            form = mixed(i) % len(UNITS)
            name = UNITS[form].format(invented(3 * i + 1_000_000).capitalize())
            if name.lower().rstrip(".") not in known:
                known.add(name.lower().rstrip("."))
                yield {"name": name, "kind": UNIT_KINDS[form]}

    def event(self, number: int) -> Record:
        """Return an event; every series has one a year."""
        series, year = divmod(number, len(YEARS))
        name = "".join(part.capitalize() for part in (invented(9 * series + 5_000_000), "conf"))
        date = f"{YEARS[year]}-{1 + series % 12:02}-{1 + series % 28:02}"
        return {
            "id": f"{name.lower()}{series}-{YEARS[year] % 100}",
            "name": f"{name}{series} {YEARS[year]}",
            "series": f"{name}{series}",
            "year": YEARS[year],
            "start_date": date,
            "end_date": date,
            "url": f"https://{name.lower()}{series}.example.org/{YEARS[year]}",
            "coverage": "complete",
        }

    def sessions(self) -> Iterator[Record]:
        """Yield the sessions in the order of their events."""
        for number in range(self.size):
            if number % EVENT_SIZE == 0:
                event = self.event(number // EVENT_SIZE)
            yield self._session(number, event)

    def _session(self, number: int, event: Record) -> Record:
        rng = self.rng
        topics = self._topics()
        title = self._filled(rng.choice(self.titles), topics)
        speakers = [self._speaker() for _ in range(1 + int(rng.random() * rng.random() * 9))]
        link = f"{event['url']}/{number:x}"
        record: Record = {
            "id": f"{event['id']}-{re.sub('[^a-z0-9]+', '-', topics[0].lower()).strip('-')}-{number:x}",
            "event": event["id"],
            "title": title[0].upper() + title[1:],
            "kind": KINDS.many(rng, 1)[0],
            "speakers": speakers,
            "keywords": self._keywords(topics),
            "themes": list(dict.fromkeys(self.themes.many(rng, rng.randint(1, 3)))),
            "summary": self._summary(topics),
            "url": link,
        }
        if rng.random() < 0.1:
            record["organizations"] = [self._organization(rng.getrandbits(40))]
        if rng.random() < 0.25:
            record["keywords_ja"] = self._keywords_ja()
        if rng.random() < 0.12:
            record["summary_ja"] = self._summary_ja()
        if rng.random() < 0.3:
            record["slides"] = f"{link}/slides.pdf"
        if rng.random() < 0.6:
            record["paper"] = f"{link}/paper.pdf"
        return record

    def _topics(self) -> list[str]:
        """Return what a session speaks of, again and again: three words of the catalogue and one or two of the tail."""
        rng = self.rng
        topics = [self._tail_word(), *self.words.many(rng, 3)]
        if rng.random() < 0.5:
            topics.append(self._tail_word())
        if rng.random() < LATENCY:
            topics.append(rng.choice(LATENCY_WORDS))
        return topics

    def _tail_word(self) -> str:
        """Return a word of the tail: an invented one, a compound of two real ones or an acronym."""
        rank = tail_rank(self.rng, 2000)
        form = rank % 8
        bits = mixed(rank)
        if form == 6:
            return "".join(chr(65 + (bits >> 5 * i) % 26) for i in range(1, 4 + rank % 2))
        if form == 7:
            words = self.words.values
            return words[bits % len(words)].capitalize() + words[(bits >> 24) % len(words)].capitalize()
        return invented(rank)

    def _filled(self, template: str, topics: list[str]) -> str:
        """Return a template with its slots filled: a third by the topics, a tenth by the tail, else by real words."""
        rng = self.rng
        words = self.words.many(rng, template.count("%s"))
        for i in range(len(words)):
            chance = rng.random()
            if chance < 0.33:
                words[i] = topics[int(chance * 3 * len(topics))]
            elif chance > 0.9:
                words[i] = self._tail_word()
        return template % tuple(words)

    def _summary(self, topics: list[str]) -> str:
        """Return one or two sentences and all topics once more."""
        chosen = self.rng.sample(self.sentences, 1 if self.rng.random() < 0.5 else 2)
        filled = (self._filled(template, topics) for template in chosen)
        text = " ".join(sentence[0].upper() + sentence[1:] for sentence in filled)
        return f"{text} On {', '.join(topics[:-1])} and {topics[-1]}."

    def _keywords(self, topics: list[str]) -> list[str]:
        rng = self.rng
        found = self.keywords.many(rng, rng.randint(2, 4))
        found.append(f"{topics[0]} {topics[1]}")
        found.append(topics[-1])
        return list(dict.fromkeys(found))

    def _compound_ja(self) -> str:
        rng = self.rng
        first, second = self.words_ja.many(rng, 2)
        if rng.random() < 0.15:
            first = katakana(tail_rank(rng, 300))
        return first + rng.choice(JA_JOINTS) + second

    def _keywords_ja(self) -> list[str]:
        rng = self.rng
        found = self.keywords_ja.many(rng, 1) + self.words_ja.many(rng, 1)
        found.extend(self._compound_ja() for _ in range(rng.randint(1, 3)))
        return list(dict.fromkeys(found))

    def _summary_ja(self) -> str:
        sentences = self.rng.sample(JA_SENTENCES, 2)
        return "".join(
            s.format(self._compound_ja(), self._compound_ja(), self._compound_ja()) for s in sentences
        )

    def _speaker(self) -> Record:
        """Return a person, some of whom speak often, with the organization that is theirs."""
        person = tail_rank(self.rng, 20_000)
        bits = mixed(person)
        first = self.first_names[bits % len(self.first_names)]
        last = self.last_names[(bits >> 20) % len(self.last_names)]
        if bits >> 40 & 3 == 0:
            last = invented(person // 4).capitalize()
        speaker = {"name": f"{first} {last}"}
        if bits >> 42 & 7:
            speaker["organization"] = self._organization(bits)
        return speaker

    def _organization(self, bits: int) -> str:
        """Return an organization, the n-th with a chance that falls by n (Zipf)."""
        share = (bits >> 8 & 0xFFFFFF) / 0x1000000
        return self.organizations[int(len(self.organizations) ** share) - 1]


def _by_rank(values: Iterable[str]) -> list[tuple[str, float]]:
    """Return each value once, the n-th weighted by 1 / (n + 5)."""
    return [(value, 1 / (rank + 5)) for rank, value in enumerate(dict.fromkeys(values))]


def _japanese(real: list[Record]) -> list[tuple[str, float]]:
    """Return the Japanese words of the shipped catalogue with how often they are to come."""
    texts = [text for r in real for text in (*r.get("keywords_ja", ()), r.get("summary_ja", "")) if text]
    texts.extend(theme["label"]["ja"] for theme in shipped("themes"))
    counts = japanese_words(texts)
    for word in ("レイテンシ", "機械学習", "パイプライン"):
        counts[word] = max(counts[word], 12)
    return [(word, float(count)) for word, count in counts.items()]


def _write(path: Path, table: str, records: Iterator[Record]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_record(table, record) for record in records)


def _record(table: str, record: Record) -> str:
    fields = "".join(f"{name} = {_toml(value)}\n" for name, value in record.items())
    return f"[[{table}]]\n{fields}\n"


def _toml(value: Any) -> str:
    """Return a value as TOML writes it: JSON, but for tables."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), *map(int, sys.argv[3:4]))
