"""Readings: the words of a query in Latin letters or hiragana that are Japanese words, and katakana that spells Latin letters.

Does not expand what was read: `expander` does, as if it had been typed so.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from mltalks.search.index.reader import Index
from mltalks.text.japanese.letter_names import spelled_letters
from mltalks.text.japanese.romaji import letters_in_hepburn, romaji_key, spelling_of_kana, usual_spelling
from mltalks.text.japanese.scripts import hiragana_of_katakana, is_hiragana, is_katakana, katakana_of_hiragana
from mltalks.text.words.stemmer import stem
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import chains, units_of, words

LONGEST = 6  # words typed that are read as one Japanese word
LONGEST_TYPED = 40  # letters of a word that is read
SHORTEST_PART = 4  # letters of a word that is read alone, or as a part of one that is typed without spaces
SHORTEST_ALONE = 6  # letters of a rare word that is read without another one: shorter ones are often names
COMMON = 20  # sessions
LONGEST_KANA = 14  # characters of a part of a run of hiragana
NEVER_FIRST = "ぁぃぅぇぉっゃゅょんー"  # characters with which no word begins
ENDINGS = {"オプス": "Ops"}  # that are written in Latin letters after others: AIOps
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
    """Return a query with its romaji and hiragana as Japanese words, or None if it has none, or less romaji than English.

    Particles of a query that was read are left out.
    """
    reader = _Reader(index)
    pieces = list(reader.pieces(typed, reader.is_known))
    japanese = [piece for piece in pieces if piece.read]
    count = sum(len(piece.typed) for piece in japanese)
    others = (word for piece in pieces if not piece.read for word in piece.typed)
    doubtful = count == 1 and not reader.is_sure(japanese[0])
    kana = any(is_hiragana(piece.typed[0]) for piece in japanese)
    if not count or doubtful or not (kana or count >= sum(map(reader.is_english, others))):
        return None
    pieces = list(reader.pieces(typed, reader.is_mainly_english))
    found = Reading([], {}, [])
    for piece in pieces:
        if piece.read:
            found.written.extend(_as_typed(piece, word) for word in piece.read)
            read = [part for word in piece.read for chain in chains(word) for part in units_of(chain)]
            found.words.extend(read)
            found.typed.update(dict.fromkeys(read, " ".join(piece.typed)))
        elif _spelled(piece.typed[0]) not in PARTICLES:
            found.words.extend(piece.typed)
    return found


def read_hiragana(index: Index, run: str) -> list[str]:
    """Return the Japanese words that a run of hiragana spells, without the particles between and after them, or none.

    >>> from mltalks import open
    >>> read_hiragana(open().catalogue.index, "ばっちすいろんの"), read_hiragana(open().catalogue.index, "あんまり")
    (['バッチ', '推論'], [])
    """
    return _Reader(index).parts_of_kana(run)


def read_katakana(index: Index, typed: Sequence[str]) -> Reading | None:
    """Return a query with what its unknown katakana words spell: letters, or else what surely is one Japanese word (ムダ, 無駄).

    None if it has no such word.
    """
    letters = _read_unknown(index, typed, lambda word: _in_letters(index, word))
    return letters or _read_unknown(index, typed, partial(_native, _Reader(index)))


def _read_unknown(index: Index, typed: Sequence[str], read: Callable[[str], str]) -> Reading | None:
    """Return a query with what is read of its unknown katakana words, for which `read` returns "" if they are nothing else."""
    found = Reading([], {}, [])
    for word in typed:
        maybe = is_katakana(word) and len(word) <= LONGEST_TYPED and not _has(index, word)
        written = read(word) if maybe else ""
        parts = [part for chain in chains(written) for part in units_of(chain)] if written else [word]
        found.words.extend(parts)
        if written:
            found.written.append(written)
            found.typed.update(dict.fromkeys(parts, word))
    return found if found.written else None


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
                read = self.word("".join(map(_spelled, piece))) if all(map(_is_spelled, piece)) else None
                if read and not all(map(is_known, piece)):
                    yield _Piece(piece, [read])
                    at += length
                    break
            else:
                read_parts = self.parts_of_kana if is_hiragana(typed[at]) else self._read_parts
                parts = read_parts(typed[at]) if longest and not is_known(typed[at]) else ()
                yield _Piece(typed[at : at + 1], parts)
                at += 1

    def is_known(self, word: str) -> bool:
        """Return whether the index or the thesaurus has a word as it is typed, or in an inflection."""
        return bool(
            self._vocabulary.found_in(word)
            or self._vocabulary.with_stem(stem(word), 1, names=False)
            or any(self._thesaurus.meaning(word))
        )

    def is_english(self, word: str) -> bool:
        """Return whether a word that was not read is a known one that distinguishes talks."""
        return _is_content(word) and self.is_known(word)

    def is_mainly_english(self, word: str) -> bool:
        """Return whether a known word is in more sessions, as a name for example, than the Japanese word that it may spell."""
        read = self.word(word)
        return self.is_known(word) and not (read and self._found_in(read) > self._vocabulary.found_in(word))

    def is_sure(self, piece: _Piece) -> bool:
        """Return whether one typed word is more likely Japanese than a name of a person, which is rarely typed in hiragana."""
        common = any(
            self._found_in(word) >= COMMON
            or (is_hiragana(piece.typed[0]) and any(self._thesaurus.meaning(word)))
            for word in piece.read
        )
        return letters_in_hepburn(_spelled(piece.typed[0])) >= (SHORTEST_PART if common else SHORTEST_ALONE)

    def word(self, typed: str) -> str | None:
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
        return self._vocabulary.found_within(" ".join(words(word)))

    def parts_of_kana(self, run: str) -> list[str]:
        """Return the fewest Japanese words that hiragana spells, with particles between and after them, or none."""
        return _fewest(run, range(1, LONGEST_KANA + 1), self._part)

    def _part(self, run: str, start: int, end: int) -> list[str] | None:
        """Return the known word, of more than one character without endings, that a part of a run spells; [] for a particle after one."""
        if run[start] in NEVER_FIRST:
            return None
        spelling = spelling_of_kana(run[start:end])
        if spelling in PARTICLES:
            return [] if start else None
        word = self.word(spelling) if len(spelling) >= SHORTEST_PART else None
        return [word] if word and self._sessions(word) and all(len(one) > 1 for one in words(word)) else None

    def _read_parts(self, typed: str) -> list[str]:
        """Return the fewest Japanese words that Latin letters without spaces spell together, or none."""

        def part(typed: str, start: int, end: int) -> list[str] | None:
            read = self.word(typed[start:end])
            return [read] if read else None

        return _fewest(typed, range(SHORTEST_PART, LONGEST_TYPED + 1), part)


def _fewest(text: str, lengths: range, part: Callable[[str, int, int], list[str] | None]) -> list[str]:
    """Return the fewest words that the parts of a text, of some lengths, are read as one after the other, or none.

    `part` returns the words of the part between two places, or None if it is not read.
    """
    best: dict[int, list[str]] = {0: []}
    for end in range(1, min(len(text), LONGEST_TYPED) + 1):
        for start in range(max(0, end - lengths[-1]), end - lengths[0] + 1):
            if start in best and (end not in best or len(best[start]) < len(best[end])):
                read = part(text, start, end)
                if read is not None and (end not in best or len(best[start]) + len(read) < len(best[end])):
                    best[end] = [*best[start], *read]
    return best.get(len(text), [])


def _as_typed(piece: _Piece, word: str) -> str:
    """Return a word in katakana with all the long vowels that were typed, if one word was typed for it."""
    typed = "".join(piece.typed)
    return (
        katakana_of_hiragana(typed)
        if is_katakana(word) and is_hiragana(typed) and len(piece.read) == 1
        else word
    )


def _is_content(word: str) -> bool:
    return _is_spelled(word) and word not in STOP_WORDS and _spelled(word) not in PARTICLES


def _is_spelled(word: str) -> bool:
    """Return whether a word is in Latin letters or hiragana, which say how it is read."""
    return (word.isascii() and word.isalpha()) or is_hiragana(word)


def _spelled(word: str) -> str:
    return spelling_of_kana(word) if is_hiragana(word) else word


def _in_letters(index: Index, word: str) -> str:
    """Return a katakana word with the letters that it spells in capitals, if these and the rest are known; else ""."""
    for before, letters, after in spelled_letters(word):
        written = f"{before}{letters.upper()}{ENDINGS.get(after, after)}"
        read = words(written)
        if all(_has(index, part) for part in read) or _has(index, " ".join(read)):
            return written
    return ""


def _native(reader: _Reader, word: str) -> str:
    """Return the Japanese word that a katakana word surely is, as if it had been typed in hiragana; else ""."""
    hiragana = hiragana_of_katakana(word)
    read = reader.word(spelling_of_kana(hiragana))
    return read if read and reader.is_sure(_Piece([hiragana], [read])) else ""


def _has(index: Index, name: str) -> bool:
    """Return whether the index, also within longer words, or the thesaurus has a name."""
    return bool(index.vocabulary.found_within(name)) or any(index.thesaurus.meaning(name))
