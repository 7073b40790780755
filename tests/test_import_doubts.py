"""What a record says that is not so, or that only looks so, is reported with its place; right values stay."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt
EVENT = ("--event", "Reading 2026")
PROGRAMME = """title,speakers,date
One for all,"Ann Fox, Google",2026-01-01
Two for all,"Eva Laine, University of Helsinki",2026-01-01
Three for all,"Eva Maria Laine (Zalando), Jan Kowalski, PhD",2026-01-01
Four for all,"Eva Laine, Zalandox",2026-01-01
Five for all,"Eva Laine, Jan Kowalski, Zalandox",2026-01-01
Six for all,"Ann Fox, Bo Hay, et al.",2026-01-01
Seven for all,"Laine, Eva",2026-01-01
Panel: who owns it?,TBA,2026-01-02T13:00
Search & ranking for all,Ann Fox,2026-01-02T14:00
Discussion of the day,Ann Fox,2026-01-02T15:00
"""


def put(mltalks: Run, folder: Path, text: str, *options: str, name: str = "in.csv") -> str:
    """Import a file and return what is reported."""
    (folder / name).write_text(text, encoding="utf-8")
    return mltalks("import", name, *options, cwd=folder).err


def talks(mltalks: Run, query: str = "event:reading-2026") -> dict[str, dict[str, Any]]:
    found = json.loads(mltalks("list", query, "--json").out)
    return {one["title"]: one for one in found}


def people(one: dict[str, Any]) -> list[str | tuple[str, str]]:
    return [
        (each["name"], each["organization"]) if each["organization"] else each["name"]
        for each in one["speakers"]
    ]


def test_a_year_or_date_of_another_event_is_reported(mltalks: Run, tmp_path: Path) -> None:
    text = "title,author,year,date\nA of it,Ann Bee,2017,\nB of it,Ann Cee,2018,2018-04-05\nC of it,Ann Dee,2026,2026-02-01\n"
    said = put(mltalks, tmp_path, text, *EVENT)
    assert (
        "in.csv:2: A of it: the year 2017 is not that of the event reading-2026 (2026); it is left out"
        in said
    )
    assert "in.csv:3: B of it: the date 2018-04-05 is outside the event reading-2026 (2026)" in said
    assert "C of it" not in said
    assert "the year 2018" not in said
    assert talks(mltalks)["B of it"]["date"] == "2018-04-05"
    entries = "\n".join(
        f"@inproceedings{{k{year}, title={{Title of {year}}}, author={{Ann Fox}}, booktitle={{Proc. of Foo 2019}}, year={year}}}"
        for year in (2019, 2020)
    )
    said = put(mltalks, tmp_path, entries, name="in.bib")
    assert "in.bib:2: k2020: the year 2020 is not that of the event proc-of-foo-2019 (2019)" in said
    assert "k2019" not in said
    assert said.rstrip().endswith("new events: proc-of-foo-2019")
    dated = "title,date,event\nLate,2019-05-21,opml19\nIn time,2019-05-20T09:00,opml19\n"
    said = put(mltalks, tmp_path, dated, "--dry-run")
    assert "Late: the date 2019-05-21 is outside the event opml19 (2019-05-20)" in said
    assert "In time" not in said


def test_speakers_who_are_no_single_person_are_reported(mltalks: Run, tmp_path: Path) -> None:
    said = put(mltalks, tmp_path, PROGRAMME, *EVENT)
    found = {title: people(one) for title, one in talks(mltalks).items()}
    assert found["One for all"] == [("Ann Fox", "Google")]
    assert found["Two for all"] == [("Eva Laine", "University of Helsinki")]
    assert found["Three for all"] == [("Eva Maria Laine", "Zalando"), "Jan Kowalski"]
    assert found["Six for all"] == ["Ann Fox", "Bo Hay"]
    assert 'in.csv:5: Four for all: "Eva Laine, Zalandox" may be several people' in said
    assert 'in.csv:6: Five for all: "Eva Laine, Jan Kowalski, Zalandox" may be several people' in said
    assert 'in.csv:7: Six for all: "et al.": the other speakers are not known' in said
    assert not any(f"in.csv:{line}:" in said for line in (2, 4, 8, 9, 10, 11))
    written = "@misc{a1, title={By a firm}, author={Google and Ann Fox and others}}"
    said = put(mltalks, tmp_path, written, *EVENT, name="in.bib")
    assert 'a1: "Google" is an organization, not a speaker' in said
    assert 'a1: "et al.": the other speakers are not known' in said
    firm = talks(mltalks)["By a firm"]
    assert (people(firm), firm["organizations"]) == (["Ann Fox"], ["Google"])


def test_what_a_programme_fills_in_later_is_an_update(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, PROGRAMME, *EVENT)
    later = """title,speakers,date
Panel: who owns it?,"Cy Doe; Di Elm",2026-01-02T13:00
Search and ranking for all,Ann Fox,2026-01-02T14:00
Discussion of the day,Cy Doe,2026-01-02T15:00
"""
    said = put(mltalks, tmp_path, later, *EVENT, "--update")
    assert "1 added, 1 changed, 0 skipped; 1 already present" in said
    same = "has the title and the time of reading-2026-discussion-day, but other speakers: it is added as a second talk"
    assert f"in.csv:4: Discussion of the day: {same}" in said
    assert people(talks(mltalks)["Panel: who owns it?"]) == ["Cy Doe", "Di Elm"]
    said = put(mltalks, tmp_path, PROGRAMME, *EVENT, "--update")
    assert "0 added, 0 changed" in said, "TBA says nothing"
    findings = json.loads(mltalks("doctor", "--json").out)
    assert [(one["kind"], one["command"]) for one in findings if one["kind"] == "duplicate"] == [
        ("duplicate", None)
    ]


def test_doctor_keeps_what_says_more_and_its_commands_work(mltalks: Run, tmp_path: Path) -> None:
    text = """title,speakers,date,slides
Panel about serving today,TBA,2026-01-02T13:00,
Panel about serving today,"Cy Doe; Di Elm",2026-01-02T14:00,https://example.org/s
Spelled so,"Eva Laine, Zalandox",2026-01-02,
Spelled otherwise,"Eva Laine - Zalandox",2026-01-02,
"""
    put(mltalks, tmp_path, text, *EVENT, "--keep-duplicates")
    findings = json.loads(mltalks("doctor", "--json").out)
    commands = {one["message"]: one["command"] for one in findings if one["command"]}
    removal = [command for command in commands.values() if command.startswith("mltalks remove")]
    assert removal == ["mltalks remove reading-2026-panel-serving-today"]
    assert not any("rename" in command for command in commands.values())
    unset = next(command for message, command in commands.items() if "is not a person" in message)
    assert unset == "mltalks edit reading-2026-panel-serving-today --unset speakers"
    assert mltalks(*unset.split()[1:]).code == 0
