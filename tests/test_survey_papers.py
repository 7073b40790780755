"""Papers for a survey: what reference managers, publishers and one's own sheets have is imported, and comes out, as it is meant."""

import csv
import json
import tomllib
from pathlib import Path

import pytest

from mltalks.dataset.model import Speaker
from mltalks.exchange.bibliography import person_names
from tests.conftest import Run
from tests.test_citations import cited
from tests.test_foreign_bibliographies import imported

pytestmark = pytest.mark.excerpt


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Henry (Hank) Fox", "Fox"),
        ("Qi (Jenny) van der Moss", "van der Moss"),
        ("Nia K. (NK) Vega", "Vega"),
        ("Amy (j.) Fern", "Fern"),
    ],
)
def test_a_nickname_in_brackets_makes_nobody_an_organization(
    mltalks: Run, tmp_path: Path, name: str, family: str
) -> None:
    assert person_names.parted(Speaker(name)).family == family
    mltalks("add", "On ferns", "--event", "Fern Days 2031", "--id", "a1", "--speaker", name)
    (author,) = cited(mltalks, "id:a1").entries["a1"].persons["author"]
    assert " ".join([*author.prelast_names, *author.last_names]) == family
    assert f"AU  - {family}, " in mltalks("export", "id:a1", "--format", "ris").out


@pytest.mark.parametrize("name", ["Fern Works (Oslo)", "Moss (UK) Ltd", "Lab (North) Team"])
def test_brackets_in_the_name_of_an_organization_make_it_no_person(name: str) -> None:
    assert person_names.is_organization(name)


JATS = "<jats:title>Abstract</jats:title><jats:p>We grow <jats:italic>ferns</jats:italic> &amp; R&amp;amp;D.</jats:p>"
WITH_JATS = {
    "in.bib": f"@inproceedings{{a, title={{Ferns}}, booktitle={{Fern Days}}, year={{2031}}, abstract={{{JATS}}}}}",
    "in.ris": f"TY  - CPAPER\nTI  - Ferns\nT2  - Fern Days\nPY  - 2031\nAB  - {JATS}\nER  - \n",
    "in.json": '[{"id": "a", "type": "paper-conference", "title": "Ferns", "container-title": "Fern Days", "issued": {"date-parts": [[2031]]}, '
    f'"abstract": "{JATS}"}}]',
    "in.csv": f"Title,Event,Year,Abstract\nFerns,Fern Days,2031,{JATS}\n",
    "zotero.csv": f"Key,Item Type,Publication Year,Author,Title,Conference Name,Abstract Note\na,conferencePaper,2031,,Ferns,Fern Days,{JATS}\n",
}


@pytest.mark.parametrize("name", WITH_JATS)
def test_a_summary_has_no_tags_of_publishers(mltalks: Run, tmp_path: Path, name: str) -> None:
    _, data = imported(mltalks, tmp_path, name, WITH_JATS[name])
    assert data["sessions"][0]["summary"] == "We grow ferns & R&D."


PINNED = {
    "in.ris": "TY  - CPAPER\nID  - QQ2\nTI  - Ferns\nT2  - Fern Days\nPY  - 2031\nN1  - Citation Key: vega:1\nER  - \n",
    "in.json": '[{"id": "http://zotero.org/users/1/items/QQ2", "type": "paper-conference", "title": "Ferns", "container-title": "Fern Days", '
    '"issued": {"date-parts": [[2031]]}, "note": "Citation Key: vega:1"}]',
    "zotero.csv": "Key,Item Type,Publication Year,Author,Title,Conference Name,Extra\nQQ2,conferencePaper,2031,,Ferns,Fern Days,Citation Key: vega:1\n",
}


@pytest.mark.parametrize("name", PINNED)
def test_the_citation_key_in_a_note_is_that_of_the_paper(mltalks: Run, tmp_path: Path, name: str) -> None:
    _, data = imported(mltalks, tmp_path, name, PINNED[name])
    (talk,) = data["sessions"]
    assert (talk["id"], talk["citation_key"], talk.get("note")) == ("vega-1", "vega:1", None)
    assert list(cited(mltalks, "id:vega-1").entries) == ["vega:1"]


def test_a_citation_key_may_be_given_to_any_talk(mltalks: Run, tmp_path: Path) -> None:
    mltalks("edit", "opml19-katib", "--citation-key", "katib:2019")
    assert list(cited(mltalks, "id:opml19-katib").entries) == ["katib:2019"]
    assert json.loads(mltalks("show", "katib:2019", "--json").out)["id"] == "opml19-katib"
    refused = mltalks("edit", "opml19-katib", "--citation-key", "two words")
    assert (refused.code, "two words" in refused.err) == (2, True)
    mltalks("edit", "opml19-katib", "--unset", "citation_key")
    own = (tmp_path / ".local/share/mltalks/sessions.toml").read_text(encoding="utf-8")
    assert "citation_key" not in str(tomllib.loads(own))


@pytest.mark.parametrize(
    ("cells", "date"),
    [
        ("2031-03-04,", "2031-03-04"),
        ("4.3.2031,", "2031-03-04"),
        ("2031年3月4日,", "2031-03-04"),
        ("2031-03-04,2031-03-05", "2031-03-05"),
        ("2031,", None),
    ],
)
def test_a_date_in_the_column_of_the_year_is_the_date(
    mltalks: Run, tmp_path: Path, cells: str, date: str | None
) -> None:
    result, data = imported(mltalks, tmp_path, "in.csv", f"Title,Event,Year,Date\nFerns,Fern Days,{cells}\n")
    assert "1 added" in result.err
    assert (data["sessions"][0].get("date"), data["events"][0]["year"]) == (date, 2031)


def test_further_links_of_a_reference_are_kept_or_named(mltalks: Run, tmp_path: Path) -> None:
    head = (
        "TY  - CPAPER\nTI  - Ferns\nT2  - Fern Days\nPY  - 2031\nDO  - 10.5555/1\nUR  - https://a.example/x\n"
    )
    links = "UR  - https://youtu.be/a1\nUR  - https://doi.org/10.5555/1\nL2  - https://a.example/x.pdf\n"
    result, data = imported(mltalks, tmp_path, "in.ris", f"{head}{links}ER  - \n")
    (talk,) = data["sessions"]
    assert [talk[field] for field in ("url", "video", "paper")] == [
        "https://a.example/x", "https://youtu.be/a1", "https://a.example/x.pdf",
    ]  # fmt: skip
    assert "not used" not in result.err
    text = head.replace("Ferns", "Mosses").replace("10.5555/1", "10.5555/2")
    result, _ = imported(mltalks, tmp_path, "other.ris", f"{text}UR  - https://b.example/y\nER  - \n")
    assert "not used: 1 (UR)" in result.err


def test_a_key_that_two_talks_have_is_named_where_it_is_changed(mltalks: Run, tmp_path: Path) -> None:
    entry = "@inproceedings{opml19-katib, title={On ferns}, booktitle={Fern Days}, year={2031}}"
    imported(mltalks, tmp_path, "in.bib", entry)
    mine = mltalks("list", "event:fern-days-2031", "-o", "ids").out.strip()
    assert "citation keys" not in mltalks("export", f"id:{mine}", "--format", "bibtex").err
    exported = mltalks("export", f"id:opml19-katib,{mine}", "--format", "bibtex")
    assert f"have; one of them has another key here: 1 (opml19-katib → {mine})" in exported.err
    assert f"{{{mine},\n" in exported.out


FILED_BY_INFERENCE = "mlsys26-helios"


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_spreadsheet_has_all_themes_and_companies_and_decides_on_none(
    mltalks: Run, tmp_path: Path, form: str
) -> None:
    (shown,) = json.loads(mltalks("list", f"id:{FILED_BY_INFERENCE}", "--json").out)
    assert shown["themes_inferred"]
    file = tmp_path / f"talks.{form}"
    mltalks("export", f"id:{FILED_BY_INFERENCE}", "-O", str(file))
    separator = "," if form == "csv" else "\t"
    with file.open(encoding="utf-8", newline="") as opened:
        heading, cells = list(csv.reader(opened, delimiter=separator))
    row = dict(zip(heading, cells, strict=True))
    for field in ("themes", "themes_inferred", "companies"):
        assert row[field] == "; ".join(shown[field])
    odd = [[*heading, "My score"], [*cells, "3"]]
    few = [[name, row[name]] for name in ("id", "title", "themes", "themes_inferred", "companies")]
    for rows in ([heading, cells], odd, list(zip(*few, strict=True))):
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, delimiter=separator).writerows(rows)
        assert mltalks("import", str(file), "--update").code == 0
        assert json.loads(mltalks("list", f"id:{FILED_BY_INFERENCE}", "--json").out) == [shown]


def test_a_data_file_says_that_it_has_no_inferred_themes(mltalks: Run) -> None:
    (shown,) = json.loads(mltalks("list", f"id:{FILED_BY_INFERENCE}", "--json").out)
    count = len(shown["themes_inferred"])
    assert f"inferred themes that are left out: {count};" in mltalks("export", f"id:{FILED_BY_INFERENCE}").err
    assert "inferred" not in mltalks("export", "id:opml19-katib").err


@pytest.mark.parametrize("form", ["toml", "json", "csv"])
def test_an_export_counts_the_talks_without_any_theme_left(mltalks: Run, form: str) -> None:
    (shown,) = json.loads(mltalks("list", f"id:{FILED_BY_INFERENCE}", "--json").out)
    for theme in shown["themes"]:
        mltalks("reject", FILED_BY_INFERENCE, theme)
    query = f"id:{FILED_BY_INFERENCE},opml19-katib"
    assert (
        "talks of which you rejected all themes: 1; the file cannot say so"
        in mltalks("export", query, "-o", form).err
    )
    assert "rejected" not in mltalks("export", "id:opml19-katib", "-o", form).err


def test_an_empty_cell_changes_nothing(mltalks: Run, tmp_path: Path) -> None:
    (before,) = json.loads(mltalks("list", "id:opml19-katib", "--json").out)
    result, _ = imported(
        mltalks, tmp_path, "in.csv", "id,keywords,tags,year\nopml19-katib,,,2019\n", "--update"
    )
    assert "1 already present" in result.err
    assert json.loads(mltalks("list", "id:opml19-katib", "--json").out) == [before]
    assert "an empty cell changes nothing" in " ".join(mltalks("import", "--help").out.split())


@pytest.mark.parametrize(
    ("cells", "speakers", "organizations"),
    [
        ("Ann Poe; Bob Coe,Gale; Mesa", "Ann Poe; Bob Coe", ["Gale", "Mesa"]),
        ("Ann Poe; Bob Coe; Cid Doe,Gale; Mesa", "Ann Poe; Bob Coe; Cid Doe", ["Gale", "Mesa"]),
        ("Ann Poe,Gale", "Ann Poe (Gale)", []),
        ("Ann Poe; Bob Coe; Cid Doe,Gale; Mesa; Gale", "Ann Poe (Gale); Bob Coe (Mesa); Cid Doe (Gale)", []),
        ("Ann Poe; Bob Coe; Cid Doe,Gale; ; Mesa", "Ann Poe (Gale); Bob Coe; Cid Doe (Mesa)", []),
        ("Ann Poe (Gale); Bob Coe,Gale; Mesa", "Ann Poe (Gale); Bob Coe (Mesa)", []),
        ("Ann Poe (Mesa); Bob Coe,Gale; Mesa", "Ann Poe (Mesa); Bob Coe", ["Gale", "Mesa"]),
    ],
)
def test_companies_of_a_table_are_those_of_the_talk_unless_it_says_whose_they_are(
    mltalks: Run, tmp_path: Path, cells: str, speakers: str, organizations: list[str]
) -> None:
    imported(
        mltalks, tmp_path, "in.csv", f"title,authors,companies,event,year\nFerns,{cells},Fern Days,2031\n"
    )
    (talk,) = json.loads(mltalks("list", "event:fern-days-2031", "--json").out)
    named = [
        f"{one['name']} ({one['organization']})" if one["organization"] else one["name"]
        for one in talk["speakers"]
    ]
    assert ("; ".join(named), talk["organizations"]) == (speakers, organizations)
    assert "Gale" in talk["companies"]


WITHOUT_EVENT = """@misc{p1, title={Deploying ferns}, author={Vega, Nia}, year={2031}, publisher={arXiv}, note={arXiv:2011.09926 [cs]}}
@online{b1, title={On mosses}, author={Fox, Ann}, year={2031}, url={https://blog.example/x}}
@techreport{r1, title={Reported shade}, author={Hay, Bo}, year={2032}, institution={Fern Works}}
@inproceedings{c1, title={Cited light}, author={Ray, Cy}, booktitle={Fern Days}, year={2031}}
"""
CHOSEN = "id:p1,b1,r1,c1"


@pytest.mark.parametrize("default", ["Preprints", "Preprints 2031"])
def test_what_names_no_event_is_not_cited_as_given_at_one(mltalks: Run, tmp_path: Path, default: str) -> None:
    _, data = imported(mltalks, tmp_path, "in.bib", WITHOUT_EVENT, "--default-event", default)
    mltalks("edit", "b1", "--kind", "paper")
    entries = cited(mltalks, CHOSEN).entries
    types = {key: entry.type for key, entry in entries.items()}
    assert types == {"p1": "misc", "b1": "misc", "r1": "misc", "c1": "inproceedings"}
    for key in ("p1", "b1", "r1"):
        assert not {"howpublished", "booktitle", "journal", "eventtitle"} & {*entries[key].fields}
    assert (entries["p1"].fields["eprint"], entries["p1"].fields["archiveprefix"]) == ("2011.09926", "arXiv")
    talks = {one["id"]: one for one in data["sessions"]}
    assert (talks["p1"]["kind"], talks["p1"]["event"], talks["p1"].get("note")) == (
        "paper",
        "arxiv-2031",
        None,
    )
    references = mltalks("export", CHOSEN, "--format", "ris").out
    assert (references.count("TY  - GEN"), references.count("T2  - ")) == (3, 1)
    assert "Preprints" not in references


@pytest.mark.parametrize("form", ["bib", "ris"])
def test_what_names_no_event_is_read_back(mltalks: Run, tmp_path: Path, form: str) -> None:
    imported(mltalks, tmp_path, "in.bib", WITHOUT_EVENT, "--default-event", "Preprints")
    before = json.loads(mltalks("list", CHOSEN, "--json").out)
    plain, whole = tmp_path / f"plain.{form}", tmp_path / f"whole.{form}"
    mltalks("export", CHOSEN, "-O", str(plain))
    mltalks("export", CHOSEN, "-O", str(whole), "--roundtrip")
    for arguments in ([str(whole)], [str(plain), "--default-event", "Preprints"]):
        mltalks("undo")
        assert "4 added" in mltalks("import", *arguments).err
        after = json.loads(mltalks("list", CHOSEN, "--json").out)
        assert [(one["id"], one["kind"], one["event"]) for one in after] == [
            (one["id"], one["kind"], one["event"]) for one in before
        ]


def test_a_talk_of_a_table_is_at_its_default_event(mltalks: Run, tmp_path: Path) -> None:
    imported(mltalks, tmp_path, "in.csv", "id,title\na1,On ferns\n", "--default-event", "Fern Days 2031")
    (talk,) = json.loads(mltalks("list", "event:fern-days-2031", "--json").out)
    entry = cited(mltalks, f"id:{talk['id']}").entries[talk["citation_key"] or talk["id"]]
    assert entry.fields["howpublished"] == "Talk at Fern Days 2031"
