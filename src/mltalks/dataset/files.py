"""The data files of a path, and the text of a file.

Does not parse the text; `toml` does.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mltalks.errors import DataError

if TYPE_CHECKING:
    from mltalks.problems import Problem


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


def read_text(path: Path) -> "str | Problem":
    """Return the text of a file in UTF-8, with or without a byte order mark, or why it cannot be read."""
    from mltalks.problems import Problem

    try:
        return decode(path, path.read_bytes())
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
