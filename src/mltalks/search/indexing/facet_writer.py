"""Writes the facet values of changed sessions, and the names of these values.

Does not choose the values of a session: `documents` does.
"""

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from mltalks.dataset.model import Session
from mltalks.search.index.packed_texts import unpacked
from mltalks.search.index.postings import (
    doc_numbers,
    doc_set,
    numbers_of_row,
    row_of_set,
    set_of_row,
    set_row,
)
from mltalks.search.indexing.documents import Documents
from mltalks.text.folding import name_key, spelling_key

# Values that may be spelled in several ways, up to case, width and the spaces of East Asian names; they are counted under the spelling of the first session.
SPELLED = ("tag", "track", "track/inferred", "room", "keyword", "speaker")

Order = Mapping[int, int] | None
_Key = tuple[str, str]  # a facet, and what the spellings of a value have in common


class _Change(NamedTuple):
    removed: "array[int]"
    added: "array[int]"


def _nothing() -> _Change:
    return _Change(array("I"), array("I"))


class FacetWriter:
    """Collects the changes of sessions, in the order of the files, and writes them."""

    def __init__(self, db: sqlite3.Connection, documents: Documents) -> None:
        self._db = db
        self._documents = documents
        self._changes: defaultdict[_Key, _Change] = defaultdict(_nothing)
        self._first: dict[_Key, tuple[int, str]] = {}  # of the changed documents, and its spelling
        self._key = cache(self._key_of)  # the values of many sessions are the same

    def note(self, doc: int, before: Iterable[_Key], after: Iterable[_Key]) -> None:
        """Take the facet values of a document before and after a change (see `Documents.facets`)."""
        old, new = self._spellings(before), self._spellings(after)
        for key, value in new.items():
            if key not in self._first:
                self._first[key] = doc, value
            if key not in old:
                self._changes[key].added.append(doc)
            elif old[key] != value:
                _ = self._changes[key]  # the first spelling may change
        for key in old.keys() - new.keys():
            self._changes[key].removed.append(doc)

    def write(self, size: int, before: Order, after: Order) -> None:
        """Write all changes; `size` is one more than the highest number of a document.

        `before` and `after` are the places of documents in the files, unless they are in the order of their numbers.
        """
        for key, change in sorted(self._changes.items()):
            row = self._db.execute(
                "SELECT value, docs FROM facets WHERE facet = ? AND key = ?", key
            ).fetchone()
            value, docs = row or ("", b"n")
            now, found_in = _changed(docs, change, size)
            first = _first(now, after)
            named = (
                ""
                if first is None
                else self._value(key, first, value if first == _first(docs, before) else "")
            )
            if named != value:
                self._rename(key[0], value, named)
            if found_in:
                values = (*key, named, found_in, now)
                self._db.execute("INSERT OR REPLACE INTO facets VALUES (?, ?, ?, ?, ?)", values)
            else:
                self._db.execute("DELETE FROM facets WHERE facet = ? AND key = ?", key)

    def write_names(self, before: Documents) -> None:
        """Write the names that are known without any session, in place of those before."""
        old, new = (
            {(facet, name_key(name), value): name for facet, value, name in reversed([*one.names()])}
            for one in (before, self._documents)
        )
        self._db.executemany(
            "DELETE FROM names WHERE facet = ? AND key = ? AND value = ?", old.keys() - new.keys()
        )
        rows = [(*key, None if name == key[2] else name) for key, name in new.items()]
        self._db.executemany("INSERT OR REPLACE INTO names VALUES (?, ?, ?, ?)", rows)

    def _spellings(self, values: Iterable[_Key]) -> dict[_Key, str]:
        """Return the first spelling of each value of a document."""
        found: dict[_Key, str] = {}
        for facet, value in values:
            found.setdefault(self._key(facet, value), value)
        return found

    def _key_of(self, facet: str, value: str) -> _Key:
        if facet not in SPELLED:
            return facet, value
        key = spelling_key(value) or value
        return facet, self._documents.keyword_spellings.get(key, key) if facet == "keyword" else key

    def _value(self, key: _Key, first: int, before: str) -> str:
        """Return the spelling of a value whose first document is `first`; `before` is what it was if that was the first before."""
        facet, common = key
        if facet not in SPELLED or (facet == "keyword" and common in self._documents.keyword_labels):
            return common
        doc, value = self._first.get(key, (None, ""))
        if doc == first:
            return value
        return before or next(one for what, one in self._stored(first) if self._key(what, one) == key)

    def _stored(self, doc: int) -> Iterable[_Key]:
        (texts,) = self._db.execute("SELECT packed FROM texts WHERE doc = ?", (doc,)).fetchone()
        return self._documents.facets(Session.of(json.loads(unpacked(texts)[1])))

    def _rename(self, facet: str, before: str, now: str) -> None:
        """Replace the names of a value by those of another one; "" has none."""
        if "/" in facet or facet == "doi":  # a DOI has no other name
            return
        if before and (facet, before) not in self._documents.named:
            old = [(facet, name_key(name), before) for name in self._documents.spellings(facet, before)]
            self._db.executemany("DELETE FROM names WHERE facet = ? AND key = ? AND value = ?", old)
        if now:
            names = self._documents.spellings(facet, now)
            rows = [(facet, name_key(name), now, None if name == now else name) for name in names]
            self._db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", rows)


def _first(row: bytes, order: Order) -> int | None:
    """Return the first document of a set that a row holds, in the order of the files; None if it is empty."""
    if order:
        return min(doc_numbers(set_of_row(row)), key=order.__getitem__, default=None)
    if row[:1] == b"b":
        docs = set_of_row(row)
        return (docs & -docs).bit_length() - 1
    return numbers_of_row(row[:5])[0] if len(row) > 1 else None


def _changed(row: bytes, change: _Change, size: int) -> tuple[bytes, int]:
    """Return a set of documents, as a row, after a change, and how many they are."""
    if row == b"n":
        return set_row(change.added, size), len(change.added)
    removed = doc_set(change.removed, max(change.removed, default=0) + 1)  # also those that were the last
    docs = set_of_row(row) & ~removed | doc_set(change.added, size)
    return row_of_set(docs, size), docs.bit_count()
