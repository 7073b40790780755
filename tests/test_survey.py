"""The survey: the statements of the memo, from the data, in every format, with cautions for unknown numbers."""

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings, strategies as st

from benchmarks.page import embedded
from mltalks.analysis.survey import CHANGES, FACTS
from mltalks.render.html.page import packed
from mltalks.render.json_schemas import schema
from tests.conftest import ROOT, Result, Run, shipped_library
from tests.test_hand import in_terminal, seen
from tests.test_memo import MEMO

GOLDEN = ROOT / "tests" / "golden"
LONG = "架空企業とても長い名前の機械学習運用研究所" * 10  # 210 characters
HOSTILE = "</script><script>alert(1)</script> {{ 7*7 }} {% raw %} <b>|`"
OWN = f"""
[[events]]
id = "own26"
name = "Own 26"
series = "Own"
year = 2026

[[sessions]]
id = "own26-hostile"
event = "own26"
title = "{HOSTILE}"
kind = "talk"
organizations = ["{LONG}"]
keywords = ["{{{{ 7*7 }}}}", "=1+1"]

[[sessions]]
id = "own26-plain"
event = "own26"
title = "Serving"
kind = "talk"
"""


def surveyed(mltalks: Run, *query: str) -> Any:
    result = mltalks("survey", *query, "--json", "-q")
    assert result.code == 0, result.err
    found = json.loads(result.out)
    jsonschema.validate(found, schema("survey"))
    return found


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def ids_under(found: Any, theme: str) -> set[str]:
    """Return the sessions under a theme and its narrower ones."""
    below = {theme}
    for part in found["themes"]:
        if part["broader"] in below:
            below.add(part["id"])
    return {one for part in found["themes"] if part["id"] in below for one in part["ids"]}


MEMO_THEMES = {
    "edge-cloud": {"opml19-accelerators", "opml19-knowledgenet", "opml19-dlis"},
    "serving-latency": {"opml19-deepcpu", "opml19-dlis"},
    "pipelines": {"opml19-tfx-continuous-training"},
    "aiops": {"opml19-aiops-azure", "opml19-signal-fabric"},
    "debuggability": {"opml19-relevance-debugging"},
}


def test_the_five_themes_of_the_memo_come_with_their_talks(mltalks: Run) -> None:
    found = surveyed(mltalks, "event:opml19")
    for theme, ids in MEMO_THEMES.items():
        assert ids <= ids_under(found, theme), theme


def test_every_talk_of_the_memo_is_listed_under_a_theme(mltalks: Run) -> None:
    markdown = mltalks("survey", "event:opml19,sysml19", "-o", "md", "-q").out.casefold()
    themes = markdown.partition("## themes and their talks")[2].partition("\n## ")[0]
    for title in MEMO:
        assert title.casefold() in themes, title
    assert len(MEMO) == 19


def test_the_giants_of_the_memo_and_what_they_talk_about(mltalks: Run) -> None:
    giants = {
        voice["companies"][0]["value"]: set(voice["ids"])
        for voice in surveyed(mltalks, "event:opml19")["giants"]["companies"]
    }
    assert list(giants)[:3] == ["Microsoft", "LinkedIn", "Google"]
    assert giants["Google"] >= {"opml19-accelerators", "opml19-tfx-continuous-training"}
    assert giants["LinkedIn"] >= {"opml19-quasar", "opml19-relevance-debugging"}
    assert giants["Microsoft"] == {
        "opml19-deepcpu", "opml19-aiops-azure", "opml19-vector-search", "opml19-signal-fabric", "opml19-dlis",
    }  # fmt: skip


def test_small_firms_work_towards_a_service(mltalks: Run) -> None:
    others = surveyed(mltalks, "event:opml19")["others"]
    assert "ml-as-a-service" in {theme["value"] for theme in others["themes"]}


def test_a_caution_replaces_a_number_that_the_data_do_not_support(mltalks: Run) -> None:
    found = surveyed(mltalks, "event:mlsys23")
    assert found["committee"]["organizations"] == []
    assert found["committee"]["not_counted"][0]["event"] == "mlsys23"
    (tracks,) = surveyed(mltalks, "event:opml19", "company:intuit")["tracks"]  # not whole: no tally
    assert (tracks["counted_from"], tracks["largest"]) == ("sessions", None)
    text = mltalks("survey", "event:opml19", "-o", "md", "-q").out
    assert "The catalogue has no edition before" in text


def test_the_largest_track_is_named_if_tracks_are_known(mltalks: Run) -> None:
    (tracks,) = surveyed(mltalks, "event:mlsys20")["tracks"]
    assert tracks["largest"] == ["Efficient Inference and Model Serving"]
    assert tracks["values"][0]["sessions"] == 8


def test_a_complete_committee_is_counted_as_the_command_counts_it(mltalks: Run) -> None:
    counted = surveyed(mltalks, "event:opml20")["committee"]["organizations"]
    expected = json.loads(mltalks("committee", "opml20", "--json", "-q").out)["organizations"]
    assert [(one["organization"], one["seats"]) for one in counted] == [
        (one["organization"], one["seats"]) for one in expected
    ]


@pytest.mark.parametrize("query", ["", "event:opml19", "company:google", "theme:pipelines year:2020.."])
def test_its_counts_are_those_of_the_facet_commands(mltalks: Run, query: str) -> None:
    found = surveyed(mltalks, *query.split())
    for part, command in (("companies", "companies"), ("keywords", "keywords")):
        expected = json.loads(mltalks(command, *query.split(), "--json", "-q").out)["values"]
        assert [(one["value"], one["sessions"]) for one in found[part]] == [
            (one["value"], one["sessions"]) for one in expected
        ]
    themes = json.loads(mltalks("themes", f"({query})" if query else "", "--json", "-q").out)["themes"]
    assert {one["id"]: one["sessions"] for one in found["themes"]} == {
        one["id"]: one["sessions"] for one in themes if one["sessions"]
    }
    for one in found["crossing"]:
        part = next(part for part in found["themes"] if part["id"] == one["theme"])
        assert 0 < one["sessions"] <= part["sessions"]
    assert [one["fact"] for one in found["missing"]] == list(FACTS)


def test_a_theme_holds_the_talks_it_counts() -> None:
    survey = shipped_library().survey("series:MLSys year:2024")
    below: dict[str | None, set[str]] = {}
    for part in reversed(survey.themes):
        held = below.setdefault(part.theme.id, set()) | set(part.ids)
        assert len(held) == part.sessions
        below.setdefault(part.theme.broader, set()).update(held)


def test_a_change_between_editions_is_reported_only_if_significant() -> None:
    survey = shipped_library().survey("")
    for edition in survey.editions:
        for change in edition.changes:
            assert change.change in CHANGES
            if change.change != "few":
                assert max(change.now, change.before) >= 3
    parted = shipped_library().survey("company:google")
    assert not any(edition.changes for edition in parted.editions if not edition.whole)


def test_every_format_has_the_same_numbers(mltalks: Run) -> None:
    found = surveyed(mltalks, "event:opml20")
    rows = list(csv.DictReader(io.StringIO(mltalks("survey", "event:opml20", "-o", "csv", "-q").out)))
    assert {row["value"]: row["sessions"] for row in rows if row["part"] == "themes"} == {
        one["id"]: str(one["sessions"]) for one in found["themes"]
    }
    lines = [
        json.loads(line) for line in mltalks("survey", "event:opml20", "-o", "jsonl", "-q").out.splitlines()
    ]
    jsonschema.validate(lines, schema("facts"))
    assert ["" if line["sessions"] is None else str(line["sessions"]) for line in lines] == [
        row["sessions"] for row in rows
    ]
    plain = mltalks("survey", "event:opml20", "-q").out.splitlines()
    assert [line.split("\t")[4] for line in plain] == [row["sessions"] for row in rows]
    markdown = mltalks("survey", "event:opml20", "-o", "md", "-q").out
    table = mltalks("survey", "event:opml20", "-o", "table", "-n", "0", "-q").out
    for company in found["companies"]:
        assert f"| {company['value']} | {company['sessions']} |" in markdown
        assert re.search(rf"{re.escape(company['value'])} +{company['sessions']} ", table)
    for theme in found["themes"]:
        assert f"**{theme['label_en']}** ({theme['sessions']})" in markdown
        assert f"{theme['label_en']}  {theme['sessions']}" in table


def test_its_ids_are_those_of_its_sessions(mltalks: Run) -> None:
    assert (
        mltalks("survey", "event:opml20", "-o", "ids").out == mltalks("list", "event:opml20", "-o", "ids").out
    )


def test_fields_pick_columns_and_an_unknown_one_is_an_error(mltalks: Run) -> None:
    picked = mltalks("survey", "event:opml20", "--fields", "value,sessions", "-q").out.splitlines()
    assert "Google\t2" in picked
    wrong = mltalks("survey", "event:opml20", "--fields", "nothing")
    assert wrong.code == 2
    assert "part, under, value, label, sessions" in wrong.err
    assert mltalks("survey", "event:opml20", "-o", "bibtex").code == 2


@settings(deadline=None)
@given(
    st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_embedded_data_never_ends_its_element_and_is_read_as_it_was(value: object) -> None:
    text = packed(value)
    assert not set(text) & set("<>&")
    assert embedded(f'<script id="data">{text}</script>') == value


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("form", ["table", "plain", "json", "csv", "tsv", "md"])
def test_a_small_survey_prints_as_the_golden_file(mltalks: Run, form: str, lang: str) -> None:
    toy = ["event:toy21,toy22,toy24", "-q", "--data", str(ROOT / "tests" / "data" / "surveys")]
    first = ["-n", "10"] if form == "table" else []  # as on a terminal
    result = mltalks("survey", *toy, "-o", form, "--lang", lang, *first, env={"COLUMNS": "100"})
    assert (result.code, result.err) == (0, "")
    whole = json.loads(mltalks("survey", *toy, "--json").out)["catalogue_sessions"]
    printed = re.sub(rf"\b{whole}\b|{whole}件", "(all)", result.out)  # the shipped data may grow
    printed = re.sub(r"mltalks \S+ ?[(（](?:data|データ) [0-9a-f]{12}[)）]", "mltalks (version)", printed)
    golden = GOLDEN / f"survey-{lang}.{form}"
    if os.environ.get("MLTALKS_WRITE_GOLDEN"):
        golden.write_bytes(printed.encode())
    assert printed == golden.read_bytes().decode()


def test_all_of_it_in_japanese(mltalks: Run) -> None:
    text = mltalks("survey", "event:opml20", "-o", "md", "--lang", "ja", "-q").out
    assert text.startswith("# サーベイ: USENIX OpML '20\n")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert len(headings) == 12
    assert all(re.search("[ぁ-ヿ一-鿿]", one) for one in headings)
    for line in re.findall(r"^\|(.*)\|\n\| ---", text, re.MULTILINE):
        assert re.search("[ぁ-ヿ一-鿿]", line), line


def test_a_terminal_shows_ten_of_each_list_with_a_notice_and_a_pipe_all(mltalks: Run, tmp_path: Path) -> None:
    short = mltalks("survey", "event:opml19", "-o", "table").out
    keywords = surveyed(mltalks, "event:opml19")["keywords"]
    more = f"… {len(keywords) - 10} more"
    assert more not in short
    assert more in mltalks("survey", "event:opml19", "-o", "table", "-n", "10").out
    assert more in seen(in_terminal(tmp_path, "survey", "event:opml19", "--no-pager", env={}))
    assert (
        "more"
        not in mltalks("survey", "event:opml20", "-o", "table", "-n", "0").out.partition("━━ Keywords")[0]
    )
    assert "█" in short
    assert "█" not in mltalks("survey", "event:opml19").out


def test_an_empty_result_has_a_message(mltalks: Run) -> None:
    for form in ("table", "md", "json", "plain", "csv", "jsonl", "ids"):
        result = mltalks("survey", "company:google", "year:1999", "-o", form)
        assert result.code == 0
        assert "nothing found" in result.err
        assert "Traceback" not in result.err
    assert mltalks("survey", "year:1999", "--exit-status").code == 1
    assert surveyed(mltalks, "year:1999")["sessions"] == 0


def test_a_survey_of_nothing_writes_no_page(mltalks: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = mltalks("survey", "theme:llm-inference", "year:1990", "--html", str(page))
    assert (result.code, page.exists()) == (0, False)
    assert result.err == f"mltalks: nothing found; {page} was not written\n"
    assert mltalks("survey", "year:1990", "--html", str(page), "--exit-status").code == 1


def test_one_session(mltalks: Run) -> None:
    found = surveyed(mltalks, "id:opml19-katib")
    assert (found["sessions"], found["changes"][0]["whole"]) == (1, False)
    text = mltalks("survey", "id:opml19-katib", "-o", "md", "-q").out
    assert "1 session of 1 event" in text
    assert "Only complete editions are compared" in text or "no edition before" in text


def odd(mltalks: Run, own: Path, *arguments: str) -> Result:
    result = mltalks("survey", "event:own26", "--data", str(own), "-q", *arguments)
    assert (result.code, result.err) == (0, "")
    return result


@pytest.mark.excerpt
def test_odd_names_do_no_harm(mltalks: Run, own: Path) -> None:
    found = json.loads(odd(mltalks, own, "--json").out)
    assert found["companies"][0] == {"value": LONG, "sessions": 1, "kind": None, "parent": None}
    markdown = odd(mltalks, own, "-o", "md").out
    assert "<script>" not in markdown
    assert "<b>" not in markdown
    for width in ("40", "60", "80", "160"):
        table = mltalks(
            "survey", "event:own26", "--data", str(own), "-q", "-o", "table", env={"COLUMNS": width}
        ).out
        assert "".join(table.split()).count(LONG[:3]) >= 1
        assert HOSTILE[:9] in table
    rows = list(csv.reader(io.StringIO(odd(mltalks, own, "-o", "csv").out)))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.excerpt
def test_a_facet_without_values_is_reported_as_unknown(mltalks: Run, own: Path) -> None:
    result = mltalks("survey", "id:own26-plain", "--data", str(own), "-q", "-o", "md")
    assert "No organization is known for 1 of 1 session" in result.out
    assert "No keyword is known for 1 of 1 session" in result.out
    assert "None of these companies has a session in this survey" in result.out
    assert "The committees of these events are not known: Own 26." in result.out


@pytest.mark.excerpt
def test_a_page_goes_to_standard_output_for_a_dash(
    mltalks: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = mltalks("survey", "event:opml19", "--html", "-")
    assert mltalks("survey", "event:opml19", "--html", "page.html").code == 0
    assert result.out == (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "written to" not in result.err
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".html" or one.name == "-"] == [
        "page.html"
    ]
