"""Why a session was found: which words of the query it has, as which variants, in which fields.

Does not find sessions: `ranking` does.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from mltalks.search.expanded_terms import LITERAL, ExpandedTerm, MatchKind, Variant
from mltalks.search.index.postings import MembershipTest
from mltalks.search.index.reader import Index
from mltalks.text.japanese import is_japanese_word


class Match(NamedTuple):
    """Why a session was found: a word of the query, the variant of it that the session has, and in which fields."""

    query: str
    text: str
    how: MatchKind
    fields: tuple[str, ...]


class MatchReasons:
    """The variants of all terms of one query, from which the matches of each hit are listed.

    `spoken` has the Japanese words that were typed in Latin letters, and those letters.
    """

    def __init__(
        self, index: Index, terms: Iterable[ExpandedTerm], spoken: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._index = index
        self._terms = terms
        self._spoken = spoken

    @cached_property
    def _variants(self) -> list[tuple[str, Variant, str, MembershipTest]]:
        size = self._index.size
        return [
            (
                spoken or _as_written(one.typed),
                variant._replace(how="sound") if spoken and variant.how in LITERAL else variant,
                _as_written(variant.text),
                MembershipTest(variant.postings.docs(size), size),
            )
            for term in self._terms
            for one in term.all()
            for spoken in [self._as_spoken(one.typed)]
            for variant in one.variants
        ]

    def _as_spoken(self, name: str) -> str:
        """Return how words, or a part of one, were typed in Latin letters; "" if they were not."""
        parts = name.split()
        if self._spoken.keys().isdisjoint(parts):
            return next((typed for word, typed in self._spoken.items() if name in word), "")
        return " ".join(dict.fromkeys(self._spoken.get(part, part) for part in parts))

    def matches(self, doc: int) -> tuple[Match, ...]:
        """Return why a document was found, in the order of the query."""
        found: dict[Match, None] = {}
        for typed, variant, written, docs in self._variants:
            if doc in docs:
                fields = self._index.sessions.fields_with(doc, variant.text, variant.how)
                if fields:
                    found[Match(typed, written, variant.how, fields)] = None
        return tuple(found)


def _as_written(name: str) -> str:
    """Return words that were split at a change of script as they are written.

    >>> _as_written("省 エネ"), _as_written("feature store")
    ('省エネ', 'feature store')
    """
    return name.replace(" ", "") if is_japanese_word(name) else name
