"""The events without sessions that a query is about: of a year, of a series, or by name.

Does not count sessions.
"""

from collections.abc import Callable, Iterator
from functools import cache

from mltalks.dataset.model import Event
from mltalks.search.catalogue import Catalogue
from mltalks.search.matcher import Matcher
from mltalks.search.query.fields import year_range
from mltalks.search.query.nodes import And, Everything, Filter, Node, Not, Or

Named = Callable[[str, str], tuple[str, ...]]  # the values of a facet for a typed name


def empty_events(catalogue: Catalogue, query: Node) -> Iterator[str]:
    """Yield the ids of the events without sessions for which a query is true, whatever sessions they will have."""
    held = catalogue.index.facets.counts("event", catalogue.everything)
    named = cache(Matcher(catalogue).named)  # once for all events
    for event in catalogue.events.values():
        if event.id not in held and _holds(named, query, event):
            yield event.id


def _holds(named: Named, node: Node, event: Event) -> bool | None:
    """Return whether a query is true of an event; None if that depends on the session."""
    match node:
        case Everything():
            return True
        case Filter("year", values):
            ranges = [years for years in map(year_range, values) if years]
            return any(first <= event.year <= last for first, last in ranges)
        case Filter("event" | "series" as field, values):
            own = event.id if field == "event" else event.series
            return any(own in named(field, typed) for typed in values)
        case Not(part):
            held = _holds(named, part, event)
            return None if held is None else not held
        case And(parts) | Or(parts):
            decides = isinstance(node, Or)  # a part that is so decides the whole
            found = [_holds(named, part, event) for part in parts]
            return decides if decides in found else None if None in found else not decides
        case _:
            return None
