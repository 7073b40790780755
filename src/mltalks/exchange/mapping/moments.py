"""Whether two written dates, each perhaps with a time, are of one moment.

Does not read dates as people write them: `text.dates` does.
"""

from datetime import datetime


def apart(one: str, other: str) -> bool:
    """Return whether two dates, each perhaps with a time, are of two days or times; "" is neither.

    >>> apart("2031-05-01", "2031-05-01T10:00"), apart("2031-05-01T10:00", "2031-05-01T11:00"), apart("", "2031-05-01")
    (False, True, False)
    >>> apart("2031-05-01T10:00+02:00", "2031-05-01T08:00+00:00")
    False
    """
    if not one or not other or one == other:
        return False
    if "T" not in one or "T" not in other:
        return one[:10] != other[:10]
    try:
        moments = [datetime.fromisoformat(text) for text in (one, other)]
    except ValueError:
        return one[:10] != other[:10]
    if any(moment.tzinfo is None for moment in moments):
        moments = [moment.replace(tzinfo=None) for moment in moments]
    return moments[0] != moments[1]


def says_no_more(one: str, other: str) -> bool:
    """Return whether a date is of the moment of another one, and has neither a time nor a time zone that the other lacks.

    >>> says_no_more("2031-05-01T08:00+00:00", "2031-05-01T10:00+02:00"), says_no_more("2031-05-01", "2031-05-01T10:00")
    (True, True)
    >>> says_no_more("2031-05-01T10:00+02:00", "2031-05-01T10:00"), says_no_more("2031-05-01T10:00", "2031-05-01")
    (False, False)
    """
    return not apart(one, other) and _precision(one) <= _precision(other)


def _precision(written: str) -> int:
    """Return 0 for a day, 1 for one with a time, 2 for one with a time zone."""
    time = written.partition("T")[2]
    return bool(time) + (time.endswith("Z") or "+" in time or "-" in time)
