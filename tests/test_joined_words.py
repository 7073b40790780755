"""Words with signs, joined words, cut words of a phrase, and operators of other query languages, by the real command."""

import pytest

from tests.conftest import Run


def counted(mltalks: Run, query: str) -> int:
    return int(mltalks("list", query, "--count").out)


def listed(mltalks: Run, query: str) -> set[str]:
    return set(mltalks("list", query, "-o", "ids").out.split())


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("gpu || kernel", "gpu OR kernel"),
        ("gpu|kernel", "gpu OR kernel"),
        ("量子化｜枝刈り", "量子化 OR 枝刈り"),
        ("company:google|meta", "company:google,meta"),
        ("quantization NEAR/5 pruning", "quantization AND pruning"),
        ("quantization W/3 pruning", "quantization AND pruning"),
        ("quantization && pruning", "quantization AND pruning"),
    ],
)
def test_operators_of_other_languages_are_read(mltalks: Run, query: str, same: str) -> None:
    found = mltalks("list", query, "--count")
    assert " is read as " in found.err
    assert int(found.out) == counted(mltalks, same) > 0


def test_a_message_says_that_no_operator_finds_words_near_each_other(mltalks: Run) -> None:
    assert '"ADJ3" is read as AND: there is no operator' in mltalks("list", "model ADJ3 serving").err


def test_a_star_ends_a_word_of_a_phrase(mltalks: Run) -> None:
    both = '"serving system" OR "serving systems"'
    assert listed(mltalks, '"serving system*"') == listed(mltalks, both)
    assert listed(mltalks, '"serv* system*"') >= listed(mltalks, both)
    assert counted(mltalks, 'title:"machine learn*"') > 0
    assert "only a * at the end of a word" in mltalks("list", '"optimi*ation"').err


def test_a_word_of_a_name_does_not_stand_for_the_name(mltalks: Run) -> None:
    assert listed(mltalks, "gpu kernel") == listed(mltalks, "kernel gpu") == listed(mltalks, "gpu AND kernel")
    assert counted(mltalks, "gpu NOT kernel") + counted(mltalks, "gpu kernel") == counted(mltalks, "gpu")


def test_words_typed_as_one_are_the_name_or_the_phrase(mltalks: Run) -> None:
    assert listed(mltalks, "featurestore") == listed(mltalks, "feature store")
    assert "for its words apart, write feature AND store" in mltalks("list", "featurestore").err
    assert listed(mltalks, "A/B") == listed(mltalks, '"A/B"')
    assert listed(mltalks, "ML-Ops") == listed(mltalks, "MLOps")
    assert listed(mltalks, "cicd") == listed(mltalks, "CI/CD") != set()


@pytest.mark.parametrize("command", ["list", "search"])
def test_initials_of_people_are_no_parts_of_a_word(mltalks: Run, command: str) -> None:
    found = mltalks(command, "Q/Z")
    assert (found.out, 'no talk says "Q/Z"' in found.err) == ("", True)


def test_a_message_says_where_the_words_stand_apart(mltalks: Run) -> None:
    assert 'no talk says "TF-Serving"; searched word by word' in mltalks("list", "TF-Serving").err


def test_no_word_that_only_questions_have_is_a_correction(mltalks: Run) -> None:
    found = mltalks("search", "seldon")
    assert (found.out, "near in spelling: seldom" in found.err) == ("", True)


def test_a_whole_keyword_names_the_longer_ones(mltalks: Run) -> None:
    assert 'other keywords have "latency": ' in mltalks("list", "keyword:latency", "--count").err
