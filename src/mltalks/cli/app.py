"""Runs a command line: creates the group of commands, and prints errors."""

import os
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer.main import get_command

from mltalks import __version__
from mltalks.cli import environment, streams
from mltalks.cli.exit_codes import Exit
from mltalks.cli.registry import Commands
from mltalks.errors import DataError, MltalksError, NotFoundError, QueryError, UsageError, is_damage
from mltalks.messages import Lang, say, word

CODES: dict[type[MltalksError], Exit] = {
    QueryError: Exit.USAGE,
    UsageError: Exit.USAGE,
    DataError: Exit.DATA,
    NotFoundError: Exit.NOT_FOUND,
}


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
        streams.write(f"mltalks {__version__}\n")
        raise typer.Exit


@app.callback(
    epilog="Exit codes: 0 success, 1 failure (with --exit-status, also if nothing is found), 2 query or option not valid, 3 data not valid, 4 no such session, company, theme, event or series, 130 interrupted."
)
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - the callback prints it
        bool,
        typer.Option(
            "--version",
            "-V",
            callback=lambda value: _version(asked=value),
            is_eager=True,
            help="Print the version.",
        ),
    ] = False,
) -> None:
    """Find talks about running machine learning in production, in English and Japanese."""
    if context.invoked_subcommand is None:
        from mltalks.cli.commands.help import overview

        overview()


def run(arguments: Sequence[str], lang: Lang | None = None) -> int:
    """Run one command line and return its exit code; every error becomes one line on standard error."""
    streams.prepare()
    end = arguments.index("--") if "--" in arguments else len(arguments)
    arguments = [*map(_with_narrow_hyphens, arguments[:end]), *arguments[end:]]
    if _needs_normalizing(arguments):
        from mltalks.cli.argv import normalized

        arguments = normalized(arguments)
    lang = lang or _language(arguments)
    try:
        try:
            code = _main(arguments, lang)
        except Exception as error:
            if not _may_pass(error):
                raise
            streams.discard()
            code = _main(arguments, lang)
        streams.finish()
    except MltalksError as error:
        return _fail(arguments, error, CODES.get(type(error), Exit.FAILURE))
    except typer.Abort:
        code = Exit.INTERRUPTED
    except typer.TyperException as error:
        from mltalks.cli.usage_errors import usage_error

        return _fail(arguments, usage_error(arguments, error), Exit(error.exit_code))
    if code == Exit.INTERRUPTED:
        streams.write_message(f"mltalks: {say('interrupted', lang)}")
    return int(code or Exit.DONE)


_WIDE_HYPHENS = "－−‐‑–ー"  # what Japanese input methods and editors type for a hyphen


def _with_narrow_hyphens(word: str) -> str:
    """Return an option whose two hyphens are wide, or one dash, as it is meant; other words as they are.

    >>> [_with_narrow_hyphens(word) for word in ("−−count", "ーーｌｉｍｉｔ", "—json", "−GPU", "—a text")]
    ['--count', '--limit', '--json', '−GPU', '—a text']
    """
    if word.isascii() or word[0] not in f"{_WIDE_HYPHENS}—":
        return word
    rest = word[1:] if word[0] == "—" else word[2:]
    wide = word[0] == "—" or word[1:2] in _WIDE_HYPHENS
    name = unicodedata.normalize("NFKC", rest)
    option = name.partition("=")[0].replace("-", "")
    return f"--{name}" if wide and option.isascii() and option.isalpha() else word


_ALONE = (("-h",), ("--help",), ("-V",), ("--version",))  # nothing to put in order


def _needs_normalizing(arguments: Sequence[str]) -> bool:
    """Return whether a command line has options before the command, a value with other names, or fields in several places."""
    if sum(word.startswith("--fields") for word in arguments) > 1:
        return True
    if any(word == "--json" and "," in after for word, after in pairwise(arguments)):
        return True
    return any(
        word.startswith(("-o", "-f", "--format", "--sort", "--coverage", "--percent", "--by"))
        for word in arguments
    ) or (arguments[:1] != [] and arguments[0].startswith("-") and tuple(arguments) not in _ALONE)


def _main(arguments: Sequence[str], lang: Lang) -> Any:
    return get_command(app).main(list(arguments), prog_name="mltalks", standalone_mode=False, obj=lang)


def _may_pass(error: Exception) -> bool:
    """Return whether an error may pass when the command runs again; a compiled index that may be damaged is removed for that.

    Raises MltalksError: the index is damaged, but output has been written already, or there is no index to remove.
    """
    if isinstance(error, (typer.Abort, typer.TyperException)):
        return False
    from mltalks.cli.console import can_run_again, drop_compiled

    if isinstance(
        error, MltalksError
    ):  # a file, or the last one of a folder, may have been removed after it was listed
        # A source of an import is not among the data; standard input can be read only once.
        problems = error.problems if isinstance(error, DataError) and error.loaded else ()
        paths = [problem.path for problem in problems]
        return any(not os.path.exists(path) or os.path.isdir(path) for path in paths) and can_run_again()  # noqa: PTH110, PTH112 - never raise
    dropped = can_run_again() and drop_compiled()
    if not dropped and is_damage(error):
        raise MltalksError("the cached index is damaged; 'mltalks index --clear' deletes it")
    return dropped


def _fail(arguments: Sequence[str], error: MltalksError, code: Exit) -> Exit:
    lang = _language(arguments)
    if _wants_json(arguments):
        from mltalks.text.formats.json_text import encoded

        body = {"message": error.text(lang), "code": int(code), "nearest": list(error.nearest)}
        streams.write_message(encoded({"error": body}), whole=True)
    else:
        streams.write_message(f"mltalks: {word('error', lang)}: {error.text(lang)}")
    return code


def _language(arguments: Sequence[str]) -> Lang:
    if any(word.startswith("--lang") for word in arguments):
        asked = _options(arguments).get("--lang")
        if asked in ("en", "ja"):
            return "ja" if asked == "ja" else "en"
    return environment.language()


def _options(arguments: Sequence[str]) -> dict[str, str]:
    from mltalks.cli.argv import CommandLine

    return dict(CommandLine(arguments).options)


def _wants_json(arguments: Sequence[str]) -> bool:
    typed = _options(arguments)
    if "import" in arguments[:1]:  # its --format is that of the input
        return "--json" in typed
    return "--json" in typed or typed.get("--format") in ("json", "jsonl")
