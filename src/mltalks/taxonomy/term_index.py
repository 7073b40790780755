"""Finds the terms of a theme tree in a text.

Does not score them: `classifier` does. Compares units (see `stems`), not meanings.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
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
_NAME_END_SIGN = re.compile(r"[a-z][A-Z]{2}")  # what `_NAME_END` has, found much sooner
_NAME_END = re.compile(r"(?<![A-Za-z])[A-Za-z]*[a-z]{3}(?P<end>[A-Z]{2,})(?![A-Za-z])")  # RAG in GraphRAG


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

    `plain` is false if more has to be looked at than the units; `pairs` are the terms that it makes with other phrases.
    """

    name: str
    owners: tuple[Owner, ...] = ()
    hides: frozenset[str] = frozenset()
    plain: bool = True
    exact: bool = False
    pairs: dict["_Entry", list[tuple[str, Owner]]] | None = None


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

    def find(self, text: str) -> list[FoundTerm]:
        """Return every term in a text at its first place, in the order of places; then those that parts of names are.

        Takes time linear in the length of the text.
        """
        found = self._find(text)
        for match in _NAME_END.finditer(text) if _NAME_END_SIGN.search(text) else ():
            start = match.start("end")
            if match[0].lower() not in self._trie:
                known = {one.name for one in found}
                inner = self._find(match["end"])
                found += [
                    one._replace(start=one.start + start, end=one.end + start)
                    for one in inner
                    if one.name not in known
                ]
        return found

    def _find(self, text: str) -> list[FoundTerm]:
        parts, place = units(text)
        parts.append(_END)
        found: dict[str, FoundTerm] = {}
        covered: dict[str, int] = {}
        paired: dict[_Entry, Span] = {}
        hidden: list[tuple[str, int, int]] = []
        reach = -1
        for first, last, entry in self._phrases_of(parts):
            if not entry.plain and not _counts(entry, text, place(first)[0], place(last)[1]):
                continue
            if entry.pairs is not None:
                paired.setdefault(entry, (first, last))
            for theme in entry.hides:
                hidden.append((theme, place(first)[0], place(last)[1]))
                covered[theme] = max(covered.get(theme, -1), last)
            owners = entry.owners
            if owners and (last <= reach or entry.hides):
                owners = tuple([owner for owner in owners if covered.get(owner.theme, -1) < last])
            for theme, _, _ in owners:
                covered[theme] = last
            if last > reach and (owners or entry.hides):
                reach = last
            if owners and entry.name not in found:
                start, end = place(first)
                found[entry.name] = FoundTerm(
                    entry.name, start, end if first == last else place(last)[1], owners
                )
        if len(paired) > 1:
            _add_pairs(found, paired, place, hidden)
        return list(found.values())

    def _phrases_of(self, parts: list[str]) -> list[tuple[int, int, _Entry]]:
        """Return the phrases in a text with their first and last units, the longest of those that start at a unit first."""
        phrases: list[tuple[int, int, _Entry]] = []
        for first, node in enumerate(map(self._trie.get, parts)):
            if node is None:
                continue
            here = len(phrases)
            last = first
            while node is not None:
                if _LEAF in node:
                    phrases.insert(here, (first, last, node[_LEAF]))
                last += 1
                node = node.get(parts[last])  # noqa: PLW2901
        return phrases


def _add_pairs(
    found: dict[str, FoundTerm],
    paired: Mapping[_Entry, Span],
    place: Callable[[int], Span],
    hidden: Iterable[tuple[str, int, int]],
) -> None:
    """Add the terms of two phrases that are near to one another, with the place of the first.

    Not if the theme has a strong term, or hides its terms, where either of them is.
    """
    pairs = [(one, other) for one in paired if one.pairs for other in paired if other in one.pairs]
    if not pairs:
        return
    taken = [
        (owner.theme, one.start, one.end)
        for one in found.values()
        for owner in one.owners
        if owner.kind == "strong"
    ]
    taken += hidden
    for one, other in pairs:
        span, beside = ((place(paired[entry][0])[0], place(paired[entry][1])[1]) for entry in (one, other))
        if abs(span[0] - beside[0]) > WITHIN or one.pairs is None:
            continue
        for name, owner in one.pairs[other]:
            if not any(
                theme == owner.theme and start < last and first < end
                for theme, start, end in taken
                for first, last in (span, beside)
            ):
                owners = found[name].owners if name in found else ()
                found[name] = FoundTerm(name, *span, (*owners, owner))
                taken += [(owner.theme, *span), (owner.theme, *beside)]


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
