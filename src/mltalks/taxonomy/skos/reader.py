"""A SKOS concept scheme as a theme tree: Turtle, JSON-LD or RDF/XML, with all that does not fit listed as problems.

Needs rdflib, which is imported here alone and when something is read; follows no link.
"""

import json
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from mltalks.dataset.files import decode
from mltalks.dataset.hierarchy import circles
from mltalks.dataset.model import Theme, ThemeTerms
from mltalks.errors import MltalksError
from mltalks.messages import Lang
from mltalks.problems import Problem
from mltalks.taxonomy.skos.writer import SESSIONS, SKOS
from mltalks.text.folding import name_key
from mltalks.text.japanese import is_japanese
from mltalks.text.sanitize import without_surrogates

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Form = Literal["turtle", "json-ld", "xml"]
FORMS: dict[str, Form] = {
    ".ttl": "turtle",
    ".jsonld": "json-ld",
    ".json": "json-ld",
    ".rdf": "xml",
    ".xml": "xml",
}
"""The formats by the endings of files."""
NAMES: dict[Form, str] = {"turtle": "Turtle", "json-ld": "JSON-LD", "xml": "RDF/XML"}
LANGUAGES: tuple[Lang, ...] = ("en", "ja")
_NOT_OF_IDS = re.compile(r"[^\w.-]+")
_LONGEST_REASON = 120
# What is read of a concept, and what says nothing that a theme could hold.
_READ = ("prefLabel", "altLabel", "hiddenLabel", "definition", "broader", "narrower", "topConceptOf",
         "inScheme", "notation", "broaderTransitive", "narrowerTransitive")  # fmt: skip


def form_of(path: Path) -> Form | None:
    """Return the format that a file has by its ending; None when it is none of SKOS.

    >>> form_of(Path("themes.TTL")), form_of(Path("themes.toml"))
    ('turtle', None)
    """
    return FORMS.get(path.suffix.lower())


def read_skos(content: bytes, form: Form, path: Path) -> tuple[list[Theme], list[Problem]]:
    """Return the themes of a SKOS file, in its order, and all that is wrong with it or has no place in a theme.

    With an error among the problems the themes are no tree. A concept under several others stays under the first;
    what it is called by becomes its strong terms, its hidden labels the weak ones.

    Raises:
        MltalksError: rdflib is not installed.

    """
    graph = _graph(content, form, path)
    if isinstance(graph, Problem):
        return [], [graph]
    scheme = _Scheme(graph, path)
    return scheme.themes(), scheme.problems


def _graph(content: bytes, form: Form, path: Path) -> "Graph | Problem":
    try:
        import rdflib
    except ImportError:
        raise MltalksError("reading SKOS takes rdflib: pip install 'mltalks[skos]'") from None

    text = "" if form == "xml" else decode(path, content)  # XML names its encoding itself
    if isinstance(text, Problem):
        return text
    graph = rdflib.Graph()
    address = path.absolute().as_uri()
    try:
        if form == "json-ld":
            document = json.loads(text)
            foreign = next(_contexts(document), None)
            if foreign is not None:
                template = 'takes its context from "{address}"; write that context into the file'
                return Problem.of(path, template, address=foreign[:_LONGEST_REASON])
            text = json.dumps(document)  # what was looked at is what is read
        with _in_silence():
            if form == "xml":
                _check_entities(content)
                source = rdflib.parser.InputSource(address)
                source.setByteStream(BytesIO(content))
                graph.parse(source=source, format=form)
            else:
                graph.parse(data=text, format=form, publicID=address)
    except RecursionError:
        return Problem.of(path, "nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - rdflib's parsers raise what they please
        return _syntax_problem(error, form, path)
    return graph


def _contexts(value: Any) -> Iterator[str]:
    """Yield the contexts and imports of JSON-LD that lie elsewhere."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            contexts = one.get("@context")
            listed = contexts if isinstance(contexts, list) else [contexts]
            yield from (str(address) for address in (*listed, one.get("@import")) if isinstance(address, str))
            waiting.extend(one.values())


def _check_entities(content: bytes) -> None:
    """Refuse XML whose entities lie elsewhere or hold others, and so may grow without end.

    Raises:
        ValueError: it has such an entity.
        ExpatError: it is no XML.

    """
    from xml.parsers.expat import ParserCreate

    def declared(name: str, _parameter: bool, value: str | None, *_others: Any) -> None:
        if value is None or "&" in value:
            raise ValueError(f'the entity "{name[:40]}" names others; write out what it stands for')

    parser = ParserCreate()
    parser.EntityDeclHandler = declared
    parser.Parse(content, True)


@contextmanager
def _in_silence() -> Iterator[None]:
    """Keep rdflib's own log, which tells of odd dates and addresses, off standard error."""
    log = logging.getLogger("rdflib")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)


def _syntax_problem(error: Exception, form: Form, path: Path) -> Problem:
    """Return what a parser of rdflib says as a problem with its line, where the parser knows it."""
    line, reason = None, str(error)
    if isinstance(error, json.JSONDecodeError):
        line, reason = error.lineno, error.msg
    elif isinstance(getattr(error, "lines", None), int):  # Turtle
        line, reason = getattr(error, "lines", 0) + 1, str(getattr(error, "_why", reason))
    elif isinstance(getattr(error, "lineno", None), int) and not isinstance(error, SyntaxError):  # XML
        line, reason = getattr(error, "lineno", 0), reason.split(": line", 1)[0]
    elif match := re.match(r".*?:(\d+):\d+: (.*)", reason, re.DOTALL):  # RDF/XML that is XML but no RDF
        line, reason = int(match[1]), match[2]
    reason = " ".join(reason.split())[:_LONGEST_REASON] or type(error).__name__
    return Problem.of(path, "not valid {form}: {reason}", line, form=NAMES[form], reason=reason)


class _Scheme:
    """The concepts of a graph, made into themes."""

    def __init__(self, graph: "Graph", path: Path) -> None:
        from rdflib import URIRef

        self._graph = graph
        self._path = path
        self.problems: list[Problem] = []
        self._of = {name: URIRef(f"{SKOS}{name}") for name in (*_READ, "hasTopConcept")}
        self._concepts = self._found()
        self._ids = self._named()
        self._owners: dict[tuple[str, str], str] = {}

    def themes(self) -> list[Theme]:
        """Return all concepts as themes, and note what is wrong with them."""
        if not self._concepts:
            self._tell(None, "holds no skos:Concept", severity="error")
            return []
        above = {concept: self._broader(concept) for concept in self._concepts}
        labels = {concept: self._texts(concept, "prefLabel") for concept in self._concepts}
        absent = [lang for lang in LANGUAGES if not any(lang in of_one for of_one in labels.values())]
        for lang in absent:
            template = "no concept has a label in {lang}; the other one is shown instead"
            self._tell(None, template, lang=lang)
        themes = [self._theme(one, labels[one], above[one], absent) for one in self._concepts]
        self._tell_circles({one.id: one.broader for one in themes})
        self._tell_shared_terms(themes)
        self._tell_what_is_left_out()
        return themes

    # the concepts and their ids

    def _found(self) -> "list[Node]":
        """Return what is a concept by its type, or by what is said of it, in the order of the file."""
        from rdflib.namespace import RDF
        from rdflib.term import URIRef

        kinds = {name: URIRef(f"{SKOS}{name}") for name in ("Concept", "ConceptScheme", "Collection")}
        others = set(self._graph.subjects(RDF.type, kinds["ConceptScheme"]))
        others.update(self._graph.subjects(RDF.type, kinds["Collection"]))
        others.update(self._graph.subjects(RDF.type, URIRef(f"{SKOS}OrderedCollection")))
        others.update(self._graph.subjects(self._of["hasTopConcept"]))
        found = dict.fromkeys(self._graph.subjects(RDF.type, kinds["Concept"]))
        for name in ("prefLabel", "broader", "narrower", "topConceptOf", "inScheme"):
            subjects = self._graph.subjects(self._of[name])
            found.update(dict.fromkeys(one for one in subjects if one not in others))
        return list(found)

    def _named(self) -> "dict[Node, str]":
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
                self._tell(unique, 'the id "{name}" is taken; this one gets another', name=name)
        return ids

    def _names_of(self, concept: "Node") -> Iterator[str]:
        from rdflib.term import URIRef

        notations = list(self._graph.objects(concept, self._of["notation"]))
        yield from map(str, notations[:1])
        if isinstance(concept, URIRef):
            yield unquote(re.split(r"[/#:]", str(concept).rstrip("/#:"))[-1])
        yield from (texts[0] for texts in self._texts(concept, "prefLabel").values())

    # what is said of a concept

    def _texts(self, concept: "Node", name: str) -> dict[str, list[str]]:
        """Return the texts of a property by language, each text once; without a tag they are taken by their script."""
        from rdflib.term import Literal as Text

        found: dict[str, list[str]] = {}
        for one in self._graph.objects(concept, self._of[name]):
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
            self._tell(name, template, label=label["en"])
            absent = LANGUAGES
        for lang in LANGUAGES:
            if lang in label:
                self._tell_shared_label(name, label[lang], lang)
            elif lang not in absent:
                self._tell(name, "no label in {lang}; the other one is shown instead", lang=lang)
            if len(labels.get(lang, ())) > 1:
                template = 'has {count} labels in {lang}; "{label}" is shown, all are terms'
                self._tell(name, template, count=len(labels[lang]), lang=lang, label=label[lang])
        definitions = self._texts(concept, "definition")
        strong = [labels, self._texts(concept, "altLabel")]
        terms = [text for some in strong for lang in LANGUAGES for text in some.get(lang, ())]
        seen: set[str] = set()
        return Theme(
            name,
            label.get("en"),
            label.get("ja"),
            broader,
            " ".join(definitions.get("en", ())) or None,
            " ".join(definitions.get("ja", ())) or None,
            terms=ThemeTerms(_each_once(terms, seen), _each_once(self._weak(concept), seen)),
        )

    def _weak(self, concept: "Node") -> list[str]:
        hidden = self._texts(concept, "hiddenLabel")
        return [text for lang in LANGUAGES for text in hidden.get(lang, ())]

    def _broader(self, concept: "Node") -> str | None:
        """Return the id of the concept above one: what it says itself comes before what others say of it."""
        name = self._ids[concept]
        said = [
            *self._graph.objects(concept, self._of["broader"]),
            *self._graph.subjects(self._of["narrower"], concept),
        ]
        above = [self._ids[one] for one in dict.fromkeys(said) if one in self._ids]
        for one in dict.fromkeys(said):
            if one not in self._ids:
                template = 'the broader concept "{other}" is not in the file; add it, or drop the relation'
                self._tell(name, template, other=str(one))
        if len(above) > 1:
            template = "has {count} broader concepts, {names}; it stays under the first, drop the others"
            self._tell(name, template, count=len(above), names=", ".join(above))
        tops = {*self._graph.objects(concept, self._of["topConceptOf"])}
        if above and (tops or any(self._graph.subjects(self._of["hasTopConcept"], concept))):
            self._tell(name, "is a top concept and has a broader one; it stays under {owner}", owner=above[0])
        return above[0] if above else None

    # problems

    def _tell_circles(self, broader: dict[str, str | None]) -> None:
        for circle in circles(broader):
            template = "runs in a circle: {circle}; drop one of these relations"
            names = " -> ".join([*circle, circle[0]])
            self._tell(circle[0], template, severity="error", circle=names)

    def _tell_shared_label(self, name: str, label: str, lang: str) -> None:
        owner = self._owners.setdefault((lang, name_key(label) or label), name)
        if owner != name:
            template = '{owner} has the label "{alias}" too; name what sets them apart'
            self._tell(name, template, owner=owner, alias=label)

    def _tell_shared_terms(self, themes: Iterable[Theme]) -> None:
        owners: dict[str, str] = {}
        for theme in themes:
            labels = {theme.label_en, theme.label_ja}
            for term in theme.terms.strong:
                owner = owners.setdefault(term.casefold().replace("-", " "), theme.id)
                if owner != theme.id and term not in labels:
                    template = '"{alias}" is a strong term of {owner} too; make it weak in one of them'
                    self._tell(theme.id, template, alias=term, owner=owner)

    def _tell_what_is_left_out(self) -> None:
        """Tell what the file says of its concepts and a theme has no place for: one line for all of each kind."""
        from rdflib.namespace import RDF
        from rdflib.term import Literal as Text

        known = {*self._of.values(), RDF.type}
        texts = {self._of[name] for name in ("prefLabel", "altLabel", "hiddenLabel", "definition")}
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
            template = "left out, as a theme has no place for it: {names}"
            self._tell(None, template, names=_counts(left))
        if languages:
            template = "left out, as only en and ja are read: {names}"
            self._tell(None, template, names=_counts(languages))

    def _tell(
        self,
        record: str | None,
        template: str,
        severity: Literal["error", "warning"] = "warning",
        **values: object,
    ) -> None:
        self.problems.append(Problem.of(self._path, template, None, record, severity, **values))


def _as_id(name: str) -> str:
    """Return a name as an id of a theme; nothing where no letter is left.

    >>> _as_id("Machine learning / systems"), _as_id("--")
    ('Machine-learning-systems', '')
    """
    return _NOT_OF_IDS.sub("-", name).strip("-.")


def _each_once(terms: Iterable[str], seen: set[str]) -> tuple[str, ...]:
    """Return terms without those that are `seen` already, up to case; note them there."""
    found = []
    for term in terms:
        if term.casefold() not in seen:
            seen.add(term.casefold())
            found.append(term)
    return tuple(found)


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted.most_common())
