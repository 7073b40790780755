"""Romaji: the words of a query that are Japanese in Latin letters, read as the Japanese words of the index.

Does not expand what was read: `expansion` does, as if it had been typed in Japanese.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.romaji import romaji_key, usual_spelling
from mltalks.text.stemmer import stem
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import words

LONGEST = 6  # words typed that are read as one Japanese word
LONGEST_TYPED = 40  # letters of a word that is read
SHORTEST_PART = 4  # letters of a word that is read alone, or as a part of one that is typed without spaces
SHORTEST_ALONE = 6  # letters of a rare word that is read without another one: shorter ones are often names
COMMON = 20  # sessions
IN_THESAURUS = 20  # sessions that a homophone gains if the thesaurus has it
# Particles, and verbs that say as little.
PARTICLES = frozenset((
    "no", "wo", "o", "ga", "ni", "de", "to", "wa", "ha", "e", "he", "mo", "ya", "na", "kara", "made", "tsuite", "niyoru", "tame",
    "suru", "shita", "shitai", "tsukau", "tsukatta",
))  # fmt: skip


class Reading(NamedTuple):
    """A query after reading: its words, how each Japanese one was typed, and the Japanese words as they are written."""

    words: list[str]
    typed: dict[str, str]
    written: list[str]


class _Piece(NamedTuple):
    """Typed words in a row and the Japanese words that they are read as; without any they stay as they are."""

    typed: Sequence[str]
    read: Sequence[str] = ()


def read_as_japanese(index: Index, typed: Sequence[str]) -> Reading | None:
    """Return a query with its romaji as Japanese words, or None if it has none or fewer than known English words.

    Particles of a query that was read are left out.
    """
    reader = _Reader(index)
    pieces = list(reader.pieces(typed, reader.is_known))
    japanese = [piece for piece in pieces if piece.read]
    count = sum(len(piece.typed) for piece in japanese)
    others = (word for piece in pieces if not piece.read for word in piece.typed)
    doubtful = count == 1 and not reader.is_sure(japanese[0])
    if not count or doubtful or count < sum(map(reader.is_english, others)):
        return None
    pieces = list(reader.pieces(typed, reader.is_mainly_english))
    found = Reading([], {}, [])
    for piece in pieces:
        if piece.read:
            found.written.extend(piece.read)
            read = [part for word in piece.read for part in words(word)]
            found.words.extend(read)
            found.typed.update(dict.fromkeys(read, " ".join(piece.typed)))
        elif piece.typed[0] not in PARTICLES:
            found.words.extend(piece.typed)
    return found


class _Reader:
    """Reads romaji by the readings of one index."""

    def __init__(self, index: Index) -> None:
        self._vocabulary = index.vocabulary
        self._thesaurus = index.thesaurus

    def pieces(self, typed: Sequence[str], is_known: Callable[[str], bool]) -> Iterator[_Piece]:
        """Yield the words of a query, those that are read together as one piece, the longest first.

        Words that are all known are not read.
        """
        at = 0
        while at < len(typed):
            longest = LONGEST if _is_content(typed[at]) else 0
            for length in range(min(longest, len(typed) - at), 0, -1):
                piece = typed[at : at + length]
                read = self._read("".join(piece)) if all(map(_is_latin, piece)) else None
                if read and not all(map(is_known, piece)):
                    yield _Piece(piece, [read])
                    at += length
                    break
            else:
                read_parts = self._read_parts(typed[at]) if longest and not is_known(typed[at]) else ()
                yield _Piece(typed[at : at + 1], read_parts)
                at += 1

    def is_known(self, word: str) -> bool:
        """Return whether the index or the thesaurus has a word as it is typed, or in an inflection."""
        return bool(
            self._vocabulary.found_in(word)
            or self._vocabulary.with_stem(stem(word), 1)
            or any(self._thesaurus.meaning(word))
        )

    def is_english(self, word: str) -> bool:
        """Return whether a word that was not read is a known one that distinguishes talks."""
        return _is_content(word) and self.is_known(word)

    def is_mainly_english(self, word: str) -> bool:
        """Return whether a known word is in more sessions, as a name for example, than the Japanese word that it may spell."""
        read = self._read(word)
        return self.is_known(word) and not (read and self._found_in(read) > self._vocabulary.found_in(word))

    def is_sure(self, piece: _Piece) -> bool:
        """Return whether one typed word is more likely Japanese than a name of a person."""
        common = any(self._found_in(word) >= COMMON for word in piece.read)
        return len(piece.typed[0]) >= (SHORTEST_PART if common else SHORTEST_ALONE)

    def _read(self, typed: str) -> str | None:
        """Return the likeliest Japanese word that is read as Latin letters: of several, the one of most sessions.

        If the letters show a long vowel, it has the same, unless there is no such word.
        """
        if len(typed) > LONGEST_TYPED:
            return None
        spelling = usual_spelling(typed)
        key = romaji_key(spelling)
        readings = list(self._vocabulary.read_as(key))
        exact = [word for other, some in readings if other == spelling != key for word in some]
        return max(exact or [word for _, some in readings for word in some], key=self._sessions, default=None)

    def _sessions(self, word: str) -> int:
        return self._found_in(word) + IN_THESAURUS * any(self._thesaurus.meaning(" ".join(words(word))))

    def _found_in(self, word: str) -> int:
        term = " ".join(words(word))
        return self._vocabulary.found_in(term) + self._vocabulary.found_in(compound_term(term))

    def _read_parts(self, typed: str) -> list[str]:
        """Return the fewest Japanese words that Latin letters without spaces spell together, or none."""
        best: dict[int, list[str]] = {0: []}
        for end in range(SHORTEST_PART, min(len(typed), LONGEST_TYPED) + 1):
            for start in range(end - SHORTEST_PART + 1):
                if start in best and (end not in best or len(best[start]) + 1 < len(best[end])):
                    read = self._read(typed[start:end])
                    if read:
                        best[end] = [*best[start], read]
        return best.get(len(typed), [])


def _is_content(word: str) -> bool:
    return _is_latin(word) and word not in STOP_WORDS and word not in PARTICLES


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()
