"""The journal of a person's own data: what each change replaced, a file a change, so that it can be taken back.

Reads and writes the journal's own files only; what a change does to the data is `own`'s business.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

KEPT = 100_000  # characters of what a change put in that are kept; of more, only how many
_AROUND = 80  # characters before and after a change, by which it is found again in a file that has been changed since


class Splice(NamedTuple):
    """A piece of a text with another in its place: from the character `start` up to `end` of the old text."""

    start: int
    end: int
    text: str


class Piece(NamedTuple):
    """What a change did at one place: `old` became `new` (None: too long to be kept), of so many characters.

    `start` is the place in the new text; `before` and `after` are what stood around it.
    """

    start: int
    old: str
    new: str | None
    length: int
    before: str
    after: str


class Change(NamedTuple):
    """One change of one file: when (ISO 8601), by which command, about which records; `undoes` is the change it took back.

    `was` and `became` are digests of the file before and after it, "" where there was no file.
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


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Return a text with all splices done, which are in order and apart.

    >>> spliced("abcdef", [Splice(1, 2, "B"), Splice(4, 4, "--")])
    'aBcd--ef'
    """
    parts, at = [], 0
    for splice in splices:
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join(filter(None, [*parts, text[at:]]))  # one part alone is not copied


def pieces(text: str, splices: Sequence[Splice]) -> tuple[Piece, ...]:
    """Return what splices do to a text, so that it can be taken back."""
    found, shift = [], 0
    for start, end, new in splices:
        kept = new if len(new) <= KEPT else None
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        found.append(Piece(start + shift, text[start:end], kept, len(new), before, after))
        shift += len(new) - (end - start)
    return tuple(found)


def back(change: Change) -> list[Splice]:
    """Return the splices that take a change back, in the text as the change left it."""
    return [Splice(piece.start, piece.start + piece.length, piece.old) for piece in change.pieces]


def back_elsewhere(change: Change, text: str) -> list[Splice] | None:
    """Return the splices that take a change back in a text that has been changed since; None where it is not found once."""
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


def read(folder: Path) -> list[Change]:
    """Return all changes of a journal, the oldest first; what is no change of ours is passed over.

    Raises:
        OSError: the folder cannot be read.

    """
    return [change for file in _files(folder) if (change := _read(file)) is not None]


def last_number(folder: Path) -> int:
    """Return the number of the last change, 0 before the first."""
    return max((int(file.stem) for file in _files(folder)), default=0)


def file_of(folder: Path, number: int) -> Path:
    """Return the file of a change."""
    return folder / f"{number:08d}.json"


def encoded(change: Change) -> str:
    """Return a change as its file holds it."""
    record = change._asdict() | {"pieces": [piece._asdict() for piece in change.pieces]}
    return json.dumps(record, ensure_ascii=True) + "\n"


def undone(changes: Sequence[Change]) -> set[int]:
    """Return the numbers of the changes that have been taken back."""
    return {change.undoes for change in changes if change.undoes is not None}


def to_undo(changes: Sequence[Change]) -> Change | None:
    """Return the last change that is no taking back and has not been taken back."""
    gone = undone(changes)
    standing = (one for one in reversed(changes) if one.undoes is None and one.number not in gone)
    return next(standing, None)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(file for file in folder.glob("*.json") if file.stem.isdecimal())


def _read(file: Path) -> Change | None:
    try:
        record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        record["pieces"] = tuple(Piece(**piece) for piece in record["pieces"])
        return Change(**{**record, "about": tuple(record["about"])})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
