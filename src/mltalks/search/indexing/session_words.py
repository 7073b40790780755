"""The words of a session as terms with weights, by which it is indexed: more in a title, less in a long text.

Does not write the index, and does not weigh terms against each other.

Source of the weights: BM25F; Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.6, with the average lengths
of the shipped catalogue in place of those of the indexed one, so that a score does not change when a talk is added.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from mltalks.search.index.postings import HEAVIEST, STEP
from mltalks.search.index.sessions import FIELD_END, FIELDS, TEXT_END
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.japanese.scripts import is_japanese_word, is_katakana
from mltalks.text.words.other_things import is_only_in_others
from mltalks.text.words.stemmer import stem
from mltalks.text.words.tokenizer import chains, compounds_of, words_of

# A word that more sessions have in these fields than elsewhere is a name.
NAME_FIELDS = ("companies", "speakers", "event")
SHORT = 80  # letters of a text that is likely to come again
SHORTEST_PART, ING = 3, "リング"  # characters of a part of katakana; an ending that is no word
LONGEST_PART = 40  # characters of a word that is looked for in longer Japanese ones

LENGTH = 0.6  # b of BM25
# The weight of a word in a field of typical length, and that length in words.
FIELD_WEIGHTS = {
    "title": (3.0, 9),
    "keywords": (2.0, 12),
    "keywords_ja": (2.0, 6),
    "companies": (2.0, 6),
    "speakers": (2.0, 9),
    "track": (1.0, 4),
    "event": (1.0, 6),
    "summary": (1.0, 42),
    "summary_ja": (1.0, 30),
    "questions": (0.8, 130),
    "questions_ja": (0.8, 52),
    "note": (1.0, 42),
}


class SessionWords(NamedTuple):
    """The weight of each term of a session in steps; terms of its questions alone, outside and within names; its words as a line."""

    steps: Mapping[str, int]
    asked: AbstractSet[str]
    subjects: AbstractSet[str]
    names: AbstractSet[str]
    line: str

    def texts(self) -> dict[str, list[str]]:
        """Return the words of each text of a session, by field."""
        fields = zip(FIELDS, self.line.split(FIELD_END), strict=True)
        return {field: text.split(TEXT_END) for field, text in fields}


NO_WORDS = SessionWords({}, frozenset(), frozenset(), frozenset(), "")


@cache
def word_weight(field: str, length: int) -> int:
    """Return the weight of one word in a field of so many words, in steps (see `postings.STEP`)."""
    weight, typical = FIELD_WEIGHTS[field]
    return round(weight / (1 - LENGTH + LENGTH * length / typical) * STEP) or 1


class SessionReader:
    """Splits the texts of sessions into words and terms; short texts, which many sessions share, only once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take an index that has its thesaurus."""
        self._db = db
        self._short = lru_cache(1 << 14)(self._text)

    def words(self, texts: Mapping[str, Sequence[str]]) -> SessionWords:
        """Return the words of a session, from its texts by field."""
        steps: dict[str, int] = {}
        known = steps.get
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
            its_terms = names if field in NAME_FIELDS else subjects
            for line, _, terms in read:
                found = line.split() if field == "event" else terms  # no "ml" for MLSys
                its_terms.update(found)
                for term in found:
                    steps[term] = known(term, 0) + step
        if steps and max(steps.values()) > HEAVIEST:
            steps = {term: min(step, HEAVIEST) for term, step in steps.items()}
        return SessionWords(steps, steps.keys() - outside, subjects, names, FIELD_END.join(fields))

    def _text(self, text: str) -> tuple[str, int, list[str]]:
        """Return the words of a text in one line, their number, and the terms under which the text is indexed."""
        plain: list[str] = []
        stems: list[str] = []
        compounds: list[str] = []
        for its_words, its_stems, its_compounds in map(_parts, chains(text)):
            plain += its_words
            stems += its_stems
            compounds += its_compounds
        names = [name for name in self._names_within(stems) if name not in compounds]
        return " ".join(plain), len(plain), plain + compounds + names

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of several words in the thesaurus, each as its stems, a line each, by their first two stems."""
        return dict(self._db.execute("SELECT pair, names FROM long_names"))

    def _names_within(self, stems: Sequence[str]) -> list[str]:
        """Return the names that are in a text, however inflected, each as its stems; `stems` are those of the text."""
        return [
            name
            for at, pair in enumerate(map(" ".join, pairwise(stems)))
            if pair in self._names
            for name in self._names[pair].split("\n")
            if " ".join(stems[at : at + name.count(" ") + 1]) == name
        ]


@lru_cache(1 << 16)
def _parts(chain: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the words of a chain (see `tokenizer.chains`), their stems, and its compounds."""
    plain = words_of(chain)
    return plain, tuple(map(stem, plain)), compounds_of(chain)


def is_listed_japanese(term: str) -> bool:
    """Return whether a term is one Japanese word."""
    return not term.isascii() and " " not in term and is_japanese_word(term)


class JapaneseParts:
    """Words that are looked for within longer Japanese words: those of the sessions and of the thesaurus.

    `names` are those of things, of which a short word at the end is rarely a part (ライン in パイプライン).
    """

    def __init__(self, known: AbstractSet[str], names: AbstractSet[str]) -> None:
        self._known = known
        self._names = names
        self.shares = lru_cache(1 << 18)(self._shares)

    def steps(self, steps: Mapping[str, int]) -> dict[str, int]:
        """Return the weights of the terms for the parts of a session's Japanese words (see `compound_term`)."""
        found: dict[str, int] = {}
        for longer, step in steps.items():
            if is_listed_japanese(longer):
                for term, share in self.shares(longer):
                    found[term] = min(HEAVIEST, found.get(term, 0) + (round(step * share) or 1))
        return found

    def _shares(self, longer: str) -> list[tuple[str, float]]:
        """Return the terms for the known parts of a word, and how much each counts."""
        parts = {part for part in _parts_of(longer) if part in self._known} - {longer}
        return [
            (compound_term(part), share)
            for part in parts
            if not is_only_in_others(part, longer)
            if (share := _share(part, longer, is_name=longer in self._names))
        ]


def _parts_of(longer: str) -> Iterator[str]:
    """Yield the parts of two to LONGEST_PART characters of a word."""
    size = len(longer)
    for start in range(size):
        for end in range(start + 2, min(start + LONGEST_PART, size) + 1):
            yield longer[start:end]


def _share(part: str, whole: str, *, is_name: bool) -> float:
    """Return how much a Japanese word counts in a longer one: .6 to .9 by the share of characters.

    Katakana within katakana counts only at its beginning or end, and if it is short, after a part that may be a word: else it is
    likelier an accident (ループ in スループット and グループ).
    """
    if is_katakana(part) and is_katakana(whole) and (len(part) < SHORTEST_PART or not whole.startswith(part)):
        short = len(part) == SHORTEST_PART
        before = len(whole) - len(part)
        if not whole.endswith(part) or len(part) < SHORTEST_PART or part == ING:
            return 0.0
        if short and (is_name or before < SHORTEST_PART):
            return 0.0
    return 0.6 + 0.3 * len(part) / len(whole)
