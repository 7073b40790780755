"""The description of the data: its table of events has the numbers of the data, and it lists every file."""

import json
import os
import re
from typing import Any

import pytest

from tests.conftest import ROOT, Run

README = ROOT / "data" / "README.md"
HEAD = re.compile(r"(\| event \| coverage .*\n\| --- .*\n)((?:\|.*\n)*)")


def _row(mltalks: Run, event: dict[str, Any]) -> str:
    sessions = json.loads(mltalks("list", f"event:{event['value']}", "--json").out)
    shown = json.loads(mltalks("show", event["value"], "--json").out)
    facts: list[tuple[str, ...]] = [
        ("speakers",),
        ("companies", "organizations"),
        ("keywords", "keywords_ja"),
        *((one,) for one in ("summary", "summary_ja", "url", "slides", "paper", "video", "track")),
    ]
    having = [sum(any(one[field] for field in fields) for one in sessions) for fields in facts]
    members = json.loads(mltalks("committee", event["value"], "--people", "--json").out)
    seats = sum(len(one["roles"]) for one in members)
    cells = [
        event["label"],
        event["coverage"],
        len(sessions),
        *having,
        shown["committee_coverage"] or "",
        seats,
    ]
    return "| " + " | ".join(map(str, cells)) + " |\n"


@pytest.mark.slow
def test_the_table_of_events_has_the_numbers_of_the_data(mltalks: Run) -> None:
    events = json.loads(mltalks("events", "--json").out)["values"]
    rows = "".join(_row(mltalks, event) for event in events)
    text = README.read_text(encoding="utf-8")
    if os.environ.get("MLTALKS_WRITE_GOLDEN"):
        text = HEAD.sub(lambda found: found[1] + rows, text)
        README.write_text(text, encoding="utf-8")
    (table,) = HEAD.finditer(text)
    assert table[2] == rows


def test_every_data_file_is_described() -> None:
    text = README.read_text(encoding="utf-8")
    assert [file.name for file in README.parent.glob("*.toml") if f"| `{file.name}` |" not in text] == []
