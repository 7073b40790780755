"""Japanese lists of talks as a user has them: several people in one cell, spellings of companies, tables that come back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, Run


def imported(mltalks: Run, folder: Path, *rows: str, heading: str = "タイトル,発表者,会社,日付,会議") -> str:
    file = folder / "talks.csv"
    file.write_text("\n".join((heading, *rows)) + "\n", encoding="utf-8")
    done = mltalks("import", str(file), "--lang", "ja")
    assert done.code == 0, done.err
    return done.err


def people(mltalks: Run) -> dict[str, list[tuple[str, str | None]]]:
    talks = json.loads(mltalks("list", "series:話者会", "-o", "json").out)
    return {talk["title"]: [(one["name"], one["organization"]) for one in talk["speakers"]] for talk in talks}


@pytest.mark.parametrize(
    "cell",
    [
        "山田太郎（メルカリ）・佐藤花子（楽天）",
        "山田太郎さん（メルカリ）と佐藤花子さん（楽天）",
        "山田太郎 (メルカリ) &佐藤花子(楽天)",
        "山田太郎(メルカリ)  佐藤花子(楽天)",
        "山田太郎（メルカリ）　佐藤花子（楽天）",
        "山田太郎【メルカリ】、佐藤花子[楽天]",
    ],
)
def test_people_with_organizations_in_one_cell_are_each_one(mltalks: Run, tmp_path: Path, cell: str) -> None:
    imported(mltalks, tmp_path, f"推論の話,{cell},,2024-07-01,話者会 2024")
    assert people(mltalks)["推論の話"] == [("山田太郎", "メルカリ"), ("佐藤花子", "楽天")]


def test_what_is_beside_a_name_and_no_organization_is_none(mltalks: Run, tmp_path: Path) -> None:
    said = imported(
        mltalks,
        tmp_path,
        "一の話,山田太郎（やまだ たろう）,,2024-07-01,話者会 2024",
        "二の話,山田太郎ほか2名,,2024-07-01,話者会 2024",
        "三の話,山田太郎（メルカリ）他３名,,2024-07-01,話者会 2024",
        "四の話,山田太郎（元メルカリ）,,2024-07-01,話者会 2024",
        "五の話,モデレーター 山田太郎,,2024-07-01,話者会 2024",
        "六の話,山田太郎@メルカリ,,2024-07-01,話者会 2024",
        "七の話,山田太郎（はてな）,,2024-07-01,話者会 2024",
    )
    assert people(mltalks) == {
        "一の話": [("山田太郎", None)],
        "二の話": [("山田太郎", None)],
        "三の話": [("山田太郎", "メルカリ")],
        "四の話": [("山田太郎", None)],
        "五の話": [("山田太郎", None)],
        "六の話": [("山田太郎", "メルカリ")],
        "七の話": [("山田太郎", "はてな")],
    }
    assert "「やまだ たろう」は氏名の読みで、組織ではないので、取り込みません" in said
    assert "「元メルカリ」は以前の所属なので、取り込みません" in said
    assert "「山田太郎ほか2名」: ほかの講演者は分かりません" in said


def test_what_may_be_an_organization_beside_a_name_is_reported(mltalks: Run, tmp_path: Path) -> None:
    said = imported(
        mltalks,
        tmp_path,
        "一の話,メルカリ 山田太郎,,2024-07-01,話者会 2024",
        "二の話,山田太郎と佐藤花子,,2024-07-01,話者会 2024",
        "三の話,山田 太郎,,2024-07-01,話者会 2024",
    )
    assert said.count("複数の人、または人と組織かもしれません") == 2
    assert "「山田 太郎」" not in said


def test_a_job_after_a_known_company_counts_under_it(mltalks: Run, tmp_path: Path) -> None:
    imported(
        mltalks, tmp_path, "一の話,山田 太郎氏（株式会社メルカリ 機械学習エンジニア）,,2024-07-01,話者会 2024"
    )
    assert mltalks("list", "series:話者会", "company:メルカリ", "--count").out.strip() == "1"


SPELLINGS = (
    "一の話,山田一,LINEヤフー株式会社,2024-07-01,話者会 2024",
    "二の話,山田二,ＬＩＮＥヤフー,2024-07-01,話者会 2024",
    "三の話,山田三,(株)リクルート,2024-07-01,話者会 2024",
    "四の話,山田四,リクルート㈱,2024-07-01,話者会 2024",
)


def test_spellings_that_differ_in_width_or_form_are_one_company(mltalks: Run, tmp_path: Path) -> None:
    imported(mltalks, tmp_path, *SPELLINGS)
    counted = mltalks("companies", "series:話者会", "--fields", "company,sessions").out
    assert counted.splitlines() == ["LINEヤフー\t2", "リクルート\t2"]
    assert json.loads(mltalks("doctor", "series:話者会", "-o", "json").out)[0]["kind"] == "missing"


def test_the_commands_of_doctor_work(mltalks: Run, tmp_path: Path, shell: Callable[[str], Result]) -> None:
    imported(
        mltalks,
        tmp_path,
        *SPELLINGS,
        "五の話,山田五,LINE ヤフー,2024-07-01,話者会 2024",
        "六の話,山田　五,O'Reilly Media Inc,2024-07-01,話者会 2024",
        "七の話,Ada Fox,O'Reilly Media,2024-07-01,話者会 2024",
    )
    found = json.loads(mltalks("doctor", "series:話者会", "-o", "json").out)
    commands = [one["command"] for one in found if one["kind"] in ("organization", "speaker")]
    assert len(commands) == 3
    for command in commands:
        assert shell(command).code == 0, command
    left = json.loads(mltalks("doctor", "series:話者会", "-o", "json").out)
    assert {one["kind"] for one in left} == {"missing"}
    assert mltalks("list", "company:LINEヤフー", "--count").out.strip() == "3"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_table_with_labels_comes_back_without_a_change(mltalks: Run, tmp_path: Path, lang: str) -> None:
    imported(
        mltalks,
        tmp_path,
        "推論と監視の話,山田一（ＬＩＮＥヤフー）・Bo Hay（Acme Inc.）,株式会社メルカリ,2024-07-01,話者会 2024",
    )
    file = tmp_path / "back.csv"
    for query in ("event:opml20", "series:話者会"):
        for fields in (
            [],
            [
                "--fields",
                "id,event,title,kind,speakers,companies,themes,keywords,summary,questions,mark,date",
            ],
        ):
            file.write_text(
                mltalks("list", query, *fields, "-o", "csv", "--labels", "--lang", lang, "-n", "0").out,
                encoding="utf-8",
            )
            done = mltalks("import", str(file))
            assert "0 added, 0 changed, 0 skipped" in done.err, done.err


def test_marks_in_japanese_are_read_back(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "marks.csv"
    file.write_text("ID,マーク\nopml20-runway,これから見る\n", encoding="utf-8")
    assert mltalks("import", str(file)).code == 0
    assert mltalks("list", "mark:to-watch", "--fields", "id").out == "opml20-runway\n"


def test_a_wide_dash_in_katakana_is_a_long_vowel(mltalks: Run, tmp_path: Path) -> None:
    imported(mltalks, tmp_path, "サ－バ－レス推論,山田一,サイバ－エ－ジェント,2024-07-01,話者会 2024")
    assert mltalks("list", "サーバーレス", "series:話者会", "--count").out.strip() == "1"
    assert mltalks("list", "series:話者会", "company:サイバーエージェント", "--count").out.strip() == "1"
    usual = mltalks("search", "サーバー", "-n", "0", "--fields", "id").out
    for typed in ("サ－バ－", "サ−バ−", "サ‐バ‐"):
        assert mltalks("search", typed, "-n", "0", "--fields", "id").out == usual


def test_a_table_for_readers_has_summaries_in_the_language(mltalks: Run) -> None:
    asked = ("list", "id:opml20-dlspec", "--fields", "summary,questions")
    record = json.loads(mltalks(*asked[:2], "-o", "json").out)[0]
    for options in (("-o", "md"), ("-o", "csv", "--labels")):
        shown = mltalks(*asked, *options, "--lang", "ja").out
        assert record["summary_ja"] in shown
        assert record["questions_ja"][0] in shown
        assert record["summary"] in mltalks(*asked, *options, "--lang", "en").out
    for form in ("csv", "json"):
        assert record["summary"] in mltalks(*asked, "-o", form, "--lang", "ja").out


def test_messages_in_japanese_have_no_english_names(mltalks: Run) -> None:
    trend = mltalks("trend", "company", "-n", "5", "-o", "table", "--lang", "ja")
    assert "組織の分かる発表" in trend.err
    assert "company" not in trend.err
    talk = ("event add テスト会 2027", "add 推論の話 --event テスト会-2027 --date 2027-01-02T10:00")
    for line in talk:
        name, *rest = line.split(" ", 2) if line.startswith("event") else line.split()
        mltalks(name, *rest)
    calendar = mltalks("export", "event:テスト会-2027", "-f", "ical", "--lang", "ja")
    assert "--timezone Asia/Tokyo" in calendar.err


def test_values_that_a_table_leaves_out_are_named_as_in_the_table(mltalks: Run) -> None:
    table = mltalks("crosstab", "company", "theme", "event:opml20", "--top", "5", "--lang", "ja")
    assert "Logical Clocks、メルカリ、" in table.err
    assert "クラウド運用" in table.err


def test_a_unit_or_a_job_beside_a_name_is_no_organization_if_another_column_names_it(
    mltalks: Run, tmp_path: Path
) -> None:
    said = imported(
        mltalks,
        tmp_path,
        "一の話,鈴木一郎（開発部）,架空商事,2024-07-01,話者会 2024",
        "二の話,高橋三郎（CTO）,架空商事,2024-07-01,話者会 2024",
        "三の話,佐藤二郎（基盤チーム）,,2024-07-01,話者会 2024",
    )
    assert people(mltalks) == {
        "一の話": [("鈴木一郎", None)],
        "二の話": [("高橋三郎", None)],
        "三の話": [("佐藤二郎", "基盤チーム")],
    }
    assert mltalks("list", "series:話者会", "company:架空商事", "--count").out == "2\n"
    assert "「開発部」は部署または役職で、所属する組織は別にあるので、取り込みません" in said
    assert "「CTO」は部署または役職" in said
