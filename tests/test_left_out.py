"""What a query leaves out, and what it has together, by the real command: the filters that are named or read."""

from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    ("typed", "words", "filter_typed"),
    [
        ("論文じゃない発表", "論文じゃない", "NOT kind:paper"),
        ("監視の論文以外", "論文以外", "NOT kind:paper"),
        ("推論 講演を除く", "講演を除く", "NOT kind:talk,keynote"),
        ("スライドがない監視の発表", "スライドがない", "NOT has:slides"),
        ("スライド無しの監視", "スライド無しの", "NOT has:slides"),
        ("Google以外", "Google以外", "NOT company:google"),
        ("MLSys以外の監視", "MLSys以外の", "NOT series:mlsys"),
        ("monitoring not papers", "not papers", "NOT kind:paper"),
        ("monitoring without slides", "without slides", "NOT has:slides"),
        ("monitoring papers not from google", "not from google", "NOT company:google"),
        ("monitoring other than keynotes", "other than keynotes", "NOT kind:keynote"),
    ],
)
def test_what_is_left_out_is_named_as_a_filter_and_as_nothing_else(
    mltalks: Run, typed: str, words: str, filter_typed: str
) -> None:
    for command in ("search", "list"):
        said = mltalks(command, typed, "--count").err
        assert f'"{words}" is searched as text; the filter is written {filter_typed}\n' in said
        assert "to leave these out" not in said
        assert f"written {filter_typed.removeprefix('NOT ')}\n" not in said
        assert "is read as" not in said
    subject = filter_typed.removeprefix("NOT ")
    assert mltalks("list", filter_typed, "--count").out != mltalks("list", subject, "--count").out


@pytest.mark.parametrize(
    "typed", ["教師なし学習", "ラベルのない画像", "no free lunch", "training without panel data"]
)
def test_what_no_filter_can_say_has_no_such_hint(mltalks: Run, typed: str) -> None:
    assert "written NOT " not in mltalks("search", typed).err


@pytest.mark.parametrize(
    ("typed", "filter_typed"), [("監視の論文", "kind:paper"), ("監視の講演", "kind:talk,keynote")]
)
def test_a_kind_that_may_be_any_talk_is_named_beside_a_subject(
    mltalks: Run, typed: str, filter_typed: str
) -> None:
    word = typed.removeprefix("監視の")
    assert f'"{word}" may be any talk; the filter is written {filter_typed}\n' in mltalks("search", typed).err
    japanese = mltalks("search", typed, env={"LC_ALL": "ja_JP.UTF-8"}).err
    assert f"種類で絞り込むには {filter_typed} と書いてください" in japanese


@pytest.mark.parametrize(
    "typed",
    [
        "GoogleとMetaの共同発表",
        "GoogleとMetaの共著の論文",
        "GoogleとMetaが共同で発表した講演",
        "joint work of Google and Meta",
        "by both Google and Meta",
        "Google and Meta together",
    ],
)
def test_joint_work_is_by_all_of_its_organizations(mltalks: Run, typed: str) -> None:
    both = set(mltalks("list", "company:google", "company:meta", "-o", "ids").out.split())
    found = mltalks("search", typed, "-n", "0", "-o", "ids")
    assert "is read as company:google company:meta\n" in found.err
    assert set(found.out.split()) <= both
    assert found.out
    assert "is read as company:google,meta" in mltalks("search", "GoogleとMetaの発表").err


@pytest.mark.parametrize("typed", ["year:2023年度", "年:令和5年度", "2023年度の監視", "year:昨年度"])
def test_a_fiscal_year_is_never_silently_the_calendar_year(mltalks: Run, typed: str) -> None:
    assert "means the calendar year here; for April to March" in mltalks("list", typed, "--count").err
    for other in ("year:2023", '"2023年度"', "年度末の監視"):
        assert "calendar year" not in mltalks("list", other, "--count").err


def test_a_field_of_languages_says_that_none_is_known(mltalks: Run) -> None:
    said = mltalks("list", "言語:日本語", "--count").err
    assert '"言語:" finds texts in a language; in which the talks are given is known of none\n' in said
    assert "known of none" not in mltalks("list", "lang:ja", "--count").err


def test_two_names_that_would_enter_the_ranking_together_are_named(mltalks: Run) -> None:
    for ranking in (["speakers", "-n", "25"], ["crosstab", "speaker", "year", "--top", "40", "-o", "csv"]):
        assert "may be of one person, such as Joseph Gonzalez and Joseph E. Gonzalez" in mltalks(*ranking).err
    assert "one person" not in mltalks("crosstab", "speaker", "year", "--top", "3", "-o", "csv").err


def test_counts_of_words_say_that_questions_by_mltalks_count(mltalks: Run) -> None:
    for command in (["trend", "drift"], ["compare", "drift", "latency"]):
        assert "also those that have it only in the questions that mltalks wrote\n" in mltalks(*command).err
    printed = "title:drift OR keyword:drift"
    assert "mltalks wrote summaries and answers" in mltalks("help", "query").out
    assert 0 < int(mltalks("list", printed, "--count").out) < int(mltalks("list", "drift", "--count").out)


def test_the_broadest_themes_have_a_trend_of_their_own(mltalks: Run) -> None:
    broad = mltalks("trend", "theme/broad", "--fields", "theme/broad", "-o", "csv")
    assert broad.code == 0
    assert 10 < len(broad.out.splitlines()) < 30


@pytest.mark.excerpt
def test_a_query_without_tags_does_not_say_that_there_are_none(mltalks: Run) -> None:
    none = "no tags or marks yet"
    assert none in mltalks("tags", "event:opml19").err
    assert mltalks("tag", "opml19-katib", "later").code == 0
    said = mltalks("tags", "event:sysml18").err
    assert none not in said
    assert "no tag or mark on the sessions found; a name of a tag is written tag:NAME\n" in said


def test_a_tree_of_ones_own_is_told_how_it_is_checked_as_one(mltalks: Run, tmp_path: Path) -> None:
    tree = tmp_path / "scheme.toml"
    tree.write_text(
        '[[themes]]\nid = "data"\nlabel_en = "Data"\nlabel_ja = "データ"\n[themes.terms]\nstrong = ["data quality"]\n'
    )
    advice = f"as a tree of its own: mltalks validate --themes {tree}\n"
    assert advice in mltalks("validate", str(tree)).err
    assert advice not in mltalks("validate", "--themes", str(tree)).err
    tree.write_text('[[themes]]\nid = "data"\nextra = 1\n')
    assert (
        "'mltalks validate', with the same --themes, lists them"
        in mltalks("themes", "--themes", str(tree)).err
    )


@pytest.mark.excerpt
def test_the_name_of_an_event_shows_the_field_of_its_talks(mltalks: Run, tmp_path: Path) -> None:
    titles = ["Model cards", "Monitoring models with Evidently"]
    for name, filed in (("MLOps Evening 2031", 2), ("機械学習の夕べ 2031", 2), ("Database Evening 2031", 0)):
        table = tmp_path / "talks.csv"
        table.write_text("\n".join(["Title,Event", *(f"{title},{name}" for title in titles)]))
        classified = mltalks("classify", str(table), "--json").out
        assert classified.count("no word of the field") == 2 - filed
        said = mltalks("import", str(table)).err
        event = mltalks("list", f'event:"{name}"', "--fields", "event", "-o", "csv").out.split()[-1]
        assert mltalks("list", f"event:{event}", "has:theme", "--count").out == f"{filed}\n"
        command = f"mltalks edit --query 'event:{event} NOT has:theme' --add-keyword \"machine learning\"\n"
        assert (command in said) == (filed == 0)
    assert mltalks("event", "edit", event, "--name", "ML in Databases 2031").code == 0
    assert mltalks("list", f"event:{event}", "has:theme", "--count").out == "2\n"


def test_a_word_like_an_operator_is_named_once_in_a_long_text(mltalks: Run) -> None:
    said = mltalks("search", "inference not training, it is not serving and not labels").err
    assert said.count('"not" is searched as a word; the operator is written NOT') == 1
    assert mltalks("list", "latency or gpu or cpu").err.count('"or" is searched as a word') == 1
