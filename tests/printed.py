"""A command for each output that has fields, by the name of its JSON Schema ("" has none)."""

import re
from collections.abc import Sequence

from rich.cells import cell_len

from tests.conftest import ROOT

ODD = ["--data", str(ROOT / "tests" / "data" / "odd"), "--quiet"]
PRINTED = [
    ("sessions", ["list", "event:odd26", *ODD]),
    ("hits", ["search", "レイテンシ", "-n", "8"]),
    ("related", ["related", "opml19-katib"]),
    ("session", ["show", "odd-escapes", *ODD]),
    ("event", ["show", "opml20"]),
    ("address", ["open", "opml19-katib", "-o", "table"]),
    ("explanation", ["explain", "opml19-katib"]),
    ("classified", ["classify", str(ROOT / "tests" / "data" / "titles.txt"), "-o", "table"]),
    ("decision", ["reject", "opml19-katib", "automl", "--json"]),
    ("decisions", ["decisions"]),
    ("gaps", ["gaps", "event:mlsys25"]),
    ("themes", ["themes"]),
    ("theme", ["themes", "aiops"]),
    ("coverage", ["themes", "--coverage"]),
    ("facet", ["companies", "-n", "9"]),
    ("facet", ["keywords", "event:opml19"]),
    ("facet", ["speakers", "event:odd26", *ODD]),
    ("events", ["events"]),
    ("", ["crosstab", "lang", "kind", "-o", "csv"]),
    ("", ["crosstab", "company", "year", "event:odd26", "--by", "year", "-o", "csv", *ODD]),
    ("", ["crosstab", "theme", "kind", "event:opml19", "--list", "-o", "table"]),
    ("crosstab", ["crosstab", "theme", "kind", "--percent", "row", "-o", "jsonl"]),
    ("committee", ["committee", "opml20"]),
    ("committee", ["committee"]),
    ("members", ["committee", "--people"]),
    ("trend", ["trend", "theme"]),
    ("compare", ["compare", "opml19", "opml20"]),
    ("facts", ["survey", "event:opml19", "-o", "csv"]),
    ("change", ["tag", "opml19-katib", "mine", "--json"]),
    ("changes", ["log"]),
    ("taken", ["import", str(ROOT / "tests" / "data" / "talks.csv"), "--dry-run"]),
    ("problems", ["validate", "broken.toml"]),
    ("checkup", ["doctor", "--all"]),
    ("paths", ["paths"]),
    ("settings", ["config"]),
]


def too_wide(lines: Sequence[str], columns: int) -> list[str]:
    """Return the lines that are wider than a terminal, without those of one word, such as an id, which is copied whole."""
    return [
        line for line in lines if cell_len(line) > columns and not re.fullmatch(r"\s*(\w+:? +)?\S+", line)
    ]
