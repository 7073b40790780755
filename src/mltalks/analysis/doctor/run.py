"""The check-up of a whole catalogue, or of the sessions of a query: every check, the most important findings first.

Does not open connections.
"""

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
from mltalks.search.selection import Selection


class CheckUp(NamedTuple):
    """What looks wrong in the sessions of a query; `notices` say how the query was understood."""

    diagnostics: list[Diagnostic]
    sessions: tuple[Session, ...]
    notices: tuple[Message, ...]


def check_up(selection: Selection) -> CheckUp:
    """Return what looks wrong in the sessions: by severity, then kind, then in the order of the sessions.

    Organizations that share a name are reported only when all sessions of the catalogue are checked.
    """
    catalogue, sessions = selection.catalogue, tuple(selection.sessions())
    found = [
        *duplicates(sessions),
        *spellings_of_speakers(sessions, catalogue.organizations),
        *printed_organizations(sessions, catalogue.organizations),
        *(shared_names(catalogue.organizations) if selection.docs == catalogue.everything else ()),
        *odd_links(sessions),
        *odd_facts(sessions, catalogue.events, catalogue.organizations),
        *missing_facts(sessions, catalogue.events),
    ]
    return CheckUp(in_order(found), sessions, selection.notices)


def in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return findings by severity, then kind; those of one kind stay in their order."""
    kinds = get_args(Kind)
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), kinds.index(one.kind)))
