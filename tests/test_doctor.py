"""`mltalks doctor`, on invented talks with one defect each, and on the shipped ones."""

import json
import os
import shlex
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings, strategies as st

from mltalks import __version__, open as open_library
from mltalks.analysis.doctor.diagnostic import Alias, Diagnostic, Edit
from mltalks.analysis.doctor.duplicates import duplicates
from mltalks.analysis.doctor.links import odd_links, without_tracking
from mltalks.analysis.doctor.odd_values import odd_facts
from mltalks.analysis.doctor.organizations import printed_organizations
from mltalks.analysis.doctor.similarity import numbers, similar_pairs
from mltalks.analysis.doctor.speakers import spellings_of_speakers
from mltalks.dataset.model import Session, Speaker
from mltalks.dataset.organizations import Organizations
from mltalks.messages import Lang
from mltalks.render.json_schemas import schema
from mltalks.render.views.doctor import checkup_view
from tests.conftest import ROOT, Run, shipped_library
from tests.linear import takes_linear_time
from tests.servers import serving

pytestmark = pytest.mark.excerpt

UNWELL = ROOT / "tests" / "data" / "checkup" / "unwell.toml"


@pytest.fixture(scope="module")
def found() -> list[Diagnostic]:
    return open_library(UNWELL, shipped=False).check_up().diagnostics


def findings_of(found: list[Diagnostic], *sessions: str) -> list[str]:
    return [one.message.text() for one in found if one.sessions == sessions and one.kind != "missing"]


def about(found: list[Diagnostic], words: str) -> Diagnostic:
    (one,) = [one for one in found if words in one.message.text()]
    return one


def test_a_duplicate_session_is_found(found: list[Diagnostic]) -> None:
    one = about(found, "possible duplicate")
    assert one.sessions == ("twice-a", "twice-b"), "given again at another event, on another day"
    assert one.severity == "warning"
    assert not [one for one in found if one.kind == "duplicate" and "part-one" in one.sessions]


def test_talks_at_one_time_are_duplicates_of_their_people_or_title(mltalks: Run) -> None:
    at, ann = ("--date", "2031-03-12T10:30"), ("--speaker", "Ann Fox", "--speaker", "Bo Hay")
    for title in ("Feature stores: buy, build or skip?", "Feature stores in 2031: buy, build or skip?"):
        mltalks("add", title, "--event", "Meet 2031", *ann, *at)
    for title in ("Cold soup", "Why models rot"):
        mltalks(
            "add",
            title,
            "--event",
            "Meet 2031",
            "--speaker",
            "Cy Doe",
            "--summary",
            "What keeps a model, as a soup, from going bad over night.",
            "--date",
            "2031-03-12",
        )
    for event in ("Meet 2031", "Club 2031"):
        mltalks("add", "Christmas social", "--event", event, "--date", "2031-12-12T19:00")
    found = {tuple(one["sessions"]): one["message"] for one in json.loads(mltalks("doctor", "--json").out)}
    names = ("meet-2031-feature-stores-buy-build-skip", "meet-2031-feature-stores-2031-buy-build")
    assert "have the same event, day and speakers" in found[names]
    assert "day, speakers and summary" in found["meet-2031-cold-soup", "meet-2031-models-rot"]
    social = found["meet-2031-christmas-social", "club-2031-christmas-social"]
    assert social.endswith("at different events on the same day; keep one ('mltalks remove ID')")


def test_titles_with_other_parts_days_or_words_are_no_duplicates() -> None:
    titles = [
        "Feature stores in practice, part 1", "Feature stores in practice, part 2", "Feature stores in practice, part A",
        "Feature stores in practice, part B", "Training large models at scale", "Serving large models at scale",
        "Training wide models", "Serving wide models", "機械学習基盤の作り方 前編", "機械学習基盤の作り方 後編",
        "機械学習基盤の作り方 第二回", "Inference on CPUs in our production", "Inference on GPUs in our production",
        "What CPUs do", "What GPUs do",
    ]  # fmt: skip
    sessions = [Session(str(n), "e", "E", 2026, title, "talk") for n, title in enumerate(titles)]
    assert list(duplicates(sessions)) == []
    again = [*sessions, sessions[0]._replace(id="x", title=titles[0].upper() + "!")]
    assert [one.sessions for one in duplicates(again)] == [("0", "x")]


def test_stop_words_make_no_titles_of_the_same_people_similar() -> None:
    titles = ("Where these were before soup", "Where these were before bread", "Because this having only tea")
    sessions = [
        Session(f"s{n}", "e", "E", 2026, title, "talk", speakers=(Speaker("Ann Fox"),), date="2026-05-06")
        for n, title in enumerate(titles)
    ]
    assert list(duplicates(sessions)) == []


def test_a_title_of_every_year_is_no_duplicate_unless_it_is_specific() -> None:
    chair = (Speaker("Ada Quill"),)
    opening = [
        Session(f"o{year}", f"e{year}", "E", year, "Opening remarks", "talk", speakers=chair)
        for year in (1, 2)
    ]
    assert list(duplicates(opening)) == []
    days = [
        Session(f"p{day}", "e", "E", 1, "Poster session", "poster", date=f"2026-01-0{day}") for day in (1, 2)
    ]
    assert list(duplicates(days)) == []
    telling = [one._replace(title="How we moved ranking to one cluster") for one in opening]
    (one,) = duplicates(telling)
    assert (one.sessions, one.severity) == (("o1", "o2"), "info")


def test_talks_of_several_events_are_not_removed_as_duplicates(mltalks: Run) -> None:
    talk = ("add", "Feature stores without tears", "--speaker", "Ann Fox")
    for number, day in (("1", "2026-01-15"), ("2", "2026-06-03"), ("3", "")):
        mltalks(*talk, "--event", f"Soup Night #{number} 2026", *(("--date", day) if day else ()))
    (one,) = (one for one in json.loads(mltalks("doctor", "--json").out) if one["kind"] == "duplicate")
    assert (len(one["sessions"]), one["command"]) == (2, None)
    assert "at different events; keep one ('mltalks remove ID'), or give each its day" in one["message"]
    mltalks("edit", one["sessions"][1], "--date", "2026-09-09")
    assert "duplicate" not in mltalks("doctor").out, "held three times"
    mltalks(*talk, "--event", "Soup Night #3 2026")
    (one,) = (one for one in json.loads(mltalks("doctor", "--json").out) if one["kind"] == "duplicate")
    assert one["command"].startswith("mltalks remove soup-night-3-2026-"), "of one event"


def test_a_duplicate_with_a_date_is_found(mltalks: Run) -> None:
    for title, dates in (
        ("Alpha beta", ("2026-03-03", "")),
        ("Gamma delta", ("2026-03-03T10:00", "2026-03-03")),
        ("Poster session", ("2026-03-03", "2026-03-04", "")),
        ("Coffee talk", ("2026-03-03T10:00", "2026-03-03T16:00")),
    ):
        for date in dates:
            mltalks("add", title, "--event", "W Day 2026", *(("--date", date) if date else ()))
    found = [
        one["names"] for one in json.loads(mltalks("doctor", "--json").out) if one["kind"] == "duplicate"
    ]
    assert found == [["Alpha beta"], ["Gamma delta"]]


def test_a_talk_with_a_corrected_title_is_found_by_its_day_and_speakers() -> None:
    def talk(
        name: str, title: str, people: str = "Ada Quill", date: str = "2031-05-06", event: str = "e"
    ) -> Session:
        speakers = tuple(map(Speaker, people.split(";")))
        return Session(name, event, "E", 2031, title, "talk", speakers=speakers, date=date)

    first = talk("a", "Serving soup at night")
    (one,) = duplicates([first, talk("b", "Serving hot soup at night"), talk("c", "Baking bread")])
    assert (one.sessions, one.severity, one.fixes) == (("a", "b"), "info", ())
    assert one.names == ("Serving soup at night", "Serving hot soup at night")
    for other in (
        talk("b", "Serving hot soup at night", people="Bo Fern"),
        talk("b", "Serving hot soup at night", date="2031-05-07"),
        talk("b", "Serving hot soup at night", event="f"),
        talk("b", "Serving soup at night, part 2"),
        talk("b", "Selling bread at night"),
    ):
        assert [one.sessions for one in duplicates([first, other])] == []
    assert len([*duplicates([first, first._replace(id="b")])]) == 1  # once, by its title


def test_spellings_of_a_speaker_are_corrected_to_the_most_frequent(found: list[Diagnostic]) -> None:
    names = {one.names[0]: one.names[1] for one in found if one.kind == "speaker"}
    assert names == {
        "A. Quill": "Ada Quill", "ADA QUILL": "Ada Quill", "Fern Bo": "Bo Fern", "山田太郎": "山田 太郎",
    }  # fmt: skip
    one = next(one for one in found if one.names == ("A. Quill", "Ada Quill"))
    assert one.command == "mltalks edit twice-b --rename-speaker 'A. Quill=Ada Quill'"


def speak(*names: str, organization: str | None = None) -> list[Diagnostic]:
    sessions = [
        Session(str(n), "e", "E", 2026, f"T{n}", "talk", speakers=(Speaker(name, organization),))
        for n, name in enumerate(names)
    ]
    return list(spellings_of_speakers(sessions, Organizations(())))


def test_similar_names_of_two_people_are_not_joined() -> None:
    assert speak("M. Zaharia", "Matei Zaharia") == []
    assert len(speak("M. Zaharia", "Matei Zaharia", organization="X")) == 1
    assert speak("M. Zaharia", "Matei Zaharia", "Maria Zaharia", organization="X") == []
    assert speak("Wei Li", "Li Wei") == []
    assert len(speak("Wei Li", "Li Wei", organization="X")) == 1
    assert speak("Ana Li", "Ann Li", organization="X") == []
    both = Session("s", "e", "E", 2026, "T", "talk", speakers=(Speaker("M. Li", "X"), Speaker("Mo Li", "X")))
    assert list(spellings_of_speakers([both], Organizations(()))) == []


def test_a_name_with_the_family_name_first_has_one_finding(mltalks: Run) -> None:
    for number, name in enumerate(("Bo Fern", "Fern, Bo", "Quill, Ada", "University of Broth")):
        added = mltalks("add", f"Soup part {number}", "--event", "Soup 2031", "--speaker", f"{name} (Acme)")
        assert added.code == 0
    found = json.loads(mltalks("doctor", "--json").out)
    about = [one for one in found if one["kind"] != "missing" and one["names"]]
    assert [(one["kind"], one["names"]) for one in about] == [
        ("fact", ["Fern, Bo"]), ("fact", ["Quill, Ada"]), ("fact", ["University of Broth"]),
    ]  # fmt: skip
    assert "--speaker 'Bo Fern (Acme)'" in about[0]["command"]


def test_several_organizations_in_one_text_are_no_spelling_of_one(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        "".join(
            f'[[sessions]]\nid = "s{number}"\nevent = "opml19"\ntitle = "Soup {number}"\nkind = "talk"\norganizations = {names}\n'
            for number, names in enumerate(('["Acme GmbH; Globo"]', '["Acme GmbH / Globo"]', '["Umbra", "Acme, Globo"]'))
        )
    )  # fmt: skip
    run = ("--data", "a.toml")
    found = json.loads(mltalks("doctor", *run, "--json", cwd=tmp_path).out)
    about = [one for one in found if one["kind"] == "organization"]
    assert {one["names"][0] for one in about} == {"Acme GmbH / Globo", "Acme, Globo"}
    assert all('may be several organizations; write "Acme' in one["message"] for one in about)
    last = next(one for one in about if one["sessions"] == ["s2"])
    assert last["command"] == "mltalks edit s2 --organization Umbra --organization Acme --organization Globo"


def test_unknown_organizations_become_aliases_of_known_ones(found: list[Diagnostic]) -> None:
    fixes = {one.names[0]: one for one in found if one.kind == "organization"}
    assert {name: one.fixes for name, one in fixes.items()} == {
        "University of Nowere": (Alias("University of Nowere", "University of Nowhere"),),
        "ExampleMotors": (Alias("ExampleMotors", fixes["ExampleMotors"].names[1]),),
        "Elsewhere Labs, Inc.": (Alias("Elsewhere Labs, Inc.", "Elsewhere Labs"),),
    }
    assert (
        fixes["University of Nowere"].command
        == "mltalks alias 'University of Nowere' 'University of Nowhere'"
    )
    assert not any(one.mechanical for one in fixes.values())


def test_shared_names_of_organizations_are_reported_for_all_sessions_only(found: list[Diagnostic]) -> None:
    one = about(found, "differ only in spaces or company suffix (Inc., GmbH)")
    assert set(one.names) == {"Example Motors", "Example Motors K.K."}
    some = open_library(UNWELL, shipped=False).check_up("event:un25").diagnostics
    assert {one.kind for one in some} == {"fact", "missing"}


def test_mechanical_fixes_change_no_fact(found: list[Diagnostic]) -> None:
    fixes = {fix for one in found if one.mechanical for fix in map(repr, one.fixes)}
    assert fixes == {
        repr(Edit("untidy", "title", "Fast & small")),
        repr(Edit("untidy", "speakers", [{"name": "Cy Moss"}])),
        repr(Edit("untidy", "keywords", ["Kafka"])),
        repr(Edit("links", "url", "http://example.org/page?id=1")),
    }


@pytest.mark.parametrize(
    ("session", "text", "command"),
    [
        (
            "links",
            "uses http, but other links to this host use https",
            "--url 'https://example.org/page?id=1&utm_source=x'",
        ),
        (
            "links",
            "watch?v=x seems to be video but is stored as slides",
            "--slides '' --video 'https://www.youtube.com/watch?v=x'",
        ),
        ("links", "is a local address, which other people cannot reach", None),
        ("pdf", "talk.pdf seems to be slides but is stored as video", None),
        ("loud", "is in capital letters", None),
        ("loud", "summary only repeats the title", "--summary ''"),
        ("dot", "ends with a period", "--title 'Everything ends'"),
        ("quoted", "has quotation marks around it", "--title '引用された題名'"),
        ("bold", "contains HTML or Markdown", "--title 'A bold claim; rm -rf $HOME'"),
        ("nobody", 'the speaker "TBA" is not a person', "--speaker EM --speaker 'Cy Moss'"),
        (
            "nobody",
            'the speaker "EM" is an organization',
            "--speaker TBA --speaker 'Cy Moss' --organization 'Example Motors'",
        ),
        ("late", "the date 2026-03-05 is outside the event un26 (2026-03-02 – 2026-03-04)", None),
    ],
)
def test_each_finding_has_the_command_that_fixes_it(
    found: list[Diagnostic], session: str, text: str, command: str | None
) -> None:
    (one,) = [one for one in found if one.sessions == (session,) and text in one.message.text()]
    assert one.command == (command and f"mltalks edit {session} {command}")
    assert not one.mechanical


def test_correct_values_have_no_finding(found: list[Diagnostic]) -> None:
    assert (
        findings_of(found, "abbreviated")
        == findings_of(found, "part-two")
        == findings_of(found, "firms-too")
        == []
    )
    assert about(found, 'keyword "kafka" is spelled "Kafka" in other sessions').sessions == ("late",)
    assert (
        about(found, "2 sessions have the same slides link: https://example.org/twice.pdf").severity
        == "warning"
    )


def test_events_with_odd_years_are_errors_and_come_first(found: list[Diagnostic]) -> None:
    errors = [one.message.text() for one in found if one.severity == "error"]
    assert "event un25 starts on 2024-12-31, and its year is 2025" in errors
    assert "event un25 ends on 2024-12-30, before it starts on 2024-12-31" in errors
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)


def test_missing_facts_are_counted_by_event(found: list[Diagnostic]) -> None:
    missing = {one.names: one for one in found if one.kind == "missing"}
    assert (
        missing["un26",].message.text() == "the sessions of un26 are not all known (partial); 17 are listed"
    )
    (un26, un25) = (one for names, one in missing.items() if len(names) > 1)
    assert "no slides 13, " in un26.message.text()
    assert un26.message.text().endswith(" no track 16")
    assert len(un26.sessions) == 17
    assert "動画なし1件" in un25.message.text("ja")
    assert "track" not in un25.names  # no session of it has one


@pytest.mark.excerpt
def test_what_own_papers_lack_is_one_finding_of_each_event(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "papers.csv"
    file.write_text(
        "title,authors,kind,event,year,doi,slides\nAlpha,Ann Poe,paper,Heron 2031,2031,10.5555/a,\nBeta,Ann Poe,paper,Heron 2031,2031,,\nGamma,Bo Coe,talk,Wren 2031,2031,,\n"
    )
    mltalks("import", str(file))
    lines = [
        line.split("\t")[2]
        for line in mltalks("doctor", "-n", "0", "-o", "plain").out.splitlines()
        if "\tmissing\t" in line
    ]
    assert [line for line in lines if "lists" not in line] == [
        "heron-2031 (2 sessions): no organization 2, no summary or questions 2, no link 1",
        "wren-2031 (1 session): no organization 1, no summary or questions 1, no link 1, no slides 1, no video 1",
    ]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_findings_fit_their_schema_in_both_languages(found: list[Diagnostic], lang: Lang) -> None:
    records = checkup_view(found, lang).records
    jsonschema.validate(records, schema("checkup"))
    assert len({record["message"] for record in records}) > 30


def test_the_shipped_talks_have_no_error_and_nothing_mechanical() -> None:
    found = shipped_library().check_up().diagnostics
    assert not [one for one in found if one.severity == "error" or one.mechanical or one.kind == "duplicate"]


# Texts of the letters in which names and titles differ, and of what should not be there.
TEXTS = st.text(
    st.sampled_from("aAbBiIvx .,-&;#<>/'\"?=éÉ山太ァ１一前編株式会社\u3000\u200b\x00\ud800"),
    min_size=1,
    max_size=24,
).filter(str.strip)
SESSIONS = st.lists(
    st.builds(
        Session,
        id=st.uuids().map(str),
        event=st.sampled_from(["e", "f"]),
        series=st.just("S"),
        year=st.just(2026),
        title=TEXTS,
        kind=st.just("talk"),
        speakers=st.lists(st.builds(Speaker, TEXTS, st.none() | TEXTS, st.none()), max_size=3).map(tuple),
        organizations=st.lists(TEXTS, max_size=2).map(tuple),
        keywords=st.lists(TEXTS, max_size=3).map(tuple),
        summary=st.none() | TEXTS,
        video=st.none() | TEXTS.map(lambda text: f"https://example.org/{text}"),
    ),
    max_size=6,
)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(SESSIONS)
def test_findings_are_about_existing_sessions(sessions: list[Session]) -> None:
    organizations = Organizations(())
    found = [
        *duplicates(sessions),
        *spellings_of_speakers(sessions, organizations),
        *printed_organizations(sessions, organizations),
        *odd_links(sessions),
        *odd_facts(sessions, {}, organizations),
    ]
    ids = {session.id: session for session in sessions}
    for one in found:
        assert set(one.sessions) <= set(ids)
        assert one.message.text()
        if one.command:
            assert shlex.split(one.command)[:2] in (["mltalks", name] for name in ("edit", "alias", "doctor"))
        for fix in one.fixes:
            if isinstance(fix, Edit):
                assert fix.value != getattr(ids[fix.session], fix.field)


@given(st.text("ab&?=#utm_", max_size=30))
def test_taking_tracking_away_twice_changes_nothing_more(tail: str) -> None:
    once = without_tracking(f"https://example.org/{tail}")
    assert without_tracking(once) == once


@given(st.lists(st.text("abc ", min_size=6, max_size=14), max_size=12))
def test_alike_are_pairs_of_other_places_with_the_same_numbers(keys: list[str]) -> None:
    for first, second in similar_pairs(keys, {}):
        assert first < second
        assert numbers(keys[first]) == numbers(keys[second])


def many(count: int) -> list[Session]:
    """Return sessions of 20 events whose titles share words, and whose speakers share surnames."""
    words = [f"{a}{b}" for a in ("serv", "train", "scal", "tun", "prun") for b in ("ing", "er", "able", "ed")]
    return [
        Session(
            f"s{n}", f"e{n % 20}", "E", 2026, " ".join(words[n // 20**k % 20] for k in range(5)) + f" {n // 97}", "talk",
            speakers=(Speaker(f"{'ABC'[n % 3]}{n % 991} Li", f"Org {n % 57}"),),
            keywords=(words[n % 20],), slides=f"https://example.org/{n}",
        )
        for n in range(count)
    ]  # fmt: skip


def test_the_time_is_linear() -> None:
    def work(count: int) -> None:
        sessions = many(count)
        list(duplicates(sessions))
        list(spellings_of_speakers(sessions, Organizations(())))
        list(printed_organizations(sessions, Organizations(())))

    assert takes_linear_time(work, 4000)


def test_the_time_is_linear_where_many_talks_print_two_organizations() -> None:
    def work(count: int) -> None:
        sessions = many(count)
        printed = (one._replace(organizations=(f"Ab{n}, De{n}",)) for n, one in enumerate(sessions))
        assert len(list(printed_organizations(list(printed), Organizations(())))) >= count

    assert takes_linear_time(work, 4000)


def test_the_command_prints_findings_as_json_and_as_lines_to_copy(mltalks: Run) -> None:
    result = mltalks("doctor", "event:un26", "--data", str(UNWELL), "--json")
    assert (result.code, result.err) == (0, "")
    records = json.loads(result.out)
    jsonschema.validate(records, schema("checkup"))
    drawn = mltalks("doctor", "event:un26", "--data", str(UNWELL), "-o", "table", "-n", "2").out.splitlines()
    assert "    mltalks edit bold --title 'A bold claim; rm -rf $HOME'" not in drawn  # the third of its kind
    assert drawn[0] == "error: late: the date 2026-03-05 is outside the event un26 (2026-03-02 – 2026-03-04)"
    assert len(drawn) < 5


def test_the_exit_status_is_one_if_there_are_findings(mltalks: Run) -> None:
    assert mltalks("doctor", "id:late", "--data", str(UNWELL), "--exit-status").code == 1
    assert mltalks("doctor", "id:firms-too", "--data", str(UNWELL), "--exit-status").code == 0
    assert mltalks("doctor", "company:nothing-like-it").code == 4


def test_ones_own_data_are_checked_unless_asked_for_more(mltalks: Run) -> None:
    none = mltalks("doctor", "--json")
    assert (none.out, "--all checks the shipped data" in none.err) == ("[]\n", True)
    assert len(json.loads(mltalks("doctor", "--all", "--json").out)) > 1
    mltalks("tag", "opml19-katib", "mine")
    assert "--all checks the shipped data" in mltalks("doctor").err  # a tag is no fact
    mltalks("add", "Q&amp;A on  serving", "--event", "Meetup 2025", "--speaker", "Ren&eacute; Zhou (Cisco)")
    title = json.loads(mltalks("show", "opml19-katib", "--json").out)["title"]
    mltalks("add", title, "--event", "opml19", "--id", "again")
    found = json.loads(mltalks("doctor", "--json").out)
    assert {name for one in found for name in one["sessions"]} == {
        "again",
        "opml19-katib",
        "meetup-2025-q-amp-serving",
    }
    commands = [one["command"] for one in found if one["command"]]
    assert "mltalks remove again" in commands
    assert "mltalks event complete meetup-2025" in commands
    assert max(map(len, commands)) < 80
    assert len(json.loads(mltalks("doctor", "-n", "2", "--json").out)) == 2
    fixed = mltalks("doctor", "--fix")
    assert fixed.out == ""
    assert "title Q&A on serving; speakers René Zhou" in fixed.err
    assert "findings that are left: " in fixed.err
    assert "nothing was changed" in mltalks("doctor", "--fix").err


@pytest.mark.slow
@pytest.mark.skipif("HTTP_PROXY" in os.environ, reason="the command would ask the proxy")
def test_links_are_checked_only_with_the_option(mltalks: Run, tmp_path: Path) -> None:
    with serving() as server:
        file = tmp_path / "own.toml"
        file.write_text(
            '[[events]]\nid="e"\nname="E"\nseries="E"\nyear=2026\n[[sessions]]\nid="s"\nevent="e"\ntitle="Links"\nkind="talk"\n'
            f'slides="{server.address("/404", "127.0.0.1")}"\nvideo="{server.address("/moved-again", "127.0.0.1")}"\n'
            f'paper="{server.address("/500", "127.0.0.1")}"\n'
        )
        silent = mltalks("doctor", "id:s", "--data", str(file))
        assert "dead" not in silent.out
        assert server.requests == []
        checked = mltalks("doctor", "id:s", "--data", str(file), "--check-links", "--json")
        assert checked.err == "mltalks: checking 3 links\n"
        commands = {
            one["message"]: one["command"] for one in json.loads(checked.out) if one["kind"] == "link"
        }
        slides, video, paper = (
            server.address(path, "127.0.0.1") for path in ("/404", "/moved-again", "/500")
        )
        ok = server.address("/ok", "127.0.0.1")
        assert (
            commands[f"{slides} does not work: the server responded with HTTP status 404 Not Found"]
            == "mltalks edit s --slides ''"
        )
        assert commands[f"{video} has moved to {ok}"] == f"mltalks edit s --video {ok}"
        assert (
            commands[
                f"{paper} could not be checked: the server responded with HTTP status 500 Internal Server Error"
            ]
            is None
        )
        assert {agent for agent in server.agents if agent} == {f"mltalks/{__version__}"}


def test_findings_keep_words_whole_and_commands_in_one_piece(mltalks: Run) -> None:
    for title in (
        "Serving models for a rather long year",
        "Serving model for a rather long year",
    ):
        added = mltalks("add", title, "--event", "Nordic Days 2030", "--speaker", "Ann Lee")
        assert added.code == 0
    wide, narrow = (
        mltalks("doctor", "-o", "table", env={"COLUMNS": columns}).out for columns in ("500", "60")
    )
    commands = [line for line in wide.splitlines() if line.startswith("    mltalks")]
    assert commands
    assert set(commands) <= set(narrow.splitlines())
    said = [line for line in narrow.splitlines() if line not in commands]
    assert all(len(line) <= 60 for line in said)
    assert set(" ".join(said).split()) <= set(wide.split())


@pytest.mark.excerpt(False)
def test_a_query_narrows_the_findings_but_not_what_they_are_compared_with(mltalks: Run) -> None:
    for title, event, speaker in (
        ("One talk", "Barge Days 2031", "D. Sculley"),
        ("Two", "Tug 2031", "Ann Fox"),
    ):
        mltalks("add", title, "--event", event, "--speaker", speaker)
    mltalks("edit", "barge-days-2031-one-talk", "--add-keyword", "automl")
    everything = json.loads(mltalks("doctor", "--json").out)
    narrowed = json.loads(mltalks("doctor", "event:barge-days-2031", "--json").out)
    messages = [one["message"] for one in everything if "barge-days-2031" in str(one["sessions"])]
    assert any("D. Sculley" in one for one in messages)
    assert any('keyword "automl" is spelled "AutoML"' in one for one in messages)
    assert set(messages) <= {one["message"] for one in narrowed}
    assert not any("tug-2031" in str(one) for one in narrowed)
