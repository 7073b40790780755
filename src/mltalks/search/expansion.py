"""In which variants a word stands in sessions: itself, inflected, longer, joined, under other names, as it sounds, corrected.

Looks into the index for one word, phrase or name at a time; knows no query and no ranking.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple

from mltalks.search.expanded_terms import ExpandedTerm, MatchKind, Variant, expanded_term
from mltalks.search.index.postings import NO_POSTINGS, STEP, Postings, doc_numbers
from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.japanese import is_japanese_word, is_katakana
from mltalks.text.stemmer import stem, stem_key
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import words

Without = Literal["terms", "sound", "fuzzy", "prefix", "compounds", "stems"]
EXPANSIONS: frozenset[Without] = frozenset(("terms", "sound", "fuzzy", "prefix", "compounds", "stems"))

# How much a variant counts beside the word itself.
PLURAL = 0.95  # the same word in the other number
DERIVED = 0.8  # another word of the same stem: "served", "server"
COMPOUND = 0.9  # "auto ml" for "automl" and back; a Japanese word within a longer one, by the share it takes
PREFIX = 0.5  # a longer word that was begun
PREFIX_TYPED = 0.4  # and more by the share that was typed
SYNONYM = 0.8  # another name of the same thing, in either language
SOUND = 0.75
NEAR = 0.5
HINT = 0.4  # a thing that words of the query say in other words
SHORTENED = 0.5  # what a Japanese word means that is the beginning of a longer name
THEME = 0.5  # a word in the label of a theme under which the session is filed
OVERLAP = 0.5  # a Japanese word that shares many pairs of characters

AS_CORRECTION: dict[MatchKind, MatchKind] = {
    "exact": "correction",
    "inflection": "correction",
}  # of a word that was corrected
MAX_MEANT = 3  # words that a typo may have meant
RARE_COMPOUND = 4  # sessions of a Japanese word that is looked for in parts all the same
SHORTEST_COMPOUND = 4  # characters of a Japanese word that is taken apart
MAX_CORRECTIONS = 20  # words corrected in one query: each costs a pass over the vocabulary
LONGEST_TYPED = 40  # longer words are looked up as they are, and neither corrected nor completed
MAX_LONGER = 24  # words that complete one prefix
RARE = 2  # sessions of a word that is completed all the same
SHORTEST_PREFIX = 3  # letters that may begin a longer word
MAX_INFLECTED = 8
SHORTEST_CUT = 3  # characters of a katakana word that may be the beginning of a longer one
MAX_SHORTENED = 3
LONGEST_PART = 12  # characters of a part of a Japanese compound
WITHIN_OTHERS = 1.7  # price of a part that is no word by itself, where a word's is 1
LEFT_OUT = 2.5  # price of a character that belongs to no part
MAX_READ = 2000  # documents read to see whether words stand side by side; in more they are taken to


class Candidate(NamedTuple):
    """A variant that a word may have: how it is told, the term under which it would be indexed, and what it would count."""

    text: str
    key: str
    how: MatchKind
    weight: float


class QueryExpander:
    """Finds the variants of words over one index; `without` names the expansions that are turned off."""

    def __init__(self, index: Index, without: Collection[Without] = ()) -> None:
        self._index = index
        self._without = frozenset(without)
        self._corrected = 0
        self._known: dict[str, ExpandedTerm] = {}
        self._expanded = partial(expanded_term, index.size)

    def word(self, word: str) -> ExpandedTerm:
        """Return a word (as `tokenizer.words` makes them) with its variants; only one without any is taken apart or corrected."""
        if word not in self._known:
            self._known[word] = self._word(word)
        return self._known[word]

    def _word(self, word: str) -> ExpandedTerm:
        variants = self._existing(self._candidates(word)) + self._theme_labels(word)
        if is_japanese_word(word):
            named = any(variant.how in ("translation", "synonym", "sound") for variant in variants)
            variants = variants or self._existing(self._overlapping(word))
            common = (
                sum(variant.postings.found_in for variant in variants if variant.how == "exact")
                > RARE_COMPOUND
            )
            whole = common or (named and is_katakana(word))
            return self._expanded(word, variants, () if whole else self._parts(word), loose=not named)
        if variants:
            return self._expanded(word, variants)
        corrected, edits = self._corrections(word)
        if edits > 1:
            halves = self._split(word)
            if halves:
                return self._expanded(word, [], [self.word(half) for half in halves])
            spoken = self._existing(self._romaji(word))
            if spoken:
                return self._expanded(word, spoken)
        sure = len(corrected) == 1  # of several words that may have been meant only they themselves are shown
        corrections = [
            candidate._replace(how=AS_CORRECTION.get(candidate.how, candidate.how))
            for other in corrected
            for candidate in self._candidates(other)
            if sure or candidate.how in AS_CORRECTION
        ]
        labelled = self._theme_labels(corrected[0]) if sure else []
        return self._expanded(word, self._existing(corrections) + labelled, corrected=corrected)

    def _existing(self, candidates: Iterable[Candidate]) -> list[Variant]:
        """Return those of the candidates that stand in some session, each term once, as what counts most."""
        best: dict[str, Candidate] = {}
        for candidate in candidates:
            if candidate.key not in best or best[candidate.key].weight < candidate.weight:
                best[candidate.key] = candidate
        found = self._index.vocabulary.postings_of(list(best))
        return [
            Variant(one.text, one.how, one.weight, found[term]) for term, one in best.items() if term in found
        ]

    def phrase(self, text: str) -> ExpandedTerm:
        """Return the words of a text as one term that is found where they stand side by side."""
        parts = words(text)
        typed = " ".join(parts)
        found = self._side_by_side(parts)
        return self._expanded(typed, [Variant(typed, "phrase", 1.0, found)] if found.found_in else [])

    def named(self, parts: Sequence[str]) -> ExpandedTerm | None:
        """Return several words as one term when together they are a name of the thesaurus or one word of the index."""
        if parts[0] in STOP_WORDS or parts[-1] in STOP_WORDS:
            return None
        typed = " ".join(parts)
        candidates: list[Candidate] = []
        if "compounds" not in self._without and len(parts) <= 3 and not any(map(is_japanese_word, parts)):
            whole = "".join(parts)
            candidates.append(Candidate(whole, whole, "compound", COMPOUND))
        if "terms" not in self._without:
            candidates.extend(self._other_names(typed))
        variants = self._existing(candidates)
        telling = [self.word(part) for part in parts if part not in STOP_WORDS]
        return self._expanded(typed, variants, telling) if variants else None

    def _candidates(self, word: str) -> Iterator[Candidate]:
        """Yield the variants that a word may have, without corrections."""
        yield Candidate(word, word, "exact", 1.0)
        if is_japanese_word(word):
            yield from _within(word, "exact", 1.0)
        elif len(word) <= LONGEST_TYPED:
            yield from self._inflected(word)
            if (
                len(word) >= SHORTEST_PREFIX
                and "prefix" not in self._without
                and self._index.vocabulary.found_in(word) <= RARE
            ):
                for longer in self._index.vocabulary.with_prefix(word, MAX_LONGER):
                    yield Candidate(longer, longer, "prefix", _prefix_weight(word, longer))
        named = list(self._other_names(word)) if "terms" not in self._without else []
        if named:
            yield from named
        elif is_japanese_word(word) and is_katakana(word):
            if "terms" not in self._without:
                yield from self._abbreviated(word)
            if "sound" not in self._without:
                yield from self._alike(word)

    def _inflected(
        self, word: str, how: MatchKind = "inflection", weight: float = 1.0
    ) -> Iterator[Candidate]:
        if "stems" not in self._without:
            for other in self._index.vocabulary.with_stem(stem(word), MAX_INFLECTED):
                yield Candidate(other, other, how, weight * (PLURAL if _plural(word, other) else DERIVED))

    def _other_names(self, name: str) -> Iterator[Candidate]:
        """Yield what the thesaurus says of a name: other names of the same thing, and what is near it."""
        if name in STOP_WORDS:
            return
        key = stem_key(name)
        same, near = self._index.thesaurus.meaning(name)
        japanese = is_japanese_word(name)
        for other in same:
            if stem_key(other) == key:
                if " " in other:  # indexed as one term, where its words stand side by side
                    whole = " ".join(map(stem, other.split()))
                    yield Candidate(
                        other, whole, *(("phrase", 1.0) if other == name else ("compound", COMPOUND))
                    )
                continue
            how: MatchKind = "translation" if is_japanese_word(other) != japanese else "synonym"
            yield from self._name(other, how, SYNONYM)
        for other in near:
            yield from self._name(other, "near", NEAR)

    def _abbreviated(self, word: str) -> Iterator[Candidate]:
        """Yield what the names mean that a katakana word begins."""
        if len(word) >= SHORTEST_CUT:
            for key in self._index.thesaurus.keys_with_prefix(word, MAX_SHORTENED):
                for other in self._index.thesaurus.meaning(key)[0]:
                    yield from self._name(other, "translation", SHORTENED)

    def hinted(self, typed: Collection[str]) -> Iterator[ExpandedTerm]:
        """Yield the things of the thesaurus of which some words say in other words what they are, in any order."""
        if "terms" in self._without:
            return
        stems = set(map(stem, typed))
        for one in sorted(stems):
            for hint, names in self._index.thesaurus.hints(one):
                if stems.issuperset(hint.split()):
                    variants = self._existing(
                        candidate for name in names for candidate in self._name(name, "near", HINT)
                    )
                    if variants:
                        yield self._expanded(hint, variants)

    def _theme_labels(self, word: str) -> list[Variant]:
        """Return the sessions filed under themes whose labels have a word or an inflection of it as one variant."""
        named = self._index.thesaurus.themes_named(stem(word)) if "terms" not in self._without else []
        if not named:
            return []
        themes, labels = zip(*named, strict=True)
        return [Variant(labels[0], "theme", THEME, self._index.facets.postings("theme", themes))]

    def _name(self, name: str, how: MatchKind, weight: float) -> Iterator[Candidate]:
        """Yield the variants of a name of the thesaurus; names of several words are indexed by the stems of these."""
        if " " in name:
            yield Candidate(name, " ".join(map(stem, name.split())), how, weight)
            return
        yield Candidate(name, name, how, weight)
        if is_japanese_word(name):
            yield from _within(name, how, weight)
        else:
            yield from self._inflected(name, how, weight)

    def _alike(self, word: str) -> Iterator[Candidate]:
        """Yield the English words that a katakana word may render."""
        from mltalks.text import phonetics  # 1 ms that a query in English need not pay

        for rendered in phonetics.sound_of_kana(word):
            if len(rendered) < phonetics.SHORTEST:
                continue
            for other in self._index.vocabulary.with_sound(rendered):
                if phonetics.starts_alike(word, other):
                    apart = abs(phonetics.syllables(word) - phonetics.syllables(other))
                    yield Candidate(other, other, "sound", SOUND / (1 + apart))

    def _romaji(self, word: str) -> Iterator[Candidate]:
        """Yield the variants of the katakana word that Latin letters spell."""
        if "sound" in self._without:
            return
        from mltalks.text.japanese import without_long_vowel
        from mltalks.text.phonetics import kana_of_romaji

        kana = kana_of_romaji(word)
        if kana:
            for candidate in self._candidates(without_long_vowel(kana)):
                yield candidate._replace(how="sound", weight=SOUND * candidate.weight)

    def _split(self, word: str) -> tuple[str, str] | None:
        """Return a word as two words of the index that it joins, the commonest ones."""
        if "compounds" in self._without or not 5 <= len(word) <= LONGEST_TYPED:
            return None
        halves = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        known = [pair for pair in halves if all(map(self._is_part, pair))]
        if not known:
            return None
        return max(
            known, key=lambda pair: (min(map(len, pair)), self._index.vocabulary.postings(pair[0]).found_in)
        )

    def _is_part(self, half: str) -> bool:
        return (
            len(half) > 2 or half.isdigit() or half in ("kv", "ml", "ai", "qa", "db", "ci", "cd", "io")
        ) and (self._index.vocabulary.found_in(half) > 0)

    def _parts(self, run: str) -> tuple[ExpandedTerm, ...]:
        """Return a Japanese word in the fewest known parts, where it has more than one."""
        if "compounds" in self._without or not SHORTEST_COMPOUND <= len(run) <= LONGEST_TYPED:
            return ()
        parts = _fewest_parts(run, self._cost)
        return tuple(map(self.word, parts)) if len(parts) > 1 else ()

    def _cost(self, part: str) -> float | None:
        """Return the price of a part of a Japanese word: 1 for a known word, more for what only stands within others."""
        if self._index.vocabulary.found_in(part):
            return 1.0
        if self._existing(self._candidates(part)):
            return 1.0 if any(self._index.thesaurus.meaning(part)) else WITHIN_OTHERS
        return None

    def _overlapping(self, run: str) -> Iterator[Candidate]:
        """Yield the Japanese words that share at least half of a run's pairs of characters, by the square of the share."""
        pairs = {run[i : i + 2] for i in range(len(run) - 1)}
        if "fuzzy" in self._without or not 1 < len(pairs) < LONGEST_TYPED:
            return
        near: dict[str, int] = {}
        for pair in pairs:
            for other in self._index.vocabulary.japanese_with(pair, MAX_LONGER):
                near[other] = near.get(other, 0) + 1
        for other, shared in near.items():
            share = shared / len(pairs)
            if share >= 0.5:
                yield Candidate(other, other, "correction", OVERLAP * share * share)

    def _side_by_side(self, parts: Sequence[str]) -> Postings:
        each = [self._whole(part) for part in dict.fromkeys(parts)]
        if not all(postings.found_in for postings in each):
            return NO_POSTINGS
        docs = -1
        for postings in each:
            docs &= postings.docs(self._index.size)
        wanted = f" {' '.join(parts)} " if not is_japanese_word(parts[0]) else " ".join(parts)
        if docs.bit_count() > MAX_READ:
            read = list(doc_numbers(docs))
        else:
            read = [doc for doc in doc_numbers(docs) if self._reads(doc, wanted)]
        weights = [postings.steps() for postings in each]
        steps = {doc: min(255, round(STEP * sum(w.get(doc, 0) for w in weights) / len(each))) for doc in read}
        best = sorted(read, key=lambda doc: -steps[doc])
        return Postings(len(best), best, bytes(max(1, steps[doc]) for doc in best))

    def _whole(self, word: str) -> Postings:
        """Return where a word stands; a Japanese one also within longer ones."""
        found = self._index.vocabulary.postings_of(
            [word, *(candidate.key for candidate in _within(word, "exact", 1.0))]
        )
        if len(found) < 2:
            return found.get(word) or next(iter(found.values()), NO_POSTINGS)
        steps: dict[int, int] = {}
        for postings in found.values():
            for doc, step in postings.steps().items():
                steps[doc] = max(step, steps.get(doc, 0))
        best = sorted(steps, key=lambda doc: -steps[doc])
        return Postings(len(best), best, bytes(steps[doc] for doc in best))

    def _reads(self, doc: int, wanted: str) -> bool:
        return any(wanted in text for texts in self._index.sessions.lines(doc).values() for text in texts)

    def _corrections(self, word: str) -> tuple[tuple[str, ...], int]:
        """Return the words of the index that differ by the fewest slips, the commonest first, and how many slips."""
        if (
            "fuzzy" in self._without
            or not 3 <= len(word) <= LONGEST_TYPED
            or self._corrected >= MAX_CORRECTIONS
        ):
            return (), 99
        from mltalks.text.fuzzy import allowed_edits, corrections, edits  # rapidfuzz: 15 ms

        self._corrected += 1
        most = allowed_edits(word)
        likely = corrections(word, self._index.vocabulary.of_lengths(len(word) - most, len(word) + most))
        first = [other for other in likely if other[0] == word[0]] or likely
        best = sorted(first, key=lambda other: -self._index.vocabulary.postings(other).found_in)[:MAX_MEANT]
        return tuple(best), edits(word, best[0]) if best else 99


def _plural(one: str, other: str) -> bool:
    """Tell whether two words differ in number alone.

    >>> _plural("gpu", "gpus"), _plural("latencies", "latency"), _plural("serving", "server")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    return long in (f"{short}s", f"{short}es", f"{short[:-1]}ies")


def _within(word: str, how: MatchKind, weight: float) -> Iterator[Candidate]:
    """Yield the longer Japanese words that hold a word, which are indexed together under it."""
    if len(word) > 1 and is_japanese_word(word):
        yield Candidate(word, compound_term(word), how, weight)


def _prefix_weight(prefix: str, word: str) -> float:
    """Return how much a word counts that only begins with what was typed: more, the more of it was typed."""
    return PREFIX + PREFIX_TYPED * len(prefix) / len(word)


def _fewest_parts(run: str, cost: Callable[[str], float | None]) -> list[str]:
    """Return a run cut into parts of the least cost (None: no part), or nothing when most of it belongs to no part.

    >>> _fewest_parts("abcde", {"ab": 1, "cde": 1, "abc": 1}.get)
    ['ab', 'cde']
    """
    cuts: list[tuple[float, list[str]]] = [(0, [])]
    for end in range(1, len(run) + 1):
        left_out = cuts[end - 1][0] + LEFT_OUT, cuts[end - 1][1]
        options = [left_out]
        for start in range(max(0, end - LONGEST_PART), end - 1):
            price = cost(run[start:end]) if end - start < len(run) else None
            if price is not None:
                options.append((cuts[start][0] + price, [*cuts[start][1], run[start:end]]))
        cuts.append(min(options, key=lambda option: option[0]))
    parts = cuts[-1][1]
    return parts if 3 * sum(map(len, parts)) >= 2 * len(run) else []
