"""Talks that are known, or are not, by ids that titles made, by addresses and by the entries of calendars."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_import_programmes import ONE, TWO, schedule

pytestmark = pytest.mark.excerpt
EVENT = ("--event", "Soup Night 2031")


def titles(mltalks: Run, query: str = "event:soup-night-2031") -> dict[str, list[str]]:
    """Return the speakers by title."""
    found = json.loads(mltalks("list", query, "--json").out)
    return {one["title"]: [each["name"] for each in one["speakers"]] for one in found}


def test_two_talks_of_one_title_stay_two_if_two_people_added_them(mltalks: Run, tmp_path: Path) -> None:
    talk = ("add", "Lightning talk", *EVENT)
    mltalks(*talk, "--speaker", "Bob Stone (Uber)", "--video", "https://example.org/bob")
    file = tmp_path / "other.toml"
    file.write_text(mltalks("export", "event:soup-night-2031", "-o", "toml").out, "utf-8")
    mltalks("undo")
    mltalks(*talk, "--speaker", "Ada Kowalski (Spotify)", "--note", "Ada confirmed")
    said = mltalks("import", str(file)).err
    assert "has the id and the title of soup-night-2031-lightning-talk, but other speakers" in said
    found = json.loads(mltalks("list", "event:soup-night-2031", "--json").out)
    assert [
        (one["id"], one["speakers"][0]["name"], one["note"])
        for one in sorted(found, key=lambda one: one["id"])
    ] == [
        ("soup-night-2031-lightning-talk", "Ada Kowalski", "Ada confirmed"),
        ("soup-night-2031-lightning-talk-2", "Bob Stone", None),
    ]
    assert "0 added, 0 changed" in mltalks("import", str(file)).err
    mltalks("undo")
    said = mltalks("import", str(file), "--update").err
    assert "loses speakers: Ada Kowalski (Spotify) → Bob Stone (Uber)" in said


def test_a_row_with_the_old_title_of_a_talk_is_that_talk(mltalks: Run, tmp_path: Path) -> None:
    rows = [
        "title,date,speakers",
        "Soup at SNCF,2031-02-03,Ann Fox",
        "TBA,2031-02-03,Bo Hay",
        "Bread,2031-02-03,Cy Doe",
    ]
    table = tmp_path / "sheet.csv"
    table.write_text("\n".join(rows), "utf-8")
    mltalks("import", str(table), *EVENT)
    mltalks("edit", "soup-night-2031-soup-sncf", "--title", "Hot soup in trains")
    mltalks("edit", "soup-night-2031-tba", "--title", "Model registries compared")
    mltalks("edit", "soup-night-2031-bread", "--title", "Rolls", "--unset", "speakers")
    table.write_text("\n".join([*rows, "TBA,2031-02-03,Di Elm"]), "utf-8")
    said = mltalks("import", str(table), *EVENT).err
    assert "looks like soup-night-2031-bread, and is added as another one" in said
    assert titles(mltalks) == {
        "Hot soup in trains": ["Ann Fox"], "Model registries compared": ["Bo Hay"], "Rolls": [],
        "Bread": ["Cy Doe"], "TBA": ["Di Elm"],
    }  # fmt: skip


def test_a_longer_title_that_makes_the_same_id_is_another_talk(mltalks: Run, tmp_path: Path) -> None:
    title = "Serving large soup models at scale in our own production"
    table = tmp_path / "sheet.csv"
    table.write_text(f"title,speakers\n{title} part 1,Ann Fox\n{title} part 2,Ann Fox\n", "utf-8")
    assert "2 added" in mltalks("import", str(table), *EVENT).err


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//pretalx//plan.example//meet-2031
BEGIN:VEVENT
SUMMARY:Serving by night - Ann Fox
DTSTART;TZID=Europe/Berlin:20310506T100000
DTEND;TZID=Europe/Berlin:20310506T103000
UID:pretalx-meet-2031-K7XN3P@plan.example
URL:https://plan.example/meet-2031/talk/K7XN3P/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Other talk -
DTSTART;TZID=Europe/Berlin:20310506T120000
DTEND;TZID=Europe/Berlin:20310506T123000
UID:pretalx-meet-2031-QQ8RTV@plan.example
URL:https://plan.example/meet-2031/talk/QQ8RTV/
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("first", ["plan.json", "plan.ics"])
def test_the_calendar_of_pretalx_has_the_talks_of_its_schedule(
    mltalks: Run, tmp_path: Path, first: str
) -> None:
    (tmp_path / "plan.json").write_text(schedule(ONE, TWO), "utf-8")
    (tmp_path / "plan.ics").write_text(CALENDAR.replace("\n", "\r\n"), "utf-8")
    names = sorted(("plan.json", "plan.ics"), key=lambda name: name != first)
    assert "2 added" in mltalks("import", names[0], "--event", "Meet 2031", cwd=tmp_path).err
    assert titles(mltalks, "event:meet-2031")["Serving by night"] == ["Ann Fox"]
    assert "0 added" in mltalks("import", names[1], "--event", "Meet 2031", cwd=tmp_path).err


def test_a_talk_with_the_page_of_another_one_is_added_with_its_name(mltalks: Run, tmp_path: Path) -> None:
    text = CALENDAR.replace("pretalx-meet-2031-", "").replace("Serving by", "Serving soup by")
    (tmp_path / "plan.json").write_text(schedule(ONE, TWO), "utf-8")
    (tmp_path / "plan.ics").write_text(text, "utf-8")
    mltalks("import", "plan.json", "--event", "Meet 2031", cwd=tmp_path)
    said = mltalks("import", "plan.ics", "--event", "Meet 2031", cwd=tmp_path).err
    assert "0 added" in said or "has the page of meet-2031-k7xn3p" in said
