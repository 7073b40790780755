"""The command line: which commands there are, how they are run, and what an error looks like."""

import os
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

import mltalks
from mltalks.cli import environment, streams
from mltalks.cli.exits import Exit
from mltalks.errors import DataError, MltalksError, NotFoundError, QueryError, UsageError
from mltalks.messages import Lang, say

# Where each command stands, in the order of the help; its module is imported when it is run.
COMMANDS = {
    "search": "find",
    "list": "find",
    "by-company": "find",
    "by-theme": "find",
    "by-keyword": "find",
    "by-speaker": "find",
    "by-event": "find",
    "show": "look",
    "open": "look",
    "related": "look",
    "themes": "count",
    "companies": "count",
    "keywords": "count",
    "speakers": "count",
    "events": "count",
    "validate": "about",
    "schema": "about",
    "paths": "about",
    "index": "about",
    "completion": "about",
    "help": "about",
}
CODES: dict[type[MltalksError], Exit] = {
    QueryError: Exit.USAGE,
    UsageError: Exit.USAGE,
    DataError: Exit.DATA,
    NotFoundError: Exit.NOT_FOUND,
}


class LazyCommands(MutableMapping[str, Any]):
    """The commands by name, each made when it is looked up: making all takes longer than most of them run."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            module = import_module(f"mltalks.cli.{COMMANDS[name]}")
            app = typer.Typer(add_completion=False, rich_markup_mode=None)
            function = getattr(module, f"{name.replace('-', '_')}_command")
            app.command(name, context_settings={"help_option_names": ["-h", "--help"]})(function)
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


class Commands(TyperGroup):
    """A group that makes its commands late."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = LazyCommands()


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)


def _version(*, asked: bool) -> None:
    if asked:
        streams.write(f"mltalks {mltalks.__version__}\n")
        raise typer.Exit


@app.callback(
    epilog="Exit codes: 0 done, 1 failure, 2 usage, 3 data not valid, 4 no such session, company, theme or event, "
    "130 interrupted."
)
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - the callback prints it
        bool,
        typer.Option(
            "--version",
            callback=lambda value: _version(asked=value),
            is_eager=True,
            help="Print the version.",
        ),
    ] = False,
) -> None:
    """Find talks about running machine learning in production, in English and Japanese."""
    if context.invoked_subcommand is None:
        from mltalks.cli.about import overview

        overview()


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; every error becomes one line on standard error."""
    streams.prepare()
    try:
        code = get_command(app).main(list(arguments), prog_name="mltalks", standalone_mode=False)
    except MltalksError as error:
        return _fail(arguments, error, CODES.get(type(error), Exit.FAILURE))
    except typer.Abort:
        return Exit.INTERRUPTED
    except typer.TyperException as error:
        return _fail(arguments, _usage_error(arguments, error), Exit(error.exit_code))
    return int(code or Exit.DONE)


def _fail(arguments: Sequence[str], error: MltalksError, code: Exit) -> Exit:
    lang = _language(arguments)
    if _wants_json(arguments):
        import json

        from mltalks.render.harmless import json_safe

        body = {"message": error.text(lang), "code": int(code), "nearest": list(error.nearest)}
        streams.tell(json_safe(json.dumps({"error": body}, ensure_ascii=False)))
    else:
        from mltalks.render.harmless import shown

        streams.tell(f"mltalks: error: {shown(error.text(lang))}")
    return code


def _usage_error(arguments: Sequence[str], error: typer.TyperException) -> UsageError:
    """Return what typer found wrong with a command line as an error of ours, with what to do next."""
    lang = _language(arguments)
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path.removeprefix("mltalks").strip() if context else ""
    option = getattr(error, "option_name", "")
    excluded = next(
        (word for word in arguments if option and word.startswith(option) and word[1:2] != "-"), None
    )
    if excluded:
        hint = say("to leave a word out, write NOT {word}", lang, word=excluded[1:])
    else:
        hint = say("see 'mltalks {command}--help'", lang, command=f"{command} " if command else "")
    return UsageError("{message}; {hint}", message=message[:1].lower() + message[1:], hint=hint)


def _language(arguments: Sequence[str]) -> Lang:
    asked = _option(arguments, "--lang")
    if asked in ("en", "ja"):
        return "ja" if asked == "ja" else "en"
    return environment.language(os.environ)


def _wants_json(arguments: Sequence[str]) -> bool:
    asked = (_option(arguments, "-o"), _option(arguments, "--format"))
    return "--json" in arguments or any(form in ("json", "jsonl") for form in asked)


def _option(arguments: Sequence[str], name: str) -> str | None:
    """Return what follows an option on a command line that could not be parsed."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == name:
            return following
        if word.startswith(f"{name}="):
            return word.removeprefix(f"{name}=")
    return None
