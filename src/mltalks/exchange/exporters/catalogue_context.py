"""What an exporter gets from a catalogue beside the sessions.

Does not choose or write sessions.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from mltalks.exchange.exporters.exporter import Context
from mltalks.search.catalogue import Catalogue


def context_of(catalogue: Catalogue, docs: Iterable[int] = (), **asked: Any) -> Context:
    """Return the context of an export of sessions of a catalogue, which have these numbers; `asked` are fields of the context."""
    exported = set(docs)
    index = catalogue.index
    events = {event: index.facets.docs("event", (event,)) for event in (catalogue.events if exported else ())}
    known = {event: its for event, its in events.items() if its}
    shipped = catalogue.of_origin(("shipped",)) if known else 0
    whole = [event for event, its in known.items() if exported.issuperset(index.ordered(its))]
    if not asked.get("title"):
        asked["title"] = _title(catalogue, exported, known, whole)
    return Context(
        catalogue.events,
        catalogue.themes,
        catalogue.organizations.by_name,
        catalogue.members,
        committee_tallies=catalogue.committee_tallies,
        track_tallies=catalogue.track_tallies,
        keywords=catalogue.keywords.values(),
        whole=frozenset(whole),
        of_the_user=frozenset(event for event, its in known.items() if not its & shipped),
        **asked,
        decided=frozenset(decision.session for decision in catalogue.decisions),
    )


def _title(catalogue: Catalogue, exported: set[int], known: Mapping[str, Any], whole: Iterable[str]) -> str:
    """Return the name of the series or the event of which all known sessions, and no others, are exported; "" if it is neither."""
    chosen = {event for event, its in known.items() if not exported.isdisjoint(catalogue.index.ordered(its))}
    if not chosen or not chosen.issubset(whole):
        return ""
    series = {catalogue.events[event].series for event in chosen}
    if len(chosen) == 1:
        return catalogue.events[chosen.pop()].name
    of_series = {event for event in known if catalogue.events[event].series in series}
    return series.pop() if len(series) == 1 and of_series == chosen else ""
