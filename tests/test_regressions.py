"""Regression tests: one for each defect that a user met."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
import tomllib
from pathlib import Path

import pytest

import mltalks as library
from tests.conftest import Run, environment, forked

pytestmark = pytest.mark.excerpt

SESSION = "[[sessions]]\nid='{id}'\nevent='opml19'\ntitle='T'\nkind='talk'\n"


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


def test_a_circle_through_an_alias_is_an_error(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        "[[themes]]\nid='ca'\nlabel={en='A'}\nbroader='cb-old'\n"
        "[[themes]]\nid='cb'\nlabel={en='B'}\naliases=['cb-old']\nbroader='ca'\n"
    )
    result = mltalks("themes", "--data", str(file))
    assert (result.code, one_line(result.err)) == (3, True)
    assert "the chain leads back to itself: ca -> cb -> ca" in result.err


@pytest.mark.parametrize("table", ["themes", "organizations"])
def test_a_tree_too_deep_is_one_line(mltalks: Run, tmp_path: Path, table: str) -> None:
    file = tmp_path / "own.toml"
    lines = {
        "themes": "[[themes]]\nid='t{n}'\nlabel={{en='T{n}'}}\nbroader='t{above}'\n",
        "organizations": "[[organizations]]\nname='Org {n}'\nkind='company'\nparent='Org {above}'\n",
    }
    top = {
        "themes": "[[themes]]\nid='t0'\nlabel={en='T0'}\n",
        "organizations": "[[organizations]]\nname='Org 0'\nkind='company'\n",
    }
    chain = "".join(lines[table].format(n=n, above=n - 1) for n in range(1, 1200))
    file.write_text(top[table] + chain)
    result = mltalks("themes", "--data", str(file))
    assert (result.code, one_line(result.err)) == (3, True)
    assert "is nested deeper than 100 levels" in result.err


def test_keys_of_a_bibliography_are_distinct(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("".join(SESSION.format(id=name) for name in ("推論", "学習", "plain-1")))
    out = mltalks("list", "event:opml19", "-o", "bibtex", "--data", str(file)).out
    keys = re.findall(r"^@\w+\{(.*),$", out, re.MULTILINE)
    assert len(keys) == len(set(keys)) > 3
    assert {"plain-1", "opml19-katib"} <= set(keys)


def test_a_session_without_an_id_is_an_error_of_one_line(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SESSION.replace("id='{id}'\n", ""))
    (tmp_path / "b.toml").write_text(SESSION.format(id="0"))
    data = [str(tmp_path / name) for name in ("a.toml", "b.toml")]
    shipped = [str(library.shipped_data() / "events.toml")]
    result = mltalks("validate", *shipped, *data)
    assert result.code == 3
    assert "a.toml:1: sessions[0]: id: missing" in result.out


def test_a_decision_on_a_missing_session_is_drawn(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("[[decisions]]\nsession='gone'\ntheme='automl'\nverdict='accept'\ndate=2024-01-01\n")
    result = mltalks("decisions", "-o", "table", "--data", str(file))
    assert (result.code, "gone" in result.out, "2024-01-01" in result.out) == (0, True, True)
    assert json.loads(mltalks("decisions", "--json", "--data", str(file)).out)[0]["date"] == "2024-01-01"


def test_one_address_is_drawn(mltalks: Run) -> None:
    result = mltalks("open", "opml19-katib", "--slides", "-o", "table")
    assert (result.code, "https://" in result.out) == (0, True)


@pytest.mark.parametrize("columns", ["60", "70", "80", "100"])
def test_a_printed_command_is_not_broken(mltalks: Run, columns: str) -> None:
    session = "mlsys26-helios"
    themes = [one["id"] for one in json.loads(mltalks("explain", session, "--json").out)["themes"]]
    out = mltalks("explain", session, "-o", "table", env={"COLUMNS": columns}).out
    assert [theme for theme in themes if theme not in out] == []
    gaps = json.loads(mltalks("gaps", "--json", "-n", "3").out)
    out = mltalks("gaps", "-o", "table", "-n", "3", env={"COLUMNS": columns}).out
    sessions = [one["name"] for one in gaps if one["gap"] in ("unfiled", "broad only")]
    assert [name for name in sessions if name not in out] == []
    assert "名前" in mltalks("gaps", "--lang", "ja", "-o", "table", "-n", "1").out


def test_the_cache_does_not_remove_other_files(mltalks: Run, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    theirs = {"index-notes.md", "index-.sqlite", "index-0123456", "index-01234567-0a1b2c3d.toml"}
    name = "index-01234567-0a1b2c3d"
    ours = {"index-01234567", f"{name}.sqlite", f"{name}.sqlite-wal", f"{name}.sqlite-shm", f"{name}.tmp"}
    for name in theirs | ours:
        (folder / name).write_text("x")
    result = mltalks("index", "--clear", env={"MLTALKS_CACHE": str(folder)})
    assert (result.code, {file.name for file in folder.iterdir()}) == (0, theirs)


def test_an_unused_index_is_removed(mltalks: Run, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    for number, days in ((1, 40), (2, 5)):
        name = f"index-0000000{number}"
        (folder / name).write_text(f"{name}-0a1b2c3d.sqlite")
        (folder / f"{name}-0a1b2c3d.sqlite").write_text("x")
        for file in folder.glob(f"{name}*"):
            os.utime(file, (time.time() - days * 86_400,) * 2)
    mltalks("search", "katib", env={"MLTALKS_CACHE": str(folder)})
    old = {file.name for file in folder.iterdir() if file.name.startswith("index-0000000")}
    assert old == {"index-00000002", "index-00000002-0a1b2c3d.sqlite"}


@pytest.mark.parametrize(
    "content",
    [
        b"decisions = 5\n",
        b"[decisions]\nx = 1\n",
        b'decisions = ["x"]\n',
        b"[[decisions]]\na = 1\na = 2\n",
        b"a = 1\na = 2\n",
        b"x = " + b"[" * 5000,
        b"x = \xff",
    ],
)
def test_an_unusual_file_of_decisions_is_not_changed(mltalks: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "own" / "decisions.toml"
    file.parent.mkdir()
    file.write_bytes(content)
    env = {"MLTALKS_DATA": str(file.parent)}
    for command, code in ((["decisions", "--undo"], 1), (["reject", "opml19-katib", "automl"], 3)):
        result = mltalks(*command, env=env)
        assert (result.code, one_line(result.err)) == (code, True)
        assert file.read_bytes() == content


def test_a_name_too_long_is_one_line(mltalks: Run) -> None:
    env = {"MLTALKS_DATA": "/tmp/" + "x" * 5000}
    result = mltalks("decisions", "--undo", "-q", env=env)
    assert (result.code, one_line(result.err)) == (1, True)
    result = mltalks("reject", "opml19-katib", "automl", "-q", env=env)
    assert (result.code, one_line(result.err)) == (1, True)


def test_byte_order_mark_and_line_ends_are_kept(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own" / "decisions.toml"
    file.parent.mkdir()
    env = {"MLTALKS_DATA": str(file.parent)}
    before = b"\xef\xbb\xbf# mine\r\n"
    file.write_bytes(before)
    written = file.stat().st_mtime_ns
    assert mltalks("decisions", "--undo", env=env).code == 1
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, written)
    assert mltalks("reject", "opml19-katib", "automl", env=env).code == 0
    content = file.read_bytes()
    assert content.startswith(before)
    assert content.count(b"\n") == content.count(b"\r\n") > 4
    assert json.loads(mltalks("decisions", "--json", env=env).out)[0]["theme"] == "automl"


def test_decisions_in_one_line_are_added_to(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own" / "decisions.toml"
    file.parent.mkdir()
    file.write_text("decisions = []\n")
    env = {"MLTALKS_DATA": str(file.parent)}
    assert mltalks("reject", "opml19-katib", "automl", env=env).code == 0
    assert [one["theme"] for one in tomllib.loads(file.read_text())["decisions"]] == ["automl"]


def test_index_names_the_unreadable_file(mltalks: Run, tmp_path: Path) -> None:
    for command in (["index"], ["search", "x"]):
        result = mltalks(*command, "--data", str(tmp_path / "nosuch"))
        assert (result.code, one_line(result.err), "cannot be read" in result.err) == (3, True, True)


@pytest.fixture(scope="module")
def compiled(
    tmp_path_factory: pytest.TempPathFactory, server: "subprocess.Popen[str]", excerpt: Path
) -> dict[str, str]:
    """The environment of a catalogue with one decision and its index, compiled once."""
    folder = tmp_path_factory.mktemp("compiled")
    own = folder / "own.toml"
    own.write_text(
        "[[decisions]]\nsession='opml19-katib'\ntheme='automl'\nverdict='accept'\ndate='2024-01-01'\n"
    )
    variables = {"MLTALKS_CACHE": str(folder / "cache"), "MLTALKS_DATA": str(own)}
    assert forked(server, ["index"], environment(folder, variables), None, excerpt).code == 0
    return variables


def damage(folder: Path) -> None:
    """Overwrite the first page of the table of sessions."""
    (file,) = folder.glob("index-*.sqlite")
    with sqlite3.connect(file) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sessions'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\xff" * size)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["search", "katib"],
        ["search", "katib", "--json"],
        ["search", "katib", "-o", "table"],
        ["list", "event:opml19", "--json"],
        ["list", "event:opml19"],
        ["show", "opml19-katib"],
        ["related", "opml19-katib"],
        ["explain", "opml19-katib"],
        ["companies", "event:opml19"],
        ["decisions"],
        [],
    ],
)
def test_an_index_found_damaged_late_is_compiled_again(
    mltalks: Run, tmp_path: Path, compiled: dict[str, str], command: list[str]
) -> None:
    whole = mltalks(*command, env=compiled)
    folder = tmp_path / "cache"
    shutil.copytree(compiled["MLTALKS_CACHE"], folder)
    damage(folder)
    assert mltalks(*command, env={**compiled, "MLTALKS_CACHE": str(folder)}) == whole


def test_completion_of_a_damaged_index_offers_nothing(mltalks: Run, tmp_path: Path) -> None:
    env = {"MLTALKS_CACHE": str(tmp_path / "cache")}
    mltalks("index", env=env)
    damage(tmp_path / "cache")
    result = mltalks("__complete", "show", "opml19-ka", env=env)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_json_is_printed_if_requested(mltalks: Run, tmp_path: Path) -> None:
    env = {"MLTALKS_DATA": str(tmp_path / "own"), "MLTALKS_CACHE": str(tmp_path / "cache")}
    taken = json.loads(mltalks("reject", "opml19-katib", "automl", "--json", env=env).out)
    assert (taken["session"], taken["theme"], taken["verdict"]) == ("opml19-katib", "automl", "reject")
    assert json.loads(mltalks("decisions", "--undo", "-o", "json", env=env).out) == taken
    made = json.loads(mltalks("index", "--json", env=env).out)
    assert (Path(made["path"]).parent, made["sessions"]) == (tmp_path / "cache", 29)
    assert mltalks("index", env=env).out == ""


def test_export_writes_toml_by_default(mltalks: Run) -> None:
    assert mltalks("export").out == mltalks("export", "-o", "toml").out != ""
    assert len(json.loads(mltalks("export", "--json").out)) == 29
    assert mltalks("export", "--json", "-o", "skos").code == 2


@pytest.mark.parametrize("form", [["--json"], ["-o", "json"], ["-o", "csv"]])
def test_toml_has_no_other_format(mltalks: Run, form: list[str]) -> None:
    result = mltalks("classify", "--toml", *form)
    assert (result.code, result.out, "cannot be combined" in result.err) == (2, "", True)
