"""The tests of significance against published values, and against counting every case."""

from itertools import product
from math import comb, isclose, log, sqrt

import pytest
from hypothesis import given, settings, strategies as st

from mltalks.analysis import significance
from mltalks.analysis.significance import EXACT, Trends, benjamini_hochberg, log_odds

SMOKERS, PATIENTS = [83, 90, 129, 70], [86, 93, 136, 82]  # Fleiss (1981), p. 139, as in R's help of prop.test


def test_the_approximation_is_that_of_r(monkeypatch: pytest.MonkeyPatch) -> None:
    """R's prop.trend.test of these: X-squared = 8.2249, df = 1, p-value = 0.004132."""
    monkeypatch.setattr(significance, "EXACT", 20)
    test = Trends(PATIENTS, [1, 2, 3, 4]).test(SMOKERS)
    assert (test.exact, test.direction) == (False, -1)
    assert test.p == pytest.approx(0.004132, abs=5e-7)


def test_counting_agrees_with_the_approximation_where_both_serve() -> None:
    test = Trends(PATIENTS, [1, 2, 3, 4]).test(SMOKERS)
    assert (test.exact, test.direction) == (True, -1)
    assert test.p == pytest.approx(0.004132, rel=0.2)


def test_with_two_years_it_is_fishers_exact_test() -> None:
    """Fisher's lady tasting tea: 3 of 4 against 1 of 4, p = 34/70."""
    test = Trends([4, 4], [2019, 2020]).test([1, 3])
    assert (test.exact, test.direction) == (True, 1)
    assert test.p == pytest.approx(34 / 70)


def test_the_example_of_benjamini_and_hochberg_rejects_four_of_fifteen() -> None:
    p_values = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
    ]
    adjusted = benjamini_hochberg(p_values)
    assert sum(q <= 0.05 for q in adjusted) == 4
    assert adjusted[3] == pytest.approx(0.0095 * 15 / 4)
    assert benjamini_hochberg(p_values[::-1]) == adjusted[::-1]
    assert benjamini_hochberg([]) == []


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[int], list[int], list[int]]:
    """Return years, the sessions of each, and those of them that have a value."""
    totals = draw(st.lists(st.integers(1, 6), min_size=2, max_size=4))
    years = draw(st.lists(st.integers(2018, 2026), min_size=len(totals), max_size=len(totals), unique=True))
    return sorted(years), totals, [draw(st.integers(0, total)) for total in totals]


@given(tables())
@settings(max_examples=100, deadline=None)
def test_p_is_the_share_of_all_cases_that_are_as_far_from_what_is_expected(
    table: tuple[list[int], list[int], list[int]],
) -> None:
    years, totals, counts = table
    found, everything = sum(counts), sum(totals)
    expected = found * sum(n * year for n, year in zip(totals, years, strict=True)) / everything

    def distance(case: tuple[int, ...] | list[int]) -> float:
        return abs(sum(x * year for x, year in zip(case, years, strict=True)) - expected)

    def ways(case: tuple[int, ...]) -> int:
        result = 1
        for n, x in zip(totals, case, strict=True):
            result *= comb(n, x)
        return result

    cases = [case for case in product(*(range(n + 1) for n in totals)) if sum(case) == found]
    far = sum(ways(case) for case in cases if distance(case) >= distance(counts) - 1e-6)
    test = Trends(totals, years).test(counts)
    assert test.exact
    assert test.p == pytest.approx(far / comb(everything, found))


def test_what_nearly_all_have_is_counted_as_what_hardly_any_have() -> None:
    trends = Trends([40, 40, 40], [2020, 2021, 2022])
    rare, common = trends.test([0, 2, 6]), trends.test([40, 38, 34])  # 8 of 120, and all but 8
    assert rare.exact
    assert common.exact
    assert rare.p == pytest.approx(common.p)
    assert (rare.direction, common.direction) == (1, -1)


def test_where_counting_ends_the_approximation_is_near() -> None:
    trends = Trends([60, 80, 100], [2020, 2021, 2022])
    counted, approximated = trends.test([9, 15, 26]), trends.test([9, 15, 27])
    assert (counted.exact, approximated.exact, EXACT) == (True, False, 50)
    assert 0 < counted.p - approximated.p < 0.1


def test_one_year_or_none_shows_no_trend() -> None:
    assert Trends([10], [2020]).test([4]).p == 1
    assert Trends([100], [2020]).test([50]).p == 1
    assert Trends([], []).test([])[:3] == (1, 0, True)


@given(st.integers(1, 50), st.integers(1, 50), st.data())
@settings(max_examples=100, deadline=None)
def test_log_odds_are_those_of_the_formula_and_turn_with_the_sides(
    all_a: int, all_b: int, data: st.DataObject
) -> None:
    a, b = data.draw(st.integers(0, all_a)), data.draw(st.integers(0, all_b))
    found = log_odds((a, all_a), (b, all_b), 10)
    turned = log_odds((b, all_b), (a, all_a), 10)
    assert isclose(found.z, -turned.z, abs_tol=1e-12)
    share = (a + b) / (all_a + all_b)
    if share in (0, 1):
        assert found == (0, 0)
        return
    odds_a = (a + 10 * share) / (all_a + 10 - a - 10 * share)
    odds_b = (b + 10 * share) / (all_b + 10 - b - 10 * share)
    terms = (a + 10 * share, all_a - a + 10 - 10 * share, b + 10 * share, all_b - b + 10 - 10 * share)
    assert found.delta == pytest.approx(log(odds_a) - log(odds_b))
    assert found.z == pytest.approx(found.delta / sqrt(sum(1 / term for term in terms)))


def test_few_sessions_are_never_unusual_and_many_are() -> None:
    assert log_odds((1, 15), (0, 28), 10).z < 1.5
    assert log_odds((12, 20), (0, 20), 10).z > 2.58
