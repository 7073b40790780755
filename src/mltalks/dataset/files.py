"""The data files of a path, and the text of a file.

Does not parse the text; `toml` does.
"""

import errno
import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO, TYPE_CHECKING

from mltalks.errors import DataError

if TYPE_CHECKING:
    from mltalks.problems import Problem

# What a shell hands over, as <(command) does; and what is empty.
_HANDED_OVER = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin", os.devnull)


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the TOML files of a path: the file itself, or those in the folder, by name.

    Raises DataError: the folder holds no TOML file.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - never raises: a name may be too long for the file system
        return (path,)
    found = tuple(sorted(path.glob("*.toml")))
    if not found:
        from mltalks.problems import Problem

        raise DataError([Problem.of(path, "this folder has no TOML file")])
    return found


def opened(path: Path) -> IO[bytes]:
    """Open a file for reading, but no pipe or device that another program does not hand over: it may never end.

    Raises OSError: it cannot be opened, or is no regular file.
    """
    if not str(path).startswith(_HANDED_OVER):
        mode = path.stat().st_mode
        if not S_ISREG(mode) and not S_ISDIR(mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
    return path.open("rb")


def content_of(path: Path) -> bytes:
    """Return the content of a file (see `opened`).

    Raises OSError: it cannot be read, or is no regular file.
    """
    with opened(path) as file:
        return file.read()


def read_text(path: Path) -> "str | Problem":
    """Return the text of a file in UTF-8, with or without a byte order mark, or why it cannot be read."""
    from mltalks.problems import Problem

    try:
        return decode(path, content_of(path))
    except OSError as error:
        return Problem.unreadable(path, error)


def decode(path: Path, content: bytes, encoding: str = "utf-8-sig") -> "str | Problem":
    """Return the content of a file as text, or the problem that it is not UTF-8."""
    from mltalks.problems import Problem

    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem.of(path, "not UTF-8 text; save the file as UTF-8", line)
