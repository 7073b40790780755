"""What a typed text stands for where a command takes a name or a query: a value of a facet, or a query.

Does not evaluate the query.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import NamedTuple

from mltalks.errors import NotFoundError, QueryError
from mltalks.messages import Listed, Message, excerpt
from mltalks.search.catalogue import Catalogue
from mltalks.search.matcher import Matcher
from mltalks.search.name_resolver import is_pattern
from mltalks.search.query.fields import plain_years, year_range
from mltalks.search.query.nodes import Filter, Node, Text, Word, parts_of
from mltalks.search.query.parser import parse
from mltalks.search.rewriting.id_words import AS_TYPED, read_notice, with_ids
from mltalks.search.selection import Selection, select
from mltalks.text.folding import fold, name_key

NEAREST = 3
KEYWORD_ALONE = (
    '"{name}" is followed as keyword: only talks that list it among their keywords are counted, and many list none; '
    "all talks that say it: mltalks trend {query}"
)
_QUOTES = ' "“”()（）'
_OPENING = ('"', "“", "(", "（")  # a text that begins so is one of the query language, not a bare name


class Meaning(NamedTuple):
    """The facet of which a value is named, or "query"; the query, the value or the text of the query, and notices."""

    kind: str
    query: Node
    value: str
    notices: tuple[Message, ...] = ()


def meaning(catalogue: Catalogue, typed: str, facets: Sequence[str], *, years: bool = False) -> Meaning:
    """Return what a text means: a value of the first of these facets that has one of this name, else a query.

    A word that no session says is read as the name that it resembles, and with `years`, a year as the filter. A text in quotes or
    brackets is no name.

    Raises QueryError: the text is empty, or a query that cannot be read.
    Raises NotFoundError: it is neither a name nor a word that a session says; the error holds the nearest names.
    """
    if not typed.strip():
        raise QueryError("a name or a query is empty")
    is_text = typed.lstrip()[0] in _OPENING  # no name is asked for
    key = "" if is_pattern(typed) else name_key(typed)
    named = {facet: catalogue.index.facets.named(facet, key) for facet in (() if is_text else facets)}
    first = next((facet for facet, values in named.items() if len(values) == 1), "")
    if first:
        others = [facet for facet, values in named.items() if values and facet != first]
        if named[first] == (
            typed,
        ):  # an id; "llm-inference" is not how the keyword "LLM inference" is written
            others = [other for other in others if fold(typed) in map(fold, named[other])]
        if first == "keyword":
            others += _part_of_themes(catalogue, typed, named)
        notices = tuple(_taken_as(typed, first, others))
        return Meaning(first, Filter(first, named[first]), named[first][0], notices)
    span = plain_years(fold(typed)) if years else ""
    if span in catalogue.index.facets.values("year") or (not typed.isascii() and year_range(span)):
        year = Filter("year", (span,))
        read = Message('"{words}" is read as {filter}', {"words": typed, "filter": str(year)})
        return Meaning("query", year, str(year), (read,))
    node, notices = with_ids(catalogue, parse([typed]))
    if isinstance(node, Filter) and node.field in facets and (value := _one_value(catalogue, node)):
        return Meaning(node.field, node, value, notices)
    if notices or not isinstance(node, Text):
        return Meaning("query", node, str(node), notices)
    listed = _listed(catalogue, typed, facets)
    if Matcher(catalogue, without=AS_TYPED).docs(node):
        bare = typed.strip(_QUOTES)
        template = '"{name}" names no {facets}; the talks that contain it are counted, also those that have it only in the questions that mltalks wrote'
        if is_text:
            template = '"{name}" is searched as text; the talks that contain it are counted, also those that have it only in the questions that mltalks wrote'
        notice = Message(template, {"name": bare, "facets": Listed(facets)})
        hints = _hints(bare, listed, _part_of_themes(catalogue, bare, named))
        return Meaning("query", node, str(node), (notice, *hints))
    return _resembling(catalogue, typed, facets, listed)


def _one_value(catalogue: Catalogue, node: Filter) -> str | None:
    """Return the one value that all names of a filter stand for; None if they stand for several."""
    values = {one for name in node.values for one in catalogue.names(node.field).resolve(name).values}
    return values.pop() if len(values) == 1 else None


def _taken_as(typed: str, facet: str, others: Sequence[str]) -> Iterator[Message]:
    """Yield what a name is taken as, if it is one of other facets, too, or only that of a keyword."""
    if others:
        template = '"{name}" is taken as {what}; to mean something else, write {query}'
        alternatives = Listed([str(Filter(other, (typed,))) for other in others])
        yield Message(template, {"name": typed, "what": facet, "query": alternatives})
    if facet == "keyword":
        as_text = f'"{typed}"' if " " in typed.strip() else f"({typed})"
        yield Message(KEYWORD_ALONE, {"name": typed, "query": quote(as_text)})


def _hints(typed: str, listed: Filter | None, themes: Sequence[str]) -> Iterator[Message]:
    """Yield what else a text may mean that is searched: any of the names that it lists, or a theme of which it is a part."""
    if listed:
        template = "these talks have all of the words; for talks with any of the names, write {query}"
        yield Message(template, {"query": str(listed)})
    for theme in themes:
        template = '"{name}" is also a part of the name of a theme; for its talks, write {query}'
        yield Message(template, {"name": typed, "query": str(Filter(theme, (typed,)))})


def _part_of_themes(catalogue: Catalogue, typed: str, named: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the facet "theme" if it is asked for, and only a part of the names of its values is typed."""
    asked = not named.get("theme", ("",))
    return ["theme"] if asked and catalogue.names("theme").resolve(typed).how.endswith("part") else []


def selected(catalogue: Catalogue, query: Node, facets: Sequence[str]) -> Selection:
    """Evaluate a query; if its words together name one value of a facet, the first of `facets` that has it is filtered by.

    Raises NotFoundError: as `select`.
    """
    parts = parts_of(query)
    words = [part.text for part in parts if isinstance(part, Word) and not part.field]
    key = name_key(" ".join(words))
    for facet in facets if len(words) == len(parts) and key else ():
        values = catalogue.index.facets.named(facet, key)
        if len(values) == 1:
            read = Filter(facet, values)
            return select(catalogue, read)._replace(notices=(read_notice(" ".join(words), read),))
    return select(catalogue, query)


def _listed(catalogue: Catalogue, typed: str, facets: Sequence[str]) -> Filter | None:
    """Return the filter for several names of a facet that are parted by commas; None for other texts."""
    names = [one.strip() for one in re.split("[,，、]", typed) if one.strip()]
    for facet in facets if len(names) > 1 else ():
        if all(len(catalogue.index.facets.named(facet, name_key(one))) == 1 for one in names):
            return Filter(facet, tuple(names))
    return None


def _resembling(catalogue: Catalogue, typed: str, facets: Sequence[str], listed: Filter | None) -> Meaning:
    """Return the value of the first of the facets in which only one has a similar name.

    Raises NotFoundError: there is none, or there are several.
    """
    from mltalks.text.fuzzy import nearest  # rapidfuzz: only for an unknown name

    found = [(facet, catalogue.names(facet).resolve(typed).values) for facet in facets]
    found = [(facet, values) for facet, values in found if values]
    for facet, values in found:
        if len(values) == 1:
            return Meaning(facet, Filter(facet, (typed,)), values[0])
    near = (
        [str(listed)]
        if listed
        else [value for _, values in found for value in values]
        or nearest(typed, [name for facet in facets for name in catalogue.names(facet).nearest(typed)])
    )
    template = 'no {facets} is named "{name}", and no talk says it'
    raise NotFoundError(template, facets=Listed(facets), name=excerpt(typed), nearest=near[:NEAREST])
