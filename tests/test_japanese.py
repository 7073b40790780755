"""What a Japanese reader types and keeps: names in kanji, readings in kana, titles, fields, files of Japanese programs."""

import json
import re
import tomllib
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from mltalks.analysis.crosstab import CROSSED
from mltalks.analysis.facets import facet_named
from mltalks.dataset.vocabulary import KINDS
from mltalks.search.expansion.expander import QueryExpander
from mltalks.search.query.fields import FIELDS, exact_choice, named_field
from mltalks.text.folding import fold
from mltalks.text.japanese.verbal_nouns import verbal_nouns
from tests.conftest import ROOT, Run, shipped_library

BIBTEX = """
@inproceedings{one, title = {分散学習の実際}, booktitle = {Example Days 2031}, year = 2031,
  author = {山田, 太郎 and 鈴木, 花子 and Ito, Kenji and やまだ, たろう and 王, 伟 and Kim, 민수}}
@inproceedings{two, title = {別の話題}, booktitle = {Example Days 2031}, year = 2031,
  author = {山田太郎 and 渡邊 花子 and {日本電気 研究所}}}
"""
RIS = "TY  - CPAPER\nTI  - 第三の話題\nT2  - Example Days 2031\nPY  - 2031\nAU  - 山田, 太郎\nAU  - 渡辺, 花子\nER  - \n"
CSV = "タイトル,姓,名,イベント名\n第四の発表,山田,太郎,Example Days 2031\n"
IN_ORDER = ["山田 太郎", "鈴木 花子", "Kenji Ito", "やまだ たろう", "王 伟", "Kim 민수"]


def listed(mltalks: Run, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(mltalks(*arguments, "--json").out)
    return found


def taken(mltalks: Run, folder: Path, name: str, text: str, *options: str) -> None:
    (folder / name).write_text(text, "utf-8")
    done = mltalks("import", name, *options, cwd=folder)
    assert done.code == 0, done.err


@pytest.mark.excerpt
def test_east_asian_names_stay_in_their_order_and_are_written_so(mltalks: Run, tmp_path: Path) -> None:
    for name, text in (("a.bib", BIBTEX), ("a.ris", RIS), ("a.csv", CSV)):
        taken(mltalks, tmp_path, name, text)
    people = {
        one["title"]: [who["name"] for who in one["speakers"]] for one in listed(mltalks, "list", "year:2031")
    }
    assert people["分散学習の実際"] == IN_ORDER
    assert people["第三の話題"] == ["山田 太郎", "渡辺 花子"]
    assert people["第四の発表"] == ["山田 太郎"]
    counts = mltalks("speakers", "year:2031", "-o", "csv", "--fields", "value,sessions").out.splitlines()
    assert counts[1:3] == ["山田 太郎,4", "渡邊 花子,2"]
    for typed, found in {"山田太郎": 4, "山田 太郎": 4, "渡邉花子": 2, "渡辺": 2, "太郎": 4}.items():
        assert len(listed(mltalks, "by-speaker", typed)) == found, typed
    bibtex = mltalks("export", "year:2031", "-o", "bibtex").out
    assert "{山田, 太郎 and 鈴木, 花子 and Kenji Ito and やまだ, たろう and 王, 伟 and Kim, 민수}" in bibtex
    assert "{山田太郎 and 渡邊, 花子 and {日本電気 研究所}}" in bibtex
    ris = mltalks("export", "year:2031", "-o", "ris").out
    assert ris.count("AU  - 山田, 太郎") == 3
    assert "AU  - Kim, 민수" in ris
    for name, text in (("b.bib", bibtex), ("b.ris", ris)):
        (tmp_path / name).write_text(text, "utf-8")
        assert "4 already present" in mltalks("import", name, "--dry-run", "--update", cwd=tmp_path).err


@pytest.mark.excerpt
def test_editions_of_a_meetup_are_one_series_and_dates_and_kinds_are_read(
    mltalks: Run, tmp_path: Path
) -> None:
    rows = [
        "発表一,伊藤,株式会社ＡＢＣ,第15回MLOps勉強会,R7.6.20,トーク", "発表二,加藤,㈱ＡＢＣ,MLOps勉強会 #15,2025年8月1日,パネルディスカッション",
        "発表三,加藤,ABC,MLOps勉強会（2025年3月）,R7/3/20,LT", "発表四,加藤,ABC,MLOps勉強会 2025夏,,発表",
        "発表五,加藤,ABC,MLOps勉強会 Vol.12,令和7.6.20,ワークショップ", "発表六,加藤,ABC,MLOps勉強会 #16,25/6/2x,発表",
    ]  # fmt: skip
    (tmp_path / "a.csv").write_text("タイトル,講演者,所属企業,会議,日付,種別\n" + "\n".join(rows), "utf-8")
    done = mltalks("import", "a.csv", cwd=tmp_path)
    assert 'has no year for "MLOps勉強会 #16", and its date "25/6/2x" was not read' in done.err
    found = {one["title"]: one for one in listed(mltalks, "list", "会議:MLOps勉強会")}
    assert list(found) == ["発表二", "発表一", "発表五", "発表三", "発表四"]
    assert {one["series"] for one in found.values()} == {"MLOps勉強会"}
    assert [found[title]["kind"] for title in ("発表一", "発表二", "発表三", "発表四", "発表五")] == [
        "talk", "panel", "talk", "talk", "tutorial",
    ]  # fmt: skip
    assert [found[title].get("date") for title in ("発表一", "発表三")] == ["2025-06-20", "2025-03-20"]
    assert mltalks(
        "companies", "会議:MLOps勉強会", "-o", "csv", "--fields", "value,sessions"
    ).out.splitlines()[1:] == ["ABC,5"]


@pytest.mark.excerpt
def test_add_takes_japanese_lists_and_kinds(mltalks: Run) -> None:
    mltalks(
        "add", "発表七", "--event", "MLOps勉強会 2031", "--kind", "ＬＴ", "--keyword", "推論、監視",
        "--speaker", "伊藤　美咲（株式会社ＡＢＣ、研究所）、加藤 翼",
    )  # fmt: skip
    (one,) = listed(mltalks, "list", "発表七")
    assert (one["kind"], one["keywords"]) == ("talk", ["推論", "監視"])
    assert [who["name"] for who in one["speakers"]] == ["伊藤 美咲", "加藤 翼"]
    assert "セッション" in mltalks("add", "発表八", "--event", "MLOps勉強会 2031", "--kind", "セッション").err


@pytest.mark.excerpt
def test_csv_is_exported_for_excel(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "推論の話", "--event", "MLOps勉強会 2031")
    for encoding in ("utf-8-sig", "cp932"):
        assert (
            mltalks("export", "year:2031", "-O", f"{encoding}.csv", "--encoding", encoding, cwd=tmp_path).code
            == 0
        )
        assert "推論の話" in (tmp_path / f"{encoding}.csv").read_bytes().decode(encoding)
    assert (tmp_path / "utf-8-sig.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    mltalks("add", "Zoë の話", "--event", "MLOps勉強会 2031")
    refused = mltalks("export", "year:2031", "-O", "other.csv", "--encoding", "cp932", cwd=tmp_path)
    assert 'title: cp932 has no "ë"; --encoding utf-8-sig' in refused.err
    assert not (tmp_path / "other.csv").exists()
    assert mltalks("export", "year:2031", "-o", "json", "--encoding", "cp932").code == 2


def test_japanese_names_of_fields_are_those_of_facets_and_errors_list_them(mltalks: Run) -> None:
    japanese = {"LC_ALL": "ja_JP.UTF-8"}
    for typed, usual in {
        "企業 年": "company year",
        "会社 開催年": "company year",
        "発表者 イベント": "speaker event",
    }.items():
        command = ("crosstab", *typed.split(), "量子化", "-o", "csv")
        assert mltalks(*command).out == mltalks("crosstab", *usual.split(), "量子化", "-o", "csv").out
    assert "company:ソニー と書いてください" in mltalks("search", "ソニー", env=japanese).err
    assert mltalks("trend", "企業").out == mltalks("trend", "company").out
    assert (
        mltalks("list", "--sort", "タイトル", "-n", "5").out
        == mltalks("list", "--sort", "title", "-n", "5").out
    )
    both = mltalks("compare", "2024年", "2025年", "-o", "csv").out
    assert both == mltalks("compare", "year:2024", "year:2025", "-o", "csv").out
    fields = mltalks("list", "色彩:x", env=japanese).err.partition("使える条件は")[2].partition("です")[0]
    assert [named_field(one) for one in fields.split("、")] == [*FIELDS]
    choices = mltalks("list", "種類:セッション", env=japanese).err.partition("値: ")[2].strip()
    assert [exact_choice("kind", one) for one in choices.split("、")] == [*KINDS]
    facets = mltalks("crosstab", "色", "年", env=japanese).err.partition("使えるもの: ")[2].strip()
    assert [facet_named(one, CROSSED) for one in facets.split("、")] == [*CROSSED]
    assert "日付、タイトル、会議" in mltalks("list", "--sort", "色", env=japanese).err


def test_titles_in_katakana_or_kanji_get_the_same_theme(mltalks: Run) -> None:
    for title, themes in {
        "フィーチャーストアの運用": {"feature-management"}, "特徴量ストアの運用": {"feature-management"},
        "モデルのモニタリング": {"monitoring-observability"}, "モデルの監視": {"monitoring-observability"},
        "データ基盤の品質管理": {"data-quality", "data-management"}, "推薦モデルのABテスト": {"online-experimentation", "recommendation"},
        "モデルのテスト": {"testing-validation"}, "社内システムのテスト": set(),
    }.items():  # fmt: skip
        (found,) = json.loads(mltalks("classify", title, "--json").out)
        assert themes.issuperset(one["id"] for one in found["themes"]), title
        assert bool(found["themes"]) == bool(themes), title


@pytest.mark.excerpt
def test_a_title_stands_for_its_id_and_ids_of_japanese_titles_are_short(mltalks: Run) -> None:
    made = mltalks(
        "add", "バッチ推論からオンライン推論へ移行した話をします", "--event", "勉強会 2031"
    ).out.strip()
    assert made == "勉強会-2031-バッチ推論からオンライン"
    assert mltalks("show", "バッチ推論からオンライン推論へ移行した話をします").out.startswith(f"id\t{made}\n")
    mltalks("add", "バッチ推論からオンライン推論へ移行した話をします", "--event", "勉強会 2032")
    assert mltalks("show", "バッチ推論からオンライン推論へ移行した話をします").code == 4


def test_katakana_of_three_characters_is_read_as_a_common_word(mltalks: Run) -> None:
    assert mltalks("search", "カンシ", "-o", "ids").out
    for name in ("トヨタ", "リコー", "キリン", "ホンダ"):
        assert mltalks("list", name, "--count").out == "0\n"
    assert '"エムスリー"' in mltalks("search", "エムスリー").err


def test_a_short_katakana_word_finds_the_one_english_word_that_it_spells(mltalks: Run) -> None:
    for kana, word in {
        "モニター": "monitor",
        "ロジット": "logit",
        "ベクタ": "vector",
        "レシピ": "recipe",
    }.items():
        found = set(mltalks("search", kana, "--all", "-n", "0", "-o", "ids").out.split())
        assert found, kana
        assert found <= set(mltalks("search", word, "--all", "-n", "0", "-o", "ids").out.split()), kana
    joined = mltalks("search", "モニターデータベース")
    assert "monitor" in joined.out.casefold()
    for other in ("ボタン", "ダンス", "エクセル", "タクシー", "トマト", "サッカー"):  # bottom, dense, accel
        assert "sounds like" not in mltalks("search", other).out, other


@pytest.mark.excerpt
def test_an_event_whose_coverage_is_unknown_is_not_called_incomplete(mltalks: Run) -> None:
    mltalks("add", "推論の話", "--event", "第12回MLOps勉強会 2031")
    result = mltalks("companies", "year:2031", env={"LC_ALL": "ja_JP.UTF-8"})
    assert "第12回MLOps勉強会 2031 の発表をすべて収録しているかは分かりません" in result.err
    assert "一部の発表しか" not in result.err
    mltalks("event", "complete", "第12回mlops勉強会-2031")
    assert "収録" not in mltalks("companies", "year:2031", env={"LC_ALL": "ja_JP.UTF-8"}).err


@pytest.mark.excerpt
def test_all_commands_call_themes_alike(mltalks: Run) -> None:
    quality = "データ品質・選択"
    assert (
        f"もしかして: 「{quality}」"
        in mltalks("accept", "opml19-katib", "data-qualty", env={"LC_ALL": "ja_JP.UTF-8"}).err
    )
    for command in ("by-theme", "themes"):
        said = mltalks(command, "data-qualty", env={"LC_ALL": "ja_JP.UTF-8"}).err
        assert quality in said, command
        assert "data-quality」" not in said
        assert "data-quality" in mltalks(command, "data-qualty").err
    both = mltalks("accept", "opml19-katib", "エッジ", env={"LC_ALL": "ja_JP.UTF-8"})
    assert both.code == 4
    labels = ("エッジ・クラウドと異種ハードウェア", "エッジ・クラウド連携", "エッジ・端末での推論")
    quoted = "、".join(f"「{label}」" for label in labels)
    assert f"テーマ「エッジ」は次のいずれかです: {quoted}。" in both.err
    read = "、".join(f"『{label}』" for label in labels)
    assert mltalks("by-theme", "エッジ", env={"LC_ALL": "ja_JP.UTF-8"}).err.count(read) == 1
    assert "may be edge-cloud, edge-cloud-collaboration" in mltalks("accept", "opml19-katib", "エッジ").err


def test_words_about_time_are_no_subject(mltalks: Run) -> None:
    assert mltalks("search", "最新の量子化", "-o", "ids").out == mltalks("search", "量子化", "-o", "ids").out
    year = datetime.now().astimezone().year
    for typed, ago in {"去年": 1, "昨年": 1, "今年": 0, "一昨年": 2}.items():
        said = mltalks("search", f"{typed}の量子化", "--all").err
        assert f"year:{year - ago}" in said  # as a filter, or that it leaves nothing
    fallen_back = mltalks("search", "2018年の電子透かし").err
    assert "no talk with year:2018 has the other words" in fallen_back
    assert "too short" not in fallen_back


def test_short_katakana_is_no_part_of_a_longer_word_by_accident(mltalks: Run) -> None:
    for typed, others in {
        "ライン": ("オンライン", "パイプライン"),
        "ループ": ("グループ",),
        "コード": ("デコード",),
    }.items():
        for one in listed(mltalks, "list", typed):
            texts = " ".join(
                filter(None, (one["title"], one["summary_ja"], *one["keywords_ja"], *one["questions_ja"]))
            )
            for other in others:
                texts = texts.replace(other, "")
            assert typed in texts, (typed, one["id"])


def test_signs_of_a_japanese_input_method_are_signs_of_a_query(mltalks: Run) -> None:
    for wide, narrow in {
        "（量子化 OR 枝刈り） 企業:グーグル": "(量子化 OR 枝刈り) 企業:グーグル",
        "（種類:パネル　ＯＲ　種類:基調講演） 年:2019..2020": "(種類:パネル OR 種類:基調講演) 年:2019..2020",
        "量子化　ＡＮＤ　ＮＯＴ　企業:グーグル": "量子化 AND NOT 企業:グーグル", "量子化 ー企業:グーグル": "量子化 -企業:グーグル",
        "量子化 －推論": "量子化 -推論", "“feature store”": '"feature store"', "企業:グーグル、メタ": "企業:グーグル,メタ",
    }.items():  # fmt: skip
        found = mltalks("list", wide, "-o", "ids").out
        assert found
        assert found == mltalks("list", narrow, "-o", "ids").out, wide
        assert found == mltalks("list", *wide.split(), "-o", "ids").out, wide
    for odd in ("（推論", "推論）", "1）推論", "推論（）"):
        assert mltalks("list", odd).code == 0, odd
    assert 'in "quotes"' in mltalks("search", "「特徴量ストア」").err


def test_the_name_of_a_company_in_katakana_is_no_english_word_that_sounds_a_little_like_it(
    mltalks: Run,
) -> None:
    for name in [
        "ナウキャスト",
        "パナソニック",
        "リクルート",
        "コロプラ",
        "ブレインパッド",
        "ソラコム",
        "タムロン",
        "ウォンテッドリー",
        "レバレジーズ",
    ]:
        assert mltalks("list", name, "--count").out == "0\n", name
        assert f'no talk says "{name}"' in mltalks("search", name).err
    for typed, text in {
        "アテステーション": "attestation",
        "ショートカット": "shortcut",
        "プロキシ": "proxy",
    }.items():
        texts = {
            match["text"].casefold() for one in listed(mltalks, "search", typed) for match in one["matched"]
        }
        assert any(text in one for one in texts), typed


@pytest.mark.excerpt
def test_a_phrase_in_hiragana_or_single_kanji_is_found_as_it_is_written(mltalks: Run, tmp_path: Path) -> None:
    titles = ["特徴量ストアを３年運用してわかったこと", "はじめてのMLflow"]
    taken(mltalks, tmp_path, "a.csv", "タイトル\n" + "\n".join(titles), "--event", "Example Days 2031")
    mltalks("note", "opml19-tony", "後で読む")
    mltalks("note", "opml19-mpp", "要チェック。あとで見る。社内で話す")
    for typed, title in {
        "わかったこと": titles[0], '"わかったこと"': titles[0], "タイトル:わかったこと": titles[0], "わかった": titles[0],
        "わかったこと 運用": titles[0], "はじめて": titles[1], "はじめての": titles[1],
        "後で読む": "TonY: An Orchestrator for Distributed Machine Learning Jobs", "メモ:後で読む": "TonY: An Orchestrator for Distributed Machine Learning Jobs",
        "あとで見る": "MPP: Model Performance Predictor",
    }.items():  # fmt: skip
        for command in (["list"], ["search", "--exact"], ["search"]):
            assert listed(mltalks, *command, typed)[0]["title"] == title, (command, typed)
    assert 'no talk says "先に読む"' in mltalks("search", "先に読む").err


def test_a_noun_in_hiragana_after_a_particle_counts_as_if_typed_alone(mltalks: Run) -> None:
    for typed in ("データのずれ", "精度のばらつき", "GPUをつなぐ"):
        apart = re.sub("[のを]", " ", typed)
        counted, alone = (mltalks("list", one, "--count").out for one in (typed, apart.split()[0]))
        assert counted == mltalks("list", apart, "--count").out != alone, typed
        first, _ = listed(mltalks, "search", typed, "-n", "2")
        assert first["id"] in mltalks("search", apart, "-n", "3", "-o", "ids").out, typed
    for typed, alone in {"監視について": "監視", "モデルのしくみ": "モデル"}.items():  # which no talk says
        assert mltalks("list", typed, "--count").out == mltalks("list", alone, "--count").out, typed
    expander = QueryExpander(shipped_library().catalogue.index)
    for words in (["step", "by", "step"], ["監視", "監視"]):  # a word that is typed twice weighs more
        assert expander.with_kana_names(words, [" ".join(words)]) == words


def test_japanese_words_in_katakana_are_found(mltalks: Run) -> None:
    in_katakana, in_hiragana = (mltalks("search", one, "-o", "ids").out.split() for one in ("ズレ", "ずれ"))
    assert set(in_katakana) == set(in_hiragana)
    found = mltalks("search", "計算のムダ", "-o", "ids")
    assert '"ムダ" is read as 無駄' in found.err
    assert found.out.split()[0] in mltalks("search", "計算 無駄", "-n", "3", "-o", "ids").out
    for absent in ("ポーカー", "サムソナイト", "クックパッド", "ガイア", "ヤキュウ", "ベントウ", "ラーメン"):
        assert "nothing found" in mltalks("search", absent).err, absent


def test_hiragana_finds_what_it_is_read_as(mltalks: Run) -> None:
    library = shipped_library()
    for typed, meant in {
        "りょうしか": "量子化", "すいろん": "推論", "とくちょうりょう": "特徴量", "くーばねてぃす": "クバネティス", "かんし": "監視",
        "ぶんさん がくしゅう": "分散学習", "ぶんさんがくしゅう": "分散学習", "すいろんのさいてきか": "推論の最適化",
        "ばっちすいろん": "バッチ 推論", "がぞうのぶんるい": "画像 分類", "ばっちすいろんのコスト": "バッチ 推論 コスト",
        "きゃっしゅが効かない": "キャッシュ",
    }.items():  # fmt: skip
        found, expected = library.search(typed, 5), library.search(meant, 5)
        assert [hit.session.id for hit in found.hits] == [hit.session.id for hit in expected.hits], typed
        assert any(" is read as " in notice.text() for notice in found.notices)
    absent = "やきゅう おんせん べんとう さいばん かんごし じてんしゃ ぺんぎん らーめん さくら ねんきん ともだち か せい など あんまり"
    for typed in absent.split():
        assert library.search(typed).total == 0, typed
    for typed in ("りょうしか", "リョウシカ", "ryoushika"):
        result = mltalks("by-theme", typed, "-o", "ids")
        assert result.out == mltalks("by-theme", "quantization", "-o", "ids").out
        assert f'theme "{typed}" is read as quantization' in result.err
    assert mltalks("list", "りょうしか", "-o", "ids").out
    assert 'did you mean "quantization"?' in mltalks("accept", "opml19-katib", "りょうしか").err
    assert mltalks("search", "りょうしか", "--exact").out == ""


def test_fields_and_years_are_read_as_japanese_write_them(mltalks: Run) -> None:
    for typed, plain in {
        "学会:OpML": "event:OpML", "所属:google": "company:google", "大学:google": "company:google", "学会：opml19": "event:opml19",
        "年:2020年以降": "year:2020..", "年:2019年から2020年まで": "year:2019..2020", "年:令和2年": "year:2020",
        "年:令和元年": "year:2019", "年:2019年度以前": "year:..2019", "登壇者:stoica": "speaker:stoica",
    }.items():  # fmt: skip
        found = mltalks("list", typed, "-o", "ids").out
        assert found == mltalks("list", plain, "-o", "ids").out != "", typed
    assert mltalks("list", "マーク:これから見る").code == 0
    for unknown in ("会場:東京", "図解:分散"):
        result = mltalks("list", unknown)
        assert (result.code, result.out) == (2, "")
        assert f'unknown query field "{unknown[:2]}"' in result.err
    assert "did you mean" in mltalks("list", "キーワーズ:推論").err
    assert "unknown query field" not in mltalks("list", "図解：分散").err  # as in a title
    assert "no field is called" not in mltalks("list", "分散学習：その仕組みと限界").err
    for typed in ("2020年以降の推論", "令和2年以降の推論"):
        assert f'"{typed[:-3]}" is read as year:2020..' in mltalks("search", typed).err
    assert '"〜2019年" is read as year:..2019' in mltalks("search", "推論", "〜2019年").err
    refused = mltalks("list", "年:令和0年")
    assert (refused.code, "年:令和0年 is not a year" in refused.err) == (2, True)


def test_years_of_a_query_are_read_as_one_range_and_not_within_words(mltalks: Run) -> None:
    for typed, read in {
        "2021年〜2023年の推論": "year:2021..2023", "2021〜2022年の推論": "year:2021..2022", "2021年〜の推論": "year:2021..",
        "令和06年の推論": "year:2024",
    }.items():  # fmt: skip
        said = mltalks("search", typed).err
        assert f"is read as {read}\n" in said, typed
        assert said.count("is read as") == 1
    assert "is read as" not in mltalks("search", "日本年金の推論").err
    long = "わかったことをまとめてみましたのでどうぞごらんになってください" * 4
    assert mltalks("search", f"{long}推論").code == 0  # in a time that does not double with each character


def test_a_word_of_one_kanji_that_is_not_searched_is_named(mltalks: Run) -> None:
    for typed, short in {"推論 木": "木", "推論の鍋": "鍋", "木の推論": "木"}.items():
        assert f'"{short}" is too short to search for' in mltalks("search", typed).err, typed
    for typed in ("推論を早く安く", "機械学習の事例", "推論の話"):  # pieces of verbs, parts of words, filler
        assert "too short" not in mltalks("search", typed).err, typed


@pytest.mark.excerpt
def test_a_title_with_a_word_of_one_kanji_comes_first(mltalks: Run, tmp_path: Path) -> None:
    titles = ["表の検索", "図の生成", "森の監視", "表と図"]
    taken(mltalks, tmp_path, "a.csv", "タイトル\n" + "\n".join(titles), "--event", "Example Days 2031")
    for title in titles:
        found = listed(mltalks, "search", title)
        assert found[0]["title"] == title
        assert found[0]["matched"][0]["text"] == title
        for query in (title, f"タイトル:{title}", f"検索 OR {title}"):
            assert title in [one["title"] for one in listed(mltalks, "list", query)]
    assert 'no talk says "渡り鳥"' in mltalks("list", "渡り鳥").err


def test_what_an_organization_has_given_is_a_filter(mltalks: Run) -> None:
    for typed in (
        "エヌビディアの2025年の論文",
        "NVIDIAの2025年の論文",
        "Googleの発表",
        "マイクロソフトの基調講演",
    ):
        name = typed.partition("の")[0]
        assert f'"{name}" is read as company:' in mltalks("search", typed).err
    japanese = mltalks("search", "Googleの基調講演", "--lang", "ja").err
    expected = "company:google kind:keynote に絞ると何も見つからないため、本文から検索します: 「Google」、「基調講演」"
    assert expected in japanese


@pytest.mark.excerpt
def test_an_organization_is_found_by_its_short_japanese_name(mltalks: Run, tmp_path: Path) -> None:
    for typed, name in {
        "スタンフォード": "Stanford University", "プリンストン": "Princeton University", "バークレー": "UC Berkeley",
        "清華": "Tsinghua University",
    }.items():  # fmt: skip
        err = mltalks("by-company", typed).err
        assert "is read as" in err
        assert name in err
    rows = "ある発表,ヤフー株式会社\n別の発表,日立製作所\n"
    taken(mltalks, tmp_path, "a.csv", f"タイトル,所属\n{rows}", "--event", "Example Days 2031")
    for typed in ("ヤフー", "ヤフー（株）", "株式会社ヤフー"):
        assert len(listed(mltalks, "by-company", typed)) == 1, typed
    assert 'did you mean "日立製作所"?' in mltalks("by-company", "日立").err


@pytest.mark.excerpt
def test_tables_are_read_as_japanese_write_them(mltalks: Run, tmp_path: Path) -> None:
    people = {
        "山田太郎，鈴木花子": "山田太郎; 鈴木花子", "髙橋 さくら・山﨑 健": "髙橋 さくら; 山﨑 健", "山田太郎, 鈴木花子": "山田太郎; 鈴木花子",
        "山田, 太郎": "山田 太郎", "ジョン・スミス": "ジョン・スミス", "田中一・佐藤二／鈴木三": "田中一; 佐藤二; 鈴木三",
    }  # fmt: skip
    rows = "\n".join(f'第{number}話,"{one}"' for number, one in enumerate(people))
    taken(mltalks, tmp_path, "a.csv", f"論文名,話者\n{rows}\n", "--event", "Example Days 2031")
    found = mltalks("list", "year:2031", "-o", "csv", "--fields", "speakers").out.splitlines()[1:]
    assert sorted(found) == sorted(people.values())
    links = "スライドURL,動画URL,論文URL,ページURL"
    addresses = ",".join(f"https://a.example/{one}" for one in links.split(","))
    taken(mltalks, tmp_path, "b.csv", f"発表名,{links}\nある題,{addresses}\n", "--event", "Example Days 2032")
    (one,) = listed(mltalks, "list", "year:2032")
    assert all(one[field] for field in ("slides", "video", "paper", "url"))


def test_japanese_texts_are_those_of_a_japanese(mltalks: Run) -> None:
    assert '"ジーピーユー" is read as GPU' in mltalks("search", "ジーピーユー").err
    assert '"エーアイオプス" is read as AIOps' in mltalks("search", "エーアイオプス").err
    found = shipped_library().search("壊れたデータを見つける", 3).hits
    assert not any("Privacy" in match.text for hit in found for match in hit.matched)
    card = mltalks("show", "opml20", "--lang", "ja", "-o", "table").out
    assert "\n概要 " in card
    assert "対象" not in card
    for width in ("80", "60", "40"):
        lines = mltalks("help", "query", "--lang", "ja", env={"COLUMNS": width}).out.splitlines()
        rows = [line for line in lines if line.startswith("  ")]
        assert {len(line) - len(line.lstrip()) for line in rows} <= {2, 6, 29, 30}
    assert mltalks("themes", "量子").err == 'mltalks: error: no theme "量子"; did you mean "量子化"?\n'
    assert 'keyword "連合学習" is read as federated learning' in mltalks("by-keyword", "連合学習").err
    assert mltalks("by-keyword", "連合学習").out == mltalks("by-keyword", "federated learning").out
    assert (
        "ハイパーパラメータ探索" in mltalks("keywords", "id:opml19-katib", "-o", "table", "--lang", "ja").out
    )


def test_the_page_has_the_forms_of_kanji_that_the_command_has() -> None:
    script = (ROOT / "src/mltalks/render/html/page.js").read_text("utf-8")
    kanji = script.partition('kanji = "')[2].partition('"')[0].split(",")
    assert len(kanji) > 30
    for forms in kanji:
        assert set(map(fold, forms)) == {forms[0]}


@pytest.mark.excerpt
def test_a_prefix_of_several_japanese_words_finds_titles_and_a_whole_title_comes_first(mltalks: Run) -> None:
    assert mltalks("event", "add", "社内勉強会 2025", "--date", "2025-03-04").code == 0
    for title in ("ログ発表第一回", "ログ発表第二回", "GPUログ入門"):
        assert mltalks("add", title, "--event", "社内勉強会 2025").code == 0
    own = {"社内勉強会-2025-ログ発表第一回", "社内勉強会-2025-ログ発表第二回"}
    for query in ("ログ発表*", "ログ発*", "title:ログ発表第*"):
        assert set(mltalks("list", query, "-o", "ids").out.split()) == own
    assert mltalks("list", "GPUログ入*", "-o", "ids").out == "社内勉強会-2025-gpuログ入門\n"
    assert set(mltalks("search", "ログ発表", "-n", "2", "-o", "ids").out.split()) == own
    assert set(mltalks("search", "ログ 発表", "-n", "2", "-o", "ids").out.split()) == own


def test_a_year_with_its_sign_is_searched_as_the_year(mltalks: Run) -> None:
    plain = mltalks("list", "推論 2025", "-o", "ids")
    for typed in ("推論 2025年", "推論 ２０２５年", "2025年の推論"):
        found = mltalks("list", typed, "-o", "ids")
        assert found.out == plain.out != ""
        assert "too short" not in found.err


def test_wide_signs_before_a_word_exclude_it(mltalks: Run) -> None:
    narrow = mltalks("list", "推論 -学習", "-o", "ids").out
    for sign in "！－−‐‑–":
        for query in (f"推論 {sign}学習", f"{sign}学習 推論"):
            assert mltalks("list", query, "-o", "ids").out == narrow != "", query


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("推論 もしくは 学習", '"もしくは" is searched as a word; the operator is written OR'),
        ("推論 又は 学習", '"又は" is searched as a word; the operator is written OR'),
        ("推論 および 学習", '"および" is searched as a word; the operator is written AND'),
        ("推論 GPU以外", '"GPU以外" is searched as text; to leave these out, write 推論 NOT GPU'),
        ("パネル以外では推論 学習", '"パネル以外" is searched as text; the filter is written NOT kind:panel'),
        (
            "学習 OR GPU以外の推論",
            '"GPU以外の" is searched as text; to leave these out, write 学習 OR 推論 NOT GPU',
        ),
        (
            "推論 ポスターを除く",
            '"ポスターを除く" is searched as text; the filter is written NOT kind:poster',
        ),
    ],
)
def test_japanese_words_for_operators_are_named(mltalks: Run, query: str, hint: str) -> None:
    assert hint in mltalks("list", query).err
    ranked = mltalks("search", query).err
    assert (hint in ranked) == ("NOT" in hint)


def test_a_homophone_is_named_and_not_searched(mltalks: Run) -> None:
    for typed, meant in {"強化学修": "", "料子化": "", "自動科": "自動化", "機会学習": "機械学習"}.items():
        err = mltalks("search", typed, "--lang", "ja").err
        assert f"「{typed}」を含む発表はありません" in err or not meant
        assert ("もしかして" in err) == bool(meant)
        assert not meant or f"もしかして: {meant}\n" in err
    assert "もしかして" not in mltalks("search", "機械学習", "--lang", "ja").err
    assert mltalks("list", "自動科").out == ""


@pytest.mark.excerpt
def test_messages_name_what_was_typed_in_brackets(mltalks: Run) -> None:
    for arguments, message in {
        ("list", "種類:みかん"): "種類に「みかん」は使えません",
        ("list", "year:みかん"): "「みかん」は年ではありません",
        ("list", "since:2019..2021"): "「2019..2021」は一つの年ではありません",
        ("list", "doi:みかん"): "「みかん」は DOI ではありません",
        ("schema", "みかん"): "スキーマ「みかん」はありません",
        ("list", "--fields", "みかん"): "項目「みかん」はありません",
        ("crosstab", "みかん", "year"): "ファセット「みかん」はありません",
        ("list", "speaker:みかん"): "講演者「みかん」はデータにありません",
        ("search", "「特徴量 ストア」"): "",
        ("search", "「異常検知」"): "「『異常検知』」は「異常検知」として検索します",
        ("search", "めのま"): "「めのま」を含む発表はありません",
        ("search", "くばねてぃすー"): "",
        ("search", "スライドのある推論"): "「スライド」を条件 has:slides として扱います",
    }.items():
        err = mltalks(*arguments, "--lang", "ja").err
        assert message in err
        assert "「「" not in err


@pytest.mark.excerpt
def test_several_persons_with_a_name_are_named_each(mltalks: Run) -> None:
    assert mltalks("event", "add", "MLOps談話会", "--date", "2025-03-04").code == 0
    for name in ("佐藤 一", "佐藤 二"):
        assert mltalks("add", f"推論 {name}", "--event", "MLOps談話会", "--speaker", name).code == 0
    found = mltalks("by-speaker", "佐藤", "--lang", "ja")
    assert "「佐藤」を名前に含むものすべてを対象にします: 「佐藤 一」、「佐藤 二」\n" in found.err
    assert len(found.out.splitlines()) == 2
    assert mltalks("list", "event:mlops", "--lang", "ja").err.lower().count("mlops談話会") == 1
    assert (
        mltalks("list", "company:ぐーぐる", "-o", "ids").out
        == mltalks("list", "company:グーグル", "-o", "ids").out
    )


@pytest.mark.excerpt
def test_a_language_is_named_in_words(mltalks: Run) -> None:
    assert mltalks("event", "add", "Meetup", "--date", "2025-03-04").code == 0
    assert mltalks("add", "推論の話", "--event", "Meetup", "--language", "ja").code == 0
    found = mltalks("list", "language:ja", "-o", "ids").out
    for named in ("使用言語:日本語", "language:japanese", "language:jpn", "language:jp"):
        assert mltalks("list", named, "-o", "ids").out == found != ""
    assert mltalks("add", "Le serving", "--event", "Meetup", "--language", "fr").code == 0
    assert (
        mltalks("list", "language:french", "-o", "ids").out == mltalks("list", "language:fr", "-o", "ids").out
    )
    for unknown in ("english", "klingon tongue"):
        message = f'no talk is given in the language "{unknown}"; others are in fr, ja\n'
        assert message in mltalks("list", f'language:"{unknown}"').err


def test_without_any_language_the_filter_for_texts_is_named(mltalks: Run) -> None:
    assert "lang:en and lang:ja find texts" in mltalks("list", "language:english").err


def test_reasons_have_whole_words(mltalks: Run) -> None:
    hits = json.loads(mltalks("search", "推論を速くするには", "--json").out)
    words = {match["query"] for hit in hits for match in hit["matched"]}
    assert "推論を速くするには" in words


def found_ids(query: str) -> list[str]:
    return [hit.session.id for hit in shipped_library().search(query).hits]


def verbal_nouns_of_the_data() -> list[str]:
    """Return the names of the thesaurus that are one verbal noun, as 埋め込み and 組み合わせ."""
    terms = tomllib.loads((ROOT / "data" / "terms.toml").read_text("utf-8"))["terms"]
    names = {name for term in terms for name in term.get("ja", ()) if len(verbal_nouns(name)) == 1}
    return sorted(name for name in names if re.fullmatch("[一-鿿][ぁ-ゟ]{1,2}[一-鿿][ぁ-ゟ]{0,2}", name))


def test_a_verbal_noun_is_found_in_a_sentence_as_it_is_alone() -> None:
    nouns = verbal_nouns_of_the_data()
    assert len(nouns) > 60
    same, among = (
        cycle(("{}について", "{}に関する発表", "{}方法")),
        cycle(("{}向けの推論", "{}への対策", "推論の{}")),
    )
    for noun in nouns:
        alone = found_ids(noun)
        for phrase in ("{}の話", next(same)):
            assert found_ids(phrase.format(noun)) == alone, phrase.format(noun)
        for phrase in ("{}を速くしたい", next(among)):
            first = found_ids(phrase.format(noun))[:5]
            assert len(set(alone).intersection(first)) >= min(2, len(alone)), phrase.format(noun)


@pytest.mark.parametrize(
    "query",
    [
        "埋め込みの圧縮",
        "畳み込み高速化",
        "ラベル付けのコスト",
        "ラベル付けコスト",
        "組み込みシステム",
        "組み込み向けの推論",
        "モデルの選び方",
        "組み合わせ最適化",
    ],
)
def test_verbal_nouns_in_compounds_are_neither_lost_nor_shown_in_pieces(mltalks: Run, query: str) -> None:
    found = mltalks("--lang", "ja", "search", query, "--count")
    assert int(found.out) > 5, query
    assert not re.search("「[^」]*(?:埋 込|畳 込|ラベル 付|「込」|「付」|「方」)", found.err), found.err
    wide = re.search("畳み込み|埋め込み|組み込み|ラベル付け|組み合わせ", query)
    alone = found_ids(wide[0])[:10] if wide else []
    assert not alone or set(alone) & set(found_ids(query)[:10]), query


@pytest.mark.parametrize(
    ("one", "other"),
    [("埋め込み", "圧縮"), ("ラベル付け", "コスト"), ("畳み込み", "高速化"), ("組み合わせ", "最適化"), ("振り分け", "コスト"),
     ("読み出し", "削減"), ("重ね合わせ", "通信"), ("打ち切り", "学習"), ("呼び出し", "遅延"), ("割り当て", "最適化")],
)  # fmt: skip
def test_a_list_of_two_japanese_words_has_the_talks_that_have_both(one: str, other: str) -> None:
    both = [{each.id for each in shipped_library().list(word)} for word in (one, other)]
    for query in (f"{one} {other}", f"{one}の{other}"):
        assert both[0] & both[1] <= {each.id for each in shipped_library().list(query)}, query


def test_words_that_are_left_out_are_named_as_they_were_typed(mltalks: Run) -> None:
    assert "「渡り鳥」を含む発表はありません" in mltalks("--lang", "ja", "search", "渡り鳥の推論").err
    assert "「関連付け」を含む発表はありません" in mltalks("--lang", "ja", "search", "関連付けの方法").err
    assert mltalks("list", "畳み込みの話", "--count").out == mltalks("list", "畳み込み", "--count").out
    assert "検索に使わなかった語" in mltalks("--lang", "ja", "search", "鍋で煮る推論").err
    assert "「煮る」" in mltalks("--lang", "ja", "search", "鍋で煮る推論").err


def test_what_a_verb_of_a_problem_means_is_searched() -> None:
    assert found_ids("ノードが落ちても学習を続ける").index("mlsys21-partial-recovery") < 3
    assert found_ids("学習が途中で落ちる").index("mlsys21-partial-recovery") < 8
    assert found_ids("推論を早くする")[:3] != found_ids("推論")[:3]
    assert set(found_ids("推論を早くする")[:6]) & set(found_ids("推論を速くする")[:3])
    quantized = set(found_ids("モデルの圧縮")) | set(found_ids("量子化"))
    assert len(quantized.intersection(found_ids("モデルを小さくしたい")[:6])) >= 4


def test_papers_and_invited_talks_are_kinds(mltalks: Run) -> None:
    for query in ("2024年のMLSysの論文", "論文 2024年", "MLSys 2024の論文"):
        assert {one["kind"] for one in listed(mltalks, "search", query)} == {"paper"}
        assert "「論文」を条件 kind:paper として扱います" in mltalks("--lang", "ja", "search", query).err
    assert len(listed(mltalks, "search", "2024年の招待講演")) == 4
    said = mltalks("--lang", "ja", "search", "2024年の招待講演").err
    assert "「招待講演」という種類はないため、講演と基調講演に絞って検索します（kind:talk,keynote）" in said
    assert "is read as" not in mltalks("search", "量子化の論文").err  # only named


def test_a_name_of_another_thing_is_not_found_by_the_word_in_it() -> None:
    clouds = found_ids("ｸﾗｳﾄﾞ"), found_ids("cloud"), [one.id for one in shipped_library().list("クラウド")]
    for found in clouds:
        assert found
        assert not {"mlsys22-torchsparse", "mlsys26-spira"}.intersection(found)
    assert {"mlsys22-torchsparse", "mlsys26-spira"} <= set(found_ids("点群")) & set(found_ids("point cloud"))
    assert [one.id for one in shipped_library().list('"point cloud"')]
    for query in ("量子", "量子計算"):
        assert found_ids(query) == ["mlsys22-quclassi"]


def test_a_phrase_of_a_note_is_found_first(mltalks: Run) -> None:
    mltalks("note", "opml19-tony", "うちの監視基盤と比べたい。来週の定例で共有する。")
    assert listed(mltalks, "search", "監視基盤と比べたい")[0]["id"] == "opml19-tony"
    assert listed(mltalks, "search", "監視基盤と比べたい 推論")[0]["id"] != "opml19-tony"


def test_names_are_found_by_their_parts_in_one_script_and_themes_by_other_names(
    mltalks: Run, tmp_path: Path
) -> None:
    rows = "A話,MLOps勉強会 2031,2031,LINEヤフー株式会社\nB話,MLプロダクト勉強会 #12,2031,株式会社メルカリ\n"
    taken(mltalks, tmp_path, "a.csv", f"タイトル,会議,年,所属\n{rows}")
    assert {one["title"] for one in listed(mltalks, "by-event", "勉強会")} == {"A話", "B話"}
    for name in ("LINE", "line", "ヤフー"):
        assert [one["title"] for one in listed(mltalks, "by-company", name)] == ["A話"]
    themed = {one["id"] for one in listed(mltalks, "by-theme", "推薦")}
    assert themed
    assert {one["id"] for one in listed(mltalks, "by-theme", "レコメンド")} == themed


def test_wide_signs_of_options_and_prefixes_are_read(mltalks: Run) -> None:
    count = mltalks("list", "--count").out
    for option in ("−−count", "ーーｃｏｕｎｔ", "—count", "－－count"):
        assert mltalks("list", option).out == count
    assert mltalks("list", "量子化＊", "--count").out == mltalks("list", "量子化*", "--count").out


def test_marks_and_tags_are_read_and_an_order_is_named(mltalks: Run) -> None:
    assert "mark:見た" in mltalks("search", "見た発表").err
    mltalks("mark", "opml19-tony", "watched")
    mltalks("tag", "opml19-tony", "要フォロー")
    for query in ("見た発表", "タグが要フォローの発表", "要フォローのタグの発表"):
        assert [one["id"] for one in listed(mltalks, "search", query)] == ["opml19-tony"]
    assert "--sort date" in mltalks("search", "量子化の最新の発表").err
    assert "has:slides" in mltalks("search", "スライド付きの発表").err


@pytest.mark.parametrize(
    ("query", "first", "absent"),
    [
        ("基盤モデル", "mlsys25-radius", "opml19-ml-models-as-a-service"),
        ("教師なし学習", "mlsys21-suod", "mlsys21-rl-scope"),
        ("教師あり学習", "mlsys21-rl-scope", "mlsys21-suod"),
    ],
)
def test_a_name_typed_as_one_word_is_not_searched_in_pieces(
    mltalks: Run, query: str, first: str, absent: str
) -> None:
    found = mltalks("search", query, "-o", "ids", "--limit", "0").out.split()
    assert found[0] == first
    assert absent not in found


def test_two_names_of_one_thing_find_the_same(mltalks: Run) -> None:
    first, second = (
        mltalks("search", one, "-o", "ids").out for one in ("特徴量ストア", "フィーチャーストア")
    )
    assert first.split()[0] == second.split()[0]
    assert len(first.split()) <= 2
    unknown = mltalks("search", "自己教師あり学習", env={"LC_ALL": "ja_JP.UTF-8"})
    assert unknown.out == ""
    assert "「自己教師あり学習」を含む発表はありません" in unknown.err


def test_what_denies_a_word_is_part_of_a_phrase(mltalks: Run) -> None:
    def found(query: str) -> set[str]:
        return set(mltalks("list", query, "-o", "ids").out.split())

    assert found('"教師なし"') == {"mlsys21-suod"}
    assert "mlsys21-rl-scope" in found('"教師あり"')
    assert found('"公開されている"')
    assert not found('"公開されている"') & found('"公開されていない"')
    assert found('"推論コスト"') <= found('"推論のコスト"')


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("OpML '20の基調講演", "event:opml20 kind:keynote"),
        ("OpML 20の監視", "event:opml20"),
        ("動画あり 監視", "has:video"),
        ("スライドが公開されている発表", "has:slides"),
        ("Metaの推薦システム", "company:meta"),
        ("グーグルの推論", "company:グーグル"),
    ],
)
def test_what_can_hardly_mean_anything_else_is_a_filter(mltalks: Run, query: str, filters: str) -> None:
    done = mltalks("search", query, env={"LC_ALL": "ja_JP.UTF-8"})
    for one in filters.split():
        assert f"条件 {one} として扱います" in done.err or f"{one} " in done.err, done.err


def test_what_no_organization_has_is_not_shown_as_its_own(mltalks: Run) -> None:
    done = mltalks("search", "マイクロソフトの推薦システム", env={"LC_ALL": "ja_JP.UTF-8"})
    assert "company:マイクロソフト の発表には残りの語を含むものがない" in done.err
    assert "company:" in mltalks("search", "NVIDIAのGPU").err  # only named: others use them, too


def test_a_word_for_papers_at_the_end_of_a_compound_is_no_subject(mltalks: Run) -> None:
    first = mltalks("search", "LLM推論論文", "-n", "3", "-o", "ids").out.split()
    assert all(one in mltalks("list", "LLM 推論", "-o", "ids").out.split() for one in first)


@pytest.mark.parametrize(
    ("query", "other"), [("大学", "university"), ("上海", "shanghai"), ("東京", "tokyo")]
)
def test_organizations_are_found_by_japanese_words_of_their_names(
    mltalks: Run, query: str, other: str
) -> None:
    for command in ("search", "list"):
        assert mltalks(command, query, "--count").out == mltalks(command, other, "--count").out != "0\n"


@pytest.mark.excerpt
def test_names_are_found_by_any_part_in_japanese(mltalks: Run) -> None:
    for event in ("MLOps勉強会 #42 2026", "第50回機械学習の社会実装勉強会 2026", "社内勉強会 2026"):
        assert mltalks("add", f"{event}の発表", "--event", event, "--keyword", "ベクトル検索").code == 0
    for query, count in (
        ("会議:勉強会", 3),
        ("シリーズ:勉強会", 3),
        ("会議:社内", 1),
        ("キーワード:ベクトル", 3),
    ):
        assert mltalks("list", f"{query} origin:own", "--count").out == f"{count}\n", query


def test_other_spellings_of_a_word_find_the_same_talks(mltalks: Run) -> None:
    for typed, usual in {
        "インタフェース": "インターフェース",
        "パラメーターサーバー": "パラメータサーバー",
        "取出し": "取り出し",
    }.items():
        found = mltalks("search", typed, "--limit", "0", "-o", "ids").out.split()
        assert {*mltalks("search", usual, "--limit", "0", "-o", "ids").out.split()} <= {*found}, typed
    for typed, usual in {
        "コンピュータービジョン": "コンピュータビジョン",
        "デイープラーニング": "ディープラーニング",
    }.items():
        first = mltalks("search", typed, "-n", "10", "-o", "ids").out.split()
        found = mltalks("search", usual, "--all", "--limit", "0", "-o", "ids").out.split()
        assert first, typed
        assert {*first} <= {*found}, typed


def test_a_verb_whose_meaning_is_searched_is_not_called_too_short(mltalks: Run) -> None:
    for typed in ("推論を速くするには？", "モデルを小さくするには"):
        assert "too short" not in mltalks("search", typed, "-n", "1").err
    assert '"表" is too short' in mltalks("search", "表の検索", "-n", "1").err


def test_a_keyword_in_japanese_is_its_english_one_also_beside_your_own(mltalks: Run, tmp_path: Path) -> None:
    counts = {
        name: int(mltalks("by-keyword", name, "--count").out)
        for name in ("latency", "レイテンシ", "量子化", "推薦システム", "大規模言語モデル")
    }
    assert counts["レイテンシ"] == counts["latency"]
    assert all(counts.values())
    taken(mltalks, tmp_path, "a.csv", "タイトル,イベント,キーワード\n題目,例示会 2031,量子化\n")
    done = mltalks("by-keyword", "量子化", "--count")
    assert int(done.out) == counts["量子化"] + 1
    assert 'keyword "量子化" is read as 量子化, Quantization' in done.err


def test_titles_in_japanese_get_the_themes_of_their_english_twins(mltalks: Run) -> None:
    titles = "モデルレジストリの構築\nモデルレジストリとCI/CD\n分散学習における通信の圧縮\n"
    rows = [line.split("\t")[1] for line in mltalks("classify", stdin=titles).out.splitlines()]
    assert rows == ["model-management", "deployment-ci-cd; model-management", "communication-optimization"]
