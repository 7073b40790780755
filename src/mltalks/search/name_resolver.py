"""What a typed name stands for: itself in another case, width or spelling, a part of it, or a slip of the keyboard.

Knows names and values only; who asks says what an unknown name means.
"""

from functools import cached_property
from typing import Literal, NamedTuple

from mltalks.search.index.reader import Index
from mltalks.text.folding import name_key
from mltalks.text.fuzzy import corrections, edits, nearest

SURE = 8  # letters of a name in which more than one may be wrong
LONGEST = 100  # letters of a name that is looked for in others, or corrected


class Resolution(NamedTuple):
    """The values that a typed name stands for, and how they were found; no values when it names nothing."""

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
        for key, value, _ in self._index.facets.names(self._facet):
            values.setdefault(key, []).append(value)
        return values

    def resolve(self, typed: str) -> Resolution:
        """Return what a name stands for: exactly, else as whole words of longer names, else corrected."""
        key = name_key(typed)
        exact = self._exact(key, typed) if key else ()
        if exact or not key or len(key) > LONGEST:
            return Resolution(exact)
        if self._facet == "id":
            return Resolution(())
        inside = [other for other in self._by_key if f" {key} " in f" {other} "]
        if inside:
            return Resolution(self._all(inside), "part")
        return Resolution(self._all(self._slips(key)), "typo")

    def _slips(self, key: str) -> list[str]:
        """Return the names that a slip of the keyboard makes of the typed one: short ones but for one letter."""
        likely = [other for other in corrections(key, self._by_key) if other[:1] == key[:1]]
        return [other for other in likely if len(key) >= SURE or edits(key, other) == 1]

    def _exact(self, key: str, typed: str) -> tuple[str, ...]:
        if self._facet == "id":
            return (typed,) if self._index.sessions.doc(typed) is not None else ()
        return self._index.facets.named(self._facet, key)

    def nearest(self, typed: str) -> list[str]:
        """Return the spellings that look most like what was typed; of ids the best three, near or not."""
        if self._facet == "id":
            return nearest(typed, self._index.sessions.ids(), alike=0)
        return nearest(typed, (spelling for _, _, spelling in self._index.facets.names(self._facet)))

    def _all(self, keys: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key in keys for value in self._by_key[key]))
