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
_MARK = "\ufeff"  # byte order mark


def change(file: Path, how: "Callable[[TOMLDocument], T]") -> T:
    """Change a TOML file, made if it is not there, and return what the change returns; writers wait for one another.

    A byte order mark and the ends of the lines stay; a file that the change leaves as it is, is not written.

    Raises:
        DataError: the file cannot be read as TOML; it stays as it is.
        MltalksError: it cannot be written; it stays as it is.

    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(file):
            mark, ends, text = _text(file)
            document = _parsed(file, text)
            result = how(document)
            changed = document.as_string()
            if changed != text:
                replace(file, mark + changed.replace("\n", ends))
            return result
    except OSError as error:
        reason = f"{error.filename or file}: {error.strerror}"
        raise MltalksError("cannot write: {reason}", reason=reason) from None


def replace(file: Path, text: str) -> None:
    """Write a file anew: beside, to the disk, then in its place, so that a reader sees the old or the new one whole.

    Raises:
        OSError: it cannot be written; the old one stays.

    """
    beside = file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
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


def _text(file: Path) -> tuple[str, str, str]:
    """Return the byte order mark of a file, where it has one, how its lines end, and its text without both."""
    try:
        text = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return "", "\n", ""
    except UnicodeDecodeError:
        raise _unreadable(file, None, "not UTF-8 text; save the file as UTF-8") from None
    bare = text.removeprefix(_MARK)
    mark = text[: len(text) - len(bare)]
    if "\r\n" in bare and bare.count("\r\n") == bare.count("\n"):
        return mark, "\r\n", bare.replace("\r\n", "\n")
    return mark, "\n", bare


def _parsed(file: Path, text: str) -> "TOMLDocument":
    import tomlkit  # 20 ms
    from tomlkit.exceptions import ParseError, TOMLKitError

    try:
        return tomlkit.parse(text)
    except ParseError as error:
        reason = str(error).split(" at line", 1)[0]
        template = "not valid TOML: {reason} (column {column})"
        raise _unreadable(file, error.line, template, reason=reason, column=error.col) from None
    except (TOMLKitError, ValueError) as error:
        raise _unreadable(file, None, "not valid TOML: {reason}", reason=str(error)) from None
    except RecursionError:
        raise _unreadable(file, None, "nested too deeply to be read") from None


def _unreadable(file: Path, line: int | None, template: str, **values: object) -> DataError:
    return DataError([Problem(file, line, None, None, Message(template, values))])
