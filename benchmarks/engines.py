"""What an engine is, and how the text of queries and documents is taken apart for those that do not do it themselves."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from benchmarks.documents import Document

LATIN = re.compile(r"[^\W_぀-ヿ㐀-䶿一-鿿々]+")
JAPANESE = re.compile("[ぁ-ゟァ-ヺー㐀-䶿一-鿿々]+")


class Engine(Protocol):
    """A search engine over one set of documents that it keeps in a folder."""

    name: str

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index documents and leave in `folder`, which exists, all that `load` needs."""

    def load(self, folder: Path) -> None:
        """Get ready to search what `build` left there."""

    def search(self, query: str, k: int = 10) -> list[str]:
        """Return the ids of at most `k` documents, the likeliest first."""


def latin(text: str) -> list[str]:
    """Return the words of other scripts than Japanese, folded.

    >>> latin("TFX 継続的学習 on-device")
    ['tfx', 'on', 'device']
    """
    return [word.casefold() for word in LATIN.findall(text)]


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of each Japanese run; a run of one character is its own.

    >>> bigrams("TFX 継続的学習")
    ['継続', '続的', '的学', '学習']
    """
    return [run[i : i + 2] for run in JAPANESE.findall(text) for i in range(max(1, len(run) - 1))]
