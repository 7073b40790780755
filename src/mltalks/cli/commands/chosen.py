"""Sessions that a command is about: by their ids, by ids on standard input, or by a query.

Does not change or print them.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from mltalks.cli.console import Console
from mltalks.cli.declarations import argument, option
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import excerpt

Sessions = Annotated[
    list[str] | None,
    argument("[ID]...", "Ids of sessions, as lists print them, or DOIs; - reads standard input."),
]
OfQuery = Annotated[
    str | None, option("--query", "Take also the sessions that this query finds.", metavar="QUERY")
]


NO_ID = "give the id of a session, - to read ids from standard input, or --query"


class Chosen(NamedTuple):
    """The ids of the sessions, each once, and the words after them.

    `several` says whether there may be more than one; `found` are those that only the query named.
    """

    ids: list[str]
    words: list[str]
    several: bool
    found: frozenset[str] = frozenset()


def chosen(console: Console, words: Sequence[str] | None, query: str | None, *, only: bool = False) -> Chosen:
    """Return the sessions of a command line: the ids that the words begin with, and those of the query. A DOI stands for an id.

    Without a query, the first word is an id, known or not, or "-" for the ids on standard input. The ids after it are known;
    if `only`, all words are ids.

    Raises UsageError: there is neither an id nor a query.
    """
    rest = list(words or ())
    if not rest and query is None:
        raise UsageError(NO_ID)
    typed: list[str] = []
    while rest and (
        only or (not typed and query is None) or (typed != ["-"] and is_session(console, rest[0]))
    ):
        typed.append(rest.pop(0))
    words_read = (one for word in typed for one in (_read_ids(console) if word == "-" else [word]))
    named = dict.fromkeys(one for word in words_read for one in _ids_of(console, word))
    found = _found(console, query) if query is not None else []
    if not named and not found:
        console.say("nothing found")
    several = query is not None or len(typed) > 1 or "-" in typed
    return Chosen([*dict.fromkeys([*named, *found])], rest, several, frozenset(found) - named.keys())


def is_session(console: Console, word: str) -> bool:
    """Return whether a word is the id of a session, or its DOI."""
    return word in console.records.ids("sessions") or bool(_of_doi(console, word))


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


def _ids_of(console: Console, word: str) -> list[str]:
    """Return a typed id, or the ids of the sessions of a typed DOI.

    Raises NotFoundError: no session has the DOI.
    """
    found = _of_doi(console, word)
    if found == []:
        raise NotFoundError('no session has the DOI "{doi}"', doi=excerpt(word))
    return found or [word]


def _of_doi(console: Console, word: str) -> list[str] | None:
    """Return the ids of the sessions of a DOI; None if a word is none."""
    if "10." not in word:
        return None  # so that no index is needed
    catalogue = console.library.catalogue
    docs = catalogue.of_doi(word)
    return None if docs is None else [catalogue.ids[doc] for doc in docs]


def _found(console: Console, query: str) -> list[str]:
    found = console.library.list(query)
    console.notices(found.notices)
    ids = console.library.catalogue.ids
    return [ids[doc] for doc in found.docs]


def _read_ids(console: Console) -> Iterator[str]:
    """Yield the ids on standard input: the first word of each line, up to a tab, as lists print it."""
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    if sys.stdin.isatty():
        console.say("reading ids from the terminal; press Ctrl-D to finish")
    for line in sys.stdin:
        if found := line.partition("\t")[0].strip():
            yield found
