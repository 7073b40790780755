"""The user's own events: added, changed, removed, named by near misses, and beside the shipped data in trends."""

import json
import sys
import tomllib
from datetime import date
from pathlib import Path
from subprocess import Popen
from time import sleep

import pytest

from mltalks.text.dates import AmbiguousDateError, iso_date, iso_days
from mltalks.userdata.store import UserStore
from tests.conftest import Run, environment

pytestmark = pytest.mark.excerpt


def test_an_event_is_added_changed_and_removed(mltalks: Run) -> None:
    added = mltalks("event", "add", "ML Meetup 2025", "--date", "2025/3/4..March 5, 2025", "--place", "Tokyo")
    assert (added.code, added.out) == (0, "ml-meetup-2025\n")
    assert mltalks("event", "edit", "ML Meetup 2025", "--place", "Osaka").err == (
        "mltalks: ml-meetup-2025: location Osaka\n"
    )
    assert mltalks("event", "complete", "ml-meetup-2025", "--lang", "ja").err.endswith("収録状況 全件\n")
    shown = json.loads(mltalks("show", "ml-meetup-2025", "--json").out)
    assert (shown["start_date"], shown["end_date"], shown["location"], shown["coverage"]) == (
        "2025-03-04", "2025-03-05", "Osaka", "complete",
    )  # fmt: skip
    assert mltalks("add", "A talk", "--event", "ml-meetup-2025").code == 0
    refused = mltalks("event", "remove", "ml-meetup-2025", "--yes")
    assert (refused.code, "still has sessions" in refused.err) == (1, True)
    assert mltalks("remove", "ml-meetup-2025-talk", "--yes").code == 0
    assert mltalks("event", "remove", "ml-meetup-2025", "--yes").err == "mltalks: ml-meetup-2025: removed\n"
    assert mltalks("show", "ml-meetup-2025").code == 4
    assert mltalks("undo", "2").code == 0
    assert mltalks("list", "event:ml-meetup-2025", "-o", "ids").out == "ml-meetup-2025-talk\n"


def test_a_shipped_event_is_changed_in_the_own_data(mltalks: Run) -> None:
    assert "only what is in your data" in mltalks("event", "remove", "opml19", "--yes").err
    assert mltalks("event", "edit", "opml19", "--place", "Here").code == 0
    assert json.loads(mltalks("show", "opml19", "--json").out)["location"] == "Here"
    assert mltalks("event", "edit", "opml19", "--unset", "series").code == 2
    assert "your changes were removed" in mltalks("event", "remove", "opml19", "--yes").err


@pytest.mark.parametrize("typed", ["opml21", "OpLM 2019"])
def test_a_near_miss_of_an_event_is_an_error_and_adds_nothing(
    mltalks: Run, tmp_path: Path, typed: str
) -> None:
    (tmp_path / "t.csv").write_text("Title\nA talk\n")
    for arguments in (["add", "A talk"], ["import", str(tmp_path / "t.csv")]):
        refused = mltalks(*arguments, "--event", typed)
        assert (refused.code, '"opml19"' in refused.err, "event add" in refused.err) == (2, True, True)


def test_a_new_event_is_reported_as_new_and_a_known_one_is_found_by_series_and_year(mltalks: Run) -> None:
    assert (
        'new event: opml-2021 ("OpML 2021", series OpML)'
        in mltalks("add", "A talk", "--event", "OpML 2021").err
    )
    known = mltalks("add", "B talk", "--event", "OpML 2019")
    assert (known.out, "new event" in known.err) == ("opml19-b-talk\n", False)
    assert "already an event: opml19" in mltalks("event", "add", "OpML 2019").err


def test_a_name_of_several_events_is_refused_everywhere_with_their_ids(mltalks: Run, tmp_path: Path) -> None:
    for city in ("Lyon", "Kobe"):
        place = ("--series", "Pipeline Days", "--full-name", "Days of Pipelines", "--place", city)
        mltalks("event", "add", f"Pipeline Days {city} 2031", *place)
    table = tmp_path / "t.csv"
    table.write_text("Title\nA talk\n")
    for typed in ("Pipeline Days 2031", "Days of Pipelines"):
        for command in (
            ("add", "A talk", "--event", typed), ("import", str(table), "--event", typed),
            ("edit", "opml19-katib", "--event", typed), ("event", "remove", typed, "--yes"),
            ("event", "edit", typed, "--place", "Nara"), ("event", "complete", typed),
        ):  # fmt: skip
            if command[0] == "import" and typed == "Days of Pipelines":
                continue  # a name without a year, which no file of talks can make an event of
            refused = mltalks(*command)
            its = "pipeline-days-lyon-2031, pipeline-days-kobe-2031; write one of these"
            assert (refused.code, refused.err) == (
                4,
                f'mltalks: error: the event "{typed}" may be {its}\n',
            ), command
    table.write_text("Title,Event,Date\nA talk,Pipeline Days,2031-05-01\n")
    refused = mltalks("import", str(table))
    assert (refused.code, "may be pipeline-days-lyon-2031, pipeline-days-kobe-2031" in refused.err) == (
        3,
        True,
    )
    # An event may be added of that name, and then it is meant by it.
    assert mltalks("event", "add", "Pipeline Days 2031").out == "pipeline-days-2031\n"
    assert mltalks("add", "A talk", "--event", "Pipeline Days 2031").out == "pipeline-days-2031-talk\n"
    assert "already an event" in mltalks("event", "add", "Pipeline Days 2031").err


def test_a_name_without_a_year_names_the_events_that_are_called_so_or_the_present_year(mltalks: Run) -> None:
    for year in (2029, 2030):
        mltalks("event", "add", f"Pipeline Days Kobe {year}", "--series", "Pipeline Days")
    year = date.today().year  # noqa: DTZ011 - the user's year
    refused = mltalks("add", "A talk", "--event", "Pipeline days KOBE").err
    assert f'"Pipeline days KOBE {year}"; did you mean "pipeline-days-kobe-2030" or "pip' in refused
    assert mltalks("event", "add", "Zymurgy").err.endswith(f'needs its year: "Zymurgy {year}"\n')


def test_an_incomplete_event_of_ones_own_leaves_the_judged_years_as_they_are(mltalks: Run) -> None:
    def judged() -> list[int]:
        found = json.loads(mltalks("trend", "theme", "--json").out)
        return [one["year"] for one in found["years"] if one["judged"]]

    before = judged()
    assert before
    mltalks("add", "A talk", "--event", "Meetup 2026")
    assert judged() == before
    mltalks("event", "edit", "meetup-2026", "--coverage", "partial")
    assert judged() == before


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("2025/03/04", "2025-03-04"), ("2025.3.4", "2025-03-04"), ("20250304", "2025-03-04"), ("2025年3月11日", "2025-03-11"),
        ("２０２５年３月１１日（火）", "2025-03-11"), ("令和元年5月1日", "2019-05-01"), ("March 4, 2025", "2025-03-04"),
        ("Mar. 4 2025", "2025-03-04"), ("4 Mar 2025", "2025-03-04"), ("Tuesday, 4th of March, 2025", "2025-03-04"),
        ("04-Mar-2025", "2025-03-04"), ("2025-03-04 9:30", "2025-03-04T09:30"), ("4 Mar 2025 at 12:05 am", "2025-03-04T00:05"),
        ("13/4/2025", "2025-04-13"), ("4/13/2025", "2025-04-13"), ("2025-02-30", None), ("Mayor 4 2025", None), ("13:61", None),
        ("12-Mar-27", "2027-03-12"), ("Friday 12 March 2027", "2027-03-12"), ("12 March 2027 9pm", "2027-03-12T21:00"),
        ("12/13/27", "2027-12-13"), ("31/12/99", "1999-12-31"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(typed: str, means: str | None) -> None:
    assert iso_date(typed) == means


@pytest.mark.parametrize("typed", ["3/4/2025", "3-4-2025", "3/4/25"])
def test_the_order_of_an_ambiguous_date_is_asked_for(typed: str) -> None:
    with pytest.raises(AmbiguousDateError):
        iso_date(typed)
    assert (iso_date(typed, "dmy"), iso_date(typed, "mdy")) == ("2025-04-03", "2025-03-04")


@pytest.mark.parametrize(
    "typed",
    [
        "12-13 March 2027", "March 12-13, 2027", "12th to 13th March 2027", "2027-03-12 – 2027-03-13", "2027年3月12日〜13日",
        "2027/3/12..13 March 2027", "Fri 12 March - Sat 13 March 2027", "12-Mar-27 - 13-Mar-27",
    ],
)  # fmt: skip
def test_the_days_of_an_event_are_read_as_people_write_them(typed: str) -> None:
    assert iso_days(typed) == ("2027-03-12", "2027-03-13")


def test_the_days_of_an_event_fit_each_other_and_its_year(mltalks: Run, tmp_path: Path) -> None:
    mltalks("event", "add", "Meetup 2027", "--date", "2027-03-12")
    for typed, why in (
        ("2027-03-14..2027-03-12", '--date "2027-03-14..2027-03-12": the last day is before the first'),
        ("TBD", '--date "TBD": not a date; write it like 2027-03-12 '),
        ("3/12/27", "--date-order dmy"),
    ):
        refused = mltalks("event", "edit", "meetup-2027", "--date", typed)
        assert (refused.code, why in refused.err) == (2, True), typed
    assert '--date "TBD": not a date' in mltalks("edit", "opml19-katib", "--date", "TBD").err
    doubted = mltalks("event", "edit", "meetup-2027", "--date", "2028-03-12")
    assert "meetup-2027: the year is 2027, but the date is 2028-03-12" in doubted.err
    file = tmp_path / "own.toml"
    file.write_text(
        '[[events]]\nid = "a"\nname = "A 2027"\nseries = "A"\nyear = 2027\nstart_date = "2027-01-02"\nend_date = "2026-12-31"\n'
    )
    assert "a: end_date: 2026-12-31 is before 2027-01-02" in mltalks("validate", str(file)).out
    file.write_text(file.read_text().replace("2027-01-02", "2025-12-30"))
    assert "a: year: the year is 2027, but" in mltalks("validate", str(file)).out
    file.write_text(file.read_text().replace("2026-12-31", "2027-01-02"))
    assert mltalks("validate", str(file)).out == ""


def test_every_way_in_reads_dates_and_asks_for_their_order(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Title,Date\nOne,3/4/2025\nTwo,2025年3月11日\nThree,4 Mar 2025\n")
    ways = ["add", "Four", "--event", "Meetup 2025", "--date", "3/4/2025"]
    assert (mltalks(*ways).code, "--date-order dmy" in mltalks(*ways).err) == (2, True)
    assert mltalks(*ways, "--date-order", "mdy").code == 0
    imported = mltalks("import", str(tmp_path / "t.csv"), "--event", "Meetup 2025")
    assert "t.csv:2: One: date: " in imported.err
    assert "--date-order" in imported.err
    assert mltalks("undo").code == 0
    assert (
        "date:"
        not in mltalks("import", str(tmp_path / "t.csv"), "--event", "Meetup 2025", "--date-order", "dmy").err
    )
    assert mltalks("edit", "meetup-2025-two", "--date", "5 March 2025").err == (
        "mltalks: meetup-2025-two: date 2025-03-05\n"
    )
    found = json.loads(mltalks("list", "event:meetup-2025", "--json", "--fields", "title,date").out)
    assert {one["title"]: one["date"] for one in found} == {
        "One": "2025-04-03", "Two": "2025-03-05", "Three": "2025-03-04", "Four": "2025-03-04",
    }  # fmt: skip


def test_an_organization_is_made_of_any_counted_name_or_by_command(mltalks: Run, tmp_path: Path) -> None:
    for title, name in (("One", "Stripe"), ("Two", "Stripe Inc.")):
        mltalks("add", title, "--event", "Meetup 2025", "--speaker", f"Ada ({name})")
    assert mltalks("alias", "Stripe Inc.", "stripe").err.splitlines() == [
        "mltalks: new organization: Stripe",
        "mltalks: Stripe: aliases Stripe Inc.",
    ]
    counted = mltalks("companies", "event:meetup-2025", "--fields", "value,sessions", "-q")
    assert counted.out == "Stripe\t2\n"
    assert (
        mltalks("alias", "Acme Inc.", "Acme").code,
        "--new" in mltalks("alias", "Acme Inc.", "Acme").err,
    ) == (4, True)
    assert mltalks("alias", "Acme Inc.", "Acme", "--new", "--kind", "lab", "--parent", "stripe").code == 0
    assert mltalks("validate", str(tmp_path / ".local/share/mltalks/organizations.toml")).code == 0
    assert mltalks("undo", "2").code == 0
    assert not (tmp_path / ".local/share/mltalks/organizations.toml").exists()


def test_odd_dates_are_none_or_what_they_say() -> None:
    assert (iso_date("85/12/25"), iso_date("令和0年3月1日"), iso_date("令和元年5月1日")) == (
        "1985-12-25",
        None,
        "2019-05-01",
    )
    assert iso_days("2005-12-03-05", "dmy") == iso_days("2005-12-03-05") == ("2005-12-03", "2005-12-05")


def test_an_event_that_is_exported_as_a_whole_has_its_coverage(mltalks: Run, tmp_path: Path) -> None:
    for title in ("On serving", "On drift"):
        mltalks("add", title, "--event", "Meetup 2026")
    mltalks("event", "complete", "Meetup 2026")
    file = tmp_path / "meetup.toml"
    for query, expected in (
        ("event:meetup-2026", "complete"),
        ("year:2026", "complete"),
        ("event:meetup-2026 drift", None),
    ):
        assert mltalks("export", query, "-O", str(file), "--force").code == 0
        events = {one["id"]: one for one in tomllib.loads(file.read_text())["events"]}
        assert events["meetup-2026"].get("coverage") == expected


def test_a_date_outside_its_event_is_reported_however_it_gets_there(mltalks: Run) -> None:
    outside = "the date {} is outside the event night-2027 ({})"
    added = mltalks("add", "Talk A", "--event", "Night 2027", "--date", "2028-03-01")
    assert f"night-2027-talk: {outside.format('2028-03-01', '2027')}" in added.err
    assert "outside" not in mltalks("edit", "night-2027-talk", "--date", "2027-03-01").err
    moved = mltalks("event", "edit", "night-2027", "--date", "2027-05-01..2027-05-02")
    assert outside.format("2027-03-01", "2027-05-01 – 2027-05-02") in moved.err
    edited = mltalks("edit", "night-2027-talk", "--date", "2030-01-01", "--dry-run")
    assert outside.format("2030-01-01", "2027-05-01 – 2027-05-02") in edited.err
    assert "is outside the event night-2027" in mltalks("doctor").out
    assert "outside" not in mltalks("event", "edit", "night-2027", "--place", "Tokyo").err
    other = mltalks("edit", "night-2027-talk", "--event", "opml19")
    assert "the date 2027-03-01 is outside the event opml19 (2019-05-20)" in other.err
    assert mltalks("doctor").out.count("2027-03-01 is outside the event opml19") == 1


def test_a_name_that_another_event_has_or_of_another_year_is_reported(mltalks: Run) -> None:
    for name in ("Night 2027", "Day 2027"):
        assert mltalks("add", "Talk A", "--event", name).code == 0
    same = mltalks("event", "edit", "night-2027", "--name", "Day 2027")
    assert 'night-2027: the event day-2027 is called "Day 2027", too' in same.err
    assert 'several events are called "Day 2027": night-2027, day-2027' in mltalks("doctor").out
    wrong = mltalks("event", "edit", "night-2027", "--name", "Night 2026")
    assert 'night-2027: the year is 2027, but the name is "Night 2026"' in wrong.err
    assert 'night-2027: the year is 2027, but the name is "Night 2026"' in mltalks("doctor").out
    right = mltalks("event", "edit", "night-2027", "--name", "Night 2028", "--year", "2028")
    assert (right.code, "but the name" in right.err) == (0, False)
    assert 'but the name is "Fair 2026"' in mltalks("event", "add", "Fair 2026", "--year", "2027").err


def test_an_event_without_sessions_is_found_by_year_series_and_name(mltalks: Run) -> None:
    for name in ("Night 2027", "Night 2028"):
        assert mltalks("event", "add", name).code == 0

    def found(*query: str) -> list[str]:
        asked = mltalks("events", *query, "-o", "ids")
        assert asked.code == 0
        return asked.out.split()

    assert found("year:2027") == found("event:night-2027") == ["night-2027"]
    assert found("series:Night") == found("since:2027") == ["night-2028", "night-2027"]
    assert found("series:night OR event:opml19") == ["night-2028", "night-2027", "opml19"]
    assert found("series:night NOT year:2027") == ["night-2028"]
    assert found("year:2027 has:slides") == found("series:OpML year:2027") == []
    assert mltalks("events", "series:night").err == ""
    assert (mltalks("list", "series:night").code, mltalks("list", "series:nigh").code) == (0, 4)


def test_several_events_are_completed_at_once_or_none(mltalks: Run) -> None:
    for name in ("Night 2027", "Night 2028"):
        assert mltalks("event", "add", name).code == 0
    assert mltalks("event", "complete", "night-2027", "nihgt-2028").code == 4
    assert mltalks("events", "year:2027", "--fields", "coverage").out.strip() == ""
    assert mltalks("event", "complete", "Night 2027", "night-2028").code == 0
    assert mltalks("events", "series:night", "--fields", "coverage").out == "complete\ncomplete\n"
    unquoted = mltalks("event", "add", "Night", "2029")
    assert (unquoted.code, "too many arguments: 2029" in unquoted.err) == (2, True)


def test_the_table_of_events_takes_three_lines_for_each_at_80_columns(mltalks: Run) -> None:
    place = "Kyoto International Conference Center, Kyoto, Japan"
    mltalks("event", "add", "Pipeline Days Kyoto 2031", "--date", "2031-05-01..2031-05-02", "--place", place)
    mltalks("event", "add", "Pipeline Days Lyon 2031", "--date", "2031-03-01")
    drawn = mltalks("events", "year:2031", "-o", "table", env={"COLUMNS": "80"})
    lines = drawn.out.splitlines()
    assert lines[0].split()[:3] == ["id", "event", "date"]
    assert lines[0].split()[-1] == "sessions"
    assert len(lines) <= 2 + 2 * 3
    assert lines[2].startswith("pipeline-days-kyoto-2031  Pipeline ")
    assert "not shown for lack of width: place, themes" in drawn.err


@pytest.mark.excerpt
def test_a_talk_may_be_moved_to_a_new_event(mltalks: Run) -> None:
    added = mltalks("add", "On soup", "--event", "Soup Days 2031")
    assert 'new event: soup-days-2031 ("Soup Days 2031", series Soup Days)' in added.err
    preview = mltalks(
        "edit", "opml19-katib", "soup-days-2031-soup", "--event", "Bread Days 2032", "--dry-run"
    )
    assert 'id = "bread-days-2032"' in preview.out
    moved = mltalks("edit", "opml19-katib", "soup-days-2031-soup", "--event", "Bread Days 2032")
    assert moved.err.count("new event: bread-days-2032") == 1
    assert mltalks("list", "event:bread-days-2032", "--count").out == "2\n"
    assert mltalks("edit", "opml19-katib", "--event", "soup days 2031").code == 0
    assert mltalks("list", "event:soup-days-2031", "-o", "ids").out == "opml19-katib\n"
    refused = mltalks("edit", "opml19-katib", "--event", "Cheese Days")
    assert refused.code != 0
    assert "add its year" in refused.err


TEAM = """
[[events]]
id = "team-2031"
name = "Team days 2031"
series = "Team days"
year = 2031
[[themes]]
id = "soup"
label = {en = "Soup", ja = "スープ"}
[[sessions]]
id = "team-2031-broth"
event = "team-2031"
title = "A broth in production"
kind = "talk"
"""


@pytest.mark.excerpt
def test_what_belongs_to_a_file_that_is_not_loaded_is_kept_and_ignored(mltalks: Run, tmp_path: Path) -> None:
    project, elsewhere, own = tmp_path / "team", tmp_path / "else", tmp_path / ".local/share/mltalks"
    for folder in (project, elsewhere):
        folder.mkdir()
    (project / "mltalks.toml").write_text(TEAM)
    broth = "team-2031-broth"
    for change in (
        ["tag", broth, "cook"],
        ["note", broth, "Ask for the recipe"],
        ["mark", broth, "watched"],
        ["edit", broth, "--slides", "https://example.org/broth"],
        ["event", "edit", "team-2031", "--place", "Lyon"],
        ["add", "On stock", "--event", "team-2031", "--id", "stock"],
        ["edit", "opml19-katib", "--theme", "soup"],
    ):
        assert mltalks(*change, cwd=project).code == 0, change
    written = (own / "sessions.toml").read_text()

    for command in (
        ["list"], ["search", "production"], ["show", "opml19-katib"], ["themes"], ["survey", "event:opml19"], ["events"],
        ["tag", "opml19-katib", "x"], ["undo"], ["index"], ["doctor"], ["validate"], ["note", broth, "Ask again"], ["undo"],
    ):  # fmt: skip
        done = mltalks(*command, cwd=elsewhere)
        assert done.code == 0, (command, done.err)
        assert done.err.count("records of yours that are ignored") <= 1
    assert (own / "sessions.toml").read_text() == written
    listed = mltalks("list", "opml19-katib", "-o", "ids", cwd=elsewhere)
    assert listed.err.count("is not loaded here (--data, or the mltalks.toml of a project): 4;") == 1
    assert mltalks("list", "broth", "-o", "ids", cwd=elsewhere).out == ""
    assert mltalks("list", "-q", "--limit", "1", cwd=elsewhere).err == ""

    problems = json.loads(mltalks("validate", "--json", cwd=elsewhere).out)
    mine = {
        (one["record"], one["severity"], one["field"]) for one in problems if "sessions.toml" in one["path"]
    }
    own_ids = (broth, "team-2031", "stock")
    assert mine >= {(one, "warning", None) for one in own_ids} | {("opml19-katib", "warning", "themes[0]")}
    found = json.loads(mltalks("doctor", "--json", cwd=elsewhere).out)
    assert {one["names"][0] for one in found if one["severity"] == "warning"} >= {*own_ids, "opml19-katib"}

    shown = json.loads(mltalks("show", broth, "--json", cwd=project).out)
    assert (shown["tags"], shown["mark"], shown["note"]) == (["cook"], "watched", "Ask for the recipe")
    assert mltalks("list", "event:team-2031", "-o", "ids", cwd=project).out.split() == [broth, "stock"]
    (elsewhere / "given.toml").write_text(
        TEAM.replace(TEAM[TEAM.index("[[themes") : TEAM.index("[[sessions")], "")
    )
    taken = mltalks("import", "given.toml", cwd=elsewhere)
    assert (taken.code, "1 added" in taken.err, "ignored" in taken.err) == (0, True, False)
    listed = mltalks("list", "event:team-2031", "tag:cook", "-o", "ids", cwd=elsewhere)
    assert (listed.out, listed.err.count("of a project): 1;")) == (
        f"{broth}\n",
        1,
    )  # the theme is not in that file
    assert mltalks("undo", cwd=elsewhere).code == 0
    assert (own / "sessions.toml").read_text() == written
    assert mltalks("undo", "7", cwd=elsewhere).code == 0
    assert "ignored" not in mltalks("list", cwd=elsewhere).err


@pytest.mark.excerpt
def test_a_talk_moved_to_an_event_that_is_not_loaded_stays_where_it_was(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "extra.toml").write_text(
        '[[events]]\nid = "fernday31"\nname = "Fern Day 2031"\nseries = "Fern Day"\nyear = 2031\n'
    )
    extra = ("--data", "extra.toml")
    assert mltalks("list", "-n", "1", cwd=tmp_path).code == 0  # so that there is an index to bring up to date
    for changed in ("event", "tag"):
        if changed == "event":
            done = mltalks("edit", "opml19-katib", "--event", "fernday31", *extra, cwd=tmp_path)
        else:
            done = mltalks("tag", "opml19-katib", "fern", cwd=tmp_path)
        assert (done.code, "error" in done.err) == (0, False)
        assert mltalks("list", "event:fernday31", *extra, "-o", "ids", cwd=tmp_path).out == "opml19-katib\n"
        for cache in ({}, {"XDG_CACHE_HOME": str(tmp_path / changed)}):
            for command in (
                ["search", "latency"],
                ["themes"],
                ["show", "opml19-katib"],
                ["events"],
                ["doctor"],
            ):
                done = mltalks(*command, cwd=tmp_path, env=cache)
                assert done.code == 0, (command, done.err)
            shown = mltalks("list", "opml19-katib", "--json", cwd=tmp_path, env=cache)
            assert json.loads(shown.out)[0]["event"] == "opml19"
            assert "is not loaded here (--data, or the mltalks.toml of a project): 1;" in shown.err
    (mine,) = [
        one
        for one in json.loads(mltalks("validate", "--json", cwd=tmp_path).out)
        if "sessions.toml" in one["path"]
    ]
    assert (mine["record"], mine["severity"], mine["field"]) == ("opml19-katib", "warning", "event")
    assert 'event that you gave "opml19-katib" is ignored' in mltalks(
        "doctor", "--json", cwd=tmp_path
    ).out.replace('\\"', '"')


@pytest.mark.excerpt
def test_a_theme_of_ones_own_that_does_not_exist_is_counted(mltalks: Run, tmp_path: Path) -> None:
    own = tmp_path / ".local/share/mltalks"
    own.mkdir(parents=True)
    file = own / "sessions.toml"
    file.write_text('[[sessions]]\nid = "opml19-katib"\nthemes = ["nonexistent-theme", "automl"]\n')
    for command in (
        ["themes"],
        ["show", "opml19-katib"],
        ["explain", "opml19-katib"],
        ["crosstab", "theme", "year"],
    ):
        done = mltalks(*command)
        assert (done.code, done.err.count("ignored, or in part")) == (0, 1), command
    found = json.loads(mltalks("doctor", "--json").out)
    assert [one["sessions"] for one in found if "a theme that you gave" in one["message"]] == [
        ["opml19-katib"]
    ]
    file.write_text('[[sessions]]\nid = "opml19-katib"\nthemes = ["automl"]\n')
    assert "ignored" not in mltalks("themes").err


@pytest.mark.excerpt
def test_an_incomplete_talk_in_another_file_is_an_error(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "talks.toml"
    file.write_text('[[sessions]]\nid = "a"\nevent = "opml19"\ntitle = "A talk"\n')
    assert mltalks("list", "--data", str(file)).code == 3
    assert mltalks("validate", str(file)).code == 3


@pytest.mark.excerpt
def test_an_event_without_days_has_those_of_its_talks(mltalks: Run) -> None:
    def date(*talks: str) -> str:
        table = "title,date\n" + "".join(f"Soup {n},{day}\n" for n, day in enumerate(talks))
        assert mltalks("import", "-", "--event", "Soup 2031", stdin=table).code == 0
        (listed,) = json.loads(mltalks("events", "series:soup", "--json").out)["values"]
        assert (listed["start_date"], listed["end_date"]) == (None, None)
        shown = mltalks("show", "soup-2031", "--fields", "date").out.split("\t")[1].strip()
        assert mltalks("events", "series:soup", "--fields", "date").out.strip() == shown
        mltalks("undo")
        return shown

    assert date("2031-05-06", "2031-05-06") == "2031-05-06"
    assert date("2031-05-06T10:00", "2031-05-08") == "2031-05-06 – 2031-05-08"
    assert date("2031-05-06", "") == date("2031-05-06", "2031-09-06") == "2031"
    mltalks("event", "add", "Soup 2031", "--date", "2031-05-05")
    assert mltalks("events", "series:soup", "--fields", "date").out.startswith("2031-05-05")


@pytest.mark.parametrize("command", [["add", "Two"], ["event", "add"]])
def test_an_event_of_which_one_field_is_known_is_completed(
    mltalks: Run, tmp_path: Path, command: list[str]
) -> None:
    own = tmp_path / ".local/share/mltalks/sessions.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[[events]]\nid = "days-2031"\ncoverage = "partial"\n')
    typed = [*command, "--event", "Days 2031"] if command[0] == "add" else [*command, "Days 2031"]
    assert mltalks(*typed).code == 0
    (event,) = tomllib.loads(own.read_text())["events"]
    assert (event["id"], event["year"], event["coverage"]) == ("days-2031", 2031, "partial")


def test_a_writer_that_waits_keeps_what_another_one_left_for_a_file_that_is_not_loaded(
    mltalks: Run, tmp_path: Path
) -> None:
    folder = tmp_path / ".local/share/mltalks"
    mltalks("tag", "opml19-katib", "a")
    with UserStore(folder).locked():
        waiting = Popen(
            [sys.executable, "-m", "mltalks", "tag", "opml19-tony", "b"], env=environment(tmp_path)
        )
        sleep(1)
        with (folder / "sessions.toml").open("a") as file:
            file.write('[[sessions]]\nid = "project-talk"\ntags = ["c"]\n')
    assert waiting.wait() == 0


@pytest.mark.parametrize("name", ["Web3 Meetup", "H2O Meetup", "5G Summit", "Area 51 Talks", "Industry 4.0"])
def test_a_number_that_is_of_no_edition_joins_no_talks_of_two_years(
    mltalks: Run, tmp_path: Path, name: str
) -> None:
    for year in (2031, 2032):
        added = mltalks(
            "add", f"Cheap ferns {year}", "--event", name, "--date", f"{year}-05-06", "--kind", "talk"
        )
        assert (added.code, "outside" in added.err) == (0, False)
    table = tmp_path / "talks.csv"
    table.write_text(
        f"title,event,date\nDear ferns,{name},2031-05-06\nOld ferns,{name},2032-05-06\n", "utf-8"
    )
    assert mltalks("import", str(table)).code == 0
    talks = json.loads(mltalks("list", "ferns year:2031,2032", "--json", "-q").out)
    assert sorted((talk["event"], talk["year"]) for talk in talks) == sorted(
        (f"{'-'.join(name.casefold().replace('.', ' ').split())}-{year}", year)
        for year in (2031, 2031, 2032, 2032)
    )


def test_the_times_of_a_programme_get_their_time_zone_at_once(mltalks: Run, tmp_path: Path) -> None:
    dates = {
        "winter": "2027-03-12T10:00",
        "summer": "2027-07-01T09:30",
        "day": "2027-03-12",
        "tokyo": "2027-03-12T10:00+09:00",
    }
    for title, day in dates.items():
        mltalks("add", title, "--event", "Our Days 2027", "--date", day)
    ours = ("event:our-days-2027", "--sort", "title")

    def listed() -> list[str]:
        return [
            line.split("\t")[1] for line in mltalks("list", *ours, "--fields", "title,date").out.splitlines()
        ]

    assert mltalks("edit", "--query", "event:our-days-2027", "--timezone", "Europe/Lisbon").code == 0
    assert listed() == [
        "2027-03-12",
        "2027-07-01T09:30+01:00",
        "2027-03-12T10:00+09:00",
        "2027-03-12T10:00+00:00",
    ]
    again = mltalks("edit", "--query", "event:our-days-2027", "--timezone", "+09:00")
    assert again.err.count(": unchanged\n") == 4
    assert "without a time zone" not in mltalks("export", ours[0], "--format", "ical").err
    moved = mltalks("edit", "our-days-2027-winter", "--date", "2027-03-13")
    assert "our-days-2027-winter: the new date has no time; the talk was at 10:00" in moved.err
    timed = mltalks("edit", "our-days-2027-winter", "--date", "2027-03-13T11:00", "--timezone", "-0500")
    assert "2027-03-13T11:00-05:00" in timed.err
    assert mltalks("edit", "our-days-2027-winter", "--timezone", "Mars/Base").err.splitlines() == [
        'mltalks: error: --timezone "Mars/Base": not a time zone; write it like Europe/Lisbon or +09:00'
    ]


def test_a_time_of_utc_is_named_as_such_in_a_table(mltalks: Run) -> None:
    mltalks("add", "Caches at night", "--event", "Our Days 2031", "--date", "2031-05-06T01:00+00:00")
    mltalks("add", "Caches at noon", "--event", "Our Days 2031", "--date", "2031-05-06T12:00+09:00")
    listed = mltalks("list", "event:our-days-2031", "--fields", "title,date", "-o", "table").out
    assert "2031-05-06 01:00 UTC" in listed
    assert "2031-05-06 12:00\n" in listed.replace(" \n", "\n")


def test_a_time_keeps_its_zone_when_it_is_moved_and_its_place_in_a_programme(mltalks: Run) -> None:
    for title, hour in (("First", "10:00+02:00"), ("Last", "11:00+02:00"), ("Middle", "10:30")):
        mltalks("add", title, "--event", "Our Days 2031", "--date", f"2031-05-06T{hour}")
    programme = mltalks("export", "event:our-days-2031", "--format", "md").out
    assert programme.splitlines()[2:] == [
        "- 2031-05-06 10:00 +02:00 · First",
        "- 2031-05-06 10:30 · Middle",
        "- 2031-05-06 11:00 +02:00 · Last",
    ]
    moved = mltalks("edit", "our-days-2031-first", "--date", "2031-05-07 9:15")
    assert "our-days-2031-first: date 2031-05-07T09:15+02:00" in moved.err
    far = mltalks("edit", "our-days-2031-first", "--date", "2031-12-07 9:15").err
    assert "the new time has no time zone, which the time before had (2031-05-07T09:15+02:00)" in far
    assert mltalks("edit", "our-days-2031-first", "--unset", "date").code == 0
