"""The check-up of a whole catalogue, or of the sessions of a query: every check, the most important findings first.

Does not open connections.
"""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple, get_args

from mltalks.analysis.doctor.diagnostic import SEVERITIES, Diagnostic, Kind
from mltalks.analysis.doctor.duplicates import duplicates
from mltalks.analysis.doctor.links import odd_links
from mltalks.analysis.doctor.missing import missing_facts, unloaded_records
from mltalks.analysis.doctor.odd_values import odd_facts
from mltalks.analysis.doctor.organizations import printed_organizations, shared_names
from mltalks.analysis.doctor.speakers import spellings_of_speakers
from mltalks.dataset.model import Session
from mltalks.messages import Message
from mltalks.search.index_opener import Progress
from mltalks.search.selection import Selection


class CheckUp(NamedTuple):
    """What looks wrong in the sessions of a query; `notices` say how the query was understood."""

    diagnostics: list[Diagnostic]
    sessions: tuple[Session, ...]
    notices: tuple[Message, ...]


def check_up(
    selection: Selection,
    progress: Progress | None = None,
    own: Collection[str] = (),
    *,
    only_own: bool = False,
) -> CheckUp:
    """Return what looks wrong in the sessions: by severity, then kind, then in the order of the sessions.

    A finding may concern another session of the catalogue, too. `own` has the ids of the user's sessions and events; with
    `only_own`, only findings about these are returned. Organizations that share a name, and records that are not loaded, are
    reported only when all sessions of the catalogue are checked. `progress` is called with the number of checks done and that of all.
    """
    catalogue = selection.catalogue
    organizations, events = catalogue.organizations, catalogue.events
    sessions = tuple(map(catalogue.session, catalogue.index.ordered(catalogue.everything)))
    concerned = own if only_own else set(selection.ids())
    mine = [one for one in sessions if one.id in concerned]
    checks: list[Callable[[], Iterable[Diagnostic]]] = [
        lambda: duplicates(sessions, own, events),
        lambda: spellings_of_speakers(sessions, organizations),
        lambda: printed_organizations(sessions, organizations),
        lambda: shared_names(organizations) if selection.docs == catalogue.everything else (),
        lambda: odd_links(sessions),
        lambda: odd_facts(mine, events, organizations, sessions),
        lambda: missing_facts(mine, events, own, only_own=only_own),
        lambda: unloaded_records(catalogue.unloaded) if selection.docs == catalogue.everything else (),
    ]
    found: list[Diagnostic] = []
    for done, check in enumerate(checks):
        if progress is not None:
            progress(done, len(checks))
        found.extend(check())
    kept = (
        own if only_own else {*concerned, *(name for one in found if not one.sessions for name in one.names)}
    )
    found = [one for one in found if any(name in kept for name in one.sessions or one.names)]
    return CheckUp(in_order(found), tuple(mine), selection.notices)


def in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return findings by severity, then kind; those of one kind stay in their order."""
    kinds = get_args(Kind)
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), kinds.index(one.kind)))
