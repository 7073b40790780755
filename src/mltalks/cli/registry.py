"""The commands by name: the module of each, imported when the command is looked up.

Does not run commands.
"""

from functools import cache
from importlib import import_module
from itertools import pairwise, takewhile
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from mltalks.cli import streams

# The commands of each module, in the order of the help.
_MODULES = {
    "browse": "browse",
    "find": "search list by-company by-theme by-keyword by-speaker by-event",
    "show": "show open related",
    "themes": "explain classify accept reject decisions gaps",
    "own.sessions": "add edit remove",
    "own.annotations": "note tag mark tags",
    "own.events": "event",
    "own.names": "alias",
    "own.history": "undo redo log",
    "count": "themes companies keywords speakers events",
    "compare": "committee trend compare",
    "survey": "survey",
    "crosstab": "crosstab",
    "export": "export",
    "import_sessions": "import",
    "doctor": "doctor",
    "mcp": "mcp",
    "data_files": "validate config paths index",
    "help": "schema completion version help",
}
COMMANDS = {name: module for module, names in _MODULES.items() for name in names.split()}


class _WithHelp:
    """Prints the help of a command in the language of the run."""

    def get_help(self, context: Any) -> str:
        from mltalks.cli.help.page import page  # with all help texts

        return page(self, context, context.obj or "en")

    def get_help_option(self, context: Any) -> Any:
        option = super().get_help_option(context)  # type: ignore[misc]
        option.callback = _show_help
        return option


def _show_help(context: Any, _option: Any, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        streams.show(context.get_help())
        raise typer.Exit


class NoSuchOption(typer.TyperException):
    """A word after one hyphen that is no option; typer would name its first letter only, or take the rest as a value."""

    exit_code = 2

    def __init__(self, option_name: str, ctx: Any) -> None:
        super().__init__(f"No such option: {option_name}")
        self.option_name, self.ctx = option_name, ctx


class Command(_WithHelp, TyperCommand):
    """One command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words of a command line.

        Raises NoSuchOption: one is a word after a hyphen, as -netflix, and not `-n` with a value.
        """
        with_value = {name for one in self.params if not getattr(one, "is_flag", True) for name in one.opts}
        for before, word in pairwise(["", *takewhile("--".__ne__, args)]):
            if before not in with_value and word[:1] == "-" != word[1:2] and len(word) > 2:
                self._refuse_word(word, ctx)
        return super().parse_args(ctx, args)

    def _refuse_word(self, word: str, context: Any) -> None:
        named = {name: one for one in self.get_params(context) for name in one.opts}
        for at, letter in enumerate(word[1:], start=2):
            option: Any = named.get(f"-{letter}")
            if option is None:
                raise NoSuchOption(word, context)
            if not option.is_flag:
                if not word[1:].isalpha() or at == len(word):
                    return
                try:
                    option.type.convert(word[at:], option, context)
                except typer.BadParameter:
                    raise NoSuchOption(word, context) from None
                return


@cache
def command(name: str) -> Any:
    """Return a command; it is created on look-up, as creating all takes longer than most of them run."""
    module = import_module(f"mltalks.cli.commands.{COMMANDS[name]}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    function = getattr(module, f"{name.replace('-', '_')}_command")
    app.command(name, cls=Command, context_settings={"help_option_names": ["-h", "--help"]})(function)
    return get_command(app)


class Commands(_WithHelp, TyperGroup):
    """The group of all commands."""

    def get_command(self, _context: Any, name: str) -> Any:
        """Return a command, or None if there is none of that name."""
        return command(name) if name in COMMANDS else None
