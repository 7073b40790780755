"""Writes src/mltalks/search/index/word_vectors.tsv: the English words of the data, each with its weight and its vector.

Usage: python -m scripts.word_vectors --write

The vectors are those of all-MiniLM-L6-v2 (see `benchmarks.peers.embeddings`; Apache License 2.0): of each word by itself, less
their mean, on the 64 main axes, each divided by the root of its length, then in steps of 1/3 from -3 to 3. Needs the group `bench`;
takes some five minutes. Run it after many words were added to the data.
"""

import argparse
import base64
import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mltalks.search.index.word_vectors import DIMENSIONS, FILE, LEVEL
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import words

DATA = Path(__file__).parents[1] / "data"
FIELDS = ("title", "track", "summary", "keywords", "questions")
SPREAD = 2.5  # standard deviations of a value up to LEVEL
WEIGHT = 8  # steps of the weight of a word to 1
RAREST = 4.5  # the idf of a word at most


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m scripts.word_vectors")
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    weights = _weights()
    found = sorted(weights)
    lines = (
        f"{word}\t{weights[word]}\t{base64.b64encode(_packed(vector)).decode()}\n"
        for word, vector in zip(found, _vectors(found), strict=True)
    )
    FILE.write_text("".join(lines), encoding="ascii")


def _weights() -> dict[str, int]:
    """Return the weight of each word of the sessions, thesaurus and themes: its idf among the sessions, in steps."""
    sessions = [set(_words(session)) for session in _tables("sessions")]
    found_in = Counter(word for of_session in sessions for word in of_session)
    names = {
        word
        for thing in (*_tables("terms"), *(theme["terms"] for theme in _tables("themes")))
        for some in thing.values()
        for name in some
        for word in words(name)
    }
    known = filter(_counts, names.union(*sessions))
    size = len(sessions)
    return {
        word: round(
            WEIGHT * min(RAREST, math.log(1 + (size - found_in[word] + 0.5) / (found_in[word] + 0.5)))
        )
        for word in known
    }


def _tables(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))[name]
    return found


def _words(session: dict[str, Any]) -> Iterator[str]:
    for field in FIELDS:
        value = session.get(field, ())
        for text in [value] if isinstance(value, str) else value:
            yield from words(text)


def _counts(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 1 and word not in STOP_WORDS


def _vectors(found: Sequence[str]) -> Any:
    """Return an array with a row of DIMENSIONS whole numbers from -LEVEL to LEVEL for each word."""
    import numpy as np

    from benchmarks.peers.embeddings import MiniLM

    embedded = MiniLM().embed(found)
    centred = embedded - embedded.mean(0)
    _, lengths, axes = np.linalg.svd(centred, full_matrices=False)
    short = centred @ axes[:DIMENSIONS].T / np.sqrt(lengths[:DIMENSIONS])
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    return np.clip(np.round(short * math.sqrt(DIMENSIONS) * LEVEL / SPREAD), -LEVEL, LEVEL).astype(int)


def _packed(vector: Sequence[int]) -> bytes:
    """Return a vector as bytes, two values in each, the lower four bits first."""
    return bytes(
        (low + LEVEL) | (high + LEVEL) << 4 for low, high in zip(vector[::2], vector[1::2], strict=True)
    )


if __name__ == "__main__":
    main()
