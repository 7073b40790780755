"""What an import must not lose: people, days and places of foreign records, and what it says of dates."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.test_known_works import own

pytestmark = pytest.mark.excerpt


def test_csl_keeps_organizations_ranges_and_reports_what_is_lost(mltalks: Run, tmp_path: Path) -> None:
    paper = {"type": "paper-conference", "event-title": "Fern Meet 2041"}
    bee = {"given": "Ada", "family": "Bee", "affiliation": [{"name": "Google"}]}
    items = [
        {**paper, "title": "Ferns", "author": [bee, {"name": "The Fern Circle"}],
         "event-date": {"date-parts": [[2041, 5, 3], [2041, 5, 5]]}},
        {**paper, "title": "Fronds", "author": {"literal": "Cy Elm"}, "issued": {"date-parts": [[2041, 2, 30]]}},
        {**paper, "title": "Spores", "author": [{"ORCID": "0"}], "event-date": {"date-parts": [[2041, 13, 1]]}},
    ]  # fmt: skip
    (tmp_path / "in.json").write_text(json.dumps(items))
    said = mltalks("import", "in.json", cwd=tmp_path).err
    assert "not used: 2 (author, event-date)" in said
    assert '"2041-02-30": there is no such day; it is left out' in said
    data = own(tmp_path)
    assert [(one["start_date"], one["end_date"]) for one in data["events"]] == [("2041-05-03", "2041-05-05")]
    assert [one.get("speakers") for one in data["sessions"]] == [
        [{"name": "Ada Bee", "organization": "Google"}, {"name": "The Fern Circle"}], [{"name": "Cy Elm"}], None,
    ]  # fmt: skip


def test_a_new_event_gets_its_facts_from_all_its_records(mltalks: Run, tmp_path: Path) -> None:
    event = {"name": "Fern Meet 2041"}
    of_them: list[dict[str, Any]] = [
        {}, {"start": {"date-parts": [[2041, 5, 3]]}}, {"location": "Oslo", "end": {"date-parts": [[2041, 5, 1]]}},
        {"location": "Rome", "start": {"date-parts": [[2041, 5, 4]]}, "end": {"date-parts": [[2041, 5, 5]]}},
    ]  # fmt: skip
    items = [
        {"type": "paper-conference", "title": f"Fern {at}", "event": event | one}
        for at, one in enumerate(of_them)
    ]
    (tmp_path / "in.csl.json").write_text(json.dumps(items))
    mltalks("import", "in.csl.json", cwd=tmp_path)
    (made,) = own(tmp_path)["events"]
    assert (made["start_date"], made["end_date"], made["location"]) == ("2041-05-03", "2041-05-05", "Oslo")
