"""Breaks of a programme: records that are no talks, by their type or, if they have no speakers, by their title.

Does not read any format.
"""

import re
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import LeftOut, Source

_LONGEST = 100  # letters of a type or title that is looked at
_DETAIL = re.compile(r"\s*[(\[（|,、:：].*|\s+[–—-]\s.*|\s*\d+\s*(?:min(?:utes)?|分)?$", re.DOTALL)
_AND = re.compile(r"\s*(?:[/&+＋・／]|\band\b|と)\s*")
_BREAK = re.compile(
    r"(?:(?:morning|afternoon|coffee|tea|lunch|short) )?breaks?|coffee|lunch|dinner|breakfast|registration|check-?in|networking"
    r"|social(?: event)?|doors open|休憩(?:時間)?|(?:コーヒー|ランチ|昼)休憩|(?:お)?昼休み|昼食|ランチ|受付(?:開始)?|開場|懇親会"
)
_OTHER_TYPE = re.compile(r"service(?: session)?|pause|meal|food|party|concert|performance|dj ?set|film|movie")


def is_break(title: Any) -> bool:
    """Return whether a title names breaks and nothing else.

    >>> is_break("Lunch & networking (1 h)"), is_break("昼休憩"), is_break("Break the monolith"), is_break(None)
    (True, True, False, False)
    """
    return _is(_BREAK, title)


def as_problem(
    source: Source, title: str, kind: Any, *, has_speakers: bool, line: int | None = None
) -> LeftOut | None:
    """Return the warning that a record is no talk; None if it may be one."""
    if has_speakers:
        return None
    if _is(_BREAK, kind) or _is(_OTHER_TYPE, kind):
        return source.no_talk('has the type "{type}", which is not a talk', line=line, name=title, type=kind)
    if is_break(title):
        return source.no_talk(
            "is a break by its title, and has no speakers; it is skipped", line=line, name=title
        )
    return None


def _is(names: re.Pattern[str], value: Any) -> bool:
    text = (convert.line(value) or "")[:_LONGEST].casefold()
    return all(names.fullmatch(_DETAIL.sub("", part)) for part in _AND.split(_DETAIL.sub("", text)))
