"""Sessions with their events, themes, organizations and committees as an SQLite file, normalised, with full text.

Writes a new file; the caller renames it to its final name.
"""

import errno
import json
import os
import re
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Event, Organization, Session, Theme
from mltalks.errors import MltalksError
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.text.sanitize import SURROGATES

BATCH = 1_000  # sessions whose rows are in memory at once

# Tables whose rows are found by their keys alone need no row numbers. `sessions` has them, 1 to n without a gap: VACUUM may
# number rows anew, and the full text refers to them by number.
_TABLES = """
CREATE TABLE events (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, series TEXT NOT NULL, year INTEGER NOT NULL, full_name TEXT,
  start_date TEXT, end_date TEXT, location TEXT, url TEXT, about TEXT, about_ja TEXT,
  coverage TEXT, coverage_note TEXT, coverage_note_ja TEXT, source TEXT,
  committee_coverage TEXT, committee_note TEXT, committee_note_ja TEXT, journal INTEGER,
  collection INTEGER);
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
  year INTEGER NOT NULL, kind TEXT NOT NULL, track TEXT, track_inferred INTEGER, date TEXT, minutes INTEGER, room TEXT, language TEXT,
  speakers TEXT, speakers_incomplete INTEGER, companies TEXT, organizations TEXT, keywords TEXT, keywords_ja TEXT, themes TEXT,
  summary TEXT, summary_ja TEXT, questions TEXT, questions_ja TEXT, url TEXT, slides TEXT, paper TEXT, video TEXT, doi TEXT, citation_key TEXT, slides_public INTEGER,
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
CREATE TABLE committee_tallies (
  id INTEGER PRIMARY KEY, event TEXT NOT NULL REFERENCES events(id), role TEXT NOT NULL, total INTEGER NOT NULL,
  source TEXT NOT NULL, source_note TEXT, source_note_ja TEXT);
CREATE TABLE committee_tally_seats (
  tally INTEGER NOT NULL REFERENCES committee_tallies(id), organization TEXT NOT NULL, seats INTEGER NOT NULL);
CREATE TABLE track_tallies (
  event TEXT PRIMARY KEY REFERENCES events(id), total INTEGER NOT NULL, source TEXT NOT NULL, source_note TEXT,
  source_note_ja TEXT);
CREATE TABLE track_tally_sessions (
  event TEXT NOT NULL REFERENCES track_tallies(event), track TEXT NOT NULL, sessions INTEGER NOT NULL);
CREATE VIRTUAL TABLE sessions_fts USING fts5(
  title, speakers, companies, keywords, keywords_ja, summary, summary_ja, questions, questions_ja, content="sessions", tokenize='trigram');
"""
# Created after all rows: indexes of foreign keys, for the other direction, and of columns that are counted.
_INDEXED = (
    *(("sessions", column) for column in ("event", "series", "year", "kind", "track")),
    ("session_speakers", "name"),
    ("session_companies", "company"),
    ("session_themes", "theme"),
    ("session_keywords", "keyword"),
    ("organizations", "parent"),
    ("themes", "broader"),
    ("members", "event"),
    ("committee_tallies", "event"),
    ("committee_tally_seats", "tally"),
    ("track_tally_sessions", "event"),
)
# NUL, which ends a text for SQLite's functions, and lone surrogates, which UTF-8 cannot encode.
_NOT_TEXT = re.compile(f"[\x00{SURROGATES}]")

T = TypeVar("T")


def write(sessions: Iterable[Session], context: Context, file: Path) -> None:
    """Write sessions, and the records that they name, into a new SQLite file; equal values give equal bytes.

    Only the events, themes and organizations that the sessions name are written, with those above them, and the members and
    tallies of these events. An unknown company, theme or event is written with its name alone. Sessions are read one by one and
    are never all in memory. The file is synced to disk when this returns.

    The file suits datasette: every reference is a foreign key, its target has a `name` or `title` to be shown, and lists are
    written twice, as rows (`session_companies`) and as a JSON array in the session, which datasette can count
    (`_facet_array=companies`). `session_themes.inferred` is 1 for themes of the classifier.

    `sessions_fts` is an external content FTS5 table over title, speakers, companies, keywords and summary in both languages;
    datasette searches it by `_search`. Its tokens are trigrams, as Japanese has no spaces between words: a word is found within
    longer ones, in any case, if it has three letters or more. For two letters (推論, ML), use `title LIKE '%推論%'`. Source: SQLite
    documentation, FTS5, The Trigram Tokenizer and External Content Tables.

    Raises MltalksError: the file exists or cannot be written, or this SQLite has no trigrams (before 3.34).
    """
    if os.path.lexists(file):
        raise MltalksError("cannot write: {reason}", reason=f"{file}: {os.strerror(errno.EEXIST)}")
    remaining = iter(sessions)
    events: dict[str, Event] = {}  # of the sessions so far, like the others
    themes: dict[str, None] = {}
    companies: dict[str, None] = {}
    with _reported(file):
        db = sqlite3.connect(file, isolation_level=None)
    with closing(db):
        with _reported(file):
            # No rollback is needed, as the file is deleted on any error; COMMIT still syncs it.
            db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536; BEGIN; {_TABLES}")
        while batch := list(islice(remaining, BATCH)):
            for session in batch:
                events.setdefault(session.event, context.event(session))
                themes.update(dict.fromkeys(session.themes))
                companies.update(dict.fromkeys(session.companies))
            with _reported(file):
                _insert_sessions(db, batch)
        with _reported(file):
            _insert_named(db, context, events, themes, companies)
            _index(db)
            db.execute("COMMIT")


@contextmanager
def _reported(file: Path) -> Iterator[None]:
    """Turn an error of SQLite into a MltalksError that names the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise MltalksError("cannot write: {reason}", reason=f"{file}: {error}") from None


def _index(db: sqlite3.Connection) -> None:
    for table, column in _INDEXED:
        db.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")
    db.execute("INSERT INTO sessions_fts(sessions_fts) VALUES ('rebuild')")
    db.execute("INSERT INTO sessions_fts(sessions_fts) VALUES ('optimize')")


def _ordered(names: Iterable[str], known: Mapping[str, T], unknown: Callable[[str], T]) -> Iterator[T]:
    """Yield the known values of some names in catalogue order, then `unknown(name)` for each other name."""
    wanted = dict.fromkeys(names)
    yield from (value for name, value in known.items() if name in wanted)
    yield from (unknown(name) for name in wanted if name not in known)


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any] | Mapping[str, Any]]) -> None:
    """Insert rows with a value for each column of a table, in its order or by its name; a row with a known key is ignored.

    Raises sqlite3.IntegrityError: a session has a known key.
    """
    columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
    values = ([row[name] for name in columns] if isinstance(row, Mapping) else row for row in rows)
    insert = "INSERT" if table == "sessions" else "INSERT OR IGNORE"
    marks = ", ".join("?" * len(columns))
    db.executemany(f"{insert} INTO {table} VALUES ({marks})", (list(map(_value, row)) for row in values))


def _value(value: Any) -> Any:
    """Return a value for a cell: a JSON array for texts, None for no texts.

    >>> _value(("Google", "東京大学")), _value(()), _value(2019)
    ('["Google", "東京大学"]', None, 2019)
    """
    if isinstance(value, tuple):
        value = json.dumps(value, ensure_ascii=False) if value else None
    return _NOT_TEXT.sub("\ufffd", value) if isinstance(value, str) else value


def _insert_sessions(db: sqlite3.Connection, batch: Sequence[Session]) -> None:
    sessions = (
        one._asdict() | {"speakers": tuple(speaker.name for speaker in one.speakers)} for one in batch
    )
    _insert(db, "sessions", sessions)
    speakers = (
        (one.id, at, speaker.name, speaker.organization)
        for one in batch
        for at, speaker in enumerate(one.speakers, 1)
    )
    _insert(db, "session_speakers", speakers)
    _insert(db, "session_companies", ((one.id, company) for one in batch for company in one.companies))
    themes = ((one.id, theme, theme in one.themes_inferred) for one in batch for theme in one.themes)
    _insert(db, "session_themes", themes)
    for lang, field in (("en", "keywords"), ("ja", "keywords_ja")):
        keywords = ((one.id, lang, keyword) for one in batch for keyword in getattr(one, field))
        _insert(db, "session_keywords", keywords)


def _insert_named(
    db: sqlite3.Connection,
    context: Context,
    events: Mapping[str, Event],
    themes: Iterable[str],
    companies: Iterable[str],
) -> None:
    """Insert the events, themes and organizations that the sessions name."""
    _insert(db, "events", _ordered(events, context.events, events.__getitem__))
    members = (member for member in context.members if member.event in events)
    _insert(db, "members", ((number, *member) for number, member in enumerate(members, 1)))
    _insert_tallies(db, context, events)
    broader = {theme.id: theme.broader for theme in context.themes.values()}
    labelled = (
        one._asdict() | {"name": one.label("en"), "name_ja": one.label_ja}
        for one in _ordered(with_ancestors(themes, broader), context.themes, Theme)
    )
    _insert(db, "themes", labelled)
    parents = {one.name: one.parent for one in context.organizations.values()}
    organizations = list(_ordered(with_ancestors(companies, parents), context.organizations, Organization))
    _insert(db, "organizations", ((one.name, one.kind, one.parent) for one in organizations))
    aliases = ((one.name, alias) for one in organizations for alias in one.aliases)
    _insert(db, "organization_aliases", aliases)


def _insert_tallies(db: sqlite3.Connection, context: Context, events: Container[str]) -> None:
    committees = enumerate((one for one in context.committee_tallies if one.event in events), 1)
    for number, one in committees:
        _insert(db, "committee_tallies", [one._asdict() | {"id": number}])
        _insert(db, "committee_tally_seats", ((number, *seats) for seats in one.seats))
    for event, tally in context.track_tallies.items():
        if event in events:
            _insert(db, "track_tallies", [tally._asdict()])
            _insert(db, "track_tally_sessions", ((event, *track) for track in tally.tracks))


EXPORTER = Exporter(file=write)
