"""The names nearest to what was typed, for corrections and for "did you mean".

The only module that imports rapidfuzz (some 15 ms), and only when asked: nothing is corrected that was typed right.
"""

from collections.abc import Iterable, Iterator, Sequence


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


WINDOW = 5  # neighbours with which each text is compared


def alike_neighbours(texts: Sequence[str], least: float, window: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Yield the places of two texts that are at least so alike, of 100; a pair may come twice.

    Each is compared with its next `window` neighbours in the order of their letters, from the beginning and from the end
    (the sorted neighbourhood method of Hernandez and Stolfo, 1995): in linear time beside the sorting, near texts that
    differ both early and late may be missed. Likeness is that of insertions and deletions.

    >>> sorted(set(map(frozenset, alike_neighbours(["low latency serving", "feature stores", "low latency servnig"], 90))))
    [frozenset({0, 2})]
    """
    from rapidfuzz.distance.Indel import normalized_similarity

    for order in (texts, [text[::-1] for text in texts]):
        places = sorted(range(len(texts)), key=order.__getitem__)
        for at, place in enumerate(places):
            text = texts[place]
            for other in places[at + 1 : at + 1 + window]:
                if normalized_similarity(text, texts[other], score_cutoff=least / 100):
                    yield place, other


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
