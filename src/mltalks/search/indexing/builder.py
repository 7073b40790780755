"""Builds an index of all data, and changes the sessions of one.

Does not open the database, in memory or in a file, and does not find out what has changed: `refresh` does.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mltalks.dataset.loader import Dataset, without_collecting
from mltalks.dataset.model import Session
from mltalks.search.index.database import stored_value
from mltalks.search.index.packed_texts import packed
from mltalks.search.index.word_vectors import WordVectors
from mltalks.search.indexing.documents import NOTHING, Documents, Things
from mltalks.search.indexing.facet_writer import FacetWriter
from mltalks.search.indexing.session_words import NO_WORDS, SessionReader
from mltalks.search.indexing.thesaurus_writer import write_theme_names, write_thesaurus, write_things
from mltalks.search.indexing.word_writer import WordWriter
from mltalks.text.formats.json_text import json_safe

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE files (number INTEGER PRIMARY KEY, layer INTEGER, path TEXT, state TEXT, keys TEXT, digests BLOB);
CREATE TABLE sessions (doc INTEGER PRIMARY KEY, id TEXT, key TEXT, date TEXT);
CREATE TABLE texts (doc INTEGER PRIMARY KEY, packed BLOB);
CREATE TABLE likeness (doc INTEGER PRIMARY KEY, vector BLOB, themes TEXT);
CREATE INDEX sessions_by_key ON sessions (coalesce(key, id));
CREATE TABLE words (
    word TEXT PRIMARY KEY, stem TEXT, sound TEXT, found_in INTEGER, subject INTEGER, subjects INTEGER, names INTEGER, asked BLOB,
    best BLOB, weights BLOB, rest BLOB, steps BLOB
);
CREATE INDEX words_by_stem ON words (stem);
CREATE INDEX words_by_sound ON words (sound) WHERE sound <> '';
CREATE TABLE vocabulary (part TEXT PRIMARY KEY, words TEXT);
CREATE TABLE others (key TEXT PRIMARY KEY, same TEXT, near TEXT) WITHOUT ROWID;
CREATE TABLE long_names (pair TEXT PRIMARY KEY, names TEXT) WITHOUT ROWID;
CREATE TABLE labels (key TEXT, theme TEXT, name TEXT, strength TEXT, PRIMARY KEY (key, theme, name)) WITHOUT ROWID;
CREATE TABLE hints (hint TEXT PRIMARY KEY, names TEXT) WITHOUT ROWID;
CREATE TABLE hints_by_stem (stem TEXT PRIMARY KEY, hints TEXT) WITHOUT ROWID;
CREATE TABLE facets (
    facet TEXT, key TEXT, value TEXT, found_in INTEGER, docs BLOB, PRIMARY KEY (facet, key)
) WITHOUT ROWID;
CREATE TABLE names (facet TEXT, key TEXT, value TEXT, spelling TEXT, PRIMARY KEY (facet, key, value)) WITHOUT ROWID;
"""

TABLES = (
    "events", "themes", "organizations", "members", "committee_tallies", "track_tallies", "decisions", "keywords", "unloaded",
)  # fmt: skip
TOGETHER = 1000  # sessions that are written at once

Progress = Callable[[int, int], None]


class SessionChange(NamedTuple):
    """A session with its number, before and after a change; None before it is added and after it is removed."""

    doc: int
    before: Session | None
    after: Session | None


def compile_index(
    data: Dataset, into: sqlite3.Connection, progress: Progress | None = None, readings: str = ""
) -> None:
    """Write the index of a dataset into an empty database.

    `progress` is called with the number of sessions done and that of all. `readings` are those of `write_thesaurus`.
    """
    with without_collecting():
        into.executescript(SCHEMA)
        into.execute("BEGIN")
        write_things({name: [*getattr(data, name)] for name in TABLES}, into)
        write_theme_names(data.themes, into)
        write_thesaurus(data.terms, data.organizations, readings, into)
        things = Things(
            data.events, data.themes, data.organizations, data.keywords, data.decisions, data.unloaded
        )
        changes = [SessionChange(doc, None, session) for doc, session in enumerate(data.sessions)]
        write_sessions(changes, Documents(NOTHING), Documents(things), into, progress)
        into.execute("COMMIT")


def write_sessions(
    changes: "list[SessionChange]",
    before: Documents,
    after: Documents,
    into: sqlite3.Connection,
    progress: Progress | None = None,
    order: Sequence[int] = (),
) -> None:
    """Write changes of sessions, given in the order of the files, into an index that has its thesaurus, and empty their list.

    `before` and `after` are the things that the sessions refer to. `order` are the numbers of all sessions in the order of the
    files, unless they rise; that before is in the index.
    """
    reader, meaning, encode = SessionReader(into), WordVectors(), json.JSONEncoder(ensure_ascii=False).encode
    words, facets, rows = WordWriter(into), FacetWriter(into, after), SessionRows(into)
    total = len(changes)
    changes.reverse()
    while changes:  # each is freed when it is written, to save memory
        doc, was, now = changes.pop()
        done = total - len(changes) - 1
        if progress and done % 1000 == 0:
            progress(done, total)
        old = reader.words(before.texts(was)) if was else NO_WORDS
        new = NO_WORDS
        if now is None:
            rows.remove(doc)
        else:
            now = after.filed(now)
            new = reader.words(after.texts(now))
            vector, themes = meaning.of_session(new.texts()), " ".join(after.broader(now))
            texts = packed(new.line, json_safe(encode(now.record())))
            rows.put(doc, now, texts, vector, themes)
        words.note(doc, old, new)
        facets.note(doc, before.facets(was) if was else (), after.facets(now) if now else ())
    rows.flush()
    old_order = _places(json.loads(stored_value(into, "order") or "[]"))
    size = _write_size(into, order)
    words.write(size)
    if before is not after:
        facets.write_names(before)
    facets.write(size, old_order, _places(order))
    if progress:
        progress(total, total)


class SessionRows:
    """Writes what the index holds of each session, many at once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: dict[str, list[tuple[object, ...]]] = {"sessions": [], "texts": [], "likeness": []}

    def put(self, doc: int, session: Session, texts: bytes, vector: bytes, themes: str) -> None:
        """Take a session in place of one with the same number, its texts (see `packed_texts`) and what it is like."""
        key = session.id.casefold()
        self._rows["sessions"].append((doc, session.id, None if key == session.id else key, session.date))
        self._rows["texts"].append((doc, texts))
        self._rows["likeness"].append((doc, vector, themes))
        if len(self._rows["texts"]) == TOGETHER:
            self.flush()

    def remove(self, doc: int) -> None:
        """Remove a session."""
        for table in self._rows:
            self._db.execute(f"DELETE FROM {table} WHERE doc = ?", (doc,))  # noqa: S608 - ours

    def flush(self) -> None:
        """Write all that was put."""
        for table, rows in self._rows.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608 - ours
                rows.clear()


def _write_size(into: sqlite3.Connection, order: Sequence[int]) -> int:
    """Write how many numbers of documents there are, which of them are free, and the order; return the first."""
    last, count = into.execute("SELECT max(doc), count(*) FROM sessions").fetchone()
    size = 0 if last is None else last + 1
    free: Iterable[int] = ()
    if count < size:
        free = sorted(set(range(size)) - {doc for (doc,) in into.execute("SELECT doc FROM sessions")})
    rows = [
        ("size", str(size)),
        ("free", json.dumps(list(free))),
        ("order", json.dumps(list(order))),
    ]
    into.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
    return size


def _places(order: Sequence[int]) -> dict[int, int]:
    return {doc: at for at, doc in enumerate(order)}
