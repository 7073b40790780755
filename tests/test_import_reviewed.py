"""What an import keeps apart, and what it keeps: several records of one talk, edits, namesakes, signs, long names."""

import json
from pathlib import Path

from mltalks.text.bare_names import is_address, without_address
from tests.conftest import Run
from tests.linear import takes_linear_time

EVENT = ("--event", "Soup Night 2031")
TALK = "soup-night-2031-serving-soup"


def stored(mltalks: Run, query: str = f"id:{TALK}") -> dict[str, object]:
    (found,) = json.loads(mltalks("list", query, "--json").out)
    assert isinstance(found, dict)
    return found


def test_two_records_of_one_talk_both_count(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "Serving soup", *EVENT)
    mltalks("tag", TALK, "own")
    mltalks("note", TALK, "Mine.")
    file = tmp_path / "two.jsonl"
    records = [{"id": TALK, "tags": [one], "note": note} for one, note in (("a", "First."), ("b", "Second."))]
    file.write_text("".join(f"{json.dumps(one)}\n" for one in records), "utf-8")
    assert mltalks("import", str(file)).code == 0
    assert stored(mltalks)["tags"] == ["own", "a", "b"]
    note = str(stored(mltalks)["note"])
    assert all(one in note for one in ("Mine.", "First.", "Second."))


def test_edits_stay_however_often_an_old_file_returns(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "Serving soup", *EVENT, "--url", "https://example.org/old")
    file = tmp_path / "old.toml"
    exported = mltalks("export", f"id:{TALK}", "-o", "toml").out
    file.write_text(f'{exported}tags = ["fromfile"]\n', "utf-8")
    mltalks("edit", TALK, "--url", "https://example.org/mine")
    for _ in range(3):
        mltalks("import", str(file))
        assert (stored(mltalks)["url"], stored(mltalks)["tags"]) == ("https://example.org/mine", ["fromfile"])
    mltalks("import", str(file), "--update")
    assert stored(mltalks)["url"] == "https://example.org/old"


def calendar(name: str, year: int, speaker: str) -> str:
    return (
        f"BEGIN:VCALENDAR\nX-WR-CALNAME:{name} {year}\nBEGIN:VEVENT\nUID:session-1@{name.split(maxsplit=1)[0]}.example\n"
        f"SUMMARY:Opening keynote\nDESCRIPTION:Speaker: {speaker}\nDTSTART:{year}0506T100000\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def test_a_talk_of_another_calendar_with_the_same_id_and_title_is_another_one(
    mltalks: Run, tmp_path: Path
) -> None:
    for name, year, speaker in (("Foo ML Days", 2031, "Ann Alpha"), ("Bar Data Summit", 2032, "Zed Omega")):
        file = tmp_path / f"{year}.ics"
        file.write_text(calendar(name, year, speaker), "utf-8")
        assert "1 added" in mltalks("import", str(file)).err


def test_signs_are_values_and_dashes_are_none(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("title,keywords,note\nServing soup,C++;∞;-,❤\n", "utf-8")
    assert mltalks("import", str(file), *EVENT).code == 0
    assert (stored(mltalks)["keywords"], stored(mltalks)["note"]) == (["C++", "∞"], "❤")


def test_namesakes_in_a_file_of_mltalks_are_two_people(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "n.toml"
    people = ", ".join(f'{{ name = "{one}" }}' for one in ("Wei Wang", "Li Li", "Wei Wang"))
    event = '[[events]]\nid = "soup31"\nname = "Soup 2031"\nseries = "Soup"\nyear = 2031\n'
    file.write_text(
        f'{event}[[sessions]]\nid = "soup31-a"\nevent = "soup31"\ntitle = "A"\nkind = "talk"\nspeakers = [{people}]\n',
        "utf-8",
    )
    assert mltalks("import", str(file)).code == 0
    shown = mltalks("list", "id:soup31-a", "--fields", "speakers").out
    assert shown == "Wei Wang; Li Li; Wei Wang\n"


def test_a_long_name_with_an_address_takes_linear_time() -> None:
    assert takes_linear_time(lambda length: is_address("x" + " " * length + "@"), 100_000)
    assert takes_linear_time(lambda length: is_address("a" * length + " @"), 100_000)
    assert takes_linear_time(
        lambda length: [without_address(f"x{' ' * 90}@{n}") for n in range(length)], 2_000
    )


def test_an_address_with_a_place_on_its_page_is_that_talk(mltalks: Run) -> None:
    for place in ("a", "b"):
        mltalks("add", f"Soup {place}", *EVENT, "--url", f"https://example.org/program#{place}")
    assert mltalks("list", "https://example.org/program#a", "--fields", "title").out == "Soup a\n"
    assert mltalks("list", "https://example.org/program", "--count").out == "2\n"
    refused = mltalks("remove", "https://example.org/program", "--yes")
    assert refused.code == 4
    assert '2 sessions have the address "https://example.org/program"; name one by its id' in refused.err
    assert mltalks("list", "year:2031", "--count").out == "2\n"


def test_an_old_export_does_not_double_a_talk_whose_speaker_was_corrected(
    mltalks: Run, tmp_path: Path
) -> None:
    mltalks("add", "Serving soup", *EVENT, "--speaker", "An Fox")
    file = tmp_path / "old.toml"
    file.write_text(mltalks("export", f"id:{TALK}", "-o", "toml").out, "utf-8")
    mltalks("edit", TALK, "--speaker", "Bo Hay")
    assert "newer edits of yours" in mltalks("import", str(file)).err
    assert mltalks("list", "year:2031", "--fields", "speakers").out == "Bo Hay\n"
