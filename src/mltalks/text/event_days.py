"""Days without a year (3月14日, 14 March) and times without a day that are of an event, whose year or day they get.

Does not read other dates: `dates` does.
"""

import re
from collections.abc import Mapping
from typing import Any

from mltalks.text.dates import LONGEST, iso_date

_JAPANESE = r"(\d{1,2}\s*月\s*\d{1,2}\s*日.*)"
_ENGLISH = r"([a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?[ -][a-z]{3,9}\.?)"


def is_time_alone(written: str) -> bool:
    """Return whether a text is a time of ISO 8601 without a day."""
    return re.fullmatch(r"\d\d:\d\d(?:[+-]\d\d:\d\d)?", written, re.ASCII) is not None


def within_event(written: str, event: Mapping[str, Any]) -> str:
    """Return a day without a year with that of an event, a time with its one day; any other text, and one of an event of two years, as it is.

    >>> [within_event(one, {"year": 2031}) for one in ("3月14日(金)", "March 14", "14-Mar", "2031-03-14", "Talk 14")]
    ['2031年3月14日(金)', 'March 14 2031', '14 Mar 2031', '2031-03-14', 'Talk 14']
    >>> within_event("1月2日", {"year": 2031, "start_date": "2031-12-30", "end_date": "2032-01-03"})
    '1月2日'
    >>> [within_event("18:30", {"start_date": "2031-03-14", "end_date": day}) for day in (None, "2031-03-15")]
    ['2031-03-14T18:30', '18:30']
    """
    if is_time_alone(written):
        first, last = event.get("start_date"), event.get("end_date")
        return f"{first}T{written}" if first and last in (None, first) else written
    years = {str(event[field])[:4] for field in ("start_date", "end_date") if event.get(field)} or {
        str(event.get("year") or "")
    }
    year = years.pop()
    if len(written) > LONGEST or years or not year:
        return written
    text = written.strip()
    if re.fullmatch(_JAPANESE, text):
        return f"{year}年{text}"
    if re.fullmatch(_ENGLISH, text, re.IGNORECASE):
        dated = f"{text.replace('-', ' ')} {year}"
        return dated if iso_date(dated) else written
    return written
