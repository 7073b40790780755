"""The programme of a conference, as the organisers export it again and again from their own programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.test_import_again import EVENT, calendar, put, sessionize, talks

pytestmark = pytest.mark.excerpt
GUIDS = {"K7XN3P": "5b1c2f04-9a57-5e3b-8d1e-0d6f0c9a1b22", "QQ8RTV": "c0ffee00-1111-5222-8333-444455556666"}


def schedule(*talks: tuple[str, str, str], without: tuple[str, ...] = (), **conference: Any) -> str:
    """Return a schedule of pretalx with talks by code, title and start."""
    events = [
        {
            "id": number, "guid": GUIDS[code], "code": code, "date": f"{start}:00+02:00", "start": start[-5:], "duration": "00:30",
            "slug": f"meet-2031-{number}-{title.casefold().replace(' ', '-')}", "title": title,
            "url": f"https://plan.example/meet-2031/talk/{code}/", "persons": [{"id": 5, "public_name": "Ann Fox"}],
        }
        for number, (code, title, start) in enumerate(talks, 1)
    ]  # fmt: skip
    kept = [{key: value for key, value in one.items() if key not in without} for one in events]
    days = [{"index": 1, "date": "2031-05-06", "rooms": {"Hall": kept}}]
    about = {"acronym": "meet-2031", "title": "Meet 2031", "start": "2031-05-06", "end": "2031-05-07"}
    return json.dumps({"schedule": {"conference": {**about, **conference, "days": days}}})


def submissions(*talks: tuple[str, str, str], state: str = "confirmed", **answer: Any) -> str:
    """Return an answer of pretalx with talks by code, title and start."""
    results = [
        {"code": code, "title": title, "speakers": [{"code": "X", "name": "Ann Fox"}], "submission_type": {"en": "Talk"},
         "state": state, "slot": {"start": f"{start}:00+02:00"}}
        for code, title, start in talks
    ]  # fmt: skip
    return json.dumps({**answer, "results": results})


ONE, TWO = ("K7XN3P", "Serving by night", "2031-05-06T10:00"), ("QQ8RTV", "Other talk", "2031-05-06T12:00")
RENAMED = ("K7XN3P", "Cheap models for all", "2031-05-06T10:00")


@pytest.mark.parametrize("without", [(), ("code",), ("code", "url")])
def test_a_talk_of_a_schedule_is_known_after_it_was_renamed(
    mltalks: Run, tmp_path: Path, without: tuple[str, ...]
) -> None:
    assert "2 added" in put(mltalks, tmp_path, "plan.json", schedule(ONE, TWO, without=without))
    again = schedule(RENAMED, TWO, without=without)
    assert "1 skipped; 1 already present" in put(mltalks, tmp_path, "plan.json", again)
    assert "0 added, 1 changed" in put(mltalks, tmp_path, "plan.json", again, "--update")
    assert [title for title, _ in talks(mltalks)] == ["Cheap models for all", "Other talk"]


def test_a_schedule_and_an_answer_of_the_api_know_each_others_talks(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "plan.json", schedule(ONE, TWO))
    said = put(mltalks, tmp_path, "api.json", submissions(RENAMED, TWO), *EVENT, "--update")
    assert "0 added, 1 changed, 0 skipped; 1 already present" in said
    said = put(mltalks, tmp_path, "plan.json", schedule(ONE, TWO, without=("code",)), "--update")
    assert "0 added, 1 changed, 0 skipped; 1 already present" in said


def test_talks_that_have_their_slug_as_id_are_known_by_it_or_by_their_address(
    mltalks: Run, tmp_path: Path
) -> None:
    table = (
        "id,title,speakers,date,url\n"
        "meet-2031-1-serving-by-night,Serving by night,Ann Fox,2031-05-06T10:00+02:00,\n"
        "meet-2031-2-other-talk,Other talk,Ann Fox,2031-05-06T12:00+02:00,https://plan.example/meet-2031/talk/QQ8RTV/\n"
    )
    put(mltalks, tmp_path, "old.csv", table, *EVENT)
    moved = (*ONE[:2], "2031-05-06T16:00")
    renamed = ("QQ8RTV", "Talk of the others", TWO[2])
    said = put(mltalks, tmp_path, "plan.json", schedule(moved, renamed), "--update")
    assert "0 added, 2 changed" in said
    assert [title for title, _ in talks(mltalks)] == ["Serving by night", "Talk of the others"]


def withdrawn(form: str, title: str = ONE[1]) -> tuple[str, str]:
    """Return a file in a format with two talks, and one in which the first of them is cancelled."""
    if form == "sessionize":
        both = sessionize(("100001", *ONE[1:]), ("100002", *TWO[1:]))
        return both, both.replace('"Accepted"', '"Declined"', 1).replace(ONE[1], title)
    if form == "calendar":
        both = calendar(("100001", *ONE[1:]), ("100002", *TWO[1:]))
        return both, both.replace("DTSTART", "STATUS:CANCELLED\nDTSTART", 1).replace(ONE[1], title)
    if form == "table":
        both = f"title,status,speakers\n{ONE[1]},Accepted,Ann Fox\n{TWO[1]},Accepted,Ann Fox\n"
        return both, both.replace("Accepted", "Canceled", 1)
    both = submissions(ONE, TWO)
    return both, both.replace('"confirmed"', '"canceled"', 1).replace(ONE[1], title)


@pytest.mark.parametrize(
    ("form", "known"),
    [
        ("sessionize", "meet-2031-100001"), ("calendar", "meet-2031-100001"), ("pretalx", "meet-2031-k7xn3p"),
        ("table", "meet-2031-serving-night"),
    ],
)  # fmt: skip
def test_a_talk_that_was_cancelled_is_named_with_its_id(
    mltalks: Run, tmp_path: Path, form: str, known: str
) -> None:
    name = {"calendar": "in.ics", "table": "in.csv"}.get(form, "in.json")
    before, after = withdrawn(form, ONE[1] if form == "table" else "Serving by night (cancelled)")
    assert "is in the data" not in put(mltalks, tmp_path, name, after, *EVENT, "--dry-run")
    put(mltalks, tmp_path, name, before, *EVENT)
    said = put(mltalks, tmp_path, name, after, *EVENT)
    assert f"it is in the data as {known}, which 'mltalks remove {known}' removes\n" in said
    assert "1 already present" in said
    assert "not in what was read" not in said
    assert mltalks("remove", known, "--yes").code == 0


def test_talks_that_are_no_longer_in_the_file_are_counted_if_their_ids_are_those_of_the_program(
    mltalks: Run, tmp_path: Path
) -> None:
    put(mltalks, tmp_path, "own.csv", "title\nPanels\nQ87RTV\n", *EVENT)
    put(mltalks, tmp_path, "plan.json", schedule(ONE, TWO))
    said = put(mltalks, tmp_path, "plan.json", schedule(ONE))
    assert "known talks of meet-2031 whose ids are not in what was read: 1 (meet-2031-qq8rtv); " in said
    assert "not in what was read" not in put(mltalks, tmp_path, "plan.json", schedule(ONE, TWO))
    assert "not in what was read" not in put(mltalks, tmp_path, "own.csv", "title\nPanels\n", *EVENT)


def test_times_in_utc_become_those_of_the_zone_of_the_calendar(mltalks: Run, tmp_path: Path) -> None:
    event = "BEGIN:VEVENT\nUID:{0}@meet.example\nSUMMARY:{0}\nDTSTART:{1}\nDTEND:{2}\nEND:VEVENT\n"
    events = event.format("First talk", "20310505T233000Z", "20310506T000000Z")
    events += event.format("Second talk", "20310506T010000Z", "20310506T013000Z")
    text = "BEGIN:VCALENDAR\n{}" + events + "END:VCALENDAR\n"
    mltalks("event", "add", "Meet 2031", "--date", "2031-05-06")
    said = put(mltalks, tmp_path, "in.ics", text.format("X-WR-TIMEZONE:Asia/Tokyo\n"), *EVENT)
    assert "UTC" not in said
    assert "outside the event" not in said
    assert talks(mltalks) == [
        ("First talk", "2031-05-06T08:30+09:00"),
        ("Second talk", "2031-05-06T10:00+09:00"),
    ]
    assert "outside the event" not in mltalks("doctor", "event:meet-2031").out
    no_zone = "its time is in UTC, and the calendar names no other time zone"
    unknown = 'the time zone "Nowhere/Else" of the calendar is not known; days and times written in UTC are'
    for zone, warning in (("", no_zone), ("UTC", no_zone), ("Nowhere/Else", unknown)):
        calendar = text.format(f"X-WR-TIMEZONE:{zone}\n" if zone else "")
        said = put(mltalks, tmp_path, "in.ics", calendar, "--event", "Other 2031", "--dry-run")
        assert (said.count(warning), said.count("those of UTC")) == (1, 1)


EVENT_RECORD = '[[events]]\nid = "meet-2031"\nname = "Meet 2031"\nseries = "Meet"\nyear = 2031\n{}\n'
TALK_RECORD = (
    '[[sessions]]\nid = "meet-2031-a"\nevent = "meet-2031"\ntitle = "Serving by night"\nkind = "talk"\n{}\n'
)


def test_what_a_colleague_changed_in_an_event_is_named_and_taken_on_request(
    mltalks: Run, tmp_path: Path
) -> None:
    days = 'start_date = "2031-05-06"\nend_date = "2031-05-07"\n'
    put(mltalks, tmp_path, "in.toml", EVENT_RECORD.format(days) + TALK_RECORD.format(""))
    moved = EVENT_RECORD.format(
        'start_date = "2031-05-08"\nend_date = "2031-05-09"\nlocation = "Kyoto"\ncoverage = "complete"'
    )
    text = moved.replace('series = "Meet"', 'series = "Meet Asia"') + TALK_RECORD.format(
        'date = "2031-05-08T10:00"'
    )
    differs = (
        "series: Meet → Meet Asia; start_date: 2031-05-06 → 2031-05-08; end_date: 2031-05-07 → 2031-05-09; location: – → Kyoto; "
        "coverage: – → complete"
    )
    said = put(mltalks, tmp_path, "in.toml", text, "--dry-run")
    assert f"the event meet-2031 differs: {differs}; --update takes what differs\n" in said
    assert "outside the event" in said
    said = put(mltalks, tmp_path, "in.toml", text, "--update", "--dry-run")
    assert f"would change: meet-2031: {differs}\n" in said
    assert "outside the event" not in said
    assert f"changed: meet-2031: {differs}\n" in put(mltalks, tmp_path, "in.toml", text, "--update")
    assert "differs" not in put(mltalks, tmp_path, "in.toml", text)
    one = json.loads(mltalks("show", "meet-2031", "--json").out)
    assert (one["location"], one["start_date"]) == ("Kyoto", "2031-05-08")
    mltalks("undo")
    assert "differs: series: Meet" in put(mltalks, tmp_path, "in.toml", text, "--dry-run")


@pytest.mark.parametrize("options", [(), EVENT])
def test_a_schedule_that_moves_the_days_of_its_conference_is_named(
    mltalks: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    put(mltalks, tmp_path, "plan.json", schedule(ONE, TWO))
    text = schedule(ONE, (*TWO[:2], "2031-05-08T12:00"), end="2031-05-08", title="Meet 2031 in Kyoto")
    if options:
        text = text.replace(" in Kyoto", "")
    said = put(mltalks, tmp_path, "plan.json", text, *options)
    assert (
        "the event meet-2031 differs: end_date: 2031-05-07 → 2031-05-08; --update takes what differs" in said
    )
    assert "1 skipped" in said
    said = put(mltalks, tmp_path, "plan.json", text, *options, "--update")
    assert "changed: meet-2031: end_date: 2031-05-07 → 2031-05-08" in said
    assert "outside the event" not in said
    assert "differs" not in put(mltalks, tmp_path, "plan.json", text, *options)
    other = schedule(ONE, acronym="goo-2031", title="Goo 2031", start="2031-09-01", end="2031-09-02")
    assert "the event" not in put(mltalks, tmp_path, "goo.json", other, *EVENT, "--dry-run").replace(
        "outside the event", ""
    )


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (submissions(ONE, TWO, count=57, next="https://plan.example/api?page=2"), "2 of 57"),
        (json.dumps({"notes": [{"title": "Serving by night"}], "count": 30}), "1 of 30"),
        (
            json.dumps({
                "result": {"query": "x", "hits": {"@total": "120", "@sent": "1", "hit": [{"info": {"title": "T", "key": "k", "year": "2031"}}]}}
            }),
            "1 of 120",
        ),
        (submissions(ONE, TWO, count=2, next=None), None),
        (submissions(ONE, TWO), None),
    ],
)  # fmt: skip
def test_a_page_of_a_longer_list_is_named(mltalks: Run, tmp_path: Path, text: str, page: str | None) -> None:
    said = put(mltalks, tmp_path, "in.json", text, *EVENT, "--dry-run")
    assert ("one page of a longer list" in said) == bool(page)
    assert page is None or f"in.json: has {page} records: it is one page of a longer list" in said


def test_a_new_event_is_of_the_known_series_with_which_its_name_begins(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.csv", "title\nServing by day\n", "--event", "ProdML 2030")
    table = "title\nServing by night\n"
    said = put(mltalks, tmp_path, "in.csv", table, "--event", "ProdML Berlin 2031")
    assert (
        "new events: prodml-berlin-2031 (series ProdML); to change a series: mltalks event edit ID --series NAME"
        in said
    )
    said = put(mltalks, tmp_path, "in.csv", table, "--event", "ProdML 2031")
    assert "1 already present" in said  # the one event of this series and year
    plan = schedule(ONE, acronym="prodml-oslo", title="ProdML Oslo 2031")
    assert "prodml-oslo (series ProdML)" in put(mltalks, tmp_path, "plan.json", plan)
    said = put(mltalks, tmp_path, "in.csv", "title,event,year\nServing,ProdML Workshop,2031\n")
    assert "prodml-workshop-2031 (series ProdML Workshop)" in said
    said = put(
        mltalks, tmp_path, "own.csv", "title,event,series,year\nServing,ProdML Rome 2031,Rome Days,2031\n"
    )
    assert "prodml-rome-2031 (series Rome Days)" in said
    assert "series ProdML)" in mltalks("add", "A talk", "--event", "ProdML Kyoto 2031").err


def unused(said: str) -> set[str]:
    """Return the keys that are reported as not used."""
    listed = next((line for line in said.splitlines() if "not used" in line), "")
    return set(listed.partition("(")[2].rstrip(")").split(", "))


def test_what_no_field_takes_of_speakers_and_long_texts_is_named(mltalks: Run, tmp_path: Path) -> None:
    texts = {"abstract": "In short.", "description": "At length."}
    person = {
        "name": "Ann Fox",
        "code": "X",
        "biography": "Serves.",
        "answers": [{"answer": "Vegan"}],
        "avatar": "",
    }
    for name, key, text in (
        ("plan.json", "persons", schedule(ONE)),
        ("api.json", "speakers", submissions(ONE)),
    ):
        answer = json.loads(text)
        (talk,) = (
            answer["results"]
            if "results" in answer
            else answer["schedule"]["conference"]["days"][0]["rooms"]["Hall"]
        )
        talk |= {**texts, key: [person]}
        found = unused(put(mltalks, tmp_path, name, json.dumps(answer), *EVENT, "--dry-run"))
        assert {"description", f"{key}.biography", f"{key}.answers"} <= found
        assert not found & {"abstract", f"{key}.name", f"{key}.code", f"{key}.avatar"}
        talk |= {"abstract": None}
        assert "description" not in unused(
            put(mltalks, tmp_path, name, json.dumps(answer), *EVENT, "--dry-run")
        )
    answer = json.loads(sessionize(("100001", *ONE[1:])))
    answer["speakers"][0] |= {"tagLine": "Engineer", "bio": "Serves.", "sessions": [100001], "links": []}
    found = unused(put(mltalks, tmp_path, "s.json", json.dumps(answer), *EVENT, "--dry-run"))
    assert {one for one in found if one.startswith("speakers")} == {"speakers.tagLine", "speakers.bio"}
    talk = {"title": "Serving", "speakers": [{"name": "Ann Fox", "company": "Acme", "shirt": "M"}]}
    assert unused(put(mltalks, tmp_path, "t.json", json.dumps([talk]), *EVENT)) == {"speakers.shirt"}


def test_a_note_of_ones_own_is_kept_above_the_one_that_is_imported_and_replaced_on_request(
    mltalks: Run, tmp_path: Path
) -> None:
    def noted() -> str:
        return str(json.loads(mltalks("show", "meet-2031-a", "--json").out)["note"])

    put(mltalks, tmp_path, "own.toml", TALK_RECORD.format('note = "Ask for the figures."'))
    other = TALK_RECORD.format('note = "Ask for the slides."')
    said = put(mltalks, tmp_path, "other.toml", other)
    assert "note: Ask for the figures. → Ask for the figures. Ask for the slides." in said
    assert noted() == "Ask for the figures.\n\nAsk for the slides."
    assert "1 already present" in put(mltalks, tmp_path, "other.toml", other)
    put(mltalks, tmp_path, "other.toml", other, "--update")
    assert noted() == "Ask for the slides."
    table = "id,note\nmeet-2031-a,Seen.\n"
    assert "note: Ask for the slides. → Seen." in put(mltalks, tmp_path, "in.csv", table, "--update")


def test_talks_of_other_pages_and_other_bibliographies_are_not_reported_as_absent(
    mltalks: Run, tmp_path: Path
) -> None:
    put(mltalks, tmp_path, "all.json", submissions(ONE, TWO))
    said = put(mltalks, tmp_path, "page.json", submissions(ONE, count=2, next="https://plan.example/?page=2"))
    assert "one page of a longer list" in said
    assert "not in what was read" not in said
    entry = (
        "@inproceedings{{{0}, title={{On {0}}}, author={{Fox, Ann}}, booktitle={{Meet 2031}}, year=2031}}\n"
    )
    put(mltalks, tmp_path, "one.bib", entry.format("katzen") + entry.format("cheng9"))
    assert "not in what was read" not in put(mltalks, tmp_path, "two.bib", entry.format("qq8rtv"))


@pytest.mark.parametrize(
    ("written", "kind"), [("Lightning", "talk"), ("Short paper", "paper"), ("Hands-on", "tutorial")]
)
def test_a_kind_is_read_alike_in_all_formats(mltalks: Run, tmp_path: Path, written: str, kind: str) -> None:
    answer = json.loads(sessionize(("100001", "Of sessionize", "")))
    answer["categories"] = [{"title": "Session format", "items": [{"id": 7, "name": written}]}]
    answer["sessions"][0]["categoryItems"] = [7]
    plan = json.loads(schedule(("K7XN3P", "Of a schedule", ONE[2])))
    plan["schedule"]["conference"]["days"][0]["rooms"]["Hall"][0]["type"] = written
    api = submissions(("QQ8RTV", "Of pretalx", TWO[2])).replace('"Talk"', f'"{written}"')
    files = {
        "a.json": json.dumps(answer), "b.json": json.dumps(plan), "c.json": api, "d.csv": f"title,type\nOf a table,{written}\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = mltalks("import", *files, *EVENT, cwd=tmp_path).err
    assert "4 added" in said
    assert "is not one of" not in said
    found = json.loads(mltalks("list", "event:meet-2031", "--json").out)
    assert {one["kind"] for one in found} == {kind}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "programme.csv",
            "title,speakers\nLunch & networking (1 h),\n昼休憩,\nCoffee break,Ada Quill\nNetworking: RDMA at scale,\n",
        ),
        (
            "programme.ics",
            "BEGIN:VCALENDAR\nVERSION:2.0\n"
            + "".join(
                f"BEGIN:VEVENT\nUID:{n}\nSUMMARY:{title}\nDTSTART:20310502T090000Z\n{said}END:VEVENT\n"
                for n, (title, said) in enumerate(
                    (
                        ("Registration", ""),
                        ("受付開始", ""),
                        ("Networking", "DESCRIPTION:Speaker: Ada Quill\n"),
                        ("Networking – RDMA at scale", ""),
                    )
                )
            )
            + "END:VCALENDAR\n",
        ),
    ],
)
def test_breaks_are_skipped_by_their_titles(mltalks: Run, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    done = mltalks("import", str(tmp_path / name), "--event", "Soup 2031")
    assert done.err.count("is a break by its title, and has no speakers; it is skipped") == 2
    assert "2 added" in done.err
    assert "RDMA at scale" in mltalks("list", "event:soup-2031").out


@pytest.mark.parametrize(
    "text",
    [
        "title,Speaker 1\nNetworking,Ada Fox\n",
        "title,First name,Last name\nCheck-in,Ada,Fox\n",
        "title,type\nTuning kernels for GPUs,Performance\n",
    ],
)
def test_a_talk_is_no_break_with_speakers_in_any_columns_or_an_unknown_type(
    mltalks: Run, tmp_path: Path, text: str
) -> None:
    (tmp_path / "in.csv").write_text(text)
    assert "1 added" in mltalks("import", "in.csv", "--event", "Soup 2031", cwd=tmp_path).err


def test_a_row_without_its_first_cell_keeps_its_columns(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        "id|title|event|date\n|One talk|Soup 2031|2031-05-01\nx-2|Two|Soup 2031|2031-05-01\n"
    )
    assert "2 added" in mltalks("import", "in.csv", cwd=tmp_path).err
    assert mltalks("list", "event:soup-2031", "-o", "ids").out.split() == ["soup-2031-one-talk", "x-2"]


@pytest.mark.parametrize(
    ("form", "text"), [("pretalx", '{"count": 0, "results": []}'), ("csl", "[]"), ("sessionize", "[]")]
)
def test_a_programme_without_talks_is_no_error(mltalks: Run, tmp_path: Path, form: str, text: str) -> None:
    (tmp_path / "in.json").write_text(text)
    done = mltalks("import", "in.json", "--format", form, cwd=tmp_path)
    assert (done.code, "has no talks" in done.err) == (0, True)


def test_pretalx_names_companies_in_answers_and_codes_that_were_not_expanded(
    mltalks: Run, tmp_path: Path
) -> None:
    asked = {"question": {"question": {"en": "Affiliation"}}, "answer": "Acme"}
    talk = {"code": "ABCDEF", "title": "Soup", "submission_type": "Talk", "state": "confirmed"}
    people = [
        {"code": "S1", "name": "Ann Fox"},
        {"code": "S2", "name": "Bo Hay", "answers": [{**asked, "person": "S2"}]},
    ]
    answers = [
        {**asked, "person": "S1"},
        {"question": {"question": "Diet"}, "answer": "Soup", "person": "S2"},
    ]
    bare = {
        **talk,
        "code": "GHJKLM",
        "title": "Bread",
        "speakers": ["S1"],
        "track": 3,
        "submission_type": 5,
        "answers": [4],
    }
    file = tmp_path / "in.json"
    file.write_text(
        json.dumps({"results": [{**talk, "speakers": people, "answers": answers}, bare]}), "utf-8"
    )
    said = mltalks("import", str(file), "--event", "Meet 2031").err
    assert "not used: 5 (Diet, speakers, answers, track, submission_type)" in said
    assert "with expand=speakers,answers,track,submission_type in the address" in said
    found = mltalks("list", "series:Meet", "--fields", "title,speakers", "--sort", "title").out
    assert found == "Bread\t\nSoup\tAnn Fox (Acme); Bo Hay (Acme)\n"


def test_a_refused_proposal_is_not_the_accepted_one_of_its_title(mltalks: Run, tmp_path: Path) -> None:
    table = tmp_path / "proposals.csv"
    table.write_text(
        "Title,Speakers,Code,Status\nTraining soup,Ann Bee,abc,Accepted\nTraining soup,Cyd Dee,def,Rejected\n"
    )
    for options in (("--dry-run",), ()):
        refused = mltalks("import", str(table), "--event", "Meetup 2026", *options).err
        assert 'has the status "Rejected"; it is skipped' in refused
        assert "mltalks remove" not in refused


def test_the_next_edition_of_a_schedule_with_the_same_acronym_is_an_event_of_its_own(
    mltalks: Run, tmp_path: Path
) -> None:
    def schedule(year: int, title: str) -> str:
        talk = {"code": f"AB{year}", "title": f"Talk of {year}", "date": f"{year}-09-01T10:00+02:00"}
        days = [{"date": f"{year}-09-01", "rooms": {"A": [talk]}}]
        conference = {"acronym": "pyml", "title": title, "start": f"{year}-09-01", "days": days}
        return json.dumps({"schedule": {"conference": conference}})

    for year in (2031, 2032, 2031, 2032):
        (tmp_path / "in.json").write_text(schedule(year, f"PyML Brno {year}"), encoding="utf-8")
        mltalks("import", "in.json", "--update", cwd=tmp_path)
    found = mltalks("list", "origin:own", "--sort", "title", "--fields", "title,event,year").out
    assert found.splitlines() == ["Talk of 2031\tpyml\t2031", "Talk of 2032\tpyml-2032\t2032"]
    mltalks("event", "edit", "pyml-2032", "--name", "Our PyML")
    assert "1 already present" in mltalks("import", "in.json", cwd=tmp_path).err


def test_a_time_gets_the_one_day_of_its_event(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Time,Talk\n18:30,Serving\n7:15 pm-19:45,Caches\n", encoding="utf-8")
    mltalks("event", "add", "Meet 2031", "--date", "2031-02-04")
    mltalks("import", "in.csv", "--event", "meet-2031", cwd=tmp_path)
    listed = mltalks("list", "event:meet-2031", "--sort", "title", "--fields", "title,date,minutes").out
    assert listed.splitlines() == ["Caches\t2031-02-04T19:15\t30", "Serving\t2031-02-04T18:30\t"]
    said = mltalks("import", "in.csv", "--event", "Days 2031", "--dry-run", cwd=tmp_path).err
    assert 'date: "18:30" is a time without a day; add the day' in said


def test_an_end_before_the_start_is_named_as_such(mltalks: Run, tmp_path: Path) -> None:
    table = "title,day,start,end\nServing,2031-02-04,10:00,09:30\n"
    (tmp_path / "in.csv").write_text(table, encoding="utf-8")
    said = mltalks("import", "in.csv", "--event", "Meet 2031", cwd=tmp_path).err
    assert 'end: "09:30" is not a time after the start; it is left out' in said
