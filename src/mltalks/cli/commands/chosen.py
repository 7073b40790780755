"""Sessions that a command is about: by their ids, by ids on standard input, or by a query.

Does not change or print them.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from mltalks.cli.console import Console
from mltalks.cli.declarations import argument, option
from mltalks.errors import UsageError
from mltalks.messages import excerpt

Sessions = Annotated[
    list[str] | None, argument("[ID]...", "Ids of sessions, as lists print them; - reads standard input.")
]
OfQuery = Annotated[
    str | None, option("--query", "Take also the sessions that this query finds.", metavar="QUERY")
]


class Chosen(NamedTuple):
    """The ids of the sessions, each once, and the words after them.

    `several` says whether there may be more than one; `found` are those that only the query named.
    """

    ids: list[str]
    words: list[str]
    several: bool
    found: frozenset[str] = frozenset()


def chosen(console: Console, words: Sequence[str] | None, query: str | None, *, only: bool = False) -> Chosen:
    """Return the sessions of a command line: the ids that the words begin with, and those of the query.

    Without a query, the first word is an id, known or not, or "-" for the ids on standard input. The ids after it are known;
    if `only`, all words are ids.

    Raises UsageError: there is neither an id nor a query.
    """
    rest = list(words or ())
    if not rest and query is None:
        raise UsageError("give the id of a session, - to read ids from standard input, or --query")
    typed: list[str] = []
    while rest and (
        only or (not typed and query is None) or (typed != ["-"] and is_session(console, rest[0]))
    ):
        typed.append(rest.pop(0))
    named = dict.fromkeys(one for word in typed for one in (_read_ids(console) if word == "-" else [word]))
    found = _found(console, query) if query is not None else []
    if not named and not found:
        console.say("nothing found")
    several = query is not None or len(typed) > 1 or "-" in typed
    return Chosen([*dict.fromkeys([*named, *found])], rest, several, frozenset(found) - named.keys())


def is_session(console: Console, word: str) -> bool:
    """Return whether a word is the id of a session."""
    return word in console.records.ids("sessions")


def looks_like_id(console: Console, word: str) -> bool:
    """Return whether a word is the id of a session, or looks like one: it begins with the id of an event and a hyphen."""
    events = console.records.ids("events")
    return is_session(console, word) or any(word.startswith(f"{event}-") for event in events)


def refuse_rest(words: Sequence[str]) -> None:
    """Raise a UsageError if there are words that the command has no use for."""
    if words:
        raise UsageError("too many arguments: {words}", words=excerpt(" ".join(words)))


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
