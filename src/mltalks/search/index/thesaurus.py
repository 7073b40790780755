"""The thesaurus: the names of things in both languages, and the themes that have a name.

Does not find the sessions that have a name: `vocabulary` does.
"""

from collections.abc import Iterator
from functools import lru_cache

from mltalks.search.index.database import Database
from mltalks.text.words.stemmer import stem_key
from mltalks.text.words.word_forms import is_form_of_name

REMEMBERED = 1 << 14  # names that are kept in memory with what was read about them


def exact_key(name: str) -> str:
    """Return the key of a name that sets it apart from other names with the same stems."""
    return f"={name.replace(' ', '')}"


class Thesaurus:
    """Names, each given as folded words between spaces."""

    def __init__(self, db: Database) -> None:
        self._db = db
        # Other names of what is typed come again in other queries.
        self.meaning = lru_cache(REMEMBERED)(self._meaning)
        self.themes_named = lru_cache(REMEMBERED)(self._themes_named)
        self.hints = lru_cache(REMEMBERED)(self._hints)
        self.names_of_hint = lru_cache(REMEMBERED)(self._names_of_hint)

    def _meaning(self, name: str) -> tuple[list[str], list[str]]:
        """Return (same, near): the synonyms of a name, with itself, and names that are near in meaning.

        A name is looked up by its exact spelling, else by its stems.
        """
        query = "SELECT same, near FROM others WHERE key IN (?, ?) ORDER BY key LIMIT 1"  # "=" is before any letter
        row = self._db.row(query, (exact_key(name), stem_key(name))) or ("", "")
        same, near = (names.split("\n") if names else [] for names in row)
        return same, near

    def meanings(self) -> Iterator[tuple[list[str], list[str]]]:
        """Yield (same, near) of all names, each pair once."""
        for row in self._db.each("SELECT DISTINCT same, near FROM others ORDER BY same, near"):
            same, near = (names.split("\n") if names else [] for names in row)
            yield same, near

    def keys_with_prefix(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` keys of names that start with a prefix, the shortest first."""
        query = "SELECT key FROM others WHERE key > ? AND key < ? ORDER BY length(key), key LIMIT ?"
        return [key for (key,) in self._db.rows(query, (prefix, prefix + chr(0x10FFFF), limit))]

    def _hints(self, stem: str) -> list[str]:
        """Return the hints with a stem: stems, between spaces, of words that describe a thing."""
        row = self._db.row("SELECT hints FROM hints_by_stem WHERE stem = ?", (stem,))
        return row[0].split("\n") if row else []

    def _names_of_hint(self, hint: str) -> tuple[str, ...]:
        """Return the names of the thing that a hint describes."""
        row = self._db.row("SELECT names FROM hints WHERE hint = ?", (hint,))
        return tuple(row[0].split("\n")) if row else ()

    def _themes_named(self, name: str) -> dict[str, str]:
        """Return the themes that have a name, in a form of its words, each with its strength: "label", "strong" or "weak"."""
        query = "SELECT theme, strength, name FROM labels WHERE key = ? ORDER BY strength DESC"
        rows = self._db.rows(query, (stem_key(name),))
        return {theme: strength for theme, strength, other in rows if is_form_of_name(name, other)}
