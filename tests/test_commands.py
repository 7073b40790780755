"""The commands as a user types them: counts, names, errors, help."""

import json
import pwd
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mltalks.cli.environment import user_paths
from tests.conftest import Run


def sessions(mltalks: Run, *query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(mltalks("list", *query, "--json").out)
    return found


@pytest.mark.slow
def test_themes_are_sixteen_with_the_memos_five_first(mltalks: Run) -> None:
    tree = json.loads(mltalks("themes", "--json").out)
    top = [theme for theme in tree["themes"] if theme["depth"] == 0]
    assert len(top) == 16
    assert [theme["id"] for theme in top[:5]] == [
        "edge-cloud",
        "serving-latency",
        "pipelines",
        "aiops",
        "debuggability",
    ]
    assert all(theme["label_en"] and theme["label_ja"] for theme in tree["themes"])
    plain = mltalks("themes").out
    assert "Model serving and latency" in plain
    assert "モデルサービング・レイテンシ改善" in plain


def test_a_theme_counts_its_narrower_sessions_once(mltalks: Run) -> None:
    tree = {theme["id"]: theme for theme in json.loads(mltalks("themes", "--json").out)["themes"]}
    every = sessions(mltalks)
    for theme in tree.values():
        below = {t["id"] for t in tree.values() if t["id"] == theme["id"] or t["broader"] == theme["id"]}
        assert theme["sessions"] == sum(bool(below & set(s["themes"])) for s in every)
        assert theme["own"] == sum(theme["id"] in s["themes"] for s in every)


@pytest.mark.slow
def test_themes_count_over_a_query(mltalks: Run) -> None:
    tree = json.loads(mltalks("themes", "company:google", "year:2019..2021", "--json").out)
    assert tree["sessions"] == len(sessions(mltalks, "company:google", "year:2019..2021"))
    assert tree["query"] == "company:google year:2019..2021"


@pytest.mark.parametrize(
    "name", ["aiops", "AIOPS", "AIOps and ML for systems", "AIOps・システムへの機械学習適用"]
)
def test_a_theme_is_shown_with_its_definition_companies_and_sessions(mltalks: Run, name: str) -> None:
    theme = json.loads(mltalks("themes", name, "--json").out)
    assert theme["id"] == "aiops"
    assert theme["definition"]
    narrower = ["cloud-operations", "anomaly-detection", "ml-for-systems", "ai-for-software"]
    assert [n["id"] for n in theme["narrower"]] == narrower
    assert sum(company["value"] == "Microsoft" for company in theme["companies"]) == 1
    assert theme["count"] == len(theme["sessions"]) == len(sessions(mltalks, "theme:aiops"))
    text = mltalks("themes", name, "-o", "table").out
    assert theme["definition"] in text


def test_a_theme_may_be_narrowed_by_a_query(mltalks: Run) -> None:
    theme = json.loads(mltalks("themes", "aiops", "company:microsoft", "--json").out)
    assert {s["id"] for s in theme["sessions"]} == {
        s["id"] for s in sessions(mltalks, "theme:aiops", "company:microsoft")
    }


def test_a_part_of_several_themes_is_refused_with_their_names(mltalks: Run) -> None:
    result = mltalks("themes", "serving")
    assert result.code == 4
    assert (
        'the theme "serving" may be serving-latency, serving-infrastructure; write one of these' in result.err
    )
    assert result.out == ""
    assert mltalks("themes", "serving", "year:2024").code == 0  # a query


def test_an_unknown_theme_is_not_found_but_a_word_in_parentheses_is_a_query(mltalks: Run) -> None:
    result = mltalks("themes", "quantum-cooking")
    assert result.code == 4
    assert "to search for the words: mltalks search quantum-cooking" in result.err
    assert mltalks("themes", "(latency)").code == 0
    assert mltalks("themes", "latency", "gpu").code == 0


@pytest.mark.parametrize(
    ("command", "field"),
    [("companies", "companies"), ("keywords", "keywords"), ("speakers", "speakers"), ("events", "event")],
)
def test_counts_agree_with_the_sessions(mltalks: Run, command: str, field: str) -> None:
    counts = json.loads(mltalks(command, "series:OpML", "--json").out)
    every = sessions(mltalks, "series:OpML")
    assert counts["sessions"] == len(every)
    for value in counts["values"][:25]:
        by = {"companies": "company", "keywords": "keyword", "speakers": "speaker", "event": "event"}[field]
        having = sessions(mltalks, "series:OpML", f'{by}:"{value["value"]}"')
        assert value["sessions"] == len(having), value
        assert value["first_year"] == min(s["year"] for s in having)
        assert value["last_year"] == max(s["year"] for s in having)
        themes = Counter(theme for s in having for theme in s["themes"])
        assert value["themes"] == [
            {"id": theme, "sessions": count}
            for theme, count in sorted(themes.items(), key=lambda t: (-t[1], t[0]))[:3]
        ]
    if command == "events":
        assert [value["value"] for value in counts["values"]] == ["opml20", "opml19"]
    else:
        ordered = [value["sessions"] for value in counts["values"]]
        assert ordered == sorted(ordered, reverse=True)


def test_counts_of_incomplete_events_have_a_notice(mltalks: Run) -> None:
    result = mltalks("companies", "event:opml19")
    assert "USENIX OpML '19 is incomplete" in result.err
    assert (
        json.loads(mltalks("companies", "event:opml19", "--json").out)["incomplete"][0]["event"] == "opml19"
    )
    assert "not all" not in mltalks("companies", "event:mlsys25").err


@pytest.mark.parametrize("number", ["5", "12", "60", "0"])
def test_the_first_companies_are_the_same_in_every_format(mltalks: Run, number: str) -> None:
    listed = [line.split("\t")[0] for line in mltalks("companies", "-n", number).out.splitlines()]
    _, _, *drawn = mltalks("companies", "-n", number, "-o", "table", "--fields", "value").out.splitlines()
    assert sorted(line.strip() for line in drawn) == sorted(listed)
    indented = [line.strip() for line in drawn if line.startswith(" ")]
    assert ("Google DeepMind" in indented) == ("Google DeepMind" in listed) == (number in ("60", "0"))


def test_speakers_who_look_like_one_person_have_a_notice(mltalks: Run) -> None:
    found = mltalks("speakers").err
    (line,) = [line for line in found.splitlines() if "may be of one person" in line]
    assert line.endswith("; to list them: mltalks doctor --all")
    first, second = line.partition("such as ")[2].partition(";")[0].split(" and ")
    names = [
        one["names"]
        for one in json.loads(mltalks("doctor", "--all", "--json").out)
        if one["kind"] == "speaker"
    ]
    assert {first, second} in [{*pair} for pair in names]
    assert "one person" not in mltalks("speakers", "-n", "3").err
    assert "one person" not in mltalks("speakers", f'speaker:"{second}"', "-n", "1").err


@pytest.mark.excerpt
def test_names_that_have_nothing_in_common_are_no_one_person(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "talks.csv"
    talks = ["title,speakers,event,year", "Alpha,Ann Poe; Bo Coe,Heron,2031", "Beta,A. Poe,Heron,2031"]
    file.write_text("\n".join(talks))
    mltalks("import", str(file))
    assert "one person" not in mltalks("speakers", "event:heron-2031").err
    file.write_text("\n".join([*talks[:1], "Gamma,A. Poe; Bo Coe,Wren,2031"]))
    mltalks("import", str(file))
    assert "such as A. Poe and Ann Poe;" in mltalks("speakers", "series:Heron OR series:Wren").err


def test_microsoft_is_the_same_under_all_its_names(mltalks: Run) -> None:
    microsoft = mltalks("by-company", "Microsoft", "-o", "ids").out
    for name in ("microsft", "マイクロソフト", "MS", "ＭＩＣＲＯＳＯＦＴ", "microsoft corporation"):
        assert mltalks("by-company", name, "-o", "ids").out == microsoft


def test_short_forms_take_a_query_too(mltalks: Run) -> None:
    for short, long in [
        (["by-company", "Microsoft", "has:slides"], ["company:Microsoft", "has:slides"]),
        (["by-theme", "edge-cloud", "NOT", "kind:paper"], ["theme:edge-cloud", "NOT", "kind:paper"]),
        (["by-keyword", "AutoML", "katib OR auto"], ["keyword:AutoML", "(katib OR auto)"]),
        (["by-speaker", "zaharia"], ["speaker:zaharia"]),
        (["by-event", "USENIX OpML '19", "has:video"], ["event:opml19", "has:video"]),
    ]:
        assert mltalks(*short, "-o", "ids").out == mltalks("list", *long, "-o", "ids").out, short


def test_show_prints_all_fields_and_ignores_case(mltalks: Run) -> None:
    record = json.loads(mltalks("show", "OPML19-Katib", "--json").out)
    assert record["id"] == "opml19-katib"
    assert record["companies"] == ["Cisco", "NTT Software Innovation Center"]
    plain = mltalks("show", "opml19-katib").out
    assert "\ntitle\tKatib: A Distributed General AutoML Platform on Kubernetes\n" in plain
    assert "opml19_slides_zhou.pdf" in plain


def test_slides_that_are_not_public_are_marked(mltalks: Run) -> None:
    assert "not public" in mltalks("show", "opml19-aiops-azure", "-o", "table").out


@pytest.mark.parametrize(
    "command",
    ["search latency", "list", "related opml19-katib", "companies", "keywords", "speakers", "events", "themes",
     "committee opml20", "compare opml19 opml20"],
)  # fmt: skip
def test_help_lists_the_columns_of_plain_output_in_their_order(mltalks: Run, command: str) -> None:
    documented = dict(re.findall(r"^  (\S.*?) {3,}(\S.*)$", mltalks("help", "formats").out, re.MULTILINE))
    columns = next(
        text for names, text in documented.items() if command.split(maxsplit=1)[0] in re.split("[, ]+", names)
    )
    fields = columns.replace(" ", "")
    printed = mltalks(*command.split(), "-q").out
    assert printed == mltalks(*command.split(), "-q", "--fields", fields).out


def test_show_names_the_file_of_each_field_on_demand(mltalks: Run) -> None:
    assert "sessions.toml" not in mltalks("show", "opml19-katib").out
    line = next(
        line for line in mltalks("show", "opml19-katib", "--origins").out.splitlines() if line[:5] == "title"
    )
    assert re.search(r"\tdata/sessions.toml:\d+$|/sessions.toml:\d+$", line)
    drawn = mltalks("show", "opml19-katib", "-o", "table", env={"COLUMNS": "60"}).out
    assert "sessions.toml" not in drawn
    assert "https://www.usenix.org/conference/opml19/presentation/zhou" in drawn.split()


def test_open_prints_the_address_off_a_terminal(mltalks: Run) -> None:
    record = json.loads(mltalks("show", "opml19-katib", "--json").out)
    assert mltalks("open", "opml19-katib").out.strip() == record["url"]
    for option, field in [("--slides", "slides"), ("--paper", "paper"), ("--page", "url")]:
        assert mltalks("open", "opml19-katib", option).out.strip() == record[field]
    result = mltalks("open", "opml19-katib", "--video")
    assert (result.code, result.out) == (1, "")
    assert "no video; available: page, paper or slides" in result.err
    assert "この発表に動画はありません" in mltalks("open", "opml19-katib", "--video", "--lang", "ja").err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["show", "opml19-katip"], 4, 'did you mean "opml19-katib"'),
        (["show", "zzzz"], 4, 'no session or event "zzzz"'),
        (["by-theme", "quantum-cooking"], 4, 'no theme "quantum-cooking"'),
        (["by-company", "Nosuch Company Ltd"], 4, 'no company "Nosuch Company Ltd"'),
        (["by-event", "opml99"], 4, 'no event "opml99"'),
        (["list", "compny:google"], 2, 'did you mean "company"'),
        (["list", 'title:"open'], 2, "unclosed quote"),
        (["list", "(latency"], 2, 'unclosed "("'),
        (["nosuchcommand"], 2, "no such command"),
        (["serch", "x"], 2, "search"),
        (["list", "--jsn"], 2, "--json"),
        (["list", "-gpu"], 2, "write NOT gpu"),
        (["list", "-o", "yaml"], 2, "yaml"),
        (["explain"], 2, "mltalks explain --help"),
        (["show"], 2, "give the id of a session"),
        (["help", "quary"], 2, 'did you mean "query"'),
        (["list", "\x01\x02"], 2, "contains no word to search for"),
    ],
)
def test_errors_are_one_line_that_helps(mltalks: Run, arguments: list[str], code: int, says: str) -> None:
    result = mltalks(*arguments)
    assert (result.code, result.out) == (code, "")
    assert says in result.err
    assert result.err.count("\n") == 1
    assert result.err.startswith("mltalks: error: ")


def test_bare_mltalks_shows_six_examples_and_what_is_loaded(mltalks: Run) -> None:
    for lang in ("en_US.UTF-8", "ja_JP.UTF-8"):
        out = mltalks(env={"LANG": lang}).out
        assert len(re.findall(r"^  mltalks ", out, re.MULTILINE)) == 6
        assert "518" in out


def test_help_of_every_command_begins_with_two_examples(mltalks: Run) -> None:
    listed = re.findall(r"^  ([a-z-]+) {2,}\S", mltalks("--help").out.split("Find talks:")[1], re.MULTILINE)
    assert {"search", "list", "show", "themes", "validate"} <= set(listed)
    for command in listed:
        text = mltalks(command, "--help").out
        assert len(re.findall(rf"mltalks {command}|completion {command}", text.split("Options:")[0])) >= 2, (
            command
        )
    assert (
        "2 query or option not valid, 3 data not valid, 4 no such session, company, theme, event or series"
        in " ".join(mltalks("--help").out.split())
    )


def test_help_topics(mltalks: Run) -> None:
    query = mltalks("help", "query").out
    assert len(query.splitlines()) <= 24
    assert max(map(len, query.splitlines())) <= 110
    assert mltalks("help", "search").out == mltalks("search", "--help").out
    assert "検索式" in mltalks("help", "query", "--lang", "ja").out
    assert "130" in mltalks("help", "exit-codes").out


@pytest.mark.parametrize(
    "query",
    [
        "company:google,meta year:2024..2026 has:paper NOT theme:quantization",
        'title:"machine learning" event:opml19',
        "(kafka OR kubernetes) series:OpML",
        "year:2019 has:slides",
    ],
)
def test_the_queries_of_the_documentation_find_something(mltalks: Run, query: str) -> None:
    result = mltalks("list", query, "-o", "ids")
    assert (result.code, bool(result.out)) == (0, True)


def test_without_a_home_the_folder_of_the_account_is_used(mltalks: Run, tmp_path: Path) -> None:
    result = mltalks("paths", "--json", env={"HOME": "", "MLTALKS_CACHE": str(tmp_path)})
    assert result.code == 0
    assert "/mltalks" in result.out


def test_an_account_that_the_system_does_not_know_has_a_folder_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    for name in ("HOME", "MLTALKS_DATA", "MLTALKS_CONFIG", "MLTALKS_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert {*map(str, user_paths().values())} == {
        f"/nonexistent/{one}/mltalks" for one in (".local/share", ".config", ".cache")
    }


def test_paths_follow_the_environment(mltalks: Run) -> None:
    env = {"MLTALKS_DATA": "/d", "MLTALKS_CONFIG": "/c", "MLTALKS_CACHE": "/k"}
    paths = {entry["what"]: entry["path"] for entry in json.loads(mltalks("paths", "--json", env=env).out)}
    assert (paths["your data"], paths["configuration"], paths["cache"]) == ("/d", "/c", "/k")
    assert "shipped data" in paths


def test_japanese_output_has_no_english_remnants(mltalks: Run) -> None:
    ja = {"LC_ALL": "ja_JP.UTF-8", "COLUMNS": "120"}
    assert "種類        論文" in mltalks("show", "opml19-katib", "-o", "table", env=ja).out
    assert "プログラム委員 2" in mltalks("committee", "opml20", "-o", "table", env=ja).out
    assert "（「レイテンシ」に対応）" in mltalks("search", "レイテンシ", env=ja).out
    assert "(for" not in mltalks("search", "レイテンシ", env=ja).out
    assert "オンライン" in mltalks("events", "-o", "table", env=ja).out
    error = mltalks("validate", "/nosuch.toml", env=ja).out + mltalks("classify", "/nosuch.txt", env=ja).err
    assert "ファイルまたはフォルダが見つかりません" in error
    assert mltalks("by-event", "nosuch", env=ja).err.startswith("mltalks: エラー: 会議「nosuch」")
