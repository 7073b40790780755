"""A person's editor on a piece of text: what they wrote comes back, and is kept where it cannot be used."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mltalks.errors import MltalksError, NotFoundError, UsageError

T = TypeVar("T")


def edited(text: str, suffix: str, use: Callable[[str], T]) -> T | None:
    """Return what `use` makes of the text that a person makes of this one; None when they leave it as it is.

    Raises:
        UsageError: there is no terminal to edit at.
        MltalksError: the editor cannot be run or fails, or `use` refuses what was written, which is then kept in a file.

    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("no terminal to edit at; say on the command line what to write")
    descriptor, name = tempfile.mkstemp(suffix=suffix, prefix="mltalks-", text=True)
    file = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
    _run(file)
    try:
        written = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise MltalksError("cannot be read: {reason}", reason=f"{file}: {error.strerror}") from None
    if written == text:
        file.unlink(missing_ok=True)
        return None
    try:
        made = use(written)
    except MltalksError as error:
        kind = type(error) if isinstance(error, UsageError | NotFoundError) else MltalksError
        raise kind("{message}; what you wrote is kept in {path}", message=error.message, path=file) from None
    file.unlink(missing_ok=True)
    return made


def _run(file: Path) -> None:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        code = subprocess.run([*shlex.split(command), str(file)], check=False).returncode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        file.unlink(missing_ok=True)
        raise MltalksError(
            "cannot run the editor {command}: {reason}; EDITOR names another", command=command, reason=reason
        ) from None
    if code:
        raise MltalksError(
            "the editor {command} failed; what you wrote is kept in {path}", command=command, path=file
        )
