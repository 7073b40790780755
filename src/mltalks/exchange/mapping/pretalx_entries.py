"""The code, the title and the speakers of an entry of a calendar that pretalx wrote, by which its schedule has the talk, too.

Does not read calendars. Source: pretalx writes UID as "pretalx-EVENT-CODE@host" and SUMMARY as "Title - Name, Name".
"""

import re
from typing import NamedTuple

from mltalks.exchange.mapping import speaker_lists

_UID = re.compile(r"pretalx-[\w.-]{1,100}?-([A-Z0-9]{5,12})@\S+")
_LAST = re.compile(r"(.*\S)\s+-(?:\s+(.*))?", re.DOTALL)


class Entry(NamedTuple):
    """A talk of a calendar of pretalx."""

    code: str
    title: str
    speakers: list[dict[str, str]]


def entry_of(uid: str, summary: str) -> Entry | None:
    """Return the talk of an entry; None if pretalx did not write it.

    >>> entry_of("pretalx-days-2031-K7XN3P@example.org", "Soup - hot or cold - Ada Fox, Bo Hay")
    Entry(code='K7XN3P', title='Soup - hot or cold', speakers=[{'name': 'Ada Fox'}, {'name': 'Bo Hay'}])
    >>> entry_of("pretalx-days-2031-K7XN3P@example.org", "Soup -"), entry_of("4711@example.org", "Soup - Ada Fox")
    (Entry(code='K7XN3P', title='Soup', speakers=[]), None)
    """
    found, parts = _UID.fullmatch(uid.strip()), _LAST.fullmatch(summary.strip())
    if found is None or parts is None:
        return None
    return Entry(found[1], parts[1], speaker_lists.people(parts[2] or ""))
