"""Orders of sessions that do not depend on a query: by date, title, event, company, speaker, or when they were added.

Does not rank sessions: `ranking` does.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Literal

from mltalks.search.catalogue import Catalogue
from mltalks.search.index.postings import DocSet, doc_numbers, doc_set
from mltalks.search.ranking import Hits
from mltalks.text.folding import name_key

Order = Literal["date", "title", "event", "company", "speaker", "added"]
NEWEST_FIRST = ("date", "added")
_LAST = chr(0x10FFFF)  # after every name


def sorted_docs(
    catalogue: Catalogue, docs: DocSet, order: Order, limit: int | None = None, *, reverse: bool = False
) -> tuple[int, ...]:
    """Return the first sessions of a set in an order: the newest first, or names from A to Z; equal ones as in the files.

    Talks of one day are in the order of their times. The date of a session without one is that of its event, or its year. Sessions without a name come after Z. Case, width and
    punctuation do not count in names.
    """
    found: Sequence[int] = list(catalogue.index.ordered(docs))
    if order == "added":
        found = found[::-1]
    else:
        key = _dates(catalogue, docs) if order == "date" else _names(catalogue, order)
        found = sorted(found, key=key, reverse=order in NEWEST_FIRST)
    return tuple(islice(reversed(found) if reverse else found, limit))


def sorted_hits(hits: Hits, order: Order | None, limit: int | None = None, *, reverse: bool = False) -> Hits:
    """Return the first of some hits in an order, or by relevance without one."""
    found = list(hits.hits)
    if order and found:
        catalogue = found[0].catalogue
        by_doc = {hit.doc: hit for hit in found}
        docs = sorted_docs(catalogue, doc_set(by_doc, catalogue.index.size), order, reverse=reverse)
        found = [by_doc[doc] for doc in docs]
    elif reverse:
        found.reverse()
    return hits._replace(hits=tuple(found[:limit]))


def _dates(catalogue: Catalogue, docs: DocSet) -> Callable[[int], str]:
    facets = catalogue.index.facets
    dates = catalogue.index.sessions.dates()
    for event in facets.counts("event", docs):
        known = catalogue.events.get(event)
        day = (known.start_date or str(known.year)) if known else ""
        for doc in doc_numbers(docs & facets.docs("event", [event])):
            dates.setdefault(doc, day)
    return dates.__getitem__


def _names(catalogue: Catalogue, order: Order) -> Callable[[int], str]:
    def value(doc: int, field: str) -> Any:
        return catalogue.index.sessions.value(doc, field)

    def name(doc: int) -> str:
        if order == "title":
            return name_key(value(doc, "title"))
        if order == "event":
            event = value(doc, "event")
            return name_key(catalogue.events[event].name if event in catalogue.events else event)
        names = value(doc, "companies") if order == "company" else value(doc, "speakers")
        first = names[0] if names else None
        return _LAST if first is None else name_key(first if order == "company" else first["name"])

    return name
