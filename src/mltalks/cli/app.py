"""The command line: which commands there are, how they are run, and what an error looks like."""

import os
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import mltalks
from mltalks.cli import environment, streams
from mltalks.cli.exits import Exit
from mltalks.cli.typed import typed_options
from mltalks.errors import DataError, MltalksError, NotFoundError, QueryError, UsageError, is_damage
from mltalks.messages import Lang

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
    "explain": "filing",
    "classify": "filing",
    "accept": "filing",
    "reject": "filing",
    "decisions": "filing",
    "gaps": "filing",
    "add": "writing",
    "edit": "writing",
    "note": "writing",
    "tag": "writing",
    "mark": "writing",
    "remove": "writing",
    "alias": "writing",
    "undo": "writing",
    "log": "writing",
    "themes": "count",
    "companies": "count",
    "keywords": "count",
    "speakers": "count",
    "events": "count",
    "committee": "surveys",
    "trend": "surveys",
    "compare": "surveys",
    "survey": "survey",
    "crosstab": "cross",
    "export": "exchange",
    "import": "exchange",
    "doctor": "doctor",
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
            module = import_module(f"mltalks.cli.{COMMANDS[name]}")
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


def run(arguments: Sequence[str], lang: Lang | None = None) -> int:
    """Run one command line and return its exit code; every error becomes one line on standard error."""
    streams.prepare()
    lang = lang or _language(arguments)
    try:
        try:
            code = _main(arguments, lang)
        except Exception as error:
            if not is_damage(error):
                raise
            _drop_damaged()
            code = _main(arguments, lang)
    except MltalksError as error:
        return _fail(arguments, error, CODES.get(type(error), Exit.FAILURE))
    except typer.Abort:
        return Exit.INTERRUPTED
    except typer.TyperException as error:
        from mltalks.cli.typer_errors import usage_error

        return _fail(arguments, usage_error(arguments, error), Exit(error.exit_code))
    return int(code or Exit.DONE)


def _main(arguments: Sequence[str], lang: Lang) -> Any:
    return get_command(app).main(list(arguments), prog_name="mltalks", standalone_mode=False, obj=lang)


def _drop_damaged() -> None:
    """Remove the compiled index that turned out to be damaged, so that the command can be run once more.

    Raises:
        MltalksError: half of an answer is out already, or there is no compiled index to remove.

    """
    from mltalks.cli.console import drop_compiled

    if streams.has_written() or not drop_compiled():
        raise MltalksError("the compiled index is damaged; 'mltalks index --clear' removes it")


def _fail(arguments: Sequence[str], error: MltalksError, code: Exit) -> Exit:
    lang = _language(arguments)
    if _wants_json(arguments):
        import json

        from mltalks.render.harmless import json_safe

        body = {"message": error.text(lang), "code": int(code), "nearest": list(error.nearest)}
        streams.tell(json_safe(json.dumps({"error": body}, ensure_ascii=False)))
    else:
        streams.tell(f"mltalks: error: {error.text(lang)}")
    return code


def _language(arguments: Sequence[str]) -> Lang:
    asked = typed_options(arguments).get("--lang")
    if asked in ("en", "ja"):
        return "ja" if asked == "ja" else "en"
    return environment.language(os.environ)


def _wants_json(arguments: Sequence[str]) -> bool:
    typed = typed_options(arguments)
    if "import" in arguments[:1]:  # there, --format is that of what is read
        return "--json" in typed
    return "--json" in typed or typed.get("--format") in ("json", "jsonl")
