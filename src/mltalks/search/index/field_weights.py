"""What a word in each field of a session weighs: more in a title, less in a long text.

Does not weigh the words of a query: `search.scoring` does.

Source: BM25F; Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.6, with the average lengths of the
shipped catalogue in place of those of the indexed one, so that a score does not change when a talk is added.
"""

from functools import cache

from mltalks.search.index.postings import STEP

LENGTH = 0.6  # b of BM25

# The weight of a word in a field of typical length, and that length in words.
FIELD_WEIGHTS = {
    "title": (3.0, 9),
    "keywords": (2.0, 12),
    "keywords_ja": (2.0, 6),
    "companies": (2.0, 6),
    "speakers": (2.0, 9),
    "track": (1.0, 4),
    "event": (1.0, 6),
    "summary": (1.0, 42),
    "summary_ja": (1.0, 30),
    "questions": (1.0, 30),
    "questions_ja": (1.0, 24),
    "note": (1.0, 42),
}


@cache
def word_weight(field: str, length: int) -> int:
    """Return the weight of one word in a field of so many words, in steps (see `postings.STEP`)."""
    weight, typical = FIELD_WEIGHTS[field]
    return round(weight / (1 - LENGTH + LENGTH * length / typical) * STEP) or 1
