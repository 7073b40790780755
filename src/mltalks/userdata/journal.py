"""The journal of a person's own data: what each change replaced, a file a change, so that it can be taken back.

Reads and writes the journal's own files only; what a change does to the data is `own`'s business.
"""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

KEPT = 100_000  # characters of what a change put in that are kept; of more, only how many
_AROUND = 80  # characters before and after a change, by which it is found again in a file that has been changed since
_FILE = re.compile(r"[^/\x00]+\.toml")


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
    found = (
        _read(number, file) for number, file in _numbered(folder) if not file.is_symlink() and file.is_file()
    )
    return [change for change in found if change is not None]


def last_number(folder: Path) -> int:
    """Return the number of the last change, 0 before the first."""
    return max((number for number, _ in _numbered(folder)), default=0)


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


def _numbered(folder: Path) -> list[tuple[int, Path]]:
    """Return what has the name of a change's file, in order."""
    found = folder.glob("*.json") if folder.is_dir() else ()
    return sorted((int(file.stem), file) for file in found if file.stem.isascii() and file.stem.isdecimal())


_TEXT, _NUMBER, _NOTHING = (str,), (int,), (type(None),)
_OF_PIECE = {
    "start": _NUMBER, "old": _TEXT, "new": _TEXT + _NOTHING, "length": _NUMBER, "before": _TEXT, "after": _TEXT,
}  # fmt: skip
_OF_CHANGE = {
    "number": _NUMBER, "time": _TEXT, "command": _TEXT, "about": (list,), "file": _TEXT, "was": _TEXT, "became": _TEXT,
    "pieces": (list,), "undoes": _NUMBER + _NOTHING,
}  # fmt: skip


def _read(number: int, file: Path) -> Change | None:
    """Return the change of that number; None where the file holds anything but what `encoded` writes."""
    try:
        record: Any = json.loads(file.read_text(encoding="utf-8"))
        json.dumps(record, ensure_ascii=False).encode()  # a lone surrogate is no text of a file
    except (OSError, ValueError, RecursionError):
        return None
    if not _is_change(record) or record["number"] != number:
        return None
    pieces = tuple(Piece(**piece) for piece in record["pieces"])
    return Change(**{**record, "about": tuple(record["about"]), "pieces": pieces})


def _is_change(record: Any) -> bool:
    return (
        _has(record, _OF_CHANGE)
        and _FILE.fullmatch(record["file"]) is not None
        and all(isinstance(one, str) for one in record["about"])
        and all(
            _has(piece, _OF_PIECE) and min(piece["start"], piece["length"]) >= 0 for piece in record["pieces"]
        )
    )


def _has(record: Any, types: Mapping[str, tuple[type, ...]]) -> bool:
    """Tell whether a record has these keys and no others, each with a value of one of its types."""
    return (
        isinstance(record, dict)
        and record.keys() == types.keys()
        and all(type(record[name]) in some for name, some in types.items())
    )
