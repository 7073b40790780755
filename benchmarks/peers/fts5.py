"""SQLite FTS5 with its two tokenizers: all words first, then any of them, ranked by its bm25()."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.documents import FIELDS, Document

SELECT = "SELECT id, title, summary FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT ?"


def quoted(word: str) -> str:
    """Return a word as FTS5 takes it literally."""
    return '"' + word.replace('"', '""') + '"'


class FTS5:
    """What the two tokenizers share; a subclass says how a query is put, the strictest way first."""

    name = "SQLite FTS5"
    tokenizer = ""

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        weights = ", ".join(map(str, (0.0, *FIELDS.values())))
        db = sqlite3.connect(folder / "fts5.db")
        with db:
            db.execute(
                f"CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, {', '.join(FIELDS)}, tokenize='{self.tokenizer}')"
            )
            db.execute("INSERT INTO docs(docs, rank) VALUES ('rank', ?)", (f"bm25({weights})",))
            db.executemany(
                f"INSERT INTO docs VALUES (?{', ?' * len(FIELDS)})",
                ((one["id"], *(one[field] for field in FIELDS)) for one in documents),
            )
        db.execute("INSERT INTO docs(docs) VALUES ('optimize')")
        db.commit()
        db.close()

    def load(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.db")

    def search(self, query: str, k: int = 10) -> list[str]:
        for match in self.matches(query.split()):
            found = self._db.execute(SELECT, (match, k)).fetchall()
            if found:
                return [row[0] for row in found]
        return []

    def matches(self, words: list[str]) -> Iterator[str]:
        """Yield what to match, the strictest first."""
        raise NotImplementedError


class FTS5Unicode(FTS5):
    """Whole words, then words so begun, then any word so begun."""

    name = "FTS5 unicode61"
    tokenizer = "unicode61 remove_diacritics 2"

    def matches(self, words: list[str]) -> Iterator[str]:
        literal = [quoted(word) for word in words if any(map(str.isalnum, word))]
        if literal:
            yield " AND ".join(literal)
            yield " AND ".join(f"{word}*" for word in literal)
            yield " OR ".join(f"{word}*" for word in literal)


class FTS5Trigram(FTS5):
    """Words as parts of the text, then any word, then any three characters; shorter words it cannot find."""

    name = "FTS5 trigram"
    tokenizer = "trigram"

    def matches(self, words: list[str]) -> Iterator[str]:
        findable = [word for word in words if len(word) >= 3]
        if findable:
            yield " AND ".join(map(quoted, findable))
            trigrams = dict.fromkeys(word[i : i + 3] for word in findable for i in range(len(word) - 2))
            yield " OR ".join(map(quoted, trigrams))
