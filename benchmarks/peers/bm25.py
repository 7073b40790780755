"""bm25s: BM25 over whole words, Japanese by pairs of characters."""

import json
from collections.abc import Iterable
from pathlib import Path

import bm25s

from benchmarks.documents import Document, whole
from benchmarks.engines import bigrams, latin


class BM25S:
    """BM25 with the constants that bm25s sets; no stop words are taken out, since a title may consist of them."""

    name = "bm25s"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        ids: list[str] = []
        tokens: list[list[str]] = []
        for one in documents:
            text = whole(one)
            ids.append(one["id"])
            tokens.append(latin(text) + bigrams(text))
        engine = bm25s.BM25()
        engine.index(tokens, show_progress=False)
        engine.save(str(folder), show_progress=False)
        (folder / "ids.json").write_text(json.dumps(ids), "utf-8")

    def load(self, folder: Path) -> None:
        self._ids: list[str] = json.loads((folder / "ids.json").read_text("utf-8"))
        self._engine = bm25s.BM25.load(str(folder))

    def search(self, query: str, k: int = 10) -> list[str]:
        tokens = [token for token in latin(query) + bigrams(query) if token in self._engine.vocab_dict]
        if not tokens:
            return []
        numbers, scores = self._engine.retrieve([tokens], k=min(k, len(self._ids)), show_progress=False)
        return [self._ids[n] for n, score in zip(numbers[0], scores[0], strict=True) if score > 0]
