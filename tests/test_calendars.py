"""iCalendar, both ways: calendars of other programs, round trips, and what other parsers read."""

import json
import random
import re
from datetime import date, datetime
from pathlib import Path

import icalendar
import pytest
from hypothesis import given, settings

from mltalks.dataset.model import Event, Session
from mltalks.exchange.exporters import ical as to_ical
from mltalks.exchange.exporters.exporter import Context
from mltalks.exchange.importers import ical
from tests.conftest import Run
from tests.foreign import FOLDER, PROGRAMMES, event_fields, fields, found, texts

pytestmark = pytest.mark.excerpt

SAMPLE = (FOLDER / "opml19.ics").read_bytes()
EVENT = Event("opml19", "USENIX OpML '19", "OpML", 2019, start_date="2019-05-20")


def test_events_become_drafts() -> None:
    drafts, _ = found(ical, SAMPLE)
    katib, day, broken, utc = drafts
    assert katib.fields == {
        "id": "katib-example.org",
        "title": "Katib: A Distributed General AutoML Platform on Kubernetes",
        "summary": "One line, folded in the mi ddle;\nand another",
        "keywords": ["AutoML", "Kubernetes"],
        "date": "2019-05-20T10:30-07:00",
        "minutes": 20,
        "url": "https://www.usenix.org/conference/opml19/presentation/zhou",
    }
    assert katib.event == {"name": "USENIX OpML '19", "year": 2019}  # LOCATION may be a hall
    assert day.fields == {"id": "day", "title": "The whole day", "date": "2019-05-20"}
    assert broken.fields == {
        "id": "broken",
        "title": "At no time",
        "date": "sometime",
    }  # is reported and left out
    assert (utc.fields["date"], utc.fields["minutes"]) == ("2019-05-20T17:30+00:00", 75)


def test_organizers_and_attendees_are_not_imported() -> None:
    drafts, problems = found(ical, SAMPLE)
    assert "Some" not in repr(drafts) + repr(problems)
    assert "example.org" not in repr({**drafts[0].fields, "id": ""})


def test_events_that_are_not_imported_are_problems_with_lines() -> None:
    _, problems = found(ical, SAMPLE)
    in_utc = "its time is in UTC, and the calendar names no other time zone: days and times written in UTC are imported as those of UTC, but for known talks with a time zone"
    assert texts(problems) == [
        "in:30: The whole day: is a recurring event; only its first date, and dates with another title, are imported",
        "in:48: untitled: has no title; it is left out",
        f"in:51: In Greenwich: {in_utc}",
    ]
    assert [problem.severity for problem in problems] == ["warning", "error", "warning"]


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


def timed(zone: str, *times: str, rules: str = "") -> tuple[list[str], list[str]]:
    """Return the dates of events at some times in a zone, and the problems."""
    events = "".join(f'BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID="{zone}":{time}\nEND:VEVENT\n' for time in times)
    drafts, problems = found(ical, f"BEGIN:VCALENDAR\n{rules}{events}END:VCALENDAR\n")
    return [draft.fields["date"] for draft in drafts], texts(problems)


@pytest.mark.parametrize("zone", ["../../etc/passwd", "Europe", "Nowhere/At All", "My own zone"])
def test_a_time_in_an_unknown_zone_is_unchanged_and_reported_once(zone: str) -> None:
    reason = f'in:2: A: the time zone "{zone}" is not known; times in it are imported without a zone'
    assert timed(zone, "20190520T103000", "20190521T103000") == (
        ["2019-05-20T10:30", "2019-05-21T10:30"],
        [reason],
    )


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("W. Europe Standard Time", "+02:00"), ("Tokyo Standard Time", "+09:00"), ("Asia/Tokyo", "+09:00"),
        ("/freeassociation.example/Europe/Berlin", "+02:00"), ("/example.org/20010101_5/America/Argentina/Ushuaia", "-03:00"),
    ],
)  # fmt: skip
def test_a_zone_may_have_a_prefix_or_the_name_that_windows_gives_it(zone: str, offset: str) -> None:
    assert timed(zone, "20250715T093000") == ([f"2025-07-15T09:30{offset}"], [])


RULES = """\
BEGIN:VTIMEZONE
TZID:(UTC+01:00) Fernstadt\\, Moosburg
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;UNTIL=20300101T000000Z;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def test_a_zone_has_the_rules_that_the_calendar_gives_it() -> None:
    times = (
        "20250330T010000",
        "20250330T030000",
        "20251026T020000",
        "20251026T040000",
        "20260115T120000",
        "20310715T120000",
    )
    assert timed("(UTC+01:00) Fernstadt, Moosburg", *times, rules=RULES) == (
        [
            "2025-03-30T01:00+01:00", "2025-03-30T03:00+02:00", "2025-10-26T02:00+02:00", "2025-10-26T04:00+01:00",
            "2026-01-15T12:00+01:00", "2031-07-15T12:00+01:00",
        ],
        [],
    )  # fmt: skip


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=YEARLY;BYMONTH=99", "FREQ=YEARLY;BYDAY=5SU;BYMONTH=2", "x=;=;;", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"])  # fmt: skip
def test_a_rule_of_a_zone_that_is_not_understood_does_no_harm(rule: str) -> None:
    rules = f"BEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETTO:+0530\nRRULE:{rule}\nEND:STANDARD\nEND:VTIMEZONE\n"
    assert timed("Z", "20250715T093000", rules=rules) == (["2025-07-15T09:30+05:30"], [])


def test_a_calendar_may_be_folded_within_a_character(mltalks: Run, tmp_path: Path) -> None:
    line = "DESCRIPTION:Grüße — Bäume und größere Wälder".encode()
    pieces = [line[at : at + 7] for at in range(0, len(line), 7)]
    content = b"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Wald 2025\r\nBEGIN:VEVENT\r\nUID:w@x\r\nSUMMARY:Wald\r\n"
    content += b"\r\n ".join(pieces) + b"\r\nDTSTART:20250301T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    file = tmp_path / "folded.ics"
    file.write_bytes(content)
    assert mltalks("import", str(file)).code == 0
    assert (
        json.loads(mltalks("show", "wald-2025-w-x", "-o", "json").out)["summary"]
        == "Grüße — Bäume und größere Wälder"
    )
    file.write_bytes(content.replace(b"Wald\r\n", b"W\xffald\r\n"))
    damaged = mltalks("import", str(file))
    assert (damaged.code, damaged.err) == (
        3,
        f"mltalks: error: {file}:5: not UTF-8 text; set its encoding with --encoding\n",
    )


def test_html_is_removed_a_cancelled_event_left_out_and_no_hall_is_the_place_of_the_event() -> None:
    event = "BEGIN:VEVENT\nSUMMARY:%s\nLOCATION:Hall 1\n%s\nEND:VEVENT\n"
    drafts, problems = found(
        ical,
        "BEGIN:VCALENDAR\nX-WR-CALNAME:Days 2025\n"
        + event % ("Fast &amp\\; small", "DESCRIPTION:<p>Fast &amp\\; <b>small</b></p><p>x<br>y</p>")
        + event % ("Other", "X-ALT-DESC;FMTTYPE=text/html:<p>Only\nEND:VALARM")
        + event % ("Gone", "STATUS:CANCELLED"),
    )
    assert [(one.fields["title"], one.fields.get("summary")) for one in drafts] == [
        ("Fast & small", "Fast & small\nx\ny"),
        ("Other", "<p>Only"),
    ]
    assert [one.event for one in drafts] == [{"name": "Days 2025"}] * 2
    assert texts(problems) == ["in:14: Gone: is cancelled; it is left out"]


ROOMS = (
    "BEGIN:VEVENT\nUID:%d@example.org\nSUMMARY:Talk %d\nDTSTART:20310506T%d0000\nLOCATION:%s\nEND:VEVENT\n"
)


@pytest.mark.parametrize(
    ("places", "rooms", "unused"),
    [
        (["Main Hall\\, Nara", "Workshop 1\\, Nara", "Nara"], ["Main Hall", "Workshop 1", None], "LOCATION: Nara"),
        (["A101", "Kino"], ["A101", "Kino"], None),
        (["Main Hall", "Main Hall"], ["Main Hall", "Main Hall"], None),
        (["Nara", "Nara"], [None, None], "LOCATION"),
        (["Hall 2\\, Main Street 1\\, 10115 Berlin", "Cafe\\, Side Street 2\\, 10119 Berlin"], [None, None], "LOCATION"),
        (["https://meet.example.org/x", "Main Hall"], [None, "Main Hall"], "LOCATION: https://meet.example.org/x"),
    ],
)  # fmt: skip
def test_a_location_is_a_room_without_what_all_entries_share(
    mltalks: Run, tmp_path: Path, places: list[str], rooms: list[str | None], unused: str | None
) -> None:
    entries = "".join(ROOMS % (n, n, n + 10, place) for n, place in enumerate(places))
    (tmp_path / "in.ics").write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:Days 2031\n{entries}END:VCALENDAR\n")
    done = mltalks("import", "in.ics", cwd=tmp_path)
    assert re.findall(r"not used: 1 \((.+?)\)", done.err) == ([unused] if unused else [])
    found = json.loads(mltalks("list", "event:days-2031", "--sort", "title", "--json").out)
    assert [one["room"] for one in found] == rooms


def test_an_entry_says_its_kind_in_its_title_and_its_links_in_its_text(mltalks: Run, tmp_path: Path) -> None:
    entries = [
        "SUMMARY:[Keynote] Soup at scale\nDESCRIPTION:Speaker: Ann Fox\\nSlides: https://example.org/a.pdf\\nOn soup.\nCATEGORIES:Talk,Soup",
        "SUMMARY:[Soup] Bread\nDESCRIPTION:Site: https://example.org",
        "SUMMARY:Meet Days 2031",
        "SUMMARY:Networking & pizza",
    ]
    text = "".join(
        f"BEGIN:VEVENT\nUID:{n}@example.org\nDTSTART:20310506T1{n}0000\n{one}\nEND:VEVENT\n"
        for n, one in enumerate(entries)
    )
    (tmp_path / "in.ics").write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:Plan\n{text}END:VCALENDAR\n")
    done = mltalks("import", "in.ics", "--event", "Meet Days 2031", cwd=tmp_path)
    assert "Meet Days 2031: has the name of its event, and no speakers; it is skipped" in done.err
    assert "2 added, 0 changed, 2 skipped" in done.err
    soup, bread = json.loads(mltalks("list", "event:meet-days-2031", "--sort", "title", "--json").out)
    assert (soup["title"], soup["kind"], soup["keywords"]) == ("Soup at scale", "keynote", ["Soup"])
    assert (soup["slides"], soup["summary"]) == ("https://example.org/a.pdf", "On soup.")
    assert (bread["title"], bread["kind"], bread["summary"]) == (
        "[Soup] Bread",
        "talk",
        "Site: https://example.org",
    )


def test_an_entry_with_the_speakers_behind_its_title_is_the_known_talk_of_that_time(
    mltalks: Run, tmp_path: Path
) -> None:
    talk = ("--speaker", "Anna Müller; Bo Hay", "--date", "2031-05-06T09:30")
    mltalks("add", "Soup at night", "--event", "Meet 2031", *talk)
    entry = (
        "BEGIN:VEVENT\nUID:%s@example.org\nDTSTART:20310506T093000\nSUMMARY:%s\nLOCATION:Hall 1\nEND:VEVENT\n"
    )
    entries = entry % ("aaaaaaa1", "Soup at night (Anna Müller\\, Bo Hay)") + entry % (
        "bbbbbbb2",
        "Soup at night\\, part 2",
    )
    (tmp_path / "in.ics").write_text(f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR\n")
    done = mltalks("import", "in.ics", "--event", "Meet 2031", "--update", cwd=tmp_path)
    assert "1 added, 1 changed" in done.err
    (found,) = json.loads(mltalks("list", "meet-2031-soup-night", "--json").out)
    assert (found["title"], found["room"]) == ("Soup at night", "Hall 1")
    mltalks(
        "add",
        "Soup at night (Anna Müller)",
        "--event",
        "Meet 2031",
        "--date",
        "2031-05-06T09:30",
        "--id",
        "again",
    )
    assert "possible duplicate: again, meet-2031-soup-night" in mltalks("doctor", "event:meet-2031").out


def test_an_address_of_a_calendar_is_named_as_such(mltalks: Run) -> None:
    refused = mltalks("import", "webcal://example.org/x.ics")
    assert (
        "an address is no file; to look at it first: mltalks import --url https://example.org/x.ics"
        in refused.err
    )


def test_a_room_is_before_the_place_in_a_calendar_and_comes_back(mltalks: Run, tmp_path: Path) -> None:
    mltalks("event", "add", "Days 2031", "--date", "2031-05-06", "--place", "Nara, Japan")
    mltalks(
        "add", "Talk 1", "--event", "days-2031", "--date", "2031-05-06T10:00+09:00", "--room", "Main Hall"
    )
    mltalks("add", "Talk 2", "--event", "days-2031", "--date", "2031-05-06T11:00+09:00", "--track", "A")
    for number, option in enumerate(([], ["--roundtrip"])):
        mltalks("export", "event:days-2031", "-O", f"{number}.ics", *option, cwd=tmp_path)
        text = (tmp_path / f"{number}.ics").read_text()
        assert "\nLOCATION:Main Hall\\, Nara\\, Japan\n" in text
        known = mltalks("import", f"{number}.ics", cwd=tmp_path)
        assert ("2 already present" in known.err, "differs" in known.err) == (True, False)
    for form in ("csv", "tsv", "json", "toml", "db", "md"):
        mltalks("export", "event:days-2031", "-O", f"x.{form}", cwd=tmp_path)
        assert b"Main Hall" in (tmp_path / f"x.{form}").read_bytes()
    asked = (
        "room:hall",
        "has:room event:days-2031",
        "部屋:main",
        "event:days-2031 NOT has:track",
        "has:date room:Main*",
    )
    for query in asked:
        assert mltalks("list", query, "-o", "ids").out == "days-2031-talk-1\n", query
    assert "room" in mltalks("doctor", "event:days-2031").out
    assert "\nroom\tMain Hall\n" in mltalks("show", "days-2031-talk-1").out
    survey = mltalks("survey", "event:days-2031", "-o", "md").out
    assert "| time | minutes | room | title | speakers |" in survey
    mltalks("remove", "--query", "event:days-2031", "-y")
    mltalks("event", "remove", "days-2031", "-y")
    mltalks("import", "0.ics", cwd=tmp_path)
    assert "Nara, Japan" in mltalks("show", "days-2031").out
    assert mltalks("list", "room:Main*", "-o", "ids").out == "days-2031-talk-1\n"


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
    of_one_day = event.start_date and not (event.end_date or event.journal or event.is_collection)
    dated = [session for session in sessions if session.date or of_one_day]
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
    known = {
        event.id: event._replace(
            start_date="2019-05-20", end_date="2019-05-20", journal=None, collection=None
        )
    }
    text = "".join(to_ical.write(sessions, Context(known, roundtrip=True)))
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    read = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in read] == [session.title for session in sessions]
    assert [one.errors for one in read] == [[]] * len(sessions)


def test_a_session_has_its_own_time_or_the_day_of_its_event() -> None:
    sessions = [
        Session("a", "opml19", "OpML", 2019, "A", "talk"),
        Session("b", "opml19", "OpML", 2019, "B", "talk", date="2019-05-20T10:30+09:00", minutes=20),
        Session("c", "other", "Other", 2019, "C", "talk"),
        Session("d", "days", "Days", 2019, "On one of two days", "talk"),
        Session("e", "journal", "Journal", 2019, "An article", "paper"),
    ]
    days = Event("days", "Days", "Days", 2019, start_date="2019-05-20", end_date="2019-05-21")
    journal = Event("journal", "Journal", "Journal", 2019, start_date="2019-05-20", journal=True)
    known = {"opml19": EVENT._replace(end_date="2019-05-20"), "days": days, "journal": journal}
    changed = datetime.fromisoformat("2030-01-31T23:30+09:00")
    context = Context(known, changed=lambda _: changed)
    text = "".join(to_ical.write(sessions, context))
    first, second = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert (first["UID"], first.decoded("DTSTART")) == ("a@mltalks", date(2019, 5, 20))
    assert second.decoded("DTSTART") == datetime.fromisoformat("2019-05-20T01:30+00:00")
    assert second.decoded("DURATION").total_seconds() == 20 * 60
    assert second.decoded("DTSTAMP") == changed
    assert context.left_out.total() == 3
    assert text == "".join(to_ical.write(sessions, context))
    other = Context(known | {"opml19": EVENT}, changed=lambda _: changed)
    assert text == "".join(to_ical.write(sessions, other))


def test_a_programme_keeps_its_times_through_a_calendar_or_names_their_zone(
    mltalks: Run, tmp_path: Path
) -> None:
    rows = "title,date\nSoup by night,2031-05-06T09:30+01:00\nBread by day,2031-05-06T11:00+01:00\n"
    (tmp_path / "in.csv").write_text(rows, encoding="utf-8")
    assert mltalks("import", str(tmp_path / "in.csv"), "--event", "Meet 2031").code == 0
    whole, standard = tmp_path / "whole.ics", tmp_path / "standard.ics"
    mltalks("export", "event:meet-2031", "-f", "ical", "--roundtrip", "-O", str(whole))
    mltalks("export", "event:meet-2031", "-f", "ical", "-O", str(standard))
    assert "DTSTART:20310506T083000Z" in standard.read_text("utf-8")

    def programme(sent: Path) -> str:
        mltalks("remove", "--yes", "--query", "event:meet-2031")
        mltalks("import", str(sent))
        return mltalks("export", "event:meet-2031", "-f", "md").out

    assert "- 2031-05-06 09:30 · Soup by night" in programme(whole)
    assert "- 2031-05-06 08:30 UTC · Soup by night" in programme(standard)
    mltalks("edit", "--query", "title:bread event:meet-2031", "--date", "2031-05-06T11:00+01:00")
    for shown in (
        mltalks("export", "event:meet-2031", "-f", "md").out,
        mltalks("survey", "event:meet-2031", "-o", "md").out,
    ):
        assert "2031-05-06 08:30 UTC" in shown
        assert "2031-05-06 11:00 +01:00" in shown


def test_the_language_of_the_calendar_program_is_not_that_of_a_talk(mltalks: Run, tmp_path: Path) -> None:
    event = (
        "BEGIN:VEVENT\nUID:1bbb\nSUMMARY;LANGUAGE=de:Serving by night\nDTSTART:20310506T100000\nEND:VEVENT\n"
    )
    (tmp_path / "in.ics").write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", encoding="utf-8")
    assert mltalks("import", str(tmp_path / "in.ics"), "--event", "Meet 2031").code == 0
    (one,) = json.loads(mltalks("list", "event:meet-2031", "--json").out)
    assert (one["id"], one["language"]) == ("meet-2031-1bbb", None)


def test_the_default_event_counts_in_place_of_the_name_of_a_calendar(mltalks: Run, tmp_path: Path) -> None:
    event = "BEGIN:VEVENT\nUID:m{0}@x\nSUMMARY:Talk {0}\nDTSTART:203{0}0115T190000\nEND:VEVENT\n"
    text = f"BEGIN:VCALENDAR\nX-WR-CALNAME:My meetups\n{event.format(1)}{event.format(2)}END:VCALENDAR\n"
    (tmp_path / "in.ics").write_text(text, encoding="utf-8")
    said = mltalks("import", str(tmp_path / "in.ics"), "--default-event", "SP ML Meetup").err
    assert "new events: sp-ml-meetup-2031 (series SP ML Meetup), sp-ml-meetup-2032" in said
    mltalks("undo")
    mltalks("import", str(tmp_path / "in.ics"))
    first = ("import", str(tmp_path / "in.ics"), "--event", "SP ML Meetup 2031")
    said = mltalks(*first).err
    assert "has the id from which my-meetups-2031-m1-x was imported" in said
    assert "event: my-meetups-2031 → sp-ml-meetup-2031" in said
    assert "0 added, 0 changed, 2 skipped" in said
    assert "2 added" in mltalks(*first, "--keep-duplicates", "--dry-run").err.replace(
        "would add 2", "2 added"
    )
    assert "0 added, 2 changed" in mltalks(*first, "--update").err
    assert mltalks("list", "event:sp-ml-meetup-2031", "--count").out == "2\n"


def test_a_calendar_without_roundtrip_has_only_standard_properties() -> None:
    session = Session(
        "a", "opml19", "OpML", 2019, "Serving, fast", "keynote", keywords=("GPU",), summary="One.\nTwo.", themes=("aiops",),
        slides="https://example.org/s", date="2019-05-20T10:30+09:00", minutes=20, note="Mine", tags=("survey",),
    )  # fmt: skip
    text = "".join(to_ical.write([session], Context({"opml19": EVENT})))
    assert "MLTALKS-" not in text
    assert "\r\nCOMMENT:Mine\r\n" in text
    (draft,), problems = found(ical, text)
    assert draft.fields == {
        "id": "a",
        "title": "Serving, fast",
        "summary": "One.\nTwo.",
        "keywords": ["GPU"],
        "date": "2019-05-20T01:30+00:00",
        "minutes": 20,
        "url": "https://example.org/s",
    }
    assert [one.message.template[:21] for one in problems] == ["its time is in UTC, a"]


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


def test_a_summary_that_begins_like_the_line_of_speakers_stays_a_summary(
    mltalks: Run, tmp_path: Path
) -> None:
    summary = "Speakers: please bring your own laptop"
    session = Session(
        "s1", "days31", "Days", 2031, "A cache", "talk", summary=summary, date="2031-05-01T10:00"
    )
    event = Event("days31", "Days 2031", "Days", 2031)
    (tmp_path / "x.ics").write_text("".join(to_ical.EXPORTER.text([session], Context({"days31": event}))))  # type: ignore[misc]
    assert mltalks("import", "x.ics", "--event", "Days 2031", cwd=tmp_path).code == 0
    shown = json.loads(mltalks("list", "cache laptop", "--json").out)
    assert [(one["summary"], one["speakers"]) for one in shown] == [(summary, [])]


SPOKEN = """\
BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
UID:queues-and-caches@example.org\r
DTSTART:20310311T100000\r
SUMMARY:Queues and Caches\r
DESCRIPTION:{}\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.mark.parametrize(
    ("description", "people", "summary"),
    [
        ("Speaker: Lena Vogel (Example)", [("Lena Vogel", "Example")], None),
        ("On queues.\\n\\nSpeakers: Lena Vogel (Example)\\; Ada de Fox", [("Lena Vogel", "Example"), ("Ada de Fox", None)], "On queues."),
        ("<p>Presenter: Lena Vogel</p><p>On queues.</p>", [("Lena Vogel", None)], "On queues."),
        ("講演者：山田 太郎（例社）\\n概要です", [("山田 太郎", "例社")], "概要です"),
        ("Speaker: Lena Vogel\\nSpeaker: Ada Fox\\nOn queues.", [("Lena Vogel", None), ("Ada Fox", None)], "On queues."),
        ("Speaker: the part of a radio that one hears.", [], "Speaker: the part of a radio that one hears."),
        *((one, [], one) for one in (
            "Speaker: TBA", "Speaker: Coming Soon", "Speaker: Ada Fox\\, Staff Engineer", "登壇者：後日公開", "講師：東京大学 山田太郎 教授",
        )),
    ],
)  # fmt: skip
def test_speakers_whom_a_description_names_are_read(
    description: str, people: list[tuple[str, str | None]], summary: str | None
) -> None:
    (draft,), problems = found(ical, SPOKEN.format(description).encode())
    assert problems == []
    named = [(one["name"], one.get("organization")) for one in draft.fields.get("speakers", [])]
    text = draft.fields.get("summary") or draft.fields.get("summary_ja")
    assert (named, text) == (people, summary and summary.replace("\\", ""))
