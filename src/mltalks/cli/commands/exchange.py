"""The commands that hand data to other programs and take them from there: export, import."""

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mltalks.cli import streams
from mltalks.cli.console import Console, Query, verdict, with_console
from mltalks.cli.exit_codes import Exit
from mltalks.errors import DataError, UsageError
from mltalks.exchange.exporters.registry import ENDINGS, WRITERS, ExportFormat

if TYPE_CHECKING:
    from mltalks.dataset.model import Event, Session

ImportFormat = Literal[
    "csv", "tsv", "json", "jsonl", "toml", "bibtex", "ris", "ical", "pyvideo", "virtual", "schedule", "dblp", "rubyevents",
]  # fmt: skip
# The module and function of each format that is text.

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-O",
        metavar="FILE",
        help="Write to this file, whole or not at all; - for standard output.",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@with_console
def export_command(
    console: Console,
    form: Annotated[
        ExportFormat | None,
        typer.Option(
            "--format",
            "-o",
            help="How to write; else the ending of the file tells, else toml.",
            show_default=False,
        ),
    ] = None,
    query: Query = None,
    output: Output = None,
    force: Force = False,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Your notes, too.")] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help="With opensearch: write the index that the documents go into there.",
            show_default=False,
        ),
    ] = None,
) -> Exit:
    """Write the sessions of a query for other programs, or the theme tree as SKOS with the sessions counted.

    mltalks export tag:survey -O survey.bib
    mltalks export year:2024.. --format sqlite -O talks.db

    toml, json, jsonl, csv and tsv give back the same sessions when they are imported; ris, ical and bibtex what they hold.
    """
    if console.options.as_json and form not in (None, "json"):
        raise UsageError("--json and -o {format} exclude each other", format=form)
    if console.fields:
        raise UsageError("export writes whole records; 'mltalks list --fields' picks some")
    ending = ENDINGS.get(output.suffix.lower()) if output else None
    form = "json" if console.options.as_json else form or ending or "toml"
    if mapping is not None:
        if form != "opensearch":
            raise UsageError("--mapping is for --format opensearch")
        from mltalks.exchange.exporters.opensearch import mapping as index

        _put(mapping, lambda file: _write(file, iter([index()])), force=force)
    if form in ("skos", "skos-json"):
        return _export_tree(console, query, form, output, force=force)
    return _export_sessions(console, query, form, output, force=force, with_notes=with_notes)


def _export_sessions(
    console: Console,
    query: list[str] | None,
    form: str,
    output: Path | None,
    *,
    force: bool,
    with_notes: bool,
) -> Exit:
    found = console.library.list(query or "")
    console.notices(found.notices)
    catalogue = console.library.catalogue

    def sessions() -> "Iterator[Session]":
        for doc in found.docs:
            session = catalogue.session(doc)
            yield session if with_notes else session._replace(note=None)

    events = catalogue.events
    if form == "sqlite":
        if output is None or str(output) == "-":
            raise UsageError("--format sqlite needs a file: -O talks.db")
        from mltalks.exchange.exporters.sqlite import write as write_sqlite

        themes, organizations = catalogue.themes.values(), catalogue.organizations.by_name.values()
        members = catalogue.members
        _put(
            output,
            lambda file: write_sqlite(sessions(), events, themes, organizations, members, file),
            force=force,
        )
    elif form == "opensearch":
        from mltalks.exchange.exporters.opensearch import write as write_documents

        organizations, themes = catalogue.organizations.by_name.values(), catalogue.themes.values()
        documents = write_documents(sessions(), events, organizations=organizations, themes=themes)
        _put(output, lambda file: _write(file, documents), force=force)
    else:
        module, function = WRITERS[form]
        write: Callable[..., Iterator[str]] = getattr(
            import_module(f"mltalks.exchange.exporters.{module}"), function
        )
        _put(output, lambda file: _write(file, write(sessions(), events)), force=force)
    _tell_of_export(console, sessions(), events, form, output, found.total)
    return Exit.DONE


def _tell_of_export(
    console: Console,
    sessions: "Iterator[Session]",
    events: "dict[str, Event]",
    form: str,
    output: Path | None,
    total: int,
) -> None:
    if form == "ical":
        from mltalks.exchange.exporters.ical import undated

        without = undated(sessions, events)
        total -= without
        if without:
            console.say("sessions without a date, left out of the calendar: {count}", count=without)
    if not total:
        console.say("nothing found")
    elif output is not None and str(output) != "-":
        console.say("sessions written to {path}: {count}", count=total, path=str(output))


def _export_tree(
    console: Console, query: list[str] | None, form: str, output: Path | None, *, force: bool
) -> Exit:
    tree = console.library.themes(query or "")
    from mltalks.taxonomy.skos.writer import json_ld, turtle

    console.notices(tree.notices)
    write = json_ld if form == "skos-json" else turtle
    counts = {count.theme.id: count.sessions for count in tree.themes}
    text = write([count.theme for count in tree.themes], counts, " ".join(query or []))
    _put(output, lambda file: _write(file, iter([text])), force=force)
    if output is not None and str(output) != "-":
        console.say("{themes} themes written to {path}", themes=len(tree.themes), path=str(output))
    console.incomplete(tree.incomplete)
    return Exit.DONE


def _write(file: Path | None, pieces: Iterator[str]) -> None:
    """Write pieces of text to a file, or to standard output."""
    if file is None:
        for piece in pieces:
            streams.write(piece)
        return
    with file.open("w", encoding="utf-8", newline="") as opened:
        opened.writelines(pieces)


def _put(output: Path | None, fill: Callable[[Any], None], *, force: bool) -> None:
    """Let a file be filled, or standard output (None)."""
    if output is None or str(output) == "-":
        fill(None)
    else:
        streams.save(output, fill, force=force)


@with_console
def import_command(
    console: Console,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...", help="Files or folders; - for standard input.", show_default=False
        ),
    ] = None,
    form: Annotated[
        ImportFormat | None,
        typer.Option(
            "--format", "-f", help="What it is; else it is told by its own marks.", show_default=False
        ),
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(
            "--event",
            metavar="EVENT",
            help="The event of all, by id or name; a new one by name and year.",
            show_default=False,
        ),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="The column or key of a field; repeatable.",
            show_default=False,
        ),
    ] = None,
    encoding: Annotated[
        str,
        typer.Option(
            "--encoding", metavar="NAME", help="The encoding of the text, as cp932.", show_default=False
        ),
    ] = "utf-8-sig",
    address: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Fetch it from there, by https.", show_default=False),
    ] = None,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Add what seems to be there already, too.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="List what would be added, changed and skipped, and change nothing."),
    ] = False,
    output: Output = None,
    force: Force = False,
) -> Exit:
    """Bring sessions from files of other programs into your own data.

    mltalks import talks.csv --event "ML Meetup 2025" --dry-run
    mltalks import ~/pyvideo-data

    Read are csv, tsv, json, jsonl, toml, bibtex, ris, ical, pyvideo (a folder, too), virtual conference sites, schedule
    (pretalx, frab), dblp and rubyevents. What is not taken is listed with the reason; then the exit code is 3.
    With --themes and no file: turn a SKOS thesaurus into a theme tree of TOML.
    """
    if console.options.themes is not None and not sources and address is None:
        return _import_tree(console, output, force=force)
    if output is not None or force:
        raise UsageError("-O is for --themes; sessions go into your own data")
    from mltalks.cli.commands.import_run import import_sessions

    return import_sessions(
        console, sources or [], address, form=form, event=event, mapping=mapping or [],
        encoding=encoding, keep_duplicates=keep_duplicates, dry_run=dry_run,
    )  # fmt: skip


def _import_tree(console: Console, output: Path | None, *, force: bool) -> Exit:
    """Turn a SKOS thesaurus into a theme tree of TOML, to read, change and use with --themes."""
    from mltalks.taxonomy.load import read_tree
    from mltalks.taxonomy.skos.reader import FORMS, form_of

    path = console.options.themes or Path(os.devnull)
    if form_of(path) is None:
        raise UsageError(
            "{path}: the ending tells the format; it may be {endings}",
            path=str(path)[:200],
            endings=", ".join(FORMS),
        )
    themes, problems = read_tree(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors and console.form in ("json", "jsonl"):
        raise DataError(errors)
    for problem in problems:
        if not console.options.quiet or problem in errors:
            streams.tell(f"mltalks: {problem.text(console.lang)}")
    if not errors:
        from mltalks.taxonomy.themes_toml import themes_toml  # tomlkit: 20 ms

        text = themes_toml(themes)
        _put(output, lambda file: _write(file, iter([text])), force=force)
        if output is not None and str(output) != "-":
            console.say("{themes} themes written to {path}", themes=len(themes), path=str(output))
    return verdict(console, problems, 1) if len(problems) > 1 else Exit.DATA if errors else Exit.DONE
