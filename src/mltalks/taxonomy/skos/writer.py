"""A theme tree as a SKOS concept scheme: Turtle and JSON-LD, the same graph in both.

Plain text, so that writing takes no library. What SKOS has no place for, the `not` phrases of a theme, is left out.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from mltalks.dataset.model import Theme
from mltalks.messages import Lang
from mltalks.text.japanese import is_japanese
from mltalks.text.sanitize import UNSEEN

SCHEME = "urn:mltalks:themes"
SESSIONS = "urn:mltalks:sessions"
"""The property that tells how many sessions stand under a concept or, each once, under its narrower ones."""
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "mltalks": "urn:mltalks:",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": SKOS,
}
TITLES: dict[Lang, str] = {"en": "Themes of mltalks", "ja": "mltalks のテーマ"}
_ABOUT = "How many sessions are about a concept or one of its narrower ones, each session once."
_COUNTED = "Sessions are counted over this query: {query}"
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}

Labels = dict[Lang, list[str]]


class _Concept(NamedTuple):
    """A theme with all that is said of it: labels and definitions by language, and the themes right below it."""

    theme: Theme
    preferred: Labels
    alternative: Labels
    hidden: Labels
    definitions: Labels
    narrower: tuple[str, ...]
    sessions: int | None


def uri(theme: str) -> str:
    """Return the URI of a theme: stable, and good for a tree that lies nowhere on the web.

    >>> uri("edge-cloud"), uri("推論")
    ('urn:mltalks:theme:edge-cloud', 'urn:mltalks:theme:%E6%8E%A8%E8%AB%96')
    """
    return f"urn:mltalks:theme:{quote(theme, safe='')}"


def turtle(themes: Iterable[Theme], sessions: Mapping[str, int] | None = None, query: str = "") -> str:
    """Return themes as Turtle, in their order, with the sessions counted under each over a query.

    >>> turtle([Theme("aiops", "AIOps")], {"aiops": 3}).splitlines()[-1].strip()
    'mltalks:sessions 3 .'
    """
    concepts = _concepts(themes, sessions or {})
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    blocks = [_block(f"<{SESSIONS}>", "rdf:Property", [("rdfs:comment", [_literal(_ABOUT, "en")])])]
    scheme = [
        ("dct:title", [_literal(title, lang) for lang, title in TITLES.items()]),
        ("dct:description", [_literal(_COUNTED.format(query=query), "en")] if query else []),
        ("skos:hasTopConcept", [f"<{uri(top)}>" for top in _tops(concepts)]),
    ]
    blocks.append(_block(f"<{SCHEME}>", "skos:ConceptScheme", scheme))
    blocks.extend(
        _block(f"<{uri(one.theme.id)}>", "skos:Concept", list(_properties(one))) for one in concepts
    )
    return "\n".join(["\n".join(lines), "", *blocks])


def _block(subject: str, kind: str, properties: Sequence[tuple[str, Sequence[str]]]) -> str:
    said = [f"{subject} a {kind}"]
    for name, objects in properties:
        if objects:
            joint = ",\n        " if len(objects) > 2 else ", "
            said.append(f"    {name} {joint.join(objects)}")
    return " ;\n".join(said) + " .\n"


def _properties(concept: _Concept) -> Iterator[tuple[str, list[str]]]:
    theme = concept.theme
    yield "skos:inScheme", [f"<{SCHEME}>"]
    yield "skos:notation", [_literal(theme.id)]
    yield "skos:topConceptOf", [] if theme.broader else [f"<{SCHEME}>"]
    yield "skos:broader", [f"<{uri(theme.broader)}>"] if theme.broader else []
    yield "skos:narrower", [f"<{uri(below)}>" for below in concept.narrower]
    yield "skos:prefLabel", _literals(concept.preferred)
    yield "skos:altLabel", _literals(concept.alternative)
    yield "skos:hiddenLabel", _literals(concept.hidden)
    yield "skos:definition", _literals(concept.definitions)
    yield "mltalks:sessions", [] if concept.sessions is None else [str(concept.sessions)]


def _literals(labels: Labels) -> list[str]:
    return [_literal(label, lang) for lang, some in labels.items() for label in some]


def _literal(text: str, lang: str = "") -> str:
    r"""Return a literal of Turtle, whatever the text holds.

    >>> print(_literal('a "b" \\ c\n', "en"))
    "a \"b\" \\ c\n"@en
    """
    escaped = re.sub(r'[\t\n\r"\\]', lambda match: _SHORT[match.group()], text)
    escaped = UNSEEN.sub(lambda match: _numbered(match.group()), escaped)
    return f'"{escaped}"{f"@{lang}" if lang else ""}'


def _numbered(character: str) -> str:
    """Return a character by its number; a lone surrogate, which no graph can hold, as the mark of replacement."""
    return "\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04X}"


def json_ld(themes: Iterable[Theme], sessions: Mapping[str, int] | None = None, query: str = "") -> str:
    """Return the graph of `turtle` as JSON-LD, which reads as plain JSON too: labels by language, ids for themes."""
    concepts = _concepts(themes, sessions or {})
    scheme: dict[str, Any] = {"@id": SCHEME, "@type": "skos:ConceptScheme", "title": TITLES}
    if query:
        scheme["description"] = {"en": _COUNTED.format(query=query)}
    scheme["hasTopConcept"] = [uri(top) for top in _tops(concepts)]
    about = {"@id": SESSIONS, "@type": "rdf:Property", "comment": {"en": _ABOUT}}
    document = {"@context": _context(), "@graph": [about, scheme, *map(_node, concepts)]}
    encoded = json.dumps(document, ensure_ascii=False, indent=1)
    return UNSEEN.sub(lambda match: _escaped(match.group()), encoded) + "\n"


def _escaped(character: str) -> str:
    return character if character == "\n" else _numbered(character)


def _context() -> dict[str, Any]:
    by_language = {
        **dict.fromkeys(("prefLabel", "altLabel", "hiddenLabel", "definition"), "skos"),
        **dict.fromkeys(("title", "description"), "dct"),
        "comment": "rdfs",
    }
    references = ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower")
    return {
        **PREFIXES,
        "notation": "skos:notation",
        "sessions": "mltalks:sessions",
        **{
            name: {"@id": f"{prefix}:{name}", "@container": "@language"}
            for name, prefix in by_language.items()
        },
        **{name: {"@id": f"skos:{name}", "@type": "@id"} for name in references},
    }


def _node(concept: _Concept) -> dict[str, Any]:
    theme = concept.theme
    said = {
        "@id": uri(theme.id),
        "@type": "skos:Concept",
        "inScheme": SCHEME,
        "notation": theme.id,
        "topConceptOf": None if theme.broader else SCHEME,
        "broader": uri(theme.broader) if theme.broader else None,
        "narrower": list(map(uri, concept.narrower)),
        "prefLabel": {lang: some[0] for lang, some in concept.preferred.items() if some},
        "altLabel": {lang: some for lang, some in concept.alternative.items() if some},
        "hiddenLabel": {lang: some for lang, some in concept.hidden.items() if some},
        "definition": {lang: some[0] for lang, some in concept.definitions.items() if some},
        "sessions": concept.sessions,
    }
    return {name: value for name, value in said.items() if value not in (None, [], {})}


def _concepts(themes: Iterable[Theme], sessions: Mapping[str, int]) -> list[_Concept]:
    """Return themes with their labels; what one of them is called by is no alternative label of any (SKOS, S13)."""
    kept = list(themes)
    taken = {
        _key(label, lang) for theme in kept for lang, some in _preferred(theme).items() for label in some
    }
    below: dict[str, list[str]] = {}
    for theme in kept:
        if theme.broader:
            below.setdefault(theme.broader, []).append(theme.id)
    found = []
    for theme in kept:
        seen = set(taken)
        alternative = _labels(theme.terms.strong, seen)
        hidden = _labels(theme.terms.weak, seen)
        definitions = _by_language(theme.definition, theme.definition_ja)
        narrower = tuple(below.get(theme.id, ()))
        found.append(
            _Concept(
                theme, _preferred(theme), alternative, hidden, definitions, narrower, sessions.get(theme.id)
            )
        )
    return found


def _preferred(theme: Theme) -> Labels:
    return _by_language(theme.label_en, theme.label_ja)


def _by_language(english: str | None, japanese: str | None) -> Labels:
    return {"en": [english] if english else [], "ja": [japanese] if japanese else []}


def _labels(terms: Iterable[str], seen: set[tuple[Lang, str]]) -> Labels:
    """Return terms by language without those that are `seen` already, up to case; note them there."""
    found: Labels = {"en": [], "ja": []}
    for term in terms:
        lang: Lang = "ja" if is_japanese(term) else "en"
        key = _key(term, lang)
        if key not in seen:
            seen.add(key)
            found[lang].append(term)
    return found


def _key(label: str, lang: Lang) -> tuple[Lang, str]:
    return lang, label.casefold()


def _tops(concepts: Iterable[_Concept]) -> list[str]:
    return [one.theme.id for one in concepts if not one.theme.broader]
