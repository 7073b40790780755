"""Reads the index: an SQLite database in memory or compiled to a file, which `compile` writes.

Knows documents by number; what a query means is `matching`'s business, ranking is `search`'s.
"""

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from mltalks.search import postings
from mltalks.search.postings import DocSet, Postings
from mltalks.text.stemmer import stem_key
from mltalks.text.tokenizer import has_word

# The texts of a session, in the order in which its lines are stored and its matches told.
FIELDS = (
    "title", "keywords", "keywords_ja", "companies", "speakers", "track", "event", "summary", "summary_ja", "note",
)  # fmt: skip
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sessions (doc INTEGER PRIMARY KEY, id TEXT, key TEXT, record TEXT, lines TEXT);
CREATE INDEX sessions_by_key ON sessions (key);
CREATE TABLE words (
    number INTEGER PRIMARY KEY, word TEXT UNIQUE, found_in INTEGER, stem TEXT, sound TEXT, best BLOB, weights BLOB, rest BLOB
);
CREATE INDEX words_by_stem ON words (stem);
CREATE INDEX words_by_sound ON words (sound) WHERE sound <> '';
CREATE TABLE vocabulary (part TEXT PRIMARY KEY, words TEXT);
CREATE TABLE others (key TEXT PRIMARY KEY, same TEXT, near TEXT) WITHOUT ROWID;
CREATE TABLE labels (stem TEXT, theme TEXT, word TEXT, PRIMARY KEY (stem, theme)) WITHOUT ROWID;
CREATE TABLE hints (stem TEXT, hint TEXT, names TEXT);
CREATE INDEX hints_by_stem ON hints (stem);
CREATE TABLE facets (facet TEXT, value TEXT, found_in INTEGER, docs BLOB, PRIMARY KEY (facet, value));
CREATE TABLE names (facet TEXT, key TEXT, value TEXT, spelling TEXT, PRIMARY KEY (facet, key, value)) WITHOUT ROWID;
"""
# What parts the fields of a session, and the texts of a field, in its words as one text.
FIELD_END, TEXT_END = "\x1e", "\x1f"
NO_POSTINGS = Postings(0, (), b"")


def exact_key(name: str) -> str:
    """Return the key of a name of the thesaurus that tells it from others with the same stems."""
    return f"={name.replace(' ', '')}"


def compound_term(word: str) -> str:
    """Return the term under which all longer Japanese words are indexed together that hold a word."""
    return f"~{word}"


class Index:
    """Sessions, words, facets and names, each looked up when asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.size = int(self.meta("size"))
        self._parts: dict[str, str] = {}
        self._lengths: dict[int, list[str]] = {}
        self._members: dict[str, dict[str, array[int]]] = {}
        self._by_doc: dict[str, list[tuple[str, ...]]] = {}

    def backup(self, into: sqlite3.Connection) -> None:
        """Copy the whole index into another database."""
        self._db.backup(into)

    def _one(self, query: str, *values: object) -> Any:
        return self._db.execute(query, values).fetchone()

    def meta(self, name: str) -> str:
        """Return what is noted of the whole; events, themes, organizations and members are JSON."""
        return str(self._one("SELECT value FROM meta WHERE name = ?", name)[0])

    # sessions

    def doc(self, session_id: str) -> int | None:
        """Return the number of a session by its id, else by its id in another case."""
        if not session_id.isprintable():
            return None  # no id is; SQLite takes no lone surrogates
        row = self._one(
            "SELECT doc FROM sessions WHERE key = ? ORDER BY id <> ? LIMIT 1",
            session_id.casefold(),
            session_id,
        )
        return row[0] if row else None

    def ids(self) -> list[str]:
        """Return the ids of all sessions."""
        return [found for (found,) in self._db.execute("SELECT id FROM sessions ORDER BY doc")]

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield (id, title) of all sessions."""
        yield from self._db.execute("SELECT id, json_extract(record, '$.title') FROM sessions ORDER BY doc")

    def briefs(self) -> Iterator[tuple[str, str, str, str | None]]:
        """Yield (id, title, event, DOI) of all sessions."""
        paths = ", ".join(f"json_extract(record, '$.{name}')" for name in ("title", "event", "doi"))
        yield from self._db.execute(f"SELECT id, {paths} FROM sessions ORDER BY doc")  # noqa: S608 - ours

    def record(self, doc: int) -> str:
        """Return a session as JSON (see `Session.record`)."""
        return str(self._one("SELECT record FROM sessions WHERE doc = ?", doc)[0])

    def line(self, doc: int) -> str:
        """Return the words of all texts of a session, each text between spaces."""
        text: str = self._one("SELECT lines FROM sessions WHERE doc = ?", doc)[0]
        return f" {text} ".replace(FIELD_END, " \n ").replace(TEXT_END, " \n ")

    def lines(self, doc: int) -> dict[str, list[str]]:
        """Return the words of each text of a session by field between spaces; fields without any are left out."""
        fields = self._one("SELECT lines FROM sessions WHERE doc = ?", doc)[0].split(FIELD_END)
        return {
            field: [f" {line} " for line in text.split(TEXT_END)]
            for field, text in zip(FIELDS, fields, strict=True)
            if text
        }

    def fields_with(self, doc: int, term: str, how: str) -> tuple[str, ...]:
        """Return the fields of a session that have a term: as it stands, else as a part of compounds.

        A longer word that the term only begins is not told of in compounds; the label of a theme is of the themes.
        """
        if how == "theme":
            return ("themes",)
        lines = self.lines(doc)
        whole = tuple(field for field, texts in lines.items() if any(has_word(text, term) for text in texts))
        if whole or how == "prefix":
            return whole
        bare = term.replace(" ", "")
        return tuple(
            field for field, texts in lines.items() if any(bare in text.replace(" ", "") for text in texts)
        )

    # words

    def postings(self, word: str) -> Postings:
        """Return where a word stands."""
        return self.postings_of([word]).get(word, NO_POSTINGS)

    def postings_of(self, terms: Sequence[str]) -> dict[str, Postings]:
        """Return where some terms stand; those that stand nowhere are left out."""
        marks = ",".join("?" * len(terms))
        query = f"SELECT word, found_in, best, weights, rest FROM words WHERE word IN ({marks})"  # noqa: S608 - marks
        return {word: postings.decode_postings(*row) for word, *row in self._db.execute(query, terms)}

    def found_in(self, word: str) -> int:
        """Return how many sessions have a word."""
        row = self._one("SELECT found_in FROM words WHERE word = ?", word)
        return row[0] if row else 0

    def with_stem(self, stem: str, limit: int) -> list[str]:
        """Return up to `limit` words that share a stem, the commonest first."""
        return self._words(
            "SELECT word FROM words WHERE stem = ? ORDER BY found_in DESC LIMIT ?", stem, limit
        )

    def with_sound(self, sound: str) -> list[str]:
        """Return the words that sound alike (see `sound`), the commonest first."""
        return self._words(
            "SELECT word FROM words WHERE sound = ? AND sound <> '' ORDER BY found_in DESC", sound
        )

    def with_prefix(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` longer words that a prefix begins, the commonest first."""
        return self._words(
            "SELECT word FROM words WHERE word > ? AND word < ? AND instr(word, ' ') = 0 ORDER BY found_in DESC, word LIMIT ?",
            prefix,
            prefix + chr(0x10FFFF),
            limit,
        )

    def _words(self, query: str, *values: object) -> list[str]:
        return [word for (word,) in self._db.execute(query, values)]

    def _part(self, part: str) -> str:
        if part not in self._parts:
            row = self._one("SELECT words FROM vocabulary WHERE part = ?", part)
            self._parts[part] = f"\n{row[0]}\n" if row else "\n"
        return self._parts[part]

    def vocabulary(self, shortest: int, longest: int) -> list[str]:
        """Return the words of some lengths in letters, Japanese ones apart."""
        return [word for length in range(shortest, longest + 1) for word in self._of_length(length)]

    def _of_length(self, length: int) -> list[str]:
        if length not in self._lengths:
            self._lengths[length] = self._part(str(length)).split()
        return self._lengths[length]

    def japanese_with(self, run: str, limit: int) -> list[str]:
        """Return up to `limit` longer Japanese words that hold a run of characters, the shortest first."""
        text, found, at = self._part("japanese"), [], 0
        while (at := text.find(run, at)) >= 0:
            start, at = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            if at - start > len(run):
                found.append(text[start:at])
        return sorted(found, key=lambda word: (len(word), word))[:limit]

    def others(self, name: str) -> tuple[list[str], list[str]]:
        """Return the names of what a name means, itself among them, and what is near it.

        A name of the thesaurus is known as it is written, else by its stems.
        """
        row = self._one("SELECT same, near FROM others WHERE key = ?", exact_key(name)) or self._one(
            "SELECT same, near FROM others WHERE key = ?", stem_key(name)
        )
        return (
            (row[0].split("\n") if row[0] else [], row[1].split("\n") if row[1] else []) if row else ([], [])
        )

    def things_named(self) -> Iterator[list[str]]:
        """Yield all names of each thing of the thesaurus that has several, as words."""
        for (same,) in self._db.execute("SELECT DISTINCT same FROM others WHERE same <> '' ORDER BY same"):
            names = same.split("\n")
            if len(names) > 1:
                yield names

    def keys_with_prefix(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` keys of the thesaurus that a prefix begins, the shortest first."""
        return self._words(
            "SELECT key FROM others WHERE key > ? AND key < ? ORDER BY length(key), key LIMIT ?",
            prefix,
            prefix + chr(0x10FFFF),
            limit,
        )

    def hints(self, stem: str) -> Iterator[tuple[str, list[str]]]:
        """Yield stems that together say in other words what some names mean, with these, looked up by one of them."""
        for hint, names in self._db.execute("SELECT hint, names FROM hints WHERE stem = ?", (stem,)):
            yield hint, names.split("\n")

    def themes_named(self, stem: str) -> list[tuple[str, str]]:
        """Return the themes whose labels have a word of this stem, each with that word."""
        return list(self._db.execute("SELECT theme, word FROM labels WHERE stem = ?", (stem,)))

    # facets

    def docs_with(self, facet: str, values: Collection[str]) -> DocSet:
        """Return the documents that have any of the values."""
        found = 0
        for value in values:
            row = self._one("SELECT docs FROM facets WHERE facet = ? AND value = ?", facet, value)
            if row:
                found |= postings.decode_set(row[0], self.size)
        return found

    def values(self, facet: str) -> list[str]:
        """Return all values of a facet."""
        return [value for (value,) in self._db.execute("SELECT value FROM facets WHERE facet = ?", (facet,))]

    def facet_postings(self, facet: str, values: Collection[str]) -> Postings:
        """Return the documents that have any of the values as if these were words that weigh 1."""
        docs = self.docs_with(facet, values)
        return Postings(docs.bit_count(), (), b"", docs.to_bytes((self.size + 7) // 8, "little"))

    def _sets(self, facet: str) -> Iterator[tuple[str, DocSet]]:
        for value, row in self._db.execute("SELECT value, docs FROM facets WHERE facet = ?", (facet,)):
            yield value, postings.decode_set(row, self.size)

    def counts(self, facet: str, docs: DocSet) -> dict[str, int]:
        """Return how many of `docs` have each value of a facet; values without any are left out."""
        counted = ((value, (some & docs).bit_count()) for value, some in self._sets(facet))
        return {value: count for value, count in counted if count}

    def pairs(self, rows: str, columns: str, docs: DocSet) -> Iterator[tuple[str, Counter[str]]]:
        """Yield each row value with the number of `docs` that have both it and each column value."""
        of_doc: defaultdict[int, list[str]] = defaultdict(list)
        for value, some in self._sets(columns):
            for doc in postings.doc_numbers(some & docs):
                of_doc[doc].append(value)
        for value, some in self._sets(rows):
            found = Counter(
                column for doc in postings.doc_numbers(some & docs) for column in of_doc.get(doc, ())
            )
            if found:
                yield value, found

    def members(self, facet: str) -> "dict[str, array[int]]":
        """Return the documents of each value of a facet, the lowest first; they are kept for the next time."""
        if facet not in self._members:
            rows = self._db.execute("SELECT value, docs FROM facets WHERE facet = ?", (facet,))
            self._members[facet] = {value: postings.decode_numbers(row, self.size) for value, row in rows}
        return self._members[facet]

    def by_doc(self, facet: str) -> list[tuple[str, ...]]:
        """Return the values of a facet that each document has; they are kept for the next time."""
        if facet not in self._by_doc:
            found: list[tuple[str, ...]] = [()] * self.size
            for value, docs in self.members(facet).items():
                one = (value,)
                for doc in docs:
                    found[doc] += one
            same: dict[tuple[str, ...], tuple[str, ...]] = {}  # fewer places in memory to read from
            self._by_doc[facet] = [same.setdefault(values, values) for values in found]
        return self._by_doc[facet]

    def years(self) -> Callable[[int], int]:
        """Return a function that tells the year of a document."""
        years: dict[int, int] = {}

        def year(doc: int) -> int:
            if doc not in years:
                row = self._one("SELECT json_extract(record, '$.year') FROM sessions WHERE doc = ?", doc)
                years[doc] = row[0] if row else 0
            return years[doc]

        return year

    # names

    def named(self, facet: str, key: str) -> tuple[str, ...]:
        """Return the values of a facet that go by a name, given as `folding.name_key` makes it."""
        rows = self._db.execute("SELECT value FROM names WHERE facet = ? AND key = ?", (facet, key))
        return tuple(value for (value,) in rows)

    def names(self, facet: str) -> list[tuple[str, str, str]]:
        """Return (key, value, spelling) of all names of a facet."""
        return list(self._db.execute("SELECT key, value, spelling FROM names WHERE facet = ?", (facet,)))

    def things(self, name: str) -> list[dict[str, Any]]:
        """Return all events, themes, organizations or members as they were loaded."""
        import json

        found: list[dict[str, Any]] = json.loads(self.meta(name))
        return found
