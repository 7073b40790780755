"""Exports of one's own events, as their readers, calendars and feed readers see them."""

import json
import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import icalendar
import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt


def test_markdown_has_each_event_once_the_newest_first(mltalks: Run) -> None:
    for name, day in (("Serving Day 2031", "2031-06-01"), ("Feature Night 2031", "2031-07-01")):
        mltalks("event", "add", name, "--date", day)
    mltalks("event", "add", "Undated 2031")
    order = ("serving-day-2031", "feature-night-2031", "undated-2031")
    for number, event in enumerate(order * 2):
        mltalks("add", f"Talk {number}", "--event", event, "--date", "2031-06-01")
    text = mltalks("export", "year:2031", "-o", "md").out
    heads = [line for line in text.splitlines() if line.startswith("##")]
    assert heads == ["## Feature Night 2031", "## Serving Day 2031", "## Undated 2031"]
    assert text.count("\n- ") == 6
    assert text.index("Talk 0") < text.index("Talk 2")


def test_a_committee_that_a_data_file_does_not_get_is_counted(mltalks: Run, tmp_path: Path) -> None:
    event = '[[events]]\nid = "club-2031"\nname = "Club 2031"\nseries = "Club"\nyear = 2031\n'
    talk = '[[sessions]]\nid = "club-2031-a"\nevent = "club-2031"\ntitle = "A"\nkind = "talk"\n'
    member = '[[members]]\nevent = "club-2031"\nname = "Ann Fox"\nrole = "member"\n'
    (tmp_path / "mltalks.toml").write_text(event + talk + member, encoding="utf-8")
    said = mltalks("export", "event:club-2031", "-f", "toml", cwd=tmp_path).err
    assert (
        "members of committees that are left out: 1; to hand them on, copy [[members]] from the data file"
        in said
    )
    assert "members" not in mltalks("export", "event:opml19", "-f", "toml", cwd=tmp_path).err


def test_an_organization_of_a_talk_is_not_written_like_a_speaker(mltalks: Run) -> None:
    some = ("--speaker", "Ada Ray", "--speaker", "Bo Sol (Kite Labs)")
    mltalks("add", "Both", "--event", "Serving Day 2031", *some, "--organization", "Orbit, Canada")
    mltalks("add", "None", "--event", "Serving Day 2031", "--organization", "Orbit, Canada")
    text = mltalks("export", "event:serving-day-2031", "-o", "md").out
    assert "\n  Ada Ray, Bo Sol (Kite Labs) — Orbit, Canada\n" in text
    assert "\n  Orbit, Canada\n" in text


def journalled(mltalks: Run) -> datetime:
    """Return the time of the last change."""
    (last,) = json.loads(mltalks("log", "-n", "1", "--json").out)
    return datetime.fromisoformat(last["time"])


def test_a_feed_and_a_calendar_have_the_times_of_the_last_changes(mltalks: Run, tmp_path: Path) -> None:
    mltalks("event", "add", "Serving Day 2031", "--date", "2031-06-01")
    mltalks(
        "add",
        "A cache",
        "--event",
        "serving-day-2031",
        "--date",
        "2031-06-01T10:00",
        "--organization",
        "Kite",
    )
    own = tmp_path / ".local/share/mltalks"
    entry = max((own / ".journal").glob("*.json"))

    def stamps() -> list[str]:
        feed, calendar, again = (
            mltalks("export", "event:serving-day-2031", "-o", form).out for form in ("atom", "ical", "ical")
        )
        assert calendar == again
        assert "<content>Serving Day 2031 · 2031-06-01 10:00 · Kite</content>" in feed
        (event,) = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
        found = re.findall("<updated>(.*?)</updated>", feed)
        return [*found, f"{event.decoded('DTSTAMP').replace(tzinfo=None).isoformat()}Z"]

    def set_time(time: str) -> None:
        entry.write_text(re.sub('"time": "[^"]*"', f'"time": "{time}"', entry.read_text()))

    set_time("2030-01-31T08:30:00+09:00")
    assert stamps() == ["2030-01-30T23:30:00Z"] * 3
    set_time("odd")  # what the journal does not date has the time of its file
    os.utime(own / "sessions.toml", (0, 2_000_000_000))
    assert stamps() == ["2033-05-18T03:33:20Z"] * 3
    # A later change of the event shows.
    mltalks("event", "edit", "serving-day-2031", "--place", "Nara")
    calendar = mltalks("export", "event:serving-day-2031", "-o", "ical").out
    (event,) = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    later = event.decoded("DTSTAMP") - journalled(mltalks)  # the file of a change is written after its entry
    assert timedelta(0) <= later <= timedelta(seconds=2)


def test_a_talk_of_a_calendar_whose_uid_is_a_uuid_keeps_it(mltalks: Run, tmp_path: Path) -> None:
    uid = "0b8f1c3e-5a1d-4c62-9d0e-2f6f6d1f7a10"
    event = f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:A cache\nDTSTART:20310601T100000Z\nEND:VEVENT\n"
    (tmp_path / "x.ics").write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n")
    mltalks("import", "x.ics", "--event", "Serving Day 2031", cwd=tmp_path)
    mltalks("add", "Mine", "--event", "serving-day-2031", "--date", "2031-06-01T11:00")
    calendar = mltalks("export", "event:serving-day-2031", "-O", "y.ics", cwd=tmp_path)
    assert calendar.code == 0
    some = icalendar.Calendar.from_ical((tmp_path / "y.ics").read_text()).walk("VEVENT")
    assert {str(one["UID"]) for one in some} == {uid, "serving-day-2031-mine@mltalks"}
    assert "2 already present" in mltalks("import", "y.ics", "--event", "serving-day-2031", cwd=tmp_path).err


def test_feeds_and_calendars_are_called_after_what_they_have(mltalks: Run) -> None:
    for year in (2031, 2032):
        mltalks("add", f"Rye {year}", "--event", f"Bread Days {year}", "--date", f"{year}-03-11")
    for query, title, name in (
        (['series:"Bread Days"'], [], "Bread Days"),
        (["event:bread-days-2031"], [], "Bread Days 2031"),
        (["event:opml19"], [], "USENIX OpML '19"),
        (["event:opml19", "keyword:automl"], [], "mltalks: event:opml19 keyword:automl"),
        (["series:OpML"], ["--title", "Autumn, reading"], "Autumn, reading"),
    ):
        feed = mltalks("export", *query, "-o", "atom", *title).out
        assert ET.fromstring(feed).findtext("{http://www.w3.org/2005/Atom}title") == name
        calendar = icalendar.Calendar.from_ical(mltalks("export", *query, "-o", "ical", *title).out)
        assert str(calendar["X-WR-CALNAME"]).replace("\\,", ",") == name
    refused = mltalks("export", "series:OpML", "-o", "bibtex", "--title", "A")
    assert (refused.code, refused.err) == (2, "mltalks: error: --title is for atom and ical\n")


def test_a_calendar_names_each_event_and_counts_times_without_a_zone(mltalks: Run, tmp_path: Path) -> None:
    for title, date in (
        ("Sourdough", "2031-03-11T10:00"),
        ("Rye", "2031-03-11T10:00+09:00"),
        ("Oats", "2031-03-11"),
    ):
        mltalks(
            "add",
            title,
            "--event",
            "Bread Days 2031",
            "--date",
            date,
            "--summary",
            "Event: none.\n\nOf bread.",
        )
    file = tmp_path / "bread.ics"
    written = mltalks("export", "event:bread-days-2031", "-O", str(file))
    assert "times without a time zone" in written.err
    assert "reader's own place: 1; to add the zone: mltalks edit --query QUERY --timezone" in written.err
    assert "sessions written to" in written.err
    entries = icalendar.Calendar.from_ical(file.read_text()).walk("VEVENT")
    assert {str(one["DESCRIPTION"]) for one in entries} == {
        "Event: none.\n\nOf bread.\n\nEvent: Bread Days 2031"
    }
    assert " 0 added, 0 changed, 0 skipped; 3 already present" in mltalks("import", str(file), "--update").err


@pytest.mark.parametrize(
    "date", ["2031-05-06T09:00-10:00", "2031-05-06T19:10-05:00", "2031-05-06T19:10+09:00"]
)
def test_a_time_zone_is_no_time_at_which_a_talk_ends(mltalks: Run, tmp_path: Path, date: str) -> None:
    table = tmp_path / "talks.csv"
    table.write_text(f"title,event,date\nSoup,Soup Days 2031,{date}\n")
    imported = mltalks("import", str(table))
    assert "is not a time" not in imported.err
    listed = ("list", "event:soup-days-2031", "--fields", "id,date,minutes", "-o", "csv")
    assert f",{date}," in mltalks(*listed).out
    table.write_text(mltalks(*listed).out)
    assert "1 already present" in mltalks("import", str(table)).err
