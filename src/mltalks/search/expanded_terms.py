"""What one thing of a query is, once it was looked up: its variants, its parts, and the sets of sessions that have it."""

from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from operator import and_
from typing import Literal, NamedTuple

from mltalks.search.index.postings import DocSet, Postings, doc_numbers
from mltalks.search.index.reader import Index
from mltalks.text.tokenizer import has_word

MatchKind = Literal[
    "exact",
    "inflection",
    "phrase",
    "compound",
    "prefix",
    "translation",
    "synonym",
    "sound",
    "near",
    "theme",
    "correction",
]
LOOSE: frozenset[MatchKind] = frozenset(("near", "theme"))  # help a session's rank, but do not find it
LITERAL: frozenset[MatchKind] = frozenset(("exact", "inflection", "phrase"))  # as typed: these come first


class Variant(NamedTuple):
    """A variant of a word, how much it counts (0 to 1), and where it stands."""

    text: str
    how: MatchKind
    weight: float
    postings: Postings


class ExpandedTerm(NamedTuple):
    """One thing that the query asks for: its variants, or all of its parts.

    `docs` are the sessions that have it, `literal` those of them that have it as typed, `found_in` counts those that have
    any variant at all, also one that is LOOSE. `loose` tells that the parts mean as much as the whole; `corrected` are the
    words that it was taken for.
    """

    typed: str
    variants: tuple[Variant, ...] = ()
    parts: "tuple[ExpandedTerm, ...]" = ()
    docs: DocSet = 0
    literal: DocSet = 0
    found_in: int = 0
    loose: bool = True
    corrected: tuple[str, ...] = ()

    def all(self) -> "Iterator[ExpandedTerm]":
        """Yield this term and all parts of it."""
        yield self
        for part in self.parts:
            yield from part.all()

    def words(self) -> "Iterator[ExpandedTerm]":
        """Yield the terms of the single words that this one is made of."""
        for part in self.parts:
            yield from part.words()
        if not self.parts:
            yield self


def expanded_term(
    size: int,
    typed: str,
    variants: Sequence[Variant],
    parts: Sequence[ExpandedTerm] = (),
    *,
    loose: bool = True,
    corrected: tuple[str, ...] = (),
) -> ExpandedTerm:
    """Return a term with its sets of documents out of `size`; LOOSE variants find a session where nothing else does."""
    sets = [(variant.how, variant.postings.docs(size)) for variant in variants]
    found = every = literal = 0
    for how, docs in sets:
        every |= docs
        if how not in LOOSE:
            found |= docs
        if how in LITERAL:
            literal |= docs
    if parts:
        found |= reduce(and_, (part.docs for part in parts))
        literal |= reduce(and_, (part.literal for part in parts))
    docs = found or every
    return ExpandedTerm(
        typed, tuple(variants), tuple(parts), docs, literal, every.bit_count(), loose, corrected
    )


def in_fields(index: Index, whole: ExpandedTerm, fields: Collection[str]) -> ExpandedTerm:
    """Return a term only where it stands in some of the fields."""
    variants = []
    for variant in whole.variants:
        steps = variant.postings.steps()
        kept = [
            doc
            for doc in doc_numbers(variant.postings.docs(index.size))
            if any(
                has_word(text, variant.text)
                for field in fields
                for text in index.sessions.lines(doc).get(field, ())
            )
        ]
        if kept:
            kept.sort(key=lambda doc: -steps.get(doc, 1))
            postings = Postings(len(kept), kept, bytes(steps.get(doc, 1) for doc in kept))
            variants.append(variant._replace(postings=postings))
    parts = [in_fields(index, part, fields) for part in whole.parts]
    return expanded_term(
        index.size, whole.typed, variants, parts, loose=whole.loose, corrected=whole.corrected
    )
