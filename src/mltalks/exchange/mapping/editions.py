"""The edition and series of an event of another program: its year, its series, an id.

Does not guess a year: an event without one takes the year of each talk, or none is returned.
"""

import re
from collections.abc import Mapping
from typing import Any

from mltalks.dataset import ids
from mltalks.exchange.mapping import convert

_NO_IDENTIFIER = re.compile(r"[^\w.]+")
_LONGEST = 100  # letters of an id that people can type


def year_in(*texts: Any) -> int | None:
    """Return the first year, 1900 to 2199, in some texts.

    >>> year_in("PyCon US 2016"), year_in("ChiPy", "chipy"), year_in(None, "2018-05-17T10:00")
    (2016, None, 2018)
    """
    return next(filter(None, (ids.year_in(convert.line(text) or "") for text in texts)), None)


def identifier(text: Any) -> str | None:
    """Return a text as an id: lower case, with hyphens for characters that no id may have.

    >>> identifier("PyCon JP/2016"), identifier("../.."), identifier(None)
    ('pycon-jp-2016', None, None)
    """
    name = _NO_IDENTIFIER.sub("-", (convert.line(text) or "").casefold())[:_LONGEST].strip("-.")
    return name or None


def of_series(series: str | None, year: int | None) -> Mapping[str, Any]:
    """Return the edition of a series in a year, in the fields of `[[events]]`; without a series, only the year.

    >>> of_series("KDD", 2017), of_series("KDD 2017", 2017)["name"], of_series(None, 2017)
    ({'name': 'KDD 2017', 'series': 'KDD', 'year': 2017}, 'KDD 2017', {'year': 2017})
    """
    if not series or not year:
        return {"year": year}
    return {"name": series if str(year) in series else f"{series} {year}", "series": series, "year": year}


def dates(record: Mapping[str, Any], start: str, end: str) -> dict[str, str | None]:
    """Return the first and the last day of an event, from dates or times under two keys of a record."""
    days = {"start_date": convert.day(record.get(start)), "end_date": convert.day(record.get(end))}
    return {field: day and day[:10] for field, day in days.items()}


def edition(name: Any, slug: Any = None, year: int | None = None) -> Mapping[str, Any]:
    """Return an event in the fields of `[[events]]`; without a year in its name or slug, that of `year`, with the year in its id.

    {} if there is no name or no year.

    >>> edition("PyData Berlin 2018", "pydata-berlin-2018", 2017)
    {'id': 'pydata-berlin-2018', 'name': 'PyData Berlin 2018', 'series': 'PyData Berlin', 'year': 2018}
    >>> edition("ChiPy", "chipy", 2023)
    {'id': 'chipy-2023', 'name': 'ChiPy 2023', 'series': 'ChiPy', 'year': 2023}
    """
    title = convert.line(name) or convert.line(slug)
    key = identifier(slug) or identifier(title)
    if title is None or key is None:
        return {}
    printed = year_in(title, slug)
    if printed:
        return {"id": key, "name": title, "series": ids.series_of(title), "year": printed}
    if year:
        return {"id": f"{key}-{year}", "name": f"{title} {year}", "series": title, "year": year}
    return {}
