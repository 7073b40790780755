"""The text of a data file as the texts of its records, without parsing it, to find out which of them have changed.

Does not split a file that is written in another way than with a `[[table]]` header before each record.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mltalks.dataset.toml.parser import parse
from mltalks.problems import Problem

DIGEST = 8  # bytes of a digest


class RecordText(NamedTuple):
    """The text of a record, from its header to the next one without the empty lines before that, its table, and its start."""

    table: str
    text: str
    start: int

    @property
    def digest(self) -> bytes:
        """A digest of the text."""
        return hashlib.blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def record_texts(text: str) -> list[RecordText] | None:
    r"""Return the texts of all records in order; None if there is anything else before the first one than comments.

    A header within a text of several lines is taken for one: then a text is not TOML, or there are more than the file has
    records.

    >>> [(one.table, one.text) for one in record_texts('# talks\n[[sessions]]\nid = "a"\n[[sessions]]\nid = "b"\n')]
    [('sessions', '[[sessions]]\nid = "a"'), ('sessions', '[[sessions]]\nid = "b"')]
    """
    first, *pieces = f"\n{text}".split("\n[[")
    if any(line.strip() and not line.lstrip().startswith("#") for line in first.split("\n")):
        return None
    begun: list[tuple[int, list[str]]] = []
    start = len(first)
    for piece in pieces:
        if begun and "." in piece[: piece.find("]")]:
            begun[-1][1].append(piece)  # a table within a record
        else:
            begun.append((start, [piece]))
        start += len(piece) + 3
    found = []
    for start, parts in begun:
        whole = ("[[" + "\n[[".join(parts)).rstrip()
        found.append(RecordText(whole[2 : whole.find("]")].strip(), whole, start))
    return found


def values_of(one: RecordText) -> dict[str, Any] | None:
    """Return the values of a record; None if its text is not exactly one record."""
    parsed = parse(Path(), one.text)
    if isinstance(parsed, Problem) or parsed.keys() != {one.table}:
        return None
    records = parsed[one.table]
    if not isinstance(records, list) or len(records) != 1 or not isinstance(records[0], dict):
        return None
    values: dict[str, Any] = records[0]
    return values


_BEGINNING = re.compile(r'\[\[\w+\]\]\n(?:id|name) = "([^"\\\n]+)"(?:\n|\Z)')


def name_of(one: RecordText) -> str | None:
    """Return the id or name of a valid record, which is seldom parsed for that; None if it has none."""
    beginning = _BEGINNING.match(one.text)
    return beginning[1] if beginning else key_of(one.table, values_of(one) or {})


def key_of(table: str, values: Mapping[str, Any]) -> str | None:
    """Return the id or name of a record, by which records of several files are merged; None if it has none that is valid."""
    key = values.get("name" if table == "organizations" else "id")
    return key if isinstance(key, str) and key and "\n" not in key else None


def keys_of(texts: Sequence[RecordText], document: Mapping[str, Any]) -> list[str] | None:
    """Return the table and the key of each record of a parsed file, between a tab; None if its texts are others."""
    numbers = dict.fromkeys(document, 0)
    found = []
    for one in texts:
        records = document.get(one.table)
        number = numbers.get(one.table, 0)
        if not isinstance(records, list) or number >= len(records):
            return None
        numbers[one.table] = number + 1
        found.append(f"{one.table}\t{key_of(one.table, records[number]) or ''}")
    whole = all(isinstance(some, list) and len(some) == numbers[table] for table, some in document.items())
    return found if whole else None
