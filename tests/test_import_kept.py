"""What an import keeps of the user's own data: tags, marks, notes, events of talks, days of events."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.test_import_again import EVENT, calendar, pretalx, put, sessionize

pytestmark = pytest.mark.excerpt
TALK = """[[events]]
id = "meet-2031"
name = "Meet 2031"
series = "Meet"
year = 2031
{event}
[[sessions]]
id = "meet-2031-a"
event = "meet-2031"
title = "Serving by night"
kind = "talk"
{session}
"""


def shown(mltalks: Run, name: str = "meet-2031-a") -> dict[str, Any]:
    """Return a talk or an event."""
    found: dict[str, Any] = json.loads(mltalks("show", name, "--json").out)
    return found


def talk(session: str = "", event: str = "") -> str:
    return TALK.format(session=session, event=event)


@pytest.mark.parametrize("options", [(), ("--update",)])
@pytest.mark.parametrize("form", ["toml", "json", "jsonl", "csv", "tsv"])
def test_tags_of_a_file_are_added_to_ones_own(
    mltalks: Run, tmp_path: Path, form: str, options: tuple[str, ...]
) -> None:
    put(mltalks, tmp_path, "in.toml", talk('tags = ["shortlist"]'))
    mltalks("export", "event:meet-2031", "-O", f"theirs.{form}", cwd=tmp_path)
    mltalks("tag", "meet-2031-a", "shortlist", "--remove")
    mltalks("tag", "meet-2031-a", "rejected", "autumn")
    said = mltalks("import", f"theirs.{form}", *options, cwd=tmp_path).err
    assert "tags: rejected; autumn → rejected; autumn; shortlist" in said
    assert shown(mltalks)["tags"] == ["rejected", "autumn", "shortlist"]
    assert "1 already present" in mltalks("import", f"theirs.{form}", *options, cwd=tmp_path).err


def test_a_mark_of_ones_own_stays_and_is_replaced_on_request(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.toml", talk())
    assert "mark: – → watched" in put(mltalks, tmp_path, "in.toml", talk('mark = "watched"'))
    mltalks("mark", "meet-2031-a", "to-watch")
    said = put(mltalks, tmp_path, "in.toml", talk('mark = "watched"'))
    assert "meet-2031-a keeps its mark (to-watch → watched); --update takes the other one" in said
    assert shown(mltalks)["mark"] == "to-watch"
    said = put(mltalks, tmp_path, "in.toml", talk('mark = "watched"'), "--update")
    assert "mark: to-watch → watched" in said
    assert shown(mltalks)["mark"] == "watched"


def test_a_note_that_goes_to_and_fro_has_each_line_once(mltalks: Run, tmp_path: Path) -> None:
    ours, theirs = (str(tmp_path / name) for name in ("ours", "theirs"))
    for folder in (ours, theirs):
        (tmp_path / "in.toml").write_text(talk('note = "Great.\\n\\nWants 45 min."'), encoding="utf-8")
        mltalks("import", "in.toml", cwd=tmp_path, env={"MLTALKS_DATA": folder})
    for number in range(3):
        for mine, other, name in ((ours, theirs, "A"), (theirs, ours, "B")):
            mltalks("note", "meet-2031-a", f"{name}: round {number}", env={"MLTALKS_DATA": mine})
            mltalks(
                "export", "event:meet-2031", "--with-notes", "-O", "x.toml", "--force", cwd=tmp_path,
                env={"MLTALKS_DATA": mine},
            )  # fmt: skip
            mltalks("import", "x.toml", cwd=tmp_path, env={"MLTALKS_DATA": other})
    expected = [
        "Great.",
        "Wants 45 min.",
        *(f"{name}: round {number}" for number in range(3) for name in "AB"),
    ]
    for folder in (ours, theirs):
        found = json.loads(mltalks("show", "meet-2031-a", "--json", env={"MLTALKS_DATA": folder}).out)["note"]
        assert found.split("\n\n") == expected


def test_update_takes_a_title_that_differs_in_case_or_signs_only(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.csv", "title,speakers\nServing without tears,Ann Fox\n", *EVENT)
    better = 'title,speakers\n"Serving: ""Without Tears""!",Ann Fox\n'
    change = 'title: Serving without tears → Serving: "Without Tears"!'
    assert f"it is skipped, although it differs: {change}" in put(mltalks, tmp_path, "in.csv", better, *EVENT)
    assert change in put(mltalks, tmp_path, "in.csv", better, *EVENT, "--update")
    assert shown(mltalks, "meet-2031-serving-tears")["title"] == 'Serving: "Without Tears"!'
    # Bibliographies have titles in their own case.
    entry = "@inproceedings{k, title={Serving: {Without} tears}, author={Ann Fox}, booktitle={Meet 2031}, year=2031}"
    assert "title:" not in put(mltalks, tmp_path, "in.bib", entry, *EVENT, "--update")


@pytest.mark.parametrize(
    ("name", "programme", "own"),
    [
        ("in.json", sessionize, "100001"),
        ("in.ics", calendar, "soup-hour"),
        ("in.ics", calendar, "event_300000003"),
        ("in.json", pretalx, "TUTOR1"),
    ],
    ids=["sessionize", "ical", "meetup", "pretalx"],
)
def test_a_talk_that_the_user_put_into_another_event_stays_there(
    mltalks: Run, tmp_path: Path, name: str, programme: Any, own: str
) -> None:
    one, other = (own, "Serving by night", "2031-05-06T10:00"), ("LLMCST", "Other talk", "2031-05-06T12:00")
    put(mltalks, tmp_path, name, programme(one, other), *EVENT)
    known = f"meet-2031-{own.lower()}"
    for event in ("Meet 7 2031", "Night talks 2031"):
        mltalks("edit", known, "--event", event)
        its = shown(mltalks, known)["event"]
        for options in ((), ("--update",)):
            said = put(mltalks, tmp_path, name, programme(one, other), *EVENT, *options)
            assert "0 added, 0 changed, 0 skipped; 2 already present" in said
        renamed = programme((own, "Serving by day", one[2]), other)
        assert "1 skipped" in put(mltalks, tmp_path, name, renamed, *EVENT)
        assert "0 added, 1 changed" in put(mltalks, tmp_path, name, renamed, *EVENT, "--update")
        assert shown(mltalks, known)["event"] == its
        mltalks("undo")


def test_a_talk_of_a_table_with_numbers_stays_where_the_user_put_it(mltalks: Run, tmp_path: Path) -> None:
    table = "No,title,speakers\n7,{},Ann Fox\n"
    options = (*EVENT, "--map", "id=No")
    put(mltalks, tmp_path, "in.csv", table.format("Serving by night"), *options)
    mltalks("edit", "meet-2031-7", "--event", "Night talks 2031")
    said = put(mltalks, tmp_path, "in.csv", table.format("Baking by day"), *options, "--update")
    assert "0 added, 1 changed" in said
    assert shown(mltalks, "meet-2031-7")["event"] == "night-talks-2031"


def test_a_cancelled_talk_is_named_wherever_the_user_put_it(mltalks: Run, tmp_path: Path) -> None:
    text = calendar(("event_3", "Serving by night", "2031-05-06T10:00"))
    put(mltalks, tmp_path, "in.ics", text, *EVENT)
    mltalks("edit", "meet-2031-event_3", "--event", "Night talks 2031")
    cancelled = text.replace("END:VEVENT", "STATUS:CANCELLED\nEND:VEVENT").replace("by night", "by day")
    assert "it is in the data as meet-2031-event_3" in put(mltalks, tmp_path, "in.ics", cancelled, *EVENT)


def test_an_id_that_a_title_gave_is_not_that_of_another_program(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "Keynote", "--event", "Meet 2031", "--speaker", "Bo Hay")
    mltalks("edit", "meet-2031-keynote", "--event", "Night talks 2031")
    said = put(mltalks, tmp_path, "in.ics", calendar(("keynote", "Of queues", "2031-05-06T10:00")), *EVENT)
    assert "1 added" in said


def test_an_event_that_became_one_of_one_day_gets_both_days(mltalks: Run, tmp_path: Path) -> None:
    days = 'start_date = "2031-05-06"\nend_date = "2031-05-06"\n'
    for before in ("", 'start_date = "2031-05-06"\n', 'start_date = "2031-05-05"\nend_date = "2031-05-07"\n'):
        put(mltalks, tmp_path, "in.toml", talk(event=before))
        put(mltalks, tmp_path, "in.toml", talk(event=days), "--update")
        event = shown(mltalks, "meet-2031")
        assert (event["start_date"], event["end_date"]) == ("2031-05-06", "2031-05-06")
        assert "changed:" not in put(mltalks, tmp_path, "in.toml", talk(event=days), "--update")
        mltalks("remove", "--yes", "--query", "event:meet-2031")
        mltalks("event", "remove", "--yes", "meet-2031")


def test_a_talk_with_other_speakers_under_its_id_is_named(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.toml", talk('speakers = [{ name = "Ann Fox" }]'))
    said = put(mltalks, tmp_path, "in.toml", talk('speakers = [{ name = "Bo Hay" }]'))
    assert "meet-2031-a gets other speakers: Ann Fox → Bo Hay; if these are two talks with one title" in said
    said = put(mltalks, tmp_path, "in.toml", talk('speakers = [{ name = "Bo Hay" }, { name = "Cy Doe" }]'))
    assert "other speakers" not in said


def test_a_row_under_the_title_that_a_talk_had_names_that_talk(mltalks: Run, tmp_path: Path) -> None:
    table = "title,speakers,date\nModels in production,Ann Fox,2031-05-06\nOther,Bo Hay,2031-05-06\n"
    put(mltalks, tmp_path, "in.csv", table, *EVENT)
    known = "meet-2031-models-production"
    mltalks("edit", known, "--title", "Models in the wild")
    said = put(mltalks, tmp_path, "in.csv", table, *EVENT, "--dry-run")
    assert "would add 0, change 0 and skip 0; 2 already present" in said
    assert "looks like" not in said


def test_the_calendar_of_a_schedule_is_known_by_its_addresses(mltalks: Run, tmp_path: Path) -> None:
    address = "https://meet.example/2031/talk/LLMCST/"
    table = f"title,speakers,url\nCutting the cost by 60%,Ann Fox,{address}\n"
    text = calendar(("pretalx-LLMCST", "Cutting the cost by 60% - Ann Fox", "2031-05-06T10:00"))
    text = text.replace("END:VEVENT", f"URL:{address}\nEND:VEVENT")
    put(mltalks, tmp_path, "in.csv", table, *EVENT)
    said = put(mltalks, tmp_path, "in.ics", text, *EVENT, "--update")
    assert "0 added, 1 changed" in said
    assert shown(mltalks, "meet-2031-cutting-cost-60")["title"] == "Cutting the cost by 60%"
    other = ("--event", "Other 2031")
    put(mltalks, tmp_path, "in.ics", text, *other)
    said = put(mltalks, tmp_path, "in.csv", table, *other)
    assert "has the same address as other-2031-pretalx-llmcst" in said
    put(mltalks, tmp_path, "in.csv", table, *other, "--update")
    assert shown(mltalks, "other-2031-pretalx-llmcst")["speakers"][0]["name"] == "Ann Fox"


def test_a_dry_run_lists_records_in_the_order_of_the_file(mltalks: Run, tmp_path: Path) -> None:
    rows = [
        "Serving by night,Ann Fox,2031-05-06",
        "Baking by day,Bo Hay,6/5/2031",
        "Of queues,,",
        "Of soup,Cy Doe,",
    ]
    table = "\n".join(["title,speakers,date", *rows, ""])
    put(mltalks, tmp_path, "in.csv", "\n".join(["title,speakers,date", *rows[:2], ""]), *EVENT)
    (tmp_path / "in.csv").write_text(table, encoding="utf-8")
    listed = mltalks("import", "in.csv", *EVENT, "--dry-run", "--json", cwd=tmp_path)
    assert [one["place"] for one in json.loads(listed.out)] == [f"in.csv:{line}" for line in range(2, 6)]


def test_an_edit_of_a_shipped_talk_stays_while_the_table_has_the_shipped_value(
    mltalks: Run, tmp_path: Path
) -> None:
    table = tmp_path / "talks.csv"
    table.write_text(mltalks("list", "id:opml19-katib", "--fields", "title,event,track", "-o", "csv").out)
    mltalks("edit", "opml19-katib", "--track", "My own track")
    assert "change 0" in mltalks("import", str(table), "--update", "--dry-run").err
    table.write_text(table.read_text().replace("Solutions and Platforms", "A track of its own"))
    assert "change 1" in mltalks("import", str(table), "--update", "--dry-run").err


def test_an_unchanged_sheet_knows_the_talks_that_were_moved_or_got_other_speakers(
    mltalks: Run, tmp_path: Path
) -> None:
    table = (
        "title,speakers,date\nOn drift,Dai Tanaka,2031-05-06 10:00\nFeature stores,Ann Fox,2031-05-06 11:00\n"
    )
    put(mltalks, tmp_path, "in.csv", table, *EVENT)
    mltalks("edit", "--query", "event:meet-2031", "--timezone", "+02:00")
    mltalks("edit", "meet-2031-drift", "--speaker", "Yuki Sato")
    mltalks("edit", "meet-2031-feature-stores", "--date", "2031-05-07 15:00")
    for options in ((), ("--update",)):
        said = put(mltalks, tmp_path, "in.csv", table, *EVENT, *options)
        assert "0 added, 0 changed, 0 skipped; 2 already present" in said
    refused = table.replace("date\n", "date,status\n").replace("0:00\n", "0:00,Withdrawn\n")
    assert "it is in the data as meet-2031-drift" in put(mltalks, tmp_path, "in.csv", refused, *EVENT)
    other = put(mltalks, tmp_path, "in.csv", table.replace("Dai Tanaka", "Zed Low"), *EVENT, "--dry-run")
    assert "has the title and the time of meet-2031-drift, but other speakers" in other
    moved = put(mltalks, tmp_path, "in.csv", table.replace("11:00", "12:00"), *EVENT, "--update")
    assert "date: 2031-05-07T15:00+02:00 → 2031-05-06T12:00+02:00" in moved


def test_a_time_gets_no_zone_that_is_utc_or_that_the_clocks_may_have_left(
    mltalks: Run, tmp_path: Path
) -> None:
    table = "title,date\nSoup,2031-03-27T08:00Z\nBread,2031-03-29T10:00+01:00\nSalad,2031-03-27T10:00+01:00\n"
    put(mltalks, tmp_path, "in.csv", table, *EVENT)
    moved = "title,date\nSoup,2031-03-27 10:00\nBread,2031-03-31 10:00\nSalad,2031-03-28 10:00\n"
    said = put(mltalks, tmp_path, "in.csv", moved, *EVENT, "--update")
    assert "date: 2031-03-27T08:00+00:00 → 2031-03-27T10:00\n" in said
    assert "date: 2031-03-29T10:00+01:00 → 2031-03-31T10:00\n" in said
    assert "date: 2031-03-27T10:00+01:00 → 2031-03-28T10:00+01:00\n" in said


def test_a_calendar_without_its_event_knows_its_talks(mltalks: Run, tmp_path: Path) -> None:
    google = "3kq2v9d8q1l2m3n4o5p6abcdef"
    entries = ("k1", "Cheap evals", "2031-05-06T10:00"), (google, "Old evals", "2031-05-06T11:00")
    put(mltalks, tmp_path, "in.ics", calendar(*entries), *EVENT)
    mltalks("edit", "meet-2031-k1-meet.example", "--title", "Cheap evaluations")
    named = calendar(*entries).replace("VCALENDAR\n", "VCALENDAR\nX-WR-CALNAME:Graz talks\n", 1)
    said = put(mltalks, tmp_path, "in.ics", named, "--update")
    assert "0 added, 0 changed, 0 skipped; 2 already present" in said
    said = put(mltalks, tmp_path, "in.ics", named.replace("Old evals", "New evals"), "--update")
    assert f"changed: meet-2031-{google}: title: Old evals → New evals" in said


def test_a_talk_of_a_sheet_that_a_calendar_renames_is_named(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.csv", "title,speakers,date\nCheap evals,Ben Wolf,2031-05-06 10:00\n", *EVENT)
    entry = calendar(("k1", "Cheap evals", "2031-05-06T10:30")).replace(
        "SUMMARY", "DESCRIPTION:Speaker: Ben Wolf\nSUMMARY"
    )
    assert "1 changed" in put(mltalks, tmp_path, "in.ics", entry, *EVENT, "--update")
    said = put(mltalks, tmp_path, "in.ics", entry.replace("Cheap", "Costly"), *EVENT, "--update")
    assert "has the time and a speaker of meet-2031-cheap-evals, and is added as another one" in said
    assert (
        "mltalks remove meet-2031-cheap-evals; later imports know meet-2031-k1-meet.example by its id" in said
    )


def test_a_talk_that_a_calendar_still_has_is_not_named_as_renamed(mltalks: Run, tmp_path: Path) -> None:
    def programme(*entries: tuple[str, str, str]) -> str:
        return calendar(*entries).replace("SUMMARY", "DESCRIPTION:Speaker: Ben Wolf\nSUMMARY")

    known, new = ("k1", "Cheap evals", "2031-05-06T10:30"), ("k2", "Panel on ferns", "2031-05-06T10:30")
    put(mltalks, tmp_path, "in.ics", programme(known), *EVENT)
    both = put(mltalks, tmp_path, "in.ics", programme(new, known), *EVENT, "--dry-run")
    assert "; 1 already present" in both
    assert "mltalks remove" not in both
    assert "mltalks remove meet-2031-k1" in put(mltalks, tmp_path, "in.ics", programme(new), *EVENT)


def test_an_event_of_a_known_talk_that_is_not_known_is_named(mltalks: Run, tmp_path: Path) -> None:
    text = '[[sessions]]\nid = "opml19-katib"\nevent = "zzz"\nnote = "Mine."\n'
    said = put(mltalks, tmp_path, "in.toml", text)
    assert 'in.toml:1: opml19-katib: has no year for "zzz"' in said
    assert "0 added, 1 changed" in said


def test_a_data_file_with_the_id_and_own_words_of_a_talk_is_taken(mltalks: Run, tmp_path: Path) -> None:
    mltalks("note", "opml19-katib", "Ask Jinan.", env={"MLTALKS_DATA": str(tmp_path / "theirs")})
    mltalks("tag", "opml19-katib", "invite", env={"MLTALKS_DATA": str(tmp_path / "theirs")})
    said = mltalks("import", "theirs/sessions.toml", cwd=tmp_path)
    assert said.code == 0
    assert "changed: opml19-katib: tags: – → invite; note: – → Ask Jinan." in said.err
    no_such = put(mltalks, tmp_path, "in.toml", '[[sessions]]\nid = "nope"\nnote = "x"\n')
    assert (
        no_such.splitlines()[0] == 'mltalks: in.toml:1: nope: has no title, and no session has the id "nope"'
    )


@pytest.mark.parametrize(
    "options",
    [("-o", "csv", "--fields", "id,title,companies,themes"), ("--json", "id,title,companies,themes")],
)
def test_a_list_of_inferred_themes_and_companies_that_comes_back_decides_nothing(
    mltalks: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    mltalks("add", "Model monitoring for fraud", *EVENT, "--speaker", "Ann Fox (Acme)")
    listed = mltalks("list", "event:meet-2031", *options).out
    assert "cybersecurity" in listed
    name = "in.json" if "--json" in options else "in.csv"
    assert "0 changed, 0 skipped; 1 already present" in put(mltalks, tmp_path, name, listed)
    fewer = listed.replace("cybersecurity; ", "").replace('"cybersecurity",', "")
    assert "themes: – → monitoring-observability" in put(mltalks, tmp_path, name, fewer)
