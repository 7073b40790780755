"""Names of sorts of talks that have no kind of their own: a notice says as what they are read, by the real command."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

READ_AS = '"{}" is no kind of its own, and is read as {}'


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("kind:LT", "LT", "talk"),
        ("type:workshop,paper", "workshop", "tutorial"),
        ("種類:招待講演", "招待講演", "talk"),
        ("種別:ハンズオン", "ハンズオン", "tutorial"),
        ("latency -kind:ライトニングトーク", "ライトニングトーク", "talk"),
    ],
)
def test_a_query_says_that_a_kind_means_more_than_its_name(
    mltalks: Run, typed: str, name: str, kind: str
) -> None:
    for command in ("list", "search"):
        found = mltalks(command, typed, "-o", "ids")
        assert READ_AS.format(name, kind) in found.err
        assert found.out == mltalks(command, typed.replace(name, kind), "-o", "ids").out
    assert "no kind of its own" not in mltalks("list", "種類:講演,基調講演").err


@pytest.mark.excerpt
def test_a_change_and_an_import_say_it_once_for_each_name(mltalks: Run, tmp_path: Path) -> None:
    assert (
        READ_AS.format("Lightning talk", "talk")
        in mltalks("add", "A", "--event", "Example Days 2031", "--kind", "Lightning talk").err
    )
    assert READ_AS.format("ＬＴ", "talk") in mltalks("edit", "example-days-2031-talk", "--kind", "ＬＴ").err
    assert "no kind of its own" not in mltalks("edit", "example-days-2031-talk", "--kind", "講演").err
    sheet = tmp_path / "a.csv"
    sheet.write_text("title,kind\nOne,LT\nTwo,LT\nThree,Workshop (90 min)\nFour,Talk\n", "utf-8")
    err = mltalks("import", str(sheet), "--event", "Example Days 2031").err
    assert (
        err.count(READ_AS.format("LT", "talk"))
        == err.count(READ_AS.format("Workshop (90 min)", "tutorial"))
        == 1
    )
    assert err.count("no kind of its own") == 2
    answer = tmp_path / "b.json"
    talk = {
        "code": "X",
        "title": "Five",
        "state": "confirmed",
        "submission_type": {"en": "Lightning Talk"},
        "speakers": [],
    }
    answer.write_text(json.dumps({"count": 1, "results": [talk]}), "utf-8")
    assert (
        READ_AS.format("Lightning Talk", "talk")
        in mltalks("import", str(answer), "--event", "Example Days 2031").err
    )
