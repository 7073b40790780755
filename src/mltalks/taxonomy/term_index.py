"""Finds the terms of a theme tree in a text.

Does not score them: `classifier` does. Compares units (see `stems`), not meanings.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from mltalks.dataset.model import Theme
from mltalks.taxonomy.stems import strict_stem, units, words

Kind = Literal["strong", "weak", "field"]
Key = tuple[str, ...]
Span = tuple[int, int]
FIELD = ""  # the owner of the phrases that show that a text is about the field of the tree
WITHIN = 40  # characters between the beginnings of two phrases that are a term together
_STARTS = re.compile(r"\A[ァ-ヺー]+")
_ENDS = re.compile(r"[ァ-ヺー]+\Z")
_SHORT = 4  # letters of a katakana term that is often a part of another word
_WORD = 3  # letters of katakana that may be a word of its own beside such a term
_NAME_END_SIGN = re.compile(r"[A-Z][A-Z](?<=[a-z]..)")  # what `_NAME_END` has, found much sooner
_NAME_END = re.compile(r"(?<![A-Za-z])[A-Za-z]*[a-z]{3}(?P<end>[A-Z]{2,})(?![A-Za-z])")  # RAG in GraphRAG


class Owner(NamedTuple):
    """A theme that has a term, among its strong or its weak ones, and the weight of the term for it."""

    theme: str
    kind: Kind
    worth: float


# A term in a text, one of its owners, and where it starts and ends, as offsets of characters.
FoundTerm = tuple[str, Owner, int, int]


@lru_cache(1 << 14)
def key(phrase: str) -> Key:
    """Return the key by which a phrase is compared.

    >>> key("KV caches"), key("KVキャッシュ")
    (('kv', 'cach'), ('kv', 'キ', 'ャ', 'ッ', 'シ', 'ュ'))
    """
    return tuple(units(phrase))


def spellings(phrase: str) -> Iterator[Key]:
    """Yield the keys of a phrase: as written and, if it has hyphens, without them.

    >>> list(spellings("fine-tuning"))
    [('fin', 'tun'), ('finetun',)]
    """
    yield key(phrase)
    if "-" in phrase:
        yield key(phrase.replace("-", ""))


def parts_of(term: str) -> list[tuple[str, str]]:
    """Return the pairs of phrases that a term with " + " stands for; none if it is one phrase.

    >>> parts_of("deploy + model | LLM")
    [('deploy', 'model'), ('deploy', 'LLM')]
    """
    first, plus, second = term.partition(" + ")
    return list(product(first.split(" | "), second.split(" | "))) if plus else []


@dataclass(slots=True, eq=False, repr=False)
class _Node:
    """A node of the trie: the nodes that follow, by those of their units, and, if a phrase ends here, what is known about it.

    The `name` of a phrase is its first spelling; `owners` are the themes that have it as a term, and `hides` those that exclude it.
    `plain` is false if more has to be looked at than the units. If it is a part of terms of two phrases, `pairs` has those that it
    is the first of, by the second.
    """

    following: dict["_Node | None", "_Node"] = field(default_factory=dict)
    name: str = ""
    owners: tuple[Owner, ...] = ()
    hides: frozenset[str] = frozenset()
    plain: bool = True
    exact: bool = False
    pairs: dict["_Node", list[tuple[str, Owner]]] | None = None


class TermIndex:
    """All terms of a tree as a trie of units; a unit is the node of the phrase that it is by itself.

    Of terms of one theme within one another only the outermost counts for it, and none within a phrase of its `not` list;
    terms of different themes are independent. `worth` returns the weight of a term: of a theme, a term and its kind.
    """

    def __init__(self, themes: Iterable[Theme], worth: Callable[[str, str, Kind], float]) -> None:
        self._units: defaultdict[str, _Node] = defaultdict(_Node)
        self._unit = lru_cache(1 << 16)(lambda word, units=self._units: units.get(strict_stem(word)))
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
                    entry.owners = tuple(owner for owner in entry.owners if owner.theme != theme.id)
            for phrase in theme.terms.exact:
                for entry in self._entries(phrase):
                    entry.plain, entry.exact, entry.name = False, True, phrase
            for phrase in theme.terms.field:
                self._add(phrase, FIELD, "field", lambda _theme, _term, _kind: 0.0)

    def _add(self, term: str, theme: str, kind: Kind, worth: Callable[[str, str, Kind], float]) -> None:
        for one, other in parts_of(term):
            owner = Owner(theme, kind, worth(theme, term, kind))
            for entry, second in product(self._entries(one), self._entries(other)):
                second.pairs = second.pairs or {}
                entry.pairs = entry.pairs or {}
                entry.pairs.setdefault(second, []).append((f"{one} + {other}", owner))
        for entry in [] if " + " in term else self._entries(term):
            if all(known.theme != theme for known in entry.owners):
                entry.owners = (*entry.owners, Owner(theme, kind, worth(theme, entry.name, kind)))

    def _entries(self, phrase: str) -> Iterator[_Node]:
        """Yield the nodes where the spellings of a phrase end; missing ones are created."""
        for spelling in spellings(phrase):
            if spelling:
                node, *rest = [self._units[unit] for unit in spelling]
                for unit in rest:
                    if unit not in node.following:
                        node.following[unit] = _Node()
                    node = node.following[unit]
                if not node.name:
                    node.name, node.plain = phrase, not _STARTS.match(phrase)
                yield node

    def find(self, text: str) -> list[FoundTerm]:
        """Return every term in a text at its first place, in the order of the places; then those that parts of names are.

        Takes time linear in the length of the text.
        """
        found = self._find(text)
        for match in _NAME_END.finditer(text) if _NAME_END_SIGN.search(text) else ():
            if match[0].lower() not in self._units:
                offset = match.start("end")
                known = {one[0] for one in found}
                found += [
                    (term, owner, start + offset, end + offset)
                    for term, owner, start, end in self._find(match["end"])
                    if term not in known
                ]
        return found

    def _find(self, text: str) -> list[FoundTerm]:
        written, matches = words(text)
        parts = [*map(self._unit, written), None]
        found: list[FoundTerm] = []
        places: dict[str, int] = {}
        covered: dict[str, int] = {}
        halves: dict[_Node, Span] = {}
        hidden: list[tuple[str, int, int]] = []
        for first, last, entry in self._phrases_of(parts):
            start, end = matches[first].start(), matches[last].end()
            if not entry.plain and not _counts(entry, text, start, end):
                continue
            if entry.pairs is not None:
                halves.setdefault(entry, (start, end))
            for owner in entry.owners:
                theme = owner[0]
                if covered.get(theme, -1) < last:
                    covered[theme] = last
                    if places.setdefault(entry.name, start) == start:
                        found.append((entry.name, owner, start, end))
            if entry.hides:
                for theme in entry.hides:
                    covered[theme] = max(covered.get(theme, -1), last)
                    hidden.append((theme, start, end))
        pairs = [
            (halves[one], halves[other], one.pairs[other])
            for one in halves
            if one.pairs
            for other in halves
            if other in one.pairs
        ]
        if pairs:
            _add_pairs(found, pairs, hidden)
        return found

    def _phrases_of(self, parts: list[_Node | None]) -> list[tuple[int, int, _Node]]:
        """Return the phrases in a text with their first and last units, the longest of those that start at a unit first."""
        phrases: list[tuple[int, int, _Node]] = []
        for first, node in enumerate(parts):
            if node is None:
                continue
            here = len(phrases)
            last = first
            while node is not None:
                if node.name:
                    phrases.insert(here, (first, last, node))
                last += 1
                node = node.following.get(parts[last])  # noqa: PLW2901
        return phrases


def _add_pairs(
    found: list[FoundTerm],
    pairs: Iterable[tuple[Span, Span, list[tuple[str, Owner]]]],
    hidden: Iterable[tuple[str, int, int]],
) -> None:
    """Add the terms of two phrases, by the places of both, with that of the first.

    Not if the theme has a strong term, or hides its terms, where either of them is.
    """
    taken: defaultdict[str, list[Span]] = defaultdict(list)
    for theme, start, end in hidden:
        taken[theme].append((start, end))
    for _, (theme, kind, _), start, end in found:
        if kind == "strong":
            taken[theme].append((start, end))
    for place, beside, terms in pairs:
        for name, owner in terms if abs(place[0] - beside[0]) <= WITHIN else ():
            spans = taken[owner.theme]
            if not any(
                start < last and first < end for start, end in spans for first, last in (place, beside)
            ):
                found.append((name, owner, *place))
                spans += place, beside


def _counts(entry: _Node, text: str, start: int, end: int) -> bool:
    """Return whether a phrase of these units is there as it has to be: not within a word, and an exact one as it is written.

    The case of an exact one in small letters is free.
    """
    written = text[start:end]
    exact = not entry.exact or entry.name in (written, written.lower())
    return exact and not _within_a_word(text, start, end)


def _within_a_word(text: str, start: int, end: int) -> bool:
    """Return whether a place in a text begins or ends within a katakana word.

    Beside a short term, katakana too short for a word of its own makes a longer word; a longer term may be a part of a compound,
    unless a dot divides words within it.

    >>> _within_a_word("ドローン", 1, 4), _within_a_word("バッチレコメンド", 3, 8), _within_a_word("ヘビー・コンシューマ", 1, 6)
    (True, False, True)
    """
    divided = "・" in text[start:end]
    if end - start > _SHORT and not divided:
        return False
    before, after = text[max(0, start - _WORD) : start], text[end : end + _WORD]
    beside = (
        _letters(_ENDS, before) if _letters(_STARTS, text[start]) else 0,
        _letters(_STARTS, after.removeprefix("ー")) if _letters(_STARTS, text[end - 1]) else 0,
    )
    if divided or end - start < _WORD:
        return any(beside)
    return any(0 < letters < _WORD for letters in beside)


def _letters(pattern: re.Pattern[str], text: str) -> int:
    """Return how many letters of katakana a text starts or ends with."""
    found = pattern.search(text)
    return len(found[0]) if found else 0
