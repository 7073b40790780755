"""Fuzzy matching: corrections of typos, the nearest names for "did you mean", pairs of similar texts.

Does not choose the words to compare with. It alone imports rapidfuzz (15 ms), on the first call.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence


def allowed_edits(word: str) -> int:
    """Return the largest edit distance between a word and its correction: more for longer words.

    >>> [allowed_edits(word) for word in ("tpu", "kafka", "microsft", "レイテシ")]
    [1, 1, 2, 1]
    """
    return 1 if len(word) < 6 else 2 if len(word) < 9 else 3


def corrections(word: str, vocabulary: Iterable[str], excluded: Collection[str] = frozenset()) -> list[str]:
    """Return the words of `vocabulary` at the smallest allowed distance from `word`, those with its first letter first.

    Distance is optimal string alignment (insert, delete, replace, swap neighbours). Words of one or two characters have
    no corrections, since any would fit. Digits are never corrected: opml99 is not opml19. Excluded words are left out after the
    comparison, which is faster.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    if len(word) < 3:
        return []
    digits, edits = _digits(word), allowed_edits(word)
    found = extract(word, list(vocabulary), scorer=OSA.distance, score_cutoff=edits, limit=None)
    near = [
        (candidate, distance)
        for candidate, distance, _ in found
        if _digits(candidate) == digits and candidate not in excluded
    ]
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


WINDOW = 5  # neighbours that each text is compared with


def alike_neighbours(texts: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """Yield the places of two texts with a similarity of at least `least` (0 to 100); a pair may be repeated.

    Each text is compared with its next WINDOW neighbours in alphabetical order, read forwards and backwards (the sorted
    neighbourhood method of Hernandez and Stolfo, 1995). That takes linear time after sorting, and misses texts that differ
    both near the beginning and near the end. Similarity is that of insertions and deletions.

    >>> sorted(set(map(frozenset, alike_neighbours(["low latency serving", "feature stores", "low latency servnig"], 90))))
    [frozenset({0, 2})]
    """
    from rapidfuzz.distance.Indel import normalized_similarity

    for order in (texts, [text[::-1] for text in texts]):
        places = sorted(range(len(texts)), key=order.__getitem__)
        for at, place in enumerate(places):
            text = texts[place]
            for other in places[at + 1 : at + 1 + WINDOW]:
                if normalized_similarity(text, texts[other], score_cutoff=least / 100):
                    yield place, other


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


LIKE = 75  # the least similarity (0 to 100) of a name that is suggested
WITHIN = 92  # the least similarity to a part of a longer name
SHORTEST = 4  # letters of what may be such a part
BESIDE = 5  # points of similarity by which another one may be behind the nearest


def nearest(typed: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to `limit` of `names` that look like `typed`, the nearest first; none if nothing is near.

    Those that look far less like it than the nearest are left out. A much shorter name looks like it only if what was typed begins
    with that, and a much longer one only if a part of it nearly equals what was typed, and a word of it has the first letter
    (Japanese has no spaces between words).

    >>> nearest("compny", ["company", "theme", "event"]), nearest("nosuchthing", ["Bing"])
    (['company'], [])
    >>> nearest("リクルート", ["株式会社リクルートホールディングス"])
    ['株式会社リクルートホールディングス']
    >>> nearest("nosuch", ["Bosch", "Suchita Pati"]), nearest("katib", ["opml19-katib", "opml19-tony"])
    ([], ['opml19-katib'])
    """
    from rapidfuzz import fuzz, utils
    from rapidfuzz.process import extract

    names = list(dict.fromkeys(names))
    start = typed.casefold()
    longer = [
        one
        for one in names
        if len(one) >= len(typed) >= SHORTEST
        and (not start[0].isascii() or start[0] in {part[:1] for part in re.split(r"\W+", one.casefold())})
    ]
    found = {one: 90.0 for one in names if len(one) >= SHORTEST and start.startswith(one.casefold())}
    for scorer, among, least in (
        (fuzz.ratio, names, LIKE),
        (fuzz.token_sort_ratio, names, LIKE),
        (fuzz.partial_ratio, longer, WITHIN),
    ):
        some = extract(
            typed[:200],
            among,
            scorer=scorer,
            processor=utils.default_process,
            limit=limit,
            score_cutoff=least,
        )
        for name, alike, _ in some:
            found[name] = max(found.get(name, 0), alike)
    best = sorted(found, key=found.__getitem__, reverse=True)[:limit]
    return [name for name in best if found[name] >= found[best[0]] - BESIDE]
