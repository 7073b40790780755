"""A theme tree as a SKOS concept scheme: Turtle and JSON-LD, the same graph in both.

Does not need a library for RDF. Does not write what SKOS has no property for: former ids, and terms other than single phrases, strong or weak.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from mltalks.dataset.model import Theme
from mltalks.messages import Lang
from mltalks.text.japanese.scripts import is_japanese
from mltalks.text.sanitize import UNSEEN

SCHEME = "urn:mltalks:themes"
# The property that counts the sessions under a concept and its narrower ones, each session once.
SESSIONS = "urn:mltalks:sessions"
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

_PREFIX = {"title": "dct", "description": "dct", "comment": "rdfs", "sessions": "mltalks"}  # the others: skos
_BY_LANGUAGE = ("prefLabel", "altLabel", "hiddenLabel", "definition", "title", "description", "comment")
_REFERENCES = ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower")

_Node = dict[str, Any]  # of JSON-LD, as `_context` declares its properties


def uri(theme: str) -> str:
    """Return the URI of a theme: a URN, since a tree need not be on the web.

    >>> uri("edge-cloud"), uri("推論")
    ('urn:mltalks:theme:edge-cloud', 'urn:mltalks:theme:%E6%8E%A8%E8%AB%96')
    """
    return f"urn:mltalks:theme:{quote(theme, safe='')}"


def turtle(themes: Iterable[Theme], sessions: Mapping[str, int] | None = None, query: str = "") -> str:
    """Return themes as Turtle, in their order; `sessions` are the counts of sessions by theme, over a query.

    >>> turtle([Theme("aiops", "AIOps")], {"aiops": 3}).splitlines()[-1].strip()
    'mltalks:sessions 3 .'
    """
    prefixes = "\n".join(f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items())
    return "\n".join([prefixes, "", *map(_block, _graph(themes, sessions or {}, query))])


def _block(node: _Node) -> str:
    """Return a node as a statement of Turtle."""
    parts = [f"<{node['@id']}> a {node['@type']}"]
    for name, value in node.items():
        objects = [] if name.startswith("@") else list(_objects(name, value))
        if objects:
            joint = ",\n        " if len(objects) > 2 else ", "
            parts.append(f"    {_PREFIX.get(name, 'skos')}:{name} {joint.join(objects)}")
    return " ;\n".join(parts) + " .\n"


def _objects(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for lang, some in value.items():
            yield from (_literal(text, lang) for text in ([some] if isinstance(some, str) else some))
    elif name in _REFERENCES:
        yield from (f"<{address}>" for address in ([value] if isinstance(value, str) else value))
    else:
        yield str(value) if isinstance(value, int) else _literal(value)


def _literal(text: str, lang: str = "") -> str:
    r"""Return a text as a literal of Turtle.

    >>> print(_literal('a "b" \\ c\n', "en"))
    "a \"b\" \\ c\n"@en
    """
    escaped = re.sub(r'[\t\n\r"\\]', lambda match: _SHORT[match.group()], text)
    escaped = UNSEEN.sub(lambda match: _numbered(match.group()), escaped)
    return f'"{escaped}"{f"@{lang}" if lang else ""}'


def _numbered(character: str) -> str:
    """Return a character as an escape by its number; a lone surrogate, which no graph can hold, as U+FFFD."""
    return "\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04X}"


def json_ld(themes: Iterable[Theme], sessions: Mapping[str, int] | None = None, query: str = "") -> str:
    """Return the graph of `turtle` as JSON-LD, which reads as plain JSON too: labels by language, ids for themes."""
    document = {"@context": _context(), "@graph": _graph(themes, sessions or {}, query)}
    encoded = json.dumps(document, ensure_ascii=False, indent=1)
    return UNSEEN.sub(lambda match: _escaped(match.group()), encoded) + "\n"


def _escaped(character: str) -> str:
    return character if character == "\n" else _numbered(character)


def _context() -> dict[str, Any]:
    return {
        **PREFIXES,
        "notation": "skos:notation",
        "sessions": "mltalks:sessions",
        **{
            name: {"@id": f"{_PREFIX.get(name, 'skos')}:{name}", "@container": "@language"}
            for name in _BY_LANGUAGE
        },
        **{name: {"@id": f"skos:{name}", "@type": "@id"} for name in _REFERENCES},
    }


def _graph(themes: Iterable[Theme], sessions: Mapping[str, int], query: str) -> list[_Node]:
    """Return the property of counts, the concept scheme and the concepts.

    A preferred label is no alternative or hidden label of any concept (SKOS, S13).
    """
    kept = list(themes)
    preferred = {theme.id: _by_language(theme.label_en, theme.label_ja) for theme in kept}
    taken = {_key(label, lang) for labels in preferred.values() for lang, label in labels.items()}
    narrower: defaultdict[str | None, list[str]] = defaultdict(list)
    for theme in kept:
        narrower[theme.broader or None].append(uri(theme.id))
    scheme: _Node = {"@id": SCHEME, "@type": "skos:ConceptScheme", "title": TITLES}
    if query:
        scheme["description"] = {"en": _COUNTED.format(query=query)}
    scheme["hasTopConcept"] = narrower[None]
    graph: list[_Node] = [{"@id": SESSIONS, "@type": "rdf:Property", "comment": {"en": _ABOUT}}, scheme]
    for theme in kept:
        seen = set(taken)
        node = {
            "@id": uri(theme.id),
            "@type": "skos:Concept",
            "inScheme": SCHEME,
            "notation": theme.id,
            "topConceptOf": None if theme.broader else SCHEME,
            "broader": uri(theme.broader) if theme.broader else None,
            "narrower": narrower[theme.id],
            "prefLabel": preferred[theme.id],
            "altLabel": _labels(theme.terms.phrases[0], seen),
            "hiddenLabel": _labels(theme.terms.phrases[1], seen),
            "definition": _by_language(theme.definition, theme.definition_ja),
            "sessions": sessions.get(theme.id),
        }
        graph.append({name: value for name, value in node.items() if value not in (None, [], {})})
    return graph


def _by_language(english: str | None, japanese: str | None) -> dict[Lang, str]:
    texts: dict[Lang, str | None] = {"en": english, "ja": japanese}
    return {lang: text for lang, text in texts.items() if text}


def _labels(terms: Iterable[str], seen: set[tuple[Lang, str]]) -> dict[Lang, list[str]]:
    """Return terms by language, English first, without those in `seen`, up to case; add them to it."""
    found: dict[Lang, list[str]] = {"en": [], "ja": []}
    for term in terms:
        lang: Lang = "ja" if is_japanese(term) else "en"
        if _key(term, lang) not in seen:
            seen.add(_key(term, lang))
            found[lang].append(term)
    return {lang: some for lang, some in found.items() if some}


def _key(label: str, lang: Lang) -> tuple[Lang, str]:
    return lang, label.casefold()
