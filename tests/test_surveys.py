"""Counts side by side: committees, years, two sets of sessions; pictures on a terminal, numbers elsewhere."""

import csv
import io
import json
import os
from itertools import pairwise
from math import exp
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len

from mltalks.analysis.significance import Trends
from mltalks.render.terminal import blocks
from tests.conftest import ROOT, Run, shipped_library

TOY = ["--data", str(ROOT / "tests" / "data" / "surveys")]
GOLDEN = ROOT / "tests" / "golden"
COMMANDS = {
    "committee": ["committee", "toy21", "toy22"],
    "members": ["committee", "toy21", "toy22", "--people"],
    "trend": ["trend", "company", "series:Toy"],
    "compare": ["compare", "toy21", "toy24"],
}
LONG = "株式会社" + "とても長い名前の研究所" * 18
BLOCKS = set("▏▎▍▌▋▊▉█▐░▒▓▁▂▃▄▅▆▇")


def rows_of(mltalks: Run, *command: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(mltalks(*command, "-o", "csv").out)))


# committees


def test_the_committee_of_opml20_is_counted_whole(mltalks: Run) -> None:
    result = mltalks("committee", "opml20")
    seats = {line.split("\t")[0]: line.split("\t")[1] for line in result.out.splitlines()}
    assert (seats["LinkedIn"], seats["Google"], seats["Intuit"]) == ("4", "4", "3")
    assert result.err.splitlines() == [
        "mltalks: 25 members with 30 roles (seats)",
        "mltalks: all members of the committee of USENIX OpML '20 are known",
    ]
    found = json.loads(mltalks("committee", "opml20", "--json").out)
    assert sum(event["seats"] for event in found["events"]) == found["seats"] == 30
    intuit = next(one for one in found["organizations"] if one["organization"] == "Intuit")
    assert (intuit["seats"], intuit["members"], intuit["share"]) == (3, 2, 0.1)
    assert intuit["roles"] == [
        {"role": "Program Committee", "seats": 2},
        {"role": "Steering Committee", "seats": 1},
    ]


@pytest.mark.excerpt
def test_an_incomplete_committee_of_ones_own_has_a_notice_with_the_missing_part(
    mltalks: Run, tmp_path: Path
) -> None:
    file = tmp_path / "partial.toml"
    file.write_text(
        '[[events]]\nid = "toy21"\ncommittee_coverage = "partial"\ncommittee_note = "names are lacking"\n'
    )
    partial = [*TOY, "--data", str(file)]
    assert "Toy '21 are known: names are lacking" in mltalks("committee", "toy21", *partial).err


def test_a_shipped_committee_has_a_notice_of_how_far_it_is_known(mltalks: Run) -> None:
    assert "the list of members may be incomplete: SysML '18" in mltalks("committee", "sysml18").err
    japanese = mltalks("committee", "opml20", "--lang", "ja").err
    assert "USENIX OpML '20 の委員は全員判明しています" in japanese


def test_an_event_without_members_has_a_committee_that_is_not_known(mltalks: Run) -> None:
    result = mltalks("committee", "toy23", *TOY)
    assert (result.code, result.out) == (0, "")
    assert result.err == "mltalks: the committee of Toy '23 is not known\n"
    assert mltalks("committee", "toy23", "--exit-status", *TOY).code == 1
    assert json.loads(mltalks("committee", "toy23", "--json", *TOY).out)["organizations"] == []


def test_a_member_has_a_seat_a_role_and_counts_once(mltalks: Run) -> None:
    rows = {row["organization"]: row for row in rows_of(mltalks, "committee", "toy21", "toy22", *TOY)}
    rising, formula = rows["Rising Ltd"], rows["'=Formula Inc"]
    assert (rising["seats"], rising["members"], rising["toy21"], rising["toy22"]) == (
        "3",
        "2",
        "3",
        "",
    )  # not all of Toy '22 are known
    assert (formula["seats"], formula["members"], formula["toy21"], formula["toy22"]) == ("2", "2", "1", "1")
    assert rows[""]["seats"] == "1"  # Cy, of no organization
    found = json.loads(mltalks("committee", "toy21", "toy22", "--json", *TOY).out)
    assert (found["seats"], found["members"]) == (6, 4)
    assert {(one["event"], one["seats"], one["members"]) for one in found["events"]} == {
        ("toy21", 5, 4),
        ("toy22", 1, 1),
    }


def test_people_come_with_all_their_roles_and_the_printed_spelling(mltalks: Run) -> None:
    people = json.loads(mltalks("committee", "toy21", "--people", "--json", *TOY).out)
    assert people[:2] == [
        {
            "event": "toy21",
            "name": "Ada Odd",
            "organizations": ["Rising Ltd"],
            "roles": ["Chair", "Program Committee"],
            "printed": ["Rising Ltd"],
        },
        {
            "event": "toy21",
            "name": "Bo Even",
            "organizations": ["Rising Ltd", "=Formula Inc"],
            "roles": ["Program Committee"],
            "printed": ["Rising Ltd; =Formula Inc"],
        },
    ]
    assert people[-1]["name"] == "Cy"
    assert people[-1]["organizations"] == []


def test_without_an_event_all_committees_are_counted(mltalks: Run) -> None:
    found = json.loads(mltalks("committee", "--json").out)
    assert {"opml19", "opml20", "sysml18", "sysml19"} < {event["event"] for event in found["events"]}
    assert all(event["seats"] for event in found["events"])
    assert found["seats"] == sum(event["seats"] for event in found["events"])


@pytest.mark.excerpt
def test_how_far_a_committee_is_known_is_one_of_two_words(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[events]]\nid = "opml19"\ncommittee_coverage = "complet"\n')
    result = mltalks("committee", "--data", str(file))
    assert (result.code, result.out) == (3, "")
    assert (
        'committee_coverage: "complet" is not one of complete, partial; did you mean "complete"?'
        in result.err
    )


def test_the_limit_counts_organizations_or_people(mltalks: Run) -> None:
    for more in ([], ["--people"]):
        result = mltalks("committee", "opml20", "-n", "2", *more)
        assert result.out.count("\n") == 2
        assert "2 of " in result.err
    rows = mltalks("committee").out.count("\n")  # with a heading
    wide = mltalks("committee", "-o", "table", "-q", env={"COLUMNS": "200"})
    assert wide.out.count("\n") == rows + 1  # a line below it


def test_an_unknown_event_is_an_error_with_the_nearest(mltalks: Run) -> None:
    result = mltalks("committee", "opml21")
    assert (result.code, result.out) == (4, "")
    assert 'did you mean "opml19"' in result.err


# the years


def test_changes_are_named_new_rising_fading_and_gone(mltalks: Run) -> None:
    result = mltalks("trend", "company", "series:Toy", *TOY)
    assert {line.split("\t")[0]: line.split("\t")[1] for line in result.out.splitlines()[1:]} == {
        "Newcomer": "new",
        "Rising Ltd": "rising",
        "Faded SA": "fading",
        "Gone GmbH": "gone",
        "Somebody": "not shown",
        "Usual": "not shown",
        "=Formula Inc": "few",
        LONG: "few",
    }


def test_an_incomplete_year_is_shown_and_not_tested(mltalks: Run) -> None:
    result = mltalks("trend", "company", "series:Toy", *TOY)
    assert "mltalks: years tested: 2021, 2022, 2023, 2024\n" in result.err
    assert "years not tested, because sessions of their events may be missing: 2025" in result.err
    whole = mltalks("trend", "company", "series:Toy", "--all-years", *TOY)
    assert "years tested: 2021, 2022, 2023, 2024, 2025" in whole.err
    changes = {line.split("\t")[0]: line.split("\t")[1] for line in whole.out.splitlines()}
    assert changes["Rising Ltd"] != "rising"  # as none of it was found in the last year
    years = json.loads(mltalks("trend", "company", "series:Toy", "--json", *TOY).out)["years"]
    assert [(year["year"], year["judged"], year["incomplete"]) for year in years[-2:]] == [
        (2024, True, []),
        (2025, False, ["toy25"]),
    ]


def test_a_year_of_which_few_sessions_have_a_value_is_not_judged(mltalks: Run) -> None:
    err = mltalks("trend", "company", "series:MLSys").err
    assert "years tested: 2019, 2024, 2025, 2026" in err
    assert "years not tested, because too few sessions have a known company: 2020" in err
    assert "fewer than two years have enough data to test" in mltalks("trend", "keyword", "year:..2020").err


def test_few_sessions_raise_no_alarm(mltalks: Run) -> None:
    values = json.loads(mltalks("trend", "keyword", "series:MLSys", "--json").out)["values"]
    few = [one for one in values if one["change"] == "few"]
    assert len(few) > 500
    assert {(one["p"], one["q"]) for one in few} == {(None, None)}
    assert not [
        one for one in values if one["change"] in ("new", "rising", "fading", "gone") and one["q"] > 0.05
    ]
    fewer = json.loads(mltalks("trend", "company", "series:Toy", "--min", "25", "--json", *TOY).out)
    assert {one["value"] for one in fewer["values"] if one["change"] != "few"} == {"Somebody"}


def test_talk_of_serving_language_models_rises_at_mlsys(mltalks: Run) -> None:
    rising = rows_of(mltalks, "trend", "theme", "series:MLSys", "--absolute")
    changes = {row["value"]: row for row in rising}
    assert changes["llm-inference"]["change"] == "rising"
    assert [changes["llm-inference"][year] for year in ("2024", "2025", "2026")] == ["10", "20", "50"]
    assert changes["training-systems"]["change"] == "not shown"
    whole = rows_of(mltalks, "trend", "theme", "--absolute")
    assert next(row for row in whole if row["value"] == "llm-inference")["q"] == changes["llm-inference"]["q"]


def test_one_theme_company_or_query_is_followed(mltalks: Run) -> None:
    for typed, facet, value, change in (
        ("llm-inference", "theme", "llm-inference", "rising"),
        ("company:google", "company", "Google", "fading"),
        ("gogle", "company", "Google", "fading"),
        ("latency kernel", "query", "latency kernel", "not shown"),
    ):
        found = json.loads(mltalks("trend", typed, "--json").out)
        assert (found["facet"], [one["value"] for one in found["values"]]) == (facet, [value])
        assert found["values"][0]["change"] == change
    result = mltalks("trend", "qqzzqq")
    assert (result.code, result.out) == (4, "")


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("monitoring", '"monitoring" is taken as keyword; to mean something else, write theme:monitoring'),
        ("quantization", '"quantization" is taken as theme; to mean something else, write keyword:quantization'),
        ("llm-inference", ""),
        ("llm inference", '"llm inference" is taken as theme; to mean something else, write keyword:"llm inference"'),
        ("kubernetes", ""),
        ("監視", '"監視" is also a part of the name of a theme; for its talks, write theme:監視'),
    ],
)  # fmt: skip
def test_a_name_of_several_things_has_a_notice_of_what_is_followed(
    mltalks: Run, typed: str, notice: str
) -> None:
    lines = [line for line in mltalks("trend", typed).err.splitlines() if " write " in line]
    assert lines == ([f"mltalks: {notice}"] if notice else [])


def test_a_side_that_is_part_of_the_name_of_a_theme_has_a_notice(mltalks: Run) -> None:
    err = mltalks("compare", "monitoring", "opml19").err
    assert '"monitoring" is also a part of the name of a theme; for its talks, write theme:monitoring' in err


def test_steady_means_that_a_doubling_is_excluded() -> None:
    trends = Trends([300] * 6, range(2020, 2026))
    assert exp(trends.test([60, 58, 63, 61, 59, 60]).most) < 1.5
    assert exp(trends.test([3, 2, 3, 3, 2, 3]).most) > 2
    assert exp(trends.test([30, 35, 40, 45, 50, 60]).most) > 2


def test_an_unknown_side_is_an_error_with_the_nearest(mltalks: Run) -> None:
    result = mltalks("compare", "opml19", "opml2O1x")
    assert (result.code, result.out) == (4, "")
    assert mltalks("compare", "google", "nosuch").code == 4
    assert 'company "gogle" is read as Google' in mltalks("compare", "gogle", "opml19").err


def test_names_of_one_role_are_counted_as_one(mltalks: Run, tmp_path: Path) -> None:
    counted = {row["organization"]: row["roles"] for row in rows_of(mltalks, "committee")}
    roles = counted["Google"].split("; ")
    assert {"Program Committee 12", "Committee member 5"} <= {*roles}  # of which committee is not known
    assert not [roles for roles in counted.values() if "Programme committee member" in roles]
    alone = rows_of(mltalks, "committee", "sysml19")  # as its only source prints it
    assert {role.rstrip(" 0123456789") for row in alone for role in row["roles"].split("; ")} == {
        "Chair",
        "Programme committee member",
    }
    file = tmp_path / "own.toml"
    members = "\n".join(
        f'[[members]]\nevent = "opml20"\nname = "{name}"\nrole = "{role}"'
        for name, role in (("A B", "PC members"), ("C D", "Programme Co-Chair"))
    )
    file.write_text(members)
    people = rows_of(mltalks, "committee", "opml20", "--people", "--data", str(file))
    assert [row["roles"] for row in people if row["name"] in ("A B", "C D")] == [
        "Program Committee",
        "Program Co-Chair",
    ]


def test_known_editors_are_no_committee(mltalks: Run) -> None:
    assert (
        "only the editors of the proceedings of MLSys 2024 are known" in mltalks("committee", "mlsys24").err
    )


def test_shares_are_of_the_years_sessions(mltalks: Run) -> None:
    found = json.loads(mltalks("trend", "theme", "series:MLSys", "--json").out)
    totals = {year["year"]: year["sessions"] for year in found["years"]}
    for one in found["values"]:
        assert [year["share"] for year in one["years"]] == [
            round(year["sessions"] / totals[year["year"]], 3) for year in one["years"]
        ]


@pytest.mark.parametrize("facet", ["theme", "company", "kind", "event"])
@pytest.mark.parametrize("query", ["", "event:opml19", "latency OR year:2020", "company:google", "zzzzqqq"])
def test_the_years_add_up_to_the_counts_of_the_facet(facet: str, query: str) -> None:
    catalogue = shipped_library()
    counts = {one.value: one.sessions for one in catalogue.facet(facet, query).values}
    found = catalogue.trend(facet, query)
    assert {one.value: sum(one.years) for one in found.values} == counts
    assert {one.value: one.sessions for one in found.values} == counts
    assert sum(year.sessions for year in found.years) == found.sessions


def test_a_facet_that_is_none_is_a_usage_error(mltalks: Run) -> None:
    result = mltalks("trend", "year")
    assert (result.code, result.out) == (2, "")
    assert "choose one of company, theme" in result.err
    assert 'did you mean "theme"?' in mltalks("trend", "thme").err
    assert mltalks("trend", "themes").out == mltalks("trend", "theme").out


@pytest.mark.parametrize("query", ["zzzzqqq", "id:opml19-katib", "track:nothing"])
def test_nothing_or_one_session_is_no_trend(mltalks: Run, query: str) -> None:
    for form in ("table", "plain", "json", "csv", "md"):
        result = mltalks("trend", "theme", query, "-o", form)
        assert result.code == 0
        assert "Traceback" not in result.err
    assert "rising" not in mltalks("trend", "theme", query).out


# two sides


def test_sides_are_taken_as_events_series_companies_themes_or_queries(mltalks: Run) -> None:
    def sides(*command: str) -> list[tuple[str, str, int]]:
        found = json.loads(mltalks("compare", *command, "--json").out)
        return [(found[side]["kind"], found[side]["value"], found[side]["sessions"]) for side in "ab"]

    assert sides("opml19", "USENIX OpML '20") == [("event", "opml19", 28), ("event", "opml20", 16)]
    assert sides("OpML", "cmu") == [("series", "OpML", 44), ("company", "Carnegie Mellon University", 28)]
    assert sides("AIOps", "year:2024 has:slides")[0][:2] == ("theme", "aiops")
    assert sides("AIOps", "year:2024 has:slides")[1][:2] == ("query", "year:2024 has:slides")


def test_a_word_that_is_no_name_is_searched_with_a_notice(mltalks: Run) -> None:
    result = mltalks("compare", "latency", "opml19")
    assert (
        '"latency" names no event, series, company or theme; the talks that contain it are counted'
        in result.err
    )
    empty = mltalks("compare", "year:2017", "opml19", "--json")
    assert empty.code == 0
    assert {one["z"] for one in json.loads(empty.out)["values"]} == {None}
    assert mltalks("compare", "", "opml19").code == 2
    assert mltalks("compare", "opml19").code == 2
    assert mltalks("compare", "company:nosuchfirm", "opml19").code == 4


@pytest.mark.excerpt
def test_an_ambiguous_name_has_a_notice(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[organizations]]\nname = "AIOps"\nkind = "company"\n')
    err = mltalks("compare", "AIOps", "opml19", "--data", str(file)).err
    assert '"AIOps" is taken as company; to mean something else, write theme:AIOps' in err


def test_over_represented_values_have_their_counts(mltalks: Run) -> None:
    rows = {(row["facet"], row["value"]): row for row in rows_of(mltalks, "compare", "opml", "mlsys")}
    pipelines = rows["theme", "pipelines"]
    assert (pipelines["a"], pipelines["b"], pipelines["over"]) == ("9", "7", "a")
    assert float(pipelines["z"]) > 4
    assert rows["theme", "training-systems"]["over"] == "b"
    assert not [row for row in rows_of(mltalks, "compare", "opml19", "opml20") if row["over"]]


def test_few_sessions_make_nothing_unusual() -> None:
    for pair in (
        ("google", "microsoft"),
        ("opml", "mlsys"),
        ("mlsys24", "mlsys26"),
        ("edge-cloud", "latency"),
    ):
        for one in shipped_library().compare(*pair).values:
            if one.over:
                assert (one.a if one.over == "a" else one.b) - one.both >= 3
                assert one.z is not None
                assert abs(one.z) >= 2.58
                assert (one.z > 0) == (one.over == "a")


@pytest.mark.parametrize(
    ("a", "b"), [("opml19", "opml20"), ("company:google", "theme:compilers"), ("year:2024..", "latency")]
)
def test_the_sides_turn_and_their_counts_are_those_of_the_facets(a: str, b: str) -> None:
    catalogue = shipped_library()
    found, turned = catalogue.compare(a, b), catalogue.compare(b, a)
    assert {
        (one.facet, one.value): (one.b, one.a, one.over and "ab".replace(one.over, ""))
        for one in turned.values
    } == {(one.facet, one.value): (one.a, one.b, one.over) for one in found.values}
    sides = {
        (side.kind, side.value) for side in (found.a, found.b)
    }  # what they are defined by is not compared, nor what is below that
    inner = catalogue.catalogue

    def broader(facet: str, value: str) -> set[tuple[str, str]]:
        above = inner.broader(value) if facet == "theme" else inner.organizations.with_parents((value,))
        return {(facet, one) for one in above}

    for facet in ("theme", "keyword", "company"):
        either = {
            one.value: one.sessions
            for one in catalogue.facet(facet, f"({found.a.query}) OR ({found.b.query})").values
            if (facet, one.value) not in sides and sides.isdisjoint(broader(facet, one.value))
        }
        assert {one.value: one.a + one.b - one.both for one in found.values if one.facet == facet} == either


def test_a_side_compared_with_itself_has_no_differences(mltalks: Run) -> None:
    found = json.loads(mltalks("compare", "opml19", "opml19", "--json").out)
    assert found["both"] == 28
    assert {(one["found"], one["z"], one["over"]) for one in found["values"]} == {("both", None, None)}


# pictures and formats


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv", "tsv", "md", "ids"])
@pytest.mark.parametrize("name", COMMANDS)
def test_surveys_print_as_the_golden_file(mltalks: Run, name: str, form: str) -> None:
    result = mltalks(*COMMANDS[name], "-o", form, "-q", *TOY, env={"COLUMNS": "120"})
    assert (result.code, result.err) == (0, "")
    golden = GOLDEN / f"{name}.{form}"
    if os.environ.get("MLTALKS_WRITE_GOLDEN"):
        golden.write_bytes(result.out.encode())
    assert result.out == golden.read_bytes().decode()


@pytest.mark.parametrize("name", COMMANDS)
def test_only_tables_draw(mltalks: Run, name: str) -> None:
    for form in ("plain", "csv", "tsv", "md", "json", "jsonl", "ids"):
        assert not BLOCKS & set(mltalks(*COMMANDS[name], "-o", form, *TOY).out)
    drawn = mltalks(*COMMANDS[name], "-o", "table", *TOY).out
    assert bool(BLOCKS & set(drawn)) is (name != "members")


@pytest.mark.parametrize(
    ("command", "columns"),
    [
        (["committee", "opml20"], ["organization", "seats", "members", "share"]),
        (
            ["committee", "opml19", "opml20"],
            ["organization", "seats", "members", "share", "opml19", "opml20"],
        ),
        (
            ["trend", "theme", "series:MLSys"],
            ["label", "change", "sessions", *map(str, range(2018, 2027)), "q"],
        ),
        (["compare", "google", "microsoft"], ["facet", "label", "a", "b", "both", "z", "over"]),
    ],
)
def test_table_and_csv_agree_cell_for_cell(mltalks: Run, command: list[str], columns: list[str]) -> None:
    table = mltalks(*command, "-n", "0", "-o", "table", "-q", env={"COLUMNS": "400"})
    lines = table.out.splitlines()[2:]
    rows = rows_of(mltalks, *command)
    assert len(rows) == len(lines) > 15
    for row, line in zip(rows, lines, strict=True):
        cells = [cell.strip() for cell in line.split("  ") if cell.strip()]
        drawn = [cell for cell in cells if not BLOCKS & set(cell) and not set(cell) <= set("_·")]
        if "share" in row:
            row["share"] = f"{100 * float(row['share']):.0f} %"
        wanted = [row[name] or ("not known" if name == "organization" else "") for name in columns]
        if "over" in columns:
            wanted[-1] = wanted[-1].upper()
        assert drawn[: len([one for one in wanted if one])] == [one for one in wanted if one], line


@pytest.mark.parametrize("name", COMMANDS)
def test_csv_and_json_hold_the_same_numbers(mltalks: Run, name: str) -> None:
    rows = rows_of(mltalks, *COMMANDS[name], *TOY)
    lines = [json.loads(line) for line in mltalks(*COMMANDS[name], "-o", "jsonl", *TOY).out.splitlines()]
    assert len(rows) == len(lines) > 2
    for row, record in zip(rows, lines, strict=True):
        for field, value in record.items():
            if field in row and isinstance(value, int | float | None):
                assert row[field] == ("" if value is None else str(value))
        for one in record.get("events", ()):
            assert row[one["event"]] == (str(one["seats"]) if one["seats"] or one["event"] == "toy21" else "")
        for one in record.get("years", ()):
            assert row[str(one["year"])] == str(one["share"])


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("columns", [60, 80, 120, 160])
@pytest.mark.parametrize("name", COMMANDS)
def test_tables_fit_and_pictures_are_aligned(mltalks: Run, name: str, columns: int, lang: str) -> None:
    command = [*COMMANDS[name], "-o", "table", "-q", "--lang", lang, *TOY]
    lines = mltalks(*command, env={"COLUMNS": str(columns)}).out.splitlines()
    assert max(map(cell_len, lines)) <= columns
    if name == "committee":
        picture = cell_len(lines[0][: lines[0].index("bar" if lang == "en" else "グラフ")])
        ends = {cell_len(line[: line.index("█")]) for line in lines[2:] if "█" in line}
        assert ends == {picture}


def test_a_narrow_terminal_gets_every_number_in_lines(mltalks: Run) -> None:
    out = mltalks("committee", "toy21", "toy22", "-o", "table", "-q", *TOY, env={"COLUMNS": "40"}).out
    assert "  toy21: 3\n=Formula Inc\n" in out
    assert "  toy21: 1\n  toy22: 1\n" in out


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_a_bar_is_exactly_as_wide_as_it_should_be(value: float, most: float, width: int) -> None:
    for text, cells in (
        (blocks.bar(value, most, width), width),
        (blocks.balance(value, most, most, width), 2 * width + 1),
        (blocks.shade(value, most, width), width),
        (blocks.sparkline([value, most, None] * width), 3 * width),
    ):
        assert len(text) == cell_len(text) == cells
    assert (blocks.bar(value, most, width).strip() != "") is (value > 0 and most > 0)


def test_higher_values_have_no_shorter_bars() -> None:
    order = " ▏▎▍▌▋▊▉█"
    bars = [blocks.bar(value, 100, 5) for value in range(101)]
    lengths = [sum(order.index(cell) for cell in bar) for bar in bars]
    assert all(first <= second for first, second in pairwise(lengths))
    assert lengths[-1] == 40
    shades = [blocks.shade(value, 100, 1) for value in range(101)]
    assert "".join(dict.fromkeys(shades)) == " ░▒▓█"
    assert blocks.sparkline(list(range(9))) == "_▁▂▃▄▅▆▇█"


def test_counts_have_bars_in_tables_alone(mltalks: Run) -> None:
    for command in (["companies", "-n", "3"], ["themes", "-n", "3"], ["events"]):
        assert BLOCKS & set(mltalks(*command, "-o", "table").out)
        assert not BLOCKS & set(mltalks(*command).out)


def test_the_shares_of_a_tested_year_are_those_tested(mltalks: Run) -> None:
    found = json.loads(mltalks("trend", "theme", "--json").out)
    (year, *_) = [one for one in found["years"] if one["judged"] and one["tested"] < one["sessions"]]
    whole = [
        one["value"] for one in json.loads(mltalks("events", f"year:{year['year']}", "--json").out)["values"]
    ]
    query = f"event:{','.join(event for event in whole if event not in year['incomplete'])}"
    counts = {
        one["id"]: one["sessions"] for one in json.loads(mltalks("themes", query, "--json").out)["themes"]
    }
    rows = {row["value"]: row for row in rows_of(mltalks, "trend", "theme")}
    for one in found["values"]:
        (of_year,) = [some for some in one["years"] if some["year"] == year["year"]]
        share = round(counts.get(one["value"], 0) / year["tested"], 3)
        untested_alone = of_year["sessions"] and not of_year["tested"]
        assert (of_year["tested"], of_year["tested_share"]) == (counts.get(one["value"], 0), share)
        assert rows[one["value"]][str(year["year"])] == ("" if untested_alone else str(share))
        untested = [
            some["tested_share"] for some in one["years"] if some["year"] == found["years"][0]["year"]
        ]
        assert untested == [None]


def test_what_a_side_is_defined_by_is_not_compared(mltalks: Run) -> None:
    def values(*sides: str) -> set[tuple[str, str]]:
        return {
            (one["facet"], one["value"])
            for one in json.loads(mltalks("compare", *sides, "--json").out)["values"]
        }

    found = values("google", "company:meta year:2024..")
    assert found.isdisjoint({("company", "Google"), ("company", "Meta")})
    assert found.isdisjoint({("company", "Google Research"), ("company", "Meta AI")})  # their units
    assert ("company", "Google Research") in values("opml19", "series:MLSys")
    assert ("theme", "llm-inference") not in values("serving-latency", "opml")  # a narrower theme
    assert ("theme", "llm-inference") in {
        (one["facet"], one["value"])
        for one in json.loads(mltalks("compare", "mlsys24", "mlsys25", "serving-latency", "--json").out)[
            "values"
        ]
    }
    above = {("theme", name) for name in ("llm-inference", "serving-latency", "gpu-kernels")}
    assert values("theme:llm-inference", "theme:gpu-kernels").isdisjoint(above)


def test_a_survey_says_which_editions_it_compares(mltalks: Run) -> None:
    text = mltalks("survey", "series:MLSys NOT mlsys26-freescale", "-o", "md").out
    assert "Only complete editions" not in text
    part = mltalks("survey", "event:mlsys24 theme:llm-inference", "-o", "md").out
    assert "Only editions of which the query finds all known sessions are compared" in part


def test_what_may_be_unknown_is_compared_only_if_it_is_known_of_most_sessions(mltalks: Run) -> None:
    result = mltalks("compare", "mlsys21", "mlsys25", "--json")
    found = json.loads(result.out)
    tested = {one["facet"]: one for one in found["facets"]}
    assert tested["theme"] == {"facet": "theme", "a": 52, "b": 61, "judged": True}
    with_keyword = int(mltalks("list", "event:mlsys21", "has:keyword", "--count").out)
    assert tested["keyword"] == {"facet": "keyword", "a": with_keyword, "b": 61, "judged": False}
    keywords = [one for one in found["values"] if one["facet"] == "keyword"]
    assert {(one["log_odds"], one["z"], one["over"]) for one in keywords} == {(None, None, None)}
    one = next(one for one in keywords if one["a"])
    assert one["share_a"] == round(one["a"] / with_keyword, 3)
    assert (
        f"keyword is not tested, because too few sessions have a known one: {with_keyword} of 52 in A"
        in result.err
    )
    whole = mltalks("compare", "mlsys24", "mlsys25", "--json")
    assert {one["judged"] for one in json.loads(whole.out)["facets"]} == {True}
    assert "not tested" not in whole.err


@pytest.mark.excerpt
def test_sessions_without_a_known_value_are_not_counted_as_having_none(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    talks = [
        f'[[sessions]]\nid = "{event}-{at}"\nevent = "{event}"\ntitle = "A talk about nothing {at}"\nkind = "talk"\n'
        + (f'keywords = ["{"soup" if at < soups else "bread"}"]\n' if at else "")
        for event, soups in (("toy21", 20), ("toy22", 1))
        for at in range(20)
    ]
    file.write_text("\n".join(talks))
    sides = ("id:" + ",".join(f"{event}-{at}" for at in range(20)) for event in ("toy21", "toy22"))
    found = json.loads(mltalks("compare", *sides, "--json", *TOY, "--data", str(file)).out)
    soup = next(one for one in found["values"] if one["value"] == "soup")
    assert (soup["a"], soup["b"], soup["share_a"], soup["over"]) == (19, 0, 1.0, "a")


def test_editions_of_one_year_are_in_the_order_of_their_days(mltalks: Run, tmp_path: Path) -> None:
    days = {
        (2024, 1): "2024-02-01",
        (2024, 2): "2024-06-03",
        (2024, 3): "2024-09-12",
        (2023, 1): "",
        (2023, 2): "",
    }
    rows = [
        f"Reading Night #{number},{year},{day},Talk {letter} on soup,Ann Fox"
        for (year, number), day in days.items()
        for letter in "AB"
    ]
    table = tmp_path / "nights.csv"
    table.write_text("\n".join(["event,year,date,title,speakers", *rows]), "utf-8")
    mltalks("import", str(table), "--keep-duplicates")
    names = [f"reading-night-{number}-{year}" for year, number in days]
    assert mltalks("event", "complete", *names).code == 0

    def changes() -> str:
        return (
            mltalks("survey", 'series:"Reading Night"', "-o", "md")
            .out.replace("\\", "")
            .partition("## Changes")[2]
        )

    text = changes()
    assert "no edition before" not in text, "which one of 2023 was the first is not known"
    unknown = "#1, Reading Night #1, Reading Night #2: it is not known which edition came before"
    assert unknown in text, text
    mltalks("event", "edit", "reading-night-1-2023", "--date", "2023-03-01")
    mltalks("event", "edit", "reading-night-2-2023", "--date", "2023-08-04")
    text = changes()
    assert "The catalogue has no edition before Reading Night #1." in text
    assert "it is not known which edition" not in text
    part = mltalks("survey", "reading-night-3-2024", "-o", "md").out.replace("\\", "")
    assert (
        "Not shown for Reading Night #3: the query does not find all sessions of the edition before." in part
    )


def test_the_survey_of_a_series_is_titled_by_its_name(mltalks: Run) -> None:
    assert mltalks("survey", "series:OpML", "-o", "md").out.startswith("# Survey of OpML\n")


def test_a_committee_that_is_not_known_is_no_number(mltalks: Run) -> None:
    every = json.loads(mltalks("committee", "--json").out)["events"]
    assert not any(one["event"] in ("mlsys24", "mlsys25") for one in every)  # only editors of the proceedings
    rows = list(csv.DictReader(io.StringIO(mltalks("committee", "sysml19", "mlsys24", "-o", "csv").out)))
    assert {one["mlsys24"] for one in rows if one["organization"] in ("Google", "Stanford University")} <= {
        ""
    }


def test_a_survey_names_committees_whose_lists_may_lack_members_with_their_seats(mltalks: Run) -> None:
    found = mltalks("survey", "sysml18", "-o", "md").out
    assert "not counted by organization here, but by 'mltalks committee': SysML '18 (53 seats)." in found
    assert "committees of these events are not known" not in found
    whole = mltalks("survey", "series:MLSys", "-o", "md").out
    assert "The committees of these events are not known:" in whole
    assert "Differences that are too small to be certain are not listed." in whole
    rows = [line.split("|") for line in whole.splitlines() if line.count("|") == 5 and "%" in line]
    assert not any(
        missing.strip() != "0" and share.strip() == "100%"
        for *_, missing, share, _ in rows
        if missing.strip().isdigit()
    )
