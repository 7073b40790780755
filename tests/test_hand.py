"""What people reach for who know gh, git, ripgrep and jq: a pager, orders, their own settings, words of other programs."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pexpect
import pytest

from mltalks.text.folding import name_key
from mltalks.text.wrapping import cells
from tests.conftest import COMMAND, Run, environment

TAGS_HAVE = "use letters, digits, underscores, hyphens and dots, without spaces, and do not start with a hyphen or dot"


def in_terminal(home: Path, *arguments: str, env: dict[str, str]) -> "pexpect.spawn[str]":
    surrounding = environment(home, {"TERM": "xterm-256color", **env})
    del surrounding["COLUMNS"]
    return pexpect.spawn(
        str(COMMAND), list(arguments), env=surrounding, encoding="utf-8", dimensions=(20, 60), timeout=60
    )


def seen(child: "pexpect.spawn[str]") -> str:
    child.expect(pexpect.EOF)
    child.close()
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z=>]|\x1b\]8;[^\x1b]*\x1b\\", "", child.before or "")


def test_long_output_goes_through_the_pager(tmp_path: Path) -> None:
    pager = {"MLTALKS_PAGER": "sed s/^/PAGED/"}
    assert "PAGED" in seen(in_terminal(tmp_path, "list", "event:opml19", env=pager))
    assert "PAGED" in seen(in_terminal(tmp_path, "--help", env=pager))
    assert "PAGED" not in seen(in_terminal(tmp_path, "list", "id:opml19-katib", env=pager))
    assert "PAGED" not in seen(in_terminal(tmp_path, "list", "event:opml19", "--no-pager", env=pager))
    for off in ({**pager, "NO_PAGER": "1"}, {**pager, "TERM": "dumb"}, {"MLTALKS_PAGER": "cat"}):
        assert "PAGED" not in seen(in_terminal(tmp_path, "list", "event:opml19", env=off))


def test_the_notice_comes_after_the_pager_and_a_pager_that_fails_loses_nothing(tmp_path: Path) -> None:
    out = seen(in_terminal(tmp_path, "list", "event:opml19", env={"MLTALKS_PAGER": "cat; echo LEFT"}))
    assert out.index("LEFT") < out.index("28 sessions")
    for left_early in ("head -n 1", "true"):
        child = in_terminal(tmp_path, "list", "event:opml19", env={"MLTALKS_PAGER": left_early})
        assert "Traceback" not in seen(child)
        assert child.exitstatus == 0
    child = in_terminal(tmp_path, "list", "event:opml19", env={"MLTALKS_PAGER": "no-such-pager"})
    assert seen(child).count("Katib") == 1
    assert child.exitstatus == 0


def test_less_shows_the_best_hit_first_and_is_left_with_q(tmp_path: Path) -> None:
    child = in_terminal(tmp_path, "search", "latency", env={"MLTALKS_PAGER": "less"})
    child.expect("Latency")
    child.expect("\n:")
    assert child.isalive()
    child.send("q")
    seen(child)
    assert child.exitstatus == 0


def test_a_pager_never_starts_off_a_terminal(mltalks: Run) -> None:
    out = mltalks("list", "event:opml19", env={"MLTALKS_PAGER": "sed s/^/PAGED/", "TERM": "xterm"}).out
    assert len(out.splitlines()) == 28
    assert "PAGED" not in out


def test_notices_wrap_between_words(tmp_path: Path) -> None:
    out = seen(in_terminal(tmp_path, "search", "poker", "insurance", "zebrafish", env={}))
    assert all(len(line) <= 60 for line in out.splitlines())
    assert " ".join(out.split()).startswith('mltalks: no talk says "poker"')


@pytest.mark.parametrize(
    ("order", "field"), [("title", "title"), ("event", "event"), ("company", "companies"), ("date", "year")]
)
def test_a_list_has_the_order_that_is_asked_for(mltalks: Run, order: str, field: str) -> None:
    listed = json.loads(mltalks("list", "company:google", "--sort", order, "--json").out)
    assert len(listed) > 20
    values = [one[field][0] if isinstance(one[field], list) else one[field] for one in listed]
    folded = [name_key(value) if isinstance(value, str) else value for value in values]
    names = {"opml": "USENIX OpML", "sysml": "SysML", "mlsys": "MLSys"}
    if order == "event":
        folded = [name_key(f"{names[value[:-2]]} {value[-2:]}") for value in values]
    assert folded == sorted(folded, reverse=order == "date")
    backwards = json.loads(mltalks("list", "company:google", "--sort", order, "--reverse", "--json").out)
    assert backwards == listed[::-1]


def test_lists_have_the_newest_first_and_a_dated_talk_before_its_event(mltalks: Run) -> None:
    years = [one["year"] for one in json.loads(mltalks("list", "theme:aiops", "--json").out)]
    assert years == sorted(years, reverse=True)
    for title, date in (("In March", "2030-03-01"), ("In May", "2030-05-01"), ("Some day", "")):
        dated = ["--date", date] if date else []
        assert mltalks("add", title, "--event", "Meetup 2030", *dated).code == 0
    titles = mltalks("list", "series:meetup", "--fields", "title").out.splitlines()
    assert titles == ["In May", "In March", "Some day"]
    added = mltalks("list", "--sort", "added", "-n", "3", "--fields", "title").out.splitlines()
    assert added == ["Some day", "In May", "In March"]


@pytest.mark.parametrize(
    ("command", "column"), [("companies", "value"), ("keywords", "label"), ("events", "label")]
)
def test_counts_can_be_sorted_and_counted(mltalks: Run, command: str, column: str) -> None:
    def values(*options: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(mltalks(command, *options, "--json").out)["values"]
        return found

    by_number = [one["sessions"] for one in values("--sort", "sessions")]
    assert by_number == sorted(by_number, reverse=True)
    assert by_number[::-1] == [one["sessions"] for one in values("--sort", "sessions", "--reverse")]
    for order in ("first", "last"):
        years = [one[f"{order}_year"] for one in values("--sort", order)]
        assert years == sorted(years, reverse=True)
    names = [one[column] for one in values("--sort", "name")]
    assert names == sorted(names, key=name_key)
    assert mltalks(command, "--count").out == f"{len(by_number)}\n"


def test_themes_can_be_sorted(mltalks: Run) -> None:
    drawn = mltalks("themes", "--sort", "sessions", "-o", "table").out.splitlines()[2:]
    rows = [found for line in drawn if (found := re.match(r"( *)[a-z-]+ +(\d+) ", line))]
    counts = [int(row[2]) for row in rows]
    assert len(counts) > 80
    assert counts == sorted(counts, reverse=True)
    assert not any(row[1] for row in rows)  # no indentation, as the parent is elsewhere
    labels = [
        line.split("\t")[2] for line in mltalks("themes", "--sort", "name", "--lang", "ja").out.splitlines()
    ]
    assert labels == sorted(labels, key=name_key)


def test_a_word_of_a_theme_without_sessions_names_the_theme(mltalks: Run) -> None:
    found = mltalks("search", "ethics")
    assert found.out == ""
    assert 'no talk says "ethics"; none is filed under its theme: responsible-ml' in found.err


def test_a_search_can_be_sorted_and_counted(mltalks: Run) -> None:
    by_relevance = json.loads(mltalks("search", "latency", "-n", "0", "--json").out)
    by_date = json.loads(mltalks("search", "latency", "-n", "0", "--sort", "date", "--json").out)
    assert sorted(one["id"] for one in by_date) == sorted(one["id"] for one in by_relevance)
    assert [one["year"] for one in by_date] == sorted((one["year"] for one in by_date), reverse=True)
    assert mltalks("search", "latency", "--count").out == f"{len(by_relevance)}\n"
    assert mltalks("list", "event:opml19", "--count").out == "28\n"
    assert mltalks("list", "note:nothing", "--count", "--exit-status").code == 1


def test_common_options_may_come_before_the_command(mltalks: Run) -> None:
    after = mltalks("list", "event:opml20", "--lang", "ja", "-o", "csv", "-n", "3")
    assert mltalks("--lang", "ja", "-o", "csv", "list", "event:opml20", "-n", "3") == after
    found = json.loads(mltalks("version", "--json").out)
    assert mltalks("-V").out == mltalks("--version").out == f"mltalks {found['version']}\n"
    assert mltalks("version").out == f"mltalks {found['version']} (data {found['data']})\n"
    assert mltalks("survey", "event:opml20", "-o", "md").out.endswith(
        f"Made with mltalks {found['version']} (data {found['data']}).\n"
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ls", "list"), ("find", "search"), ("view", "show"), ("rm", "remove"), ("orgs", "companies")],
)
def test_a_command_of_another_program_leads_to_ours(mltalks: Run, typed: str, meant: str) -> None:
    result = mltalks(typed, "x")
    assert result.code == 2
    assert f'did you mean "{meant}"?' in result.err


@pytest.mark.parametrize(("typed", "meant"), [("markdown", "md"), ("bib", "bibtex"), ("ndjson", "jsonl")])
def test_formats_have_the_names_of_other_programs(mltalks: Run, typed: str, meant: str) -> None:
    assert mltalks("list", "-n", "2", "-o", typed) == mltalks("list", "-n", "2", f"-o{meant}")


def test_a_file_given_as_format_leads_to_the_file(mltalks: Run) -> None:
    assert "-o csv > out.csv" in mltalks("list", "-o", "out.csv").err
    assert "-O talks.bib writes to that file" in mltalks("export", "-o", "talks.bib").err
    result = mltalks("export", "-O", "talks.xyz")
    assert result.code == 2
    assert ".xyz" in result.err


def test_fields_are_found_in_either_number(mltalks: Run) -> None:
    assert mltalks("list", "-n", "2", "--fields", "Company,titles") == mltalks(
        "list", "-n", "2", "--fields", "companies,title"
    )
    assert 'did you mean "title"' in mltalks("list", "--fields", "titel").err


@pytest.mark.parametrize(
    ("command", "typed", "same"),
    [
        ("companies", "company,first,LAST", "value,first_year,last_year"),
        ("companies", "組織,初年", "value,first_year"),
        ("events", "id,event,name", "value,label,label"),
        ("themes", "id,English,英語", "id,label_en,label_en"),
        ("trend theme", "theme,2018–2020", "label,2018,2019,2020"),
        ("compare google meta", "facet,name", "facet,label"),
        ("show opml19-katib", "answers", "questions"),
        ("tags", "値", "value"),
    ],
)
def test_a_heading_is_a_name_of_its_field(mltalks: Run, command: str, typed: str, same: str) -> None:
    for form in ("plain", "json", "table"):
        found = mltalks(*command.split(), "-o", form, "--fields", typed)
        assert found.code == 0
        assert found == mltalks(*command.split(), "-o", form, "--fields", same)


def test_every_column_that_a_table_leaves_out_can_be_named(mltalks: Run, tmp_path: Path) -> None:
    for lang in ("en", "ja"):
        for command, columns in (
            ("list event:opml19", "80"),
            ("search gpu", "80"),
            ("trend theme", "80"),
        ):
            options = [*command.split(), "-o", "table", "--lang", lang]
            drawn = mltalks(*options, env={"COLUMNS": columns})
            notice = next(line for line in drawn.err.splitlines() if "--fields" in line)
            fields = re.split(r"[:：（;]", notice.removeprefix("mltalks: "))[1].strip()
            wide = mltalks(*options, "--fields", fields, env={"COLUMNS": "300"})
            assert (wide.code, notice in wide.err) == (0, False), (notice, fields, wide.err)
    linked = json.loads(mltalks("list", "id:opml19-katib", "--fields", "links", "--json").out)
    assert [len(one["links"]) for one in linked] == [3]
    assert "links" not in mltalks("list", "id:opml19-katib", "-o", "csv").out.split(",")
    (tmp_path / "config.toml").write_text('[columns]\nlist = ["id", "links"]\n')
    env = {"MLTALKS_CONFIG": str(tmp_path), "COLUMNS": "100"}
    assert mltalks("list", "-n", "1", "-o", "table", env=env).out.split()[:2] == ["id", "links"]


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_a_list_is_a_table_where_ids_and_titles_fit(mltalks: Run, columns: int) -> None:
    drawn = mltalks("list", "-o", "table", env={"COLUMNS": str(columns)})
    lines = drawn.out.splitlines()
    ids = mltalks("list", "-o", "ids").out.split()
    assert lines[0].split()[:2] == ["id", "title"]
    assert [line.split()[0] for line in lines[2:] if not line.startswith(" ")] == ids
    assert all(len(line) <= columns for line in lines)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "search 'latency from 2020 by google' -n 2",
            [
                'no talk with year:2020 company:google has the other words; searched as text: "from 2020", "by google"',
                "2 of 68 close answers; --limit 0 shows all of them, --all finds 232",
            ],
        ),
        ("by-theme xyzzy", ['error: no theme "xyzzy"; to search for the words: mltalks search xyzzy']),
        (
            "show 'xy zzy'",
            ["error: no session or event \"xy zzy\"; to search for the words: mltalks search 'xy zzy'"],
        ),
        ("list year:2026..2019", ["error: year:2026..2019 runs backwards; write year:2019..2026"]),
        (
            "list --limt 3",
            ["error: no such option --limt; see 'mltalks list --help'; did you mean \"--limit\"?"],
        ),
        ("list --titel x", ["error: no such option --titel; see 'mltalks list --help'"]),
        ("edit opml19-katib --year 1", ["error: no such option --year; see 'mltalks edit --help'"]),
        (
            "tag opml19-katib 'to read' a,b",
            [f'error: tags: "to read" is not a tag; {TAGS_HAVE}'],
        ),
        ("alias Acmee Uber -q", []),
        ("show opml19-ktib", ['error: no session or event "opml19-ktib"; did you mean "opml19-katib"?']),
    ],
)
def test_what_is_said_names_the_next_step_and_nothing_far(mltalks: Run, typed: str, said: list[str]) -> None:
    assert mltalks(*shlex.split(typed)).err.splitlines() == [f"mltalks: {one}" for one in said]


def test_the_journal_and_its_commands_say_what_they_mean(mltalks: Run) -> None:
    named = mltalks("alias", "Acmee", "Uber")
    assert 'no talk and no committee has an organization "Acmee" yet' in named.err
    assert mltalks("log", "-o", "table").out.split()[:5] == ["number", "time", "command", "about", "undone"]
    assert mltalks("undo").code == 0
    assert "only 1 of 5 changes can be redone" in mltalks("redo", "5").err
    settings = json.loads(mltalks("config", "--json").out)
    assert [one["value"] for one in settings if one["name"] == "limit"] == [None]


def test_long_remarks_stand_below_tables_and_long_lists_last(mltalks: Run) -> None:
    survey = mltalks("survey", "event:opml19", "-o", "table", env={"COLUMNS": "80"}).out
    assert re.search(r"2019-05-20 .* partial\n", survey)
    assert "Coverage of USENIX OpML '19: 28 of 39 sessions" in survey
    head = mltalks("themes", "aiops", "-o", "table", env={"COLUMNS": "80"}).out.split("\n\n")[1]
    assert re.search(r"\nterms .*; \d+ more:\s+--json$", head, re.DOTALL)
    assert "LLM inference" in mltalks("trend", "theme", "-o", "table", "-n", "3").out
    assert "Search, ranking and" in mltalks("compare", "google", "meta", "-o", "table", "-n", "3").out


def test_an_unknown_query_field_names_the_fields_and_answers_is_one(mltalks: Run) -> None:
    assert "the fields are company, theme," in mltalks("list", "zzz:x").err
    answered = mltalks("list", "answers:cost", "--json")
    assert answered == mltalks("list", "問い:cost", "--json")
    for one in json.loads(answered.out):
        assert re.search(
            "cost|pric|費|コスト|価格|expens|spend|bill|budget", str((one["questions"], one["questions_ja"]))
        )


def test_an_address_is_never_cut(mltalks: Run) -> None:
    source = mltalks("show", "opml19-katib", "--fields", "source").out
    address = re.findall(r"https://[^\s;]+", source)[0]
    for columns in ("40", "80"):
        assert address in mltalks("show", "opml19-katib", "-o", "table", env={"COLUMNS": columns}).out


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("!kind:paper event:opml19", "NOT kind:paper event:opml19"),
        ("type:keynote", "kind:keynote"),
        ("org:google since:2024", "company:google year:2024.."),
    ],
)
def test_words_of_other_query_languages_work(mltalks: Run, typed: str, same: str) -> None:
    assert mltalks("list", typed, "-o", "ids") == mltalks("list", same, "-o", "ids")


def test_a_star_finds_every_word_that_begins_so(mltalks: Run) -> None:
    def ids(*query: str) -> set[str]:
        return set(mltalks("list", *query, "-o", "ids").out.split())

    assert ids("quantiz*") >= ids('"quantization"') | ids('"quantized"')
    assert ids("zahari*") >= ids("speaker:zaharia")
    assert ids("title:quantiz*") < ids("quantiz*")
    assert ids("xyzzy*") == set()


def test_settings_come_from_the_file_and_are_shown_with_their_source(mltalks: Run, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "config.toml").write_text('language = "ja"\nlimit = 3\n[columns]\nlist = ["id", "year"]\n')
    env = {"MLTALKS_CONFIG": str(folder)}
    rows = {row["name"]: row for row in json.loads(mltalks("config", "--json", env=env).out)}
    assert rows["language"] == {"name": "language", "value": "ja", "source": "config.toml"}
    assert rows["limit"]["value"] == "3"
    assert rows["color"]["source"] == "default"
    assert "オプション" in mltalks("list", "--nosuch", env=env).err
    assert re.search(r"ID +年\s*\n", seen(in_terminal(tmp_path, "list", "event:opml20", env=env)))
    assert "組織256件中3件" in seen(in_terminal(tmp_path, "companies", env=env))
    assert mltalks("list", "-n", "1", env=env).out.count("\t") > 2  # a pipe has the usual columns


def test_what_is_wrong_in_the_settings_is_told_and_left_out(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('languge = "ja"\nlimit = -1\nformat = "tabel"\npager = 3\ncolumns = ["id"]\n')
    env = {"MLTALKS_CONFIG": str(tmp_path)}
    result = mltalks("config", env=env)
    assert result.code == 3
    assert f"{file}:1: languge: is not a setting" in result.err
    assert 'did you mean "language"' in result.err
    assert len(result.err.splitlines()) == 5
    assert mltalks("list", "-n", "1", env=env).code == 0
    file.write_text("language = ")
    assert mltalks("config", env=env).code == 3
    assert mltalks("search", "latency", "-n", "1", env=env).code == 0


def test_columns_that_do_not_exist_are_told_and_left_out(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[columns]\nlist = ["id", "titel"]\nlsit = ["id"]\nsearch = ["タイトル", "links"]\n')
    env = {"MLTALKS_CONFIG": str(tmp_path)}
    result = mltalks("config", env=env)
    assert result.code == 3
    assert 'config.toml: columns: list has no field "titel"; did you mean "title"?' in result.err
    assert 'config.toml: columns: no such command "lsit"; did you mean "list"?' in result.err
    assert "search" not in result.err
    listed = mltalks("list", "event:opml20", "-n", "1", "-o", "table", env=env)
    assert listed.code == 0
    assert "config.toml: some columns are not known; 'mltalks config' says which" in listed.err
    assert "opml20-dlspec" in listed.out


def test_the_help_has_the_options_of_a_command_first_and_the_common_ones_on_a_page(mltalks: Run) -> None:
    page = mltalks("search", "--help").out
    assert "--exact" in page
    assert "--color" not in page
    assert "--color" in mltalks("help", "options").out
    assert "Your own talks:" in mltalks("--help").out


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("lang", ["C.UTF-8", "ja_JP.UTF-8"])
def test_help_is_as_wide_as_the_terminal_and_breaks_between_words(
    mltalks: Run, lang: str, columns: int
) -> None:
    for arguments in ([], ["help", "query"], ["help", "formats"], ["--help"], ["help", "options"]):
        out = mltalks(*arguments, env={"LC_ALL": lang, "COLUMNS": str(columns)}).out
        whole = mltalks(*arguments, env={"LC_ALL": lang, "COLUMNS": "200"}).out
        for line in out.splitlines():
            assert cells(line) <= columns or "mltalks " in line, line
        assert "".join(out.split()) == "".join(whole.split())


def test_the_language_is_taken_without_a_command_too(mltalks: Run) -> None:
    for arguments in ("--help --lang ja", "--lang ja -h", "-h --lang=ja", "--lang=ja"):
        assert "使い方" in mltalks(*arguments.split()).out
    assert mltalks("--lang", "ja", "--version").out.startswith("mltalks ")
    assert mltalks("--lang", "xx", "--help").code == 2


def test_columns_that_are_not_shown_can_be_asked_for_by_their_headings(mltalks: Run) -> None:
    ja = ("list", "id:opml19-katib", "--lang", "ja", "-o")
    narrow = mltalks(*ja, "table", env={"COLUMNS": "80"})
    assert "会議" in narrow.out
    assert "組織、リンク" in narrow.err
    assert mltalks(*ja, "table", "--fields", "組織,リンク").out.split()[:2] == ["組織", "リンク"]
    assert mltalks(*ja, "table", "--fields", "companies,links").out.split()[:2] == ["組織", "リンク"]
    assert mltalks(*ja, "csv", "--fields", "会議").out.split() == ["event", "opml19"]


def test_a_company_is_found_whatever_its_legal_form(mltalks: Run) -> None:
    for name in ("株式会社メルカリ", "(株)メルカリ", "㈱メルカリ", "メルカリ株式会社", "Mercari Ltd."):
        assert mltalks("by-company", name, "-o", "ids").out == "opml20-content-moderation\n"
    assert mltalks("by-company", "株式会社").code == 4
    speaker = ("--speaker", "Ada Lovelace (㈱プリファードネットワークス)")
    mltalks("add", "A talk", "--event", "Meetup 2025", *speaker)
    assert "Preferred Networks" in mltalks("list", "event:meetup-2025", "--fields", "companies").out


def test_a_word_is_found_by_its_beginning_without_the_suffix(mltalks: Run) -> None:
    for short, word in (("耐障害", "耐障害性"), ("可観測", "可観測性"), ("可用", "可用性")):
        longer = set(mltalks("search", word, "-o", "ids", "-q").out.split())
        assert longer.intersection(mltalks("search", short, "-o", "ids", "-q").out.split())


def test_messages_say_what_is_done_in_japanese(mltalks: Run) -> None:
    ja = {"LC_ALL": "ja_JP.UTF-8"}
    assert "0以上の値を指定してください" in mltalks("list", "-n", "-1", env=ja).err
    assert "1以上の値を指定してください" in mltalks("undo", "0", env=ja).err
    assert "分類されていません" in mltalks("reject", "opml19-katib", "quantization", env=ja).err
    assert "テーマ「量子化」に分類しました" in mltalks("accept", "opml19-katib", "quantization", env=ja).err
    assert "テーマ「量子化」から除外しました" in mltalks("reject", "opml19-katib", "quantization", env=ja).err
    assert mltalks("undo", env=ja).err.count("opml19-katib") == 1
    explained = mltalks("explain", "opml19-katib", "-o", "plain", env=ja).out
    assert "キーワード: " in explained
    assert "根拠が弱い" in explained
    assert " in keywords" not in explained
    assert "テーマ hyper" in mltalks("related", "opml19-katib", "-o", "plain", env=ja).out
    assert "上位  モデルの効率化" in mltalks("themes", "quantization", "-o", "table", env=ja).out


def test_years_are_read_as_japanese_write_them(mltalks: Run) -> None:
    def count(query: str) -> str:
        return mltalks("list", query, "--count").out

    assert count("年:2024年") == count("year:2024") != "0\n"
    assert count("年:2019〜2021") == count("年:2019年～2021年") == count("year:2019..2021")
    assert count("since:2024年") == count("年:2024年〜") == count("year:2024..")
    assert "since:20x is not a year; write since:2019," in mltalks("list", "since:20x").err


def test_narrow_cards_of_narrower_themes_are_deeper_than_the_fields_above(mltalks: Run) -> None:
    out = mltalks("themes", "-n", "3", "-o", "table", env={"COLUMNS": "40"}).out
    assert re.search(
        r"^\w\S*\n  sessions: \d+\n(?:  .*\n)+    \w\S*\n      sessions: \d+\n", out, re.MULTILINE
    )
    assert "█" not in out


def test_help_beside_long_names_is_readable_on_a_narrow_screen(mltalks: Run) -> None:
    for command in ("export", "add", "edit", "event"):
        for lang in ("C.UTF-8", "ja_JP.UTF-8"):
            out = mltalks(command, "--help", env={"COLUMNS": "40", "LC_ALL": lang}).out
            lines = [line for line in out.splitlines() if "    mltalks " not in line]
            assert not [line for line in lines if cells(line) > 40]
            assert not re.search(r"(?:\n {8,}\S{1,2}){2}", out)


def test_kinds_and_marks_are_taken_in_japanese(mltalks: Run) -> None:
    assert mltalks("mark", "opml19-katib", "見た").code == 0
    assert mltalks("list", "mark:見た", "-o", "ids").out == "opml19-katib\n"
    assert "マーク 見た" in mltalks("mark", "opml20-content-moderation", "見た", "--lang", "ja").err
    assert mltalks("mark", "opml19-katib", "なし").code == 0
    assert mltalks("edit", "opml19-katib", "--kind", "基調講演").code == 0
    assert '"keynote"' in mltalks("show", "opml19-katib", "--json").out
    assert mltalks("edit", "opml19-katib", "--kind", "小説").code != 0
    mltalks("accept", "opml19-katib", "quantization")
    decided = mltalks("decisions", "-o", "table", "--lang", "ja").out
    assert "分類" in decided.splitlines()[-1]


@pytest.mark.excerpt
def test_a_speaker_that_is_not_there_is_an_error_that_names_the_near_ones(mltalks: Run) -> None:
    for arguments in (
        ("opml19-katib", "--remove-speaker", "Jinan Zhu"),
        ("opml19-katib", "opml19-tony", "--rename-speaker", "Jinan Zhu=J Z"),
        ("--rename-speaker", "Jinan Zhu=J Z"),
    ):
        refused = mltalks("edit", *arguments)
        assert (refused.code, refused.err.startswith('mltalks: error: no speaker "Jinan Zhu"; did you')) == (
            4,
            True,
        )
        assert '"Jinan Zhou"' in refused.err
    assert '"AutoML"' in mltalks("edit", "opml19-katib", "--remove-keyword", "AutoM").err
    renamed = mltalks("edit", "opml19-katib", "opml19-tony", "--rename-speaker", "Jinan Zhou=J Z")
    assert (renamed.code, "+J Z" in renamed.err) == (0, True)


@pytest.mark.excerpt
def test_what_is_more_than_a_name_is_told_and_an_address_is_not_kept(mltalks: Run) -> None:
    people = ("Barbara Liskov, MIT", "Ada <ada@example.org>", "Dr. Eva", "Sammy Davis, Jr.")
    made = mltalks(
        "add", "Paxos", "--event", "M 2027", *(part for one in people for part in ("--speaker", one))
    )
    assert made.err.count("the name of this speaker is") == 2
    assert "an organization in parentheses" in made.err
    shown = json.loads(mltalks("show", made.out.strip(), "--json").out)
    assert [one["name"] for one in shown["speakers"]] == [
        "Barbara Liskov, MIT",
        "Ada",
        "Dr. Eva",
        "Sammy Davis, Jr.",
    ]
    assert mltalks("edit", made.out.strip(), "--add-speaker", "<ada@example.org>").code == 2
    again = mltalks("add", "paxos", "--event", "m-2027", "--dry-run")
    assert "has the same title as m-2027-paxos" in again.err


@pytest.mark.excerpt
def test_events_lists_ones_own_without_sessions_too_and_does_not_send_to_itself(mltalks: Run) -> None:
    mltalks("event", "add", "Meetup 2027", "--date", "2027-03-12")
    listed = mltalks("events", "-o", "csv", "--fields", "value,sessions,first_year")
    assert "meetup-2027,0,2027" in listed.out
    assert "incomplete" not in listed.err
    assert "meetup-2027" in mltalks("events", "-o", "table", "-n", "3").out
    assert "meetup-2027" not in mltalks("events", "kubernetes").out


@pytest.mark.excerpt
def test_a_table_of_themes_has_those_of_the_query_and_one_language(mltalks: Run) -> None:
    table = mltalks("themes", "event:opml19", "-o", "table").out
    assert "Model serving" in table
    assert "推論" not in table
    numbers = [int(line.split()[1]) for line in table.splitlines()[2:] if line[:1].strip()]
    assert numbers
    assert 0 not in numbers
    japanese = mltalks("themes", "event:opml19", "-o", "table", "--lang", "ja").out
    assert ("推論" in japanese, "Model serving" in japanese) == (True, False)
    assert len(mltalks("themes", "event:opml19").out.splitlines()) > len(numbers)


def test_what_is_compared_and_what_fades_is_told(mltalks: Run) -> None:
    assert (
        'only sessions that match "microsoft" are compared'
        in mltalks("compare", "google", "meta", "microsoft").err
    )
    assert "only sessions" not in mltalks("compare", "google", "meta").err
    fading = "what rises or fades is the share of the year's sessions, not the number"
    assert fading in mltalks("trend", "company:google", "--absolute").err
    assert fading not in mltalks("trend", "company:google").err


def test_a_seat_without_an_organization_is_not_called_unknown(mltalks: Run) -> None:
    assert re.search(r"\b5 \(organization not known\)", mltalks("show", "mlsys26", "-o", "table").out)


@pytest.mark.parametrize("width", ["40", "60"])
def test_a_survey_breaks_no_word_in_its_tables(mltalks: Run, width: str) -> None:
    shown = mltalks("survey", "event:opml19", "-o", "table", "-n", "3", env={"COLUMNS": width}).out
    assert all(cells(line) <= int(width) for line in shown.splitlines())
    events = shown[shown.index("━━ The events") : shown.index("━━ Committee")]
    assert "  place: Santa Clara, CA, USA\n" in events
    known = {"more", *re.findall(r"[A-Za-z]+", mltalks("survey", "event:opml19", "-o", "md").out)}
    assert [word for word in shown.split() if word.isascii() and word.isalpha() and word not in known] == []


@pytest.mark.excerpt
def test_an_event_with_times_has_a_programme_and_a_calendar_its_speakers(
    mltalks: Run, tmp_path: Path
) -> None:
    at = ("--event", "Meetup 2027", "--date")
    mltalks("add", "Second", *at, "2027-03-12 10:00", "--minutes", "30", "--speaker", "Ada (X)")
    mltalks("add", "First", *at, "2027-03-12 9:00", "--speaker", "Bo", "--summary", "About, this.")
    shown = mltalks("survey", "event:meetup-2027", "-o", "md").out
    assert "Programme of Meetup 2027: the 2 sessions whose time is known" in shown
    assert "| 2027-03-12 09:00 |  | First | Bo |\n| 2027-03-12 10:00 | 30 | Second | Ada |" in shown
    listed = mltalks("export", "event:meetup-2027", "--format", "markdown").out
    assert "- 2027-03-12 09:00 · First\n" in listed
    assert listed.index("First") < listed.index("- 2027-03-12 10:00 · Second · 30 min")
    calendar = mltalks("export", "event:meetup-2027", "--format", "ical").out
    assert "DESCRIPTION:Speakers: Bo\\n\\nAbout\\, this.\\n\\nEvent: Meetup 2027" in calendar.splitlines()
    (tmp_path / "m.ics").write_text(calendar)
    elsewhere = {"HOME": str(tmp_path / "elsewhere")}
    mltalks("import", str(tmp_path / "m.ics"), "--event", "Other 2027", env=elsewhere)
    fields = "title,summary,speakers"
    again = json.loads(mltalks("list", "event:other-2027", "--json", "--fields", fields, env=elsewhere).out)
    assert again == json.loads(mltalks("list", "event:meetup-2027", "--json", "--fields", fields).out)


@pytest.mark.excerpt
def test_a_name_of_another_kind_is_pointed_to_its_command(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "programme.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)))
    for arguments, said in (
        (["show", "Jinan Zhou"], 'mltalks by-speaker "Jinan Zhou"'),
        (["show", "google"], 'mltalks by-company "google"'),
        (["remove", "opml19"], "mltalks event remove opml19"),
        (["import", str(tmp_path / "programme.xlsx")], "save it as CSV"),
        (["export", "-O", str(tmp_path / "q.bbi")], 'did you mean ".bib"?'),
    ):
        refused = mltalks(*arguments)
        assert (refused.code != 0, said in refused.err) == (True, True), arguments
    assert "did you mean" not in mltalks("export", "-O", str(tmp_path / "q.tex")).err


@pytest.mark.excerpt
def test_one_record_in_markdown_is_a_table_of_its_fields_and_origins_are_asked_for(mltalks: Run) -> None:
    for name in ("opml19", "opml19-katib"):
        lines = mltalks("show", name, "-o", "md").out.splitlines()
        assert lines[:3] == ["| field | value |", "| --- | --- |", f"| id | {name} |"]
        assert all(line.count(" | ") == 1 for line in lines)
        assert "origins" not in mltalks("show", name, "-o", "csv").out
        assert "origins" in mltalks("show", name, "-o", "csv", "--origins").out
    assert mltalks("show", "opml19", "opml20", "-o", "md").out.startswith("| id | name |")


def test_links_and_origins_are_fields_of_every_format(mltalks: Run) -> None:
    assert "| opml20-dlspec |" in mltalks("list", "event:opml20", "-o", "md", "--fields", "id,links").out
    assert "data/sessions.toml" in mltalks("show", "opml19-katib", "-o", "csv", "--fields", "Origins").out
    assert "data/sessions.toml" not in mltalks("show", "opml19-katib", "-o", "csv").out


def test_a_common_option_alone_is_known(mltalks: Run) -> None:
    assert "option --lang needs a value" in mltalks("--lang").err
    assert mltalks("-q").code == 0


def test_since_takes_one_year(mltalks: Run) -> None:
    assert "since:2019..2021 is not one year; write since:2019" in mltalks("list", "since:2019..2021").err
    assert (
        mltalks("list", "since:2025..", "-o", "ids").out
        == mltalks("list", "since:2025", "-o", "ids").out
        != ""
    )


def test_an_address_beside_an_organization_is_left_out_alone(mltalks: Run) -> None:
    mltalks("add", "T", "--event", "M 2027", "--speaker", "Ada Example (Sample Org, ada@example.org)")
    assert mltalks("list", "event:m-2027", "--fields", "speakers").out == "Ada Example (Sample Org)\n"


def test_a_port_that_does_not_exist_is_an_error(mltalks: Run) -> None:
    result = mltalks("mcp", "--http", "70000")
    assert (result.code, result.err) == (
        2,
        "mltalks: error: --http: there is no port 70000; the last one is 65535\n",
    )


def test_talks_of_one_day_are_ordered_by_time(mltalks: Run) -> None:
    for hour in ("09:00", "13:30", "11:15"):
        moment = f"2030-05-01T{hour}"
        assert mltalks("add", f"At {hour}", "--event", "Meetup 2030", "--date", moment).code == 0
    titles = ["At 13:30", "At 11:15", "At 09:00"]
    for typed in (["list", "event:meetup-2030"], ["by-event", "meetup-2030"]):
        assert mltalks(*typed, "--fields", "title").out.split("\n")[:-1] == titles
        assert mltalks(*typed, "--fields", "title", "--reverse").out.split("\n")[:-1] == titles[::-1]
        drawn = mltalks(*typed, "-o", "md").out
        assert sorted(titles, key=drawn.index) == titles
    found = json.loads(mltalks("search", "at", "event:meetup-2030", "--sort", "date", "--json").out)
    assert [one["title"] for one in found] == titles


def test_orders_have_the_names_of_columns(mltalks: Run) -> None:
    by_date = mltalks("list", "theme:aiops", "--sort", "date").out
    assert mltalks("list", "theme:aiops", "--sort", "year").out == by_date
    assert mltalks("list", "theme:aiops", "--sort=time").out == by_date
    by_speaker = mltalks("list", "event:opml19", "--sort", "speaker").out
    assert mltalks("list", "event:opml19", "--sort", "author").out == by_speaker
    assert mltalks("companies", "--sort", "count").out == mltalks("companies", "--sort", "sessions").out
    assert '"date" is not one of sessions' in mltalks("companies", "--sort", "date").err


def test_the_talks_of_a_theme_have_the_order_of_its_list(mltalks: Run) -> None:
    def ids(*typed: str) -> list[str]:
        return [one["id"] for one in json.loads(mltalks("themes", "aiops", *typed, "--json").out)["sessions"]]

    by_theme = mltalks("by-theme", "aiops", "-o", "ids").out.split()
    assert ids() == by_theme
    assert ids("--reverse") == by_theme[::-1]
    refused = mltalks("themes", "aiops", "--sort", "name")
    assert refused.code == 2
    assert 'mltalks by-theme "aiops" --sort ORDER' in refused.err


def test_speakers_stand_beside_their_organizations(mltalks: Run) -> None:
    drawn = mltalks("speakers", "company:netflix", "-o", "table", env={"COLUMNS": "120"}).out
    assert re.search(r"Faisal Siddiqi +Netflix ", drawn)
    assert re.search(r"Andrew Hoh +Airbnb ", drawn)
    listed = mltalks("speakers", "company:netflix", "--fields", "value,companies").out
    assert "Andrew Hoh\tAirbnb\n" in listed
    assert "Airbnb" not in mltalks("speakers", "company:netflix").out  # what goes to a pipe is as it was
    assert "spoke beside them" in " ".join(mltalks("speakers", "--help").out.split())


def test_markdown_has_the_labels_of_the_table(mltalks: Run) -> None:
    for typed in (["crosstab", "theme", "year"], ["trend", "theme"], ["compare", "google", "meta"]):
        assert "| Model serving and latency |" in mltalks(*typed, "-o", "md").out
        assert "Model serving and latency" not in mltalks(*typed).out
    assert "| serving-latency |" in mltalks("trend", "theme", "--fields", "value", "-o", "md").out


def test_markdown_shows_which_theme_is_below_which(mltalks: Run) -> None:
    crosstab = mltalks("crosstab", "theme", "year", "-o", "md").out
    assert "\n| Model serving and latency |" in crosstab
    assert "\n| \u2003LLM inference |" in crosstab
    assert "\u2003" not in mltalks("crosstab", "theme", "year", "-o", "csv").out
    assert "\u2003" not in mltalks("crosstab", "theme", "year", "-o", "md", "--fields", "theme,2024").out
    themes = mltalks("themes", "-o", "md").out
    assert ("\n| serving-latency |" in themes, "\n| \u2003llm-inference |" in themes) == (True, True)
    assert "\u2003" not in mltalks("themes", "-o", "md", "--sort", "sessions").out


def test_a_comparison_in_markdown_says_what_is_compared(mltalks: Run) -> None:
    head = mltalks("compare", "opml19", "opml20", "-o", "md").out.splitlines()[0]
    sides = "a: USENIX OpML '19, 28 sessions | b: USENIX OpML '20, 16 sessions"
    assert head == f"| facet | label | {sides} | both | z | over |"
    assert (
        "a: USENIX OpML '19、28件" in mltalks("compare", "opml19", "opml20", "-o", "md", "--lang", "ja").out
    )
    chosen = mltalks("compare", "opml19", "opml20", "-o", "md", "--fields", "label,a,b").out
    assert chosen.startswith("| label | a | b |\n")


def test_seats_without_an_organization_have_a_name_in_pipes(mltalks: Run) -> None:
    for form in ("plain", "md"):
        out = mltalks("committee", "mlsys", "-o", form).out
        assert re.search(r"^(\| )?not known\b", out, re.MULTILINE), form
    assert None in [
        one["organization"]
        for one in json.loads(mltalks("committee", "mlsys", "--json").out)["organizations"]
    ]


def test_options_of_a_command_may_come_before_it(mltalks: Run) -> None:
    assert mltalks("-n", "3", "list", "-o", "ids").out == mltalks("list", "-n", "3", "-o", "ids").out
    moved = mltalks("--sort", "title", "--limit", "2", "list", "event:opml19").out
    assert moved == mltalks("list", "event:opml19", "--sort", "title", "--limit", "2").out
    assert mltalks("--count", "list", "event:opml19").out == "28\n"


def test_narrow_tables_keep_what_tells_most(mltalks: Run) -> None:
    lined = mltalks("trend", "theme", "-n", "2", "-o", "table", env={"COLUMNS": "40"})
    assert "sparkline: " in lined.out
    assert "2019: " not in lined.out
    assert "2018–2026" in lined.err
    compared = mltalks("compare", "OpML", "MLSys", "-n", "1", "-o", "table", env={"COLUMNS": "40"}).out
    assert next(line for line in compared.splitlines() if not line.startswith(" ")) == "ML pipelines"
    assert "\n  facet: theme\n" in compared
    drawn = mltalks("companies", "-n", "3", "-o", "table", env={"COLUMNS": "60"}).out
    assert "bar" not in drawn.splitlines()[0]
    assert "Programming models 5," in drawn


def test_the_last_message_is_not_hidden_alone(mltalks: Run) -> None:
    for words, hidden in ((11, False), (12, True)):
        said = mltalks("list", " OR ".join(f"zzq{n}q" for n in range(words))).err
        assert ("similar messages" in said) is hidden
    assert "list does with quantization OR theme:quantization" in mltalks("help", "query").out
