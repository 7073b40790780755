"""Links of other programs, mapped to slides, video or paper by label and address.

Does not guess further, and does not open any address.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from mltalks.dataset.link_hosts import LinkField, field_of, host_of
from mltalks.exchange.mapping import convert

_LABELS: tuple[tuple[LinkField, re.Pattern[str]], ...] = (
    ("slides", re.compile(r"\b(?:slides?|slide ?deck|folien|presentation file)\b|スライド", re.IGNORECASE)),
    ("video", re.compile(r"\b(?:videos?|recordings?|slideslive|youtube)\b|動画", re.IGNORECASE)),
    ("paper", re.compile(r"\b(?:papers?|openreview|arxiv|proceedings)\b|論文", re.IGNORECASE)),
)


def kind_of(label: str, address: str) -> LinkField | None:
    """Return the field that a link belongs in, by its label, else by its address; a PDF counts as slides.

    >>> kind_of("Slides", "https://example.org/x"), kind_of("", "https://speakerdeck.com/a/b"), kind_of("Code", "https://example.org")
    ('slides', 'slides', None)
    """
    for name, pattern in _LABELS:
        if pattern.search(label):
            return name
    host, path = host_of(address), urlsplit(address).path.casefold()
    if "slides" in path or (host == "docs.google.com" and path.startswith("/presentation/")):
        return field_of(f"https://{host}") or "slides"
    return field_of(address) or ("slides" if path.endswith(".pdf") else None)


def links(values: Any, base: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield the links of a list of addresses, or of objects with a url and perhaps a name, each with its label.

    `base` is the address of the site for relative paths. Invalid links, and those that the site hides, are left out.
    """
    for value in values if isinstance(values, list) else []:
        entry = value if isinstance(value, dict) else {"url": value}
        address = convert.link(entry.get("uri") or entry.get("url"), base)
        if address and entry.get("visible") is not False:
            names = convert.lines([entry.get(key) for key in ("label", "title", "name", "type")])
            yield " ".join(names), address


def by_field(labelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first of some labelled links for each field."""
    found: dict[str, str] = {}
    for label, address in labelled:
        kind = kind_of(label, address)
        if kind:
            found.setdefault(kind, address)
    return found
