"""Functions on text take linear time on long runs of spaces and signs."""

import pytest

from mltalks.dataset.ids import series_of, session_id, with_year
from mltalks.exchange.mapping.headings import composed_field
from mltalks.search.query.foreign_signs import foreign_signs
from mltalks.search.query.parser import parse
from mltalks.search.query.wide_signs import narrowed
from mltalks.search.rewriting.id_words import with_ids
from mltalks.text.dates import latin_time
from mltalks.text.sanitize import markdown
from mltalks.text.wrapping import breaks
from tests.conftest import shipped_library
from tests.linear import takes_linear_time


@pytest.mark.parametrize(
    ("before", "sign", "after"),
    [("午", " ", "x"), ("午", ", ", "x"), ("午後", " ", "x"), ("時1", " ", ""), ("", "1時 ", "x")],
)
def test_a_time_is_found_in_linear_time(before: str, sign: str, after: str) -> None:
    assert takes_linear_time(lambda length: latin_time(before + sign * length + after), 40_000)


@pytest.mark.parametrize("sign", [" ", "、", "a ", "a、 "])
def test_names_are_broken_in_linear_time(sign: str) -> None:
    assert takes_linear_time(lambda length: breaks(sign * length, 10, named=True), 40_000)


@pytest.mark.parametrize("sign", ["https://", "https://x.", "https://x。", "["])
def test_addresses_are_found_in_linear_time(sign: str) -> None:
    assert takes_linear_time(lambda length: markdown(sign * length), 40_000)


def test_headings_are_read_in_linear_time() -> None:
    assert takes_linear_time(lambda length: composed_field("勤務先" * length + "欄"), 4_000)


@pytest.mark.parametrize("sign", ["1st ", "27th Conference ", "Meetup 12 ", "1 ", "2031"])
def test_the_series_of_a_name_is_found_in_linear_time(sign: str) -> None:
    assert takes_linear_time(lambda length: series_of(sign * (length // len(sign))), 32_000)
    assert takes_linear_time(lambda length: with_year(sign * (length // len(sign)), 2031), 32_000)


def test_an_id_is_made_in_linear_time() -> None:
    assert takes_linear_time(lambda length: session_id("x", "alpha beta " * length, ()), 160_000)


@pytest.mark.parametrize("sign", ["ａ", "ａ：", "＿", "ａー"])
def test_wide_signs_are_read_in_linear_time(sign: str) -> None:
    assert takes_linear_time(lambda length: narrowed(sign * length), 160_000)


@pytest.mark.parametrize("sign", ["1", "1x", "x"])
def test_comparisons_of_other_programs_are_found_in_linear_time(sign: str) -> None:
    assert takes_linear_time(lambda length: list(foreign_signs(f"a>{sign * length}<")), 80_000)


def test_words_that_may_be_a_name_are_read_in_linear_time() -> None:
    catalogue = shipped_library().catalogue
    assert takes_linear_time(lambda length: catalogue.names("theme").leading(["alpha"] * length), 16_000)
    assert takes_linear_time(lambda length: with_ids(catalogue, parse(["theme:" + "alpha " * length])), 8_000)
