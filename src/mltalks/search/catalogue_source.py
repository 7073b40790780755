"""Opens the catalogue of data files: from an index in the cache when that is up to date, else from the files.

Does not read or write an index or a cache file itself: the package `index` does.
"""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mltalks.dataset.files import files_of
from mltalks.errors import MltalksError, is_damage
from mltalks.search.catalogue import Catalogue
from mltalks.search.index.cache import Cache, fingerprint
from mltalks.search.index.reader import Index

if TYPE_CHECKING:
    from mltalks.search.index.cache import Progress

READINGS = "readings.tsv"
T = TypeVar("T")


class CatalogueSource:
    """Data files with the catalogue that is made of them."""

    def __init__(
        self, version: str, paths: Sequence[Path], cache: Path | None = None, themes: Path | None = None
    ) -> None:
        """Take the version of mltalks, files or folders of TOML files, and the folder of the cache.

        Later files override earlier ones; the theme tree of the file `themes`, TOML or SKOS, replaces theirs.
        """
        self._version = version
        self.paths = tuple(paths)
        self._tree = themes
        self._cache = Cache(cache, self.paths, themes) if cache else None
        self._state = ""
        self.from_cache = False

    @cached_property
    def files(self) -> tuple[tuple[Path, ...], ...]:
        """The files of each layer.

        Raises DataError: a folder without TOML files.
        """
        return tuple(map(files_of, self.paths))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue: from the cached index when that is up to date, else from the files.

        Raises DataError: a file cannot be read or holds a record that is not valid.
        """
        self._state = self._fingerprint()
        compiled = self._cache.open(self._state) if self._cache and self._state else None
        self.from_cache = compiled is not None
        return Catalogue(compiled or self._in_memory())

    @cached_property
    def _readings(self) -> tuple[Path, ...]:
        """The readings of Japanese words in folders of data, if there are any."""
        return tuple(path / READINGS for path in self.paths if os.path.isfile(path / READINGS))  # noqa: PTH113 - never raises

    def _fingerprint(self) -> str:
        """Return the fingerprint of the files; "" when one does not exist, which is an error when it is read."""
        with suppress(OSError):
            files = [file for layer in (*self.files, self._readings) for file in layer]
            return fingerprint(self._version, files, self._tree)
        return ""

    def _in_memory(self) -> Index:
        db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._compile(db, None)
        return Index(db)

    def _compile(self, db: sqlite3.Connection, progress: "Progress | None") -> None:
        from mltalks.dataset.loader import load
        from mltalks.search.index.builder import compile_index
        from mltalks.search.index.documents import Documents

        themes = None
        if self._tree is not None:
            from mltalks.taxonomy.load import load_tree

            themes = load_tree(self._tree)
        readings = "".join(file.read_text(encoding="utf-8", errors="replace") for file in self._readings)
        compile_index(Documents(load(self.files, themes)), db, progress, readings)

    def compile(self, progress: "Progress | None" = None) -> Path:
        """Compile the index, write it into the cache and return its file.

        `progress` is called with the number of sessions done and that of all.

        Raises DataError: the data cannot be used.
        Raises MltalksError: there is no cache, or it cannot be written; an index that was there stays as it was.
        """
        if self._cache is None:
            raise MltalksError("cannot write: {reason}", reason="no cache folder")
        try:
            self._cache.write(self._fingerprint(), lambda db: self._compile(db, progress))
        except OSError as error:
            raise MltalksError(
                "cannot write: {reason}", reason=f"{self._cache.file.parent}: {error.strerror}"
            ) from None
        return self._cache.file

    def keep(self) -> None:
        """Write an index that was made from the files into the cache, if that can be written."""
        if self._cache is not None and self._state and not self.from_cache:
            with suppress(OSError):
                self._cache.write(self._state, self.catalogue.index.backup)

    def clear_cache(self) -> list[Path]:
        """Remove all compiled indexes of the cache and return their files.

        Raises MltalksError: one cannot be removed.
        """
        try:
            return self._cache.clear() if self._cache else []
        except OSError as error:
            raise MltalksError(
                "cannot write: {reason}", reason=f"{error.filename}: {error.strerror}"
            ) from None

    def drop_compiled(self) -> bool:
        """Remove the cached index that was read, which is damaged; return whether one was read and is removed."""
        return self._cache is not None and self.from_cache and self._cache.drop()

    def evaluate(self, function: Callable[[Catalogue], T]) -> T:
        """Return the result of a function of the catalogue; if the cached index is damaged, call it again on the files."""
        try:
            return function(self.catalogue)
        except sqlite3.DatabaseError as error:
            if not self.from_cache or not is_damage(error):
                raise
            self.__dict__["catalogue"] = Catalogue(self._in_memory())
            self.from_cache = False
            return function(self.catalogue)
