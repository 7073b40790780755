"""The check-up of a whole catalogue, or of the sessions of a query: every check, the most important findings first.

Does not open connections.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, get_args

from mltalks.analysis.doctor.diagnostic import SEVERITIES, Diagnostic, Kind
from mltalks.analysis.doctor.duplicates import duplicates
from mltalks.analysis.doctor.links import odd_links
from mltalks.analysis.doctor.missing import missing_facts
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


def check_up(selection: Selection, progress: Progress | None = None) -> CheckUp:
    """Return what looks wrong in the sessions: by severity, then kind, then in the order of the sessions.

    Organizations that share a name are reported only when all sessions of the catalogue are checked. `progress` is called with
    the number of checks done and that of all.
    """
    catalogue, sessions = selection.catalogue, tuple(selection.sessions())
    organizations, events = catalogue.organizations, catalogue.events
    checks: list[Callable[[], Iterable[Diagnostic]]] = [
        lambda: duplicates(sessions),
        lambda: spellings_of_speakers(sessions, organizations),
        lambda: printed_organizations(sessions, organizations),
        lambda: shared_names(organizations) if selection.docs == catalogue.everything else (),
        lambda: odd_links(sessions),
        lambda: odd_facts(sessions, events, organizations),
        lambda: missing_facts(sessions, events),
    ]
    found: list[Diagnostic] = []
    for done, check in enumerate(checks):
        if progress is not None:
            progress(done, len(checks))
        found.extend(check())
    return CheckUp(in_order(found), sessions, selection.notices)


def in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return findings by severity, then kind; those of one kind stay in their order."""
    kinds = get_args(Kind)
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), kinds.index(one.kind)))
