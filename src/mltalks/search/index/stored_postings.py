"""The postings of a term as the index stores them: every document with its weight, to be changed document by document.

Does not read what a query needs: `postings` does, from the same row.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable
from typing import NamedTuple, Self

from mltalks.search.index.postings import (
    CHAMPIONS,
    DOC,
    DOC_BITS,
    bits_of_row,
    doc_numbers,
    pack,
    row_of_set,
    unpack,
)

_FEW = 64  # changes of one term up to which its best documents are changed one by one

Row = tuple[int, bytes, bytes, bytes, bytes]


class StoredPostings(NamedTuple):
    """The documents that have a term: the best as packed numbers in order (see `postings.pack`).

    If there are more, `docs` has the bits of all, and `steps` their weights in the order of documents.
    """

    best: list[int]
    docs: int = 0
    steps: bytes | bytearray = b""

    @classmethod
    def of(cls, packed: Iterable[int]) -> Self:
        """Return the postings of all documents of a term, given as packed numbers."""
        ordered = sorted(packed)
        if len(ordered) <= CHAMPIONS:
            return cls(ordered)
        pairs = sorted(map(unpack, ordered))
        bits = bytearray((pairs[-1][0] >> 3) + 1)
        for doc, _ in pairs:
            bits[doc >> 3] |= 1 << (doc & 7)
        return cls(
            ordered[:CHAMPIONS], int.from_bytes(bits, "little"), bytearray([step for _, step in pairs])
        )

    @classmethod
    def from_row(cls, best: bytes, weights: bytes, rest: bytes, steps: bytes) -> Self:
        """Return the postings that a row holds."""
        packed = list(map(pack, array("I", best), weights))
        return cls(packed, int.from_bytes(bits_of_row(rest), "little"), steps) if rest else cls(packed)

    def row(self, size: int) -> Row:
        """Return (number of documents, best, their weights, all documents, their weights) for a row, out of `size` documents."""
        best = array("I", [one & DOC for one in self.best]).tobytes()
        weights = bytes([255 - (one >> DOC_BITS) for one in self.best])
        rest = row_of_set(self.docs, size) if self.docs else b""
        return self.docs.bit_count() or len(self.best), best, weights, rest, bytes(self.steps)

    def all(self) -> list[int]:
        """Return all documents as packed numbers."""
        return list(map(pack, doc_numbers(self.docs), self.steps)) if self.docs else self.best

    def changed(self, removed: Collection[int], added: Collection[int]) -> Self:
        """Return the postings without some documents and then with others, given as packed numbers."""
        if self.docs and len(removed) + len(added) <= _FEW:
            changed = self._with_few(removed, added)
            if changed:
                return changed
        gone = set(removed)
        return self.of([*(one for one in self.all() if unpack(one)[0] not in gone), *added])

    def _with_few(self, removed: Collection[int], added: Collection[int]) -> Self | None:
        """Return the changed postings at the cost of the changes alone; None if all documents are among the best now."""
        docs, steps, best = self.docs, bytearray(self.steps), list(self.best)
        for doc in removed:
            rank = (docs & ((1 << doc) - 1)).bit_count()
            gone = pack(doc, steps[rank])
            del steps[rank]
            docs ^= 1 << doc
            at = bisect_left(best, gone)
            if at < len(best) and best[at] == gone:
                del best[at]
        for one in added:
            doc, step = unpack(one)
            steps.insert((docs & ((1 << doc) - 1)).bit_count(), step)
            docs |= 1 << doc
            if best and one < best[-1]:
                insort(best, one)
        if docs.bit_count() <= CHAMPIONS:
            return None
        while len(best) < CHAMPIONS:
            best.append(_next(docs, steps, best[-1]))
        return type(self)(best[:CHAMPIONS], docs, steps)


def _next(docs: int, steps: bytearray, last: int) -> int:
    """Return the packed number that follows `last` in order."""
    doc, step = unpack(last)
    rank = steps.find(step, (docs & ((2 << doc) - 1)).bit_count())
    while rank < 0:
        step -= 1
        rank = steps.find(step)
    return pack(_doc_of_rank(docs, rank), step)


def _doc_of_rank(docs: int, rank: int) -> int:
    """Return the document that has `rank` others before it."""
    low, high = 0, docs.bit_length()
    while low < high:
        middle = (low + high) // 2
        if (docs & ((2 << middle) - 1)).bit_count() > rank:
            high = middle
        else:
            low = middle + 1
    return low
