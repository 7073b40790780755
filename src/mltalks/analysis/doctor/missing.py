"""Facts that sessions lack, event by event, and records whose session or event is not loaded.

Does not look for the facts elsewhere.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from mltalks.analysis.doctor.diagnostic import Complete, Diagnostic
from mltalks.dataset.model import Event, Session, Unloaded
from mltalks.messages import Listing, Message

QUESTIONS = "summary or questions"  # a talk with neither is found by few words
# What a session may lack, by its name in messages, and a test of whether it has it.
_FACTS: dict[str, Callable[[Session], object]] = {
    "speaker": lambda one: one.people,
    "organization": lambda one: one.companies or one.organizations,
    "summary": lambda one: one.summary or one.summary_ja,
    QUESTIONS: lambda one: one.summary or one.summary_ja or one.questions or one.questions_ja,
    "link": lambda one: one.url or one.slides or one.paper or one.video or one.doi,
    "slides": lambda one: one.slides,
    "video": lambda one: one.video,
    "track": lambda one: one.track,
    "room": lambda one: one.room,
}
# And the kind that has none (None: all).
_OF_FEW = {"slides": "paper", "video": "paper", "track": None, "room": None}


def missing_facts(
    sessions: Sequence[Session],
    events: Mapping[str, Event],
    own: Collection[str] = (),
    *,
    only_own: bool = False,
) -> Iterator[Diagnostic]:
    """Yield, for each event in the order of its first session, how complete it is, and in one finding what its sessions lack.

    `own` has the ids of the user's events. With `only_own`, the sessions are the user's alone, and messages on events of others
    say so. If no session of an event has a track or a room, none is missing; nor are the slides and videos of papers.
    """
    by_event: dict[str, list[Session]] = {}
    for session in sessions:
        by_event.setdefault(session.event, []).append(session)
    for name, found in by_event.items():
        event = events.get(name)
        in_part = only_own and name not in own
        if event is not None and not event.complete and not event.endless and not in_part:
            template = (
                "the sessions of {event} are not all known ({coverage}); {count} are listed"
                if event.coverage
                else "{event} lists {count} sessions; it is unknown whether there were more"
            )
            values = {"event": name, "coverage": event.coverage, "count": len(found)}
            fixes = (Complete(name),) if name in own else ()
            yield Diagnostic("missing", "info", Message(template, values), (), (name,), fixes)
        yield from _lacking(name, found, in_part=in_part)


def _lacking(event: str, found: Sequence[Session], *, in_part: bool) -> Iterator[Diagnostic]:
    """Yield a finding with the number of sessions that lack each fact, if any do."""
    lacking = {what: _without(what, found) for what in _FACTS}
    if lacking["summary"] == lacking[QUESTIONS]:
        del lacking["summary"]
    parts = [
        Message("no {what} {lacking}", {"what": what, "lacking": len(some)})
        for what, some in lacking.items()
        if some
    ]
    if not parts:
        return
    facts = Listing([one.text() for one in parts], in_japanese=[one.text("ja") for one in parts])
    template = (
        "{event} ({count} sessions of yours): {facts}" if in_part else "{event} ({count} sessions): {facts}"
    )
    message = Message(template, {"event": event, "count": len(found), "facts": facts})
    ids = {name for some in lacking.values() for name in some}
    names = (event, *(what for what, some in lacking.items() if some))
    yield Diagnostic("missing", "info", message, tuple(one.id for one in found if one.id in ids), names)


def _without(what: str, found: Sequence[Session]) -> tuple[str, ...]:
    """Return the ids of the sessions that lack a fact that may be expected of them."""
    has = _FACTS[what]
    expected = found
    if what in _OF_FEW and not any(map(has, found)):
        expected = [one for one in found if _OF_FEW[what] not in (None, one.kind)]
    return tuple(one.id for one in expected if not has(one))


def unloaded_records(records: Iterable[Unloaded]) -> Iterator[Diagnostic]:
    """Yield a warning for each record of the user that is left out, or of which a part is, because a file is not loaded."""
    whole = (
        'your record of "{name}" is ignored, because the file that has its talk or event is not loaded here '
        "(--data, or the mltalks.toml of a project)"
    )
    parts = {
        "moves": 'the event that you gave "{name}" is ignored, because the file that has it is not loaded here '
        "(--data, or the mltalks.toml of a project)",
        "themes": "a theme that you gave \"{name}\" is ignored, because no file that is loaded here has it; 'mltalks validate' names it",
    }
    for one in records:
        message = Message(parts.get(one.table, whole), {"name": one.name})
        sessions = () if one.table == "events" else (one.name,)
        yield Diagnostic("missing", "warning", message, sessions, (one.name,))
