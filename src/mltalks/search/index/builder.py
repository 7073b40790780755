"""Writes the index: everything that is loaded, as one SQLite database that `reader` reads.

Does not open the database, in memory or in a file: the caller does.
"""

import json
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mltalks.dataset.loader import without_collecting
from mltalks.dataset.model import Term
from mltalks.search.index.documents import Documents
from mltalks.search.index.field_weights import word_weight
from mltalks.search.index.postings import HEAVIEST, Postings, pack, set_row, unpack
from mltalks.search.index.sessions import FIELD_END, FIELDS, TEXT_END
from mltalks.search.index.thesaurus import exact_key
from mltalks.search.index.vocabulary import compound_term
from mltalks.search.index.word_vectors import WordVectors
from mltalks.text.folding import name_key
from mltalks.text.japanese import is_japanese_word, is_katakana
from mltalks.text.phonetics import sound_of_english
from mltalks.text.romaji import romaji_key, spelling_of_kana
from mltalks.text.stemmer import stem, stem_key
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import chains, compounds_of, words, words_of

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sessions (doc INTEGER PRIMARY KEY, id TEXT, key TEXT, record TEXT, lines TEXT);
CREATE TABLE likeness (doc INTEGER PRIMARY KEY, vector BLOB, themes TEXT);
CREATE INDEX sessions_by_key ON sessions (key);
CREATE TABLE words (
    number INTEGER PRIMARY KEY, word TEXT UNIQUE, found_in INTEGER, stem TEXT, sound TEXT, best BLOB, weights BLOB, rest BLOB,
    asked BLOB, subject INTEGER
);
CREATE INDEX words_by_stem ON words (stem);
CREATE INDEX words_by_sound ON words (sound) WHERE sound <> '';
CREATE TABLE vocabulary (part TEXT PRIMARY KEY, words TEXT);
CREATE TABLE others (key TEXT PRIMARY KEY, same TEXT, near TEXT) WITHOUT ROWID;
CREATE TABLE labels (key TEXT, theme TEXT, name TEXT, strength TEXT, PRIMARY KEY (key, theme, name)) WITHOUT ROWID;
CREATE TABLE hints (stem TEXT, hint TEXT, names TEXT);
CREATE INDEX hints_by_stem ON hints (stem);
CREATE TABLE facets (facet TEXT, value TEXT, found_in INTEGER, docs BLOB, PRIMARY KEY (facet, value));
CREATE TABLE names (facet TEXT, key TEXT, value TEXT, spelling TEXT, PRIMARY KEY (facet, key, value)) WITHOUT ROWID;
"""
NAME_FIELDS = (
    "companies",
    "speakers",
    "event",
)  # a word that more sessions have in these than elsewhere is a name
LONGEST_NAME = 6  # words of a name in the thesaurus that is indexed as one term
SHORT = 80  # letters of a text that is likely to come again
LONGEST_LISTED = 40  # letters of a word that typos are corrected to

Progress = Callable[[int, int], None]


def compile_index(
    documents: Documents, into: sqlite3.Connection, progress: Progress | None = None, readings: str = ""
) -> None:
    """Write the index of all documents into an empty database.

    `progress` is called with the number of sessions done and that of all. `readings` are lines of Japanese words with a
    kanji: the key of their reading and its spelling in Latin letters (see `text.romaji`), and the words, between tabs.
    """
    with without_collecting():
        into.executescript(SCHEMA)
        into.execute("BEGIN")
        _write_things(documents, into)
        names = _ThesaurusNames(documents.terms())
        into.executemany("INSERT INTO others VALUES (?, ?, ?)", names.rows())
        into.executemany("INSERT INTO hints VALUES (?, ?, ?)", names.hints())
        _write_sessions(documents, names, into, progress)
        _write_readings(readings, names, into)
        into.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", _name_rows(documents, into))
        into.execute("COMMIT")


def _write_things(documents: Documents, into: sqlite3.Connection) -> None:
    data = documents.data
    things: dict[str, Sequence[NamedTuple]] = {
        "events": data.events,
        "themes": data.themes,
        "organizations": data.organizations,
        "members": data.members,
        "committee_tallies": data.committee_tallies,
        "track_tallies": data.track_tallies,
        "decisions": data.decisions,
        "keywords": data.keywords,
    }
    rows = ((name, json.dumps([thing._asdict() for thing in some])) for name, some in things.items())
    into.executemany("INSERT INTO meta VALUES (?, ?)", rows)
    labels = {theme.id: (theme.label_en, theme.label_ja, theme.broader) for theme in data.themes}
    into.execute("INSERT INTO meta VALUES ('theme_labels', ?)", (json.dumps(labels),))
    into.execute("INSERT INTO meta VALUES ('size', ?)", (str(len(data.sessions)),))
    into.executemany(
        "INSERT OR IGNORE INTO labels VALUES (?, ?, ?, ?)",
        (
            (stem_key(folded), theme.id, folded, strength)
            for theme in data.themes
            for strength, names in (
                ("label", (theme.id, *theme.aliases, theme.label_en, theme.label_ja)),
                ("strong", theme.terms.strong),
                ("weak", theme.terms.weak),
            )
            for name in names
            if (folded := " ".join(words(name or "")))
        ),
    )


def _name_rows(documents: Documents, into: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    for facet, value, spelling in documents.names():
        yield facet, name_key(spelling), value, spelling
    for facet, value in into.execute("SELECT facet, value FROM facets WHERE facet NOT LIKE '%/%'"):
        for spelling in documents.spellings(facet, value):
            yield facet, name_key(spelling), value, spelling


class _ThesaurusNames:
    """The names of the thesaurus, by their keys; those of several words are looked for in texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._same: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._near: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._exact: defaultdict[str, set[str]] = defaultdict(set)
        self._hints: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._long: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for term in terms:
            same = list(filter(None, (" ".join(words(name)) for name in (*term.en, *term.ja))))
            near = list(filter(None, (" ".join(words(name)) for name in term.near)))
            for name in same:
                for key in self._keys(name):
                    self._same[key].update(dict.fromkeys(same))
                    self._near[key].update(dict.fromkeys(near))
            for name in near:
                for key in self._keys(name):
                    self._near[key].update(dict.fromkeys(same))
                stems = {stem(word) for word in name.split() if word not in STOP_WORDS}
                if len(stems) > 1:
                    self._hints[" ".join(sorted(stems))].update(dict.fromkeys(same))

    def _keys(self, name: str) -> tuple[str, str]:
        """Return the exact key of a name and that of its stems, and note a name of several words."""
        stems = [stem(word) for word in name.split()]
        if 1 < len(stems) <= LONGEST_NAME:
            self._long[stems[0], stems[1]][" ".join(stems)] = len(stems)
        exact, key = exact_key(name), "".join(stems)
        self._exact[key].add(exact)
        return exact, key

    def japanese(self) -> Iterator[str]:
        """Yield the names that are one Japanese word."""
        yield from (key for key in self._same if is_japanese_word(key))

    def hints(self) -> Iterator[tuple[str, str, str]]:
        """Yield (longest stem, stems, names): words of these stems, in any order, describe the thing that has the names."""
        for hint, same in self._hints.items():
            yield max(hint.split(), key=len), hint, "\n".join(same)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield (key, names of the same thing, names near it); names are separated by line ends.

        There is a row for an exact key only if other names share its stems ("server" and "serving").
        """
        needless = {key for exact in self._exact.values() if len(exact) == 1 for key in exact}
        for key in (self._same.keys() | self._near.keys()) - needless:
            yield key, "\n".join(self._same.get(key, ())), "\n".join(self._near.get(key, ()))

    def within(self, stems: Sequence[str]) -> list[str]:
        """Return the names of several words that are in a text, each as its stems; `stems` are those of the text."""
        return [
            name
            for at, pair in enumerate(pairwise(stems))
            if pair in self._long
            for name, length in self._long[pair].items()
            if " ".join(stems[at : at + length]) == name
        ]


class _SessionWords(NamedTuple):
    """The weight of each term of a session in steps; terms of its questions alone, outside and within names; its words as a line."""

    steps: dict[str, int]
    asked: AbstractSet[str]
    subjects: set[str]
    names: set[str]
    line: str


class _TextReader:
    """Splits texts into words and terms; short texts, which many sessions share, only once."""

    def __init__(self, names: _ThesaurusNames) -> None:
        self._names = names
        self._short = lru_cache(1 << 18)(self._text)

    def session(self, texts: Mapping[str, Sequence[str]]) -> "_SessionWords":
        """Return the words of a session, from its texts by field."""
        steps: dict[str, int] = {}
        outside: AbstractSet[str] = frozenset()
        names: set[str] = set()
        subjects: set[str] = set()
        fields: list[str] = []
        for field in FIELDS:
            if field == "questions":  # these fields come last
                outside = set(steps)
            if field not in texts:
                fields.append("")
                continue
            read = [self._short(text) if len(text) < SHORT else self._text(text) for text in texts[field]]
            fields.append(TEXT_END.join([line for line, _, _ in read]))
            step = word_weight(field, sum([length for _, length, _ in read]))
            for line, _, terms in read:
                (names if field in NAME_FIELDS else subjects).update(terms)
                for term in line.split() if field == "event" else terms:  # no "ml" for MLSys
                    steps[term] = steps.get(term, 0) + step
        if steps and max(steps.values()) > HEAVIEST:
            steps = {term: min(step, HEAVIEST) for term, step in steps.items()}
        return _SessionWords(steps, steps.keys() - outside, subjects, names, FIELD_END.join(fields))

    def _text(self, text: str) -> tuple[str, int, list[str]]:
        """Return the words of a text in one line, their number, and the terms under which the text is indexed."""
        plain: list[str] = []
        stems: list[str] = []
        compounds: list[str] = []
        for its_words, its_stems, its_compounds in map(_parts, chains(text)):
            plain += its_words
            stems += its_stems
            compounds += its_compounds
        return " ".join(plain), len(plain), plain + compounds + self._names.within(stems)


@lru_cache(1 << 18)
def _parts(chain: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the words of a chain (see `tokenizer.chains`), their stems, and its compounds."""
    plain = words_of(chain)
    return plain, tuple(map(stem, plain)), compounds_of(chain)


def _write_sessions(
    documents: Documents, names: _ThesaurusNames, into: sqlite3.Connection, progress: Progress | None
) -> None:
    sessions = documents.sessions
    size = len(sessions)
    reader = _TextReader(names)
    meaning = WordVectors()
    likeness: list[tuple[int, bytes, str]] = []
    packed_weights = [pack(0, step) for step in range(HEAVIEST + 1)]
    packed: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    asked: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    of_subject: Counter[str] = Counter()
    of_name: Counter[str] = Counter()
    facets: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)

    def rows() -> Iterator[tuple[int, str, str, str, str]]:
        for doc, session in enumerate(sessions):
            steps, of_questions, its_subjects, its_names, line = reader.session(documents.texts(session))
            for term, step in steps.items():
                packed[term].append(packed_weights[step] | doc)
            for term in of_questions:
                asked[term].append(doc)
            of_subject.update(its_subjects)
            of_name.update(map(stem, its_names))
            for entry in documents.facets(session):
                facets[entry][doc] = None
            read = {
                field: text.split(TEXT_END) for field, text in zip(FIELDS, line.split(FIELD_END), strict=True)
            }
            themes = " ".join({value for facet, value in documents.facets(session) if facet == "theme"})
            likeness.append((doc, meaning.of_session(read), themes))
            if progress and doc % 1000 == 0:
                progress(doc, size)
            record = json.dumps(session.record(), ensure_ascii=False)
            yield doc, session.id, session.id.casefold(), record, line

    into.executemany("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", rows())
    into.executemany("INSERT INTO likeness VALUES (?, ?, ?)", likeness)
    into.executemany(
        "INSERT INTO facets VALUES (?, ?, ?, ?)",
        ((*key, len(docs), set_row(docs, size)) for key, docs in sorted(facets.items())),
    )
    subjects = {term for term, count in of_subject.items() if count > of_name[stem(term)]}
    _write_words(packed, asked, subjects, names, size, into)
    if progress:
        progress(size, size)


def _write_words(
    packed: dict[str, "array[int]"],
    asked: Mapping[str, "array[int]"],
    subjects: AbstractSet[str],
    names: _ThesaurusNames,
    size: int,
    into: sqlite3.Connection,
) -> None:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(packed):
        if is_japanese_word(word) and " " not in word:
            parts["japanese"].append(word)
        elif " " not in word and len(word) <= LONGEST_LISTED:
            parts[f"{len(word)}" if word in subjects else f"{len(word)} of names"].append(word)
    rows = ((part, "\n".join(some)) for part, some in parts.items())
    into.executemany("INSERT INTO vocabulary VALUES (?, ?)", rows)
    into.executemany(
        "INSERT INTO words (word, stem, sound, found_in, best, weights, rest, asked, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                word,
                *_keys(word),
                *Postings.from_packed(some[word], size).row(),
                set_row(asked.get(word, ()), size),
                word in subjects,
            )
            for some in (packed, _within_longer(packed, parts["japanese"], names))
            for word in sorted(some)
        ),
    )


def _write_readings(readings: str, names: _ThesaurusNames, into: sqlite3.Connection) -> None:
    """Write the readings of words with a kanji, and those of the katakana words of all sessions and of the thesaurus."""
    row = into.execute("SELECT words FROM vocabulary WHERE part = 'japanese'").fetchone()
    known = dict.fromkeys((*(row[0].split("\n") if row else ()), *names.japanese()))
    katakana = [word for word in known if is_katakana(word) and " " not in word]
    spellings = spelling_of_kana("\n".join(katakana))
    lines = zip(romaji_key(spellings).split("\n"), spellings.split("\n"), katakana, strict=False)
    text = readings + "\n".join(map("\t".join, lines))
    into.execute("INSERT INTO vocabulary VALUES ('readings', ?)", (text,))


def _within_longer(
    packed: Mapping[str, "array[int]"], japanese: Sequence[str], names: _ThesaurusNames
) -> dict[str, list[int]]:
    """Return for each Japanese word or name the postings of all longer words that contain it, weaker by its share of them."""
    known = {*japanese, *names.japanese()}
    weights: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for longer in japanese:
        for word in _contained(longer, known) - {longer}:
            share = _share(word, longer)
            if not share:
                continue
            steps = weights[compound_term(word)]
            for doc, step in map(unpack, packed[longer]):
                steps[doc] = min(HEAVIEST, steps.get(doc, 0) + (round(step * share) or 1))
    return {term: [pack(doc, step) for doc, step in steps.items()] for term, steps in weights.items()}


def _contained(longer: str, known: AbstractSet[str]) -> set[str]:
    """Return the known words of two to LONGEST_LISTED characters that a Japanese word contains."""
    size = len(longer)
    return {
        part
        for start in range(size)
        for end in range(start + 2, min(start + LONGEST_LISTED, size) + 1)
        if (part := longer[start:end]) in known
    }


def _share(part: str, whole: str) -> float:
    """Return how much a Japanese word counts in a longer one: .6 to .9 by the share of characters.

    Katakana in the middle of katakana counts for nothing: it is likelier an accident (ループ in スループット) than a part.
    """
    at_an_end = len(part) > 2 and (whole.startswith(part) or whole.endswith(part))
    accident = is_katakana(part) and is_katakana(whole) and not at_an_end
    return 0.0 if accident else 0.6 + 0.3 * len(part) / len(whole)


def _keys(word: str) -> tuple[str, str]:
    """Return the stem and the sound of a word; other terms are found by neither."""
    return (stem(word), sound_of_english(word)) if word.isalnum() else ("", "")
