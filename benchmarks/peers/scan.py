"""Engines that compare the query with every document: rapidfuzz's ratios and the overlap of trigrams."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process, utils

from benchmarks.documents import Document, whole


class Scan:
    """What they share: ids and texts in one file, read whole."""

    name = "scan"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        texts = {one["id"]: utils.default_process(whole(one)) for one in documents}
        (folder / "texts.json").write_text(json.dumps(texts, ensure_ascii=False), "utf-8")

    def load(self, folder: Path) -> None:
        texts: dict[str, str] = json.loads((folder / "texts.json").read_text("utf-8"))
        self._ids = list(texts)
        self._texts = list(texts.values())


class Rapidfuzz(Scan):
    """The documents most like the query by one of rapidfuzz's ratios."""

    scorer: Callable[..., float]

    def search(self, query: str, k: int = 10) -> list[str]:
        best = process.extract(
            utils.default_process(query),
            self._texts,
            scorer=self.scorer,
            processor=None,
            limit=k,
            score_cutoff=1,
        )
        return [self._ids[number] for _, _, number in best]


class WRatio(Rapidfuzz):
    """rapidfuzz's default."""

    name = "rapidfuzz WRatio"
    scorer = staticmethod(fuzz.WRatio)


class PartialRatio(Rapidfuzz):
    """The best alignment of the query with a part of the document."""

    name = "rapidfuzz partial_ratio"
    scorer = staticmethod(fuzz.partial_ratio)


class TrigramOverlap(Scan):
    """The documents that have most of the query's trigrams, the shorter of equals first."""

    name = "trigram overlap"

    def load(self, folder: Path) -> None:
        import numpy as np  # not for rapidfuzz, whose memory is measured too
        from sklearn.feature_extraction.text import HashingVectorizer

        super().load(folder)
        self._trigrams = HashingVectorizer(
            analyzer="char_wb",
            ngram_range=(3, 3),
            binary=True,
            norm=None,
            alternate_sign=False,
            n_features=2**22,
        )
        table: Any = self._trigrams.transform(self._texts)
        self._lengths = np.diff(table.indptr)
        self._table: Any = table.tocsc()

    def search(self, query: str, k: int = 10) -> list[str]:
        asked = self._trigrams.transform([utils.default_process(query)]).indices
        shared = self._table[:, asked].sum(axis=1).A1
        best = (-shared * 1e6 + self._lengths).argsort(kind="stable")[:k]
        return [self._ids[number] for number in best if shared[number] > 0]
