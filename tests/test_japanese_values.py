"""Values as a Japanese reader types them and has them in tables: dates, times, encodings, answers, names of values."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from mltalks.dataset.ids import columns
from mltalks.messages import say
from tests.conftest import ROOT, Run, environment

pytestmark = pytest.mark.excerpt


def listed(mltalks: Run, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(mltalks(*arguments, "--json").out)
    return found


def test_a_column_that_may_be_a_start_or_a_length_is_what_its_values_look_like(
    mltalks: Run, tmp_path: Path
) -> None:
    rows = {
        "10:20": ("2031-05-06T10:20", None), "16:05～": ("2031-05-06T16:05", None), "14:00〜14:40": ("2031-05-06T14:00", 40),
        "午後１時半": ("2031-05-06T13:30", None), "0:50": ("2031-05-06", 50), "40分": ("2031-05-06", 40), "23:10": ("2031-05-06", None),
    }  # fmt: skip
    text = "\n".join(f"題目{chr(0x4E00 + at)},2031/5/6,{time}" for at, time in enumerate(rows))
    (tmp_path / "a.csv").write_text(f"タイトル,日付,時間\n{text}\n", "utf-8")
    done = mltalks("import", "a.csv", "--event", "Example Days 2031", cwd=tmp_path)
    assert [line for line in done.err.splitlines() if "duration" in line] == [
        next(line for line in done.err.splitlines() if '"23:10" is not a duration' in line)
    ]
    found = {one["title"]: (one["date"], one.get("minutes")) for one in listed(mltalks, "list", "year:2031")}
    assert [found[f"題目{chr(0x4E00 + at)}"] for at in range(len(rows))] == [*rows.values()]
    (tmp_path / "b.csv").write_text("タイトル,所要時間\n別の題,14:30\n", "utf-8")
    refused = mltalks("import", "b.csv", "--event", "Example Days 2032", cwd=tmp_path)
    assert '"14:30" is not a duration; it is left out' in refused.err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2031/5/6(火)", "2031-05-06"), ("2031/05/06（火）", "2031-05-06"), ("2031-05-06 (Tue) 9:30", "2031-05-06T09:30"),
        ("2031年5月6日15時30分", "2031-05-06T15:30"), ("2031年5月6日（火・祝）午後3時", "2031-05-06T15:00"),
        ("2031年5月6日 午前９時半", "2031-05-06T09:30"), ("平成31年4月1日", "2019-04-01"), ("Ｈ３１．４．１", "2019-04-01"),
        ("昭和64年1月7日土曜日", "1989-01-07"), ("大正元年8月1日", "1912-08-01"), ("5/6/2031（火）", "2031-05-06"),
    ],
)  # fmt: skip
def test_dates_are_read_as_japanese_write_them(mltalks: Run, typed: str, meant: str) -> None:
    mltalks("add", "ある話", "--event", "Example Days 2031", "--date", typed)
    assert [one.get("date") for one in listed(mltalks, "list", "event:example-days-2031")] == [meant]


def test_a_day_that_there_is_not_is_named(mltalks: Run, tmp_path: Path) -> None:
    for typed, message in {
        "2031年2月30日": "「2031年2月30日」: その日は存在しません",
        "2031/5/7(火)": "「2031/5/7(火)」: 曜日が日付と合いません",
        "そのうち": "2027年3月12日 9:30",
    }.items():
        done = mltalks("add", "ある話", "--event", "Example Days 2031", "--date", typed, "--lang", "ja")
        assert done.code == 2, typed
        assert message in done.err
    (tmp_path / "a.csv").write_text("タイトル,日付\n題,2031/5/7（火）\n", "utf-8")
    done = mltalks("import", "a.csv", "--event", "Example Days 2031", cwd=tmp_path)
    assert '"2031/5/7（火）": the day is another weekday; it is left out' in done.err
    days = ("Example Days 2032", "--date", "2032年3月12日(金)〜13日(土)")
    assert mltalks("event", "add", *days).code == 0


@pytest.mark.parametrize("name", ["shift_jis", "SJIS", "ms932", "windows-31j", "x-sjis"])
def test_shift_jis_has_the_signs_of_windows_under_each_of_its_names(
    mltalks: Run, tmp_path: Path, name: str
) -> None:
    text = "タイトル,発表者\n①髙い負荷～Ⅳ,髙﨑 健㈱\n"
    (tmp_path / "a.csv").write_bytes(text.encode("cp932"))
    done = mltalks("import", "a.csv", "--event", "Example Days 2031", "--encoding", name, cwd=tmp_path)
    assert done.code == 0, done.err
    assert [one["title"] for one in listed(mltalks, "list", "year:2031")] == ["①髙い負荷～Ⅳ"]
    done = mltalks("export", "year:2031", "-O", "b.csv", "--encoding", name, cwd=tmp_path)
    assert done.code == 0, done.err
    assert "①髙い負荷～Ⅳ" in (tmp_path / "b.csv").read_bytes().decode("cp932")


def test_what_an_encoding_lacks_is_named_with_its_talk_and_column(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "推論の話", "--event", "Example Days 2031", "--id", "ex-one", "--speaker", "Renée Ó Foo")
    done = mltalks("export", "id:ex-one", "-O", "a.csv", "--encoding", "sjis", "--lang", "ja", cwd=tmp_path)
    assert "ex-one: 講演者: sjis では「é」を表せません。--encoding utf-8-sig" in done.err
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize(
    ("answers", "gone"), [(["うん", "はい"], True), (["ｎ"], False), (["いいえ"], False), (["Ｙ"], True)]
)
def test_a_question_is_answered_in_japanese(
    mltalks: Run, tmp_path: Path, excerpt: Path, answers: list[str], gone: bool
) -> None:
    mltalks("add", "ある話", "--event", "Example Days 2031", "--id", "ex-one")
    program = ["-m", "tests.excerpted", str(excerpt), "remove", "ex-one", "--lang", "ja"]
    surrounding = environment(tmp_path, {"PYTHONPATH": str(ROOT), "TERM": "dumb"})
    child = pexpect.spawn(sys.executable, program, env=surrounding, encoding="utf-8", timeout=30)
    for at, answer in enumerate(answers):
        child.expect(r"\[y/N\]: ")
        assert not at or "y（はい）か n（いいえ）で答えてください" in str(child.before)
        child.sendline(answer)
    child.expect(pexpect.EOF)
    assert (mltalks("show", "ex-one").code != 0) == gone


def test_options_of_a_session_are_read_as_a_table_is(mltalks: Run) -> None:
    where = ("--event", "Example Days 2031", "--id", "ex-one")
    values = ("--language", "フランス語", "--minutes", "1時間15分", "--kind", "ポスターセッション")
    assert mltalks("add", "ある話", *where, *values).code == 0
    (one,) = listed(mltalks, "list", "id:ex-one")
    assert (one["language"], one["minutes"], one["kind"]) == ("fr", 75, "poster")
    assert mltalks("edit", "ex-one", "--language", "English", "--minutes", "20").code == 0
    (one,) = listed(mltalks, "list", "id:ex-one")
    assert (one["language"], one["minutes"]) == ("en", 20)
    for option, value in {"--minutes": "たくさん", "--kind": "雑談", "--language": "宇宙語"}.items():
        refused = mltalks("edit", "ex-one", option, value, "--lang", "ja")
        assert (refused.code, value in refused.err) == (2, True), option
    assert "論文、講演、基調講演" in mltalks("edit", "ex-one", "--kind", "雑談", "--lang", "ja").err


def test_values_of_options_and_facets_have_japanese_names_that_errors_list(mltalks: Run) -> None:
    for command, named in {
        ("companies", "--sort"): "件数、名前、初年、最終年",
        ("themes", "--sort"): "階層、件数、名前",
        ("search", "x", "--sort"): "関連度、日付、タイトル、会議、組織、講演者、追加",
        ("crosstab", "theme", "year", "--percent"): "行、列、全体",
        ("event", "add", "Example Days 2031", "--coverage"): "全件、ほぼ全件、一部、ごく一部",
    }.items():
        refused = mltalks(*command, "x-x", "--lang", "ja")
        assert (refused.code, f"指定できる値: {named}。" in refused.err) == (2, True), refused.err
        for name in named.split("、"):
            arguments = (
                (*command, name) if command[0] != "event" else ("event", "edit", "opml19", "--coverage", name)
            )
            assert mltalks(*arguments, "-q").code == 0, arguments
    assert (
        "テーマ（直下のみ）、テーマ（最上位のみ）、組織（直下のみ）"
        in mltalks("crosstab", "x", "year", "--lang", "ja").err
    )
    assert mltalks("crosstab", "テーマ（直下のみ）", "年").out == mltalks("crosstab", "theme/own", "year").out
    assert "動画、概要、組織" in mltalks("list", "has:x", "--lang", "ja").err


def test_new_ids_of_a_long_japanese_event_are_short_and_the_log_names_few(
    mltalks: Run, tmp_path: Path
) -> None:
    titles = (
        "討論 大規模言語モデルの評価と監視の未来",
        "検索基盤",
        "Serving large language models at scale with care",
    )
    (tmp_path / "a.csv").write_text("タイトル\n" + "\n".join(titles) + "\n", "utf-8")
    mltalks("import", "a.csv", "--event", "データ基盤研究会 第12回 2031", cwd=tmp_path)
    ids = [one["id"] for one in listed(mltalks, "list", "year:2031")]
    assert {"データ基盤研究会-第12回-2031-検索基盤", "データ基盤研究会-第12回-2031-討論-大規模言語"} < set(
        ids
    )
    assert max(map(columns, ids)) <= 47
    lines = mltalks("log", "-o", "table", env={"COLUMNS": "100"}).out.splitlines()
    assert any(" (+3)" in line and "import" in line for line in lines), lines


def test_tables_have_words_of_the_language_and_pipes_those_of_the_data(mltalks: Run) -> None:
    mltalks("mark", "opml19-deepcpu", "watched")
    arguments = ("list", "id:opml19-deepcpu", "--lang", "ja", "--fields", "kind,keywords,mark")
    table = mltalks(*arguments, "-o", "table").out
    assert all(word in table for word in ("論文", "モデルサービング", "見た"))
    for form in ("plain", "csv", "json"):
        out = mltalks(*arguments, "-o", form).out
        assert all(word in out for word in ("paper", "model serving", "watched")), form
    gaps = ("gaps", "--lang", "ja", "--limit", "1")
    assert "サービング基盤" in mltalks(*gaps, "-o", "table").out
    assert "サービング基盤" not in mltalks(*gaps).out
    refused = mltalks("accept", "opml19-deepcpu", "エッジ", "--lang", "ja").err
    assert "「エッジ・クラウド連携」、「エッジ・端末での推論」" in refused
    assert "monitoring" in mltalks("accept", "opml19-deepcpu", "監視").err


def test_messages_say_what_is_counted_and_what_is_missing(mltalks: Run) -> None:
    counted = {
        ("compare", "sysml18", "mlsys26", "-n", "1"): "", ("trend", "theme", "-n", "1"): "テーマ", ("trend", "company", "-n", "1"): "組織",
        ("committee", "-n", "1"): "組織",
    }  # fmt: skip
    for command, what in counted.items():
        lines = mltalks(*command, "--lang", "ja").err.splitlines()
        assert any(line.startswith(f"mltalks: {what}") and "中" in line for line in lines), command
    assert say("{count} sessions found", "ja", count=12345) == "12,345件見つかりました"
    assert say("no session of {year}", "en", year=2031) == "no session of 2031"
    for ids in (("opml19-deepcpu",), ()):
        refused = mltalks("mark", *ids, "--lang", "ja")
        assert "マークがありません。指定できる値: 見た、これから見る、なし" in refused.err
    assert "bash（~/.bashrc に）:" in mltalks("help", "completion", "--lang", "ja").out
    for width in (50, 80):
        out = mltalks("help", "import", "--lang", "ja", env={"COLUMNS": str(width)}).out
        assert {"rubyevents", "sessionize", "bibtex"} <= set(
            re.findall(r"\w+", out.split("--format ")[1].split(">")[0])
        )


@pytest.mark.parametrize(
    ("words", "candidate"),
    [
        (("by-company", "マイク"), "マイクロソフト"), (("by-theme", "量"), "量子化"), (("list", "組織:マイク"), "組織:マイクロソフト"),
        (("list", "テーマ:量"), "テーマ:量子化"), (("list", "種類:チュ"), "種類:チュートリアル"), (("list", "講"), "講演者:"),
        (("companies", "--sort", "初"), "初年"), (("crosstab", "キー"), "キーワード"), (("accept", "opml19-deepcpu", "量"), "量子化"),
    ],
)  # fmt: skip
def test_japanese_names_are_completed_and_are_found(
    mltalks: Run, words: tuple[str, ...], candidate: str
) -> None:
    found = [line.split("\t")[0] for line in mltalks("__complete", *words).out.splitlines()]
    assert candidate in found
    assert all(one.startswith(words[-1]) for one in found)
    if words[0] in ("by-company", "by-theme", "list") and not candidate.endswith(":"):
        assert mltalks(words[0], candidate, "--lang", "ja").code == 0


def test_names_are_not_broken_where_there_is_room(mltalks: Run, tmp_path: Path) -> None:
    people = "進行：石川 さくら、パネリスト：松本 健一郎、清水 由美子（座長）、Moderator: Ann Fox"
    text = f"タイトル,発表者,所属,スライド,動画,URL\nある話,{people},株式会社メルカリ{',https://e.example/x' * 3}\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    mltalks("import", "a.csv", "--event", "データ基盤研究会 第12回 2031", cwd=tmp_path)
    (one,) = listed(mltalks, "list", "year:2031")
    names = [who["name"] for who in one["speakers"]]
    assert names == ["石川 さくら", "松本 健一郎", "清水 由美子", "Ann Fox"]
    for lang, company in (("ja", "メルカリ"), ("en", "Mercari")):
        out = mltalks("list", "year:2024..", "-o", "table", "--lang", lang, env={"COLUMNS": "200"}).out
        (line,) = (line for line in out.splitlines() if "ある話" in line)
        assert re.search(
            rf" 石川 さくら[、,] ?松本(?: 健一郎)? +{company} +データ基盤研究会 +\S+ \S+ \S+$", line
        ), line
    out = mltalks("list", "year:2031", "-o", "table", "--fields", "speakers,title", env={"COLUMNS": "64"}).out
    assert not re.search(r"(?:石|さく|さ|松|健一|健|清|由美|由) *$", out, re.MULTILINE)
    shown = mltalks("show", one["id"], one["event"], "-o", "table", "--lang", "ja").out
    assert "\n\nデータ基盤研究会 第12回 2031\n" in shown
    assert re.search(r"組織 +メルカリ", shown)
    mltalks("add", "別の話", "--event", "Example Days 2032", "--speaker", "司会：石川 さくら")
    assert listed(mltalks, "list", "year:2032")[0]["speakers"][0]["name"] == "石川 さくら"


def test_years_are_read_in_eras_and_full_width_and_the_first_of_several_days_is_taken(
    mltalks: Run, tmp_path: Path
) -> None:
    years = {"令和6年": 2024, "R6": 2024, "２０２４": 2024, "平成31年": 2019, "令和6年度": 2024}
    rows = "".join(f"題目{chr(0x4E00 + at)},年勉強会,{year},\n" for at, year in enumerate(years))
    (tmp_path / "a.csv").write_text(
        f"タイトル,イベント,年,日付\n{rows}合宿,年勉強会,,2024年3月4日〜5日\n月,年勉強会,,令和6年3月\n",
        "utf-8",
    )
    (tmp_path / "a.bib").write_text(
        "@inproceedings{a, title={監視}, author={山田太郎、佐藤花子}, booktitle={年勉強会}, year={令和6年}, keywords={監視，推論、ドリフト}}\n",
        "utf-8",
    )
    (tmp_path / "a.ris").write_text(
        "TY  - CONF\nTI  - 推論\nT2  - 年勉強会\nPY  - 2024\nKW  - 監視、推論\nER  - \n", "utf-8"
    )
    done = mltalks("import", "a.csv", "a.bib", "a.ris", cwd=tmp_path)
    assert '"2024年3月4日〜5日" is several days; the talk gets the first, 2024-03-04' in done.err
    assert "9 added," in done.err, done.err
    found = {one["title"]: one for one in listed(mltalks, "list", "series:年勉強会")}
    assert [found[f"題目{chr(0x4E00 + at)}"]["year"] for at in range(len(years))] == [*years.values()]
    assert (found["合宿"]["date"], found["月"]["year"]) == ("2024-03-04", 2024)
    assert [one["name"] for one in found["監視"]["speakers"]] == ["山田太郎", "佐藤花子"]
    assert found["監視"]["keywords_ja"] == ["監視", "推論", "ドリフト"]
    assert found["推論"]["keywords_ja"] == ["監視", "推論"]


def test_a_numbered_event_is_known_in_any_order_of_its_name(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "九の一", "--event", "第9回MLOps勉強会 2031")
    for title, event in {"九の二": "第９回 MLOps勉強会", "九の三": "MLOps勉強会#9"}.items():
        mltalks("add", title, "--event", event, "--date", "2031-02-01")
    assert {one["event"] for one in listed(mltalks, "list", "series:MLOps勉強会")} == {
        "第9回mlops勉強会-2031"
    }
    row = "推論サーバ{}の話,山田太郎,2031-05-01,{}\n"
    for number, (long, event) in enumerate([("ー", "輪講会 第5回"), ("", "第5回輪講会")]):
        (tmp_path / f"{number}.csv").write_text(
            "タイトル,講演者,日付,イベント\n" + row.format(long, event), "utf-8"
        )
        done = mltalks("import", f"{number}.csv", cwd=tmp_path)
    assert "0 added," in done.err, done.err


def test_a_number_of_another_kind_or_of_no_meaning_is_that_of_an_event_of_its_own(
    mltalks: Run, tmp_path: Path
) -> None:
    names = ("第3回", "第3期", "第３弾", "Vol.3", "第2〇回", "第十十回", f"#{'1' * 5000}")
    rows = "".join(f"題目{at},MLOps講座 {one},2031-05-0{at + 1}\n" for at, one in enumerate(names))
    (tmp_path / "in.csv").write_text(f"タイトル,イベント,日付\n{rows}別題,MLOps講座 #3,2031-05-01\n", "utf-8")
    done = mltalks("import", "in.csv", cwd=tmp_path)
    assert "8 added" in done.err, done.err
    assert len({one["event"] for one in listed(mltalks, "list", "series:MLOps講座")}) == len(names)
    assert mltalks("event", "add", "MLOps講座 第2〇回 2031").err.count("is already an event") == 1


def test_a_half_of_a_year_is_no_era(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("title,event,year\nA,Moss Day,H2/2031\nB,Moss Day,H2\n", "utf-8")
    done = mltalks("import", "in.csv", cwd=tmp_path)
    assert "0 added, 0 changed, 0 skipped; 0 already present, 2 rejected" in done.err


def test_the_id_of_an_event_is_no_name_of_another_one(mltalks: Run, tmp_path: Path) -> None:
    rows = "一,区切り勉強会 2031,2031-01-01\n二,区切り勉強会 2031,2029-01-01\n"
    (tmp_path / "a.csv").write_text(f"タイトル,イベント,日付\n{rows}", "utf-8")
    mltalks("import", "a.csv", cwd=tmp_path)
    assert [one["title"] for one in listed(mltalks, "list", "event:区切り勉強会-2031")] == ["一"]
    assert len(listed(mltalks, "list", 'event:"区切り勉強会 2031"')) == 2


def test_each_cell_that_joins_japanese_companies_is_named(mltalks: Run, tmp_path: Path) -> None:
    cells = [
        "架空電機株式会社、メルカリ",
        "株式会社架空、例示製作所",
        '"架空電機株式会社,例示製作所"',
        "架空大学、架空電機株式会社",
    ]
    rows = "".join(f"題目{at},甲・乙,{cell},例示会 2031\n" for at, cell in enumerate(cells))
    (tmp_path / "a.csv").write_text(f"タイトル,講演者,会社,イベント\n{rows}", "utf-8")
    done = mltalks("import", "a.csv", cwd=tmp_path)
    assert done.err.count("may be several organizations") == len(cells), done.err
