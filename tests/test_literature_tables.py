"""Tables of Scopus, Web of Science, IEEE Xplore and Zotero, and columns that are chosen with --map."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.test_import_again import EVENT, put

pytestmark = pytest.mark.excerpt

SCOPUS = """\
"Authors","Author full names","Title","Year","Source title","Affiliations","Author Keywords","Document Type"
"Fox A.; García Á.","Fox, Ann (9000); García, Álvaro (8)","Ferns of all sorts","2031","Journal of Ferns",\
"Google, Inc., United States; Fern Works, Oslo, Norway","fern; soup","{type}"
"Fox A.","Fox, Ann (9000)","Soups of all sorts","2031","Conference on Soups",\
"Dept. of Computer Science, Stanford University, Stanford, CA, United States","","Conference paper"
"Fox A.","Fox, Ann (9000)","All of soup","2031","All of soup","","","Book"
"""
WOS = (
    "PT\tAU\tAF\tTI\tSO\tDT\tDE\tC3\tPY\n"
    "J\tFox, A; García, Á\tFox, Ann; García, Álvaro\tFerns of all sorts\tJournal of Ferns\tReview\tfern; soup\tGoogle Incorporated\t2031\n"
    "C\tFox, A\tFox, Ann\tSoups of all sorts\tConference on Soups\tProceedings Paper\t\tStanford University\t2031\n"
)
XPLORE = """\
"Document Title","Authors","Author Affiliations","Publication Title","Publication Year","PDF Link","Author Keywords","Document Identifier"
"Ferns of all sorts","Ann Fox; Álvaro García","Google, Mountain View, CA, USA; Google, Mountain View, CA, USA","Journal of Ferns",\
"2031","https://example.org/f.pdf","fern;soup","IEEE Journals"
"Soups of all sorts","Ann Fox","AI Lab, Stanford University, CA, USA","Conference on Soups","2031","","","IEEE Conferences"
"""


def talks(mltalks: Run, query: str = "origin:own") -> dict[str, dict[str, Any]]:
    """Return talks by title."""
    return {one["title"]: one for one in json.loads(mltalks("list", query, "--json").out)}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((f"{at}.csv", SCOPUS.replace("{type}", one)) for at, one in enumerate(("Article", "Short survey"))),
        ("savedrecs.txt", WOS),
        ("xplore.csv", XPLORE),
    ],
)
def test_a_table_of_a_database_of_literature_is_read_as_its_bibtex(
    mltalks: Run, tmp_path: Path, name: str, text: str
) -> None:
    said = put(mltalks, tmp_path, name, text)
    assert "2 added" in said
    found = talks(mltalks)
    ferns, soups = found["Ferns of all sorts"], found["Soups of all sorts"]
    assert {one["kind"] for one in found.values()} == {"paper"}
    assert [one["name"] for one in ferns["speakers"]] == ["Ann Fox", "Álvaro García"]
    assert [one["name"] for one in soups["speakers"]] == ["Ann Fox"]
    assert ferns["keywords"] == ["fern", "soup"]
    assert "Google" in ferns["companies"]
    assert soups["companies"] == ["Stanford University"]
    cited = mltalks("export", "origin:own", "-o", "bibtex").out
    assert "@article{" in cited
    assert "journal = {Journal of Ferns}" in cited
    assert "booktitle = {Conference on Soups}" in cited
    assert "2 already present" in put(mltalks, tmp_path, name, text)


def test_what_a_table_of_a_database_has_that_is_no_paper_or_new_is_named(
    mltalks: Run, tmp_path: Path
) -> None:
    said = put(mltalks, tmp_path, "in.csv", SCOPUS.replace("{type}", "Article"))
    assert 'All of soup: has the type "Book", which is not a talk' in said
    assert "addresses that name no known organization: 1 (Fern Works, Oslo, Norway)" in said


ZOTERO = """\
"Key","Item Type","Publication Year","Author","Title","Publication Title","Date","Manual Tags","Archive"
"ABCD1234","journalArticle","2031","Fox, Ann","Serving by night","Journal of Serving","2031-07-11","serving; latency","mine"
"ABCD1235","journalArticle","2031","Fox, Ann","Serving by day","Journal of Serving","","",""
"""


def test_map_adds_a_column_to_the_table_of_zotero(mltalks: Run, tmp_path: Path) -> None:
    said = put(mltalks, tmp_path, "in.csv", ZOTERO, "--map", "track=Item Type", "--map", "keywords=Archive")
    assert "2 added" in said
    assert "not used" not in said
    night, day = (talks(mltalks)[f"Serving by {one}"] for one in ("night", "day"))
    assert (night["id"], night["kind"], night["date"]) == ("ABCD1234", "paper", "2031-07-11")
    assert (night["track"], night["keywords"], day["keywords"]) == ("journalArticle", ["mine"], [])


@pytest.mark.parametrize("head", ["id,title,tags,class", "id,event,title,kind,tags,class", "id,tags,class"])
def test_the_column_of_map_counts_in_each_row(mltalks: Run, tmp_path: Path, head: str) -> None:
    shown = talks(mltalks, "id:opml19-tony OR id:opml19-katib")
    cells = {"opml19-tony": {"tags": "old", "class": "new"}, "opml19-katib": {"tags": "old", "class": ""}}
    rows = [
        ",".join(f'"{({**one, **cells[one["id"]]})[name]}"' for name in head.split(","))
        for one in shown.values()
    ]
    said = put(mltalks, tmp_path, "in.csv", "\n".join([head, *rows]), "--map", "tags=class")
    assert "columns or keys that are not used: 1 (tags)" in said
    tags = {one["id"]: one["tags"] for one in talks(mltalks, "id:opml19-tony OR id:opml19-katib").values()}
    assert tags == {"opml19-tony": ["new"], "opml19-katib": []}


def test_question_marks_in_place_of_japanese_are_refused(mltalks: Run, tmp_path: Path) -> None:
    before = talks(mltalks, "id:opml19-tony")
    text = "id;summary_ja;keywords_ja\nopml19-tony;?????????????? MPP ??????;??\n"
    said = put(mltalks, tmp_path, "in.csv", text)
    assert said.count("has question marks in place of letters") == 2
    assert talks(mltalks, "id:opml19-tony") == before
    said = put(
        mltalks, tmp_path, "new.csv", "title,speakers\nWhy MPP???,Ann Fox\n?????? MPP ??,?? ??\n", *EVENT
    )
    assert "1 added" in said
    assert "1 rejected" in said


def test_a_break_of_a_table_with_numbers_is_skipped(mltalks: Run, tmp_path: Path) -> None:
    rows = "Session Id,Title,FirstName,LastName\n1,Registration,,\n3,Feature stores,Ann,Fox\n"
    said = put(mltalks, tmp_path, "in.csv", rows, *EVENT, "--map", "id=Session Id")
    assert "Registration: is a break by its title" in said
    assert talks(mltalks).keys() == {"Feature stores"}


@pytest.mark.parametrize("options", [(), ("--map", "id=Session Id")])
def test_rows_of_one_talk_of_a_short_title_are_one_talk(
    mltalks: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    rows = (
        "Session Id,Title,FirstName,LastName,Scheduled At\n3,Ferns,Ann,Fox,2031-07-01 09:40\n3,Ferns,Bo,Hay,2031-07-01 09:40\n"
        "4,Ferns,Cy,Elm,2031-07-01 11:00\n"
    )
    said = put(mltalks, tmp_path, "in.csv", rows, *EVENT, *options)
    assert "joined with the first row of its talk: 1" in said
    found = json.loads(mltalks("list", "origin:own", "--json").out)
    assert sorted(len(one["speakers"]) for one in found) == [1, 2]
    listed = mltalks("classify", "in.csv", cwd=tmp_path).out.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["Ferns", "Ferns"]


def test_short_titles_without_anything_in_common_stay_two_talks(mltalks: Run, tmp_path: Path) -> None:
    put(
        mltalks,
        tmp_path,
        "in.csv",
        "Title,Speaker,Date\nKeynote,Ann Fox,2031-07-01\nKeynote,Bo Hay,2031-07-01\n",
        *EVENT,
    )
    assert len(json.loads(mltalks("list", "origin:own", "--json").out)) == 2


def test_an_empty_decision_beside_accepted_ones_is_undecided(mltalks: Run, tmp_path: Path) -> None:
    rows = "Title,Speaker,Decision\nFerns by day,Ann Fox,\nFerns by night,Bo Hay,accept\nFerns at noon,Cy Elm,\nFerns,Di Elm,reject\n"
    said = put(mltalks, tmp_path, "in.csv", rows, *EVENT)
    assert said.count("has no status, but other rows are accepted") == 2
    assert talks(mltalks).keys() == {"Ferns by night"}
    put(mltalks, tmp_path, "in.csv", rows, *EVENT, "--undecided")
    assert talks(mltalks).keys() == {"Ferns by day", "Ferns by night", "Ferns at noon"}


def test_an_empty_decision_beside_refused_ones_is_taken(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, "in.csv", "Title,Status\nFerns by day,\nFerns by night,withdrawn\n", *EVENT)
    assert talks(mltalks).keys() == {"Ferns by day"}
    rows = "id,title,status\nopml19-tony,TonY: An Orchestrator for Distributed Machine Learning Jobs,\nx-1,Soups,accepted\n"
    said = put(mltalks, tmp_path, "known.csv", rows, *EVENT)
    assert "has no status" not in said  # a talk in the data is no proposal


def test_a_kind_that_is_not_known_is_named_once(mltalks: Run, tmp_path: Path) -> None:
    rows = "".join(f"Ferns number {at},Session (30 min)\n" for at in range(3))
    said = put(mltalks, tmp_path, "in.csv", f"Title,Session format\n{rows}", *EVENT)
    assert said.count('kind: "Session (30 min)" is not one of') == 1
    assert "it is left out of 3 records" in said


def test_cells_that_may_be_a_name_and_a_firm_are_named_once(mltalks: Run, tmp_path: Path) -> None:
    rows = 'Title,Speaker\nFerns,"Jan Berg, Deutsche Bahn"\nSoups,"Ann Fox, Fern Works"\n'
    assert (
        put(mltalks, tmp_path, "in.csv", rows, *EVENT).count('each cell of "Speaker" is read as two speakers')
        == 1
    )
    more = f"{rows}Mosses,Bo Hay\n"
    assert "each cell of" not in put(mltalks, tmp_path, "more.csv", more, "--event", "Other 2031")
