"""Numbers say what they count: units, incomplete events, decisions, and the user's own sessions."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

TREND_TEST = (
    "Cochran-Armitage: exact conditional test if at most 50 sessions have the value or lack it, "
    "else normal approximation"
)

pytestmark = pytest.mark.excerpt
TOY = ["--data", str(ROOT / "tests" / "data" / "surveys")]

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


def test_a_bare_number_comes_with_the_events_that_are_incomplete(mltalks: Run, tmp_path: Path) -> None:
    data = labs(tmp_path, "Nordlys Lab", "Nordlys Cloud")
    unknown = (
        "whether all sessions of Fjord 2025 are in the data; if they are: mltalks event complete fjord25"
    )
    counted = (
        ("list", "event:fjord25"),
        ("by-event", "fjord25"),
        ("by-company", "Nordlys Systems"),
        ("companies", "event:fjord25"),
        ("themes", "event:fjord25"),
        ("speakers", "year:2025"),
    )
    for command in counted:
        result = mltalks(*command, *data, "--count")
        assert result.out.strip().isdigit()
        assert unknown in result.err, command
        assert mltalks(*command, *data, "--count", "-q").err == ""
    file = tmp_path / "fjord.toml"
    file.write_text(file.read_text().replace("year = 2025", 'year = 2025\ncoverage = "complete"'))
    assert mltalks("list", "event:fjord25", *data, "--count").err == ""


def test_of_several_events_the_notice_has_their_number_and_a_journal_has_none(
    mltalks: Run, tmp_path: Path
) -> None:
    mltalks("add", "Caching at sea", "--event", "Harbour Days 2033")
    mltalks("add", "Caching on land", "--event", "Meadow Days 2033")
    unknown = "it is not known of 2 events whether all of their sessions are in the data"
    assert unknown in mltalks("list", "year:2033", "--count").err
    file = tmp_path / "articles.bib"
    file.write_text(
        "@article{tidal2034, title={Tidal caches}, author={Berg, Siv}, journal={Journal of Tides}, year={2034}}"
    )
    assert mltalks("import", str(file)).code == 0
    result = mltalks("list", "year:2034", "--count")
    assert (result.out, result.err) == ("1\n", "")


def sources(mltalks: Run) -> dict[str, int]:
    """Return how many sessions of an own event have themes from each source, and check that all commands agree."""
    query = "event:lagoon-days-2035"
    found = json.loads(mltalks("themes", "--coverage", query, "--json").out)
    counted = {one["filing"]: one["sessions"] for one in found}
    survey = json.loads(mltalks("survey", query, "--json", "-q").out)
    shown = json.loads(mltalks("list", query, "--json", "-q").out)
    assert survey["themes_inferred"] == sum(one["inferred"] for one in shown) == counted.get("inferred", 0)
    crossed = json.loads(mltalks("crosstab", "filing", "event", query, "--json", "-q").out)
    assert {one["row"]: one["sessions"] for one in crossed["cells"]} == counted
    return counted


def test_a_talk_is_inferred_as_long_as_one_of_its_themes_is(mltalks: Run) -> None:
    title = "LLM inference serving with quantization and a feature store"
    mltalks("add", title, "--event", "Lagoon Days 2035")
    (talk,) = mltalks("list", "event:lagoon-days-2035", "-o", "ids").out.split()
    themes = json.loads(mltalks("show", talk, "--json").out)["themes_inferred"]
    assert len(themes) > 1
    assert sources(mltalks) == {"inferred": 1}
    mltalks("reject", talk, themes[0])
    assert sources(mltalks) == {"inferred": 1}
    for theme in themes[1:]:
        mltalks("accept", talk, theme)
    assert sources(mltalks) == {"decided": 1}
    for theme in themes[1:]:
        mltalks("reject", talk, theme)
    assert sources(mltalks) == {"none": 1}


def test_a_change_of_one_value_alone_is_not_called_adjusted(mltalks: Run) -> None:
    alone = mltalks("trend", "company:Newcomer", "series:Toy", *TOY)
    assert "not adjusted for choosing it among many; 'mltalks trend company' adjusts for that" in alone.err
    found = json.loads(mltalks("trend", "company:Newcomer", "series:Toy", *TOY, "--json", "-q").out)
    assert found["test"] == TREND_TEST
    assert found["values"][0]["change"] in ("new", "rising")
    assert found["values"][0]["q"] == found["values"][0]["p"]
    query = mltalks("trend", "company:Newcomer kind:talk", "series:Toy", *TOY)
    assert "one query is tested alone: its q is its p, not adjusted for trying several queries" in query.err
    usual = mltalks("trend", "company:Usual", "series:Toy", *TOY)  # no change, so nothing to be misread
    assert "not adjusted" not in usual.err
    several = mltalks("trend", "company", "series:Toy", *TOY)
    assert "not adjusted" not in several.err
    several = mltalks("trend", "company", "series:Toy", *TOY, "--json", "-q")
    assert json.loads(several.out)["test"] == f"{TREND_TEST}; Benjamini-Hochberg"


def test_a_difference_of_incomplete_events_is_not_sure(mltalks: Run, tmp_path: Path) -> None:
    sure = mltalks("compare", "toy21", "toy24", *TOY)
    assert "missing sessions" not in sure.err
    file = tmp_path / "fragment.toml"
    file.write_text('[[events]]\nid = "toy24"\ncoverage = "fragment"\n')
    unsure = mltalks("compare", "toy21", "toy24", *TOY, "--data", str(file))
    assert unsure.out == sure.out
    assert "may come from missing sessions alone: 0 of " in unsure.err
    assert "of B are of events that are neither complete nor nearly complete" in unsure.err
    none = mltalks("compare", "toy24", "year:2024 series:Toy", *TOY, "--data", str(file))  # no difference
    assert "missing sessions" not in none.err


def test_a_survey_names_what_is_not_from_the_shipped_data(mltalks: Run, tmp_path: Path) -> None:
    def own(*query: str) -> str:
        text = mltalks("survey", *query, "-o", "md", "-q").out
        found = re.search(r"does not count the shipped data alone\. (.*)\*", text)
        return found[1] if found else ""

    assert own("event:opml19") == ""
    mltalks("tag", "opml19-katib", "later")  # counts nothing otherwise
    assert own("event:opml19") == ""
    mltalks("add", "Caching in orchards", "--event", "opml19", "--organization", "Nordlys Systems")
    mltalks("edit", "opml19-katib", "--minutes", "20")
    mltalks("accept", "opml19-katib", "compilers")
    expected = "Sessions added: 1; sessions with changed facts: 1; sessions whose themes were accepted or rejected: 1; "
    assert own("event:opml19") == expected + "organizations added or changed: 0; events added or changed: 0."
    assert own("event:opml20") == ""
    page = tmp_path / "survey.html"
    mltalks("survey", "event:opml19", "--html", str(page))
    assert expected in page.read_text(encoding="utf-8")
    mltalks("alias", "Nordlys Systems", "Nordlys", "--new")
    assert "organizations added or changed: 1; " in own("event:opml19")
    mltalks("event", "edit", "opml19", "--place", "Mars")
    assert own("event:opml19").endswith("events added or changed: 1.")


def test_one_session_is_no_largest_track(mltalks: Run) -> None:
    for title, track in (("Caching nets", "Nets"), ("Caching boats", "Boats")):
        mltalks("add", title, "--event", "Quay Days 2036", "--track", track)
    survey = ("survey", "event:quay-days-2036")
    text = mltalks(*survey, "-o", "md", "-q").out
    assert "largest track" not in text
    assert "| Boats | 1 |" in text
    assert json.loads(mltalks(*survey, "--json", "-q").out)["tracks"][0]["largest"] == []
    mltalks("add", "Sewing nets", "--event", "quay-days-2036", "--track", "Nets")
    assert "The largest track of Quay Days 2036: Nets (2 sessions)." in mltalks(*survey, "-o", "md", "-q").out


def test_doctor_says_that_it_counts_own_sessions_alone(mltalks: Run) -> None:
    mltalks("add", "Caching in orchards", "--event", "opml19")
    mltalks("add", "Caching in gardens", "--event", "Grove Days 2036")
    found = mltalks("doctor", "-n", "0").out
    assert "opml19 (1 session of yours): no speaker 1, no organization 1, " in found
    assert "grove-days-2036 (1 session): no speaker 1, no organization 1, " in found
    assert "sessions of opml19 are not all known" not in found  # nothing that the user could do


def test_talks_without_a_theme_a_page_or_a_doi_are_found_and_counted(mltalks: Run) -> None:
    mltalks(
        "add", "Quantization of LLM inference", "--event", "Delta Days 2037", "--url", "https://example.org/q"
    )
    mltalks("add", "Opening words", "--event", "Delta Days 2037", "--doi", "10.5555/delta.1")
    query = "event:delta-days-2037"
    with_theme = mltalks("list", query, "has:theme", "-o", "ids").out
    assert with_theme == mltalks("list", query, "has:テーマ", "-o", "ids").out
    assert "quantization" in with_theme
    assert "opening" in mltalks("list", query, "NOT has:theme", "-o", "ids").out
    assert mltalks("list", query, "has:url", "--count").out == "1\n"
    survey = json.loads(mltalks("survey", query, "--json", "-q").out)
    missing = {one["fact"]: one["sessions"] for one in survey["missing"]}
    assert (missing["themes"], missing["url"], missing["doi"]) == (1, 1, 1)
    mltalks("reject", with_theme.strip(), "quantization")
    left = json.loads(mltalks("show", with_theme.strip(), "--json").out)["themes"]
    assert (mltalks("list", query, "has:theme", "--count").out == "1\n") == bool(left)


def test_an_import_says_how_many_new_talks_have_no_theme(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "talks.csv"
    rows = ["title,event,year", "Sewing nets,Heron,2031", "LLM inference,Heron,2031", "Boats,Heron,2031"]
    file.write_text("\n".join(rows[:2]))
    alone = "heron-2031-sewing-nets: no theme fits; why: mltalks explain heron-2031-sewing-nets; to add one: mltalks accept heron-2031-sewing-nets THEME"
    assert "no theme fits" not in mltalks("import", str(file), "--dry-run").err
    assert mltalks("import", str(file)).err.splitlines()[-1] == f"mltalks: {alone}"
    file.write_text("\n".join(rows))
    assert mltalks("import", str(file)).err.splitlines()[-1] == (
        "mltalks: no theme fits 1 of 2 new sessions, such as heron-2031-boats; why: mltalks explain heron-2031-boats; "
        "to list them: mltalks list NOT has:theme"
    )
    assert "no theme fits" not in mltalks("import", str(file)).err  # nothing is new


def test_counts_by_theme_say_how_many_have_none_if_many_have(mltalks: Run) -> None:
    for title in ("Sewing nets", "LLM inference", "Boats"):
        mltalks("add", title, "--event", "Heron 2031")
    notice = "sessions without a theme, which no count of a theme has: 2 of 3; NOT has:theme in the query finds them"
    for command in (
        ("crosstab", "theme", "year"),
        ("crosstab", "kind", "theme/broad"),
        ("trend", "theme"),
        ("trend", "llm-inference"),
        ("compare", "heron-2031", "llm"),
    ):
        assert mltalks(*command, "event:heron-2031").err.count(notice) == 1, command
        assert "without a theme" not in mltalks(*command).err or command[0] == "compare"
    assert "without a theme" not in mltalks("crosstab", "kind", "year", "event:heron-2031").err
    assert "without a theme" not in mltalks("compare", "opml19", "opml20").err


@pytest.mark.excerpt
def test_an_organization_in_the_place_of_a_speaker_is_no_speaker_anywhere(
    mltalks: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_text(
        '[[events]]\nid = "fernday31"\nname = "Fern Day 2031"\nseries = "Fern Day"\nyear = 2031\n'
        '[[sessions]]\nid = "moss"\nevent = "fernday31"\ntitle = "On moss"\nkind = "talk"\n'
        'speakers = [{name = "Mossworks", organization = "Mossworks"}]\n'
    )
    own = ("--data", str(tmp_path / "a.toml"))
    assert mltalks("list", "event:fernday31", "has:speaker", *own, "-o", "ids").out == ""
    assert mltalks("list", "event:fernday31", "NOT", "has:speaker", *own, "-o", "ids").out == "moss\n"
    assert "fernday31 (1 session): no speaker 1" in mltalks("doctor", "event:fernday31", *own).out
