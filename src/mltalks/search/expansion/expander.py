"""Query expansion: the variants of a query term that sessions contain, with weights.

Variants are inflections, longer words, compounds, other names, words near in meaning, sounds and corrections. Does not
evaluate queries, and does not rank: `matcher` and `ranking` do.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from mltalks.search.expansion import weights
from mltalks.search.expansion.candidate_finder import (
    LONGEST_TYPED,
    SHORTEST_COMPOUND,
    Candidate,
    CandidateFinder,
    Without,
    within_longer,
)
from mltalks.search.expansion.descriptions import Described, described
from mltalks.search.expansion.expanded_terms import LOOSE, ExpandedTerm, Variant, expanded_term
from mltalks.search.expansion.joined import spaced_name, two_words
from mltalks.search.expansion.phrases import (
    begun_phrases,
    cut_words,
    docs_in_one_text,
    phrase_postings,
    wording_postings,
)
from mltalks.search.index.reader import Index
from mltalks.text.folding import fold, name_key
from mltalks.text.japanese.scripts import (
    is_hiragana,
    is_japanese_word,
    is_katakana,
    is_single_character,
)
from mltalks.text.japanese.verbal_nouns import is_verbal_noun
from mltalks.text.words.english_words import is_english
from mltalks.text.words.query_fillers import FILLERS
from mltalks.text.words.stemmer import stem
from mltalks.text.words.stop_words import PARTICLES, STOP_WORDS
from mltalks.text.words.tokenizer import chains, hiragana_after_particles, units_of, wording, words

MAX_MEANT = 3  # words that are named as near in spelling
RARE_COMPOUND = 4  # sessions of a Japanese word up to which its parts are looked for as well
MOST_OF_PREFIX = 500  # words that begin with a text that is typed with *
ENDING = "[のがをにはともやでへか]|する|した|して|て|た|ない|など"  # of a noun, or of a verb that is one
SHORTEST_NAME = 4  # characters of a Japanese word that hardly means anything else
WITHIN_OTHERS = 1.7  # price of a part that is no word by itself; a word's is 1


class QueryExpander(CandidateFinder):
    """Expands terms over one index; `without` names the expansions that are turned off."""

    def __init__(self, index: Index, without: Collection[Without] = ()) -> None:
        super().__init__(index, without)
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
        for other_words in (
            self._without_suffix,
            self._with_kana,
            self._katakana,
            self._respelled,
            self._overlapping,
        ):
            variants = variants or self._existing(other_words(word))
        variants = self._as_worded(word, variants)
        exact = sum(variant.postings.found_in for variant in variants if variant.how == "exact")
        whole = exact > RARE_COMPOUND or (named and is_katakana(word))
        near = () if exact or named or "sound" not in self._uses else self._vocabulary.homophones(word)
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

    def with_kana_names(self, typed: Iterable[str], texts: Iterable[str]) -> list[str]:
        """Return the words of some texts with the names in hiragana that follow particles there, if sessions have them: データのずれ."""
        runs = {whole: run for text in texts for whole, run in hiragana_after_particles(text).items()}
        names = {whole: name for whole, run in runs.items() if (name := self._kana_name(run))}
        others = [word for word in typed if word not in names]
        return others + [name for name in dict.fromkeys(names.values()) if name not in others]

    def _kana_name(self, run: str) -> str:
        """Return the longest name that sessions have with which hiragana begins; "" for none, or if the kana after it are no ending."""
        begun = (run[:end] for end in range(len(run), 1, -1) if not run[end:] or re.match(ENDING, run[end:]))
        return next((name for name in begun if self.is_name(name) and self.word(name).docs), "")

    def worded(self, chain: str) -> tuple[str, ...]:
        """Return the words of a chain; it is one word if it is a wording with kanji (see `tokenizer.wording`)."""
        typed = self.units(chain)
        whole = wording(chain)
        if (
            not whole
            or is_hiragana(typed[0])
            or FILLERS.issuperset(typed)
            or any(" " in one for one in typed)
        ):
            return typed
        return (whole,)

    def said(self, chain: str) -> tuple[str, ...]:
        """Return the words of a chain; it is one word if it is a wording with kanji that a session has."""
        worded = self.worded(chain)
        return worded if all(self.word(word).variants for word in worded) else self.units(chain)

    def units_of_text(self, text: str) -> list[str]:
        """Return the words of all chains of a text (see `units`)."""
        return [word for chain in chains(text) for word in self.units(chain)]

    def units(self, chain: str) -> tuple[str, ...]:
        """Return the words of a chain, of which a verbal noun is one (see `tokenizer.units_of`)."""
        return units_of(chain, self.is_verbal_noun, self.is_name)

    def strict_word(self, word: str) -> ExpandedTerm:
        """Return the expansion of a word, in which neither a Japanese name of the thesaurus nor two joined words stand for parts apart."""
        term = self.word(word)
        if term.parts and word.isascii():
            return self.joined([part.typed for part in term.parts], strictly=True) or term
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

    def joined(self, parts: Sequence[str], *, strictly: bool) -> ExpandedTerm | None:
        """Return words that are typed as one (featurestore, A/B) as one term: their name or phrase, or else two words apart.

        Japanese words are one as a name alone. A letter alone is none of these: it is the initial of people.
        """
        whole = "".join(parts)
        name = self.named(parts, strictly=True)
        if is_japanese_word(parts[0]):
            return name
        variants = list(name.variants if name else ())
        same = self._vocabulary.found_in(whole) or self.is_name(whole)
        for term in (self.phrase(" ".join(parts)), *([self.word(whole)] if same else ())):
            known = {variant.text for variant in variants}
            variants += [variant for variant in term.variants if variant.text not in known]
        said = any(variant.how not in LOOSE for variant in variants)
        if not said and len(parts) > 2:
            return None
        terms = [self.word(part) for part in parts if not is_letter(part)]
        within = 0 if said or (strictly and len(terms) < len(parts)) else None
        return self._term(" ".join(parts), variants, terms, loose=not said, within=within)

    def wording(self, text: str, *, surely: bool) -> ExpandedTerm:
        """Return a wording (see `tokenizer.wording`) as one term: the sessions that have it as it is typed, or surely have it."""
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
        if corrected and not self._outside_of_questions(corrected[0]):
            corrected = ()
        if corrected:
            itself = Candidate(corrected[0], corrected[0], "correction", 1.0)
            meant = (itself, *self._inflected(corrected[0], "correction"))
            return self._term(word, self._existing(meant), corrected=corrected)
        if halves := self._split(word):
            return self._term(word, variants, list(map(self.word, halves)))
        variants = variants or self._existing(self._romaji(word))
        return self._term(word, variants, near=(likely or self._corrections.names(word))[:MAX_MEANT])

    def _outside_of_questions(self, word: str) -> bool:
        """Return whether a session says a word in more than the questions that it answers: seldom is no seldon."""
        postings = self._vocabulary.postings(word)
        return bool(postings.docs(self._index.size) & ~postings.asked_docs())

    def phrase(self, text: str) -> ExpandedTerm:
        """Return the words of a text as one term: sessions with the words side by side, and Japanese with hiragana as it is typed.

        One hiragana may be a particle, which other texts leave out; two may deny what is before them (公開されていない). A star ends
        a word that may be cut.
        """
        if cut := cut_words(text):
            return self._begun(text, words(text), cut)
        if wording(text.strip()):
            return self.wording(wording(text.strip()), surely=False)
        parts = words(text)
        typed = " ".join(parts)
        said = [fold(chain) for chain in chains(text) if re.search("[ぁ-ゟ]{2}", chain)]
        found = phrase_postings(self._index, parts, said)
        variants = [Variant(typed, "phrase", 1.0, found)] if found.found_in else []
        return self._term(text.strip() if said else typed, variants)

    def prefix(self, text: str) -> ExpandedTerm:
        """Return all words that begin with a text as one term; of several words, as Japanese text has, the last may be cut."""
        begun = words(text)
        return self._begun(text, begun, {len(begun) - 1})

    def _begun(self, text: str, begun: Sequence[str], cut: Collection[int]) -> ExpandedTerm:
        """Return words side by side, of which those at some places are cut, as one term."""
        typed = " ".join(begun)
        longer = {
            at: self._vocabulary.with_prefix(begun[at], MOST_OF_PREFIX, names=True) for at in sorted(cut)
        }
        if len(begun) > 1:
            phrases = begun_phrases(self._index, begun, longer)
            variants = [
                Variant(one, "phrase" if one == typed else "prefix", 1.0, its) for one, its in phrases.items()
            ]
            return self._term(text, variants)
        found = (
            Candidate(one, one, "exact" if one == typed else "prefix", 1.0) for one in (typed, *longer[0])
        )
        return self._term(typed, self._existing(found))

    def named(self, parts: Sequence[str], *, strictly: bool = False) -> ExpandedTerm | None:
        """Return several words as one term if together they are a name of the thesaurus or one word of the index.

        Sessions with the words of a name of the thesaurus apart have it, too, unless `strictly`, or if no session has it, but some
        have its theme or what is near it in meaning: then those with its words in one text have it. The verb of a name such as "roll
        back" does not stand for it. English is `strictly` no name if one of its words means the same, as "kernel" for "gpu kernel".
        """
        typed = " ".join(parts)
        checked = strictly and not is_japanese_word(parts[0])
        if checked and not set(map(stem, parts)).isdisjoint(map(stem, self._thesaurus.meaning(typed)[0])):
            return None
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
        particles = PARTICLES.intersection(parts)
        of_verb = known and particles and len(set(content) - particles) == 1
        if of_verb:  # rollback, for roll back; the verb of "scale out" says enough
            joined = "".join(parts)
            of_verb = joined in self._thesaurus.meaning(joined)[0]
        terms = [] if of_verb else self._within_name(content)
        within = None
        meant = not said and any(variant.postings.found_in for variant in variants)
        if known and terms and (strictly or (meant and not is_japanese_word(content[0]))):
            within = 0 if said else docs_in_one_text(self._index, terms)
        return self._term(typed, variants, terms, loose=len(terms) > 1 or not said, within=within)

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

    def _themes(self, name: str, *, said: bool = True) -> list[Variant]:
        """Return one variant for all sessions filed under the themes that have a name, or a longer name of the same thing.

        A word that no session says may mean much: it names a theme only if it is a label of it, or if there is a longer name. If
        it is long itself, any other name of the same thing will do.
        """
        if "terms" not in self._uses:
            return []
        same = self._thesaurus.meaning(name)[0]
        within = is_japanese_word(name)  # a longer word, else among its words
        longer = [one for one in same if one != name and name in (one if within else one.split())]
        surely = " " in name or (within and len(name) >= SHORTEST_NAME)
        named = self._themes_named([name, *longer])
        if not (said or longer or surely):
            named = {theme: how for theme, how in named.items() if how == "label"}
        named = named or (self._themes_named(same) if surely and not said else {})
        weight = max((weights.THEME[strength] for strength in named.values()), default=0.0)
        of_company = weight == weights.THEME["weak"] and self._index.facets.named("company", name_key(name))
        if not named or of_company:
            return []
        docs = self._index.facets.postings("theme", list(named))
        return [Variant(name, "theme", weight, docs, tuple(sorted(named, key=named.__getitem__)))]

    def _themes_named(self, names: Iterable[str]) -> dict[str, str]:
        return {theme: how for one in names for theme, how in self._thesaurus.themes_named(one).items()}

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
        content = parts[:-1] if parts[1:] and parts[-1] in FILLERS else parts  # 推論論文
        return tuple(map(self.word, content)) if len(parts) > 1 else ()

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


def is_letter(word: str) -> bool:
    """Return whether a word is a letter, which is likelier the initial of a person."""
    return len(word) == 1 and "a" <= word <= "z"


def _has_kana(word: str) -> bool:
    """Return whether a word of a query may have been typed with the kana of a verb, which words lack."""
    return is_single_character(word) or is_verbal_noun(word)
