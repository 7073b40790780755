"""Links that look wrong: in the wrong field, on several sessions, insecure, private, tracked, or dead.

Does not open connections: the caller passes what the addresses answered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mltalks.analysis.doctor.diagnostic import Diagnostic, Edit, Severity
from mltalks.dataset.link_hosts import field_of, host_of
from mltalks.dataset.model import Session
from mltalks.messages import Message

if TYPE_CHECKING:
    from mltalks.exchange.network.link_check import Verdict

LINK_FIELDS = ("url", "slides", "paper", "video")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid)(?:=|$)", re.IGNORECASE)


def addresses(sessions: Iterable[Session]) -> list[str]:
    """Return all links of some sessions, each once."""
    return list(dict.fromkeys(link for session in sessions for _, link in _links(session)))


def _links(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the links of a session with their fields."""
    for name in LINK_FIELDS:
        link = getattr(session, name)
        if link:
            yield name, link


def odd_links(sessions: Sequence[Session]) -> Iterator[Diagnostic]:
    """Yield what looks wrong about the links of sessions, in the order of the sessions; shared links last."""
    secure = {
        host_of(link) for session in sessions for _, link in _links(session) if link.startswith("https:")
    }
    on: dict[tuple[str, str], dict[str, None]] = {}
    for session in sessions:
        for name, link in _links(session):
            on.setdefault((name, link.partition("#")[0]), {})[session.id] = None
            yield from _odd(session, name, link, secure)
    for (name, link), ids in on.items():
        if len(ids) > 1:
            message = Message(
                "{count} sessions have the same {what} link: {link}",
                {"link": link, "what": _word(name), "count": len(ids)},
            )
            yield Diagnostic("link", "info" if name == "url" else "warning", message, tuple(ids), (link,))


def _odd(session: Session, name: str, link: str, secure: set[str]) -> Iterator[Diagnostic]:
    host = host_of(link)
    if "." not in host or host.endswith((".local", ".internal", ".localhost")):
        template = "{link} ({what}) is a local address, which other people cannot reach"
        yield _diagnostic("warning", template, session, name, link)
    untracked = without_tracking(link)
    if untracked != link:
        found = _diagnostic("info", "{link} ({what}) contains tracking parameters", session, name, link)
        yield found._replace(fixes=(Edit(session.id, name, untracked),), mechanical=True)
    if link.startswith("http:") and host in secure:
        fix = Edit(session.id, name, f"https:{link.removeprefix('http:')}")
        template = "{link} ({what}) uses http, but other links to this host use https"
        yield _diagnostic("info", template, session, name, link, fix)
    better = _other_field(name, link)
    if better:
        free = getattr(session, better) in (None, link)
        fixes = (Edit(session.id, name, None), Edit(session.id, better, link)) if free else ()
        template = "{link} seems to be {reason} but is stored as {what}"
        yield _diagnostic("warning", template, session, name, link, *fixes, reason=_word(better))


def _diagnostic(
    severity: Severity, template: str, session: Session, name: str, link: str, *fixes: Edit, **more: object
) -> Diagnostic:
    message = Message(template, {"link": link, "what": _word(name), **more})
    return Diagnostic("link", severity, message, (session.id,), (link,), fixes)


def _word(name: str) -> str:
    return "page" if name == "url" else name


def without_tracking(link: str) -> str:
    """Return an address without tracking parameters, otherwise unchanged.

    >>> without_tracking("https://example.org/a?id=3&utm_source=x&b=%20#top"), without_tracking("https://example.org/?fbclid=1")
    ('https://example.org/a?id=3&b=%20#top', 'https://example.org/')
    """
    address, mark, fragment = link.partition("#")
    path, question, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if not _TRACKING.match(part))
    if not kept and _TRACKING.match(query):
        question = ""
    return path + question + kept + mark + fragment


def _other_field(name: str, link: str) -> str | None:
    """Return the field to which an address belongs by its host or ending, if that is not the field `name`.

    A page may have any address, and a PDF may be slides or a paper.
    """
    meant = field_of(link)
    if meant is None and name == "video" and urlsplit(link).path.lower().endswith(".pdf"):
        return "slides"
    return None if name in ("url", meant) else meant


def answered(sessions: Sequence[Session], verdicts: Mapping[str, "Verdict"]) -> Iterator[Diagnostic]:
    """Yield the links that moved, are dead or could not be checked, in the order of the sessions."""
    on: dict[str, list[tuple[Session, str]]] = {}
    for session in sessions:
        for name, link in _links(session):
            on.setdefault(link, []).append((session, name))
    for link, places in on.items():
        verdict = verdicts.get(link)
        if verdict is None or verdict.state == "fine":
            continue
        ids = tuple(dict.fromkeys(session.id for session, _ in places))
        if verdict.state == "moved" and verdict.address:
            message = Message("{link} has moved to {address}", {"link": link, "address": verdict.address})
            fixes = tuple(Edit(session.id, name, verdict.address) for session, name in places)
            yield Diagnostic("link", "warning", message, ids, (link, verdict.address), fixes)
        elif verdict.state == "dead":
            message = Message("{link} does not work: {problem}", {"link": link, "problem": verdict.message})
            fixes = tuple(Edit(session.id, name, None) for session, name in places)
            yield Diagnostic("link", "error", message, ids, (link,), fixes)
        else:
            values = {"link": link, "problem": verdict.message}
            message = Message("{link} could not be checked: {problem}", values)
            yield Diagnostic("link", "info", message, ids, (link,))
