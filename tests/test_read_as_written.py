"""What people write is read with all its words: titles in place of ids, tables in Markdown, lists of authors, names with a day or an era."""

import json
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt
KATIB = "Katib: A Distributed General AutoML Platform on Kubernetes"


def own(folder: Path, table: str = "sessions") -> list[dict[str, Any]]:
    found = tomllib.loads((folder / ".local/share/mltalks/sessions.toml").read_text(encoding="utf-8"))
    records: list[dict[str, Any]] = found[table]
    return records


def test_a_whole_title_takes_the_place_of_an_id(mltalks: Run) -> None:
    assert mltalks("list", "-", "-o", "ids", stdin=f"{KATIB.upper()}\n").out == "opml19-katib\n"
    assert 'id = "opml19-katib"' in mltalks("tag", KATIB, "moss", "--dry-run").out
    assert 'id = "opml19-katib"' in mltalks("tag", "-", "moss", "--dry-run", stdin=f"{KATIB}\n").out
    assert 'id = "opml19-katib"' in mltalks("note", KATIB, "on moss", "--dry-run").out
    assert "hyperparameter-search" in mltalks("explain", KATIB).out
    assert 'no session "Katib and moss"' in mltalks("tag", "Katib and moss", "hay").err
    mltalks("add", KATIB, "--event", "Barn 2031")
    said = mltalks("tag", KATIB, "moss")
    assert said.code == 4
    assert "opml19-katib" in said.err


def test_a_table_in_markdown_is_found_below_a_heading(mltalks: Run, tmp_path: Path) -> None:
    table = "| Title | Speaker |\n|---|---|\n| {} | {} |\n"
    text = "# Meet, 14 May\n\nA list.\n\n" + table.format("Moss", "Ann Fox")
    text += "\n## Second day\n\n" + table.format("Hay", "Bo Hay")
    (tmp_path / "in.md").write_text(text, encoding="utf-8")
    assert "2 added" in mltalks("import", "in.md", "--event", "Barn 2031", cwd=tmp_path).err
    assert [one["title"] for one in own(tmp_path)] == ["Moss", "Hay"]
    (tmp_path / "in.md").write_text(f"{text}\n| When | What |\n|---|---|\n| 9:00 | Tea |\n", encoding="utf-8")
    said = mltalks("import", "in.md", "--event", "Barn 2031", "--dry-run", cwd=tmp_path)
    assert "in.md:15: When: begins a further table with other columns, which is not read" in said.err
    assert "Tea" not in said.out
    (tmp_path / "in.md").write_text("| 発表 | 名前 |\n|---|---|\n| あ | い |\n", encoding="utf-8")
    assert "none of the columns 発表, 名前 is recognized" in mltalks("import", "in.md", cwd=tmp_path).err


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("in.html", "<!DOCTYPE html>\n<p>x", "is a page in HTML, which is not read; save its table as CSV"),
        ("in.csv", "タイトル，発表者\r\nあ，い\r\n", 'the cells are separated by "，"'),
        ("in.txt", "勉強会 一覧\t\n\t\nタイトル\t発表者\nあ\t山田\n", "the first line is no heading"),
    ],
)
def test_a_file_that_is_no_table_says_why(
    mltalks: Run, tmp_path: Path, name: str, text: str, reason: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert reason in mltalks("import", name, cwd=tmp_path).err


def test_a_second_column_of_a_name_and_a_day_that_is_none_are_named(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("title,date,title\nMoss,未定,x\nHay,TBA,\n", encoding="utf-8")
    said = mltalks("import", "in.csv", "--event", "Barn 2031", cwd=tmp_path).err
    assert "columns or keys that are not used: 1 (title (2))" in said
    assert 'Moss: date: "未定" names no day; it is left out' in said
    assert 'Hay: date: "TBA" names no day; it is left out' in said


def test_letters_with_marks_of_their_own_become_one_sign(mltalks: Run, tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", "title,speaker\nバッチ推論,Jürgen Müller\n") + "神の話,神 太郎\n"
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    mltalks("import", "in.csv", "--event", "Barn 2031", cwd=tmp_path)
    assert [(one["title"], one["speakers"][0]["name"]) for one in own(tmp_path)] == [
        ("バッチ推論", "Jürgen Müller"), ("神の話", "神 太郎"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("authors", "name"),
    [
        ("A. Fox, B.-C. Hay, D. E. Moss", "A. Fox, B.-C. Hay, D. E. Moss"),
        ("Fox, A., Hay, B.-C., Moss, D. E.", "Fox, A., Hay, B.-C., Moss, D. E."),
        ("A. Fox, B. Hay", "A. Fox, B. Hay"),
    ],
)
def test_authors_with_commas_between_them_are_kept_and_named(
    mltalks: Run, tmp_path: Path, authors: str, name: str
) -> None:
    (tmp_path / "in.bib").write_text(
        f"@article{{a1, author={{{authors}}}, title={{T}}, journal={{J}}, year=2031}}"
    )
    assert f'a1: "{name}" may be several people' in mltalks("import", "in.bib", cwd=tmp_path).err
    assert own(tmp_path)[0]["speakers"] == [{"name": name}]


def test_a_thesis_is_a_paper_in_ris_too(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_text("TY  - THES\nTI  - On drift\nAU  - Fox, Ann\nPY  - 2020\nER  - \n")
    mltalks("import", "in.ris", "--default-event", "Barn", cwd=tmp_path)
    assert own(tmp_path)[0]["kind"] == "paper"


def test_a_wrong_map_is_an_error_for_json_too(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(json.dumps([{"Talk": "Moss", "Presenter": "Ann Fox"}]))
    said = mltalks(
        "import",
        "in.json",
        "--event",
        "Barn 2031",
        "--map",
        "title=Talk",
        "--map",
        "speakers=Presentr",
        cwd=tmp_path,
    )
    assert said.code == 2
    assert 'in.json has no column or key "Presentr"; did you mean "Presenter"?' in said.err
    assert not (tmp_path / ".local/share/mltalks/sessions.toml").exists()


def test_a_day_and_an_era_are_no_part_of_the_series(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("title\nMoss\n")
    for name in (
        "Moss Night 2031-02",
        "Moss Night 2031-03",
        "Moss Night February 2030",
        "Moss Night 14.02.2029",
    ):
        mltalks("import", "in.csv", "--event", name, cwd=tmp_path)
    mltalks("event", "add", "コケ勉強会 令和6年")
    found = {(one["name"], one["series"], one["year"]) for one in own(tmp_path, "events")}
    assert found == {
        ("Moss Night 2031-02", "Moss Night", 2031), ("Moss Night 2031-03", "Moss Night", 2031),
        ("Moss Night February 2030", "Moss Night", 2030), ("Moss Night 14.02.2029", "Moss Night", 2029),
        ("コケ勉強会 令和6年", "コケ勉強会", 2024),
    }  # fmt: skip


def test_the_code_of_a_known_talk_in_a_table_is_that_of_its_event(mltalks: Run, tmp_path: Path) -> None:
    talk = {
        "code": "K7XN3P", "title": "Moss", "state": "confirmed", "speakers": [{"name": "Ann Fox"}],
        "submission_type": "Talk",
    }  # fmt: skip
    (tmp_path / "in.json").write_text(json.dumps({"count": 1, "results": [talk]}), encoding="utf-8")
    mltalks("import", "in.json", "--event", "Barn 2031", cwd=tmp_path)
    assert [one["id"] for one in own(tmp_path)] == ["barn-2031-k7xn3p"]
    (tmp_path / "in.csv").write_text("ID,Title,Speaker\nK7XN3P,Moss and hay,Ann Fox\n", encoding="utf-8")
    said = mltalks("import", "in.csv", "--event", "Barn 2031", "--update", cwd=tmp_path).err
    assert "0 added, 1 changed" in said
    assert [one["title"] for one in own(tmp_path)] == ["Moss and hay"]


def test_a_place_that_is_left_out_is_named_if_others_are_rooms(mltalks: Run, tmp_path: Path) -> None:
    talks = "".join(
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTART:2031{day}T183000\nSUMMARY:On {uid}\nLOCATION:{place}\nEND:VEVENT\n"
        for uid, day, place in (("moss", "0220", "Mafinex\\, Mannheim"), ("hay", "0320", "Online"))
    )
    (tmp_path / "in.ics").write_text(f"BEGIN:VCALENDAR\n{talks}END:VCALENDAR\n", encoding="utf-8")
    said = mltalks("import", "in.ics", "--event", "Barn 2031", "--dry-run", cwd=tmp_path).err
    assert "columns or keys that are not used: 1 (LOCATION: Online)" in said


def test_a_year_that_is_two_is_named(mltalks: Run, tmp_path: Path) -> None:
    entry = "@article{a1, author={Fox, Ann}, title={T}, journal={J}, year={2018-2019}}"
    (tmp_path / "in.bib").write_text(entry)
    said = mltalks("import", "in.bib", "--dry-run", cwd=tmp_path).err
    assert 'a1: has several years, "2018-2019": 2018 is taken' in said
