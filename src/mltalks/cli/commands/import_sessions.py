"""The command that imports sessions from files of other programs into the user data: import.

Does not read any format itself.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from mltalks.cli import streams
from mltalks.cli.commands.export import Force, Output
from mltalks.cli.commands.import_summary import (
    DIFFERS,
    SHOWN,
    all_or_nothing,
    first_of,
    leave_out_removed,
    report_counts,
    say_changes,
    say_events,
    say_joined,
    say_names,
    say_not_used,
    say_removed,
    say_unfiled,
)
from mltalks.cli.commands.own.session_options import DateOrder
from mltalks.cli.console import Console, verdict, with_console
from mltalks.cli.declarations import argument, flag, option
from mltalks.cli.exit_codes import Exit
from mltalks.errors import DataError, UsageError
from mltalks.exchange.importers.registry import IMPORTERS
from mltalks.messages import excerpt

if TYPE_CHECKING:
    from mltalks.exchange.intake.intake import Intake
    from mltalks.exchange.intake.taken import Taken
    from mltalks.exchange.readers.source import Found, Source
    from mltalks.problems import Problem
    from mltalks.userdata.transaction import Transaction

HOPELESS = 1_000  # problems at the beginning of a source, without one session, after which reading stops


Sources = Annotated[list[str] | None, argument("[FILE]...", "Files or folders; - reads standard input.")]
Form = Annotated[
    str | None,
    option(
        "--format",
        "-f",
        "Input format; default: detected from the content.",
        metavar=f"<{'|'.join(IMPORTERS.built_in)}>",
    ),
]
EventName = Annotated[
    str | None,
    option(
        "--event", "Event for all sessions: an id or name; for a new event, name and year.", metavar="EVENT"
    ),
]
DefaultEvent = Annotated[
    str | None,
    option(
        "--default-event",
        "Event for the sessions that name none; a new one without a year gets the year of each session.",
        metavar="EVENT",
    ),
]
Columns = Annotated[
    list[str] | None,
    option("--map", "Read FIELD from this column or key; repeatable.", metavar="FIELD=COLUMN"),
]
Encoding = Annotated[
    str | None,
    option(
        "--encoding", "Text encoding, for example cp932; default: detected from the content.", metavar="NAME"
    ),
]
Address = Annotated[str | None, option("--url", "Download the file from this https address.", metavar="URL")]
KeepDuplicates = Annotated[bool, flag("--keep-duplicates", "Also add sessions that look like duplicates.")]
Undecided = Annotated[
    bool,
    flag(
        "--undecided",
        "Also take proposals whose status does not say that they are accepted: submitted, in review, on a waiting list.",
    ),
]
DryRun = Annotated[
    bool, flag("--dry-run", "List which session each record is, or would become, and change nothing.")
]


@with_console
def import_command(
    console: Console,
    sources: Sources = None,
    form: Form = None,
    event: EventName = None,
    default_event: DefaultEvent = None,
    mapping: Columns = None,
    encoding: Encoding = None,
    address: Address = None,
    keep_duplicates: KeepDuplicates = False,
    update: Annotated[
        bool,
        flag("--update", "Also change known events, and sessions known by title or DOI: take what differs."),
    ] = False,
    date_order: DateOrder = None,
    undecided: Undecided = False,
    dry_run: DryRun = False,
    output: Output = None,
    force: Force = False,
) -> Exit:
    """Import sessions from files of other programs into your data.

    mltalks import talks.csv --event "ML Meetup 2025" --dry-run
    mltalks import papers.bib --default-event Preprints
    mltalks import ~/pyvideo-data

    Formats: csv, tsv, json, jsonl, toml, bibtex, ris, ical, pyvideo (a file or a folder), virtual (JSON of
    the virtual sites of NeurIPS, MLSys and other conferences), schedule (JSON of pretalx or frab), dblp, csl (CSL JSON of Zotero or
    pandoc), rubyevents
    (a file or a folder), sessionize and pretalx (JSON of their APIs).
    A record with the id of a session changes that session; an empty cell changes nothing ('edit --unset FIELD' removes a value). A column of tags has
    your tags in a table with a column of ids, and of shipped talks; elsewhere it has keywords. Tags are added to yours;
    your mark and your note stay, with new lines below the note; --update replaces both. One that only has its title, its DOI, its key in a bibliography, or the id
    that Sessionize, pretalx or a calendar gave it, is skipped without --update. Proposals that are refused or withdrawn are skipped, and without --undecided
    those whose status does not say that they are accepted.
    A message says how many of the new sessions no theme fits. Rejected records are listed with the reason; if there are any, the exit code is 3. With --themes FILE and no file to
    import, the SKOS thesaurus FILE is converted into a theme tree in TOML.
    """
    if console.options.themes is not None and not sources and address is None:
        return _import_tree(console, output, force=force)
    if output is not None or force:
        raise UsageError("-O works only with --themes; imported sessions are saved in your data")
    from mltalks.exchange.mapping.column_names import typed_columns

    encoding = streams.known_encoding(encoding) if encoding else None
    opened = _opened(sources or [], address, typed_columns(mapping or []), encoding)
    if form is not None:
        IMPORTERS.load(form)  # raises an error for a wrong name before anything is read
    if not sources and address is None:
        raise UsageError("give a file to import: mltalks import talks.csv; - reads standard input")
    if event is not None and default_event is not None:
        raise UsageError("--event and --default-event cannot be combined")
    from mltalks.exchange.intake.intake import Intake
    from mltalks.userdata.last_edits import LastEdits

    listed = dry_run or console.form in ("json", "jsonl")
    report = _ProblemReport(console, listed=listed and streams.is_terminal())
    edits = LastEdits(lambda: console.store.changes([]), console.records.shipped)
    intake = Intake(
        console.library.catalogue,
        report.add,
        event,
        default_event=default_event,
        keep_duplicates=keep_duplicates,
        update=update,
        date_order=date_order,
        edited=edits,
    )
    streams.end_waiting()  # what is imported may be typed
    taking = _Taking(console, report, form, listed=listed, typed="-" in (sources or []))
    counts, taken = taking.take_in(intake, (one._replace(undecided=undecided) for one in opened))
    absent, not_read = intake.absent()
    new_names: list[str] = []
    removed = leave_out_removed(intake, counts, taken, edits.removed) if intake.added else []
    added = [*intake.added]
    changed = intake.events or intake.event_changes or intake.changes or intake.added
    if taking.organizations or (not dry_run and changed):
        command = " ".join(("import", *("--update",) * update, _names_of(sources or [], address)))
        with console.transaction(command, dry_run=dry_run) as change:
            new_names = taking.put_names_into(change)
            if not dry_run:
                put_into(change, intake)
    if listed:
        from mltalks.render.views.imports import taken_view

        console.print(taken_view(taken, console.lang))
    report.finish()
    say_changes(console, taking.changed)
    say_events(console, intake, dry_run=dry_run)
    report_counts(console, intake, counts, report.errors + intake.unlisted, absent, not_read, dry_run=dry_run)
    say_joined(console, taking.joined)
    say_removed(console, removed)
    say_names(console, new_names, dry_run=dry_run)
    if added and not dry_run:
        say_unfiled(console, added)
    return Exit.DATA if report.errors else Exit.DONE


class _ProblemReport:
    """Prints problems as they are found; on a terminal, which shows a progress bar, the first ones at the end."""

    def __init__(self, console: Console, *, listed: bool) -> None:
        self._console = console
        self._listed = listed  # the records that are left out are on the screen
        self._waits = sys.stderr is not None and sys.stderr.isatty()
        self._kept: list[Problem] = []
        self._warnings = 0
        self.errors = 0

    def add(self, problem: "Problem") -> None:
        """Count a problem, and print or keep it."""
        from mltalks.exchange.readers.source import LeftOut

        if self._listed and isinstance(problem, LeftOut):
            return
        error = problem.severity == "error"
        self.errors += error
        self._warnings += not error
        if error or not self._console.options.quiet:
            if not self._waits:
                self._print(problem)
            elif len(self._kept) < SHOWN:
                self._kept.append(problem)

    def finish(self) -> None:
        """Print the problems that were kept."""
        for problem in self._kept:
            self._print(problem)
        more = self.errors + self._warnings - len(self._kept)
        if self._kept and more:
            self._console.say(
                "and {count} more problems; to save all of them, add '2> problems.txt' to the command",
                count=more,
            )

    def _print(self, problem: "Problem") -> None:
        streams.write_message(f"mltalks: {problem.text(self._console.lang)}")


def _names_of(sources: Sequence[str], address: str | None) -> str:
    """Return the names of the imported files, without their folders, for the journal."""
    names = (Path(name).absolute().name if name != "-" else name for name in sources)
    of_address = [address.partition("?")[0].rstrip("/").rpartition("/")[2]] if address else []
    return excerpt(str(first_of([*names, *of_address])))


def _opened(
    names: Sequence[str], address: str | None, columns: Mapping[str, str], encoding: str | None
) -> "Iterator[Source]":
    from mltalks.exchange.source_opener import AUTO, fetch_source, open_source

    with ExitStack() as stack:
        for name in names:
            yield open_source(name, stack)._replace(mapping=columns, encoding=encoding or AUTO)
        if address is not None:
            yield fetch_source(address, stack)._replace(mapping=columns, encoding=encoding or AUTO)


class _Taking:
    """Takes sources in and reports what is skipped, and what of a source is not used."""

    def __init__(
        self, console: Console, report: _ProblemReport, form: str | None, *, listed: bool, typed: bool
    ) -> None:
        self._console = console
        self._report = report
        self._form = form
        self._listed = listed  # the records are printed
        self._typed = typed
        self.changed: list[Taken] = []  # records that change a session, if they are not printed
        self.joined: list[Taken] = []  # rows that are joined with another one
        self.organizations: list[Mapping[str, Any]] = []  # records of them

    def take_in(self, intake: "Intake", sources: "Iterator[Source]") -> "tuple[Counter[str], list[Taken]]":
        """Return the number of records by outcome, and the records if they are listed."""
        from mltalks.exchange.intake.taken import line_of
        from mltalks.exchange.source_opener import read_source

        counts: Counter[str] = Counter()
        taken: list[Taken] = []
        shown = nullcontext() if self._typed else self._console.progress("mltalks import")
        with all_or_nothing(self._console, intake), shown as progress:
            for opened in sources:
                source = opened._replace(
                    unread={}, as_keywords={}, organizations=self.organizations, kinds={}
                )
                found = read_source(
                    source, self._form, lambda error: self._console.notices([error.message]), progress
                )
                first, has_keywords = len(taken), False
                for one in intake.take(self._while_hopeful(source, found)):
                    counts[one.outcome] += 1
                    has_keywords |= one.outcome == "add" or not {"keywords", "keywords_ja"}.isdisjoint(
                        one.fields
                    )
                    counts[DIFFERS] += one.outcome == "skip" and bool(one.fields)
                    if self._listed:
                        taken.append(one)
                    elif one.outcome == "skip" and not one.reported:
                        self._skipped(one)
                    elif one.outcome == "change":
                        self.changed.append(one)
                    if one.outcome == "join":
                        self.joined.append(one)
                taken[first:] = sorted(taken[first:], key=line_of)
                say_not_used(self._console, source, has_keywords=has_keywords)
        return counts, taken

    def _while_hopeful(self, source: "Source", found: "Found") -> "Found":
        from mltalks.problems import Problem

        useless = 0  # records at the beginning that are problems
        empty, known = True, len(self.organizations)
        for number, one in enumerate(found):
            empty = False
            useless += useless == number and isinstance(one, Problem)
            if useless == HOPELESS:
                raise source.unreadable(
                    "none of the first {count} records is a talk; set --format", count=useless
                )
            yield one
        if empty and len(self.organizations) == known:
            self._report.add(source.warning("has no talks"))

    def _skipped(self, one: "Taken") -> None:
        from mltalks.problems import Problem

        template = (
            "{reason}; it is skipped, although it differs: {changes}"
            if one.changes
            else "{reason}; it is skipped"
        )
        values = {"reason": one.reason, "changes": one.changes}
        self._report.add(Problem.of(Path(one.place), template, None, excerpt(one.title), "warning", **values))

    def put_names_into(self, change: "Transaction") -> list[str]:
        """Add the organizations of the sources to the user data, report what is not taken, and return those with new names."""
        if not self.organizations:
            return []
        from mltalks.exchange.intake.organization_names import take

        taken, refused = take(change, self.organizations)
        self._console.notices(refused)
        return taken


def put_into(change: "Transaction", intake: "Intake") -> None:
    """Add and change the imported sessions in a transaction; each record is freed at once to save memory."""
    intake.forget()
    for event in intake.events:
        change.add("events", event)
    for name, values in intake.event_changes.items():
        change.event_record(name).update(values)
    for session_id, values in intake.changes.items():
        change.update(session_id, values)
    for name in [*intake.added]:
        change.add("sessions", intake.added.pop(name))


def _import_tree(console: Console, output: Path | None, *, force: bool) -> Exit:
    """Convert a SKOS thesaurus to a theme tree in TOML, for use with --themes."""
    from mltalks.taxonomy.load import read_tree
    from mltalks.taxonomy.skos.rdf import FORMS, form_of

    path = console.options.themes or Path(os.devnull)
    if form_of(path) is None:
        raise UsageError(
            "{path}: unknown file extension; use one of {endings}",
            path=str(path)[:200],
            endings=", ".join(FORMS),
        )
    themes, problems = read_tree(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors and console.form in ("json", "jsonl"):
        raise DataError(errors)
    for problem in problems:
        if not console.options.quiet or problem in errors:
            streams.write_message(f"mltalks: {problem.text(console.lang)}")
    if not errors:
        from mltalks.taxonomy.themes_toml import themes_toml  # tomlkit: 20 ms

        streams.save_text(output, iter([themes_toml(themes)]), force=force)
        if output is not None and str(output) != "-":
            console.say("{themes} themes written to {path}", themes=len(themes), path=str(output))
    return verdict(console, problems, 1) if len(problems) > 1 else Exit.DATA if errors else Exit.DONE
