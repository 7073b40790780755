"""The catalogue as an SQLite file: queried by SQL, by datasette and by sqlite-utils."""

import asyncio
import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from mltalks.dataset.model import Event, Member, Organization, Session, Speaker, Theme
from mltalks.errors import MltalksError
from mltalks.exchange.exporters import sqlite
from mltalks.exchange.exporters.exporter import Context
from mltalks.library import Library
from tests.conftest import ROOT, shipped_library

CLEAN = [("ok",)]


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped_library()


def export(library: Library, query: str, file: Path) -> None:
    all_of = library.catalogue
    context = Context(
        all_of.events,
        all_of.themes,
        all_of.organizations.by_name,
        all_of.members,
        committee_tallies=all_of.committee_tallies,
        track_tallies=all_of.track_tallies,
    )
    sqlite.write(library.list(query).sessions, context, file)


@pytest.fixture(scope="module")
def shipped(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "talks.db"
    export(library, "", file)
    return file


def ask(file: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute(sql, values).fetchall()


def assert_sound(file: Path) -> None:
    assert ask(file, "PRAGMA integrity_check") == CLEAN
    assert ask(file, "PRAGMA foreign_key_check") == []
    with closing(sqlite3.connect(file)) as db:  # raises if the full text is not that of the sessions
        db.execute("INSERT INTO sessions_fts(sessions_fts, rank) VALUES ('integrity-check', 1)")


def found(file: Path, words: str) -> set[str]:
    sql = "SELECT id FROM sessions WHERE rowid IN (SELECT rowid FROM sessions_fts WHERE sessions_fts MATCH ?)"
    return {session for (session,) in ask(file, sql, words)}


# the shipped catalogue


@pytest.mark.slow
def test_the_file_is_sound_and_holds_every_session(library: Library, shipped: Path) -> None:
    assert_sound(shipped)
    ids = [session for (session,) in ask(shipped, "SELECT id FROM sessions ORDER BY rowid")]
    assert ids == [session.id for session in library.list().sessions]
    assert len(ids) > 400


def test_every_reference_is_a_foreign_key_with_an_index(shipped: Path) -> None:
    tables = [
        name for (name,) in ask(shipped, "SELECT name FROM sqlite_master WHERE sql LIKE '%REFERENCES%'")
    ]
    references = {
        (table, row[3], f"{row[2]}.{row[4]}")
        for table in tables
        for row in ask(shipped, f"PRAGMA foreign_key_list({table})")
    }
    assert references == {
        ("sessions", "event", "events.id"),
        *((f"session_{lists}", "session", "sessions.id") for lists in ("speakers", "companies", "themes")),
        ("session_keywords", "session", "sessions.id"),
        ("session_companies", "company", "organizations.name"),
        ("session_themes", "theme", "themes.id"),
        ("themes", "broader", "themes.id"),
        ("organizations", "parent", "organizations.name"),
        ("organization_aliases", "organization", "organizations.name"),
        ("members", "event", "events.id"),
        ("committee_tallies", "event", "events.id"),
        ("committee_tally_seats", "tally", "committee_tallies.id"),
        ("track_tallies", "event", "events.id"),
        ("track_tally_sessions", "event", "track_tallies.event"),
    }
    for table, column, _ in references:
        plan = ask(shipped, f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 'x'")
        assert plan[0][3].startswith("SEARCH"), (table, column)


def test_a_tally_is_joined_to_its_event(shipped: Path) -> None:
    assert ask(
        shipped,
        "SELECT event, role, total, seats FROM committee_tally_seats JOIN committee_tallies ON id = tally"
        " WHERE organization = 'Google' ORDER BY event, role",
    ) == [
        ("opml19", "Committee member", 29, 5),
        ("sysml19", "Chair", 23, 1),
        ("sysml19", "Programme committee member", 60, 5),
    ]
    assert ask(
        shipped, "SELECT sum(sessions), total FROM track_tally_sessions JOIN track_tallies USING (event)"
    ) == [(38, 38)]


def test_a_session_is_joined_to_all_that_it_names(shipped: Path) -> None:
    assert ask(
        shipped,
        "SELECT title, e.name, (SELECT group_concat(company, '; ') FROM session_companies WHERE session = s.id)"
        " FROM sessions s JOIN events e ON e.id = s.event WHERE s.id = 'opml19-katib'",
    ) == [
        (
            "Katib: A Distributed General AutoML Platform on Kubernetes",
            "USENIX OpML '19",
            "Cisco; NTT Software Innovation Center",
        )
    ]
    speakers = "SELECT position, name, organization FROM session_speakers WHERE session = 'opml19-katib'"
    assert ask(shipped, speakers)[4] == (5, "Yuji Oshima", "NTT Software Innovation Center")
    keywords = "SELECT keyword FROM session_keywords WHERE session = 'opml19-katib' AND language = ?"
    assert ("AutoML",) in ask(shipped, keywords, "en")
    assert ("ハイパーパラメータサーチ",) in ask(shipped, keywords, "ja")
    themes = "SELECT t.name, t.name_ja, b.name FROM session_themes JOIN themes t ON t.id = theme LEFT JOIN themes b"
    themes += " ON b.id = t.broader WHERE session = 'opml19-katib' ORDER BY t.name"
    assert ask(shipped, themes) == [
        ("Architecture search", "ニューラルアーキテクチャ探索", "AutoML"),
        ("Hyperparameter search", "ハイパーパラメータ探索", "AutoML"),
    ]


def test_the_query_of_the_document_counts_companies_as_the_command_does(
    library: Library, shipped: Path
) -> None:
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    printed = [
        (one.value, one.sessions, one.first_year, one.last_year) for one in library.facet("company").values
    ]
    assert sorted(ask(shipped, query)) == sorted(printed)


def test_inferred_themes_are_marked(library: Library, shipped: Path) -> None:
    wanted = {
        (session.id, theme, int(theme in session.themes_inferred))
        for session in library.list().sessions
        for theme in session.themes
    }
    assert set(ask(shipped, "SELECT session, theme, inferred FROM session_themes")) == wanted
    assert {inferred for _, _, inferred in wanted} == {0, 1}


@pytest.mark.parametrize(
    ("words", "session"),
    [
        ("kubernetes automl", "opml19-katib"),
        ("KUBERN", "opml19-katib"),
        ("ハイパーパラメータ", "opml19-katib"),
        ("summary_ja: マイクロサービス", "opml19-katib"),
        ("speakers: Oshima", "opml19-katib"),
        ("companies: Cisco", "opml19-katib"),
    ],
)
def test_full_text_is_found_in_both_languages_and_within_words(
    shipped: Path, words: str, session: str
) -> None:
    some = found(shipped, words)
    assert session in some
    assert len(some) < 40


def test_two_letters_are_found_by_like_alone(shipped: Path) -> None:
    assert found(shipped, "推論") == set()
    assert len(ask(shipped, "SELECT id FROM sessions WHERE summary_ja LIKE '%推論%'")) > 3


def test_full_text_outlives_vacuum(shipped: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(shipped.read_bytes())
    before = found(copy, "kubernetes")
    ask(copy, "VACUUM")
    assert found(copy, "kubernetes") == before
    assert_sound(copy)


def test_the_same_sessions_give_the_same_bytes(library: Library, shipped: Path, tmp_path: Path) -> None:
    export(library, "", tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == shipped.read_bytes()


# a part of it


def test_only_what_the_sessions_name_is_written(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    export(library, "id:opml19-katib", file)
    assert_sound(file)
    assert ask(file, "SELECT id FROM events") == [("opml19",)]
    assert set(ask(file, "SELECT DISTINCT event FROM members")) == {("opml19",)}
    assert set(ask(file, "SELECT name FROM organizations")) == {
        (name,) for name in ("Cisco", "NTT", "NTT Software Innovation Center")
    }
    assert ask(file, "SELECT count(*) FROM organization_aliases")[0][0] > 2
    session = library.session("opml19-katib")
    above = {one for theme in session.themes for one in library.catalogue.broader(theme)}
    assert {theme for (theme,) in ask(file, "SELECT id FROM themes")} == {*session.themes, *above}


def test_no_session_makes_an_empty_file_that_opens(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    export(library, "id:opml19-katib year:2020", file)
    assert_sound(file)
    assert ask(file, "SELECT count(*) FROM sessions") == [(0,)]
    assert found(file, "kubernetes") == set()


def test_unknown_records_are_written_with_their_names(tmp_path: Path) -> None:
    file = tmp_path / "bare.db"
    session = Session("x-1", "x", "X", 2024, "Serving", "talk", companies=("Nobody Inc.",), themes=("speed",))
    sqlite.write([session], Context(), file)
    assert_sound(file)
    assert ask(file, "SELECT id, name, series, year FROM events") == [("x", "x", "X", 2024)]
    assert ask(file, "SELECT id, name FROM themes") == [("speed", "speed")]
    assert ask(file, "SELECT name, kind FROM organizations") == [("Nobody Inc.", None)]


# other programs


def served(file: Path, *paths: str) -> Iterator[dict[str, Any]]:
    """Yield what datasette answers to each path below the database."""
    from datasette.app import Datasette

    async def answers() -> list[dict[str, Any]]:
        datasette = Datasette([str(file)])
        try:
            responses = [await datasette.client.get(f"/{file.stem}/{path}") for path in paths]
        finally:
            for database in datasette.databases.values():
                database.close()
        assert [one.status_code for one in responses] == [200] * len(paths)
        return [one.json() for one in responses]

    yield from asyncio.run(answers())


def test_datasette_searches_counts_and_links(shipped: Path) -> None:
    english, japanese, themes, session = served(
        shipped,
        "sessions.json?_search=kubernetes&_facet=kind&_facet=event&_shape=objects",
        "sessions.json?_search=レイテンシ&_facet_array=companies&_shape=objects",
        "session_themes.json?_facet=theme&session=opml19-katib&_labels=on&_shape=objects",
        "sessions/opml19-katib.json?_shape=objects",
    )
    assert {row["id"] for row in english["rows"]} == found(shipped, "kubernetes")
    kinds = {one["value"]: one["count"] for one in english["facet_results"]["kind"]["results"]}
    assert kinds == Counter(row["kind"] for row in english["rows"])
    events = {one["value"]: one["label"] for one in english["facet_results"]["event"]["results"]}
    assert events["opml19"] == "USENIX OpML '19"
    assert {row["id"] for row in japanese["rows"]} == found(shipped, "レイテンシ")
    companies = {one["value"] for one in japanese["facet_results"]["companies"]["results"]}
    assert "Microsoft" in companies
    assert {row["theme"]["label"] for row in themes["rows"]} == {
        "Architecture search",
        "Hyperparameter search",
    }
    assert session["rows"][0]["title"].startswith("Katib")


def test_sqlite_utils_finds_the_full_text_and_makes_it_anew(shipped: Path, tmp_path: Path) -> None:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

    copy = tmp_path / "copy.db"
    copy.write_bytes(shipped.read_bytes())
    db = Database(copy)
    sessions = db["sessions"]
    assert isinstance(sessions, Table)
    assert sessions.detect_fts() == "sessions_fts"
    sessions.update("opml19-katib", {"summary": "A phoenix."})
    sessions.rebuild_fts()
    assert [row["id"] for row in sessions.search("phoenix")] == ["opml19-katib"]
    db.close()


# anything that a session may hold


texts = st.text(st.characters(), max_size=12)  # with lone surrogates
lists = st.lists(texts, max_size=3).map(tuple)
sessions_of_one_event = st.builds(
    Session,
    id=st.uuids().map(str),
    event=st.just("x"),
    series=st.just("X"),
    year=st.just(2024),
    title=texts,
    kind=st.just("talk"),
    companies=lists.map(lambda some: tuple(dict.fromkeys(some))),
    speakers=st.lists(st.builds(Speaker, texts, st.none() | texts, st.none()), max_size=3).map(tuple),
    keywords=lists,
    keywords_ja=lists,
    themes=lists.map(lambda some: tuple(dict.fromkeys(some))),
    summary=st.none() | texts,
    slides_public=st.none() | st.booleans(),
    minutes=st.none() | st.integers(1, 1440),
    tags=lists,
    note=st.none() | texts,
)


def kept(text: str | None) -> str | None:
    """Return what SQLite keeps of a text."""
    return (
        None
        if text is None
        else "".join("\ufffd" if c == "\0" or "\ud800" <= c < "\ue000" else c for c in text)
    )


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(sessions_of_one_event, max_size=4, unique_by=lambda one: one.id))
def test_whatever_a_session_holds_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, some: Sequence[Session]
) -> None:
    file = tmp_path_factory.mktemp("any") / "any.db"
    event = Event("x", "X '24", "X", 2024)
    cycle = {"a": Theme("a", broader="b"), "b": Theme("b", broader="a")}
    sqlite.write(some, Context({"x": event}, cycle), file)
    assert_sound(file)
    for one in some:
        row = ask(
            file, "SELECT title, summary, slides_public, minutes, note FROM sessions WHERE id = ?", one.id
        )
        assert row == [
            (kept(one.title), kept(one.summary), one.slides_public, one.minutes, kept(one.note)),
        ]
        (tags,) = ask(file, "SELECT tags FROM sessions WHERE id = ?", one.id)[0]
        assert json.loads(tags or "[]") == [kept_in_json(tag) for tag in one.tags]
        speakers = "SELECT name, organization FROM session_speakers WHERE session = ? ORDER BY position"
        assert ask(file, speakers, one.id) == [(kept(s.name), kept(s.organization)) for s in one.speakers]
    file.unlink()


def kept_in_json(text: str) -> str:
    """Return what SQLite keeps of a text within an array, where NUL is escaped."""
    return "".join("\ufffd" if "\ud800" <= c < "\ue000" else c for c in text)


def test_circular_parents_end(tmp_path: Path) -> None:
    file = tmp_path / "circle.db"
    session = Session("x-1", "x", "X", 2024, "Serving", "talk", companies=("A",))
    cycle = {"A": Organization("A", "company", ("Aa", "Aa"), "B"), "B": Organization("B", "lab", (), "A")}
    members = [Member("x", "Chair", "Eve"), Member("y", "Chair", "Mallory")]
    sqlite.write([session], Context(organizations=cycle, members=members), file)
    assert_sound(file)
    assert ask(file, "SELECT name, parent FROM organizations") == [("A", "B"), ("B", "A")]
    assert ask(file, "SELECT name FROM members") == [("Eve",)]


# errors


def test_an_existing_file_is_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "mine.db"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(MltalksError, match=r"cannot write: .*mine\.db: File exists"):
        sqlite.write([], Context(), file)
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_missing_folder_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(MltalksError, match=r"cannot write: .*unable to open database file"):
        sqlite.write([], Context(), tmp_path / "nowhere" / "talks.db")


def test_a_repeated_session_is_an_error_of_one_line(tmp_path: Path) -> None:
    session = Session("x-1", "x", "X", 2024, "Serving", "talk")
    with pytest.raises(MltalksError, match=r"UNIQUE constraint failed: sessions\.id"):
        sqlite.write([session, session], Context(), tmp_path / "talks.db")


def test_an_error_of_the_input_does_not_name_the_file(tmp_path: Path) -> None:
    def damaged() -> Iterator[Session]:
        yield Session("x-1", "x", "X", 2024, "Serving", "talk")
        raise sqlite3.DatabaseError("database disk image is malformed")

    with pytest.raises(sqlite3.DatabaseError):
        sqlite.write(damaged(), Context(), tmp_path / "talks.db")


def test_a_full_disk_is_an_error_of_one_line(tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from mltalks.exchange.exporters import sqlite; from mltalks.dataset.model import Session\n"
        "from mltalks.exchange.exporters.exporter import Context\n"
        "from mltalks.errors import MltalksError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "some = (Session(str(n), 'x', 'X', 2024, 'word ' * 50, 'talk') for n in range(2_000))\n"
        "try:\n    sqlite.write(some, Context(), Path(sys.argv[1]))\n"
        "except MltalksError as error:\n    print(error.text('en'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "talks.db")],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("cannot write: ")
    assert done.stdout.count("\n") == 1
