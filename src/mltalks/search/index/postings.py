"""Sets of documents, and the postings of a term, as compact bytes for SQLite rows and as fast Python values.

Does not depend on sessions or words: documents are numbers.

A set of documents is a Python integer with one bit for each document: intersection, union and count run at the speed of
memory, in some ten microseconds for a million documents.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Set as AbstractSet
from typing import NamedTuple, Self

DocSet = int

CHAMPIONS = 1024  # the best documents that are kept with their weights when very many documents have a term
DENSE = 128  # a term is dense when more than one document in so many has it
STEP = 16  # steps of a stored weight to 1: weights are from 1/16 to 255/16
HEAVIEST = 255  # steps of a weight


class Postings(NamedTuple):
    """The documents that have a term: the best ones by falling weight, their weights in 1/STEP, all as bits if there are more.

    `asked` is a row (see `set_row`) of those that have it in their questions alone.

    Champion lists: Manning, Raghavan and Schuetze, Introduction to Information Retrieval (2008), 7.1.3.
    """

    found_in: int
    best: Collection[int]
    weights: bytes
    rest: bytes = b""
    asked: bytes = b""

    @classmethod
    def from_steps(cls, steps: Mapping[int, int]) -> Self:
        """Return the postings of a term of which the weights are known by document, in steps."""
        best = sorted(steps, key=lambda doc: -steps[doc])
        return cls(len(best), best, bytes(steps[doc] for doc in best))

    @classmethod
    def from_row(cls, found_in: int, best: bytes, weights: bytes, rest: bytes, asked: bytes) -> Self:
        """Return the postings that a row of the index holds (see `stored_postings`)."""
        return cls(found_in, array("I", best), weights, bits_of_row(rest) if rest else b"", asked)

    def docs(self, size: int) -> DocSet:
        """Return all documents that have the term, out of `size`."""
        return int.from_bytes(self.rest, "little") if self.rest else doc_set(self.best, size)

    def asked_docs(self) -> DocSet:
        """Return the documents that have the term in their questions alone."""
        return set_of_row(self.asked) if len(self.asked) > 1 else 0

    def steps(self) -> dict[int, int]:
        """Return the weight in steps in each of the best documents."""
        return dict(zip(self.best, self.weights, strict=True))

    def steps_in(self, docs: AbstractSet[int]) -> list[tuple[int, int]]:
        """Return (document, weight in steps) for those of some documents that have the term.

        Documents that are not among the best get the lowest weight of these, or 1 if there are none.
        """
        found = [pair for pair in zip(self.best, self.weights, strict=True) if pair[0] in docs]
        if self.rest and len(found) < len(docs):
            bits, lowest = self.rest, self.weights[-1] if self.weights else STEP
            end = len(bits) << 3
            others = docs - {doc for doc, _ in found}
            found += [(doc, lowest) for doc in others if doc < end and bits[doc >> 3] >> (doc & 7) & 1]
        return found


NO_POSTINGS = Postings(0, (), b"")


DOC_BITS = 24  # of a packed number; the rest is for the weight
DOC = (1 << DOC_BITS) - 1


def pack(doc: int, step: int) -> int:
    """Return a document and the weight of a term in it as one number; in order, the heavier ones come first.

    >>> pack(5, 40) < pack(1, 39) < pack(2, 39)
    True
    """
    return (255 - step) << DOC_BITS | doc


def unpack(number: int) -> tuple[int, int]:
    """Return the document and the weight in steps of a packed number.

    >>> unpack(pack(5, 40))
    (5, 40)
    """
    return number & DOC, 255 - (number >> DOC_BITS)


def doc_set(numbers: Iterable[int], size: int) -> DocSet:
    """Return the set of some documents out of `size`.

    >>> doc_set([0, 3], 8), list(doc_numbers(doc_set([0, 3, 70], 100)))
    (9, [0, 3, 70])
    """
    bits = bytearray((size + 7) // 8)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def doc_numbers(docs: DocSet) -> Iterator[int]:
    """Yield the documents of a set, the lowest first."""
    bits = docs.to_bytes((docs.bit_length() + 7) // 8, "little")
    chunk = 512  # empty stretches are skipped at once
    for start in range(0, len(bits), chunk):
        part = bits[start : start + chunk]
        if not part.strip(b"\0"):
            continue
        for at, byte in enumerate(part, start):
            if byte:
                base = at << 3
                for bit in _BITS_OF_BYTE[byte]:
                    yield base + bit


def docs_flags(docs: DocSet, size: int) -> bytes:
    r"""Return for each document out of `size` 1 if it is in a set, else 0.

    >>> docs_flags(0b1001, 5)
    b'\x01\x00\x00\x01\x00'
    """
    return f"{docs:0{size}b}"[::-1].encode().translate(_FLAGS)[:size]


_FLAGS = bytes.maketrans(b"01", b"\0\1")
_BITS_OF_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


class MembershipTest:
    """A set of documents, out of `size`, with a fast test whether it contains one document."""

    def __init__(self, docs: DocSet, size: int) -> None:
        self._bits = _bits(docs, size)

    def __contains__(self, doc: int) -> bool:
        return bool(self._bits[doc >> 3] >> (doc & 7) & 1)


def set_row(numbers: Collection[int], size: int) -> bytes:
    """Return a set of rising numbers as a row holds it: an array of them, or all bits after a mark if that is shorter.

    >>> set_of_row(set_row([1, 5], 100)) == set_of_row(set_row(range(60), 100)) & doc_set([1, 5], 100)
    True
    """
    if len(numbers) * DENSE > size:
        return b"b" + _bits(doc_set(numbers, size), size)
    return b"n" + array("I", numbers).tobytes()


def row_of_set(docs: DocSet, size: int) -> bytes:
    """Return a set as `set_row` does."""
    if docs.bit_count() * DENSE > size:
        return b"b" + _bits(docs, size)
    return b"n" + array("I", doc_numbers(docs)).tobytes()


def set_of_row(row: bytes) -> DocSet:
    """Return the set that a row holds."""
    return int.from_bytes(bits_of_row(row), "little")


def bits_of_row(row: bytes) -> bytes:
    """Return the set that a row holds as bits, up to its last document or further."""
    if row[:1] == b"b":
        return row[1:]
    numbers = array("I", row[1:])
    size = numbers[-1] + 1 if numbers else 0
    return _bits(doc_set(numbers, size), size)


def numbers_of_row(row: bytes) -> "array[int]":
    """Return the documents of the set that a row holds, the lowest first.

    >>> list(numbers_of_row(set_row(range(3), 8))), list(numbers_of_row(set_row([1, 500], 1000)))
    ([0, 1, 2], [1, 500])
    """
    return array("I", doc_numbers(set_of_row(row))) if row[:1] == b"b" else array("I", row[1:])


def _bits(docs: DocSet, size: int) -> bytes:
    return docs.to_bytes((size + 7) // 8, "little")
