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
