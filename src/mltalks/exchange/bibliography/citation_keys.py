"""The keys by which a bibliography cites talks: those made of an id, those that Zotero keeps in a note, and those that are no ids.

Does not say which keys BibTeX reads: `dataset.values` does.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from zlib import crc32

from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import Draft, Source
from mltalks.messages import excerpt
from mltalks.problems import Problem

# A line of the field "Extra" of Zotero, as Better BibTeX writes it.
_PINNED = re.compile(r"\s*(?:citation[ -]?key|bibtex\*?)\s*:\s*([^\s,{}]+)\s*", re.IGNORECASE)
_PLAIN = re.compile(r"[\w:.-]+", re.ASCII)


def made(name: str) -> str:
    """Return an ASCII key for an id: the id itself, or the id with a hyphen for other characters, and its CRC-32.

    >>> made("katib"), made("推論"), made("days-2031-図とML")
    ('katib', '04b8b46e', 'days-2031-ML-4b74b22a')
    """
    if _PLAIN.fullmatch(name):
        return name
    plain = re.sub(r"(?:[^\w:.-]|-)+", "-", name, flags=re.ASCII).strip("-")
    return f"{plain}-{crc32(name.encode()):08x}".lstrip("-")


def without_made(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a session without its citation key, if that is made of its id."""
    is_made = fields.get("citation_key") == made(fields["id"])
    return {name: value for name, value in fields.items() if name != "citation_key" or not is_made}


def pinned(note: str | None) -> tuple[str | None, str]:
    r"""Return the key that a line of a note names, and the note without that line.

    >>> pinned("Citation Key: sculley2015visible"), pinned("Read twice.\ncitation key: a:1\nGood."), pinned(None)
    (('sculley2015visible', ''), ('a:1', 'Read twice.\nGood.'), (None, ''))
    >>> pinned("Citation Key: see the paper")
    (None, 'Citation Key: see the paper')
    """
    lines = (note or "").splitlines()
    found = next((match[1] for one in lines if (match := _PINNED.fullmatch(one))), None)
    if found is None:
        return None, note or ""
    return found, "\n".join(one for one in lines if not _PINNED.fullmatch(one))


class ChangedKeys:
    """The keys of a source that have become other ids."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}

    def note(self, read: Draft | Problem, key: str | None) -> None:
        """Note the key of a draft of a bibliography that has another id, which is made of it."""
        made = convert.key(key)
        has_it = isinstance(read, Draft) and read.cited and read.fields.get("id") == made
        if key and made and made != key and has_it:
            self._made[key] = made

    def problems(self, source: Source) -> Iterator[Problem]:
        """Yield a warning that keys have become other ids, if some have."""
        if self._made:
            names = ", ".join(
                f"{excerpt(key)} → {excerpt(made)}" for key, made in islice(self._made.items(), 3)
            )
            more = ", …" if len(self._made) > 3 else ""
            template = 'keys have signs that no id has; their ids have "-" instead, and exports and commands take the keys, too: {count} ({names})'
            yield source.warning(template, count=len(self._made), names=names + more)
