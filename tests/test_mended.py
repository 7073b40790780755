"""Defects that were there once, each as a person met it."""

import json
import re
from pathlib import Path

import pytest

import mltalks as library
from tests.conftest import Run

SESSION = "[[sessions]]\nid='{id}'\nevent='opml19'\ntitle='T'\nkind='talk'\n"


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


def test_a_circle_through_an_alias_is_told(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        "[[themes]]\nid='ca'\nlabel={en='A'}\nbroader='cb-old'\n"
        "[[themes]]\nid='cb'\nlabel={en='B'}\naliases=['cb-old']\nbroader='ca'\n"
    )
    result = mltalks("themes", "--data", str(file))
    assert (result.code, one_line(result.err)) == (3, True)
    assert "runs in a circle: ca -> cb -> ca" in result.err


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
    assert "is deeper than 100 levels" in result.err


def test_keys_of_a_bibliography_are_distinct(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("".join(SESSION.format(id=name) for name in ("推論", "学習", "plain-1")))
    out = mltalks("list", "event:opml19", "-o", "bibtex", "--data", str(file)).out
    keys = re.findall(r"^@\w+\{(.*),$", out, re.MULTILINE)
    assert len(keys) == len(set(keys)) > 3
    assert {"plain-1", "opml19-katib"} <= set(keys)


def test_a_session_without_an_id_is_told_whatever_comes_after(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SESSION.replace("id='{id}'\n", ""))
    (tmp_path / "b.toml").write_text(SESSION.format(id="0"))
    data = [str(tmp_path / name) for name in ("a.toml", "b.toml")]
    shipped = [str(library.shipped_data() / "events.toml")]
    result = mltalks("validate", *shipped, *data)
    assert result.code == 3
    assert "a.toml:1: sessions[0]: id: missing" in result.out


def test_a_decision_on_what_is_gone_is_drawn(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("[[decisions]]\nsession='gone'\ntheme='automl'\nverdict='accept'\ndate=2024-01-01\n")
    result = mltalks("decisions", "-o", "table", "--data", str(file))
    assert (result.code, "gone" in result.out, "2024-01-01" in result.out) == (0, True, True)
    assert json.loads(mltalks("decisions", "--json", "--data", str(file)).out)[0]["date"] == "2024-01-01"


def test_one_address_is_drawn(mltalks: Run) -> None:
    result = mltalks("open", "opml19-katib", "--slides", "-o", "table")
    assert (result.code, "https://" in result.out) == (0, True)


@pytest.mark.parametrize("columns", ["60", "70", "80", "100"])
def test_what_is_typed_again_is_not_broken(mltalks: Run, columns: str) -> None:
    session = "mlsys26-helios"
    themes = [one["id"] for one in json.loads(mltalks("explain", session, "--json").out)["themes"]]
    out = mltalks("explain", session, "-o", "table", env={"COLUMNS": columns}).out
    assert [theme for theme in themes if theme not in out] == []
    gaps = json.loads(mltalks("gaps", "--json", "-n", "3").out)
    out = mltalks("gaps", "-o", "table", "-n", "3", env={"COLUMNS": columns}).out
    assert [one["name"] for one in gaps if one["name"] not in out] == []
    assert "名前" in mltalks("gaps", "--lang", "ja", "-o", "table", "-n", "1").out
