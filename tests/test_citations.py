"""A bibliography that goes through mltalks comes out with the same authors, keys and types."""

import json
from pathlib import Path

import pytest
import rispy
from pybtex.database import BibliographyData, parse_string

from tests.conftest import Run
from tests.test_foreign_bibliographies import imported

pytestmark = pytest.mark.excerpt
AUTHORS = "{Google Research} and Ann Fox and {Quiet River Media} and {The Fern Community}"
AS_WRITTEN = ["{Google Research}", "Fox, Ann", "{Quiet River Media}", "{The Fern Community}"]
AS_READ = ["Google Research", "Fox, Ann", "Quiet River Media", "The Fern Community"]


def cited(mltalks: Run, query: str, *more: str) -> BibliographyData:
    """Return what pybtex reads of the exported BibTeX."""
    return parse_string(mltalks("export", query, "--format", "bibtex", *more).out, "bibtex")


def test_an_organization_stays_in_its_place_among_the_authors(mltalks: Run, tmp_path: Path) -> None:
    entry = f"@misc{{a1, title={{On ferns}}, author={{{AUTHORS}}}, howpublished={{Paper at Fern Days 2031}}}}"
    result, _ = imported(mltalks, tmp_path, "in.bib", entry)
    assert "1 added" in result.err
    assert '"Google Research"' not in result.err
    for more in ((), ("--roundtrip",)):
        authors = cited(mltalks, "event:fern-days-2031", *more).entries["a1"].persons["author"]
        assert [str(one) for one in authors] == AS_WRITTEN
        references = mltalks("export", "event:fern-days-2031", "--format", "ris", *more).out
        assert rispy.loads(references.replace("\r\n", "\n"))[0]["authors"] == AS_READ
    (talk,) = json.loads(mltalks("list", "event:fern-days-2031", "--json").out)
    assert talk["companies"] == ["Google Research"]
    assert "Google" not in mltalks("by-speaker", "event:fern-days-2031", "--count").out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("in.ris", "TY  - CPAPER\nID  - a1\nTI  - On ferns\nAU  - Google Research\nAU  - Fox, Ann\nT2  - Fern Days\nPY  - 2031\nER  - \n"),
        (
            "in.json",
            '[{"id": "a1", "type": "paper-conference", "title": "On ferns", "author": [{"literal": "Google Research"}, {"family": "Fox", "given": "Ann"}], "container-title": "Fern Days", "issued": {"date-parts": [[2031]]}}]',
        ),
        (
            "in.csv",
            'Key,Item Type,Publication Year,Author,Title,Conference Name\na1,conferencePaper,2031,"Google Research; Fox, Ann",On ferns,Fern Days\n',
        ),
    ],
)  # fmt: skip
def test_so_it_does_in_every_kind_of_bibliography(mltalks: Run, tmp_path: Path, name: str, text: str) -> None:
    imported(mltalks, tmp_path, name, text)
    authors = cited(mltalks, "event:fern-days-2031").entries["a1"].persons["author"]
    assert [str(one) for one in authors] == AS_WRITTEN[:2]


KEYS = [
    "müller2021",
    "garcía:2021",
    "smith:serving_2020",
    "DBLP:conf/osdi/X22",
    "10.5555/99",
    "図2031",
    "plain2031",
    "a&b*[c]",
]


def test_the_keys_of_a_bibliography_come_out_as_they_went_in(mltalks: Run, tmp_path: Path) -> None:
    titles = ["Zebras", "Quaggas", "Okapis", "Gnus", "Kudus", "Elands", "Dik-diks", "Nyalas"]
    entries = [
        f"@inproceedings{{{key}, title={{{title} in production}}, author={{Fox, Ann}}, booktitle={{Fern Days}}, year=2031}}"
        for key, title in zip(KEYS, titles, strict=True)
    ]
    result, own = imported(mltalks, tmp_path, "in.bib", "\n".join(entries))
    assert "8 added" in result.err
    for more in ((), ("--roundtrip",)):
        found = cited(mltalks, "event:fern-days-2031", *more).entries
        assert {key: one.fields["title"] for key, one in found.items()} == {
            key: f"{{{title} in production}}" for key, title in zip(KEYS, titles, strict=True)
        }
    references = mltalks("export", "event:fern-days-2031", "--format", "ris").out
    assert {one["id"] for one in rispy.loads(references.replace("\r\n", "\n"))} >= {*KEYS[:4]}
    plain = next(one for one in own["sessions"] if one["title"].startswith("Dik-diks"))
    assert (plain["id"], "citation_key" in plain) == ("plain2031", False)
    again, _ = imported(mltalks, tmp_path, "in.bib", "\n".join(entries), "--update")
    assert "0 added, 0 changed, 0 skipped; 8 already present" in again.err


@pytest.mark.parametrize("key", ["DBLP:conf/osdi/X22", "dblp:conf/osdi/x22", "smith2020"])
def test_commands_find_a_talk_by_its_citation_key(mltalks: Run, tmp_path: Path, key: str) -> None:
    entry = "@inproceedings{%s, title={Okapis in production}, booktitle={Fern Days}, year=2031}"
    imported(mltalks, tmp_path, "in.bib", entry % "DBLP:conf/osdi/X22")
    imported(mltalks, tmp_path, "in.bib", entry % "smith2020" if key == "smith2020" else entry, "--update")
    assert json.loads(mltalks("show", key, "--json").out)["title"] == "Okapis in production"
    assert "okapis" in mltalks("export", key, "--format", "bibtex").out.lower()
    assert mltalks("tag", key, "to-read").code == 0
    assert mltalks("note", key, "Read this.").code == 0
    (talk,) = json.loads(mltalks("list", "tag:to-read", "--json").out)
    assert (talk["note"], talk["citation_key"].casefold()) == ("Read this.", key.casefold())
    assert mltalks("remove", key, "--yes").code == 0


def test_a_citation_key_that_bibtex_cannot_read_is_refused(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.toml").write_text(
        '[[events]]\nid = "fern"\nname = "Fern 2031"\nseries = "Fern"\nyear = 2031\n'
        '[[sessions]]\nid = "a"\nevent = "fern"\ntitle = "T"\nkind = "talk"\ncitation_key = "two words"\n',
        encoding="utf-8",
    )
    result = mltalks("validate", str(tmp_path / "in.toml"))
    assert '"two words" is not a citation key' in result.out + result.err
    assert result.code != 0


@pytest.mark.parametrize("more", [" and more at the end", ""])
def test_what_changes_at_the_end_of_a_long_title_is_shown(mltalks: Run, tmp_path: Path, more: str) -> None:
    title = "Ferns, mosses and other plants of the northern forests, and how they are counted by machines in production"
    before, after = (title, title + more) if more else (f"{title} today", title)
    own = tmp_path / "in.csv"
    own.write_text(f'id,title,event\nfern1,"{before}",Fern Days 2031\n', encoding="utf-8")
    mltalks("import", str(own))
    own.write_text(f'id,title,event\nfern1,"{after}",Fern Days 2031\n', encoding="utf-8")
    shown = mltalks("import", str(own), "--dry-run", "-o", "json").out
    assert json.loads(shown)[0]["changes"] == [f"title: {before} → {after}"]
    lines = mltalks("import", str(own)).err
    assert (more or " today") in lines


def test_no_word_stands_for_the_talks_without_a_citation_key(mltalks: Run) -> None:
    mltalks("tag", "opml19-katib", "survey")
    for word in ("none", "None"):
        assert mltalks("tag", word, "wrong").code == 4
        assert mltalks("show", word).code == 4
    assert mltalks("list", "tag:wrong", "-o", "ids").out == ""
