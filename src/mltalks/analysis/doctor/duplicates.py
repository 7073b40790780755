"""Sessions that may be the same: by equal or nearly equal titles, or by similar ones of the same speakers on one day.

Does not choose between those that say different things.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, permutations, product

from mltalks.analysis.doctor.diagnostic import Diagnostic, Remove
from mltalks.analysis.doctor.similarity import numbers, similar_pairs, words_in
from mltalks.dataset.model import Event, Session
from mltalks.messages import Listing, Message
from mltalks.text.folding import spelling_key, title_key
from mltalks.text.not_people import is_nobody
from mltalks.text.same_person import brief_key, names_speakers
from mltalks.text.words.stemmer import stem
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import words

TELLING = 40  # letters of a summary that two talks do not share by chance
CROWD = 20  # sessions of the same people on one day that are compared
SPECIFIC = 3  # words of a specific title: "Opening remarks" are given every year


SAME_TITLE = 'possible duplicate: {sessions} have the same title "{title}"'
SIMILAR_TITLES = 'possible duplicate: the titles of {sessions} are similar to "{title}"'
AT_ONE_TIME = "{message}, at different events on the same day; keep one ('mltalks remove ID')"
AT_SEVERAL_EVENTS = (
    "{message}, at different events; keep one ('mltalks remove ID'), or give each its day ('mltalks edit ID --date DAY') "
    "if it was given more than once"
)


def duplicates(
    sessions: Sequence[Session], own: Collection[str] = (), events: Mapping[str, Event] | None = None
) -> Iterator[Diagnostic]:
    """Yield sets of sessions with titles that are equal, or nearly so, once folded; in the order of their first.

    `own` has the ids of the user's sessions: a finding has the removal of those that say no more than another one of their event.
    Talks at two of the `events` on two days are two.
    """
    keys = [title_key(session.title) for session in sessions]
    found_in = words_in(keys)
    joined = list(range(len(sessions)))  # each points to an earlier one of its set, the first to itself
    for group in _groups(sessions, keys):
        equal: dict[str, list[int]] = {}  # those that are surely two talks
        for place in group:
            some = equal.setdefault(keys[place], [])
            same = (one for one in some if not _are_two(sessions[one], sessions[place], events or {}))
            if (known := next(same, None)) is not None:
                _join(joined, known, place)
            elif len(some) < CROWD:
                some.append(place)
        distinct = list(equal)
        for one, other in similar_pairs(distinct, found_in):
            for first, second in product(equal[distinct[one]], equal[distinct[other]]):
                if not _are_two(sessions[first], sessions[second], events or {}):
                    _join(joined, first, second)
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
    """Yield the places of two sessions of one event, day and time with the same speakers, whose titles share most words, or with one summary.

    At one time of the day, their numbers may differ, and one may have the speakers behind its title.
    """
    groups: dict[tuple[str, str, frozenset[str]], list[int]] = {}
    timed: dict[tuple[str, str], list[int]] = {}
    for place, session in enumerate(sessions):
        people = _people(session)
        if people and session.date:
            groups.setdefault((session.event, session.date, people), []).append(place)
        if "T" in (session.date or ""):
            timed.setdefault((session.event, str(session.date)[:16]), []).append(place)
    for group in timed.values():
        for first, second in permutations(group[:CROWD], 2):
            if not _people(sessions[first]) and names_speakers(
                keys[first], keys[second], _people(sessions[second])
            ):
                yield first, second
    for group in groups.values():
        for first, second in combinations(group[:CROWD], 2):
            numbered = "T" not in (sessions[first].date or "")
            if _share_summary(sessions[first], sessions[second]) or _share_words(
                keys[first], keys[second], numbered=numbered
            ):
                yield first, second


def _share_summary(one: Session, other: Session) -> bool:
    return len(one.summary or "") >= TELLING and one.summary == other.summary


def _share_words(one: str, other: str, *, numbered: bool = True) -> bool:
    """Return whether two folded titles share most words that say something, and, if they are `numbered`, have the same numbers.

    >>> _share_words("serving soup at night", "serving hot soup at night"), _share_words("on soup", "on bread")
    (True, False)
    """
    some, others = ({stem(word) for word in set(words(key)) - STOP_WORDS} for key in (one, other))
    alike = 2 * len(some & others) > len(some | others)
    return alike and (not numbered or numbers(one) == numbers(other))


def _renamed(one: Session, other: Session) -> Diagnostic:
    template = 'possible duplicate: {sessions} have the same event, day and speakers, and similar titles: "{title}", "{other}"'
    if _share_summary(one, other):
        template = 'possible duplicate: {sessions} have the same event, day, speakers and summary: "{title}", "{other}"'
    values = {"sessions": f"{one.id}, {other.id}", "title": one.title, "other": other.title}
    return Diagnostic(
        "duplicate", "info", Message(template, values), (one.id, other.id), (one.title, other.title)
    )


def _groups(sessions: Sequence[Session], keys: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of the sessions of each event, of each title at one time and, if their titles are specific, of each speaker."""
    groups: dict[tuple[str, str], list[int]] = {}
    dates: dict[tuple[str, str], set[str]] = {}
    for session, key in zip(sessions, keys, strict=True):
        if session.date and not _is_specific(key):
            dates.setdefault((session.event, key), set()).add(session.date)
    for place, session in enumerate(sessions):
        specific = _is_specific(keys[place])
        finer = None if specific else _finer(session.date or "", dates.get((session.event, keys[place]), ()))
        if finer:
            groups.setdefault((f"event {finer}", session.event), []).append(place)
        if specific or (keys[place] and not session.date):
            groups.setdefault(("event", session.event), []).append(place)
        elif keys[place]:  # "Poster session", on another day
            groups.setdefault((f"event {session.date}", session.event), []).append(place)
        if keys[place] and "T" in (session.date or ""):
            people = "; ".join(sorted(_people(session)))
            groups.setdefault((f"time {session.date}", f"{keys[place]} {people}"), []).append(place)
        if specific:
            for name in {brief_key(speaker.name) for speaker in session.speakers}:
                groups.setdefault(("speaker", name), []).append(place)
    return (group for group in groups.values() if len(group) > 1)


def _finer(written: str, dates: Collection[str]) -> str | None:
    """Return the one date among those of talks with the same title of which a date, or none, says no more.

    >>> _finer("", {"2031-05-01"}), _finer("2031-05-01", {"2031-05-01", "2031-05-01T10:00"}), _finer("", {"2031-05-01", "2031-05-02"})
    ('2031-05-01', '2031-05-01T10:00', None)
    """
    some = [one for one in dates if one != written and one.startswith(written)]
    return some[0] if len(some) == 1 else None


def _are_two(one: Session, other: Session, events: Mapping[str, Event]) -> bool:
    """Return whether two talks are surely two: given at two events on two days. A paper has one work for several events."""
    if one.event == other.event or one.kind == other.kind == "paper":
        return False
    if any(
        event is None or event.journal or event.is_collection
        for event in map(events.get, (one.event, other.event))
    ):
        return False
    (start, end), (first, last) = (_days(session, events[session.event]) for session in (one, other))
    return bool(start and first) and (end < first or last < start)


def _days(session: Session, event: Event) -> tuple[str, str]:
    """Return the first and the last day on which a talk may have been given; two empty texts if they are not known."""
    if session.date:
        return session.date[:10], session.date[:10]
    first = event.start_date or event.end_date or ""
    return first, event.end_date or first


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
    template = SAME_TITLE if len({title_key(title) for title in titles}) == 1 else SIMILAR_TITLES
    ids = tuple(session.id for session in sessions)
    message = Message(template, {"sessions": Listing(ids), "title": titles[0]})
    by_event: dict[str, list[Session]] = {}
    for session in sessions:
        by_event.setdefault(session.event, []).append(session)
    if len(by_event) > 1:
        at_once = len({session.date for session in sessions}) == 1 and sessions[0].date
        message = Message(AT_ONE_TIME if at_once else AT_SEVERAL_EVENTS, {"message": message})
    fixes = tuple(Remove(one.id) for some in by_event.values() for one in _needless(some, own))
    return Diagnostic("duplicate", "warning" if same else "info", message, ids, titles, fixes)


def _needless(sessions: Sequence[Session], own: Collection[str]) -> list[Session]:
    """Return the user's sessions of an event beside the one that says most; none if the speakers differ, or if that one hides a shipped one."""
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
