"""Finds the words of a query that are ids, of a session or an event, and the arguments with spaces that are a field and a name.

Does not read other names: `filter_hints` does.
"""

import re
from collections.abc import Callable, Sequence
from shlex import quote

from mltalks.errors import NotFoundError, QueryError
from mltalks.messages import Message, excerpt
from mltalks.search.catalogue import Catalogue
from mltalks.search.expansion.candidate_finder import Without
from mltalks.search.matcher import Matcher
from mltalks.search.query.nodes import (
    And,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Word,
    all_of,
    any_of,
    negation,
    parts_of,
)
from mltalks.search.query.parser import parse
from mltalks.text.folding import fold

LONGEST_ADDRESS = 200
READ_AS = '"{words}" is read as {filter}; to search for it as text, write {text}'
AS_TYPED: tuple[Without, ...] = ("fuzzy", "prefix", "sound", "terms")


def parsed(query: str | Sequence[str], catalogue: Callable[[], Catalogue]) -> Node:
    """Return the syntax tree of a query; one that is none, but ids and citation keys, such as smith:2020, has these as words.

    Raises QueryError: it is neither.
    Raises NotFoundError: it is the number of a paper on arXiv that no session has.
    """
    try:
        return parse(query)
    except QueryError:
        words = query.split() if isinstance(query, str) else [*query]
        if not words or not all(map(catalogue().docs_named, words)):
            if len(words) == 1 and _is_address(words[0]):
                raise nothing_at(words[0]) from None
            raise
        return all_of([Word(word) for word in words])


def with_ids(catalogue: Catalogue, query: Node, *, ranked: bool = False) -> tuple[Node, tuple[Message, ...]]:
    """Return a query with filters in place of the words that are ids, and notices on these.

    Ids of sessions must be the whole query, or all that is beside an OR or after a NOT (see `_with_id`). The id of an event is read so anywhere in it;
    not among the words that a search ranks by, if `ranked`: `filter_hints` reads these.

    Raises NotFoundError: no session has an address of the query.
    """
    query = _with_whole_names(catalogue, query)
    read, notices = _with_id(catalogue, query)
    if notices:
        return read, notices
    if isinstance(query, Word) and not query.field and _is_address(query.text):
        raise nothing_at(query.text)
    found: dict[Message, None] = {}
    query = _with_addresses(catalogue, _with_ids_alone(catalogue, query, found), found)
    typed = parts_of(query)
    kept = Word if ranked else ()
    read = all_of([one if isinstance(one, kept) else _with_events(catalogue, one, found) for one in typed])
    return (read, tuple(found)) if found else (query, ())


def _with_addresses(catalogue: Catalogue, query: Node, notices: dict[Message, None]) -> Node:
    """Return a query with the ids of sessions in place of the addresses among its words, and add the notices on them.

    Raises NotFoundError: no session has one of the addresses.
    """
    parts: list[Node] = []
    for part in parts_of(query):
        texts = part.text.split() if isinstance(part, Word) and not part.field else []
        if not any("://" in text and _is_address(text) for text in texts):
            parts.append(part)
            continue
        for text in texts:
            docs = catalogue.docs_named(text) if "://" in text and _is_address(text) else None
            if docs == []:
                raise nothing_at(text)
            ids = tuple(catalogue.ids[doc] for doc in docs or ())
            parts.append(Filter("id", ids) if ids else Word(text))
            if ids:
                notices[_address_read(text, Filter("id", ids))] = None
    return all_of(parts)


def _address_read(typed: str, read: Node) -> Message:
    """Return the notice that an address is read as ids; nobody searches for its text."""
    values = {"words": excerpt(typed, LONGEST_ADDRESS), "filter": str(read)}
    return Message('"{words}" is read as {filter}', values)


def _is_address(typed: str) -> bool:
    if "/" not in typed and "." not in typed:
        return False
    from mltalks.search.addresses import is_surely_address  # for what looks like an address alone

    return is_surely_address(typed)


def nothing_at(typed: str) -> NotFoundError:
    """Return the error that no session has an address or a number of arXiv."""
    from mltalks.search.addresses import plain_address

    address = excerpt(plain_address(typed), LONGEST_ADDRESS)
    return NotFoundError('no session has the address "{address}"', address=address)


def _with_whole_names(catalogue: Catalogue, query: Node) -> Node:
    """Return a query in which an argument `field:several words` is one filter if the words are together exactly a name.

    Or several names between commas: a name of one word is read as anywhere else.
    """
    if isinstance(query, Or):
        return any_of([_with_whole_names(catalogue, part) for part in query.parts])
    parts = list(parts_of(query))
    for at, part in enumerate(parts):
        inner = part.part if isinstance(part, Not) else part
        read, read_parts = inner, 1
        if isinstance(inner, Filter) and (names := _whole_names(catalogue, inner)):
            read, read_parts = Filter(inner.field, names), 1 + inner.following
        elif isinstance(inner, And | Or):
            read = _with_whole_names(catalogue, inner)
        parts[at : at + read_parts] = [negation(read) if isinstance(part, Not) else read]
    return all_of(parts)


def _whole_names(catalogue: Catalogue, part: Filter) -> tuple[str, ...]:
    """Return the names that the argument of a filter is; none if it is one word, or some of its words are no name."""
    if len(part.argument.split()) < 2:
        return ()
    is_whole = catalogue.names(part.field).is_whole
    for names in ([part.argument], re.split("[,，、]", part.argument)):
        typed = [words for name in names if (words := name.split())]
        if all(len(words) == 1 or is_whole(words) for words in typed):
            return tuple(map(" ".join, typed))
    return ()


def _with_id(catalogue: Catalogue, query: Node) -> tuple[Node, tuple[Message, ...]]:
    """Return the filter for a query whose words all are ids or citation keys of sessions, and the notice on it; another query as it is.

    A word of letters alone is read so only if no session says it.
    """
    ids, words = dict[str, None](), list[str]()
    for one in parts_of(query):
        texts = one.text.split() if isinstance(one, Word) and not one.field else []
        for text in texts or [""]:
            docs = catalogue.docs_named(text) if text else []
            if not docs or (text.isalpha() and _is_said(catalogue, Word(text))):
                return query, ()
            ids |= dict.fromkeys(catalogue.ids[doc] for doc in docs)
            words.append(text)
    read = Filter("id", tuple(ids))
    if any(map(_is_address, words)):
        return read, (_address_read(" ".join(words), read),)
    return read, (read_notice(" ".join(words), read),)


def _with_ids_alone(catalogue: Catalogue, node: Node, notices: dict[Message, None]) -> Node:
    """Return a query with filters in place of ids that are all of a part of an OR or of what NOT excludes, and add the notices."""

    def alone(part: Node) -> Node:
        read, some = _with_id(catalogue, part)
        notices.update(dict.fromkeys(some))
        return read if some else _with_ids_alone(catalogue, part, notices)

    match node:
        case And(parts):
            return all_of([_with_ids_alone(catalogue, part, notices) for part in parts])
        case Or(parts):
            return any_of([*map(alone, parts)])
        case Not(part):
            return negation(alone(part))
        case _:
            return node


def read_notice(typed: str, read: Node) -> Message:
    """Return the notice that a text is read as a filter, and how it is searched for."""
    text = quote(excerpt(str(Phrase(typed))))  # as a shell takes it
    return Message(READ_AS, {"words": excerpt(typed), "filter": str(read), "text": text})


def _with_events(catalogue: Catalogue, node: Node, notices: dict[Message, None]) -> Node:
    """Return a query with filters in place of the ids of events, and add the notices on them.

    As with sessions, one of letters alone is read so only if no session says it.
    """
    if isinstance(node, Not):
        return negation(_with_events(catalogue, node.part, notices))
    if isinstance(node, And | Or):
        join = all_of if isinstance(node, And) else any_of
        return join([_with_events(catalogue, part, notices) for part in node.parts])
    event = fold(node.text) if isinstance(node, Word) and not node.field else ""
    if not isinstance(node, Word) or not event or not catalogue.index.facets.docs("event", (event,)):
        return node
    if node.text.isalpha() and _is_said(catalogue, node):
        return node
    read = Filter("event", (event,))
    notices[read_notice(node.text, read)] = None
    return read


def _is_said(catalogue: Catalogue, word: Word) -> bool:
    return bool(Matcher(catalogue, AS_TYPED).docs(word))
