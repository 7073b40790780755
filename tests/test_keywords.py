"""Keywords in English and Japanese: counted once under either text, and shown in the language of the output."""

import json
import tomllib
from pathlib import Path

import pytest

from mltalks.text.folding import name_key
from tests.conftest import ROOT, Run

PAIR = "[[keywords]]\nid = 'caching'\nen = ['caching', 'cache reuse']\nja = ['キャッシュ']\n"
TALK = "[[sessions]]\nid = 'own-{name}'\nevent = 'opml19'\ntitle = 'T'\nkind = 'talk'\n{lists}\n"
OWN = PAIR + "".join(
    TALK.format(name=name, lists=lists)
    for name, lists in (
        ("both", "keywords = ['caching', 'Cache Reuse']\nkeywords_ja = ['キャッシュ']"),
        ("japanese", "keywords_ja = ['ｷｬｯｼｭ', '予熱']"),
        ("english", "keywords = ['cache reuse', 'preheating']"),
    )
)


def counts(mltalks: Run, *arguments: str) -> dict[str, int]:
    values = json.loads(mltalks("keywords", *arguments, "--json", "-q", "--limit", "0").out)["values"]
    return {one["value"]: one["sessions"] for one in values}


@pytest.fixture
def own(tmp_path: Path) -> tuple[str, str]:
    """Return the arguments for a file with a pair and sessions that have its texts."""
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return "--data", str(file)


def test_a_keyword_of_the_memo_counts_once_and_is_shown_in_the_language_of_the_output(mltalks: Run) -> None:
    found = counts(mltalks, "event:opml19")
    assert found["performance"] == 3
    assert "性能" not in found
    assert "performance  " in mltalks("keywords", "event:opml19", "-o", "table").out
    japanese = mltalks("keywords", "event:opml19", "-o", "table", "--lang", "ja").out
    assert "性能  " in japanese
    assert "performance  " not in japanese
    piped = mltalks("keywords", "event:opml19", "--lang", "ja").out.splitlines()
    assert any(line.startswith("performance\t3\t") for line in piped)


def test_a_count_in_json_has_both_texts_and_a_keyword_without_a_pair_neither(mltalks: Run) -> None:
    values = json.loads(mltalks("keywords", "event:opml19", "--json", "-q").out)["values"]
    texts = {one["value"]: (one["label_en"], one["label_ja"]) for one in values}
    assert texts["performance"] == ("performance", "性能")
    assert texts["Microsoft"] == (None, None)


@pytest.mark.excerpt
@pytest.mark.parametrize("command", [["list", "keyword:{}"], ["by-keyword", "{}"]])
def test_either_text_finds_the_same_sessions(mltalks: Run, own: tuple[str, str], command: list[str]) -> None:
    found = [
        mltalks(*(part.format(text) for part in command), "-o", "ids", *own).out
        for text in ("caching", "cache-reuse", "キャッシュ", "ｷｬｯｼｭ")
    ]
    assert {"own-both", "own-japanese", "own-english"} <= set(found[0].split())
    assert set(found) == {found[0]}


@pytest.mark.excerpt
def test_a_user_pairs_keywords_and_others_stay_as_they_are(mltalks: Run, own: tuple[str, str]) -> None:
    found = counts(mltalks, "id:own-both,own-japanese,own-english", *own)
    assert found == {"caching": 3, "preheating": 1, "予熱": 1}
    session = json.loads(mltalks("show", "own-both", "--json", *own).out)
    assert (session["keywords"], session["keywords_ja"]) == (["caching", "Cache Reuse"], ["キャッシュ"])


@pytest.mark.excerpt
@pytest.mark.parametrize("facet", ["series", "keyword"])
def test_tables_of_years_and_pairs_count_it_once(mltalks: Run, own: tuple[str, str], facet: str) -> None:
    query = "id:own-both,own-japanese,own-english"
    cells = json.loads(mltalks("crosstab", "keyword", facet, query, "--json", "-q", *own).out)["cells"]
    assert next(one["sessions"] for one in cells if one["row"] == "caching") == 3
    assert (
        "キャッシュ" in mltalks("crosstab", "keyword", facet, query, "-o", "table", "--lang", "ja", *own).out
    )
    (value, *_) = json.loads(mltalks("trend", "keyword", query, "--json", "-q", *own).out)["values"]
    assert (value["value"], value["label_ja"], value["sessions"]) == ("caching", "キャッシュ", 3)


@pytest.mark.excerpt
def test_two_sides_share_a_keyword_that_each_prints_in_another_language(
    mltalks: Run, own: tuple[str, str]
) -> None:
    sides = "id:own-japanese", "id:own-english"
    values = json.loads(mltalks("compare", *sides, "--json", "-q", *own).out)["values"]
    (shared,) = [one for one in values if one["facet"] == "keyword" and one["found"] == "both"]
    assert (shared["value"], shared["label_en"], shared["label_ja"]) == ("caching", "caching", "キャッシュ")
    assert "キーワード  キャッシュ  " in mltalks("compare", *sides, "-o", "table", "--lang", "ja", *own).out


@pytest.mark.excerpt
def test_a_related_session_shares_it_once(mltalks: Run, own: tuple[str, str]) -> None:
    related = json.loads(mltalks("related", "own-both", "--json", "-q", *own).out)
    (found,) = [one for one in related if one["id"] == "own-japanese"]
    assert [one["value"] for one in found["shared"] if one["what"] == "keyword"] == ["caching"]
    table = mltalks("related", "own-both", "-o", "table", "--lang", "ja", *own, env={"COLUMNS": "200"}).out
    assert "キーワード キャッシュ" in table


@pytest.mark.excerpt
def test_a_survey_and_its_page_show_it_once(mltalks: Run, own: tuple[str, str], tmp_path: Path) -> None:
    survey = ["survey", "id:own-both,own-english", "-q", *own]
    keywords = json.loads(mltalks(*survey, "--json").out)["keywords"]
    assert keywords == [
        {"value": "caching", "sessions": 2, "label_en": "caching", "label_ja": "キャッシュ"},
        {"value": "preheating", "sessions": 1, "label_en": None, "label_ja": None},
    ]
    assert "| caching | 2 |" in mltalks(*survey, "-o", "md").out
    assert "| キャッシュ | 2 |" in mltalks(*survey, "-o", "md", "--lang", "ja").out
    assert "keywords\t\tcaching\tキャッシュ\t2" in mltalks(*survey, "-o", "tsv", "--lang", "ja").out
    page = tmp_path / "page.html"
    mltalks(*survey, "--html", str(page))
    rows = page.read_text(encoding="utf-8").count
    texts = ("caching", "キャッシュ", "preheating")
    assert [rows(f'<th scope="row">{text}</th>') for text in texts] == [1, 1, 2]  # a table in each language


@pytest.mark.excerpt
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["list", "keyword:cachi"], ["keyword:caching\tキャッシュ"]),
        (["list", "keyword:キャッ"], ["keyword:キャッシュ\tcaching"]),
        (["by-keyword", "キャ"], ["キャッシュ\tcaching"]),
        (["by-keyword", "cache r"], []),
    ],
)
def test_completion_offers_it_once(
    mltalks: Run, own: tuple[str, str], words: list[str], offered: list[str]
) -> None:
    assert mltalks("__complete", words[0], *own, *words[1:]).out.splitlines() == offered


def test_completion_of_a_japanese_keyword_offers_japanese(mltalks: Run) -> None:
    offered = mltalks("__complete", "edit", "opml19-katib", "--keyword-ja", "").out.splitlines()
    assert "性能\tperformance" in offered
    assert not any(line.startswith("performance\t") for line in offered)


@pytest.mark.excerpt
def test_a_pair_that_no_session_prints_is_no_keyword(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("[[keywords]]\nid = 'x'\nen = ['zzyzx']\nja = ['ざいぜっくす']\n", encoding="utf-8")
    result = mltalks("list", "keyword:zzyzx", "--data", str(file))
    assert (result.out, result.err.splitlines()[0]) == (
        "",
        'mltalks: no keyword "zzyzx"; to search for the words: mltalks search zzyzx',
    )


@pytest.mark.excerpt
def test_a_later_file_overrides_a_pair_field_by_field(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    text = "[[keywords]]\nid = 'performance'\nen = ['speed', 'performance']\nja = ['速さ', '性能']\n"
    file.write_text(text, encoding="utf-8")
    found = counts(mltalks, "event:opml19", "--data", str(file))
    assert found["speed"] == 3
    assert "performance" not in found


@pytest.mark.excerpt
@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (PAIR + PAIR, 6, '"caching" is already defined at'),
        (PAIR + PAIR.replace("'caching'\n", "'Caching'\n"), 6, "differs from this only in upper and lower case"),
        (PAIR + "[[keywords]]\nid = 'k'\nen = ['k']\nja = ['ｷｬｯｼｭ']\n", 8, 'already belongs to the keyword caching'),
        ("[[keywords]]\nid = 'k'\nen = ['Performance']\nja = ['速さ']\n", 3, 'already belongs to the keyword performance'),
        ("[[keywords]]\nid = 'k'\nen = ['k']\n", 1, "missing; every [[keywords]] record needs this field"),
        ("[[keywords]]\nid = 'k'\nen = ['k']\nja = []\n", 4, "is empty; write at least one text"),
        ("[[keywords]]\nid = 'a b'\nen = ['k']\nja = ['け']\n", 2, "not an id"),
    ],
)  # fmt: skip
def test_each_kind_of_problem_of_a_pair_has_its_place(
    mltalks: Run, tmp_path: Path, content: str, line: int, says: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(content, encoding="utf-8")
    result = mltalks("validate", str(file))
    assert result.code == 3
    assert any(one.startswith(f"{file}:{line}: ") and says in one for one in result.out.splitlines()), (
        result.out
    )


def test_every_shipped_pair_is_printed_in_both_languages() -> None:
    sessions = tomllib.loads((ROOT / "data" / "sessions.toml").read_text("utf-8"))["sessions"]
    pairs = tomllib.loads((ROOT / "data" / "keywords.toml").read_text("utf-8"))["keywords"]
    for lang, field in (("en", "keywords"), ("ja", "keywords_ja")):
        printed = {name_key(text) for session in sessions for text in session.get(field, ())}
        assert [one["id"] for one in pairs if printed.isdisjoint(map(name_key, one[lang]))] == []
