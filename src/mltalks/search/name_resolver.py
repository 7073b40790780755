"""Finds the values of a facet for a typed name: by an exact spelling, a part of a name, or a correction.

Does not decide whether an unknown name is an error: the caller does.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal, NamedTuple

from mltalks.search.index.reader import Index
from mltalks.text.folding import company_key, name_key
from mltalks.text.fuzzy import corrections, edits, nearest

SURE = 8  # letters of a name from which on more than one may be wrong
LONGEST = 100  # letters of a name up to which it is looked for in others, or corrected


class Resolution(NamedTuple):
    """The values that a typed name stands for, and how they were found; no values if there are none."""

    values: tuple[str, ...]
    how: Literal["exact", "part", "typo"] = "exact"


class NameResolver:
    """The values of one facet by all their spellings."""

    def __init__(self, index: Index, facet: str) -> None:
        self._index = index
        self._facet = facet

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        values: dict[str, list[str]] = {}
        for key, value in self._index.facets.keys(self._facet):
            values.setdefault(key, []).append(value)
        return values

    def resolve(self, typed: str) -> Resolution:
        """Return the values of a name: an exact spelling, else whole words of longer names, else a correction."""
        if self._facet == "id":
            return Resolution(
                (typed,) if name_key(typed) and self._index.sessions.doc(typed) is not None else ()
            )
        key = name_key(typed)
        exact = self._index.facets.named(self._facet, key) if key else ()
        if not exact and key and self._facet == "company":
            exact = self._index.facets.named(self._facet, company_key(typed))
        if exact or not key or len(key) > LONGEST:
            return Resolution(exact)
        longer = [other for other in self._by_key if f" {key} " in f" {other} "]
        if longer:
            return Resolution(self._values(longer), "part")
        # Names start alike, and short ones differ in one letter only.
        likely = [other for other in corrections(key, self._by_key) if other[:1] == key[:1]]
        typos = [other for other in likely if len(key) >= SURE or edits(key, other) == 1]
        return Resolution(self._values(typos), "typo")

    def _values(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key in keys for value in self._by_key[key]))

    def nearest(self, typed: str) -> list[str]:
        """Return the spellings that look most like what was typed."""
        if self._facet == "id":
            return nearest(typed, self._index.sessions.ids().values())
        return nearest(typed, self._index.facets.spellings(self._facet))
