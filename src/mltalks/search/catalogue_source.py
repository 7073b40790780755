"""Opens the catalogue of data files.

Does not read or write an index or a cache file itself: `index_opener` does.
"""

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Self, TypeVar

from mltalks.dataset.files import files_of
from mltalks.errors import MltalksError, is_damage
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.index.cache import Cache
from mltalks.search.index.fingerprint import file_state
from mltalks.search.index.reader import Index
from mltalks.search.index_opener import IndexOpener, Progress

T = TypeVar("T")
_UNLOADED = (
    "records of yours that are ignored, or in part, because the file that has their talk, event or theme is not loaded here "
    "(--data, or the mltalks.toml of a project): {count}; 'mltalks validate' lists them"
)


class CatalogueSource:
    """Data files with the catalogue that is made of them."""

    def __init__(
        self,
        version: str,
        paths: Sequence[Path],
        cache: Path | None = None,
        themes: Path | None = None,
        own: Path | None = None,
        *,
        shipped: bool = True,
    ) -> None:
        """Take the version of mltalks, files or folders of TOML files, and the folder of the cache.

        Later files override earlier ones; the theme tree of the file `themes`, TOML or SKOS, replaces theirs. `own` is the one of
        the paths that has the user's data: a record there may belong to a file that is not loaded. `shipped`: the first path has
        the shipped data.
        """
        self._version = version
        self.paths = tuple(paths)
        self._tree = themes
        self._cache = Cache(cache, version, self.paths, themes) if cache else None
        self._own = self.paths.index(own) if own in self.paths else None
        self._first_own = int(shipped)
        self.from_cache = False
        # Shows, while an index is made or changed, the number of sessions done and that of all.
        self.show_progress: Callable[[], AbstractContextManager[Progress | None]] = nullcontext

    @property
    def files(self) -> tuple[tuple[Path, ...], ...]:
        """The files of each layer, as they are now.

        Raises DataError: a folder without TOML files.
        """
        return tuple(map(files_of, self.paths))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue: from the cached index, changed if need be, else from the files.

        Raises DataError: a file cannot be read or holds a record that is not valid.
        """
        self._states = self._file_states()
        db, self.from_cache = self._opener.opened()
        return Catalogue(Index(db), self._first_own)

    def notices(self) -> tuple[Message, ...]:
        """Return what a reader of the open catalogue should know: how many records of the user were left out."""
        unloaded = self.catalogue.unloaded if "catalogue" in self.__dict__ else ()
        return (Message(_UNLOADED, {"count": len(unloaded)}),) if unloaded else ()

    def close(self) -> None:
        """Close the index; what results read on demand must be read before. The next call opens it again."""
        catalogue = self.__dict__.pop("catalogue", None)
        if catalogue is not None:
            catalogue.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def is_current(self) -> bool:
        """Return whether the data files are as they were when the catalogue was opened."""
        return "catalogue" in self.__dict__ and self._states == self._file_states()

    def _file_states(self) -> dict[Path, str]:
        """Return the states of all files; without those that do not exist."""
        found = {}
        with suppress(OSError, MltalksError):
            for file in (*chain.from_iterable(self.files), *([self._tree] if self._tree else [])):
                found[file] = file_state(file)
        return found

    def is_indexed(self, file: Path) -> bool:
        """Return whether a file is as it was when the cached index was made or changed, so that all in it is valid."""
        with suppress(OSError):
            return self._indexed.get(os.path.abspath(file)) == file_state(file)  # noqa: PTH100 - links stay
        return False

    @cached_property
    def _indexed(self) -> Mapping[str, str]:
        """The states of the files of the cached index by path."""
        return self._opener.indexed()

    @property
    def _opener(self) -> IndexOpener:
        return IndexOpener(
            self._version, self.paths, self.files, self._tree, self._cache, self.show_progress, self._own
        )

    def compile(self) -> Path:
        """Build a new index, write it into the cache and return its file.

        Raises DataError: the data cannot be used.
        Raises MltalksError: there is no cache, or it cannot be written; an index that was there stays as it was.
        """
        if self._cache is None:
            raise MltalksError("cannot write: {reason}", reason="no cache folder")
        self._states = self._file_states()
        try:
            db = self._opener.rebuilt(self._cache)
        except OSError as error:
            raise MltalksError(
                "cannot write: {reason}", reason=f"{self._cache.pointer.parent}: {error.strerror}"
            ) from None
        self.__dict__["catalogue"] = Catalogue(Index(db), self._first_own)
        return self._cache.file or self._cache.pointer

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
            if not is_damage(error):
                raise
            self.__dict__["catalogue"] = Catalogue(Index(self._opener.in_memory()), self._first_own)
            self.from_cache = False
            return function(self.catalogue)
