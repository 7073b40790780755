"""The edition of a series before another one: by the years, and within a year by the days of the events.

Does not guess an order: of several editions in one year that have no days, none is the one before.
"""

from collections.abc import Iterable
from typing import NamedTuple

from mltalks.dataset.model import Event


class Previous(NamedTuple):
    """The edition before; None if there is none, or if it is `open` which one it is."""

    event: Event | None = None
    open: bool = False


def previous(event: Event, others: Iterable[Event]) -> Previous:
    """Return the edition before an event among the others of its series, all with the days that are known of them.

    >>> some = [Event(id, id, "S", year, start_date=day) for id, year, day in (("a", 2030, None), ("b", 2031, "2031-02-03"), ("c", 2031, "2031-05"))]
    >>> [(found.event and found.event.id, found.open) for found in (previous(one, some) for one in some)]
    [(None, False), ('a', False), ('b', False)]
    >>> previous(some[2]._replace(start_date=None), some)
    Previous(event=None, open=True)
    """
    some = [one for one in others if one.id != event.id and one.year <= event.year]
    earlier = [one for one in some if _is_before(one, event)]
    if any(one.year == event.year and _order(one, event) is None for one in some):
        return Previous(open=True)
    last = max(earlier, key=lambda one: (one.year, one.start_date or ""), default=None)
    if last is not None and any(
        one.year == last.year and _order(one, last) is None for one in earlier if one is not last
    ):
        return Previous(open=True)
    return Previous(last)


def _is_before(one: Event, other: Event) -> bool:
    return one.year < other.year or (one.year == other.year and (_order(one, other) or 0) < 0)


def _order(one: Event, other: Event) -> int | None:
    """Return which of two editions of one year is the earlier one, as their days say: -1, 1, or 0 for the same day; None if it is not known."""
    first, second = (event.start_date or "" for event in (one, other))
    precise = min(len(first), len(second))
    if first[:precise] == second[:precise]:
        return 0 if first == second and precise == len("2031-05-01") else None
    return -1 if first < second else 1
