"""Finds the words of a query that are ids: the one word that is the id of a session, and words that are ids of events.

Does not read other names: `filter_hints` does.
"""

from shlex import quote

from mltalks.messages import Message, excerpt
from mltalks.search.catalogue import Catalogue
from mltalks.search.expansion.expander import Without
from mltalks.search.matcher import Matcher
from mltalks.search.query.nodes import And, Filter, Node, Phrase, Word, all_of
from mltalks.text.folding import fold

READ_AS = '"{words}" is read as {filter}; to search for it as text, write {text}'
AS_TYPED: tuple[Without, ...] = ("fuzzy", "prefix", "sound", "terms")


def with_ids(catalogue: Catalogue, query: Node) -> tuple[Node, tuple[Message, ...]]:
    """Return a query with filters in place of the words that are ids, and notices on these.

    The id of a session must be the whole query (see `with_id`). The id of an event is read so if no session says it.
    """
    read, notices = with_id(catalogue, query)
    if notices:
        return read, notices
    typed = query.parts if isinstance(query, And) else (query,)
    parts = [_of_event(catalogue, part) or part for part in typed]
    changed = [(str(old), new) for old, new in zip(typed, parts, strict=True) if new is not old]
    return (all_of(parts), tuple(read_notice(*one) for one in changed)) if changed else (query, ())


def with_id(catalogue: Catalogue, query: Node) -> tuple[Node, tuple[Message, ...]]:
    """Return the filter for a query that is one word, the id of a session, and the notice on it; another query as it is.

    A word of letters alone is read so only if no session says it.
    """
    doc = catalogue.index.sessions.doc(query.text) if isinstance(query, Word) and not query.field else None
    if doc is None or not isinstance(query, Word) or (query.text.isalpha() and _is_said(catalogue, query)):
        return query, ()
    read = Filter("id", (catalogue.ids[doc],))
    return read, (read_notice(query.text, read),)


def read_notice(typed: str, read: Node) -> Message:
    """Return the notice that a text is read as a filter, and how it is searched for."""
    text = quote(excerpt(str(Phrase(typed))))  # as a shell takes it
    return Message(READ_AS, {"words": excerpt(typed), "filter": str(read), "text": text})


def _of_event(catalogue: Catalogue, part: Node) -> Filter | None:
    if not isinstance(part, Word) or part.field:
        return None
    event = fold(part.text)
    held = catalogue.index.facets.docs("event", (event,))
    return Filter("event", (event,)) if held and not _is_said(catalogue, part) else None


def _is_said(catalogue: Catalogue, word: Word) -> bool:
    return bool(Matcher(catalogue, AS_TYPED).docs(word))
