"""Two engines as one, by the ranks that both give. Does not index or load anything."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.documents import Document
from benchmarks.engines import Engine

READ = 100  # results of each engine
CONSTANT = 60  # of the paper


class Fusion:
    """Reciprocal rank fusion: the sum of 1 / (60 + rank) over loaded engines (Cormack, Clarke and Büttcher, SIGIR 2009)."""

    def __init__(self, name: str, *engines: Engine) -> None:
        self.name = name
        self._engines = engines

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Do nothing: the engines are built already."""

    def load(self, folder: Path) -> None:
        """Do nothing: the engines are loaded already."""

    def search(self, query: str, k: int = 10) -> list[str]:
        scores: dict[str, float] = {}
        for engine in self._engines:
            for rank, found in enumerate(engine.search(query, READ), 1):
                scores[found] = scores.get(found, 0) + 1 / (CONSTANT + rank)
        return sorted(scores, key=scores.__getitem__, reverse=True)[:k]
