"""Standard output for data, standard error for talk: written in one place, whatever is at the other end."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from mltalks.cli.exit_codes import Exit
from mltalks.errors import MltalksError

_WRITTEN: set[bool] = set()


def has_written() -> bool:
    """Tell whether this run has written anything to standard output."""
    return bool(_WRITTEN)


def prepare() -> None:
    """Make both streams take every character: UTF-8 off a terminal, the terminal's own encoding with marks on one."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def write(text: str) -> None:
    """Write data to standard output; a reader that has gone away ends the program quietly.

    Raises:
        MltalksError: the disk is full, or standard output is closed.

    """
    if sys.stdout is None:
        raise MltalksError("cannot write: {reason}", reason="standard output is closed")
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


def _discard_rest() -> None:
    """Point standard output at nothing, so that what is left in its buffer cannot fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(text: str) -> None:
    """Write a line to standard error, harmless whatever it quotes; talk that nobody can hear is no failure."""
    if sys.stderr is None:
        return
    from mltalks.text.sanitize import shown  # a start that has nothing to tell does not pay for it

    try:
        sys.stderr.write(shown(text) + "\n")
        sys.stderr.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def save(file: Path, fill: Callable[[Path], object], *, force: bool) -> None:
    """Let a file be filled beside its place and put it there whole; one that is there is written over only by `force`.

    What is no file but takes text, as a pipe or a device does, is filled itself.

    Raises:
        MltalksError: the file is there already, or cannot be written.

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

    Raises:
        MltalksError: the file is there already, or the text cannot be written.

    """

    def fill(file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as opened:
            opened.writelines(pieces)

    if output is not None and str(output) != "-":
        save(output, fill, force=force)
        return
    for piece in pieces:
        write(piece)
