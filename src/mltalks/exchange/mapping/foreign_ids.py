"""The ids that another program has for a talk, by which the talk is known when it is imported again.

Does not look for the talk: `intake` does. Source: pretalx writes entries of calendars with UID as "pretalx-EVENT-CODE@host" and
SUMMARY as "Title - Name, Name".
"""

import re
from typing import Any, NamedTuple

from mltalks.exchange.mapping.editions import identifier
from mltalks.exchange.mapping.speaker_lists import people_of
from mltalks.exchange.readers.source import Draft

_UID = re.compile(r"pretalx-[\w.-]{1,100}?-([A-Z0-9]{5,12})@\S+")
_LAST = re.compile(r"(.*\S)\s+-(?:\s+(.*))?", re.DOTALL)


def known_again(draft: Draft, *written: Any) -> Draft:
    """Return a draft with the first of some ids that its program has for the talk; the others and its own one are earlier ids.

    >>> draft = known_again(Draft({"id": "meet-1-serving"}), "K7XN3P", "0f0e-1")
    >>> draft.fields, draft.earlier_ids
    ({'id': 'k7xn3p'}, ('0f0e-1', 'meet-1-serving'))
    """
    ids = [found for one in written if (found := identifier(one))]
    if not ids:
        return draft
    earlier = (*ids[1:], *filter(None, [draft.fields.get("id")]))
    fields = {**draft.fields, "id": ids[0]}
    return draft._replace(fields=fields, numbered=True, foreign_id=True, earlier_ids=earlier)


class Entry(NamedTuple):
    """A talk of a calendar of pretalx."""

    code: str
    title: str
    speakers: list[dict[str, str]]


def pretalx_entry(uid: str, summary: str) -> Entry | None:
    """Return the talk of an entry, with the code by which its schedule has it, too; None if pretalx did not write it.

    >>> pretalx_entry("pretalx-days-2031-K7XN3P@example.org", "Soup - hot or cold - Ada Fox, Bo Hay")
    Entry(code='K7XN3P', title='Soup - hot or cold', speakers=[{'name': 'Ada Fox'}, {'name': 'Bo Hay'}])
    >>> pretalx_entry("pretalx-days-2031-K7XN3P@example.org", "Soup -"), pretalx_entry("4711@example.org", "Soup - Ada Fox")
    (Entry(code='K7XN3P', title='Soup', speakers=[]), None)
    """
    found, parts = _UID.fullmatch(uid.strip()), _LAST.fullmatch(summary.strip())
    if found is None or parts is None:
        return None
    return Entry(found[1], parts[1], people_of(parts[2] or ""))
