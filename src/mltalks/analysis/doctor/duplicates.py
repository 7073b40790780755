"""Sessions that may be the same: by equal or nearly equal titles, or by similar ones of the same speakers on one day.

Does not choose between those that say different things.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from mltalks.analysis.doctor.diagnostic import Diagnostic, Remove
from mltalks.analysis.doctor.similarity import numbers, similar_pairs, words_in
from mltalks.dataset.model import Session
from mltalks.messages import Listing, Message
from mltalks.text.folding import spelling_key, title_key
from mltalks.text.not_people import is_nobody
from mltalks.text.words.stemmer import stem
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import words

CROWD = 20  # sessions of the same people on one day that are compared
SPECIFIC = 3  # words of a specific title: "Opening remarks" are given every year


def duplicates(sessions: Sequence[Session], own: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Yield sets of sessions with titles that are equal, or nearly so, once folded; in the order of their first.

    `own` has the ids of the user's sessions: a finding has the removal of those that say no more than the one that is kept.
    """
    keys = [title_key(session.title) for session in sessions]
    found_in = words_in(keys)
    joined = list(range(len(sessions)))  # each points to an earlier one of its set, the first to itself
    for group in _groups(sessions, keys):
        equal: dict[str, int] = {}
        for place in group:
            _join(joined, equal.setdefault(keys[place], place), place)
        distinct = list(equal.values())
        for first, second in similar_pairs([keys[place] for place in distinct], found_in):
            _join(joined, distinct[first], distinct[second])
    sets: dict[int, list[Session]] = {}
    for place, session in enumerate(sessions):
        sets.setdefault(_first(joined, place), []).append(session)
    yield from (_diagnostic(one, own) for one in sets.values() if len(one) > 1)
    yield from (
        _renamed(sessions[first], sessions[second])
        for first, second in _of_the_same_people(sessions, keys)
        if _first(joined, first) != _first(joined, second)
    )


def _of_the_same_people(sessions: Sequence[Session], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of two sessions of one event, day and time with the same speakers, whose titles share most of their words."""
    groups: dict[tuple[str, str, frozenset[str]], list[int]] = {}
    for place, session in enumerate(sessions):
        people = _people(session)
        if people and session.date:
            groups.setdefault((session.event, session.date, people), []).append(place)
    for group in groups.values():
        for first, second in combinations(group[:CROWD], 2):
            if _share_words(keys[first], keys[second]):
                yield first, second


def _share_words(one: str, other: str) -> bool:
    """Return whether two folded titles share most words that say something, and have the same numbers.

    >>> _share_words("serving soup at night", "serving hot soup at night"), _share_words("on soup", "on bread")
    (True, False)
    """
    some, others = ({stem(word) for word in set(words(key)) - STOP_WORDS} for key in (one, other))
    return 2 * len(some & others) > len(some | others) and numbers(one) == numbers(other)


def _renamed(one: Session, other: Session) -> Diagnostic:
    template = 'possible duplicate: {sessions} have the same event, day and speakers, and similar titles: "{title}", "{other}"'
    values = {"sessions": f"{one.id}, {other.id}", "title": one.title, "other": other.title}
    return Diagnostic(
        "duplicate", "info", Message(template, values), (one.id, other.id), (one.title, other.title)
    )


def _groups(sessions: Sequence[Session], keys: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of the sessions of each event and, if their titles are specific, of each speaker."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, session in enumerate(sessions):
        specific = _is_specific(keys[place])
        if specific or (keys[place] and not session.date):
            groups.setdefault(("event", session.event), []).append(place)
        elif keys[place]:  # "Poster session", on another day
            groups.setdefault((f"event {session.date}", session.event), []).append(place)
        if specific:
            for name in {spelling_key(speaker.name) for speaker in session.speakers}:
                groups.setdefault(("speaker", name), []).append(place)
    yield from (group for group in groups.values() if len(group) > 1)
    yield from _of_one_date(sessions, keys)


def _of_one_date(sessions: Sequence[Session], keys: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of sessions of one event and one title that is not specific, of which all but one have no date."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, session in enumerate(sessions):
        if keys[place] and not _is_specific(keys[place]):
            groups.setdefault((session.event, keys[place]), []).append(place)
    for group in groups.values():
        if len(group) > 1 and sum(bool(sessions[place].date) for place in group) == 1:
            yield group


def _is_specific(key: str) -> bool:
    return len(key.split()) >= SPECIFIC or (not key.isascii() and len(key) >= 3 * SPECIFIC)


def _first(joined: list[int], place: int) -> int:
    while joined[place] != place:
        joined[place] = joined[joined[place]]
        place = joined[place]
    return place


def _join(joined: list[int], one: int, other: int) -> None:
    first, second = sorted((_first(joined, one), _first(joined, other)))
    joined[second] = first


def _diagnostic(sessions: Sequence[Session], own: Collection[str]) -> Diagnostic:
    titles = tuple(dict.fromkeys(session.title for session in sessions))
    same = len({(session.event, session.kind) for session in sessions}) < len(sessions)
    template = (
        'possible duplicate: {sessions} have the same title "{title}"'
        if len({title_key(title) for title in titles}) == 1
        else 'possible duplicate: the titles of {sessions} are similar to "{title}"'
    )
    ids = tuple(session.id for session in sessions)
    values = {"sessions": Listing(ids), "title": titles[0]}
    fixes = tuple(Remove(one.id) for one in _needless(sessions, own))
    return Diagnostic(
        "duplicate", "warning" if same else "info", Message(template, values), ids, titles, fixes
    )


def _needless(sessions: Sequence[Session], own: Collection[str]) -> list[Session]:
    """Return the user's sessions beside the one that says most; none if the speakers differ, or if that one hides a shipped one.

    A talk that was held at several events, each on another day, is not needless.
    """
    days = {one.date[:10] for one in sessions if one.date}
    if len({one.event for one in sessions}) == len(days) == len(sessions):
        return []
    kept = max(sessions, key=lambda one: (_facts(one), one.id not in own))
    others = [one for one in sessions if one is not kept]
    if kept.id in own and any(one.id not in own for one in others):
        return []
    people = [names for one in sessions if (names := _people(one))]
    if people and not frozenset.intersection(*people):
        return []
    return [one for one in others if one.id in own]


def _facts(session: Session) -> int:
    """Return how many fields of a session say something, with each of its speakers."""
    return sum(value not in (None, ()) for value in session) + len(_people(session))


def _people(session: Session) -> frozenset[str]:
    return frozenset(spelling_key(one.name) for one in session.speakers if not is_nobody(one.name))
