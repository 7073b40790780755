"""The candidates for a query term: all that a word may stand for, by each way to find it, and which of them sessions have.

Does not make terms of them: `expander` does.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Literal, NamedTuple

from mltalks.search.expansion import weights
from mltalks.search.expansion.corrections import SHORTEST_TYPO, Corrections
from mltalks.search.expansion.expanded_terms import MatchKind, Variant
from mltalks.search.index.postings import Postings, doc_numbers
from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.japanese.scripts import (
    hiragana_of_katakana,
    is_japanese_word,
    is_katakana,
    katakana_of_hiragana,
    without_long_vowel,
)
from mltalks.text.words.english_words import is_english
from mltalks.text.words.other_things import NAMES_APART, is_only_in_others
from mltalks.text.words.stemmer import stem, stem_key
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.word_forms import is_derived, is_form, is_plural

Without = Literal["terms", "sound", "fuzzy", "prefix", "compounds", "stems"]
EXPANSIONS: frozenset[Without] = frozenset(("terms", "sound", "fuzzy", "prefix", "compounds", "stems"))
SHORTEST_COMPOUND = 4  # characters of a Japanese word that is split into parts
LONGEST_TYPED = 40  # longer words are looked up as they are, and neither corrected nor completed
MAX_LONGER = 24  # words that complete one prefix
RARE = 2  # sessions of a word up to which it is completed as well
SHORTEST_PREFIX = 4  # letters of a word that is completed
MAX_INFLECTED = 8
SUFFIXES = "性化度率"  # that make a noun of a word of kanji
SHORTEST_CUT = 4  # characters of a katakana word that may be a shortened name
MAX_SHORTENED = 3
COMMON = 10  # sessions of a word that a shorter one in katakana spells
SHORTEST_SPELT = 5  # characters but long vowels of a katakana word with others that only differ in these
SHORTEST_KANA = 4  # characters of a word in kana, hardly an ending, that is looked up by its reading


class Candidate(NamedTuple):
    """A possible variant: its text, the term under which it is indexed, how it was found, and its weight (0 to 1)."""

    text: str
    key: str
    how: MatchKind
    weight: float


def stems_of(name: str) -> str:
    """Return the term under which a name of several words is indexed."""
    return " ".join(map(stem, name.split()))


def within_longer(word: str, how: MatchKind, weight: float) -> Iterator[Candidate]:
    """Yield the longer Japanese words that contain a word; they are indexed together."""
    if len(word) > 1:
        yield Candidate(word, compound_term(word), how, weight)


def sounding(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Return candidates for a word that sounds like the typed one."""
    return (one._replace(how="sound", weight=weights.SOUND * one.weight) for one in candidates)


class CandidateFinder:
    """Finds candidates over one index; `without` names the expansions that are turned off."""

    def __init__(self, index: Index, without: Collection[Without] = ()) -> None:
        self._index = index
        self._vocabulary = index.vocabulary
        self._thesaurus = index.thesaurus
        self._uses = EXPANSIONS.difference(without)
        self._corrections = Corrections(index.vocabulary, LONGEST_TYPED if "fuzzy" in self._uses else 0)

    def _existing(self, candidates: Iterable[Candidate]) -> list[Variant]:
        """Return the candidates that some session has; of several that are indexed alike, the one that counts most."""
        best: dict[str, Candidate] = {}
        for candidate in candidates:
            if candidate.key not in best or best[candidate.key].weight < candidate.weight:
                best[candidate.key] = candidate
        found = self._vocabulary.postings_of(list(best))
        found |= {key: self._of_its_own(key, found[key]) for key in NAMES_APART.keys() & found.keys()}
        return [
            Variant(one.text, one.how, one.weight, found[key])
            for key, one in best.items()
            if key in found and found[key].found_in
        ]

    def _of_its_own(self, word: str, postings: Postings) -> Postings:
        """Return the sessions that have a word not only in names of other things: a cloud in a point cloud."""
        names = [" ".join(map(stem, name.split())) for name in NAMES_APART[word] if " " in name]
        others = reduce(or_, (self._vocabulary.postings(name).docs(self._index.size) for name in names), 0)
        line = self._index.sessions.line
        dropped = [
            doc
            for doc in doc_numbers(others & postings.docs(self._index.size))
            if is_only_in_others(word, line(doc))
        ]
        if not dropped:
            return postings
        return Postings.from_steps(
            {doc: step for doc, step in postings.steps().items() if doc not in dropped}
        )

    def _candidates(self, word: str) -> Iterator[Candidate]:
        """Yield the candidates for a word, without corrections."""
        yield Candidate(word, word, "exact", 1.0)
        if is_japanese_word(word):
            yield from within_longer(word, "exact", 1.0)
        elif len(word) <= LONGEST_TYPED:
            yield from self._inflected(word)
            yield from self._completed(word)
        named = [*self._other_names(word), *self._long_vowels(word)]
        if named:
            yield from named
        elif is_japanese_word(word) and is_katakana(word):
            yield from self._abbreviated(word)
            yield from self._alike(word)

    def _inflected(
        self, word: str, how: MatchKind = "inflection", weight: float = 1.0
    ) -> Iterator[Candidate]:
        if "stems" in self._uses:
            said = how != "inflection" or self._vocabulary.found_in(word)
            for other in self._vocabulary.with_stem(stem(word), MAX_INFLECTED, names=bool(said)):
                if (is_derived if said else is_form)(word, other):
                    share = weights.PLURAL if is_plural(word, other) else weights.DERIVED
                    yield Candidate(other, other, how, weight * share)

    def _completed(self, word: str) -> Iterator[Candidate]:
        """Yield the longer words that start with a word that hardly any session has."""
        if (
            "prefix" in self._uses
            and len(word) >= SHORTEST_PREFIX
            and self._vocabulary.found_in(word) <= RARE
            and not is_english(word)
        ):
            for longer in self._vocabulary.with_prefix(word, MAX_LONGER):
                yield Candidate(
                    longer, longer, "prefix", weights.PREFIX + weights.PREFIX_TYPED * len(word) / len(longer)
                )

    def _other_names(self, name: str) -> Iterator[Candidate]:
        """Yield synonyms of a name, and names that are near in meaning."""
        if name in STOP_WORDS or "terms" not in self._uses:
            return
        key = stem_key(name)
        same, near = self._thesaurus.meaning(name)
        if not any(is_form(name, other.replace(" ", "")) for other in (*same, *near)):
            return
        japanese = is_japanese_word(name)
        for other in same:
            if stem_key(other) != key:
                how: MatchKind = "translation" if is_japanese_word(other) != japanese else "synonym"
                yield from self._name(other, how, weights.SYNONYM)
            elif " " in other:  # a name of several words is indexed as one term
                weight = 1.0 if other == name else weights.COMPOUND
                yield Candidate(other, stems_of(other), "phrase" if other == name else "compound", weight)
        for other in near:
            yield from self._name(other, "near", weights.NEAR)

    def _long_vowels(self, word: str) -> Iterator[Candidate]:
        """Yield the candidates for the other spellings of a rare katakana word, which differ in long vowels within it: インターフェース."""
        bare = word.replace("ー", "")
        if (
            not SHORTEST_SPELT <= len(bare) <= LONGEST_TYPED
            or not is_katakana(word)
            or self._vocabulary.found_in(word) > RARE
        ):
            return
        from mltalks.text.japanese import romaji  # for rare words alone

        key = romaji.romaji_key(romaji.spelling_of_kana(word))
        others = [
            one for _, some in self._vocabulary.read_as(key) for one in some if one.replace("ー", "") == bare
        ]
        shorter = (word[:at] + word[at + 1 :] for at, sign in enumerate(word) if sign == "ー")
        for other in dict.fromkeys((*others, bare, *shorter)):
            if other != word and (other in others or self._thesaurus.meaning(other)[0]):
                yield Candidate(other, other, "inflection", 1.0)
                yield from within_longer(other, "inflection", 1.0)
                yield from self._other_names(other)

    def _with_kana(self, word: str) -> Iterator[Candidate]:
        """Yield the verbal noun that is written with less kana (取出し for 取り出し, see `text.japanese.verbal_nouns`)."""
        if len(word) == 2 and not is_katakana(word):
            noun = " ".join(word)
            yield Candidate(noun, noun, "phrase", 1.0)

    def _abbreviated(self, word: str) -> Iterator[Candidate]:
        """Yield other names of things whose names start with a katakana word."""
        if len(word) >= SHORTEST_CUT:
            yield from self._shortened(self._thesaurus.keys_with_prefix(word, MAX_SHORTENED))

    def _without_suffix(self, word: str) -> Iterator[Candidate]:
        """Yield other names of things whose names are a Japanese word with a suffix: 耐障害 for 耐障害性."""
        if not is_katakana(word):
            yield from self._shortened(word + suffix for suffix in SUFFIXES)

    def _shortened(self, names: Iterable[str]) -> Iterator[Candidate]:
        for name in names if "terms" in self._uses else ():
            for other in self._thesaurus.meaning(name)[0]:
                yield from self._name(other, "translation", weights.SHORTENED)

    def _name(self, name: str, how: MatchKind, weight: float) -> Iterator[Candidate]:
        """Yield the candidates for a name of the thesaurus; names of several words are indexed by their stems."""
        if " " in name:
            yield Candidate(name, stems_of(name), how, weight)
            return
        yield Candidate(name, name, how, weight)
        if is_japanese_word(name):
            yield from within_longer(name, how, weight)
        else:
            yield from self._inflected(name, how, weight)

    def _alike(self, word: str) -> Iterator[Candidate]:
        """Yield the English words that a katakana word may render; of a word that no session has, also their other names."""
        if "sound" not in self._uses:
            return
        from mltalks.text.words.renderings import spelled_english  # 1 ms that English need not pay

        for other, apart in spelled_english(word, self._vocabulary.with_sound):
            forms = [Candidate(other, other, "sound", 1.0)]
            if not self._vocabulary.found_in(word):
                forms += [*self._inflected(other, "sound"), *self._other_names(other)]
            for one in forms:
                yield one._replace(weight=one.weight * weights.SOUND / (1 + apart))

    def _katakana(self, word: str) -> Iterator[Candidate]:
        """Yield the candidates for the katakana word that a hiragana word spells, without English ones that only sound so.

        A katakana word may be a name of the thesaurus that is usually in hiragana: ズレ.
        """
        hiragana = hiragana_of_katakana(word)
        if "sound" in self._uses and hiragana != word and any(self._thesaurus.meaning(hiragana)):
            yield from sounding(self._candidates(hiragana))
        katakana = without_long_vowel(katakana_of_hiragana(word))
        if "sound" in self._uses and len(word) > 1 and is_katakana(katakana):
            yield from sounding(one for one in self._candidates(katakana) if one.how != "sound")

    def _respelled(self, word: str) -> Iterator[Candidate]:
        """Yield the candidates for the words that a word in kana spells in another way: クバネティス, りょうしか for 量子化."""
        katakana = katakana_of_hiragana(word)
        short = len(word) < SHORTEST_KANA
        if (
            "sound" not in self._uses
            or not is_katakana(katakana)
            or len(word) < SHORTEST_KANA - (word == katakana)
        ):
            return
        from mltalks.text.japanese import romaji  # for unknown words alone

        spelling = romaji.spelling_of_kana(word)
        keys = dict.fromkeys(map(romaji.romaji_key, (spelling, romaji.with_small_kana(spelling))))
        for other in (one for key in keys for _, others in self._vocabulary.read_as(key) for one in others):
            if short and self._vocabulary.found_in(other) < COMMON:
                continue
            yield from sounding(self._candidates(other))

    def _romaji(self, word: str) -> Iterator[Candidate]:
        """Yield the candidates for the katakana word that Latin letters spell."""
        if "sound" not in self._uses or is_english(word):
            return
        from mltalks.text.japanese.romaji import kana_of_romaji

        kana = kana_of_romaji(word)
        if kana:
            yield from sounding(self._candidates(without_long_vowel(kana)))

    def _overlapping(self, run: str) -> Iterator[Candidate]:
        """Yield Japanese words that share most of a word's pairs of characters, weighted by the square of the share.

        A katakana word must be the same up to one character: it is the sound of one word, and not made of parts.
        """
        pairs = {run[i : i + 2] for i in range(len(run) - 1)}
        if "fuzzy" not in self._uses or not SHORTEST_COMPOUND - 2 < len(pairs) < LONGEST_TYPED:
            return
        shared = Counter(
            other for pair in pairs for other in self._vocabulary.japanese_with(pair, MAX_LONGER)
        )
        for other, count in shared.items():
            share = count / len(pairs)
            if is_katakana(run):
                if len(run) >= SHORTEST_TYPO and self._corrections.edits(run, other) <= 1:
                    yield Candidate(other, other, "correction", 1.0)
            elif share >= weights.OVERLAPPING and len(other) <= len(run) / weights.OVERLAPPING:
                yield Candidate(other, other, "correction", weights.OVERLAP * share * share)
