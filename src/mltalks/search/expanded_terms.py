"""What one thing of a query is, once it was looked up: its forms, its parts, and the sets of sessions that have it."""

from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from operator import and_
from typing import Literal, NamedTuple

from mltalks.search.index import Index
from mltalks.search.postings import Docs, Postings, numbers_of
from mltalks.text.tokenizer import has_word

How = Literal[
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
LOOSE: frozenset[How] = frozenset(("near", "theme"))  # help a session's rank, but do not find it
LITERAL: frozenset[How] = frozenset(("exact", "inflection", "phrase"))  # as typed: these come first


class Form(NamedTuple):
    """A form of a word, how much it counts (0 to 1), and where it stands."""

    text: str
    how: How
    weight: float
    postings: Postings


class Concept(NamedTuple):
    """One thing that the query asks for: its forms, or all of its parts.

    `docs` are the sessions that have it, `literal` those of them that have it as typed, `found_in` counts those that have
    any form at all, also one that is LOOSE. `loose` tells that the parts mean as much as the whole; `corrected` are the
    words that it was taken for.
    """

    typed: str
    forms: tuple[Form, ...] = ()
    parts: "tuple[Concept, ...]" = ()
    docs: Docs = 0
    literal: Docs = 0
    found_in: int = 0
    loose: bool = True
    corrected: tuple[str, ...] = ()

    def all(self) -> "Iterator[Concept]":
        """Yield this concept and all parts of it."""
        yield self
        for part in self.parts:
            yield from part.all()

    def words(self) -> "Iterator[Concept]":
        """Yield the concepts of the single words that this one is made of."""
        for part in self.parts:
            yield from part.words()
        if not self.parts:
            yield self


def concept(
    size: int,
    typed: str,
    forms: Sequence[Form],
    parts: Sequence[Concept] = (),
    *,
    loose: bool = True,
    corrected: tuple[str, ...] = (),
) -> Concept:
    """Return a concept with its sets of documents out of `size`; LOOSE forms find a session where nothing else does."""
    sets = [(form.how, form.postings.docs(size)) for form in forms]
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
    return Concept(typed, tuple(forms), tuple(parts), docs, literal, every.bit_count(), loose, corrected)


def in_fields(index: Index, whole: Concept, fields: Collection[str]) -> Concept:
    """Return a concept only where it stands in some of the fields."""
    forms = []
    for form in whole.forms:
        steps = form.postings.steps()
        kept = [
            doc
            for doc in numbers_of(form.postings.docs(index.size))
            if any(has_word(text, form.text) for field in fields for text in index.lines(doc).get(field, ()))
        ]
        if kept:
            kept.sort(key=lambda doc: -steps.get(doc, 1))
            postings = Postings(len(kept), kept, bytes(steps.get(doc, 1) for doc in kept))
            forms.append(form._replace(postings=postings))
    parts = [in_fields(index, part, fields) for part in whole.parts]
    return concept(index.size, whole.typed, forms, parts, loose=whole.loose, corrected=whole.corrected)
