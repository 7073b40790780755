"""iCalendar, both ways: calendars of other programs, round trips, and what other parsers read."""

import random
from datetime import date, datetime

import icalendar
import pytest
from hypothesis import given, settings

from mltalks.dataset.model import Event, Session
from mltalks.exchange.exporters import ical as to_ical
from mltalks.exchange.exporters.exporter import Context
from mltalks.exchange.importers import ical
from tests.foreign import FOLDER, PROGRAMMES, event_fields, fields, found, texts

SAMPLE = (FOLDER / "opml19.ics").read_bytes()
EVENT = Event("opml19", "USENIX OpML '19", "OpML", 2019, start_date="2019-05-20")


def test_events_become_drafts() -> None:
    drafts, _ = found(ical, SAMPLE)
    katib, day, broken, utc = drafts
    assert katib.fields == {
        "title": "Katib: A Distributed General AutoML Platform on Kubernetes",
        "summary": "One line, folded in the mi ddle;\nand another",
        "keywords": ["AutoML", "Kubernetes"],
        "date": "2019-05-20T10:30-07:00",
        "minutes": 20,
        "url": "https://www.usenix.org/conference/opml19/presentation/zhou",
    }
    assert katib.event == {"name": "USENIX OpML '19", "year": 2019, "location": "Santa Clara, CA"}
    assert day.fields == {"id": "day", "title": "The whole day", "date": "2019-05-20"}
    assert broken.fields == {"id": "broken", "title": "At no time"}
    assert (utc.fields["date"], utc.fields["minutes"]) == ("2019-05-20T17:30+00:00", 75)


def test_organizers_and_attendees_are_not_imported() -> None:
    drafts, problems = found(ical, SAMPLE)
    assert "Some" not in repr(drafts) + repr(problems)
    assert "example.org" not in repr(drafts[0])


def test_events_that_are_not_imported_are_problems_with_lines() -> None:
    _, problems = found(ical, SAMPLE)
    assert texts(problems) == [
        "in:30: The whole day: is a recurring event; only its first date is imported",
        "in:48: untitled: has no title; it is left out",
    ]
    assert [problem.severity for problem in problems] == ["warning", "error"]


def test_line_ends_do_not_matter() -> None:
    assert found(ical, SAMPLE.replace(b"\r\n", b"\n")) == found(ical, SAMPLE)


def test_an_event_without_an_end_does_not_affect_the_next() -> None:
    drafts, problems = found(
        ical, "BEGIN:VEVENT\nSUMMARY:One\nBEGIN:VALARM\nBEGIN:VEVENT\nSUMMARY:Two\nEND:VEVENT\n"
    )
    assert [draft.fields["title"] for draft in drafts] == ["One", "Two"]
    assert texts(problems) == [
        "in:1: One: has no END:VEVENT; everything up to the next event is read as part of this event"
    ]


def test_a_time_in_an_unknown_zone_is_unchanged() -> None:
    for zone in ("W. Europe Standard Time", "../../etc/passwd", "Europe", "Nowhere/At All"):
        text = f'BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID="{zone}":20190520T103000\nEND:VEVENT\n'
        (draft,), _ = found(ical, text)
        assert draft.fields["date"] == "2019-05-20T10:30"


def test_a_calendar_is_recognised_by_its_first_line() -> None:
    assert ical.recognises("", SAMPLE.decode())
    assert not ical.recognises("a.ics", "title,kind\nBEGIN:VCALENDAR,talk\n")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PROGRAMMES)
def test_a_round_trip_through_a_calendar_keeps_all_fields(
    programme: tuple[Event, list[Session]],
) -> None:
    event, sessions = programme
    context = Context({event.id: event}, roundtrip=True)
    drafts, problems = found(ical, "".join(to_ical.write(sessions, context)))
    dated = [session for session in sessions if session.date or event.start_date]
    assert problems == []
    assert [draft.fields for draft in drafts] == [fields(session) for session in dated]
    assert all(draft.event == event_fields(event) for draft in drafts)
    assert context.left_out.total() == len(sessions) - len(dated)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PROGRAMMES)
def test_icalendar_reads_one_event_a_session_and_no_line_is_too_long(
    programme: tuple[Event, list[Session]],
) -> None:
    event, sessions = programme
    known = {event.id: event._replace(start_date="2019-05-20")}
    text = "".join(to_ical.write(sessions, Context(known, roundtrip=True)))
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    read = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in read] == [session.title for session in sessions]
    assert [one.errors for one in read] == [[]] * len(sessions)


def test_a_session_has_its_own_time_or_the_first_day_of_its_event() -> None:
    sessions = [
        Session("a", "opml19", "OpML", 2019, "A", "talk"),
        Session("b", "opml19", "OpML", 2019, "B", "talk", date="2019-05-20T10:30+09:00", minutes=20),
        Session("c", "other", "Other", 2019, "C", "talk"),
    ]
    context = Context({"opml19": EVENT})
    text = "".join(to_ical.write(sessions, context))
    first, second = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert (first["UID"], first.decoded("DTSTART")) == ("a@mltalks", date(2019, 5, 20))
    assert second.decoded("DTSTART") == datetime.fromisoformat("2019-05-20T01:30+00:00")
    assert second.decoded("DURATION").total_seconds() == 20 * 60
    assert second.decoded("DTSTAMP") == second.decoded("DTSTART")
    assert context.left_out.total() == 1
    assert text == "".join(to_ical.write(sessions, Context({"opml19": EVENT})))


def test_a_calendar_without_roundtrip_has_only_standard_properties() -> None:
    session = Session(
        "a", "opml19", "OpML", 2019, "Serving, fast", "keynote", keywords=("GPU",), summary="One.\nTwo.", themes=("aiops",),
        slides="https://example.org/s", date="2019-05-20T10:30+09:00", minutes=20, note="Mine", tags=("survey",),
    )  # fmt: skip
    text = "".join(to_ical.write([session], Context({"opml19": EVENT})))
    assert "MLTALKS-" not in text
    assert "\r\nCOMMENT:Mine\r\n" in text
    (draft,), problems = found(ical, text)
    assert (draft.fields, problems) == (
        {
            "title": "Serving, fast",
            "summary": "One.\nTwo.",
            "keywords": ["GPU"],
            "date": "2019-05-20T01:30+00:00",
            "minutes": 20,
            "url": "https://example.org/s",
        },
        [],
    )


def test_no_title_begins_a_line() -> None:
    title = "x\r\nEND:VEVENT\nATTACH:file:///etc/passwd\u2028BEGIN:VEVENT\x0bURL:javascript:x"
    session = Session("a", "opml19", "OpML", 2019, title, "talk")
    text = "".join(to_ical.write([session], Context({"opml19": EVENT}, roundtrip=True)))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert "ATTACH" not in event
    assert "URL" not in event
    assert text.splitlines() == text.split("\r\n")[:-1]


def test_mutated_calendars_give_drafts_or_problems() -> None:
    chance = random.Random(7)
    for _ in range(300):
        some = bytearray(SAMPLE)
        for _ in range(chance.randrange(1, 30)):
            at = chance.randrange(len(some))
            some[at : at + chance.randrange(3)] = chance.choice(
                [b":", b";", b'"', b"\n", b" ", b"\x00", b"9", b"BEGIN:", b"\\"]
            )
        drafts, problems = found(ical, some.decode("utf-8", "replace"))
        assert all(draft.fields["title"] for draft in drafts)
        assert all("\n" not in problem.text() for problem in problems)
