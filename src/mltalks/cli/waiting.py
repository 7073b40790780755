"""The wait for a result: a progress bar that appears on a terminal after nearly half a second without output.

Does not draw the bar: `render.terminal.progress` does.
"""

from collections.abc import Callable
from contextlib import ExitStack
from threading import Lock, Timer

from mltalks.cli import environment, streams

PATIENCE = 0.35  # seconds until the bar appears; rich takes some more


class Waiting:
    """One wait, which ends with the first output; a part of the run may say what it does, and how much of it is done."""

    def __init__(self, *, colour: bool) -> None:
        """Begin the wait; `colour`: the bar may have colours."""
        self.ended = False
        self._colour = colour
        self._state = ("mltalks", 0, 0)
        self._bars = ExitStack()
        self._show: Callable[[str, int, int], None] | None = None
        self._lock = Lock()
        self._timer = Timer(PATIENCE, self._appear)
        self._timer.daemon = True
        self._timer.start()
        streams.before_output(self.end)

    def advance(self, what: str, done: int, total: int) -> None:
        """Show what is done, how much of it, and out of how much (0: not known)."""
        self._state = what, done, total
        if self._show is not None:
            self._show(*self._state)

    def _appear(self) -> None:
        from mltalks.render.terminal.progress import bar  # rich: 25 ms

        with self._lock:
            if not self.ended:
                width = environment.width(terminal=True) or 80
                self._show = self._bars.enter_context(bar(width, colour=self._colour))
                self._show(*self._state)

    def end(self) -> None:
        """Remove the bar."""
        self._timer.cancel()
        with self._lock:
            self.ended = True
            self._show = None
            self._bars.close()
