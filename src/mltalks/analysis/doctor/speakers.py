"""Speakers whose names are spelled in several ways: case, accents, order, initials, a space in Japanese.

Does not join names with different letters unless they share an organization or a co-speaker: they may be two people.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mltalks.analysis.doctor.diagnostic import MOST_PARTS, Diagnostic, Rename
from mltalks.dataset.model import Session, Speaker
from mltalks.dataset.organizations import Organizations
from mltalks.messages import Message
from mltalks.text.folding import name_key, spaced, spelling_key
from mltalks.text.japanese.scripts import is_japanese
from mltalks.text.not_people import is_of_learning, parts_of, turned
from mltalks.text.same_person import abbreviates

CROWD = 20  # names with one surname and initial at one organization: more are ambiguous


@dataclass
class _Person:
    """One spelling of a name with its sessions by id, and the co-speakers and organizations of these."""

    spelling: str
    sessions: dict[str, Session] = field(default_factory=dict)
    around: set[str] = field(default_factory=set)


def spellings_of_speakers(sessions: Sequence[Session], organizations: Organizations) -> Iterator[Diagnostic]:
    """Yield each spelling of a name that has a more frequent one, with the command that sets that one."""
    people = _people(sessions, organizations)
    better: dict[str, str] = {}
    sure: set[str] = set()
    same_letters: dict[str, list[_Person]] = {}
    for person in people.values():
        same_letters.setdefault(_unordered(person.spelling), []).append(person)
    for group in same_letters.values():
        best = _best(group)
        for person in group:
            if person is not best and _may_be(person, best):
                better[person.spelling] = best.spelling
                if spelling_key(person.spelling) == spelling_key(best.spelling):
                    sure.add(person.spelling)
    for short, full in _abbreviations([one for one in people.values() if one.spelling not in better]):
        best = _best([short, full])
        better[(full if best is short else short).spelling] = best.spelling
    for spelling in (one for one in people if one in better):
        yield _diagnostic(people[spelling], _last(spelling, better), sure=spelling in sure)


def _people(sessions: Sequence[Session], organizations: Organizations) -> dict[str, _Person]:
    """Return the people by the spelling of their names, in the order in which they first speak."""
    people: dict[str, _Person] = {}
    for session in sessions:
        few = len(session.speakers) <= MOST_PARTS  # in a list of hundreds, co-speaking proves nothing
        keys = {_unordered(speaker.name) for speaker in session.speakers} if few else set()
        for speaker in session.speakers:
            if parts_of(speaker.name) or turned(speaker.name) or is_of_learning(speaker.name):
                continue  # no name of one person in the usual order, which another check reports
            person = people.setdefault(spaced(speaker.name), _Person(spaced(speaker.name)))
            person.sessions[session.id] = session
            person.around |= keys - {_unordered(speaker.name)}
            printed = (speaker.organization,) if speaker.organization else session.organizations
            person.around.update(f"@{name}" for one in printed for name in organizations.resolve(one))
    return people


def _unordered(spelling: str) -> str:
    """Return the key of a name, independent of the order of its parts; East Asian names without spaces."""
    key = spelling_key(spelling)
    return " ".join(sorted(key.split())) or spelling


def _may_be(person: _Person, best: _Person) -> bool:
    """Return whether two spellings with the same letters may be of one person; in another order, only if they share something."""
    if person.sessions.keys() & best.sessions.keys():
        return False
    return spelling_key(person.spelling) == spelling_key(best.spelling) or bool(person.around & best.around)


def _best(people: Iterable[_Person]) -> _Person:
    """Return the spelling of most sessions; of equal ones the one in mixed case, with accents, the longest."""

    def worth(person: _Person) -> tuple[int, bool, bool, int]:
        name = person.spelling
        parts = [part for part in name.split() if part.isascii() and part.isalpha() and len(part) > 1]
        mixed = all(part[0].isupper() and not part.isupper() for part in parts)
        return len(person.sessions), mixed, not name.isascii(), len(name)

    return max(people, key=worth)


def _abbreviations(people: Sequence[_Person]) -> Iterator[tuple[_Person, _Person]]:
    """Yield an abbreviated name with its full name, if it can be short for only one of those that share something with it."""
    blocks: dict[tuple[str, str, str], list[_Person]] = {}
    for person in people:
        parts = name_key(person.spelling).split()
        if len(parts) > 1 and person.spelling.isprintable() and not is_japanese(person.spelling):
            for shared in person.around:
                blocks.setdefault((parts[-1], parts[0][0], shared), []).append(person)
    found: dict[str, dict[str, tuple[_Person, _Person]]] = {}
    for block in blocks.values():
        if 1 < len(block) <= CROWD:
            for short in block:
                for full in block:
                    if _abbreviates(short, full):
                        found.setdefault(short.spelling, {})[full.spelling] = (short, full)
    yield from (pair for fulls in found.values() if len(fulls) == 1 for pair in fulls.values())


def _abbreviates(short: _Person, full: _Person) -> bool:
    """Return whether a name is short for another one, and no session has both."""
    if short.sessions.keys() & full.sessions.keys():
        return False
    return abbreviates(name_key(short.spelling).split(), name_key(full.spelling).split())


def _last(spelling: str, better: Mapping[str, str]) -> str:
    """Return the best spelling, at the end of the chain of better ones."""
    passed = {spelling}
    while better.get(spelling, spelling) not in passed:
        spelling = better[spelling]
        passed.add(spelling)
    return spelling


def _diagnostic(person: _Person, best: str, *, sure: bool) -> Diagnostic:
    values = {"name": person.spelling, "other": best}
    return Diagnostic(
        "speaker",
        "warning" if sure else "info",
        Message('speaker "{name}" is spelled "{other}" in other sessions', values),
        tuple(person.sessions),
        (person.spelling, best),
        (Rename(person.spelling, best, tuple(person.sessions)),),
    )


def speaker_tables(speakers: Iterable[Speaker]) -> list[dict[str, str]]:
    """Return speakers as a data file holds them."""
    return [{name: value for name, value in one._asdict().items() if value} for one in speakers]
