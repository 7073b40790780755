"""The compiled index: used if up to date, never wrong, never required."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

import mltalks
from tests.conftest import COMMAND, ROOT, Run, Started, environment

pytestmark = pytest.mark.excerpt

RIGHT = ["opml19-katib"]


@pytest.fixture
def cache(tmp_path: Path) -> dict[str, str]:
    """An environment with a cache for this test."""
    return {"MLTALKS_CACHE": str(tmp_path / "cache")}


def index_file(cache: dict[str, str]) -> Path:
    (file,) = Path(cache["MLTALKS_CACHE"]).glob("index-*.sqlite")
    return file


def katib(mltalks: Run, cache: dict[str, str]) -> list[str]:
    result = mltalks("search", "katib", "-o", "ids", env=cache)
    assert "Traceback" not in result.err
    return result.out.split()


def test_a_first_search_answers_and_leaves_an_index_that_the_next_uses(
    mltalks: Run, cache: dict[str, str], tmp_path: Path
) -> None:
    cache["MLTALKS_DATA"] = str(tmp_path / "own.toml")
    Path(cache["MLTALKS_DATA"]).write_text(
        "[[sessions]]\nid = 'mine'\nevent = 'opml19'\ntitle = 'Zymurgy'\nkind = 'talk'\n"
    )
    assert katib(mltalks, cache) == RIGHT
    file = index_file(cache)
    before = file.stat().st_mtime_ns
    assert katib(mltalks, cache) == RIGHT
    assert file.stat().st_mtime_ns == before


@pytest.mark.slow
def test_a_cached_index_gives_the_same_results(tmp_path: Path) -> None:
    read = mltalks.open()
    compiled = mltalks.open(cache=tmp_path)
    compiled.compile()
    again = mltalks.open(cache=tmp_path)
    for query in (
        "latency",
        "レイテンシ",
        "latencey",
        "company:google -kind:panel",
        "feature store OR kafka",
    ):
        assert [(h.session, h.score, h.matched) for h in again.search(query, 20).hits] == [
            (h.session, h.score, h.matched) for h in read.search(query, 20).hits
        ]
        assert again.facet("company", query) == read.facet("company", query)
        assert again.themes(query) == read.themes(query)
    assert again.from_cache
    assert not read.from_cache


def test_an_index_is_stale_when_a_file_changes(mltalks: Run, cache: dict[str, str], tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    talk = "[[sessions]]\nid='mine'\nevent='opml19'\ntitle='Zymurgy {n}'\nkind='talk'\n"
    for n in ("one", "two"):
        own.write_text(talk.replace("{n}", n))
        result = mltalks("search", "zymurgy", "--json", "--data", str(own), env=cache)
        assert [hit["title"] for hit in json.loads(result.out)] == [f"Zymurgy {n}"]
    own.unlink()
    assert mltalks("search", "zymurgy", "--data", str(own), env=cache).code == 3


def test_an_index_of_an_older_version_is_compiled_again(mltalks: Run, cache: dict[str, str]) -> None:
    mltalks("index", env=cache)
    with sqlite3.connect(index_file(cache)) as db:
        db.execute("UPDATE meta SET value = 'older' WHERE name IN ('basis', 'fingerprint')")
        db.execute("DELETE FROM words")
    db.close()
    assert katib(mltalks, cache) == RIGHT
    assert mltalks("list", "company:cisco", "event:opml19", "-o", "ids", env=cache).out.split() == RIGHT


def test_two_versions_side_by_side_have_an_index_each(
    tmp_path: Path, excerpt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mltalks import library

    made = []
    for version in ("0.1", "0.2", "0.1", "0.2"):
        monkeypatch.setattr(library, "__version__", version)
        opened = mltalks.open(excerpt, shipped=False, cache=tmp_path)
        assert [hit.session.id for hit in opened.search("katib").hits] == RIGHT
        made.append(opened.from_cache)
    assert made == [False, False, True, True]


@pytest.mark.parametrize("place", ["/dev/null/cache", "/proc/nowhere"])
def test_without_a_place_for_a_cache_everything_works(mltalks: Run, place: str) -> None:
    cache = {"MLTALKS_CACHE": place}
    result = mltalks("search", "katib", "-o", "ids", env=cache)
    assert (result.code, result.out.split(), result.err) == (0, RIGHT, "")
    result = mltalks("index", env=cache)
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "cannot write" in result.err


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_index_and_a_plain_message(tmp_path: Path) -> None:
    """A limit on the size of files simulates the full disk: both stop a write in the middle."""
    env = environment(tmp_path, {"MLTALKS_CACHE": str(tmp_path / "cache")}, measured=False)
    run = ["bash", "-c", 'ulimit -f "$1"; exec "$2" "${@:3}"', "-"]
    done = subprocess.run([*run, "200", COMMAND, "index"], capture_output=True, env=env, check=False)
    assert done.returncode == 1
    assert b"cannot write" in done.stderr
    assert b"Traceback" not in done.stderr
    done = subprocess.run(
        [*run, "200", COMMAND, "search", "katib", "-o", "ids"], capture_output=True, env=env, check=False
    )
    assert (done.returncode, done.stdout.decode().split(), done.stderr) == (0, RIGHT, b"")
    assert [file.suffix for file in (tmp_path / "cache").iterdir()] == [""]  # a note, no part of a database


@pytest.mark.slow
def test_two_hundred_searches_while_another_rebuilds_find_the_same(tmp_path: Path, excerpt: Path) -> None:
    """Four processes open the index for each search, as commands do, until a fifth has written it three times more."""
    opened = "mltalks.open(sys.argv[1], shipped=False, cache=sys.argv[2])"
    rebuild = f"import sys, mltalks\nwhile True: {opened}.compile()\n"
    search = (
        "import pathlib, sys, mltalks\n"
        "states, searches = set(), 0\n"
        "while searches < 50 or len(states) < 4:\n"
        f"    library = {opened}\n"
        "    assert [hit.session.id for hit in library.search('katib').hits] == ['opml19-katib']\n"
        "    assert library.from_cache\n"
        "    states.update(file.read_text() for file in pathlib.Path(sys.argv[2]).glob('index-????????'))\n"
        "    searches += 1\n"
    )
    mltalks.open(excerpt, shipped=False, cache=tmp_path).compile()
    rebuilding, *searching = (
        subprocess.Popen(
            [sys.executable, "-c", code, excerpt, tmp_path], env=environment(tmp_path, measured=False)
        )
        for code in (rebuild, *[search] * 4)
    )
    try:
        assert [one.wait(timeout=60) for one in searching] == [0] * 4
    finally:
        for one in (rebuilding, *searching):
            one.kill()
            one.wait()


@pytest.mark.slow
def test_killed_at_any_moment_a_build_leaves_a_whole_index_or_none(
    mltalks: Run, tmp_path: Path, excerpt: Path, server: "subprocess.Popen[str]"
) -> None:
    cache = {"MLTALKS_CACHE": str(tmp_path / "cache")}
    moments = random.Random(7)
    for _ in range(20):
        building = Started(server, ["index", "-q"], environment(tmp_path, cache), excerpt)
        building.wait(kill_after=moments.uniform(0, 0.3))
        for file in Path(cache["MLTALKS_CACHE"]).glob("index-*.sqlite"):
            with sqlite3.connect(file) as db:
                assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            db.close()
    assert katib(mltalks, cache) == RIGHT
    assert mltalks("index", "--clear", env=cache).code == 0
    assert list(Path(cache["MLTALKS_CACHE"]).iterdir()) == []


def large(folder: Path) -> None:
    """Create a folder of 5,001 talks: more than are compiled automatically."""
    folder.mkdir()
    shutil.copy(ROOT / "data" / "events.toml", folder)
    talks = (
        f"[[sessions]]\nid='s{n}'\nevent='opml19'\ntitle='Talk {n} of many'\nkind='talk'\n"
        for n in range(5001)
    )
    (folder / "sessions.toml").write_text("".join(talks))


@pytest.mark.slow
def test_a_table_of_many_sessions_ends_and_ctrl_c_leaves_the_old_index_whole(
    mltalks: Run, tmp_path: Path
) -> None:
    large(tmp_path / "large")
    cache = {"MLTALKS_CACHE": str(tmp_path / "cache"), "MLTALKS_DATA": str(tmp_path / "large")}
    assert mltalks("index", env=cache).code == 0
    table = mltalks("list", "-o", "table", env=cache)
    assert "5,030 sessions" in table.err
    assert table.out.count("Talk ") == 5001
    before = index_file(cache).read_bytes()
    child = pexpect.spawn(str(COMMAND), ["index"], env=environment(tmp_path, {**cache, "TERM": "xterm"}))
    deadline = time.monotonic() + 60
    while not list(Path(cache["MLTALKS_CACHE"]).glob("*.tmp")):  # it has begun to write
        assert time.monotonic() < deadline
        time.sleep(0.01)
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert b"Traceback" not in (child.before or b"")
    assert index_file(cache).read_bytes() == before
    assert not list(Path(cache["MLTALKS_CACHE"]).glob("*.tmp"))


def test_index_prints_its_result(mltalks: Run, cache: dict[str, str]) -> None:
    result = mltalks("index", env=cache)
    assert (result.code, result.out) == (0, "")
    assert "29 sessions indexed in" in result.err
    assert "1 file removed" in mltalks("index", "--clear", env=cache).err


@pytest.mark.slow
def test_the_key_of_the_cache_covers_all_code_that_makes_an_index() -> None:
    from mltalks.search.index.fingerprint import MAKERS

    code = (
        "import json, sys\n"
        "import mltalks\n"
        "mltalks.open('data', shipped=False, themes='data/themes.toml').catalogue\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('mltalks.')]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    packages = {f"mltalks.{package.replace('/', '.')}" for package in MAKERS}
    used = {name.rpartition(".")[0] for name in json.loads(done.stdout)} - {"mltalks"}
    only_reads = {f"mltalks.search{name}" for name in ("", ".expansion", ".query", ".rewriting")}
    assert packages - used <= {"mltalks.taxonomy.skos"}  # read only for a tree in SKOS
    assert used - packages == only_reads
