"""What people meet who use mltalks every day: trends of years that are partly known, comparisons, forms of a query, saved lists."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

TITLES = ("Serving a model", "Serving many models")


def a_venue_of_2017(mltalks: Run, folder: Path) -> None:
    """Import two papers on serving of a venue of which no more is known."""
    file = folder / "papers.csv"
    rows = "".join(f"{title},Serving Workshop 2017,2017\n" for title in TITLES)
    file.write_text(f"title,event,year\n{rows}")
    assert mltalks("import", str(file)).code == 0


def test_a_sparkline_is_scaled_by_the_years_that_are_tested(mltalks: Run, tmp_path: Path) -> None:
    def drawn() -> str:
        row = mltalks("trend", "serving-latency", "-o", "table", env={"COLUMNS": "200"}).out.splitlines()[2]
        return next(word for word in row.split() if set(word) <= set("_▁▂▃▄▅▆▇█·"))

    before = drawn()
    assert before[0] == before[4] == before[5] == "·"  # of 2018, 2022 and 2023 only some sessions are known
    assert before[-1] == "█"
    a_venue_of_2017(mltalks, tmp_path)
    assert drawn() == f"·{before}"
    asked = mltalks("trend", "serving-latency", "--json")
    year = json.loads(asked.out)["values"][0]["years"][0]
    assert (year["year"], year["sessions"], year["share"], year["tested_share"]) == (2017, 2, 1.0, None)
    told = " ".join(mltalks("trend", "--help").out.split())
    assert "the share of another year is that among all of its known sessions" in told


@pytest.mark.parametrize("years", ["2024-2026", "2024..2026", "2024–2026", "2024.."])
def test_a_range_of_years_is_a_field_of_a_trend(mltalks: Run, years: str) -> None:
    out = mltalks("trend", "serving-latency", "-o", "csv", "--fields", f"value,{years}").out
    assert out.splitlines()[0] == "value,2024,2025,2026"
    unknown = mltalks("trend", "serving-latency", "--fields", "1990-1991")
    assert (unknown.code, "unknown field 1990-1991" in unknown.err) == (2, True)


def test_a_survey_compares_only_whole_editions_of_its_query(mltalks: Run) -> None:
    printed = json.loads(mltalks("survey", "series:MLSys", "year:2024..", "--json").out)
    compared = {one["event"]: one["compared"] for one in printed["changes"]}
    assert compared == {"mlsys24": False, "mlsys25": True, "mlsys26": True}
    assert [one["event"] for one in printed["changes"] if one["values"]] == ["mlsys25", "mlsys26"]
    said = " ".join(mltalks("survey", "series:MLSys", "year:2024..", "-o", "md").out.split())
    assert (
        "Not shown for MLSys 2024: the query does not find all sessions of the edition before." in said
    )
    assert "MLSys 2023" not in said.partition("## Changes since the previous edition")[2]
    partial = " ".join(mltalks("survey", "series:MLSys", "year:2023..", "-o", "md").out.split())
    assert (
        "Not shown for MLSys 2023: the query does not find all sessions of the edition before." in partial
    )
    assert "MLSys 2024: not all sessions of the edition, or of the one before, are known." in partial
