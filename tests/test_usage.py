"""Unusual and wrong command lines: one helpful line, in two languages, never a traceback."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from mltalks.messages import say
from tests.conftest import COMMAND, Result, Run, environment

JAPANESE = {"LC_ALL": "ja_JP.UTF-8"}
ESCAPE = "\x1b]0;odd\x07"


def raw(home: Path, *arguments: bytes) -> Result:
    """Run the command with arguments as bytes, as a shell passes them."""
    done = subprocess.run(
        [os.fsencode(COMMAND), *arguments],
        capture_output=True,
        env=environment(home),
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([b"list", b"\xff"], 2),
        ([b"search", b"caf\xe9 latency"], 2),
        ([b"show", b"\xff"], 2),
        ([b"by-company", b"\xff"], 2),
        ([b"by-speaker", b"\xff"], 2),
        ([b"themes", b"\xff\xfe x"], 2),
        ([b"help", b"\xff"], 2),
        ([b"schema", b"\xff"], 2),
        ([b"\xff"], 2),
        ([b"list", b"-\xff"], 2),
        ([b"list", b"--fields", b"\xff"], 2),
        ([b"list", b"--data", b"/nosuch/\xff.toml"], 3),
        ([b"validate", b"/nosuch/\xff.toml"], 3),
        ([b"__complete", b"list", b"\xff"], 0),
    ],
)
@pytest.mark.parametrize("form", [[], [b"--json"]])
def test_what_is_no_utf_8_is_no_traceback(
    tmp_path: Path, arguments: list[bytes], code: int, form: list[bytes]
) -> None:
    result = raw(tmp_path, *arguments, *form)
    assert "Traceback" not in result.err
    assert result.code == code


@pytest.mark.parametrize("lang", [{}, JAPANESE])
@pytest.mark.excerpt
def test_standard_error_controls_no_terminal(mltalks: Run, tmp_path: Path, lang: dict[str, str]) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        '[[events]]\nid="odd"\nname="Odd \\u001b]0;x\\u0007"\nseries="Odd"\nyear=2020\n'
        '[[organizations]]\nname="Bad \\u001b[31mWorks"\nkind="company"\n'
        '[[sessions]]\nid="s"\nevent="odd"\ntitle="T"\nkind="talk"\norganizations=["Bad \\u001b[31mWorks"]\n'
    )
    for arguments in (
        ["companies", "event:odd"],
        ["by-company", "bad wroks"],
        ["list", f"speaker:{ESCAPE}"],
        ["show", ESCAPE],
        [ESCAPE],
        ["list", f"-{ESCAPE}"],
        ["validate", f"/nosuch{ESCAPE}"],
        ["open", "s"],
    ):
        result = mltalks(*arguments, "--data", str(file), env=lang)
        assert result.err
        assert "\x1b" not in result.err + result.out
        assert "\x07" not in result.err + result.out


@pytest.mark.parametrize(
    "line",
    [
        "mltalks --help >/dev/full",
        "mltalks search --help >/dev/full",
        "mltalks help search >/dev/full",
        "mltalks help query >/dev/full",
        "mltalks --version >/dev/full",
        "mltalks completion bash >/dev/full",
        "mltalks __complete se >/dev/full",
        "mltalks __complete se >&-",
        "mltalks --help >&-",
        "mltalks list --json >&-",
        "mltalks >/dev/full",
    ],
)
def test_a_full_or_closed_output_is_one_line(shell: Callable[[str], Result], line: str) -> None:
    result = shell(line)
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "cannot write" in result.err


def test_a_closed_pipe_is_no_failure(shell: Callable[[str], Result]) -> None:
    for command in ("--help", "list --help", "list --json", "__complete show ''", "schema hits"):
        result = shell(f"set -o pipefail; mltalks {command} | true")
        assert (result.code, result.err) == (0, "")


@pytest.mark.excerpt
def test_bare_mltalks_prints_errors_too(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("x = [")
    result = mltalks(env={"MLTALKS_DATA": str(file)})
    assert (result.code, result.out, result.err.count("\n")) == (3, "", 1)


@pytest.mark.parametrize(
    "arguments", [["-ojson"], ["-qo", "json"], ["-qojsonl"], ["--format=json"], ["-o", "json"]]
)
def test_errors_are_json_for_each_way_to_request_it(mltalks: Run, arguments: list[str]) -> None:
    assert json.loads(mltalks("list", "compny:x", *arguments).err)["error"]["code"] == 2


def test_an_option_after_two_hyphens_is_a_word(mltalks: Run) -> None:
    assert mltalks("show", "--", "--json").err.startswith("mltalks: error: no session")
    assert "検索" not in mltalks("list", "compny:x", "--", "--lang", "ja").err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["serch"], "「serch」というコマンドはありません"),
        (["list", "--jsn"], "--jsn というオプションはありません"),
        (["explain"], "引数 ID（発表の ID。一覧に表示されるもの）を指定してください"),
        (["show"], "発表の ID を指定してください"),
        (["list", "-n", "x"], "--limit: 「x」は整数ではありません"),
        (["list", "-n", "-1"], "--limit: -1 は使えません"),
        (["list", "-o", "yaml"], "--format: 「yaml」は使えません。指定できる値: table, plain"),
        (["explain", "a", "b"], "引数が多すぎます: b"),
        (["list", "-n"], "オプション -n に値を指定してください"),
        (["list", "--json=3"], "オプション --json に値は指定できません"),
        (["list", "company:zzzzz"], "組織「zzzzz」が見つかりません"),
        (["list", "--json", "-o", "csv"], "同時に使えません"),
    ],
)
def test_usage_errors_are_in_japanese(mltalks: Run, arguments: list[str], says: str) -> None:
    assert says in mltalks(*arguments, env=JAPANESE).err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["list", "-gpu"], "write NOT gpu"),
        (["list", "- latency"], "write NOT latency"),
        (["themes", "-gpu"], "write NOT gpu"),
        (["show", "-gpu"], "see 'mltalks show --help'"),
        (["list", "-x"], "see 'mltalks list --help'"),
        (["list", "--gpu"], "see 'mltalks list --help'"),
    ],
)
def test_an_option_that_may_be_an_excluded_word_has_a_hint(
    mltalks: Run, arguments: list[str], hint: str
) -> None:
    assert hint in mltalks(*arguments).err


@pytest.mark.parametrize(
    "arguments",
    [["list", "--" + "x" * 5000], ["y" * 5000], ["list", f"{'z' * 5000}:a"], ["explain", "a", "b" * 5000],
     ["list", "-o", "q" * 5000], ["list", "--fields", "f" * 5000], ["help", "h" * 5000], ["schema", "s" * 5000]],
    ids=lambda arguments: arguments[0][:8],
)  # fmt: skip
def test_long_words_are_cut_in_messages(mltalks: Run, arguments: list[str]) -> None:
    result = mltalks(*arguments)
    assert result.code == 2
    assert len(result.err) < 600


def test_very_many_notices_are_cut(mltalks: Run) -> None:
    result = mltalks("list", " OR ".join(f"zzq{n}q" for n in range(3000)))
    assert len(result.err.splitlines()) < 15
    assert "not shown: 2,990 similar messages" in result.err


def test_contradictory_or_empty_options_are_usage_errors(mltalks: Run) -> None:
    for arguments in (
        ["--json", "-o", "csv"],
        ["--fields", ","],
        ["--fields", ""],
        ["--json", "-o", "jsonl"],
    ):
        result = mltalks("list", *arguments)
        assert (result.code, result.out) == (2, "")
    assert mltalks("list", "event:opml20", "--json", "-o", "json").code == 0


def test_fields_pick_of_one_session_too(mltalks: Run) -> None:
    out = mltalks("show", "opml19-katib", "--fields", "id,kind", "-o", "table").out
    assert out.split() == ["id", "opml19-katib", "kind", "paper"]


def test_open_prints_an_object_for_json(mltalks: Run) -> None:
    record = json.loads(mltalks("show", "opml19-katib", "--json").out)
    assert json.loads(mltalks("open", "opml19-katib", "--slides", "--json").out) == {
        "id": "opml19-katib",
        "what": "slides",
        "address": record["slides"],
    }
    both = json.loads(mltalks("open", "opml19-katib", "--slides", "--paper", "--json").out)
    assert [one["what"] for one in both] == ["slides", "paper"]
    assert mltalks("open", "opml19-katib", "--slides", "--fields", "address", "-o", "csv").out.startswith(
        "address\n"
    )


def test_missing_data_have_a_notice(mltalks: Run, tmp_path: Path) -> None:
    place = tmp_path / "nosuch"
    result = mltalks("list", "event:opml20", env={"MLTALKS_DATA": str(place)})
    assert result.code == 0
    assert result.err == f"mltalks: MLTALKS_DATA is set to {place}, which does not exist\n"
    assert mltalks("log", env={"MLTALKS_DATA": str(place)}).err.startswith(result.err)
    noted = mltalks("note", "opml19-katib", "x", env={"MLTALKS_DATA": str(place)})
    assert noted.err == f"{result.err}mltalks: opml19-katib: note x\n"
    away = {"MLTALKS_DATA": str(tmp_path / "not mounted" / "team")}
    for command in (("note", "opml19-katib", "x"), ("import", "-", "--event", "Oslo ML 2027")):
        refused = mltalks(*command, env=away, stdin="title\nServing by night\n")
        assert (
            f"error: {tmp_path / 'not mounted'}, in which your data would be made, does not exist"
            in refused.err
        )
        assert (refused.code, (tmp_path / "not mounted").exists()) == (2, False)


def test_nothing_found_may_be_an_exit_status_everywhere(mltalks: Run) -> None:
    for command in ("companies", "keywords", "speakers", "events", "list", "search"):
        result = mltalks(command, "zzzzqqq", "--exit-status")
        assert (result.code, "nothing found" in result.err) == (1, True)
        assert mltalks(command, "latency", "--exit-status").code == 0
    result = mltalks("themes", "zzzzqqq", "zzzqq", "--exit-status")
    assert (result.code, "nothing found" in result.err) == (1, True)
    assert mltalks("themes", "aiops", "--exit-status").code == 0
    assert mltalks("related", "opml19-katib", "--exit-status").code == 0


def test_a_theme_takes_a_limit(mltalks: Run) -> None:
    result = mltalks("themes", "aiops", "-n", "3", "--json")
    theme = json.loads(result.out)
    assert len(theme["sessions"]) == 3 < theme["count"]
    assert f"3 of {theme['count']} sessions" in result.err
    assert len(mltalks("themes", "-n", "3").out.splitlines()) == 3


def test_operators_in_small_letters_have_a_notice(mltalks: Run) -> None:
    assert (
        '"or" is searched as a word; the operator is written OR'
        in mltalks("list", "kafka", "or", "spark").err
    )
    assert "OR" not in mltalks("list", "kafka", "OR", "spark").err
    assert mltalks("list", "kafka or spark", "-q").err == ""
    assert "operator" not in mltalks("search", "kafka", "or", "spark").err


def test_an_unknown_session_names_the_nearest_id_or_the_search(mltalks: Run) -> None:
    for typed in ("nosuch", "zzzz", "x"):
        assert mltalks("show", typed).err.endswith(f"to search for the words: mltalks search {typed}\n")


@pytest.mark.parametrize("env", [{}, JAPANESE], ids=["en", "ja"])
def test_help_prints_each_example_on_a_separate_line(mltalks: Run, env: dict[str, str]) -> None:
    from mltalks.cli.registry import COMMANDS

    for command in COMMANDS:
        out = mltalks(command, "--help", env=env).out
        assert "\b" not in out
        assert "\\b" not in out
        assert "{" not in out
        examples = [
            line for line in out.splitlines() if line.startswith("    ") and f"mltalks {command}" in line
        ]
        assert len(examples) >= 2, command
    assert "Usage: mltalks by-company [OPTIONS] NAME [QUERY]..." in mltalks("by-company", "--help").out
    japanese = mltalks("help", "search", "--lang", "ja").out
    assert japanese == mltalks("search", "--help", "--lang", "ja").out
    assert "使い方: mltalks search" in japanese
    assert "発表を探す:" in mltalks("help", "--lang", "ja").out


@pytest.mark.excerpt
def test_an_address_with_an_apostrophe_survives_xargs(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        "[[sessions]]\nid='s'\nevent='opml19'\ntitle='A \u2028 line'\nkind='talk'\nurl=\"https://example.org/it's\"\n"
    )
    assert mltalks("open", "s", "--data", str(file)).out == "https://example.org/it%27s\n"
    for form in ("json", "jsonl"):
        assert "\u2028" not in mltalks("list", "id:s", "--data", str(file), "-o", form).out


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("survey tag:x -O s.md", "to write a file: -o md > s.md"),
        ("list --output x.csv", "to write a file: -o csv > x.csv"),
        ("trend theme -O", "to write a file: -o FORMAT > FILE"),
        ("search a --output x.html", "to write a page: mltalks survey [QUERY] --html x.html"),
        ("list -o ics", "to write the talks: mltalks export [QUERY] --format ical"),
        ("list -o html", "to write a page: mltalks survey [QUERY] --html FILE"),
        ("list -o site.html", "to write a page: mltalks survey [QUERY] --html site.html"),
        ("export -O site.html", "to write a page: mltalks survey [QUERY] --html site.html"),
        ("export -o html", "to write a page: mltalks survey [QUERY] --html FILE"),
    ],
)
def test_an_option_for_a_file_or_a_page_leads_to_what_writes_it(mltalks: Run, typed: str, hint: str) -> None:
    result = mltalks(*typed.split())
    assert (result.code, result.err.rstrip().endswith(hint)) == (2, True), result.err


def test_content_without_an_id_asks_for_the_id(mltalks: Run) -> None:
    for typed in (["tag", "survey"], ["note", "a remark"], ["mark", "watched"], ["accept", "pipelines"]):
        result = mltalks(*typed, stdin="opml19-katib\n")
        assert (result.code, "give the id of a session, - to read ids from standard input" in result.err) == (
            2,
            True,
        )
    assert "give at least one tag" in mltalks("tag", "opml19-katib").err


def test_one_of_what_is_counted_is_one() -> None:
    for template in ("not shown: {count} similar messages", "checking {count} links", "{count} talks"):
        assert say(template, "en", count=1) == template.replace("{count}", "1")[:-1]
    assert say("survey of {count} sessions written to {path}", "en", count=1, path="x").startswith(
        "survey of 1 session "
    )
    assert say("{shown} of {count} rows; --limit 0 shows all", "en", shown=1, count=1).startswith(
        "1 of 1 rows"
    )


@pytest.mark.excerpt
def test_import_prints_json_for_the_option_of_all_other_commands(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("title,event\nOn soup,opml20\n")
    wanted = mltalks("import", str(file), "--dry-run", "--json")
    for typed in (["-o", "json"], ["-ojson"]):
        for arguments in ([str(file), *typed, "--dry-run"], [*typed, str(file), "--dry-run"]):
            assert mltalks("import", *arguments) == wanted
    assert mltalks("-o", "json", "import", str(file), "--dry-run") == wanted


def test_text_has_the_same_columns_in_both_languages(mltalks: Run) -> None:
    for command in (
        ["keywords"],
        ["themes"],
        ["companies"],
        ["events"],
        ["trend", "theme"],
        ["trend", "keyword"],
    ):
        one, other = (mltalks(*command, "-o", "csv", "--lang", lang).out for lang in ("en", "ja"))
        assert one.splitlines()[0] == other.splitlines()[0]
        plain = (mltalks(*command, "-o", "plain", "--lang", lang).out for lang in ("en", "ja"))
        assert len({line.count("\t") for text in plain for line in text.splitlines()}) == 1


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("author", "speakers"),
        ("authors", "speakers"),
        ("venue", "event"),
        ("affiliation", "companies"),
        ("topic", "themes"),
    ],
)
def test_fields_have_the_names_that_queries_have(mltalks: Run, typed: str, usual: str) -> None:
    named, usually = (mltalks("list", "event:opml19", "--fields", f"id,{one}") for one in (typed, usual))
    assert (named.code, named.out) == (0, usually.out)


@pytest.mark.parametrize(
    ("typed", "usual"), [("authors", "speaker"), ("venue", "event"), ("organizations", "company")]
)
def test_orders_have_the_names_that_queries_have(mltalks: Run, typed: str, usual: str) -> None:
    named, usually = (mltalks("list", "series:OpML", "--sort", one, "-o", "ids") for one in (typed, usual))
    assert (named.code, named.out) == (0, usually.out)


def test_themes_are_counted_as_other_lists_are(mltalks: Run) -> None:
    found = json.loads(mltalks("themes", "event:opml19", "--json").out)["themes"]
    assert (
        mltalks("themes", "event:opml19", "--count").out == f"{sum(one['sessions'] > 0 for one in found)}\n"
    )
    in_theme = mltalks("list", "theme:gpu-kernels", "--count").out
    assert mltalks("themes", "gpu-kernels", "--count").out == in_theme


def test_a_narrow_screen_keeps_the_newest_years_of_a_trend(mltalks: Run) -> None:
    result = mltalks("trend", "theme", "-n", "3", "-o", "table", env={"COLUMNS": "90"})
    years = [one for one in result.out.splitlines()[0].split() if one.isdecimal()]
    assert 2 <= len(years) < 9
    assert years == [str(year) for year in range(2027 - len(years), 2027)]
    assert f"not shown for lack of width: 2018–{int(years[0]) - 1}" in result.err
