"""Which sessions a query finds, and by which forms of its words: the query tree evaluated over the index.

Sets of document numbers only; the order in which they are shown is search's business.
"""

from collections.abc import Iterable, Set as AbstractSet
from functools import cached_property

from mltalks.catalogue import Catalogue
from mltalks.errors import NotFoundError
from mltalks.forms import Concept, Forms
from mltalks.index import field_mask
from mltalks.messages import Message
from mltalks.names import Resolution
from mltalks.query import And, Everything, Filter, Node, Not, Or, Phrase, TextField, Word, year_range
from mltalks.text import words

CLOSED = {"company", "theme", "event", "series", "id"}  # facets whose names must exist, and mean one value


class Matcher:
    """Evaluates queries over one catalogue; `notices` are what a person should be told about how they were taken."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.index = catalogue.index
        self.notices: list[Message] = []
        self._forms = Forms(self.index, catalogue.thesaurus)
        self._concepts: dict[Word | Phrase, tuple[Concept, ...]] = {}

    @cached_property
    def everything(self) -> frozenset[int]:
        """The numbers of all documents."""
        return frozenset(range(self.index.size))

    def docs(self, node: Node) -> AbstractSet[int]:
        """Return the documents that a query finds.

        Raises:
            NotFoundError: a company, theme, event, series or id that does not exist.

        """
        match node:
            case Everything():
                return self.everything
            case Word() | Phrase():
                return self._intersection(concept.docs() for concept in self.concepts(node))
            case Filter():
                return self._filtered(node)
            case Not(part):
                return self.everything - self.docs(part)
            case And(parts):
                return self._intersection(self.docs(part) for part in parts)
            case Or(parts):
                return {doc for part in parts for doc in self.docs(part)}

    @staticmethod
    def _intersection(sets: Iterable[AbstractSet[int]]) -> AbstractSet[int]:
        """Return what all sets share, without making those after the first empty result."""
        result: AbstractSet[int] | None = None
        for docs in sets:
            result = docs if result is None else result & docs
            if not result:
                break
        return result if result is not None else set()

    def concepts(self, node: Word | Phrase) -> tuple[Concept, ...]:
        """Return the concepts of a word (one for each of its parts) or of a phrase (one)."""
        if node not in self._concepts:
            mask = _mask(node.field)
            if isinstance(node, Phrase):
                found: Iterable[Concept] = [self._forms.phrase(node.text, mask)]
            else:
                found = [self._forms.word(word, mask) for word in dict.fromkeys(words(node.text))]
            self._concepts[node] = tuple(self._told(concept) for concept in found)
        return self._concepts[node]

    def _told(self, concept: Concept) -> Concept:
        """Return a concept after a notice that it was not found, or found as something else."""
        if concept.corrected:
            template = 'no talk says "{word}"; showing "{corrected}"'
            self._notice(template, word=concept.typed, corrected=concept.corrected)
        elif not concept.forms:
            self._notice('no talk says "{word}"', word=_short(concept.typed))
        return concept

    def _filtered(self, node: Filter) -> AbstractSet[int]:
        if node.field == "year":
            return self.index.docs_with("year", self._years(node.values))
        if node.field in ("kind", "lang", "has"):
            return self.index.docs_with(node.field, node.values)
        wanted = {value for typed in node.values for value in self.named(node.field, typed)}
        return self.index.docs_with(node.field, wanted)

    def _years(self, values: Iterable[str]) -> list[str]:
        ranges = [years for years in map(year_range, values) if years]
        return [
            year
            for year in self.index.values("year")
            if any(first <= int(year) <= last for first, last in ranges)
        ]

    def named(self, facet: str, typed: str) -> tuple[str, ...]:
        """Return the facet values that a typed name stands for, with a notice when it is not one of their spellings.

        Raises:
            NotFoundError: a company, theme, event, series or id that does not exist or fits several.

        """
        names = self.catalogue.names(facet)
        resolution = names.resolve(typed)
        if facet in CLOSED and len(resolution.values) > 1 and resolution.how != "exact":
            resolution = Resolution(self._outermost(facet, resolution.values), resolution.how)
        if facet in CLOSED and len(resolution.values) > 1 and resolution.how != "exact":
            raise NotFoundError(
                '"{name}" fits {count} names of {what}; write more of it',
                name=typed,
                count=len(resolution.values),
                what=facet,
                nearest=resolution.values[:5],
            )
        if not resolution.values:
            if facet in CLOSED:
                what = "session" if facet == "id" else facet
                raise NotFoundError(
                    'no {what} "{name}"', what=what, name=_short(typed), nearest=names.nearest(typed)
                )
            self._notice('no {what} "{name}"', what=facet, name=_short(typed))
        elif resolution.how != "exact":
            taken = ", ".join(resolution.values[:5]) + (", …" if len(resolution.values) > 5 else "")
            self._notice('taking {what} "{name}" as {taken}', what=facet, name=typed, taken=taken)
        return resolution.values

    def _outermost(self, facet: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return the values that are no part of another of them: "microsoft r" is not "Microsoft" and its lab."""
        if facet != "company":
            return values
        parents = self.catalogue.organizations.with_parents
        return tuple(v for v in values if not any(other in values for other in parents((v,))[1:]))

    def _notice(self, template: str, **values: object) -> None:
        notice = Message(template, values)
        if notice not in self.notices:
            self.notices.append(notice)


def _mask(field: TextField | None) -> int:
    """Return the index fields that `title:` or `summary:` looks into; without a field, all."""
    if field is None:
        return -1
    return field_mask("title") if field == "title" else field_mask("summary", "summary_ja")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
