"""Output: every format, the same records in each, and nothing harmful in them."""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from bibtexparser.entrypoint import parse_string
from typer.main import get_command

from mltalks.cli.app import app
from mltalks.messages import Lang
from mltalks.render.json_schemas import OUTPUTS
from mltalks.render.output import View
from mltalks.render.terminal.table import table
from tests.conftest import ROOT, Result, Run, environment, needs
from tests.printed import ODD, PRINTED, too_wide

GOLDEN = ROOT / "tests" / "golden"
FORMATS = ["table", "plain", "json", "jsonl", "csv", "tsv", "md", "bibtex", "ids"]
# ESC, BEL, C1 controls, DEL and marks that turn the direction of text.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("form", FORMATS)
def test_odd_records_print_as_the_golden_file(mltalks: Run, form: str) -> None:
    result = mltalks("list", "event:odd26", "-o", form, *ODD)
    assert (result.code, result.err) == (0, "")
    golden = GOLDEN / f"odd.{form}"
    if os.environ.get("MLTALKS_WRITE_GOLDEN"):
        golden.write_bytes(result.out.encode())
    assert result.out == golden.read_bytes().decode()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["search", "escapes"],
        ["by-keyword", "escapes"],
        ["themes"],
        ["keywords"],
        ["speakers"],
        ["companies"],
    ],
)
def test_no_data_controls_a_terminal(mltalks: Run, command: list[str], form: str) -> None:
    result = mltalks(*command, "event:odd26", "-o", form, *ODD)
    assert STEERING.search(result.out) is None
    assert "Traceback" not in result.err


def test_one_unusual_record_controls_no_terminal(mltalks: Run) -> None:
    for form in FORMATS:
        result = mltalks("show", "odd-escapes", "-o", form, *ODD)
        assert result.code == 0
        assert STEERING.search(result.out) is None


def test_markup_is_shown_as_it_is_written(mltalks: Run) -> None:
    for form in ("table", "plain", "csv", "tsv", "json", "bibtex"):
        assert "[red]Bold[/red] claims [/] about" in mltalks("list", "id:odd-markup", "-o", form, *ODD).out


def test_no_cell_is_a_formula(mltalks: Run) -> None:
    rows = csv.reader(io.StringIO(mltalks("list", "event:odd26", "-o", "csv", *ODD).out))
    cells = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("https://example.org")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    tsv = mltalks("list", "event:odd26", "-o", "tsv", *ODD).out
    assert not [
        cell
        for line in tsv.splitlines()
        for cell in line.split("\t")
        if cell.startswith(("=", "+", "-", "@"))
    ]


def test_no_link_but_http(mltalks: Run) -> None:
    markdown = mltalks("list", "id:odd-markdown", "-o", "md", *ODD).out
    assert "](javascript" not in markdown
    assert "<script>" not in markdown
    assert "[slides](<https://example.org/a_%28b%29%7Cc.pdf>)" in markdown
    coloured = mltalks("list", "id:odd-markdown", "-o", "table", "--color", "always", *ODD).out
    assert re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)", coloured)[0].startswith("https://")


@pytest.mark.excerpt
def test_a_javascript_link_in_a_file_is_refused(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        "[[sessions]]\nid='s'\nevent='opml19'\ntitle='T'\nkind='talk'\nslides='javascript:alert(1)'\n"
    )
    result = mltalks("open", "s", "--slides", "--data", str(file))
    assert (result.code, result.out) == (3, "")


def test_csv_and_tsv_have_the_same_cells_as_json(mltalks: Run) -> None:
    sessions = json.loads(mltalks("list", "event:opml19", "--json").out)
    rows = list(csv.DictReader(io.StringIO(mltalks("list", "event:opml19", "-o", "csv").out)))
    lines = [line.split("\t") for line in mltalks("list", "event:opml19", "-o", "tsv").out.splitlines()]
    assert len(rows) == len(sessions) == len(lines) - 1 == 28
    for session, row, line in zip(sessions, rows, lines[1:], strict=True):
        assert dict(zip(lines[0], line, strict=True)) == row
        assert list(row) == list(session)
        assert row["title"] == session["title"]
        assert row["companies"] == "; ".join(session["companies"])
        assert row["slides"] == (session["slides"] or "")


def test_json_lines_are_the_objects_of_the_array(mltalks: Run) -> None:
    lines = mltalks("list", "event:opml20", "-o", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(mltalks("list", "event:opml20", "--json").out)


def test_bibtex_is_read_back_by_a_bibtex_parser(mltalks: Run) -> None:
    library = parse_string(mltalks("list", "-o", "bibtex").out)
    sessions = {session["id"]: session for session in json.loads(mltalks("list", "--json").out)}
    assert not library.failed_blocks
    assert len(library.entries) == len(sessions)
    for entry in library.entries:
        session = sessions[entry.key]
        assert entry["year"] == str(session["year"])
        assert ("author" in entry) == bool(session["speakers"])
    katib = library.entries_dict["opml19-katib"]
    assert katib.entry_type == "inproceedings"
    assert katib["title"] == "{Katib: A Distributed General AutoML Platform on Kubernetes}"
    assert katib["author"].startswith("Jinan Zhou and Andrey Velichkevich")


def test_markdown_is_a_github_table(mltalks: Run) -> None:
    lines = mltalks("list", "event:opml20", "-o", "md").out.splitlines()
    assert lines[0] == "| id | event | kind | title | companies | themes | slides |"
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- |"
    assert len(lines) == 2 + 16
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 8 for line in lines)


def test_plain_is_never_cut(mltalks: Run) -> None:
    longest = max((s["title"] for s in json.loads(mltalks("list", "--json").out)), key=len)
    for env in ({"COLUMNS": "20"}, {"COLUMNS": ""}, {}):
        assert longest in mltalks("list", env=env).out


def test_fields_pick_columns_in_their_order(mltalks: Run) -> None:
    assert mltalks("list", "id:opml19-katib", "--fields", "kind,id").out == "paper\topml19-katib\n"
    assert (
        mltalks("list", "id:opml19-katib", "--fields", "id, year", "-o", "csv").out
        == "id,year\nopml19-katib,2019\n"
    )
    assert json.loads(mltalks("list", "id:opml19-katib", "--fields", "id", "--json").out) == [
        {"id": "opml19-katib"}
    ]
    for form in ("plain", "table", "json"):
        result = mltalks("list", "--fields", "id,colour", "-o", form)
        assert (result.code, result.out) == (2, "")
        assert "unknown field colour; choose from id, event" in result.err


def test_bibtex_of_a_count_is_a_usage_error(mltalks: Run) -> None:
    result = mltalks("companies", "-o", "bibtex")
    assert result.code == 2
    assert "-o bibtex prints sessions only" in result.err


SCHEMA_OF = [
    ("related", ["related", "opml19-katib"]),
    ("explanation", ["explain", "opml19-katib"]),
    ("classified", ["classify", str(ROOT / "tests" / "data" / "titles.txt")]),
    ("decisions", ["decisions"]),
    ("gaps", ["gaps", "event:mlsys25"]),
    ("coverage", ["themes", "--coverage"]),
    ("sessions", ["list"]),
    ("sessions", ["by-company", "Microsoft"]),
    ("sessions", ["list", "event:odd26", *ODD]),
    ("hits", ["search", "latency"]),
    ("hits", ["search", "zzzzqqq"]),
    ("hits", ["search", "event:odd26", *ODD]),
    ("session", ["show", "opml19-katib"]),
    ("session", ["show", "odd-alone", *ODD]),
    ("facet", ["companies"]),
    ("facet", ["keywords", "event:opml19"]),
    ("facet", ["speakers", "zzzzqqq"]),
    ("events", ["events"]),
    ("events", ["events", "event:odd26", *ODD]),
    ("event", ["show", "opml20"]),
    ("event", ["show", "sysml18"]),
    ("crosstab", ["crosstab", "company", "theme", "event:opml19"]),
    ("crosstab", ["crosstab", "theme", "theme", "--by", "year", "--percent", "row", "--totals"]),
    ("crosstab", ["crosstab", "company", "keyword", "event:odd26", *ODD]),
    ("crosstab", ["crosstab", "company", "keyword", "zzzzqqq"]),
    ("survey", ["survey", "event:opml19"]),
    ("survey", ["survey"]),
    ("survey", ["survey", "event:odd26", *ODD]),
    ("survey", ["survey", "zzzzqqq"]),
    ("facts", ["survey", "event:opml20", "--fields", "part,under,value,label,sessions"]),
    ("themes", ["themes"]),
    ("themes", ["themes", "company:google"]),
    ("theme", ["themes", "aiops"]),
    # surveys
    ("committee", ["committee", "opml20"]),
    ("committee", ["committee"]),
    ("members", ["committee", "opml19", "--people"]),
    ("trend", ["trend", "theme", "series:MLSys"]),
    ("trend", ["trend", "company", "zzzzqqq"]),
    ("compare", ["compare", "opml", "company:google"]),
    ("compare", ["compare", "year:2017", "aiops"]),
    ("problems", ["validate"]),
    ("paths", ["paths"]),
    ("settings", ["config"]),
    ("version", ["version"]),
    ("decision", ["reject", "opml19-katib", "automl"]),
    ("index", ["index"]),
    ("changes", ["log"]),
    ("change", ["tag", "opml19-katib", "mine"]),
    ("tags", ["tags"]),
    ("session", ["show", "opml19-katib", "opml19-tony"]),
    ("event", ["show", "opml19", "opml20"]),
    ("taken", ["import", str(ROOT / "tests" / "data" / "talks.csv")]),
    ("checkup", ["doctor", "--all"]),
    ("address", ["open", "opml19-katib"]),
    ("address", ["open", "opml19-katib", "--slides", "--paper"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "command"), SCHEMA_OF)
def test_json_output_fits_its_schema(mltalks: Run, name: str, command: list[str]) -> None:
    schema = json.loads(mltalks("schema", name).out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(mltalks(*command, "--json").out), schema)


def test_every_schema_is_listed_and_checked(mltalks: Run) -> None:
    names = {line.split("\t")[0] for line in mltalks("schema").out.splitlines()}
    assert names == {name for name, _ in SCHEMA_OF} | {"error"}
    result = mltalks("schema", "hitz")
    assert result.code == 2
    assert 'did you mean "hits"' in result.err


def test_errors_under_json_are_an_object_on_standard_error(mltalks: Run) -> None:
    schema = json.loads(mltalks("schema", "error").out)
    for arguments, code in [
        (["show", "opml19-katip"], 4),
        (["list", "compny:google"], 2),
        (["list", "--jsonn"], 2),
    ]:
        result = mltalks(*arguments, "--json")
        assert (result.code, result.out) == (code, "")
        error = json.loads(result.err)
        jsonschema.validate(error, schema)
        assert error["error"]["code"] == code
    assert "opml19-katib" in json.loads(mltalks("show", "opml19-katip", "--json").err)["error"]["nearest"]


def test_output_goes_through_real_pipes(shell: Callable[[str], Result]) -> None:
    needs("jq")
    assert shell("mltalks search latency --json | jq -r '.[].id' | head -3").out.count("\n") == 3
    first = shell("set -o pipefail; mltalks list | head -1")
    assert (first.code, first.err, first.out.count("\n")) == (0, "", 1)
    assert shell("mltalks list event:opml19 -o ids | wc -l").out.strip() == "28"
    assert shell("mltalks search レイテンシ --json | jq '.[].slides' | grep -c https").out.strip() != "0"


def test_quiet_suppresses_notices_but_no_errors(mltalks: Run) -> None:
    assert mltalks("search", "latencey", "-q").err == ""
    assert mltalks("show", "nosuch", "-q").err != ""


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "en_US.ISO-8859-1"},
        {"PYTHONIOENCODING": "ascii"},
        {"HOME": "/nonexistent"},
        {"TERM": "dumb"},
        {"COLUMNS": "20"},
        {"COLUMNS": "nonsense"},
        {"NO_COLOR": "1", "FORCE_COLOR": "1"},
    ],
    ids=str,
)
def test_the_environment_does_not_change_the_data(mltalks: Run, env: dict[str, str]) -> None:
    assert mltalks("search", "レイテンシ", env=env).out == mltalks("search", "レイテンシ").out
    assert mltalks("list", "event:opml19", "-o", "table", env=env).code == 0


def test_japanese_is_chosen_by_the_locale_or_the_option(mltalks: Run) -> None:
    japanese = {"LANG": "ja_JP.UTF-8"}
    assert "パイプライン" in mltalks("themes", "--lang", "ja").out
    assert "見つかりませんでした" in mltalks("search", "zzzzqqq", env=japanese).err
    assert "タイトル" in mltalks("list", "event:opml20", "-o", "table", env=japanese).out
    assert "title" in mltalks("list", "event:opml20", "-o", "table", "--lang", "en", env=japanese).out
    assert "検索式" in mltalks("list", "(a", env=japanese).err
    english = mltalks("show", "opml19-deepcpu", "-o", "table", "--lang", "en").out
    assert "Microsoft explains" in english
    assert "推論ライブラリ" in mltalks("show", "opml19-deepcpu", "-o", "table", "--lang", "ja").out


@pytest.fixture
def views(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[View]]:
    """Return the views that a command prints."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    printed: list[View] = []
    monkeypatch.setattr("mltalks.cli.console.Console.print", lambda _, view: printed.append(view))

    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.toml").write_text("[[sessions]]\nid = 's'\nevent = 'nosuch'\n")

    def run(*arguments: str) -> list[View]:
        printed.clear()
        get_command(app).main([*arguments, "-q"], prog_name="mltalks", standalone_mode=False, obj="en")
        return printed

    return run


SHAPES: tuple[tuple[Lang, int], ...] = (("en", 40), ("ja", 200))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "command"), PRINTED)
def test_every_field_is_drawn_as_a_table(
    views: Callable[..., list[View]], name: str, command: list[str]
) -> None:
    if command == ["log"]:
        views("tag", "opml19-katib", "mine")
    if command == ["decisions"]:
        views("reject", "opml19-katib", "automl")
    (view,) = views(*command)
    few = view._replace(records=view.records[:6])
    assert few.records
    assert few.output.name == name
    copied_whole = few.output.layout in ("problems", "findings")
    for fields in (*((name,) for name in few.output.fields), few.output.fields, ()):
        for lang, width in SHAPES:
            lines = table(few, fields, lang, width, colour=False).text.splitlines()
            assert not too_wide(lines, width) or (copied_whole and not fields)


def test_no_output_with_fields_is_forgotten() -> None:
    with_fields = {name for name, output in OUTPUTS.items() if output.fields}
    assert with_fields - {name for name, _ in PRINTED} == {"index", "tags", "version"}


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["crosstab", "lang", "kind", "-o", "table", "--fields", "lang"], "lang"),
        (["crosstab", "company", "kind", "-o", "table", "--fields", "company,talk"], "talk"),
    ],
)
def test_a_column_named_like_a_method_is_drawn(mltalks: Run, command: list[str], shown: str) -> None:
    result = mltalks(*command)
    assert (result.code, shown in result.out, "Traceback" in result.err) == (0, True, False)


@pytest.mark.excerpt
def test_problems_are_drawn_by_chosen_fields(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("[[sessions]]\nid='s'\nevent='nosuch'\ntitle='T'\nkind='talk'\n")
    result = mltalks("validate", str(file), "-o", "table", "--fields", "line,message")
    assert result.code == 3
    assert re.search(r"^ +3 +", result.out, re.MULTILINE)
