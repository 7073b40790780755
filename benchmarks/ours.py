"""mltalks itself as one of the engines, whole or without one of its means."""

import os
import re
from collections.abc import Iterable, Set as AbstractSet
from pathlib import Path
from typing import Any

import mltalks
from benchmarks.documents import Document
from mltalks.errors import MltalksError

MEANS = ("terms", "sound", "fuzzy", "prefix", "compounds")


class Ours:
    """mltalks over the TOML files of a folder, with or without its shipped data."""

    def __init__(self, without: AbstractSet[str] = frozenset(), *, shipped: bool = False) -> None:
        self.name = f"mltalks without {', '.join(sorted(without))}" if without else "mltalks"
        self._shipped = shipped
        self._options: dict[str, Any] = {"without": without} if without else {}

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Do nothing: mltalks reads the TOML files; `mltalks index` compiles them."""

    def load(self, folder: Path) -> None:
        self._library = mltalks.open(folder, shipped=self._shipped, cache=os.environ.get("MLTALKS_CACHE"))
        self.search("latency", 1)

    def search(self, query: str, k: int = 10) -> list[str]:
        """Return ids; a query that mltalks takes for an error finds nothing.

        Raises:
            TypeError: this version of mltalks cannot leave out a means.

        """
        try:
            return [
                hit.session.id for hit in self._library.search(plain(query), limit=k, **self._options).hits
            ]
        except MltalksError:
            return []


def plain(query: str) -> str:
    """Return a query without anything that has a meaning of its own in mltalks' query language.

    >>> plain('not "this" year: AND -that')
    'not this year and that'
    """
    words = re.sub(r'["():：\\]', " ", query).split()
    return " ".join(word.lower() if word in ("AND", "OR", "NOT") else word.lstrip("-") for word in words)
