"""Papers that an import knows by their citation keys or by their numbers at arXiv, and the years of a bibliography."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt
AUTHORS = "Zhou, Jinan and Velichkevich, Andrey and Prosvirov, Kirill and Garg, Anubhav and Oshima, Yuji and Dutta, Debo"
KATIB = "Katib: A Distributed General AutoML Platform on Kubernetes"
PREPRINT = (
    "@misc{%s, title={%s}, author={%s}, year={2018}, doi={10.48550/arXiv.1801.00001}, publisher={arXiv}}\n"
)


def put(mltalks: Run, folder: Path, text: str, *options: str, name: str = "in.bib") -> str:
    """Import a file and return what is reported."""
    (folder / name).write_text(text, encoding="utf-8")
    return mltalks("import", name, *options, cwd=folder).err


def talk(mltalks: Run, name: str) -> dict[str, object]:
    return dict(json.loads(mltalks("show", name, "--json").out))


def test_a_key_that_a_known_talk_does_not_have_is_named_as_a_difference(mltalks: Run, tmp_path: Path) -> None:
    entry = f"@inproceedings{{zhou_katib_2019, title={{{KATIB}}}, author={{{AUTHORS}}}, booktitle={{OpML 2019}}, year=2019}}\n"
    said = put(mltalks, tmp_path, entry)
    assert "opml19-katib; it is skipped, although it differs: citation_key: – → zhou_katib_2019" in said
    assert "skipped although the data differs: 1; --update takes what differs" in said
    put(mltalks, tmp_path, entry, "--update")
    assert talk(mltalks, "zhou_katib_2019")["id"] == "opml19-katib"
    assert "1 already present" in put(mltalks, tmp_path, entry)


def test_the_key_of_a_talk_identifies_it_at_the_next_import(mltalks: Run, tmp_path: Path) -> None:
    preprint = PREPRINT % ("zhou18", KATIB, AUTHORS)
    said = put(mltalks, tmp_path, preprint)
    assert "mltalks remove zhou18, then mltalks edit opml19-katib --citation-key zhou18" in said
    mltalks("remove", "zhou18", "--yes")
    mltalks("edit", "opml19-katib", "--citation-key", "zhou18")
    for title in (KATIB, "Katib: A General AutoML Platform on Kubernetes"):
        again = put(mltalks, tmp_path, PREPRINT % ("zhou18", title, AUTHORS))
        assert "has the citation key of opml19-katib; it is skipped" in again
        assert ("0 added" in again, "is not that of the event" in again) == (True, False)
    assert "1 changed" in put(mltalks, tmp_path, preprint, "--update")
    found = talk(mltalks, "opml19-katib")
    assert (found["event"], found["doi"]) == ("opml19", "10.48550/arXiv.1801.00001")


def test_the_key_of_another_talk_is_left_out_and_named(mltalks: Run, tmp_path: Path) -> None:
    mltalks("edit", "opml19-katib", "--citation-key", "zhou18")
    other = PREPRINT % ("zhou18", "Soup for all", "Fox, Ann")
    for options in ((), (), ("--update",)):
        said = put(mltalks, tmp_path, other, *options)
        assert 'the citation key "zhou18" is that of opml19-katib; it is left out' in said
    assert talk(mltalks, "zhou18")["id"] == "opml19-katib"
    assert len(json.loads(mltalks("list", "soup", "event:arxiv-2018", "--json").out)) == 1


def test_a_key_is_given_to_one_talk_only(mltalks: Run) -> None:
    mltalks("edit", "opml19-katib", "--citation-key", "zhou18")
    refused = mltalks("edit", "opml19-tony", "--citation-key", "ZHOU18")
    assert (refused.code, 'the citation key "ZHOU18" is that of opml19-katib' in refused.err) == (2, True)
    assert mltalks("edit", "opml19-tony", "--citation-key", "opml19-katib").code == 2
    assert mltalks("edit", "opml19-tony", "opml19-katib", "--citation-key", "new").code == 2
    assert mltalks("add", "Soup", "--event", "Meet 2031", "--citation-key", "zhou18").code == 2
    assert mltalks("edit", "opml19-katib", "--citation-key", "zhou18").code == 0


OF_ARXIV = {
    "doi.bib": "@misc{b, title={Ferns at scale}, author={Fox, Ann}, year={2032}, doi={10.48550/arXiv.3101.00001}}\n",
    "eprint.bib": "@misc{b, title={Ferns at scale}, author={Fox, Ann}, year={2032}, eprint={3101.00001v2}, archivePrefix={arXiv}}\n",
    "url.bib": "@misc{b, title={Ferns at scale}, author={Fox, Ann}, year={2032}, publisher={arXiv}, url={http://arxiv.org/abs/3101.00001}}\n",
    "scholar.bib": "@article{b, title={Ferns at scale}, author={Fox, Ann}, year={2032}, journal={arXiv preprint arXiv:3101.00001}}\n",
    "dblp.bib": "@article{b, title={Ferns at scale}, author={Fox, Ann}, year={2032}, journal={CoRR}, volume={abs/3101.00001}}\n",
    "zotero.json": '[{"id": "b", "type": "article", "title": "Ferns at scale", "number": "arXiv:3101.00001", "publisher": "arXiv", '
    '"author": [{"family": "Fox", "given": "Ann"}], "issued": {"date-parts": [[2032]]}}]',
    "in.ris": "TY  - GEN\nID  - b\nTI  - Ferns at scale\nAU  - Fox, Ann\nPY  - 2032\nPB  - arXiv\nDO  - 10.48550/arXiv.3101.00001\nER  - \n",
}


@pytest.mark.parametrize("name", OF_ARXIV)
def test_a_paper_is_known_by_its_number_at_arxiv(mltalks: Run, tmp_path: Path, name: str) -> None:
    first = "@misc{a, title={A look at ferns}, author={Fox, Ann}, year={2031}, eprint={3101.00001}, archivePrefix={arXiv}}\n"
    put(mltalks, tmp_path, first)
    said = put(mltalks, tmp_path, OF_ARXIV[name], name=name)
    assert "Ferns at scale: has the same arXiv number as a; it is skipped, although it differs" in said
    assert ("0 added" in said, "not used" in said) == (True, False)
    both = put(mltalks, tmp_path, OF_ARXIV[name], "--keep-duplicates", name=name)
    assert ("1 added" in both, "not used" in both) == (True, False)
    assert talk(mltalks, "b")["event"] == "arxiv-2032"
    entry = mltalks("show", "b", "-o", "bibtex").out
    assert "eprint = {3101.00001" in entry
    assert "archiveprefix = {arXiv}" in entry


def test_two_talks_on_one_paper_are_two(mltalks: Run, tmp_path: Path) -> None:
    rows = "title,speakers,event,date,paper\n"
    for number in (1, 2):
        rows += (
            f"Ferns {number},Ann Fox,Meet {number} 2031,2031-05-0{number},https://arxiv.org/abs/3101.00001\n"
        )
    assert "2 added" in put(mltalks, tmp_path, rows, name="in.csv")


def test_a_bibliography_keeps_its_years(mltalks: Run, tmp_path: Path) -> None:
    entries = "@online{old15, title={Of fifteen}, author={Fox, Ann}, date={2015-01-21}}\n"
    refused = put(mltalks, tmp_path, entries, "--event", "My library")
    assert 'if the records are of several years: --default-event "My library"' in refused
    said = put(mltalks, tmp_path, entries, "--event", "My library 2031")
    assert 'to keep the years: --default-event "My library"' in said
    assert "the date 2015-01-21 is not of the year of the event my-library-2031; it is left out" in said
    entry = mltalks("show", "old15", "-o", "bibtex").out
    assert ("year = {2031}" in entry, "date = " in entry) == (True, False)
    mltalks("remove", "old15", "--yes")
    put(mltalks, tmp_path, entries, "--default-event", "My library")
    assert "date = {2015-01-21}" in mltalks("show", "old15", "-o", "bibtex").out


def test_the_series_of_a_numbered_acronym_has_no_number(mltalks: Run, tmp_path: Path) -> None:
    rows = "Key,Item Type,Publication Year,Author,Title,Conference Name,Extra\n"
    said = put(mltalks, tmp_path, rows + "Q1,conferencePaper,2031,,Ferns,18th USENIX OSDF,\n", name="in.csv")
    assert "(series USENIX OSDF)" in said


def test_a_preprint_and_its_paper_in_one_file_are_both_kept(mltalks: Run, tmp_path: Path) -> None:
    common = "title = {Soup at scale}, author = {Ann Fox}, year = {2031}, eprint = {3101.01234}, archivePrefix = {arXiv}"
    file = tmp_path / "both.bib"
    file.write_text(
        f"@misc{{pre31, {common}}}\n@inproceedings{{soup31, {common}, booktitle = {{Soup Conference 2031}}}}\n",
        "utf-8",
    )
    assert "2 added" in mltalks("import", str(file)).err
    for key in ("pre31", "soup31"):
        assert mltalks("list", key, "--count").out == "1\n"


def test_two_rows_of_a_table_do_not_give_their_talks_one_key(mltalks: Run, tmp_path: Path) -> None:
    table = tmp_path / "keys.csv"
    table.write_text("id,citation_key\nopml19-katib,shared1\nopml19-tony,shared1\n")
    result = mltalks("import", str(table))
    assert "1 changed" in result.err
    assert "shared1" in result.err
    keys = [
        line.split("\t")[1]
        for line in mltalks(
            "list", "id:opml19-katib,opml19-tony", "--sort", "title", "--fields", "id,citation_key"
        ).out.splitlines()
    ]
    assert sorted(keys) == ["", "shared1"]


def test_and_others_after_known_authors_changes_no_author(mltalks: Run, tmp_path: Path) -> None:
    before = talk(mltalks, "opml19-katib")["speakers"]
    entry = "@inproceedings{zhou2019katib, title={%s}, author={Zhou, Jinan and Dutta, Debo and others}, booktitle={OpML 2019}, year=2019}\n"
    said = put(mltalks, tmp_path, entry % KATIB, "--update")
    assert ("loses speakers" in said, "1 changed" in said) == (False, True)
    now = talk(mltalks, "opml19-katib")
    assert (now["citation_key"], now["speakers"], now["speakers_incomplete"]) == (
        "zhou2019katib",
        before,
        None,
    )


@pytest.mark.parametrize(
    "volume",
    [
        "Proceedings of Machine Learning and Systems 5 (MLSys 2023)",
        "Proc. of MLSys, vol. 5",
        "Proceedings of Machine Learning and Systems Volume 5 (MLSys '23)",
    ],
)
def test_the_number_of_a_volume_makes_no_new_event(mltalks: Run, tmp_path: Path, volume: str) -> None:
    said = put(
        mltalks, tmp_path, f"@inproceedings{{a, title={{Ferns}}, booktitle={{{volume}}}, year=2023}}\n"
    )
    assert "added to events that were in the data: mlsys23 (1)" in said
