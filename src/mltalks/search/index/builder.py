"""Writes the index: all that is loaded, as one SQLite database that `index` reads.

Only writes; where the database lies, in memory or in a file, is up to who calls.
"""

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise

from mltalks.dataset.loader import without_collecting
from mltalks.dataset.model import Decision, Event, Member, Organization, Term, Theme
from mltalks.search.index import postings
from mltalks.search.index.documents import Documents
from mltalks.search.index.sessions import FIELD_END, FIELDS, TEXT_END
from mltalks.search.index.thesaurus import exact_key
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.folding import name_key
from mltalks.text.japanese import is_japanese_word, is_katakana
from mltalks.text.phonetics import sound_of_english
from mltalks.text.stemmer import stem
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import chains, compounds_of, words, words_of

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
    "summary": 1.0,
    "summary_ja": 1.0,
    "note": 1.0,
}
TYPICAL = {
    "title": 9,
    "keywords": 12,
    "keywords_ja": 6,
    "companies": 6,
    "speakers": 9,
    "track": 4,
    "event": 6,
    "summary": 42,
    "summary_ja": 30,
    "note": 42,
}
LENGTH = 0.6  # b of BM25
LONGEST_NAME = 6  # words of a name in the thesaurus that is indexed as one term
HEAVIEST = 255  # steps of a weight
SHORT = 80  # letters of a text that is likely to come again
LONGEST_LISTED = 40  # letters of a word that typos are corrected to

Progress = Callable[[int, int], None]


def compile_index(documents: Documents, into: sqlite3.Connection, progress: Progress | None = None) -> None:
    """Write the index of all documents into an empty database; `progress` is told sessions done and all."""
    with without_collecting():
        into.executescript(SCHEMA)
        into.execute("BEGIN")
        _write_things(documents, into)
        names = _Names(documents.terms())
        into.executemany("INSERT INTO others VALUES (?, ?, ?)", names.rows())
        into.executemany("INSERT INTO hints VALUES (?, ?, ?)", names.hints())
        _write_sessions(documents, names, into, progress)
        into.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", _name_rows(documents, into))
        into.execute("COMMIT")


def _write_things(documents: Documents, into: sqlite3.Connection) -> None:
    data = documents.data
    things: dict[str, Sequence[Event | Theme | Organization | Member | Decision]] = {
        "events": data.events,
        "themes": data.themes,
        "organizations": data.organizations,
        "members": data.members,
        "decisions": data.decisions,
    }
    rows = ((name, json.dumps([thing._asdict() for thing in some])) for name, some in things.items())
    into.executemany("INSERT INTO meta VALUES (?, ?)", rows)
    into.executemany(
        "INSERT OR IGNORE INTO labels VALUES (?, ?, ?)",
        (
            (stem(word), theme.id, word)
            for theme in data.themes
            for name in (theme.id, theme.label_en, theme.label_ja)
            for word in words(name or "")
        ),
    )
    into.execute("INSERT INTO meta VALUES ('size', ?)", (str(len(data.sessions)),))


def _name_rows(documents: Documents, into: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    for name in documents.names():
        yield name.facet, name_key(name.spelling), name.value, name.spelling
    for facet, value in into.execute("SELECT facet, value FROM facets WHERE facet NOT LIKE '%/%'"):
        yield facet, name_key(value), value, value


class _Names:
    """The names of the thesaurus: of one word and of several, which texts are searched for."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._same: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._near: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._written: defaultdict[str, set[str]] = defaultdict(set)
        self._hints: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._long: defaultdict[str, dict[str, dict[tuple[str, int], None]]] = defaultdict(dict)
        for term in terms:
            same = list(filter(None, (" ".join(words(name)) for name in (*term.en, *term.ja))))
            near = list(filter(None, (" ".join(words(name)) for name in term.near)))
            for name in same:
                for key in self._noted(name):
                    self._same[key].update(dict.fromkeys(same))
                    self._near[key].update(dict.fromkeys(near))
            for name in near:
                for key in self._noted(name):
                    self._near[key].update(dict.fromkeys(same))
                self._note_hint(name, same)

    def _noted(self, name: str) -> tuple[str, str]:
        """Return the keys of a name, as written and by its stems; one of several words is looked for in texts."""
        stems = [stem(word) for word in name.split()]
        if 1 < len(stems) <= LONGEST_NAME:
            self._long[stems[0]].setdefault(stems[1], {})[" ".join(stems), len(stems)] = None
        key = "".join(stems)
        self._written[key].add(exact_key(name))
        return exact_key(name), key

    def _note_hint(self, name: str, same: Iterable[str]) -> None:
        stems = {stem(word) for word in name.split() if word not in STOP_WORDS}
        if len(stems) > 1:
            self._hints[" ".join(sorted(stems))].update(dict.fromkeys(same))

    def japanese(self) -> Iterator[str]:
        """Yield the names of one Japanese word."""
        yield from (key for key in self._same if is_japanese_word(key))

    def hints(self) -> Iterator[tuple[str, str, str]]:
        """Yield (the longest of the stems, stems, names): what words in any order say of what has these names."""
        for hint, same in self._hints.items():
            yield max(hint.split(), key=len), hint, "\n".join(same)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield (key, names of the same, names near it), names parted by line ends.

        A key as written stands for itself only where others share its stems ("server" and "serving").
        """
        needless = {key for written in self._written.values() if len(written) == 1 for key in written}
        for key in (self._same.keys() | self._near.keys()) - needless:
            yield key, "\n".join(self._same.get(key, ())), "\n".join(self._near.get(key, ()))

    def within(self, stems: Sequence[str]) -> list[str]:
        """Return the names of several words that stand in a text of which the stems are given, each as its stems."""
        found: list[str] = []
        for at, (first, second) in enumerate(pairwise(stems)):
            if first in self._long and second in self._long[first]:
                some = self._long[first][second]
                found += [name for name, length in some if " ".join(stems[at : at + length]) == name]
        return found


class _Reader:
    """Takes texts apart; short ones, which many sessions share, only once."""

    def __init__(self, names: _Names) -> None:
        self._names = names
        self._short = lru_cache(1 << 18)(self._text)

    def session(self, texts: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], str]:
        """Return what each term of a session weighs over all its fields, in steps, and its words as one text."""
        steps: dict[str, int] = {}
        fields: list[str] = []
        for field in FIELDS:
            if field not in texts:
                fields.append("")
                continue
            read = [self._short(text) if len(text) < SHORT else self._text(text) for text in texts[field]]
            fields.append(TEXT_END.join([line for line, _, _ in read]))
            step = _step(field, sum([length for _, length, _ in read]))
            for line, _, found in read:
                for term in line.split() if field == "event" else found:  # no "ml" for MLSys
                    steps[term] = steps.get(term, 0) + step
        if steps and max(steps.values()) > HEAVIEST:
            steps = {term: min(step, HEAVIEST) for term, step in steps.items()}
        return steps, FIELD_END.join(fields)

    def _text(self, text: str) -> tuple[str, int, list[str]]:
        """Return the words of a text in one line, how many they are, and its terms."""
        plain: list[str] = []
        stems: list[str] = []
        compounds: list[str] = []
        for its_words, its_stems, its_compounds in map(_parts, chains(text)):
            plain += its_words
            stems += its_stems
            if its_compounds:
                compounds += its_compounds
        return " ".join(plain), len(plain), plain + compounds + self._names.within(stems)


@lru_cache(1 << 18)
def _parts(chain: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return words, their stems, and compounds of a chain (see `tokenizer.chains`)."""
    plain = words_of(chain)
    return plain, tuple(map(stem, plain)), compounds_of(chain)


def _write_sessions(
    documents: Documents, names: _Names, into: sqlite3.Connection, progress: Progress | None
) -> None:
    sessions = documents.sessions
    size = len(sessions)
    reader = _Reader(names)
    heavier_first = [postings.place(0, step) for step in range(HEAVIEST + 1)]
    places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    facets: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)

    def rows() -> Iterator[tuple[int, str, str, str, str]]:
        for doc, session in enumerate(sessions):
            steps, line = reader.session(documents.texts(session))
            for term, step in steps.items():
                places[term].append(heavier_first[step] | doc)
            for entry in documents.facets(session):
                facets[entry][doc] = None
            if progress and doc % 1000 == 0:
                progress(doc, size)
            record = json.dumps(session.record(), ensure_ascii=False)
            yield doc, session.id, session.id.casefold(), record, line

    into.executemany("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", rows())
    into.executemany(
        "INSERT INTO facets VALUES (?, ?, ?, ?)",
        ((*key, len(docs), postings.encode_set(docs, size)) for key, docs in sorted(facets.items())),
    )
    _write_words(places, names, size, into)
    if progress:
        progress(size, size)


@cache
def _step(field: str, length: int) -> int:
    """Return what one word of a field weighs in steps, when the field has so many words."""
    weight = WEIGHT[field] / (1 - LENGTH + LENGTH * length / TYPICAL[field])
    return round(weight * postings.STEP) or 1


def _write_words(places: dict[str, "array[int]"], names: _Names, size: int, into: sqlite3.Connection) -> None:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(places):
        if is_japanese_word(word) and " " not in word:
            parts["japanese"].append(word)
        elif " " not in word and len(word) <= LONGEST_LISTED:
            parts[str(len(word))].append(word)
    into.executemany(
        "INSERT INTO vocabulary VALUES (?, ?)", ((part, "\n".join(some)) for part, some in parts.items())
    )
    within = _within_longer(places, parts["japanese"], names)
    into.executemany(
        "INSERT INTO words (word, found_in, stem, sound, best, weights, rest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (word, found_in, *_keys(word), best, weights, rest)
            for some in (places, within)
            for word in sorted(some)
            for found_in, best, weights, rest in [postings.encode_postings(some[word], size)]
        ),
    )


def _within_longer(
    places: Mapping[str, "array[int]"], japanese: Sequence[str], names: _Names
) -> dict[str, "array[int]"]:
    """Return for each Japanese word or name the places of all longer words that hold it, weaker by the share it takes."""
    known = {*japanese, *names.japanese()}
    weights: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for longer in japanese:
        for word in _held(longer, known):
            if word != longer:
                share = _share(word, longer)
                held = weights[compound_term(word)]
                for place in places[longer]:
                    doc, step = postings.doc_and_step(place)
                    held[doc] = min(HEAVIEST, held.get(doc, 0) + (round(step * share) or 1))
    return {
        term: array("I", [postings.place(doc, step) for doc, step in held.items()])
        for term, held in weights.items()
    }


def _held(longer: str, known: AbstractSet[str]) -> set[str]:
    """Return the known words of at most LONGEST_LISTED characters that a Japanese word holds."""
    size = len(longer)
    return {
        part
        for start in range(size)
        for end in range(start + 2, min(start + LONGEST_LISTED, size) + 1)
        if (part := longer[start:end]) in known
    }


def _share(part: str, whole: str) -> float:
    """Return how much a Japanese word counts in a longer one: .6 to .9 by the share of characters.

    Katakana in the middle of katakana is likelier an accident (ログ in プログラム) than a part.
    """
    accident = (
        is_katakana(part)
        and is_katakana(whole)
        and not (len(part) > 2 and part in (whole[: len(part)], whole[-len(part) :]))
    )
    return 0.2 if accident else 0.6 + 0.3 * len(part) / len(whole)


def _keys(word: str) -> tuple[str, str]:
    """Return stem and sound of a word; names of several words, and what stands for longer words, are found by neither."""
    return (stem(word), sound_of_english(word)) if word.isalnum() else ("", "")
