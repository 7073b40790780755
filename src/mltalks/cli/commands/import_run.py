"""How `import` goes: each source opened, its format told, its sessions taken in, then written all at once."""

import io
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from mltalks.cli import streams
from mltalks.cli.console import Console
from mltalks.cli.exit_codes import Exit
from mltalks.errors import DataError, UsageError
from mltalks.exchange.importers import registry
from mltalks.exchange.intake import Intake, Taken
from mltalks.exchange.readers.source import Draft, Source
from mltalks.messages import Message
from mltalks.problems import Problem

if TYPE_CHECKING:
    from mltalks.search.index_cache import Progress

STEP = 500  # records after which progress is shown again
SHOWN = 20  # problems that are told in full
HOPELESS = 1_000  # records without a talk at the beginning, after which nothing is hoped for


def import_sessions(
    console: Console,
    files: Sequence[str],
    address: str | None,
    *,
    form: str | None,
    event: str | None,
    mapping: Sequence[str],
    encoding: str,
    keep_duplicates: bool,
    dry_run: bool,
) -> Exit:
    """Take in what some files hold, and write it into the person's own data.

    Raises:
        UsageError: an option says nothing that can be done.
        DataError: nothing of a file can be read.

    """
    names = _mapping(mapping)
    _check_encoding(encoding)
    if not files and address is None:
        raise UsageError("name the file to import: mltalks import talks.csv; - reads standard input")
    console.makes_data = True
    told = _Told(console)
    intake = Intake(console.library.catalogue, told.tell, event, keep_duplicates=keep_duplicates)
    listed = dry_run or console.form in ("json", "jsonl")
    taken: list[Taken] = []
    counts: Counter[str] = Counter()
    with ExitStack() as opened, console.progress("mltalks import") as progress:
        for source in _sources(files, address, names, encoding, opened):
            for one in intake.take(_read(source, form, progress)):
                counts[one.outcome] += 1
                if listed:
                    taken.append(one)
    if not dry_run:
        _write(console, intake)
    if listed:
        from mltalks.render.views.imports import taken_view

        shown = [one for one in taken if one.outcome != "known" or console.options.as_json]
        console.print(taken_view(shown, console.lang))
    told.rest()
    _report(console, intake, counts, told.errors, dry_run=dry_run)
    return Exit.DATA if told.errors else Exit.DONE


class _Told:
    """Tells problems as they are found; on a terminal, where a bar is shown, the first of them when all is done."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._waits = sys.stderr is not None and sys.stderr.isatty()
        self._kept: list[Problem] = []
        self._warnings = 0
        self.errors = 0

    def tell(self, problem: Problem) -> None:
        """Count a problem, and tell it or keep it."""
        error = problem.severity == "error"
        self.errors += error
        self._warnings += not error
        if error or not self._console.options.quiet:
            if not self._waits:
                self._say(problem)
            elif len(self._kept) < SHOWN:
                self._kept.append(problem)

    def rest(self) -> None:
        """Tell what was kept."""
        for problem in self._kept:
            self._say(problem)
        more = self.errors + self._warnings - len(self._kept)
        if self._kept and more:
            self._console.say("and {count} more; 2> problems.txt keeps all of them", count=more)

    def _say(self, problem: Problem) -> None:
        streams.tell(f"mltalks: {problem.text(self._console.lang)}")


def _mapping(typed: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in typed:
        field, equals, column = one.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise UsageError(
                '--map {typed}: write it as FIELD=COLUMN, like "title=Talk title"', typed=one[:60]
            )
        found[field.strip()] = column.strip()
    return found


def _check_encoding(name: str) -> None:
    try:
        "".encode(name)
    except (LookupError, ValueError, UnicodeError):
        raise UsageError("--encoding {name}: there is no such encoding", name=name[:60]) from None


def _sources(
    files: Sequence[str], address: str | None, mapping: Mapping[str, str], encoding: str, opened: ExitStack
) -> Iterator[Source]:
    for name in files:
        if name == "-":
            if sys.stdin is None:
                raise UsageError("there is no standard input")
            yield Source(Path("<stdin>"), sys.stdin.buffer, mapping, encoding)
        else:
            yield _file(Path(name), mapping, encoding, opened)
    if address is not None:
        from mltalks.exchange.network.fetch import fetch

        yield Source(
            Path(address.rpartition("/")[2] or "download"),
            opened.enter_context(fetch(address)),
            mapping,
            encoding,
        )


def _file(path: Path, mapping: Mapping[str, str], encoding: str, opened: ExitStack) -> Source:
    try:
        if path.is_dir():
            return Source(path, None, mapping, encoding)
        return Source(path, opened.enter_context(path.open("rb")), mapping, encoding)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = Problem(path, None, None, None, Message("cannot be read: {reason}", {"reason": reason}))
        raise DataError([problem], loaded=False) from None


def _read(source: Source, form: str | None, progress: "Progress | None") -> Iterator[Draft | Problem]:
    """Return what a source holds, its format told by its beginning, and show how far it has come."""
    head, looked, size = "", None, 0
    if source.opened is not None:
        looked = _Looked(source.opened)
        source = source._replace(opened=io.BufferedReader(looked))
        head = looked.head.decode(source.encoding, "replace")
        size = source.path.stat().st_size if source.path.is_file() else 0
    form = form or registry.detect(source.path, head)
    if form is None:
        raise source.unreadable(
            "its format cannot be told; --format names it: {names}", names=", ".join(registry.FORMATS)
        )
    useless = 0  # records at the beginning that cannot be taken
    for number, one in enumerate(registry.read(source, form)):
        if progress is not None and number % STEP == 0:
            progress(looked.done if looked and size else number, size)
        useless += useless == number and isinstance(one, Problem)
        if useless == HOPELESS:
            raise source.unreadable(
                "its first {count} records are no talks; --format names what it is", count=useless
            )
        yield one


class _Looked(io.RawIOBase):
    """A stream whose beginning has been looked at and is still there; `done` counts the bytes that were read."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        self.head = opened.read(4 * registry.HEAD)
        self._rest = self.head
        self.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._rest[: len(buffer)] or self._opened.read(len(buffer))
        self._rest = self._rest[len(piece) :]
        buffer[: len(piece)] = piece
        self.done += len(piece)
        return len(piece)


def _write(console: Console, intake: Intake) -> None:
    from mltalks.userdata.bulk_edit import taken_in

    for edit in taken_in(console.own, "import", intake.changes, intake.added, intake.events):
        console.own.change(*edit)


def _report(
    console: Console, intake: Intake, counts: Mapping[str, int], refused: int, *, dry_run: bool
) -> None:
    """Tell how much was taken in, and which events are new."""
    template = (
        "would add {added}, change {changed}, skip {skipped}; {known} known already, {refused} not taken"
        if dry_run
        else "{added} added, {changed} changed, {skipped} skipped; {known} known already, {refused} not taken"
    )
    console.say(
        template,
        added=counts["add"],
        changed=counts["change"],
        skipped=counts["skip"],
        known=counts["known"],
        refused=refused,
    )
    if intake.events:
        names = ", ".join(str(event["id"]) for event in intake.events[:5]) + (
            ", …" if len(intake.events) > 5 else ""
        )
        console.say("new events: {names}", names=names)
