"""Opens a text in the user's editor, and keeps the edited text if it is not valid.

Does not interpret the text.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mltalks.cli import streams
from mltalks.cli.typed_text import Say, decoded
from mltalks.errors import MltalksError, NotFoundError, UsageError


@contextmanager
def edited(text: str, suffix: str, say: Say) -> Iterator[str]:
    """Yield the edited text; if the block raises an error, the text is kept in a file.

    Raises UsageError: there is no terminal to edit at, or the encoding of the edited text is not certain.
    Raises MltalksError: the editor cannot be run or fails, or the block has raised it.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("cannot open an editor without a terminal; give the values as options")
    descriptor, name = tempfile.mkstemp(suffix=suffix, prefix="mltalks-", text=True)
    file = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
    _run(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise MltalksError("cannot be read: {reason}", reason=f"{file}: {error.strerror}") from None
    written = decoded(content, str(file), say)
    try:
        yield written
    except MltalksError as error:
        kind = type(error) if isinstance(error, UsageError | NotFoundError) else MltalksError
        raise kind("{message}; your text is saved in {path}", message=error.message, path=file) from None
    file.unlink(missing_ok=True)


def _run(file: Path) -> None:
    streams.end_waiting()
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        code = subprocess.run([*shlex.split(command), str(file)], check=False).returncode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        file.unlink(missing_ok=True)
        raise MltalksError(
            "cannot run the editor {command}: {reason}; set EDITOR to another one",
            command=command,
            reason=reason,
        ) from None
    if code:
        raise MltalksError(
            "the editor {command} failed; your text is saved in {path}", command=command, path=file
        )
