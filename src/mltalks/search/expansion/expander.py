"""Query expansion: the variants of a query term that sessions contain, with weights.

Variants are inflections, longer words, compounds, other names, words near in meaning, sounds and corrections. Does not
evaluate queries, and does not rank: `matcher` and `ranking` do.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal

from mltalks.search.expansion import weights
from mltalks.search.expansion.candidates import Candidate, sounding, stems_of, within_longer
from mltalks.search.expansion.corrections import SHORTEST_TYPO, Corrections
from mltalks.search.expansion.descriptions import Described, described
from mltalks.search.expansion.expanded_terms import LOOSE, ExpandedTerm, MatchKind, Variant, expanded_term
from mltalks.search.expansion.homophones import homophones
from mltalks.search.expansion.joined import spaced_name, two_words
from mltalks.search.expansion.phrases import beginning_postings, docs_in_one_text, phrase_postings
from mltalks.search.index.reader import Index
from mltalks.text.japanese.scripts import (
    is_japanese_word,
    is_katakana,
    is_single_character,
    katakana_of_hiragana,
    without_long_vowel,
)
from mltalks.text.japanese.verbal_nouns import is_verbal_noun
from mltalks.text.words.english_words import is_english
from mltalks.text.words.stemmer import stem, stem_key
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import wording, words
from mltalks.text.words.word_forms import is_derived, is_form, is_plural

Without = Literal["terms", "sound", "fuzzy", "prefix", "compounds", "stems"]
EXPANSIONS: frozenset[Without] = frozenset(("terms", "sound", "fuzzy", "prefix", "compounds", "stems"))

MAX_MEANT = 3  # words that are named as near in spelling
RARE_COMPOUND = 4  # sessions of a Japanese word up to which its parts are looked for as well
SHORTEST_COMPOUND = 4  # characters of a Japanese word that is split into parts
LONGEST_TYPED = 40  # longer words are looked up as they are, and neither corrected nor completed
MAX_LONGER = 24  # words that complete one prefix
MOST_OF_PREFIX = 500  # words that begin with a text that is typed with *
RARE = 2  # sessions of a word up to which it is completed as well
SHORTEST_PREFIX = 4  # letters of a word that is completed
MAX_INFLECTED = 8
SUFFIXES = "性化度率"  # that make a noun of a word of kanji
SHORTEST_CUT = 4  # characters of a katakana word that may be a shortened name
MAX_SHORTENED = 3
SHORTEST_NAME = 4  # characters of a Japanese word that hardly means anything else
WITHIN_OTHERS = 1.7  # price of a part that is no word by itself; a word's is 1
COMMON = 10  # sessions of a word that a shorter one in katakana spells
SHORTEST_KANA = 4  # characters of a word in kana, hardly an ending, that is looked up by its reading


class QueryExpander:
    """Expands terms over one index; `without` names the expansions that are turned off."""

    def __init__(self, index: Index, without: Collection[Without] = ()) -> None:
        self._index = index
        self._vocabulary = index.vocabulary
        self._thesaurus = index.thesaurus
        self._uses = EXPANSIONS.difference(without)
        self._corrections = Corrections(index.vocabulary, LONGEST_TYPED if "fuzzy" in self._uses else 0)
        self._known: dict[str, ExpandedTerm] = {}
        self._term = partial(expanded_term, index.size)

    def word(self, word: str) -> ExpandedTerm:
        """Return the expansion of a word made by `tokenizer.words`.

        A word that no session has under any variant is split or corrected; a Japanese one may be split in any case.
        """
        if word not in self._known:
            self._known[word] = self._japanese(word) if is_japanese_word(word) else self._other(word)
        return self._known[word]

    def _japanese(self, word: str) -> ExpandedTerm:
        if len(word) == 1:
            return self._term(word, [])  # one character is in too many words
        if " " in word:
            return self._verbal(word)
        variants = [*self._existing(self._candidates(word)), *spaced_name(self._index, word)]
        variants += self._themes(word, said=any(variant.how not in LOOSE for variant in variants))
        named = any(variant.how in ("translation", "synonym", "sound") for variant in variants)
        for other_words in (self._without_suffix, self._katakana, self._respelled, self._overlapping):
            variants = variants or self._existing(other_words(word))
        variants = self._as_worded(word, variants)
        exact = sum(variant.postings.found_in for variant in variants if variant.how == "exact")
        whole = exact > RARE_COMPOUND or (named and is_katakana(word))
        near = () if exact or named or "sound" not in self._uses else homophones(self._index, word)
        return self._term(word, variants, () if whole else self._parts(word), loose=not named, near=near)

    def _verbal(self, noun: str) -> ExpandedTerm:
        """Return the expansion of a verbal noun, given as its two kanji (see `text.japanese.verbal_nouns`)."""
        written = noun.replace(" ", "")  # 割当 for 割り当て
        candidates = (
            Candidate(noun, noun, "phrase", 1.0),
            Candidate(written, written, "phrase", 1.0),
            *within_longer(written, "phrase", 1.0),
            *self._other_names(noun),
        )
        variants = self._existing(candidates)
        variants += self._themes(noun, said=any(variant.how not in LOOSE for variant in variants))
        return self._term(noun, variants)

    def is_verbal_noun(self, noun: str) -> bool:
        """Return whether sessions or the thesaurus have a verbal noun, given as its two kanji."""
        return bool(self._vocabulary.found_in(noun)) or self.is_name(noun)

    def is_name(self, name: str) -> bool:
        """Return whether the thesaurus has a name, given as folded words between spaces."""
        return any(self._thesaurus.meaning(name))

    def strict_word(self, word: str) -> ExpandedTerm:
        """Return the expansion of a word, in which a Japanese name of the thesaurus does not stand for its parts apart."""
        term = self.word(word)
        if (
            not term.parts
            or " " in word
            or not is_japanese_word(word)
            or word not in self._thesaurus.meaning(word)[0]
        ):
            return term
        said = any(variant.how not in LOOSE for variant in term.variants)
        within = 0 if said else docs_in_one_text(self._index, term.parts)
        return self._term(word, term.variants, term.parts, loose=term.loose, within=within)

    def wording(self, text: str, *, surely: bool) -> ExpandedTerm:
        """Return a wording (see `tokenizer.wording`) as one term: the sessions that have it as it is typed, or surely have it."""
        from mltalks.search.expansion.wordings import wording_postings  # for Japanese alone

        found = wording_postings(self._index, text, surely=surely)
        return self._term(text, [Variant(text, "exact", 1.0, found)] if found.found_in else [])

    def _as_worded(self, text: str, variants: list[Variant]) -> list[Variant]:
        """Return the variants of a text with what has it as it is typed, if it is a wording."""
        said = self.wording(text, surely=bool(variants)).variants if wording(text) else ()
        return [*said, *(variant for variant in variants if variant.how != "exact" or not said)]

    def _other(self, word: str) -> ExpandedTerm:
        variants = self._existing(self._candidates(word))
        variants += self._themes(word, said=any(variant.how not in LOOSE for variant in variants))
        if any(variant.how != "near" for variant in variants):
            return self._term(word, variants)
        likely = self._corrections.likely(word)
        corrected = likely[:1] if self._corrections.is_typo(word, likely) else ()
        if corrected:
            itself = Candidate(corrected[0], corrected[0], "correction", 1.0)
            meant = (itself, *self._inflected(corrected[0], "correction"))
            return self._term(word, self._existing(meant), corrected=corrected)
        if halves := self._split(word):
            return self._term(word, variants, list(map(self.word, halves)))
        variants = variants or self._existing(self._romaji(word))
        return self._term(word, variants, near=(likely or self._corrections.names(word))[:MAX_MEANT])

    def _existing(self, candidates: Iterable[Candidate]) -> list[Variant]:
        """Return the candidates that some session has; of several that are indexed alike, the one that counts most."""
        best: dict[str, Candidate] = {}
        for candidate in candidates:
            if candidate.key not in best or best[candidate.key].weight < candidate.weight:
                best[candidate.key] = candidate
        found = self._vocabulary.postings_of(list(best))
        return [
            Variant(one.text, one.how, one.weight, found[key]) for key, one in best.items() if key in found
        ]

    def phrase(self, text: str) -> ExpandedTerm:
        """Return the words of a text as one term: sessions with the words side by side."""
        if wording(text.strip()):
            return self.wording(wording(text.strip()), surely=False)
        parts = words(text)
        typed = " ".join(parts)
        found = phrase_postings(self._index, parts)
        return self._term(typed, [Variant(typed, "phrase", 1.0, found)] if found.found_in else [])

    def prefix(self, text: str) -> ExpandedTerm:
        """Return all words that begin with a text as one term; of several words, as Japanese text has, the last may be cut."""
        begun = words(text)
        last = begun[-1]
        longer = self._vocabulary.with_prefix(last, MOST_OF_PREFIX, names=True)
        if len(begun) > 1:
            found_in = beginning_postings(self._index, begun, [last, *longer])
            variants = [Variant(" ".join(begun), "prefix", 1.0, found_in)] if found_in.found_in else []
            return self._term(text, variants)
        found = (Candidate(one, one, "exact" if one == last else "prefix", 1.0) for one in (last, *longer))
        return self._term(last, self._existing(found))

    def named(self, parts: Sequence[str], *, strictly: bool = False) -> ExpandedTerm | None:
        """Return several words as one term if together they are a name of the thesaurus or one word of the index.

        A name of the thesaurus that no session has stands for its words in one text; others also for their words apart, unless
        `strictly`.
        """
        typed = " ".join(parts)
        if (parts[0] in STOP_WORDS or parts[-1] in STOP_WORDS) and typed not in self._thesaurus.meaning(
            typed
        )[0]:
            return None
        candidates: list[Candidate] = []
        if "compounds" in self._uses and len(parts) <= 3 and not any(map(is_japanese_word, parts)):
            whole = "".join(parts)
            candidates.append(Candidate(whole, whole, "compound", weights.COMPOUND))
        candidates.extend(self._other_names(typed))
        variants = self._existing(candidates)
        said = any(variant.how not in LOOSE for variant in variants)
        variants += self._themes(typed, said=said)
        content = [part for part in parts if part not in STOP_WORDS]
        known = "terms" in self._uses and typed in self._thesaurus.meaning(typed)[0]
        if not variants and not (known and content):
            return None
        terms = self._within_name(content)
        within = None
        if known and content and (strictly or not (said or is_japanese_word(content[0]))):
            within = 0 if said else docs_in_one_text(self._index, terms)
        return self._term(typed, variants, terms, within=within)

    def _within_name(self, parts: Sequence[str]) -> list[ExpandedTerm]:
        """Return the terms of the words of a name; those of which one has one character are one term if they are a name."""
        terms: list[ExpandedTerm] = []
        at = 0
        while at < len(parts):
            runs = (parts[at:end] for end in range(len(parts) - (at == 0), at + 1, -1))
            named = ((self.named(run), run) for run in runs if any(map(_has_kana, run)))
            term, run = next((one for one in named if one[0]), (None, parts[at : at + 1]))
            terms.append(term or self.word(run[0]))
            at += len(run)
        return terms

    def hinted(self, typed: Collection[str]) -> Iterator[ExpandedTerm]:
        """Yield the things of the thesaurus that some of the words describe together (see `descriptions`)."""
        for one in described(self._thesaurus, typed) if "terms" in self._uses else ():
            if term := self.described(one):
                yield term

    def described(self, one: Described) -> ExpandedTerm | None:
        """Return a thing that words describe, as one term; None if no session has any of its names."""
        weight = weights.HINT * one.share**2
        found = (candidate for name in one.names for candidate in self._name(name, "near", weight))
        variants = self._existing(found)
        return self._term(" ".join(one.words), variants) if variants else None

    def predicate(self, kanji: str) -> ExpandedTerm | None:
        """Return what a verb or adjective of one kanji means, as one term; None if no session has any of its names."""
        found = (
            one._replace(how="near", weight=weights.HINT * one.weight)
            for one in self._other_names(kanji)
            if not is_single_character(one.text)
        )
        variants = self._existing(found)
        return self._term(kanji, variants) if variants else None

    def _candidates(self, word: str) -> Iterator[Candidate]:
        """Yield the candidates for a word, without corrections."""
        yield Candidate(word, word, "exact", 1.0)
        if is_japanese_word(word):
            yield from within_longer(word, "exact", 1.0)
        elif len(word) <= LONGEST_TYPED:
            yield from self._inflected(word)
            yield from self._completed(word)
        named = list(self._other_names(word))
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
        if not any(is_form(name, other) for other in (*same, *near)):
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

    def _abbreviated(self, word: str) -> Iterator[Candidate]:
        """Yield other names of things whose names start with a katakana word."""
        if "terms" in self._uses and len(word) >= SHORTEST_CUT:
            for key in self._thesaurus.keys_with_prefix(word, MAX_SHORTENED):
                for other in self._thesaurus.meaning(key)[0]:
                    yield from self._name(other, "translation", weights.SHORTENED)

    def _without_suffix(self, word: str) -> Iterator[Candidate]:
        """Yield other names of things whose names are a Japanese word with a suffix: 耐障害 for 耐障害性."""
        if "terms" in self._uses and not is_katakana(word):
            for suffix in SUFFIXES:
                for other in self._thesaurus.meaning(word + suffix)[0]:
                    yield from self._name(other, "translation", weights.SHORTENED)

    def _themes(self, name: str, *, said: bool = True) -> list[Variant]:
        """Return one variant for all sessions filed under the themes that have a name, or a longer name of the same thing.

        A word that no session says may mean much: it names a theme only if there is a longer name. If it is long itself, any
        other name of the same thing will do.
        """
        if "terms" not in self._uses:
            return []
        same = self._thesaurus.meaning(name)[0]
        within = is_japanese_word(name)  # a longer word, else among its words
        longer = [one for one in same if one != name and name in (one if within else one.split())]
        surely = " " in name or (within and len(name) >= SHORTEST_NAME)
        named = self._themes_named([name, *longer]) if said or longer or surely else {}
        named = named or (self._themes_named(same) if surely and not said else {})
        if not named:
            return []
        docs = self._index.facets.postings("theme", list(named))
        weight = max(weights.THEME[strength] for strength in named.values())
        return [Variant(name, "theme", weight, docs, tuple(sorted(named, key=named.__getitem__)))]

    def _themes_named(self, names: Iterable[str]) -> dict[str, str]:
        return {theme: how for one in names for theme, how in self._thesaurus.themes_named(one).items()}

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
        from mltalks.search.expansion.sounds import spelled_english  # 1 ms that English need not pay

        for other, apart in spelled_english(self._vocabulary, word):
            forms = [Candidate(other, other, "sound", 1.0)]
            if not self._vocabulary.found_in(word):
                forms += [*self._inflected(other, "sound"), *self._other_names(other)]
            for one in forms:
                yield one._replace(weight=one.weight * weights.SOUND / (1 + apart))

    def _katakana(self, word: str) -> Iterator[Candidate]:
        """Yield the candidates for the katakana word that a hiragana word spells, without English ones that only sound so."""
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
        from mltalks.text.words.phonetics import kana_of_romaji

        kana = kana_of_romaji(word)
        if kana:
            yield from sounding(self._candidates(without_long_vowel(kana)))

    def _split(self, word: str) -> tuple[str, str] | None:
        """Return the two words that a word joins, if it is no common word."""
        if "compounds" not in self._uses or not 5 <= len(word) <= LONGEST_TYPED or is_english(word):
            return None
        return two_words(self._index, word)

    def _parts(self, run: str) -> tuple[ExpandedTerm, ...]:
        """Return the fewest known parts of a Japanese word, or nothing if there is only one."""
        if "compounds" not in self._uses or not SHORTEST_COMPOUND <= len(run) <= LONGEST_TYPED:
            return ()
        from mltalks.text.japanese.segmenter import fewest_parts  # for Japanese alone

        parts = fewest_parts(run, self._cost)
        return tuple(map(self.word, parts)) if len(parts) > 1 else ()

    def _cost(self, part: str) -> float | None:
        """Return the price of a part of a Japanese word: 1 for a known word, more for a part of others, else None."""
        if self._vocabulary.found_in(part):
            return 1.0
        if is_katakana(part):
            known = any(self._thesaurus.meaning(part)) or self._existing(self._alike(part))
            return 1.0 if known and len(part) > 2 else None
        if self._existing(self._candidates(part)):
            return 1.0 if any(self._thesaurus.meaning(part)) else WITHIN_OTHERS
        return None

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


def _has_kana(word: str) -> bool:
    """Return whether a word of a query may have been typed with the kana of a verb, which words lack."""
    return is_single_character(word) or is_verbal_noun(word)
