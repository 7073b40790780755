"""Links of other programs, mapped to slides, video or paper by label and address.

Does not guess further, and does not open any address: neither an ending nor the host of an address that has a label of its own
says what it is.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from mltalks.dataset.link_hosts import LinkField, field_of, host_of
from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import list_of

_LABELS: tuple[tuple[LinkField, re.Pattern[str]], ...] = (
    (
        "slides",
        re.compile(
            r"\b(?:slides?|slide ?decks?|decks?|folien|presentation file|speaker ?deck|slideshare)\b|スライド",
            re.IGNORECASE,
        ),
    ),
    ("video", re.compile(r"\b(?:videos?|recordings?|slideslive|youtube|vimeo)\b|動画", re.IGNORECASE)),
    ("paper", re.compile(r"\b(?:papers?|openreview|arxiv|proceedings)\b|論文", re.IGNORECASE)),
)
_LABELLED_LINE = re.compile(r"\s*([^:：\n]{1,40})[:：]\s*(https?://\S+)\s*")
_OF_SLIDES = re.compile(r"(?:^|[/_.-])(?:slides?|folien|slide-?deck)(?=[/_.-]|\d|$)", re.IGNORECASE)


def kind_of(label: str, address: str) -> LinkField | None:
    """Return the field that a link belongs in: by its label, or by its address if that names slides, or if it has no label.

    >>> kind_of("Slides", "https://example.org/x"), kind_of("", "https://speakerdeck.com/a/b"), kind_of("Code", "https://example.org")
    ('slides', 'slides', None)
    >>> kind_of("Schedule", "https://example.org/a.pdf"), kind_of("An opera", "https://youtu.be/a"), kind_of("", "https://youtu.be/a")
    (None, None, 'video')
    """
    own = (
        "" if "://" in label or label.strip().casefold() in (address.casefold(), host_of(address)) else label
    )
    for name, pattern in _LABELS:
        if pattern.search(own):
            return name
    host, path = host_of(address), urlsplit(address).path
    kind = field_of(f"https://{host}")
    if (
        kind == "slides"
        or _OF_SLIDES.search(path)
        or (host == "docs.google.com" and path.startswith("/presentation/"))
    ):
        return "slides" if kind in (None, "slides") else kind
    return None if own.strip() else field_of(address)


def links(values: Any, base: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield the links of a list of addresses, or of objects with a url and perhaps a name, each with its label.

    `base` is the address of the site for relative paths. Invalid links, and those that the site hides, are left out.
    """
    for value in list_of(values):
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


def in_prose(text: str) -> tuple[dict[str, str], str]:
    r"""Return the links of lines of a text, "Slides: https://…", by field, and the text without these lines.

    >>> in_prose("On soup.\nSlides: https://example.org/a.pdf\nSite: https://example.org")
    ({'slides': 'https://example.org/a.pdf'}, 'On soup.\nSite: https://example.org')
    """
    found: dict[str, str] = {}
    rest = []
    for line in text.splitlines(keepends=True):
        named = _LABELLED_LINE.fullmatch(line)
        address = convert.link(named[2]) if named else None
        kind = kind_of(named[1], address) if named and address else None
        if kind and address and kind not in found:
            found[kind] = address
        else:
            rest.append(line)
    return found, "".join(rest)
