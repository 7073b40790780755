"""Writes a file whole or not at all: a reader sees the old content or the new one.

Does not depend on the content and does not lock.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mltalks.errors import MltalksError


def put_in_place(file: Path, fill: Callable[[Path], object]) -> None:
    """Call `fill` to write a temporary file in the same folder, sync it, then rename it to `file`.

    Raises OSError: it cannot be written; the old file stays.
    """
    file = file.resolve()
    temporary = beside(file)
    try:
        fill(temporary)
        with temporary.open("rb+") as opened:
            os.fsync(opened.fileno())
        if file.exists():
            temporary.chmod(file.stat().st_mode)
        temporary.replace(file)
        with suppress(OSError):  # some systems cannot sync a folder
            _sync_folder(file.parent)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def save(file: Path, fill: Callable[[Path], object], *, force: bool) -> None:
    """Call `fill` with a temporary file and rename that to `file`; an existing file is overwritten only with `force`.

    A pipe or a device is filled directly.

    Raises MltalksError: the file is there already, or cannot be written.
    """
    try:
        if file.exists() and not file.is_file():
            fill(file)
            return
        if file.exists() and not force:
            raise MltalksError("{path} already exists; use --force to overwrite it", path=str(file)[:200])
        put_in_place(file.resolve(), fill)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MltalksError("cannot write: {reason}", reason=f"{str(file)[:200]}: {reason}") from None


def beside(file: Path) -> Path:
    """Return a new temporary name in the folder of a file."""
    return file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
