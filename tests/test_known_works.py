"""Works of bibliographies that the data have: known by the printed names of their events, or as one paper under two venues."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt
AUTHORS = "Zhou, Jinan and Velichkevich, Andrey"
KATIB = "Katib: A Distributed General AutoML Platform on Kubernetes"


def entry(key: str, title: str, of_it: str, authors: str = AUTHORS) -> str:
    return f"@inproceedings{{{key}, title={{{title}}}, author={{{authors}}}, {of_it}}}\n"


def put(mltalks: Run, folder: Path, text: str, *options: str) -> str:
    """Import an entry of BibTeX and return what is reported."""
    (folder / "in.bib").write_text(text, encoding="utf-8")
    return mltalks("import", "in.bib", *options, cwd=folder).err


def own(folder: Path) -> dict[str, Any]:
    file = folder / ".local/share/mltalks/sessions.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


@pytest.mark.parametrize(
    "printed",
    [
        "2019 {USENIX} Conference on Operational Machine Learning (OpML 19)",
        "Proceedings of the 2019 USENIX Conference on Operational Machine Learning, OpML 2019, Santa Clara, CA, USA, May 20, 2019",
        "Proc. of the USENIX Conference on Operational Machine Learning",
        "OpML 2019",
        "OpML'19, Santa Clara",
    ],
)
def test_an_event_is_known_by_the_name_of_its_volume(mltalks: Run, tmp_path: Path, printed: str) -> None:
    said = put(
        mltalks, tmp_path, entry("new1", "A title of nobody else", f"booktitle={{{printed}}}, year=2019")
    )
    assert "new events" not in said
    assert own(tmp_path)["sessions"][0]["event"] == "opml19"


@pytest.mark.parametrize(
    "of_it",
    [
        "booktitle={Workshop on Tiny Machine Learning, OpML 2019}, year=2019",
        "booktitle={Workshop on Tiny Machine Learning (OpML 19)}, year=2019",
        "booktitle={2021 USENIX Conference on Operational Machine Learning (OpML 21)}, year=2021",
        "booktitle={Proceedings of Machine Learning and Systems}, year=2031",
        "booktitle={Proceedings of the 6th MLSys Conference}, year=2024",
        "booktitle={International Conference on Operational Machine Learning}, year=2019",
    ],
)
def test_an_event_of_another_name_number_or_year_is_another_one(
    mltalks: Run, tmp_path: Path, of_it: str
) -> None:
    assert "new events" in put(mltalks, tmp_path, entry("new1", "A title of nobody else", of_it))


def test_the_volume_of_a_conference_is_named_after_what_it_is_on(mltalks: Run, tmp_path: Path) -> None:
    title = "A title of nobody else"
    put(
        mltalks,
        tmp_path,
        entry("new1", title, "booktitle={Proceedings of Machine Learning and Systems}, year=2024"),
    )
    put(
        mltalks,
        tmp_path,
        entry("new2", f"{title} 2", "booktitle={Proceedings of the 7th MLSys Conference}, year=2024"),
    )
    assert [one["event"] for one in own(tmp_path)["sessions"]] == ["mlsys24", "mlsys24"]


def test_a_paper_of_the_same_year_is_known_under_another_venue(mltalks: Run, tmp_path: Path) -> None:
    text = entry("zhou", KATIB, "booktitle={Proc. of an Unheard Meeting}, year=2019")
    for _ in range(2):
        said = put(mltalks, tmp_path, text)
        assert "zhou" not in said
        assert f"{KATIB}: has the title, the year and a speaker of opml19-katib; it is skipped" in said
        assert own(tmp_path) == {}
    said = put(mltalks, tmp_path, text, "--keep-duplicates")
    assert (
        "zhou: looks like opml19-katib, and is added as another one; if it is the same: mltalks remove zhou"
        in said
    )


@pytest.mark.parametrize(
    ("of_it", "authors", "is_named"),
    [
        ("journal={CoRR}, year=2019", AUTHORS, True),
        ("booktitle={Unheard Meeting}, year=2018", AUTHORS, True),
        ("booktitle={Unheard Meeting}, year=2019", "Fox, Ann", False),
    ],
)
def test_another_work_of_the_same_title_is_added(
    mltalks: Run, tmp_path: Path, of_it: str, authors: str, *, is_named: bool
) -> None:
    said = put(mltalks, tmp_path, entry("zhou", KATIB, of_it, authors))
    assert "1 added" in said
    assert ("zhou: looks like opml19-katib" in said) == is_named


def test_a_preprint_and_its_paper_in_one_file_are_two_and_named(mltalks: Run, tmp_path: Path) -> None:
    pair = entry("pre31", "On drift of moss", "journal={arXiv}, year=2031")
    pair += entry("conf31", "On {Drift} of Moss", "booktitle={MossConf}, year=2031")
    said = put(mltalks, tmp_path, pair)
    assert "in.bib:2: conf31: looks like pre31, and is added as another one" in said
    assert "2 added" in said
    assert "2 already present" in put(mltalks, tmp_path, pair)
