"""Every hit says why it was found, in the words of the query and of the talk; related talks say what they share."""

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from mltalks.errors import MltalksError
from mltalks.text.words.passages import passages
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import words
from tests.conftest import ROOT, Run, shipped_library


def found(mltalks: Run, *query: str, lang: str = "en") -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = json.loads(mltalks("search", *query, "--json", "--lang", lang).out)
    return hits


def reasons(mltalks: Run, session: str, *query: str, lang: str = "en") -> list[tuple[str, str, str]]:
    """Return (query, text, how) of all matches of one session."""
    (hit,) = found(mltalks, *query, f"id:{session}", lang=lang)
    return [(match["query"], match["text"], match["how"]) for match in hit["matched"]]


def table(mltalks: Run, *query: str, lang: str = "en") -> str:
    return mltalks("search", *query, "-o", "table", "--lang", lang, env={"COLUMNS": "200"}).out


@pytest.mark.parametrize(
    ("session", "query", "reason"),
    [
        ("mlsys26-prism", "speculative decoding", ("speculative decoding", "Speculative Decoding", "phrase")),
        ("sysml19-tensorflow-eager", "テンソルフロー", ("テンソルフロー", "TensorFlow", "translation")),
        ("mlsys24-awq", "量子化", ("量子化", "Quantization", "translation")),
        ("opml19-katib", "ハイパーパラメーター", ("ハイパーパラメーター", "hyperparameter", "translation")),
        ("opml19-katib", "kubernets", ("kubernets", "Kubernetes", "correction")),
        ("opml19-katib", "auto ml", ("auto ml", "AutoML", "compound")),
        ("opml19-deepcpu", "ＤｅｅｐＣＰＵ", ("ＤｅｅｐＣＰＵ", "DeepCPU", "exact")),
        ("opml19-deepcpu", "serving", ("serving", "serving", "exact")),
        ("opml19-deepcpu", "serving", ("serving", "serve", "inflection")),
        ("mlsys22-plumber", "loading", ("loading", "loader", "derivation")),
        (
            "opml19-disdat",
            "feature store",
            ("feature store", "Features and data versioning", "inferred theme"),
        ),
    ],
)
def test_a_reason_has_the_words_of_the_query_and_of_the_talk(
    mltalks: Run, session: str, query: str, reason: tuple[str, str, str]
) -> None:
    assert reason in reasons(mltalks, session, query)


def test_words_that_describe_a_thing_are_named_as_they_were_typed(mltalks: Run) -> None:
    matched = [
        match for hit in found(mltalks, "chatbot on a tiny programmable chip") for match in hit["matched"]
    ]
    assert "tiny chip" in {match["query"] for match in matched if match["how"] == "near"}


def test_a_verb_that_is_a_part_of_a_description_is_no_reason(mltalks: Run) -> None:
    found = json.loads(mltalks("search", "sharing GPUs", "--json", "--limit", "0").out)
    near = [one["text"] for hit in found for one in hit["matched"] if one["how"] == "near"]
    assert not [text for text in near if text.startswith("使")]  # of "みんなで使う"


@pytest.mark.parametrize("company", ["linkedin", "netflix", "uber"])
def test_a_theme_is_no_reason_for_the_name_of_a_company(mltalks: Run, company: str) -> None:
    found = json.loads(mltalks("search", company, "--json", "--all", "--limit", "0").out)
    assert found
    assert not [hit["id"] for hit in found for one in hit["matched"] if one["fields"] == ["themes"]]


def test_the_talks_with_the_whole_of_a_joined_name_are_first(mltalks: Run) -> None:
    found = mltalks("search", "TensorRT-LLM", "-o", "ids").out.split()
    whole = mltalks("list", "TensorRT-LLM", "-o", "ids").out.split()
    assert len(whole) > 1
    assert sorted(found[: len(whole)]) == sorted(whole)


def test_a_theme_is_named_by_its_label_in_the_language(mltalks: Run) -> None:
    label = "特徴量管理とデータのバージョン管理"
    assert ("feature store", label, "theme") in reasons(
        mltalks, "opml19-disdat", "feature store", lang="ja"
    ) or (
        "feature store",
        label,
        "inferred theme",
    ) in reasons(mltalks, "opml19-disdat", "feature store", lang="ja")
    assert "themes: ~Features and data versioning (for feature store)" in table(mltalks, "feature store")
    assert f"テーマ: ~{label}（「feature store」に対応）" in table(mltalks, "feature store", lang="ja")


def test_the_parts_of_a_name_are_no_reasons_beside_the_whole(mltalks: Run) -> None:
    assert {query for query, _, _ in reasons(mltalks, "mlsys26-prism", "speculative decoding")} == {
        "speculative decoding"
    }


def test_a_name_is_one_highlight_however_it_is_joined(mltalks: Run) -> None:
    out = mltalks("search", "auto ml", "id:opml19-katib", "-o", "table", "--color", "always").out
    assert "\x1b[1;33mAutoML\x1b[0m" in out
    out = mltalks(
        "search", "low latency", "id:sysml19-spatial-accelerator", "-o", "table", "--color", "always"
    ).out
    assert "33mlow-latency\x1b" in out


def test_a_match_in_questions_alone_is_what_the_talk_answers(mltalks: Run) -> None:
    query = ("external transfers", "id:mlsys25-meadow")
    assert "answers: losslessly shrink weights to reduce external transfers" in table(mltalks, *query)
    assert "答える問い: losslessly" in table(mltalks, *query, lang="ja")
    for form in ("md", "csv", "plain"):
        out = mltalks("search", *query, "-o", form).out
        assert "answers: external" in out


@pytest.mark.parametrize("form", ["md", "csv", "plain", "tsv", "table"])
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("reitenshi", "latency (for reitenshi)"),
        ("latencey", "latency (corrected from latencey)"),
        ("プルーニング", "runing (for プルーニング)"),
    ],
)
def test_what_is_not_as_typed_says_so_in_every_format(
    mltalks: Run, form: str, query: str, shown: str
) -> None:
    assert shown in mltalks("search", query, "-o", form, "-n", "20", env={"COLUMNS": "200"}).out


def test_the_most_telling_reason_is_first(mltalks: Run) -> None:
    rank = {"title": 0, "keywords": 1, "summary": 2, "questions": 3}
    as_typed = {"exact", "inflection", "phrase", "compound", "prefix"}
    for hit in found(mltalks, "latency", "-n", "40"):
        outside = [match for match in hit["matched"] if not match["fields"][0].startswith("questions")]
        typed = [match["how"] in as_typed for match in outside if match["how"] != "theme"]
        assert typed == sorted(typed, reverse=True)
        fields = [
            rank[match["fields"][0]]
            for match in hit["matched"]
            if match["fields"][0] in rank and match["how"] == "exact"
        ]
        assert fields == sorted(fields)


def _terms() -> list[str]:
    terms = tomllib.loads((ROOT / "data" / "terms.toml").read_text(encoding="utf-8"))["terms"]
    return [
        name for term in terms for name in (*term.get("en", ()), *term.get("ja", ()), *term.get("near", ()))
    ]


@given(st.lists(st.sampled_from(_terms()), min_size=1, max_size=3).map(" ".join))
@settings(max_examples=150)
def test_every_hit_has_a_reason_that_its_talk_and_the_query_hold(query: str) -> None:
    library = shipped_library()
    try:
        hits = library.search(query, 12, distant=True).hits
    except MltalksError:
        return
    for hit in hits:
        assert hit.matched, (query, hit.session.id)
        record = json.loads(hit.record)
        for match in hit.matched:
            assert set(words(match.query)) <= set(words(query)) or match.query in query
            if match.fields[0] in ("title", "summary", "summary_ja"):
                assert match.text in record[match.fields[0]]
                assert list(passages(record[match.fields[0]], words(match.text)))


@pytest.mark.parametrize(
    "query", ["feature store", "モデルが劣化する", "how to reduce latency", "投機的デコード", "automl"]
)
def test_every_hit_shows_its_reason_in_every_format(mltalks: Run, query: str) -> None:
    ids = mltalks("search", query, "-o", "ids", "-n", "30").out.split()
    rows = mltalks("search", query, "-o", "csv", "-n", "30", "--fields", "id,matched").out.splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ids
    assert all(row.split(",", 1)[1] for row in rows)
    shown = mltalks(
        "search", query, "-o", "table", "-n", "30", "--color", "always", env={"COLUMNS": "300"}
    ).out
    hits = shown.split("\n")[2:]
    starts = [at for at, line in enumerate(hits) if any(one in line for one in ids)]
    for start, end in zip(starts, [*starts[1:], len(hits)], strict=True):
        text = "\n".join(hits[start:end])
        assert "33m" in text or "(" in text


EVERYDAY = {
    "covers",
    "results",
    "gives",
    "interface",
    "user",
    "search",
    "試行",
    "扱",
    "比較",
    "基盤",
    "紹介",
    "run",
    "model",
}


@pytest.mark.parametrize("session", ["opml19-katib", "mlsys24-awq", "opml20-runway", "opml19-disdat"])
def test_related_talks_share_no_everyday_words(mltalks: Run, session: str) -> None:
    near = json.loads(mltalks("related", session, "--json").out)
    assert near
    for one in near:
        values = [shared["value"] for shared in one["shared"]]
        assert values
        assert EVERYDAY.isdisjoint(values)
        assert STOP_WORDS.isdisjoint(values)
        folded = [value.casefold() for value in values]
        assert len(set(folded)) == len(folded)


def test_related_talks_share_what_they_answer(mltalks: Run) -> None:
    near = json.loads(mltalks("related", "mlsys24-awq", "--json", "-n", "20").out)
    assert "再学習" in {shared["value"] for one in near for shared in one["shared"]}  # only in questions


def test_a_shared_theme_is_shown_by_its_label(mltalks: Run) -> None:
    out = mltalks("related", "opml19-katib", "-o", "table", "--lang", "ja", env={"COLUMNS": "250"}).out
    assert "テーマ ハイパーパラメータ" in out
