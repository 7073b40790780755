"""Words for generated text: those of the shipped catalogue by their frequency, and endlessly many invented ones.

Every invented word is a function of its rank alone, so that nothing has to be remembered however many there are.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

SHIPPED = Path(__file__).parents[1] / "data"
FUNCTION_WORDS = frozenset(
    "a about across after against all also an and any are as at be because been before being between both but by can"
    " each for from has have how if in into is it its itself more most no nor not of off on one only or other our out"
    " over per so some such than that the their them then these they this those through to under up use used uses"
    " using via was were what when where which while who whose why will with within without yet".split()
)
SLOT = re.compile(r"[A-Za-z0-9][\w.+'-]*\w|[A-Za-z0-9]")
ONSETS = (
    "b bl br c ch cl cr d dr f fl fr g gl gr h j k kl l m n p pl pr qu r s sh sk st str t th tr v w z".split()
)
VOWELS = "a e i o u ai ea ee io ou oa".split()
CODAS = ["", "l", "n", "r", "s", "t", "m", "x", "ck", "nd", "st"]
SYLLABLES = [onset + vowel + coda for onset in ONSETS for vowel in VOWELS for coda in CODAS]
ENDINGS = (("", "s", "ing"), ("e", "er", "ed"), ("", "ize", "ization"), ("", "ic", "ity"), ("a", "on", "ium"))
KANA = (
    list("アイウエオカキクケコサシスセタチテトナニネノハヒフヘホマミムメモラリルレロワ")
    + "シャ ション ティ ファ フィ ジェ チェ トリ クス ング ート ール".split()
)
STRIDE = 7_368_787  # a prime: neighbouring ranks get unlike syllables
MIX = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio


def shipped(name: str) -> list[dict[str, Any]]:
    """Return the records of a table of the shipped catalogue."""
    records: list[dict[str, Any]] = tomllib.loads((SHIPPED / f"{name}.toml").read_text("utf-8"))[name]
    return records


def mixed(number: int) -> int:
    """Return 64 bits that look random and depend on `number` alone."""
    number = (number + 1) * MIX & 0xFFFFFFFFFFFFFFFF
    return (number ^ number >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF


def tail_rank(rng: Random, flat: int) -> int:
    """Draw a rank of the long tail: about even up to `flat`, then falling by the power 1.77 of the rank.

    Source: Gerlach and Altmann, Stochastic Model for the Vocabulary Growth in Natural Languages (2013): beyond some
    thousand words the frequency falls by that power, by which a vocabulary grows with the 0.56th power of the text.
    """
    return int(flat * ((1.0 - rng.random()) ** (-1 / 0.77) - 1))


@lru_cache(maxsize=100_000)
def invented(rank: int) -> str:
    """Return a pronounceable word of two syllables or more and an ending; three neighbouring ranks share the stem."""
    stem, ending = divmod(rank, 3)
    endings = ENDINGS[stem % len(ENDINGS)]
    size = len(SYLLABLES)
    first, rest = divmod(stem * STRIDE % (size * size), size)
    more = stem // (size * size)
    return SYLLABLES[first] + SYLLABLES[rest] + (SYLLABLES[more % size] if more else "") + endings[ending]


@lru_cache(maxsize=100_000)
def katakana(rank: int) -> str:
    """Return an invented foreign word as Japanese writes it."""
    bits = mixed(rank)
    return "".join(KANA[(bits >> 7 * i) % len(KANA)] for i in range(1, 4 + rank % 3))


class Draw:
    """Draws from values as often as their weights say."""

    def __init__(self, counts: Iterable[tuple[str, float]]) -> None:
        values = list(counts)
        self.values = [value for value, _ in values]
        self.sums = list(accumulate(weight for _, weight in values))

    def many(self, rng: Random, k: int) -> list[str]:
        """Return `k` draws; the same value may come again."""
        return rng.choices(self.values, cum_weights=self.sums, k=k)


def slots(text: str) -> str:
    """Return a text as a template: its function words stay, `%s` stands for each of the others."""
    return SLOT.sub(
        lambda match: match[0] if match[0].lower() in FUNCTION_WORDS else "%s", text.replace("%", "")
    )


def content_words(texts: Iterable[str]) -> Counter[str]:
    """Count the words in the slots of texts, in lower case if the text is."""
    found = Counter(word for text in texts for word in SLOT.findall(text))
    return Counter({word: count for word, count in found.items() if word.lower() not in FUNCTION_WORDS})


def japanese_words(texts: Iterable[str]) -> Counter[str]:
    """Count the katakana and kanji words of texts."""
    return Counter(word for text in texts for word in re.findall("[ァ-ヺー]{3,}|[㐀-䶿一-鿿々]{2,6}", text))
