"""Writes data to standard output, a pager or files, and messages to standard error."""

import os
import re
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from mltalks.cli import environment
from mltalks.cli.exit_codes import Exit
from mltalks.errors import MltalksError, UsageError
from mltalks.messages import excerpt

if TYPE_CHECKING:
    from mltalks.cli.pager import Pager

# Names of Shift JIS, which are one encoding on the web and in Windows. Source: WHATWG, Encoding Standard, 4.2.
_SHIFT_JIS = (
    "shiftjis",
    "sjis",
    "xsjis",
    "csshiftjis",
    "mskanji",
    "ms932",
    "windows31j",
    "cswindows31j",
    "cp932",
    "932",
)
AT_ONCE = 500  # pieces of text that are written together
_WRITTEN: set[bool] = set()
_UNPAGED: list[bool] = []  # not empty: without the pager
_PAGERS: "list[Pager]" = []  # at most one
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
    """Make both streams accept every character: in UTF-8, or on a terminal in its encoding, with marks; keep all typed bytes."""
    if sys.stdin is not None and sys.stdin.isatty():
        sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def turn_pager_off() -> None:
    """Show all output of this run without the pager."""
    _UNPAGED.append(True)


def show(text: str) -> None:
    """Write data to standard output; on a terminal, data that are longer than it through the pager.

    Raises MltalksError: as `write`.
    Raises SystemExit: the user has left the pager.
    """
    command = None if _UNPAGED or not is_terminal() else environment.pager()
    if command is None:
        write(text)
        return
    if not _PAGERS:
        from mltalks.cli.pager import Pager

        _PAGERS.append(Pager(command, write))
    end_waiting()
    pager = _PAGERS[0]
    pager.show(text)
    if pager.started:
        _WRITTEN.add(True)


def finish() -> None:
    """Show what waits for more, and wait until the user leaves the pager."""
    for pager in _PAGERS:
        pager.close()


def discard() -> None:
    """Forget what has not been shown yet."""
    for pager in _PAGERS:
        pager.discard()


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


def show_pieces(pieces: Iterable[str]) -> None:
    """Show pieces of text, many at once.

    Raises MltalksError: as `write`.
    """
    rest = iter(pieces)
    while some := "".join(islice(rest, AT_ONCE)):
        show(some)


def _discard_rest() -> None:
    """Redirect standard output to the null device, so that the rest of its buffer cannot fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_message(text: str, *, whole: bool = False) -> None:
    """Write a line to standard error, without control characters; a terminal gets several lines, unless it must be `whole`.

    A closed standard error is no failure.
    """
    finish()
    if sys.stderr is None:
        return
    from mltalks.text.sanitize import shown  # imported only if there is a message

    end_waiting()
    lines = [shown(text)]
    if not whole and sys.stderr.isatty():
        from mltalks.text.wrapping import wrapped

        lines = wrapped(lines[0], (environment.width(terminal=True) or 80) - 1)
    try:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        sys.stderr.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def save_text(
    output: Path | None, pieces: Iterable[str], *, force: bool, encoding: str | None = None
) -> None:
    """Write pieces of text to a file (see `save`), or to standard output for None and "-"; in UTF-8, or another encoding.

    Raises MltalksError: the file is there already, or the text cannot be written.
    Raises UnicodeEncodeError: the encoding lacks a character.
    """

    def fill(file: Path) -> None:
        with file.open("w", encoding=encoding or "utf-8", newline="") as opened:
            opened.writelines(pieces)

    if output is not None and str(output) != "-":
        from mltalks.userdata.atomic_write import save

        save(output, fill, force=force)
        return
    if encoding and sys.stdout is not None:
        sys.stdout.reconfigure(encoding=encoding, errors="strict")  # type: ignore[union-attr]
    show_pieces(pieces)


def known_encoding(name: str) -> str:
    """Return the name of an encoding in Python; Shift JIS, under any name, is cp932, as in Windows and on the web.

    Raises UsageError: there is none of this name.

    >>> known_encoding("Shift_JIS"), known_encoding("windows-31j"), known_encoding("utf-8-sig")
    ('cp932', 'cp932', 'utf-8-sig')
    """
    if re.sub(r"[\W_]", "", name.casefold()) in _SHIFT_JIS:
        return "cp932"
    sample = "a..b, c\n"  # the empty label is an error in idna
    try:
        is_known = sample.encode(name).decode(name) == sample
    except (LookupError, ValueError):
        is_known = False
    if not is_known:
        raise UsageError("--encoding {name}: unknown encoding", name=excerpt(name))
    return name
