"""Facts that sessions lack, event by event, and records whose session or event is not loaded.

Does not look for the facts elsewhere.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from mltalks.analysis.doctor.diagnostic import Complete, Diagnostic
from mltalks.dataset.model import Event, Session, Unloaded
from mltalks.messages import Message

# What a session may lack, by its name in messages, and a test of whether it has it.
_FACTS: dict[str, Callable[[Session], object]] = {
    "speaker": lambda one: one.people,
    "organization": lambda one: one.companies or one.organizations,
    "summary": lambda one: one.summary or one.summary_ja,
    "link": lambda one: one.url or one.slides or one.paper or one.video,
    "slides": lambda one: one.slides,
    "video": lambda one: one.video,
    "track": lambda one: one.track,
}


def missing_facts(
    sessions: Sequence[Session],
    events: Mapping[str, Event],
    own: Collection[str] = (),
    *,
    only_own: bool = False,
) -> Iterator[Diagnostic]:
    """Yield, for each event in the order of its first session, how complete it is and what its sessions lack.

    `own` has the ids of the user's events. Sessions with neither a summary nor questions are named, other facts counted.
    With `only_own`, the sessions are the user's alone, and messages on events of others say so. Tracks are not reported as missing if no session of the event has one.
    """
    by_event: dict[str, list[Session]] = {}
    for session in sessions:
        by_event.setdefault(session.event, []).append(session)
    for name, found in by_event.items():
        for session in found:
            if not (session.summary or session.summary_ja or session.questions or session.questions_ja):
                message = Message("{session} has neither a summary nor questions", {"session": session.id})
                yield Diagnostic("missing", "info", message, (session.id,), (name, "questions"))
        event = events.get(name)
        in_part = only_own and name not in own
        if event is not None and not event.complete and not in_part:
            template = (
                "the sessions of {event} are not all known ({coverage}); {count} are listed"
                if event.coverage
                else "{event} lists {count} sessions; it is unknown whether there were more"
            )
            values = {"event": name, "coverage": event.coverage, "count": len(found)}
            fixes = (Complete(name),) if name in own else ()
            yield Diagnostic("missing", "info", Message(template, values), (), (name,), fixes)
        for what, has in _FACTS.items():
            lacking = tuple(one.id for one in found if not has(one))
            if lacking and not (what == "track" and len(lacking) == len(found)):
                values = {"event": name, "lacking": len(lacking), "count": len(found), "what": what}
                template = (
                    "{event}: {lacking} of {count} sessions of yours have no {what}"
                    if in_part
                    else "{event}: {lacking} of {count} sessions have no {what}"
                )
                message = Message(template, values)
                yield Diagnostic("missing", "info", message, lacking, (name, what))


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
