"""The index in the user's cache: a database that is changed in place while others read it, and never required.

Does not depend on the content of an index: `indexing` writes it and `reader` reads it.

The file `index-NUMBER` of a set of data files has the name of its database. Another database is put in its place whole. If the index
that comes with the data is read where it is, the file has a note of what was found to be right.
"""

import os
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from zlib import crc32

KEPT = 30 * 86_400  # seconds after its last use until an index is removed
LEFT = 3_600  # seconds until a file that no index uses is removed: a running process may be writing it
NEVER_CHANGED = "mode=ro&immutable=1"  # how SQLite opens a file that nobody changes
PATIENCE = 5.0  # seconds that a writer waits for another one
_NAMES = r"index-[0-9a-f]{8}(-[0-9a-f]{8}\.(sqlite|tmp)(-wal|-shm|-journal)?)?"
Fill = Callable[[sqlite3.Connection], None]


class Cache:
    """The index of one set of data files in the folder of the cache."""

    def __init__(self, folder: Path, version: str, layers: Sequence[Path], tree: Path | None = None) -> None:
        """Take the folder of the cache, the version of mltalks, the indexed paths in their order, and the file of the theme tree."""
        named = "\0".join((version, *map(os.path.abspath, layers)))
        if tree is not None:
            named += f"\0\0{os.path.abspath(tree)}"  # noqa: PTH100 - links stay
        number = crc32(named.encode("utf-8", "surrogateescape"))
        self.pointer = folder / f"index-{number:08x}"

    @property
    def file(self) -> Path | None:
        """The file of the database, if there is one."""
        with suppress(OSError, ValueError):
            name = self.pointer.read_text(encoding="ascii")
            if re.fullmatch(_NAMES, name):
                return self.pointer.with_name(name)
        return None

    def connect(self) -> sqlite3.Connection | None:
        """Return the database; None if there is none that can be read."""
        for _ in range(3):  # another database may have been put in its place
            file = self.file
            if file is None:
                return None
            for options in ("mode=rw", *(() if _has_log(file) else (NEVER_CHANGED,))):
                with suppress(sqlite3.Error, OSError, ValueError):
                    db = connected(file, options)
                    if self.file == file:  # else its log may have been removed before it was read
                        self._note_use()
                        return db
                    db.close()
        return None

    def write(self, fill: Fill) -> sqlite3.Connection:
        """Write a database and return it: `fill` is given a new one; others see the old one until it is complete.

        Raises OSError: the folder cannot be created or written, or the disk is full.
        """
        return self._replaced(lambda beside: write_database(beside, fill))

    def copy(self, source: Path) -> sqlite3.Connection:
        """Write a copy of a database that nobody changes, and return it.

        Raises OSError: as `write`, or the database cannot be read.
        """
        return self._replaced(lambda beside: beside.write_bytes(source.read_bytes()))

    def note(self, text: str) -> None:
        """Write a note in the place of a database.

        Raises OSError: as `write`.
        """
        beside = self._beside()
        try:
            self._point(text, beside)
        finally:
            with suppress(OSError):
                _remove(beside)

    def has_note(self, text: str) -> bool:
        """Return whether a note is there in the place of a database, and keep it as in use."""
        with suppress(OSError, ValueError):
            if self.pointer.read_text(encoding="ascii") == text:
                self._note_use()
                return True
        return False

    def _replaced(self, make: Callable[[Path], object]) -> sqlite3.Connection:
        """Put the database that `make` writes into a file in the place of the present one, and return it."""
        beside = self._beside()
        file = beside.with_suffix(".sqlite")
        try:
            make(beside)
            with beside.open("rb") as written:
                os.fsync(written.fileno())
            beside.replace(file)
            self._point(file.name, beside)
            return connected(file, "mode=rw")
        except sqlite3.Error as error:
            raise OSError(None, str(error)) from error
        finally:
            with suppress(OSError):
                _remove(beside)

    def _beside(self) -> Path:
        """Return the path of a new temporary file in the folder, which is created if need be."""
        self.pointer.parent.mkdir(parents=True, exist_ok=True)
        return self.pointer.with_name(f"{self.pointer.name}-{os.urandom(4).hex()}.tmp")

    def _point(self, text: str, beside: Path) -> None:
        """Make a text the content of the pointer, by way of a temporary file, and remove the database of the old one."""
        old = self.file
        beside.write_text(text, encoding="ascii")
        if self.pointer.is_dir():
            _remove(self.pointer)
        beside.replace(self.pointer)
        if old is not None:
            _remove(old)
        self._drop_unused()

    def clear(self) -> list[Path]:
        """Remove all indexes of the folder, also the temporary files of killed processes; return the removed databases.

        Raises OSError: one cannot be removed.
        """
        found = sorted(
            file for file in self.pointer.parent.glob("index-*") if re.fullmatch(_NAMES, file.name)
        )
        for file in found:
            _remove(file)
        return [file for file in found if file.suffix in (".sqlite", ".tmp")]

    def drop(self) -> bool:
        """Remove this index, which is damaged; return whether that was possible."""
        with suppress(OSError):
            file = self.file
            _remove(self.pointer)
            if file is not None:
                _remove(file)
            return True
        return False

    def _note_use(self) -> None:
        """Set the time of the pointer to that of its last use, to the day."""
        if time.time() - self.pointer.stat().st_mtime > 86_400:
            with suppress(OSError):
                os.utime(self.pointer)

    def _drop_unused(self) -> None:
        """Remove the indexes that were last used long ago, and what killed processes left; open readers keep their file."""
        now, used = time.time(), set[str]()
        names = (file for file in self.pointer.parent.glob("index-*") if re.fullmatch(_NAMES, file.name))
        for file in sorted(names, key=lambda file: "." in file.name):  # pointers first
            with suppress(OSError):
                age = now - file.stat().st_mtime
                if "." not in file.name and age < KEPT:
                    used.add(file.read_text(encoding="ascii", errors="replace"))
                elif age > LEFT and file.name.removesuffix("-wal").removesuffix("-shm") not in used:
                    _remove(file)


def write_database(file: Path, fill: Fill) -> None:
    """Write a database into a new file: `fill` is given it empty."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.executescript("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        fill(db)
        db.execute("PRAGMA journal_mode = WAL")


def connected(file: Path, options: str) -> sqlite3.Connection:
    """Return the database of a file, that has been read from, with options of SQLite's URI (`mode=ro`).

    Raises sqlite3.Error: it cannot be read.
    """
    db = sqlite3.connect(
        f"{file.absolute().as_uri()}?{options}",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        timeout=PATIENCE,
    )
    try:
        db.execute("SELECT 1 FROM meta LIMIT 1").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db


def _has_log(file: Path) -> bool:
    """Return whether a database has changes that are not in its file yet."""
    with suppress(OSError):
        return file.with_name(f"{file.name}-wal").stat().st_size > 0
    return False


def _remove(file: Path) -> None:
    """Remove a file, also a database with its log, or what else has its name."""
    for one in (file, *(file.with_name(file.name + more) for more in ("-wal", "-shm", "-journal"))):
        if one.is_dir() and not one.is_symlink():
            from shutil import rmtree

            rmtree(one)
        else:
            one.unlink(missing_ok=True)
