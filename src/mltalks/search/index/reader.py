"""Reads the index: an SQLite database in memory or in a cache file, which `builder` writes.

Reads single values only: `sessions`, `vocabulary`, `thesaurus` and `facets` read the other tables.
"""

import json
import sqlite3
from copy import copy
from typing import Any

from mltalks.search.index.facets import Facets
from mltalks.search.index.sessions import Sessions
from mltalks.search.index.thesaurus import Thesaurus
from mltalks.search.index.vocabulary import LoadedVocabulary, Vocabulary


class Index:
    """One index, read table by table when something is asked for; a document is the number of a session, from 0."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.size = int(self.meta("size"))
        self.sessions = Sessions(db)
        self.vocabulary = Vocabulary(db)
        self.thesaurus = Thesaurus(db)
        self.facets = Facets(db, self.size)

    def loaded(self) -> tuple["Index", LoadedVocabulary]:
        """Return this index with all postings read at once, and its vocabulary (see `LoadedVocabulary`)."""
        index, vocabulary = copy(self), LoadedVocabulary(self._db)
        index.vocabulary = vocabulary
        return index, vocabulary

    def backup(self, into: sqlite3.Connection) -> None:
        """Copy the whole index into another database."""
        self._db.backup(into)

    def meta(self, name: str) -> str:
        """Return a value that is stored about the whole index, or "" without one."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def things(self, name: str) -> list[dict[str, Any]]:
        """Return all events, themes, organizations, members, tallies, decisions or keywords as they were loaded."""
        found: list[dict[str, Any]] = json.loads(self.meta(name))
        return found
