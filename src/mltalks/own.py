"""A person's own files: changed whole or not at all, with comments and order kept.

Writes TOML only; what is written and where is told by who calls.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mltalks.errors import DataError, MltalksError
from mltalks.messages import Message
from mltalks.problems import Problem

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

T = TypeVar("T")


def change(file: Path, how: "Callable[[TOMLDocument], T]") -> T:
    """Change a TOML file, made if it is not there, and return what the change returns; writers wait for one another.

    Raises:
        DataError: the file cannot be read as TOML; it stays as it is.
        MltalksError: it cannot be written; it stays as it is.

    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(file):
            document = _read(file)
            result = how(document)
            replace(file, document.as_string())
            return result
    except OSError as error:
        reason = f"{error.filename or file}: {error.strerror}"
        raise MltalksError("cannot write: {reason}", reason=reason) from None


def replace(file: Path, text: str) -> None:
    """Write a file anew: beside, to the disk, then in its place, so that a reader sees the old or the new one whole.

    Raises:
        OSError: it cannot be written; the old one stays.

    """
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with beside.open("w", encoding="utf-8", newline="") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        if file.exists():
            beside.chmod(file.stat().st_mode)
        beside.replace(file)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold the lock of a file while it is read, changed and written."""
    with file.with_name(f".{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(file: Path) -> "TOMLDocument":
    import tomlkit  # 20 ms
    from tomlkit.exceptions import ParseError

    try:
        return tomlkit.parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except UnicodeDecodeError:
        message = Message("not UTF-8 text; save the file as UTF-8")
        raise DataError([Problem(file, None, None, None, message)]) from None
    except ParseError as error:
        values = {"reason": str(error).split(" at line", 1)[0], "column": error.col}
        message = Message("not valid TOML: {reason} (column {column})", values)
        raise DataError([Problem(file, error.line, None, None, message)]) from None
