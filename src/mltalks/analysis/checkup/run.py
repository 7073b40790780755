"""The check-up of a whole catalogue, or of the sessions of a query: every check, the most important findings first.

Goes to no network and changes nothing.
"""

from typing import NamedTuple, get_args

from mltalks.analysis.checkup.diagnostic import SEVERITIES, Diagnostic, Kind
from mltalks.analysis.checkup.duplicates import duplicates
from mltalks.analysis.checkup.facts import odd_facts
from mltalks.analysis.checkup.links import odd_links
from mltalks.analysis.checkup.missing import missing_facts
from mltalks.analysis.checkup.organizations import meeting_names, printed_organizations
from mltalks.analysis.checkup.speakers import spellings_of_speakers
from mltalks.dataset.model import Session
from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.matcher import Matcher
from mltalks.search.postings import DocSet, doc_numbers
from mltalks.search.query import Node


class CheckUp(NamedTuple):
    """What looks wrong in the sessions of a query; `notices` tell how the query was taken."""

    diagnostics: list[Diagnostic]
    sessions: list[Session]
    notices: tuple[Message, ...]


def examined(catalogue: Catalogue, query: Node) -> CheckUp:
    """Return what looks wrong in the sessions of a query.

    Raises:
        NotFoundError: the query names a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    docs = matcher.docs(query)
    sessions = [catalogue.session(doc) for doc in doc_numbers(docs)]
    return CheckUp(_checked(catalogue, docs, sessions), sessions, tuple(matcher.notices))


def check_up(catalogue: Catalogue, docs: DocSet) -> list[Diagnostic]:
    """Return what looks wrong in some sessions: by severity, then kind, then in the order of the sessions.

    Names of organizations that meet are told of only when all sessions are looked at.
    """
    return _checked(catalogue, docs, [catalogue.session(doc) for doc in doc_numbers(docs)])


def _checked(catalogue: Catalogue, docs: DocSet, sessions: list[Session]) -> list[Diagnostic]:
    found = [
        *duplicates(sessions),
        *spellings_of_speakers(sessions, catalogue.organizations),
        *printed_organizations(sessions, catalogue.organizations),
        *(meeting_names(catalogue.organizations) if docs == catalogue.everything else ()),
        *odd_links(sessions),
        *odd_facts(sessions, catalogue.events, catalogue.organizations),
        *missing_facts(sessions, catalogue.events),
    ]
    return in_order(found)


def in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return findings by severity, then kind; those of one kind stay in their order."""
    kinds = get_args(Kind)
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), kinds.index(one.kind)))
