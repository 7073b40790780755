"""What the script of a page needs besides the words of sessions: word vectors, themes by idf, ordinary English words.

Does not find sessions: `vocabulary` has what each word finds.
"""

import zlib
from array import array
from collections.abc import Sequence
from typing import Any

from mltalks.render.html.digits import DIGITS, digits, distances
from mltalks.search import scoring
from mltalks.search.index.reader import Index
from mltalks.search.index.word_vectors import DIMENSIONS, LENGTH, LEVEL, WordVectors
from mltalks.search.likeness import english
from mltalks.text.japanese.scripts import is_japanese_word
from mltalks.text.words.english_words import english_words

LEVELS = 2 * LEVEL + 1  # of a value in the vector of a word
HASHES = 1 << 21  # of English words: one in 55 other words is taken for one of them


def meaning(index: Index, docs: Sequence[int], words: Sequence[str], width: int) -> dict[str, Any]:
    """Return the tables for the documents of a page in their order there, and for all its words.

    - `vectors`: for each of the words that has a vector its place, as the distance from the one before, in `width` digits, its
      weight, a digit, and its values, two in a digit (`levels` times the first plus the second, from 0 on);
    - `meanings`: for each session the values of its vector, from -`length` on, in two digits;
    - `in_english`: for each of the Japanese words its place, as the distance from the one before, the number of English words by
      which its vector is known, and their places;
    - `english`: the hashes (the CRC-32 modulo `hashes`) of the ordinary English words that the page does not know, as distances
      in two digits.
    """
    known = WordVectors()
    number: dict[str, int] = {}
    vectors, last = [], -1
    for place, word in enumerate(words):
        if word.isascii() and word.isalpha() and (stored := known.stored(word)):
            number[word] = place
            weight, values = stored
            pairs = zip(values[::2], values[1::2], strict=True)
            coded = "".join(DIGITS[LEVELS * (one + LEVEL) + other + LEVEL] for one, other in pairs)
            vectors.append(digits(place - last, width) + DIGITS[weight] + coded)
            last = place
    in_english, last = [], -1
    for place, word in enumerate(words):
        if is_japanese_word(word) and (
            places := [number[one] for one in english(index, [word]) if one in number]
        ):
            in_english += [place - last, len(places), *places]
            last = place
    of_doc = {doc: array("b", vector) for doc, vector, _ in index.sessions.likeness(docs) if vector}
    nothing = [0] * DIMENSIONS
    hashes = {zlib.crc32(word.encode()) % HASHES for word in set(english_words().split()).difference(words)}
    return {
        "dimensions": DIMENSIONS,
        "length": LENGTH,
        "levels": LEVELS,
        "vectors": "".join(vectors),
        "in_english": "".join(digits(one, width) for one in in_english),
        "meanings": "".join(digits(value + LENGTH, 2) for doc in docs for value in of_doc.get(doc, nothing)),
        "hashes": HASHES,
        "english": distances(sorted(hashes), 2),
    }


def theme_idf(index: Index, themes: Sequence[str]) -> list[float]:
    """Return the idf of some themes in the whole catalogue."""
    found_in = index.facets.found_in("theme")
    return [round(scoring.idf(found_in[theme], index.count), 3) for theme in themes]
