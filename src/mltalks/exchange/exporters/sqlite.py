"""Sessions with their events, themes, organizations and committees as an SQLite file, normalised, with full text.

Writes one fresh file; putting it in its place, whole or not at all, is left to the caller.
"""

import errno
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from mltalks.dataset.model import Event, Member, Organization, Session, Theme
from mltalks.errors import MltalksError

BATCH = 1_000  # sessions whose rows are in memory at once

# Tables whose rows are found by their keys alone need no row numbers. `sessions` has them, 1 to n without a gap, so that
# VACUUM, which counts rows anew, leaves the full text with the rows that it was made from.
_TABLES = """
CREATE TABLE events (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, series TEXT NOT NULL, year INTEGER NOT NULL, full_name TEXT,
  start_date TEXT, end_date TEXT, location TEXT, url TEXT, about TEXT, about_ja TEXT,
  coverage TEXT, coverage_note TEXT, source TEXT, committee_coverage TEXT, committee_note TEXT);
CREATE TABLE themes (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, name_ja TEXT, broader TEXT REFERENCES themes(id),
  definition TEXT, definition_ja TEXT);
CREATE TABLE organizations (
  name TEXT PRIMARY KEY, kind TEXT, parent TEXT REFERENCES organizations(name));
CREATE TABLE organization_aliases (
  organization TEXT NOT NULL REFERENCES organizations(name), alias TEXT NOT NULL,
  PRIMARY KEY (organization, alias)) WITHOUT ROWID;
CREATE TABLE sessions (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, event TEXT NOT NULL REFERENCES events(id), series TEXT NOT NULL,
  year INTEGER NOT NULL, kind TEXT NOT NULL, track TEXT, date TEXT, minutes INTEGER, language TEXT,
  speakers TEXT, companies TEXT, organizations TEXT, keywords TEXT, keywords_ja TEXT, themes TEXT,
  summary TEXT, summary_ja TEXT, url TEXT, slides TEXT, paper TEXT, video TEXT, doi TEXT, slides_public INTEGER,
  tags TEXT, mark TEXT, note TEXT, source TEXT, source_note TEXT);
CREATE TABLE session_speakers (
  session TEXT NOT NULL REFERENCES sessions(id), position INTEGER NOT NULL, name TEXT NOT NULL, organization TEXT,
  PRIMARY KEY (session, position)) WITHOUT ROWID;
CREATE TABLE session_companies (
  session TEXT NOT NULL REFERENCES sessions(id), company TEXT NOT NULL REFERENCES organizations(name),
  PRIMARY KEY (session, company)) WITHOUT ROWID;
CREATE TABLE session_themes (
  session TEXT NOT NULL REFERENCES sessions(id), theme TEXT NOT NULL REFERENCES themes(id),
  inferred INTEGER NOT NULL, PRIMARY KEY (session, theme)) WITHOUT ROWID;
CREATE TABLE session_keywords (
  session TEXT NOT NULL REFERENCES sessions(id), language TEXT NOT NULL, keyword TEXT NOT NULL,
  PRIMARY KEY (session, language, keyword)) WITHOUT ROWID;
CREATE TABLE members (
  id INTEGER PRIMARY KEY, event TEXT NOT NULL REFERENCES events(id), role TEXT NOT NULL, name TEXT NOT NULL,
  organization TEXT, organization_source TEXT, source TEXT);
CREATE VIRTUAL TABLE sessions_fts USING fts5(
  title, speakers, companies, keywords, keywords_ja, summary, summary_ja, content="sessions", tokenize='trigram');
"""
# Made when all rows are there. The columns of a foreign key are looked up in the other direction, the rest is counted.
_INDEXED = (
    *(("sessions", column) for column in ("event", "series", "year", "kind", "track")),
    ("session_speakers", "name"),
    ("session_companies", "company"),
    ("session_themes", "theme"),
    ("session_keywords", "keyword"),
    ("organizations", "parent"),
    ("themes", "broader"),
    ("members", "event"),
)
# NUL, at which SQLite's functions take a text to end, and lone surrogates, which UTF-8 cannot hold.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")

Rows = Iterable[Sequence[Any]]
T = TypeVar("T")


def write(
    sessions: Iterable[Session],
    events: Mapping[str, Event],
    themes: Iterable[Theme],
    organizations: Iterable[Organization],
    members: Iterable[Member],
    file: Path,
) -> None:
    """Write sessions, and what they name, into a new SQLite file; the same values give the same bytes.

    Of events, themes and organizations only those are written that the sessions name, and what is above these; of members
    those of these events. A company, theme or event that a session names and that is not handed over stands under its
    name alone. Sessions are taken one by one and are never all in memory. What was written is on the disk when this
    returns.

    The file is made to be opened by datasette: every reference is a foreign key, what is referred to has a `name` or
    `title` that is shown for it, and lists stand twice, as rows of their own (`session_companies`) and as a JSON array in
    the session, which can be counted there (`_facet_array=companies`). `session_themes.inferred` is 1 where nobody has set
    the theme.

    `sessions_fts` is an FTS5 table over title, speakers, companies, keywords and summary in both languages, which holds
    no text of its own but that of `sessions`; datasette searches it by `_search`. Its tokens are trigrams, as Japanese
    puts no spaces between words: a word is found within longer ones, in any case, if it has three letters or more.
    Two letters (推論, ML) find nothing there; `title LIKE '%推論%'` does. Source: SQLite
    documentation, FTS5, The Trigram Tokenizer and External Content Tables.

    Raises:
        MltalksError: the file is there already or cannot be written, or this SQLite has no trigrams (before 3.34).

    """
    if os.path.lexists(file):
        raise MltalksError("cannot write: {reason}", reason=f"{file}: {os.strerror(errno.EEXIST)}")
    some, used = iter(sessions), _Used()
    with _told(file):
        db = sqlite3.connect(file, isolation_level=None)
    with closing(db):
        with _told(file):
            # A file that is thrown away when anything fails needs no way back; COMMIT still waits for the disk.
            db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536; BEGIN; {_TABLES}")
        while batch := list(islice(some, BATCH)):
            used.note(batch)
            with _told(file):
                _insert_sessions(db, batch)
        with _told(file):
            _insert(db, "events", used.events_of(events))
            _insert(db, "members", _members(members, used.events))
            _insert(db, "themes", _themes(themes, used.themes))
            _insert_organizations(db, _organizations(organizations, used.companies))
            _index(db)
            db.execute("COMMIT")


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Make what SQLite says of a file an error for a person."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise MltalksError("cannot write: {reason}", reason=f"{file}: {error}") from None


def _index(db: sqlite3.Connection) -> None:
    for table, column in _INDEXED:
        db.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")
    db.execute("INSERT INTO sessions_fts(sessions_fts) VALUES ('rebuild')")
    db.execute("INSERT INTO sessions_fts(sessions_fts) VALUES ('optimize')")


class _Used:
    """What the sessions written so far name, in the order in which they name it; of events their series and year."""

    def __init__(self) -> None:
        self.events: dict[str, tuple[str, int]] = {}
        self.themes: dict[str, None] = {}
        self.companies: dict[str, None] = {}

    def note(self, sessions: Iterable[Session]) -> None:
        for session in sessions:
            self.events.setdefault(session.event, (session.series, session.year))
            self.themes.update(dict.fromkeys(session.themes))
            self.companies.update(dict.fromkeys(session.companies))

    def events_of(self, events: Mapping[str, Event]) -> Iterator[Event]:
        yield from (event for event in events.values() if event.id in self.events)
        for event, (series, year) in self.events.items():
            if event not in events:
                yield Event(event, event, series, year)


def _insert(db: sqlite3.Connection, table: str, rows: Rows) -> None:
    """Insert rows that have a value for each column of a table, in its order; what stands there already stays.

    Only of a session that is there already an error is made.
    """
    columns = len(db.execute(f"PRAGMA table_info({table})").fetchall())
    marks = ", ".join("?" * columns)
    how = "INSERT" if table == "sessions" else "INSERT OR IGNORE"
    db.executemany(f"{how} INTO {table} VALUES ({marks})", map(_values, rows))


def _values(row: Sequence[Any]) -> list[Any]:
    return [_NOT_TEXT.sub("\ufffd", value) if isinstance(value, str) else value for value in row]


def _insert_sessions(db: sqlite3.Connection, batch: Sequence[Session]) -> None:
    _insert(db, "sessions", map(_session, batch))
    speakers = ((one.id, at, *speaker) for one in batch for at, speaker in enumerate(one.speakers, 1))
    _insert(db, "session_speakers", speakers)
    _insert(db, "session_companies", ((one.id, company) for one in batch for company in one.companies))
    themes = ((one.id, theme, theme in one.themes_inferred) for one in batch for theme in one.themes)
    _insert(db, "session_themes", themes)
    _insert(db, "session_keywords", ((one.id, "en", keyword) for one in batch for keyword in one.keywords))
    _insert(db, "session_keywords", ((one.id, "ja", keyword) for one in batch for keyword in one.keywords_ja))


def _insert_organizations(db: sqlite3.Connection, organizations: Sequence[Organization]) -> None:
    _insert(db, "organizations", ((one.name, one.kind or None, one.parent) for one in organizations))
    aliases = ((one.name, alias) for one in organizations for alias in one.aliases)
    _insert(db, "organization_aliases", aliases)


def _session(one: Session) -> tuple[Any, ...]:
    return (
        *(one.id, one.title, one.event, one.series, one.year, one.kind, one.track),
        *(one.date, one.minutes, one.language),
        _array([speaker.name for speaker in one.speakers]),
        *map(_array, (one.companies, one.organizations, one.keywords, one.keywords_ja, one.themes)),
        *(one.summary, one.summary_ja, one.url, one.slides, one.paper, one.video, one.doi, one.slides_public),
        *(_array(one.tags), one.mark, one.note, one.source, one.source_note),
    )


def _array(texts: Sequence[str]) -> str | None:
    """Return texts as a JSON array, or None for none of them.

    >>> _array(["Google", "東京大学"]), _array(())
    ('["Google", "東京大学"]', None)
    """
    return json.dumps(list(texts), ensure_ascii=False) if texts else None


def _themes(themes: Iterable[Theme], named: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    by_id = {theme.id: theme for theme in themes}
    wanted = _with_those_above(named, {theme.id: theme.broader for theme in by_id.values()})
    for theme in _all_of(wanted, by_id, Theme):
        yield (
            theme.id,
            theme.label("en"),
            theme.label_ja,
            theme.broader,
            theme.definition,
            theme.definition_ja,
        )


def _organizations(organizations: Iterable[Organization], named: Iterable[str]) -> list[Organization]:
    by_name = {organization.name: organization for organization in organizations}
    wanted = _with_those_above(named, {one.name: one.parent for one in by_name.values()})
    return list(_all_of(wanted, by_name, lambda name: Organization(name, "")))


def _members(members: Iterable[Member], events: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    kept = (member for member in members if member.event in events)
    for number, member in enumerate(kept, 1):
        yield number, *member


def _with_those_above(named: Iterable[str], above: Mapping[str, str | None]) -> dict[str, None]:
    """Return names with all that stand above them, each once."""
    found: dict[str, None] = {}
    for name in named:
        step: str | None = name
        while step is not None and step not in found:
            found[step] = None
            step = above.get(step)
    return found


def _all_of(wanted: Mapping[str, None], known: Mapping[str, T], bare: Callable[[str], T]) -> Iterator[T]:
    """Yield the known values that are wanted in their order, then a bare one for each name that is not known."""
    yield from (value for name, value in known.items() if name in wanted)
    yield from (bare(name) for name in wanted if name not in known)
