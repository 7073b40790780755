"""Opens an index of data files as they are now: one of the cache, changed if need be, the shipped one, or a new one.

Does not write an index itself: the package `indexing` does.
"""

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from mltalks.search.index.cache import NEVER_CHANGED, Cache, Fill, connected
from mltalks.search.index.database import stored_value
from mltalks.search.index.fingerprint import (
    READINGS,
    SHIPPED,
    DataState,
    content_digest,
    data_state,
    file_state,
)

if TYPE_CHECKING:
    from mltalks.dataset.model import Theme

Progress = Callable[[int, int], None]


class IndexOpener(NamedTuple):
    """What an index is made of, where it is kept, and what shows how much of it is done."""

    version: str
    paths: Sequence[Path]
    layers: Sequence[Sequence[Path]]
    tree: Path | None
    cache: Cache | None
    show_progress: Callable[[], AbstractContextManager[Progress | None]]
    own: int | None = None  # the number of the layer of the user data

    def opened(self) -> tuple[sqlite3.Connection, bool]:
        """Return a database whose index is one of the files as they are now, and whether it was there before.

        Raises DataError: a file cannot be read or holds a record that is not valid.
        """
        state = self._state()
        if state is not None:
            for where in (self._noted, self._cached, self._shipped):
                with suppress(Exception):  # a damaged index may raise any; then another one is taken or made
                    db = where(state)
                    if db is not None:
                        return db, where != self._shipped
        db = self._filled(lambda new: self._fill(new, state), kept=state is not None)
        db.execute("BEGIN")  # what is read is of one moment
        return db, False

    def indexed(self) -> Mapping[str, str]:
        """Return the files that the index which is there is of: the state of each, by path."""
        state = self._state()
        if state is not None and self._is_noted(state):
            return {path: now for (_, path), now in state.files.items()}
        db = self.cache.connect() if self.cache else None
        if db is not None:
            with closing(db), suppress(sqlite3.Error):
                return dict(db.execute("SELECT path, state FROM files"))
        return {}

    def in_memory(self) -> sqlite3.Connection:
        """Return a database in memory with a new index of all data.

        Raises DataError: as `opened`.
        """
        db = _in_memory()
        self._fill(db, self._state())
        return db

    def rebuilt(self, cache: Cache) -> sqlite3.Connection:
        """Write a new index of all data into a cache, and return its database.

        Raises DataError: as `opened`.
        Raises OSError: the cache cannot be written.
        """
        state = self._state()
        return cache.write(lambda db: self._fill(db, state))

    def _fill(self, db: sqlite3.Connection, state: DataState | None) -> None:
        """Write a new index of all data, which had a state before they are read, into an empty database."""
        from mltalks.dataset.loader import load
        from mltalks.search.indexing.builder import compile_index
        from mltalks.search.indexing.refresh import write_files

        with self.show_progress() as progress:
            data = load(self.layers, self._themes(), () if self.own is None else self.layers[self.own])
            data.records.clear()  # half of the memory
            readings = "".join(
                file.read_text(encoding="utf-8", errors="replace") for file in self._readings()
            )
            compile_index(data, db, progress, readings)
        if state is not None:
            records = {
                (layer, os.path.abspath(path)): some  # noqa: PTH100 - links stay
                for (layer, path), some in data.files.items()
            }
            write_files(records, state.files, db)
            _note_state(db, state)

    def _state(self) -> DataState | None:
        """Return the state of all files; None if one does not exist, which is an error when it is read."""
        with suppress(OSError):
            others = [*self._readings(), *([self.tree] if self.tree else [])]
            return data_state(self.version, self.layers, others)
        return None

    def _readings(self) -> list[Path]:
        return [path / READINGS for path in self.paths if os.path.isfile(path / READINGS)]  # noqa: PTH113 - never raises

    def _themes(self) -> "Sequence[Theme] | None":
        if self.tree is None:
            return None
        from mltalks.taxonomy.load import load_tree

        return load_tree(self.tree)

    def _filled(self, fill: Fill, *, kept: bool) -> sqlite3.Connection:
        """Return a database that `fill` has filled, in the cache if it is to be kept and can be."""
        if kept and self.cache is not None:
            with suppress(OSError):
                return self.cache.write(fill)
        db = _in_memory()
        fill(db)
        return db

    def _copied(self, file: Path, source: sqlite3.Connection) -> sqlite3.Connection:
        """Return a copy of the database of a file, in the cache if it can be."""
        if self.cache is not None:
            with suppress(OSError):
                return self.cache.copy(file)
        db = _in_memory()
        source.backup(db)
        return db

    def _cached(self, state: DataState) -> sqlite3.Connection | None:
        db = self.cache.connect() if self.cache else None
        return None if db is None else self._refreshed(db, state)

    @property
    def _shipped_file(self) -> Path:
        """The index that comes with the first folder of data, if there is one."""
        return self.paths[0] / SHIPPED if self.paths else Path()

    def _note(self, state: DataState) -> str:
        """Return the note that the shipped index is one of the code and of all data as they are now."""
        checked = f"{state.fingerprint}\0{file_state(self._shipped_file)}"
        return f"shipped {crc32(checked.encode('utf-8', 'surrogateescape')):08x}"

    def _is_noted(self, state: DataState) -> bool:
        with suppress(OSError):
            return self.cache is not None and self.cache.has_note(self._note(state))
        return False

    def _noted(self, state: DataState) -> sqlite3.Connection | None:
        """Return the database of the shipped index if a note says that it is one of the data as they are now."""
        return connected(self._shipped_file, NEVER_CHANGED) if self._is_noted(state) else None

    def _shipped(self, state: DataState) -> sqlite3.Connection | None:
        """Return a database with the index that comes with the first folder of data: that itself, or a copy to which other data are added."""
        file = self._shipped_file
        if self.tree or not os.path.isfile(file):  # noqa: PTH113 - never raises
            return None
        of_folder = [*self.layers[0], *(one for one in self._readings() if one.parent == self.paths[0])]
        source = connected(file, NEVER_CHANGED)
        if stored_value(source, "content") != content_digest(self.version, of_folder):
            source.close()
            return None
        first = state.of_first_layer()
        if first == state:
            with suppress(OSError):
                if self.cache is not None:
                    self.cache.note(self._note(state))
            return source
        with closing(source):
            db = self._copied(file, source)
        db.execute("BEGIN IMMEDIATE")
        for number, ((_, path), now) in enumerate(first.files.items()):
            db.execute("UPDATE files SET path = ?, state = ? WHERE number = ?", (path, now, number))
        _note_state(db, first)
        db.execute("COMMIT")
        return self._refreshed(db, state)

    def _refreshed(self, db: sqlite3.Connection, state: DataState) -> sqlite3.Connection | None:
        """Return a database after its index has been changed, if need be; None if that cannot be.

        What is read from it is then of one moment.
        """
        db.execute("BEGIN")
        if stored_value(db, "fingerprint") == state.fingerprint:
            return db
        same_basis = stored_value(db, "basis") == state.basis
        db.execute("ROLLBACK")
        if same_basis:
            try:
                done = self._refresh(db, state)
            except (
                sqlite3.OperationalError
            ):  # it is read-only, the disk is full, or another writer takes too long
                copy = _in_memory()
                db.rollback()
                db.backup(copy)
                db.close()
                db = copy
                done = self._refresh(db, state)
            if done:
                return db
        db.close()
        return None

    def _refresh(self, db: sqlite3.Connection, state: DataState) -> bool:
        from mltalks.search.indexing.refresh import refresh

        db.execute("BEGIN IMMEDIATE")
        if stored_value(db, "fingerprint") != state.fingerprint:  # no other writer has done it
            with self.show_progress() as progress:
                if not refresh(db, state.files, progress, own_tree=self.tree is not None, own=self.own):
                    return False
            _note_state(db, state)
        db.execute("COMMIT")
        db.execute("BEGIN")  # if another process has changed it since, what is read is later than `state`
        return True


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def _note_state(db: sqlite3.Connection, state: DataState) -> None:
    rows = (("basis", state.basis), ("fingerprint", state.fingerprint))
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
