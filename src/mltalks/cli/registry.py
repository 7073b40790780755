"""The commands by name: the module of each, imported when the command is looked up.

Runs none of them.
"""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from mltalks.cli import streams

# The module of each command, in the order of the help.
COMMANDS = {
    "search": "find",
    "list": "find",
    "by-company": "find",
    "by-theme": "find",
    "by-keyword": "find",
    "by-speaker": "find",
    "by-event": "find",
    "show": "show",
    "open": "show",
    "related": "show",
    "explain": "themes",
    "classify": "themes",
    "accept": "themes",
    "reject": "themes",
    "decisions": "themes",
    "gaps": "themes",
    "add": "edit",
    "edit": "edit",
    "note": "edit",
    "tag": "edit",
    "mark": "edit",
    "remove": "edit",
    "alias": "edit",
    "undo": "edit",
    "log": "edit",
    "themes": "count",
    "companies": "count",
    "keywords": "count",
    "speakers": "count",
    "events": "count",
    "committee": "compare",
    "trend": "compare",
    "compare": "compare",
    "survey": "survey",
    "crosstab": "crosstab",
    "export": "export",
    "import": "import_sessions",
    "doctor": "doctor",
    "validate": "about",
    "schema": "about",
    "paths": "about",
    "index": "about",
    "completion": "about",
    "help": "about",
}


class _WithHelp:
    """The help of a command, in the language of the run, written as all data is."""

    def get_help(self, context: Any) -> str:
        from mltalks.cli.help_page import page  # with all its texts

        return page(self, context, context.obj or "en")

    def get_help_option(self, context: Any) -> Any:
        option = super().get_help_option(context)  # type: ignore[misc]
        option.callback = _show_help
        return option


def _show_help(context: Any, _option: Any, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        streams.write(context.get_help())
        raise typer.Exit


class Command(_WithHelp, TyperCommand):
    """One command."""


class LazyCommands(MutableMapping[str, Any]):
    """The commands by name, each made when it is looked up: making all takes longer than most of them run."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            module = import_module(f"mltalks.cli.commands.{COMMANDS[name]}")
            app = typer.Typer(add_completion=False, rich_markup_mode=None)
            function = getattr(module, f"{name.replace('-', '_')}_command")
            app.command(name, cls=Command, context_settings={"help_option_names": ["-h", "--help"]})(function)
            self._made[name] = get_command(app)
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Commands(_WithHelp, TyperGroup):
    """A group that makes its commands late."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = LazyCommands()
