"""Sessions as BibTeX entries.

Format: Oren Patashnik, BibTeXing (1988); special characters are escaped for LaTeX, Unicode is kept.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

from mltalks.exchange.exporters.latex import escaped, key_of
from mltalks.render.views.core import Record
from mltalks.text import sanitize


def bibtex(records: Iterable[Record], events: Mapping[str, str]) -> str:
    """Return an entry for each session: papers as @inproceedings, all else as @misc; `events` are full names by id."""
    some = list(records)
    return "\n".join(map(_entry, some, _keys([record["id"] for record in some]), repeat(events)))


def _keys(ids: Sequence[str]) -> list[str]:
    """Return a key for each of some distinct ids: itself where it is ASCII, else one that follows from the id alone.

    >>> _keys(["katib", "推論"])
    ['katib', '--04b8b46e']
    """
    keys = {name: name for name in ids if key_of(name) == name}
    taken = set(keys)
    for name in ids:
        if name not in keys:
            key = key_of(name)
            while key in taken:
                key += "-"
            keys[name] = key
            taken.add(key)
    return [keys[name] for name in ids]


def _entry(record: Record, key: str, events: Mapping[str, str]) -> str:
    paper = record["kind"] == "paper"
    event = escaped(events[record["event"]])
    address = sanitize.link(record["paper"] or record["url"] or record["slides"] or record["video"])
    fields = {
        "title": "{" + escaped(record["title"]) + "}",
        "author": " and ".join(_author(speaker["name"]) for speaker in record["speakers"]),
        "booktitle" if paper else "howpublished": event
        if paper
        else f"{record['kind'].capitalize()} at {event}",
        "year": str(record["year"]),
        "url": (address or "").replace("{", "%7B").replace("}", "%7D"),
        "keywords": ", ".join(escaped(keyword) for keyword in record["keywords"]),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{'inproceedings' if paper else 'misc'}{{{key},\n{lines}}}\n"


def _author(name: str) -> str:
    text = escaped(name)
    return f"{{{text}}}" if re.search(r",|\band\b", text) else text
