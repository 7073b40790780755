"""Tallies: what is known only as counts is checked, overridden by later files, and counted where names are lacking."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mltalks.render.json_schemas import schema
from tests.conftest import ROOT, Run

pytestmark = pytest.mark.excerpt

TOY = ["--data", str(ROOT / "tests" / "data" / "surveys")]
TALLY = """
[[committee_tallies]]
event = "{event}"
role = "Chair"
total = {total}
source = "seen"
seats = [
  {{ organization = "Rising Ltd", seats = 2 }},
  {{ organization = "Nowhere", seats = 1 }},
]
"""


def tally_file(folder: Path, text: str = "", event: str = "toy22", total: int = 4) -> list[str]:
    """Return the options that add the toy events and a file with a tally, or with another text."""
    file = folder / "tally.toml"
    file.write_text(text or TALLY.format(event=event, total=total), encoding="utf-8")
    return [*TOY, "--data", str(file)]


def counted(mltalks: Run, *command: str) -> Any:
    found = json.loads(mltalks("committee", *command, "--json", "-q").out)
    jsonschema.validate(found, schema("committee"))
    return found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("total = 4", "total = 2"), "total: the listed counts add up to 3, more than the total of 2"),
        (("total = 4", "total = 0"), "total: 0 is not a count from 1 to 1000000"),
        (("total = 4", 'total = "4"'), "total: expected a number, found text"),
        (("total = 4\n", ""), "total: missing; every [[committee_tallies]] record needs this field"),
        (('source = "seen"\n', ""), "source: missing"),
        (("seats = 2", "seats = -2"), "seats[0].seats: -2 is not a count from 1 to 1000000"),
        ((", seats = 2", ""), 'seats[0]: needs the field "seats"'),
        (('organization = "Rising Ltd", ', ""), 'seats[0]: needs the field "organization"'),
        (("seats = 1 }", "seats = 1, name = 1 }"), 'seats[1].name: unknown field "name"'),
        (("toy22", "toy20"), 'event: no event "toy20"'),
        (("[[committee_tallies]]", "[[committee_tally]]"), 'unknown table "committee_tally"; did you mean'),
    ],
)
def test_what_is_wrong_with_a_tally_is_reported(
    mltalks: Run, tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    options = tally_file(tmp_path, TALLY.format(event="toy22", total=4).replace(*change))
    result = mltalks("validate", *options)
    assert result.code == 3
    assert message in result.out
    japanese = mltalks("validate", *options, "--lang", "ja")
    assert message not in japanese.out


def test_an_unknown_organization_is_a_warning(mltalks: Run, tmp_path: Path) -> None:
    result = mltalks("validate", *tally_file(tmp_path))
    assert result.code == 0
    assert (
        'seats[1].organization: "Nowhere" is not in organizations.toml; its seats are counted' in result.out
    )


def test_one_role_of_an_event_is_tallied_once(mltalks: Run, tmp_path: Path) -> None:
    twice = TALLY.format(event="toy22", total=4) * 2
    result = mltalks("validate", *tally_file(tmp_path, twice))
    assert result.code == 3
    assert "role: the same is already counted at " in result.out
    tracks = '[[track_tallies]]\nevent = "toy22"\ntotal = 1\nsource = "seen"\ntracks = []\n'
    assert (
        "event: the same is already counted at " in mltalks("validate", *tally_file(tmp_path, tracks * 2)).out
    )


def test_a_later_file_overrides_a_tally_field_by_field(mltalks: Run, tmp_path: Path) -> None:
    later = tmp_path / "later.toml"
    later.write_text('[[committee_tallies]]\nevent = "toy22"\nrole = "Chair"\ntotal = 9\n')
    found = counted(mltalks, "toy22", *tally_file(tmp_path), "--data", str(later))
    assert found["events"][0]["unknown"] == 6
    assert found["organizations"][0]["share"] == round(2 / 9, 3)


def test_a_tally_is_counted_where_names_are_lacking(mltalks: Run, tmp_path: Path) -> None:
    found = counted(mltalks, "toy21", "toy22", *tally_file(tmp_path))
    named, tallied = found["events"]
    assert (named["seats_from"], named["members"], named["unknown"], named["tallies"]) == ("names", 4, 1, [])
    assert (tallied["seats_from"], tallied["members"], tallied["names"], tallied["unknown"]) == (
        "tally",
        None,
        1,
        1,
    )
    assert tallied["tallies"][0]["source"] == "seen"
    assert found["seats"] == named["seats"] + tallied["seats"] == 9
    rows = {one["organization"]: one for one in found["organizations"]}
    assert (rows["Rising Ltd"]["seats"], rows["Rising Ltd"]["members"]) == (5, 2)
    assert (rows["Nowhere"]["seats"], rows["Nowhere"]["members"]) == (1, None)
    assert rows[None]["seats"] == 2


def test_names_are_counted_if_the_committee_is_complete(mltalks: Run, tmp_path: Path) -> None:
    found = counted(mltalks, "toy21", *tally_file(tmp_path, event="toy21"))
    assert found["events"][0]["seats_from"] == "names"
    assert found["seats"] == 5


def test_an_event_with_nothing_but_a_tally_has_a_committee(mltalks: Run, tmp_path: Path) -> None:
    options = tally_file(tmp_path, event="toy23")
    result = mltalks("committee", "toy23", *options)
    assert result.out.startswith("Rising Ltd\t2\t\t0.5\tChair 2\n")
    assert (
        "Toy '23: 4 seats, taken from a tally by organization, not counted from names; no member is known"
        in result.err
    )
    assert "toy23" in {one["event"] for one in counted(mltalks, *options)["events"]}
    assert mltalks("committee", "toy23", "--people", "-q", *options).out == ""


def test_a_survey_says_which_events_have_names(mltalks: Run, tmp_path: Path) -> None:
    text = mltalks("survey", "event:toy21,toy22", "-o", "md", "-q", *tally_file(tmp_path)).out
    assert "Counted from the names of all members: Toy '21." in text
    assert (
        "The 4 seats of Toy '22 (Chair) are taken from a tally by organization, not counted from names. Source: seen."
        in text
    )
    assert "Most seats on the committee of Toy '21: Rising Ltd (3 of 5 seats)." in text
    assert "Most seats on the committee of Toy '22" not in text  # too many are unknown


def test_sessions_whose_track_a_tally_does_not_know_have_a_row(mltalks: Run, tmp_path: Path) -> None:
    tally = """
[[track_tallies]]
event = "toy22"
total = 30
source = "seen"
tracks = [{ track = "Small", sessions = 3 }, { track = "Large", sessions = 10 }]
"""
    text = mltalks("survey", "event:toy22", "-o", "md", "-q", *tally_file(tmp_path, tally)).out
    table = text.partition("Sessions by track of Toy '22")[2]
    assert "| Large | 10 | 0 |\n| Small | 3 | 0 |\n| (track not known) | 17 |  |\n" in table
    assert "largest track of Toy '22" not in text  # too many are unknown
