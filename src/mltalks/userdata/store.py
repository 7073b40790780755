"""The files of the user data, in one folder or in one file: locked, read, replaced whole, with a journal to undo from.

Works on paths and text; does not depend on records (see `transaction`).
"""

import errno
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import NamedTuple

from mltalks.errors import DataError, MltalksError
from mltalks.messages import Listing
from mltalks.userdata import journal
from mltalks.userdata.atomic_write import beside, put_in_place
from mltalks.userdata.file_text import FileText, digest_of
from mltalks.userdata.journal import Change, Splice, spliced
from mltalks.userdata.lock import opened_lock

_TEMPORARY = re.compile(r"\..+\.\d+\.[0-9a-f]{8}\.tmp", re.ASCII)


class Difference(NamedTuple):
    """The text of a file before and after a change."""

    file: Path
    before: str
    after: str


_MOST_NAMED = 5  # records that a message names


class UserStore:
    """The folder of the user data, or the one file that holds them all (its name ends in `.toml`)."""

    def __init__(self, place: Path, read_back: Callable[[], Iterable[str]] = tuple) -> None:
        """Take the folder or file, and a function that reads all data as every command does.

        It returns the names of the records that are left out, because what they belong to is not loaded, or raises DataError.
        """
        self._place = place
        self._single = place.suffix == ".toml"
        self.folder = place.parent if self._single else place
        prefix = f".{place.name}." if self._single else "."
        self._journal = self.folder / f"{prefix}journal"
        self._backup = self.folder / f"{prefix}backup"
        self._lock = self._journal / "lock"
        self._read: dict[Path, FileText] = {}
        self._read_back = read_back
        self._written: list[tuple[FileText, Change]] = []  # by the block that holds the lock
        self.has_written = False

    def file(self, name: str) -> Path:
        """Return the file of that name; if all data are in one file, that one."""
        return self._place if self._single else self._place / name

    def files(self) -> tuple[Path, ...]:
        """Return the files that exist, in the order in which they are loaded.

        Raises MltalksError: the folder cannot be read.
        """
        with _one_line(self._place):
            found = [self._place] if self._single else sorted(self._place.glob("*.toml"))
            return tuple(file for file in found if file.is_file())

    def read(self, file: Path) -> FileText:
        """Return the text of a file; under the lock each file is read once.

        Raises MltalksError: it cannot be read.
        """
        if file not in self._read:
            with _one_line(file):
                self._read[file] = FileText(file)
        return self._read[file]

    @contextmanager
    def unlocked(self, *, readable: bool) -> Iterator[None]:
        """Do not lock, for what only looks.

        Raises DataError: the data cannot be read, as by any command that lists them, and have to be `readable`.
        """
        if readable:
            self._read_all(readable=True)
        yield

    @contextmanager
    def locked(self, *, readable: bool = False) -> Iterator[None]:
        """Create the folder and hold its lock; other writers wait.

        If the block fails, a lock file or folder that was made for it is removed again. What it wrote is read back: if the data
        could be read before and cannot now, all of it is taken back.

        Raises DataError: the data cannot be read now, and have to be `readable`.
        Raises MltalksError: the system has no file locks, something cannot be written, or what was written cannot be read.
        """
        with _one_line(self.folder):
            _refuse_link(self._journal)
            new_folders = [one for one in (self._journal, self.folder) if not one.exists()]
            new_lock = not self._lock.exists()
            with opened_lock(self._lock):
                try:
                    error, left_out = self._read_all(readable=readable)  # with what another writer has left
                    self._read.clear()
                    self._written.clear()
                    self._remove_temporary()
                    yield
                    if error is None and self._written:
                        self._check(left_out)
                except BaseException:
                    if new_lock:
                        self._lock.unlink(missing_ok=True)
                    with suppress(OSError):  # one is not empty
                        for folder in new_folders:
                            folder.rmdir()
                    raise
                finally:
                    self._read.clear()

    def write(
        self,
        old: FileText,
        splices: Sequence[Splice],
        command: str,
        about: Sequence[str],
        undoes: Change | None = None,
        group: int | None = None,
    ) -> Change | None:
        """Do splices in the text of a file, under the lock, and return the entry of the journal; None if nothing changes.

        First the journal is written, then a copy of the old file, then the new file beside the old one and renamed.

        Raises OSError: something cannot be written; the file stays as it is.
        """
        file, text = old.file, spliced(old.text, splices)
        if text == old.text:
            return None
        removed = _deletes(undoes, text)
        change = Change(
            number=journal.last_number(self._journal) + 1,
            time=datetime.now().astimezone().isoformat(timespec="seconds"),
            command=command,
            about=tuple(about),
            file=file.name,
            was=old.digest,
            became="" if removed else digest_of(old.encoded(text)),
            pieces=journal.pieces(old.text, splices),
            undoes=undoes.number if undoes else None,
            group=group,
            user=journal.system_user(),
        )
        unreadable: list[Path] = []
        last = next(self._entries(unreadable), None)
        if last and not unreadable and self._is_void(last):
            journal.file_of(self._journal, last.number).unlink(missing_ok=True)
        entry = journal.file_of(self._journal, change.number)
        _make_folder(self._journal)
        put_in_place(entry, lambda path: path.write_text(journal.encoded(change), encoding="utf-8"))
        try:
            self._back_up(file)
            if removed:
                file.unlink()
            else:
                put_in_place(file, lambda path: _write(path, old.encoded(text)))
            del self._read[file]
            self._written.append((old, change))
            self.has_written = True
        except OSError:
            with suppress(OSError):
                entry.unlink()
            raise
        return change

    def _read_all(self, *, readable: bool = False) -> tuple[DataError | None, set[str]]:
        """Return the error with which the data cannot be read, and the names of the records that are left out.

        Raises DataError: that error, if the data have to be `readable`.
        """
        found: DataError | None = None
        with suppress(Exception):  # the next command reports anything else
            try:
                return None, set(self._read_back())
            except DataError as error:
                found = error
        if found and readable:
            raise found
        return found, set()

    def _is_as_once(self) -> bool:
        """Return whether each file that was written is as it was before some change: that was undone."""
        once = {change.was for change in self._entries([])}
        return all(change.became in once for _, change in self._written)

    def _check(self, left_out: Collection[str]) -> None:
        """Read all data back; if that fails or leaves out more, put the files back as they were when the lock was taken.

        Raises MltalksError: they cannot be read, or more records are left out.
        """
        error, names = self._read_all()
        lost = sorted(names.difference(left_out))
        if error is None and (not lost or self._is_as_once()):
            return
        for old, change in reversed(self._written):
            if old.digest:
                before = [*old.encoded(old.text)]
                put_in_place(old.file, lambda path, before=before: _write(path, before))  # type: ignore[misc]
            else:
                old.file.unlink(missing_ok=True)
            journal.file_of(self._journal, change.number).unlink(missing_ok=True)
        self.has_written = False
        if error is None:
            template = "nothing was changed: what these records of yours belong to would be gone: {names}"
            raise MltalksError(template, names=Listing(lost[:_MOST_NAMED], more=len(lost) > _MOST_NAMED))
        template = "nothing was changed: after this change your data could not be read: {problem}"
        raise MltalksError(template, problem=error.problems[0])

    def changes(self, unreadable: list[Path] | None = None) -> list[Change]:
        """Return the journal, the newest change first; entries that cannot be read are left out, and added to the list.

        Raises MltalksError: the folder cannot be read.
        """
        with _one_line(self._journal):
            return list(self._done([] if unreadable is None else unreadable))

    def undo(
        self,
        commands: Sequence[str] = (),
        *,
        steps: int = 1,
        number: int | None = None,
        dry_run: bool = False,
    ) -> list[tuple[Change, Difference]]:
        """Undo the newest `steps` that have not been undone yet, or the one of the change of that number.

        If `commands` are given, of these only. Returns the changes, in the order in which they were undone, with the
        differences; fewer than `steps` if there are no more, and then nothing is undone. `dry_run` writes nothing.

        Raises DataError: the file is not UTF-8 or not TOML.
        Raises MltalksError: the file has been edited at that place since, or cannot be written, or an entry that may be later
        or of the same step cannot be read; nothing is undone then.
        """
        with self._for_undo(dry_run=dry_run):
            found = journal.to_undo(self._done(), commands)
            if number is not None:
                found = (step for step in found if any(change.number == number for change in step))
            return self._take_back([*islice(found, steps)], steps, "undo", dry_run=dry_run)

    def redo(self, *, steps: int = 1, dry_run: bool = False) -> list[tuple[Change, Difference]]:
        """Do again what the last undos have taken back, if nothing else has changed since; otherwise as `undo`."""
        with self._for_undo(dry_run=dry_run):
            found = [*islice(journal.to_redo(self._done()), steps)]
            done = self._take_back(found, steps, journal.REDO, dry_run=dry_run)
            made = {change.number: change for change in self._entries([])}
            return [(made.get(undo.undoes or 0, undo), difference) for undo, difference in done]

    @contextmanager
    def _for_undo(self, *, dry_run: bool) -> Iterator[None]:
        with (
            _one_line(self.folder),
            nullcontext() if dry_run or not self._journal.is_dir() else self.locked(),
        ):
            yield

    def _take_back(
        self, found: Sequence[Sequence[Change]], steps: int, command: str, *, dry_run: bool
    ) -> list[tuple[Change, Difference]]:
        """Take changes back, step by step, or none of them if there are fewer steps or one cannot be taken back."""
        planned: list[tuple[Change, list[Splice], Difference]] = []
        texts: dict[Path, tuple[str, str]] = {}  # with the digests
        for change in chain.from_iterable(found):
            old = self.read(self.folder / change.file)
            if old.file not in texts and old.digest != change.became:
                old.check_toml()
            text, digest = texts.get(old.file) or (old.text, old.digest)
            splices = self._inverse(change, text, digest)
            after = spliced(text, splices)
            planned.append((change, splices, Difference(old.file, text, after)))
            texts[old.file] = after, "" if _deletes(change, after) else digest_of(old.encoded(after))
        if not dry_run and len(found) == steps:
            groups = dict[int, int]()
            for change, splices, difference in planned:
                file = self.read(difference.file)
                made = self.write(file, splices, command, change.about, change, groups.get(change.step))
                if made:
                    groups.setdefault(change.step, made.number)
        return [(change, difference) for change, _, difference in planned]

    def _inverse(self, change: Change, text: str, digest: str) -> list[Splice]:
        """Return the splices that take a change back in the text of its file."""
        if digest == change.became:
            return journal.inverse(change)
        entries = [*takewhile(lambda one: one.number > change.number, self._entries([]))]
        since = [one for one in reversed(entries) if one.file == change.file]
        splices = journal.inverse_after(change, since, digest)
        splices = journal.inverse_elsewhere(change, text) if splices is None else splices
        if splices is None:
            if later := journal.of_same_records(change, entries):
                raise MltalksError(
                    "the change {number} ('{command}') cannot be undone alone: later ones changed the same records: {later}; "
                    "'mltalks log NUMBER' shows each",
                    number=change.number,
                    command=change.command,
                    later=", ".join(map(str, later)),
                )
            raise MltalksError(
                "{path} was edited after '{command}', so the change of '{command}' cannot be undone; 'mltalks log {number}' shows it",
                path=self.folder / change.file,
                command=change.command,
                number=change.number,
            )
        return splices

    def _entries(self, unreadable: list[Path] | None = None) -> Iterator[Change]:
        """Yield the entries of the journal (see `journal.read`); if all data are in one file, those of that file."""
        entries = journal.read(self._journal, unreadable)
        return (one for one in entries if not self._single or one.file == self._place.name)

    def _done(self, unreadable: list[Path] | None = None) -> Iterator[Change]:
        """Yield the entries, without the newest if it is void."""
        for number, one in enumerate(self._entries(unreadable)):
            if number or unreadable or not self._is_void(one):
                yield one

    def _is_void(self, change: Change) -> bool:
        """Return whether the newest change is in the journal but was never made: its writer was killed in between."""
        now = self.read(self.folder / change.file).digest
        return now == change.was != change.became

    def _back_up(self, file: Path) -> None:
        """Keep a copy of a file as it is now."""
        if not file.exists():
            return
        _make_folder(self._backup)
        copy = beside(self._backup / file.name)
        try:
            os.link(file.resolve(), copy)  # the file itself, if it is a symbolic link
        except OSError:  # a file system without links
            copy.write_bytes(file.read_bytes())
        copy.replace(self._backup / file.name)
        # Renaming does nothing if both are the same file: the writer before was killed after its backup.
        copy.unlink(missing_ok=True)

    def _remove_temporary(self) -> None:
        """Remove the temporary files of killed writers; the lock excludes running ones."""
        below = [folder for folder in (self._journal, self._backup) if not folder.is_symlink()]
        for folder in (self.folder, *below):
            for file in folder.glob(".*.tmp"):
                if _TEMPORARY.fullmatch(file.name) and not file.is_dir():
                    file.unlink(missing_ok=True)


def _deletes(undone: Change | None, text: str) -> bool:
    """Return whether a file that is left with a text after an undo is deleted: one that the undone change had made."""
    return undone is not None and not undone.was and not text.strip()


def _make_folder(folder: Path) -> None:
    """Create a folder if there is none, with a .gitignore: what is in it is of one machine alone."""
    _refuse_link(folder)
    folder.mkdir(exist_ok=True)
    with suppress(OSError), (folder / ".gitignore").open("x", encoding="utf-8") as opened:
        opened.write("*\n")


def _refuse_link(folder: Path) -> None:
    """Raise an OSError if a folder is a symbolic link, whose target may belong to another user."""
    if folder.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _write(file: Path, content: Iterable[bytes]) -> None:
    with file.open("wb") as opened:
        opened.writelines(content)


@contextmanager
def _one_line(path: Path) -> Iterator[None]:
    """Turn an OSError into an error of one line with advice; it names `path` unless the error names a file.

    Raises MltalksError: something cannot be read or written.
    """
    try:
        yield
    except OSError as error:
        reason = f"{error.filename or path}: {error.strerror or error}"
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            template = (
                "cannot write: {reason}; nothing was changed; delete some files to make space and try again"
            )
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            template = "cannot write: {reason}; nothing was changed; set MLTALKS_DATA to a folder that you can write to"
        else:
            template = "cannot write: {reason}; nothing was changed"
        raise MltalksError(template, reason=reason) from None
