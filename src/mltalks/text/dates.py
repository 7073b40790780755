"""Dates as people write them, in English and Japanese: 2025/03/04(火), 2025年3月11日, H31.4.1, March 4, 2025, 4-Mar-25, 4-5 March 2025.

Does not guess: of 3/4/2025 the order must be given.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from mltalks.text.eras import ERAS, NAMED_ERAS, year_of_era

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
AMBIGUOUS = '"{date}": day, month or year first? Say it with --date-order dmy, mdy or ymd'
NO_SUCH_DAY = '"{date}": there is no such day'
OTHER_WEEKDAY = '"{date}": the day is another weekday'
LONGEST = 60  # characters of a date with a weekday and a time
_ZONE = re.compile(r"(?<=:\d\d)(?:Z|[+-]\d\d:\d\d)\Z")
_PIVOT = 70  # a year of two digits from which on it is of the last century
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY = rf"^(?P<before>{_ENGLISH_DAY})[.,]*\s+"
_WEEKDAY_AFTER = rf"(?<=[\d日])\s*(?:\(\s*(?P<after>[日月火水木金土]|{_ENGLISH_DAY}\.?)(?:曜日?)?\s*(?:[・,/]?\s*祝日?)?\)|(?P<bare>[日月火水木金土])曜日?)[\s,]*"
# 15時30分, 15時半, 午後3時, 午後3:30
_JAPANESE_TIME = r"(?<![\s,])[\s,]*(?:(?P<half>午前|午後)\s*)?(?P<hour>\d{1,2})(?:時(?:\s*(?P<minute>\d{1,2})分?|(?P<thirty>半))?|:(?P<minutes>\d\d))"
_HALF_BEFORE = r"(?<![a-z])([ap]m)\s*(\d{1,2}(?::\d\d)?)(?![\d:])"  # PM7:00
# A time with an offset from UTC, which looks like a time at which it ends.
_OFFSET = r"(?P<t>t)?(?P<time>\d\d?:\d\d)(?::\d\d)?\s?(?P<sign>[+-])(?P<offset>\d\d:?\d\d)\Z"
# A time with one at which it ends, if any.
_UNTIL = r"(?s)(.*(?::\d\d|[時分半]|[ap]\.?m\.?))\s*(?:[-–—~〜]|から)\s*(?:(?:午前|午後)?\s*\d{1,2}(?::\d\d)?\s*(?:時(?:\s*\d{1,2}分|半)?)?\s*(?:[ap]\.?m\.?)?(?:まで)?)?"
_OF_ERA = r"\s?(?P<of_era>0?[1-9]|[1-9]\d|元)"
_ERA = rf"(?P<era>{'|'.join(ERAS)}){_OF_ERA}"
_NAMED_ERA = rf"(?P<era>{'|'.join(NAMED_ERAS)}){_OF_ERA}"
_TIME = r"(?:(?:,|\s+(?:at|klo|kl\.?|um))?\s+(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?:[:.]\d\d)?(?:\s+uhr)?|(?=\s*[ap]\.?m))\s*(?P<half>[ap]\.?m\.?)?)?"
_YEAR = r"(?P<y>\d{4})"
_SHORT_YEAR = r"(?P<y>\d{4}|\d\d)"
# A letter is an era only before a month or alone: R6 is a year, R6i a machine, and H1 and H2 are halves of a year.
_FIRST_YEAR = rf"(?P<y>\d{{4}})(?!\d)|(?P<era>{'|'.join(NAMED_ERAS)})\s?(?P<of_era>\d{{1,2}}|元)(?!\d)|(?P<letter>[rh])(?!(?<=h)[12](?!\d|年))(?P<of_letter>\d{{1,2}})(?=年|[./]\d{{1,2}}(?!\d)|\s*\Z)"
# Each with year, month and day by name, or with two numbers before the year whose order is open.
_FORMS = (
    rf"{_YEAR}(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})",
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)",  # other numbers of eight digits are ids
    rf"{_NAMED_ERA}(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})",
    rf"(?P<era>[rh]){_OF_ERA}(?P<sep>[/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})",  # s3.4.5 is a version
    rf"(?:{_YEAR}|{_ERA})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日",
    rf"{_MONTH}\s+{_DAY}(?:\s*,\s*|\s+){_YEAR}",
    rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH}[\s,-]+{_SHORT_YEAR}",
    r"(?P<one>\d{1,2})(?P<sep>[-/.])(?P<two>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{1,2})",
    r"'(?P<y>\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})",
    r"(?P<y>\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
)


class AmbiguousDateError(ValueError):
    """A date whose day and month may be swapped."""


def iso_date(text: str, order: Order | None = None) -> str | None:
    """Return a written date, or date and time, in ISO 8601; None if it is none.

    With dots and a year of four digits, the day is before the month.

    Raises AmbiguousDateError: it may be several days, and no order is given.

    >>> iso_date("2025/3/4"), iso_date("２０２５年３月１１日（火）"), iso_date("令和7年3月11日"), iso_date("soon")
    ('2025-03-04', '2025-03-11', '2025-03-11', None)
    >>> iso_date("March 4, 2025"), iso_date("Tue, 4 Mar 2025 9:30 PM"), iso_date("25/3/2025")
    ('2025-03-04', '2025-03-04T21:30', '2025-03-25')
    >>> iso_date("3/4/2025", "mdy"), iso_date("3/4/2025", "dmy"), iso_date("4/4/2025")
    ('2025-03-04', '2025-04-03', '2025-04-04')
    >>> iso_date("5.3.2025"), iso_date("5.3.2025 9.30", "mdy")
    ('2025-03-05', '2025-03-05T09:30')
    >>> iso_date("25.3.2025 9.30"), iso_date("4 March 2025 klo 9.30"), iso_date("25.3.2025 9.75")
    ('2025-03-25T09:30', '2025-03-04T09:30', None)
    >>> iso_date("12-Mar-27"), iso_date("12 March 2027 9pm"), iso_date("12/13/27")
    ('2027-03-12', '2027-03-12T21:00', '2027-12-13')
    >>> [iso_date(one) for one in ("R7.6.20", "R7/6/20", "令和7.6.20", "Ｒ７年６月２０日", "'25/6/20")] == ["2025-06-20"] * 5
    True
    >>> [iso_date(one) for one in ("昭和64年1月7日", "S64年1月7日", "昭和65年1月1日", "s3.4.5", "t1/2/3", "h1-2-3")]
    ['1989-01-07', '1989-01-07', None, None, None, None]
    >>> iso_date("25/6/20", "ymd"), iso_date("25.6.5", "ymd")
    ('2025-06-20', '2025-06-05')
    >>> iso_date("2019/5/20(月)"), iso_date("2019年5月20日15時30分"), iso_date("H31.4.1"), iso_date("3/4/2025 (Tue)")
    ('2019-05-20', '2019-05-20T15:30', '2019-04-01', '2025-03-04')
    >>> iso_date("2026/12/3(木) 19:10～19:40"), iso_date("2026年12月3日 19時〜20時半"), iso_date("2026-12-03 7pm - 9pm"), iso_date("2026/12/3 PM7:00〜")
    ('2026-12-03T19:10', '2026-12-03T19:00', '2026-12-03T19:00', '2026-12-03T19:00')
    """
    found, days, fitting = _read(text, order)
    if len(fitting) > 1:
        raise AmbiguousDateError(text)
    return _with_time(fitting[0], found) if found and fitting and days else None


def year_of(text: str, order: Order | None = None) -> int | None:
    """Return the year of a written date, if all days that it may be have the same; None for others.

    >>> year_of("3/4/2031"), year_of("3/4/05"), year_of("3/4/05", "mdy"), year_of("soon"), year_of("4-5 March 2031")
    (2031, None, 2005, None, 2031)
    """
    try:
        years = {day.year for day in _read(text, order)[2]} or {
            int(day[:4]) for day in iso_days(text, order) or ()
        }
    except AmbiguousDateError:
        return None
    return years.pop() if len(years) == 1 else None


def first_year(text: str) -> int | None:
    """Return the year at the beginning of a text, also of an era; None if there is none.

    >>> [first_year(one) for one in ("2024年3月", "２０２４", "令和6年度", "平成31年", "R6", "H31.4", "20190", "H100", "平成40年")]
    [2024, 2024, 2024, 2019, 2024, 2019, None, None, None]
    >>> [first_year(one) for one in ("H2", "H2/2031", "R1/2031", "H1.31", "H2年", "R1.5", "H10")]
    [None, None, None, None, 1990, 2019, 1998]
    """
    found = re.match(_FIRST_YEAR, unicodedata.normalize("NFKC", text[:LONGEST]).casefold(), re.ASCII)
    if not found or found["y"]:
        return int(found["y"]) if found else None
    return year_of_era(found["era"] or found["letter"], found["of_era"] or found["of_letter"]) or None


def why_no_date(text: str, order: Order | None = None) -> str | None:
    """Return why a text in the form of a date is none, as a message with "{date}"; None if it has no such form.

    >>> why_no_date("昭和99年1月1日"), why_no_date("20251301"), why_no_date("12345678")
    ('"{date}": there is no such day', '"{date}": there is no such day', None)
    >>> why_no_date("2025年2月30日"), why_no_date("2019/5/21(月)"), why_no_date("soon")
    ('"{date}": there is no such day', '"{date}": the day is another weekday', None)
    >>> why_no_date("25/6/5", "dmy"), why_no_date("25/13/5"), why_no_date("25/13/5", "ymd")
    (None, None, '"{date}": there is no such day')
    """
    found, days, fitting = _read(text, order)
    if not found or fitting:
        return None
    if order != "ymd" and len(found.groupdict().get("y") or "") == 1:  # no year, but with the year first
        return None
    return OTHER_WEEKDAY if days else NO_SUCH_DAY


@lru_cache(1024)  # a programme has many talks on few days
def _read(text: str, order: Order | None) -> tuple[re.Match[str] | None, Sequence[date], Sequence[date]]:
    """Return the parts of a date, the days that it may be, and those of them that are its weekday."""
    if len(text) > LONGEST:
        return None, (), ()
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    weekdays = set[int]()
    for weekday in (_WEEKDAY, _WEEKDAY_AFTER):
        if named := re.search(weekday, folded, re.ASCII):
            weekdays.add(_weekday(next(filter(None, named.groups()))))
            folded = f"{folded[: named.start()]} {folded[named.end() :]}".strip()
    if not ends_in_zone(folded) and (ranged := re.fullmatch(_UNTIL, folded, re.ASCII)):
        folded = ranged[1]
    folded = latin_time(folded)
    for form in _FORMS:
        if found := re.fullmatch(form + _TIME, folded, re.ASCII):
            days = _days(found.groupdict(), order)
            return found, days, [day for day in days if weekdays <= {day.weekday()}]
    return None, (), ()


def ends_in_zone(text: str) -> bool:
    """Return whether what is behind the time of a date is an offset from UTC, and not the time at which something ends.

    >>> ends_in_zone("2031-05-06T09:00-10:00"), ends_in_zone("2031-05-06 19:10-05:00"), ends_in_zone("2031-05-06 9:00-10:00")
    (True, True, False)
    """
    found = re.search(_OFFSET, text, re.ASCII | re.IGNORECASE)
    if not found:
        return False
    return bool(found["t"]) or found["sign"] == "+" or found["offset"] <= found["time"].zfill(5)


def _weekday(name: str) -> int:
    return "月火水木金土日".index(name) if len(name) == 1 else _DAYS.index(name[:3])


def latin_time(text: str) -> str:
    """Return a text with the Japanese time of the day at its end in digits.

    >>> latin_time("2019年5月20日午後3時半"), latin_time("午前0時5分"), latin_time("5月 15時"), latin_time("午後15時")
    ('2019年5月20日 15:30', '00:05', '5月 15:00', '午後15時')
    >>> latin_time("2026/12/3 pm7:00")
    '2026/12/3 7:00 pm'
    """
    text = re.sub(_HALF_BEFORE, r"\2 \1", text, flags=re.ASCII)
    found = re.search(rf"{_JAPANESE_TIME}$", text, re.ASCII) if "時" in text or "午" in text else None
    if not found or not (found["half"] or "時" in found.group()):
        return text
    hour = int(found["hour"])
    if found["half"]:
        if hour > 12:
            return text
        hour = hour % 12 + 12 * (found["half"] == "午後")
    minute = "30" if found["thirty"] else found["minute"] or found["minutes"] or "0"
    return f"{text[: found.start()]} {hour:02}:{int(minute):02}".strip()


def two_numbers(text: str) -> tuple[int, int] | None:
    """Return the two numbers before the year of a date that begins a text and has neither dots nor the name of a month.

    >>> two_numbers("3/4/2025"), two_numbers("25-4-26 9:30"), two_numbers("5.10.2026"), two_numbers("2025/3/4")
    ((3, 4), (25, 4), None, None)
    """
    found = re.match(r"(\d{1,2})([-/])(\d{1,2})\2(?:\d{4}|\d\d)(?!\d)", text.strip()[:LONGEST], re.ASCII)
    return (int(found[1]), int(found[3])) if found else None


def order_of(text: str) -> Order | None:
    """Return the order of day and month that a date shows, because only one of its numbers can be a month; None for others.

    >>> order_of("25/4/2026"), order_of("4/25/2026 9:30"), order_of("3/4/2026"), order_of("27/3/12")
    ('dmy', 'mdy', None, None)
    """
    numbers = two_numbers(text)
    try:
        shows = numbers is not None and iso_date(text) is not None
    except AmbiguousDateError:
        return None
    if numbers is None or not shows or (numbers[0] > 12) == (numbers[1] > 12):
        return None
    return "dmy" if numbers[0] > 12 else "mdy"


def iso_days(text: str, order: Order | None = None) -> tuple[str, str] | None:
    """Return the first and the last day of written dates in ISO 8601; None if they are none.

    Raises AmbiguousDateError: one is two numbers and a year, and no order is given.

    >>> iso_days("12-13 March 2027") == iso_days("2027-03-12 – 2027-03-13") == iso_days("2027年3月12日〜13日")
    True
    >>> iso_days("March 30 - April 2, 2027"), iso_days("2027-03-12"), iso_days("2027-03-12-13")
    (('2027-03-30', '2027-04-02'), ('2027-03-12', '2027-03-12'), ('2027-03-12', '2027-03-13'))
    """
    text = unicodedata.normalize("NFKC", text[: 2 * LONGEST]).strip()
    one = iso_date(text, order)
    if one:
        return one[:10], one[:10]
    open_order = False
    for first, last, one_month in _ends(text):
        try:
            days = [(iso_date(end, order) or "")[:10] for end in (first, last)]
        except AmbiguousDateError:
            open_order = True
            continue
        if all(days) and (not one_month or days[0][:7] == days[1][:7]):
            return days[0], days[1]
    if open_order:
        raise AmbiguousDateError(text)
    return None


def without_zone(date: str | None) -> str:
    """Return an ISO date, and its time if it has one, as people read it.

    >>> without_zone("2026-12-15T19:00+09:00"), without_zone("2026-12"), without_zone(None)
    ('2026-12-15 19:00', '2026-12', '')
    """
    return (date or "")[:16].replace("T", " ")


_BETWEEN = re.compile(r"\s*(?:\.\.+|[–—~〜-]|\bto\b|から)\s*")


def _ends(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield what the first and the last date of a text may be, and whether they then are of one month.

    Either may lack the year, or month and year: "12 March - 2 April 2027", "2027年3月30日〜4月2日", "March 12-13, 2027".
    """
    whole = re.match(r"\d{4}([-/.])\d{1,2}\1\d{1,2}", text)
    for found in _BETWEEN.finditer(text, whole.end() if whole else 0):
        left, right = text[: found.start()], text[found.end() :]
        yield left, right, False
        yield f"{left} {right[-4:]}", right, False
        year = re.match(r"\d{4}\D|[^年]{1,6}年", left)
        yield left, (year[0] if year else "") + right, False
        before = re.sub(rf"\d+(?:st|nd|rd|th|日)?(?:{_WEEKDAY_AFTER})?$", "", left)
        after = re.sub(r"^\d+(?:st|nd|rd|th)?", "", right)
        for first in (left, left + after):
            for last in (right, before + right):
                yield first, last, True


def _days(parts: dict[str, str | None], order: Order | None) -> Sequence[date]:
    """Return the days that the parts of a date may mean."""
    written = parts.get("y") or ""
    year = int(written) if written else year_of_era(parts["era"] or "", parts["of_era"] or "")
    short = 0 < len(written) <= 2
    year += _century(year) if short else 0
    if "one" not in parts:
        month = _MONTHS.index((parts["name"] or "")[:3]) + 1 if "name" in parts else int(parts["m"] or 0)
        return [*_valid(year, month, int(parts["d"] or 0))]
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    by_order = {"mdy": [*_valid(year, one, two)], "dmy": [*_valid(year, two, one)]}
    if parts.get("sep") == "." and by_order["dmy"]:
        by_order["mdy"] = by_order["dmy"]
    by_order["ymd"] = [*_valid(_century(one) + one, two, int(written))] if short else []  # 27/3/12
    if len(written) == 1:  # 25/6/5: a year of one digit is unusual, so that the order has to be given
        if by_order["ymd"] and order is None:
            raise AmbiguousDateError
        return by_order["ymd"] if order == "ymd" else []
    all_orders = list(dict.fromkeys(day for days in by_order.values() for day in days))
    return by_order[order] or all_orders if order and len(all_orders) > 1 else all_orders


def _century(year: int) -> int:
    """Return the century of a year of two digits."""
    return 2000 if year < _PIVOT else 1900


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
    minute = found["minute"] or "00"
    return f"{day}T{hour:02}:{minute}" if hour < 24 and minute < "60" else None


def shown_times(dates: Iterable[str | None]) -> list[str]:
    """Return the dates of the talks of an event, times without their zone; with it, if they are of several, or of UTC, which few places keep.

    >>> shown_times(["2031-05-06T10:00+09:00", "2031-05-06", None]), shown_times(["2031-05-06T01:00+00:00"])
    (['2031-05-06 10:00', '2031-05-06', ''], ['2031-05-06 01:00 UTC'])
    >>> shown_times(["2031-05-06T10:00+09:00", "2031-05-06T11:00"])
    ['2031-05-06 10:00 +09:00', '2031-05-06 11:00']
    """
    written = [date or "" for date in dates]
    found = (_ZONE.search(one) if "T" in one else None for one in written)
    zones = ["UTC" if one and one[0] in ("Z", "+00:00") else one[0] if one else "" for one in found]
    named = "UTC" in zones or len({zone for zone, one in zip(zones, written, strict=True) if "T" in one}) > 1
    times = map(without_zone, written)
    return [f"{time} {zone}" if named and zone else time for time, zone in zip(times, zones, strict=True)]
