"""The sessions that each word of a page finds, with weights, computed by the search of the command.

Does not read queries: the script of the page looks up their words. Leaves out words that are found only in notes of the user.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from mltalks.search import expansion, ranking, scoring
from mltalks.search.expanded_terms import LITERAL, ExpandedTerm
from mltalks.search.index.postings import STEP, doc_set, numbers_of_row
from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.stemmer import stem
from mltalks.text.stop_words import STOP_WORDS
from mltalks.text.tokenizer import has_word

# The digits of numbers: neither JSON nor HTML escapes them. A space and | are separators.
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%'()*+,-./:;=?@[]^_`{}~"
BASE = len(DIGITS)
SHARE = 20  # steps of the weight of a variant to 1
KINDS = {"near": 2, "theme": 3}  # of variants; the others are 0 if as typed, else 1
HEAVIEST = 800  # steps of the summed weights of a session, at most

_Entry = tuple[str, tuple[tuple[bool, int, str], ...]]  # idf and parts; the variants, the heaviest first


def vocabulary(index: Index, docs: Sequence[int]) -> dict[str, Any]:
    """Return the tables that the script looks up, for the documents of a page in their order there.

    `words` has all keys in order, each as a digit (the length of the prefix that it shares with the one before) and the rest. A
    key is a word or name; "=" and the stems of a name; "+" and the stems of a hint; "#" and a word in the label of a theme; "~"
    and a word within longer ones; "?" and a word
    that sessions have in their questions alone, which is no literal match. In the same order come

    - `cuts`: a digit each, how many characters are not of the stem;
    - `postings`: for each session with the word a number, 256 times the distance from the session before plus the weight;
    - `entries`: two digits, 4 times the idf in hundredths, plus 1 or 2 if parts of the word count too (as much or less);
      then for each variant a number, its place among the keys, and a digit, 4 times its weight plus its kind. A word with
      postings is its first variant. "|" and a number refer to the entry of another key.

    A number has `width` digits. `scores` has the score of a session by its summed weights, before the factor idf.
    """
    width = 3 if 256 * (len(docs) + 1) < BASE**3 else 5
    postings, entries = _looked_up(index, docs, width)
    keys = sorted({*postings, *entries})
    number = {key: _digits(place, width) for place, key in enumerate(keys)}
    first = {entry: key for key, entry in sorted(entries.items(), reverse=True) if key not in postings}

    def coded(key: str) -> str:
        head, variants = entries[key]
        if key not in postings and first[entries[key]] != key:
            return f"|{number[first[entries[key]]]}"
        return head + "".join(number[name] + DIGITS[-code] for _, code, name in variants)

    return {
        "digits": DIGITS,
        "width": width,
        "share": SHARE,
        "words": "|".join(_front_coded(keys)),
        "cuts": "".join(DIGITS[len(key) - len(stem(key))] for key in keys),
        "postings": " ".join(postings.get(key, "") for key in keys),
        "entries": " ".join(coded(key) if key in entries else "" for key in keys),
        "scores": [round(scoring.saturated(step / STEP), 3) for step in range(HEAVIEST)],
        "stop": sorted(STOP_WORDS),
        "weights": {
            name.lower(): value
            for module in (expansion, ranking, scoring)
            for name, value in vars(module).items()
            if name.isupper() and isinstance(value, int | float)
        },
    }


def _looked_up(index: Index, docs: Sequence[int], width: int) -> tuple[dict[str, str], dict[str, _Entry]]:
    """Return the postings of all variants and the entries of all terms, by key."""
    places = {doc: place for place, doc in enumerate(docs)}
    public = {
        doc: "".join(line for field in lines if field != "note" for line in lines[field])
        for doc in docs
        if "note" in (lines := index.sessions.lines(doc))
    }
    postings: dict[str, str] = {}
    entries: dict[str, _Entry] = {}
    for key, term in _terms(index, docs):
        variants = []
        for text, how, weight, found, _ in term.variants:
            steps = sorted(
                (places[doc], step)
                for doc, step in found.steps_in(places.keys()).items()
                if doc not in public or how == "theme" or has_word(public[doc], text)
            )
            asking = {places.get(doc) for doc in numbers_of_row(found.asked, index.size)}
            coded = _coded([one for one in steps if one[0] not in asking], width)
            name = f"#{text}" if how == "theme" else text
            while steps and postings.setdefault(name, coded) != coded:
                name = f"~{name}"
            if asked := _coded([one for one in steps if one[0] in asking], width):
                postings[f"?{name}"] = asked
            if steps and name != key:
                kind = KINDS.get(how, int(how not in LITERAL))
                variants.append((how == "near", -4 * round(SHARE * weight) - kind, name))
        if variants or key in postings:
            parts = (1 if term.loose else 2) if term.parts else 0
            head = _digits(4 * round(100 * scoring.idf(term.found_in, index.size)) + parts, 2)
            entries.setdefault(key, (head, tuple(sorted(variants))))
    return postings, entries


def _coded(steps: Sequence[tuple[int, int]], width: int) -> str:
    """Return the places and weights of sessions as digits (see `vocabulary`)."""
    return "".join(
        _digits(256 * (place - last) + step, width)
        for (last, _), (place, step) in pairwise([(-1, 0), *steps])
    )


def _terms(index: Index, docs: Sequence[int]) -> Iterator[tuple[str, ExpandedTerm]]:
    """Yield all terms of the page, each with its key: words and names, names of several words, and hints."""
    expander = expansion.QueryExpander(index, without={"fuzzy"})
    keys = index.vocabulary.terms_in(doc_set(docs, index.size), index.size)
    names = dict.fromkeys(_names(index, keys))
    words = {key for key in keys if key.isalnum()}
    for word in sorted(words.union(name for name in names if " " not in name)):
        yield word, expander.word(word)
    for name in names:
        parts = name.split()
        if 1 < len(parts) <= ranking.LONGEST_NAME and (named := expander.named(parts)):
            yield "=" + " ".join(map(stem, parts)), named
    for hint in expander.hinted(words.union(*map(str.split, names))):
        yield f"+{hint.typed}", hint


def _names(index: Index, keys: Collection[str]) -> Iterator[str]:
    """Yield the names of each thing of the thesaurus, and those near it, if any of them is indexed under the keys."""
    known = {stem(key) for key in keys}
    for same, near in index.thesaurus.meanings():
        names = (*same, *near)
        if any(" ".join(map(stem, name.split())) in known or compound_term(name) in known for name in names):
            yield from names


def _front_coded(keys: Sequence[str]) -> Iterator[str]:
    for last, key in pairwise(("", *keys)):
        shared = next(end for end in range(min(len(last), BASE - 1), -1, -1) if key.startswith(last[:end]))
        yield DIGITS[shared] + key[shared:]


@cache
def _digits(number: int, width: int) -> str:
    """Return a number with a fixed number of digits.

    >>> _digits(BASE, 3)
    '010'
    """
    return "".join(DIGITS[number // BASE**place % BASE] for place in reversed(range(width)))
