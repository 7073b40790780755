"""What a record says that is not so, or that only looks so, is reported with its place; right values stay."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Run

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
    assert "k2019" not in said.partition("no theme fits")[0]
    assert "new events: proc-of-foo-2019 (series Proc. of Foo); " in said
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
    assert not any(f"in.csv:{line}:" in said for line in (2, 4, 10, 11))
    assert 'in.csv:9: Panel: who owns it?: "TBA" names no speaker; it is left out' in said
    mltalks(
        "add",
        "Together",
        "--event",
        "Days 2031",
        "--speaker",
        "田中 太郎・鈴木 花子",
        "--speaker",
        "Ann Fox, PhD",
    )
    checked = mltalks("doctor").out
    assert '"田中 太郎・鈴木 花子" may be several people' in checked
    assert "PhD" not in checked
    written = "@misc{a1, title={By a firm}, author={Google and Ann Fox and others}}"
    said = put(mltalks, tmp_path, written, *EVENT, name="in.bib")
    assert 'a1: "et al.": the other speakers are not known' in said
    assert people(talks(mltalks)["By a firm"]) == [("Google", "Google"), "Ann Fox"]


def test_what_a_programme_fills_in_later_is_an_update(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, PROGRAMME, *EVENT)
    later = """title,speakers,date
Panel: who owns it?,"Cy Doe; Di Elm",2026-01-02T13:00
Search and ranking for all,Ann Fox,2026-01-02T14:00
Discussion of the day,Cy Doe,2026-01-02T15:00
"""
    said = put(mltalks, tmp_path, later, *EVENT, "--update")
    assert "1 added, 2 changed, 0 skipped; 0 already present" in said
    assert "title: Search & ranking for all → Search and ranking for all" in said
    same = "has the title and the time of reading-2026-discussion-day, but other speakers: it is added as a second talk; "
    assert f"in.csv:4: Discussion of the day: {same}" in said
    assert "'mltalks edit reading-2026-discussion-day --speaker NAME'" in said
    assert "'mltalks remove reading-2026-discussion-day-2'" in said
    shown = json.loads(mltalks("show", "reading-2026-discussion-day-2", "--json").out)
    assert shown["title"] == "Discussion of the day"
    assert people(talks(mltalks)["Panel: who owns it?"]) == ["Cy Doe", "Di Elm"]
    said = put(mltalks, tmp_path, PROGRAMME, *EVENT, "--update")
    assert "0 added, 1 changed" in said
    assert "speakers:" not in said, "TBA says nothing"
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
    mltalks("edit", "reading-2026-panel-serving-today", "--speaker", "TBA")
    findings = json.loads(mltalks("doctor", "--json").out)
    commands = {one["message"]: one["command"] for one in findings if one["command"]}
    removal = [command for command in commands.values() if command.startswith("mltalks remove")]
    assert removal == ["mltalks remove reading-2026-panel-serving-today"]
    assert not any("rename" in command for command in commands.values())
    unset = next(command for message, command in commands.items() if "is not a person" in message)
    assert unset == "mltalks edit reading-2026-panel-serving-today --unset speakers"
    assert mltalks(*unset.split()[1:]).code == 0


SESSIONIZE = """Session Id,Title,Speakers,Status,Session format,Scheduled At,Scheduled Duration,Recording Link
701,First of all talks,Ann Fox,Accepted,Talk (30min),25.03.2031 9.30,30,https://example.org/v
702,Second of all talks,Ann Fox,Decline_Queue,Talk (30min),25.03.2031 9.30,30,
703,Coffee for all,,Accepted,Service,25.03.2031 9.30,30,
704,Third of all talks,Ann Fox,pending,Talk,25.03.2031 9.30,30,
705,Fourth of all talks,Ann Fox,Confirmed,Keynote,31/02/2031 09:00,30,example.org/v
"""
ANSWER = {
    "sessions": [
        {
            "id": "7", "title": "Talk with a deck", "startsAt": "2031-03-25T09:30:00", "speakers": ["s1"], "roomId": 3,
            "categoryItems": [], "status": "Accepted",
            "questionAnswers": [{"questionId": 5, "answerValue": "https://example.org/deck"}, {"questionId": 6, "answerValue": "yes"}],
        },
        {"id": "8", "title": "Not yet", "startsAt": None, "speakers": [], "categoryItems": [], "status": "Nominated"},
    ],
    "speakers": [{"id": "s1", "fullName": "Ann Fox", "questionAnswers": [{"questionId": 7, "answerValue": "Acme"}]}],
    "questions": [
        {"id": 5, "question": "Slides", "questionType": "Web_Address"}, {"id": 6, "question": "Travels?"}, {"id": 7, "question": "Company"},
    ],
    "categories": [], "rooms": [],
}  # fmt: skip


def test_a_table_and_an_answer_of_sessionize_follow_one_rule(mltalks: Run, tmp_path: Path) -> None:
    event = ("--event", "Meet 2031")
    said = put(mltalks, tmp_path, SESSIONIZE, *event)
    found = talks(mltalks, "event:meet-2031")
    assert list(found) == ["First of all talks", "Fourth of all talks"]
    first = {field: found["First of all talks"][field] for field in ("kind", "date", "minutes", "video")}
    assert first == {
        "kind": "talk",
        "date": "2031-03-25T09:30",
        "minutes": 30,
        "video": "https://example.org/v",
    }
    assert 'in.csv:3: Second of all talks: has the status "Decline_Queue"; it is skipped' in said
    assert 'in.csv:4: Coffee for all: has the type "Service", which is not a talk' in said
    assert (
        'in.csv:5: Third of all talks: has the status "pending", which does not say that it is accepted'
        in said
    )
    assert 'in.csv:6: Fourth of all talks: date: "31/02/2031 09:00": there is no such day; ' in said
    assert 'video: "example.org/v" is not a link; ' in said
    assert "in.csv: columns or keys that are not used: 1 (Session Id)" in said
    said = put(mltalks, tmp_path, json.dumps(ANSWER), *event, name="in.json")
    deck = talks(mltalks, "event:meet-2031")["Talk with a deck"]
    assert (deck["slides"], people(deck)) == ("https://example.org/deck", [("Ann Fox", "Acme")])
    assert 'in.json: Not yet: has the status "Nominated", which does not say that it is accepted' in said
    assert "in.json: columns or keys that are not used: 2 (roomId, Travels?)" in said
    said = mltalks("edit", deck["id"], "--slides", "https://example.org/my slides.pdf").err
    assert '"https://example.org/my slides.pdf" is not a link; write %20 in place of a space' in said


def test_a_record_is_recognized_by_its_id_without_a_title_or_under_another(
    mltalks: Run, tmp_path: Path
) -> None:
    mapped = ("--event", "Meet 2031", "--map", "id=Session Id")
    put(mltalks, tmp_path, SESSIONIZE, *mapped)
    renamed = SESSIONIZE.replace("First of all talks", "Another name for it")
    assert "0 added, 1 changed, 3 skipped; 1 already present" in put(mltalks, tmp_path, renamed, *mapped)
    found = talks(mltalks, "event:meet-2031")
    assert found["Another name for it"]["id"] == "meet-2031-701"
    links = "id,slides\nmeet-2031-701,https://example.org/s\nno-such,https://example.org/s\n"
    said = put(mltalks, tmp_path, links)
    assert 'in.csv:3: no-such: has no title, and no session has the id "no-such"; --map title=HEADER' in said
    assert "0 added, 1 changed, 0 skipped; 0 already present, 1 rejected" in said
    said = put(
        mltalks, tmp_path, '[{"id": "meet-2031-701", "video": "https://example.org/w"}]', name="in.json"
    )
    assert "0 added, 1 changed" in said
    changed = talks(mltalks, "event:meet-2031")["Another name for it"]
    assert (changed["slides"], changed["video"]) == ("https://example.org/s", "https://example.org/w")
    said = put(mltalks, tmp_path, SESSIONIZE, "--map", "start=Scheduled At", "--dry-run")
    assert "would add 0, change 0 and skip 3" in said


BIBTEX = """@inproceedings{a1, title={Of Foo}, author={Ann Fox}, booktitle={Foo 2031}, year=2031, volume=3, month=mar,
  note={Best paper}, series={LNX}, foo={bar}, publisher={}}
@inproceedings{a2, title={Of Bar}, author={Ann Fox}, booktitle={Foo 2031}, year=2031, month=mar, day=3}
"""
RIS = "TY  - CONF\nTI  - Of Baz\nAU  - Fox, Ann\nT2  - Foo 2031\nPY  - 2031\nVL  - 3\nN1  - A remark\nZZ  - q\nPB  - \nER  - \n"
ICAL = "BEGIN:VCALENDAR\nX-WR-CALNAME:Foo 2031\nBEGIN:VEVENT\nUID:x1@y\nDTSTAMP:20310101T000000Z\nDTSTART:20310301T090000Z\nSUMMARY:Of Qux\nORGANIZER:mailto:a@b.example\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize(
    ("name", "text", "unused"),
    [
        ("in.bib", BIBTEX, "4 (volume, month, series, foo)"),
        ("in.ris", RIS, "2 (VL, ZZ)"),
        ("in.ics", ICAL, "1 (ORGANIZER)"),
        ("in.toml", '[[events]]\nid = "foo31"\nname = "Foo"\nseries = "Foo"\nyear = 2031\n[[sessions]]\nid = "q"\nevent = "foo31"\ntitle = "Q"\nkind = "talk"\nstars = 3\n', "1 (stars)"),
        ("in.json", '{"category": "Foo 2031", "title": "Q", "speakers": [], "videos": [], "recorded": "2031-01-01", "related_urls": [], "copyright_text": "x", "quality_notes": ""}', "1 (copyright_text)"),
    ],
)  # fmt: skip
def test_keys_that_no_field_takes_are_named_once(
    mltalks: Run, tmp_path: Path, name: str, text: str, unused: str
) -> None:
    said = put(mltalks, tmp_path, text, name=name)
    assert f"{name}: columns or keys that are not used: {unused}\n" in said


def test_remarks_are_notes_and_events_of_records_that_are_not_used_are_named(
    mltalks: Run, tmp_path: Path
) -> None:
    said = put(mltalks, tmp_path, BIBTEX + BIBTEX.replace("{a", "{b").replace("Of", "On").replace("Foo", "Goo"), "--event", "Foo 2031", name="in.bib")  # fmt: skip
    assert "events that the records name, in place of which --event counts: 1 (Goo 2031)" in said
    put(mltalks, tmp_path, RIS, name="in.ris")
    found = talks(mltalks, "event:foo-2031")
    assert (found["Of Foo"]["note"], found["Of Baz"]["note"]) == ("Best paper", "A remark")


def test_a_journal_and_a_venue_come_out_as_they_came_in(mltalks: Run, tmp_path: Path) -> None:
    entries = """@article{a1, title={Of one}, author={Ann Fox}, journal={Surveys of Foo}, year=2031}
@inproceedings{a2, title={Of two}, author={Ann Fox}, booktitle={Advances in Foo}, year=2031}
@phdthesis{a3, title={Of three}, author={Ann Fox}, booktitle={Foo 2031}, year=2031}
"""
    said = put(mltalks, tmp_path, entries, name="in.bib")
    assert 'in.bib:3: a3: has the type "phdthesis", which is not kept: it becomes a paper' in said
    assert "a1" not in said.partition("no theme fits")[0]
    article = "TY  - JOUR\nID  - r1\nTI  - Of four\nAU  - Fox, Ann\nT2  - J. Drift\nPY  - 2031\nER  - \n"
    put(mltalks, tmp_path, article, name="in.ris")
    bibtex = mltalks("export", "id:a1,a2", "--format", "bibtex").out
    assert "@article{a1," in bibtex
    assert "journal = {Surveys of Foo}," in bibtex
    assert "@inproceedings{a2," in bibtex
    assert "booktitle = {Advances in Foo}," in bibtex
    assert "eventtitle" not in bibtex
    ris = mltalks("export", "id:r1", "--format", "ris").out.splitlines()
    assert ris[0] == "TY  - JOUR"
    assert "T2  - J. Drift" in ris
    for form, text in (("bibtex", bibtex), ("ris", "\n".join(ris))):
        said = put(mltalks, tmp_path, text, "--format", form, "--dry-run", name=f"out.{form}")
        assert "would add 0, change 0 and skip 0" in said
        assert "not used" not in said
    other = put(mltalks, tmp_path, entries.replace("2031", "2032").replace("{a", "{b"), name="in.bib")
    assert (
        "new events: surveys-of-foo-2032 (series Surveys of Foo), advances-in-foo-2032 (series Advances in Foo)"
        in other
    ), "each year is an event of its own"


def test_a_long_name_of_an_event_keeps_its_year_in_the_id(mltalks: Run, tmp_path: Path) -> None:
    name = f"Proceedings of the {'International ' * 7}Conference on Foo"
    text = f"title,event,year\nOne,{name},2031\nTwo,{name},2032\n"
    ids = put(mltalks, tmp_path, text).rpartition("new events: ")[2].split(" (series ")[:2]
    assert [one[-5:] for one in ids] == ["-2031", "-2032"]


def test_family_names_that_begin_with_a_particle_are_known() -> None:
    sessions = tomllib.loads((ROOT / "data" / "sessions.toml").read_text(encoding="utf-8"))["sessions"]
    people = [one for session in sessions for one in session.get("speakers", ())]
    particles = {"De", "Del", "Di", "El", "La", "Le", "St", "St.", "Van", "Von"}
    found = {one["name"]: one.get("family", "") for one in people if particles & {*one["name"].split()[1:-1]}}
    assert len(found) == 9
    assert [name for name, family in found.items() if particles.isdisjoint(family.split())] == []


def test_proposals_that_are_not_decided_are_taken_on_request(mltalks: Run, tmp_path: Path) -> None:
    states = (
        "Submitted",
        "Nominated",
        "waitlisted",
        "Accept_Queue",
        "Rejected",
        "withdrawn",
        "Accepted",
        "審査中",
        "不採択",
    )
    text = "title,status\n" + "\n".join(f"Talk number {n},{state}" for n, state in enumerate(states, 1))
    said = put(mltalks, tmp_path, text, *EVENT)
    assert (
        'in.csv:2: Talk number 1: has the status "Submitted", which does not say that it is accepted; it is skipped; --undecided takes it'
        in said
    )
    assert 'Talk number 5: has the status "Rejected"; it is skipped\n' in said
    assert "1 added" in said
    assert "5 added" in put(mltalks, tmp_path, text, *EVENT, "--undecided")
    answer = json.dumps(ANSWER).replace('"Accepted"', '"Nominated"')
    said = put(mltalks, tmp_path, answer, *EVENT, "--undecided", name="in.json")
    assert "Nominated" not in said
    assert "0 skipped" in said


def test_a_list_of_people_is_not_one_of_talks(mltalks: Run, tmp_path: Path) -> None:
    asked = "may hold the titles of talks or the names of people; choose with --map title=HEADER"
    table = "Name,Affiliation,Role\nAnn Fox,Acme,Program Chair\n"
    answer = json.dumps(
        {"count": 1, "results": [{"code": "A", "name": "Ann Fox", "biography": "x", "submissions": ["B"]}]}
    )
    for name, text in (
        ("in.csv", table),
        ("in.json", answer),
        ("in.csv", "name,email\nAnn Fox,a@example.org\n"),
    ):
        assert asked in put(mltalks, tmp_path, text, *EVENT, name=name)
    assert "1 added" in put(mltalks, tmp_path, table.replace("Role", "Date"), *EVENT)


def test_a_session_beside_speakers_is_a_title(mltalks: Run, tmp_path: Path) -> None:
    said = put(mltalks, tmp_path, "Session,Speaker 1,Room\nServing by night,Ann Fox @ Acme,A1\n", *EVENT)
    assert "not used" not in said
    assert people(talks(mltalks)["Serving by night"]) == [("Ann Fox", "Acme")]
    assert talks(mltalks)["Serving by night"]["room"] == "A1"
    rows = "Session,Title,Speaker\nMorning,Baking by day,Bo Hay\n"
    assert "not used: 1 (Session)" in put(mltalks, tmp_path, rows, *EVENT)
    assert "Baking by day" in talks(mltalks)


def test_html_in_records_becomes_text_and_their_start_and_end_can_be_named(
    mltalks: Run, tmp_path: Path
) -> None:
    one = {
        "id": "abc1", "active": "Y", "name": "Cost &amp; speed", "event_start": "2026-05-04 09:00", "event_end": "2026-05-04 09:30",
        "description": "<p>Batching &amp; quantization at <b>Acme</b>.</p>", "speakers": "Ann Fox", "venue": "Stage 1",
    }  # fmt: skip
    records = json.dumps([one, {**one, "id": "abc2", "active": "N", "name": "Gone"}])
    columns = ("--map", "start=event_start", "--map", "end=event_end")
    said = put(mltalks, tmp_path, records, *EVENT, *columns, name="in.json")
    assert 'Gone: has the status "N"; it is skipped' in said
    assert "not used" not in said
    assert talks(mltalks)["Cost & speed"]["room"] == "Stage 1"
    found = talks(mltalks)["Cost & speed"]
    assert (found["summary"], found["date"], found["minutes"]) == (
        "Batching & quantization at Acme.",
        "2026-05-04T09:00",
        30,
    )


def test_a_day_with_start_and_end_in_one_cell_is_read(mltalks: Run, tmp_path: Path) -> None:
    rows = "title,date\nSoup,2026-03-01 09:00 - 10:00\nBread,1 March 2026 9:00–9:45\n"
    assert "left out" not in put(mltalks, tmp_path, rows, *EVENT)
    found = talks(mltalks)
    assert (found["Soup"]["date"], found["Soup"]["minutes"]) == ("2026-03-01T09:00", 60)
    assert (found["Bread"]["date"], found["Bread"]["minutes"]) == ("2026-03-01T09:00", 45)
    mine = mltalks("list", "series:Reading", "-o", "csv").out.replace(",60,", ",60.0,")
    assert "not a duration" not in put(mltalks, tmp_path, mine)


@pytest.mark.parametrize("heading", ["Status", "Decision", "active"])
def test_a_status_that_does_not_say_accepted_is_named(mltalks: Run, tmp_path: Path, heading: str) -> None:
    refused, unknown = (
        ("No", "N", "FALSE", "0"),
        ("Maybe", "2nd round", "reserve", "TODO", "Accepted?", "Discussion"),
    )
    accepted = ("Yes", "TRUE", "1", "Accept (oral)", "Poster", "Scheduled", "✔")
    states = (*refused, *unknown, *accepted)
    text = f"title,speaker,{heading}\n" + "\n".join(
        f"Talk of {n},Ann {n},{one}" for n, one in enumerate(states)
    )
    said = put(mltalks, tmp_path, text, *EVENT, "--dry-run")
    assert said.count("it is skipped\n") == len(refused)
    assert said.count("which does not say that it is accepted; it is skipped; --undecided takes it\n") == len(
        unknown
    )
    assert f"would add {len(accepted)}, change 0 and skip" in said
    said = put(mltalks, tmp_path, text, *EVENT, "--dry-run", "--undecided")
    assert f"would add {len(accepted) + len(unknown)}, change 0 and skip {len(refused)}" in said
    records = json.dumps([{"title": "Good", heading: True}, {"title": "Bad", heading: False}])
    assert 'Bad: has the status "false"; it is skipped' in put(
        mltalks, tmp_path, records, *EVENT, name="in.json"
    )


def test_a_refused_paper_of_a_conference_site_is_skipped(mltalks: Run, tmp_path: Path) -> None:
    row = {
        "visible": True,
        "eventtype": "Oral",
        "starttime": "2031-05-06T10:00",
        "endtime": "2031-05-06T10:20",
        "virtualsite_url": "/x",
    }
    rows = [
        {**row, "name": f"Paper {one}", "decision": one}
        for one in ("Reject", "Accept: notable-top-5%", "Journal track")
    ]
    said = put(mltalks, tmp_path, json.dumps({"results": rows}), *EVENT, name="in.json")
    assert 'Paper Reject: has the status "Reject"; it is skipped' in said
    assert "2 added" in said
    assert mltalks("list", "series:Reading", "--fields", "minutes").out == "20\n20\n"


@pytest.mark.parametrize(
    ("track", "found"),
    [
        ({"id": 2, "name": {"en": "Deployment"}}, "Deployment"), ({"id": 2, "name": "Deployment"}, "Deployment"),
        ({"en": "Deployment", "de": "Betrieb"}, "Deployment"), ("Deployment", "Deployment"), (2, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["pretalx", "schedule", "json"])
def test_a_track_is_named_in_each_shape(
    mltalks: Run, tmp_path: Path, form: str, track: object, found: str | None
) -> None:
    talk = {"title": "Serving by night", "track": track, "speakers": [{"name": {"en": "Ann Fox"}}]}
    answers = {
        "pretalx": {"results": [{"code": "ABC", **talk, "submission_type": track, "tags": [7], "state": "confirmed"}]},
        "schedule": {"schedule": {"conference": {"acronym": "reading", "title": "Reading 2026", "days": [
            {"date": "2026-01-01", "rooms": {"Hall": [{**talk, "persons": talk["speakers"]}]}},
        ]}}},
        "json": [{**talk, "speakers": "Ann Fox"}],
    }  # fmt: skip
    said = put(mltalks, tmp_path, json.dumps(answers[form]), *EVENT, name="in.json")
    one = talks(mltalks)["Serving by night"]
    assert (one["track"], people(one)) == (found, ["Ann Fox"])
    if form == "pretalx":
        assert one["keywords"] == []
        assert "tags" in said.partition("not used")[2]
        assert ("submission_type" if found is None else 'kind: "Deployment" is not one of ') in said
    assert (found is None) == ("track" in said)


def test_a_name_with_the_family_name_first_is_reported(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "title,speaker\nFirst of all,Jürgen Groß\n", *EVENT)
    text = 'title,speaker\nSecond of all,"Groß, Jürgen"\nThird of all,"Laine, Eva"\nFourth of all,"Fox, Google"\n'
    said = put(mltalks, tmp_path, text, *EVENT)
    known = '"Groß, Jürgen" may be written with the family name first; write "Jürgen Groß", who is a speaker in the data already'
    assert f"in.csv:2: Second of all: {known}" in said
    assert 'Third of all: "Laine, Eva" may be written with the family name first; write "Eva Laine"\n' in said
    assert 'Fourth of all: "Fox, Google" may be written' not in said
    found = mltalks("doctor", "event:reading-2026").out
    assert f"reading-2026-second: {known}" in found.replace("reading-2026-second-all", "reading-2026-second")
    assert "--speaker 'Jürgen Groß'" in found


def test_a_cell_with_several_companies_is_parted_or_reported(mltalks: Run, tmp_path: Path) -> None:
    cells = (
        "Bosch, Siemens", "Google, Microsoft", "University of California, Berkeley", "Acme, Inc.", "Acme, Japan",
        "Bosch, Siemens",
    )  # fmt: skip
    rows = "\n".join(f'Talk number {n},Ann Fox; Bo Hay,"{cell}"' for n, cell in enumerate(cells, 1))
    said = put(mltalks, tmp_path, f"title,speakers,company\n{rows}\n", *EVENT)
    assert said.count("may be several organizations") == 1
    assert (
        'in.csv:2: Talk number 1: "Bosch, Siemens" may be several organizations; write "Bosch; Siemens"'
        in said
    )
    assert talks(mltalks)["Talk number 2"]["organizations"] == ["Google", "Microsoft"]
    assert talks(mltalks)["Talk number 4"]["organizations"] == ["Acme, Inc."]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Date,Start time,Duration", "2026-05-06,9:30,45"), ("date,start,end", "2026-05-06,09:30,10:15"),
        ("start,end", "2026-05-06 9:30,2026-05-06 10:15"), ("Start,End", "2026-05-06T09:30:00,2026-05-06T10:15:00"),
        ("日付,開始,終了", "2026年5月6日,9時30分,10:15"), ("日付,開始時刻,時間", "2026/5/6,９：３０,45分"),
        ("Date,Time", "06.05.2026,9:30 - 10:15"), ("Start Date,Start Time,End Time", "May 6 2026,9:30 AM,10:15 AM"),
    ],
)  # fmt: skip
def test_a_time_in_a_column_of_its_own_is_read(
    mltalks: Run, tmp_path: Path, heading: str, cells: str
) -> None:
    put(mltalks, tmp_path, f"Title,{heading}\nServing by night,{cells}\n", *EVENT)
    one = talks(mltalks)["Serving by night"]
    assert (one["date"], one["minutes"]) == ("2026-05-06T09:30", 45)


def test_a_time_that_is_none_is_reported_and_the_date_stays(mltalks: Run, tmp_path: Path) -> None:
    text = "Title,Date,Start,End\nFirst of all,2026-05-06,after lunch,\nSecond of all,2026-05-06,23:30,00:15\nThird of all,2026-05-06,9:30,late\n"
    said = put(mltalks, tmp_path, text, *EVENT)
    assert 'in.csv:2: First of all: start: "after lunch" is not a time of the day; it is left out' in said
    assert 'in.csv:4: Third of all: end: "late" is not a time of the day; it is left out' in said
    found = talks(mltalks)
    assert found["First of all"]["date"] == "2026-05-06"
    assert (found["Second of all"]["date"], found["Second of all"]["minutes"]) == ("2026-05-06T23:30", 45)


def test_an_end_without_a_known_start_and_days_in_the_wrong_order_say_nothing(
    mltalks: Run, tmp_path: Path
) -> None:
    rows = "A,2026-05-06,ten,11:00\nB,2026-05-06,,11:00\nC,2026-05-06,9:00,25:99\nD,May 3 - May 1 2026,,\n"
    said = put(mltalks, tmp_path, f"Title,Date,Start,End\n{rows}", *EVENT)
    assert said.count('end: "11:00" gives no length, as the start is not known; it is left out') == 2
    assert 'end: "25:99" is not a time of the day; it is left out' in said
    assert 'date: "May 3 - May 1 2026" is not a date' in said
    assert "several days" not in said


def test_one_date_of_a_column_shows_the_order_of_the_others(mltalks: Run, tmp_path: Path) -> None:
    rows = ["First of all,5/4/2026", "Second of all,25/4/2026", "Third of all,6/4/2026 9:30"]
    said = put(mltalks, tmp_path, "\n".join(["title,date", *rows]), *EVENT)
    assert "3 added" in said
    assert "day, month or year first" not in said
    rows_of_days = "title,date\nDays,7/4/2026 - 8/4/2026\nDay,25/4/2026\n"
    several = put(mltalks, tmp_path, rows_of_days, *EVENT, "--dry-run")
    assert "the talk gets the first, 2026-04-07" in several
    assert [talks(mltalks)[f"{name} of all"]["date"] for name in ("First", "Second", "Third")] == [
        "2026-04-05", "2026-04-25", "2026-04-06T09:30",
    ]  # fmt: skip
    mltalks("undo")
    said = put(mltalks, tmp_path, "\n".join(["title,date", *rows, "Fourth of all,4/25/2026"]), *EVENT)
    assert said.count("day, month or year first") == 2
    mltalks("undo")
    said = put(mltalks, tmp_path, "title,date\nFirst of all,05.10.2026\n", *EVENT)
    assert talks(mltalks)["First of all"]["date"] == "2026-10-05"


@pytest.mark.parametrize(
    ("item", "kind", "minutes", "keywords"),
    [
        ("Talk 40 min", "talk", 40, []), ("Workshop (2 hours)", "tutorial", 120, []), ("90-minute tutorial", "tutorial", 90, []),
        ("Session", "talk", None, []), ("Session 40 min", "talk", 40, []), ("Fishbowl", "talk", None, ["Fishbowl"]),
        ("講演 30分", "talk", 30, []),
    ],
)  # fmt: skip
def test_a_length_beside_a_kind_is_that_of_the_talk(
    mltalks: Run, tmp_path: Path, item: str, kind: str, minutes: int | None, keywords: list[str]
) -> None:
    session: dict[str, Any] = {
        "id": "9", "title": "Serving by night", "startsAt": None, "speakers": [], "categoryItems": [1], "status": "Accepted",
    }  # fmt: skip
    formats = [{"id": 5, "title": "Session format", "items": [{"id": 1, "name": item}]}]
    put(
        mltalks,
        tmp_path,
        json.dumps({"sessions": [session], "speakers": [], "categories": formats}),
        *EVENT,
        name="in.json",
    )
    put(mltalks, tmp_path, f"title,session format\nServing by day,{item}\n", *EVENT)
    found = talks(mltalks)
    one = found["Serving by night"]
    assert (one["kind"], one["minutes"], one["keywords"]) == (kind, minutes, keywords)
    assert found["Serving by day"]["minutes"] == minutes


@pytest.mark.parametrize(("name", "text"), [
    ("in.csv", "Title,Tags\nServing by night,mine; night\n"),
    ("in.json", '[{"title": "Serving by night", "Tags": ["mine", "night"]}]'),
])  # fmt: skip
def test_tags_that_become_keywords_are_named_once(mltalks: Run, tmp_path: Path, name: str, text: str) -> None:
    said = put(mltalks, tmp_path, text, *EVENT, name=name)
    assert f'{name}: "Tags" is read as keywords; for tags of your own, add --map "tags=Tags"\n' in said
    assert talks(mltalks)["Serving by night"]["keywords"] == ["mine", "night"]
    mltalks("undo")
    said = put(mltalks, tmp_path, text, *EVENT, "--map", "tags=Tags", name=name)
    assert "is read as keywords" not in said
    assert talks(mltalks)["Serving by night"]["tags"] == ["mine", "night"]


ZOTERO = """\
"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","DOI","Url","Abstract Note","Date","Date Added",\
"Pages","File Attachments","Manual Tags","Automatic Tags","Conference Name"
"ABCD1234","conferencePaper","2031","Fox, Ann; van der Berg, Jan","Serving by night","Proceedings of a Meeting","978","10.5555/1",\
"https://example.org/a","We serve.","2031-07-11","2031-01-01 10:00:00","1-2","/home/a.pdf","serving; latency","Learning","Meet 2031"
"ABCD1235","journalArticle","2030","Fox, Ann","Serving by day","Journal of Serving","","","","","2030-07","","","","","",""
"ABCD1236","book","2030","Fox, Ann","Serving for all","","","","","","2030","","","","","",""
"""


def test_the_table_of_zotero_is_read_as_its_bibtex(mltalks: Run, tmp_path: Path) -> None:
    said = put(mltalks, tmp_path, ZOTERO)
    assert 'in.csv:4: Serving for all: has the type "book", which is not a talk' in said
    assert "in.csv: columns or keys that are not used: 3 (ISBN, Pages, Date)" in said
    (one,) = talks(mltalks, "id:ABCD1234").values()
    assert (one["event"], one["kind"], one["date"], one["doi"]) == (
        "meet-2031",
        "paper",
        "2031-07-11",
        "10.5555/1",
    )
    assert (people(one), one["keywords"]) == (
        ["Ann Fox", "Jan van der Berg"],
        ["serving", "latency", "Learning"],
    )
    assert one["summary"] == "We serve."
    (article,) = talks(mltalks, "id:ABCD1235").values()
    assert (article["event"], article["date"]) == ("journal-of-serving-2030", None)
    assert "2 already present" in put(mltalks, tmp_path, ZOTERO)


def test_dates_lengths_and_statuses_that_may_be_several_things_are_not_guessed(
    mltalks: Run, tmp_path: Path
) -> None:
    rows = "title,date,kind,status\nOne,06.05.25,Talk (20-40 min),\nTwo,,Keynote / Plenary,\nThree,,,不採用\nFour,,,キャンセル待ち\n"
    said = put(mltalks, tmp_path, rows, *EVENT)
    found = talks(mltalks)
    assert found.keys() == {"One", "Two"}
    assert (found["One"].get("date"), found["One"].get("minutes")) == (None, None)
    assert found["Two"]["kind"] == "keynote"
    assert "06.05.25" in said
    assert said.count("has the status") == 2


def test_keys_that_differ_in_signs_alone_stay_two_talks(mltalks: Run, tmp_path: Path) -> None:
    entries = "@misc{fox:2020, title={Serving models at night}}\n@misc{fox/2020, title={Feature stores in practice}}"
    for _ in range(2):
        put(mltalks, tmp_path, entries, *EVENT, name="in.bib")
    assert talks(mltalks).keys() == {"Serving models at night", "Feature stores in practice"}


def test_an_encoding_is_found_behind_a_long_part_in_ascii(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "late.csv"
    file.write_bytes(
        ("title\n" + "Serving at scale and in parts\n" * 900 + "推論サーバーの話\n").encode("cp932")
    )
    assert "cp932" in mltalks("import", str(file), *EVENT, "--dry-run").err


def test_an_address_or_a_title_is_no_part_of_a_name(mltalks: Run, tmp_path: Path) -> None:
    text = """title,speakers
Alpha of all,"Ann Fox <ann@example.org>"
Beta of all,"Ann Fox (ann@example.org); Prof. Dr. Eva Müller (Example); Dr Bo Hay <bo@example.org>"
Gamma of all,"Ann Fox, ann@example.org"
Epsilon of all,@adak
Delta of all,bo@example.org
"""
    said = put(mltalks, tmp_path, text, *EVENT)
    found = talks(mltalks)
    assert people(found["Alpha of all"]) == people(found["Gamma of all"]) == ["Ann Fox"]
    assert people(found["Beta of all"]) == ["Ann Fox", ("Eva Müller", "Example"), "Bo Hay"]
    assert 'in.csv:5: Epsilon of all: "@adak" is the name of an account' in said
    assert "example.org" not in mltalks("export", "event:reading-2026", "-f", "md").out
    entries = json.dumps([{"title": "Zeta of all", "speakers": [{"name": "Dr. Ann Fox <ann@example.org>"}]}])
    (tmp_path / "in.json").write_text(entries, "utf-8")
    mltalks("import", str(tmp_path / "in.json"), *EVENT)
    assert people(talks(mltalks)["Zeta of all"]) == ["Ann Fox"]
    mltalks(
        "add",
        "Eta of all",
        "--event",
        "reading-2026",
        "--speaker",
        "Prof. Ann Fox <ann@example.org> (Example)",
    )
    assert people(talks(mltalks)["Eta of all"]) == [("Ann Fox", "Example")]


def test_doctor_takes_an_address_out_of_a_name(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "title,speakers\nAlpha of all,Ann Fox\n", *EVENT)
    exported = mltalks("export", "event:reading-2026", "-o", "toml").out
    (tmp_path / "in.toml").write_text(exported.replace("Ann Fox", "Dr. Ann Fox <ann@example.org>"), "utf-8")
    mltalks("import", str(tmp_path / "in.toml"), "--update")
    (one,) = (
        one
        for one in json.loads(mltalks("doctor", "--json").out)
        if "an address or a title" in one["message"]
    )
    assert one["command"].endswith("--speaker 'Ann Fox'")
