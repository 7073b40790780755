"""Breaks of a programme: records that are no talks, by their type or, if they have no speakers, by their title.

Does not read any format.
"""

import re
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import LeftOut, Source

_LONGEST = 100  # letters of a type or title that is looked at
# What may be behind a name of a break: in a title brackets and a length, which of a talk would be its topic after a colon or dash.
_IN_TITLE = re.compile(r"\s*[(\[（].*|\s*\d+\s*(?:min(?:utes)?|分)?$", re.DOTALL)
_IN_TYPE = re.compile(rf"\s*[|,、:：].*|\s+[–—-]\s.*|{_IN_TITLE.pattern}", re.DOTALL)
_AND = re.compile(r"\s*(?:[/&+＋・／]|\band\b|と)\s*")
_BREAK = re.compile(
    r"(?:(?:morning|afternoon|coffee|tea|lunch|short) )?breaks?|coffee|lunch|dinner|breakfast|registration|check-?in|networking"
    r"|social(?: event)?|doors open|休憩(?:時間)?|(?:コーヒー|ランチ|昼)休憩|(?:お)?昼休み|昼食|ランチ|受付(?:開始)?|開場|懇親会"
)
_OTHER_TYPE = re.compile(r"service(?: session)?|pause|meal|food|party|concert|dj ?set")
_SHOW = re.compile("performance|film|movie")


def _names_breaks(title: Any) -> bool:
    """Return whether a title names breaks and nothing else.

    >>> _names_breaks("Lunch & networking (1 h)"), _names_breaks("昼休憩 60分"), _names_breaks("Networking: RDMA at scale"), _names_breaks(None)
    (True, True, False, False)
    """
    return _is(_BREAK, title, _IN_TITLE)


def as_problem(
    source: Source, title: str, kind: Any, *, has_speakers: bool, shows: bool = False, line: int | None = None
) -> LeftOut | None:
    """Return the warning that a record is no talk; None if it may be one. With `shows`, performances and films are none."""
    if has_speakers:
        return None
    if any(_is(names, kind, _IN_TYPE) for names in (_BREAK, _OTHER_TYPE, *[_SHOW] * shows)):
        return source.no_talk('has the type "{type}", which is not a talk', line=line, name=title, type=kind)
    if _names_breaks(title):
        return source.no_talk(
            "is a break by its title, and has no speakers; it is skipped", line=line, name=title
        )
    return None


def _is(names: re.Pattern[str], value: Any, detail: re.Pattern[str]) -> bool:
    text = (convert.line(value) or "")[:_LONGEST].casefold()
    return all(names.fullmatch(detail.sub("", part)) for part in _AND.split(detail.sub("", text)))
