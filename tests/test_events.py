"""Events: one with everything known about it, all with date and coverage, and their notes in both languages."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Run

NOTES = """
[[events]]
id = "notes25"
name = "Notes 2025"
series = "Notes"
year = 2025
coverage = "partial"
coverage_note = "two of three"
coverage_note_ja = "三件中二件"
committee_coverage = "partial"
committee_note = "one chair"
committee_note_ja = "委員長一名"

[[events]]
id = "notes26"
name = "Notes 2026"
series = "Notes"
year = 2026
start_date = "2026-01-05"
coverage = "fragment"
coverage_note = "English only"

[[sessions]]
id = "notes25-a"
event = "notes25"
title = "A"
kind = "talk"

[[sessions]]
id = "notes26-b"
event = "notes26"
title = "B"
kind = "talk"

[[members]]
event = "notes25"
role = "Chair"
name = "Ada Lovelace"
"""


@pytest.fixture
def notes(tmp_path: Path) -> list[str]:
    """Options that load two events, one with Japanese notes, one with an English note."""
    file = tmp_path / "notes.toml"
    file.write_text(NOTES, encoding="utf-8")
    return ["--data", str(file)]


@pytest.mark.parametrize("typed", ["opml20", "OPML20", "USENIX OpML '20", "usenix opml 20"])
def test_an_event_is_shown_by_id_and_by_name(mltalks: Run, typed: str) -> None:
    result = mltalks("show", typed, "--json")
    event = json.loads(result.out)
    assert (event["id"], event["start_date"], event["location"]) == ("opml20", "2020-07-28", "Online")
    assert event["sessions"] == len(json.loads(mltalks("list", "event:opml20", "--json").out))
    assert "mltalks by-event opml20" in result.err


def test_an_event_has_the_tracks_and_seats_that_other_commands_count(mltalks: Run) -> None:
    event = json.loads(mltalks("show", "mlsys24", "--json").out)
    sessions = json.loads(mltalks("list", "event:mlsys24", "--json").out)
    tracks = [session["track"] for session in sessions if session["track"]]
    assert {one["value"]: one["sessions"] for one in event["tracks"]} == {
        track: tracks.count(track) for track in tracks
    }
    event = json.loads(mltalks("show", "opml20", "--json").out)
    committee = json.loads(mltalks("committee", "opml20", "--json").out)
    assert (event["seats"], event["members"]) == (committee["seats"], committee["members"])
    assert [one["seats"] for one in event["committee"]] == [
        one["seats"] for one in committee["organizations"]
    ]


def test_an_event_is_a_page_on_a_terminal(mltalks: Run) -> None:
    page = mltalks("show", "opml20", "-o", "table").out
    lines = [line.strip() for line in page.splitlines()]
    assert lines[0] == "USENIX OpML '20"
    assert "date       2020-07-28 – 2020-08-07" in lines
    assert "4 Google" in lines
    assert "8 more" in lines  # after ten organizations
    assert "https://www.usenix.org/conference/opml20" in page
    japanese = mltalks("show", "opml20", "-o", "table", "--lang", "ja").out
    assert "OpMLの第2回" in japanese
    assert "収録状況  一部（" in japanese
    assert "partial" not in japanese


def test_an_event_prints_in_the_formats_of_single_records(mltalks: Run) -> None:
    plain = dict(line.split("\t")[:2] for line in mltalks("show", "opml20").out.splitlines())
    (row,) = csv.DictReader(io.StringIO(mltalks("show", "opml20", "-o", "csv").out))
    assert row["committee"] == plain["committee"]
    assert row["date"] == plain["date"] == "2020-07-28 – 2020-08-07"
    assert mltalks("show", "opml20", "-o", "md").out.startswith("| field | value |")
    assert mltalks("show", "opml20", "-o", "ids").out == "opml20\n"
    fields = json.loads(mltalks("show", "opml20", "--fields", "year,series", "--json").out)
    assert fields == {"year": 2020, "series": "OpML"}
    assert mltalks("show", "opml20", "-o", "bibtex").code == 2


def test_a_series_and_an_unknown_name_have_the_nearest(mltalks: Run) -> None:
    series = json.loads(mltalks("show", "OpML", "--json").err)["error"]
    assert (series["code"], series["nearest"]) == (4, ["opml20", "opml19"])
    assert json.loads(mltalks("show", "MLSys", "--json").err)["error"]["nearest"][-1] == "sysml18"
    unknown = json.loads(mltalks("show", "opml21", "--json").err)["error"]
    assert {"opml19", "opml20"} <= set(unknown["nearest"])


@pytest.mark.excerpt
def test_own_events_are_shown_with_their_lines(mltalks: Run, notes: list[str]) -> None:
    event = json.loads(mltalks("show", "notes25", "--json", *notes).out)
    assert (event["sessions"], event["tracks"], event["seats"]) == (1, [], 1)
    assert event["origins"]["id"] == {"path": notes[1], "line": 3}
    assert event["origins"]["coverage_note_ja"]["line"] == 9
    assert mltalks("show", "notes26", "-o", "table", *notes).code == 0


@pytest.mark.excerpt
def test_a_series_of_one_event_and_an_event_without_sessions_are_shown(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_text('[[events]]\nid = "m26"\nname = "The Meeting"\nseries = "Meetings"\nyear = 2026\n')
    for typed in ("m26", "Meetings", "the meeting"):
        event = json.loads(mltalks("show", typed, "--json", "--data", str(file)).out)
        assert (event["id"], event["sessions"], event["committee"]) == ("m26", 0, [])
    assert "not known" in mltalks("show", "m26", "-o", "table", "--data", str(file)).out


@pytest.mark.excerpt
def test_a_session_wins_over_an_event_of_the_same_id(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "same.toml"
    file.write_text('[[sessions]]\nid = "opml19"\nevent = "opml19"\ntitle = "Same"\nkind = "talk"\n')
    assert json.loads(mltalks("show", "opml19", "--json", "--data", str(file)).out)["title"] == "Same"
    assert json.loads(mltalks("show", "USENIX OpML '19", "--json", "--data", str(file)).out)["sessions"]


def test_show_completes_sessions_and_events(mltalks: Run) -> None:
    found = [line.split("\t")[0] for line in mltalks("__complete", "show", "opml19").out.splitlines()]
    assert {"opml19", "opml19-katib"} <= set(found)
    assert "committee_coverage" in mltalks("__complete", "show", "x", "--fields", "comm").out


@pytest.mark.slow
def test_events_are_listed_newest_first(mltalks: Run, notes: list[str]) -> None:
    lines = [line.split("\t") for line in mltalks("events", *notes).out.splitlines()]
    ids = [line[0] for line in lines]
    assert ids[:4] == ["mlsys26", "notes26", "mlsys25", "notes25"]  # without a date: last of the year
    assert ids[-3:] == ["opml19", "sysml19", "sysml18"]
    (opml20,) = (line for line in lines if line[0] == "opml20")
    assert opml20[-3:] == ["2020-07-28 – 2020-08-07", "Online", "partial"]
    assert mltalks("events", "-n", "1", "-o", "ids").out == "mlsys26\n"


def test_a_table_of_events_drops_columns_on_narrow_terminals(mltalks: Run) -> None:
    heads = {
        width: mltalks("events", "-o", "table", env={"COLUMNS": str(width)}).out.splitlines()[0].split()
        for width in (80, 140)
    }
    assert heads[80] == ["id", "event", "date", "place", "coverage", "sessions"]
    assert heads[140] == [*heads[80], "bar", "themes"]
    narrow = mltalks("events", "-o", "table", "--lang", "ja", env={"COLUMNS": "50"}).out
    assert "  収録状況: 全件" in narrow.splitlines()


@pytest.mark.excerpt
def test_notes_are_printed_in_the_language_of_the_output(mltalks: Run, notes: list[str]) -> None:
    query = "series:Notes"
    japanese, english = (
        mltalks("survey", query, "--lang", lang, "-o", "md", *notes).out for lang in ("ja", "en")
    )
    assert "Notes 2025 の収録状況: 三件中二件\n" in japanese
    assert "委員長一名" in japanese
    assert "Notes 2026 の収録状況: English only\n" in japanese  # there is no Japanese note
    assert "Coverage of Notes 2025: two of three.\n" in english
    assert "one chair" in english
    assert "委員長一名" in mltalks("committee", "notes25", "--lang", "ja", *notes).err
    assert "one chair" in mltalks("committee", "notes25", *notes).err
    assert "（収録状況: 一部）" in mltalks("doctor", query, "--lang", "ja", *notes).out
    assert "(partial)" in mltalks("doctor", query, *notes).out


@pytest.mark.excerpt
def test_json_has_the_notes_in_both_languages(mltalks: Run, notes: list[str]) -> None:
    incomplete = json.loads(mltalks("companies", "event:notes25", "--json", *notes).out)["incomplete"]
    assert incomplete == [
        {"event": "notes25", "coverage": "partial", "note": "two of three", "note_ja": "三件中二件"}
    ]
    (event,) = json.loads(mltalks("committee", "notes25", "--json", *notes).out)["events"]
    assert (event["note"], event["note_ja"]) == ("one chair", "委員長一名")
    survey = json.loads(mltalks("survey", "event:notes25", "--json", *notes).out)
    assert survey["events"][0]["coverage_note_ja"] == "三件中二件"
    assert survey["committee"]["not_counted"][0]["note_ja"] == "委員長一名"


def test_every_note_of_the_shipped_events_is_in_both_languages(mltalks: Run) -> None:
    for event in json.loads(mltalks("events", "--json").out)["values"]:
        shown = json.loads(mltalks("show", event["value"], "--json").out)
        for field in ("about", "coverage_note", "committee_note"):
            assert bool(shown[field]) == bool(shown[f"{field}_ja"]), (event["value"], field)


def test_an_event_with_tallies_shows_them_with_their_sources(mltalks: Run) -> None:
    event = json.loads(mltalks("show", "opml19", "--json").out)
    assert (event["tracks_counted"]["counted_from"], event["tracks_counted"]["total"]) == ("tally", 38)
    assert event["tracks"][0]["sessions"] == 12
    assert event["seats_counted"]["seats_from"] == "tally"
    page = mltalks("show", "opml19", "-o", "table", env={"COLUMNS": "200"}).out
    assert "a tally of 38 sessions; source: GitHub dobachi" in page
    assert "Committee member: a tally of 29 seats; source: GitHub dobachi" in page
    assert "members with" not in page
    japanese = mltalks("show", "sysml19", "-o", "table", "--lang", "ja", env={"COLUMNS": "200"}).out
    assert "プログラム委員: 延べ60名分の集計。出典: GitHub" in japanese
    assert "60名のうち1名は組織が分からない" in japanese


@pytest.mark.parametrize("name", ["SysML", "2020", "AND"])
def test_a_part_of_the_names_of_several_events_shows_none_of_them(mltalks: Run, name: str) -> None:
    shown = mltalks("show", name)
    assert (shown.code, shown.out) == (4, "")
    assert "write one of these" in shown.err or "is a series of" in shown.err
