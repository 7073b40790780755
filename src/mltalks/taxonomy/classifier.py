"""Sessions filed under themes: which, how surely, and by which phrases at which place.

Holds no terms and no themes of its own, never looks at curated themes, and learns nothing: weights are given to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mltalks.dataset.model import Session, Theme
from mltalks.taxonomy.term_index import Kind, TermIndex

STRONG, WEAK = 1.0, 0.3
"""What a term is worth in a keyword before anything is learnt about it."""
FIELDS: Mapping[str, float] = {
    "title": 1.3,
    "keywords": 1.0,
    "keywords_ja": 1.0,
    "track": 0.5,
    "summary": 0.3,
    "summary_ja": 0.3,
}
"""What a term is worth in each field, as a multiple of what it is worth in a keyword."""
REPEATED = 0.7
"""Each further term of a theme counts this much of what the one before it did, strongest first."""
ENOUGH = 1.0
"""The score at which a session is filed under a theme."""
SHARE = 0.45
"""The least score of a theme as a share of the best theme's."""
MOST = 3
"""The most themes that a session is filed under."""
NEAR = 3
"""The most themes that are told as near."""
NEARLY = 0.5
"""What a near theme has at least, as a share of `ENOUGH`."""

Weights = Mapping[str, Mapping[str, float]]


class Evidence(NamedTuple):
    """A term that speaks for a theme: where it stands (`position` counts keywords from 0) and what it adds."""

    term: str
    kind: Kind
    field: str
    position: int
    start: int
    end: int
    weight: float


class ThemeScore(NamedTuple):
    """A theme that a session speaks of; `score` is the sum of the weights of the evidence, the strongest first."""

    theme: str
    score: float
    evidence: tuple[Evidence, ...]


class Classification(NamedTuple):
    """The themes that a session is filed under and those that came near, each list with the best first."""

    filed: tuple[ThemeScore, ...]
    near: tuple[ThemeScore, ...]

    @property
    def themes(self) -> tuple[str, ...]:
        """The ids of the themes that the session is filed under."""
        return tuple(filing.theme for filing in self.filed)


NOTHING = Classification((), ())


class Classifier:
    """Files sessions under the themes of one tree.

    `weights` say for some terms of some themes what they are worth in a keyword; the others are worth `STRONG` or
    `WEAK`.
    """

    def __init__(self, themes: Sequence[Theme], weights: Weights | None = None) -> None:
        learnt = weights or {}

        def worth(theme: str, term: str, kind: Kind) -> float:
            return learnt.get(theme, {}).get(term, STRONG if kind == "strong" else WEAK)

        self._index = TermIndex(themes, worth)
        self._broader = {theme.id: theme.broader for theme in themes}

    def evidence(self, session: Session) -> dict[str, list[Evidence]]:
        """Return for each theme the terms that speak for it, each where it counts most, in the order of reading.

        Weights are what each is worth alone (see `scored`).
        """
        found: dict[str, list[Evidence]] = {}
        for field, position, text in readings(session):
            factor = FIELDS[field]
            for name, start, end, owners in self._index.find(text):
                for theme, kind, worth in owners:
                    one = Evidence(name, kind, field, position, start, end, worth * factor)
                    if theme in found:
                        _add(found[theme], one)
                    else:
                        found[theme] = [one]
        return found

    def scored(self, session: Session) -> dict[str, ThemeScore]:
        """Return every theme that any term speaks for, with its score and evidence, filed or not."""
        evidence = self.evidence(session)
        return {theme: ThemeScore(theme, score(terms), _counted(terms)) for theme, terms in evidence.items()}

    def classify(self, session: Session) -> Classification:
        """Return the themes of a session, by what its title, keywords, track and summary say."""
        return self.file(self.evidence(session))

    def file(self, evidence: Mapping[str, list[Evidence]]) -> Classification:
        """Return the themes that evidence speaks for.

        A theme is filed with a score of at least `ENOUGH` and `SHARE` of the best; where none has enough, the best
        one alone. A broader theme is implied by its narrower ones, and then not filed by itself.
        """
        if not evidence:
            return NOTHING
        scores = {theme: score(terms) if terms[1:] else terms[0].weight for theme, terms in evidence.items()}
        ranked = sorted(sorted(scores), key=scores.__getitem__, reverse=True)
        least = max(ENOUGH, SHARE * scores[ranked[0]])
        filed = [theme for theme in ranked if scores[theme] >= least] or ranked[:1]
        passed = set(map(self._broader.get, filed))
        filed = [theme for theme in filed if theme not in passed][:MOST]
        passed.update(filed)
        near = [theme for theme in ranked if theme not in passed and scores[theme] >= ENOUGH * NEARLY]
        return Classification(
            tuple([ThemeScore(theme, scores[theme], _counted(evidence[theme])) for theme in filed]),
            tuple([ThemeScore(theme, scores[theme], _counted(evidence[theme])) for theme in near[:NEAR]]),
        )


def _add(evidence: list[Evidence], one: Evidence) -> None:
    """Add a term to the evidence for a theme, or put it in the place of itself where it counted less."""
    for i, other in enumerate(evidence):
        if other.term == one.term:
            if other.weight < one.weight:
                evidence[i] = one
            return
    evidence.append(one)


def score(evidence: Sequence[Evidence]) -> float:
    """Return what the evidence for a theme is worth together.

    The i-th strongest of the weights w counts w * REPEATED ** i, so that ten terms of one theme do not drown out
    what else a session is about.
    """
    weights = sorted([one.weight for one in evidence], reverse=True)
    return sum([weight * REPEATED**i for i, weight in enumerate(weights)])


def _counted(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence with what each adds to the score, the strongest first."""
    if len(evidence) == 1:
        return tuple(evidence)
    ordered = sorted(evidence, key=lambda one: -one.weight)
    return tuple([Evidence(*one[:-1], one.weight * REPEATED**i) for i, one in enumerate(ordered)])


def readings(session: Session) -> Iterator[tuple[str, int, str]]:
    """Yield the texts of a session that are read, each with its field and its number in that field.

    What is said in both languages counts once: keywords and summaries in Japanese are read where there are none in
    English.
    """
    yield "title", 0, session.title
    field, keywords = (
        ("keywords", session.keywords) if session.keywords else ("keywords_ja", session.keywords_ja)
    )
    for position, keyword in enumerate(keywords):
        yield field, position, keyword
    if session.track:
        yield "track", 0, session.track
    if session.summary:
        yield "summary", 0, session.summary
    elif session.summary_ja:
        yield "summary_ja", 0, session.summary_ja
