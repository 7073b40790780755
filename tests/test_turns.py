"""Searches while data are edited, processes are killed, or the cache cannot be written: right at once, or a plain message."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result, Started, environment

pytestmark = pytest.mark.slow


class Person:
    """Someone with own data and a cache, who runs each command in a process of its own."""

    def __init__(self, home: Path, excerpt: Path, server: "subprocess.Popen[str]") -> None:
        self.server, self.excerpt = server, excerpt
        self.cache, self.data = home / "cache", home / "data"
        more = {"MLTALKS_CACHE": str(self.cache), "MLTALKS_DATA": str(self.data), "PYTHONPATH": str(ROOT)}
        self.env = environment(home, more, measured=False)
        self.data.mkdir()
        self.command = [sys.executable, "-m", "tests.excerpted", str(excerpt)]
        self.states = [self.right()]
        self.wrong: list[object] = []

    def run(
        self, arguments: Sequence[str], before: Sequence[str] = (), kill_after: float | None = None
    ) -> str:
        """Run a command, after some words of a shell, and return its output; note a wrong end of it."""
        if before:
            process = subprocess.run(
                [*before, *self.command, *arguments],
                env=self.env,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            done = Result(process.returncode, process.stdout, process.stderr)
        else:
            done = Started(self.server, arguments, self.env, self.excerpt).wait(kill_after)
        if done.code not in (0, 1, -signal.SIGKILL) or done.err.count("\n") > 1:
            self.wrong.append((arguments, done.code, done.err))
        return done.out

    def search(self, before: Sequence[str] = ()) -> None:
        """Search for the own talks; note an answer that is not right for any moment of the search."""
        first = len(self.states) - 1
        out = self.run(["search", "zymurgy", "--json", "--exact", "-q", "-n", "0"], before)
        found = {(one["id"], *one["tags"], one["note"]) for one in json.loads(out or "[]")}
        right = [*self.states[first:], self.right()]
        if found not in right:
            self.wrong.append((found, right))

    def edit(
        self, arguments: Sequence[str], before: Sequence[str] = (), kill_after: float | None = None
    ) -> None:
        self.run([*arguments, "-q"], before, kill_after)
        self.states.append(self.right())

    def right(self) -> set[tuple[str | None, ...]]:
        """Return what a search must find, from the own data."""
        file = self.data / "sessions.toml"
        talks: Sequence[Mapping[str, str]] = ()
        if file.exists():
            talks = tomllib.loads(file.read_text())["sessions"]
        return {
            (one["id"], *one.get("tags", ()), one.get("note"))
            for one in talks
            if "zymurgy" in json.dumps(one).lower()
        }


@pytest.fixture
def person(tmp_path: Path, excerpt: Path, server: "subprocess.Popen[str]") -> Person:
    return Person(tmp_path, excerpt, server)


def edit(chance: random.Random) -> Sequence[str]:
    number = chance.randrange(1000)
    add = ["add", f"Zymurgy {number}", "--event", "opml19"]
    note, tag = ["note", "opml19-katib", f"zymurgy {number}"], ["tag", "opml19-katib", f"t{number}"]
    return chance.choice([add, add, note, tag, ["alias", f"Zymurgy Company {number}", "Google"], ["undo"]])


def test_two_hundred_searches_during_edits_and_kills_are_each_right(person: Person) -> None:
    """One process after the other edits, every fifth one is killed; three others search, and of these, 15 are killed, too."""
    chance = random.Random(5)

    def edits() -> None:
        for number in range(50):
            person.edit(edit(chance), kill_after=None if number % 5 else chance.uniform(0, 0.08))

    def searches() -> None:
        for number in range(67):
            if number % 13 == 12:
                person.run(["search", "zymurgy"], kill_after=chance.uniform(0, 0.04))
            person.search()

    threads = [threading.Thread(target=work) for work in (edits, searches, searches, searches)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    person.search()
    assert not person.wrong
    assert len(person.states) == 51
    old = time.time() - 7200  # what the killed ones left goes with the next new index
    for file in person.cache.iterdir():
        os.utime(file, (old, old))
    person.edit(["alias", "Zymurgy Company", "Google"])
    kinds = sorted({file.suffix for file in person.cache.iterdir()})
    assert kinds == ["", ".sqlite"]
    names = {pointer.read_text() for pointer in person.cache.glob("index-????????")}
    assert {file.name for file in person.cache.glob("*.sqlite")} == {
        name for name in names if name.endswith(".sqlite")
    }


@pytest.mark.parametrize("blocks", [150, 400])
def test_on_a_full_disk_a_change_is_written_and_searched(person: Person, blocks: int) -> None:
    """A limit on the size of files simulates the full disk: both stop a write in the middle."""
    full = ["bash", "-c", 'ulimit -f "$0"; exec "$@"', str(blocks)]
    for before in ((), full, full, ()):
        person.edit(["add", "Zymurgy", "--event", "opml19"], before)
        person.search(before)
        person.search()
    assert not person.wrong
    assert len(person.right()) == 4


@contextmanager
def only_read(*paths: Path) -> Iterator[None]:
    """Let nobody write files and folders, not even root."""
    if os.geteuid():
        for path in paths:
            path.chmod(0o555)
    elif subprocess.run(["chattr", "+i", *paths], capture_output=True, check=False).returncode:
        pytest.skip("root can write everything here")
    try:
        yield
    finally:
        if os.geteuid():
            for path in paths:
                path.chmod(0o755)
        else:
            subprocess.run(["chattr", "-i", *paths], check=True)


@pytest.mark.parametrize("what", ["the folder", "the files", "both", "both with a log"])
def test_a_cache_that_is_only_read_is_used_or_left(person: Person, what: str) -> None:
    person.edit(["add", "Zymurgy", "--event", "opml19"])
    person.search()
    if what == "both with a log":
        leave_a_log(person)
    paths = [] if what == "the files" else [person.cache]
    with only_read(*paths, *(person.cache.iterdir() if what != "the folder" else [])):
        for number in range(2):
            person.search()
            person.edit(["add", f"Zymurgy {number}", "--event", "opml19"])
        person.search()
    person.search()
    assert not person.wrong


def newest(person: Person, pattern: str) -> Path:
    """Return the file of the index of today: that of the data before the first change may be there, too."""
    return max(person.cache.glob(pattern), key=lambda path: path.stat().st_mtime_ns)


def leave_a_log(person: Person) -> None:
    """Change the index while a process has it open, and kill that: the change is in the log of the database alone."""
    code = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('BEGIN')\n"
        "print(db.execute('SELECT * FROM meta').fetchone(), flush=True)\n"
        "sys.stdin.read()\n"
    )
    database = newest(person, "*.sqlite")
    with subprocess.Popen(
        [sys.executable, "-c", code, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        person.edit(["add", "Zymurgy in the log", "--event", "opml19"])
        process.kill()
    assert database.with_name(f"{database.name}-wal").stat().st_size


@pytest.mark.parametrize("damage", ["random", "half", "empty", "folder", "gone"])
@pytest.mark.parametrize("part", ["index-????????", "*.sqlite", "*.sqlite-wal", "*.sqlite-shm"])
def test_whatever_is_in_the_cache_the_answer_is_right(person: Person, part: str, damage: str) -> None:
    person.edit(["add", "Zymurgy", "--event", "opml19"])
    leave_a_log(person)
    file = newest(person, part)
    content = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
        (file / "file").touch()
    elif damage != "gone":
        changed = {"random": random.Random(1).randbytes(len(content)), "half": content[: len(content) // 2]}
        file.write_bytes(changed.get(damage, b""))
    person.search()
    person.edit(["add", "Zymurgy again", "--event", "opml19"])
    person.search()
    assert not person.wrong
    assert person.run(["index", "--clear"]) == ""
    assert list(person.cache.iterdir()) == []


def test_damage_within_the_index_is_found_by_reading_it(person: Person) -> None:
    """Each time, another page of the database is overwritten but for its beginning."""
    person.edit(["add", "Zymurgy", "--event", "opml19"])
    file = newest(person, "*.sqlite")
    pointer = newest(person, "index-????????")
    name, content, chance = pointer.read_text(), file.read_bytes(), random.Random(3)
    for page in chance.sample(range(len(content) // 8192), 20):
        for one in person.cache.iterdir():
            one.unlink()
        pointer.write_text(name)
        start, end = page * 8192 + 100 * (page % 2), (page + 1) * 8192
        file.write_bytes(content[:start] + chance.randbytes(end - start) + content[end:])
        person.search()
        assert person.run(["search", "katib kubernetes", "-o", "ids"]) == "opml19-katib\n"
    assert not person.wrong
