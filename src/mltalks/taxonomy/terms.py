"""The terms of a theme tree, found in a text wherever they stand.

Compares units (see `stems`), never meanings; what a found term is worth is the classifier's business.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from mltalks.model import Theme
from mltalks.taxonomy.stems import units

Kind = Literal["strong", "weak", "learnt"]
Key = tuple[str, ...]
_LEAF = ""


class Found(NamedTuple):
    """A term in a text: its number, its places as offsets of characters, the themes that it does not count for."""

    term: int
    start: int
    end: int
    hidden: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase and the themes that have it; `name` is its first spelling in the data."""

    name: str
    owners: tuple[tuple[str, Kind], ...]


def key(phrase: str) -> Key:
    """Return what a phrase is compared by.

    >>> key("KV caches"), key("KVキャッシュ")
    (('kv', 'cach'), ('kv', 'キ', 'ャ', 'ッ', 'シ', 'ュ'))
    """
    return tuple(unit for unit, _, _ in units(phrase))


def spellings(phrase: str) -> Iterator[Key]:
    """Yield the keys of a phrase: as written and, where it has hyphens, written in one word.

    >>> list(spellings("fine-tuning"))
    [('fin', 'tun'), ('finetun',)]
    """
    yield key(phrase)
    if "-" in phrase:
        yield key(phrase.replace("-", ""))


class TermIndex:
    """All terms of a tree, and phrases learnt beside them, ready to be found in texts.

    Where terms of one theme lie within one another only the outermost counts for it, and none within a phrase of its
    `not` list; terms of different themes do not disturb each other.
    """

    def __init__(self, themes: Iterable[Theme], learnt: Iterable[str] = ()) -> None:
        self._trie: dict[str, Any] = {}
        self._numbers: dict[Key, int] = {}
        self._names: list[str] = []
        self._owners: list[dict[str, Kind]] = []
        self._excluded: list[frozenset[str]] = []
        excluded: dict[int, set[str]] = {}
        for theme in themes:
            for phrase in theme.terms.strong:
                self._add(phrase, theme.id, "strong")
            for phrase in theme.terms.weak:
                self._add(phrase, theme.id, "weak")
            for phrase in theme.terms.excluded:
                for number in self._enter(phrase):
                    excluded.setdefault(number, set()).add(theme.id)
        for phrase in learnt:
            self._enter(phrase)
        self._excluded = [frozenset(excluded.get(number, ())) for number in range(len(self._names))]
        self._touched = [
            tuple(owners) + tuple(self._excluded[number] - owners.keys())
            for number, owners in enumerate(self._owners)
        ]

    def __len__(self) -> int:
        return len(self._names)

    def term(self, number: int) -> Term:
        """Return the term with a number."""
        return Term(self._names[number], tuple(self._owners[number].items()))

    def number(self, phrase: str) -> int | None:
        """Return the number of a phrase that is in the index."""
        return self._numbers.get(key(phrase))

    def _add(self, phrase: str, theme: str, kind: Kind) -> None:
        for number in self._enter(phrase):
            self._owners[number].setdefault(theme, kind)

    def _enter(self, phrase: str) -> list[int]:
        """Put all spellings of a phrase into the trie and return their numbers."""
        numbers = []
        for spelling in spellings(phrase):
            if not spelling:
                continue
            number = self._numbers.setdefault(spelling, len(self._names))
            if number == len(self._names):
                self._names.append(phrase)
                self._owners.append({})
                node = self._trie
                for unit in spelling:
                    node = node.setdefault(unit, {})
                node[_LEAF] = number
            numbers.append(number)
        return numbers

    def find(self, text: str) -> list[Found]:
        """Return every term in a text at its first place there, in the order of places.

        Takes time linear in the length of the text.
        """
        trie, touched, owners = self._trie, self._touched, self._owners
        found: list[Found] = []
        seen: set[int] = set()
        covered: dict[str, int] = {}
        parts = units(text)
        for i, (unit, start, _) in enumerate(parts):
            node = trie.get(unit)
            if node is None:
                continue
            for number, last in reversed(_walk(node, parts, i)):
                hidden = [theme for theme in touched[number] if covered.get(theme, -1) >= last]
                for theme in touched[number]:
                    if covered.get(theme, -1) < last:
                        covered[theme] = last
                if number in seen:
                    continue
                hidden.extend(self._excluded[number])
                if not owners[number] or not owners[number].keys() <= set(hidden):
                    seen.add(number)
                    found.append(Found(number, start, parts[last][2], frozenset(hidden)))
        return found


def _walk(node: dict[str, Any], parts: list[tuple[str, int, int]], i: int) -> list[tuple[int, int]]:
    """Return the terms that start at unit `i`, each with its last unit, the shortest first."""
    ends: list[tuple[int, int]] = []
    last = i
    while True:
        number = node.get(_LEAF)
        if number is not None:
            ends.append((number, last))
        last += 1
        if last == len(parts):
            return ends
        below = node.get(parts[last][0])
        if below is None:
            return ends
        node = below
