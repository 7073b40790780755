"""The keys by which a bibliography cites talks that have none of their own.

Does not say which keys BibTeX reads: `dataset.values` does.
"""

import re
from collections.abc import Mapping
from typing import Any
from zlib import crc32

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
