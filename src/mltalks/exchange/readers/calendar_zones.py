"""Time zones of calendars: names of IANA, also behind a prefix, names of Windows, and the rules of a calendar itself.

Does not read calendars. Source: RFC 5545, 3.6.5; Unicode CLDR, windowsZones.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_PART = re.compile(r"[A-Za-z0-9_+-]{1,32}")
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?", re.ASCII)
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_RULES = 200  # of a time zone
# Time zones of Windows, as Outlook names them, without "Standard Time", with which most names end.
_IANA = {
    "AUS Central": "Australia/Darwin", "AUS Eastern": "Australia/Sydney", "Afghanistan": "Asia/Kabul",
    "Alaskan": "America/Anchorage", "Aleutian": "America/Adak", "Altai": "Asia/Barnaul", "Arab": "Asia/Riyadh",
    "Arabian": "Asia/Dubai", "Arabic": "Asia/Baghdad", "Argentina": "America/Buenos_Aires",
    "Astrakhan": "Europe/Astrakhan", "Atlantic": "America/Halifax", "Aus Central W.": "Australia/Eucla",
    "Azerbaijan": "Asia/Baku", "Azores": "Atlantic/Azores", "Bahia": "America/Bahia", "Bangladesh": "Asia/Dhaka",
    "Belarus": "Europe/Minsk", "Bougainville": "Pacific/Bougainville", "Canada Central": "America/Regina",
    "Cape Verde": "Atlantic/Cape_Verde", "Caucasus": "Asia/Yerevan", "Cen. Australia": "Australia/Adelaide",
    "Central America": "America/Guatemala", "Central Asia": "Asia/Bishkek", "Central Brazilian": "America/Cuiaba",
    "Central Europe": "Europe/Budapest", "Central European": "Europe/Warsaw", "Central Pacific": "Pacific/Guadalcanal",
    "Central": "America/Chicago", "Central Standard Time (Mexico)": "America/Mexico_City",
    "Chatham Islands": "Pacific/Chatham", "China": "Asia/Shanghai", "Cuba": "America/Havana", "Dateline": "Etc/GMT+12",
    "E. Africa": "Africa/Nairobi", "E. Australia": "Australia/Brisbane", "E. Europe": "Europe/Chisinau",
    "E. South America": "America/Sao_Paulo", "Easter Island": "Pacific/Easter", "Eastern": "America/New_York",
    "Eastern Standard Time (Mexico)": "America/Cancun", "Egypt": "Africa/Cairo", "Ekaterinburg": "Asia/Yekaterinburg",
    "FLE": "Europe/Kiev", "Fiji": "Pacific/Fiji", "GMT": "Europe/London", "GTB": "Europe/Bucharest",
    "Georgian": "Asia/Tbilisi", "Greenland": "America/Godthab", "Greenwich": "Atlantic/Reykjavik",
    "Haiti": "America/Port-au-Prince", "Hawaiian": "Pacific/Honolulu", "India": "Asia/Calcutta", "Iran": "Asia/Tehran",
    "Israel": "Asia/Jerusalem", "Jordan": "Asia/Amman", "Kaliningrad": "Europe/Kaliningrad", "Korea": "Asia/Seoul",
    "Libya": "Africa/Tripoli", "Line Islands": "Pacific/Kiritimati", "Lord Howe": "Australia/Lord_Howe",
    "Magadan": "Asia/Magadan", "Magallanes": "America/Punta_Arenas", "Marquesas": "Pacific/Marquesas",
    "Mauritius": "Indian/Mauritius", "Middle East": "Asia/Beirut", "Montevideo": "America/Montevideo",
    "Morocco": "Africa/Casablanca", "Mountain": "America/Denver", "Mountain Standard Time (Mexico)": "America/Mazatlan",
    "Myanmar": "Asia/Rangoon", "N. Central Asia": "Asia/Novosibirsk", "Namibia": "Africa/Windhoek",
    "Nepal": "Asia/Katmandu", "New Zealand": "Pacific/Auckland", "Newfoundland": "America/St_Johns",
    "Norfolk": "Pacific/Norfolk", "North Asia East": "Asia/Irkutsk", "North Asia": "Asia/Krasnoyarsk",
    "North Korea": "Asia/Pyongyang", "Omsk": "Asia/Omsk", "Pacific SA": "America/Santiago",
    "Pacific": "America/Los_Angeles", "Pacific Standard Time (Mexico)": "America/Tijuana", "Pakistan": "Asia/Karachi",
    "Paraguay": "America/Asuncion", "Qyzylorda": "Asia/Qyzylorda", "Romance": "Europe/Paris",
    "Russia Time Zone 10": "Asia/Srednekolymsk", "Russia Time Zone 11": "Asia/Kamchatka",
    "Russia Time Zone 3": "Europe/Samara", "Russian": "Europe/Moscow", "SA Eastern": "America/Cayenne",
    "SA Pacific": "America/Bogota", "SA Western": "America/La_Paz", "SE Asia": "Asia/Bangkok",
    "Saint Pierre": "America/Miquelon", "Sakhalin": "Asia/Sakhalin", "Samoa": "Pacific/Apia",
    "Sao Tome": "Africa/Sao_Tome", "Saratov": "Europe/Saratov", "Singapore": "Asia/Singapore",
    "South Africa": "Africa/Johannesburg", "South Sudan": "Africa/Juba", "Sri Lanka": "Asia/Colombo",
    "Sudan": "Africa/Khartoum", "Syria": "Asia/Damascus", "Taipei": "Asia/Taipei", "Tasmania": "Australia/Hobart",
    "Tocantins": "America/Araguaina", "Tokyo": "Asia/Tokyo", "Tomsk": "Asia/Tomsk", "Tonga": "Pacific/Tongatapu",
    "Transbaikal": "Asia/Chita", "Turkey": "Europe/Istanbul", "Turks And Caicos": "America/Grand_Turk",
    "US Eastern": "America/Indianapolis", "US Mountain": "America/Phoenix", "UTC": "Etc/UTC", "UTC+12": "Etc/GMT-12",
    "UTC+13": "Etc/GMT-13", "UTC-02": "Etc/GMT+2", "UTC-08": "Etc/GMT+8", "UTC-09": "Etc/GMT+9", "UTC-11": "Etc/GMT+11",
    "Ulaanbaatar": "Asia/Ulaanbaatar", "Venezuela": "America/Caracas", "Vladivostok": "Asia/Vladivostok",
    "Volgograd": "Europe/Volgograd", "W. Australia": "Australia/Perth", "W. Central Africa": "Africa/Lagos",
    "W. Europe": "Europe/Berlin", "W. Mongolia": "Asia/Hovd", "West Asia": "Asia/Tashkent", "West Bank": "Asia/Hebron",
    "West Pacific": "Pacific/Port_Moresby", "Yakutsk": "Asia/Yakutsk", "Yukon": "America/Whitehorse",
}  # fmt: skip


@lru_cache(1_000)
def named(name: str) -> tzinfo | None:
    """Return a time zone by its name of IANA, which may come after a prefix, or by its name of Windows.

    >>> str(named("/example.org/20200101_1/Europe/Berlin")), str(named("Tokyo Standard Time")), named("../../etc/passwd")
    ('Europe/Berlin', 'Asia/Tokyo', None)
    """
    from zoneinfo import ZoneInfo  # 3 ms

    short = name.removesuffix(" Standard Time").removesuffix(" Daylight Time")
    parts = _IANA.get(short, name).split("/")[-5:]
    for start in range(len(parts)):
        some = parts[start:]
        if all(map(_PART.fullmatch, some)) and (len(some) > 1 or len(parts) == 1):
            with suppress(KeyError, ValueError, OSError):
                return ZoneInfo("/".join(some))
    return None


class Zone:
    """The rules of a VTIMEZONE, each since when and how long an offset from UTC holds."""

    def __init__(self) -> None:
        self._rules: list[dict[str, str]] = []

    def begin(self) -> None:
        """Begin a rule: a STANDARD or DAYLIGHT."""
        if len(self._rules) < _MOST_RULES:
            self._rules.append({})

    def add(self, name: str, value: str) -> None:
        """Add a property to the last rule."""
        if self._rules:
            self._rules[-1].setdefault(name, value.strip())

    def at(self, local: datetime) -> tzinfo | None:
        """Return the offset at a local time: that of the rule that came into force last. None if no rule can be read."""
        onsets = [(onset, rule) for rule in self._rules if (onset := _onset(rule, local))]
        rule = max(onsets, key=lambda one: one[0])[1] if onsets else {}
        return _offset(rule.get("TZOFFSETTO", ""))


def _onset(rule: dict[str, str], local: datetime) -> datetime | None:
    """Return the last time at which a rule came into force before a local time."""
    start = _time(rule.get("DTSTART", ""))
    if start is None or start > local:
        return None
    found = [start]
    if "RRULE" in rule:
        found += (one for one in _yearly(rule["RRULE"], start, local) if start <= one <= local)
    found += (
        one
        for text in rule.get("RDATE", "").split(",")[:_MOST_RULES]
        if (one := _time(text)) and one <= local
    )
    return max(found)


def _yearly(rule: str, start: datetime, local: datetime) -> Iterator[datetime]:
    """Yield the times at which a yearly rule comes into force in the year of a local time and in the one before."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";")[:20])
    last = parts.get("UNTIL", "9999")[:8]
    months = parts.get("BYMONTH", str(start.month))
    if parts.get("FREQ") != "YEARLY" or not months.isdecimal() or len(months) > 2:
        return
    final = int(last[:4]) if last[:4].isdecimal() else 9999
    for year in (min(local.year, final), min(local.year, final) - 1):
        with suppress(ValueError):
            onset = _day(parts, year, int(months), start)
            if onset.isoformat().replace("-", "") <= last.ljust(8, "9"):
                yield datetime.combine(onset, start.time())


def _day(parts: dict[str, str], year: int, month: int, start: datetime) -> date:
    """Return the day of a rule in a month, such as its last Sunday (-1SU).

    Raises ValueError: there is none.
    """
    days = [
        int(one) for one in parts.get("BYMONTHDAY", "").split(",")[:31] if one.isdecimal() and len(one) < 3
    ]
    weekday = _DAY.fullmatch(parts.get("BYDAY", ""))
    if weekday is None:
        return date(year, month, days[0] if days else start.day)
    week = int(weekday[1] or 1)
    first = (
        date(year, month, days[0] if days else 1) if week > 0 else date(year + month // 12, month % 12 + 1, 1)
    )
    after = (_DAYS.index(weekday[2]) - first.weekday()) % 7
    found = first + timedelta(after + 7 * (week - 1 if week > 0 else week))
    if found.month != month:
        raise ValueError(found)
    return found


def _time(text: str) -> datetime | None:
    parts = _TIME.match(text)
    with suppress(ValueError):
        return datetime(*map(int, parts.groups())) if parts else None  # type: ignore[arg-type]  # noqa: DTZ001
    return None


def _offset(text: str) -> tzinfo | None:
    parts = _OFFSET.fullmatch(text)
    if parts is None:
        return None
    minutes = int(parts[2]) * 60 + int(parts[3])
    return timezone(timedelta(minutes=-minutes if parts[1] == "-" else minutes)) if minutes < 1440 else None
