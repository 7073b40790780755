"""Sessions as a Markdown list to read and to share, with a heading for each event, the newest first, its days and its place.

Does not write every field; an import cannot read it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from mltalks.dataset.model import Session, newest_first
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.messages import japanese, say, word
from mltalks.text import sanitize
from mltalks.text.dates import shown_times
from mltalks.text.formats import markdown
from mltalks.text.not_people import ET_AL

_LINKS = ("slides", "paper", "video")


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield the sessions of each event under its heading; events of the same day come in the order of their first sessions."""
    before = ""
    of_events: dict[str, list[Session]] = {}
    for session in sessions:
        of_events.setdefault(session.event, []).append(session)
    for one in newest_first(
        context.event(some[0]).with_days_of(session.date for session in some) for some in of_events.values()
    ):
        event = context.event(of_events[one.id][0])
        yield f"{before}## {sanitize.markdown(event.name)}\n\n"
        days = event.days if event.start_date or event.end_date else ""
        if facts := " · ".join(filter(None, (days, event.location))):
            yield f"{sanitize.markdown(facts)}\n\n"
        talks = _in_time(of_events[event.id])
        for session, when in zip(talks, shown_times(one.date for one in talks), strict=True):
            yield "".join(f"{line}\n" for line in _lines(session, when, context))
        before = "\n"


def _in_time(sessions: list[Session]) -> list[Session]:
    """Return the sessions of an event in the order of time, if times are known; those without one come last."""
    times = {date: datetime.fromisoformat(date) for one in sessions if "T" in (date := one.date or "")}
    if not all(moment.tzinfo for moment in times.values()):
        # One without a zone is of the place of the others.
        times = {date: moment.replace(tzinfo=None) for date, moment in times.items()}

    def when(session: Session) -> tuple[bool, Any]:
        date = session.date or "~"
        return date not in times, times.get(date, date)

    return sorted(sessions, key=when) if times else sessions


def _lines(session: Session, when: str, context: Context) -> Iterator[str]:
    title = sanitize.markdown(session.title)
    linked = markdown.link(title, session.url or session.paper or session.video or session.slides) or title
    links = (markdown.link(word(name, context.lang), getattr(session, name)) for name in _LINKS)
    track = f"{'~' if session.track_inferred else ''}{session.track}" if session.track else ""
    room = sanitize.markdown(session.room or "")
    minutes = say("{minutes} min", context.lang, minutes=session.minutes) if session.minutes else ""
    yield f"- {' · '.join(filter(None, [when, linked, minutes, room, sanitize.markdown(track), *links]))}"
    speakers = (context.speaker(one.name, one.organization) for one in session.speakers)
    more = [word(ET_AL, context.lang)] if session.speakers_incomplete else []
    in_order = (session.summary, session.summary_ja)
    summary = next(filter(None, reversed(in_order) if context.lang == "ja" else in_order), None)
    organizations = ("、" if context.lang == "ja" else "; ").join(context.printed(session.organizations))
    # A dash: the organizations of a session are not those of its last speaker.
    people = " — ".join(filter(None, [context.joined([*speakers, *more]), organizations]))
    for text in filter(None, (people, summary)):
        yield f"\n  {sanitize.markdown(text)}"
    if context.notes:
        yield from _own_words(session, context)


def _own_words(session: Session, context: Context) -> Iterator[str]:
    """Yield the user's note, in its lines, and tags."""
    headings = japanese("headings") if context.lang == "ja" else {}
    tags = context.joined(session.tags)
    for name, lines in (("note", (session.note or "").split("\n")), ("tags", [tags])):
        texts = [sanitize.markdown(line) for line in lines if line.strip()]
        if texts:
            texts[0] = f"**{headings.get(name, name.capitalize())}:** {texts[0]}"
            yield "\n  " + "\\\n  ".join(texts)


EXPORTER = Exporter(write)
