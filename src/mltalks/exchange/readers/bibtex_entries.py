"""Finds the entries of BibTeX in a text, with their values as written.

Does not interpret values. Does not use bibtexparser, which loses entries without a key, and reads a field into the one before it
if the comma between them is missing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]{3,20}\s*+[{(]", re.MULTILINE)
_BLOCK = re.compile(r"^[ \t]*+%[^\n]*+|@[ \t]*([A-Za-z]{3,20})\s*+([{(])", re.MULTILINE)
_KEY = re.compile(r"\s*+([^,={}\"%\n]*+)(?=[,\n})])")
_SPACE = re.compile(r"\s*+")
_BETWEEN = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_NAME = re.compile(r"([^\s=,{}\"#%()@\\]++)\s*+=\s*+")
_WORD = re.compile(r"[^\s,={}()\"#%]++")
_JOINT = re.compile(r"\s*+#\s*+")
_MARK = re.compile(r"\\.|[{}\"]", re.DOTALL)


class Entry(NamedTuple):
    """An entry: the line on which it begins, its type in lower case, its key, and its fields by name in lower case.

    A value is a list of the parts that # joins, each a text, and whether this is the name of a macro. `unparted` is the first
    field, or the key, behind which a comma is missing. `whole` is false if the entry is not closed, or is not written as one.
    """

    line: int
    type: str
    key: str
    fields: dict[str, list[tuple[str, bool]]]
    unparted: str | None = None
    whole: bool = True


def entries(text: str, first: int = 1) -> Iterator[Entry]:
    """Yield each entry of a text, also @string, but no comments; `first` is the number of its first line.

    An entry ends at the latest where another one begins at the beginning of a line.
    """
    starts = [*(found.start() for found in _START.finditer(text)), len(text)]
    line, counted, at = first, 0, 0
    while block := _BLOCK.search(text, at):
        at = block.end()
        kind = (block[1] or "comment").casefold()
        end = starts[bisect_right(starts, block.start())]
        if kind in ("comment", "preamble"):
            at = _closing(text, at - 1, end)[1] if block[2] == "{" else at
            continue
        line += text.count("\n", counted, block.start())
        counted = block.start()
        entry, at = _entry(text, at, end, Entry(line, kind, "", {}), "}" if block[2] == "{" else ")")
        yield entry


def _entry(text: str, at: int, end: int, entry: Entry, closer: str) -> tuple[Entry, int]:
    """Return an entry, what is within it beginning at `at`, and where it ends: at most at `end`."""
    key = _KEY.match(text, at, end) if entry.type != "string" else None
    if key:
        entry = entry._replace(key=key[1].strip())
        entry, at = _ended(text, key.end(), end, entry, entry.key, closer)
    while True:
        at = _past(_BETWEEN, text, at, end)
        if at < end and text[at] == closer:
            return entry, at + 1
        name = _NAME.match(text, at, end)
        value, at = _value(text, name.end(), end) if name else (None, at)
        if name is None or value is None:
            return entry._replace(whole=False), end
        entry.fields.setdefault(name[1].casefold(), value)
        entry, at = _ended(text, at, end, entry, name[1], closer)


def _ended(text: str, at: int, end: int, entry: Entry, name: str, closer: str) -> tuple[Entry, int]:
    """Return an entry with the name of what ends at `at` if no comma follows and nothing was noted before."""
    at = _past(_SPACE, text, at, end)
    if text.startswith((",", closer, "%"), at) or not name:
        return entry, at
    return entry._replace(unparted=entry.unparted or name), at


def _value(text: str, at: int, end: int) -> tuple[list[tuple[str, bool]] | None, int]:
    """Return the parts of the value at `at`, and where it ends; None if it is not closed, or is not written as a value."""
    parts: list[tuple[str, bool]] = []
    while True:
        if text.startswith(("{", '"'), at):
            closing, after = _closing(text, at, end)
            if closing == after:
                return None, end
            parts.append((text[at + 1 : closing], False))
            at = after
        elif word := _WORD.match(text, at, end):
            parts.append((word[0], True))
            at = word.end()
        else:  # no value is an empty one
            return (parts if text.startswith((",", "}", ")"), at) else None), at
        joint = _JOINT.match(text, at, end)
        if joint is None:
            return parts, at
        at = joint.end()


def _closing(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the quoted or braced text that opens at `start` ends, and where the next begins: `end` for both if it is open."""
    depth = 0
    quoted = text[start] == '"'
    for mark in _MARK.finditer(text, start + quoted, end):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth <= 0 and mark[0] == ('"' if quoted else "}"):
            return mark.start(), mark.end()
    return end, end


def _past(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = pattern.match(text, at, end)
    return found.end() if found else at
