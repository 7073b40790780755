"""The terms of a theme tree, found in a text wherever they stand.

Compares units (see `stems`), never meanings; what a found term is worth is the classifier's business.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from mltalks.model import Theme
from mltalks.taxonomy.stems import units

Kind = Literal["strong", "weak"]
Key = tuple[str, ...]
_LEAF = ""


class Owner(NamedTuple):
    """A theme that has a term, and whether it is one of its strong or of its weak ones."""

    theme: str
    kind: Kind


class Found(NamedTuple):
    """A term in a text: its name, its places as offsets of characters, the themes that it counts for here."""

    name: str
    start: int
    end: int
    owners: tuple[Owner, ...]


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


@dataclass(slots=True)
class _Entry:
    """A phrase of the trie: its first spelling in the data, the themes that have it, those that it hides terms of."""

    name: str
    owners: tuple[Owner, ...] = ()
    hides: frozenset[str] = frozenset()


class TermIndex:
    """All terms of a tree, ready to be found in texts.

    Where terms of one theme lie within one another only the outermost counts for it, and none within a phrase of its
    `not` list; terms of different themes do not disturb each other.
    """

    def __init__(self, themes: Iterable[Theme]) -> None:
        self._trie: dict[str, Any] = {}
        for theme in themes:
            for phrase in theme.terms.strong:
                self._add(phrase, Owner(theme.id, "strong"))
            for phrase in theme.terms.weak:
                self._add(phrase, Owner(theme.id, "weak"))
            for phrase in theme.terms.excluded:
                for entry in self._entries(phrase):
                    entry.hides |= {theme.id}

    def _add(self, phrase: str, owner: Owner) -> None:
        for entry in self._entries(phrase):
            if all(other.theme != owner.theme for other in entry.owners):
                entry.owners = (*entry.owners, owner)

    def _entries(self, phrase: str) -> Iterator[_Entry]:
        """Yield the entries of all spellings of a phrase, new ones where there are none."""
        for spelling in spellings(phrase):
            if spelling:
                node = self._trie
                for unit in spelling:
                    node = node.setdefault(unit, {})
                yield node.setdefault(_LEAF, _Entry(phrase))

    def find(self, text: str) -> list[Found]:
        """Return every term in a text at its first place there, in the order of places.

        Takes time linear in the length of the text.
        """
        trie = self._trie
        found: dict[str, Found] = {}
        covered: dict[str, int] = {}
        parts = units(text)
        for i, (unit, start, _) in enumerate(parts):
            node = trie.get(unit)
            if node is None:
                continue
            for entry, last in reversed(_walk(node, parts, i)):
                for theme in entry.hides:
                    covered[theme] = max(covered.get(theme, -1), last)
                owners = entry.owners
                if covered:
                    owners = tuple([owner for owner in owners if covered.get(owner.theme, -1) < last])
                if owners:
                    for owner in owners:
                        covered[owner.theme] = last
                    if entry.name not in found:
                        found[entry.name] = Found(entry.name, start, parts[last][2], owners)
        return list(found.values())


def _walk(node: dict[str, Any], parts: list[tuple[str, int, int]], i: int) -> list[tuple[_Entry, int]]:
    """Return the terms that start at unit `i`, each with its last unit, the shortest first."""
    ends: list[tuple[_Entry, int]] = []
    last = i
    while True:
        entry = node.get(_LEAF)
        if entry is not None:
            ends.append((entry, last))
        last += 1
        if last == len(parts):
            return ends
        below = node.get(parts[last][0])
        if below is None:
            return ends
        node = below
