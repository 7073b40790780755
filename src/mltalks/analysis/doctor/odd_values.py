"""Facts that look wrong: untidy texts, speakers that are not people, dates outside the event, keywords, events.

Does not compare sessions with each other, apart from the spellings of their keywords.
"""

import html
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from mltalks.analysis.doctor.diagnostic import MOST_PARTS, Diagnostic, Edit, Severity
from mltalks.analysis.doctor.speakers import speaker_tables
from mltalks.dataset.ids import year_in
from mltalks.dataset.model import Event, Session
from mltalks.dataset.organizations import Organizations
from mltalks.exchange.intake.plausibility import odd_days
from mltalks.messages import Listing, Message
from mltalks.text.bare_names import HANDLE, is_handle, without_address, without_title
from mltalks.text.folding import fold, name_key, spaced, spelling_key
from mltalks.text.japanese.scripts import is_japanese
from mltalks.text.not_people import (
    MAY_BE_SEVERAL,
    MAY_BE_TURNED,
    TURNED_IS_KNOWN,
    is_nobody,
    is_of_learning,
    parts_of,
    turned,
)  # fmt: skip
from mltalks.text.same_person import once_each

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|br|code|em|font|h\d|i|p|span|strong|sub|sup|tt|u)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "「": "」", "『": "』"}
_ENDS_WITH_DOT = re.compile(
    r"(?:\.\.|…|\b(?:inc|ltd|co|corp|etc|vs|al|jr|sr|st|no|[a-z])\.|(?:\.\w)+\.)$", re.IGNORECASE
)
_LOUD = 3  # words of a title in capitals alone; two may be acronyms


def odd_facts(
    sessions: Sequence[Session],
    events: Mapping[str, Event],
    organizations: Organizations,
    others: Sequence[Session] = (),
) -> Iterator[Diagnostic]:
    """Yield what looks wrong in sessions, in their order, then keywords and events; speakers and keywords of `others` are known, too."""
    known = {name_key(speaker.name) for session in (*sessions, *others) for speaker in session.speakers}
    for session in sessions:
        yield from _untidy(session)
        yield from _odd_title(session)
        yield from _odd_speakers(session, organizations)
        yield from _turned_speakers(session, organizations, known)
        yield from _speakers_twice(session, organizations)
        if session.event in events:
            yield from _odd_date(session, events[session.event])
    yield from _odd_keywords(others or sessions)
    named = [events[name] for name in dict.fromkeys(one.event for one in sessions) if name in events]
    yield from _odd_events(named)
    yield from _shared_names(named, events.values())


def _found(severity: Severity, template: str, session: Session, *fixes: Edit, **values: object) -> Diagnostic:
    message = Message(template, {"session": session.id, **values})
    names = tuple(str(values[name]) for name in ("name", "title", "other") if name in values)
    return Diagnostic("fact", severity, message, (session.id,), names, fixes)


def _untidy(session: Session) -> Iterator[Diagnostic]:
    """Yield the fields whose texts have needless spaces or HTML entities, and repeated keywords."""
    tidied: list[tuple[str, Any, Any]] = [
        (name, value, tidy(value))
        for name in ("title", "track")
        if (value := getattr(session, name)) is not None
    ]
    for name in ("organizations", "keywords", "keywords_ja"):
        values = list(getattr(session, name))
        tidied.append((name, values, list(_distinct(map(tidy, values)))))
    speakers = [
        one._replace(name=tidy(one.name), organization=one.organization and tidy(one.organization))
        for one in session.speakers
    ]
    tidied.append(("speakers", speaker_tables(session.speakers), speaker_tables(speakers)))
    for name in ("summary", "summary_ja"):
        value = getattr(session, name)
        if value is not None:
            tidied.append((name, value, unescaped(value).strip()))
    for name, value, better in tidied:
        if value != better and better:
            template = "{session}: {field} has unnecessary spaces, HTML entities or repetitions"
            fix = Edit(session.id, name, better)
            yield _found("warning", template, session, fix, field=name)._replace(mechanical=True)


def unescaped(text: str) -> str:
    """Return a text with HTML entities replaced by their characters, apart from those that cannot be displayed.

    >>> unescaped("Q&amp;A &lt;3 &#8217; &#7; AT&T"), unescaped("&amp;lt;")
    ('Q&A <3 ’ &#7; AT&T', '&lt;')
    """

    def character(entity: re.Match[str]) -> str:
        shown = html.unescape(entity[0])
        return shown if (shown and shown.isprintable()) or shown == "\u00a0" else entity[0]

    return _ENTITY.sub(character, text)


def tidy(text: str) -> str:
    r"""Return a text of one line without needless spaces and HTML entities.

    >>> tidy("  Fast &amp;  small ")
    'Fast & small'
    """
    return spaced(unescaped(text)) or text


def _distinct(texts: "map[str]") -> Iterator[str]:
    """Yield texts without those that differ from an earlier one in case, width or accents only."""
    seen: set[str] = set()
    for text in texts:
        if fold(text) not in seen:
            seen.add(fold(text))
            yield text


def _odd_title(session: Session) -> Iterator[Diagnostic]:
    title = tidy(session.title)
    words = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 2]
    if len(words) >= _LOUD and title.isupper() and not is_japanese(title):
        yield _found("warning", '{session}: the title "{title}" is in capital letters', session, title=title)
    if name_key(title) and is_nobody(title):
        yield _found(
            "warning", '{session}: the title "{title}" does not describe the talk', session, title=title
        )
    bare = _TAG.sub("", title).strip()
    if bare != title and bare:
        fix = Edit(session.id, "title", spaced(bare))
        yield _found(
            "warning", '{session}: the title "{title}" contains HTML or Markdown', session, fix, title=title
        )
    elif len(title) > 2 and _QUOTES.get(title[0]) == title[-1] and title[-1] not in title[1:-1]:
        fix = Edit(session.id, "title", title[1:-1].strip())
        yield _found(
            "info", "{session}: the title {title} has quotation marks around it", session, fix, title=title
        )
    elif title.endswith((".", "。")) and not _ENDS_WITH_DOT.search(title[-20:]) and title.strip(".。 "):
        fix = Edit(session.id, "title", title.rstrip(".。 "))
        yield _found("info", '{session}: the title "{title}" ends with a period', session, fix, title=title)
    for name in ("summary", "summary_ja"):
        summary = getattr(session, name)
        if summary and name_key(summary) == name_key(title) != "":
            fix = Edit(session.id, name, None)
            yield _found("warning", "{session}: {field} only repeats the title", session, fix, field=name)


def _odd_speakers(session: Session, organizations: Organizations) -> Iterator[Diagnostic]:
    for speaker in session.speakers:
        name = spaced(speaker.name)
        few = len(session.speakers) <= MOST_PARTS
        others = [one for one in session.speakers if one is not speaker] if few else []
        without = (Edit(session.id, "speakers", speaker_tables(others) or None),) if few else ()
        if is_nobody(name):
            yield _found(
                "warning", '{session}: the speaker "{name}" is not a person', session, *without, name=name
            )
        elif is_of_learning(name) or (organizations.by_name and organizations.is_known(name)):
            owners = [one for one in organizations.resolve(name) if one not in session.organizations]
            added = Edit(session.id, "organizations", [*session.organizations, *owners])
            template = '{session}: the speaker "{name}" is an organization'
            fixes = (*without, added) if few else ()
            yield _found("warning", template, session, *fixes, name=name)
        elif (bare := without_title(without_address(name))) != name:
            alone = [one._replace(name=bare) if one is speaker else one for one in session.speakers]
            fix = (Edit(session.id, "speakers", speaker_tables(alone)),) if few else ()
            template = '{session}: the speaker "{name}" has an address or a title beside the name'
            yield _found("warning", template, session, *fix, name=name)
        elif is_handle(name):
            yield _found("info", "{session}: {message}", session, message=Message(HANDLE, {"name": name}))
        elif parts_of(name):
            message = Message(MAY_BE_SEVERAL, {"name": name})
            yield _found("warning", "{session}: {message}", session, message=message, name=name)


def _turned_speakers(
    session: Session, organizations: Organizations, known: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield the speakers whose family name seems to be first, with the edit that sets the usual order."""
    few = len(session.speakers) <= MOST_PARTS
    for speaker in session.speakers if few else ():
        name = spaced(speaker.name)
        usual = turned(name)
        if usual is None or is_nobody(name) or organizations.is_known(name):
            continue
        others = [
            one._replace(name=usual, family=None) if one is speaker else one for one in session.speakers
        ]
        template = TURNED_IS_KNOWN if name_key(usual) in known else MAY_BE_TURNED
        message = Message(template, {"name": name, "turned": usual})
        is_here = any(
            one is not speaker and name_key(one.name) == name_key(usual) for one in session.speakers
        )
        tables = once_each(speaker_tables(others), organizations.are_one, by_name=is_here)
        yield _found(
            "warning",
            "{session}: {message}",
            session,
            Edit(session.id, "speakers", tables),
            message=message,
            name=name,
        )


def _speakers_twice(session: Session, organizations: Organizations) -> Iterator[Diagnostic]:
    """Yield the speakers who are listed twice; with two organizations, they may be two people."""
    names = Counter(map(spelling_key, (one.name for one in session.speakers)))
    if len(names) == len(session.speakers) or len(session.speakers) > MOST_PARTS:
        return
    tables = once_each(speaker_tables(session.speakers), organizations.are_one, by_name=True)
    for speaker in {spelling_key(one.name): one for one in reversed(session.speakers)}.values():
        if names[spelling_key(speaker.name)] == 1 or is_nobody(speaker.name):
            continue
        fix = Edit(session.id, "speakers", tables)
        template = '{session}: the speaker "{name}" is listed more than once'
        yield _found("warning", template, session, fix, name=spaced(speaker.name))


def _odd_date(session: Session, event: Event) -> Iterator[Diagnostic]:
    for message in odd_days({"date": session.date}, {}, event._asdict()):
        yield _found("error", "{session}: {message}", session, message=message)


def _odd_keywords(sessions: Sequence[Session]) -> Iterator[Diagnostic]:
    """Yield the rarer spellings of keywords that differ in case only, with the edits that set the most frequent one."""
    counts: dict[str, Counter[str]] = {}
    having: dict[str, list[Session]] = {}
    for session in sessions:
        for keyword in {fold(one): spaced(one) for one in session.keywords}.values():
            counts.setdefault(keyword.casefold(), Counter())[keyword] += 1
            having.setdefault(keyword, []).append(session)
    for spellings in counts.values():
        best, *others = sorted(spellings, key=lambda one: (-spellings[one], one))
        for other in others:
            found = having[other]
            fixes = tuple(
                Edit(one.id, "keywords", [best if spaced(word) == other else word for word in one.keywords])
                for one in found
                if len(one.keywords) <= MOST_PARTS
            )
            message = Message(
                'keyword "{name}" is spelled "{other}" in other sessions', {"name": other, "other": best}
            )
            yield Diagnostic("fact", "info", message, tuple(one.id for one in found), (other, best), fixes)


def _shared_names(named: Sequence[Event], events: Iterable[Event]) -> Iterator[Diagnostic]:
    """Yield the events that have the name of another one, or a year that is not that of their name."""
    by_name: dict[str, list[Event]] = {}
    for event in events:
        by_name.setdefault(name_key(event.name), []).append(event)
    for same in by_name.values():
        if len(same) > 1 and any(one in named for one in same):
            ids = tuple(one.id for one in same)
            values = {"name": same[0].name, "events": Listing(ids)}
            message = Message('several events are called "{name}": {events}', values)
            yield Diagnostic("fact", "warning", message, names=ids)
    for event in named:
        printed = year_in(event.name)
        if printed not in (None, event.year):
            values = {"event": event.id, "year": str(event.year), "name": event.name}
            message = Message('{event}: the year is {year}, but the name is "{name}"', values)
            yield Diagnostic("fact", "warning", message, names=(event.id,))


def _odd_events(events: Sequence[Event]) -> Iterator[Diagnostic]:
    for event in events:
        first, last = event.start_date, event.end_date
        if first and first[:4] != str(event.year):
            values = {"event": event.id, "date": first, "year": event.year}
            message = Message("event {event} starts on {date}, and its year is {year}", values)
            yield Diagnostic("fact", "error", message, names=(event.id,))
        if first and last and last < first:
            values = {"event": event.id, "first": first, "last": last}
            message = Message("event {event} ends on {last}, before it starts on {first}", values)
            yield Diagnostic("fact", "error", message, names=(event.id,))
