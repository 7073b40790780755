"""Word vectors: what English words mean, as short vectors; words that are near in meaning have a large dot product.

Does not choose the words of a query or rank sessions: `search.likeness` does.

The file has a line for each word, in order: the word, its weight and its vector. `scripts/word_vectors.py` writes it and says of
which model the vectors are.
"""

import mmap
from array import array
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from math import isqrt, sqrt
from operator import mul
from pathlib import Path

DIMENSIONS = 64
FILE = Path(__file__).with_suffix(".tsv")
LEVEL = 3  # values of a vector in the file are from -LEVEL to LEVEL, in four bits each
LENGTH = 127  # values of a vector of a session are from -LENGTH to LENGTH
# How much the words of each field count in the vector of a session; of the others, none.
FIELD_WEIGHTS = {"title": 3, "keywords": 2, "track": 1, "summary": 1, "questions": 1}
FEWEST = 5  # words up to which a text counts as short; the words of longer ones count less
_FINE = 16  # steps of the weight of a word in a session to 1
_LANE = 32  # bits of a value in a sum


class WordVectors:
    """The vectors of words, read from the file as they are asked for."""

    def __init__(self, file: Path = FILE) -> None:
        self._file = file
        self.vector = lru_cache(1 << 16)(self._vector)
        self._lanes = lru_cache(1 << 16)(self._in_lanes)

    @cached_property
    def _text(self) -> mmap.mmap:
        with self._file.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def _vector(self, word: str) -> "array[int] | None":
        """Return the vector of a folded word, times the weight of the word; None if it is not known."""
        known = self.stored(word)
        return array("h", [value * known[0] for value in known[1]]) if known else None

    def stored(self, word: str) -> tuple[int, list[int]] | None:
        """Return the weight of a folded word and its vector, of values from -LEVEL to LEVEL; None if it is not known."""
        line = self._line(word.encode())
        if line is None:
            return None
        _, weight, packed = line.split(b"\t")
        return int(weight), [(byte >> shift & 15) - LEVEL for byte in b64decode(packed) for shift in (0, 4)]

    def _line(self, word: bytes) -> bytes | None:
        """Return the line of a word, found by halving the file."""
        text, low, high = self._text, 0, len(self._text)
        while low < high:
            start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = text.find(b"\n", start)
            found = text[start : text.find(b"\t", start)]
            if found == word:
                return text[start:end]
            if found < word:
                low = end + 1
            else:
                high = start
        return None

    def _in_lanes(self, word: str) -> int:
        """Return a vector as one integer, a lane of bits for each value, so that a sum of vectors is one addition."""
        vector = self.vector(word)
        if vector is None:
            return 0
        return int.from_bytes(array("I", [value + _OFFSET for value in vector]).tobytes(), "little")

    def of_session(self, texts: Mapping[str, Sequence[str]]) -> bytes:
        """Return the vector of a session by the words of its fields, as signed bytes; b"" if no word is known.

        The vector is the sum over its words, scaled to a length of about LENGTH.
        """
        total = count = 0
        for field, weight in FIELD_WEIGHTS.items():
            known = list(filter(None, map(self._lanes, " ".join(texts.get(field, ())).split())))
            share = round(_FINE * weight / sqrt(max(FEWEST, len(known))))
            total += share * sum(known)
            count += share * len(known)
        if not count:
            return b""
        summed = array("I", total.to_bytes(DIMENSIONS * _LANE // 8, "little"))
        values = [value - count * _OFFSET for value in summed]
        length = isqrt(sum(map(mul, values, values))) or 1
        scaled = [2 * LENGTH * value // length for value in values]
        if max(scaled) > LENGTH or min(scaled) < -LENGTH:
            scaled = [max(-LENGTH, min(LENGTH, value)) for value in scaled]
        return array("b", scaled).tobytes()

    def of_words(self, words: Iterable[str]) -> "list[int] | None":
        """Return the summed vector of some English words; None if none is known."""
        vectors = [vector for vector in map(self.vector, words) if vector is not None]
        return [sum(values) for values in zip(*vectors, strict=True)] if vectors else None


def dot_products(vectors: Sequence[bytes], query: Sequence[int]) -> list[int]:
    """Return the dot product of each of some vectors of sessions with that of a query.

    One value of all vectors is one integer with a lane for each, so that a sum over the values takes few steps.

    >>> dot_products([bytes([1, 255]), bytes([127, 2])], [3, -2])
    [5, 377]
    """
    values = b"".join(vectors).translate(_UNSIGNED)
    least = min(query)
    lanes = bytearray(_WIDE * len(vectors))
    total = plain = 0
    for place, factor in enumerate(query):
        lanes[::_WIDE] = values[place :: len(query)]
        column = int.from_bytes(lanes, "little")
        total += (factor - least) * column
        plain += column
    shift = 128 * sum(query)
    sums = (array("Q", one.to_bytes(len(lanes), "little")) for one in (total, plain))
    return [product + least * sum_of_one - shift for product, sum_of_one in zip(*sums, strict=True)]


_WIDE = 8  # bytes of a lane of an array("Q")
_UNSIGNED = bytes((value + 128) % 256 for value in range(256))  # signed bytes, each plus 128
_OFFSET = 1 << 12  # what makes each value of a vector positive
