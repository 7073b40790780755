"""The command that serves programs and agents: mcp.

Does not answer them itself: the package `mcp_server` does.
"""

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from mltalks.cli import environment
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import flag, option
from mltalks.cli.exit_codes import Exit
from mltalks.cli.help.texts import topic_text
from mltalks.errors import missing_extra

if TYPE_CHECKING:
    from mltalks.library import Library
    from mltalks.userdata.journal import Change
    from mltalks.userdata.transaction import Transaction


class _Access:
    """The data of this run for a server that runs long: opened again after they have changed (see `mcp_server.access`)."""

    def __init__(self, console: Console) -> None:
        self._options = replace(console.options, quiet=True)  # no bar waits for an output that never comes
        self.lang = console.lang
        self.query_help = topic_text("query", "en")
        self._library: Library | None = None

    def _console(self) -> Console:
        return Console(self._options)

    def library(self) -> "Library":
        paths = environment.data_paths(self._options.data or [])
        if self._library is None or self._library.paths != tuple(paths) or not self._library.is_current():
            if self._library is not None:
                self._library.close()
            self._library = self._console().library
        return self._library

    def transaction(self, command: str) -> "AbstractContextManager[Transaction]":
        return self._console().transaction(command)

    def undo(self, steps: int) -> "Sequence[Change]":
        return [change for change, _ in self._console().store.undo(steps=steps)]


@with_console
def mcp_command(
    console: Console,
    http: Annotated[
        int | None,
        option(
            "--http",
            "Serve over HTTP on this port of this machine; 0: any free one.",
            metavar="PORT",
            least=0,
        ),
    ] = None,
    allow_edits: Annotated[
        bool,
        flag(
            "--allow-edits",
            "Offer also the tools that change your data: notes, tags, marks, decisions, undo.",
        ),
    ] = False,
) -> Exit:
    """Serve assistants and other programs as a server of the Model Context Protocol (MCP).

    mltalks mcp
    mltalks mcp --http 8765 --allow-edits

    A client starts this command and talks to it over standard input and output: in its configuration, the command is
    'mltalks' and the only argument 'mcp' (docs/agents.md). Without --allow-edits, nothing can be changed.

    It needs the extra 'mcp': install mltalks again with it, for example with "pipx install --force '.[browse,mcp,skos]'" in the folder
    of the checkout; for a wheel, write its path for the dot.
    """
    try:
        from mltalks.mcp_server.server import serve_http, serve_stdio  # the SDK: .5 s
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("mltalks"):
            raise
        raise missing_extra("mcp", "mcp") from None
    access = _Access(console)
    if http is not None:
        serve_http(
            access,
            http,
            lambda address: console.say("serving on {address}", address=address),
            with_edits=allow_edits,
        )
        return Exit.DONE
    if sys.stdin is not None and sys.stdin.isatty():
        console.say("waiting for a client on standard input; Ctrl-C ends")
    serve_stdio(access, with_edits=allow_edits)
    return Exit.DONE
