"""Writes the index: all that is loaded, as one SQLite database that `index` reads.

Only writes; where the database lies, in memory or in a file, is up to who calls.
"""

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict

from mltalks import postings
from mltalks.documents import Documents
from mltalks.index import FIELDS, SCHEMA, is_theme_term, line_of, theme_term
from mltalks.model import Term
from mltalks.sound import sound_of_english
from mltalks.text import humps, is_japanese_word, joined, name_key, squeezed, stem, words

# A word in a field weighs WEIGHT / (1 - LENGTH + LENGTH * length / TYPICAL): more in a title, less in a long text.
# Source: BM25F; Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.6, with the average lengths of the
# shipped catalogue in place of the corpus's own, so that a score does not change when a talk is added.
WEIGHT = {
    "title": 3.0,
    "keywords": 2.0,
    "keywords_ja": 2.0,
    "companies": 2.0,
    "speakers": 2.0,
    "track": 1.0,
    "event": 1.0,
    "themes": 1.0,
    "summary": 1.0,
    "summary_ja": 1.0,
}
TYPICAL = {
    "title": 9,
    "keywords": 12,
    "keywords_ja": 6,
    "companies": 6,
    "speakers": 9,
    "track": 4,
    "event": 6,
    "themes": 12,
    "summary": 42,
    "summary_ja": 30,
}
LENGTH = 0.6  # b of BM25
LONGEST_NAME = 6  # words of a name in the thesaurus that is indexed as one term
LONGEST_LISTED = 40  # letters of a word that typos are corrected to

Progress = Callable[[int, int], None]


def compile_index(documents: Documents, into: sqlite3.Connection, progress: Progress | None = None) -> None:
    """Write the index of all documents into an empty database; `progress` is told sessions done and all."""
    into.executescript(SCHEMA)
    into.execute("BEGIN")
    _write_things(documents, into)
    names = _Names(documents.terms())
    into.executemany("INSERT INTO others VALUES (?, ?, ?)", names.rows())
    _write_sessions(documents, names, into, progress)
    into.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", _name_rows(documents, into))
    into.execute("COMMIT")


def _write_things(documents: Documents, into: sqlite3.Connection) -> None:
    data = documents.data
    things: dict[str, Sequence[object]] = {
        "events": data.events,
        "themes": data.themes,
        "organizations": data.organizations,
        "members": data.members,
    }
    rows = ((name, json.dumps([asdict(thing) for thing in some])) for name, some in things.items())  # type: ignore[call-overload]
    into.executemany("INSERT INTO meta VALUES (?, ?)", rows)
    into.execute("INSERT INTO meta VALUES ('size', ?)", (str(len(data.sessions)),))


def _name_rows(documents: Documents, into: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    for name in documents.names():
        yield name.facet, name_key(name.spelling), name.value, name.spelling
    for facet, value in into.execute("SELECT facet, value FROM facets WHERE facet NOT LIKE '%/%'"):
        yield facet, name_key(value), value, value


class _Names:
    """The names of the thesaurus: of one word and of several, which the text is searched for."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._same: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._near: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._long: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for term in terms:
            same = [" ".join(words(name)) for name in (*term.en, *term.ja)]
            near = [" ".join(words(name)) for name in term.near]
            for name in filter(None, (*same, *near)):
                self._note(name)
            for name in filter(None, same):
                self._same[squeezed(name)].update(dict.fromkeys(other for other in same if other != name))
                self._near[squeezed(name)].update(dict.fromkeys(near))
            for name in filter(None, near):
                self._near[squeezed(name)].update(dict.fromkeys(same))

    def _note(self, name: str) -> None:
        parts = tuple(map(stem, name.split()))
        if 1 < len(parts) <= LONGEST_NAME:
            self._long[parts[0]].add(parts)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield (key, names of the same, names near it), names parted by line ends."""
        for key in self._same.keys() | self._near.keys():
            yield key, "\n".join(self._same.get(key, ())), "\n".join(self._near.get(key, ()))

    def within(self, text_words: Sequence[str]) -> Iterator[str]:
        """Yield the names of several words that stand in a text, as `terms` of their stems."""
        stems = [stem(word) for word in text_words]
        for at, first in enumerate(stems):
            if first in self._long:
                for name in self._long[first]:
                    if tuple(stems[at : at + len(name)]) == name:
                        yield " ".join(name)


def _write_sessions(
    documents: Documents, names: _Names, into: sqlite3.Connection, progress: Progress | None
) -> None:
    sessions = documents.data.sessions
    size = len(sessions)
    docs_by_word: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    steps_by_word: defaultdict[str, bytearray] = defaultdict(bytearray)
    facets: defaultdict[tuple[str, str], list[int]] = defaultdict(list)

    def rows() -> Iterator[tuple[int, str, str, str, str]]:
        for doc, session in enumerate(sessions):
            texts = {
                field: [words(text) for text in some] for field, some in documents.texts(session).items()
            }
            for word, weight in _weights(documents.texts(session), texts, names).items():
                docs_by_word[word].append(doc)
                steps_by_word[word].append(min(255, round(weight * postings.STEP) or 1))
            for entry in dict.fromkeys(documents.facets(session)):
                facets[entry.facet, entry.value].append(doc)
                if entry.own and entry.facet in ("company", "theme"):
                    facets[f"{entry.facet}/own", entry.value].append(doc)
            if progress and doc % 1000 == 0:
                progress(doc, size)
            record = json.dumps(session.record(), ensure_ascii=False)
            yield doc, session.id, session.id.casefold(), record, line_of(texts)

    into.executemany("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", rows())
    into.executemany(
        "INSERT INTO facets VALUES (?, ?, ?, ?)",
        (
            (*key, len(set(docs)), postings.plain(sorted(set(docs)), size))
            for key, docs in sorted(facets.items())
        ),
    )
    _write_words(docs_by_word, steps_by_word, size, into)
    if progress:
        progress(size, size)


def _weights(
    texts: dict[str, tuple[str, ...]], split: dict[str, list[list[str]]], names: _Names
) -> dict[str, float]:
    """Return what each term of a session weighs over all its fields."""
    weights: dict[str, float] = {}
    for field in FIELDS:
        if field not in texts:
            continue
        length = sum(map(len, split[field]))
        weight = WEIGHT[field] / (1 - LENGTH + LENGTH * length / TYPICAL[field])
        for text, plain in zip(texts[field], split[field], strict=True):
            found = (*plain, *joined(text), *humps(text), *names.within(plain))
            for term in map(theme_term, found) if field == "themes" else found:
                weights[term] = weights.get(term, 0.0) + weight
    return weights


def _write_words(
    docs_by_word: dict[str, "array[int]"],
    steps_by_word: dict[str, bytearray],
    size: int,
    into: sqlite3.Connection,
) -> None:
    into.executemany(
        "INSERT INTO words (word, found_in, stem, sound, best, weights, rest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (word, found_in, stem(word), sound_of_english(word), best, weights, rest)
            for word in sorted(docs_by_word)
            for found_in, best, weights, rest in [
                postings.stored(docs_by_word[word], steps_by_word[word], size)
            ]
        ),
    )
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(docs_by_word):
        if " " in word or is_theme_term(word):
            continue
        if is_japanese_word(word):
            parts["japanese"].append(word)
        elif len(word) <= LONGEST_LISTED:
            parts[str(len(word))].append(word)
    into.executemany(
        "INSERT INTO vocabulary VALUES (?, ?)", ((part, "\n".join(some)) for part, some in parts.items())
    )
