"""Values, names and messages for people who read Japanese: one name of a thing everywhere, in tables and in Markdown."""

import json
import re
from pathlib import Path

import pytest

from mltalks.messages import japanese, word
from mltalks.render.json_schemas import OUTPUTS
from tests.conftest import Run

pytestmark = pytest.mark.excerpt

JA = ("--lang", "ja")
TALK = ("add", "LLM推論サーバーの話", "--event", "社内会 2031", "--speaker", "青木 純（NTTデータ）")
# Values that are the same in Japanese.
SAME = {"a", "b", "en", "ja"}


def test_a_value_of_a_fixed_list_has_a_japanese_word() -> None:
    lacking = {
        (output.name, column.name, value)
        for output in OUTPUTS.values()
        for column in output.columns
        for value in column.type.schema.get("enum", ())
        if value is not None and value not in SAME and word(value, "ja") == value
    }
    assert lacking == set()


def test_an_id_within_a_japanese_sentence_is_in_quotation_marks() -> None:
    bare = [
        text
        for text in japanese("messages").values()
        if re.search(r"(?<!「)(?<!accept )\{(?:id|session|owner)\} ?[ぁ-んァ-ヶ一-龥]", text)
    ]
    assert bare == []
    assert not [text for text in japanese("help").values() if "名称" in text.replace("正式名称", "")]


def test_an_organization_has_one_name_in_each_language(mltalks: Run) -> None:
    mltalks(*TALK)
    mltalks("add", "別の話", "--event", "社内会 2031", "--organization", "グーグル")
    commands = (
        ("list",), ("companies",), ("crosstab", "company", "year"), ("speakers", "--fields", "value,companies"),
    )  # fmt: skip
    for command in commands:
        for form in ("table", "md"):
            shown = {
                lang: mltalks(*command, "year:2031", "-o", form, "--lang", lang).out for lang in ("en", "ja")
            }
            assert "NTTデータ" in shown["ja"], command
            assert "NTT DATA" in shown["en"] or (command[0] == "list" and form == "md"), command
            assert "NTT DATA" not in shown["ja"], command
            assert "グーグル" not in shown["ja"] + shown["en"], command
    assert "NTTデータ" in mltalks("survey", "year:2031", "-o", "md", *JA).out
    assert "NTT DATA" in mltalks("survey", "year:2031", "-o", "md").out
    (one,) = json.loads(mltalks("list", "LLM推論サーバー", "--json", *JA).out)
    assert one["companies"] == ["NTT DATA"]  # programs read the same in both languages
    assert mltalks("by-company", "NTTデータ", "year:2031", "-o", "ids").out == f"{one['id']}\n"


def test_own_organizations_may_have_a_japanese_name(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "ある話", "--event", "社内会 2031", "--organization", "アクメ")
    record = '[[organizations]]\nname = "Acme"\nname_ja = "アクメ"\n'
    (tmp_path / "names.toml").write_text(record, "utf-8")
    for lang, name in (("ja", "アクメ"), ("en", "Acme")):
        out = mltalks(
            "companies", "year:2031", "-o", "table", "--lang", lang, "--data", "names.toml", cwd=tmp_path
        ).out
        assert re.search(rf"^{name} ", out, re.MULTILINE)
    record += '[[organizations]]\nname = "Other"\naliases = ["アクメ"]\n'
    (tmp_path / "names.toml").write_text(record, "utf-8")
    assert "aliases" in mltalks("validate", "names.toml", cwd=tmp_path).out


def test_markdown_in_japanese_is_japanese(mltalks: Run) -> None:
    made = mltalks(
        *TALK, "--theme", "llm-inference", "--slides", "https://e.example/s", "--language", "ja"
    ).out.strip()
    mltalks("mark", made, "watched")
    rows = mltalks("list", "year:2031", "-o", "md", *JA).out.splitlines()
    assert rows[0] == "| ID | 会議 | 種類 | タイトル | 組織 | テーマ | スライド |"
    assert rows[2] == (
        f"| {made} | 社内会 2031 | 講演 | LLM推論サーバーの話 | NTTデータ | LLM推論 | [スライド](<https://e.example/s>) |"
    )
    fields = dict(
        row.strip("| ").split(" | ", 1) for row in mltalks("show", made, "-o", "md", *JA).out.splitlines()
    )
    assert fields["項目"] == "値"
    assert (fields["種類"], fields["マーク"], fields["言語"]) == ("講演", "見た", "日本語")
    exported = mltalks("export", "year:2031", "-f", "md", *JA).out
    assert "[スライド](" in exported
    assert "[slides](" in mltalks("export", "year:2031", "-o", "md").out
    english = mltalks("show", made, "-o", "md").out
    assert "| kind | talk |" in english


def test_cross_tables_and_tags_name_values_in_japanese(mltalks: Run) -> None:
    made = mltalks(*TALK, "--language", "ja").out.strip()
    mltalks("mark", made, "watched")
    table = mltalks("crosstab", "種類", "マーク", "year:2031", "-o", "table", "--totals", *JA).out
    assert re.search(r"種類 +見た +合計", table)
    assert re.search(r"^講演 +1 +1$", table, re.MULTILINE)
    assert re.search(
        r"^日本語 +1$",
        mltalks("crosstab", "使用言語", "年", "year:2031", "-o", "table", *JA).out,
        re.MULTILINE,
    )
    assert mltalks("crosstab", "kind", "mark", "year:2031", *JA).out == "kind\twatched\ntalk\t1\n"
    assert re.search(r"^見た +マーク +1$", mltalks("tags", "-o", "table", *JA).out, re.MULTILINE)
    assert mltalks("tags", *JA).out == "mark\twatched\t1\n"


def test_fields_are_named_in_japanese_and_suggested(mltalks: Run) -> None:
    mltalks(*TALK, "--slides", "https://e.example/s", "--date", "2031-02-03")
    done = mltalks("list", "year:2031", "--fields", "登壇者,資料,開催日", *JA)
    assert done.out == "青木 純 (NTTデータ)\thttps://e.example/s\t2031-02-03\n"
    unknown = mltalks("list", "--fields", "タイトルル", *JA)
    assert unknown.code == 2
    assert "使えるもの: ID、会議、" in unknown.err
    assert "もしかして: 「タイトル」" in unknown.err
    assert "choose from id, event," in mltalks("list", "--fields", "nonsense").err


def test_the_columns_of_events_are_named_as_options_name_them(mltalks: Run) -> None:
    long = "社内機械学習基盤と運用の勉強会"
    mltalks("add", "話", "--event", f"{long} 2031", "--language", "ja")
    mltalks("event", "edit", f"{long} 2031", "--place", "Tokyo")
    assert mltalks("events", "year:2031", "--fields", "id,place").out == f"{long}-2031\tTokyo\n"
    for width in ("120", "200"):
        table = mltalks("events", "-o", "table", *JA, env={"COLUMNS": width}).out
        assert re.match(r"ID +会議 +日付 +開催地", table)
        assert f"{long}-2031 " in table
    records = json.loads(mltalks("events", "year:2031", "--json").out)["values"]
    assert records[0]["value"] == f"{long}-2031"


def test_a_long_id_does_not_hide_columns_of_other_talks(mltalks: Run) -> None:
    made = mltalks(
        "add",
        "A long talk about serving large language models",
        "--event",
        "Our Internal Learning Meetup 2031",
        "--speaker",
        "Ada Roe (Acme)",
    ).out.strip()
    assert len(made) > 40
    heads = {}
    for width in ("60", "80", "100"):
        env = {"COLUMNS": width}
        out = mltalks("list", f"id:{made}", "OR", "id:opml19-katib", "-o", "table", env=env).out
        assert f"\n{made}\n  " in out
        heads[width] = out.split("\n")[0].split()
    assert heads["60"] == ["id", "title", "speakers"]
    assert heads["100"] == ["id", "title", "speakers", "companies", "event", "links"]


def test_explain_names_the_phrase_without_colours(mltalks: Run) -> None:
    out = mltalks("explain", "opml19-katib", "-o", "table", *JA, env={"COLUMNS": "200"}).out
    assert re.match(r"ID +テーマ +分類方法", out)
    assert "タイトル: AutoML（Katib: A Distributed General AutoML" in out
    assert "title: AutoML (Katib: A" in mltalks("explain", "opml19-katib", "-o", "table").out


def test_messages_name_fields_and_themes_in_japanese(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("タイトル,会議,日付,スライド\nある話,社内会 2031,45858,x y\n", "utf-8")
    done = mltalks("import", "a.csv", *JA, cwd=tmp_path)
    assert "ある話: スライド: 「" in done.err
    assert "ある話: 日付: 「45858」は" in done.err
    assert "ある話: date: " in mltalks("import", "a.csv", "--dry-run", "--event", "x 2032", cwd=tmp_path).err
    assert "エラー: タグ: 「a b」" in mltalks(*TALK, "--tag", "a b", *JA).err
    added = mltalks(*TALK, *JA)
    assert re.search(r"テーマを推定しました: (?!.*, ).*LLM推論", added.err)
    assert re.search(r"引数 SPELLING（[^A-Za-z]+）を指定してください", mltalks("alias", *JA).err)
    assert 'argument SPELLING is missing: "The name as printed in a programme"' in mltalks("alias").err
    survey = mltalks("survey", "event:opml19 katib", "-o", "md", *JA).out
    assert "会議:opml19" in survey.splitlines()[0]
    assert re.search(r"^mltalks \S+（データ \w{12}）で作成。$", survey, re.MULTILINE)
    assert "event:opml19" in mltalks("survey", "event:opml19 katib", "-o", "md").out.splitlines()[0]


def test_a_new_event_without_a_year_is_asked_for_it(mltalks: Run) -> None:
    assert "新しい会議の名前には年を付けてください（例: 社内会 " in mltalks("event", "add", "社内会", *JA).err
    assert 'the name of a new event needs its year: "Meetup ' in mltalks("event", "add", "Meetup").err
    assert 'no event "Meetup"' in mltalks("add", "x", "--event", "Meetup").err


def test_swapped_names_of_an_organization_are_turned(mltalks: Run) -> None:
    done = mltalks("alias", "東京大学", "東京大学大学院 情報理工学系研究科", *JA)
    assert done.code == 2
    assert "既に「東京大学」の名前" in done.err
    assert "mltalks alias '東京大学大学院 情報理工学系研究科' '東京大学'" in done.err
    assert "the other spelling comes first" in mltalks("alias", "CMU", "CMU Silicon Valley").err


def test_a_mark_is_removed_as_a_note_is(mltalks: Run) -> None:
    mltalks("mark", "opml19-katib", "watched")
    mltalks("mark", "--remove", "opml19-katib")
    assert mltalks("list", "has:mark", "-o", "ids").out == ""
    assert mltalks("mark", "opml19-katib", "seen", *JA).err.startswith(
        "mltalks: エラー: 「seen」は使えません"
    )


def test_what_was_typed_is_named(mltalks: Run) -> None:
    mltalks("add", "Naïve talk", "--event", "Meetup 2031")
    refused = mltalks("export", "year:2031", "-f", "csv", "--encoding", "shift_jis")
    assert "shift_jis has no" in refused.err
    assert "cp932" not in refused.err


def test_topics_of_help_have_japanese_names(mltalks: Run) -> None:
    assert mltalks("help", "検索式", *JA).out == mltalks("help", "query", *JA).out
    assert mltalks("help", "出力形式").out == mltalks("help", "formats").out
    assert "検索式、出力形式、" in mltalks("help", "何か", *JA).err
    assert "query, formats," in mltalks("help", "nonsense").err


def test_several_events_that_have_a_name_are_all_meant(mltalks: Run) -> None:
    for name in ("MLOps勉強会 東京 2031", "MLOps勉強会 大阪 2031"):
        mltalks("add", f"{name}の話", "--event", name)
    done = mltalks("list", "event:MLOps勉強会", *JA)
    assert len(done.out.splitlines()) == 2
    assert "すべてを対象にします" in done.err or "解釈します" in done.err
