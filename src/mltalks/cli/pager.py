"""Shows output that is longer than the terminal through a pager, as git does.

Does not decide whether there is one: `environment` does.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress

from mltalks.cli.exit_codes import Exit

# Of pagers, as git sets them: short output, colours, no second screen; less shows UTF-8 without a locale that is installed.
DEFAULTS = {"LESS": "FRX", "LESSCHARSET": "utf-8", "LV": "-c"}
NO_COMMAND = 127  # the exit code of a shell that finds no such command


class Pager:
    """Keeps text until it is longer than the terminal; then a pager shows it."""

    def __init__(self, command: str, write: Callable[[str], None]) -> None:
        """Take the command of the pager, and what writes a text that is short, or all text if there is no such command."""
        self._command = command
        self._write = write
        self._kept: list[str] = []
        self._rows = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def started(self) -> bool:
        """Whether the pager shows text."""
        return self._process is not None

    def show(self, text: str) -> None:
        """Show a text after those before.

        Raises SystemExit: the user has left the pager.
        """
        self._kept.append(text)
        if self._process is None:
            size = shutil.get_terminal_size()
            self._rows += sum(1 + len(line) // size.columns for line in text.splitlines())
            if self._rows < size.lines:
                return
            self._process = self._started()
            text = "".join(self._kept)
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(text)
            self._process.stdin.flush()
        except BrokenPipeError:
            self.close()
            raise SystemExit(Exit.DONE) from None

    def discard(self) -> None:
        """Forget text that has not been shown."""
        self._kept.clear()
        self._rows = 0

    def close(self) -> None:
        """Wait until the user leaves the pager; without one, write what was kept."""
        if self._process is None or self._code_of(self._process) == NO_COMMAND:
            self._write("".join(self._kept))
        self._process = None
        self.discard()

    def _code_of(self, process: "subprocess.Popen[str]") -> int:
        """Return the exit code of the pager when it has ended."""
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        while True:
            with suppress(KeyboardInterrupt):  # Ctrl-C is for the pager
                return process.wait()

    def _started(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S602 - a command line of the user's environment, as in git
            self._command,
            shell=True,
            stdin=subprocess.PIPE,
            encoding="utf-8",
            errors="backslashreplace",
            env={**DEFAULTS, **os.environ},
        )
