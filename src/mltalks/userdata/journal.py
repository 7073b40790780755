"""The journal of the user data: one file for each change, with the text that it replaced, so that it can be undone.

Reads and writes the files of the journal only; `store` changes the data files.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from mltalks.errors import MltalksError
from mltalks.messages import excerpt
from mltalks.text.sanitize import shown

REDO = "redo"
KEPT = 100_000  # characters of the longest new text that an entry keeps; of a longer one it keeps the length
_AROUND = 80  # characters before and after a change, by which it is found in a file that has changed since
_FILE = re.compile(r"[^/\x00]+\.toml")


class Splice(NamedTuple):
    """A replacement in a text: `text` instead of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


class Piece(NamedTuple):
    """One replacement of a change: `old` became `new`, which has `length` characters (None: too long to be kept).

    `start` is the place in the new text; `before` and `after` are the characters around it.
    """

    start: int
    old: str
    new: str | None
    length: int
    before: str
    after: str


class Change(NamedTuple):
    """One change of one file: its time (ISO 8601), the command, and the ids of the records that it is about.

    `was` and `became` are digests of the file before and after it ("": no file); `undoes` is the number of the change
    that it took back, a redo that of an undo; `group` is the number of the first change of the same command, in other files;
    `user` is the name with which its writer was logged in.
    """

    number: int
    time: str
    command: str
    about: tuple[str, ...]
    file: str
    was: str
    became: str
    pieces: tuple[Piece, ...] = ()
    undoes: int | None = None
    group: int | None = None
    user: str | None = None

    @property
    def step(self) -> int:
        """The number of the step that `undo` takes back as a whole."""
        return self.group or self.number


def system_user() -> str | None:
    """Return the name with which the user is logged in; None if the system has none."""
    from getpass import getuser  # for what writes alone

    with suppress(OSError, KeyError, ImportError):
        return excerpt(shown(getuser()))
    return None


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Return a text with all splices done, which are in order and do not overlap.

    >>> spliced("abcdef", [Splice(1, 2, "B"), Splice(4, 4, "--")])
    'aBcd--ef'
    """
    parts, at = [], 0
    for splice in splices:
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join(filter(None, [*parts, text[at:]]))  # a single part is not copied


def pieces(text: str, splices: Sequence[Splice]) -> tuple[Piece, ...]:
    """Return what splices do to a text, as pieces for the journal."""
    found, shift = [], 0
    for start, end, new in splices:
        kept = new if len(new) <= KEPT else None
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        found.append(Piece(start + shift, text[start:end], kept, len(new), before, after))
        shift += len(new) - (end - start)
    return tuple(found)


def inverse(change: Change) -> list[Splice]:
    """Return the splices that take a change back, in the text as the change left it."""
    return [Splice(piece.start, piece.start + piece.length, piece.old) for piece in change.pieces]


def inverse_after(change: Change, later: Sequence[Change], digest: str) -> list[Splice] | None:
    """Return the splices that take a change back in the text of that digest, which all later changes of its file, oldest first, have left.

    None if the file was edited in between, or a later one changed the same place.
    """
    states = [change.became, *(state for one in later for state in (one.was, one.became)), digest]
    if states[::2] != states[1::2]:
        return None
    found = inverse(change)
    for one in later:
        moved = [_moved(splice, one.pieces) for splice in found]
        if None in moved:
            return None
        found = [splice for splice in moved if splice is not None]
    return found


def _moved(splice: Splice, pieces: Iterable[Piece]) -> Splice | None:
    """Return a splice at its place after some pieces of another change, which are in order; None if one is at the same place."""
    shift = 0  # of the pieces before
    for piece in pieces:
        start = piece.start - shift
        end = start + len(piece.old)
        if start >= splice.end and (start, end) != (splice.start, splice.start):
            break
        if end > splice.start:
            return None
        shift += piece.length - len(piece.old)
    return Splice(splice.start + shift, splice.end + shift, splice.text)


def inverse_elsewhere(change: Change, text: str) -> list[Splice] | None:
    """Return the splices that take a change back in a text that has changed since.

    None if the new text of a piece, with the characters around it, is not found exactly once.
    """
    found = []
    for piece in change.pieces:
        if piece.new is None:
            return None
        whole = piece.before + piece.new + piece.after
        if text.count(whole) != 1:
            return None
        start = text.index(whole) + len(piece.before)
        found.append(Splice(start, start + len(piece.new), piece.old))
    found.sort()
    apart = all(one.end <= other.start for one, other in pairwise(found))
    return found if apart else None


def read(folder: Path, skipped: list[Path] | None = None) -> Iterator[Change]:
    """Yield the changes of a journal, the newest first; a file that cannot be read as one is skipped and added to `skipped`.

    Raises OSError: the folder cannot be read.
    Raises MltalksError: there is such a file, and `skipped` is None.
    """
    for number, file in reversed(_numbered(folder)):
        change = _read(number, file)
        if change is not None:
            yield change
        elif skipped is not None:
            skipped.append(file)
        else:
            raise MltalksError(
                "nothing was changed: the entry {path} of the history cannot be read; to undo older changes, correct it, or "
                "move it to another folder",
                path=file,
            )


def last_number(folder: Path) -> int:
    """Return the number of the last change, 0 before the first."""
    return max((number for number, _ in _numbered(folder)), default=0)


def file_of(folder: Path, number: int) -> Path:
    """Return the file of a change."""
    return folder / f"{number:08d}.json"


def encoded(change: Change) -> str:
    """Return a change as the text of its file."""
    record = change._asdict() | {"pieces": [piece._asdict() for piece in change.pieces]}
    return json.dumps(record, ensure_ascii=True) + "\n"


def undone(changes: Iterable[Change]) -> set[int]:
    """Return the numbers of the changes that have been undone."""
    return {change.undoes for change in in_force(changes) if change.undoes is not None}


def to_undo(changes: Iterable[Change], commands: Collection[str] = ()) -> Iterator[list[Change]]:
    """Yield the steps that can be undone, the newest first, each with its changes in that order.

    If `commands` are given, of these only; a command is named by its first word. `changes` come newest first; no more of them
    are read than needed.
    """
    step: list[Change] = []
    for change in in_force(changes):
        if change.undoes is not None:
            continue
        step.append(change)
        if change.group is None:  # the first one of its step
            if not commands or change.command.split(" ")[0] in commands:
                yield step
            step = []


def to_redo(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Yield the undos that can be taken back, the newest first: those since the last change that was not undone or redone."""
    return (list(step) for _, step in groupby(_redoable(changes), lambda change: change.step))


def _redoable(changes: Iterable[Change]) -> Iterator[Change]:
    gone, again = set(), set()
    for change in changes:
        if change.number in again or (change.undoes is None and change.number not in gone):
            return
        if change.number not in gone and change.undoes is not None:
            gone.add(change.undoes)
            if change.command != REDO:
                again.add(change.undoes)
                yield change


def of_same_records(change: Change, later: Iterable[Change]) -> list[int]:
    """Return the numbers of the later changes, which come newest first, that are in force and about a record of a change."""
    of_same = (one for one in in_force(later) if one.undoes is None and {*one.about} & {*change.about})
    return sorted(one.number for one in of_same)


def in_force(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes, newest first, that no later one has taken back."""
    gone = set()
    for change in changes:
        if change.number not in gone:
            if change.undoes is not None:
                gone.add(change.undoes)
            yield change


def _numbered(folder: Path) -> list[tuple[int, Path]]:
    """Return the files that have the name of an entry, in order."""
    found = folder.glob("*.json") if folder.is_dir() else ()
    return sorted((int(file.stem), file) for file in found if file.stem.isascii() and file.stem.isdecimal())


def _read(number: int, file: Path) -> Change | None:
    """Return the change of that number; None if the file holds anything but the text of `encoded`."""
    if file.is_symlink() or not file.is_file():
        return None
    try:
        record: Any = json.loads(file.read_text(encoding="utf-8"))
        json.dumps(record, ensure_ascii=False).encode()  # a lone surrogate cannot be written to a file
    except (OSError, ValueError, RecursionError):
        return None
    if isinstance(record, dict):
        record = {"group": None, "user": None, **record}  # not in entries of the first versions
    if not _is_change(record) or record["number"] != number:
        return None
    pieces = tuple(Piece(**piece) for piece in record["pieces"])
    return Change(**{**record, "about": tuple(record["about"]), "pieces": pieces})


def _is_change(record: Any) -> bool:
    return (
        _has(record, get_type_hints(Change) | {"about": list, "pieces": list})
        and _FILE.fullmatch(record["file"]) is not None
        and all(isinstance(one, str) for one in record["about"])
        and all(_has(one, get_type_hints(Piece)) for one in record["pieces"])
        and all(min(one["start"], one["length"]) >= 0 for one in record["pieces"])
    )


def _has(record: Any, types: Mapping[str, Any]) -> bool:
    """Return whether a record has these keys and no others, each with a value of its type, and no boolean."""
    return (
        isinstance(record, dict)
        and record.keys() == types.keys()
        and all(isinstance(record[name], kind) for name, kind in types.items())
        and not any(isinstance(value, bool) for value in record.values())
    )
