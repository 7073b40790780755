"""An index that is changed after its files is, to the score, the one that is made of them."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mltalks.dataset.files import files_of
from mltalks.dataset.toml.parser import record_text
from mltalks.errors import DataError
from mltalks.search.catalogue import Catalogue
from mltalks.search.catalogue_source import CatalogueSource
from mltalks.search.index.cache import Cache
from mltalks.search.index.packed_texts import unpacked
from mltalks.search.index.postings import numbers_of_row
from mltalks.search.index.reader import Index
from mltalks.search.index.stored_postings import StoredPostings
from mltalks.search.index_opener import IndexOpener
from mltalks.search.indexing.shipped import write_shipped_index

pytestmark = pytest.mark.excerpt

WORDS = [
    "latency",
    "serving",
    "Serving",
    "pipelines",
    "cache",
    "GPU",
    "gpus",
    "edge",
    "quantization",
    "テンソル",
    "テンソルフロー",
    "分散学習",
    "学習",
    "推論の高速化",
    "レイテンシ",
    "feature",
    "store",
    "tail",
    "model",
    "registry",
    "Zymurgy",
    "zymurgies",
    "kubernetes",
    "分散",
    "マルチテナント",
]
TAGS = ("survey", "Survey", "SURVEY", "read-later", "Read-Later")
PEOPLE = ("Ada Lovelace", "ada lovelace", "Serving Smith", "Grace Hopper")


class Files:
    """Own data in two files of a folder and one of a project, edited at random."""

    def __init__(self, folder: Path, shipped: list[str], random: Random) -> None:
        self.random = random
        self.shipped = shipped
        self.paths = [folder / "own" / "a.toml", folder / "own" / "sessions.toml", folder / "mltalks.toml"]
        self.paths[0].parent.mkdir()
        self.records: list[list[tuple[str, dict[str, Any]]]] = [[], [("events", self._event(0))], []]
        self.removed: list[tuple[int, int, tuple[str, dict[str, Any]]]] = []
        self.number = 0
        self.write()

    def write(self) -> None:
        for path, records in zip(self.paths, self.records, strict=True):
            path.write_text("# talks\n" + "\n".join(record_text(values, table) for table, values in records))

    def _event(self, n: int) -> dict[str, Any]:
        return {
            "id": f"meetup{n}",
            "name": f"{self.random.choice(WORDS)} Meetup {n}",
            "series": "Meetup",
            "year": 2020 + n,
        }

    def _text(self, most: int) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(1, most)))

    def _fields(self) -> dict[str, Any]:
        choices: dict[str, Any] = {
            "title": self._text(5),
            "keywords": [self._text(2), "Model Serving"],
            "keywords_ja": [self._text(1)],
            "tags": self.random.sample(TAGS, 2),
            "note": self._text(8),
            "summary": self._text(12),
            "questions": [self._text(6)],
            "speakers": [{"name": self.random.choice(PEOPLE), "organization": "Google"}],
            "organizations": [self.random.choice(("Microsoft Research", "Nowhere Inc", "google"))],
            "themes": [self.random.choice(("pipelines", "edge-cloud"))],
            "mark": "watched",
        }
        return {name: choices[name] for name in self.random.sample(sorted(choices), 3)}

    def edit(self) -> None:
        """Make one to three changes."""
        for _ in range(self.random.randint(1, 3)):
            self.random.choice(
                [
                    self._add,
                    self._add,
                    self._overlay,
                    self._change,
                    self._remove,
                    self._undo,
                    self._new_event,
                    self._decide,
                    self._change_of_a_project,
                    self._change_of_a_project,
                    self._talk_of_a_project,
                    self._event_of_a_project,
                ]
            )()
        self.write()

    def _some(self) -> int:
        return self.random.randrange(3)

    def _add(self) -> None:
        self.number += 1
        number = self._some()
        event = self.random.choice(("meetup0", "opml19", *(["meetup3"] if number < 2 else [])))
        session = {"id": f"s{self.number}", "event": event, "title": self._text(5), "kind": "talk"}
        self.records[number].append(("sessions", session | self._fields()))

    def _overlay(self) -> None:
        number, session = self._some(), self.random.choice(self.shipped)
        taken = {
            values.get("id")
            for some in (self.records[:2] if number < 2 else self.records[2:])
            for _, values in some
        }
        if session not in taken:
            self.records[number].append(("sessions", {"id": session, **self._fields()}))

    def _change(self) -> None:
        some = [values for records in self.records for table, values in records if table == "sessions"]
        if some:
            self.random.choice(some).update(self._fields())

    def _remove(self) -> None:
        places = [
            (file, at)
            for file, records in enumerate(self.records)
            for at, one in enumerate(records)
            if one[0] != "events"
        ]
        if places:
            file, at = self.random.choice(places)
            self.removed.append((file, at, self.records[file].pop(at)))

    def _undo(self) -> None:
        if self.removed:
            file, at, one = self.removed.pop()
            if one[0] != "sessions" or all(
                one[1]["id"] != values.get("id") for _, values in self.records[file]
            ):
                self.records[file].insert(at, one)

    def _new_event(self) -> None:
        self.records[1][0] = ("events", self._event(0) | {"name": f"{self.random.choice(WORDS)} Meetup 0"})

    def _change_of_a_project(self) -> None:
        number = self.random.randrange(4)
        table, values = self.random.choice(
            (
                ("sessions", {"id": f"p{number}", **self._fields()}),
                ("events", {"id": "meetup3", "location": self._text(2)}),
            )
        )
        mine = self.records[0] + self.records[1]
        if all((one, known["id"]) != (table, values["id"]) for one, known in mine if one != "decisions"):
            self.records[number % 2].append((table, values))

    def _talk_of_a_project(self) -> None:
        talk = {"id": f"p{self.random.randrange(4)}", "event": "opml19", "title": "A talk", "kind": "talk"}
        self._in_or_out("sessions", talk)

    def _event_of_a_project(self) -> None:
        self._in_or_out("events", self._event(3))

    def _in_or_out(self, table: str, values: dict[str, Any]) -> None:
        """Take a record out of the file of the project, or put it in if it is not there."""
        others = [one for one in self.records[2] if (one[0], one[1].get("id")) != (table, values["id"])]
        self.records[2] = others if len(others) < len(self.records[2]) else [*others, (table, values)]

    def _decide(self) -> None:
        decision = {
            "session": self.random.choice(self.shipped),
            "theme": self.random.choice(("pipelines", "edge-cloud", "automl")),
            "verdict": self.random.choice(("accept", "reject")),
            "date": "2026-01-01",
        }
        self.records[0].append(("decisions", decision))


def content(db: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield all that an index holds, with ids for the numbers of sessions."""
    ids = dict(db.execute("SELECT doc, id FROM sessions"))
    names = [
        "events",
        "themes",
        "organizations",
        "members",
        "committee_tallies",
        "track_tallies",
        "decisions",
        "keywords",
        "theme_labels",
        "unloaded",
    ]
    for name, value in db.execute("SELECT * FROM meta ORDER BY name"):
        if name in names:
            yield "meta", name, value
    for doc, _, key, day, texts in db.execute("SELECT * FROM sessions JOIN texts USING (doc) ORDER BY id"):
        vector, themes = db.execute("SELECT vector, themes FROM likeness WHERE doc = ?", (doc,)).fetchone()
        yield "session", ids[doc], key, day, unpacked(texts), vector, themes
    yield "order", [ids[doc] for doc in Index(db).ordered(Index(db).everything)]
    for word, best, weights, rest, steps, asked, *others in db.execute(
        "SELECT word, best, weights, rest, steps, asked, found_in, stem, sound, subject, subjects, names FROM words ORDER BY word"
    ):
        packed = StoredPostings.from_row(best, weights, rest, steps).all()
        have = {ids[one & 0xFFFFFF]: one >> 24 for one in packed}
        yield (
            "word",
            word,
            dict(sorted(have.items())),
            sorted(ids[doc] for doc in numbers_of_row(asked)),
            *others,
        )
    for facet, key, value, found_in, docs in db.execute("SELECT * FROM facets ORDER BY facet, key"):
        yield "facet", facet, key, value, found_in, sorted(ids[doc] for doc in numbers_of_row(docs))
    for table in ("names", "vocabulary", "labels", "others", "hints", "long_names"):
        for row in db.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
            if row[1]:
                yield table, *row


@pytest.fixture
def shipped(tmp_path: Path, excerpt: Path) -> Path:
    """A folder of data with a small thesaurus and terms of a part of the themes: they take most of the time of a new index."""
    folder = tmp_path / "shipped"
    shutil.copytree(excerpt, folder)
    head, *terms = (folder / "terms.toml").read_text().split("\n[[terms]]")
    kept = [one for one in terms if any(f'"{word}' in one for word in WORDS)]
    (folder / "terms.toml").write_text("\n[[terms]]".join([head, *kept]))
    head, *themes = (folder / "themes.toml").read_text().split("\n[[themes]]")
    some = [
        one if number % 4 == 0 else one.partition("[themes.terms]")[0] for number, one in enumerate(themes)
    ]
    (folder / "themes.toml").write_text("\n[[themes]]".join([head, *some]))
    return folder


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3))])
def test_after_random_edits_the_index_is_that_of_the_files(tmp_path: Path, shipped: Path, seed: int) -> None:
    lines = (shipped / "sessions.toml").read_text().split("\n")
    files = Files(tmp_path, [one.split('"')[1] for one in lines if one.startswith("id = ")], Random(seed))
    paths = [shipped, tmp_path / "own", tmp_path / "mltalks.toml"]
    cache = Cache(tmp_path / "cache", "1", paths)
    opener = IndexOpener("1", paths, [files_of(path) for path in paths], None, cache, nullcontext, own=1)
    opener.opened()[0].close()
    made, left_out = cache.file, 0
    for _ in range(20):
        files.edit()
        changed, was_cached = opener.opened()
        assert was_cached
        assert cache.file == made
        scratch = opener.in_memory()
        pairs = zip(content(changed), content(scratch), strict=True)
        assert next((pair for pair in pairs if pair[0] != pair[1]), None) is None
        left_out += len(Catalogue(Index(changed)).unloaded)
        changed.close()
        scratch.close()
    assert left_out


def test_the_shipped_index_is_read_where_it_is_until_other_data_are_added(
    tmp_path: Path, shipped: Path
) -> None:
    file = write_shipped_index(shipped, "1")
    before = file.read_bytes()
    own = tmp_path / "own.toml"
    cache = tmp_path / "cache"

    def opened(*more: Path) -> tuple[int, bool]:
        with CatalogueSource("1", [shipped, *more], cache) as source:
            return len(source.catalogue), source.from_cache

    shipped_alone = opened()[0]
    assert opened() == (shipped_alone, True)
    assert list(cache.glob("*.sqlite")) == []
    own.write_text(TALKS.replace("meetup1", "opml19"))
    assert opened(own) == (shipped_alone + 3, False)
    assert opened(own) == (shipped_alone + 3, True)
    assert file.read_bytes() == before

    sessions = shipped / "sessions.toml"
    sessions.write_text(sessions.read_text() + TALK.format("x").replace("meetup1", "opml19"))
    assert opened() == (shipped_alone + 1, False)


EVENT = "[[events]]\nid = 'meetup{0}'\nname = 'Meetup {0}'\nseries = 'Meetup'\nyear = 2020\n"
TALK = "[[sessions]]\nid = '{0}'\nevent = 'meetup1'\ntitle = 'Talk {0} about latency'\nkind = 'talk'\n"
DECISION = "[[decisions]]\nsession = 'b'\ntheme = '{0}'\nverdict = '{1}'\ndate = 2026-01-01\n"
EVENTS = EVENT.format(1) + EVENT.format(2)
TALKS = "".join(map(TALK.format, "abc"))
ACCEPTED, REJECTED = DECISION.format("pipelines", "accept"), DECISION.format("pipelines", "reject")
OWN = EVENTS + TALKS + ACCEPTED
# What a person may do to a file: it is each of these texts in turn.
BY_HAND = {
    "a record copied": [OWN + TALK.format("a"), OWN],
    "an id twice": [OWN + TALK.format("a").replace("latency", "drift"), OWN],
    "a decision copied": [OWN + ACCEPTED, OWN],
    "decisions in another order": [OWN + REJECTED, EVENTS + TALKS + REJECTED + ACCEPTED],
    "a decision about a theme that is gone": [OWN + DECISION.format("nosuch", "accept"), OWN],
    "a decision about a session that is gone": [OWN.replace(TALK.format("b"), ""), OWN],
    "events in another order": [EVENT.format(2) + EVENT.format(1) + TALKS + ACCEPTED],
    "records in another order": [EVENTS + "".join(map(TALK.format, "cab")) + ACCEPTED, OWN],
    "ids that differ in case": [OWN + TALK.format("x") + TALK.format("X"), OWN + TALK.format("A"), OWN],
    "an id in another case": [OWN.replace("id = 'a'", "id = 'A'"), OWN],
    "a header in a text": [OWN + f"note = '''\n{TALK.format('x')}'''\n", OWN + TALK.format("x"), OWN],
    "a text that ends": [OWN.replace("id = 'c'", 'id = "c"\nnote = """\n[[sessions]]\n"""'), OWN],
    "records in a line": [
        "sessions = [{id = 'a', event = 'opml19', title = 'Latency', kind = 'talk'}]\n",
        EVENTS + "[[sessions]]\nid = 'a'\nevent = 'opml19'\ntitle = 'Drift'\nkind = 'talk'\n",
    ],
    "tables within a record": [
        OWN + TALK.format("x") + "[[sessions.speakers]]\nname = 'Ada Lovelace'\n" + TALK.format("y"),
        OWN + TALK.format("x") + "[[sessions.speakers]]\nname = 'Grace Hopper'\n" + TALK.format("y"),
    ],
    "a header with spaces": [OWN.replace("[[sessions]]", " [[ sessions ]]"), OWN],
    "ends of lines": [OWN.replace("\n", "\r\n"), OWN.replace("\n", "\r\n").replace("latency", "drift"), OWN],
    "a byte order mark": ["\ufeff" + OWN, "\ufeff" + OWN.replace("latency", "drift")],
    "no TOML": [OWN + "[[sessions]\n", OWN],
    "a value that is not valid": [OWN.replace("'talk'", "'song'"), OWN],
    "a field too few": [OWN.replace("kind = 'talk'\n", "", 1), OWN],
    "an unknown field": [OWN.replace("kind", "colour = 'red'\nkind", 1), OWN],
    "an unknown table": [OWN + "[[songs]]\nid = 'x'\n", OWN],
    "an event gone": [OWN.replace(EVENT.format(1), ""), OWN],
    "an event twice": [OWN + EVENT.format(1), OWN],
    "an organization": [OWN + "[[organizations]]\nname = 'Umbra'\nkind = 'company'\naliases = ['Umbra Labs']\n", OWN],
    "nothing": ["", OWN],
}  # fmt: skip


TINY = """
[[events]]
id = "opml19"
name = "OpML '19"
series = "OpML"
year = 2019
[[themes]]
id = "pipelines"
label = {en = "Pipelines", ja = "パイプライン"}
terms = {strong = ["pipeline"]}
[[organizations]]
name = "Google"
kind = "company"
[[sessions]]
id = "opml19-one"
event = "opml19"
title = "A pipeline"
kind = "talk"
"""


def outcome(database: Callable[[], sqlite3.Connection]) -> list[Any]:
    """Return what an index holds, or why it cannot be made."""
    try:
        with closing(database()) as db:
            return list(content(db))
    except DataError as error:
        return [error.text()]


@pytest.mark.parametrize("texts", BY_HAND.values(), ids=BY_HAND)
def test_after_an_edit_by_hand_the_index_is_that_of_the_files(tmp_path: Path, texts: list[str]) -> None:
    paths = [tmp_path / "tiny.toml", tmp_path / "own.toml"]
    tiny, own = paths
    tiny.write_text(TINY)
    cache = Cache(tmp_path / "cache", "1", paths)
    opener = IndexOpener("1", paths, [(tiny,), (own,)], None, cache, nullcontext)
    for text in (OWN, *texts):
        own.write_text(text, newline="")
        changed, scratch = outcome(lambda: opener.opened()[0]), outcome(opener.in_memory)
        pairs = zip(changed, scratch, strict=False)
        assert next((pair for pair in pairs if pair[0] != pair[1]), None) is None
        assert len(changed) == len(scratch)


def test_the_last_talk_can_be_removed_however_many_there_are(tmp_path: Path) -> None:
    tiny = tmp_path / "tiny.toml"
    cache = Cache(tmp_path / "cache", "1", [tiny])
    opener = IndexOpener("1", [tiny], [(tiny,)], None, cache, nullcontext)
    for talks in range(17, 7, -1):
        tiny.write_text(TINY + EVENTS + "".join(map(TALK.format, range(talks))))
        assert outcome(lambda: opener.opened()[0]) == outcome(opener.in_memory)


def in_the_same_second(file: Path) -> None:
    """Change a file to a text of the same size, and set the time of its change back."""
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    file.write_text(file.read_text().replace("latency", "serving"))
    os.utime(file, ns=times)


# What a person may do to the files of a folder.
TO_FILES: dict[str, Callable[[Path], object]] = {
    "removed": lambda own: (own / "b.toml").unlink(),
    "renamed": lambda own: (own / "b.toml").rename(own / "a.toml"),
    "added": lambda own: (own / "a.toml").write_text(TALK.format("x")),
    "added empty": lambda own: (own / "a.toml").write_text(""),
    "the same text": lambda own: (own / "b.toml").write_text(OWN),
    "the same second": lambda own: in_the_same_second(own / "b.toml"),
    "a link": lambda own: (own / "b.toml").symlink_to((own / "b.toml").rename(own.with_name("elsewhere"))),
    "a broken link": lambda own: (own / "x.toml").symlink_to("nowhere"),
    "a folder": lambda own: (own / "x.toml").mkdir(),
    "bytes": lambda own: (own / "b.toml").write_bytes(b"\xff\xfe[[sessions]]"),
    "moved to another file": lambda own: (
        (own / "b.toml").write_text(EVENTS),
        (own / "c.toml").write_text(TALKS),
    ),
    "a copy of the file": lambda own: shutil.copy(own / "b.toml", own / "c.toml"),
}


@pytest.mark.parametrize("change", TO_FILES.values(), ids=TO_FILES)
def test_after_a_change_of_files_the_index_is_that_of_the_files(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    paths = [tmp_path / "tiny.toml", tmp_path / "own"]
    tiny, own = paths
    tiny.write_text(TINY)
    own.mkdir()
    (own / "d.toml").write_text("# nothing\n")
    (own / "b.toml").write_text(OWN)

    def opener() -> IndexOpener:
        cache = Cache(tmp_path / "cache", "1", paths)
        return IndexOpener("1", paths, [(tiny,), files_of(own)], None, cache, nullcontext)

    opener().opened()[0].close()
    change(own)
    assert outcome(lambda: opener().opened()[0]) == outcome(opener().in_memory)
    for file in own.glob("[a-cx].toml"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    (own / "b.toml").write_text(OWN)
    assert outcome(lambda: opener().opened()[0]) == outcome(opener().in_memory)
