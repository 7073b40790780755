"""What every command shares: its options, declared once, and the way from a view to the streams."""

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, Literal, ParamSpec

from mltalks.cli import environment, streams
from mltalks.cli.declarations import argument, flag, option
from mltalks.cli.exit_codes import Exit
from mltalks.errors import UsageError
from mltalks.messages import Lang, Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from mltalks.dataset.model import Event
    from mltalks.library import Library
    from mltalks.problems import Problem
    from mltalks.render.output import View
    from mltalks.userdata.layers import Layers
    from mltalks.userdata.store import UserStore
    from mltalks.userdata.transaction import Transaction

MOST_NOTICES = 10
MOST_SAID = 200  # characters of a path that are said again
KEPT_UNASKED = (
    50_000  # sessions up to which what was read is compiled in passing: a twentieth of what reading took
)
P = ParamSpec("P")
_OPENED: "list[Library]" = []  # of this run
Format = Literal["table", "plain", "json", "jsonl", "csv", "tsv", "md", "bibtex", "ids"]

Query = Annotated[
    list[str] | None, argument("[QUERY]...", "Search words and filters; see 'mltalks help query'.")
]
Limit = Annotated[
    int | None,
    option(
        "--limit",
        "-n",
        "Print at most N records; 0 prints all. On a terminal the default is a short list.",
        metavar="N",
        least=0,
    ),
]
ExitStatus = Annotated[bool, flag("--exit-status", "Exit with 1 when nothing is found.")]


@dataclass(frozen=True)
class Options:
    """The options of every command that prints."""

    form: Annotated[
        Format | None,
        option("--format", "-o", "Output format; default: 'table' on a terminal, otherwise 'plain'."),
    ] = None
    as_json: Annotated[bool, flag("--json", "The same as -o json.")] = False
    field_list: Annotated[
        str | None, option("--fields", "Print these fields, in this order.", metavar="A,B")
    ] = None
    lang: Annotated[Lang | None, option("--lang", "Language of labels, headings and messages.")] = None
    quiet: Annotated[
        bool, flag("--quiet", "-q", "Suppress all messages on standard error except errors.")
    ] = False
    color: Annotated[
        Literal["auto", "always", "never"],
        option("--color", "Colour in tables; 'auto' uses it on a terminal only."),
    ] = "auto"
    data: Annotated[
        list[Path] | None, option("--data", "Also load this TOML file or folder; repeatable.", metavar="PATH")
    ] = None
    themes: Annotated[
        Path | None,
        option(
            "--themes",
            "Use the theme tree of this TOML or SKOS file instead of the built-in one.",
            metavar="FILE",
        ),
    ] = None


class Console:
    """One run of a command: its options, the library, and where the answer goes."""

    def __init__(self, options: Options) -> None:
        """Take the options of a run.

        Raises:
            UsageError: they exclude each other, or one says nothing.

        """
        if options.as_json and options.form not in (None, "json"):
            raise UsageError("--json and -o {format} cannot be combined", format=options.form)
        self.options = options
        self.fields = [name for one in (options.field_list or "").split(",") if (name := one.strip())]
        if options.field_list is not None and not self.fields:
            raise UsageError("--fields is empty; name at least one field")
        self.lang: Lang = options.lang or environment.language()
        self.terminal = streams.is_terminal()
        self.makes_data = False  # whether this run is about to make what MLTALKS_DATA names

    @cached_property
    def library(self) -> "Library":
        """The library over all data that this run loads."""
        import mltalks  # the questions and the index: 15 ms

        cache = environment.user_paths()["cache"]
        opened = mltalks.open(*self.data_paths(), shipped=False, cache=cache, themes=self.options.themes)
        _OPENED.append(opened)
        return opened

    def data_paths(self) -> list[Path]:
        """Return all files and folders that this run loads; tell when MLTALKS_DATA names nothing."""
        missing = environment.missing_data()
        if missing and not self.makes_data:
            self.say("MLTALKS_DATA is set to {path}, which does not exist", path=missing[:MOST_SAID])
        return environment.data_paths(self.options.data or [])

    @cached_property
    def store(self) -> "UserStore":
        """The files of the user data."""
        from mltalks.userdata.store import UserStore

        return UserStore(environment.near(environment.user_paths()["data"]))

    @cached_property
    def _other_layers(self) -> "Layers":
        """The data that this run loads, without the user data."""
        from mltalks.dataset.files import files_of
        from mltalks.userdata.layers import Layers

        paths = [path for _, path in environment.layers(self.options.data or [])]
        below, above = paths[: environment.USER_LAYER], paths[environment.USER_LAYER + 1 :]
        return Layers.read(
            *([file for path in some if path for file in files_of(path)] for some in (below, above))
        )

    def transaction(self, command: str, *, dry_run: bool = False) -> "AbstractContextManager[Transaction]":
        """Return a transaction of the user data, over all data that this run loads (see `userdata.transaction`)."""
        from mltalks.userdata.transaction import transaction

        return transaction(self.store, self._other_layers, command, dry_run=dry_run)

    @property
    def form(self) -> str:
        """The format to print in."""
        if self.options.as_json:
            return "json"
        return self.options.form or ("table" if self.terminal else "plain")

    def limit(
        self, asked: int | None, on_terminal: int | None = None, elsewhere: int | None = None
    ) -> int | None:
        """Return how many records to print: as asked (0: all), else so many on a terminal and elsewhere (None: all)."""
        if asked is not None:
            return asked or None
        return on_terminal if self.form == "table" else elsewhere

    def keep(self) -> None:
        """Put what this run has read into the cache, after the answer is out; large catalogues wait for `mltalks index`."""
        library = self.__dict__.get("library")
        if library is None or "catalogue" not in library.__dict__ or library.from_cache:
            return
        if len(library.catalogue) <= KEPT_UNASKED:
            library.keep()
        else:
            self.say("run 'mltalks index' once to make every command start faster")

    def stored(self) -> bool:
        """Tell whether sessions are to be printed just as the index stores them."""
        return self.form in ("json", "jsonl") and not self.fields

    def print_stored(self, records: Iterable[str]) -> None:
        """Print sessions that are JSON already."""
        from mltalks.render.stored_json import json_text

        streams.write(json_text(records, self.form))

    def print(self, view: "View") -> None:
        """Print a view in the format asked for."""
        if self.form != "table":
            from mltalks.render.text_formats import render

            streams.write(render(view, self.form, self.fields))
            return
        from mltalks.render.terminal.table import table  # rich: 25 ms

        width, colour = self.look()
        streams.write(table(view, self.fields, self.lang, width, colour=colour))

    def look(self) -> tuple[int | None, bool]:
        """Return how wide a picture may be (None: as it gets), and whether it is coloured."""
        return (
            environment.width(terminal=self.terminal),
            environment.colour(self.options.color, terminal=self.terminal),
        )

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None] | None]:
        """Yield a function that shows how much of how much (0: not known) is done, as a bar on a terminal.

        Where nobody looks, it is None.
        """
        if (
            self.options.quiet
            or sys.stderr is None
            or not sys.stderr.isatty()
            or os.environ.get("TERM") == "dumb"
        ):
            yield None
            return
        from mltalks.render.terminal.progress import bar  # rich: 25 ms

        with bar(what, environment.width(terminal=True) or 80) as advance:
            yield advance

    def say(self, template: str, **values: object) -> None:
        """Tell a person something, on standard error."""
        if not self.options.quiet:
            streams.tell(f"mltalks: {say(template, self.lang, **values)}")

    def notices(self, messages: Iterable[Message]) -> None:
        """Tell a person how the query was taken; of very many notices the first."""
        told = list(messages)
        for message in told[:MOST_NOTICES]:
            self.say(message.template, **message.values)
        if len(told) > MOST_NOTICES:
            self.say("and {count} more notices of this kind", count=len(told) - MOST_NOTICES)

    def slips(self, query: list[str] | None) -> None:
        """Tell a person what may have been meant otherwise in a query that could be read."""
        if query and not self.options.quiet:
            from mltalks.search.query_parser import lowercase_operators

            self.notices(lowercase_operators(query))

    def counted(self, shown: int, total: int, *, exit_status: bool = False) -> Exit:
        """Tell how many sessions were found, and return the exit code."""
        if not total:
            self.say("nothing found")
        elif shown < total:
            self.say("{shown} of {count} sessions; --limit 0 shows all", shown=shown, count=total)
        elif self.form == "table":
            self.say(
                "1 session" if total == 1 else "{count} sessions", **({"count": total} if total > 1 else {})
            )
        return Exit.FAILURE if exit_status and not total else Exit.DONE

    def incomplete(self, events: "Iterable[Event]") -> None:
        """Tell which of the counted events are not known whole."""
        names = ", ".join(event.name for event in events)
        if names:
            self.say("not all sessions of {events} are known; only known sessions are counted", events=names)


def drop_compiled() -> bool:
    """Remove the compiled indexes that this run has read, one of which is damaged; tell whether there were any."""
    dropped = [opened.drop_compiled() for opened in _OPENED]
    _OPENED.clear()
    return any(dropped)


def _characters(value: Any) -> Any:
    """Return what was typed with a mark for each byte that is no UTF-8; a path stays as it is."""
    if isinstance(value, list):
        return [_characters(one) for one in value]
    if not isinstance(value, str) or value.isascii():
        return value
    from mltalks.text.sanitize import without_surrogates

    return without_surrogates(value)


def with_console(function: Callable[Concatenate[Console, P], Exit]) -> Callable[..., Exit]:
    """Return a command for typer that has the shared options, and passes them to `function` as a console.

    A parameter whose type is a dataclass stands for an option for each field. An option of the command replaces the shared
    one of its name.
    """
    declared = list(inspect.signature(function).parameters.values())[1:]
    groups: dict[str, Any] = {one.name: one.annotation for one in declared if is_dataclass(one.annotation)}
    parameters = [
        part for one in declared for part in (_of_fields(groups[one.name]) if one.name in groups else [one])
    ]
    own = {one.name for one in parameters}
    shared = [one for one in _of_fields(Options) if one.name not in own]

    @wraps(function)
    def command(**given: Any) -> Exit:
        console = Console(Options(**{one.name: given.pop(one.name) for one in shared}))
        typed = {name: _characters(value) for name, value in given.items()}
        for name, group in groups.items():
            typed[name] = group(**{field.name: typed.pop(field.name) for field in fields(group)})
        code = function(console, **typed)  # type: ignore[call-arg]
        console.slips(typed.get("query"))
        console.keep()
        return code

    all_parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*parameters, *shared)]
    command.__signature__ = inspect.Signature(all_parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in all_parameters}
    return command


@cache
def _of_fields(group: Any) -> tuple[inspect.Parameter, ...]:
    """Return the fields of a dataclass as parameters."""
    return tuple(inspect.signature(group).parameters.values())


def verdict(console: Console, problems: "Sequence[Problem]", files: int) -> Exit:
    """Tell how many problems there are in how many files, and return the exit code."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if problems:
        console.say(
            "{errors}, {warnings}",
            errors=Message("1 error") if errors == 1 else Message("{count} errors", {"count": errors}),
            warnings=Message("1 warning")
            if warnings == 1
            else Message("{count} warnings", {"count": warnings}),
        )
    elif files == 1:
        console.say("no problem in 1 file")
    else:
        console.say("no problem in {files} files", files=files)
    return Exit.DATA if errors else Exit.DONE
