"""The sections of a survey about its events: coverage, committees, tracks and kinds.

Does not count: where the survey has no number, the sentence says why.
"""

from collections import Counter
from collections.abc import Iterator

from mltalks.analysis.committee import is_editor
from mltalks.analysis.tracks import TrackCount, Tracks
from mltalks.dataset.model import CommitteeTally, Event, Session
from mltalks.messages import Lang, word
from mltalks.render.document import Block, Cell, Paragraph
from mltalks.render.output import tally_source
from mltalks.render.survey_writer import SurveyWriter
from mltalks.text.dates import shown_times
from mltalks.text.not_people import ET_AL


def events(writer: SurveyWriter) -> Iterator[Block]:
    """Yield the events of a survey, with their coverage, and what they are about."""
    rows = []
    abouts: dict[str, list[Event]] = {}
    for part in writer.survey.events:
        event = part.event
        rows.append(
            (
                event.name,
                part.sessions,
                part.total,
                writer.catalogue.days(event),
                word(event.location or "", writer.lang),
                word(event.coverage or "not known", writer.lang),
            )
        )
        about = event.text("about", writer.lang)
        if about:
            abouts.setdefault(about, []).append(event)
    columns = ("event", "found", "known sessions", "date", "place", "coverage")
    caption = writer.say("Events, their sessions in this survey, and coverage")
    yield writer.table("events", caption, columns, rows, numbers=2)
    for part in writer.survey.events:
        note = part.event.text("coverage_note", writer.lang)
        if note:
            yield writer.text("Coverage of {event}: {note}.", event=part.event, note=note)
    for about, events in abouts.items():
        yield writer.text("{events}: {about}", events=events, about=about)
    for event, sessions in writer.survey.programmes:
        talks: list[tuple[Cell, ...]] = [
            (
                when,
                one.minutes or "",
                one.title,
                writer.listed(_names(one, writer.lang)),
            )
            for one, when in zip(sessions, shown_times(one.date for one in sessions), strict=True)
        ]
        caption = writer.say(
            "Programme of {event}: the {sessions} whose time is known", event=event, sessions=len(talks)
        )
        yield writer.table(f"programme-{event.id}", caption, ("time", "minutes", "title", "speakers"), talks)


def _names(session: Session, lang: Lang) -> list[str]:
    more = [word(ET_AL, lang)] if session.speakers_incomplete else []
    return [*(speaker.name for speaker in session.speakers), *more]


def committee(writer: SurveyWriter) -> Iterator[Block]:
    """Yield the committees by organization, and where their counts come from."""
    found = writer.survey.committee
    if found.seats:
        unnamed = writer.say("(organization not known)")
        rows = [
            (one.organization or unnamed, one.seats, one.members or "", f"{one.share:.1%}")
            for one in found.organizations
        ]
        events = [one.event for one in found.events]
        caption = writer.say(
            "Seats on the committee of {events} by organization, including its units (total: {seats})",
            events=events,
            seats=found.seats,
        )
        columns = ("organization", "seats", "members", "share")
        yield writer.table("committee", caption, columns, rows, numbers=3, picture="bars")
    yield from _committee_sources(writer)
    members = Counter(one.event for one in writer.catalogue.members if not is_editor(one.role))
    unknown, unsure = [], []
    for event in writer.survey.uncounted:
        if event.committee_coverage is None and event.id in members:
            unsure.append(writer.say("{event} ({count} seats)", event=event, count=members[event.id]))
        elif event.committee_coverage is None:
            unknown.append(event)
        else:
            yield writer.caution(
                "The committee of {event} is not completely known ({note}), so it is not counted by organization.",
                event=event,
                note=event.text("committee_note", writer.lang) or word(event.committee_coverage, writer.lang),
            )
    if unsure:
        yield writer.caution(
            "The lists of these committees may lack members, so they are not counted by organization here, but by 'mltalks committee': {events}.",
            events=unsure,
        )
    if unknown:
        yield writer.caution("The committees of these events are not known: {events}.", events=unknown)


def _committee_sources(writer: SurveyWriter) -> Iterator[Paragraph]:
    """Yield for each committee, or each tally of it, who has the most seats, and what is counted if it is not only names."""
    found = writer.survey.committee
    named = [one.event for one in found.events if one.seats_from == "names"]
    if 0 < len(named) < len(found.events):
        yield writer.text("Counted from the names of all members: {events}.", events=named)
    for one in found.events:
        for tally in one.tallies or (None,):
            whose = _committee_name(writer, one.event, tally)
            for most in found.leaders:
                if (most.event, most.tally) == (one.event, tally):
                    share = (
                        "{count} of {total} seats each"
                        if len(most.organizations) > 1
                        else "{count} of {total} seats"
                    )
                    yield writer.text(
                        "Most seats on the committee of {whose}: {organizations} ({share}).",
                        whose=whose,
                        organizations=list(most.organizations),
                        share=writer.say(share, count=most.seats, total=most.total),
                    )
            if tally:
                yield writer.caution(
                    "The {total} seats of {whose} are taken from a tally by organization, not counted from names. Source: {source}.",
                    total=tally.total,
                    whose=whose,
                    source=tally_source(tally._asdict(), writer.lang),
                )


def _committee_name(writer: SurveyWriter, event: Event, tally: CommitteeTally | None) -> str:
    if tally is None:
        return event.name
    return writer.say("{event} ({role})", event=event, role=word(tally.role, writer.lang))


def tracks(writer: SurveyWriter) -> Iterator[Block]:
    """Yield the sessions by track of each event, and by kind."""
    survey = writer.survey
    for one in survey.tracks:
        if one.largest is not None or one.tally:
            yield from _event_tracks(writer, one)
    yield from _too_few_tracks(
        writer, [one for one in survey.tracks if one.largest is None and not one.tally]
    )
    kinds = [(word(kind, writer.lang), count) for kind, count in survey.kinds]
    yield writer.table("kinds", writer.say("Sessions by kind"), ("kind", "sessions"), kinds, picture="bars")


def _event_tracks(writer: SurveyWriter, one: Tracks) -> Iterator[Block]:
    """Yield the largest track of an event, and its sessions by track; with a tally, the known ones beside."""
    if one.largest:
        most = one.tracks[0].sessions
        share = writer.say("{count} of {total} sessions", count=most, total=one.total)
        yield writer.text(
            "The largest track of {event}: {tracks} ({count}).",
            event=one.event,
            tracks=list(one.largest),
            count=share if one.tally else writer.count(most),
        )
    if one.twice:
        yield writer.text("It has at least twice as many sessions as any other track.")
    if one.inferred:
        yield writer.caution(
            "The tracks of {inferred} of {sessions} are inferred, because no programme prints them; ~ marks them.",
            inferred=one.inferred,
            sessions=one.sessions,
        )
    if one.tally is None:
        caption = "Sessions by track of {event}: the track of {known} of {sessions} is known"
        rows: list[tuple[Cell, ...]] = [(_marked(track), track.sessions) for track in one.tracks]
        columns: tuple[str, ...] = ("track", "sessions")
    else:
        yield writer.caution(
            "The counts by track of {event} are taken from a tally of {total} sessions, not counted from the known sessions. Source: {source}.",
            total=one.total,
            event=one.event,
            source=tally_source(one.tally._asdict(), writer.lang),
        )
        caption = "Sessions by track of {event}: the numbers of a tally and those of the known sessions (the track of {known} of {sessions} is known)"
        rows = [(_marked(track), track.sessions, track.known) for track in one.tracks]
        if one.unknown:
            rows.append((writer.say("(track not known)"), one.unknown, ""))
        columns = ("track", "tally", "known sessions")
    said = writer.say(caption, event=one.event, known=one.known, sessions=one.sessions)
    yield writer.table(f"tracks-{one.event.id}", said, columns, rows, numbers=len(columns) - 1)


def _marked(track: TrackCount) -> str:
    return f"~{track.track}" if track.inferred else track.track


def _too_few_tracks(writer: SurveyWriter, untold: list[Tracks]) -> Iterator[Block]:
    """Yield the reason why the tracks of some events are not described."""
    for one in untold:
        if one.known:
            yield writer.caution(
                "The largest track of {event} is unknown, because the track is known for only {known} of {sessions}.",
                event=one.event,
                known=one.known,
                sessions=one.sessions,
            )
    nothing = [one.event for one in untold if not one.known]
    if nothing:
        yield writer.caution(
            "The largest track is unknown, because no track is known for these events: {events}.",
            events=nothing,
        )
