"""Japanese texts as a Japanese engineer writes them: one word for one thing, Japanese names of fields, counters and signs."""

import csv
import io
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mltalks import shipped_data
from mltalks.dataset.schema import TABLES
from mltalks.messages import japanese
from tests.conftest import Run

JAPANESE = {"LC_ALL": "ja_JP.UTF-8"}
WIDE = "[\u3041-\u30ff\u3400-\u9fff]"
TEXTS = {**japanese("messages"), **japanese("words"), **japanese("headings"), **japanese("help")}


def texts_of(value: Any) -> list[str]:
    """Return all texts within a value of a data file."""
    if isinstance(value, dict):
        value = [*value.values()]
    return [text for one in value for text in texts_of(one)] if isinstance(value, list) else [str(value)]


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (r"クエリ", "検索式"),
        (r"インデックス", "索引"),
        (r"メモの文[をと]", "メモの本文"),
        (r"フォルダー", "フォルダ"),
        (r"読み替え", "解釈, since a part of a name is no other name"),
        (r"そろっ", "揃っ"),
        (r"(?:\d|\{\w+\}) (?:件|個|つ|回|行)", "no space before a counter"),
        (r"\(\{count\}\)", "a number has its counter"),
        (rf"{WIDE},\s*{WIDE}", "a Japanese comma between Japanese words"),
        (rf"{WIDE}\s?\((?!\)){WIDE}[^()]*\)", "wide brackets around Japanese words"),
    ],
)
def test_japanese_texts_have_one_word_for_one_thing(fault: str, why: str) -> None:
    assert [text for text in TEXTS.values() if re.search(fault, text)] == [], why


def test_no_summary_has_a_fraction_with_a_decimal() -> None:
    for file in shipped_data().glob("*.toml"):
        for text in texts_of(tomllib.loads(file.read_text(encoding="utf-8"))):
            assert not re.search(r"\d\.\d+(?:〜[\d.]+)?分の1", text), text


@pytest.mark.excerpt
def test_messages_of_an_import_name_fields_and_count_in_japanese(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    run = ("import", str(file), "--event", "勉強会 2025")
    file.write_text("タイトル,講演者,メモ,種類\n推論の発表,山田 太郎,旧,講演\n", encoding="utf-8")
    assert mltalks(*run, env=JAPANESE).code == 0
    file.write_text(
        "タイトル,講演者,メモ,種類,日付,スライド\n推論の発表,山田 太郎,新,論文,2025-03-14,https://example.org/a\n学習の発表,鈴木 花子,,,,\n",
        encoding="utf-8",
    )
    for more in ((), ("--dry-run", "--update"), ("--update",)):
        done = mltalks(*run, *more, env=JAPANESE)
        assert ("既存の会議への追加: 勉強会-2025（1件）" in done.err) == ("--update" not in more)
        assert not re.search(rf"\b(?:{'|'.join(TABLES['sessions'])}): ", done.err), done.err
    assert "種類: 講演 → 論文、" in done.err
    assert "スライド: – → https://example.org/a" in done.err


@pytest.mark.excerpt
def test_what_a_command_has_changed_is_named_in_japanese(mltalks: Run) -> None:
    added = mltalks("alias", "架空社", "--new", "--kind", "company", env=JAPANESE)
    assert "架空社: 種類 企業" in added.err
    tagged = mltalks("tag", "opml19-tony", "社内共有", "要フォロー", env=JAPANESE)
    assert "タグ 社内共有、要フォロー" in tagged.err
    assert mltalks("edit", "opml19-tony", "--speaker", "Kön Ü (Acme)").code == 0
    refused = mltalks("export", "id:opml19-tony", "-f", "csv", "--encoding", "cp932", env=JAPANESE)
    assert "opml19-tony: 講演者: cp932 では「" in refused.err


@pytest.mark.excerpt
@pytest.mark.parametrize(
    "spelling", ["LINEヤフー株式会社", "株式会社リクルート / 東京大学", "楽天グループ㈱"]
)
def test_an_alias_that_a_talk_has_is_not_called_unknown(mltalks: Run, spelling: str) -> None:
    added = mltalks("add", "発表", "--event", "試験会 2025", "--speaker", f"鈴木 次郎 ({spelling})")
    assert added.code == 0, added.err
    assert "no talk has" not in mltalks("alias", spelling, "架空社", "--new").err
    assert (
        'no talk and no committee has an organization "架空の別名株式会社" yet'
        in mltalks("alias", "架空の別名株式会社", "架空社").err
    )


@pytest.mark.excerpt
def test_labels_give_csv_with_headings_and_values_in_the_language(mltalks: Run) -> None:
    def rows(*arguments: str, form: str = "csv") -> list[list[str]]:
        done = mltalks(*arguments, "-o", form, "--labels", env=JAPANESE)
        assert done.code == 0, done.err
        return [*csv.reader(io.StringIO(done.out), delimiter="\t" if form == "tsv" else ",")]

    mltalks("tag", "opml19-tony", "社内共有")
    mltalks("mark", "opml19-tony", "watched")
    fields = "タイトル,会議,種類,年,マーク,タグ,テーマ,推定テーマ"
    for form in ("csv", "tsv"):
        heads, talk = rows("list", "tag:社内共有", "--fields", fields, form=form)
        assert heads == fields.split(",")
        assert talk[1:6] == ["USENIX OpML '19", "論文", "2019", "見た", "社内共有"]
        assert not re.search("[a-z]-[a-z]", talk[6] + talk[7])
    assert rows("companies")[0] == ["組織", "件数", "初年", "最終年", "テーマ"]
    assert rows("events")[0][:3] == ["ID", "会議", "件数"]
    for command in (
        "by-event opml19",
        "by-company Google",
        "search 推論",
        "keywords",
        "themes",
        "speakers",
        "gaps",
    ):
        heads = rows(*command.split(" "))[0]
        assert not any(head.isascii() for head in heads if head != "ID"), heads
        assert len({*heads}) == len(heads)
    english = mltalks("events", "-o", "csv", "--labels", "--fields", "event,coverage").out
    assert english.splitlines()[0] == "event,coverage"


@pytest.mark.excerpt
def test_labels_are_refused_where_there_are_none(mltalks: Run) -> None:
    for form in ("json", "jsonl", "ids", "plain", "bibtex"):
        refused = mltalks("list", "-o", form, "--labels")
        assert (refused.code, refused.out) == (2, "")
    assert "mltalks list -o csv --labels" in mltalks("export", "-o", "csv", "--labels").err
    assert mltalks("list", "-o", "md", "--labels").code == 0


@pytest.mark.excerpt
def test_calendars_and_feeds_are_in_japanese_and_are_read_back(mltalks: Run, tmp_path: Path) -> None:
    speaker = "渡邊 花 (架空大学、研究所); 伊藤 五郎"
    assert (
        mltalks(
            "add", "推論の発表", "--event", "試験会 2025", "--speaker", speaker, "--date", "2025-03-14"
        ).code
        == 0
    )
    query = "id:opml19-tony OR series:試験会"
    calendar = mltalks("export", query, "-f", "ical", env=JAPANESE).out.replace("\r\n ", "")
    assert r"DESCRIPTION:講演者: 渡邊 花（架空大学、研究所）、伊藤 五郎\n\n会議: 試験会 2025" in calendar
    assert "共有クラスタ上で分散学習ジョブを実行し" in calendar
    assert not re.search("Speakers: |Event: ", calendar)
    feed = mltalks("export", query, "-f", "atom", env=JAPANESE).out
    assert "共有クラスタ上で分散学習ジョブを実行し" in feed
    assert 'title="ページ"' in feed
    file = tmp_path / "talks.ics"
    file.write_text(calendar.replace("@mltalks", "@mltalks"), encoding="utf-8")
    other = {"MLTALKS_DATA": str(tmp_path / "other")}
    assert mltalks("import", str(file), env=other).code == 0
    read = mltalks("list", "series:試験会", "--fields", "speakers,event,summary", env=other).out
    assert read.splitlines() == ["渡邊 花 (架空大学、研究所); 伊藤 五郎\t試験会-2025\t"]
    whole = mltalks("export", query, "-f", "ical", "--roundtrip", env=JAPANESE).out
    assert "Speakers: " in whole


@pytest.mark.excerpt
def test_shared_markdown_has_japanese_signs_and_names(mltalks: Run) -> None:
    mltalks("tag", "opml19-tony", "社内共有", "要フォロー")
    text = mltalks("export", "id:opml19-tony", "-f", "md", "--with-notes", env=JAPANESE).out
    assert "Anthony Hsu（LinkedIn）、" in text
    assert "**タグ:** 社内共有、要フォロー" in text


def test_completion_offers_japanese_fields_and_marks(mltalks: Run) -> None:
    assert mltalks("__complete", "list", "--fields", "タイ").out.split() == ["タイトル", "タイトル,"]
    assert "日付" in mltalks("__complete", "list", "--fields", "ID,日").out
    assert mltalks("__complete", "mark", "opml19-tony", "見").out == "見た\twatched\n"
    assert "これから見る\tto-watch" in mltalks("__complete", "mark", "opml19-tony", "こ").out


@pytest.mark.excerpt
def test_a_facet_of_two_meanings_is_named_in_tables_too(mltalks: Run) -> None:
    assert "使用言語で" not in mltalks("crosstab", "言語", "年", env=JAPANESE).err  # of no talk is it known
    assert mltalks("add", "発表", "--event", "試験会 2025", "--language", "日本語").code == 0
    for command in (("crosstab", "言語", "年"), ("trend", "言語")):
        err = mltalks(*command, env=JAPANESE).err
        assert (
            "「言語」は概要などの文章の言語を調べます。発表に使われた言語は使用言語で指定してください" in err
        )
    assert "使用言語で" not in mltalks("crosstab", "種類", "年", env=JAPANESE).err


@pytest.mark.excerpt
def test_explain_shows_the_phrases_that_count_together(mltalks: Run) -> None:
    mltalks("add", "GPUクラスタの障害検知－100台を見張る", "--event", "試験会 2025")
    done = mltalks("explain", "試験会-2025-gpuクラスタの障害検知", "-o", "table", env=JAPANESE)
    lines = [line.strip() for line in done.out.splitlines() if "タイトル: " in line]
    assert len({*lines}) == len(lines) > 0


def test_japanese_help_has_no_sentence_twice() -> None:
    for text in japanese("help").values():
        sentences = [one for one in text.split("。") if len(one) > 20]
        assert len({*sentences}) == len(sentences), text


def test_a_survey_has_no_row_of_zeros_and_names_what_it_leaves_out(mltalks: Run) -> None:
    added = mltalks("add", "丙", "--event", "試験会 2025", "--theme", "data-quality")
    assert added.code == 0
    for title, theme in (("甲", "quantization"), ("乙", "llm-inference")):
        mltalks("add", title, "--event", "試験会 2025", "--speaker", f"{title} (架空社)", "--theme", theme)
    text = mltalks("survey", "event:試験会-2025", "-o", "md", env=JAPANESE).out
    assert not re.search(r"^\|[^|]+(?:\| 0 )+\|$", text, re.MULTILINE)
    assert "これらの組織の発表がないテーマは省きました: " in text


@pytest.mark.excerpt
def test_themes_are_named_to_readers_and_coded_in_a_pipe(mltalks: Run, tmp_path: Path) -> None:
    assert mltalks("accept", "opml19-katib", "monitoring-observability", env=JAPANESE).code == 0
    title = tmp_path / "t.txt"
    title.write_text("Shadow deployment of a model\n")
    for command, label, code in (
        (("decisions",), "監視・可観測性", "monitoring-observability"),
        (("classify", str(title)), "デプロイとCI/CD 1.3（分野を示す語がない）", "deployment-ci-cd 1.3 (分野を示す語がない)"),
    ):  # fmt: skip
        assert label in mltalks(*command, "-o", "table", env=JAPANESE).out
        assert code in mltalks(*command, env=JAPANESE).out


@pytest.mark.excerpt
def test_a_time_is_shown_without_its_zone(mltalks: Run) -> None:
    added = mltalks("add", "推論の監視", "--event", "勉強会 2026", "--date", "2026-12-15T19:00+09:00")
    assert "2026-12-15 19:00\n" in mltalks("show", added.out.strip(), "-o", "table", env=JAPANESE).out
    assert "2026-12-15T19:00+09:00" in mltalks("show", added.out.strip(), "--json").out


@pytest.mark.excerpt
@pytest.mark.parametrize(
    "title", ["【LT】LLMの評価（山田太郎／NTTデータ）", "AWS・GCP・GPUを比べる", "全社のMLOPS基盤"]
)
def test_no_japanese_title_is_in_capitals(mltalks: Run, title: str) -> None:
    added = mltalks("add", title, "--event", "勉強会 2026").out.strip()
    assert "大文字" not in mltalks("doctor", added, env=JAPANESE).out


def test_messages_quote_a_name_once_and_commands_have_japanese_names(mltalks: Run) -> None:
    assert "「監視」を「監視・可観測性」と" in mltalks("list", "テーマ:監視", "-n", "1", env=JAPANESE).err
    assert "もしかして: 「search」" in mltalks("検索", "レイテンシ", env=JAPANESE).err
    assert "「除く」を検索語として" in mltalks("list", "量子化", "除く", "LLM", env=JAPANESE).err
    ids = mltalks("tag", "opml19-katib", "推薦", "opml19-tony", env=JAPANESE).err
    assert ids.endswith("タグとして付けるには: --tag opml19-tony\n"), ids
    table = mltalks(
        "crosstab", "組織", "年", "year:2025..", "--top", "2", "-o", "csv", "--labels", env=JAPANESE
    )
    assert table.out.startswith("組織,2025,2026\n")


def test_the_variable_language_is_read_as_gettext_reads_it(mltalks: Run) -> None:
    for locale, first, word in [
        ("en_US.UTF-8", "ja:en", "件中"),
        ("ja_JP.UTF-8", "en", "sessions"),
        ("C", "ja", "sessions"),
    ]:
        done = mltalks("list", "year:2024", "-n", "1", env={"LC_ALL": locale, "LANGUAGE": first})
        assert word in done.err, done.err


def test_a_text_is_shown_once_as_the_reason_of_a_hit(mltalks: Run) -> None:
    shown = mltalks(
        "search", "LLM推論のコスト削減", "-n", "8", "-o", "table", env={**JAPANESE, "COLUMNS": "120"}
    ).out
    reasons = [line.split("（「")[0].strip() for line in shown.splitlines() if "答える問い:" in line]
    assert reasons
    assert all(one != other for one, other in pairwise(reasons)), shown
