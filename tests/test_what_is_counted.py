"""Numbers say what they count: units, incomplete events, decisions, and the user's own sessions."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt

LABS = """
[[organizations]]
name = "Nordlys Systems"
kind = "company"

[[organizations]]
name = "Nordlys Lab"
kind = "lab"
parent = "Nordlys Systems"

[[organizations]]
name = "Nordlys Cloud"
parent = "Nordlys Systems"

[[organizations]]
name = "Nordlys Circle"

[[events]]
id = "fjord25"
name = "Fjord 2025"
series = "Fjord"
year = 2025
"""


def labs(tmp_path: Path, *organizations: str) -> list[str]:
    """Return options that load a session for each of these organizations, at an event of which nothing more is known."""
    sessions = "".join(
        f'[[sessions]]\nid = "fjord25-{number}"\nevent = "fjord25"\nkind = "talk"\n'
        f'title = "Caches {number}"\norganizations = ["{name}"]\n\n'
        for number, name in enumerate(organizations)
    )
    file = tmp_path / "fjord.toml"
    file.write_text(LABS + sessions, encoding="utf-8")
    return ["--data", str(file)]


def test_a_unit_counts_under_its_own_kind_and_that_of_its_parent(mltalks: Run, tmp_path: Path) -> None:
    names = ("Nordlys Lab", "Nordlys Cloud", "Nordlys Systems", "Nordlys Circle")
    data = labs(tmp_path, *names)
    found = json.loads(mltalks("survey", "event:fjord25", *data, "--json", "-q").out)
    kinds = {one["value"]: one["sessions"] for one in found["company_kinds"]}
    assert kinds == {"company": 3, "lab": 1, "not known": 1}
    of_company = {one["value"]: one["sessions"] for one in found["companies"]}
    assert kinds["company"] == of_company["Nordlys Systems"]
    text = mltalks("survey", "event:fjord25", *data, "-o", "md", "-q").out
    assert "(a unit is counted under its own kind and that of its parent)" in text
