"""What a paper needs beside its bibliography: versions, entries of ids of which some are unknown, decisions that stay, families of names."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt
ID = "opml19-katib"


def test_the_version_is_printed_in_formats_that_can_hold_it(mltalks: Run) -> None:
    found = json.loads(mltalks("version", "--json").out)
    entry = mltalks("version", "-o", "bibtex").out
    assert entry.startswith("@misc{mltalks,\n")
    assert f"note = {{Version {found['version']}, data {found['data']}}}" in entry
    assert mltalks("version", "-o", "csv").out == f"version,data\n{found['version']},{found['data']}\n"
    refused = mltalks("version", "-o", "ids")
    assert (refused.code, refused.out) == (2, "")
    assert "version prints json, jsonl, plain, table, csv, tsv, bibtex, not ids" in refused.err


@pytest.mark.parametrize("form", ["bibtex", "json", "plain", "csv", "md"])
def test_of_several_ids_those_that_exist_are_printed(mltalks: Run, form: str) -> None:
    found = mltalks("show", "nosuch1", ID, "nosuch2", "-o", form)
    assert (found.code, "Katib" in found.out) == (4, True)
    assert 'no session or event "nosuch1"' in found.err
    assert "nosuch2" in found.err
    alone = mltalks("show", "nosuch1", "nosuch2", "-o", form)
    assert (alone.code, alone.out) == (4, "")


@pytest.mark.parametrize("ending", ["csv", "json", "toml", "tsv"])
def test_an_import_reports_no_change_of_themes_that_were_decided_on(
    mltalks: Run, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"out.{ending}"
    mltalks("export", f"id:{ID}", "-O", str(file))
    first, *_ = json.loads(mltalks("show", ID, "--json").out)["themes"]
    mltalks("reject", ID, first)
    mltalks("accept", ID, "fine-tuning")
    for options in ((), ("--update",)):
        again = mltalks("import", str(file), *options).err
        assert ("0 changed, 0 skipped; 1 already present" in again, "themes:" in again) == (True, False)
    themes = json.loads(mltalks("show", ID, "--json").out)["themes"]
    assert (first in themes, "fine-tuning" in themes) == (False, True)


def test_a_removed_session_leaves_no_decisions(mltalks: Run) -> None:
    mltalks("add", "Soup", "--event", "Meet 2031", "--id", "x")
    mltalks("accept", "x", "fine-tuning")
    mltalks("reject", "x", "gpu-kernels")
    mltalks("accept", ID, "fine-tuning")
    mltalks("note", ID, "Read.")
    mltalks("remove", "x", "--yes")
    assert [line.split("\t")[0] for line in mltalks("decisions").out.splitlines()] == [ID]
    mltalks("undo")
    assert [line.split("\t")[0] for line in mltalks("decisions").out.splitlines()] == ["x", "x", ID]
    mltalks("remove", ID, "--yes")  # only what the user added to a shipped one
    assert ID in mltalks("decisions").out


def test_what_a_bib_file_has_is_left_out_of_an_export(mltalks: Run, tmp_path: Path) -> None:
    title = "Katib: A Distributed General AutoML Platform on Kubernetes"
    entries = f"@inproceedings{{k, title={{{title}}}, booktitle={{OpML 2019}}, year=2019}}\n"
    entries += "@misc{new31, title={Of nobody}, author={Fox, Ann}, year=2031}\n"
    (tmp_path / "refs.bib").write_text(entries, encoding="utf-8")
    run = ("import", "refs.bib", "--default-event", "Preprints", "--dry-run", "--fields", "outcome,id")
    rows = [line.split("\t") for line in mltalks(*run, cwd=tmp_path).out.splitlines()]
    known = [name for outcome, name in rows if outcome != "add"]
    assert known == [ID]
    mltalks("tag", ID, "opml19-tony", "survey")
    mltalks("tag", *known, "in-refs")
    assert "katib" not in mltalks("export", "tag:survey", "NOT", "tag:in-refs", "--format", "bibtex").out
    assert "mltalks tag - in-refs" in " ".join(mltalks("export", "--help").out.split())


def test_help_and_the_guide_name_whose_abstract_an_entry_has(mltalks: Run) -> None:
    assert "a summary by mltalks" in mltalks("help", "formats").out
    assert "A title is in double braces" in " ".join(mltalks("export", "--help").out.split())


def test_a_family_of_two_names_is_cited_as_such(mltalks: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[events]]\nid = "m"\nname = "Meet 2031"\nseries = "Meet"\nyear = 2031\n[[sessions]]\nid = "x"\nevent = "m"\n'
        'title = "T"\nkind = "paper"\nspeakers = [{ name = "Ana Maria Lopez Ruiz", family = "Lopez Ruiz" }]\n',
        encoding="utf-8",
    )
    assert "author = {Lopez Ruiz, Ana Maria}" in mltalks("show", "x", "-o", "bibtex", "--data", str(own)).out


def test_a_survey_names_collections_apart_from_events_that_may_be_incomplete(
    mltalks: Run, tmp_path: Path
) -> None:
    entries = (
        "@misc{a, title={A}, author={Fox, Ann}, year=2031, eprint={3101.00001}, archiveprefix={arXiv}}\n"
    )
    entries += "@inproceedings{b, title={B}, author={Fox, Ann}, booktitle={Meet 2031}, year=2031}\n"
    (tmp_path / "in.bib").write_text(entries, encoding="utf-8")
    mltalks("import", "in.bib", cwd=tmp_path)
    found = mltalks("survey", "year:2031", "-o", "md")
    assert "Sessions of Meet 2031 may be missing; all counts" in found.out
    assert "only the works in the data are counted: arXiv 2031." in found.out
    assert "it is not known whether all sessions of Meet 2031 are in the data" in found.err


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("key", ["smith2020", "Smith2020", "smith:2020"])
def test_a_key_that_is_the_id_of_another_work_is_named(
    mltalks: Run, tmp_path: Path, key: str, together: bool
) -> None:
    entry = "@inproceedings{%s, author={%s}, title={%s}, booktitle={%s}, year={2020}, doi={10.1000/%s}}"
    first, second = tmp_path / "a.bib", tmp_path / "b.bib"
    first.write_text(entry % (key, "Smith, Ann", "Shadow deployment of ranking models", "KDD", "a"))
    second.write_text(entry % (key, "Smith, Carl", "Energy use of GPU clusters", "SOSP", "b"))
    if together:
        said = mltalks("import", str(first), str(second)).err
    else:
        assert "id of another work" not in mltalks("import", str(first)).err
        said = mltalks("import", str(second)).err
    new = "sosp-2020-energy-gpu-clusters"
    made = key.replace(":", "-")
    assert (
        f'its key "{made}" is the id of another work, "Shadow deployment of ranking models"; it is added as {new}'
        in said
    )
    assert mltalks("list", f"id:{made}", "--fields", "title").out == "Shadow deployment of ranking models\n"
    assert "id of another work" not in mltalks("import", str(second), "--update").err  # it is known now


def test_powers_and_indices_of_a_title_are_formulas_again(mltalks: Run, tmp_path: Path) -> None:
    file, again = tmp_path / "m.bib", tmp_path / "again.bib"
    title = r"An {$O(n^2)$} bound, $2^{n+1}$, H$_2$O, $x_{i}$ and 10$^{-3}$ for my\_file of 100\% caf\'e"
    file.write_text(
        f"@inproceedings{{math1, title={{{title}}}, author={{Fox, Ann}}, booktitle={{KDD}}, year={{2020}}}}"
    )
    assert mltalks("import", str(file)).code == 0
    written = mltalks("show", "math1", "-o", "bibtex").out
    assert (
        r"{{An O(n$^{2}$) bound, 2$^{n+1}$, H$_{2}$O, x$_{i}$ and 10$^{-3}$ for my\_file of 100\% café}}"
        in written
    )
    again.write_text(written, encoding="utf-8")
    assert "1 already present" in mltalks("import", str(again), "--update").err


def test_a_file_that_is_no_address_is_named_as_unused(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.bib"
    entry = (
        "@article{%s, title={%s}, author={Fox, Ann}, journaltitle={Journal of ML}, date={2023}, file={%s}}\n"
    )
    file.write_text(entry % ("a1", "Serving a model", ":/home/x/y.pdf:PDF"))
    assert "not used: 1 (file)" in mltalks("import", str(file), "--dry-run").err
    file.write_text(entry % ("a1", "Serving a model", "https://example.org/y.pdf"))
    assert "not used" not in mltalks("import", str(file), "--dry-run").err
