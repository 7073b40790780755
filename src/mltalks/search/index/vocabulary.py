"""The vocabulary: the words of all sessions, the documents that have them, and the words that look or sound like them.

Does not interpret words of a query: `search.expansion` does.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import combinations, permutations

from mltalks.search.index.database import Database
from mltalks.search.index.postings import NO_POSTINGS, DocSet, Postings
from mltalks.text.japanese.scripts import is_hiragana, is_katakana


def compound_term(word: str) -> str:
    """Return the term under which all longer Japanese words that contain a word are indexed together."""
    return f"~{word}"


def lines_with(text: str, part: str) -> list[str]:
    r"""Return the lines of a text, which begins and ends with a line end, that contain a part and are longer.

    >>> lines_with("\n機械学習\n学習\n推論\n", "学習")
    ['機械学習']
    """
    found, at = [], 0
    while (at := text.find(part, at)) >= 0:
        start, at = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        if at - start > len(part):
            found.append(text[start:at])
    return found


REMEMBERED = 1 << 14  # words that are kept in memory with what was read about them
SHORTEST, LONGEST = 2, 12  # characters of a word with homophones
MOST_ALIKE = 3  # homophones


class Vocabulary:
    """Words and terms; a term is a word, a name of several words, or what `compound_term` returns."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._parts: dict[str, str] = {}
        # Other names of what is typed come again in other queries.
        self._counted = lru_cache(REMEMBERED)(self._count)
        self._inflected = lru_cache(REMEMBERED)(self._words)

    def postings(self, term: str) -> Postings:
        """Return the documents that have a term."""
        return self.postings_of([term]).get(term, NO_POSTINGS)

    def postings_of(self, terms: Sequence[str]) -> dict[str, Postings]:
        """Return the documents that have each term; terms that no document has are left out."""
        marks = ",".join("?" * len(terms))
        query = f"SELECT word, found_in, best, weights, rest, asked FROM words WHERE word IN ({marks})"  # noqa: S608 - marks
        return {term: Postings.from_row(*row) for term, *row in self._db.rows(query, terms)}

    def found_in(self, word: str) -> int:
        """Return how many sessions have a word."""
        return self._counted(word)

    def found_within(self, word: str) -> int:
        """Return how many sessions have a Japanese word, alone or within a longer one; those that have both count twice."""
        return self.found_in(word) + self.found_in(compound_term(word))

    def _count(self, word: str) -> int:
        row = self._db.row("SELECT found_in FROM words WHERE word = ?", (word,))
        return row[0] if row else 0

    def with_stem(self, stem: str, limit: int, *, names: bool = True) -> list[str]:
        """Return up to `limit` words that share a stem, the commonest first."""
        return self._inflected(
            "stem = ? AND (subject OR ?) ORDER BY found_in DESC, word LIMIT ?", stem, names, limit
        )

    def with_sound(self, sound: str) -> list[str]:
        """Return the words with a sound (see `text.words.phonetics`), the commonest first, without names."""
        return self._words("sound = ? AND sound <> '' AND subject ORDER BY found_in DESC, word", sound)

    def read_as(self, key: str) -> Iterator[tuple[str, list[str]]]:
        """Yield (spelling, Japanese words) for each reading with a key (see `text.japanese.romaji`)."""
        for reading in self._readings.get(key, ()):
            spelling, _, words = reading.partition("\t")
            yield spelling, words.split()

    def homophones(self, word: str) -> tuple[str, ...]:
        """Return the words of sessions that are read like a word in kanji, as input methods confuse them, the commonest first.

        None are returned for other words.

        >>> from mltalks import open
        >>> vocabulary = open().catalogue.index.vocabulary
        >>> vocabulary.homophones("機会学習"), vocabulary.homophones("量子科"), vocabulary.homophones("量子論")
        (('機械学習',), ('量子化',), ())
        """
        if not SHORTEST <= len(word) <= LONGEST or word.isascii() or is_katakana(word) or is_hiragana(word):
            return ()
        alike = (
            word[:start] + other + word[end:]
            for start, end in combinations(range(len(word) + 1), 2)
            for other in sorted(self._read_alike.get(word[start:end], ()))
        )
        found = {other: self.found_within(other) for other in alike}
        return tuple(sorted(filter(found.get, found), key=lambda other: -found[other])[:MOST_ALIKE])

    @cached_property
    def _read_alike(self) -> dict[str, set[str]]:
        """The Japanese words with others that are read alike, and the characters in which alone such words differ."""
        found: dict[str, set[str]] = {}
        lines = (reading.split("\t")[-1] for readings in self._readings.values() for reading in readings)
        for one, other in (pair for line in lines for pair in permutations(line.split(), 2)):
            found.setdefault(one, set()).add(other)
            apart = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
            if len(one) == len(other) and len(apart) == 1:
                found.setdefault(apart[0][0], set()).add(apart[0][1])
        return found

    @cached_property
    def _readings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in f"{self._part('readings')}{self._part('katakana readings')}".split("\n"):
            key, _, reading = line.partition("\t")
            found.setdefault(key, []).append(reading)
        return found

    def with_prefix(self, prefix: str, limit: int, *, names: bool = False) -> list[str]:
        """Return up to `limit` longer words that start with a prefix, the commonest first, without or with `names`."""
        where = "word > ? AND word < ? AND instr(word, ' ') = 0 AND (subject OR ?) ORDER BY found_in DESC, word LIMIT ?"
        return self._words(where, prefix, prefix + chr(0x10FFFF), names, limit)

    def _words(self, where: str, *values: object) -> list[str]:
        query = f"SELECT word FROM words WHERE {where}"  # noqa: S608 - ours
        return [word for (word,) in self._db.rows(query, values)]

    def of_lengths(self, shortest: int, longest: int, *, names: bool = False) -> list[str]:
        """Return the words of some lengths in letters, without Japanese ones: names, or all others."""
        kind = " of names" if names else ""
        return [
            word for length in range(shortest, longest + 1) for word in self._part(f"{length}{kind}").split()
        ]

    def _part(self, part: str) -> str:
        """Return a part of the list of words, the words or names of a length or all Japanese ones, a line each."""
        if part not in self._parts:
            row = self._db.row("SELECT words FROM vocabulary WHERE part = ?", (part,))
            self._parts[part] = f"\n{row[0]}\n" if row else "\n"
        return self._parts[part]

    def japanese_with(self, run: str, limit: int) -> list[str]:
        """Return up to `limit` longer Japanese words that contain a run of characters, the shortest first."""
        return sorted(lines_with(self._part("japanese"), run), key=lambda word: (len(word), word))[:limit]

    def hiragana_with(self, run: str) -> list[str]:
        """Return the hiragana of texts, up to the next character of another script, that contains a run of hiragana or is it."""
        return [term[1:] for term in (*lines_with(self._part("hiragana"), run), f"^{run}")]


class LoadedVocabulary(Vocabulary):
    """A vocabulary that has read the postings of all terms, for thousands of questions in a row."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._postings: dict[str, Postings] = {}
        self._families: defaultdict[str, list[str]] = defaultdict(list)
        rows = db.each(
            "SELECT word, subject, stem, found_in, best, weights, rest, asked FROM words ORDER BY found_in DESC, word"
        )
        self._subjects: set[str] = set()
        for term, subject, stem, *row in rows:
            self._postings[term] = Postings.from_row(*row)
            if subject:
                self._subjects.add(term)
            self._families[stem].append(term)

    def terms_in(self, docs: DocSet, size: int) -> set[str]:
        """Return all terms that any of some documents has, out of `size` documents in the index."""
        return {term for term, postings in self._postings.items() if postings.docs(size) & docs}

    def postings_of(self, terms: Sequence[str]) -> dict[str, Postings]:
        """Return the documents that have each term; terms that no document has are left out."""
        return {term: self._postings[term] for term in terms if term in self._postings}

    def found_in(self, word: str) -> int:
        """Return how many sessions have a word."""
        return self._postings.get(word, NO_POSTINGS).found_in

    def with_stem(self, stem: str, limit: int, *, names: bool = True) -> list[str]:
        """Return up to `limit` words that share a stem, the commonest first."""
        return [word for word in self._families.get(stem, []) if names or word in self._subjects][:limit]
