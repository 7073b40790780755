"""`mltalks crosstab`: each cell, the same numbers in every format and as the facet commands, unusual names."""

import csv
import io
import json
import os
import re
import sqlite3
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len

from mltalks.analysis.crosstab import CROSSED, Cut
from mltalks.analysis.facets import facet_named
from mltalks.errors import UsageError
from tests.conftest import ROOT, Run, shipped_library
from tests.test_output import GOLDEN, STEERING
from tests.test_terminal import in_terminal, printed

ODD = ["--data", str(ROOT / "tests" / "data" / "odd")]
SURVEY = ["company", "theme", "series:MLSys", "year:2024..2026"]


def records(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads((ROOT / "data" / f"{name}.toml").read_text("utf-8"))[name]
    return found


def by_sql(sessions: Iterable[dict[str, list[str]]]) -> dict[tuple[str, str], int]:
    """Count company by theme in SQL, over the JSON of `mltalks list`, parents and broader themes walked by recursion."""
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE TABLE above (facet, value, parent); CREATE TABLE own (facet, session, value);"
        "CREATE INDEX above_by_value ON above (facet, value);"
    )
    for facet, name, key, parent in (
        ("company", "organizations", "name", "parent"),
        ("theme", "themes", "id", "broader"),
    ):
        known = ((facet, one[key], one[parent]) for one in records(name) if parent in one)
        db.executemany("INSERT INTO above VALUES (?, ?, ?)", known)
    for session in sessions:
        for facet, field in (("company", "companies"), ("theme", "themes")):
            db.executemany(
                "INSERT INTO own VALUES (?, ?, ?)", [(facet, session["id"], v) for v in session[field]]
            )
    return {
        (company, theme): count
        for company, theme, count in db.execute(
            """
            WITH RECURSIVE up (facet, session, value) AS (
                SELECT * FROM own
                UNION SELECT up.facet, session, parent FROM up JOIN above USING (facet, value)
            )
            SELECT c.value, t.value, count(DISTINCT session)
            FROM up AS c JOIN up AS t USING (session)
            WHERE c.facet = 'company' AND t.facet = 'theme' GROUP BY 1, 2
            """
        )
    }


def rows_of(mltalks: Run, *arguments: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(mltalks("crosstab", *arguments, "-o", "csv").out)))


def test_every_cell_is_what_sql_counts_over_the_listed_sessions(mltalks: Run) -> None:
    expected = by_sql(json.loads(mltalks("list", *SURVEY[2:], "--json").out))
    head, *rows = rows_of(mltalks, *SURVEY, "--top", "10")
    assert (head[0], len(head), len(rows)) == ("company", 11, 10)
    cells = {(row[0], theme): int(n) for row in rows for theme, n in zip(head[1:], row[1:], strict=True)}
    assert cells == {pair: expected.get(pair, 0) for pair in cells}
    assert sum(count > 0 for count in cells.values()) > 80
    whole = json.loads(mltalks("crosstab", *SURVEY, "--json").out)
    assert {(cell["row"], cell["col"]): cell["sessions"] for cell in whole["cells"]} == expected


def test_the_ids_of_a_cell_are_its_sessions(mltalks: Run) -> None:
    table = json.loads(mltalks("crosstab", *SURVEY, "--top", "3", "--json").out)
    assert len(table["cells"]) == 9
    for cell in table["cells"]:
        assert len(set(cell["ids"])) == cell["sessions"]
        found = mltalks(
            "list", *SURVEY[2:], f'company:"{cell["row"]}"', f"theme:{cell['col']}", "-o", "ids"
        ).out
        assert sorted(cell["ids"]) == sorted(found.split())


FACETS = st.sampled_from(CROSSED)
QUERIES = st.sampled_from(
    [
        "",
        "series:OpML",
        "year:2019..2021",
        "company:google",
        "theme:pipelines",
        "latency",
        "has:slides",
        "zzzqqq",
    ]
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(rows=FACETS, columns=FACETS, query=QUERIES)
def test_the_sums_agree_with_the_facet_commands(rows: str, columns: str, query: str) -> None:
    table = shipped_library().crosstab(rows, columns, query, with_ids=True)
    counted = {facet: _counts(facet, query) for facet in (rows, columns)}
    for totals, facet in ((table.row_totals, rows), (table.column_totals, columns)):
        assert {value: count for value, count in totals.items() if count} == counted[facet]
        assert facet == "year" or all(totals.values())  # a year between others may have none
    for row, column, count in table.cells():
        assert 0 < count <= min(table.row_totals[row], table.column_totals[column])
        assert len(table.ids[row, column]) == count
        assert rows != columns or row != column or count == table.row_totals[row]
    turned = shipped_library().crosstab(columns, rows, query)
    assert {(row, column): n for row, column, n in table.cells()} == {(r, c): n for c, r, n in turned.cells()}


def _counts(facet: str, query: str) -> dict[str, int]:
    """Return the counts of the facet commands: for themes those of the tree, for others those of the facet."""
    if facet.startswith("theme"):
        tree = [
            one
            for one in shipped_library().themes(query).themes
            if not (one.depth and facet == "theme/broad")
        ]
        counts = {one.theme.id: one.own if facet.endswith("own") else one.sessions for one in tree}
        return {theme: count for theme, count in counts.items() if count}
    if facet == "company/own":
        found: dict[str, int] = {}
        for session in shipped_library().list(query).sessions:
            for company in session.companies:
                found[company] = found.get(company, 0) + 1
        return found
    return {one.value: one.sessions for one in shipped_library().facet(facet, query).values}


@pytest.mark.slow
def test_cells_of_kinds_and_years_add_up_to_the_totals() -> None:
    table = shipped_library().crosstab("kind", "year")
    for kind in table.row_values:
        assert sum(table.cell(kind, year) for year in table.column_values) == table.row_totals[kind]
    assert sum(table.row_totals.values()) == table.sessions


def test_the_same_facet_twice_counts_co_occurrence() -> None:
    table = shipped_library().crosstab("theme", "theme", "series:OpML")
    assert all(table.cell(one, one) == table.row_totals[one] for one in table.row_values)
    assert all(table.cell(a, b) == table.cell(b, a) for a in table.row_values for b in table.column_values)


def test_years_add_up_to_the_whole_table(mltalks: Run) -> None:
    table = json.loads(mltalks("crosstab", "theme", "kind", "--by", "year", "--json").out)
    sums: dict[tuple[str, str], int] = {}
    for year in table["years"]:
        for cell in year["cells"]:
            sums[cell["row"], cell["col"]] = sums.get((cell["row"], cell["col"]), 0) + cell["sessions"]
    assert sums == {(cell["row"], cell["col"]): cell["sessions"] for cell in table["cells"]}
    assert sum(year["sessions"] for year in table["years"]) == table["sessions"]
    head, *rows = rows_of(mltalks, "year", "kind", "year:2019..2020", "--by", "year")
    assert head[:2] == ["year", "row"]
    assert [row[:2] for row in rows] == [[a, b] for a in ("2019", "2020") for b in ("2019", "2020")]
    labelled = mltalks("crosstab", "year", "kind", "--by", "year", "--labels", "-o", "csv").out
    assert labelled.startswith("year,row,")


def test_percent_is_of_the_row_the_column_or_all(mltalks: Run) -> None:
    counts = rows_of(mltalks, *SURVEY, "--top", "5", "--totals")
    for of in ("row", "column", "all"):
        shares = rows_of(mltalks, *SURVEY, "--top", "5", "--totals", "--percent", of)
        assert shares[0] == counts[0]
        for r, c in ((r, c) for r in range(1, len(counts)) for c in range(1, len(counts[0]))):
            whole = {"row": counts[r][-1], "column": counts[-1][c], "all": counts[-1][-1]}[of]
            assert float(shares[r][c]) == pytest.approx(100 * int(counts[r][c]) / int(whole), abs=0.051)
    cells = json.loads(mltalks("crosstab", *SURVEY, "--percent", "row", "--json").out)
    totals = {one["value"]: one["sessions"] for one in cells["row_totals"]}
    assert all(one["share"] == round(one["sessions"] / totals[one["row"]], 4) for one in cells["cells"])


@pytest.mark.parametrize("more", [[], ["--totals"], ["--percent", "row"], ["--percent", "all", "--totals"]])
def test_table_and_csv_agree_cell_for_cell(mltalks: Run, more: list[str]) -> None:
    arguments = [*SURVEY, "--top", "10", *more]
    table = mltalks("crosstab", *arguments, "-o", "table", "-q", env={"COLUMNS": "250"}).out.splitlines()
    drawn = [re.findall(r"\d+(?:\.\d)?(?=%?(?:\s|$))", line) for line in table if re.search(r"\d%?$", line)]
    head, *rows = rows_of(mltalks, *arguments)
    assert drawn == [row[1:] for row in rows]
    tsv = mltalks("crosstab", *arguments, "-o", "tsv").out
    assert [line.split("\t") for line in tsv.splitlines()] == [head, *rows]
    assert mltalks("crosstab", *arguments).out == tsv
    heads, _, *markdown = mltalks("crosstab", *arguments, "-o", "md").out.splitlines()
    assert [line.strip("| ").split(" | ") for line in markdown] == rows
    labels = dict(line.split("\t")[::2] for line in mltalks("themes").out.splitlines())
    assert heads.strip("| ").split(" | ") == [labels.get(name, name) for name in head]


def test_top_keeps_the_same_values_whichever_way_round(mltalks: Run) -> None:
    for rows, columns in (("company", "theme"), ("keyword", "company"), ("theme/own", "speaker")):
        for query in ("series:MLSys", "year:2019..2021"):
            head, *lines = rows_of(mltalks, rows, columns, query, "--top", "3")
            turned = rows_of(mltalks, columns, rows, query, "--top", "3")
            cells = {(row[0], name): n for row in lines for name, n in zip(head[1:], row[1:], strict=True)}
            assert cells == {
                (name, row[0]): n
                for row in turned[1:]
                for name, n in zip(turned[0][1:], row[1:], strict=True)
            }


def test_a_year_between_others_in_which_nothing_is_found_has_zeros(mltalks: Run) -> None:
    query = ("theme:pipelines", "series:MLSys")
    years = [str(year) for year in range(2019, 2027)]
    head, *rows = rows_of(mltalks, "theme", "year", *query)
    assert head[1:] == years
    assert {row[years.index("2024") + 1] for row in rows} == {"0"}
    down = rows_of(mltalks, "year", "theme", *query)
    assert [row[0] for row in down[1:]] == years
    turned = {name: counts for name, *counts in zip(*down, strict=True)}
    assert turned == {name: counts for name, *counts in rows} | {"year": years}
    result = mltalks("trend", "theme", *query, "-o", "csv")
    assert [name for name in next(csv.reader([result.out.splitlines()[0]])) if name.isdigit()] == years
    assert "2020" not in result.err
    found = shipped_library().trend("theme", " ".join(query))
    assert [year.sessions for year in found.years if year.year == 2024] == [0]
    assert {
        one["share"]
        for value in json.loads(mltalks("trend", "theme", *query, "--json").out)["values"]
        for one in value["years"]
        if one["year"] == 2024
    } == {0.0}


def test_years_that_a_query_leaves_out_are_not_added(mltalks: Run) -> None:
    assert rows_of(mltalks, "theme", "year", "year:2019,2026")[0][1:] == ["2019", "2026"]
    assert rows_of(mltalks, "theme", "year", "event:opml19,mlsys24")[0][1:] == ["2019", "2024"]
    assert "2023" not in rows_of(mltalks, "theme", "year", "pruning", "NOT", "year:2023")[0]


def test_top_and_min_keep_the_largest_and_all_years(mltalks: Run) -> None:
    companies = [line.split("\t")[:2] for line in mltalks("companies", *SURVEY[2:]).out.splitlines()]
    rows = [row[0] for row in rows_of(mltalks, *SURVEY, "--top", "4")[1:]]
    assert rows == [name for name, _ in companies[:4]]
    rows = [row[0] for row in rows_of(mltalks, *SURVEY, "--min", "10")[1:]]
    assert rows == [name for name, count in companies if int(count) >= 10]
    head, *rest = rows_of(mltalks, "theme", "year", "--top", "2")
    assert (head[1:], len(rest)) == ([str(year) for year in range(2018, 2027)], 2)
    tree = [line.split("\t")[0] for line in mltalks("themes").out.splitlines()]
    shown = [row[0] for row in rows_of(mltalks, "theme", "year", "--top", "12")[1:]]
    assert shown == sorted(shown, key=tree.index)


def test_a_facet_has_many_names(mltalks: Run) -> None:
    named = {"companies": "company", "Organization": "company", "組織": "company", "ＴＨＥＭＥＳ": "theme",
             "テーマ": "theme", "series": "series", "言語": "lang", "由来": "filing", "company/own": "company/own"}  # fmt: skip
    assert {name: facet_named(name, CROSSED) for name in named} == named
    result = mltalks("crosstab", "compny", "theme")
    assert (result.code, result.out) == (2, "")
    assert 'did you mean "company"' in result.err
    with pytest.raises(UsageError):
        facet_named("", CROSSED)
    assert mltalks("__complete", "crosstab", "comp").out == "company\ncompany/own\n"
    assert "theme\n" in mltalks("__complete", "crosstab", "company", "").out
    assert "series:mlsys\t" in mltalks("__complete", "crosstab", "company", "theme", "series:ml").out


def test_list_names_the_sessions_of_each_cell(mltalks: Run) -> None:
    lines = [
        line.split("\t")
        for line in mltalks("crosstab", "kind", "year", "series:OpML", "--list").out.splitlines()
    ]
    table = json.loads(mltalks("crosstab", "kind", "year", "series:OpML", "--json").out)
    assert [line[:3] for line in lines] == [
        [c["row"], c["col"], one] for c in table["cells"] for one in c["ids"]
    ]
    assert ["keynote", "2019", "opml19-ray-keynote"] in [line[:3] for line in lines]
    ids = mltalks("crosstab", "kind", "year", "series:OpML", "-o", "ids").out
    assert sorted(ids.split()) == sorted(mltalks("list", "series:OpML", "-o", "ids").out.split())
    cut = mltalks("crosstab", "kind", "year", "series:OpML", "--list", "-n", "2")
    assert cut.out.count("\n") == 2
    assert "2 of 44 lines" in cut.err


@pytest.mark.excerpt
@pytest.mark.parametrize("form", ["table", "plain", "json", "jsonl", "csv", "tsv", "md", "ids"])
def test_a_table_of_odd_names_prints_as_the_golden_file(mltalks: Run, form: str) -> None:
    result = mltalks("crosstab", "keyword", "company", "event:odd26", "--totals", "-o", form, "-q", *ODD)
    assert (result.code, result.err) == (0, "")
    assert STEERING.search(result.out) is None
    golden = GOLDEN / f"crosstab.{form}"
    if os.environ.get("MLTALKS_WRITE_GOLDEN"):
        golden.write_bytes(result.out.encode())
    assert result.out == golden.read_bytes().decode()


@pytest.mark.slow
def test_no_heading_is_a_formula(mltalks: Run) -> None:
    for form in ("csv", "tsv"):
        out = mltalks("crosstab", "company", "keyword", "event:odd26", "-o", form, *ODD).out
        cells = next(csv.reader(io.StringIO(out), delimiter="," if form == "csv" else "\t"))
        assert "'+1" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


LONG = "架空企業" + "長い名前" * 49


def file_of_user(tmp_path: Path) -> list[str]:
    """Write a session of a company of 200 characters, with keywords that are names of columns."""
    file = tmp_path / "own.toml"
    file.write_text(
        "[[sessions]]\nid = 'own-one'\nevent = 'opml19'\ntitle = 'One'\nkind = 'talk'\n"
        f"organizations = ['{LONG}']\nkeywords = ['company', 'total', 'slides', 'year', '<script>|x']\n",
        encoding="utf-8",
    )
    return ["id:own-one", "--data", str(file)]


@pytest.mark.excerpt
def test_a_long_name_and_names_of_columns_do_no_harm(mltalks: Run, tmp_path: Path) -> None:
    arguments = ["company", "keyword", *file_of_user(tmp_path), "--totals"]
    head, *rows = rows_of(mltalks, *arguments)
    assert sorted(head) == sorted(
        ["company", "<script>|x", "company (keyword)", "total (keyword)", "slides", "year (keyword)", "total"]
    )
    assert rows == [[LONG, *["1"] * 6], ["total", *["1"] * 6]]
    markdown = mltalks("crosstab", *arguments, "-o", "md").out
    assert "&lt;script&gt;\\|x" in markdown
    assert markdown.splitlines()[2] == f"| {LONG} | 1 | 1 | 1 | 1 | 1 | 1 |"
    for columns in (10, 40, 60, 80, 120):
        out = mltalks("crosstab", *arguments, "-o", "table", "-q", env={"COLUMNS": str(columns)}).out
        assert max(map(cell_len, out.splitlines())) <= columns
        assert "架空" in out
    assert "…" in out


@pytest.mark.parametrize("columns", [10, 40, 60, 120, 200])
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "arguments", [SURVEY, ["theme", "event"], ["year", "company"], ["keyword", "keyword", "--percent", "row"]]
)
def test_a_heat_map_fits_and_its_columns_are_aligned(
    mltalks: Run, arguments: list[str], lang: str, columns: int
) -> None:
    result = mltalks(
        "crosstab", *arguments, "--totals", "-o", "table", "--lang", lang, env={"COLUMNS": str(columns)}
    )
    lines = result.out.splitlines()
    assert result.code == 0
    assert max(map(cell_len, lines)) <= columns
    if columns >= 60:
        assert len({cell_len(line) for line in lines if re.search(r" \d+(\.\d%)?$", line)}) == 1


def test_a_terminal_gets_shaded_cells_and_a_pipe_none(tmp_path: Path, mltalks: Run) -> None:
    child = in_terminal(tmp_path, "crosstab", *SURVEY, "--top", "5", columns=100)
    out = printed(child)
    assert len(set(re.findall(r"48;5;\d+", out))) > 2
    plain = printed(
        in_terminal(tmp_path, "crosstab", *SURVEY, "--top", "5", columns=100, env={"NO_COLOR": "1"})
    )
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m| +$", "", out, flags=re.MULTILINE).split() == plain.split()


def test_columns_that_do_not_fit_are_reported(mltalks: Run) -> None:
    result = mltalks("crosstab", "company", "theme", "-o", "table", "-n", "30", env={"COLUMNS": "80"})
    assert re.search(r"\d+ of 8\d columns fit on the screen, without \w.*, …; -o csv", result.err)
    assert re.search(r"30 of \d+ rows; --limit 0 shows all", result.err)
    assert "columns" not in mltalks("crosstab", "company", "kind", "-o", "table", env={"COLUMNS": "80"}).err


@pytest.mark.parametrize("form", ["table", "plain", "json", "jsonl", "csv", "tsv", "md", "ids"])
def test_an_empty_table_has_a_message_and_no_traceback(mltalks: Run, form: str) -> None:
    result = mltalks("crosstab", "company", "theme", "zzzzqqq", "-o", form)
    assert (result.code, result.err) == (0, 'mltalks: no talk says "zzzzqqq"\nmltalks: nothing found\n')
    assert result.out == {
        "plain": "company\n", "csv": "company\n", "tsv": "company\n", "md": "| company |\n| --- |\n",
    }.get(form, result.out)  # fmt: skip
    assert mltalks("crosstab", "company", "theme", "zzzzqqq", "--exit-status", "-o", form).code == 1
    one = mltalks("crosstab", "kind", "year", "id:opml19-katib", "-o", form)
    assert one.code == 0
    assert ("paper" in one.out) is (form != "ids")
    without = mltalks("crosstab", "tag", "mark", "event:opml19", "-o", form)
    assert "no session in the result has a tag" in without.err
    assert (
        "no session in the result has a mark"
        in mltalks("crosstab", "kind", "mark", "event:opml19", "-o", form).err
    )
    assert "lower --min" in mltalks("crosstab", "kind", "theme", "--min", "9999", "-o", form).err


def test_a_count_over_incomplete_events_has_a_notice(mltalks: Run) -> None:
    assert "USENIX OpML '19 is incomplete" in mltalks("crosstab", "theme", "year", "event:opml19").err
    table = json.loads(mltalks("crosstab", "theme", "year", "event:opml19", "--json").out)
    assert [one["event"] for one in table["incomplete"]] == ["opml19"]


def test_fields_pick_columns(mltalks: Run) -> None:
    arguments = ["crosstab", "company", "theme", "event:opml19", "--top", "3", "--fields"]
    assert mltalks(*arguments, "company,platforms", "-o", "tsv").out.splitlines()[0] == "company\tplatforms"
    assert mltalks(*arguments, "company,platforms").out.startswith("Microsoft\t")
    assert set(json.loads(mltalks(*arguments, "row,sessions", "-o", "jsonl").out.splitlines()[0])) == {
        "row",
        "sessions",
    }
    assert mltalks(*arguments, "nonsense").code == 2


def test_limits_in_python() -> None:
    table = shipped_library().crosstab("company", "year", cut=Cut(rows=3, columns=2))
    assert (len(table.row_values), table.column_values) == (3, ("2025", "2026"))
    assert table.kept[1] == 9


@pytest.mark.slow
@pytest.mark.excerpt
def test_a_table_that_is_too_large_is_an_error(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "many.toml"
    words = ", ".join(f"'k{number}'" for number in range(3200))
    file.write_text(
        f"[[sessions]]\nid = 'many'\nevent = 'opml19'\ntitle = 'Many'\nkind = 'talk'\nkeywords = [{words}]\n",
        "utf-8",
    )
    arguments = ["keyword", "keyword", "id:many", "--data", str(file)]
    result = mltalks("crosstab", *arguments, "-o", "csv")
    assert (result.code, result.out) == (2, "")
    assert "3200 rows and 3200 columns are too many for one table" in result.err
    assert len(rows_of(mltalks, *arguments, "--top", "3")) == 4


def test_percentages_of_what_is_not_known_of_most_sessions_are_named(mltalks: Run) -> None:
    typed = ("crosstab", "company", "year", "series:MLSys", "--percent")
    result = mltalks(*typed, "column", "--json")
    few = []
    for year in range(2018, 2027):
        known, every = (
            int(mltalks("list", "series:MLSys", f"year:{year}", *one, "--count").out)
            for one in (["has:organization"], [])
        )
        few += [str(year)] if known < 0.8 * every else []
    assert json.loads(result.out)["few_known"] == few
    message = "numbers may be too low, because too few sessions have a known company"
    assert f"{message}: {', '.join(few)}\n" in result.err
    assert message not in mltalks(*typed, "row").err  # each session has a year
    assert f"{message}\n" in mltalks(*typed, "all").err
    assert message not in mltalks(*typed, "column", "has:organization").err
    assert f"{message}: {', '.join(few)}\n" in mltalks("crosstab", "company", "year", "series:MLSys").err
    assert message not in mltalks("crosstab", "company", "theme", "series:MLSys").err


def test_a_count_of_companies_names_how_many_sessions_may_have_others(mltalks: Run) -> None:
    found = json.loads(mltalks("list", "year:2021", "--json").out)
    partly = [
        one for one in found if one["companies"] and not all(who["organization"] for who in one["speakers"])
    ]
    message = f"the companies of {len(partly)} of {len(found)} sessions may be incomplete"
    for typed in ("companies", "crosstab company year", "crosstab theme company"):
        assert message in mltalks(*typed.split(), "year:2021").err
        assert "may be incomplete" not in mltalks(*typed.split(), "year:2025..").err
    assert "companies of" not in mltalks("crosstab", "theme", "year", "year:2021").err


def test_a_tie_that_top_cuts_is_named(mltalks: Run) -> None:
    asked = ("crosstab", "company", "year", "series:OpML,MLSys", "--top")
    notice = "--top 10 leaves out 1 with as many sessions as the last company that is kept: MIT"
    assert notice in mltalks(*asked, "10").err
    assert "leaves out" not in mltalks(*asked, "11").err
    assert "leaves out" not in mltalks(*asked, "3").err


@pytest.mark.parametrize(
    ("typed", "what", "has"),
    [
        (["companies"], "company", "organization"),
        (["keywords"], "keyword", "keyword"),
        (["crosstab", "company", "year"], "company", "organization"),
        (["crosstab", "kind", "keyword"], "keyword", "keyword"),
    ],
)
def test_a_count_names_how_many_sessions_it_cannot_have(
    mltalks: Run, typed: list[str], what: str, has: str
) -> None:
    every, without = (
        int(mltalks("list", "year:2021", *one, "--count").out) for one in ([], [f"NOT has:{has}"])
    )
    message = f"sessions without a known {what}, which no count of a {what} has: {without} of {every}; NOT has:{has}"
    assert message in mltalks(*typed, "year:2021").err
    assert "no count of" not in mltalks(*typed, "year:2021", f"has:{has}").err


def test_percentages_that_mean_little_are_named_of_tracks_of_years_and_in_lists(mltalks: Run) -> None:
    asked = ("crosstab", "event", "track", "series:MLSys", "--percent", "row")
    assert "too few sessions have a known track: " in mltalks(*asked).err
    listed = mltalks("crosstab", "event", "company", "--percent", "row", "--list", "--json")
    assert "mlsys21" in json.loads(listed.out)["few_known"]
    years = (
        "series",
        "company",
        "series:MLSys year:2023..",
        "--percent",
        "row",
        "--by",
        "year",
        "--top",
        "2",
    )
    assert "too few sessions have a known company: MLSys" in mltalks("crosstab", *years).err


def test_the_broadest_themes_alone_have_the_counts_of_their_whole_branches(mltalks: Run) -> None:
    head, *lines = rows_of(mltalks, "theme/broad", "year", "year:2019..2021")
    tops = [
        line.split("\t")[0]
        for line in mltalks("themes", "--fields", "id,depth", "-o", "tsv").out.splitlines()
        if line.endswith("\t0")
    ]
    counted = {row[0]: row[1:] for row in rows_of(mltalks, "theme", "year", "year:2019..2021")[1:]}
    assert head == ["theme/broad", "2019", "2020", "2021"]
    assert [row[0] for row in lines] == [top for top in tops if top in counted]
    assert all(counted[row[0]] == row[1:] for row in lines)


def test_a_csv_has_names_in_place_of_ids_if_they_are_asked_for(mltalks: Run) -> None:
    asked = ("crosstab", "theme", "event", "series:MLSys", "--totals", "-o", "csv")
    plain, named = (list(csv.reader(mltalks(*asked, *more).out.splitlines())) for more in ([], ["--labels"]))
    labels = {one["id"]: one["name"] for one in records("events")}
    themes = tomllib.loads((ROOT / "data/themes.toml").read_text("utf-8"))["themes"]
    labels |= {one["id"]: one["label"]["en"] for one in themes}
    assert [[labels.get(cell, cell) for cell in line] for line in plain] == named
    assert named != plain
    japanese = mltalks(*asked, "--labels", "--lang", "ja").out
    assert "量子化" in japanese
    assert japanese.startswith("テーマ,")
    for more in (["-o", "json"], ["-o", "csv", "--list"]):
        refused = mltalks("crosstab", "theme", "year", "--labels", *more)
        assert (refused.code, refused.out, "--labels is for csv and tsv" in refused.err) == (2, "", True)
