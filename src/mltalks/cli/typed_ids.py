"""Ids of sessions as people give them: on standard input, as DOIs, and as a query.

Does not check that a session has an id: the command does.
"""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import excerpt

if TYPE_CHECKING:
    from mltalks.search.catalogue import Catalogue

STANDARD_INPUT = "-"
NOTHING = "year:0000"  # a query that finds nothing


def read_ids(say: Callable[[str], Any]) -> Iterator[str]:
    """Yield the ids on standard input: the first word of each line, up to a tab, as lists print it."""
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    if sys.stdin.isatty():
        say("reading ids from the terminal; press Ctrl-D to finish")
    for line in sys.stdin:
        if found := line.partition("\t")[0].strip():
            yield found


def of_doi(word: str, catalogue: "Callable[[], Catalogue]") -> list[str] | None:
    """Return the ids of the sessions of a DOI; None if a word is none."""
    if "10." not in word:
        return None  # so that no index is needed
    known = catalogue()
    docs = known.of_doi(word)
    return None if docs is None else [known.ids[doc] for doc in docs]


def ids_of(word: str, catalogue: "Callable[[], Catalogue]") -> list[str]:
    """Return a typed id, or the ids of the sessions of a typed DOI.

    Raises NotFoundError: no session has the DOI.
    """
    found = of_doi(word, catalogue)
    if found == []:
        from mltalks.dataset.values import doi_key

        raise NotFoundError('no session has the DOI "{doi}"', doi=excerpt(doi_key(word) or word))
    return found or [word]


def query_of_ids(say: Callable[[str], Any], catalogue: "Callable[[], Catalogue]") -> str:
    """Return the query for the ids on standard input; without any, one that finds nothing."""
    from mltalks.search.query.nodes import Filter

    ids = dict.fromkeys(one for word in read_ids(say) for one in ids_of(word, catalogue))
    return str(Filter("id", tuple(ids))) if ids else NOTHING
