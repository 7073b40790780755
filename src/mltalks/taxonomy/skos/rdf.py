"""An RDF file as a graph of rdflib: Turtle, JSON-LD or RDF/XML.

Does not follow links: JSON-LD contexts and XML entities of other files are refused. Does not interpret the graph.
"""

import json
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mltalks.dataset.files import decode
from mltalks.errors import missing_extra
from mltalks.problems import Problem

if TYPE_CHECKING:
    from rdflib import Graph

Form = Literal["turtle", "json-ld", "xml"]
# The formats by the endings of files.
FORMS: dict[str, Form] = {
    ".ttl": "turtle", ".jsonld": "json-ld", ".json": "json-ld", ".rdf": "xml", ".xml": "xml",
}  # fmt: skip
NAMES: dict[Form, str] = {"turtle": "Turtle", "json-ld": "JSON-LD", "xml": "RDF/XML"}
_LONGEST_REASON = 120


def form_of(path: Path) -> Form | None:
    """Return the RDF format of a file by its ending; None for any other ending.

    >>> form_of(Path("themes.TTL")), form_of(Path("themes.toml"))
    ('turtle', None)
    """
    return FORMS.get(path.suffix.lower())


def read_graph(content: bytes, form: Form, path: Path) -> "Graph | Problem":
    """Return the graph of the content of a file, or why it cannot be read.

    Raises MltalksError: the extra skos is not installed.
    """
    try:
        import rdflib
    except ImportError:
        raise missing_extra("reading SKOS", "skos") from None

    text = "" if form == "xml" else decode(path, content)  # an XML document names its encoding
    if isinstance(text, Problem):
        return text
    graph = rdflib.Graph()
    address = path.absolute().as_uri()
    try:
        if form == "json-ld":
            document = json.loads(text)
            foreign = next(_contexts(document), None)
            if foreign is not None:
                template = 'refers to the remote context "{address}"; copy that context into the file'
                return Problem.of(path, template, address=foreign[:_LONGEST_REASON])
            text = json.dumps(document)  # reads what was checked, not the text again
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
    except Exception as error:  # noqa: BLE001 - rdflib's parsers raise errors of any class
        return _syntax_problem(error, form, path)
    return graph


def _contexts(value: Any) -> Iterator[str]:
    """Yield the addresses of the contexts and imports of a JSON-LD document."""
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
    """Refuse XML with an entity of another file, or one that contains entities and may expand without limit.

    Raises ValueError: it has such an entity.
    Raises ExpatError: it is no XML.
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
    """Suppress the log of rdflib, which reports odd dates and addresses on standard error."""
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
    """Return the error of a parser of rdflib as a problem, with its line if the parser reports one."""
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
