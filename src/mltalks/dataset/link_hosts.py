"""Which field of a session an address belongs in, by its host or its ending.

Does not open any address.
"""

from typing import Literal
from urllib.parse import urlsplit

LinkField = Literal["slides", "paper", "video"]
_HOSTS: dict[str, LinkField] = {
    "speakerdeck.com": "slides", "slideshare.net": "slides", "slides.com": "slides", "docswell.com": "slides",
    "youtube.com": "video", "youtu.be": "video", "vimeo.com": "video", "slideslive.com": "video", "media.ccc.de": "video",
    "nicovideo.jp": "video", "nico.ms": "video", "twitch.tv": "video",
    "arxiv.org": "paper", "openreview.net": "paper", "dl.acm.org": "paper",
}  # fmt: skip
_ENDINGS: dict[str, LinkField] = {
    ".ppt": "slides", ".pptx": "slides", ".odp": "slides", ".key": "slides",
    ".mp4": "video", ".webm": "video", ".ogv": "video", ".mov": "video", ".m4v": "video", ".mkv": "video",
}  # fmt: skip


def field_of(address: str) -> LinkField | None:
    """Return the field that an address belongs in; None if neither its host nor its ending is known.

    >>> field_of("https://de.slideshare.net/a/b"), field_of("https://example.org/a.MP4"), field_of("https://example.org/a.pdf")
    ('slides', 'video', None)
    """
    host = host_of(address)
    while host:
        if host in _HOSTS:
            return _HOSTS[host]
        host = host.partition(".")[2]
    path = urlsplit(address).path.lower()
    return _ENDINGS.get(path[path.rfind(".") :]) if "." in path else None


def host_of(address: str) -> str:
    """Return the host of an address, without `www.`; "" if it has none.

    >>> host_of("https://www.Example.org:8080/a")
    'example.org'
    """
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
