"""Tests of significance: whether a share moves over the years, whether two shares differ, for many values at once.

Works on counts alone. Does not interpret p-values: `trend` and `compare` do.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import comb, erfc, inf, log, sqrt
from typing import NamedTuple

ONE_SIDED = 1.645  # standard errors of a one-sided confidence limit at a level of 5 %
EXACT = 50  # up to so many sessions with (or without) a value the distribution is counted, not approximated


class TrendTest(NamedTuple):
    """A two-sided p-value (0 to 1), which way the shares go (-1, 0, 1), and whether p was counted exactly.

    `most` is the largest change that is not excluded: a confidence limit of the logarithm of the factor by which the odds of the
    value change from the first year to the last, either way.
    """

    p: float
    direction: int
    exact: bool
    most: float


class Trends:
    """Cochran-Armitage tests for linear trend in the shares of years, all over the same years.

    Sources: Cochran, Some Methods for Strengthening the Common Chi-Squared Tests, Biometrics 10 (1954), 417-451; Armitage,
    Tests for Linear Trends in Proportions and Frequencies, Biometrics 11 (1955), 375-386. If at most EXACT sessions have a value,
    or lack it, the test is the exact conditional one of the same sum (Agresti, A Survey of Exact Inference for Contingency
    Tables, Statistical Science 7 (1992), 131-153): given how many sessions have a value at all, each year's share of them is
    hypergeometric (as in Fisher's exact test, which it is for two years). Else it is the normal approximation.
    """

    def __init__(self, totals: Sequence[int], years: Sequence[int]) -> None:
        """Take the number of sessions of each year, and the years themselves as scores."""
        self._totals = tuple(totals)
        self._scores = tuple(year - years[0] for year in years) if years else ()
        self._all = sum(totals)
        self._weighted = sum(n * s for n, s in zip(self._totals, self._scores, strict=True))
        self._ways: list[dict[int, int]] | None = None

    def test(self, counts: Sequence[int]) -> TrendTest:
        """Return whether the share of those counted moves over the years: counts of each year, out of its total."""
        found = sum(counts)
        sum_of_scores = sum(count * s for count, s in zip(counts, self._scores, strict=True))
        distance = sum_of_scores * self._all - found * self._weighted  # from the expected sum, times all
        direction = (distance > 0) - (distance < 0)
        rarer = min(found, self._all - found)
        exact = rarer <= EXACT
        p = self._counted(rarer, abs(distance)) if exact else self._approximated(found, distance)
        return TrendTest(p, direction, exact, self._most(found, distance))

    def _most(self, found: int, distance: int) -> float:
        """Return the upper limit of the change of the log-odds over all years: the score estimate of the slope and its error."""
        spread = sum(
            n * s * s for n, s in zip(self._totals, self._scores, strict=True)
        ) - self._weighted**2 / max(1, self._all)
        information = found * (self._all - found) * spread / max(1, self._all) ** 2
        if information <= 0:
            return inf
        slope = abs(distance) / self._all / information
        return (slope + ONE_SIDED / sqrt(information)) * self._scores[-1]

    def _counted(self, found: int, distance: int) -> float:
        """Return the probability of a sum of scores at least that far from the expected one, by counting all cases."""
        ways = self._spread()[found]
        far = sum(
            number
            for scores, number in ways.items()
            if abs(scores * self._all - found * self._weighted) >= distance
        )
        return far / comb(self._all, found)

    def _spread(self) -> list[dict[int, int]]:
        """Return, for each number of sessions up to EXACT, in how many ways they have each sum of scores."""
        if self._ways is None:
            ways: list[dict[int, int]] = [{0: 1}]
            for total, score in zip(self._totals, self._scores, strict=True):
                grown: list[defaultdict[int, int]] = [defaultdict(int) for _ in range(EXACT + 1)]
                choices = [comb(total, here) for here in range(min(total, EXACT) + 1)]
                for before, sums in enumerate(ways):
                    for here, chosen in enumerate(choices[: EXACT + 1 - before]):
                        into = grown[before + here]
                        for scores, number in sums.items():
                            into[scores + score * here] += number * chosen
                ways = [dict(sums) for sums in grown]
            self._ways = ways
        return self._ways

    def _approximated(self, found: int, distance: int) -> float:
        """Return p by the normal distribution; the variance is that of Armitage (1955), with N, not N - 1."""
        n = self._all
        squares = sum(total * s * s for total, s in zip(self._totals, self._scores, strict=True))
        spread = n * squares - self._weighted**2
        if not spread:
            return 1.0
        chi_squared = distance**2 / (found * (n - found) * spread) * n
        return erfc(sqrt(chi_squared / 2))


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted so that of those at most q about a share of q are false alarms, in the given order.

    Source: Benjamini and Hochberg, Controlling the False Discovery Rate, J. R. Statist. Soc. B 57 (1995), 289-300.

    >>> benjamini_hochberg([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    adjusted = [0.0] * len(p_values)
    least = 1.0
    falling = sorted(range(len(p_values)), key=lambda at: -p_values[at])
    for rank, at in zip(range(len(p_values), 0, -1), falling, strict=True):
        least = min(least, p_values[at] * len(p_values) / rank)
        adjusted[at] = least
    return adjusted


class LogOdds(NamedTuple):
    """A logarithm of an odds ratio and its z-score; above 0 where the first side has more."""

    delta: float
    z: float


def log_odds(a: tuple[int, int], b: tuple[int, int], weight: float) -> LogOdds:
    """Return how much the odds of a value differ between two sides, each (those that have it, all), with a prior.

    The prior adds `weight` sessions to each side, with the value as often as on both sides together: sides with few sessions
    stay alike. Source: Monroe, Colaresi and Quinn, Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the
    Content of Political Conflict, Political Analysis 16 (2008), 372-403: the log-odds ratio with an informative Dirichlet
    prior. As a session may have several values, each value is tested by itself, with two outcomes, to have it or not; the
    variance keeps the terms of both.

    >>> log_odds((5, 10), (5, 10), 10).z, log_odds((3, 3), (4, 4), 10).z, log_odds((0, 3), (0, 4), 10).z
    (0.0, 0.0, 0.0)
    """
    (found_a, all_a), (found_b, all_b) = a, b
    found, everything = found_a + found_b, all_a + all_b
    if found in (0, everything):
        return LogOdds(0.0, 0.0)
    prior, prior_without = weight * found / everything, weight * (everything - found) / everything
    with_a, without_a = found_a + prior, all_a - found_a + prior_without
    with_b, without_b = found_b + prior, all_b - found_b + prior_without
    delta = log(with_a / without_a) - log(with_b / without_b)
    return LogOdds(delta, delta / sqrt(1 / with_a + 1 / without_a + 1 / with_b + 1 / without_b))
