"""The names nearest to what was typed, for corrections and for "did you mean".

The only module that imports rapidfuzz (some 15 ms), and only when asked: nothing is corrected that was typed right.
"""

from collections.abc import Iterable, Sequence


def allowed_edits(word: str) -> int:
    """Return how many edits may lie between a word and its correction: more in longer words.

    >>> [allowed_edits(word) for word in ("tpu", "kafka", "microsft", "レイテシ")]
    [1, 1, 2, 1]
    """
    return 1 if len(word) < 6 else 2 if len(word) < 9 else 3


def corrections(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Return the words of `vocabulary` at the smallest allowed distance from `word`, the likeliest first.

    Distance is optimal string alignment (insert, delete, replace, swap neighbours). Words of one or two characters
    have none: any would do. Digits are never corrected: opml99 is not opml19.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    if len(word) < 3:
        return []
    digits, edits = _digits(word), allowed_edits(word)
    found = extract(word, list(vocabulary), scorer=OSA.distance, score_cutoff=edits, limit=None)
    near = [(candidate, distance) for candidate, distance, _ in found if _digits(candidate) == digits]
    smallest = min((distance for _, distance in near), default=0)
    best = [candidate for candidate, distance in near if distance == smallest]
    return sorted(best, key=lambda candidate: (candidate[:1] != word[:1], candidate))


def edits(word: str, other: str) -> int:
    """Return the optimal string alignment distance of two words.

    >>> edits("startum", "stratum")
    1
    """
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other)


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


LIKE = 70  # how alike names must be, of 100, to be worth naming


def nearest(typed: str, names: Iterable[str], limit: int = 3, alike: float = LIKE) -> list[str]:
    """Return up to `limit` of `names` that look like `typed`, the nearest first; none when nothing is near.

    `alike` is how near a name must be, of 100; with 0 the best are returned, near or not.

    >>> nearest("compny", ["company", "theme", "event"])
    ['company']
    """
    from rapidfuzz import fuzz, utils
    from rapidfuzz.process import extract

    choices: Sequence[str] = list(dict.fromkeys(names))
    found = extract(
        typed[:200],
        choices,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=limit,
        score_cutoff=alike,
    )
    return [name for name, _, _ in found]
