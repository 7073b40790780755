"""Which of a session's links a link of another program is: slides, video or paper, by its label and its address.

Refuses what neither says; opens nothing.
"""

import re
from collections.abc import Iterable
from typing import Any, Literal
from urllib.parse import urlsplit

from mltalks.exchange.mapping import convert

What = Literal["slides", "video", "paper"]
_LABELS: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("slides", re.compile(r"\b(?:slides?|slide ?deck|folien|presentation file)\b|スライド", re.IGNORECASE)),
    ("video", re.compile(r"\b(?:videos?|recordings?|slideslive|youtube)\b|動画", re.IGNORECASE)),
    ("paper", re.compile(r"\b(?:papers?|openreview|arxiv|proceedings)\b|論文", re.IGNORECASE)),
)
_HOSTS: dict[str, What] = {
    "speakerdeck.com": "slides", "slideshare.net": "slides", "slides.com": "slides", "slideslive.com": "video",
    "youtube.com": "video", "youtu.be": "video", "vimeo.com": "video", "media.ccc.de": "video",
    "openreview.net": "paper", "arxiv.org": "paper",
}  # fmt: skip
_ENDINGS: dict[str, What] = {
    ".pdf": "slides", ".pptx": "slides", ".ppt": "slides", ".odp": "slides", ".key": "slides",
    ".mp4": "video", ".webm": "video", ".ogv": "video",
}  # fmt: skip


def what(label: Any, address: str) -> What | None:
    """Return what a link leads to, or None.

    >>> what("Slides", "https://example.org/x"), what(None, "https://speakerdeck.com/a/b"), what("Code", "https://example.org")
    ('slides', 'slides', None)
    """
    said = convert.line(label) or ""
    for name, pattern in _LABELS:
        if pattern.search(said):
            return name
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if host in _HOSTS:
        return _HOSTS[host]
    path = parts.path.casefold()
    if "slides" in path or (host == "docs.google.com" and path.startswith("/presentation/")):
        return "slides"
    return _ENDINGS.get(path[path.rfind(".") :]) if "." in path else None


def sorted_out(links: Iterable[tuple[Any, str | None]]) -> dict[str, str]:
    """Return the first link of each sort, of some labels with their addresses."""
    found: dict[str, str] = {}
    for label, address in links:
        sort = what(label, address) if address else None
        if sort and address:
            found.setdefault(sort, address)
    return found
