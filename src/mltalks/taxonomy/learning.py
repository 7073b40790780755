"""What labelled sessions teach about the worth of terms: how often a theme's term was right.

Adds no terms and changes no themes; what it returns is readable data for the classifier, the same for the same input.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import sqrt

from mltalks.model import Session, Theme
from mltalks.taxonomy.classify import FIELDS, STRONG, WEAK, Classifier
from mltalks.taxonomy.terms import Kind

SMOOTHING = 4.0
"""How many sessions the expectation before learning counts as."""
LEAST_FIELD = FIELDS["track"]
"""Terms in fields worth less than this say too little to learn from."""
LEAST_SESSIONS = 3
"""What fewer sessions say of a term is left out."""
LEAST_CHANGE = 0.1
"""Weights that differ by a smaller share than this from what a term is worth anyway are left out."""


def learn(themes: Sequence[Theme], sessions: Sequence[Session]) -> dict[str, dict[str, float]]:
    """Return for terms of each theme what they are worth, from sessions with curated themes.

    With n sessions that have the term in title, keywords or track, r of them filed under the theme by a person, and
    p the same share over all strong (or weak) terms, the weight is w * sqrt((r + k p) / ((n + k) p)): w is `STRONG`
    or `WEAK`, k is `SMOOTHING`. The square root keeps what a few sessions say from counting for too much.
    """
    classifier = Classifier(themes)
    seen: Counter[tuple[str, str, Kind]] = Counter()
    right: Counter[tuple[str, str, Kind]] = Counter()
    for session in (read for curated in sessions for read in _in_each_language(curated)):
        for theme, evidence in classifier.evidence(session).items():
            for one in evidence:
                if FIELDS[one.field] >= LEAST_FIELD:
                    seen[theme, one.term, one.kind] += 1
                    right[theme, one.term, one.kind] += theme in session.themes
    worth: dict[Kind, float] = {"strong": STRONG, "weak": WEAK}
    expected = {kind: _share(right, seen, kind) for kind in worth}
    weights: dict[str, dict[str, float]] = {}
    for (theme, term, kind), n in sorted(seen.items()):
        p = expected[kind]
        ratio = (right[theme, term, kind] + SMOOTHING * p) / ((n + SMOOTHING) * p)
        weight = round(worth[kind] * sqrt(ratio), 2)
        if n >= LEAST_SESSIONS and abs(weight / worth[kind] - 1) >= LEAST_CHANGE:
            weights.setdefault(theme, {})[term] = weight
    return weights


def _in_each_language(session: Session) -> Iterator[Session]:
    """Yield a session as it is read and, where its keywords are known in both languages, by the Japanese ones too."""
    yield session
    if session.keywords and session.keywords_ja:
        yield replace(session, keywords=())


def _share(right: Counter[tuple[str, str, Kind]], seen: Counter[tuple[str, str, Kind]], kind: Kind) -> float:
    """Return how often terms of a kind were right; a half where none was seen, and never nought."""
    n = sum(count for key, count in seen.items() if key[2] == kind)
    r = sum(count for key, count in right.items() if key[2] == kind)
    return (r + 1) / (n + 2)
