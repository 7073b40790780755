"""What an export of mltalks is once another home has imported it: the same sessions, field by field."""

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.page import embedded
from mltalks import __version__
from mltalks.search.indexing.shipped import write_shipped_index
from tests.conftest import ROOT, Result, Run, environment, forked

ODD = ROOT / "tests" / "data" / "odd-own-talks.toml"
FORMS = ["toml", "json", "jsonl", "csv", "tsv"]
PROSE = ("summary", "summary_ja", "source", "source_note", "note")
Records = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def without_sessions(tmp_path_factory: pytest.TempPathFactory, excerpt: Path) -> Path:
    """Return a folder with shipped data that have events, themes and organizations, but no session."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(excerpt, folder, ignore=shutil.ignore_patterns("index.sqlite"), dirs_exist_ok=True)
    (folder / "sessions.toml").write_text("")
    write_shipped_index(folder, __version__)
    return folder


@pytest.fixture
def elsewhere(
    tmp_path: Path, server: "subprocess.Popen[str]", without_sessions: Path
) -> Callable[..., Result]:
    """Run mltalks in another home, for which the shipped data have no session."""
    home = tmp_path / "elsewhere"
    home.mkdir()

    def run(*arguments: str) -> Result:
        return forked(server, arguments, environment(home), None, without_sessions)

    return run


def listed(run: Callable[..., Result], *more: str) -> Records:
    return {one["id"]: one for one in json.loads(run("list", "--json", *more).out)}


def on_one_line(records: Records) -> Records:
    """Return records as tab-separated values hold them: without line breaks and tabs in texts."""
    return {
        name: {
            field: " ".join(value.split()) if field in PROSE and value else value
            for field, value in one.items()
        }
        for name, one in records.items()
    }


@pytest.mark.parametrize("form", FORMS)
def test_all_shipped_talks_and_odd_ones_of_mine_are_the_same_in_another_home(
    mltalks: Run, elsewhere: Callable[..., Result], tmp_path: Path, form: str
) -> None:
    file, mine = tmp_path / f"talks.{form}", ("--data", str(ODD))
    assert mltalks("export", "--with-notes", "-O", str(file), *mine).code == 0
    imported = elsewhere("import", str(file))
    assert imported.code == 0
    assert "left out" not in imported.err
    before, after = listed(mltalks, *mine), listed(elsewhere)
    assert len(before) > 500
    if form == "tsv":
        before, after = on_one_line(before), on_one_line(after)
    assert after == before


@pytest.mark.excerpt
@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
@pytest.mark.parametrize("command", [["list"], ["export", "--with-notes"]])
def test_what_i_list_or_export_is_no_change_when_i_import_it(
    mltalks: Run, tmp_path: Path, command: Sequence[str], form: str
) -> None:
    mltalks("import", str(ODD))
    before = listed(mltalks)
    assert before["odd-1"]["note"].count("\n") == 3
    file = tmp_path / f"talks.{form}"
    file.write_text(mltalks(*command, "-o", form).out)
    assert " 0 added, 0 changed, 0 skipped;" in mltalks("import", str(file)).err
    assert listed(mltalks) == before


def test_a_spreadsheet_may_write_true_in_capitals(
    mltalks: Run, elsewhere: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "talks.csv"
    file.write_text(mltalks("export", "event:sysml19", "-o", "csv").out.replace(",true,", ",TRUE,"))
    assert elsewhere("import", str(file)).code == 0
    assert any(one["track_inferred"] for one in listed(elsewhere).values())


HELIOS, PLATFORMS = (
    "mlsys26-helios",
    "platforms",
)  # a talk whose themes are inferred, and a theme that it lacks


@pytest.mark.parametrize("form", [*FORMS, "bibtex", "ris"])
def test_a_talk_has_the_themes_elsewhere_that_i_decided_on(
    mltalks: Run, elsewhere: Callable[..., Result], tmp_path: Path, form: str
) -> None:
    mltalks("accept", HELIOS, PLATFORMS)
    mltalks("reject", "mlsys26-profinfer", "llm-inference")
    file = tmp_path / f"talks.{form}"
    exported = ("export", "id:mlsys26-helios,mlsys26-profinfer", "-o", form, "--roundtrip", "-O", str(file))
    assert mltalks(*exported).code == 0
    assert "2 added" in elsewhere("import", str(file)).err
    before, after = listed(mltalks), listed(elsewhere)
    assert len(before[HELIOS]["themes"]) > 2
    for name, one in after.items():
        assert set(one["themes"]) == set(before[name]["themes"]), name
    assert "2 already present" in mltalks("import", str(file)).err


def test_what_i_list_of_a_talk_with_an_accepted_theme_has_all_its_themes(
    mltalks: Run, elsewhere: Callable[..., Result], tmp_path: Path
) -> None:
    mltalks("accept", HELIOS, PLATFORMS)
    file = tmp_path / "talks.json"
    file.write_text(mltalks("list", f"id:{HELIOS}", "--json").out)
    assert elsewhere("import", str(file)).code == 0
    assert set(listed(elsewhere)[HELIOS]["themes"]) == set(listed(mltalks, f"id:{HELIOS}")[HELIOS]["themes"])


CITED = """@inproceedings{many, title={On many hands}, author={Ann Fox and Bo Hay and others}, booktitle={Hands 2025}, year={2025}}
"""


def test_a_talk_of_which_not_all_speakers_are_known_says_so_wherever_it_is_printed(
    mltalks: Run, tmp_path: Path
) -> None:
    (tmp_path / "cited.bib").write_text(CITED)
    assert "the other speakers are not known" in mltalks("import", str(tmp_path / "cited.bib")).err
    many = "event:hands-2025"
    assert "author = {Ann Fox and Bo Hay and others}," in mltalks("export", many, "-o", "bibtex").out
    as_ris = mltalks("export", many, "-o", "ris").out
    assert "AU  - Hay, Bo\r\nM3  - " in as_ris, "nobody is called et al."
    assert "N1  - There are more authors.\r\n" in as_ris
    (tmp_path / "cited.ris").write_text(as_ris)
    assert "1 already present" in mltalks("import", str(tmp_path / "cited.ris")).err
    assert "Ann Fox, Bo Hay, et al.\n" in mltalks("export", many, "-o", "md").out
    assert "Ann Fox; Bo Hay; et al." in mltalks("show", "many", "-o", "table").out
    assert "Ann Fox、Bo Hay、ほか" in mltalks("show", "many", "-o", "table", "--lang", "ja").out
    assert json.loads(mltalks("show", "many", "--json").out)["speakers_incomplete"] is True
    assert "speakers_incomplete\ttrue\n" in mltalks("show", "many").out
    complete = mltalks("edit", "many", "--speaker", "Ann Fox", "--speaker", "Bo Hay", "--speaker", "Cy Lee")
    assert complete.code == 0
    assert "author = {Ann Fox and Bo Hay and Cy Lee}," in mltalks("export", many, "-o", "bibtex").out


@pytest.mark.parametrize("form", [*FORMS, "bibtex", "ris"])
@pytest.mark.parametrize("more", [(), ("--roundtrip",)])
def test_that_there_are_more_speakers_is_kept_in_another_home(
    mltalks: Run, elsewhere: Callable[..., Result], tmp_path: Path, form: str, more: Sequence[str]
) -> None:
    (tmp_path / "cited.bib").write_text(CITED)
    mltalks("import", str(tmp_path / "cited.bib"))
    file = tmp_path / f"again.{form}"
    assert mltalks("export", "event:hands-2025", "-o", form, "-O", str(file), *more).code == 0
    imported = elsewhere("import", str(file), "--event", "Hands 2025")
    assert "1 added" in imported.err
    foreign = form in ("bibtex", "ris") and not more
    assert ("the other speakers are not known" in imported.err) == foreign
    (again,) = listed(elsewhere).values()
    assert [one["name"] for one in again["speakers"]] == ["Ann Fox", "Bo Hay"]
    assert again["speakers_incomplete"] is True
    assert "1 already present" in mltalks("import", str(file)).err


def test_speakers_are_complete_once_a_file_names_them_all(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "cited.bib").write_text(CITED)
    mltalks("import", str(tmp_path / "cited.bib"))
    (tmp_path / "whole.bib").write_text(CITED.replace("and others", "and Cy Lee"))
    assert "1 changed" in mltalks("import", str(tmp_path / "whole.bib"), "--update").err
    assert json.loads(mltalks("show", "many", "--json").out)["speakers_incomplete"] is False


def test_others_beside_all_known_speakers_are_more_speakers(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "cited.bib").write_text(CITED.replace(" and others", ""))
    mltalks("import", str(tmp_path / "cited.bib"))
    (tmp_path / "more.bib").write_text(CITED)
    said = mltalks("import", str(tmp_path / "more.bib"), "--update").err
    assert "speakers_incomplete: – → True" in said
    assert "1 already present" in mltalks("import", str(tmp_path / "more.bib"), "--update").err


def test_a_record_with_some_speakers_has_what_is_known_of_them(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "cited.bib").write_text(CITED.replace(" and others", ""))
    mltalks("import", str(tmp_path / "cited.bib"))
    record = '[[sessions]]\nid = "many"\nspeakers_incomplete = true\n[[sessions.speakers]]\nname = "Ann Fox"\norganization = "Acme"\n'
    (tmp_path / "some.toml").write_text(record)
    said = mltalks("import", str(tmp_path / "some.toml")).err
    assert "speakers: Ann Fox; Bo Hay → Ann Fox (Acme); Bo Hay" in said


def test_a_page_of_a_survey_holds_that_more_speakers_are_not_known(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "cited.bib").write_text(CITED)
    mltalks("import", str(tmp_path / "cited.bib"))
    page = tmp_path / "page.html"
    assert mltalks("survey", "event:hands-2025", "--html", str(page)).code == 0
    (session,) = embedded(page.read_text(encoding="utf-8"))["sessions"]
    assert (session["s"], session["o"]) == (["Ann Fox", "Bo Hay"], 1)


@pytest.mark.excerpt
def test_names_of_organizations_go_with_the_talks_that_need_them(
    mltalks: Run, elsewhere: Callable[..., Result], tmp_path: Path
) -> None:
    def counted(run: Callable[..., Result]) -> list[str]:
        return run("companies", "event:barge-days-2031", "-o", "ids").out.split("\n")

    mltalks("alias", "Barge Freight (EU)", "Barge", "--new", "--kind", "company")
    mltalks("alias", "Barge Labs", "--new", "--parent", "Barge")
    mltalks("alias", "Googel Cloud", "Google")
    mltalks("alias", "Unneeded", "--new")
    for title, name in (("One", "Barge Freight (EU)"), ("Two", "Barge Labs"), ("Three", "Googel Cloud")):
        mltalks("add", title, "--event", "Barge Days 2031", "--organization", name)
    file = str(tmp_path / "share.toml")
    mltalks("export", "event:barge-days-2031", "-O", file)
    text = Path(file).read_text(encoding="utf-8")
    assert (text.count("[[organizations]]"), "Unneeded" in text) == (3, False)
    assert sorted(elsewhere("import", "--dry-run", file).err.split("names: ")[1].strip().split(", ")) == [
        "Barge", "Barge Labs", "Google",
    ]  # fmt: skip
    assert counted(elsewhere) == [""]
    assert elsewhere("import", file).code == 0
    assert sorted(counted(elsewhere)) == sorted(counted(mltalks)) == ["", "Barge", "Barge Labs", "Google"]
    assert "organizations with new names" not in elsewhere("import", file).err
    assert elsewhere("undo").code == 0
    assert elsewhere("list", "id:barge-days-2031-one", "-o", "ids").out == ""


def test_files_of_other_tables_do_not_stop_an_import_of_several(
    mltalks: Run, elsewhere: Callable[..., Result], tmp_path: Path
) -> None:
    mltalks("add", "One", "--event", "Barge Days 2031", "--organization", "Tug GmbH")
    talks, names, themes = (str(tmp_path / f"{name}.toml") for name in ("talks", "organizations", "themes"))
    mltalks("export", "event:barge-days-2031", "-O", talks)
    Path(names).write_text('[[organizations]]\nname = "Tug"\naliases = ["Google", "Tuggers"]\n')
    Path(themes).write_text('[[themes]]\nid = "tugs"\nlabel = { en = "Tugs" }\n')
    done = elsewhere("import", themes, names, talks)
    assert done.code == 3
    assert done.err.splitlines() == [
        f"mltalks: {themes}: the table [[themes]] is not imported",
        'mltalks: Tug: "Google" is already a name of Google',
        "mltalks: 1 added, 0 changed, 0 skipped; 0 already present, 1 rejected",
        "mltalks: new events: barge-days-2031 (series Barge Days); to change a series: mltalks event edit ID --series NAME",
        "mltalks: organizations with new names: Tug",
        "mltalks: barge-days-2031-one: no theme fits; why: mltalks explain barge-days-2031-one; to add one: mltalks accept barge-days-2031-one THEME",
    ]
    assert elsewhere("import", names).err.splitlines()[1:] == [
        "mltalks: 0 added, 0 changed, 0 skipped; 0 already present, 0 rejected"
    ]


@pytest.mark.excerpt
def test_what_is_wrong_in_records_of_organizations_is_named(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text(
        '[[organizations]]\nname = "GOOG"\naliases = ["Google", "Search Works"]\n'
        '[[organizations]]\naliases = ["Nameless"]\n'
        '[[organizations]]\nname = "Barge Labs"\nparent = "Barge Holding"\n'
    )
    preview = mltalks("import", str(file), "--dry-run").err
    assert "organizations that would get names: GOOG, Barge Labs" in preview
    done = mltalks("import", str(file)).err
    assert "organizations: name: is missing" in done
    assert "Barge Labs: the parent Barge Holding is not known; it is left out" in done
    assert "organizations with new names: GOOG, Barge Labs" in done
    assert 'GOOG: "Google" is already a name of Google' in done
