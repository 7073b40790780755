"""Sessions as BibTeX entries.

Format: Oren Patashnik, BibTeXing (1988); special characters are escaped for LaTeX, Unicode is kept.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from zlib import crc32

from mltalks.render import harmless
from mltalks.render.view import Record

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_KEY = re.compile(r"[\w:.-]+", re.ASCII)
_ESCAPED = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")


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


def key_of(name: str) -> str:
    """Return an id as a key, which is ASCII: itself, or one that follows from it."""
    if _KEY.fullmatch(name):
        return name
    return re.sub(r"[^\w:.-]", "-", name, flags=re.ASCII) + f"{crc32(name.encode()):08x}"


def escaped(text: str) -> str:
    r"""Return `text` for a BibTeX field.

    >>> escaped("R&D at 100% {fast}")
    'R\\&D at 100\\% \\textbraceleft{}fast\\textbraceright{}'
    """
    return _ESCAPED.sub(lambda match: _SPECIAL[match.group()], harmless.shown(text))


def _entry(record: Record, key: str, events: Mapping[str, str]) -> str:
    paper = record["kind"] == "paper"
    event = escaped(events[record["event"]])
    address = harmless.link(record["paper"] or record["url"] or record["slides"] or record["video"])
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
