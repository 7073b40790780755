"""Dates as people write them, in English and Japanese: 2025/03/04, 2025年3月11日, March 4, 2025, 4 Mar 2025.

Does not guess: of 3/4/2025 the order must be given.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Literal

Order = Literal["dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy")
AMBIGUOUS = '"{date}": day or month first? Say it with --date-order dmy or --date-order mdy'
LONGEST = 60  # characters of a date with a weekday and a time
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+)?"
_TIME = r"(?:(?:,|\s+at)?\s+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[ap]\.?m\.?)?)?"
# Each with year, month and day by name, or with two numbers before the year whose order is open.
_FORMS = (
    r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})",
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
    r"(?:(?P<y>\d{4})|令和(?P<reiwa>\d{1,2}|元))\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日(?:\s*\([日月火水木金土](?:曜日?)?\))?",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:\s*,\s*|\s+)(?P<y>\d{{4}})",
    rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH}[\s,-]+(?P<y>\d{{4}})",
    r"(?P<one>\d{1,2})(?P<sep>[-/.])(?P<two>\d{1,2})(?P=sep)(?P<y>\d{4})",
)


class AmbiguousDateError(ValueError):
    """A date whose day and month may be swapped."""


def iso_date(text: str, order: Order | None = None) -> str | None:
    """Return a written date, or date and time, in ISO 8601; None if it is none.

    Raises AmbiguousDateError: it is two numbers and a year, and no order is given.

    >>> iso_date("2025/3/4"), iso_date("２０２５年３月１１日（火）"), iso_date("令和7年3月11日"), iso_date("soon")
    ('2025-03-04', '2025-03-11', '2025-03-11', None)
    >>> iso_date("March 4, 2025"), iso_date("Tue, 4 Mar 2025 9:30 PM"), iso_date("25/3/2025")
    ('2025-03-04', '2025-03-04T21:30', '2025-03-25')
    >>> iso_date("3/4/2025", "mdy"), iso_date("3/4/2025", "dmy"), iso_date("4/4/2025")
    ('2025-03-04', '2025-04-03', '2025-04-04')
    """
    if len(text) > LONGEST:
        return None
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    for form in _FORMS:
        found = re.fullmatch(form + _TIME, folded, re.ASCII)
        if found:
            days = _days(found.groupdict(), order)
            if len(days) > 1:
                raise AmbiguousDateError(text)
            return _with_time(days[0], found) if days else None
    return None


def _days(parts: dict[str, str | None], order: Order | None) -> Sequence[date]:
    """Return the days that the parts of a date may mean."""
    reiwa = parts.get("reiwa")
    year = int(parts["y"] or 0) if parts.get("y") else 2018 + (1 if reiwa == "元" else int(reiwa or 0))
    if "one" not in parts:
        month = _MONTHS.index((parts["name"] or "")[:3]) + 1 if "name" in parts else int(parts["m"] or 0)
        return [*_valid(year, month, int(parts["d"] or 0))]
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    by_order = {"mdy": [*_valid(year, one, two)], "dmy": [*_valid(year, two, one)]}
    both = list(dict.fromkeys([*by_order["mdy"], *by_order["dmy"]]))
    return by_order[order] if order and len(both) > 1 else both


def _valid(year: int, month: int, day: int) -> Sequence[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _with_time(day: date, found: re.Match[str]) -> str | None:
    if found["hour"] is None:
        return day.isoformat()
    hour, half = int(found["hour"]), (found["half"] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    clock = f"{hour:02}:{found['minute']}"
    return f"{day}T{clock}" if clock < "24" and found["minute"] < "60" else None
