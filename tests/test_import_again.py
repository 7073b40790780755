"""A programme that is imported again after it was changed: talks are known again, and what differs is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt
EVENT = ("--event", "Meet 2031")


def put(mltalks: Run, folder: Path, name: str, text: str, *options: str) -> str:
    """Import a file and return what is reported."""
    (folder / name).write_text(text, encoding="utf-8")
    return mltalks("import", name, *options, cwd=folder).err


def talks(mltalks: Run, query: str = "event:meet-2031") -> list[tuple[str, str | None]]:
    """Return titles and dates."""
    found = json.loads(mltalks("list", query, "--json", "--sort", "title").out)
    return [(one["title"], one["date"]) for one in found]


def sessionize(*talks: tuple[str, str, str]) -> str:
    """Return an answer of Sessionize with talks by id, title and start."""
    sessions: list[dict[str, Any]] = [
        {
            "id": number, "title": title, "startsAt": start, "endsAt": None, "isServiceSession": False, "isPlenumSession": False,
            "speakers": ["s1"], "categoryItems": [], "status": "Accepted",
        }
        for number, title, start in talks
    ]  # fmt: skip
    return json.dumps({"sessions": sessions, "speakers": [{"id": "s1", "fullName": "Ann Fox"}]})


def calendar(*talks: tuple[str, str, str]) -> str:
    """Return a calendar with events by UID, title and start."""
    events = (
        f"BEGIN:VEVENT\nUID:{uid}@meet.example\nSUMMARY:{title}\nDTSTART:{start.translate({45: '', 58: ''})}00\nEND:VEVENT\n"
        for uid, title, start in talks
    )
    return f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n"


def pretalx(*talks: tuple[str, str, str]) -> str:
    """Return a list of pretalx with talks by code, title and start."""
    return json.dumps({
        "results": [
            {
                "code": code, "title": title, "speakers": [{"code": "X", "name": "Ann Fox"}], "submission_type": {"en": "Talk"},
                "state": "confirmed", "slot": {"start": start},
            }
            for code, title, start in talks
        ]
    })  # fmt: skip


@pytest.mark.parametrize(
    ("name", "programme"),
    [("in.json", sessionize), ("in.ics", calendar), ("in.json", pretalx)],
    ids=["sessionize", "ical", "pretalx"],
)
def test_a_talk_that_was_moved_or_renamed_is_known_by_its_id(
    mltalks: Run, tmp_path: Path, name: str, programme: Any
) -> None:
    other = ("200002", "Other talk", "2031-05-06T12:00")
    put(mltalks, tmp_path, name, programme(("100001", "Serving by night", "2031-05-06T10:00"), other), *EVENT)
    same = programme(("100001", "Serving by night", "2031-05-06T10:00"), other)
    assert "0 added, 0 changed, 0 skipped; 2 already present" in put(mltalks, tmp_path, name, same, *EVENT)
    moved = programme(("100001", "Serving by night", "2031-05-06T11:00"), other)
    said = put(mltalks, tmp_path, name, moved, *EVENT)
    assert "Serving by night: has the id from which meet-2031-100001 was imported" in said
    assert "0 added, 0 changed, 1 skipped; 1 already present" in said
    assert "--update takes what differs" in said
    assert "1 changed" in put(mltalks, tmp_path, name, moved, *EVENT, "--update")
    renamed = programme(("100001", "Serving by day", "2031-05-06T11:00"), other)
    assert "0 added, 0 changed, 1 skipped" in put(mltalks, tmp_path, name, renamed, *EVENT)
    put(mltalks, tmp_path, name, renamed, *EVENT, "--update")
    assert talks(mltalks) == [("Other talk", "2031-05-06T12:00"), ("Serving by day", "2031-05-06T11:00")]
    mltalks("undo")
    mltalks("undo")
    assert talks(mltalks)[1] == ("Serving by night", "2031-05-06T10:00")
    assert mltalks("validate", str(tmp_path / ".local/share/mltalks/sessions.toml")).code == 0


@pytest.mark.parametrize(("name", "programme"), [("in.json", sessionize), ("in.ics", calendar)])
def test_what_was_edited_stays_where_the_programme_is_as_it_was(
    mltalks: Run, tmp_path: Path, name: str, programme: Any
) -> None:
    one, two = ("100001", "Flags (Ann Fox)", "2031-05-06T10:00"), ("100002", "Pools", "2031-05-06T12:00")
    put(mltalks, tmp_path, name, programme(one, two), *EVENT)
    mltalks("edit", "meet-2031-100001", "--title", "Flags")
    mltalks("edit", "meet-2031-100002", "--title", "Pools of GPUs")
    same = put(mltalks, tmp_path, name, programme(one, two), *EVENT)
    assert "0 added, 0 changed, 0 skipped; 2 already present" in same
    moved = programme(one, (*two[:2], "2031-05-13T12:00"))
    said = put(mltalks, tmp_path, name, moved, *EVENT)
    assert "it is skipped, although it differs: date: 2031-05-06T12:00 → 2031-05-13T12:00\n" in said
    assert "0 added, 1 changed" in put(mltalks, tmp_path, name, moved, *EVENT, "--update")
    assert talks(mltalks) == [("Flags", "2031-05-06T10:00"), ("Pools of GPUs", "2031-05-13T12:00")]
    renamed = programme(("100001", "Flags for models", one[2]), (*two[:2], "2031-05-13T12:00"))
    put(mltalks, tmp_path, name, renamed, *EVENT, "--update")
    assert [title for title, _ in talks(mltalks)] == ["Flags for models", "Pools of GPUs"]


def test_a_removed_talk_that_a_programme_brings_again_stays_removed(mltalks: Run, tmp_path: Path) -> None:
    one, two = ("100001", "Flags", "2031-05-06T10:00"), ("100002", "Christmas social", "2031-05-06T12:00")
    put(mltalks, tmp_path, "in.ics", calendar(one, two), *EVENT)
    mltalks("remove", "--yes", "meet-2031-100002")
    for option in ((), ("--update",)):
        said = put(mltalks, tmp_path, "in.ics", calendar(one, two), *EVENT, *option)
        assert "0 added, 0 changed, 1 skipped; 1 already present" in said
        assert "skipped because you removed them: 1 (meet-2031-100002)" in said
        assert "added to events" not in said
    listed = mltalks("import", "in.ics", *EVENT, "--dry-run", "--json", cwd=tmp_path)
    assert [one["outcome"] for one in json.loads(listed.out)] == ["known", "skip"]
    mltalks("remove", "--yes", "meet-2031-100001")
    assert "2 added" in put(mltalks, tmp_path, "in.ics", calendar(one, two), *EVENT), "all of it was removed"


def test_two_talks_of_one_title_with_ids_of_their_own_stay_two(mltalks: Run, tmp_path: Path) -> None:
    one, two = ("100001", "Keynote", "2031-05-06T10:00"), ("100002", "Keynote", "2031-05-07T10:00")
    assert "2 added" in put(mltalks, tmp_path, "in.json", sessionize(one, two), *EVENT)
    swapped = sessionize((*one[:2], two[2]), (*two[:2], one[2]))
    assert "2 changed" in put(mltalks, tmp_path, "in.json", swapped, *EVENT, "--update")
    assert len(talks(mltalks)) == 2


def test_an_old_and_a_new_file_in_one_import_have_one_talk(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "old.ics").write_text(calendar(("100001", "Serving", "2031-05-06T10:00")), encoding="utf-8")
    (tmp_path / "new.ics").write_text(calendar(("100001", "Serving", "2031-05-06T11:00")), encoding="utf-8")
    said = mltalks("import", "old.ics", "new.ics", *EVENT, cwd=tmp_path).err
    assert "1 added, 0 changed, 1 skipped" in said


def test_a_talk_moved_to_another_year_is_known_by_its_uid(mltalks: Run, tmp_path: Path) -> None:
    def named(*talks: tuple[str, str, str], status: str = "") -> str:
        text = calendar(*talks).replace("BEGIN:VCALENDAR\n", "BEGIN:VCALENDAR\nX-WR-CALNAME:Night talks\n")
        return text.replace("END:VEVENT", f"{status}END:VEVENT")

    before, after = ("soup-hour", "Soup", "2031-11-20T18:00"), ("soup-hour", "Soup", "2032-01-15T18:00")
    uuid = "0b8c5d2e-4f1a-4c3b-9d7e-5a6b7c8d9e0f"
    assert "2 added" in put(mltalks, tmp_path, "a.ics", named(before, (uuid, "Bread", "2031-11-21T18:00")))
    known = put(mltalks, tmp_path, "b.ics", named(after))
    assert "event: night-talks-2031 → night-talks-2032" in known
    assert "0 added, 0 changed, 1 skipped" in known
    assert "0 added, 1 changed" in put(mltalks, tmp_path, "b.ics", named(after), "--update")
    assert talks(mltalks, "series:Night") == [("Bread", "2031-11-21T18:00"), ("Soup", "2032-01-15T18:00")]
    renamed = put(mltalks, tmp_path, "b.ics", named(("soup-hour", "Cold soup", after[2])), "--update")
    assert "0 added, 1 changed" in renamed

    cancelled = named((uuid, "Bread again", "2032-01-16T18:00"), status="STATUS:CANCELLED\n")
    for options in ((), ("--event", "Night talks 2033")):
        assert "it is in the data as" in put(mltalks, tmp_path, "c.ics", cancelled, *options)
    # A number that a calendar counts from 1 each year, and the UID of another series, say nothing.
    for uid, event in (("7", ()), ("soup-hour", ("--event", "Day talks 2033"))):
        first = put(mltalks, tmp_path, "d.ics", named((uid, f"Rye {uid}", "2034-01-01T10:00")), *event)
        second = put(
            mltalks,
            tmp_path,
            "e.ics",
            named((uid, f"Oats {uid}", "2035-01-01T10:00")),
            "--event",
            "Other 2035",
        )
        assert ("1 added" in first, "1 added" in second) == (True, True)
    assert "1 added" in put(mltalks, tmp_path, "f.ics", named(("7", "Barley", "2036-01-01T10:00")))
    # Some write the same words each year.
    assert "1 added" in put(mltalks, tmp_path, "g.ics", named(("soup-hour", "Salad", "2037-01-01T10:00")))


@pytest.mark.parametrize(
    "uid", ["0000000000000012", "00000000-0000-0000-0000-000000000012", "00000000000000ab"]
)
def test_a_talk_of_another_conference_with_the_same_number_is_another_one(
    mltalks: Run, tmp_path: Path, uid: str
) -> None:
    for name, title, speaker in (("Moss 2031", "Alpha moss", "Ann Bo"), ("Fern 2032", "Other fern", "Cy Do")):
        text = calendar((uid, title, f"{name[-4:]}-05-02T10:00")).replace(
            "SUMMARY", f"DESCRIPTION:Speaker: {speaker}\nSUMMARY"
        )
        named = text.replace("VCALENDAR\n", f"VCALENDAR\nX-WR-CALNAME:{name}\n", 1)
        assert "1 added, 0 changed, 0 skipped" in put(mltalks, tmp_path, "in.ics", named, "--update")


def test_instances_of_a_series_have_ids_of_their_own(mltalks: Run, tmp_path: Path) -> None:
    event = "BEGIN:VEVENT\nUID:series@x\nSUMMARY:Meetup\nRECURRENCE-ID:2031050{0}T180000\nDTSTART:2031050{0}T1{1}0000\nEND:VEVENT\n"
    text = f"BEGIN:VCALENDAR\n{event.format(1, 8)}{event.format(2, 8)}END:VCALENDAR\n"
    assert "2 added" in put(mltalks, tmp_path, "in.ics", text, *EVENT)
    moved = f"BEGIN:VCALENDAR\n{event.format(1, 8)}{event.format(2, 9)}END:VCALENDAR\n"
    assert "1 changed, 0 skipped; 1 already present" in put(
        mltalks, tmp_path, "in.ics", moved, *EVENT, "--update"
    )


def test_a_date_of_a_recurring_event_with_its_own_title_is_a_talk(mltalks: Run, tmp_path: Path) -> None:
    text = "BEGIN:VCALENDAR\n" + "".join(
        f"BEGIN:VEVENT\nUID:abcdefgh@x\nSUMMARY:{title}\nDTSTART:20310{month}07T180000\n{more}\nEND:VEVENT\n"
        for month, title, more in (
            (5, "Soup circle", "RRULE:FREQ=MONTHLY"),
            (6, "Serving by night", "RECURRENCE-ID:20310607T180000"),
            (7, "Soup circle", "RECURRENCE-ID:20310707T180000"),
            (8, "Broth by day", "RECURRENCE-ID:20310807T180000"),
        )
    )
    taken = put(mltalks, tmp_path, "in.ics", f"{text}END:VCALENDAR\n", *EVENT)
    assert "only its first date, and dates with another title, are imported" in taken
    assert "3 added" in taken
    renamed = put(
        mltalks, tmp_path, "in.ics", f"{text.replace('Broth', 'Soup')}END:VCALENDAR\n", *EVENT, "--update"
    )
    assert "1 changed, 0 skipped; 2 already present" in renamed


def test_a_table_without_ids_names_the_talk_that_may_have_moved(mltalks: Run, tmp_path: Path) -> None:
    text = "title,speakers,date\nServing by night,Ann Fox,2031-05-06T{}:00\n"
    put(mltalks, tmp_path, "in.csv", text.format(10), *EVENT)
    said = put(mltalks, tmp_path, "in.csv", text.format(11), *EVENT, "--dry-run")
    assert "in.csv:2: Serving by night: has the title and the speakers of meet-2031-serving-night, " in said
    assert "repeat it with --update" in said
    assert "1 changed" in put(mltalks, tmp_path, "in.csv", text.format(11), *EVENT, "--update")
    assert len(talks(mltalks)) == 1


TABLE = "title,speakers,type,date\nServing by night,{},{},{}\n"


def test_changes_are_printed_with_old_and_new_values(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.csv", TABLE.format("Ann Fox; Bo Hay", "Talk", "2031-05-06T10:00"), *EVENT)
    text = TABLE.format("Ann Fox", "Paper", "2031-05-06T10:00")
    said = put(mltalks, tmp_path, "in.csv", text.replace("Ann Fox", "Ann Fox; Cy Ray"), *EVENT)
    assert (
        "it is skipped, although it differs: speakers: Ann Fox; Bo Hay → Ann Fox; Cy Ray; kind: talk → paper"
        in said
    )
    (tmp_path / "in.json").write_text(
        '{"id": "meet-2031-serving-night", "title": "Serving by night", "speakers": ["Ann Fox"], "kind": "Paper"}',
        encoding="utf-8",
    )
    dry = mltalks("import", "in.json", "--dry-run", cwd=tmp_path)
    assert "speakers: Ann Fox; Bo Hay → Ann Fox; kind: talk → paper" in dry.out
    done = mltalks("import", "in.json", cwd=tmp_path).err
    assert "meet-2031-serving-night loses speakers: Ann Fox; Bo Hay → Ann Fox" in dry.err
    assert "meet-2031-serving-night loses speakers: Ann Fox; Bo Hay → Ann Fox" in done
    assert "changed: meet-2031-serving-night: speakers: Ann Fox; Bo Hay → Ann Fox; kind: talk → paper" in done


def test_a_calendar_that_was_exported_differs_only_where_it_was_edited(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.csv", TABLE.format("Ann Fox", "Talk", "2031-05-06T18:30+02:00"), *EVENT)
    for options in ([], ["--roundtrip"]):
        mltalks("export", "event:meet-2031", "-O", "out.ics", "--force", *options, cwd=tmp_path)
        assert "1 already present" in mltalks("import", "out.ics", *EVENT, "--update", cwd=tmp_path).err
        assert talks(mltalks) == [("Serving by night", "2031-05-06T18:30+02:00")]
    edited = (tmp_path / "out.ics").read_text(encoding="utf-8").replace("T163000Z", "T170000Z")
    said = put(mltalks, tmp_path, "out.ics", edited)
    assert "date: 2031-05-06T18:30+02:00 → 2031-05-06T19:00+02:00" in said


def test_a_plain_calendar_of_several_events_is_read_back(mltalks: Run, tmp_path: Path) -> None:
    text = TABLE.format("Ann Fox", "Talk", "2031-05-06T10:00")
    put(mltalks, tmp_path, "in.csv", text, *EVENT)
    put(mltalks, tmp_path, "in.csv", text.replace("night", "day"), "--event", "Other 2031")
    mltalks("export", "event:meet-2031 OR event:other-2031", "-O", "out.ics", cwd=tmp_path)
    assert "2 already present, 0 rejected" in mltalks("import", "out.ics", cwd=tmp_path).err
    mltalks("undo")
    mltalks("undo")
    said = mltalks("import", "out.ics", cwd=tmp_path).err
    assert "2 added" in said
    assert "new events: meet-2031 (series Meet), other-2031 (series Other)" in said


def test_records_without_an_event_are_one_message(mltalks: Run, tmp_path: Path) -> None:
    rows = "\n".join(f"Talk number {number}" for number in range(1, 201))
    said = put(mltalks, tmp_path, "in.csv", f"title\n{rows}\n")
    assert said.splitlines()[0] == (
        "mltalks: in.csv:2: Talk number 1: has no event; --default-event sets one for the records without one. "
        "Others without one: 199 (3: Talk number 2; 4: Talk number 3; 5: Talk number 4; …); to read it from a column: --map event=HEADER"
    )
    assert "200 rejected" in said
    assert len(said.splitlines()) == 2


def test_a_thesis_without_an_event_has_one_message(mltalks: Run, tmp_path: Path) -> None:
    entry = "@phdthesis{a1, title={Serving by night}, author={Ann Fox}, year=2031}"
    said = put(mltalks, tmp_path, "in.bib", entry)
    assert said.count("a1") == 1
    assert "has no event" in said
    assert 'has the type "phdthesis", which is not kept' in put(mltalks, tmp_path, "in.bib", entry, *EVENT)


def test_keys_of_dblp_become_ids(mltalks: Run, tmp_path: Path) -> None:
    keys = ("DBLP:conf/osdi/YuJKKC22", "DBLP:journals/x/Fox+31", "plain31")
    entries = "\n".join(
        f"@inproceedings{{{key}, title={{Title of {number}}}, author={{Ann Fox}}, booktitle={{Meet 2031}}, year=2031}}"
        for number, key in enumerate(keys)
    )
    said = put(mltalks, tmp_path, "in.bib", entries)
    assert said.count("no id has") == 1
    assert (
        'their ids have "-" instead, and exports and commands take the keys, too: 2 (DBLP:conf/osdi/YuJKKC22 → DBLP-conf-osdi-YuJKKC22, '
        in said
    )
    assert mltalks("list", "event:meet-2031", "-o", "ids", "--sort", "title").out.split() == [
        "DBLP-conf-osdi-YuJKKC22", "DBLP-journals-x-Fox-31", "plain31",
    ]  # fmt: skip
    assert "0 added, 0 changed, 0 skipped; 3 already present" in put(mltalks, tmp_path, "in.bib", entries)


def test_a_renamed_talk_is_known_by_its_address(mltalks: Run, tmp_path: Path) -> None:
    text = "title,speakers,url\nServing by night,Ann Fox,https://example.org/1\n"
    put(mltalks, tmp_path, "in.csv", text, *EVENT)
    renamed = text.replace("night", "day")
    said = put(mltalks, tmp_path, "in.csv", renamed, *EVENT)
    assert (
        "has the same address as meet-2031-serving-night; it is skipped, although it differs: title: " in said
    )
    assert "1 changed" in put(mltalks, tmp_path, "in.csv", renamed, *EVENT, "--update")
    other = "Serving for all,Bo Hay,https://example.org/1\nServing for none,Bo Hay,https://example.org/1\n"
    assert "2 added" in put(mltalks, tmp_path, "in.csv", f"{renamed}{other}", *EVENT)


def test_a_calendar_that_was_exported_has_its_event(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.csv", "title,date\nSoup,2031-05-06\nBread,2031-05-06\n", *EVENT)
    for options in ((), ("--roundtrip",)):
        written = mltalks("export", "event:meet-2031", "--format", "ical", *options).out
        (tmp_path / f"out{len(options)}.ics").write_text(written)
    assert mltalks("undo").code == 0
    for name in ("out0.ics", "out1.ics"):
        assert "2 added" in mltalks("import", name, cwd=tmp_path).err
        assert talks(mltalks) == [("Bread", "2031-05-06"), ("Soup", "2031-05-06")]
        assert mltalks("undo").code == 0


@pytest.mark.parametrize("programme", [sessionize, pretalx])
def test_a_programme_without_its_event_is_answered_with_the_event(
    mltalks: Run, tmp_path: Path, programme: Any
) -> None:
    text = programme(("ABC789", "Serving by night", "2031-05-06T10:00"))
    assert "; talks with these ids" not in put(mltalks, tmp_path, "in.json", text)
    put(mltalks, tmp_path, "in.json", text, *EVENT)
    assert "; talks with these ids are in the data: --event meet-2031" in put(
        mltalks, tmp_path, "in.json", text
    )
    other = programme(("ABC789", "Another talk", "2031-05-06T10:00"))
    assert "; talks with these ids" not in put(mltalks, tmp_path, "in.json", other)


def table(*talks: tuple[str, str, str]) -> str:
    """Return a table without ids of talks by title and start."""
    return "title,speakers,date\n" + "".join(f"{title},Ann Fox,{start}\n" for _, title, start in talks)


@pytest.mark.parametrize(("name", "programme"), [("in.csv", table), ("in.ics", calendar)])
def test_a_programme_that_has_most_known_talks_names_the_others(
    mltalks: Run, tmp_path: Path, name: str, programme: Any
) -> None:
    some = [
        ("night-1", "Serving by night", "2031-05-06T10:00"),
        ("day-2", "Serving by day", "2031-05-06T11:00"),
        ("noon-3", "Serving at noon", "2031-05-06T12:00"),
    ]
    put(mltalks, tmp_path, name, programme(*some), *EVENT)
    said = put(mltalks, tmp_path, name, programme(*some[:2]), *EVENT)
    assert "known talks of meet-2031 that are not in what was read: 1 (" in said
    assert "if it is the whole programme, 'mltalks remove ID' removes a talk" in said
    for part in (some, some[:1]):  # all, and a part that may be no programme
        assert "not in what was read" not in put(mltalks, tmp_path, name, programme(*part), *EVENT)
    mltalks("export", "serving", "-O", "out.json", cwd=tmp_path)
    assert "not in what was read" not in mltalks("import", "out.json", cwd=tmp_path).err


def test_a_table_is_the_usual_output_of_a_dry_run(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "bread.csv"
    file.write_text("title,event\nSourdough,Bread Days 2031\n")
    usual = mltalks("import", str(file), "--dry-run")
    assert mltalks("import", str(file), "--dry-run", "-o", "table") == usual
    assert (usual.code, "Sourdough" in usual.out) == (0, True)


def test_what_is_known_of_one_of_two_people_of_a_name_is_not_given_to_another(
    mltalks: Run, tmp_path: Path
) -> None:
    rows = [f"Soup,2031-05-06,{people}" for people in ("Wei Li (Acme); Wei Li (Other)", "Bo Hay; Wei Li")]
    for row in rows:
        put(mltalks, tmp_path, "in.csv", f"title,date,speakers\n{row}\n", *EVENT, "--update")
    (found,) = json.loads(mltalks("list", "event:meet-2031", "--json").out)
    assert [(one["name"], one.get("organization")) for one in found["speakers"]] == [
        ("Bo Hay", None),
        ("Wei Li", None),
    ]


def test_a_japanese_summary_in_the_field_for_others_is_moved(mltalks: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[events]]\nid = "meet-2031"\nname = "Meet 2031"\nseries = "Meet"\nyear = 2031\n'
        '[[sessions]]\nid = "meet-2031-soup"\nevent = "meet-2031"\ntitle = "Soup"\nkind = "talk"\n'
        'summary = "推論を速くする。"\n'
    )
    assert "1 added" in mltalks("import", str(own)).err
    put(mltalks, tmp_path, "in.csv", "title,summary\nSoup,推論を速くする。\n", *EVENT, "--update")
    (found,) = json.loads(mltalks("list", "event:meet-2031", "--json").out)
    assert (found.get("summary"), found["summary_ja"]) == (None, "推論を速くする。")


def test_a_column_that_the_user_maps_is_that_field_in_any_language(mltalks: Run, tmp_path: Path) -> None:
    text = "title,x\nSoup,Long words only in English\n"
    put(mltalks, tmp_path, "in.csv", text, *EVENT, "--map", "summary_ja=x")
    (found,) = json.loads(mltalks("list", "event:meet-2031", "--json").out)
    assert found["summary_ja"] == "Long words only in English"


def test_talks_with_one_citation_key_are_exported_under_their_ids(mltalks: Run, tmp_path: Path) -> None:
    rows = "".join(f"Soup {number},same\n" for number in range(3))
    put(mltalks, tmp_path, "in.csv", f"title,citation key\n{rows}", *EVENT)
    written = mltalks("export", "event:meet-2031", "--format", "bibtex").out
    keys = [line.partition("{")[2].strip(",") for line in written.splitlines() if line.startswith("@")]
    assert keys == ["same", "meet-2031-soup-1", "meet-2031-soup-2"]


def test_rows_of_one_author_each_that_differ_keep_all_authors(mltalks: Run, tmp_path: Path) -> None:
    head, title = "title,speakers,summary", "Serving of models on many small devices"
    put(mltalks, tmp_path, "in.csv", f"{head}\n{title},Ann Fox; Bo Hay,old\n", *EVENT)
    rows = f"{head}\n{title},Ann Fox,new\n{title},Bo Hay,newest\n"
    assert "loses speakers" not in put(mltalks, tmp_path, "in.csv", rows, *EVENT, "--update")
    (found,) = json.loads(mltalks("list", "event:meet-2031", "--json").out)
    assert ([one["name"] for one in found["speakers"]], found["summary"]) == (["Ann Fox", "Bo Hay"], "newest")
