"""Years in the words of a query: relations, bounds, and what makes them vague, by the real command and by the readers."""

from datetime import date

import pytest

from mltalks.search.query.fields import plain_years
from mltalks.search.query.nodes import Word
from mltalks.search.query.written_years import written_english
from mltalks.search.rewriting.query_tokens import tokens_of
from tests.conftest import Run
from tests.linear import takes_linear_time

THIS_YEAR = date.today().year  # noqa: DTZ011


def found(mltalks: Run, command: str, query: str) -> list[str]:
    return mltalks(command, query, "-n", "0", "-o", "ids").out.split()


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("before the 2010s", "..2009"),
        ("since the 2020s", "2020.."),
        ("before last year", f"..{THIS_YEAR - 2}"),
        ("since last year", f"{THIS_YEAR - 1}.."),
        ("until 3 years ago", f"..{THIS_YEAR - 3}"),
        ("from 2 years ago to now", f"{THIS_YEAR - 2}.."),
        ("over the last two years", f"{THIS_YEAR - 2}.."),
        ("the past year", f"{THIS_YEAR - 1}.."),
        ("from 2021 to now", "2021.."),
        ("2021-present", "2021.."),
        ("2021 - today", "2021.."),
        ("since 2021 until 2023", "2021..2023"),
        ("no earlier than 2021", "2021.."),
        ("not after 2021", "..2021"),
        ("from the 2010s to the 2020s", "2010..2029"),
        ("between 2021 and now", "2021.."),
        ("2021 to date", "2021.."),
        ("from 2020-2022", "2020..2022"),
        ("before 2020-2022", "..2019"),
        ("2 to 3 years ago", f"{THIS_YEAR - 3}..{THIS_YEAR - 2}"),
        ("two or three years ago", f"{THIS_YEAR - 3}..{THIS_YEAR - 2}"),
        ("2-3 years ago", f"{THIS_YEAR - 3}..{THIS_YEAR - 2}"),
        ("since 2 to 3 years ago", f"{THIS_YEAR - 3}.."),
        ("before 2–3 years ago", f"..{THIS_YEAR - 4}"),
    ],
)
def test_a_relation_is_read_before_and_after_any_time(typed: str, years: str) -> None:
    written = written_english(typed.split())
    assert written == (len(typed.split()), (years,), True)


@pytest.mark.parametrize(
    "typed",
    [
        "not in 2021", "not from the 2010s", "excluding 2021", "except for 2021", "outside of 2021", "other than 2021",
        "without talks from 2021", "more than 3 years ago", "over 3 years ago", "end of 2021", "late 2010s", "by 2021",
        "excluding 2020 and 2021", "neither 2020 nor 2021", "not 2020-2022", "2021 excluded", "between 2021", "from 2021 to",
        "2021 or so", "2021 to 2019", "before 2021 onwards", "past 2021", "past the 2020s", "more than 2 to 3 years ago", "until the last 3 years", "2021s",
    ],
)  # fmt: skip
def test_years_with_a_word_that_is_not_understood_are_not_certain(typed: str) -> None:
    written = written_english(typed.split())
    assert written is not None
    assert (written.length, written.sure) == (len(typed.split()), False)


def test_words_after_a_year_of_a_subject_are_no_end_of_a_range() -> None:
    assert written_english(["in", "2021", "to", "scale", "training"]) == (2, ("2021",), True)
    assert written_english(["in", "2021", "and", "2022"]) == (2, ("2021",), True)


@pytest.mark.parametrize(
    "typed", ["from 2020 to ", "in 2020 and ", "not in the ", "excluding 2020 ", "last year to "]
)
def test_english_years_are_read_in_linear_time(typed: str) -> None:
    assert takes_linear_time(
        lambda length: written_english((typed * (length // len(typed))).split()), 160_000
    )


@pytest.mark.parametrize("typed", ["2020年と", "2020年以降", "二〇", "2020〜", "過去3年"])
def test_japanese_years_are_read_in_linear_time(typed: str) -> None:
    assert takes_linear_time(lambda length: list(tokens_of([Word(typed * (length // len(typed)))])), 40_000)


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("latency not in 2021", "2021"),
        ("latency excluding 2020 and 2021", "2020,2021"),
        ("latency not from the 2010s", "2010..2019"),
        ("2021年以外の推論", "2021"),
        ("2021を除く推論", "2021"),
        ("2021年度ではない推論", "2021"),
        ("2020年と2021年以外の推論", "2020,2021"),
        ("2020〜2022年以外の推論", "2020..2022"),
        ("2020年以降ではない推論", "2020.."),
        ("推論 2021年 以外", "2021"),
        ("推論 2021 を除く", "2021"),
        ("過去3年以外の推論", f"{THIS_YEAR - 3}.."),
    ],
)
@pytest.mark.parametrize("command", ["search", "list"])
def test_excluded_years_are_no_filter_and_have_a_notice_with_not(
    mltalks: Run, command: str, typed: str, years: str
) -> None:
    err = mltalks(command, typed).err
    assert "is read as year:" not in err
    assert f"the filter is written NOT year:{years}\n" in err
    assert "to leave these out, write" not in err


def test_words_with_unclear_years_are_no_filter(mltalks: Run) -> None:
    for typed in ("latency not in 2021", "latency except for 2021", "latency over 3 years ago"):
        assert "is read as year:" not in mltalks("search", typed).err, typed


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("quantization since 2020 and before 2023", "year:2020..2022"),
        ("quantization after 2019 before 2023", "year:2020..2022"),
        ("量子化 2020年以降2022年以前", "year:2020..2022"),
        ("2020年以降、2022年までの量子化", "year:2020..2022"),
        ("quantization after 2022 before 2024 2019", "year:2023,2019"),
    ],
)
def test_an_open_beginning_and_an_open_end_bound_each_other(mltalks: Run, typed: str, years: str) -> None:
    subject = "量子化" if "量子化" in typed else "quantization"
    assert found(mltalks, "search", typed) == found(mltalks, "search", f"{subject} {years}") != []


@pytest.mark.parametrize(
    "typed", ["2023年以降2020年以前の推論", "推論 2021〜2019年", "2021年から2019年の推論"]
)
@pytest.mark.parametrize("command", ["search", "list"])
def test_years_that_leave_none_between_are_left_out(mltalks: Run, command: str, typed: str) -> None:
    result = mltalks(command, typed, "-n", "0", "-o", "ids")
    assert "is left out" in result.err
    assert result.out.split() == found(mltalks, command, "推論")


def test_years_of_an_era_end_with_it() -> None:
    for typed, years in {
        "平成31年": "2019", "平成三十年以降": "2018..", "令和十年": "2028", "昭和六十四年": "1989", "平成40年": "平成40年",
    }.items():  # fmt: skip
        assert plain_years(typed) == years


def test_years_of_an_era_have_a_kanji_for_each_digit_or_a_ten(mltalks: Run) -> None:
    for typed, years in {
        "平成三一年": "2019", "平成二九年": "2017", "平成二三年": "2011", "平成三〇年以降": "2018..", "平成二十九年": "2017",
        "令和十二三年": "令和十二三年", "平成三十一二年": "平成三十一二年",
    }.items():  # fmt: skip
        assert plain_years(typed) == years
    assert found(mltalks, "search", "平成三一年の発表") == found(mltalks, "search", "year:2019 発表") != []


def test_years_of_that_one_and_others_are_read() -> None:
    for typed, years in {
        "2020年とそれ以前": "..2020", "2020年かそれ以降": "2020..", "2020年から現在まで": "2020..", "2020年の前": "2020年の前",
    }.items():  # fmt: skip
        assert plain_years(typed) == years


@pytest.mark.parametrize(
    "vague",
    [
        "2021年前後", "2021年頃", "2021年ごろ", "2020年代初頭", "2021年4月", "2021年前", "2、3年前から", "2021年の前", "2021年の後半",
        "2021年ではない", "2021年を除く", "2021頃", "2020〜2022年頃",
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["search", "list"])
def test_a_vague_year_is_left_out_and_named_whole(mltalks: Run, command: str, vague: str) -> None:
    result = mltalks(command, f"推論 {vague}", "-n", "0", "-o", "ids")
    assert f'"{vague}" is left out' in result.err
    assert "too short" not in result.err
    assert result.out.split() == found(mltalks, command, "推論") != []
    alone = mltalks(command, vague)
    assert alone.out == ""
    assert f'"{vague}" is left out' in alone.err
