"""Speakers, companies and states of proposals in tables of organisers: who is meant, and what is no talk or no person."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.test_import_again import EVENT, put

pytestmark = pytest.mark.excerpt


def talks(mltalks: Run, query: str = "event:meet-2031") -> dict[str, dict[str, Any]]:
    """Return talks by title."""
    return {one["title"]: one for one in json.loads(mltalks("list", query, "--json").out)}


def people(talk: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["name"], one["organization"]) for one in talk["speakers"]]


ROWS = """title,speakers,company,abstract,slides
Testing data pipelines,"Fox, Ann",Acme AB,,https://example.org/s
Testing data pipelines,Ann Fox,Acme,Of expectations.,
Testing data pipelines,Bo Hay,Beta,,
"""


def test_one_person_in_two_rows_is_one_speaker_and_joined_rows_are_named(
    mltalks: Run, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text(ROWS, encoding="utf-8")
    listed = json.loads(mltalks("import", "in.csv", *EVENT, "--dry-run", "--json", cwd=tmp_path).out)
    assert [(one["outcome"], one["place"]) for one in listed] == [
        ("add", "in.csv:2"), ("skip", "in.csv:3"), ("join", "in.csv:4"),
    ]  # fmt: skip
    assert {one["id"] for one in listed} == {"meet-2031-testing-data-pipelines"}
    said = put(mltalks, tmp_path, "in.csv", ROWS, *EVENT)
    assert "joined with the first row of its talk: 1 (in.csv:4 meet-2031-testing-data-pipelines)" in said
    found = people(talks(mltalks)["Testing data pipelines"])
    assert found == [("Fox, Ann", "Acme AB"), ("Bo Hay", "Beta")]
    # The rows again, one of them repeated: nobody is lost.
    again = put(
        mltalks, tmp_path, "in.csv", f"{ROWS}Testing data pipelines,Bo Hay,Beta,,\n", *EVENT, "--update"
    )
    assert "loses speakers" not in again
    assert len(talks(mltalks)["Testing data pipelines"]["speakers"]) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("in.csv", 'title,speakers\nServing,"Fox, Ann (Acme); Ann Fox (Beta); Bo Hay"\n'),
        (
            "in.json",
            '[{"title": "Serving", "speakers": [{"name": "Fox, Ann", "company": "Acme"}, {"name": "Ann Fox", "company": "Beta"}, {"name": "Bo Hay"}]}]',
        ),
        ("in.csv", "title,Speaker 1,Company 1,Speaker 2,Company 2,Speaker 3\nServing,\"Fox, Ann\",Acme,Ann Fox,Beta,Bo Hay\n"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_speaker_of_a_talk_are_one(
    mltalks: Run, tmp_path: Path, name: str, text: str
) -> None:
    said = put(mltalks, tmp_path, name, text, *EVENT)
    assert people(talks(mltalks)["Serving"]) == [("Ann Fox", "Acme; Beta"), ("Bo Hay", None)]
    assert '"Fox, Ann" and "Ann Fox" are taken for one speaker' in said


def test_add_edit_and_doctor_list_a_speaker_once(mltalks: Run) -> None:
    mltalks("add", "Serving", "--event", "Meet 2031", "--speaker", "Fox, Ann (Acme)", "--speaker", "Ann Fox")
    assert people(talks(mltalks)["Serving"]) == [("Ann Fox", "Acme")]
    two = ("--speaker", "Ann Fox (Acme)", "--speaker", "Ann Fox (Beta)", "--speaker", "Bo Hay")
    mltalks("edit", "meet-2031-serving", *two)
    assert len(talks(mltalks)["Serving"]["speakers"]) == 3, "they may be two people"
    findings = json.loads(mltalks("doctor", "--json").out)
    (found,) = [one for one in findings if "more than once" in one["message"]]
    assert (
        found["command"]
        == "mltalks edit meet-2031-serving --speaker 'Ann Fox (Acme; Beta)' --speaker 'Bo Hay'"
    )
    mltalks("edit", "meet-2031-serving", "--speaker", "Ann Fox (Acme; Beta)", "--speaker", "Bo Hay")
    assert "more than once" not in mltalks("doctor").out
    mltalks("edit", "meet-2031-serving", "--rename-speaker", "Bo Hay=Fox, Ann (Acme)")
    assert people(talks(mltalks)["Serving"]) == [("Ann Fox", "Acme; Beta")]
    assert '"TBA" names no speaker' in mltalks("edit", "meet-2031-serving", "--speaker", "TBA").err


def test_who_is_to_be_announced_is_no_speaker(mltalks: Run, tmp_path: Path) -> None:
    names = ["TBA", "tbd", "N/A", "-", "Speaker to be announced", "TBC (Acme)", "未定"]
    rows = "".join(f"Talk {at},{name},\n" for at, name in enumerate(names))
    said = put(
        mltalks, tmp_path, "in.csv", f'title,speakers,company\n{rows}Last,"Ann Fox, TBC",N/A\n', *EVENT
    )
    found = talks(mltalks)
    for at, name in enumerate(names):
        assert found[f"Talk {at}"]["speakers"] == [], name
        assert f'Talk {at}: "{name.partition(" (")[0]}" names no speaker; it is left out' in said
    assert found["Talk 5"]["organizations"] == ["Acme"]
    assert (people(found["Last"]), found["Last"]["speakers_incomplete"]) == ([("Ann Fox", None)], True)
    assert 'Last: "N/A" names no organization; it is left out' in said
    assert found["Last"]["organizations"] == []


def test_organizations_between_semicolons_count_one_by_one(mltalks: Run, tmp_path: Path) -> None:
    text = 'title,Speaker 1,Company 1\nOne,Zoë Ng,"Google; Uvw"\nTwo,Zoë Ng; Al Bo,"Google; Uvw"\n'
    said = put(mltalks, tmp_path, "in.csv", text, *EVENT)
    assert "may be several organizations" not in said
    found = talks(mltalks)
    assert people(found["One"]) == [("Zoë Ng", "Google; Uvw")]
    assert people(found["Two"]) == [("Zoë Ng", None), ("Al Bo", None)]
    assert [one["companies"] for one in found.values()] == [["Google", "Uvw"]] * 2
    mltalks("add", "Three", "--event", "meet-2031", "--speaker", "Zoë Ng (Xyz; Uvw)")
    counted = json.loads(mltalks("companies", "event:meet-2031", "--json").out)
    assert {one["value"]: one["sessions"] for one in counted["values"]} == {"Google": 2, "Uvw": 3, "Xyz": 1}
    assert "several organizations" not in mltalks("doctor").out


PROPOSALS = """ID,Proposal title,Session type,Proposal state,Submission type,Speaker names
LLMCST,Cutting cost,Talk,confirmed,,"Ann Fox
Bo Hay"
ZZZZ11,Rejected thing,Talk,rejected,,Joe Nope
ZZZZ12,Pending thing,Talk,submitted,,Pat Wait
ZZZZ13,Accepted thing,Talk,accepted,,Amy Yes
ZZZZ14,Withdrawn thing,Talk,withdrawn,,Wes Gone
"""


@pytest.mark.parametrize(
    ("heading", "options"),
    [
        ("Proposal state", ()), ("Proposal status", ()), ("Review status", ()), ("Submission_State", ()), ("Statut", ()),
        ("Final decision", ()), ("Outcome of it", ("--map", "status=Outcome of it")), ("Outcome", ("--map", "state=Outcome")),
        ("Outcome", ("--map", "採否=Outcome")),
    ],
)  # fmt: skip
def test_refused_proposals_are_skipped_whatever_the_column_is_called(
    mltalks: Run, tmp_path: Path, heading: str, options: tuple[str, ...]
) -> None:
    said = put(mltalks, tmp_path, "in.csv", PROPOSALS.replace("Proposal state", heading), *EVENT, *options)
    assert set(talks(mltalks)) == {"Cutting cost", "Accepted thing"}
    assert "2 added, 0 changed, 3 skipped" in said
    assert 'Pending thing: has the status "submitted"' in said


def test_states_in_other_languages_are_read(mltalks: Run, tmp_path: Path) -> None:
    states = ["Abgelehnt", "Zurückgezogen", "Refusée", "Retiré", "Rechazada", "Rifiutato", "Recusada"]
    open_ones = ["Eingereicht", "En attente", "Pendiente"]
    rows = "".join(f"Talk of {one},{one}\n" for one in [*states, *open_ones, "Angenommen", "Acceptée"])
    said = put(mltalks, tmp_path, "in.csv", f"Talk title,Status\n{rows}", *EVENT)
    assert set(talks(mltalks)) == {"Talk of Angenommen", "Talk of Acceptée"}
    assert said.count("--undecided takes it") == len(open_ones)


def test_a_field_that_is_mapped_twice_is_an_error_that_names_it(mltalks: Run, tmp_path: Path) -> None:
    table = "Titel,Referent 1,Referent 2\nServing,Ann Fox,Bo Hay\n"
    twice = ("--map", "title=Titel", "--map", "speakers=Referent 1", "--map", "speakers=Referent 2")
    said = put(mltalks, tmp_path, "in.csv", table, *EVENT, *twice)
    assert '--map speakers is given for two columns, "Referent 1" and "Referent 2"' in said
    assert "Speaker 1, Company 1" in said
    said = put(
        mltalks, tmp_path, "in.csv", table, *EVENT, "--map", "title=Titel", "--map", "title=Referent 1"
    )
    assert '--map title is given for two columns, "Titel" and "Referent 1"; give it once' in said
    same = ("--map", "title=Titel", "--map", "title=Titel")
    assert "1 added" in put(mltalks, tmp_path, "in.csv", table, *EVENT, *same)


def test_events_without_days_are_sorted_by_those_of_their_talks(mltalks: Run, tmp_path: Path) -> None:
    rows = "".join(
        f"Talk {at},Ann Fox,Soup #{at},{day}\n"
        for at, day in enumerate(("2031-01-15", "2031-06-03", "2031-02-26", "2030-12-01"))
    )
    put(mltalks, tmp_path, "in.csv", f"title,speakers,event,date\n{rows}")
    mltalks("event", "edit", "soup-2-2031", "--date", "2031-02-26")
    expected = [f"Soup #{at}" for at in (1, 2, 0, 3)]
    for options in ((), ("--sort", "last")):
        found = json.loads(mltalks("events", "series:Soup", *options, "--json").out)
        assert [one["label"] for one in found["values"]] == expected
    text = mltalks("export", "series:Soup", "-f", "md").out.replace("\\", "")
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == expected


def test_an_address_is_no_part_of_a_name(mltalks: Run, tmp_path: Path) -> None:
    text = 'title,speakers\nOne,Ann Fox <ann@meet.example>\nTwo,"Bo Hay (bo@meet.example); Cy Doe (Acme, cy@meet.example)"\n'
    put(mltalks, tmp_path, "in.csv", text, *EVENT)
    found = talks(mltalks)
    assert people(found["One"]) == [("Ann Fox", None)]
    assert people(found["Two"]) == [("Bo Hay", None), ("Cy Doe", "Acme")]
    assert "1 already present" in put(mltalks, tmp_path, "in.csv", "title,speakers\nOne,Ann Fox\n", *EVENT)


def test_doctor_knows_a_talk_by_a_short_title_and_spares_one_that_was_held_again(mltalks: Run) -> None:
    mltalks("add", "Alpha beta", "--event", "Meet 2031", "--date", "2031-05-06")
    mltalks("add", "Alpha beta", "--event", "Meet 2031")
    for at, day in enumerate(("2031-01-15", "2031-06-03", "2031-06-13")):
        mltalks(
            "add",
            "Stores without any tears",
            "--event",
            f"Soup #{at} 2031",
            "--date",
            day,
            "--speaker",
            "Ann Fox",
        )
    found = {
        one["message"]: one["command"]
        for one in json.loads(mltalks("doctor", "--json").out)
        if one["kind"] == "duplicate"
    }
    assert [command for message, command in found.items() if "Alpha beta" in message] != []
    assert [command for message, command in found.items() if "tears" in message] == []
    mltalks("add", "Alpha beta", "--event", "Meet 2031", "--date", "2031-05-07")
    assert "Alpha beta" not in mltalks("doctor").out


def test_a_survey_compares_with_the_edition_before_of_the_same_year(mltalks: Run) -> None:
    for at, day in enumerate(("2031-01-15", "2031-06-03")):
        mltalks(
            "add", f"Stores of {at}", "--event", f"Soup #{at} 2031", "--date", day, "--speaker", "Ann Fox"
        )
    mltalks("event", "complete", "soup-0-2031", "soup-1-2031")
    survey = mltalks("survey", "series:Soup", "-o", "md").out.replace("\\", "")
    assert "The catalogue has no edition before Soup #0 2031.*" in survey
    assert "no edition before Soup #0 2031, Soup" not in survey
    assert "Only editions" not in survey


@pytest.mark.parametrize(
    ("head", "names", "read"),
    [
        ("Authors", "Kreuzberger D.; Kühl N.", ["D. Kreuzberger", "N. Kühl"]),
        ("Authors", "Kreuzberger D., van der Berg J.-P.", ["D. Kreuzberger", "J.-P. van der Berg"]),
        ("Author(s)", "Sculley D.", ["D. Sculley"]),
        ("Authors", "D. Sculley; Ann Fox", ["D. Sculley", "Ann Fox"]),
        ("Speakers", "Anna K.; Ben L.", ["Anna K.", "Ben L."]),
    ],
)
def test_authors_with_initials_last_are_turned(
    mltalks: Run, tmp_path: Path, head: str, names: str, read: list[str]
) -> None:
    file = tmp_path / "scopus.csv"
    row = f'"{names}",A paper on deployment,2023,IEEE Access,Article'
    file.write_text(f"{head},Title,Year,Event,Document Type\n{row}\n", encoding="utf-8")
    assert mltalks("import", str(file)).code == 0
    (found,) = json.loads(mltalks("list", "origin:own", "--json").out)
    assert ([one["name"] for one in found["speakers"]], found["kind"]) == (read, "paper")
