"""Papers for a survey: what reference managers, publishers and one's own sheets have is imported, and comes out, as it is meant."""

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
