"""The engines that one could take instead, each used as its manual advises, over all text of the documents.

A peer is imported when it is asked for, so that the memory of one is not counted for another.
"""

from importlib import import_module

from benchmarks.engines import Engine

EMBEDDINGS = "sentence embeddings"
PEERS = {
    "bm25s": ("bm25", "BM25S"),
    "tantivy": ("tantivy_", "Tantivy"),
    "tantivy, one field": ("tantivy_", "TantivyOneField"),
    "FTS5 unicode61": ("fts5", "FTS5Unicode"),
    "FTS5 trigram": ("fts5", "FTS5Trigram"),
    "trigram overlap": ("scan", "TrigramOverlap"),
    "rapidfuzz WRatio": ("scan", "WRatio"),
    "rapidfuzz partial_ratio": ("scan", "PartialRatio"),
    EMBEDDINGS: ("embeddings", "SentenceEmbeddings"),
}


def peer(name: str) -> Engine:
    """Return the engine of PEERS of that name, with nothing built or loaded.

    Raises:
        ImportError: a package of the engine is not installed.

    """
    module, made = PEERS[name]
    engine: Engine = getattr(import_module(f"benchmarks.peers.{module}"), made)()
    return engine
