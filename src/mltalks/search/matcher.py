"""Which sessions a query finds, and by which variants of its words: the query tree evaluated over the index.

Sets of documents only; the order in which they are shown is search's business.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from mltalks.errors import NotFoundError
from mltalks.messages import Message, excerpt
from mltalks.search.catalogue import Catalogue, outermost
from mltalks.search.expanded_terms import ExpandedTerm, in_fields
from mltalks.search.expansion import QueryExpander, Without
from mltalks.search.index.postings import DocSet, doc_set
from mltalks.search.name_resolver import Resolution
from mltalks.search.query import And, Everything, Filter, Node, Not, Or, Phrase, Word
from mltalks.search.query_fields import CHOICES, TextField, resolve_choice, year_range
from mltalks.text.tokenizer import words

CLOSED = {"company", "theme", "event", "series", "id"}  # facets whose names must exist, and mean one value
TEXTS: dict[TextField, tuple[str, ...]] = {
    "title": ("title",),
    "summary": ("summary", "summary_ja"),
    "note": ("note",),
}


class Matcher:
    """Evaluates queries over one catalogue."""

    def __init__(self, catalogue: Catalogue, without: Collection[Without] = ()) -> None:
        self.catalogue = catalogue
        self.index = catalogue.index
        self.expander = QueryExpander(self.index, without)
        self._notices: dict[Message, None] = {}
        self._terms: dict[Word | Phrase, tuple[ExpandedTerm, ...]] = {}

    @property
    def notices(self) -> tuple[Message, ...]:
        """What a person should be told about how queries were taken, each once, in order."""
        return tuple(self._notices)

    def docs(self, node: Node) -> DocSet:
        """Return the documents that a query finds.

        Raises:
            NotFoundError: a company, theme, event, series or id that does not exist.

        """
        match node:
            case Everything():
                return self.catalogue.everything
            case Word() | Phrase():
                return self._all(term.docs for term in self.terms(node))
            case Filter():
                return self._filtered(node)
            case Not(part):
                return self.catalogue.everything & ~self.docs(part)
            case And(parts):
                return self._all(self.docs(part) for part in parts)
            case Or(parts):
                found = 0
                for part in parts:
                    found |= self.docs(part)
                return found

    def _all(self, sets: Iterable[DocSet]) -> DocSet:
        """Return what all sets share, without making those after the first empty result."""
        found = self.catalogue.everything
        for docs in sets:
            found &= docs
            if not found:
                break
        return found

    def terms(self, node: Word | Phrase) -> tuple[ExpandedTerm, ...]:
        """Return the terms of a word (one for each of its parts) or of a phrase (one)."""
        if node not in self._terms:
            if isinstance(node, Phrase):
                found = [self.expander.phrase(node.text)]
            else:
                found = [self.expander.word(word) for word in dict.fromkeys(words(node.text))]
            if node.field:
                found = [in_fields(self.index, term, TEXTS[node.field]) for term in found]
            self._terms[node] = tuple(found)
            for term in found:
                self.add_term_notices(term)
        return self._terms[node]

    def add_term_notices(self, term: ExpandedTerm) -> None:
        """Note that a term was not found, or found as something else."""
        if term.variants and term.parts:
            return  # found as a whole
        for word in term.words():
            if word.corrected:
                template = 'no talk says "{word}"; showing "{corrected}"'
                self.add_notice(template, word=word.typed, corrected='", "'.join(word.corrected))
            elif not word.variants:
                self.add_notice('no talk says "{word}"', word=excerpt(word.typed))

    def _filtered(self, node: Filter) -> DocSet:
        if node.field == "year":
            return self.index.facets.docs("year", self._years(node.values))
        if node.field in CHOICES:
            return self.index.facets.docs(
                node.field, [self._choice(node.field, typed) for typed in node.values]
            )
        wanted = [value for typed in node.values for value in self.named(node.field, typed)]
        if node.field == "id":
            return doc_set(
                (doc for one in wanted if (doc := self.index.sessions.doc(one)) is not None), self.index.size
            )
        return self.index.facets.docs(node.field, wanted)

    def _choice(self, field: str, typed: str) -> str:
        taken, slip = resolve_choice(field, typed) or (typed, False)
        if slip:
            self.add_notice('taking {what} "{name}" as {taken}', what=field, name=excerpt(typed), taken=taken)
        return taken

    def _years(self, values: Iterable[str]) -> list[str]:
        ranges = [years for years in map(year_range, values) if years]
        return [
            year
            for year in self.index.facets.values("year")
            if any(first <= int(year) <= last for first, last in ranges)
        ]

    def named(self, facet: str, typed: str) -> tuple[str, ...]:
        """Return the facet values that a typed name stands for, with a notice when it is not one of their spellings.

        Raises:
            NotFoundError: a company, theme, event, series or id that does not exist or fits several.

        """
        names = self.catalogue.names(facet)
        resolution = names.resolve(typed)
        if facet in CLOSED and len(resolution.values) > 1:
            if facet == "company":
                resolution = Resolution(
                    outermost(self.catalogue.organizations, resolution.values), resolution.how
                )
            if len(resolution.values) > 1:
                raise NotFoundError(
                    '"{name}" fits {count} names of {what}; write more of it',
                    name=excerpt(typed),
                    count=len(resolution.values),
                    what=facet,
                    nearest=resolution.values[:5],
                )
        if not resolution.values:
            if facet in CLOSED:
                what = "session" if facet == "id" else facet
                raise NotFoundError(
                    'no {what} "{name}"', what=what, name=excerpt(typed), nearest=names.nearest(typed)
                )
            self.add_notice('no {what} "{name}"', what=facet, name=excerpt(typed))
        elif resolution.how != "exact":
            taken = ", ".join(resolution.values[:5]) + (", …" if len(resolution.values) > 5 else "")
            self.add_notice('taking {what} "{name}" as {taken}', what=facet, name=excerpt(typed), taken=taken)
        return resolution.values

    def add_notice(self, template: str, **values: object) -> None:
        """Note something to tell, once."""
        self._notices[Message(template, values)] = None


class ResolvedNames(NamedTuple):
    """The values that typed names stand for, each once, and notices about names that were corrected."""

    values: tuple[str, ...]
    notices: tuple[Message, ...]


def resolve_names(catalogue: Catalogue, facet: str, typed: Iterable[str]) -> ResolvedNames:
    """Return the values of a facet that names stand for, as a filter of a query understands them.

    Raises:
        NotFoundError: as `Matcher.named`.

    """
    matcher = Matcher(catalogue)
    values = dict.fromkeys(value for name in typed for value in matcher.named(facet, name))
    return ResolvedNames(tuple(values), matcher.notices)
