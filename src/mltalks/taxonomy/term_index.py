"""Finds the terms of a theme tree in a text.

Does not score them: `classifier` does. Compares units (see `stems`), not meanings.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from mltalks.dataset.model import Theme
from mltalks.taxonomy.stems import units

Kind = Literal["strong", "weak"]
Key = tuple[str, ...]
_LEAF = ""
_END = "\0"  # the unit after the last one; no term has it


class Owner(NamedTuple):
    """A theme that has a term, among its strong or its weak ones, and the weight of the term for it."""

    theme: str
    kind: Kind
    worth: float


class FoundTerm(NamedTuple):
    """A term in a text: its name, its place as offsets of characters, and the themes that it counts for there."""

    name: str
    start: int
    end: int
    owners: tuple[Owner, ...]


@lru_cache(1 << 14)
def key(phrase: str) -> Key:
    """Return the key by which a phrase is compared.

    >>> key("KV caches"), key("KVキャッシュ")
    (('kv', 'cach'), ('kv', 'キ', 'ャ', 'ッ', 'シ', 'ュ'))
    """
    return tuple(units(phrase)[0])


def spellings(phrase: str) -> Iterator[Key]:
    """Yield the keys of a phrase: as written and, if it has hyphens, without them.

    >>> list(spellings("fine-tuning"))
    [('fin', 'tun'), ('finetun',)]
    """
    yield key(phrase)
    if "-" in phrase:
        yield key(phrase.replace("-", ""))


@dataclass(slots=True)
class _Entry:
    """A phrase of the trie: its first spelling, the themes that have it as a term, and those that exclude it."""

    name: str
    owners: tuple[Owner, ...] = ()
    hides: frozenset[str] = frozenset()


class TermIndex:
    """All terms of a tree as a trie of units.

    Of terms of one theme within one another only the outermost counts for it, and none within a phrase of its `not` list;
    terms of different themes are independent. `worth` returns the weight of a term: of a theme, a term and its kind.
    """

    def __init__(self, themes: Iterable[Theme], worth: Callable[[str, str, Kind], float]) -> None:
        self._trie: dict[str, Any] = {}
        kept = list(themes)
        for theme in kept:
            for phrase in theme.terms.strong:
                self._add(phrase, theme.id, "strong", worth)
            for phrase in theme.terms.weak:
                self._add(phrase, theme.id, "weak", worth)
        for theme in kept:
            for phrase in theme.terms.excluded:
                for entry in self._entries(phrase):
                    entry.hides |= {theme.id}

    def _add(self, phrase: str, theme: str, kind: Kind, worth: Callable[[str, str, Kind], float]) -> None:
        for entry in self._entries(phrase):
            if all(other.theme != theme for other in entry.owners):
                entry.owners = (*entry.owners, Owner(theme, kind, worth(theme, entry.name, kind)))

    def _entries(self, phrase: str) -> Iterator[_Entry]:
        """Yield the entries of all spellings of a phrase; missing ones are created."""
        for spelling in spellings(phrase):
            if spelling:
                node = self._trie
                for unit in spelling:
                    node = node.setdefault(unit, {})
                yield node.setdefault(_LEAF, _Entry(phrase))

    def find(self, text: str) -> list[FoundTerm]:
        """Return every term in a text at its first place, in the order of places.

        Takes time linear in the length of the text.
        """
        parts, place = units(text)
        parts.append(_END)
        found: dict[str, FoundTerm] = {}
        covered: dict[str, int] = {}
        reach = -1
        for first, node in enumerate(map(self._trie.get, parts)):
            if node is None:
                continue
            if parts[first + 1] in node:
                phrases = _phrases(node, parts, first)
            elif _LEAF in node:
                phrases = [(first, node[_LEAF])]
            else:
                continue
            for last, entry in phrases:
                owners = entry.owners if last > reach else _uncovered(entry.owners, covered, last)
                for theme in entry.hides:
                    covered[theme] = max(covered.get(theme, -1), last)
                    owners = tuple([owner for owner in owners if owner.theme != theme])
                for theme, _, _ in owners:
                    covered[theme] = last
                reach = max(reach, last)
                if owners and entry.name not in found:
                    found[entry.name] = FoundTerm(entry.name, place(first)[0], place(last)[1], owners)
        return list(found.values())


def _uncovered(owners: tuple[Owner, ...], covered: Mapping[str, int], last: int) -> tuple[Owner, ...]:
    """Return the owners for which no earlier term reaches unit `last`."""
    return tuple([owner for owner in owners if covered.get(owner.theme, -1) < last])


def _phrases(node: dict[str, Any], parts: list[str], first: int) -> list[tuple[int, _Entry]]:
    """Return the phrases that start at a unit, with their last units, the longest first."""
    found: list[tuple[int, _Entry]] = []
    last = first
    while True:
        if _LEAF in node:
            found.append((last, node[_LEAF]))
        last += 1
        below = node.get(parts[last])
        if below is None:
            if len(found) > 1:
                found.reverse()
            return found
        node = below
