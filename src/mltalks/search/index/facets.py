"""The facets: the documents that have each value of a facet, and the names of the values.

Does not interpret typed names: `search.name_resolver` does.
"""

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from itertools import chain
from operator import mul

from mltalks.search.index.database import Database
from mltalks.search.index.postings import (
    DocSet,
    Postings,
    doc_numbers,
    doc_set,
    docs_flags,
    numbers_of_row,
    set_of_row,
)
from mltalks.text.folding import spelling_key
from mltalks.text.sanitize import without_surrogates

FEW = 16  # one document in so many, or fewer, are looked at one by one

# The key of a value is the value itself or, if it has several spellings, what they have in common.
_SET = "SELECT docs FROM facets WHERE facet = ? AND key IN (?, ?) AND value = ?"


class Facets:
    """Values of facets; "theme/own" and "company/own" do not count narrower themes and units."""

    def __init__(self, db: Database, size: int) -> None:
        self._db = db
        self._size = size
        self._by_doc: dict[str, list[tuple[str, ...]]] = {}
        # These are kept in memory.
        self.members, self.found_in, self._any = cache(self._members), cache(self._found_in), cache(self._all)

    def values(self, facet: str) -> list[str]:
        """Return all values of a facet."""
        return sorted(
            value for (value,) in self._db.rows("SELECT value FROM facets WHERE facet = ?", (facet,))
        )

    def docs(self, facet: str, values: Collection[str] | None = None) -> DocSet:
        """Return the documents that have any of the values, or any value at all."""
        if values is None:
            return self._any(facet)
        found = 0
        for value in values:
            if without_surrogates(value) != value:
                continue  # no value has one; SQLite takes none
            row = self._db.row(_SET, (facet, value, spelling_key(value), value))
            if row:
                found |= set_of_row(row[0])
        return found

    def postings(self, facet: str, values: Collection[str]) -> Postings:
        """Return the documents that have any of the values as those of a word that weighs 1."""
        docs = self.docs(facet, values)
        return Postings(docs.bit_count(), (), b"", docs.to_bytes((self._size + 7) // 8, "little"))

    def counts(self, facet: str, docs: DocSet) -> dict[str, int]:
        """Return how many of `docs` have each value of a facet; values without any are left out."""
        if facet in self._by_doc and docs.bit_count() * FEW < self._size:
            return Counter(chain.from_iterable(map(self._by_doc[facet].__getitem__, doc_numbers(docs))))
        is_selected = docs_flags(docs, self._size).__getitem__
        counted = ((value, sum(map(is_selected, members))) for value, members in self.members(facet).items())
        return {value: count for value, count in counted if count}

    def _found_in(self, facet: str) -> dict[str, int]:
        """Return how many documents of the whole index have each value of a facet."""
        return dict(self._db.rows("SELECT value, found_in FROM facets WHERE facet = ?", (facet,)))

    def pairs(self, rows: str, columns: str, docs: DocSet) -> Iterator[tuple[str, Counter[str]]]:
        """Yield each value of `rows` with the number of `docs` that have both it and each value of `columns`."""
        # Documents that are not selected have no values.
        columns_of = list(map(mul, self.by_doc(columns), docs_flags(docs, self._size)))
        for value, members in self.members(rows).items():
            found = Counter(chain.from_iterable(map(columns_of.__getitem__, members)))
            if found:
                yield value, found

    def _members(self, facet: str) -> "dict[str, array[int]]":
        """Return the documents of each value of a facet, the lowest first."""
        rows = self._db.rows("SELECT value, docs FROM facets WHERE facet = ?", (facet,))
        return {value: numbers_of_row(row) for value, row in sorted(rows)}

    def _all(self, facet: str) -> DocSet:
        """Return the documents that have any value of a facet."""
        return doc_set(chain.from_iterable(self.members(facet).values()), self._size)

    def by_doc(self, facet: str) -> list[tuple[str, ...]]:
        """Return the values of a facet that each document has; they are kept in memory."""
        if facet not in self._by_doc:
            found: list[tuple[str, ...]] = [()] * self._size
            for value, docs in self.members(facet).items():
                one = (value,)
                for doc in docs:
                    found[doc] += one
            # Equal tuples become one: fewer places to read from.
            same: dict[tuple[str, ...], tuple[str, ...]] = {}
            self._by_doc[facet] = [same.setdefault(values, values) for values in found]
        return self._by_doc[facet]

    def value(self, facet: str, key: str) -> str | None:
        """Return the value of a facet by its key, which its spellings have in common."""
        row = self._db.row("SELECT value FROM facets WHERE facet = ? AND key = ?", (facet, key))
        return row[0] if row else None

    def named(self, facet: str, key: str) -> tuple[str, ...]:
        """Return the values of a facet that have a name, given as `folding.name_key` returns it; of an event, also with the whole year."""
        rows = self._db.rows("SELECT value FROM names WHERE facet = ? AND key = ?", (facet, key))
        found = tuple(value for (value,) in rows)
        short = re.sub(r"20(\d\d)$", r"\1", key)  # of OpML 2020: as in USENIX OpML '20, and opml20
        if found or facet != "event" or short == key:
            return found
        return self.named(facet, short) or self.named(facet, short.replace(" ", ""))

    def has_beginning(self, facets: Collection[str], word: str) -> bool:
        """Return whether the name of a value of some facets starts with a word, given as `folding.name_key` returns it."""
        marks = ",".join("?" * len(facets))
        query = f"SELECT 1 FROM names WHERE facet IN ({marks}) AND key >= ? AND key < ? LIMIT 1"  # noqa: S608 - marks
        after = f"{word}!"  # "!" comes after a space
        return self._db.row(query, (*facets, word, after)) is not None

    def keys(self, facet: str) -> Iterator[tuple[str, str]]:
        """Yield (key, value) for each name of a facet's values; the key is what `folding.name_key` returns for it."""
        yield from self._db.rows("SELECT key, value FROM names WHERE facet = ?", (facet,))

    def spellings(self, facet: str) -> list[str]:
        """Return all names of a facet's values."""
        query = "SELECT coalesce(spelling, value) FROM names WHERE facet = ?"
        return [name for (name,) in self._db.rows(query, (facet,))]
