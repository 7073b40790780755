"""Claims: the words of a query that mean a filter, or may, and the filters of several.

Does not find them: `filter_hints` does.
"""

from collections.abc import Iterable
from typing import NamedTuple

from mltalks.search.query.fields import year_range
from mltalks.search.query.nodes import Filter


class Claim(NamedTuple):
    """Tokens `start` to `end` of a query that mean a filter; if not `sure`, they only may."""

    start: int
    end: int
    filter: Filter
    sure: bool

    @property
    def places(self) -> range:
        """The places of its tokens."""
        return range(self.start, self.end)


def unsure(claims: Iterable[Claim], field: str) -> list[Claim]:
    """Return claims, those on one field as such that only may mean a filter."""
    return [claim._replace(sure=claim.sure and claim.filter.field != field) for claim in claims]


def merged(filters: Iterable[Filter]) -> list[Filter]:
    """Return one filter a field: of several values of one field, a session has any.

    One open beginning and one open end of years bound each other; if no year is between, their filter has no value.
    """
    values: dict[str, dict[str, None]] = {}
    for one in filters:
        values.setdefault(one.field, {}).update(dict.fromkeys(one.values))
    years = values.get("year", {})
    since = [value for value in years if value.endswith("..")]
    until = [value for value in years if value.startswith("..")]
    if len(since) == len(until) == 1:
        between = since[0] + until[0].removeprefix("..")
        kept = [value for value in years if value not in (*since, *until)]
        values["year"] = dict.fromkeys([*kept, between] if year_range(between) else [])
    return [Filter(field, tuple(found)) for field, found in values.items()]
