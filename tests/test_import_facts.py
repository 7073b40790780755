"""What an import must not lose: people, days and places of foreign records, and what it says of dates."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.test_known_works import own

pytestmark = pytest.mark.excerpt


def test_csl_keeps_organizations_ranges_and_reports_what_is_lost(mltalks: Run, tmp_path: Path) -> None:
    paper = {"type": "paper-conference", "event-title": "Fern Meet 2041"}
    bee = {"given": "Ada", "family": "Bee", "affiliation": [{"name": "Google"}]}
    items = [
        {**paper, "title": "Ferns", "author": [bee, {"name": "The Fern Circle"}],
         "event-date": {"date-parts": [[2041, 5, 3], [2041, 5, 5]]}},
        {**paper, "title": "Fronds", "author": {"literal": "Cy Elm"}, "issued": {"date-parts": [[2041, 2, 30]]}},
        {**paper, "title": "Spores", "author": [{"ORCID": "0"}], "event-date": {"date-parts": [[2041, 13, 1]]}},
    ]  # fmt: skip
    (tmp_path / "in.json").write_text(json.dumps(items))
    said = mltalks("import", "in.json", cwd=tmp_path).err
    assert "not used: 2 (author, event-date)" in said
    assert '"2041-02-30": there is no such day; it is left out' in said
    data = own(tmp_path)
    assert [(one["start_date"], one["end_date"]) for one in data["events"]] == [("2041-05-03", "2041-05-05")]
    assert [one.get("speakers") for one in data["sessions"]] == [
        [{"name": "Ada Bee", "organization": "Google"}, {"name": "The Fern Circle"}], [{"name": "Cy Elm"}], None,
    ]  # fmt: skip


def test_a_new_event_gets_its_facts_from_all_its_records(mltalks: Run, tmp_path: Path) -> None:
    event = {"name": "Fern Meet 2041"}
    of_them: list[dict[str, Any]] = [
        {}, {"start": {"date-parts": [[2041, 5, 3]]}}, {"location": "Oslo", "end": {"date-parts": [[2041, 5, 1]]}},
        {"location": "Rome", "start": {"date-parts": [[2041, 5, 4]]}, "end": {"date-parts": [[2041, 5, 5]]}},
    ]  # fmt: skip
    items = [
        {"type": "paper-conference", "title": f"Fern {at}", "event": event | one}
        for at, one in enumerate(of_them)
    ]
    (tmp_path / "in.csl.json").write_text(json.dumps(items))
    mltalks("import", "in.csl.json", cwd=tmp_path)
    (made,) = own(tmp_path)["events"]
    assert (made["start_date"], made["end_date"], made["location"]) == ("2041-05-03", "2041-05-05", "Oslo")


@pytest.mark.parametrize(
    ("written", "options", "said"),
    [
        ("3/4/2041", (), "1 added"),
        ("3/4/05", (), '"3/4/05": day, month or year first? Say it with --date-order dmy, mdy or ymd'),
        ("3/4/05", ("--date-order", "mdy"), "1 added"),
        ("25/6/5", ("--date-order", "dmy"), 'its date "25/6/5" was not read; write it like 2025-06-20'),
    ],
)
def test_the_year_of_an_event_is_that_of_all_days_that_a_date_may_be(
    mltalks: Run, tmp_path: Path, written: str, options: tuple[str, ...], said: str
) -> None:
    item = {
        "type": "paper-conference",
        "title": "Ferns",
        "event-title": "Fern Meet",
        "issued": {"raw": written},
    }
    (tmp_path / "in.json").write_text(json.dumps([item]))
    assert said in mltalks("import", "in.json", *options, cwd=tmp_path).err


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_a_year_of_one_digit_is_no_date_but_with_the_year_first(mltalks: Run, order: str) -> None:
    said = mltalks("add", "Ferns", "--event", "opml19", "--date", "25/6/5", "--date-order", order).err
    assert '"25/6/5": not a date' in said


def test_parents_in_a_circle_or_too_deep_are_left_out_and_the_rest_is_imported(
    mltalks: Run, tmp_path: Path
) -> None:
    above = {"Fern": "Fern", "Moss": "Elm", "Elm": "Moss", "Frond": "Elm"}
    above |= {f"Level {at}": f"Level {at + 1}" for at in range(120)} | {"Level 120": "Google"}
    text = "".join(
        f"[[organizations]]\nname='{name}'\nkind='company'\nparent='{up}'\n" for name, up in above.items()
    )
    (tmp_path / "in.toml").write_text(
        text + "[[sessions]]\nid='fern'\nevent='opml19'\ntitle='Ferns'\nkind='talk'\n"
    )
    done = mltalks("import", "in.toml", cwd=tmp_path)
    assert "1 added" in done.err
    assert "Fern: the parent Fern is below it" in done.err
    assert "Moss: the parent Elm is below it" in done.err
    assert "Level 0: the parent Level 1 is below it or on too many levels" in done.err
    kept = tmp_path / ".local/share/mltalks/organizations.toml"
    made = {one["name"]: one.get("parent") for one in tomllib.loads(kept.read_text())["organizations"]}
    assert made == {name: made[name] and up for name, up in above.items()}
    assert [made[name] for name in ("Fern", "Moss", "Elm", "Frond", "Level 120")] == [
        None, None, "Moss", "Elm", "Google",
    ]  # fmt: skip
    assert mltalks("validate").code == 0
