"""In which forms a word stands in sessions: itself, inflected, longer, joined, under other names, as it sounds, mended.

Looks into the index for one word, phrase or name at a time; knows no query and no ranking.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from mltalks.index import NOWHERE, Index
from mltalks.postings import STEP, Docs, Postings, numbers_of
from mltalks.text import holds, is_japanese_word, is_katakana, squeezed, stem, words

How = Literal[
    "exact",
    "inflection",
    "phrase",
    "compound",
    "prefix",
    "translation",
    "synonym",
    "sound",
    "near",
    "theme",
    "correction",
]
Without = Literal["terms", "sound", "fuzzy", "prefix", "compounds", "stems"]
EXPANSIONS: frozenset[Without] = frozenset(("terms", "sound", "fuzzy", "prefix", "compounds", "stems"))

# How much a form counts beside the word itself.
INFLECTION = 0.9
COMPOUND = 0.9  # "auto ml" for "automl" and back; a Japanese word within a longer one, by the share it takes
PREFIX = 0.5  # a longer word that a word begins, and up to as much more by the share that was typed
PREFIX_OF_WORD = 0.3  # the same where the word itself stands in some session
SYNONYM = 0.8  # another name of the same thing, in either language
SOUND = 0.75
NEAR = 0.25
HINT = 0.4  # a thing that words of the query say in other words
SHORTENED = 0.5  # what a Japanese word means that is the beginning of a longer name
THEME = 0.5  # a word in the label of a theme under which the session is filed
OVERLAP = 0.5  # a Japanese word that shares many pairs of characters

LOOSE: frozenset[How] = frozenset(("near", "theme"))  # help a session's rank, but do not find it
MENDED: dict[How, How] = {"exact": "correction", "inflection": "correction"}  # of a word that was corrected
MAX_MEANT = 3  # words that a typo may have meant
SHORTEST_COMPOUND = 4  # characters of a Japanese word that is taken apart
MAX_CORRECTIONS = 20  # words corrected in one query: each costs a pass over the vocabulary
LONGEST_TYPED = 40  # longer words are looked up as they are, and neither corrected nor completed
MAX_LONGER = 24  # words that complete one prefix
MAX_INFLECTED = 12
SHORTEST_CUT = 3  # characters of a katakana word that may be the beginning of a longer one
MAX_SHORTENED = 3
LONGEST_PART = 12  # characters of a part of a Japanese compound
WITHIN_OTHERS = 1.7  # price of a part that is no word by itself, where a word's is 1
LEFT_OUT = 2.5  # price of a character that belongs to no part
MAX_READ = 2000  # documents read to see whether words stand side by side; in more they are taken to


class Form(NamedTuple):
    """A form of a word, how much it counts (0 to 1), and where it stands."""

    text: str
    how: How
    weight: float
    postings: Postings


class Concept(NamedTuple):
    """One thing that the query asks for: its forms, or all of its parts; `corrected` are the words it was taken for."""

    typed: str
    forms: tuple[Form, ...] = ()
    parts: tuple["Concept", ...] = ()
    loose: bool = True
    corrected: tuple[str, ...] = ()

    def docs(self, size: int) -> Docs:
        """Return the documents that have any of the forms, or all parts; what is LOOSE counts where nothing else is."""
        found = 0
        for form in [form for form in self.forms if form.how not in LOOSE] or self.forms:
            found |= form.postings.docs(size)
        return found | self.docs_of_parts(size) if self.parts else found

    def docs_of_parts(self, size: int) -> Docs:
        """Return the documents that have all parts."""
        found = -1
        for part in self.parts:
            found &= part.docs(size)
        return found if self.parts else 0

    def all(self) -> Iterator["Concept"]:
        """Yield this concept and all parts of it."""
        yield self
        for part in self.parts:
            yield from part.all()

    def words(self) -> Iterator["Concept"]:
        """Yield the concepts of the single words that this one is made of."""
        for part in self.parts:
            yield from part.words()
        if not self.parts:
            yield self


class Forms:
    """Finds the forms of words over one index; `without` names the expansions that are turned off."""

    def __init__(self, index: Index, without: Collection[Without] = ()) -> None:
        self._index = index
        self._without = frozenset(without)
        self._corrected = 0
        self._known: dict[str, Concept] = {}

    def word(self, word: str) -> Concept:
        """Return a word (as `text.words` makes them) with its forms; only one without any is taken apart or corrected."""
        if word not in self._known:
            self._known[word] = self._word(word)
        return self._known[word]

    def _word(self, word: str) -> Concept:
        forms = _best(self._forms(word))
        if is_japanese_word(word):
            named = any(form.how in ("translation", "synonym") for form in forms)
            return Concept(word, forms or tuple(self._overlapping(word)), self._parts(word), loose=not named)
        if forms:
            return Concept(word, forms)
        corrected, edits = self._corrections(word)
        if edits > 1:
            halves = self._split(word)
            if halves:
                return Concept(word, parts=tuple(map(self.word, halves)))
            spoken = _best(self._romaji(word))
            if spoken:
                return Concept(word, spoken)
        mended = (form for other in corrected for form in self._forms(other))
        forms = _best(
            Form(form.text, MENDED.get(form.how, form.how), form.weight, form.postings) for form in mended
        )
        return Concept(word, forms, corrected=corrected)

    def phrase(self, text: str) -> Concept:
        """Return the words of a text as one concept that is found where they stand side by side."""
        parts = words(text)
        typed = " ".join(parts)
        found = self._side_by_side(parts)
        return Concept(typed, (Form(typed, "phrase", 1.0, found),) if found.found_in else ())

    def named(self, parts: Sequence[str]) -> Concept | None:
        """Return several words as one concept when together they are a name of the thesaurus or one word of the index."""
        forms: list[Form] = []
        typed = " ".join(parts)
        if "compounds" not in self._without and len(parts) <= 3 and not any(map(is_japanese_word, parts)):
            forms.extend(self._existing("".join(parts), "compound", COMPOUND))
        if "terms" not in self._without:
            forms.extend(self._other_names(typed))
        return Concept(typed, _best(forms), tuple(map(self.word, parts))) if forms else None

    def _forms(self, word: str) -> Iterator[Form]:
        """Yield the forms of one word, without corrections."""
        exact = list(self._existing(word, "exact", 1.0))
        yield from exact
        if is_japanese_word(word):
            yield from self._within_japanese(word)
        elif len(word) <= LONGEST_TYPED:
            yield from self._inflected(word)
            if len(word) >= 3 and "prefix" not in self._without:
                least = PREFIX_OF_WORD if exact else PREFIX
                for longer in self._index.with_prefix(word, MAX_LONGER):
                    yield from self._existing(longer, "prefix", _prefix_weight(word, longer, least))
        if "terms" not in self._without:
            named = list(self._other_names(word))
            yield from named or self._abbreviated(word)
            yield from self._theme_labels(word)
        if "sound" not in self._without and is_japanese_word(word) and is_katakana(word):
            yield from self._alike(word)

    def _existing(self, word: str, how: How, weight: float) -> Iterator[Form]:
        postings = self._index.postings(word)
        if postings.found_in:
            yield Form(word, how, weight, postings)

    def _inflected(self, word: str, how: How = "inflection", weight: float = INFLECTION) -> Iterator[Form]:
        if "stems" not in self._without:
            for other in self._index.with_stem(stem(word))[:MAX_INFLECTED]:
                if other != word:
                    yield from self._existing(other, how, weight)

    def _other_names(self, name: str) -> Iterator[Form]:
        """Yield what the thesaurus says of a name: other names of the same thing, and what is near it."""
        same, near = self._index.others(squeezed(name))
        japanese = is_japanese_word(name)
        for other in same:
            how: How = "translation" if is_japanese_word(other) != japanese else "synonym"
            yield from self._name(other, how, SYNONYM)
        for other in near:
            yield from self._name(other, "near", NEAR)

    def _abbreviated(self, word: str) -> Iterator[Form]:
        """Yield what the names mean that a katakana word shortens (ハイパラ would not do: it must begin them)."""
        if is_japanese_word(word) and is_katakana(word) and len(word) >= SHORTEST_CUT:
            for key in self._index.keys_with_prefix(word, MAX_SHORTENED):
                for other in self._index.others(key)[0]:
                    yield from self._name(other, "translation", SHORTENED)

    def hinted(self, typed: Collection[str]) -> Iterator[Concept]:
        """Yield the things of the thesaurus of which some words say in other words what they are, in any order."""
        if "terms" in self._without:
            return
        stems = set(map(stem, typed))
        for one in sorted(stems):
            for hint, names in self._index.hints(one):
                if stems.issuperset(hint.split()):
                    forms = [form for name in names for form in self._name(name, "near", HINT)]
                    if forms:
                        yield Concept(hint, _best(forms))

    def _theme_labels(self, word: str) -> Iterator[Form]:
        """Yield the sessions filed under themes whose labels have a word or an inflection of it."""
        themes = self._index.themes_named(stem(word))
        if themes:
            yield Form(f"#{word}", "theme", THEME, self._index.facet_postings("theme", themes))

    def _name(self, name: str, how: How, weight: float) -> Iterator[Form]:
        """Yield the forms of a name of the thesaurus; names of several words are indexed by the stems of these."""
        if " " in name:
            postings = self._index.postings(" ".join(map(stem, name.split())))
            if postings.found_in:
                yield Form(name, how, weight, postings)
            return
        yield from self._existing(name, how, weight)
        if is_japanese_word(name):
            for longer in self._index.japanese_with(name, MAX_LONGER) if len(name) > 1 else ():
                yield from self._existing(longer, how, weight * _share(name, longer))
        else:
            yield from self._inflected(name, how, weight * INFLECTION)

    def _within_japanese(self, word: str) -> Iterator[Form]:
        """Yield the longer Japanese words that hold a word, by the share that it takes of them."""
        for longer in self._index.japanese_with(word, MAX_LONGER * 4):
            postings = self._index.postings(longer)
            yield Form(longer, "exact", _share(word, longer), postings)

    def _alike(self, word: str) -> Iterator[Form]:
        """Yield the English words that a katakana word may render."""
        from mltalks import sound  # 1 ms that a query in English need not pay

        for rendered in sound.sound_of_kana(word):
            if len(rendered) < sound.SHORTEST:
                continue
            for other in self._index.with_sound(rendered):
                if sound.starts_alike(word, other):
                    apart = abs(sound.syllables(word) - sound.syllables(other))
                    yield from self._existing(other, "sound", SOUND / (1 + apart))

    def _romaji(self, word: str) -> Iterator[Form]:
        """Yield the forms of the katakana word that Latin letters spell."""
        if "sound" in self._without:
            return
        from mltalks.sound import kana_of_romaji
        from mltalks.text import without_long_vowel

        kana = kana_of_romaji(word)
        if kana:
            for form in self._forms(without_long_vowel(kana)):
                yield Form(form.text, "sound", SOUND * form.weight, form.postings)

    def _split(self, word: str) -> tuple[str, str] | None:
        """Return a word as two words of the index that it joins, the commonest ones."""
        if "compounds" in self._without or not 5 <= len(word) <= LONGEST_TYPED:
            return None
        halves = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        known = [pair for pair in halves if all(map(self._is_part, pair))]
        if not known:
            return None
        return max(known, key=lambda pair: (min(map(len, pair)), self._index.postings(pair[0]).found_in))

    def _is_part(self, half: str) -> bool:
        return (
            len(half) > 2 or half.isdigit() or half in ("kv", "ml", "ai", "qa", "db", "ci", "cd", "io")
        ) and (self._index.has_word(half))

    def _parts(self, run: str) -> tuple[Concept, ...]:
        """Return a Japanese word in the fewest known parts, where it has more than one."""
        if "compounds" in self._without or len(run) < SHORTEST_COMPOUND:
            return ()
        parts = _fewest_parts(run, self._cost)
        return tuple(map(self.word, parts)) if len(parts) > 1 else ()

    def _cost(self, part: str) -> float | None:
        """Return the price of a part of a Japanese word: 1 for a known word, more for what only stands within others."""
        if self._index.has_word(part) or any(self._index.others(part)):
            return 1.0 if any(True for _ in self._forms(part)) else None
        return WITHIN_OTHERS if any(True for _ in self._forms(part)) else None

    def _overlapping(self, run: str) -> Iterator[Form]:
        """Yield the Japanese words that share at least half of a run's pairs of characters, by the square of the share."""
        if "fuzzy" in self._without:
            return
        pairs = {run[i : i + 2] for i in range(len(run) - 1)}
        near: dict[str, int] = {}
        for pair in pairs:
            for other in self._index.japanese_with(pair, MAX_LONGER):
                near[other] = near.get(other, 0) + 1
        for other, shared in near.items():
            share = shared / len(pairs)
            if share >= 0.5 and len(pairs) > 1:
                yield from self._existing(other, "correction", OVERLAP * share * share)

    def _side_by_side(self, parts: Sequence[str]) -> Postings:
        each = [self._whole(part) for part in dict.fromkeys(parts)]
        if not all(postings.found_in for postings in each):
            return NOWHERE
        docs = -1
        for postings in each:
            docs &= postings.docs(self._index.size)
        wanted = f" {' '.join(parts)} " if not is_japanese_word(parts[0]) else " ".join(parts)
        if docs.bit_count() > MAX_READ:
            read = list(numbers_of(docs))
        else:
            read = [doc for doc in numbers_of(docs) if self._reads(doc, wanted)]
        weights = [postings.weight_of() for postings in each]
        steps = {doc: min(255, round(STEP * sum(w.get(doc, 0) for w in weights) / len(each))) for doc in read}
        best = sorted(read, key=lambda doc: -steps[doc])
        return Postings(len(best), best, bytes(max(1, steps[doc]) for doc in best))

    def _whole(self, word: str) -> Postings:
        """Return where a word stands; a Japanese one also within longer ones."""
        postings = self._index.postings(word)
        if not is_japanese_word(word):
            return postings
        weights: dict[int, float] = dict(postings.weight_of())
        for longer in self._index.japanese_with(word, MAX_READ):
            for doc, weight in self._index.postings(longer).weight_of().items():
                weights[doc] = max(weight, weights.get(doc, 0))
        best = sorted(weights, key=lambda doc: -weights[doc])
        return Postings(len(best), best, bytes(min(255, round(STEP * weights[doc])) for doc in best))

    def _reads(self, doc: int, wanted: str) -> bool:
        return any(wanted in text for texts in self._index.lines(doc).values() for text in texts)

    def _corrections(self, word: str) -> tuple[tuple[str, ...], int]:
        """Return the words of the index that differ by the fewest slips, the commonest first, and how many slips."""
        if (
            "fuzzy" in self._without
            or not 3 <= len(word) <= LONGEST_TYPED
            or self._corrected >= MAX_CORRECTIONS
        ):
            return (), 99
        from mltalks.nearest import allowed_edits, corrections, edits  # rapidfuzz: 15 ms

        self._corrected += 1
        most = allowed_edits(word)
        likely = corrections(word, self._index.vocabulary(len(word) - most, len(word) + most))
        first = [other for other in likely if other[0] == word[0]] or likely
        best = sorted(first, key=lambda other: -self._index.postings(other).found_in)[:MAX_MEANT]
        return tuple(best), edits(word, best[0]) if best else 99


def in_fields(index: Index, concept: Concept, fields: Collection[str]) -> Concept:
    """Return a concept only where it stands in some of the fields."""
    forms = []
    for form in concept.forms:
        weights = form.postings.weight_of()
        kept = [
            doc
            for doc in numbers_of(form.postings.docs(index.size))
            if any(holds(text, form.text) for field in fields for text in index.lines(doc).get(field, ()))
        ]
        if kept:
            kept.sort(key=lambda doc: -(weights.get(doc, 0) or 0))
            steps = bytes(max(1, min(255, round(STEP * (weights.get(doc, 0) or 0)))) for doc in kept)
            forms.append(Form(form.text, form.how, form.weight, Postings(len(kept), kept, steps)))
    parts = tuple(in_fields(index, part, fields) for part in concept.parts)
    return Concept(concept.typed, tuple(forms), parts, concept.loose, concept.corrected)


def _best(forms: Iterable[Form]) -> tuple[Form, ...]:
    """Return each form once, as what counts most."""
    best: dict[str, Form] = {}
    for form in forms:
        if form.text not in best or best[form.text].weight < form.weight:
            best[form.text] = form
    return tuple(best.values())


def _share(part: str, whole: str) -> float:
    """Return how much a Japanese word counts in a longer one, .6 to .9 by the share of characters."""
    return 0.6 + 0.3 * len(part) / len(whole)


def _prefix_weight(prefix: str, word: str, least: float) -> float:
    """Return how much a word counts that only begins with what was typed: more, the more of it was typed."""
    return least * (1 + 0.8 * len(prefix) / len(word))


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
