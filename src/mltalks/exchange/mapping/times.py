"""The day, time and length of a talk in a table that has them in several columns, and whether two dates are of one moment.

Does not decide whether day or month is first: `intake` does, by all dates of a source.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from mltalks.dataset.values import is_time
from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.column_names import END, START, START_OR_LENGTH
from mltalks.text.dates import LONGEST, AmbiguousDateError, ends_in_zone, iso_date, latin_time, two_numbers

_CLOCK = r"(?P<hour>\d{1,2})(?:[:.時h](?P<minute>\d\d)?(?:[:.]\d\d|分)?)?\s*(?P<half>[ap]\.?m\.?)?(?P<zone>z|[+-]\d\d:?\d\d)?(?:\s*uhr)?"
_TIMED = re.compile(rf"(?P<day>.*?)(?:(?<=\d)t|(?:^|[\s,]|日|\))+)(?P<clock>{_CLOCK})", re.ASCII | re.DOTALL)
_BETWEEN = re.compile(r"\s*(?:[–—~〜～]|-|\bto\b|から)\s*")
_SPAN = re.compile(r"(.+?)\s*(?:[–—~〜～-]|\bto\b|から)\s*([^–—~〜～-]+)", re.DOTALL)
_OPEN = re.compile(r"(?<=[\d時分半])\s*(?:[–—~〜～-]|から)\s*$")  # a start without an end
_BEHIND_END = re.compile(r"(?:まで|\s*\([^)]*\))+\s*$")
_OF_HALF = re.compile(r"(?P<hour>\d{1,2})(?::\d\d)?\s*(?P<half>[ap]\.?m\.?)?$", re.ASCII | re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2}):\d\d(?::\d\d)?", re.ASCII)
_MOST_HOURS = 8  # that a talk takes, if they are written like a time of the day
_DAYTIME = range(7, 22)  # hours at which talks begin
_OVER_MIDNIGHT = timedelta(hours=6)  # the longest talk that ends on the next day


class _Time(NamedTuple):
    """A day as written, which may be "", with a time as ISO 8601 has it, if there is one."""

    day: str
    clock: str = ""


def when(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the date and the minutes of a record's values by field; what is not understood is as written.

    >>> when({"date": "2031-05-06", START: "9:30", "minutes": "45"})
    {'date': '2031-05-06T09:30', 'minutes': 45}
    >>> when({"date": "2031年5月6日", START: "13時", END: "13:45"}), when({START: "2031-05-06 9:30", END: "2031-05-06 10:00"})
    ({'date': '2031-05-06T13:00', 'minutes': 45}, {'date': '2031-05-06T09:30', 'minutes': 30})
    >>> when({"date": "5/6/2031", START: "9:30 - 10:15"}), when({"date": "soon"})
    ({'date': '5/6/2031 09:30', 'minutes': 45}, {'date': 'soon'})
    >>> when({"date": "2031-05-06", START_OR_LENGTH: "15:00〜"}), when({START_OR_LENGTH: "0:45"}), when({"minutes": "15:00"})
    ({'date': '2031-05-06T15:00'}, {'minutes': 45}, {'minutes': '15:00'})
    >>> when({"date": "2031-05-06 9:30 - 10:00"}), when({START: "5/6/2031 9:30–10:00"}), when({"date": "5 - 6 May 2031"})
    ({'date': '2031-05-06T09:30', 'minutes': 30}, {'date': '5/6/2031 09:30', 'minutes': 30}, {'date': '5 - 6 May 2031'})
    >>> when({"date": "2031/5/6(火) 19:10～19:40"}), when({"date": "2031-05-06 19:10〜"}), when({"date": "2031-05-06"})
    ({'date': '2031-05-06T19:10', 'minutes': 30}, {'date': '2031-05-06T19:10'}, {'date': '2031-05-06'})
    >>> when({"date": "2031-05-06T09:00-10:00"}), when({"date": "2031-05-06T19:10:00-0500"})
    ({'date': '2031-05-06T09:00-10:00'}, {'date': '2031-05-06T19:10-05:00'})
    """
    values = _with_end(_sorted(values))
    if not values.get(START) and not values.get(END) and ":" not in str(values.get("minutes", "")):
        fields = {name: convert.chosen(values[name]) for name in ("date", "minutes") if name in values}
        found = {name: convert.kept(_AS[name], value) for name, value in fields.items()}
        return {field: value for field, value in found.items() if value is not None}
    odd = [value for value in (values.get("date"), values.get(START)) if value and _text(value) is None]
    start, end = _OPEN.sub("", _text(values.get(START)) or ""), _text(values.get(END)) or ""
    length = values.get("minutes")
    if not start and _is_range(_text(length) or ""):
        start, length = _text(length) or "", None
    if _is_range(start):
        start, end = _BETWEEN.split(start, maxsplit=1)
    day, begins, ends = (
        _timed(text) for text in (_OPEN.sub("", _text(values.get("date")) or ""), start, end)
    )
    found = {}
    if begins.clock and not (begins.day == "" and day.clock.startswith(begins.clock)):
        day = _Time(begins.day or day.day, begins.clock)
    elif start and day.day and not begins.clock:
        found[START] = None if day.day == begins.day else start  # is reported
    found["date"] = _written(day) or _written(begins) or (odd[0] if odd else None)
    found["minutes"] = convert.kept(_length, convert.chosen(length)) or _between(day, ends)
    if end and not found["minutes"] and (day.clock or ends.clock):
        found[END] = end  # is reported
    return {field: value for field, value in found.items() if value is not None}


def _sorted(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return values in which what may be a start or a length is the one that it looks like."""
    text = _text(values.get(START_OR_LENGTH)) or ""
    if not text:
        return values
    hours = _HOURS.fullmatch(text)
    is_start = not values.get(START) and (
        bool(values.get("minutes"))
        or _OPEN.search(text)
        or _is_range(text)
        or (hours and int(hours[1]) in _DAYTIME)
        or (not convert.minutes(text) and _timed(text).clock)
    )
    return {START if is_start else "minutes": text, **values}


def _with_end(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return values with the end that is behind the time of a date or a start."""
    field = START if values.get(START) else "date"
    text = "" if values.get(END) else _text(values.get(field)) or ""
    parts = _SPAN.fullmatch(text) if len(text) < LONGEST and not ends_in_zone(text) else None
    if parts:
        end = _BEHIND_END.sub("", parts[2])
        start = _with_half(parts[1], end)
        begins, ends = _timed(start), _timed(end)
        if begins.clock and ends.clock and not ends.day:
            return {**values, field: start, END: end}
    return values


def _with_half(start: str, end: str) -> str:
    """Return a start without am or pm with that of its end, if it is before that in the same half of the day.

    >>> _with_half("7:00", "9:00 pm"), _with_half("10:00", "1:00 pm"), _with_half("10:00", "11:00")
    ('7:00 pm', '10:00', '10:00')
    """
    first, last = (_OF_HALF.search(one) for one in (start, end))
    if not first or not last or first["half"] or not last["half"]:
        return start
    return f"{start} {last['half']}" if int(first["hour"]) % 12 <= int(last["hour"]) % 12 else start


def _length(value: Any) -> int | None:
    """Return a duration in minutes; None for hours and minutes that look like a time of the day."""
    hours = _HOURS.fullmatch(convert.line(value) or "")
    return None if hours and int(hours[1]) > _MOST_HOURS else convert.minutes(value)


def _text(value: Any) -> str | None:
    text = convert.text_of(value)
    return text and unicodedata.normalize("NFKC", text)


def _is_range(text: str) -> bool:
    """Return whether a text is two times of the day."""
    parts = _BETWEEN.split(text) if len(text) < LONGEST else []
    return len(parts) == 2 and all(
        one.clock and not one.day and not part.isdecimal() for part in parts if (one := _timed(part))
    )


def _timed(text: str) -> _Time:
    """Return the day and the time of a text."""
    if not text:
        return _Time("")
    whole = _day(text)
    if whole:
        return _Time(whole[:10], whole[11:])
    found = _TIMED.fullmatch(latin_time(text.casefold().strip())) if len(text) < LONGEST else None
    clock = _iso(found) if found else ""
    if not found or not clock or (found["day"] and not two_numbers(text)):
        return _Time(text)
    return _Time(found["day"].strip(" ,"), clock)


def has_clock(text: str) -> bool:
    """Return whether a text is a time of the day, perhaps behind a day.

    >>> has_clock("9:30 pm"), has_clock("13時"), has_clock("25:99"), has_clock("noon")
    (True, True, False, False)
    """
    return bool(_timed(_text(text) or "").clock)


def _iso(found: re.Match[str]) -> str:
    """Return a time of the day in ISO 8601; "" if it is none, or a number alone."""
    hour, minute, half = int(found["hour"]), found["minute"], (found["half"] or "")[:1]
    if not (minute or half or found["clock"].endswith(("時", "h"))) or (half and not 1 <= hour <= 12):
        return ""
    hour = hour % 12 + 12 * (half == "p") if half else hour
    zone = (found["zone"] or "").replace("z", "+00:00")
    zone = f"{zone[:3]}:{zone[-2:]}" if zone else ""
    return f"{hour:02}:{minute or '00'}{zone}" if hour < 24 and (minute or "00") < "60" else ""


def _written(time: _Time) -> str | None:
    if not time.day or not time.clock:
        return time.day or time.clock or None
    return f"{time.day}{'T' if _day(time.day) else ' '}{time.clock}"


def _between(start: _Time, end: _Time) -> int | None:
    """Return the minutes from a start to an end, which is on the same day or early on the next one if it has no day."""
    if not start.clock or not end.clock:
        return None
    if end.day and start.day != end.day:
        days = [_day(one.day) for one in (start, end)]
        return (
            convert.minutes_between(f"{days[0]}T{start.clock}", f"{days[1]}T{end.clock}")
            if all(days)
            else None
        )
    minutes = convert.minutes_between(f"2000-01-01T{start.clock}", f"2000-01-01T{end.clock}")
    later = convert.minutes_between(f"2000-01-01T{start.clock}", f"2000-01-02T{end.clock}")
    return minutes or (later if later and later <= _OVER_MIDNIGHT.seconds // 60 else None)


def _day(written: str) -> str | None:
    """Return a date, or a date with a time, in ISO 8601; None for one that may be several days, whose order `intake` knows."""
    if two_numbers(written):
        return None
    try:
        return convert.day(written) or iso_date(written)
    except AmbiguousDateError:
        return None


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


def moments(date: str) -> set[str]:
    """Return the minute of a date with a time, by its own clock and, if it has a zone, by that of Unix; nothing for a day alone.

    >>> sorted(moments("2031-05-01T10:00+02:00")), moments("2031-05-01T10:00"), moments("2031-05-01")
    (['1935388800', '2031-05-01T10:00'], {'2031-05-01T10:00'}, set())
    """
    if not is_time(date):
        return set()
    moment = datetime.fromisoformat(date)
    return {date[:16], f"{moment.timestamp():.0f}"} if moment.tzinfo else {date[:16]}


def says_no_more(one: str, other: str) -> bool:
    """Return whether a date is of the moment of another one, and has neither a time nor a time zone that the other lacks.

    >>> says_no_more("2031-05-01T08:00+00:00", "2031-05-01T10:00+02:00"), says_no_more("2031-05-01", "2031-05-01T10:00")
    (True, True)
    >>> says_no_more("2031-05-01T10:00+02:00", "2031-05-01T10:00"), says_no_more("2031-05-01T10:00", "2031-05-01")
    (False, False)
    """
    return not apart(one, other) and _precision(one) <= _precision(other)


def in_zone_of(date: str, other: str) -> str:
    """Return a date with a time in the zone of another one: a time without a zone gets it, one in UTC is converted.

    In another week its place may have another offset: clocks change in the night to Sunday. UTC is no zone of a place: a calendar that
    names none has it.

    >>> in_zone_of("2031-05-02T10:00", "2031-05-01T09:00+02:00"), in_zone_of("2031-05-02T08:00+00:00", "2031-05-01T09:00+02:00")
    ('2031-05-02T10:00+02:00', '2031-05-02T10:00+02:00')
    >>> [in_zone_of(one, "2031-05-01T09:00+02:00") for one in ("2031-12-02T10:00", "2031-05-02", "2031-05-02T10:00+09:00")]
    ['2031-12-02T10:00', '2031-05-02', '2031-05-02T10:00+09:00']
    >>> in_zone_of("2031-03-30T10:00", "2031-03-29T10:00+01:00"), in_zone_of("2031-05-02T10:00", "2031-05-02T08:00+00:00")
    ('2031-03-30T10:00', '2031-05-02T10:00')
    >>> in_zone_of("9999-12-31T23:59+00:00", "9999-12-31T20:00+02:00")
    '9999-12-31T23:59+00:00'
    """
    if not is_time(date) or not is_time(other):
        return date
    moment, its = datetime.fromisoformat(date), datetime.fromisoformat(other)
    if not its.utcoffset() or moment.utcoffset():
        return date
    try:
        moment = moment.astimezone(its.tzinfo) if moment.tzinfo else moment.replace(tzinfo=its.tzinfo)
    except OverflowError:  # after the year 9999
        return date
    one_week = moment.toordinal() // 7 == its.toordinal() // 7
    return moment.isoformat(timespec="minutes") if one_week else date


def _precision(written: str) -> int:
    """Return 0 for a day, 1 for one with a time, 2 for one with a time zone."""
    time = written.partition("T")[2]
    return bool(time) + (time.endswith("Z") or "+" in time or "-" in time)


_AS: Mapping[str, Callable[[Any], Any]] = {
    "date": lambda value: _day(convert.line(value) or ""),
    "minutes": _length,
}
