"""The sessions that each word of a page finds, with weights, computed by the search of the command.

Does not read queries: the script of the page looks up their words. Leaves out words that are found only in notes of the user.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from mltalks.render.html.digits import BASE, DIGITS, digits, front_coded
from mltalks.render.html.meaning import meaning
from mltalks.search import likeness, ranking, scoring
from mltalks.search.expansion import candidate_finder, corrections, descriptions, expander, joined, weights
from mltalks.search.expansion.descriptions import Described
from mltalks.search.expansion.expanded_terms import LITERAL, ExpandedTerm, MatchKind
from mltalks.search.index import postings as index_postings
from mltalks.search.index.postings import HEAVIEST, STEP, Postings, doc_set, numbers_of_row
from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.japanese import segmenter, verbal_nouns
from mltalks.text.words import word_forms
from mltalks.text.words.query_fillers import FILLERS, PHRASES
from mltalks.text.words.stemmer import APART, ENDED, VERBS_APART, stem
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import has_word, words

KINDS: dict[MatchKind, int] = {"near": 2, "theme": 3}  # of variants; the others are 0 if as typed, else 1
_Use = tuple[int, int]  # the weight of a variant in hundredths, and its kind


class _Entry(NamedTuple):
    """What a key finds: the two idf and the parts as digits, and its variants, the near ones last, then the heaviest first."""

    head: str
    variants: tuple[
        tuple[bool, int, int, str], ...
    ]  # whether near, minus the weight in hundredths, the kind, the key


def vocabulary(whole: Index, docs: Sequence[int]) -> dict[str, Any]:
    """Return the tables that the script looks up, for the documents of a page in their order there.

    `words` has all keys in order (see `digits.front_coded`). A key is a word or name; "=" and a name of several words, or its stems; "+" and the
    stems of a hint; "#" and one of the names of themes; "~" and a word within longer ones; "?" and a word that sessions have in their
    questions alone, which is no literal match. In the same order come

    - `flags`: a digit each, 1 for a word that may stand for one that is not known: no name of a person or organization;
    - `postings`: for each session with the word a number, 256 times the distance from the session before plus the weight (for
      themes the idf) in sixteenths;
    - `entries`: 4 times the idf in hundredths of the sessions that it finds, in two digits, plus 1 or 2 if parts of the word
      count too (as much or less); the idf in hundredths of those that have any variant, in two digits; then for each variant
      a number, its place among the keys, and a digit, its place in `uses`. A word with postings is its first variant. "|"
      and a number refer to the entry of another key.

    A number has `width` digits. `uses` has pairs of a weight in hundredths and a kind (see KINDS), `ended` the pattern of
    words with an ending.
    """
    index, loaded = whole.loaded()
    width = 3 if 256 * (len(docs) + 1) < BASE**3 else 5
    all_keys = loaded.terms_in(doc_set(docs, index.size), index.size)
    keys = {key for key in all_keys if not key.startswith("^")}  # hiragana, which a page does not look for
    postings, entries = _Tables(index, docs, width).of(_terms(index, keys))
    subjects = set(loaded.of_lengths(1, candidate_finder.LONGEST_TYPED))
    names = sorted({*postings, *entries})
    number = {key: digits(place, width) for place, key in enumerate(names)}
    first = {entry: key for key, entry in sorted(entries.items(), reverse=True) if key not in postings}
    counted = Counter((-weight, kind) for entry in entries.values() for _, weight, kind, _ in entry.variants)
    uses = {use: DIGITS[place] for place, (use, _) in enumerate(counted.most_common())}

    def coded(key: str) -> str:
        entry = entries[key]
        if key not in postings and first[entry] != key:
            return f"|{number[first[entry]]}"
        return entry.head + "".join(
            number[name] + uses[-weight, kind] for _, weight, kind, name in entry.variants
        )

    return {
        "digits": DIGITS,
        "width": width,
        "words": front_coded(names),
        "flags": "".join(str(int(name in subjects)) for name in names),
        "postings": " ".join(postings.get(name, "") for name in names),
        "entries": " ".join(coded(name) if name in entries else "" for name in names),
        "uses": list(uses),
        "ended": ENDED.replace("?P<", "?<"),
        "apart": sorted(APART),
        "verbs_apart": VERBS_APART,
        "verbal_nouns": {name.lower(): value for name, value in vars(verbal_nouns).items() if name.isupper()},
        "endings": [*map(sorted, word_forms.ENDINGS)],
        "short_parts": joined.SHORT_PARTS,
        "stop": sorted(STOP_WORDS),
        "fillers": sorted(FILLERS),
        "filler_phrases": sorted(map(" ".join, PHRASES)),
        "size": index.count,
        "added": corrections.ADDED.pattern,
        **meaning(index, docs, names, width),
        "weights": {
            name.lower(): value
            for module in (
                corrections,
                candidate_finder,
                expander,
                joined,
                likeness,
                ranking,
                scoring,
                index_postings,
                segmenter,
                weights,
                descriptions,
                word_forms,
            )
            for name, value in vars(module).items()
            if name.isupper() and isinstance(value, int | float)
        },
    }


class _Tables:
    """The postings of all variants and the entries of all terms, by key."""

    def __init__(self, index: Index, docs: Sequence[int], width: int) -> None:
        self._size = index.count
        self._scorer = scoring.TermScorer(index)
        self._places = {doc: place for place, doc in enumerate(docs)}
        self._width = width
        self._public = {
            doc: "".join(line for field in lines if field != "note" for line in lines[field])
            for doc in docs
            if "note" in (lines := index.sessions.lines(doc))
        }
        self._known: dict[tuple[str, int], tuple[Postings, str, str]] = {}
        self._themes: dict[str, str] = {}
        self._postings: dict[str, str] = {}
        self._entries: dict[str, _Entry] = {}

    def of(self, terms: Iterator[tuple[str, ExpandedTerm]]) -> tuple[dict[str, str], dict[str, _Entry]]:
        """Return the postings and entries of terms with their keys."""
        for key, term in terms:
            variants = []
            for text, how, weight, found, _ in term.variants:
                said, asked = self._coded(text, how, found)
                name = self._themes.setdefault(said, f"#{text}") if how == "theme" else text
                while (said or asked) and self._postings.setdefault(name, said) != said:
                    name = f"~{name}"
                if asked:
                    self._postings[f"?{name}"] = asked
                if (said or asked) and name != key:
                    kind = KINDS.get(how, int(how not in LITERAL))
                    variants.append((how == "near", -round(100 * weight), kind, name))
            if variants or term.whole or (term.variants and key in self._postings):
                self._entries.setdefault(key, _Entry(self._head(term), tuple(sorted(variants))))
        return self._postings, self._entries

    def _coded(self, text: str, how: MatchKind, found: Postings) -> tuple[str, str]:
        """Return the sessions that have a variant, and those that have it in their questions alone, with its weights."""
        known = self._known.get((text, id(found)))
        if not known:
            steps = {
                doc: step
                for doc, step in found.steps_in(self._places.keys())
                if doc not in self._public or how == "theme" or has_word(self._public[doc], text)
            }
            if how == "theme":
                idf = scoring.idf(found.found_in, self._size)
                steps = dict.fromkeys(steps, min(HEAVIEST, round(STEP * idf)))
            asking = steps.keys() & set(numbers_of_row(found.asked))
            known = found, self._numbers(steps, steps.keys() - asking), self._numbers(steps, asking)
            self._known[text, id(found)] = known
        return known[1:]

    def _numbers(self, steps: dict[int, int], docs: Collection[int]) -> str:
        placed = sorted((self._places[doc], steps[doc]) for doc in docs)
        last, numbers = -1, []
        for place, step in placed:
            numbers.append(digits(256 * (place - last) + step, self._width))
            last = place
        return "".join(numbers)

    def _head(self, term: ExpandedTerm) -> str:
        parts = (3 if term.whole else 1 if term.loose else 2) if term.parts else 0
        firm, loose = self._scorer.firm_idf(term), scoring.idf(term.found_in, self._size)
        return digits(4 * round(100 * firm) + parts, 2) + digits(round(100 * loose), 2)


def _terms(index: Index, keys: Collection[str]) -> Iterator[tuple[str, ExpandedTerm]]:
    """Yield all terms of the page, each with its key: words and names, names of several words, and hints."""
    query_expander = expander.QueryExpander(index, without={"fuzzy"})
    names = dict.fromkeys(_names(index, keys))
    said = {key for key in keys if key.isalnum()}
    nouns = set(filter(verbal_nouns.is_verbal_noun, keys))
    for word in sorted(said.union(nouns, (name for name in names if " " not in name))):
        yield word, query_expander.word(word)
    for name in names:
        parts = _units(query_expander, name)
        if 1 < len(parts) <= joined.LONGEST_NAME and (named := query_expander.named(parts)):
            yield f"={name}", named
            yield "=" + " ".join(map(stem, parts)), named
    stems = sorted(set(map(stem, said.union(*map(str.split, names)))))
    for hint in sorted({hint for one in stems for hint in index.thesaurus.hints(one)}):
        whole = Described(index.thesaurus.names_of_hint(hint), tuple(hint.split()), 1.0)
        if term := query_expander.described(whole):
            yield f"+{hint}", term


def _units(query_expander: expander.QueryExpander, name: str) -> list[str]:
    """Return the words of a name; the two kanji of a verbal noun are one."""
    units: list[str] = []
    for word in name.split():
        noun = f"{units[-1]} {word}" if units else ""
        if verbal_nouns.is_verbal_noun(noun) and query_expander.is_verbal_noun(noun):
            units[-1] = noun
        else:
            units.append(word)
    return units


def _names(index: Index, keys: Collection[str]) -> Iterator[str]:
    """Yield the names of each thing of the thesaurus, and those near it, if any is indexed under the keys; names of themes."""
    known = {stem(key) for key in keys}
    for same, near in index.thesaurus.meanings():
        names = (*same, *near)
        if any(" ".join(map(stem, name.split())) in known or compound_term(name) in known for name in names):
            yield from names
    for theme in index.things("themes"):
        for name in (
            theme["id"],
            *theme["aliases"],
            theme["label_en"],
            theme["label_ja"] or "",
            *chain(*theme["terms"]),
        ):
            if folded := " ".join(words(name)):
                yield folded
