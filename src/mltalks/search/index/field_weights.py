"""What a word in each field of a session weighs: more in a title, less in a long text.

Does not weigh the words of a query: `search.scoring` does.

Source: BM25F; Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.6, with the average lengths of the
shipped catalogue in place of those of the indexed one, so that a score does not change when a talk is added.
"""

from functools import cache
from typing import NamedTuple

from mltalks.search.index.postings import STEP

LENGTH = 0.6  # b of BM25


class FieldWeight(NamedTuple):
    """The weight of a word in a field of typical length, and that length in words."""

    weight: float
    typical: int


FIELD_WEIGHTS = {
    "title": FieldWeight(3.0, 9),
    "keywords": FieldWeight(2.0, 12),
    "keywords_ja": FieldWeight(2.0, 6),
    "companies": FieldWeight(2.0, 6),
    "speakers": FieldWeight(2.0, 9),
    "track": FieldWeight(1.0, 4),
    "event": FieldWeight(1.0, 6),
    "summary": FieldWeight(1.0, 42),
    "summary_ja": FieldWeight(1.0, 30),
    "note": FieldWeight(1.0, 42),
}


@cache
def word_weight(field: str, length: int) -> int:
    """Return the weight of one word in a field of so many words, in steps (see `postings.STEP`)."""
    weight, typical = FIELD_WEIGHTS[field]
    return round(weight / (1 - LENGTH + LENGTH * length / typical) * STEP) or 1
