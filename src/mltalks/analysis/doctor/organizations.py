"""Names of organizations: unknown spellings that look like others, and known names that are easily confused.

Does not decide which organization a spelling means: the user does, with an alias.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from mltalks.analysis.doctor.diagnostic import MOST_PARTS, Alias, Diagnostic, Edit
from mltalks.analysis.doctor.similarity import organization_key, similar_pairs
from mltalks.dataset.model import Session
from mltalks.dataset.organizations import Organizations, separate
from mltalks.messages import Message
from mltalks.text.folding import name_key, spaced
from mltalks.text.not_people import SEVERAL_ORGANIZATIONS, joined_organizations

SURE = 5  # letters of a name of which one may be wrong


def printed_organizations(sessions: Sequence[Session], organizations: Organizations) -> Iterator[Diagnostic]:
    """Yield unknown spellings that look like several organizations, like a known one, or like a more frequent unknown one."""
    sessions_of = _unknown(sessions, organizations)
    by_id = {session.id: session for session in sessions}
    for spelling in [*sessions_of]:
        if parts := joined_organizations(spelling):
            yield _several(spelling, parts, [by_id[one] for one in sessions_of.pop(spelling)])
    sessions_of = _counted(sessions_of, organizations)
    known = {organization_key(spelling): name for spelling, name in _spellings(organizations)}
    first: dict[str, str] = {}  # the most frequent spelling by its key
    for spelling in sorted(sessions_of, key=lambda one: (-len(sessions_of[one]), one)):
        first.setdefault(organization_key(spelling), spelling)
    similar = _similar(list(first), known)
    for spelling, ids in sessions_of.items():
        key = organization_key(spelling)
        if key in known:
            template = '"{name}" is not in organizations.toml; it differs from "{other}" only in spaces or company suffix (Inc., GmbH)'
            yield _diagnostic(template, "warning", spelling, known[key], ids)
        elif first[key] != spelling:
            template = '"{name}" differs from "{other}" only in spaces, case or company suffix (Inc., GmbH)'
            yield _diagnostic(template, "warning", spelling, first[key], ids)
        elif key in similar:
            other = known.get(similar[key]) or first[similar[key]]
            yield _diagnostic(
                '"{name}" is not in organizations.toml; it is similar to "{other}"',
                "info",
                spelling,
                other,
                ids,
            )


def _several(spelling: str, parts: Sequence[str], sessions: Sequence[Session]) -> Diagnostic:
    """Return that a spelling of sessions seems to name several organizations, with the edits of those that have it themselves."""
    fixes = []
    for session in sessions if len(parts) <= MOST_PARTS else ():
        names = {spaced(name): [name] for name in session.organizations}
        if spelling in names and len(names) <= MOST_PARTS:
            names[spelling] = [*parts]
            better = list(dict.fromkeys(name for some in names.values() for name in some))
            fixes.append(Edit(session.id, "organizations", better))
    message = Message(SEVERAL_ORGANIZATIONS, {"name": spelling, "parts": "; ".join(parts)})
    ids = tuple(session.id for session in sessions)
    return Diagnostic("organization", "info", message, ids, (spelling,), tuple(fixes))


def _unknown(sessions: Sequence[Session], organizations: Organizations) -> dict[str, dict[str, None]]:
    """Return the ids of the sessions by each spelling that is not known."""
    found: dict[str, dict[str, None]] = {}
    for session in sessions:
        of_speakers = (one.organization for one in session.speakers if one.organization)
        written = (*of_speakers, *session.organizations)
        for printed in (part for one in written for part in separate(one)):
            if name_key(printed) and not organizations.is_known(printed):
                found.setdefault(spaced(printed), {})[session.id] = None
    return found


def _counted(
    sessions_of: Mapping[str, Mapping[str, None]], organizations: Organizations
) -> dict[str, dict[str, None]]:
    """Return the ids by the names under which spellings count: those that already count as one are one."""
    found: dict[str, dict[str, None]] = {}
    for spelling, ids in sessions_of.items():
        found.setdefault(organizations.resolve(spelling)[0], {}).update(ids)
    return found


def _spellings(organizations: Organizations) -> Iterator[tuple[str, str]]:
    """Yield all spellings with their canonical names; the names themselves come last, so that they override aliases."""
    for one in organizations.by_name.values():
        yield from ((alias, one.name) for alias in one.aliases)
    yield from ((name, name) for name in organizations.by_name)


def _similar(unknown: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the unknown keys that nearly equal another key: a known one, else an earlier unknown one."""
    keys = list(dict.fromkeys([*known, *unknown]))
    places = {key: place for place, key in enumerate(unknown)}
    found: dict[str, str] = {}
    for first, second in similar_pairs(keys, Counter()):
        one, other = keys[first], keys[second]
        if len(one) < SURE or (one in known and other in known):
            continue
        if other in known or (one not in known and places[other] < places[one]):
            one, other = other, one
        if other not in found:
            found[other] = one
    return {key: other for key, other in found.items() if other not in found}


def shared_names(organizations: Organizations) -> Iterator[Diagnostic]:
    """Yield names that two organizations share, up to spaces and legal form; once for each pair of organizations."""
    owners: dict[str, tuple[str, str]] = {}
    reported: set[frozenset[str]] = set()
    for spelling, name in (*((one, one) for one in organizations.by_name), *_spellings(organizations)):
        other, owner = owners.setdefault(organization_key(spelling), (spelling, name))
        if owner != name and frozenset((owner, name)) not in reported:
            reported.add(frozenset((owner, name)))
            values = {"name": spelling, "owner": name, "other": other, "second": owner}
            template = '"{name}" of {owner} and "{other}" of {second} differ only in spaces or company suffix (Inc., GmbH)'
            yield Diagnostic("alias", "warning", Message(template, values), (), (spelling, other))


def _diagnostic(
    template: str, severity: Literal["warning", "info"], spelling: str, other: str, ids: Mapping[str, None]
) -> Diagnostic:
    message = Message(template, {"name": spelling, "other": other})
    fix = Alias(spelling, other)
    return Diagnostic("organization", severity, message, tuple(ids), (spelling, other), (fix,))
