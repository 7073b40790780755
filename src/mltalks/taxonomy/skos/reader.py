"""A SKOS concept scheme as a theme tree, with problems for the values that do not fit.

Does not parse RDF: `rdf` does. Imports rdflib only when a scheme is read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from mltalks.dataset.hierarchy import circles
from mltalks.dataset.model import Theme, ThemeTerms
from mltalks.messages import Lang, Listing
from mltalks.problems import Problem
from mltalks.taxonomy.skos.rdf import Form, read_graph
from mltalks.taxonomy.skos.writer import SESSIONS, SKOS
from mltalks.text.folding import name_key
from mltalks.text.japanese.scripts import is_japanese
from mltalks.text.sanitize import without_surrogates

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

LANGUAGES: tuple[Lang, ...] = ("en", "ja")
_NOT_OF_IDS = re.compile(r"[^\w.-]+")
# The properties of a concept that are read, and those that a theme does not need.
_READ = ("prefLabel", "altLabel", "hiddenLabel", "definition", "broader", "narrower", "topConceptOf",
         "inScheme", "notation", "broaderTransitive", "narrowerTransitive")  # fmt: skip


def read_skos(content: bytes, form: Form, path: Path) -> tuple[list[Theme], list[Problem]]:
    """Return the themes of a SKOS file, in its order, and a problem for each value that is wrong or fits no field of a theme.

    If a problem is an error, the themes are not a valid tree. A concept with several broader ones stays under the first. Its
    preferred and alternative labels become strong terms, its hidden labels weak ones.

    Raises MltalksError: rdflib is not installed.
    """
    graph = read_graph(content, form, path)
    if isinstance(graph, Problem):
        return [], [graph]
    scheme = _Scheme(graph, path)
    return scheme.themes(), scheme.problems


class _Scheme:
    """The concepts of a graph, made into themes."""

    def __init__(self, graph: "Graph", path: Path) -> None:
        from rdflib import URIRef

        self._graph = graph
        self._path = path
        self.problems: list[Problem] = []
        self._property = {name: URIRef(f"{SKOS}{name}") for name in (*_READ, "hasTopConcept")}
        self._concepts = self._find_concepts()
        self._ids = self._make_ids()
        self._owners: dict[tuple[str, str], str] = {}

    def themes(self) -> list[Theme]:
        """Return all concepts as themes, and record their problems."""
        if not self._concepts:
            self._report(None, "contains no skos:Concept", severity="error")
            return []
        above = {concept: self._broader(concept) for concept in self._concepts}
        labels = {concept: self._texts(concept, "prefLabel") for concept in self._concepts}
        absent = [lang for lang in LANGUAGES if not any(lang in of_one for of_one in labels.values())]
        for lang in absent:
            template = "no concept has a label in {lang}; labels in the other language are shown"
            self._report(None, template, lang=lang)
        themes = [self._theme(one, labels[one], above[one], absent) for one in self._concepts]
        self._report_circles({one.id: one.broader for one in themes})
        self._report_shared_terms(themes)
        self._report_left_out()
        return themes

    # the concepts and their ids

    def _find_concepts(self) -> "list[Node]":
        """Return the concepts, by their type or by a property that only concepts have, in the order of the file."""
        from rdflib.namespace import RDF
        from rdflib.term import URIRef

        others = set(self._graph.subjects(self._property["hasTopConcept"]))
        for name in ("ConceptScheme", "Collection", "OrderedCollection"):
            others.update(self._graph.subjects(RDF.type, URIRef(f"{SKOS}{name}")))
        found = dict.fromkeys(self._graph.subjects(RDF.type, URIRef(f"{SKOS}Concept")))
        for name in ("prefLabel", "broader", "narrower", "topConceptOf", "inScheme"):
            subjects = self._graph.subjects(self._property[name])
            found.update(dict.fromkeys(one for one in subjects if one not in others))
        return list(found)

    def _make_ids(self) -> "dict[Node, str]":
        """Return an id for each concept: its notation, the end of its URI, else its label; each once, up to case."""
        ids: dict[Node, str] = {}
        taken: set[str] = set()
        for concept in self._concepts:
            name = next(filter(None, map(_as_id, self._names_of(concept))), "theme")
            unique, number = name, 1
            while unique.casefold() in taken:
                number += 1
                unique = f"{name}-{number}"
            taken.add(unique.casefold())
            ids[concept] = unique
            if unique != name:
                self._report(unique, 'the id "{name}" is already used; this theme gets another id', name=name)
        return ids

    def _names_of(self, concept: "Node") -> Iterator[str]:
        from rdflib.term import URIRef

        notations = list(self._graph.objects(concept, self._property["notation"]))
        yield from map(str, notations[:1])
        if isinstance(concept, URIRef):
            yield unquote(re.split(r"[/#:]", str(concept).rstrip("/#:"))[-1])
        yield from (texts[0] for texts in self._texts(concept, "prefLabel").values())

    # the properties of a concept

    def _texts(self, concept: "Node", name: str) -> dict[str, list[str]]:
        """Return the texts of a property by language, each once; a text without a language tag by its script."""
        from rdflib.term import Literal as Text

        found: dict[str, list[str]] = {}
        for one in self._graph.objects(concept, self._property[name]):
            text = " ".join(without_surrogates(str(one)).split()) if isinstance(one, Text) else ""
            if isinstance(one, Text) and text:
                tag = (one.language or ("ja" if is_japanese(text) else "en")).lower().split("-")[0]
                found.setdefault(tag, [])
                if text not in found[tag]:
                    found[tag].append(text)
        return found

    def _theme(
        self, concept: "Node", labels: dict[str, list[str]], broader: str | None, absent: Sequence[str]
    ) -> Theme:
        name = self._ids[concept]
        label = {lang: labels[lang][0] for lang in LANGUAGES if lang in labels}
        if not label:
            other = next((texts[0] for texts in labels.values()), None)
            label = {"en": other or name}
            template = 'no label in en or ja; "{label}" is shown instead'
            self._report(name, template, label=label["en"])
            absent = LANGUAGES
        for lang in LANGUAGES:
            if lang in label:
                self._report_shared_label(name, label[lang], lang)
            elif lang not in absent:
                self._report(
                    name, "has no label in {lang}; the label in the other language is shown", lang=lang
                )
            if len(labels.get(lang, ())) > 1:
                template = 'has {count} labels in {lang}; "{label}" is shown, and all {count} labels are used as terms'
                self._report(name, template, count=len(labels[lang]), lang=lang, label=label[lang])
        definitions = self._texts(concept, "definition")
        hidden = self._texts(concept, "hiddenLabel")
        weak = [text for lang in LANGUAGES for text in hidden.get(lang, ())]
        strong = (labels, self._texts(concept, "altLabel"))
        terms = [text for some in strong for lang in LANGUAGES for text in some.get(lang, ())]
        seen: set[str] = set()
        return Theme(
            name,
            label.get("en"),
            label.get("ja"),
            broader,
            " ".join(definitions.get("en", ())) or None,
            " ".join(definitions.get("ja", ())) or None,
            terms=ThemeTerms(_each_once(terms, seen), _each_once(weak, seen)),
        )

    def _broader(self, concept: "Node") -> str | None:
        """Return the id of the broader concept: by the property `broader`, else by the `narrower` of another concept."""
        name = self._ids[concept]
        found = [
            *self._graph.objects(concept, self._property["broader"]),
            *self._graph.subjects(self._property["narrower"], concept),
        ]
        above = [self._ids[one] for one in dict.fromkeys(found) if one in self._ids]
        for one in dict.fromkeys(found):
            if one not in self._ids:
                template = 'the broader concept "{other}" is not in the file; add it or remove the relation'
                self._report(name, template, other=str(one))
        if len(above) > 1:
            template = "has {count} broader concepts ({names}); only the first is used"
            self._report(name, template, count=len(above), names=Listing(above))
        tops = {*self._graph.objects(concept, self._property["topConceptOf"])}
        if above and (tops or any(self._graph.subjects(self._property["hasTopConcept"], concept))):
            self._report(
                name, "is a top concept but has a broader concept; it is placed under {owner}", owner=above[0]
            )
        return above[0] if above else None

    # problems

    def _report_circles(self, broader: dict[str, str | None]) -> None:
        for circle in circles(broader):
            template = "the chain leads back to itself: {circle}; remove one of these relations"
            names = " -> ".join([*circle, circle[0]])
            self._report(circle[0], template, severity="error", circle=names)

    def _report_shared_label(self, name: str, label: str, lang: str) -> None:
        owner = self._owners.setdefault((lang, name_key(label) or label), name)
        if owner != name:
            template = 'the label "{alias}" is also used by {owner}; give each theme its own label'
            self._report(name, template, owner=owner, alias=label)

    def _report_shared_terms(self, themes: Iterable[Theme]) -> None:
        owners: dict[str, str] = {}
        for theme in themes:
            labels = {theme.label_en, theme.label_ja}
            for term in theme.terms.strong:
                owner = owners.setdefault(term.casefold().replace("-", " "), theme.id)
                if owner != theme.id and term not in labels:
                    template = '"{alias}" is also a strong term of the theme {owner}; move it to the weak terms of one of the two themes'
                    self._report(theme.id, template, alias=term, owner=owner)

    def _report_left_out(self) -> None:
        """Report properties and languages of concepts that no field of a theme can hold, each kind in one line."""
        from rdflib.namespace import RDF
        from rdflib.term import Literal as Text

        known = {*self._property.values(), RDF.type}
        texts = {self._property[name] for name in ("prefLabel", "altLabel", "hiddenLabel", "definition")}
        left: Counter[str] = Counter()
        languages: Counter[str] = Counter()
        for concept in self._concepts:
            for predicate, value in self._graph.predicate_objects(concept):
                if str(predicate) == SESSIONS:
                    continue
                if predicate not in known or (predicate in texts and not isinstance(value, Text)):
                    left[re.split(r"[/#:]", str(predicate))[-1]] += 1
                elif isinstance(value, Text) and value.language:
                    languages[value.language.lower().split("-")[0]] += 1
        for lang in LANGUAGES:
            del languages[lang]
        if left:
            template = "ignored, because themes have no such field: {names}"
            self._report(None, template, names=_counts(left))
        if languages:
            template = "ignored, because only en and ja are read: {names}"
            self._report(None, template, names=_counts(languages))

    def _report(
        self,
        record: str | None,
        template: str,
        severity: Literal["error", "warning"] = "warning",
        **values: object,
    ) -> None:
        self.problems.append(Problem.of(self._path, template, None, record, severity, **values))


def _as_id(name: str) -> str:
    """Return a name as an id of a theme; "" if it has no letter or digit.

    >>> _as_id("Machine learning / systems"), _as_id("--")
    ('Machine-learning-systems', '')
    """
    return _NOT_OF_IDS.sub("-", name).strip("-.")


def _each_once(terms: Iterable[str], seen: set[str]) -> tuple[str, ...]:
    """Return terms that are not in `seen`, up to case, and add them to it."""
    found = []
    for term in terms:
        if term.casefold() not in seen:
            seen.add(term.casefold())
            found.append(term)
    return tuple(found)


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted.most_common())
