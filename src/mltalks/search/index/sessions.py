"""The stored sessions: their ids, records and texts.

Does not look up words: `vocabulary` does.
"""

import json
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from mltalks.search.index.database import Database
from mltalks.search.index.packed_texts import line_of, unpacked
from mltalks.text.folding import fold
from mltalks.text.japanese.scripts import is_japanese_word
from mltalks.text.words.stemmer import stem
from mltalks.text.words.tokenizer import has_word, wording

# The texts of a session, in the order in which they are stored and in which matches are listed.
FIELDS = (
    "title", "keywords", "keywords_ja", "companies", "speakers", "track", "event", "summary", "summary_ja", "note",
    "questions", "questions_ja",
)  # fmt: skip
# What separates the fields of a session, and the texts of a field, among its words.
FIELD_END, TEXT_END = "\x1e", "\x1f"
_DECODER = json.JSONDecoder()


class Sessions:
    """Sessions by number."""

    def __init__(self, db: Database) -> None:
        self._db = db
        # A hit is printed, and looks for many words in the texts of its session.
        self._unpacked = lru_cache(1)(self._unpack)
        self._texts = lru_cache(1)(self._field_texts)

    def doc(self, session_id: str) -> int | None:
        """Return the number of a session by its id, else by its id in another case or width."""
        if not session_id.isprintable():
            return None  # no id is; SQLite takes no lone surrogates
        row = self._db.row(
            "SELECT doc FROM sessions WHERE coalesce(key, id) = ? ORDER BY id <> ? LIMIT 1",
            (session_id.casefold(), session_id),
        )
        if (
            row is None
            and not session_id.isascii()
            and (narrow := normalize("NFKC", session_id)) != session_id
        ):
            return self.doc(narrow)
        return row[0] if row else None

    def ids(self) -> dict[int, str]:
        """Return the ids of all sessions, by number."""
        return dict(self._db.each("SELECT doc, id FROM sessions ORDER BY doc"))

    def dates(self) -> dict[int, str]:
        """Return the day of each session that has one, with the time if it is known, as text that sorts by both."""
        return dict(self._db.each("SELECT doc, date FROM sessions WHERE date IS NOT NULL"))

    def titles(self, beginning: str) -> Iterator[tuple[str, str]]:
        """Yield (id, title) of the sessions whose ids, as `folding.fold` returns them, begin with a text."""
        for doc, session in self.ids().items():
            if fold(session).startswith(beginning):
                yield session, self.value(doc, "title")

    def briefs(self) -> Iterator[tuple[str, str, str, str | None]]:
        """Yield (id, title, event, DOI) of all sessions."""
        for session, record in self._all():
            yield session, _value(record, "title"), _value(record, "event"), _value(record, "doi")

    def ids_with(self, text: str) -> Iterator[str]:
        """Yield the ids of the sessions whose records have a text, given in small letters, in any field."""
        yield from [session for session, record in self._all() if text in record.casefold()]

    def having_text(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the addresses (links, and the DOI) of each session whose record has a text, in any case."""
        wanted = text.lower()
        for doc, value in self._db.each("SELECT doc, packed FROM texts ORDER BY doc"):
            record = unpacked(value)[1]
            if wanted in record.lower():
                values = (_value(record, field) for field in ("url", "paper", "slides", "video", "doi"))
                yield doc, [one for one in values if one]

    def _all(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the record of each session."""
        rows = self._db.each("SELECT id, packed FROM sessions JOIN texts USING (doc) ORDER BY doc")
        return ((session, unpacked(value)[1]) for session, value in rows)

    def record(self, doc: int) -> str:
        """Return a session as JSON (see `Session.record`)."""
        return self._unpacked(doc)[1]

    def value(self, doc: int, field: str) -> Any:
        """Return a field of a session; the rest of its JSON is not parsed."""
        return _value(self.record(doc), field)

    def line(self, doc: int) -> str:
        """Return the words of all texts of a session between spaces, a line each text."""
        return _line(self._unpacked(doc)[0])

    def count_phrases(self, docs: Collection[int], phrases: Collection[str]) -> Iterator[tuple[int, int]]:
        """Yield each of some documents with the number of phrases, given as folded words between spaces, that it has."""
        wanted = ",".join(map(str, docs))
        rows = self._db.rows(f"SELECT doc, packed FROM texts WHERE doc IN ({wanted})")  # noqa: S608 - numbers
        for doc, value in rows:
            text = line_of(value)
            likely = [
                phrase for phrase in phrases if phrase.strip() in text
            ]  # few are, and a line takes longer to make
            line = _line(text) if likely else ""
            yield doc, sum(phrase in line for phrase in likely)

    def lines(self, doc: int) -> dict[str, list[str]]:
        """Return the words of each text of a session between spaces, by field; fields without any are left out."""
        fields = self._unpacked(doc)[0].split(FIELD_END)
        return {
            field: [f" {line} " for line in text.split(TEXT_END)]
            for field, text in zip(FIELDS, fields, strict=True)
            if text
        }

    def likeness(self, docs: Collection[int]) -> list[tuple[int, bytes, list[str]]]:
        """Return for some documents the vector (see `word_vectors`; empty if no word is known) and all themes, also broader ones."""
        wanted = ",".join(map(str, docs))
        rows = self._db.rows(f"SELECT doc, vector, themes FROM likeness WHERE doc IN ({wanted})")  # noqa: S608 - numbers
        return [(doc, vector, themes.split()) for doc, vector, themes in rows]

    def _field_texts(self, doc: int) -> list[tuple[str, str]]:
        """Return the words of each field that has any; a line end separates texts."""
        return [(field, "\n".join(lines)) for field, lines in self.lines(doc).items()]

    def _unpack(self, doc: int) -> tuple[str, str]:
        """Return the words of the texts of a session, and the session as JSON."""
        ((packed,),) = self._db.rows("SELECT packed FROM texts WHERE doc = ?", (doc,))
        return unpacked(packed)

    def fields_with(self, doc: int, name: str) -> tuple[str, ...]:
        """Return the fields of a session that have a name: as words, however inflected if it has several, else within compounds."""
        word = name if is_japanese_word(name) else f" {name} "  # as `tokenizer.has_word`
        texts = self._texts(doc)
        inflected = f" {' '.join(map(stem, name.split()))} " if " " in name else ""
        whole = tuple(
            [field for field, text in texts if word in text or (inflected and _has_stems(text, inflected))]
        )
        if whole:
            return whole
        bare = name.replace(" ", "")
        joined = re.compile(f" {' ?'.join(map(re.escape, bare))} ")
        apart = tuple([field for field, text in texts if joined.search(text)])
        within = apart or tuple([field for field, text in texts if bare in text.replace(" ", "")])
        return within or (self.fields_saying(doc, name) if wording(name) else ())

    def fields_saying(self, doc: int, said: str) -> tuple[str, ...]:
        """Return the fields of a session that have a wording, which the words of their texts leave out (see `tokenizer.wording`)."""
        record = self.record(doc)
        if said not in fold(record):
            return ()
        values = ((field, _value(record, field)) for field in FIELDS if field not in ("event", "speakers"))
        texts = (
            (field, value if isinstance(value, str) else "\n".join(value or ())) for field, value in values
        )
        return tuple([field for field, text in texts if said in fold(text)])

    def has_in(self, doc: int, fields: Collection[str], name: str) -> bool:
        """Return whether any of some fields of a session has words, or a wording."""
        lines = self.lines(doc)
        if any(has_word(text, name) for field in fields for text in lines.get(field, ())):
            return True
        return bool(wording(name)) and not set(fields).isdisjoint(self.fields_saying(doc, name))

    def year(self, doc: int) -> int:
        """Return the year of a session."""
        return int(self.value(doc, "year"))


def _value(record: str, field: str) -> Any:
    """Return a field of a session as JSON; the rest is not parsed."""
    name = f'"{field}": '  # within a text of the record, quotation marks are escaped
    return _DECODER.raw_decode(record, record.index(name) + len(name))[0]


def _line(text: str) -> str:
    return f" {text} ".replace(FIELD_END, " \n ").replace(TEXT_END, " \n ")


def _has_stems(text: str, stems: str) -> bool:
    """Return whether a line of words has some stems between spaces side by side."""
    return f" {stems.split(maxsplit=1)[0]}" in text and stems in f" {' '.join(map(stem, text.split()))} "
