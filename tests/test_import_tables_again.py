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
        ("Ann Fox; Bo Hay,Acme; Acme", "Bo Hay,", "Ann Fox (Acme); Bo Hay (Acme)", "Bo Hay (Acme)"),
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


PROPOSALS = "title,speakers,date,type,status\n"


def test_what_is_left_out_counts_as_skipped_and_is_listed(mltalks: Run, tmp_path: Path) -> None:
    rows = "Serving by night,Ann Fox,,Talk,Accepted\nServing by day,Bo Hay,,Tutorial,Declined\nLunch,,,,\n"
    (tmp_path / "in.csv").write_text(f"{PROPOSALS}{rows}", encoding="utf-8")
    listed = mltalks("import", "in.csv", *EVENT, "--dry-run", "-o", "json", cwd=tmp_path)
    assert [(one["outcome"], one["place"], one["reason"]) for one in json.loads(listed.out)] == [
        ("add", "in.csv:2", None),
        ("skip", "in.csv:3", 'has the status "Declined"; it is skipped'),
        ("skip", "in.csv:4", "is a break by its title, and has no speakers; it is skipped"),
    ]
    done = put(mltalks, tmp_path, "in.csv", f"{PROPOSALS}{rows}", *EVENT)
    assert "1 added, 0 changed, 2 skipped; 0 already present, 0 rejected" in done
    assert done.count("Declined") == done.count("Lunch") == 1
    assert "Tutorial" not in done


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("in.bib", "@proceedings{p1, title={All of Meet}, year=2031}\n"),
        ("in.ris", "TY  - BOOK\nTI  - All of Meet\nPY  - 2031\nER  - \n"),
        ("in.json", '[{"type": "book", "title": "All of Meet", "issued": {"date-parts": [[2031]]}}]'),
    ],
)
def test_a_volume_of_a_bibliography_counts_as_skipped(
    mltalks: Run, tmp_path: Path, name: str, text: str
) -> None:
    said = put(mltalks, tmp_path, name, text, *EVENT)
    assert "which is not a talk" in said
    assert "0 added, 0 changed, 1 skipped; 0 already present, 0 rejected" in said
    (found,) = json.loads(mltalks("import", name, *EVENT, "--dry-run", "--json", cwd=tmp_path).out)
    assert (found["outcome"], found["id"]) == ("skip", "")


def test_a_row_that_was_moved_and_cancelled_names_its_talk(mltalks: Run, tmp_path: Path) -> None:
    row = "Serving by night,{},2031-05-06T{}:00,Talk,{}\n"
    put(mltalks, tmp_path, "in.csv", PROPOSALS + row.format("Ann Fox", 10, "Accepted"), *EVENT)
    for hour in (10, 11):
        text = PROPOSALS + row.format("Ann Fox", hour, "Cancelled")
        said = put(mltalks, tmp_path, "in.csv", text, *EVENT)
        assert "it is in the data as meet-2031-serving-night, which" in said
    for someone in ("Bo Hay", ""):
        text = PROPOSALS + row.format(someone, 11, "Cancelled")
        assert "in the data" not in put(mltalks, tmp_path, "in.csv", text, *EVENT)


def test_a_dry_run_lists_known_talks_with_their_keys_and_events(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.csv", "title,speakers\nServing by night,Ann Fox\n", *EVENT)
    entry = "@inproceedings{{{}, title={{Serving by {}}}, author={{Fox, Ann}}, booktitle={{Meet 2031}}, year=2031}}\n"
    text = entry.format("fox31", "night") + entry.format("fox31b", "day")
    (tmp_path / "in.bib").write_text(text, encoding="utf-8")
    listed = mltalks("import", "in.bib", "--dry-run", "-o", "json", "--update", cwd=tmp_path)
    found = [
        (one["outcome"], one["id"], one["key"], one["event"], one["place"]) for one in json.loads(listed.out)
    ]
    assert found[1] == ("add", "fox31b", "fox31b", "meet-2031", "in.bib:2")
    assert found[0][1:] == ("meet-2031-serving-night", "fox31", "meet-2031", "in.bib:1")
    assert "into events that are in the data: meet-2031 (1)" in listed.err
    done = put(mltalks, tmp_path, "in.bib", text, "--update")
    assert "added to events that were in the data: meet-2031 (1)" in done
    again = put(mltalks, tmp_path, "in.bib", text)
    assert "the sessions that are already present: --dry-run lists them with their ids" in again
    plain = mltalks("import", "in.bib", "--dry-run", cwd=tmp_path).out
    assert [line.split("\t")[:2] for line in plain.splitlines()] == [
        ["known", "meet-2031-serving-night"],
        ["known", "fox31b"],
    ]


HELIOS = "HELIOS: Adaptive Model and Early-Exit Selection for Efficient LLM Inference Serving"


@pytest.mark.parametrize(
    ("head", "row", "options"),
    [
        ("key,tags", "mlsys26-helios,screen2", ["--map", "id=key"]),
        ("key,Tag", "mlsys26-helios,screen2", ["--map", "id=key"]),
        ("Id,Tag", "mlsys26-helios,screen2", []),
        ("ID,tags,Decision", "mlsys26-helios,screen2,yes", []),
        ("id,タグ", "mlsys26-helios,screen2", []),
        ("id,title,Tags,Decision", f"mlsys26-helios,{HELIOS},screen2,yes", []),
        ("Title,Event,Tags", f"{HELIOS},MLSys 2026,screen2", ["--update"]),
    ],
)
def test_a_column_of_tags_never_replaces_the_keywords_of_a_shipped_talk(
    mltalks: Run, tmp_path: Path, head: str, row: str, options: list[str]
) -> None:
    def keywords() -> list[str]:
        found = json.loads(mltalks("show", "mlsys26-helios", "--json").out)
        return [*found["keywords"], *found["keywords_ja"]]

    before = keywords()
    assert before
    file = tmp_path / "screening.csv"
    file.write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert mltalks("tag", "mlsys26-helios", "candidate").code == 0
    assert mltalks("import", str(file), *options).code == 0
    assert keywords() == before
    assert json.loads(mltalks("show", "mlsys26-helios", "--json").out)["tags"] == ["candidate", "screen2"]


def test_ids_of_two_tables_are_known_again_in_each_event(mltalks: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "c.csv", tmp_path / "d.csv"
    one.write_text("id,title,speaker\nT1,GPU pools,Ann Fox\nT2,Prompt tests,Bo Hay\n", "utf-8")
    two.write_text("id,title,speaker\nT1,Edge updates,Cy Doe\nT2,Labels for free,Di Roe\n", "utf-8")
    assert "2 added" in mltalks("import", str(one), "--event", "Gamma 2031").err
    assert "2 added" in mltalks("import", str(two), "--event", "Delta 2031").err
    two.write_text("id,title,speaker\nT1,Air updates of models,Cy Doe\nT2,Labels for free,Di Roe\n", "utf-8")
    said = mltalks("import", str(two), "--event", "delta-2031").err
    assert "0 added, 1 changed, 0 skipped; 1 already present" in said
    assert mltalks("list", "event:delta-2031", "--fields", "id,title", "--sort", "title").out == (
        "delta-2031-T1\tAir updates of models\ndelta-2031-T2\tLabels for free\n"
    )
    mltalks("undo")
    mltalks("undo")
    mltalks("undo")
    assert "2 added" in mltalks("import", str(two), "--event", "Delta 2031").err
    assert mltalks("list", "series:Delta", "--fields", "id", "--sort", "title").out == "T1\nT2\n"


def test_a_status_is_no_reason_to_leave_out_a_row_about_a_known_talk(mltalks: Run) -> None:
    for heading in ("id,note,status", "id,title,note,decision"):
        cells = {
            "id": "opml19-katib",
            "title": "Katib",
            "note": heading.replace(",", " "),
            "status": "rejected",
            "decision": "maybe",
        }
        row = ",".join(cells[name] for name in heading.split(","))
        result = mltalks("import", "-", stdin=f"{heading}\n{row}\n")
        assert "1 changed, 0 skipped" in result.err
        status = cells[heading.rpartition(",")[2]]
        assert f'has the status "{status}", which is not kept of a talk in the data' in result.err
        assert "to keep it as a tag, add --map tags=COLUMN" in result.err
    new = mltalks("import", "-", stdin="id,title,event,year,status\nx-1,Soup,Night,2031,maybe\n")
    assert "0 added, 0 changed, 1 skipped" in new.err
    both = mltalks("import", "-", stdin="id,status\nopml19-katib,Cancelled\nopml19-tony,Withdrawn\n")
    assert ('status "Cancelled"' in both.err, 'status "Withdrawn"' in both.err) == (True, True)
    other = "id,title,status,event,date\nopml19-katib,Some soup,Rejected,Fog Day 2031,2031-05-02\n"
    assert "0 added, 0 changed, 1 skipped" in mltalks("import", "-", stdin=other).err
    mltalks("import", "-", "--map", "tags=decision", stdin="id,decision\nopml19-katib,maybe\n")
    assert mltalks("list", "tag:maybe", "-o", "ids").out == "opml19-katib\n"


def test_a_column_of_tags_is_called_keywords_only_if_it_is_read_so(mltalks: Run) -> None:
    sheet = "id,title,tags,My decision\nopml19-katib,,soup,yes\n"
    result = mltalks("import", "-", stdin=sheet)
    assert "tags: – → soup" in result.err
    assert "is read as keywords" not in result.err
    new = mltalks("import", "-", stdin="id,title,event,year,tags,x\nx-1,Soup,Night,2031,cook,1\n")
    assert "is read as keywords" in new.err


@pytest.mark.parametrize("form", [["csv"], ["csv", "--labels"], ["md"], ["tsv"]])
@pytest.mark.excerpt(False)
def test_a_table_that_comes_back_as_it_was_sets_no_theme(mltalks: Run, form: list[str]) -> None:
    talk = "mlsys26-helios"
    out = mltalks("list", talk, "--fields", "id,title,themes,note", "-o", *form).out
    assert "1 already present" in mltalks("import", "-", stdin=out).err
    assert mltalks("list", talk, "--fields", "themes_inferred").out.strip()


@pytest.mark.parametrize("head", ["id,note", "id,event,note"])
def test_an_id_without_a_title_counts_within_its_event(mltalks: Run, tmp_path: Path, head: str) -> None:
    other = ("--event", "Meet 2032")
    put(mltalks, tmp_path, "in.csv", "id,title\nT1,Serving by night\n", *EVENT)
    put(mltalks, tmp_path, "in.csv", "id,title\nT1,Serving by day\n", *other)
    row, options = ("T1,Meet 2032,Ask again", ()) if "event" in head else ("T1,Ask again", other)
    said = put(mltalks, tmp_path, "in.csv", f"{head}\n{row}\n", *options)
    assert "changed: meet-2032-T1: note: – → Ask again" in said
    third = [one.replace("2032", "2033") for one in (f"{head}\n{row}\n", *options)]
    refused = put(mltalks, tmp_path, "in.csv", *third)
    assert 'T1: has no title, and no session has the id "meet-2033-T1"' in refused


def test_a_keyword_that_a_table_parts_in_two_is_a_change(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "Broth", "--event", "Soup 2031", "--id", "broth", "--keyword", "gpu kernels")
    (tmp_path / "in.csv").write_text("ID,Title,Keywords\nbroth,Broth,gpu; kernels\n")
    done = mltalks("import", "in.csv", "--update", "--event", "Soup 2031", cwd=tmp_path)
    assert json.loads(mltalks("show", "broth", "--json").out)["keywords"] == ["gpu", "kernels"], done.err
