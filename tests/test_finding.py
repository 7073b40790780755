"""Query expansion: variants, synonyms, sounds and typos find the right talk, with the reason."""

import json
import tomllib
from contextlib import suppress

import pytest
from hypothesis import given, settings, strategies as st

from mltalks.errors import MltalksError, UsageError
from mltalks.search.expansion.candidate_finder import EXPANSIONS, Without
from mltalks.search.expansion.expanded_terms import LITERAL
from tests.conftest import ROOT, Run, shipped_library
from tests.linear import takes_linear_time


def ids(query: str, without: frozenset[Without] = frozenset(), limit: int = 10) -> list[str]:
    return [hit.session.id for hit in shipped_library().search(query, limit, without).hits]


def hows(mltalks: Run, *query: str) -> set[str]:
    hits = json.loads(mltalks("search", *query, "--json").out)
    return {match["how"] for hit in hits[:1] for match in hit["matched"]}


@pytest.mark.parametrize(
    ("query", "first", "how"),
    [
        ("moderating contents", "opml20-content-moderation", "inflection"),
        ("auto ml katib", "opml19-katib", "compound"),
        ("kvcache kitty", "mlsys26-kitty", "exact"),
        ("kuberne hyperparameter", "opml19-katib", "prefix"),
        ("tensorflow extended continuous", "opml19-tfx-continuous-training", "exact"),
        ("継続的な学習 TFX", "opml19-tfx-continuous-training", "synonym"),
        ("katip kubernetes", "opml19-katib", "correction"),
        ("reitenshi deepcpu", "opml19-deepcpu", "sound"),
    ],
)
def test_variants_of_a_word_find_the_talk_with_the_reason(
    mltalks: Run, query: str, first: str, how: str
) -> None:
    hit = json.loads(mltalks("search", query, "--json").out)[0]
    assert hit["id"] == first
    assert how in {match["how"] for match in hit["matched"]}


def test_a_katakana_word_finds_what_it_renders_without_a_dictionary() -> None:
    without: frozenset[Without] = frozenset(["terms"])
    for kana, word in [
        ("スケジューリング", "scheduling"),
        ("プルーニング", "pruning"),
        ("クォンタイゼーション", "quantization"),
    ]:
        hit = shipped_library().search(kana, 1, without).hits[0]
        assert ("sound", word) in {(match.how, match.text.casefold()) for match in hit.matched}
        assert (
            shipped_library().search(kana, 1, without | {"sound"}).total
            < shipped_library().search(kana, 1, without).total
        )


def test_exact_turns_everything_else_off(mltalks: Run) -> None:
    for query in ("レイテンシ", "latencey", "kuberne", "automl"):
        hits = json.loads(mltalks("search", query, "--exact", "--json").out)
        assert {match["how"] for hit in hits for match in hit["matched"]} <= {"exact"}
        assert all(query in json.dumps(hit, ensure_ascii=False).casefold() for hit in hits)
    assert mltalks("search", "latencey", "--exact").out == ""


def test_sessions_with_the_typed_word_come_first() -> None:
    for query in ("latency", "pipeline", "レイテンシ", "推論", "canary", "observability"):
        hits = shipped_library().search(query, 60).hits
        literal = [any(match.how in LITERAL for match in hit.matched) for hit in hits]
        assert all(literal[: min(5, sum(literal))]), query


def test_a_japanese_compound_is_taken_apart() -> None:
    assert "opml20-time-travel-provenance" in ids("機械学習パイプライン来歴管理")[:2]


def test_words_that_no_talk_says_are_named_and_the_others_searched(mltalks: Run) -> None:
    result = mltalks("search", "katib zymurgy quokka", "-o", "ids")
    assert result.out.split()[0] == "opml19-katib"
    assert 'no talk says "zymurgy"' in result.err
    assert 'no talk says "quokka"' in result.err


@pytest.mark.parametrize(
    "word",
    ["poker", "trumpet", "orchard", "gitlab", "peugeot", "テニス", "ギター", "野球", "相撲"],
)
def test_a_word_that_no_talk_says_finds_nothing(mltalks: Run, word: str) -> None:
    result = mltalks("search", word)
    assert result.out == ""
    assert f'no talk says "{word}"' in result.err


def test_one_japanese_character_is_too_short(mltalks: Run) -> None:
    result = mltalks("search", "学")
    assert result.out == ""
    assert '"学" is too short to search for' in result.err


def test_a_word_with_another_first_letter_is_no_typo(mltalks: Run) -> None:
    result = mltalks("search", "iphone")
    assert result.out == ""
    assert 'no talk says "iphone"; near in spelling: phone' in result.err


def test_what_is_near_a_word_that_no_talk_says_is_named_but_not_shown(mltalks: Run) -> None:
    result = mltalks("search", "poker")
    assert 'no talk says "poker"; near in spelling: power' in result.err


def test_a_name_is_no_correction(mltalks: Run) -> None:
    for word in ("microsift", "zahariah"):
        assert "showing" not in mltalks("search", word).err


def test_a_theme_is_found_by_a_term_of_it_that_no_talk_says(mltalks: Run) -> None:
    for query in ("canary", "model registry"):
        hits = json.loads(mltalks("search", query, "--json").out)
        assert hits, query
        assert all(any("theme" in match["how"] for match in hit["matched"]) for hit in hits), query


def test_each_mechanism_can_be_turned_off_and_does_something() -> None:
    queries: list[tuple[str, Without]] = [
        ("連合学習", "terms"),
        ("kuberne", "prefix"),
        ("kubernetse", "fuzzy"),
        ("moderating", "stems"),
        ("reitenshi", "sound"),
        ("hyperparametersearch", "compounds"),
    ]
    for query, mechanism in queries:
        others = frozenset[Without](("fuzzy", "terms")) - {mechanism}
        assert ids(query, others) != ids(query, others | {mechanism}), query


def test_the_thesaurus_names_over_four_hundred_things_in_both_languages() -> None:
    terms = tomllib.loads((ROOT / "data" / "terms.toml").read_text(encoding="utf-8"))["terms"]
    assert sum(bool(term["en"]) and bool(term.get("ja")) for term in terms) > 400


def test_related_talks_come_with_what_they_share(mltalks: Run) -> None:
    near = json.loads(mltalks("related", "opml19-katib", "--json").out)
    assert len(near) == 10
    assert "opml19-katib" not in {one["id"] for one in near}
    assert [one["score"] for one in near] == sorted((one["score"] for one in near), reverse=True)
    for one in near:
        assert one["shared"]
    assert any(shared["value"] == "hyperparameter-search" for one in near for shared in one["shared"])
    assert mltalks("related", "nosuch").code == 4


LETTERS = st.characters(codec="utf-8")


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(st.text(LETTERS, min_size=1, max_size=200), st.text(LETTERS, min_size=1_000, max_size=10_000))
)
def test_any_query_is_answered(text: str) -> None:
    with suppress(MltalksError):
        assert len(shipped_library().search(text, 10).hits) <= 10


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["latency ", "kubernetse ", "推論", "レイ", "a", "x1 ", '"a" ', "🦙a"])
def test_the_time_grows_no_faster_than_a_text(piece: str) -> None:
    def work(length: int) -> None:
        query = piece * (length // len(piece))
        shipped_library().search(query, 10)
        shipped_library().list(query)

    assert takes_linear_time(work, 10_000)


def test_an_unknown_facet_is_an_error() -> None:
    with pytest.raises(UsageError, match="unknown facet nonsense"):
        shipped_library().facet("nonsense")


def test_expansions_are_all_that_can_be_turned_off() -> None:
    assert {"terms", "sound", "fuzzy", "prefix", "compounds", "stems"} == EXPANSIONS


def test_how_many_are_found_does_not_depend_on_how_many_are_shown() -> None:
    for query in ("latency", "find slow nodes in a big GPU training cluster", "外観検査 製造ライン"):
        totals = {shipped_library().search(query, limit).total for limit in (1, 5, 50, None)}
        assert len(totals) == 1, query


@pytest.mark.slow
@pytest.mark.parametrize("between", [" ", " OR "])
def test_the_time_grows_no_faster_than_the_number_of_words(between: str) -> None:
    def work(count: int) -> None:
        query = between.join(f"word{n}" for n in range(count))
        shipped_library().search(query, 10)
        shipped_library().list(query)

    assert takes_linear_time(work, 4_000)


def test_an_ambiguous_typo_is_not_corrected() -> None:
    hits = shipped_library().search("bart", 50)
    assert any("near in spelling" in notice.text() for notice in hits.notices)
    assert not hits.hits


def test_a_sound_is_not_looked_for_where_the_word_is_known() -> None:
    for query in ("ドリフト", "グーグル", "デプロイ"):
        hows_found = {match.how for hit in shipped_library().search(query, 50).hits for match in hit.matched}
        assert "sound" not in hows_found, query


def test_a_found_compound_has_no_notice(mltalks: Run) -> None:
    result = mltalks("search", "省エネ", "--json")
    assert "no talk says" not in result.err
    assert json.loads(result.out)[0]["matched"][0]["query"] == "省エネ"


def test_an_acronym_within_the_name_of_an_event_is_no_word() -> None:
    assert shipped_library().search("ml", 1).total < 200


def test_two_typos_do_not_turn_one_company_into_another(mltalks: Run) -> None:
    assert mltalks("by-company", "nosuch").code == 4
    assert mltalks("search", '""').code == 2


def test_hiragana_finds_what_katakana_finds(mltalks: Run) -> None:
    katakana = mltalks("search", "キャッシュ", "-o", "ids").out.split()
    assert set(mltalks("search", "きゃっしゅ", "-o", "ids").out.split()[:5]) <= set(katakana)
    assert mltalks("search", "すし").out == ""


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("ジーピーユー", "GPU"),  # letters by their names
        ("エルエルエム", "LLM"),
        ("ケーブイキャッシュ", "KVキャッシュ"),
        ("クーバネティス", "クバネティス"),  # another spelling
        ("ぐーぐる", "グーグル"),
    ],
)
def test_katakana_finds_what_it_spells(query: str, written: str) -> None:
    assert ids(query)[:1] == ids(written)[:1] != []


@pytest.mark.parametrize(
    ("query", "text"), [("ハードウエア", "hardware"), ("キヤツシユ", "cache"), ("セキユリテイ", "security")]
)
def test_small_kana_may_be_written_large(query: str, text: str) -> None:
    hits = shipped_library().search(query, 5).hits
    assert hits
    assert all(any(match.text.casefold().startswith(text[:4]) for match in hit.matched) for hit in hits), (
        query
    )


def test_letters_that_are_read_are_named(mltalks: Run) -> None:
    assert '"ケーブイキャッシュ" is read as KVキャッシュ' in mltalks("search", "ケーブイキャッシュ").err
    assert mltalks("search", "エルエヌアールキャッシュ").out == ""  # no known letters


def test_a_sign_belongs_to_a_programming_language(mltalks: Run) -> None:
    hits = json.loads(mltalks("search", "C++", "--json").out)
    assert hits
    assert {match["text"] for hit in hits for match in hit["matched"]} == {"C++"}
    assert mltalks("search", "C#").out == ""


def test_a_name_that_no_talk_says_is_searched_word_by_word(mltalks: Run) -> None:
    for typed in ("memory leak", "schema evolution", "GPU fragmentation"):
        found = mltalks("search", *typed.split(), "--all", "-o", "ids")
        assert f'no talk says "{typed.lower()}"; searched word by word' in found.err
        turned = mltalks("search", *reversed(typed.split()), "--all", "-o", "ids")
        assert sorted(found.out.split()) == sorted(turned.out.split()) != []
        assert mltalks("list", *typed.split()).out == ""
        assert mltalks("search", f'"{typed}"').out == ""
    ja = mltalks("search", "memory", "leak", env={"LC_ALL": "ja_JP.UTF-8"}).err
    assert "「memory leak」を含む発表はありません。語ごとに検索しました" in ja
    assert ids("vertex")  # one of its words alone
    assert ids("vertex ai for graphs")
    assert "RMSNorm" in mltalks("search", "layer", "normalization").out
    both = {*ids("active", EXPANSIONS, 1000)} & {*ids("learning", EXPANSIONS, 1000)}
    assert {*ids("active learning", EXPANSIONS, 1000)} == both
    for name, near in (("chaos engineering", "fault injection"), ("vertex ai", "ml platform")):
        found = mltalks("search", *name.split())
        assert f'no talk says "{name}"; near in meaning: {near}' in found.err
        assert found.out == ""
    for written in ("transformer inference", "mixed precision training", "accelerator utilization"):
        assert "no talk says" not in mltalks("search", *written.split()).err


def test_a_correct_word_that_no_talk_says_is_not_replaced(mltalks: Run) -> None:
    for word, near in (
        ("overheating", "meaning: temperature"),
        ("prewarming", "spelling: preparing"),
        ("confluence", "spelling: confidence"),
    ):
        found = mltalks("search", word)
        assert f'no talk says "{word}"; near in {near}' in found.err
        assert found.out == ""
    for word, meant in (("mangement", "management"), ("nonliner", "nonlinear")):
        assert f'showing "{meant}"' in mltalks("search", word).err


def test_another_name_of_a_theme_finds_its_talks_also_if_no_talk_says_it(mltalks: Run) -> None:
    found = mltalks("search", "FinOps", "-o", "ids")
    assert 'no talk says "finops"; it is a term of the theme cost-finops' in found.err
    assert found.out == mltalks("search", "theme:finops", "-o", "ids", "-q").out != ""


def test_a_name_with_one_word_of_a_subject_comes_before_that_word(mltalks: Run) -> None:
    for typed in ("out of memory", "scale out"):
        found = mltalks("search", *typed.split(), "-o", "ids", "-n", "0", "-q").out.split()
        said = mltalks("search", f'"{typed}"', "-o", "ids", "-n", "0", "-q").out.split()
        assert said
        assert {*said} <= {*found[: len(said) + 6]}
        assert len(found) > len(said) + 6  # those with "memory" alone come later


def test_links_that_the_data_lack_are_named_if_nothing_else_is_missing(mltalks: Run) -> None:
    asked = ("theme:llm-inference", "year:2025..")
    count = mltalks("list", *asked, "--count", "-q").out.strip()
    found = mltalks("list", *asked, "has:paper")
    assert found.out == ""
    assert f"talks that are found without has:paper: {count};" in found.err
    assert "without has:paper: " in mltalks("search", "inference", "year:2025..", "has:paper").err
    assert "without has" not in mltalks("list", "has:note").err + mltalks("list", "has:video").err


def test_a_name_with_the_same_stems_names_no_theme() -> None:
    for hit in shipped_library().search("active learning").hits:
        for match in hit.matched:
            assert not {"action", "actions", "actor", "actors"} & {match.text.casefold()}
            assert match.theme != "post-training-rl"
