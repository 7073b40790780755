"""What an exporter gets from a catalogue beside the sessions.

Does not choose or write sessions.
"""

from mltalks.exchange.exporters.exporter import Context
from mltalks.search.catalogue import Catalogue


def context_of(catalogue: Catalogue, *, roundtrip: bool = False) -> Context:
    """Return the context of an export of sessions of a catalogue."""
    return Context(
        catalogue.events,
        catalogue.themes,
        catalogue.organizations.by_name,
        catalogue.members,
        roundtrip,
        committee_tallies=catalogue.committee_tallies,
        track_tallies=catalogue.track_tallies,
        keywords=catalogue.keywords.values(),
        decided=frozenset(decision.session for decision in catalogue.decisions),
    )
