"""The command that hands data to other programs: export."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mltalks.cli import streams
from mltalks.cli.console import Console, Query, with_console
from mltalks.cli.exit_codes import Exit
from mltalks.errors import UsageError
from mltalks.exchange.exporters.registry import ENDINGS, WRITERS, ExportFormat

if TYPE_CHECKING:
    from mltalks.dataset.model import Event, Session

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

        streams.save_text(mapping, iter([index()]), force=force)
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
        streams.save(
            output,
            lambda file: write_sqlite(sessions(), events, themes, organizations, members, file),
            force=force,
        )
    elif form == "opensearch":
        from mltalks.exchange.exporters.opensearch import write as write_documents

        organizations, themes = catalogue.organizations.by_name.values(), catalogue.themes.values()
        documents = write_documents(sessions(), events, organizations=organizations, themes=themes)
        streams.save_text(output, documents, force=force)
    else:
        module, function = WRITERS[form]
        write: Callable[..., Iterator[str]] = getattr(
            import_module(f"mltalks.exchange.exporters.{module}"), function
        )
        streams.save_text(output, write(sessions(), events), force=force)
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
    streams.save_text(output, iter([text]), force=force)
    if output is not None and str(output) != "-":
        console.say("{themes} themes written to {path}", themes=len(tree.themes), path=str(output))
    console.incomplete(tree.incomplete)
    return Exit.DONE
