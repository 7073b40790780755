"""The command that shows the talks on a screen to walk through: browse.

Does not draw: the package `browse` does, with Textual, which no other command imports.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from importlib.util import find_spec

from mltalks.cli import streams
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import Query
from mltalks.cli.exit_codes import Exit
from mltalks.errors import MltalksError, UsageError, missing_extra


class _Desk(Console):
    def edited(self, text: str) -> str:
        """Return a text as it is after it was edited in the user's editor."""
        from mltalks.cli.commands.own.editor import edited

        with edited(text, ".md", self.say) as written:
            return written


@with_console
def browse_command(console: Console, query: Query = None) -> Exit:
    """Walk through themes, talks and one talk on the whole screen; at the end, print the talks that you selected.

    mltalks browse
    mltalks browse model serving company:google,meta
    mltalks browse -o ids > chosen.txt

    The screen is drawn on the terminal although the output goes elsewhere. '?' there lists all keys.

    It needs the extra 'browse': install mltalks again with it, for example with "pipx install --force '.[browse,mcp,skos]'" in the
    folder of the checkout; for a wheel, write its path for the dot.
    """
    if find_spec("textual") is None:
        raise missing_extra("browse", "browse")
    if os.environ.get("TERM", "dumb") == "dumb":
        raise UsageError("browse cannot draw on this terminal: TERM is not set, or dumb")
    library, quiet = console.library, replace(console.options, quiet=True)
    _ = library.catalogue  # what is wrong with the data is reported before the screen is drawn
    library.show_progress = nullcontext
    streams.end_waiting()
    with _on_terminal():
        from mltalks.browse.app import INTERRUPTED, Browser

        browser = Browser(library, lambda: _Desk(quiet, "browse"), " ".join(query or ()), console.lang)
        selected = browser.run()
    if browser.return_code == INTERRUPTED:
        return Exit.INTERRUPTED
    if browser.return_code:
        raise MltalksError("browse ended unexpectedly")
    _print(console, selected or ())
    return Exit.DONE


def _print(console: Console, selected: tuple[str, ...]) -> None:
    """Print the talks that were selected, in the order in which they were; of none, a table says nothing."""
    if not selected and console.form == "table":
        return
    library = Console(console.options, "browse").library
    docs = [library.catalogue.doc(session) for session in selected]
    if console.stored():
        console.print_stored(map(library.catalogue.index.sessions.record, docs))
    else:
        from mltalks.render.views.sessions import listing_view

        console.print(listing_view(library.catalogue, docs, only_ids=console.form == "ids"))


@contextmanager
def _on_terminal() -> Iterator[None]:
    """Connect standard input, output and error to the terminal of the process, and at the end to what they were.

    COLUMNS and LINES do not count: the size of the screen may change.

    Raises UsageError: there is no terminal.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise UsageError("browse needs a terminal; 'mltalks search' and 'mltalks list' print talks") from None
    before: dict[int, int] = {}
    size = {name: os.environ.pop(name) for name in ("COLUMNS", "LINES") if name in os.environ}
    try:
        for number in (0, 1, 2):
            with suppress(OSError):
                if not os.isatty(number):
                    before[number] = os.dup(number)
                    os.dup2(terminal, number)
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        for number, kept in before.items():
            os.dup2(kept, number)
            os.close(kept)
        os.close(terminal)
        os.environ.update(size)
