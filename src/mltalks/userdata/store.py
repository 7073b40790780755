"""A person's own data: their folder, or one file, changed whole or not at all, with every change in a journal.

Knows text and files; what stands in them is told by who calls, as splices.
"""

import errno
import fcntl
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

from mltalks.dataset.files import decode
from mltalks.errors import DataError, MltalksError
from mltalks.problems import Problem
from mltalks.userdata import journal
from mltalks.userdata.journal import Change, Splice, spliced

How = Callable[[str], Sequence[Splice]]
_MARK = "\ufeff"  # byte order mark
_LEFT = re.compile(r"\..+\.\d+\.[0-9a-f]{8}\.tmp", re.ASCII)


class Own:
    """The folder of a person's own data, or the one file that holds them (its name ends in `.toml`)."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._single = place.suffix == ".toml"
        self.folder = place.parent if self._single else place
        kept = f".{place.name}." if self._single else "."
        self._journal = self.folder / f"{kept}journal"
        self._backup = self.folder / f"{kept}backup"
        self._lock = self.folder / f"{kept}lock"

    def file(self, name: str) -> Path:
        """Return the file of that name; where all data are one file, that one."""
        return self._place if self._single else self._place / name

    def files(self) -> tuple[Path, ...]:
        """Return the files that there are, in the order in which they are read."""
        found = [self._place] if self._single else sorted(self._place.glob("*.toml"))
        return tuple(file for file in found if file.is_file())

    def change(self, file: Path, command: str, about: Sequence[str], how: How) -> Change | None:
        """Change a file, made if it is not there, and return what was done; None where the change leaves it as it is.

        Writers wait for one another; `how` is given the text as it is when nobody else writes, and raises if it must not
        be done. Written are first the journal, then a copy of the file as it was, then the file beside and renamed.
        A byte order mark and the ends of the lines stay.

        Raises:
            DataError: the file is no text.
            MltalksError: something cannot be written; the file stays as it is.

        """
        with _telling(file), self._alone():
            return self._change(file, command, about, how, None)

    def preview(self, file: Path, how: How) -> tuple[str, str]:
        """Return the text of a file before and after a change that is not made.

        Raises: as `change`.
        """
        with _telling(file):
            text = _read(file).text
        return text, spliced(text, how(text))

    def changes(self) -> list[Change]:
        """Return the journal, the oldest change first, without one that was never done.

        Raises:
            MltalksError: it cannot be read.

        """
        with _telling(self._journal):
            changes = self._noted()
            if changes and self._is_void(changes[-1]):
                changes.pop()
        return changes

    def undo(self, *, dry_run: bool = False) -> tuple[Change, str, str] | None:
        """Take the last change back that has not been taken back yet; None where there is none.

        Returns the change, and the text of its file before and after it is taken back; `dry_run` leaves it as it is.

        Raises:
            MltalksError: the file has been changed by hand at that place since; or as `change`.

        """
        with _telling(self.folder), self._alone() if self._journal.is_dir() else nullcontext():
            change = journal.to_undo(self.changes())
            if change is None:
                return None
            file = self.folder / change.file

            def how(text: str) -> Sequence[Splice]:
                if _digest_of(file) == change.became:
                    return journal.back(change)
                found = journal.back_elsewhere(change, text)
                if found is None:
                    raise MltalksError(
                        "{path} has been changed by hand since '{command}'; 'mltalks log {number}' shows what that did",
                        path=file,
                        command=change.command,
                        number=change.number,
                    )
                return found

            before, after = self.preview(file, how)
            if not dry_run:
                self._change(file, "undo", change.about, how, change)
            return change, before, after

    def _change(
        self, file: Path, command: str, about: Sequence[str], how: How, undoes: Change | None
    ) -> Change | None:
        was = _read(file)
        splices = how(was.text)
        text = spliced(was.text, splices)
        if text == was.text:
            return None
        content = was.written(text)
        change = Change(
            number=journal.last_number(self._journal) + 1,
            time=datetime.now().astimezone().isoformat(timespec="seconds"),
            command=command,
            about=tuple(about),
            file=file.name,
            was=was.digest,
            became=_digest(content),
            pieces=journal.pieces(was.text, splices),
            undoes=undoes.number if undoes else None,
        )
        self._drop_void()
        noted = journal.file_of(self._journal, change.number)
        _make_folder(self._journal)
        put_in_place(noted, lambda beside: beside.write_text(journal.encoded(change), encoding="utf-8"))
        try:
            self._keep(file)
            if undoes and not undoes.was and not text.strip():
                file.unlink()
            else:
                put_in_place(file, lambda beside: beside.write_bytes(content))
        except OSError:
            with suppress(OSError):
                noted.unlink()
            raise
        return change

    def _keep(self, file: Path) -> None:
        """Keep a file as it is now, whole, beside what it becomes."""
        if not file.exists():
            return
        _make_folder(self._backup)
        beside = _beside(self._backup / file.name)
        try:
            os.link(file.resolve(), beside)  # not the symbolic link that it may be
        except OSError:  # a file system without links
            beside.write_bytes(file.read_bytes())
        beside.replace(self._backup / file.name)
        # It stays where the backup is that same file: its writer was killed then.
        beside.unlink(missing_ok=True)

    def _is_void(self, change: Change) -> bool:
        """Tell whether a change was noted and then never done: its writer was killed in between."""
        now = _digest_of(self.folder / change.file)
        return now == change.was != change.became

    def _noted(self) -> list[Change]:
        """Return the changes in the journal; where all data are one file, those of that one."""
        noted = journal.read(self._journal)
        return [one for one in noted if not self._single or one.file == self._place.name]

    def _drop_void(self) -> None:
        changes = self._noted()
        if changes and self._is_void(changes[-1]):
            journal.file_of(self._journal, changes[-1].number).unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the folder while it is read, changed and written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self._lock, "r+", opener=_not_followed) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._sweep()
            yield

    def _sweep(self) -> None:
        """Remove what killed writers have left half written: nobody else writes now."""
        below = [one for one in (self._journal, self._backup) if not one.is_symlink()]
        for folder in (self.folder, *below):
            for file in folder.glob(".*.tmp"):
                if _LEFT.fullmatch(file.name) and not file.is_dir():
                    file.unlink(missing_ok=True)


class _Text:
    """The text of a file without its byte order mark, lines ended by a line feed; and how it is written again."""

    def __init__(self, content: bytes | None, text: str) -> None:
        bare = text.removeprefix(_MARK)
        self._mark = text[: len(text) - len(bare)]
        self._returns = "\r\n" in bare and bare.count("\r\n") == bare.count("\n")
        self.text = bare.replace("\r\n", "\n") if self._returns else bare
        self.digest = "" if content is None else _digest(content)

    def written(self, text: str) -> bytes:
        if self._returns:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        return (self._mark + text).encode("utf-8")


def _not_followed(name: str, flags: int) -> int:
    """Open a file, made if it is not there, that is no symbolic link to another."""
    return os.open(name, flags | os.O_CREAT | os.O_NOFOLLOW, 0o666)


def _make_folder(folder: Path) -> None:
    """Make a folder where there is none; a symbolic link is not one, since what it leads to is not ours to write into."""
    if folder.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    folder.mkdir(exist_ok=True)


def _read(file: Path) -> _Text:
    if file.exists() and not file.is_file():  # a pipe would be waited for
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return _Text(None, "")
    text = decode(file, content, "utf-8")
    if isinstance(text, Problem):
        raise DataError([text])
    return _Text(content, text)


def read_text(file: Path) -> str:
    """Return the text of a file as `Own.change` has it, "" where there is none.

    Raises:
        DataError: the file is no text.
        MltalksError: it cannot be read.

    """
    with _telling(file):
        return _read(file).text


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _digest_of(file: Path) -> str:
    try:
        return _digest(file.read_bytes())
    except FileNotFoundError:
        return ""


def put_in_place(file: Path, fill: Callable[[Path], object]) -> None:
    """Let a file be filled beside its place, then put it there: a reader sees the old or the new one whole.

    Raises:
        OSError: it cannot be written; the old one stays.

    """
    file = file.resolve()
    beside = _beside(file)
    try:
        fill(beside)
        _sync(beside)
        if file.exists():
            beside.chmod(file.stat().st_mode)
        beside.replace(file)
        with suppress(OSError):  # some file systems cannot
            _sync(file.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn an error of the system into one line that says what to do.

    Raises:
        MltalksError: something cannot be read or written.

    """
    try:
        yield
    except OSError as error:
        reason = f"{error.filename or path}: {error.strerror or error}"
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            template = "cannot write: {reason}; nothing is changed, free some space and do it again"
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            template = "cannot write: {reason}; nothing is changed, MLTALKS_DATA may name a folder of yours"
        else:
            template = "cannot write: {reason}; nothing is changed"
        raise MltalksError(template, reason=reason) from None
