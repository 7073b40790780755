"""Writes the words of changed sessions: the postings of each term, the lists of words, and the parts of Japanese words.

Does not split texts into words: `session_words` does.
"""

import json
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from mltalks.search.index.postings import DOC_BITS, HEAVIEST, numbers_of_row, pack, set_row, unpack
from mltalks.search.index.stored_postings import StoredPostings
from mltalks.search.index.vocabulary import compound_term, lines_with
from mltalks.search.indexing.session_words import JapaneseParts, SessionWords, is_listed_japanese
from mltalks.text.japanese.romaji import romaji_key, spelling_of_kana
from mltalks.text.japanese.scripts import is_katakana
from mltalks.text.words.phonetics import sound_of_english
from mltalks.text.words.stemmer import stem

LONGEST_LISTED = 40  # letters of a word that typos are corrected to
JAPANESE, JAPANESE_NAMES, KATAKANA, HIRAGANA = "japanese", "japanese names", "katakana readings", "hiragana"
_IN = "IN (SELECT value FROM json_each(?))"
_STORED = f"SELECT word, best, weights, rest, steps, asked FROM words WHERE word {_IN}"  # noqa: S608 - ours
_WRITE = (
    "INSERT OR REPLACE INTO words (word, stem, sound, found_in, best, weights, rest, steps, asked, subject, subjects, names)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class TermChanges:
    """What changes in the postings of each term: documents that lose it, and documents that get it with a weight."""

    def __init__(self) -> None:
        self.removed: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        self.added: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))

    def note(self, doc: int, before: Mapping[str, int], after: Mapping[str, int]) -> None:
        """Take the weights of all terms of a document, before and after a change, in steps."""
        for term, step in before.items():
            if after.get(term) != step:
                self.removed[term].append(doc)
        added, lightest = self.added, pack(doc, 0)
        for term, step in after.items():
            if not before or before.get(term) != step:
                added[term].append(lightest - (step << DOC_BITS))

    def terms(self) -> set[str]:
        """Return all terms that change."""
        return self.removed.keys() | self.added.keys()


class _Counts(NamedTuple):
    """How many sessions have a word outside of names and within, and whether it is listed among the words of the subject."""

    subjects: int = 0
    names: int = 0
    subject: bool = False


class WordWriter:
    """Collects the changes of sessions and writes them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._words = TermChanges()
        self._asked = TermChanges()
        self._subjects: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._japanese: list[tuple[int, dict[str, int], dict[str, int]]] = []

    def note(self, doc: int, before: SessionWords, after: SessionWords) -> None:
        """Take the words of a document before and after a change."""
        self._words.note(doc, before.steps, after.steps)
        if before.asked or after.asked:
            self._asked.note(doc, dict.fromkeys(before.asked, 0), dict.fromkeys(after.asked, 0))
        if before.steps:
            self._subjects.subtract(before.subjects)
            self._names.subtract(before.names)
        self._subjects.update(after.subjects)
        self._names.update(after.names)
        japanese = [
            {
                term: step
                for term, step in one.steps.items()
                if not term.isascii() and is_listed_japanese(term)
            }
            for one in (before, after)
        ]
        if any(japanese):
            self._japanese.append((doc, japanese[0], japanese[1]))

    def write(self, size: int) -> None:
        """Write all changes; `size` is one more than the highest number of a document."""
        known = set(self._list(JAPANESE))
        lists = self._write_words(size)
        for part, (removed, added) in lists.items():
            self._change_list(part, removed, added)
        names = set(self._list(JAPANESE_NAMES))
        self._change_list(KATAKANA, *(katakana_readings(some - names) for some in lists[JAPANESE]))
        self._write_parts(known, size)

    # words

    def _write_words(self, size: int) -> "defaultdict[str, tuple[set[str], set[str]]]":
        """Write the postings of words and terms; return the words that leave and join each list."""
        before = self._counts_before()
        now = self._counts_now(before)
        written = set(self._write_postings(self._words, size, now))
        left = (self._words.terms() | self._asked.terms()) - written
        others = [
            (*_flag(now[word]), word)
            for word in before
            if word not in written and word not in left and now[word] != before[word]
        ]
        self._db.executemany("UPDATE words SET subject = ?, subjects = ?, names = ? WHERE word = ?", others)
        lists: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for word in before.keys() | written:
            old = _list_of(word, subject=before[word].subject) if word in before else ""
            new = "" if word in left else _list_of(word, subject=now[word].subject)
            if old != new:
                lists[old][0].add(word)
                lists[new][1].add(word)
        lists.pop("", None)
        return lists

    def _counts_before(self) -> dict[str, _Counts]:
        """Return the stored counts of all words whose counts or list may change, which are all that share a stem."""
        changed = self._changed()
        known = {}
        for where, values in (
            ("word", changed),
            ("stem", {stem(word) for word in changed if word.isalnum()}),
        ):
            query = f"SELECT word, subjects, names, subject FROM words WHERE {where} {_IN}"  # noqa: S608 - ours
            for word, subjects, names, subject in self._db.execute(query, (json.dumps(list(values)),)):
                known[word] = _Counts(subjects, names, bool(subject))
        return known

    def _changed(self) -> set[str]:
        return self._words.terms() | self._subjects.keys() | self._names.keys()

    def _counts_now(self, before: Mapping[str, _Counts]) -> dict[str, _Counts]:
        """Return the counts after the changes.

        A word is one of the subject if more sessions have it outside of names than have words of its stem in names.
        """
        found = {}
        in_names: Counter[str] = Counter()
        for word in self._changed() | before.keys():
            subjects, names, _ = before.get(word, _Counts())
            found[word] = _Counts(subjects + self._subjects[word], names + self._names[word])
            in_names[_family(word)] += found[word].names
        return {
            word: one._replace(subject=one.subjects > in_names[_family(word)]) for word, one in found.items()
        }

    def _write_postings(
        self, changes: TermChanges, size: int, counts: Mapping[str, _Counts]
    ) -> Iterator[str]:
        """Write the changed postings of terms; yield the terms that any document still has."""
        terms = sorted(changes.terms() | self._asked.terms() if counts else changes.terms())
        stored = self._stored(terms)
        rows, gone = [], []
        for term in terms:
            old, asked = stored.get(term, (StoredPostings([]), b""))
            new = old.changed(changes.removed.get(term, ()), changes.added.get(term, ()))
            if not new.best:
                gone.append((term,))
                continue
            yield term
            asked = self._asked_row(term, asked, size) if counts else b"n"
            rows.append((term, *_keys(term), *new.row(size), asked, *_flag(counts.get(term, _Counts()))))
            if len(rows) == 1000:
                self._db.executemany(_WRITE, rows)
                rows = []
        self._db.executemany(_WRITE, rows)
        self._db.executemany("DELETE FROM words WHERE word = ?", gone)

    def _stored(self, terms: Collection[str]) -> dict[str, tuple[StoredPostings, bytes]]:
        if self._db.execute("SELECT 1 FROM words LIMIT 1").fetchone() is None:
            return {}
        rows = self._db.execute(_STORED, (json.dumps(list(terms)),))
        return {term: (StoredPostings.from_row(*row), asked) for term, *row, asked in rows}

    def _asked_row(self, term: str, row: bytes, size: int) -> bytes:
        removed, added = self._asked.removed.get(term, ()), self._asked.added.get(term, ())
        if not removed and not added:
            return row or b"n"
        docs = set(numbers_of_row(row)) - set(removed) | {unpack(one)[0] for one in added}
        return set_row(sorted(docs), size)

    # parts of Japanese words

    def _write_parts(self, before: Collection[str], size: int) -> None:
        """Write the postings of all longer words for each Japanese word or name that they contain."""
        if not self._japanese:
            return
        names, now = set(self._list(JAPANESE_NAMES)), set(self._list(JAPANESE))
        things = {key for (key,) in self._db.execute("SELECT key FROM others")}
        old, new = JapaneseParts(names.union(before), things), JapaneseParts(names | now, things)
        changes = TermChanges()
        for doc, words_before, words_after in self._japanese:
            changes.note(doc, old.steps(words_before), new.steps(words_after))
        if not before:  # all sessions have changed
            list(self._write_postings(changes, size, {}))
            return
        fresh = {compound_term(word) for word in now.difference(before) - names}
        stale = {compound_term(word) for word in set(before) - now - names}
        for term in fresh | stale:
            changes.removed.pop(term, None)
            changes.added.pop(term, None)
        list(self._write_postings(changes, size, {}))
        self._db.executemany("DELETE FROM words WHERE word = ?", [(term,) for term in stale])
        self._write_whole(fresh, new, size)

    def _write_whole(self, terms: Collection[str], parts: JapaneseParts, size: int) -> None:
        """Write the postings of the terms for parts of words from those of all words that contain them."""
        text = "\n".join(("", *self._list(JAPANESE), ""))
        longer = {word for term in terms for word in lines_with(text, term[1:])}
        steps: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for word, (postings, _) in self._stored(longer).items():
            for term, share in parts.shares(word):
                if term in terms:
                    known = steps[term]
                    for doc, step in map(unpack, postings.all()):
                        known[doc] = min(HEAVIEST, known.get(doc, 0) + (round(step * share) or 1))
        rows = (
            (term, *_keys(term), *StoredPostings.of(map(pack, some, some.values())).row(size), b"n", *_flag())
            for term, some in steps.items()
        )
        self._db.executemany(_WRITE, rows)

    # lists of words

    def _list(self, part: str) -> list[str]:
        row = self._db.execute("SELECT words FROM vocabulary WHERE part = ?", (part,)).fetchone()
        return row[0].split("\n") if row and row[0] else []

    def _change_list(self, part: str, removed: Collection[str], added: Collection[str]) -> None:
        if removed or added:
            lines = sorted((set(self._list(part)) - set(removed)) | set(added))
            self._db.execute("INSERT OR REPLACE INTO vocabulary VALUES (?, ?)", (part, "\n".join(lines)))


def _list_of(word: str, *, subject: bool) -> str:
    """Return the list of words that a word is in, or "" if it is in none."""
    if " " in word:
        return ""
    if word.startswith("^"):  # see `tokenizer.hiragana_term`
        return HIRAGANA
    if is_listed_japanese(word):
        return JAPANESE
    if len(word) > LONGEST_LISTED:
        return ""
    return f"{len(word)}" if subject else f"{len(word)} of names"


def _family(word: str) -> str:
    return stem(word) if word.isalnum() else word


def _keys(word: str) -> tuple[str, str]:
    """Return the stem and the sound of a word; other terms are found by neither."""
    return (stem(word), sound_of_english(word)) if word.isalnum() else ("", "")


def _flag(counts: _Counts = _Counts()) -> tuple[bool, int, int]:  # noqa: B008 - a constant
    return counts.subject, counts.subjects, counts.names


def katakana_readings(japanese: Iterable[str]) -> list[str]:
    """Return a line for each katakana word: the key of its reading, its spelling in Latin letters, and the word."""
    katakana = [word for word in japanese if is_katakana(word) and " " not in word]
    spellings = spelling_of_kana("\n".join(katakana))
    lines = zip(romaji_key(spellings).split("\n"), spellings.split("\n"), katakana, strict=False)
    return list(map("\t".join, lines))
