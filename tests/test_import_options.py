"""Options of an import that do not fit the file: they are refused with one line, and nothing is imported."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_import_again import EVENT, calendar, pretalx, sessionize

pytestmark = pytest.mark.excerpt
TALK = ("100001", "Serving by night", "2031-05-06T10:00")
BIBTEX = "@inproceedings{a1, title={Serving by night}, author={Ann Fox}, booktitle={Meet 2031}, year=2031}\n"
RIS = "TY  - CONF\nTI  - Serving by night\nAU  - Fox, Ann\nPY  - 2031\nER  - \n"


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("in.json", sessionize(TALK), "sessionize"),
        ("in.json", pretalx(TALK), "pretalx"),
        ("in.ics", calendar(TALK), "ical"),
        ("in.bib", BIBTEX, "bibtex"),
        ("in.ris", RIS, "ris"),
    ],
)
def test_map_is_refused_where_fields_have_fixed_names(
    mltalks: Run, tmp_path: Path, name: str, text: str, form: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    refused = mltalks("import", name, *EVENT, "--map", "room=hall", cwd=tmp_path)
    assert refused.code == 2
    assert f"--map works with csv, tsv, json, jsonl; {name} is read as {form}, which" in refused.err
    assert refused.err.count("\n") == 1
    assert "1 added" in mltalks("import", name, *EVENT, cwd=tmp_path).err


@pytest.mark.parametrize(("name", "text", "form"), [("w.ris", RIS, "bibtex"), ("w.bib", BIBTEX, "ris")])
def test_a_file_in_another_format_than_the_named_one_is_an_error(
    mltalks: Run, tmp_path: Path, name: str, text: str, form: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert mltalks("import", name, "--format", form, *EVENT, cwd=tmp_path).code == 3
    (tmp_path / name).write_text("", encoding="utf-8")
    empty = mltalks("import", name, "--format", "bibtex", *EVENT, cwd=tmp_path)
    assert (empty.code, "has no talks\n" in empty.err) == (0, True)


def test_the_format_that_a_file_seems_to_have_is_named(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "w.ris").write_text(RIS, encoding="utf-8")
    refused = mltalks("import", "w.ris", "--format", "bibtex", *EVENT, cwd=tmp_path)
    assert (
        refused.err
        == "mltalks: error: w.ris: has no talks as bibtex, and looks like ris; leave out --format\n"
    )
