"""Search: the right talks, in a sensible order, each with its reason."""

import json

import pytest

from tests.conftest import Run


def ids(mltalks: Run, *arguments: str) -> list[str]:
    return [session["id"] for session in json.loads(mltalks("search", *arguments, "-n", "0", "--json").out)]


def test_latency_finds_deepcpu_among_the_first_three_with_its_company_and_slides(mltalks: Run) -> None:
    first = json.loads(mltalks("search", "latency", "--json").out)[:3]
    (deepcpu,) = [session for session in first if session["id"] == "opml19-deepcpu"]
    assert deepcpu["companies"] == ["Microsoft"]
    assert deepcpu["slides"].endswith("opml19_slides_zhang-minjia.pdf")


def test_japanese_finds_the_same_talk(mltalks: Run) -> None:
    assert "opml19-deepcpu" in ids(mltalks, "レイテンシ")[:10]
    assert "opml19-deepcpu" in ids(mltalks, "ﾚｲﾃﾝｼ")[:10]
    assert "opml19-tfx-continuous-training" in ids(mltalks, "機械学習パイプライン")[:2]


def test_a_typo_is_corrected_with_a_notice(mltalks: Run) -> None:
    result = mltalks("search", "latencey", "-o", "ids")
    assert set(result.out.split()) <= set(
        mltalks("search", "latency", "--all", "-n", "0", "-o", "ids").out.split()
    )
    assert 'no talk says "latencey"; showing "latency"' in result.err


def test_a_known_word_is_never_corrected(mltalks: Run) -> None:
    result = mltalks("search", "kafka", "--json")
    assert "showing" not in result.err
    hows = {match["how"] for hit in json.loads(result.out) for match in hit["matched"]}
    assert "exact" in hows
    assert "correction" not in hows
    typo = json.loads(mltalks("search", "latencey", "--json").out)
    assert {match["how"] for match in typo[0]["matched"]} >= {"correction"}
    assert "exact" not in {match["how"] for hit in typo for match in hit["matched"]}


def test_every_hit_has_the_matched_words_and_fields(mltalks: Run) -> None:
    for hit in json.loads(mltalks("search", "pipeline", "--json").out):
        assert hit["matched"]
        for match in hit["matched"]:
            assert match["query"] == "pipeline"
            if match["theme"]:
                assert match["fields"] == ["themes"]
                continue
            texts = " ".join(
                json.dumps(hit[field], ensure_ascii=False) for field in match["fields"] if field in hit
            )
            assert match["text"].split()[0] in texts


def test_a_title_weighs_more_than_a_summary(mltalks: Run) -> None:
    hits = json.loads(mltalks("search", "federated", "--json").out)
    in_title = ["title" in hit["matched"][0]["fields"] for hit in hits]
    assert in_title[0]
    assert hits[-1]["score"] <= hits[0]["score"]
    assert in_title.index(False) >= 5


def test_a_beginning_of_a_word_finds_it(mltalks: Run) -> None:
    assert "opml19-katib" in ids(mltalks, "kuberne")


def test_sessions_with_all_words_are_found_and_come_first_where_others_say_no_more(mltalks: Run) -> None:
    both = set(mltalks("list", "microsoft", "inference", "-o", "ids").out.split())
    found = ids(mltalks, "microsoft", "inference")
    assert set(found[:3]) <= both
    assert len(found) > 5


def test_the_list_ends_where_answers_stop_being_close(mltalks: Run) -> None:
    close = mltalks("search", "caching", "prefetching", "-o", "ids")
    everything = mltalks("search", "caching", "prefetching", "--all", "-n", "0", "-o", "ids")
    count = len(close.out.split())
    assert close.out.split() == everything.out.split()[:count]
    assert f"{count} close answers; --all shows {len(everything.out.split())}" in close.err
    assert "close answers" not in everything.err


def test_words_of_a_phrase_are_side_by_side(mltalks: Run) -> None:
    phrase = set(ids(mltalks, '"model parallel"'))
    apart = set(ids(mltalks, "model", "parallel", "--all"))
    assert phrase
    assert phrase < apart


def test_results_are_the_same_every_time(mltalks: Run) -> None:
    assert mltalks("search", "model", "-o", "ids").out == mltalks("search", "model", "-o", "ids").out


@pytest.mark.parametrize("nothing", ["zzzzqqq", "ｚｚｚｚｑｑｑ", "鼈鼇鼉"])
def test_nothing_found_is_an_empty_list_and_no_error(mltalks: Run, nothing: str) -> None:
    assert mltalks("search", nothing).out == ""
    result = mltalks("search", nothing, "--json")
    assert (result.code, result.out) == (0, "[]\n")
    assert "nothing found" in result.err
    assert mltalks("search", nothing, "--exit-status").code == 1
    assert mltalks("search", "latency", "--exit-status").code == 0


def test_search_without_words_prints_an_example(mltalks: Run) -> None:
    for arguments in ([], [""], ["  "]):
        result = mltalks("search", *arguments)
        assert result.code == 2
        assert "mltalks search latency" in result.err


def test_limit_cuts_the_list_and_prints_the_total(mltalks: Run) -> None:
    result = mltalks("search", "learning", "-n", "5", "-o", "ids")
    assert len(result.out.splitlines()) == 5
    assert "5 of " in result.err
    assert len(mltalks("search", "learning", "-n", "0", "-o", "ids").out.splitlines()) > 20
    assert mltalks("search", "learning", "-n", "-1").code == 2
