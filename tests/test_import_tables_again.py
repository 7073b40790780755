"""A table that is imported again: speakers and companies that changed, one row for each author, and rows that moved."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_import_again import EVENT, put

pytestmark = pytest.mark.excerpt


def speakers(mltalks: Run, name: str) -> list[tuple[str, str | None]]:
    """Return the speakers of a session with their organizations."""
    found = json.loads(mltalks("show", name, "--json").out)
    return [(one["name"], one["organization"]) for one in found["speakers"]]


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("Ann Fox,Acme", "Ann Fox,Beta", "Ann Fox (Acme)", "Ann Fox (Beta)"),
        ("Ann Fox (Acme),", "Ann Fox (Beta),", "Ann Fox (Acme)", "Ann Fox (Beta)"),
        ("Ann Fox; Bo Hay,", "Ann Fox,", "Ann Fox; Bo Hay", "Ann Fox"),
        ("Ann Fox; Bo Hay,Acme; Beta", "Bo Hay,", "Ann Fox (Acme); Bo Hay (Beta)", "Bo Hay (Beta)"),
        ("Ann Fox; Bo Hay; Cy Ray,", "Cy Ray; Ann Fox,", "Ann Fox; Bo Hay; Cy Ray", "Cy Ray; Ann Fox"),
    ],
)
def test_a_row_takes_a_company_that_changed_and_drops_a_speaker_who_left(
    mltalks: Run, tmp_path: Path, before: str, after: str, old: str, new: str
) -> None:
    table = "title,speakers,company\nServing by night,{}\n"
    put(mltalks, tmp_path, "in.csv", table.format(before), *EVENT)
    refused = put(mltalks, tmp_path, "in.csv", table.format(after), *EVENT)
    assert f"it is skipped, although it differs: speakers: {old} → {new}" in refused
    assert "0 added, 0 changed, 1 skipped; 0 already present" in refused
    taken = put(mltalks, tmp_path, "in.csv", table.format(after), *EVENT, "--update")
    assert f"changed: meet-2031-serving-night: speakers: {old} → {new}" in taken
    assert ("loses speakers" in taken) == (old.count(";") > new.count(";"))
    assert "1 already present" in put(mltalks, tmp_path, "in.csv", table.format(after), *EVENT)
    mltalks("undo")
    assert "1 already present" in put(mltalks, tmp_path, "in.csv", table.format(before), *EVENT)


def test_rows_of_one_author_each_are_compared_as_one_talk(mltalks: Run, tmp_path: Path) -> None:
    head = "title,speaker,company,url\n"
    one, other = "Serving by night,{},{},https://example.org/1\n", "Another talk of mine,Di Lee,,\n"
    rows = f"{head}{one.format('Ann Fox', 'Acme')}{other}{one.format('Bo Hay', 'Beta')}"
    assert "2 added" in put(mltalks, tmp_path, "in.csv", rows, *EVENT)
    assert "0 changed, 0 skipped; 2 already present" in put(mltalks, tmp_path, "in.csv", rows, *EVENT)
    # The first one left, another one came, a third one has another company; the title was changed, too.
    new = f"{head}{one.format('Cy Ray', '')}{other}{one.format('Bo Hay', 'Gamma')}".replace("night", "day")
    taken = put(mltalks, tmp_path, "in.csv", new, *EVENT, "--update")
    assert "0 added, 1 changed, 0 skipped; 1 already present" in taken
    assert speakers(mltalks, "meet-2031-serving-night") == [("Cy Ray", None), ("Bo Hay", "Gamma")]


def test_rows_of_one_author_each_with_the_id_of_a_session_are_one_change(
    mltalks: Run, tmp_path: Path
) -> None:
    rows = "id,title,speaker\nk-1,Serving by night,Ann Fox\nk-1,Serving by night,Bo Hay\n"
    put(mltalks, tmp_path, "in.csv", rows, *EVENT)
    assert "0 changed, 0 skipped; 1 already present" in put(mltalks, tmp_path, "in.csv", rows, *EVENT)
    put(mltalks, tmp_path, "in.csv", rows.replace("Bo Hay", "Cy Ray"), *EVENT)
    assert [name for name, _ in speakers(mltalks, "k-1")] == ["Ann Fox", "Cy Ray"]


def test_a_short_title_is_joined_only_for_the_speakers_of_one_known_talk(
    mltalks: Run, tmp_path: Path
) -> None:
    put(mltalks, tmp_path, "in.csv", "title,speakers\nKeynote,Ann Fox; Bo Hay\n", *EVENT)
    rows = "title,speakers\nKeynote,Ann Fox\nKeynote,Bo Hay\n"
    assert "0 added, 0 changed, 0 skipped; 1 already" in put(mltalks, tmp_path, "in.csv", rows, *EVENT)
    three = put(mltalks, tmp_path, "in.csv", f"{rows}Keynote,Cy Ray\n", *EVENT)
    assert "1 added, 0 changed, 0 skipped; 1 already present" in three


def test_a_row_that_lists_not_all_speakers_drops_none(mltalks: Run, tmp_path: Path) -> None:
    table = "title,speakers\nServing by night,{}\n"
    put(mltalks, tmp_path, "in.csv", table.format("Ann Fox; Bo Hay"), *EVENT)
    for some in ("Ann Fox et al.", "TBA"):
        put(mltalks, tmp_path, "in.csv", table.format(some), *EVENT, "--update")
        assert len(speakers(mltalks, "meet-2031-serving-night")) == 2
