"""What an exporter gets from a catalogue beside the sessions.

Does not choose or write sessions.
"""

from collections.abc import Iterable
from typing import Any

from mltalks.exchange.exporters.exporter import Context
from mltalks.search.catalogue import Catalogue


def context_of(catalogue: Catalogue, docs: Iterable[int] = (), **asked: Any) -> Context:
    """Return the context of an export of sessions of a catalogue, which have these numbers; `asked` are fields of the context."""
    exported = set(docs)
    index = catalogue.index
    events = {event: index.facets.docs("event", (event,)) for event in (catalogue.events if exported else ())}
    whole = [event for event, its in events.items() if its and exported.issuperset(index.ordered(its))]
    return Context(
        catalogue.events,
        catalogue.themes,
        catalogue.organizations.by_name,
        catalogue.members,
        committee_tallies=catalogue.committee_tallies,
        track_tallies=catalogue.track_tallies,
        keywords=catalogue.keywords.values(),
        whole=frozenset(whole),
        **asked,
        decided=frozenset(decision.session for decision in catalogue.decisions),
    )
