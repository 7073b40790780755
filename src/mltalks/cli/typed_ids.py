"""Ids of sessions as people give them: on standard input, as DOIs and citation keys, and as a query.

Does not check that a session has an id: the command does.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mltalks.cli.typed_text import Say, input_lines
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import Listing, excerpt

if TYPE_CHECKING:
    from mltalks.search.catalogue import Catalogue

STANDARD_INPUT = "-"
MOST_NAMED = 5  # ids in an error
NOTHING = "year:0000"  # a query that finds nothing


def read_ids(say: Say) -> Iterator[str]:
    """Yield the ids on standard input: the first word of each line, up to a tab, as lists print it."""
    if sys.stdin is not None and sys.stdin.isatty():
        say("reading ids from the terminal; press Ctrl-D to finish")
    for line in input_lines(say):
        if found := line.partition("\t")[0].strip():
            yield found


def of_work(word: str, catalogue: "Callable[[], Catalogue]") -> list[str] | None:
    """Return the ids of the sessions of a DOI, an address or a number of arXiv; None if a word is none of these."""
    if "/" not in word and "." not in word:
        return None  # so that no index is needed
    known = catalogue()
    docs = known.of_work(word)
    return None if docs is None else [known.ids[doc] for doc in docs]


def ids_of(word: str, catalogue: "Callable[[], Catalogue]") -> list[str]:
    """Return a typed id, in its usual case and width, or the ids of the sessions of a typed DOI, address, citation key or whole title.

    Raises NotFoundError: no session has the DOI or the address, or several have the address or the title.
    """
    found = of_work(word, catalogue)
    if found and len(found) > 1 and "://" in word and catalogue().of_doi(word) is None:
        template = '{count} sessions have the address "{address}"; name one by its id: {ids}'
        ids = Listing(found[:MOST_NAMED], more=len(found) > MOST_NAMED)
        raise NotFoundError(template, count=len(found), address=excerpt(word), ids=ids)
    if found == [] and catalogue().found(word) is None:
        from mltalks.dataset.values import doi_key
        from mltalks.search.rewriting.id_words import nothing_at

        if doi := doi_key(word):
            raise NotFoundError('no session has the DOI "{doi}"', doi=excerpt(doi))
        raise nothing_at(word)
    if not found and (not word.isascii() or word != word.lower() or " " in word):
        known = catalogue()
        doc = known.found(word)
        titled = known.titled(word) if doc is None else [known.ids[doc]]
        if len(titled) > 1:
            raise NotFoundError.named("session", word, titled[:MOST_NAMED])
        return titled or [word]
    return found or [word]


class TypedIds:
    """The ids on standard input of one run; those that no session has are named, and are `missing`."""

    def __init__(
        self,
        say: Say,
        report: Callable[[NotFoundError], Any],
        catalogue: "Callable[[], Catalogue]",
    ) -> None:
        """Take functions that write a message and an error, and one that returns the catalogue."""
        self.missing = 0
        self._say = say
        self._report = report
        self._catalogue = catalogue
        self._was_read = False

    def query(self, typed: list[str] | None, *, after_name: bool = False) -> list[str] | None:
        """Return a query as typed; a lone "-" is that for the ids on standard input, and without any one that finds nothing.

        With `after_name`, the first word may be a name, and the command reads the query after it.

        Raises UsageError: standard input was read before, or there is a query beside the "-".
        """
        if not typed or STANDARD_INPUT not in (typed[0], typed[-1]) or (after_name and len(typed) == 2):
            return typed
        if len(typed) > 1:
            query = " ".join(one for one in typed if one != STANDARD_INPUT)
            template = (
                'a lone "-" reads ids from standard input; it cannot be combined with the query {query}'
            )
            raise UsageError(template, query=excerpt(query) or STANDARD_INPUT)
        if self._was_read:
            raise UsageError("standard input has ids for one query only; give another query in words")
        self._was_read = True
        return [self.query_of_all()]

    def query_of_all(self) -> str:
        """Return the query for the ids on standard input that sessions have."""
        from mltalks.search.query.nodes import Filter

        ids = self.known(read_ids(self._say))
        return str(Filter("id", tuple(ids))) if ids else NOTHING

    def known(self, words: Iterable[str]) -> list[str]:
        """Return the ids of the sessions of ids, DOIs and citation keys, each once; name the others."""
        found: dict[str, None] = {}
        for word in words:
            try:
                known = self._catalogue()
                ids = [known.ids[known.doc(one)] for one in ids_of(word, self._catalogue)]
                found |= dict.fromkeys(ids)
            except NotFoundError as error:
                self.report(error)
        return [*found]

    def report(self, error: NotFoundError) -> None:
        """Name an id that nothing has."""
        self.missing += 1
        self._report(error)
