"""Sheets and names as Japanese organizers write them: companies, honorifics, headings, units, ids."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mltalks.dataset.ids import session_id
from tests.conftest import Run, shipped_library

pytestmark = pytest.mark.excerpt
EVENT = ("--event", "データ勉強会 2031")


def imported(mltalks: Run, tmp_path: Path, text: str, *arguments: str) -> list[dict[str, Any]]:
    """Import a table, and return the sessions of the years from 2031 on, by their titles."""
    (tmp_path / "a.csv").write_text(text, "utf-8")
    mltalks("import", "a.csv", *(arguments or EVENT), cwd=tmp_path)
    return listed(mltalks, "list", "year:2031..")


def listed(mltalks: Run, *arguments: str) -> list[dict[str, Any]]:
    printed = json.loads(mltalks(*arguments, "--json").out)
    found = printed if isinstance(printed, list) else printed["values"]
    return sorted(found, key=lambda one: str(one.get("title")))


def people(record: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["name"], one.get("organization")) for one in record["speakers"]]


def test_a_company_beside_a_speaker_who_has_another_one_is_kept(mltalks: Run, tmp_path: Path) -> None:
    text = "タイトル,講演者,所属\nA案,大野 陸（Sony）,株式会社ABEJA\nB案,大野 陸（株式会社ABEJA）,ABEJA\nC案,大野 陸（Sony）；原 葵,Sony；ABEJA\n"
    a, b, c = imported(mltalks, tmp_path, text)
    assert (people(a), a["organizations"]) == ([("大野 陸", "Sony")], ["株式会社ABEJA"])
    assert (people(b), b["organizations"]) == ([("大野 陸", "株式会社ABEJA")], [])
    assert (people(c), c["organizations"]) == ([("大野 陸", "Sony"), ("原 葵", "ABEJA")], [])


def test_no_company_of_numbered_columns_or_of_an_object_is_lost(mltalks: Run, tmp_path: Path) -> None:
    text = "Title,Speaker 1,Company 1,Speaker 2,Company 2,Speaker 3,Company 3\nA,Ann Fox (Sony),ABEJA,Bo Hay,IBM,,Intel\n"
    (one,) = imported(mltalks, tmp_path, text)
    assert people(one) == [("Ann Fox", "Sony"), ("Bo Hay", "IBM")]
    assert one["organizations"] == ["ABEJA", "Intel"]
    record = {"title": "B", "speakers": [{"name": "Cy Lee (Sony)", "company": "ABEJA"}]}
    (tmp_path / "b.json").write_text(json.dumps([record]), "utf-8")
    mltalks("import", "b.json", "--event", "データ勉強会 2032", cwd=tmp_path)
    assert people(listed(mltalks, "list", "year:2032")[0]) == [("Cy Lee", "Sony; ABEJA")]


def test_words_of_respect_are_no_part_of_a_name(mltalks: Run, tmp_path: Path) -> None:
    text = "タイトル,発表者\nA,大野 陸 様\nB,原葵さん（Sony）\nC,森田 蓮氏・西 凛氏\nD,西田凛さんと森田蓮さん\nE,くまさん\nF,中山 博士\nG,上田 健先生 他\n"
    found = [people(one) for one in imported(mltalks, tmp_path, text)]
    assert [[name for name, _ in some] for some in found] == [
        ["大野 陸"], ["原葵"], ["森田 蓮", "西 凛"], ["西田凛", "森田蓮"], ["くまさん"], ["中山 博士"], ["上田 健"],
    ]  # fmt: skip
    mltalks("add", "別の話", "--event", "別の会 2032", "--speaker", "大野 陸さん（Sony）、原 葵 氏")
    assert people(listed(mltalks, "list", "year:2032")[0]) == [("大野 陸", "Sony"), ("原 葵", None)]


def test_wide_spaces_that_are_typed_become_single_spaces(mltalks: Run) -> None:
    mltalks("add", "速い　推論", "--event", "別の会　第2回　2032", "--speaker", "森　蓮（研究　開発部）", "--keyword", "応答　時間")  # fmt: skip
    (one,) = listed(mltalks, "list", "year:2032")
    assert (one["title"], people(one), one["keywords"]) == (
        "速い 推論",
        [("森 蓮", "研究 開発部")],
        ["応答 時間"],
    )
    assert listed(mltalks, "events", "year:2032")[0]["label"] == "別の会 第2回 2032"
    made = mltalks("event", "add", "第3回　例会　2033", "--place", "東京　別館").out.strip()
    assert made == "第3回-例会-2033"
    assert json.loads(mltalks("show", made, "--json").out)["location"] == "東京 別館"
    mltalks("edit", one["id"], "--title", "遅い　　推論", "--add-keyword", "待ち　時間")
    (one,) = listed(mltalks, "list", "year:2032")
    assert (one["title"], one["keywords"]) == ("遅い 推論", ["応答 時間", "待ち 時間"])


@pytest.mark.parametrize("name", ["森 蓮", "佐々木 凛", "林 さくら"])
def test_a_speaker_is_found_by_the_name_without_its_space(mltalks: Run, name: str) -> None:
    mltalks("add", "ある話", "--event", "別の会 2032", "--speaker", name)
    joined = name.replace(" ", "")
    for command in ("search", "list", "speakers"):
        assert len(listed(mltalks, command, joined)) == 1, command


@pytest.mark.parametrize(
    ("event", "day"),
    [
        ("研究会名", "開催年月日"), ("ミートアップ", "実施日"), ("セミナーの名称", "日程"), ("開催イベント", "講演日時"),
        ("シンポジウム名（正式）", "【必須】発表日"),
    ],
)  # fmt: skip
def test_composed_headings_are_read_by_their_words(
    mltalks: Run, tmp_path: Path, event: str, day: str
) -> None:
    text = f"{event},{day},発表テーマ,講師名（敬称略）,講師所属先,会場,申込日\n第7回 例会,2031年5月6日,推論の話,大野 陸,Sony,別館,4/1\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    done = mltalks("import", "a.csv", cwd=tmp_path)
    assert "columns or keys that are not used: 1 (申込日)" in done.err
    (one,) = listed(mltalks, "list", "year:2031..")
    assert (one["title"], people(one), one["date"]) == ("推論の話", [("大野 陸", "Sony")], "2031-05-06")
    assert (one["event"], one["room"]) == ("第7回-例会-2031", "別館")


def test_columns_of_several_speakers_may_be_japanese(mltalks: Run, tmp_path: Path) -> None:
    text = "演題,講師1,講師1所属,講師2,講師2所属\n推論の話,大野 陸,Sony,原 葵,ABEJA\n"
    (one,) = imported(mltalks, tmp_path, text)
    assert people(one) == [("大野 陸", "Sony"), ("原 葵", "ABEJA")]


def test_rows_that_lack_an_event_or_a_year_name_the_option_that_reads_it(
    mltalks: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("演題,催事の呼称,その日\n推論の話,例会,2031/5/6\n", "utf-8")
    done = mltalks("import", "a.csv", cwd=tmp_path)
    assert "--map event=HEADER" in done.err
    assert "not used: 2 (催事の呼称, その日)" in done.err
    done = mltalks("import", "a.csv", "--map", "会議=催事の呼称", cwd=tmp_path)
    assert "--map date=HEADER" in done.err
    assert (
        "--map date=列名"
        in mltalks("import", "a.csv", "--default-event", "例会", "--lang", "ja", cwd=tmp_path).err
    )
    assert (
        mltalks("import", "a.csv", "--map", "会議=催事の呼称", "--map", "開催日=その日", cwd=tmp_path).code
        == 0
    )
    assert listed(mltalks, "list", "year:2031")[0]["date"] == "2031-05-06"


def test_map_takes_the_names_that_exports_and_queries_have(mltalks: Run, tmp_path: Path) -> None:
    text = "a,b,c,d,e,f\n推論の話,大野 陸,ABEJA,2031/5/6,30,速い推論\n"
    given = {"題名": "a", "登壇者": "b", "組織": "c", "開催日": "d", "所要時間": "e", "概要": "f"}
    maps = [word for field, column in given.items() for word in ("--map", f"{field}={column}")]
    (one,) = imported(mltalks, tmp_path, text, *EVENT, *maps)
    assert (one["title"], people(one), one["date"], one["minutes"], one["summary_ja"]) == (
        "推論の話", [("大野 陸", "ABEJA")], "2031-05-06", 30, "速い推論",
    )  # fmt: skip
    refused = mltalks("import", "a.csv", "--map", "好物=f", "--lang", "ja", cwd=tmp_path)
    assert refused.code == 2
    assert "好物" in refused.err
    names = refused.err.partition("使えるのは ")[2].strip().removesuffix("です").split("、")
    assert len(names) > 30
    for name in names:
        message = mltalks("import", "a.csv", *EVENT, "--map", f"{name}=f", "--dry-run", cwd=tmp_path).err
        assert f'has no field "{name}"' not in message, name


def test_a_skipped_difference_shows_what_update_makes_of_it(mltalks: Run, tmp_path: Path) -> None:
    text = "タイトル,備考,マイタグ\n推論の話,{note},{tag}\n"
    imported(mltalks, tmp_path, text.format(note="速い", tag="既読"), *EVENT, "--map", "tags=マイタグ")
    (one,) = listed(mltalks, "list", "year:2031")
    mltalks("note", one["id"], "自分の感想")
    (tmp_path / "a.csv").write_text(text.format(note="資料待ち", tag="再演"), "utf-8")
    again = ("import", "a.csv", *EVENT, "--map", "tags=マイタグ")
    skipped = mltalks(*again, cwd=tmp_path).err
    changed = mltalks(*again, "--update", cwd=tmp_path).err
    shown = skipped.partition("although it differs: ")[2].splitlines()[0]
    assert shown == "note: 速い 自分の感想 → 資料待ち; tags: 既読 → 既読; 再演"
    assert f"changed: {one['id']}: {shown}" in changed
    mltalks("note", one["id"], "届いた")  # has what the source has
    assert "1 already present" in mltalks(*again, cwd=tmp_path).err


def test_texts_of_a_sheet_are_filed_by_their_language(mltalks: Run, tmp_path: Path) -> None:
    text = "タイトル,キーワード,概要,質問\n推論の話,GPU、推論,Faster inference on GPUs,どう速くするか\n"
    (one,) = imported(mltalks, tmp_path, text)
    assert (one["keywords"], one["keywords_ja"]) == (["GPU"], ["推論"])
    assert (one["summary"], one["summary_ja"]) == ("Faster inference on GPUs", None)
    assert (one["questions"], one["questions_ja"]) == ([], ["どう速くするか"])
    text = "title,keywords,abstract\nTalk,serving; cost,推論を速くする話です。GPU と CPU で\n"
    (two,) = (one for one in imported(mltalks, tmp_path, text) if one["title"] == "Talk")
    assert (two["keywords"], two["keywords_ja"]) == (["serving", "cost"], [])
    assert (two["summary"], two["summary_ja"]) == (None, "推論を速くする話です。GPU と CPU で")
    text = "title,keywords,abstract\nOther,serving,We serve the 東京 office\n"
    (three,) = (one for one in imported(mltalks, tmp_path, text) if one["title"] == "Other")
    assert three["summary"] == "We serve the 東京 office"


@pytest.mark.parametrize("form", ["bibtex", "ris", "ical"])
def test_other_formats_have_the_japanese_texts_of_a_japanese_talk(
    mltalks: Run, tmp_path: Path, form: str
) -> None:
    text = "タイトル,キーワード,概要,日付\n推論の話,GPU、推論,推論を速くする話です。,2031/5/6\n"
    (one,) = imported(mltalks, tmp_path, text)
    written = mltalks("export", "year:2031", "-o", form).out
    for word in ("GPU", "推論を速くする話です。"):
        assert word in written.replace("\r\n ", ""), word
    assert re.search(r"(?m)(?:KW  - |GPU, |,|keywords.*)推論(?:\r|\}|$)", written)
    (tmp_path / "out").write_text(written, "utf-8")
    again = mltalks("import", "out", "--format", form, *EVENT, "--update", cwd=tmp_path)
    assert listed(mltalks, "list", "year:2031") == [one], again.err


def test_companies_that_a_dot_or_a_stroke_joins_are_parted_or_named(mltalks: Run, tmp_path: Path) -> None:
    rows = {
        "Intel・マイクロソフト": None,
        "架空電機・Foo": '"架空電機・Foo" may be several organizations; write "架空電機; Foo"',
        "アベ商会／架空電機": '"アベ商会／架空電機" may be several organizations; write "アベ商会; 架空電機"',
        "東京大学・架空電機": '"東京大学・架空電機" may be several organizations; write "東京大学; 架空電機"',
        "アベジャ・ナウキャスト": "", "アマゾン・ジャパン": "", "AWS・ジャパン": "", "NTT・データ": "",
        "情報・システム研究機構": None, "インテル・ラボ": None, "松尾・岩澤研究室": None,
    }  # fmt: skip
    text = "".join(f"話{chr(0x4E00 + at)},大野 陸・原 葵,{name}\n" for at, name in enumerate(rows))
    (tmp_path / "a.csv").write_text(f"タイトル,発表者,所属\n{text}", "utf-8")
    said = mltalks("import", "a.csv", *EVENT, cwd=tmp_path).err
    assert said.count("may be several organizations") == 3
    for message in filter(None, rows.values()):
        assert message in said
    assert sorted(listed(mltalks, "list", "話一")[0]["companies"]) == ["Intel", "Microsoft"]


def test_a_unit_counts_under_the_organization_that_it_is_of(mltalks: Run, tmp_path: Path) -> None:
    units = {
        "東京大学大学院 情報学研究科": "University of Tokyo", "東京大学医学部": "University of Tokyo", "マイクロソフト　研究開発部": "Microsoft",
        "学校法人架空大学 理学部": "架空大学", "Department of Statistics, Stanford University": "Stanford University",
        "先端架空大学院大学 情報科学研究科": "先端架空大学院大学", "架空電機 開発部": "架空電機 開発部", "架空大学出版会": "架空大学出版会",
    }  # fmt: skip
    rows = "".join(f'話{chr(0x4E00 + at)},大野 陸,"{name}"\n' for at, name in enumerate(units))
    found = imported(mltalks, tmp_path, f"タイトル,発表者,所属\n{rows}")
    assert [one["companies"] for one in found] == [[name] for name in units.values()]
    assert people(found[0]) == [("大野 陸", "東京大学大学院 情報学研究科")]  # as printed
    assert len(listed(mltalks, "by-company", "東京大学", "year:2031")) == 2
    assert len(listed(mltalks, "by-company", "東京大学大学院 情報学研究科", "year:2031")) >= 1


def test_another_organization_with_the_name_of_a_university_counts_as_itself() -> None:
    resolve = shipped_library().catalogue.organizations.resolve
    for printed in (
        "東京大学エッジキャピタルパートナーズ 投資部", "東京大学新聞社 編集部", "東京大学新聞社編集部", "東京大学 生協 本部", "東京大学TLO 企画部",
        "国立大学病院データベースセンター", "国立大学協会 企画部", "全国大学生活協同組合連合会 本部", "東京大学、京都大学 医学部",
    ):  # fmt: skip
        assert resolve(printed) == (printed,)
    for printed, name in {
        "東京大学 組合せ最適化研究室": "University of Tokyo", "東京大学医学部附属病院 企画情報運営部": "University of Tokyo",
        "東京大学柏キャンパス 事務部": "University of Tokyo", "東京大学・架空研究室": "University of Tokyo",
        "架空農工大学大学院連合農学研究科": "架空農工大学", "架空大学ナノ・バイオ研究センター": "架空大学",
        "カリフォルニア大学バークレー校 工学部": "UC Berkeley", "ソウル大学校 工学部": "Seoul National University",
    }.items():  # fmt: skip
        assert resolve(printed) == (name,)


def test_a_new_event_takes_its_year_from_the_date_of_the_talk(mltalks: Run) -> None:
    assert mltalks("add", "推論の話", "--event", "社内報告会 第8回", "--date", "2031年5月6日").code == 0
    assert mltalks("add", "監視の話", "--event", "社内報告会", "--date", "2032/5/6").code == 0
    assert mltalks("add", "運用の話", "--event", "社内報告会", "--date", "2032-06-07").code == 0
    (one,) = listed(mltalks, "list", "推論の話")
    assert (one["event"], one["year"], one["series"]) == ("社内報告会-第8回-2031", 2031, "社内報告会")
    assert {one["event"] for one in listed(mltalks, "list", "year:2032")} == {"社内報告会-2032"}
    refused = mltalks("add", "別の話", "--event", "社内報告会")
    assert refused.code == 2
    assert mltalks("edit", one["id"], "--event", "別の会", "--date", "2033-01-02").code == 0
    assert listed(mltalks, "list", "推論の話")[0]["event"] == "別の会-2033"
    assert mltalks("add", "共有の話", "--event", "OpML", "--date", "2019-05-20").code == 0
    assert listed(mltalks, "list", "共有の話")[0]["event"] == "opml19"


def test_ids_keep_letters_that_a_sign_joins(mltalks: Run) -> None:
    for title, part in {
        "A/Bテストの基盤": "a-bテストの基盤", "I/O bound serving": "i-o-bound-serving", "The A/B test, a review": "a-b-test-review",
        "A talk on serving": "talk-serving",
    }.items():  # fmt: skip
        made = mltalks("add", title, "--event", "データ勉強会 2031").out.strip()
        assert made == f"データ勉強会-2031-{part}"


@pytest.mark.parametrize("number", ["5年間", "第12回", "1000倍", "3つの", "2段階"])
def test_no_id_ends_within_a_number_and_what_it_counts(number: str) -> None:
    for filler in ("を" * n for n in range(1, 16)):
        made = session_id("勉強会-2031", f"検索{filler}{number}運用してわかったこと", ())
        assert not re.search(r"第?[0-9]+$|第$", made.removeprefix("勉強会-2031-")), made


def test_a_heading_with_an_aside_gives_way_to_the_one_without(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text(
        "発表タイトル,タイトル（英語）,氏名（フリガナ）,氏名,会議名,開催日,概要（英語）,動画（公開可否）\n"
        "推論の話,On inference,ヤマダ タロウ,山田 太郎,Soup 2031,2031-05-01,推論,可\n",
        encoding="utf-8",
    )
    done = mltalks("import", str(file))
    assert "not used: 3 (タイトル（英語）, 氏名（フリガナ）, 動画（公開可否）)" in done.err
    (talk,) = json.loads(mltalks("list", "event:soup-2031", "--json").out)
    assert (talk["title"], [one["name"] for one in talk["speakers"]]) == ("推論の話", ["山田 太郎"])


@pytest.mark.excerpt
def test_a_programme_of_a_meetup_is_read_as_it_is_written(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "演題,演者,所属,会議名,日時\n"
        "オープニング,,,MLOps勉強会 #43,2026/12/3(木) 19:00～19:10\n"
        "推論の監視,小林 一茶,個人,MLOps勉強会 #43,2026/12/3(木) 19:10～19:40\n"
        "特徴量の評価,山田 花子,フリーランス,MLOps勉強会 #43,2026年12月3日 19:40-20:10\n"
        "学習の自動化,鈴木 一郎,学生,MLOps勉強会 #43,2026/12/3 PM8:10〜\n"
        "未定,,,MLOps勉強会 #43,2026/12/3 20:30\n質疑応答,,,MLOps勉強会 #43,\nクロージング,,,MLOps勉強会 #43,\n",
        encoding="cp932",
        errors="replace",
    )
    done = mltalks("import", str(file), env={"LC_ALL": "ja_JP.UTF-8"})
    assert "追加3件、変更0件、スキップ4件" in done.err
    assert "未定: タイトルも講演者も決まっていないため" in done.err
    found = json.loads(mltalks("list", "origin:own", "--sort", "date", "--json").out)
    assert sorted((one["date"], one["minutes"], *one["companies"]) for one in found) == [
        ("2026-12-03T19:10", 30),
        ("2026-12-03T19:40", 30),
        ("2026-12-03T20:10", None),
    ]
    assert {one["speakers"][0]["name"] for one in found} == {"小林 一茶", "山田 花子", "鈴木 一郎"}


@pytest.mark.excerpt
def test_a_caption_above_the_heading_is_named_and_wide_strokes_part_keywords(
    mltalks: Run, tmp_path: Path
) -> None:
    file = tmp_path / "t.csv"
    table = "タイトル,会議名,キーワード\n推論の監視,勉強会 2026,推論／コスト\n"
    file.write_text(f"勉強会 発表一覧（2026年度）,,\n,,\n{table}", encoding="utf-8")
    refused = mltalks("import", str(file), env={"LC_ALL": "ja_JP.UTF-8"})
    assert refused.code == 3
    assert "最初の行は見出しではないようです" in refused.err
    file.write_text(table, encoding="utf-8")
    assert mltalks("import", str(file)).code == 0
    (found,) = json.loads(mltalks("list", "origin:own", "--json").out)
    assert found["keywords_ja"] == ["推論", "コスト"]
