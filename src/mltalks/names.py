"""What a typed name stands for: itself in another case, width or spelling, a part of it, or a slip of the keyboard.

Knows names and values only; who asks says what an unknown name means.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mltalks.nearest import corrections, nearest
from mltalks.text import name_key


@dataclass(frozen=True, slots=True)
class Resolution:
    """The values that a typed name stands for, and how they were found; no values when it names nothing."""

    values: tuple[str, ...]
    how: Literal["exact", "part", "typo"] = "exact"


class Names:
    """The values of one facet by all their spellings."""

    def __init__(self, spellings: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a spelling and the value it stands for."""
        self._values: defaultdict[str, list[str]] = defaultdict(list)
        self._spelling: dict[str, str] = {}
        for spelling, value in spellings:
            key = name_key(spelling)
            if value not in self._values[key]:
                self._values[key].append(value)
            self._spelling.setdefault(key, spelling)

    @cached_property
    def _lines(self) -> dict[str, str]:
        return {key: f" {key} " for key in self._values}

    def resolve(self, typed: str) -> Resolution:
        """Return what a name stands for: exactly, else as whole words of longer names, else corrected."""
        key = name_key(typed)
        if not key:
            return Resolution(())
        if key in self._values:
            return Resolution(tuple(self._values[key]))
        inside = [other for other, line in self._lines.items() if f" {key} " in line]
        if inside:
            return Resolution(self._all(inside), "part")
        if len(key) > 100:
            return Resolution(())
        likely = corrections(key, self._values)
        if likely:
            first = [other for other in likely if other[:1] == key[:1]] or likely
            return Resolution(self._all(first), "typo")
        return Resolution(())

    def nearest(self, typed: str) -> list[str]:
        """Return the spellings that look most like what was typed."""
        return nearest(typed, self._spelling.values())

    def _all(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key in keys for value in self._values[key]))
