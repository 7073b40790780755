"""The index in the user's cache: used if it is up to date, written to a temporary file and renamed, never required.

Does not depend on the content of an index: `builder` writes it and `reader` reads it.
"""

import os
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from mltalks.search.index.reader import Index

Progress = Callable[[int, int], None]
MAKERS = ("dataset", "search/index", "taxonomy", "taxonomy/skos", "text")  # the packages that make an index
KEPT = 30 * 86_400  # seconds after its last use until an index is removed
_NAMES = r"index-[0-9a-f]{8}\.(sqlite|[0-9]+(\.[0-9a-f]+)?\.tmp)"
_HEADER = 100  # bytes of an SQLite file with its page size and count: https://www.sqlite.org/fileformat.html


def fingerprint(version: str, files: Sequence[Path], tree: Path | None = None) -> str:
    """Return the state of the code and of the files: version, digest of modules, and path, size and time of each file.

    `tree` is the file of the theme tree, if it is not among the others.

    Raises OSError: a file does not exist.
    """
    lines = [version, _code()]
    if tree is not None:
        lines.append("themes")
        files = (tree, *files)
    for file in files:
        state = file.stat()
        lines.append(f"{os.path.abspath(file)}\0{state.st_size}\0{state.st_mtime_ns}")  # noqa: PTH100 - links stay
    return "\n".join(lines).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _code() -> str:
    """Return a digest of all modules that make an index, and of the word vectors, by name, size and time of change."""
    source = Path(__file__).parents[2]
    modules = sorted(
        f"{package}/{module.name} {module.stat().st_size} {module.stat().st_mtime_ns}"
        for package in MAKERS
        for module in os.scandir(source / package)
        if module.name.endswith((".py", ".tsv"))
    )
    return f"{crc32(' '.join(modules).encode()):08x}"


class Cache:
    """The index of one set of data files in the folder of the cache."""

    def __init__(self, folder: Path, layers: Sequence[Path], tree: Path | None = None) -> None:
        """Take the folder of the cache, the indexed paths in their order, and the file of the theme tree."""
        named = "\0".join(map(os.path.abspath, layers))
        if tree is not None:
            named += f"\0\0{os.path.abspath(tree)}"  # noqa: PTH100 - links stay
        number = crc32(named.encode("utf-8", "surrogateescape"))
        self.file = folder / f"index-{number:08x}.sqlite"

    def open(self, state: str) -> Index | None:
        """Return the index if there is a complete one of the fingerprint `state`, else None."""
        try:
            if not _is_whole(self.file):
                return None
            db = sqlite3.connect(
                f"{self.file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except (OSError, sqlite3.Error, ValueError):
            return None
        try:
            index = Index(db)
            if index.meta("fingerprint") == state:
                self._note_use()
                return index
        except (OSError, sqlite3.Error, TypeError, ValueError):
            pass
        db.close()
        return None

    def write(self, state: str, fill: Callable[[sqlite3.Connection], None]) -> None:
        """Write an index, which `fill` puts into an empty database; others see the old one until it is complete.

        `state` is the fingerprint that the files had when they were read, or before.

        Raises OSError: the folder cannot be created or written, or the disk is full.
        """
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_suffix(f".{os.getpid()}.{os.urandom(4).hex()}.tmp")
        try:
            db = sqlite3.connect(beside, isolation_level=None)
            try:
                db.executescript(
                    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;"
                )
                fill(db)
                db.execute("INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?)", (state,))
            finally:
                db.close()
            with beside.open("rb") as written:
                os.fsync(written.fileno())
            beside.replace(self.file)
            self._drop_unused()
        except sqlite3.Error as error:
            raise OSError(None, str(error)) from error
        finally:
            beside.unlink(missing_ok=True)

    def clear(self) -> list[Path]:
        """Remove all indexes of the folder, also the temporary files of killed processes; return the removed files.

        Raises OSError: one cannot be removed.
        """
        found = sorted(file for file in self.file.parent.glob("index-*") if re.fullmatch(_NAMES, file.name))
        for file in found:
            file.unlink(missing_ok=True)
        return found

    def drop(self) -> bool:
        """Remove this index, which is damaged; return whether that was possible."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)
            return True
        return False

    def _note_use(self) -> None:
        """Set the time of the file to that of its last use, to the day."""
        if time.time() - self.file.stat().st_mtime > 86_400:
            with suppress(OSError):
                os.utime(self.file)

    def _drop_unused(self) -> None:
        """Remove the indexes of the folder that were last used long ago; open readers keep their file."""
        with suppress(OSError):
            for file in self.file.parent.glob("index-*.sqlite"):
                if re.fullmatch(_NAMES, file.name) and time.time() - file.stat().st_mtime > KEPT:
                    file.unlink(missing_ok=True)


def _is_whole(file: Path) -> bool:
    """Return whether an SQLite file has the length that its header states."""
    with file.open("rb") as opened:
        head = opened.read(_HEADER)
    if len(head) < _HEADER or not head.startswith(b"SQLite format 3\0"):
        return False
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    return file.stat().st_size == (65536 if page == 1 else page) * pages
