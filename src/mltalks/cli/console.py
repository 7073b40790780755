"""The console that every command gets: the shared options, the loaded data, and output."""

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakSet

import typer

from mltalks.cli import environment, streams
from mltalks.cli.declarations import Options, options_of
from mltalks.cli.exit_codes import Exit
from mltalks.cli.typed_ids import TypedIds
from mltalks.cli.typed_text import characters
from mltalks.errors import MltalksError, UsageError
from mltalks.messages import Lang, Message, excerpt, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from mltalks.cli.waiting import Waiting
    from mltalks.dataset.model import Event
    from mltalks.library import Library
    from mltalks.problems import Problem
    from mltalks.render.output import View
    from mltalks.search.catalogue_source import CatalogueSource
    from mltalks.userdata.layers import Layers
    from mltalks.userdata.store import UserStore
    from mltalks.userdata.transaction import Transaction

MOST_NOTICES = 10
LISTED_ON_TERMINAL = 1000  # sessions; a table takes .6 ms for each
_LABELS = "--labels is for csv and tsv; a table and -o md have names anyway"
_LABELLED = ("csv", "tsv", "md", "table")
P = ParamSpec("P")
T = TypeVar("T")
_OPENED: "WeakSet[Library]" = WeakSet()  # of this run; `browse` drops those before the last change
_STORES: "WeakSet[UserStore]" = WeakSet()


class Console:
    """One run of a command: its options, the library, and its output."""

    def __init__(self, options: Options, command: str = "") -> None:
        """Take the options of a run, and the name of its command.

        Raises UsageError: they exclude each other, or one is empty.
        """
        if options.as_json and options.form not in (None, "json"):
            raise UsageError("--json and -o {format} cannot be combined", format=options.form)
        if options.field_list is not None and options.form in ("ids", "bibtex"):
            raise UsageError("--fields and -o {format} cannot be combined", format=options.form)
        self.options = options
        self.lang: Lang = options.lang or environment.language()
        self.terminal = streams.is_terminal()
        if options.labels and (options.as_json or options.form not in (None, *_LABELLED)):
            raise UsageError(_LABELS)
        if options.no_pager:
            streams.turn_pager_off()
        self.fields = [
            name for one in (options.field_list or "").replace("、", ",").split(",") if (name := one.strip())
        ]
        if options.field_list is not None and not self.fields:
            raise UsageError("--fields is empty; name at least one field")
        if options.field_list is None and self.form == "table":
            self.fields = environment.config().values.get("columns", {}).get(command, [])
        self._waiting: Waiting | None = None
        self.typed_ids = TypedIds(self.say, self._report, lambda: self.library.catalogue)

    @cached_property
    def library(self) -> "Library":
        """The library over all data that this run loads; from now on a terminal shows that it waits for a result."""
        from mltalks.library import Library  # the analyses and the index: 15 ms

        cache, themes = environment.user_paths()["cache"], self.options.themes
        opened = Library(self.data_paths(), cache, themes, environment.own_data())
        opened.show_progress = lambda: self.progress("mltalks index")
        _OPENED.add(opened)
        self._wait()
        return opened

    def reopen(self) -> None:
        """Close the library; the next look at it has what this run has written."""
        opened: Library | None = self.__dict__.pop("library", None)
        if opened is not None:
            opened.close()

    def data_paths(self) -> list[Path]:
        """Return all files and folders that this run loads; warn if that of MLTALKS_DATA does not exist."""
        _ = self._missing_data
        return environment.data_paths(self.options.data or [])

    @cached_property
    def _missing_data(self) -> str | None:
        """The path of MLTALKS_DATA if it does not exist; the first look at it says so."""
        if missing := environment.missing_data():
            self.say("MLTALKS_DATA is set to {path}, which does not exist", path=excerpt(missing, 200))
        return missing

    @cached_property
    def store(self) -> "UserStore":
        """The files of the user data."""
        from mltalks.userdata.store import UserStore

        _ = self._missing_data
        place = environment.near(environment.data_place())
        store = UserStore(place, lambda: [one.name for one in self._source.catalogue.unloaded])
        _STORES.add(store)
        return store

    @cached_property
    def _other_layers(self) -> "Layers":
        """The data that this run loads, without the user data."""
        from mltalks.dataset.files import files_of
        from mltalks.userdata.layers import Layers

        paths = [path for _, path in environment.layers(self.options.data or [])]
        below, above = paths[: environment.USER_LAYER], paths[environment.USER_LAYER + 1 :]
        first, last = ([file for path in some if path for file in files_of(path)] for some in (below, above))
        return Layers.read(first, last, self._source.is_indexed)

    def transaction(self, command: str, *, dry_run: bool = False) -> "AbstractContextManager[Transaction]":
        """Return a transaction of the user data, over all data that this run loads (see `userdata.transaction`)."""
        from mltalks.userdata.transaction import transaction

        environment.check_above(self._missing_data if command else None)
        self._wait()
        layers, is_valid = self._other_layers, self._source.is_indexed
        return transaction(self.store, layers, command, dry_run=dry_run, is_valid=is_valid)

    @cached_property
    def records(self) -> "Layers":
        """The records of all data as this run finds them, some of which may not be valid."""
        with self.transaction("", dry_run=True) as look:
            return look.known

    @property
    def _source(self) -> "CatalogueSource":
        """What opens the index of the data as they are now, without all that searches it."""
        from mltalks import __version__
        from mltalks.search.catalogue_source import CatalogueSource

        cache, paths = environment.user_paths()["cache"], environment.data_paths(self.options.data or [])
        source = CatalogueSource(__version__, paths, cache, self.options.themes, environment.own_data())
        source.show_progress = lambda: self.progress("mltalks index")
        return source

    @property
    def form(self) -> str:
        """The format to print in."""
        if self.options.as_json:
            return "json"
        if self.options.form or not self.terminal:
            return self.options.form or "plain"
        default: str = environment.config().values.get("format", "table")
        return default

    def limit(
        self, asked: int | None, on_terminal: int | None = None, elsewhere: int | None = None
    ) -> int | None:
        """Return how many records to print: --limit (0: all), else a default for terminals and one for pipes (None: all).

        The latter is also that of a table in a pipe; a terminal shows the first rows of a table alone.
        """
        if asked is not None:
            return asked or None
        if self.form != "table" or not self.terminal:
            return elsewhere
        configured: int | None = environment.config().values.get("limit", on_terminal)
        return None if on_terminal is None else configured or None

    @property
    def has_written(self) -> bool:
        """Whether this run has changed the user data."""
        return "store" in self.__dict__ and self.store.has_written

    def refresh_index(self) -> None:
        """Change the cached index after the user data that this run has written, so that the next run starts fast."""
        if not self.has_written:
            return
        with suppress(Exception):  # the next run reports what is wrong, and makes the index again
            _ = self._source.catalogue

    def stored(self) -> bool:
        """Return whether sessions are printed as the JSON that the index stores."""
        return self.form in ("json", "jsonl") and not self.fields

    def print_stored(self, records: Iterable[str]) -> None:
        """Print sessions that are JSON texts."""
        from mltalks.text.formats.json_text import array, lines

        streams.show_pieces((lines if self.form == "jsonl" else array)(records))

    def print(self, view: "View") -> None:
        """Print a view in the format of this run."""
        if self.form != "table":
            from mltalks.render.text_formats import render

            labelled = self.options.labels
            if labelled and self.form not in _LABELLED:
                raise UsageError(_LABELS)
            streams.show_pieces(render(view, self.form, self.fields, self.lang, labelled=labelled))
            return
        from mltalks.render.terminal.table import table  # rich: 25 ms

        width, colour = self.look()
        fields = self.fields if self.options.field_list is not None else self._configured(view)
        drawn = table(view, fields, self.lang, width, colour=colour)
        streams.show(drawn.text)
        if drawn.left_out:
            self.say(
                "not shown for lack of width: {columns}; --fields prints them",
                columns=("、" if self.lang == "ja" else ", ").join(drawn.left_out),
            )

    def _configured(self, view: "View") -> list[str]:
        """Return the fields that the configuration chooses for a table; none, with a message, if the view lacks one of them."""
        try:
            view.chosen(self.fields, drawn=True)
        except UsageError:
            self.say(
                "config.toml: some columns are not known; 'mltalks config' says which; the usual ones are shown"
            )
            return []
        return self.fields

    def look(self) -> tuple[int | None, bool]:
        """Return the width of a picture (None: without a limit), and whether it is coloured."""
        colour = environment.colour(self.options.color, terminal=self.terminal)
        return environment.width(terminal=self.terminal), colour

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None] | None]:
        """Yield a function that shows on a terminal, after a while, how much is done out of how much (0: not known), else None."""
        waiting = self._wait()
        if waiting is None:
            yield None
            return
        waiting.advance(what, 0, 0)
        yield partial(waiting.advance, what)
        waiting.advance("mltalks", 0, 0)

    def _wait(self) -> "Waiting | None":
        """Return the wait for a result, which a terminal shows until the next output; None without a terminal."""
        silent = self.options.quiet or sys.stderr is None or not sys.stderr.isatty()
        if silent or os.environ.get("TERM") == "dumb":
            return None
        if self._waiting is None or self._waiting.ended:
            from mltalks.cli.waiting import Waiting

            self._waiting = Waiting(colour=environment.colour(self.options.color, terminal=True))
        return self._waiting

    def followed(self, what: str, items: Iterable[T], total: int) -> Iterator[T]:
        """Yield items, and show on a terminal how many of them are done."""
        with self.progress(what) as progress:
            for done, item in enumerate(items):
                if progress is not None and done % 100 == 0:
                    progress(done, total)
                yield item

    def say(self, template: str, **values: object) -> None:
        """Write a message to standard error."""
        if not self.options.quiet:
            streams.write_message(f"mltalks: {say(template, self.lang, **values)}")

    def report_configuration(self) -> None:
        """Write the problems of the configuration."""
        for problem in environment.config().problems:
            if not self.options.quiet:
                streams.write_message(f"mltalks: {problem.text(self.lang)}")

    def notices(self, messages: Iterable[Message]) -> None:
        """Write notices of a query, the first MOST_NOTICES of them."""
        listed = list(messages)
        shown = listed if len(listed) == MOST_NOTICES + 1 else listed[:MOST_NOTICES]  # one line for another
        for message in shown:
            self.say(message.template, **message.values)
        if len(listed) > len(shown):
            self.say("not shown: {count} similar messages", count=len(listed) - len(shown))

    def _report(self, error: MltalksError) -> None:
        """Write an error after which the run goes on."""
        streams.write_message(f"mltalks: {error.text(self.lang)}")

    def report_operators(self, query: list[str] | None, *, ranked: bool) -> None:
        """Write a notice for each operator in small letters, in Japanese, or of another query language, in a query.

        A `ranked` search finds talks on both and on either of two words, whatever is between them.
        """
        if query and not self.options.quiet:
            from mltalks.search.rewriting.query_notices import query_notices

            operators = ("NOT",) if ranked else ("OR", "AND", "NOT")
            self.notices(query_notices(lambda: self.library.catalogue, query, operators))

    def counted(self, shown: int, total: int, *, exit_status: bool = False) -> Exit:
        """Write how many sessions were found, and return the exit code."""
        if not total:
            self.say("nothing found")
        elif shown < total:
            self.say("{shown} of {count} sessions; --limit 0 shows all", shown=shown, count=total)
        elif self.form == "table":
            self.say("{count} sessions", count=total)
        return Exit.FAILURE if exit_status and not total else Exit.DONE

    def number(self, total: int, incomplete: "Iterable[Event]" = (), *, exit_status: bool = False) -> Exit:
        """Print a number alone, write which of its events are incomplete, and return the exit code."""
        streams.show(f"{total}\n")
        self.incomplete(incomplete)
        return Exit.FAILURE if exit_status and not total else Exit.DONE

    def incomplete(self, events: "Iterable[Event]") -> None:
        """Write which of the counted events are incomplete, and of which it is not known."""
        from mltalks.analysis.coverage import coverage_notices

        self.notices(coverage_notices(events))


def drop_compiled() -> bool:
    """Remove the compiled indexes that this run has read, one of which may be damaged; return whether there were any."""
    dropped = [opened.drop_compiled() for opened in _OPENED]
    _OPENED.clear()
    return any(dropped)


def can_run_again() -> bool:
    """Return whether this run has neither printed nor written anything."""
    return not streams.has_written() and not any(store.has_written for store in _STORES)


def with_console(function: Callable[Concatenate[Console, P], Exit]) -> Callable[..., Exit]:
    """Return a command for typer that has the shared options, and passes them to `function` as a console.

    A parameter whose type is a dataclass becomes an option for each field. An option of the command replaces the shared one
    with that name.
    """
    declared = list(inspect.signature(function).parameters.values())[1:]
    groups: dict[str, Any] = {one.name: one.annotation for one in declared if is_dataclass(one.annotation)}
    parameters = [
        part for one in declared for part in (options_of(groups[one.name]) if one.name in groups else [one])
    ]
    own = {one.name for one in parameters}
    shared = [one for one in options_of(Options) if one.name not in own]

    @wraps(function)
    def command(**given: Any) -> Exit:
        run: typer.Context = given["context"] if "context" in own else given.pop("context")
        console = Console(Options(**{one.name: given.pop(one.name) for one in shared}), run.info_name or "")
        console.report_configuration()
        typed = {name: characters(value, console.say) for name, value in given.items()}
        for name, group in groups.items():
            typed[name] = group(**{field.name: typed.pop(field.name) for field in fields(group)})
        if "query" in typed:
            typed["query"] = console.typed_ids.query(typed["query"], after_name="coverage" in typed)
        try:
            code = function(console, **typed)  # type: ignore[call-arg]
            console.report_operators(typed.get("query"), ranked="distant" in typed)
            if "library" in console.__dict__ and not console.has_written:
                console.notices(console.library.notices())
            console.refresh_index()
        finally:
            streams.end_waiting()
        return Exit.NOT_FOUND if code == Exit.DONE and console.typed_ids.missing else code

    all_parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*parameters, *shared)]
    if "context" not in own:
        all_parameters.append(
            inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        )
    command.__signature__ = inspect.Signature(all_parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in all_parameters}
    return command


def verdict(console: Console, problems: "Sequence[Problem]", files: int) -> Exit:
    """Write the number of problems and files, and return the exit code."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if problems:
        console.say(
            "{errors}, {warnings}",
            errors=Message("{count} errors", {"count": errors}),
            warnings=Message("{count} warnings", {"count": warnings}),
        )
    else:
        console.say("{files} files checked, no problems found", files=files)
    return Exit.DATA if errors else Exit.DONE
