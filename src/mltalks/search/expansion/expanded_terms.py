"""A term of a query after expansion: its variants, its parts, and the sets of sessions that have it.

Does not find variants, `expansion` does, and does not score them, `scoring` does.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from operator import and_
from typing import Literal, NamedTuple

from mltalks.search.index.postings import DocSet, Postings, doc_numbers, doc_set
from mltalks.search.index.reader import Index

MatchKind = Literal[
    "exact", "inflection", "phrase", "compound", "prefix", "translation", "synonym", "sound", "near", "theme", "correction",
]  # fmt: skip
LOOSE: frozenset[MatchKind] = frozenset(("near", "theme"))  # raise a session's rank, but do not find it
# As typed, or the correction of a word that no session has: these come first.
LITERAL: frozenset[MatchKind] = frozenset(("exact", "inflection", "phrase", "correction"))


class Variant(NamedTuple):
    """A variant of a term, how it was found, its weight (0 to 1), and the sessions that have it, or are filed under `themes`."""

    text: str
    how: MatchKind
    weight: float
    postings: Postings
    themes: tuple[str, ...] = ()


class ExpandedTerm(NamedTuple):
    """A term of a query: found by any of its variants, or by all of its parts.

    `docs` are the sessions that have it, `literal` those that have it as typed or corrected, outside of their questions;
    `found_in` counts the sessions that have any variant, also a LOOSE one. With `loose`, the parts mean as much as the whole.
    `corrected` are the words of the index that replace a word that no session has. An `everyday` term is found in the questions
    of sessions alone. `filed` are the sessions filed under a theme that has the term as a name; `near` are words
    that look like a term that no session has. A term is `whole` if its parts alone do not stand for it.
    """

    typed: str
    variants: tuple[Variant, ...] = ()
    parts: "tuple[ExpandedTerm, ...]" = ()
    docs: DocSet = 0
    literal: DocSet = 0
    found_in: int = 0
    loose: bool = True
    corrected: tuple[str, ...] = ()
    everyday: bool = False
    filed: DocSet = 0
    near: tuple[str, ...] = ()
    whole: bool = False

    def all(self) -> "Iterator[ExpandedTerm]":
        """Yield this term and all parts of it that stand for it."""
        yield self
        for part in () if self.whole else self.parts:
            yield from part.all()


def expanded_term(
    size: int,
    typed: str,
    variants: Sequence[Variant],
    parts: Sequence[ExpandedTerm] = (),
    *,
    loose: bool = True,
    corrected: tuple[str, ...] = (),
    near: tuple[str, ...] = (),
    within: DocSet | None = None,
) -> ExpandedTerm:
    """Return a term with its sets out of `size` documents; LOOSE variants find no session.

    `within` are the only sessions whose parts make up the whole.
    """
    firm = every = literal = outside = filed = 0
    for variant in variants:
        docs = variant.postings.docs(size)
        every |= docs
        if variant.how == "theme":
            filed |= docs
        if variant.how not in LOOSE:
            said = docs & ~variant.postings.asked_docs()
            firm |= docs
            outside |= said
            if variant.how in LITERAL:
                literal |= said
    if parts:
        firm |= reduce(and_, (part.docs for part in parts)) if within is None else within
        literal |= reduce(and_, (part.literal for part in parts), -1 if within is None else within)
    return ExpandedTerm(
        typed,
        tuple(variants),
        tuple(parts),
        firm,
        literal,
        every.bit_count(),
        loose,
        corrected,
        everyday=bool(firm) and not outside and not parts,
        filed=filed,
        near=near,
        whole=within is not None,
    )


def in_fields(index: Index, term: ExpandedTerm, fields: Collection[str]) -> ExpandedTerm:
    """Return a term restricted to the sessions that have it in one of the fields."""
    variants = []
    for variant in term.variants:
        steps = variant.postings.steps()
        kept = {
            doc: steps.get(doc, 1)
            for doc in doc_numbers(variant.postings.docs(index.size))
            if index.sessions.has_in(doc, fields, variant.text)
        }
        if kept:
            variants.append(variant._replace(postings=Postings.from_steps(kept)))
    parts = [in_fields(index, part, fields) for part in term.parts]
    within = None
    if term.whole:
        said = any(variant.how not in LOOSE for variant in term.variants)
        within = 0 if said else reduce(and_, (part.docs for part in parts), term.docs)
    return expanded_term(
        index.size,
        term.typed,
        variants,
        parts,
        loose=term.loose,
        corrected=term.corrected,
        near=term.near,
        within=within,
    )


def noting(index: Index, terms: Iterable[ExpandedTerm], docs: DocSet = -1) -> DocSet:
    """Return those of some sessions (-1: of all) whose notes have any of some terms, or of their parts."""
    noted = docs & index.facets.docs("has", ("note",))
    variants = [one for term in terms for part in term.all() for one in part.variants] if noted else []
    return doc_set(
        (
            doc
            for one in variants
            for doc in doc_numbers(noted & one.postings.docs(index.size))
            if index.sessions.has_in(doc, ("note",), one.text)
        ),
        index.size,
    )
