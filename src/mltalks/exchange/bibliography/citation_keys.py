"""The keys by which a bibliography cites talks: those made of an id, and those that Zotero keeps in a note.

Does not say which keys BibTeX reads: `dataset.values` does.
"""

import re
from collections.abc import Mapping
from typing import Any
from zlib import crc32

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
