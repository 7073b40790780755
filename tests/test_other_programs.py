"""What other programs really hold: every value is taken, or what is left out is named; two talks stay two."""

import io
import json
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from mltalks.exchange.importers import json_records
from mltalks.exchange.intake.intake import Intake
from mltalks.exchange.readers.source import Source
from tests import pyvideo_tree, rubyevents_tree
from tests.conftest import ROOT, Run, shipped_library
from tests.linear import takes_linear_time

pytestmark = pytest.mark.excerpt

IMPORTS = ROOT / "tests" / "data" / "imports"

Take = Callable[..., tuple[list[dict[str, Any]], str]]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / ".local/share/mltalks" / "sessions.toml"


@pytest.fixture
def take(mltalks: Run, tmp_path: Path, own: Path) -> Take:
    """Import one file or folder into no data, and return the sessions that are then there, and the messages; what was there before is removed."""

    def run(name: str, content: str | bytes | None = None, *arguments: str, code: int = 0) -> Any:
        own.unlink(missing_ok=True)
        if content is not None:
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        result = mltalks("import", name, *arguments, cwd=tmp_path)
        assert (result.code, "Traceback" in result.err) == (code, False), result.err
        taken = tomllib.loads(own.read_text(encoding="utf-8"))["sessions"] if own.exists() else []
        return taken, result.err

    return run


def names(session: dict[str, Any]) -> list[str]:
    return [one["name"] for one in session.get("speakers", [])]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Paper7", "paper7"), ("gruß-1", "GRUSS-1"), ("\u01c51", "\u01c61"), ("a.b-c", "A.B-C")],
)
def test_ids_of_one_import_that_differ_in_case_become_two_ids(
    mltalks: Run, take: Take, one: str, other: str
) -> None:
    rows = [{"id": id_, "title": f"On {id_} {number}"} for number, id_ in enumerate((one, other))]
    taken, _ = take("talks.json", json.dumps(rows), "--event", "Case Days 2031")
    assert len({session["id"].casefold() for session in taken}) == 2
    assert taken[0]["id"] == one
    assert mltalks("list", "event:case-days-2031", "-o", "ids").out.splitlines() == [
        session["id"] for session in taken
    ]


def test_ids_of_events_of_one_import_that_differ_in_case_are_one_event(take: Take) -> None:
    rows = [{"title": f"Talk {name}", "event": name, "year": 2031} for name in ("CaseConf", "caseconf")]
    taken, messages = take("talks.json", json.dumps(rows))
    assert {session["event"] for session in taken} == {"caseconf-2031"}
    assert "new events: caseconf-2031 (series CaseConf); " in messages


def test_a_change_after_which_nothing_could_be_read_is_not_made(mltalks: Run, own: Path) -> None:
    mltalks("event", "add", "Read Days 2031")
    mltalks("add", "A talk of these days", "--event", "read-days-2031")
    before = own.read_bytes()
    refused = mltalks("undo", "--change", "1")
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "belong to would be gone: read-days-2031-talk-days\n" in refused.err
    assert own.read_bytes() == before
    assert len(mltalks("log", "-o", "plain").out.splitlines()) == 2
    assert mltalks("list", "event:read-days-2031", "--count").out == "1\n"
    own.write_text(before.decode() + "\n[[sessions]]\nid = 1\n", encoding="utf-8")
    assert mltalks("list").code == 3
    assert mltalks("undo").code == 0  # data that could not be read before may be changed


def pyvideo_talk(folder: Path, name: str, **facts: Any) -> None:
    talk: dict[str, Any] = {
        "title": "Keynote",
        "speakers": [],
        "recorded": "2031-05-30",
        "videos": [],
        "copyright_text": None,
        "tags": [],
    }
    (folder / "videos").mkdir(parents=True, exist_ok=True)
    (folder / "videos" / f"{name}.json").write_text(json.dumps(talk | facts), encoding="utf-8")


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ({"speakers": ["Ann Example"]}, {"speakers": ["Bo Sample"]}, 2),
        ({"speakers": ["Wei Muster"]}, {"speakers": ["Li Muster"]}, 2),
        ({"recorded": "2031-05-30"}, {"recorded": "2031-05-31"}, 2),
        (
            {"recorded": "2031-05-30T09:00:00", "speakers": ["Ann Example"]},
            {"recorded": "2031-05-30T14:00:00", "speakers": ["Ann Example"]},
            2,
        ),
        (
            {"videos": [{"url": "https://videos.example/1"}]},
            {"videos": [{"url": "https://videos.example/2"}]},
            2,
        ),
        ({"speakers": ["Ann Example"]}, {"speakers": ["A. Example"]}, 1),
        ({"speakers": ["Ann Example"]}, {"speakers": ["Bo Sample", "Ann Example"]}, 1),
        ({"speakers": ["Ann Example"]}, {}, 1),
        (
            {"recorded": "2031-05-30T09:00:00+02:00"},
            {"recorded": "2031-05-30T07:00:00+00:00"},
            1,
        ),
        (
            {"speakers": ["Ann Example"], "videos": [{"url": "https://videos.example/1"}]},
            {"speakers": ["Ann Example"], "videos": [{"url": "https://videos.example/2"}]},
            1,
        ),
    ],
)
def test_two_talks_of_one_title_are_one_only_if_nothing_says_otherwise(
    take: Take, tmp_path: Path, one: dict[str, Any], other: dict[str, Any], count: int
) -> None:
    pyvideo_talk(tmp_path / "sample-2031", "a", **one)
    pyvideo_talk(tmp_path / "sample-2031", "b", **other)
    taken, messages = take("sample-2031")
    assert len(taken) == count
    named = "b.json: Keynote: has the same title as sample-2031-keynote; it is skipped\n" in messages
    assert named == (count == 1)
    assert f"{count} added, 0 changed, {2 - count} skipped" in messages


def test_what_was_imported_is_known_again_and_a_moved_talk_is_taken_with_update(
    mltalks: Run, tmp_path: Path, own: Path
) -> None:
    file = tmp_path / "talks.csv"
    heading = "Title,Speaker,Start\n"
    rows = [f"Lightning Talks,,2031-05-30T{hour:02}:00\n" for hour in range(24)]
    rows += [f"Lightning,{name} Example{name},\n" for name in "ABCDEFGH"]
    file.write_text(heading + "".join(rows))
    assert "32 added, 0 changed, 0 skipped" in mltalks("import", str(file), "--event", "Fair 2031").err
    again = mltalks("import", str(file), "--event", "Fair 2031")
    assert "0 added, 0 changed, 0 skipped; 32 already present" in again.err
    assert "it is skipped" not in again.err
    file.write_text(f"{heading}A talk about moving,Ann Example,2031-05-30T10:00\n")
    mltalks("import", str(file), "--event", "Fair 2031")
    file.write_text(f"{heading}A talk about moving,Ann Example,2031-05-31T11:00\n")
    moved = mltalks("import", str(file), "--event", "Fair 2031", "--update")
    assert "0 added, 1 changed" in moved.err
    assert tomllib.loads(own.read_text())["sessions"][-1]["date"] == "2031-05-31T11:00"


ROWS = [
    ("Placing Made Up Batches", "Ann Example", "North Sample University"),
    ("Placing Made Up Batches", "Bo Sample", "Sample Works, Ltd."),
    ("Queues of Nothing at All", "Ann Example", "North Sample University"),
    ("Placing Made Up Batches", "Bo Sample", "Other Works"),  # two people of one name
    ("Keynote", "Cy Muster", ""),
    ("Keynote", "Dee Dupont", ""),
]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_of_one_talk_by_author_are_joined(mltalks: Run, take: Take, tmp_path: Path, form: str) -> None:
    heading = ("Title", "Author", "Affiliation")
    if form == "csv":
        text = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in [heading, *ROWS])
    else:
        text = "".join(json.dumps(dict(zip(heading, row, strict=True))) + "\n" for row in ROWS)
    taken, messages = take(f"authors.{form}", text, "--event", "Join Days 2031")
    assert [(session["title"], session["speakers"]) for session in taken] == [
        (
            "Placing Made Up Batches",
            [
                {"name": "Ann Example", "organization": "North Sample University"},
                {"name": "Bo Sample", "organization": "Sample Works, Ltd."},
                {"name": "Bo Sample", "organization": "Other Works"},
            ],
        ),
        ("Queues of Nothing at All", [{"name": "Ann Example", "organization": "North Sample University"}]),
        ("Keynote", [{"name": "Cy Muster"}]),
        ("Keynote", [{"name": "Dee Dupont"}]),
    ]
    assert "4 added, 0 changed, 0 skipped" in messages
    assert "further rows of talks, each joined with the first row of its talk: 2" in messages
    again = mltalks("import", f"authors.{form}", "--event", "Join Days 2031", "--update", cwd=tmp_path)
    assert "0 added, 0 changed" in again.err


def test_columns_that_are_not_used_are_named_once_with_their_number(take: Take) -> None:
    heading = "nr,title,full_speaker_bio,seat,room_colour\n"
    _, messages = take(
        "t.csv", heading + "1,One talk,x,y,z\n2,Two talks,x,y,z\n", "--event", "Sample Days 2031"
    )
    assert messages.count("not used") == 1
    assert (
        "t.csv: columns or keys that are not used: 4 (nr, full_speaker_bio, seat, room_colour)\n" in messages
    )
    rows = [{"title": "One", "hall_number": 1}, {"title": "Two", "hue": "x", "hall_number": 2}]
    _, messages = take("t.json", json.dumps(rows), "--event", "Sample Days 2031")
    assert "t.json: columns or keys that are not used: 2 (hall_number, hue)\n" in messages


def test_an_import_of_nothing_leaves_nothing_behind(take: Take, own: Path) -> None:
    taken, messages = take("t.csv", "title,speaker\n,Ann Example\n", "--event", "Nothing Days 2031", code=3)
    assert (taken, own.exists(), "new events" in messages) == ([], False, False)
    taken, messages = take("t.csv", "title,speaker\n", "--event", "Nothing Days 2031")
    assert (taken, own.exists(), "new events" in messages) == ([], False, False)
    assert "t.csv: has no talks\n" in messages


def test_a_table_of_a_spreadsheet_is_read_whatever_separates_its_cells(take: Take) -> None:
    expected = [("Latency, simply", ["Ann Example"], "2031-05-06"), ("Drift", ["Bo Sample"], None)]
    for separator, head in (
        (";", "sep=;\r\n"),
        (",", '"sep=,"\n'),
        ("|", ""),
        ("\t", "sep=\t\n"),
        ("|", "SEP=|\n"),
    ):
        rows = [
            ["Title", "Speaker", "Date"],
            ['"Latency, simply"', "Ann Example", "2031-05-06"],
            ["Drift", "Bo Sample", ""],
        ]
        text = head + "".join(separator.join(row) + "\n" for row in rows)
        taken, messages = take("t.csv", text.encode(), "--event", "Cell Days 2031")
        assert [(one["title"], names(one), one.get("date")) for one in taken] == expected, messages
        assert "not used" not in messages


TABLES: list[tuple[str, list[dict[str, Any]]]] = [
    (
        'title,keywords,authors\nA talk,"recsys|law, ethics and more|deep trees",Ann Example|Bo Sample\n',
        [
            {
                "keywords": ["recsys", "law, ethics and more", "deep trees"],
                "names": ["Ann Example", "Bo Sample"],
            }
        ],
    ),
    ('title,keywords\nA talk,"one;two, and a half"\n', [{"keywords": ["one", "two, and a half"]}]),
    (
        'title,authors\nA talk,"Ann Example, Bo Sample and Cy Muster\n"\n',
        [{"names": ["Ann Example", "Bo Sample", "Cy Muster"]}],
    ),
    (
        "title,authors,affiliations\nA talk,Wei Muster; Wei Muster,North Works; East Works\n",
        [
            {
                "speakers": [
                    {"name": "Wei Muster", "organization": "North Works"},
                    {"name": "Wei Muster", "organization": "East Works"},
                ]
            }
        ],
    ),
    (
        "Name,Title,Company,Talk\nAnn Example,Head of Data,Sample Works,Serving Nobody\n",
        [{"title": "Serving Nobody", "speakers": [{"name": "Ann Example", "organization": "Sample Works"}]}],
    ),
    (
        "Name,Affiliation,Title,Abstract\nAnn Example,Sample Works,Serving Nobody,Nothing.\n",
        [{"title": "Serving Nobody", "speakers": [{"name": "Ann Example", "organization": "Sample Works"}]}],
    ),
    (
        "Speaker,Title,Company,Talk\nAnn Example,Head of Data,Sample Works,Serving Nobody\n",
        [{"title": "Serving Nobody", "names": ["Ann Example"]}],
    ),
    (
        "Title,First Name,Last Name,Organization,Talk Title\nDr.,Ann,Example,Works,Nobody Serves\n",
        [{"title": "Nobody Serves"}],
    ),
    (
        "First Name,Last Name,Company,Session Title\nAnn,Example,Sample Works,Serving Nobody\n",
        [{"title": "Serving Nobody", "speakers": [{"name": "Ann Example", "organization": "Sample Works"}]}],
    ),
    (
        "Talk Title,Speaker 1,Speaker 1 Company,Speaker 2,Speaker 2 Company\nServing Nobody,Ann Example,Sample Works,Bo Sample,\n",
        [{"speakers": [{"name": "Ann Example", "organization": "Sample Works"}, {"name": "Bo Sample"}]}],
    ),
    (
        "Talk Title,Author1,Author10,Author2\nServing Nobody,A Aa,C Cc,B Bb\n",
        [{"names": ["A Aa", "B Bb", "C Cc"]}],
    ),
    (
        "title,duration\nA a,45 min\nB b,1h 30m\nC c,PT45M\nD d,0:45\nE e,2 Stunden\nF f,\nG g,0\n",
        [{"minutes": minutes} for minutes in (45, 90, 45, 45, 120, None, None)],
    ),
    (
        "title,language,doi\nA a,Turkish,https://doi.org/10.5555/1\nB b,ελληνικά,\nC c,USenglish,\n",
        [{"language": "tr", "doi": "10.5555/1"}, {"language": "el"}, {"language": "en"}],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_tables_are_read_as_people_write_them(take: Take, text: str, expected: list[dict[str, Any]]) -> None:
    taken, messages = take("t.csv", text, "--event", "Table Days 2031")
    assert "left out" not in messages
    for session, values in zip(taken, expected, strict=True):
        found = {**session, "names": names(session)}
        assert {name: found.get(name) for name in values} == values


def test_what_is_no_value_of_a_field_is_named_with_its_place(take: Take) -> None:
    _, messages = take(
        "t.csv", "title,duration,language\nA a,quite long,klingon tongue\n", "--event", "Table Days 2031"
    )
    assert 't.csv:2: A a: minutes: "quite long" is not a duration; it is left out\n' in messages
    assert 't.csv:2: A a: language: "klingon tongue" is not a language;' in messages
    rows = [
        {"title": "A a", "track": {"de": "Betrieb", "en": "Operations"}, "kind": {"en": "Keynote"}},
        {"title": "B b", "track": {"id": 7, "name": "Data"}, "summary": {"ref": 7}, "minutes": [1]},
        {"title": "C c", "speakers": ["00000000-0000-4000-8000-000000000001"], "url": {"a": 1}},
        {"title": "D d", "status": "withdrawn"},
        {"title": "E e", "state": "confirmed"},
    ]
    taken, messages = take(
        "t.jsonl", "".join(json.dumps(row) + "\n" for row in rows), "--event", "Json Days 2031"
    )
    assert [(one["title"], one["kind"], one.get("track")) for one in taken] == [
        ("A a", "keynote", "Operations"), ("B b", "talk", "Data"), ("C c", "talk", None), ("E e", "talk", None),
    ]  # fmt: skip
    for place in (
        "t.jsonl:2: B b: summary: expected text, found a table; it is left out",
        "t.jsonl:2: B b: minutes: expected a number, found a list; it is left out",
        "t.jsonl:3: C c: speakers: a speaker needs a name; it is left out",
        "t.jsonl:3: C c: url: expected a link, found a table; it is left out",
        't.jsonl:4: D d: has the status "withdrawn"; it is skipped',
    ):
        assert f"{place}\n" in messages


def test_a_venue_is_an_event_only_if_it_has_a_year_and_is_no_room(take: Take) -> None:
    taken, _ = take("t.csv", "title,venue,year\nA a,SampleConf,2031\n")
    assert taken[0]["event"] == "sampleconf-2031"
    for text in (
        "title,venue,date\nA a,Grand Ballroom A,2031-05-06\n",
        "title,venue,year\nA a,Grand Ballroom A,2031\n",
    ):
        taken, messages = take("t.csv", text, code=3)
        assert (taken, "has no event" in messages) == ([], True)
    _, messages = take(
        "t.csv", "Name,Title,Company\nAnn Example,Head of Data,Sample Works\n", "--event", "X 2031", code=3
    )
    assert "the column Title may hold the titles of talks or of jobs" in messages


SHAPES: list[tuple[Any, list[tuple[str, list[str]]]]] = [
    (
        {
            "K1": {"title": "One here", "speakers": ["Ann Example"]},
            "K2": {"title": "Two here", "speakers": ["Bo Sample"]},
        },
        [("One here", ["Ann Example"]), ("Two here", ["Bo Sample"])],
    ),
    (
        {
            "notes": [
                {
                    "id": "n1",
                    "content": {"title": {"value": "One here"}, "authors": {"value": ["Ann Example"]}},
                }
            ],
            "count": 1,
        },
        [("One here", ["Ann Example"])],
    ),
    (
        [
            {
                "title": "One here",
                "type": "paper-conference",
                "author": [{"given": "Ann", "family": "van der Example"}],
            }
        ],
        [("One here", ["Ann van der Example"])],
    ),
    (
        [
            {
                "title": "One here",
                "speakers": [
                    {"firstName": "Ann", "lastName": "Example"},
                    {"givenName": "Bo", "familyName": "Sample"},
                ],
            }
        ],
        [("One here", ["Ann Example", "Bo Sample"])],
    ),
]


@pytest.mark.parametrize(("value", "expected"), SHAPES)
def test_json_is_read_in_the_shapes_of_others(
    take: Take, value: Any, expected: list[tuple[str, list[str]]]
) -> None:
    taken, _ = take("t.json", json.dumps(value), "--event", "Json Days 2031")
    assert [(one["title"], names(one)) for one in taken] == expected


def test_json_without_titles_is_one_error_that_names_its_keys(take: Take, own: Path) -> None:
    for value, keys in (
        ([{"title_en": f"Talk {n}", "title_ja": "x"} for n in range(50)], "title_en, title_ja"),
        ({"plan": {"2031-05-06": {"510": {"code": "x", "name": "y"}}}}, "plan"),
    ):
        taken, messages = take("t.json", json.dumps(value), "--event", "Json Days 2031", code=3)
        assert (taken, own.exists(), messages.count("\n")) == ([], False, 1)
        assert (
            f"t.json:1: none of the keys {keys} is recognized as the title; choose it with --map title=KEY"
            in messages
        )
    rows = [{"title": "A a"}, {"heading": "x"}, {"heading": "y"}, {"other": 1}]
    taken, messages = take(
        "t.jsonl", "".join(json.dumps(row) + "\n" for row in rows), "--event", "X 2031", code=3
    )
    assert len(taken) == 1
    assert "t.jsonl:2: has no title among its keys heading, as 2 records\n" in messages
    assert "t.jsonl:4: has no title among its keys other\n" in messages


def schedule(*talks: dict[str, Any], **day: Any) -> str:
    days = [{"index": 1, "date": "2031-12-27", "rooms": {"Saal 1": talks}, **day}]
    conference = {
        "acronym": "plan31",
        "title": "Plan Sample 2031",
        "start": "2031-12-27",
        "end": "2031-12-28",
        "days": days,
    }
    return json.dumps({"schedule": {"base_url": "https://plan.example/", "conference": conference}})


def test_a_schedule_keeps_what_it_says_and_guesses_no_links(take: Take) -> None:
    talk: dict[str, Any] = {
        "slug": "plan31-1",
        "title": "Caught",
        "subtitle": "In the made up net",
        "start": "10:00",
        "duration": "PT45M",
    }
    talk |= {
        "persons": [{"public_name": "Ann Example (Sample Works)"}, {"public_name": "Bo (he/him)"}],
        "language": "Turkish",
    }
    talk |= {"track": {"en": "Ops", "de": "Betrieb"}}
    talk["links"] = [
        {"title": "Questions to the office", "url": "https://office.example/answers.pdf"},
        {"title": "The thesis behind it", "url": "https://a.example/thesis.pdf"},
        {"title": "An opera in full", "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa"},
    ]
    late: dict[str, Any] = {
        "title": "After hours",
        "start": "01:30",
        "duration": "half an hour",
        "links": [],
        "track": {"id": 3, "name": "Nights"},
    }
    late["attachments"] = [
        {"title": "", "url": "/media/slides-late.pdf"},
        {"title": "Paper", "url": "/media/late.pdf"},
    ]
    text = schedule(talk, late, day_start="2031-12-27T10:00:00+01:00", day_end="2031-12-28T04:00:00+01:00")
    taken, messages = take("plan.json", text)
    assert taken[0] == {
        "id": "plan31-1", "event": "plan31", "title": "Caught: In the made up net", "kind": "talk", "track": "Ops",
        "speakers": [{"name": "Ann Example", "organization": "Sample Works"}, {"name": "Bo"}],
        "language": "tr", "date": "2031-12-27T10:00", "minutes": 45,
    }  # fmt: skip
    assert (taken[1]["date"], taken[1]["track"]) == ("2031-12-28T01:30", "Nights")
    assert taken[1]["slides"] == "https://plan.example/media/slides-late.pdf"
    assert taken[1]["paper"] == "https://plan.example/media/late.pdf"
    assert 'plan.json: After hours: minutes: "half an hour" is not a duration; it is left out\n' in messages


def test_a_flat_schedule_is_read_and_one_without_a_place_for_talks_is_an_error(take: Take) -> None:
    talk: dict[str, Any] = {
        "slug": "one",
        "title": "Flat one",
        "start": "2031-12-27T10:30:00+01:00",
        "end": "2031-12-27T11:15:00+01:00",
    }
    talk |= {"room": {"name": "Saal 1"}, "persons": [{"name": "Ann Example"}], "language": "en"}
    conference = {
        "acronym": "flat31",
        "title": "Flat Sample 2031",
        "days": [{"index": 1, "date": "2031-12-27"}],
    }
    taken, _ = take(
        "v2.json", json.dumps({"schedule": {"conference": conference, "events": [talk], "persons": []}})
    )
    assert [(one["title"], one["date"], one["minutes"], names(one)) for one in taken] == [
        ("Flat one", "2031-12-27T10:30+01:00", 45, ["Ann Example"])
    ]
    taken, messages = take(
        "v3.json", json.dumps({"schedule": {"conference": conference, "lectures": [talk]}}), code=3
    )
    assert (taken, "v3.json: has no talks in its days" in messages) == ([], True)
    taken, messages = take("v4.json", schedule())
    assert (taken, "v4.json: has no talks\n" in messages) == ([], True)


def test_links_of_pyvideo_are_sorted_by_what_they_say(take: Take, tmp_path: Path) -> None:
    labelled = {
        "Conference schedule": "https://conf.example/static/pdf/Schedule.pdf",
        "https://meet.example/up/2031_x_paper.pdf": "https://meet.example/up/2031_x_paper.pdf",
        "Same talk at Other Days 2030": "https://other.example/2030/77",
        "talk notebook": "https://github.com/sample/notebook",
        "Talks of the day": "https://conf.example/day",
    }
    for number, (label, url) in enumerate(labelled.items()):
        related = [{"label": label, "url": url}]
        pyvideo_talk(tmp_path / "links-2031", f"{number}", title=f"No link {number}", related_urls=related)
    pyvideo_talk(
        tmp_path / "links-2031", "x", title="All links", language="Turkish", duration="45 min",
        related_urls=[
            {"label": "Conference talk page", "url": "https://conf.example/talks/1"},
            {"label": "Slides", "url": "https://conf.example/1.pdf"},
            {"label": "", "url": "https://arxiv.org/abs/1"},
        ],
        description="By `Ann\nExample <https://people.example/ann>`__ and\n`Bo Sample <https://people.example/bo>`__.",
    )  # fmt: skip
    taken, _ = take("links-2031")
    for one in taken[:-1]:
        assert {"url", "slides", "paper", "video"}.isdisjoint(one), one
    whole = {name: taken[-1][name] for name in ("url", "slides", "language", "minutes", "summary")}
    assert whole == {
        "url": "https://conf.example/talks/1", "slides": "https://conf.example/1.pdf", "language": "tr", "minutes": 45,
        "summary": "By Ann\nExample and\nBo Sample.",
    }  # fmt: skip


def test_dblp_without_hits_is_no_error(take: Take) -> None:
    answer: dict[str, Any] = {
        "result": {"query": "zz", "status": {"@code": "200"}, "hits": {"@total": "0", "@computed": "0"}}
    }
    taken, messages = take("dblp.json", json.dumps(answer))
    assert (taken, "dblp.json: has no talks\n" in messages) == ([], True)
    _, messages = take("dblp.json", json.dumps({"result": {"query": "zz", "status": {}}}), code=3)
    assert 'has no "hits" list' in messages


def test_sessionize_makes_no_guess_of_categories_and_speakers(take: Take) -> None:
    answer = {
        "sessions": [
            {"id": "1", "title": "Queues", "speakers": ["a", "b"], "categoryItems": [1, 2, 3], "isPlenumSession": True},
        ],
        "speakers": [{"id": "a", "fullName": "Ann Example"}],
        "rooms": [],
        "categories": [
            {"id": 7, "title": "Programming language", "items": [{"id": 1, "name": "Go"}]},
            {"id": 8, "title": "Department", "items": [{"id": 2, "name": "Research"}]},
            {"id": 9, "title": "Session format", "items": [{"id": 3, "name": "Fireside"}]},
        ],
    }  # fmt: skip
    (queues,), messages = take("all.json", json.dumps(answer), "--event", "Sample Days 2031")
    assert (queues["keywords"], queues["kind"]) == (["Go", "Research", "Fireside"], "talk")
    assert (queues["speakers"], "language" in queues) == ([{"name": "Ann Example"}], False)
    assert "Queues: no speaker has the id b; it is left out\n" in messages


def test_latex_that_is_not_printed_is_left_out(take: Take) -> None:
    (taken,), _ = take(
        "x.bib",
        "@inproceedings{a, title = {A \\textcolor{red}{fast} cache, wide\\kern2pt gaps},"
        " booktitle = {Sample Conf}, year = {{\\noopsort{1973c}}1981}, author = {Ann Example}}",
    )
    assert taken["title"] == "A fast cache, wide gaps"
    assert taken["event"] == "sample-conf-1981"


def test_answers_of_sessionize_are_read_by_their_marks(take: Take) -> None:
    text = (IMPORTS / "sessionize.json").read_text(encoding="utf-8")
    taken, messages = take("all.json", text, "--event", "Sample Days 2031")
    assert taken == [
        {
            "id": "sample-days-2031-101", "event": "sample-days-2031", "title": "Serving by Night", "kind": "tutorial",
            "track": "Operations", "speakers": [{"name": "Ann Example"}], "keywords": ["latency"], "summary": "How.",
            "video": "https://videos.example/1", "language": "de", "date": "2031-05-06T10:00", "minutes": 45,
            "room": "Hall 1",
        },
        {"id": "sample-days-2031-104", "event": "sample-days-2031", "title": "Opening", "kind": "talk"},
    ]  # fmt: skip
    assert 'all.json: Lunch: has the type "service session", which is not a talk\n' in messages
    assert 'all.json: Called Off: has the status "Declined"; it is skipped\n' in messages
    session: dict[str, Any] = {
        "title": "Grouped",
        "speakers": [{"id": "x", "name": "Bo Sample"}],
        "isServiceSession": False,
        "startsAt": None,
    }
    session["categories"] = [{"id": 1, "name": "Level", "categoryItems": [{"id": 2, "name": "Advanced"}]}]
    for value in (
        [{"groupId": None, "groupName": "All", "sessions": [session]}],
        [{"date": "x", "rooms": [{"id": 1, "sessions": [session]}]}],
    ):
        taken, _ = take("group.json", json.dumps(value), "--event", "Sample Days 2031")
        assert [(one["title"], names(one), one["keywords"]) for one in taken] == [
            ("Grouped", ["Bo Sample"], ["Advanced"])
        ]


def test_answers_of_pretalx_are_read_by_their_marks(take: Take) -> None:
    page = json.loads((IMPORTS / "pretalx.json").read_text(encoding="utf-8"))
    for value in (page, page["results"]):
        taken, messages = take("api.json", json.dumps(value), "--event", "Sample Days 2031")
        assert taken == [
            {
                "id": "sample-days-2031-abc123", "event": "sample-days-2031", "title": "Serving by Day", "kind": "talk",
                "track": "Operations", "speakers": [{"name": "Ann Example"}], "summary": "How.",
                "slides": "https://pretalx.example/x.pdf", "language": "de", "date": "2031-05-06T10:00+02:00", "minutes": 30,
                "room": "Hall",
            }
        ]  # fmt: skip
        assert ': Gone: has the status "withdrawn"; it is skipped\n' in messages


def test_a_tree_of_rubyevents_loses_nothing_and_names_every_skip(
    mltalks: Run, take: Take, tmp_path: Path
) -> None:
    tree = rubyevents_tree.make(tmp_path / "tree", 40)
    taken, messages = take("tree")
    assert (len(taken), messages.count("; it is skipped\n"), messages.count("has no talks\n")) == (
        tree.talks - tree.doubles, tree.doubles, tree.empty,
    )  # fmt: skip
    assert (
        f"{tree.talks - tree.doubles} added, 0 changed, {tree.doubles} skipped; 0 already present, 0 rejected"
        in messages
    )
    assert {one.get("language") for one in taken} == tree.languages
    assert {one["event"] for one in taken} == tree.events
    files = sorted(str(path) for path in (tmp_path / "tree").rglob("videos.yml"))
    one_by_one = mltalks("import", *files, "--dry-run", cwd=tmp_path)
    assert (one_by_one.code, one_by_one.err.count("has no talks\n")) == (0, tree.empty)
    assert f"would add 0, change 0 and skip 0; {tree.talks} already" in one_by_one.err


def test_a_tree_of_pyvideo_loses_nothing_and_names_every_skip(take: Take, tmp_path: Path) -> None:
    tree = pyvideo_tree.make(tmp_path / "tree", 550)
    taken, messages = take("tree", code=3)
    assert (len(taken), messages.count("; it is skipped\n")) == (
        550 - tree.refused - tree.duplicates,
        tree.duplicates,
    )
    assert f"{tree.duplicates} skipped; 0 already present, {tree.refused} rejected" in messages
    assert sum(one["title"] == "Keynote" for one in taken) == tree.keynotes > 10
    assert {one["language"] for one in taken} == set(tree.languages)


def test_speakers_are_found_without_the_strokes_of_their_letters(mltalks: Run, take: Take) -> None:
    people = ["Łukasz Żółwik", "Đorđe Primer", "Bjørn Ærlig", "Þóra Dæmi", "Strauß Muster", "José Núñez"]
    take(
        "t.json",
        json.dumps([{"title": f"Talk of {one}", "speakers": [one]} for one in people]),
        "--event",
        "Names 2031",
    )
    for typed, one in zip(
        ("lukasz zolwik", "Dorde Primer", "bjorn aerlig", "Thora Daemi", "strauss muster", "Jose Nunez"),
        people,
        strict=True,
    ):
        assert mltalks("by-speaker", typed, "-o", "plain", "--fields", "title").out == f"Talk of {one}\n"
        assert mltalks("by-speaker", one, "-o", "plain", "--fields", "title").out == f"Talk of {one}\n"
        assert f"Talk of {one}\n" in mltalks("search", typed, "-o", "plain", "--fields", "title").out


def test_many_rows_of_one_title_take_linear_time() -> None:
    """Of rows by author, of talks with a title alone, and of one row again and again."""

    def taken(rows: Iterable[dict[str, str]]) -> int:
        text = "".join(json.dumps(row) + "\n" for row in rows)
        intake = Intake(shipped_library().catalogue, lambda _: None, "Many Days 2031")
        found = intake.take(json_records.read(Source(Path("x"), io.BytesIO(text.encode()))))
        return sum(one.outcome != "join" for one in found)

    def work(size: int) -> None:
        assert taken({"title": "One made up talk here", "speaker": f"A B{n}"} for n in range(size)) == 1
        assert taken({"title": "Keynote", "speaker": f"{n}a {n}b"} for n in range(size)) == size
        assert (
            taken({"title": "One made up talk here", "speaker": f"A B{n % 9}"} for n in range(size))
            == size - 8
        )

    assert takes_linear_time(work, 2_000)
