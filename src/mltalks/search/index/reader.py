"""Reads the index: an SQLite database in memory or in a cache file, which `indexing` writes.

Reads single values only: `sessions`, `vocabulary`, `thesaurus` and `facets` read the other tables.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from mltalks.search.index.database import Database
from mltalks.search.index.facets import Facets
from mltalks.search.index.postings import DocSet, doc_numbers, doc_set
from mltalks.search.index.sessions import Sessions
from mltalks.search.index.thesaurus import Thesaurus
from mltalks.search.index.vocabulary import LoadedVocabulary, Vocabulary


class Index:
    """One index, read table by table when something is asked for; a document is the number of a session, from 0.

    Numbers are below `size`; `free` ones, in order, are those of no session, and `count` is the number of sessions.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = Database(db)
        self.size = int(self.meta("size"))
        self.free: list[int] = json.loads(self.meta("free"))
        self.count = self.size - len(self.free)
        self.sessions = Sessions(self._db)
        self.vocabulary = Vocabulary(self._db)
        self.thesaurus = Thesaurus(self._db)
        self.facets = Facets(self._db, self.size)

    def loaded(self) -> tuple["Index", LoadedVocabulary]:
        """Return this index with all postings read at once, and its vocabulary (see `LoadedVocabulary`)."""
        from copy import copy  # 1 ms that a search need not pay

        index, vocabulary = copy(self), LoadedVocabulary(self._db)
        index.vocabulary = vocabulary
        return index, vocabulary

    def ids_below(self, layer: int) -> Iterator[str]:
        """Yield the ids of the sessions in the files of the layers before one, by its number."""
        for (keys,) in self._db.rows("SELECT keys FROM files WHERE layer < ? AND keys IS NOT NULL", (layer,)):
            for key in keys.split("\n"):
                table, _, name = key.partition("\t")
                if table == "sessions":
                    yield name

    @cached_property
    def everything(self) -> DocSet:
        """The set of all documents."""
        return ((1 << self.size) - 1) & ~doc_set(self.free, self.size)

    @cached_property
    def order(self) -> list[int]:
        """The documents in the order of the files; none if that is the order of their numbers."""
        order: list[int] = json.loads(self.meta("order"))
        return order

    @cached_property
    def _places(self) -> dict[int, int]:
        return {doc: at for at, doc in enumerate(self.order)}

    def place(self, doc: int) -> int:
        """Return a number by which documents are in the order of the files."""
        return self._places.get(doc, doc)

    def ordered(self, docs: DocSet) -> Iterable[int]:
        """Return the documents of a set in the order of the files."""
        numbers = doc_numbers(docs)
        return sorted(numbers, key=self.place) if self._places else numbers

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def meta(self, name: str) -> str:
        """Return a value that is stored about the whole index, or "" without one."""
        row = self._db.row("SELECT value FROM meta WHERE name = ?", (name,))
        return str(row[0]) if row else ""

    def things(self, name: str) -> list[dict[str, Any]]:
        """Return all events, themes, organizations, members, tallies, decisions or keywords as they were loaded."""
        found: list[dict[str, Any]] = json.loads(self.meta(name))
        return found
