"""Finds the values of a facet for a typed name: by an exact spelling, a part of a name, or a correction.

Does not decide whether an unknown name is an error: the caller does.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, takewhile
from typing import Literal, NamedTuple

from mltalks.search.index.reader import Index
from mltalks.text.folding import company_key, fold, name_key, spelling_key
from mltalks.text.fuzzy import corrections, edits, nearest
from mltalks.text.japanese.scripts import is_east_asian
from mltalks.text.words.tokenizer import words

WORDED = ("theme", "keyword", "track")  # facets whose names are words of the subject
LEAST = 5  # letters of a word of a name that is corrected
SHORTEST_ASIAN = 2  # characters of an East Asian part of a name
SHORTEST = 3  # letters of a keyword that has another number
RIGHT = 4  # letters of a misspelt name for each that is wrong
SURE = 8  # letters of a name from which on more than one may be wrong
MOST_LONGER = 5  # names that begin with an East Asian one and are named as near it
LONGEST = 100  # letters of a name up to which it is looked for in others, or corrected
LONGEST_WHOLE = 400  # letters of several words that may be a name


How = Literal["exact", "part", "misspelt part", "typo", "pattern"]


class Resolution(NamedTuple):
    """The values that a typed name stands for, and how they were found; no values if there are none."""

    values: tuple[str, ...]
    how: How = "exact"


def is_pattern(typed: str) -> bool:
    """Return whether a name is typed with a sign for any letters: `*`, or `?` between letters, but in an address.

    >>> [is_pattern(name) for name in ("micro*", "mic*oft", "micro?oft", "Why MLOps?", "https://example.org/a?b")]
    [True, True, True, False, False]
    """
    return bool(re.search(r"[*＊]", typed) or ("/" not in typed and re.search(r"\w[?？]\w", typed)))


def beginning(typed: str) -> str | None:
    """Return the beginning of the names that a pattern means, folded; None if its `*` is not at the end alone.

    >>> beginning("Micro*"), beginning("mic*oft"), beginning("micro?oft")
    ('micro', None, None)
    """
    start = fold(typed).removesuffix("*")
    return None if is_pattern(start) or (start and not name_key(start)) else start


def starts_of(start: str) -> str:
    """Return the key with which the keys of names begin that begin so; after a space or hyphen a word ends.

    >>> starts_of("carnegie-m"), starts_of("opml19-")
    ('carnegie m', 'opml19 ')
    """
    key = name_key(start)
    return f"{key} " if key and not start[-1].isalnum() else key


class NameResolver:
    """The values of one facet by all their spellings."""

    def __init__(self, index: Index, facet: str, broader: Mapping[str, str | None] | None = None) -> None:
        """Take the index, the facet and, of themes, the broader one of each."""
        self._index = index
        self._facet = facet
        self._broader = broader or {}

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        values: dict[str, list[str]] = {}
        for key, value in self._index.facets.keys(self._facet):
            values.setdefault(key, []).append(value)
        return values

    def resolve(self, typed: str) -> Resolution:
        """Return the values of a name: an exact spelling, else whole words of longer names (of a speaker, initials), else a correction.

        A pattern is never corrected: it means the names that begin so.
        """
        if is_pattern(typed) and not self._is_spelling(typed):
            return Resolution(self._beginning_with(typed), "pattern")
        return self._resolve(typed)

    def _resolve(self, typed: str) -> Resolution:
        if self._facet == "id":
            return Resolution(
                (typed,) if name_key(typed) and self._index.sessions.doc(typed) is not None else ()
            )
        key = name_key(typed)
        exact = self._exactly(typed)
        if not exact and key and self._facet == "company":
            exact = self._whole_of(typed)
        if exact or not key or len(key) > LONGEST:
            return Resolution(exact)
        if is_east_asian(key):
            bare = spelling_key(typed)
            unspaced = [other for other in self._by_key if other.replace(" ", "") == bare]
            if unspaced:
                return Resolution(self._values(unspaced))
            if self._facet == "company" and (found := self._parts_in_japanese(typed)):
                return Resolution(self._values(found), "part")
        numbers = self._numbers(key)
        longer = [form for form in numbers if form in self._by_key] or [
            other for other in self._by_key if any(f" {form} " in f" {other} " for form in numbers)
        ]
        longer = self._having(key) or longer or self._joined_with(key) or self._abbreviated(typed)
        if longer:
            return Resolution(self._narrowed(self._values(longer), key), "part")
        return self._corrected(key)

    def _corrected(self, key: str) -> Resolution:
        """Return the values of names that a key misspells, as a whole or in the only word that is typed."""
        # Names start alike, and short ones differ in one letter only.
        likely = [other for other in corrections(key, self._by_key) if other[:1] == key[:1]]
        typos = [other for other in likely if edits(key, other) <= max(1, len(key) // RIGHT)]
        if not typos and (word := self._misspelled(key)):
            found = self._values(one for one in self._by_key if word in one.split())
            return Resolution(self._narrowed(found, word), "misspelt part")
        return Resolution(self._values(typos), "typo")

    def _narrowed(self, themes: tuple[str, ...], key: str) -> tuple[str, ...]:
        """Return themes that have a word, without a broader one that begins otherwise if a narrower one of it begins so."""
        begun = [one for one in self._by_key if f"{one} ".startswith(f"{key} ")] if self._broader else []
        meant = self._values(begun)
        given_way = {self._broader.get(one) for one in meant}.difference(meant)
        return tuple(one for one in themes if one not in given_way)

    def _numbers(self, key: str) -> list[str]:
        """Return a key and, of a keyword in Latin letters, the other number of it: LLM, LLMs."""
        if self._facet != "keyword" or len(key) < SHORTEST or not key.isascii() or key.endswith("ss"):
            return [key]
        return [key, key[:-1] if key.endswith("s") else f"{key}s"]

    def _misspelled(self, word: str) -> str | None:
        """Return the only word of names that a word which no session has misspells; not of proper names, which are much alike."""
        if self._facet not in WORDED or not len(word) >= LEAST or self._index.vocabulary.found_in(word):
            return None
        others = {one for other in self._by_key for one in other.split()}
        near = [one for one in corrections(word, others) if one[:1] == word[:1]]
        return near[0] if len(near) == 1 and (len(word) >= SURE or edits(word, near[0]) == 1) else None

    def _is_spelling(self, typed: str) -> bool:
        return fold(typed) in map(fold, self._index.facets.spellings(self._facet))

    def _beginning_with(self, pattern: str) -> tuple[str, ...]:
        start = beginning(pattern)
        if start is None:
            return ()
        if self._facet == "id":
            return tuple(one for one in self._index.sessions.ids().values() if one.startswith(start))
        key = starts_of(start)
        return self._values(sorted(other for other in self._by_key if other.startswith(key)))

    def with_word(self, start: str) -> list[str]:
        """Return the values with a word that begins so, as the name of a person has the family name."""
        key = starts_of(start)
        found = self._values(other for other in self._by_key if key and f" {key}" in f" {other} ")
        return sorted(found, key=fold)

    def _named(self, company: str) -> tuple[str, ...]:
        """Return the companies with a name, in whatever legal form."""
        keys = (name_key(company), company_key(company))
        found = (self._index.facets.named(self._facet, key) for key in keys)
        return next(filter(None, found), ())

    def _whole_of(self, unit: str) -> tuple[str, ...]:
        """Return the company that a name of a unit begins or ends with, if it is known."""
        from mltalks.dataset.organizations import whole_of  # 8 ms that known names need not wait for

        whole = whole_of(unit, self._known)
        return self._named(whole) if whole else ()

    def _known(self, company: str) -> str | None:
        return company if self._named(company) else None

    def _exactly(self, typed: str) -> tuple[str, ...]:
        """Return the values that have a name as a spelling; a company in whatever legal form."""
        key = name_key(typed)
        if self._facet == "company" and key:
            return self._named(typed)
        found = self._index.facets.named(self._facet, key) if key else ()
        by_id = (one for one in found if self._facet == "event" and fold(one) == fold(typed))
        return next(((one,) for one in by_id), found)

    def leading(self, typed: Sequence[str]) -> int:
        """Return how many of the first words are together exactly a name, as many as possible; 0 if none are.

        Only plain words are part of a name, and no signs or operators of a query.
        """
        plain = list(takewhile(_is_plain, typed))
        most = sum(end <= LONGEST_WHOLE for end in accumulate(len(word) + 1 for word in plain))
        return next((n for n in range(most, 0, -1) if self._exactly(" ".join(plain[:n]))), 0)

    def is_whole(self, typed: Sequence[str]) -> bool:
        """Return whether plain words are together exactly a name."""
        name = " ".join(typed)
        return all(map(_is_plain, typed)) and bool(self._exactly(name) or self._abbreviated(name))

    def _parts_in_japanese(self, typed: str) -> list[str]:
        """Return the names with another legal form, those with "大学" after what was typed, or those with it as a part.

        A Japanese name has no spaces: its parts are in one script each, as バークレー in カリフォルニア大学バークレー校.
        """
        bare = company_key(typed)
        same = [other for other in self._by_key if company_key(other) == bare]
        university = [f"{bare}大学"] if f"{bare}大学" in self._by_key else []
        part = words(typed)
        return same or university or [one for one in self._by_key if len(part) == 1 and part[0] in words(one)]

    def _having(self, key: str) -> list[str]:
        """Return the names of events and keywords that have an East Asian text anywhere, since it has no spaces: 勉強会, ベクトル."""
        if (
            self._facet not in ("event", "series", "keyword")
            or len(key) < SHORTEST_ASIAN
            or not is_east_asian(key)
        ):
            return []
        return [one for one in self._by_key if key in one]

    def _joined_with(self, key: str) -> list[str]:
        """Return the names of organizations and events that join a word with one of another script: LINEヤフー, MLOps勉強会."""
        if self._facet not in ("company", "event", "series") or " " in key:
            return []
        return [one for one in self._by_key if not one.isascii() and key in words(one)]

    def _abbreviated(self, person: str) -> list[str]:
        """Return the names of speakers for one with the family name first, or with initials: Zaharia, M."""
        if self._facet != "speaker" or len(words(person)) < 2:
            return []
        from mltalks.text.same_person import abbreviates  # for an unknown name alone

        family, _, given = person.partition(",")
        usual = name_key(f"{given} {family}")
        parts = usual.split()
        return (
            [usual]
            if usual in self._by_key
            else [one for one in self._by_key if abbreviates(parts, one.split())]
        )

    def _values(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key in keys for value in self._by_key[key]))

    def nearest(self, typed: str) -> list[str]:
        """Return the spellings that look most like what was typed."""
        if self._facet == "id":
            return nearest(typed, self._index.sessions.ids().values())
        spellings = self._index.facets.spellings(self._facet)
        key = fold(typed)
        longer = [name for name in spellings if is_east_asian(key) and fold(name).startswith(key)]
        near = longer[:MOST_LONGER] or nearest(typed, spellings)
        named = {self._index.facets.named(self._facet, name_key(one)) or one: one for one in reversed(near)}
        return [one for one in near if one in named.values()]  # the first spelling of each


def _is_plain(word: str) -> bool:
    """Return whether a word may be a part of a name: it has no sign of a query, and is no operator.

    >>> [word for word in ("MIT", "&", "year:2020", "AND", "'x") if _is_plain(word)]
    ['MIT', '&']
    """
    return bool(re.fullmatch(r"[\w&][\w&.,'’ -]*", word)) and word not in ("AND", "OR", "NOT")
