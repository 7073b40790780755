"""Sheets and names as Japanese organizers write them: companies, honorifics, headings, units, ids."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt
EVENT = ("--event", "データ勉強会 2031")


def imported(mltalks: Run, tmp_path: Path, text: str, *arguments: str) -> list[dict[str, Any]]:
    """Import a table, and return the sessions of the years from 2031 on, by their titles."""
    (tmp_path / "a.csv").write_text(text, "utf-8")
    mltalks("import", "a.csv", *(arguments or EVENT), cwd=tmp_path)
    return listed(mltalks, "list", "year:2031..")


def listed(mltalks: Run, *arguments: str) -> list[dict[str, Any]]:
    printed = json.loads(mltalks(*arguments, "--json").out)
    found = printed if isinstance(printed, list) else printed["values"]
    return sorted(found, key=lambda one: str(one.get("title")))


def people(record: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["name"], one.get("organization")) for one in record["speakers"]]


def test_a_company_beside_a_speaker_who_has_another_one_is_kept(mltalks: Run, tmp_path: Path) -> None:
    text = "タイトル,講演者,所属\nA案,大野 陸（Sony）,株式会社ABEJA\nB案,大野 陸（株式会社ABEJA）,ABEJA\nC案,大野 陸（Sony）；原 葵,Sony；ABEJA\n"
    a, b, c = imported(mltalks, tmp_path, text)
    assert (people(a), a["organizations"]) == ([("大野 陸", "Sony")], ["株式会社ABEJA"])
    assert (people(b), b["organizations"]) == ([("大野 陸", "株式会社ABEJA")], [])
    assert (people(c), c["organizations"]) == ([("大野 陸", "Sony"), ("原 葵", "ABEJA")], [])


def test_no_company_of_numbered_columns_or_of_an_object_is_lost(mltalks: Run, tmp_path: Path) -> None:
    text = "Title,Speaker 1,Company 1,Speaker 2,Company 2,Speaker 3,Company 3\nA,Ann Fox (Sony),ABEJA,Bo Hay,IBM,,Intel\n"
    (one,) = imported(mltalks, tmp_path, text)
    assert people(one) == [("Ann Fox", "Sony"), ("Bo Hay", "IBM")]
    assert one["organizations"] == ["ABEJA", "Intel"]
    record = {"title": "B", "speakers": [{"name": "Cy Lee (Sony)", "company": "ABEJA"}]}
    (tmp_path / "b.json").write_text(json.dumps([record]), "utf-8")
    mltalks("import", "b.json", "--event", "データ勉強会 2032", cwd=tmp_path)
    assert people(listed(mltalks, "list", "year:2032")[0]) == [("Cy Lee", "Sony; ABEJA")]


def test_words_of_respect_are_no_part_of_a_name(mltalks: Run, tmp_path: Path) -> None:
    text = (
        "タイトル,発表者\nA,大野 陸 様\nB,原葵さん（Sony）\nC,森田 蓮氏・西 凛氏\nD,西田凛さんと森田蓮さん\nE,くまさん\nF,中山 博士\nG,上田 健先生 他\n"
    )
    found = [people(one) for one in imported(mltalks, tmp_path, text)]
    assert [[name for name, _ in some] for some in found] == [
        ["大野 陸"], ["原葵"], ["森田 蓮", "西 凛"], ["西田凛", "森田蓮"], ["くまさん"], ["中山 博士"], ["上田 健"],
    ]  # fmt: skip
    mltalks("add", "別の話", "--event", "別の会 2032", "--speaker", "大野 陸さん（Sony）、原 葵 氏")
    assert people(listed(mltalks, "list", "year:2032")[0]) == [("大野 陸", "Sony"), ("原 葵", None)]


def test_wide_spaces_that_are_typed_become_single_spaces(mltalks: Run) -> None:
    mltalks("add", "速い　推論", "--event", "別の会　第2回　2032", "--speaker", "森　蓮（研究　開発部）", "--keyword", "応答　時間")  # fmt: skip
    (one,) = listed(mltalks, "list", "year:2032")
    assert (one["title"], people(one), one["keywords"]) == ("速い 推論", [("森 蓮", "研究 開発部")], ["応答 時間"])
    assert listed(mltalks, "events", "year:2032")[0]["label"] == "別の会 第2回 2032"
    mltalks("edit", one["id"], "--title", "遅い　　推論", "--add-keyword", "待ち　時間")
    (one,) = listed(mltalks, "list", "year:2032")
    assert (one["title"], one["keywords"]) == ("遅い 推論", ["応答 時間", "待ち 時間"])


@pytest.mark.parametrize("name", ["森 蓮", "佐々木 凛", "林 さくら"])
def test_a_speaker_is_found_by_the_name_without_its_space(mltalks: Run, name: str) -> None:
    mltalks("add", "ある話", "--event", "別の会 2032", "--speaker", name)
    joined = name.replace(" ", "")
    for command in ("search", "list", "speakers"):
        assert len(listed(mltalks, command, joined)) == 1, command
