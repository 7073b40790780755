"""mltalks itself as one of the engines, whole or without one of its expansions."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

import mltalks
from benchmarks.documents import Document
from mltalks.errors import MltalksError
from mltalks.library import Library
from mltalks.search.expansion.candidate_finder import Without


class Ours:
    """mltalks over the TOML files of a folder, with or without its shipped data, or over a library."""

    def __init__(
        self, library: Library | None = None, without: Without | None = None, *, shipped: bool = False
    ) -> None:
        self.name = f"mltalks without {without}" if without else "mltalks"
        self._shipped = shipped
        self._without: tuple[Without, ...] = (without,) if without else ()
        if library:
            self._library = library

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Do nothing: mltalks reads the TOML files; `mltalks index` compiles them."""

    def load(self, folder: Path) -> None:
        self._library = mltalks.open(folder, shipped=self._shipped, cache=os.environ.get("MLTALKS_CACHE"))
        self.search("latency", 1)

    def without(self, expansion: Without) -> "Ours":
        """Return an engine over the same library and index that leaves out an expansion."""
        return Ours(self._library, expansion)

    def search(self, query: str, k: int = 10) -> list[str]:
        """Return ids; a query that mltalks takes for an error finds nothing."""
        try:
            hits = self._library.search(plain(query), k, self._without).hits
        except MltalksError:
            return []
        return [hit.session.id for hit in hits]


def plain(query: str) -> str:
    """Return a query without anything that has a meaning of its own in mltalks' query language.

    >>> plain('not "this" year: AND -that')
    'not this year and that'
    """
    words = re.sub(r'["():：\\]', " ", query).split()
    return " ".join(word.lower() if word in ("AND", "OR", "NOT") else word.lstrip("-") for word in words)
