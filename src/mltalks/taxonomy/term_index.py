"""Finds the terms of a theme tree in a text.

Does not score them: `classifier` does. Compares units (see `stems`), not meanings.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any, Literal, NamedTuple

from mltalks.dataset.model import Theme
from mltalks.taxonomy.stems import units

Kind = Literal["strong", "weak", "field"]
Key = tuple[str, ...]
Span = tuple[int, int]
FIELD = ""  # the owner of the phrases that show that a text is about the field of the tree
WITHIN = 40  # characters between the beginnings of two phrases that are a term together
_LEAF = " "  # no word of a text is a space, but a word may be empty: an accent alone
_END = "\0"  # the unit after the last one; no term has it
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


# A term in a text: where it starts and ends, as offsets of characters, and the themes that it counts for there.
FoundTerm = tuple[int, int, tuple[Owner, ...]]


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


def parts_of(term: str) -> list[tuple[str, str]]:
    """Return the pairs of phrases that a term with " + " stands for; none if it is one phrase.

    >>> parts_of("deploy + model | LLM")
    [('deploy', 'model'), ('deploy', 'LLM')]
    """
    first, plus, second = term.partition(" + ")
    return list(product(first.split(" | "), second.split(" | "))) if plus else []


@dataclass(slots=True, eq=False, repr=False)
class _Entry:
    """A phrase of the trie: its first spelling, the themes that have it as a term, and those that exclude it.

    `plain` is false if more has to be looked at than the units; a `half` is a part of terms of two phrases, of which `pairs` are
    those that it is the first of, by the second.
    """

    name: str
    owners: tuple[Owner, ...] = ()
    hides: frozenset[str] = frozenset()
    plain: bool = True
    exact: bool = False
    half: bool = False
    pairs: dict["_Entry", list[tuple[str, Owner]]] = field(default_factory=dict)


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
                entry.half = second.half = True
                entry.pairs.setdefault(second, []).append((f"{one} + {other}", owner))
        for entry in [] if " + " in term else self._entries(term):
            if all(known.theme != theme for known in entry.owners):
                entry.owners = (*entry.owners, Owner(theme, kind, worth(theme, entry.name, kind)))

    def _entries(self, phrase: str) -> Iterator[_Entry]:
        """Yield the entries of all spellings of a phrase; missing ones are created."""
        for spelling in spellings(phrase):
            if spelling:
                node = self._trie
                for unit in spelling:
                    node = node.setdefault(unit, {})
                if _LEAF not in node:
                    node[_LEAF] = _Entry(phrase, plain=not _STARTS.match(phrase))
                yield node[_LEAF]

    def find(self, text: str) -> dict[str, FoundTerm]:
        """Return every term in a text by its name, in the order of their first places; then those that parts of names are.

        Takes time linear in the length of the text.
        """
        found = self._find(text)
        for match in _NAME_END.finditer(text) if _NAME_END_SIGN.search(text) else ():
            if match[0].lower() not in self._trie:
                offset = match.start("end")
                for name, (start, end, owners) in self._find(match["end"]).items():
                    found.setdefault(name, (start + offset, end + offset, owners))
        return found

    def _find(self, text: str) -> dict[str, FoundTerm]:
        parts, places = units(text)
        parts.append(_END)
        found: dict[str, FoundTerm] = {}
        covered: dict[str, int] = {}
        halves: dict[_Entry, Span] = {}
        hidden: list[tuple[str, int, int]] = []
        reach = -1
        for first, last, entry in self._phrases_of(parts):
            start, end = places[first][0], places[last][1]
            if not entry.plain and not _counts(entry, text, start, end):
                continue
            if entry.half:
                halves.setdefault(entry, (start, end))
            owners = entry.owners
            if last > reach:
                reach = last
            elif owners:
                owners = tuple([owner for owner in owners if covered.get(owner.theme, -1) < last])
            for theme, _, _ in owners:
                covered[theme] = last
            for theme in entry.hides:
                covered[theme] = max(covered.get(theme, -1), last)
                hidden.append((theme, start, end))
            if owners and entry.name not in found:
                found[entry.name] = (start, end, owners)
        pairs = [(one, other) for one in halves if one.pairs for other in halves if other in one.pairs]
        if pairs:
            _add_pairs(found, pairs, halves, hidden)
        return found

    def _phrases_of(self, parts: list[str]) -> list[tuple[int, int, _Entry]]:
        """Return the phrases in a text with their first and last units, the longest of those that start at a unit first."""
        phrases: list[tuple[int, int, _Entry]] = []
        for first, node in enumerate(map(self._trie.get, parts)):
            if node is None:
                continue
            here = len(phrases)
            last = first
            while node is not None:
                entry = node.get(_LEAF)
                if entry is not None:
                    phrases.insert(here, (first, last, entry))
                last += 1
                node = node.get(parts[last])  # noqa: PLW2901
        return phrases


def _add_pairs(
    found: dict[str, FoundTerm],
    pairs: Iterable[tuple[_Entry, _Entry]],
    places: Mapping[_Entry, Span],
    hidden: Iterable[tuple[str, int, int]],
) -> None:
    """Add the terms of two phrases that are near to one another, with the place of the first.

    Not if the theme has a strong term, or hides its terms, where either of them is.
    """
    taken: defaultdict[str, list[Span]] = defaultdict(list)
    for start, end, owners in found.values():
        for theme, kind, _ in owners:
            if kind == "strong":
                taken[theme].append((start, end))
    for theme, start, end in hidden:
        taken[theme].append((start, end))
    for one, other in pairs:
        both = span, beside = places[one], places[other]
        if abs(span[0] - beside[0]) > WITHIN:
            continue
        for name, owner in one.pairs[other]:
            spans = taken[owner.theme]
            if not any(start < last and first < end for start, end in spans for first, last in both):
                known = found[name][2] if name in found else ()
                found[name] = (*span, (*known, owner))
                spans += both


def _counts(entry: _Entry, text: str, start: int, end: int) -> bool:
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
