"""Sessions as BibTeX entries.

Format: Oren Patashnik, BibTeXing (1988); special characters are escaped for LaTeX, Unicode is kept.
"""

import re
from collections.abc import Iterable, Mapping

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
_ESCAPED = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")


def bibtex(records: Iterable[Record], events: Mapping[str, str]) -> str:
    """Return an entry for each session: papers as @inproceedings, all else as @misc; `events` are full names by id."""
    return "\n".join(_entry(record, events) for record in records)


def escaped(text: str) -> str:
    r"""Return `text` for a BibTeX field.

    >>> escaped("R&D at 100% {fast}")
    'R\\&D at 100\\% \\textbraceleft{}fast\\textbraceright{}'
    """
    return _ESCAPED.sub(lambda match: _SPECIAL[match.group()], harmless.shown(text))


def _entry(record: Record, events: Mapping[str, str]) -> str:
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
    key = re.sub(r"[^\w:.-]", "-", record["id"], flags=re.ASCII)
    return f"@{'inproceedings' if paper else 'misc'}{{{key},\n{lines}}}\n"


def _author(name: str) -> str:
    text = escaped(name)
    return f"{{{text}}}" if re.search(r",|\band\b", text) else text
