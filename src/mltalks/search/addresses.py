"""Addresses as people paste them: the key that all spellings of an address have in common, and the sessions that have it.

Does not open any address.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from mltalks.dataset.values import ARXIV_NUMBER, ARXIV_PAGES

if TYPE_CHECKING:
    from mltalks.search.index.sessions import Sessions

FEW = 3  # addresses for which no list of all is made
_ARXIV = re.compile(
    rf"(?:arxiv:\s?|(?:https?://)?{ARXIV_PAGES}|(?:https?://doi\.org/)?10\.48550/arxiv\.)?"
    rf"(?P<number>{ARXIV_NUMBER})(?:v\d+)?(?:\.pdf)?/?(?:[?#].*)?",
    re.IGNORECASE | re.ASCII,
)
_VIDEO = re.compile(
    r"(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|embed/|live/|shorts/|v/)|youtu\.be/)(?P<id>[\w-]{6,})",
    re.ASCII,
)


def address_key(typed: str) -> tuple[str, str] | None:
    """Return the key of an address or of the number of a paper on arXiv, and a part that all spellings have; None if a text is neither.

    >>> address_key("https://www.example.org/Talk/?utm_source=x#top"), address_key("http://example.org/Talk")
    (('example.org/Talk', 'Talk'), ('example.org/Talk', 'Talk'))
    >>> address_key("https://youtu.be/hBMHohkRgAA?t=9"), address_key("https://m.youtube.com/watch?app=x&v=hBMHohkRgAA")
    (('youtube hBMHohkRgAA', 'hBMHohkRgAA'), ('youtube hBMHohkRgAA', 'hBMHohkRgAA'))
    >>> address_key("arXiv:2306.00978v2"), address_key("https://arxiv.org/pdf/2306.00978.pdf#page=2"), address_key("2306.00978")
    (('arxiv 2306.00978', '2306.00978'), ('arxiv 2306.00978', '2306.00978'), ('arxiv 2306.00978', '2306.00978'))
    >>> address_key("CI/CD"), address_key("node.js"), address_key("https://")
    (None, None, None)
    """
    text = typed.strip("<>").rstrip(".,;")
    if " " in text.removeprefix("arXiv: "):
        return None
    if number := _ARXIV.fullmatch(text):
        found = number["number"].lower()
        return f"arxiv {found}", found
    bare = re.sub("^https?://", "", text, flags=re.IGNORECASE)
    if video := _VIDEO.match(bare):
        return f"youtube {video['id']}", video["id"]
    try:
        parts = urlsplit(f"https://{bare}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if not re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", host) or (bare == text and not path):
        return None
    asked = urlencode([one for one in parse_qsl(parts.query) if not one[0].startswith("utm_")])
    return f"{host}{path}{'?' if asked else ''}{asked}", path.rpartition("/")[2] or host


class AddressBook:
    """The sessions of a catalogue by the keys of their links, and of their DOIs at arXiv.

    For the first few addresses, the records that have their text are read; then a list of all addresses is made.
    """

    def __init__(self, sessions: "Sessions") -> None:
        self._sessions = sessions
        self._asked = 0

    def docs(self, typed: str) -> list[int] | None:
        """Return the numbers of the sessions that have an address; None if a text is none."""
        key = address_key(typed)
        if key is None:
            return None
        self._asked += 1
        links = self._all if self._asked > FEW else _by_key(self._sessions.having_text(key[1]))
        found = links.get(key[0], [])
        part = typed.partition("#")[2]  # talks of one page may have their own places on it
        return [doc for doc, its in found if its == part] or list(dict.fromkeys(doc for doc, _ in found))

    @cached_property
    def _all(self) -> dict[str, list[tuple[int, str]]]:
        return _by_key(self._sessions.having_text(""))


def _by_key(links: Iterable[tuple[int, list[str]]]) -> dict[str, list[tuple[int, str]]]:
    """Return the sessions of each key, each with the part of its page that the address names."""
    found: dict[str, list[tuple[int, str]]] = {}
    for doc, values in links:
        for key, part in {(one[0], link.partition("#")[2]) for link in values if (one := address_key(link))}:
            found.setdefault(key, []).append((doc, part))
    return found


def is_surely_address(typed: str) -> bool:
    """Return whether a text can be nothing but an address or the number of a paper on arXiv.

    >>> [is_surely_address(text) for text in ("https://example.org/a", "arXiv:2306.00978", "2306.00978", "example.org/a")]
    [True, True, True, False]
    """
    key = address_key(typed)
    return key is not None and ("://" in typed or key[0].startswith("arxiv "))


def plain_address(typed: str) -> str:
    """Return an address as a message names it: that of a paper on arXiv for its number.

    >>> plain_address("arXiv:2306.00978"), plain_address("https://example.org/a")
    ('https://arxiv.org/abs/2306.00978', 'https://example.org/a')
    """
    key = address_key(typed)
    return f"https://arxiv.org/abs/{key[1]}" if key and key[0].startswith("arxiv ") else typed
