"""The in-memory index: facets and words of all sessions in an SQLite database, each half built when first asked.

Knows documents by number and no model; what a document is made of is the catalogue's business, ranking is search's.
"""

import json
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from mltalks.text import line, terms

# The fields of a document with the weight of a word that stands in each.
WEIGHTS = {
    "title": 3.0,
    "keywords": 2.0,
    "keywords_ja": 2.0,
    "companies": 2.0,
    "speakers": 2.0,
    "track": 1.0,
    "event": 1.0,
    "summary": 1.0,
    "summary_ja": 1.0,
}
FIELDS = tuple(WEIGHTS)
LENGTH = 0.6  # b of BM25F: how far a long field weakens each of its words


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """One value under which a document is counted; `own` unless it follows from a narrower value or a unit."""

    facet: str
    value: str
    own: bool = True


class Source(Protocol):
    """What is indexed: documents numbered from 0, each with the texts of its fields and its facet values."""

    def __len__(self) -> int: ...

    def texts(self, doc: int) -> Mapping[str, Sequence[str]]:
        """Return the texts of a document by field; fields without any may be left out."""

    def facets(self, doc: int) -> Iterable[FacetEntry]:
        """Return the facet values of a document."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands: documents, its weight in each, and in which fields (a bit for each of FIELDS)."""

    docs: Sequence[int]
    weights: Sequence[float]
    fields: Sequence[int]


NOWHERE = Postings((), (), ())


class Index:
    """Facets and words of documents, numbered from 0 in the order given."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.size = len(source)

    @cached_property
    def _facets(self) -> sqlite3.Connection:
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.execute(
            "CREATE TABLE facets (facet TEXT, value TEXT, doc INTEGER, own INTEGER,"
            " PRIMARY KEY (facet, value, doc)) WITHOUT ROWID"
        )
        db.execute("BEGIN")
        db.executemany(
            "INSERT OR IGNORE INTO facets VALUES (?, ?, ?, ?)",
            (
                (entry.facet, entry.value, doc, entry.own)
                for doc in range(self.size)
                for entry in self._source.facets(doc)
            ),
        )
        db.execute("COMMIT")
        db.execute("CREATE INDEX facets_of_doc ON facets (doc, facet)")
        return db

    def docs_with(self, facet: str, values: Collection[str]) -> set[int]:
        """Return the documents that have any of the values."""
        rows = self._facets.execute(
            "SELECT doc FROM facets WHERE facet = ? AND value IN (SELECT value FROM json_each(?))",
            (facet, json.dumps(list(values))),
        )
        return {doc for (doc,) in rows}

    def values(self, facet: str) -> list[str]:
        """Return all values of a facet."""
        rows = self._facets.execute("SELECT DISTINCT value FROM facets WHERE facet = ?", (facet,))
        return [value for (value,) in rows]

    def counts(self, facet: str, docs: Collection[int], *, own: bool = False) -> dict[str, int]:
        """Return how many of `docs` have each value of a facet (only as their own, if asked), none left at 0."""
        rows = self._facets.execute(
            "SELECT value, count(*) FROM facets WHERE facet = ? AND own >= ?"
            " AND doc IN (SELECT value FROM json_each(?)) GROUP BY value",
            (facet, own, json.dumps(list(docs))),
        )
        return dict(rows)

    def pairs(self, rows: str, columns: str, docs: Collection[int]) -> Iterator[tuple[str, str, int]]:
        """Yield (row value, column value, number of `docs` with both); columns only where they are own."""
        yield from self._facets.execute(
            "SELECT a.value, b.value, count(*) FROM facets a JOIN facets b ON a.doc = b.doc"
            " WHERE a.facet = ? AND b.facet = ? AND b.own AND a.doc IN (SELECT value FROM json_each(?))"
            " GROUP BY a.value, b.value ORDER BY a.value, count(*) DESC, b.value",
            (rows, columns, json.dumps(list(docs))),
        )

    @cached_property
    def _words(self) -> sqlite3.Connection:
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.execute(
            "CREATE TABLE terms (term TEXT PRIMARY KEY, docs BLOB, weights BLOB, fields BLOB) WITHOUT ROWID"
        )
        db.execute("BEGIN")
        db.executemany("INSERT INTO terms VALUES (?, ?, ?, ?)", self._term_rows())
        db.execute("COMMIT")
        return db

    def _term_rows(self) -> Iterator[tuple[str | bytes, ...]]:
        """Yield a row a term, weighted by BM25F: per field, its count over the field's relative length.

        Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.6.
        """
        found: defaultdict[str, list[tuple[int, str, int]]] = defaultdict(list)
        lengths: list[dict[str, int]] = []
        for doc in range(self.size):
            texts = self._source.texts(doc)
            counts = {field: Counter(terms("\n".join(texts[field]))) for field in FIELDS if texts.get(field)}
            lengths.append({field: count.total() for field, count in counts.items()})
            for field, count in counts.items():
                for term, times in count.items():
                    found[term].append((doc, field, times))
        factors = list(_factors(lengths))
        bits = {field: 1 << bit for bit, field in enumerate(FIELDS)}
        for term, places in found.items():
            weights: dict[int, float] = {}
            masks: dict[int, int] = {}
            for doc, field, times in places:
                weights[doc] = weights.get(doc, 0.0) + times * factors[doc][field]
                masks[doc] = masks.get(doc, 0) | bits[field]
            columns = array("I", weights), array("f", weights.values()), array("H", masks.values())
            yield term, *(column.tobytes() for column in columns)

    def postings(self, term: str) -> Postings:
        """Return where a term stands."""
        row = self._words.execute(
            "SELECT docs, weights, fields FROM terms WHERE term = ?", (term,)
        ).fetchone()
        if row is None:
            return NOWHERE
        docs, weights, fields = array("I"), array("f"), array("H")
        docs.frombytes(row[0])
        weights.frombytes(row[1])
        fields.frombytes(row[2])
        return Postings(docs, weights, fields)

    def terms_with_prefix(self, prefix: str, longest: int, limit: int) -> list[str]:
        """Return up to `limit` terms of at most `longest` characters that `prefix` begins, the shortest first."""
        rows = self._words.execute(
            "SELECT term FROM terms WHERE term > ? AND term < ? AND length(term) <= ? ORDER BY length(term), term LIMIT ?",
            (prefix, prefix + chr(0x10FFFF), longest, limit),
        )
        return [term for (term,) in rows]

    def vocabulary(self) -> list[str]:
        """Return all terms."""
        return [term for (term,) in self._words.execute("SELECT term FROM terms")]

    def lines(self, doc: int, fields: int = -1) -> Iterator[tuple[str, str]]:
        """Yield (field, line) for each text of a document in the fields of a bit mask; for lines see `text.line`."""
        texts = self._source.texts(doc)
        for bit, field in enumerate(FIELDS):
            if fields >> bit & 1:
                yield from ((field, line(text)) for text in texts.get(field, ()))


def _factors(lengths: Sequence[Mapping[str, int]]) -> Iterator[dict[str, float]]:
    """Yield what one occurrence in each field of each document weighs: the field's weight over its relative length."""
    sums: Counter[str] = Counter()
    having: Counter[str] = Counter()
    for fields in lengths:
        sums.update(fields)
        having.update(fields.keys())
    for fields in lengths:
        yield {
            field: WEIGHTS[field] / (1 - LENGTH + LENGTH * length * having[field] / max(sums[field], 1))
            for field, length in fields.items()
        }


def field_mask(*fields: str) -> int:
    """Return the bit mask of some fields."""
    return sum(1 << FIELDS.index(field) for field in fields)


def field_names(mask: int) -> tuple[str, ...]:
    """Return the fields of a bit mask, in the order of FIELDS."""
    return tuple(field for bit, field in enumerate(FIELDS) if mask >> bit & 1)
