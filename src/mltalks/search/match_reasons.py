"""Why a session was found: which words of the query it has, as which variants, in which fields.

Does not find sessions: `ranking` does.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from mltalks.search.expanded_terms import ExpandedTerm, MatchKind, Variant
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
    """The variants of all terms of one query, from which the matches of each hit are listed."""

    def __init__(self, index: Index, terms: Iterable[ExpandedTerm]) -> None:
        self._index = index
        self._terms = terms

    @cached_property
    def _variants(self) -> list[tuple[str, Variant, str, MembershipTest]]:
        size = self._index.size
        return [
            (
                _as_written(one.typed),
                variant,
                _as_written(variant.text),
                MembershipTest(variant.postings.docs(size), size),
            )
            for term in self._terms
            for one in term.all()
            for variant in one.variants
        ]

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
