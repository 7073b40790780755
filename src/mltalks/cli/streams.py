"""Writes data to standard output or files, and messages to standard error."""

import os
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from stat import S_ISREG

from mltalks.cli.exit_codes import Exit
from mltalks.errors import MltalksError

AT_ONCE = 500  # pieces of text that are written together
_WRITTEN: set[bool] = set()
_BEFORE: list[Callable[[], None]] = []  # what ends when something is written


def has_written() -> bool:
    """Return whether this run has written anything to standard output."""
    return bool(_WRITTEN)


def before_output(end: Callable[[], None]) -> None:
    """Call a function once, before anything is written that may be seen, or asked for."""
    _BEFORE.append(end)


def end_waiting() -> None:
    """Call the functions that wait for output."""
    while _BEFORE:
        _BEFORE.pop()()


def prepare() -> None:
    """Make both streams accept every character: in UTF-8, or on a terminal in its encoding, with marks."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def write(text: str) -> None:
    """Write data to standard output; if its reader has closed it, exit without a message.

    Raises MltalksError: the disk is full, or standard output is closed.
    """
    if sys.stdout is None:
        raise MltalksError("cannot write: {reason}", reason="standard output is closed")
    if _BEFORE and not S_ISREG(os.fstat(sys.stdout.fileno()).st_mode):
        end_waiting()
    try:
        sys.stdout.write(text)
        _WRITTEN.add(True)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_rest()
        raise SystemExit(Exit.DONE) from None
    except OSError as error:
        _discard_rest()
        raise MltalksError("cannot write: {reason}", reason=error.strerror or str(error)) from None


def write_pieces(pieces: Iterable[str]) -> None:
    """Write pieces of text to standard output, many at once.

    Raises MltalksError: as `write`.
    """
    rest = iter(pieces)
    while some := "".join(islice(rest, AT_ONCE)):
        write(some)


def _discard_rest() -> None:
    """Redirect standard output to the null device, so that the rest of its buffer cannot fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_message(text: str) -> None:
    """Write a line to standard error, without control characters; a closed standard error is no failure."""
    if sys.stderr is None:
        return
    from mltalks.text.sanitize import shown  # imported only if there is a message

    end_waiting()
    try:
        sys.stderr.write(shown(text) + "\n")
        sys.stderr.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def save(file: Path, fill: Callable[[Path], object], *, force: bool) -> None:
    """Call `fill` with a temporary file and rename that to `path`; an existing file is overwritten only with `force`.

    A pipe or a device is filled directly.

    Raises MltalksError: the file is there already, or cannot be written.
    """
    from mltalks.userdata.atomic_write import put_in_place

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


def save_text(output: Path | None, pieces: Iterable[str], *, force: bool) -> None:
    """Write pieces of text to a file (see `save`), or to standard output for None and "-".

    Raises MltalksError: the file is there already, or the text cannot be written.
    """

    def fill(file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as opened:
            opened.writelines(pieces)

    if output is not None and str(output) != "-":
        save(output, fill, force=force)
        return
    write_pieces(pieces)
