"""What people meet who use mltalks every day: trends of years that are partly known, comparisons, forms of a query, saved lists."""

import csv
import io
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
    assert "The share of another year is that among all of its known sessions" in told


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{a2022, title={Training systems at scale}, author={Smith, Ann}, year={2022}, eprint={2209.09125}, archivePrefix={arXiv}}",
        "@inproceedings{a2022, title={Training systems at scale}, author={Smith, Ann}, year={2022}, booktitle={Meetup on Training}}",
    ],
)
def test_a_few_works_of_a_year_are_not_the_year(mltalks: Run, tmp_path: Path, entry: str) -> None:
    def tested() -> list[int]:
        return [
            one["year"]
            for one in json.loads(mltalks("trend", "theme", "--json").out)["years"]
            if one["judged"]
        ]

    before = tested()
    assert (2022 in before, 2021 in before) == (False, True)
    (tmp_path / "own.bib").write_text(entry)
    assert mltalks("import", str(tmp_path / "own.bib")).code == 0
    (event,) = [line.split("\t")[0] for line in mltalks("events", "origin:own").out.splitlines()]
    collection = event == "arxiv-2022"
    assert (f"event complete {event}" in mltalks("doctor").out) != collection
    completed = mltalks("event", "complete", event)
    assert (completed.code, "nobody has all of them" in completed.err) == (
        (2, True) if collection else (0, False)
    )
    assert tested() == before


def test_a_share_of_which_no_session_is_tested_is_empty(mltalks: Run) -> None:
    (row,) = csv.DictReader(io.StringIO(mltalks("trend", "lifecycle", "-o", "csv").out))
    assert [row[year] for year in ("2019", "2020", "2021", "2024")] == ["", "", "0.0", "0.024"]
    (row,) = csv.DictReader(io.StringIO(mltalks("trend", "lifecycle", "--absolute", "-o", "csv").out))
    assert [row[year] for year in ("2019", "2020", "2021", "2024")] == ["4", "4", "0", "1"]
    drawn = mltalks("trend", "lifecycle", "-o", "table", env={"COLUMNS": "200"}).out.splitlines()[2]
    assert "···_··█_▂" in drawn


def test_the_help_of_trend_defines_every_change(mltalks: Run) -> None:
    printed = mltalks("help", "trend").out
    for change in ("new", "rising", "fading", "gone", "steady", "not shown", "few", "unjudged"):
        assert f'"{change}"' in " ".join(printed.split())


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
    assert "Not shown for MLSys 2024: the query does not find all sessions of the edition before." in said
    assert "MLSys 2023" not in said.partition("## Changes since the previous edition")[2]
    partial = " ".join(mltalks("survey", "series:MLSys", "year:2023..", "-o", "md").out.split())
    assert "Not shown for MLSys 2023: the query does not find all sessions of the edition before." in partial
    assert "MLSys 2024: not all sessions of the edition, or of the one before, are known." in partial


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("year>=2024", "year:2024.."),
        ("year=>2024", "year:2024.."),
        ("year>2023", "year:2024.."),
        ("year:>2023", "year:2024.."),
        ("Year >= 2024", "year:2024.."),
        ("year<=2019", "year:..2019"),
        ("year<2020", "year:..2019"),
        ("年≧2024", "year:2024.."),
        ("year==2024", "year:2024"),
        ("since>=2024", "since:2024"),
        ("date>=2024", "year:2024.."),
        ("日付≦2019年", "year:..2019"),
        ("開催日:2024", "year:2024"),
        ("company=google", "company:google"),
        ("company==google", "company:google"),
        ("Company = google", "company:google"),
        ("authors=zaharia", "speaker:zaharia"),
        ("topic=pipelines", "theme:pipelines"),
        ("kind==paper", "kind:paper"),
        ("title=serving", "title:serving"),
        ("-year>=2024", "NOT year:2024.."),
    ],
)
def test_a_comparison_is_read_as_a_filter(mltalks: Run, typed: str, read: str) -> None:
    for command in ("search", "list"):
        found = mltalks(command, f"model {typed}", "-o", "ids")
        assert found.out == mltalks(command, f"model {read}", "-o", "ids").out != ""
    assert "no talk says" not in found.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("company>google", "only years can be compared; write company:google"),
        ("title>=serving", "only years can be compared; put it in quotes"),
        ("company!=google", "to leave these out, write NOT company:google"),
        ("year<>2024", "to leave these out, write NOT year:2024"),
        ("year>=soon", "compare with one year, as in year>=2019"),
        ("theme<2024", "only years can be compared; write theme:2024"),
        ("date>2024-05-30", "a query knows years, not months or days; write year>=2024"),
        ("Date<2023/2/1", "Date<2023/2/1: a query knows years, not months or days; write year<=2023"),
        ("開催日≧2024年6月", "a query knows years, not months or days; write year>=2024"),
        ("date!=2024-05-30", "write NOT year:2024"),
        ("year=2024-05", "a query knows years, not months or days; write year:2024"),
    ],
)
def test_a_comparison_that_means_nothing_says_what_to_write(mltalks: Run, typed: str, said: str) -> None:
    refused = mltalks("search", f"serving {typed}")
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err


def test_signs_in_quotes_titles_and_other_words_are_text(mltalks: Run) -> None:
    assert mltalks("add", "Is p>=0.05 enough, if a>=b?", "--event", "Stats Night 2027").code == 0
    for typed in ('"a>=b"', "a>=b", "title:a>=b", 'title:"p>=0.05"', "0.05 a>=b"):
        assert "stats-night-2027" in mltalks("list", typed, "-o", "ids").out, typed
    assert mltalks("list", '"year>=2024"').code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        "list - -o ids",
        "search - -o ids",
        "export - -o bibtex",
        "survey - --json",
        "crosstab theme event -",
        "trend theme -",
        "trend -",
        "compare - opml20",
        "compare opml19 opml20 -",
        "companies -",
        "themes -",
        "themes hyperparameter-search -",
        "by-event opml19 -",
        "doctor -",
        "gaps - --json",
        "list - --count",
    ],
)
def test_a_lone_hyphen_reads_a_saved_list_as_the_query(mltalks: Run, arguments: str) -> None:
    saved = "opml19-katib\nopml20-riann\tUSENIX OpML '20\nopml19-katib\n"
    piped = mltalks(*arguments.split(), stdin=saved)
    words = ["id:opml19-katib,opml20-riann" if one == "-" else one for one in arguments.split()]
    assert piped == mltalks(*words)
    assert piped.out != ""


def test_a_saved_list_may_be_empty_have_a_doi_or_an_unknown_id(mltalks: Run) -> None:
    for arguments in (["list", "-", "--json"], ["search", "-", "--json"], ["export", "-", "-o", "json"]):
        nothing = mltalks(*arguments)
        assert (nothing.code, json.loads(nothing.out)) == (0, [])
    unknown = mltalks("list", "-", stdin="opml19-katib\nopml19-katip\n")
    assert (unknown.code, unknown.out) == (4, mltalks("list", "id:opml19-katib").out)
    assert 'no session "opml19-katip"; did you mean' in unknown.err
    doi = mltalks("list", "-", stdin="doi:10.1145/99999\n")
    assert (doi.code, 'no session has the DOI "10.1145/99999"' in doi.err) == (4, True)
    assert 'no session has the DOI "10.1145/99999"' in mltalks("show", "doi:10.1145/99999").err
    assert mltalks("tag", "--query", "-", "later", stdin="opml19-katib\n").code == 0
    assert mltalks("list", "tag:later", "-o", "ids").out == "opml19-katib\n"
    for arguments in (["compare", "-", "opml19"], ["trend", "-"]):
        nothing = mltalks(*arguments)
        assert (nothing.code, nothing.out, nothing.err) == (0, "", "mltalks: nothing found\n")
    both = mltalks("compare", "-", "-", stdin="opml19-katib\n")
    assert (both.code, "ids for one query only" in both.err) == (2, True)


def test_of_a_saved_list_the_known_ids_are_read_and_all_others_named(mltalks: Run, tmp_path: Path) -> None:
    keys = "opml19-katib\nnosuch-1\nopml20-riann\nnosuch-2\n"
    for arguments in (["list", "-"], ["search", "-"], ["show", "-"], ["open", "-"], ["related", "-"]):
        found = mltalks(*arguments, stdin=keys)
        assert found.code == 4
        assert (
            found.out
            == mltalks(*arguments, stdin=keys.replace("nosuch-1\n", "").replace("nosuch-2\n", "")).out
        )
        assert all(f'"{name}"' in found.err for name in ("nosuch-1", "nosuch-2"))
    file = tmp_path / "cited.bib"
    exported = mltalks("export", "-", "-O", str(file), stdin=keys)
    assert (exported.code, file.read_text().count("\n}\n")) == (4, 2)
    assert exported.err.count("no session") == 2
    refused = mltalks("tag", "-", "survey", stdin=keys)
    assert (refused.code, refused.err.count("no session"), "nothing was changed" in refused.err) == (
        4,
        2,
        True,
    )
    assert mltalks("tags", "--exit-status").code == 1


@pytest.mark.parametrize("query", [["tag:survey", "-"], ["-", "katib"]])
def test_a_hyphen_beside_a_query_is_an_error(mltalks: Run, query: list[str]) -> None:
    for command in ("export", "list", "search", "companies"):
        refused = mltalks(command, *query, stdin="opml19-katib\n")
        assert (refused.code, refused.out) == (2, "")
        assert 'a lone "-" reads ids from standard input; it cannot be combined' in refused.err


def test_talks_with_a_word_in_a_note_can_be_left_out(mltalks: Run) -> None:
    before = mltalks("list", "tuner", "-o", "ids").out
    assert mltalks("note", "mlsys26-beam", "Compare with our tuner.").code == 0
    assert "mlsys26-beam\n" in mltalks("list", "tuner", "-o", "ids").out
    assert mltalks("list", "tuner NOT note:tuner", "-o", "ids").out == before.replace("mlsys26-beam\n", "")
    assert "mlsys26-beam" not in mltalks("list", "NOT has:note", "-o", "ids").out
    told = " ".join(mltalks("help", "query").out.split())
    assert "NOT note:tuner leaves notes out" in told


def plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


@pytest.mark.parametrize(
    ("activity", "thing"),
    [
        ("serving", "server"),
        ("processing", "processor"),
        ("transformation", "transformer"),
        ("operations", "operator"),
        ("acceleration", "accelerator"),
        ("custom", "customer"),
        ("development", "developer"),
        ("universal", "university"),
        ("generation", "general"),
        ("memorization", "memory"),
        ("production", "product"),
        ("objective", "object"),
        ("position", "positive"),
        ("communication", "community"),
    ],
)
def test_a_word_of_the_same_stem_does_not_stand_for_another_thing(
    mltalks: Run, activity: str, thing: str
) -> None:
    title = f"Many {thing} and more {plural(thing)} in one room"
    assert mltalks("add", title, "--event", "Meetup 2030", "--kind", "talk").code == 0
    assert mltalks("list", f"year:2030 {thing}", "--count").out == "1\n"
    assert mltalks("list", f"year:2030 {activity}", "--count").out == "0\n"


@pytest.mark.parametrize(
    ("activity", "thing"),
    [
        ("scheduling", "scheduler"),
        ("compilation", "compiler"),
        ("prediction", "predictor"),
        ("detect", "detector"),
    ],
)
def test_what_does_an_activity_is_found_by_it(mltalks: Run, activity: str, thing: str) -> None:
    assert mltalks("add", f"Many {thing}s in one room", "--event", "Meetup 2030").code == 0
    assert mltalks("list", f"year:2030 {activity}", "--count").out == "1\n"


def test_a_name_is_not_found_in_words_that_only_share_its_stems(mltalks: Run) -> None:
    assert mltalks("add", "Machine learning operators on chips", "--event", "Meetup 2030").code == 0
    assert mltalks("list", "year:2030 MLOps", "--count").out == "0\n"


def test_and_takes_a_name_apart_and_a_list_of_the_name_reports_the_rest(mltalks: Run) -> None:
    apart = set(mltalks("list", "monitoring model", "-o", "ids").out.split())
    named = mltalks("list", "model monitoring", "-o", "ids")
    assert apart > set(named.out.split())
    message = '"model monitoring" is listed as one name; for its words apart, write model AND monitoring'
    assert message in named.err
    for command in ("list", "search"):
        found = mltalks(command, "model AND monitoring", "-o", "ids")
        assert set(found.out.split()) == apart
        assert "one name" not in found.err
    assert "one name" not in mltalks("list", "monitoring model").err


def test_a_ranked_search_requires_the_words_beside_and(mltalks: Run) -> None:
    assert mltalks("search", "serving kubernetes", "-o", "ids").out
    assert mltalks("list", "serving AND kubernetes").out == ""
    found = mltalks("search", "serving AND kubernetes")
    assert found.out == ""
    assert "no talk has all words beside AND; without AND, search also finds" in found.err
    assert "beside AND" not in mltalks("search", "model AND monitoring").err


def test_a_verb_is_found_by_its_noun_and_back(mltalks: Run) -> None:
    for title in ("How caches are evicted", "When machines recover"):
        assert mltalks("add", title, "--event", "Meetup 2030").code == 0
    assert mltalks("search", "year:2030 eviction", "--fields", "title").out == "How caches are evicted\n"
    assert mltalks("search", "year:2030 recovery", "--fields", "title").out == "When machines recover\n"


def test_a_parameter_server_is_not_about_serving_but_a_model_server_is(mltalks: Run) -> None:
    for title in ("A parameter server in Rust", "A model server in Rust"):
        assert mltalks("add", title, "--event", "Meetup 2030").code == 0
    assert mltalks("list", "year:2030 serving", "--fields", "title").out == "A model server in Rust\n"
