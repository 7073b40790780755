"""Sessions that a command is about: by their ids, by ids on standard input, or by a query.

Does not change or print them.
"""

from collections.abc import Sequence
from shlex import quote
from typing import Annotated, Literal, NamedTuple

from mltalks.cli.console import Console
from mltalks.cli.declarations import argument, option
from mltalks.cli.typed_ids import STANDARD_INPUT, ids_of, of_work, read_ids
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import Correction, excerpt

Sessions = Annotated[
    list[str] | None,
    argument(
        "[ID]...",
        "Ids of sessions, as lists print them, or DOIs, addresses or arXiv numbers; - reads standard input.",
    ),
]
OfQuery = Annotated[
    str | None, option("--query", "Take also the sessions that this query finds.", metavar="QUERY")
]


OPERATORS = ("NOT", "AND", "OR")
LONGEST_SHOWN = 200  # characters of a query that an error repeats
NO_ID = "give the id of a session, - to read ids from standard input, or --query"


class Chosen(NamedTuple):
    """The ids of the sessions, each once, and the words after them.

    `several` says whether there may be more than one; `found` are those that only the query named.
    """

    ids: list[str]
    words: list[str]
    several: bool
    found: frozenset[str] = frozenset()


def chosen(
    console: Console,
    words: Sequence[str] | None,
    query: str | None,
    *,
    only: bool = False,
    unknown: Literal["refused", "left out", "kept"] = "refused",
    narrowed_by: str | None = None,
) -> Chosen:
    """Return the sessions of a command line: the ids that the words begin with, and those of the query. A DOI stands for an id.

    Without a query, the first word is an id, known or not, or "-" for the ids on standard input. The ids after it are known;
    if `only`, all words are ids. Of several ids on standard input that no session has, all are named: the command refuses the
    first one, unless they are left out, or kept because events have them. `narrowed_by` is the option for a query that narrows the
    answer of the command.

    Raises UsageError: there is neither an id nor a query.
    Raises NotFoundError: unknown ids are refused, and something in the query is a typing error.
    """
    rest = list(words or ())
    if not rest and query is None:
        raise UsageError(NO_ID)
    typed: list[str] = []
    while rest and (
        only or (not typed and query is None) or (typed != ["-"] and is_session(console, rest[0]))
    ):
        typed.append(rest.pop(0))
    _refuse_filters(console, typed, narrowed_by)
    if typed and typed[0] != STANDARD_INPUT and not looks_like_id(console, typed[0]):
        _refuse_filters(console, [one for one in rest if " " not in one], narrowed_by)  # others are text
    _refuse_order(console, [] if only else [*typed, *rest])
    named: dict[str, None] = {}
    for word in typed:
        if word == STANDARD_INPUT:
            named |= dict.fromkeys(_read(console, unknown))
        else:
            named |= dict.fromkeys(_ids(console, word))
    found = _found(console, query, certain=unknown == "refused") if query is not None else []
    if not named and not found:
        console.say("nothing found")
    several = query is not None or len(typed) > 1 or "-" in typed
    return Chosen([*dict.fromkeys([*named, *found])], rest, several, frozenset(found) - named.keys())


def _ids(console: Console, word: str) -> list[str]:
    """Return the ids that a word stands for; those of the user's citation keys without an index."""
    return console.records.cited(word) or ids_of(word, lambda: console.library.catalogue)


def _read(console: Console, unknown: Literal["refused", "left out", "kept"]) -> list[str]:
    """Return the ids on standard input."""
    if unknown == "left out":
        return console.typed_ids.known(read_ids(console.say))
    words = [*read_ids(console.say)]
    ids = [one for word in words for one in _ids(console, word)]
    if unknown == "refused":
        missing = [one for one in dict.fromkeys(ids) if one not in console.records.ids("sessions")]
        for one in missing[1:]:
            console.typed_ids.report(NotFoundError('no {what} "{name}"', what="session", name=excerpt(one)))
    return ids


def _refuse_order(console: Console, words: Sequence[str]) -> None:
    """Raise a UsageError if the first word is no id and ids, or "-", come after it."""
    if not words or words[0] == STANDARD_INPUT or looks_like_id(console, words[0]):
        return
    late = [word for word in words[1:] if word == STANDARD_INPUT or is_session(console, word)]
    if late:
        others = [word for word in words if word not in late]
        template = '"{word}" is not the id of a session, and ids come first: {words}'
        raise UsageError(template, word=excerpt(words[0]), words=excerpt(" ".join([*late, *others])))


def _refuse_filters(console: Console, words: Sequence[str], narrowed_by: str | None) -> None:
    """Raise a UsageError if there is a filter or an operator of the query language among ids."""
    from mltalks.search.query.fields import named_field

    for at, word in enumerate(words):
        field, colon, value = word.lstrip("-!(").partition(":")
        is_filter = bool(colon and value.strip() == value != "") and named_field(field) not in (None, "doi")
        if (is_filter or (at and word in OPERATORS)) and not is_session(console, word):
            query = " ".join(words[at + 1 if word in ("AND", "OR") else at :])
            shown = quote(query) if 0 < len(query) < LONGEST_SHOWN else "QUERY"  # what is typed is never cut
            template = '"{word}" is part of a query, and ids are expected; to take what a query finds, write --query {query}'
            if narrowed_by:
                template = '"{word}" is part of a query, and ids are expected; for the answers that a query finds, write {option} {query}'
                raise UsageError(template, word=excerpt(word), option=narrowed_by, query=shown)
            raise UsageError(template, word=excerpt(word), query=shown)


def is_session(console: Console, word: str) -> bool:
    """Return whether a word is the id of a session, or its DOI, address or citation key."""
    records = console.records
    known = word in records.ids("sessions") or records.cited(word)
    return bool(known or of_work(word, lambda: console.library.catalogue))


def looks_like_id(console: Console, word: str) -> bool:
    """Return whether a word is the id of a session, or looks like one: it begins with the id of an event and a hyphen."""
    events = console.records.ids("events")
    return is_session(console, word) or any(word.startswith(f"{event}-") for event in events)


def refuse_content(console: Console, ids: Sequence[str], query: str | None) -> None:
    """Raise a UsageError if the only word of a command is not an id but what its sessions should get."""
    if query is None and len(ids) == 1 and not looks_like_id(console, ids[0]):
        raise UsageError(NO_ID)


def refuse_rest(words: Sequence[str]) -> None:
    """Raise a UsageError if there are words that the command has no use for."""
    if words:
        raise UsageError("too many arguments: {words}", words=excerpt(" ".join(words)))


def _found(console: Console, query: str, *, certain: bool) -> list[str]:
    """Return the ids of the sessions that a query finds; if they have to be `certain`, nothing in it is corrected.

    Raises UsageError: the query is empty, as that of a variable that is not set.
    Raises NotFoundError: a name or word would be corrected.
    """
    if not query.strip():
        raise UsageError("--query is empty; write a query, or leave it out")
    if query == STANDARD_INPUT:
        query = console.typed_ids.query_of_all()
    found = console.library.list(query)
    for one in found.notices if certain else ():
        if isinstance(one, Correction):
            raise NotFoundError(one.missing.template, nearest=one.meant, **one.missing.values)
    console.notices(found.notices)
    ids = console.library.catalogue.ids
    return [ids[doc] for doc in found.docs]
