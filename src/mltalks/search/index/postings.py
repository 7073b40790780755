"""Sets of documents, and where a term stands: compact forms that an SQLite row holds and Python handles fast.

Knows numbers only: what a document or a term is, the index says.

A set of documents is a Python integer with a bit for each document: intersection, union and count run at the speed of
memory, a million documents in some ten microseconds.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Set as AbstractSet
from typing import NamedTuple

DocSet = int

CHAMPIONS = 1024  # the best documents kept with their weights when a term stands in very many
DENSE = 128  # a term is dense when more than one document in so many has it
STEP = 16  # steps of a stored weight to 1: weights from 1/16 to 255/16


class Postings(NamedTuple):
    """Where a term stands: documents by falling weight, their weights in 1/STEP, and the whole set when those are not all."""

    found_in: int
    best: Collection[int]
    weights: bytes
    rest: bytes = b""

    def docs(self, size: int) -> DocSet:
        """Return all documents that have the term, out of `size`."""
        return int.from_bytes(self.rest, "little") if self.rest else doc_set(self.best, size)

    def steps(self) -> dict[int, int]:
        """Return the weight in steps in each of the best documents."""
        return dict(zip(self.best, self.weights, strict=True))

    def steps_in(self, docs: AbstractSet[int]) -> dict[int, int]:
        """Return the weight in steps in those of some documents that have the term.

        Those of a dense term's documents that are no champions weigh as much as the least of these (without any: 1).
        """
        steps = self.steps()
        found = {doc: steps[doc] for doc in docs & steps.keys()}
        if self.rest and len(found) < len(docs):
            bits, floor = self.rest, self.weights[-1] if self.weights else STEP
            found |= {doc: floor for doc in docs - found.keys() if bits[doc >> 3] >> (doc & 7) & 1}
        return found


NO_POSTINGS = Postings(0, (), b"")


def doc_set(numbers: Iterable[int], size: int) -> DocSet:
    """Return the set of some documents out of `size`.

    >>> doc_set([0, 3], 8), list(doc_numbers(doc_set([0, 3, 70], 100)))
    (9, [0, 3, 70])
    """
    bits = bytearray((size + 7) // 8)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def all_docs(size: int) -> DocSet:
    """Return the set of all documents out of `size`."""
    return (1 << size) - 1


def doc_numbers(docs: DocSet) -> Iterator[int]:
    """Yield the documents of a set, the lowest first."""
    bits = docs.to_bytes((docs.bit_length() + 7) // 8, "little")
    chunk = 512  # empty stretches are passed over at once
    for start in range(0, len(bits), chunk):
        part = bits[start : start + chunk]
        if not part.strip(b"\0"):
            continue
        for at, byte in enumerate(part, start):
            if byte:
                base = at << 3
                for bit in _BITS[byte]:
                    yield base + bit


_BITS = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


class MembershipTest:
    """A set of documents that is asked one by one whether it has a document."""

    def __init__(self, docs: DocSet, size: int) -> None:
        self._bits = docs.to_bytes((size + 7) // 8, "little")

    def __contains__(self, doc: int) -> bool:
        return bool(self._bits[doc >> 3] >> (doc & 7) & 1)


_DOC_BITS = 24  # of a place; the rest is for the weight


def place(doc: int, step: int) -> int:
    """Return a document and the steps of a term's weight in it as one number; heavier ones come first in order.

    >>> place(5, 40) < place(1, 39) < place(2, 39)
    True
    """
    return (255 - step) << _DOC_BITS | doc


def doc_and_step(number: int) -> tuple[int, int]:
    """Return the document and the steps of a place.

    >>> doc_and_step(place(5, 40))
    (5, 40)
    """
    return number & (1 << _DOC_BITS) - 1, 255 - (number >> _DOC_BITS)


def encode_postings(places: Collection[int], size: int) -> tuple[int, bytes, bytes, bytes]:
    """Return (number of documents, best documents, their weights, all documents if those are not all) as a row holds them.

    Champion lists: Manning, Raghavan and Schuetze, Introduction to Information Retrieval (2008), 7.1.3.
    """
    rest = b""
    ordered = sorted(places)
    only_doc = (1 << _DOC_BITS) - 1
    if len(ordered) > CHAMPIONS and len(ordered) * DENSE > size:
        rest = doc_set((one & only_doc for one in ordered), size).to_bytes((size + 7) // 8, "little")
        ordered = ordered[:CHAMPIONS]
    best = array("I", [one & only_doc for one in ordered])
    return len(places), best.tobytes(), bytes([255 - (one >> _DOC_BITS) for one in ordered]), rest


def decode_postings(found_in: int, best: bytes, weights: bytes, rest: bytes) -> Postings:
    """Return postings from a row."""
    docs = array("I")
    docs.frombytes(best)
    return Postings(found_in, docs, weights, rest)


def encode_set(numbers: Collection[int], size: int) -> bytes:
    """Return a set without weights as a row holds it: an array of numbers, or all bits after a mark if that is shorter.

    >>> decode_set(encode_set([1, 5], 100), 100) == decode_set(encode_set(range(60), 100), 100) & doc_set([1, 5], 100)
    True
    """
    if len(numbers) * DENSE > size:
        return b"b" + doc_set(numbers, size).to_bytes((size + 7) // 8, "little")
    return b"n" + array("I", numbers).tobytes()


def decode_set(row: bytes, size: int) -> DocSet:
    """Return the set that `encode_set` put into a row."""
    if row[:1] == b"b":
        return int.from_bytes(row[1:], "little")
    numbers = array("I")
    numbers.frombytes(row[1:])
    return doc_set(numbers, size)


def decode_numbers(row: bytes, size: int) -> "array[int]":
    """Return the documents of a set that `encode_set` put into a row, the lowest first.

    >>> list(decode_numbers(encode_set(range(3), 8), 8)), list(decode_numbers(encode_set([1, 500], 1000), 1000))
    ([0, 1, 2], [1, 500])
    """
    if row[:1] == b"b":
        return array("I", doc_numbers(decode_set(row, size)))
    found = array("I")
    found.frombytes(row[1:])
    return found
