"""Classifies sessions: their themes, the scores, and the phrases that are the evidence.

Does not read curated themes, and does not learn weights: they are parameters.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from mltalks.dataset.model import Session, Theme
from mltalks.taxonomy.term_index import FIELD, Kind, TermIndex

STRONG, WEAK = 1.0, 0.3  # the weight of a term in a keyword, unless the classifier is given another
# The factor by which the weight of a term is multiplied in each field.
FIELDS: Mapping[str, float] = {
    "title": 1.3,
    "keywords": 1.0,
    "keywords_ja": 1.0,
    "track": 0.5,
    "summary": 0.4,
    "summary_ja": 0.4,
}
REPEATED = 0.7  # the factor for each further term of a theme, the strongest first (see `score`)
ENOUGH = 0.65  # the score at which a session is filed under a theme
SHARE = 0.45  # the least score of a theme as a share of the best theme's
MOST = 3  # the most themes that a session is filed under
NEAR = 3  # the most themes that are reported as near
NEARLY = 0.61  # more than a weak term in a title has; the least score of a near theme, as a share of `ENOUGH`
# Why a theme is near and not filed.
Lack = Literal["no word of the field", "weak evidence", "far below the best", "others are surer"]

Weights = Mapping[str, Mapping[str, float]]


class Evidence(NamedTuple):
    """A term that is evidence for a theme: its place (`position` counts keywords from 0) and the weight that it adds."""

    term: str
    kind: Kind
    field: str
    position: int
    start: int
    end: int
    weight: float


class ThemeScore(NamedTuple):
    """A theme of a session; `score` is the sum of the weights of the evidence, which has the strongest first.

    `lacks` says why it is not filed.
    """

    theme: str
    score: float
    evidence: tuple[Evidence, ...]
    lacks: Lack | None = None


class Classification(NamedTuple):
    """The themes that a session is filed under and those that are near, each with the best first."""

    filed: tuple[ThemeScore, ...]
    near: tuple[ThemeScore, ...]

    @property
    def themes(self) -> tuple[str, ...]:
        """The ids of the themes that the session is filed under."""
        return tuple(filing.theme for filing in self.filed)


NOTHING = Classification((), ())


class Classifier:
    """Classifies sessions by the themes of one tree.

    `weights` are the weights of terms in a keyword, by theme and term; the others have `STRONG` or `WEAK`.
    """

    def __init__(self, themes: Sequence[Theme], weights: Weights | None = None) -> None:
        learnt = weights or {}

        def worth(theme: str, term: str, kind: Kind) -> float:
            return learnt.get(theme, {}).get(term, STRONG if kind == "strong" else WEAK)

        self._index = TermIndex(themes, worth)
        self._broader = {theme.id: theme.broader for theme in themes}
        self._bounded = any(theme.terms.field for theme in themes)

    def evidence(self, session: Session) -> dict[str, list[Evidence]]:
        """Return the evidence for each theme in the order of the texts, each term at the place with the highest weight.

        That for `FIELD` is one of the phrases which show that the session is about the field of the tree. The weights are those of
        single terms, which `scored` reduces by `REPEATED`.
        """
        found: dict[str, list[Evidence]] = {}
        for field, position, text in readings(session):
            factor = FIELDS[field]
            for name, start, end, owners in self._index.find(text):
                for theme, kind, worth in owners:
                    if theme not in found:
                        found[theme] = [Evidence(name, kind, field, position, start, end, worth * factor)]
                    elif theme:
                        _add(found[theme], Evidence(name, kind, field, position, start, end, worth * factor))
        return found

    def scored(self, session: Session) -> dict[str, ThemeScore]:
        """Return every theme with evidence, with its score, whether it is filed or not."""
        evidence = self.evidence(session)
        evidence.pop(FIELD, None)
        return {theme: ThemeScore(theme, score(terms), _counted(terms)) for theme, terms in evidence.items()}

    def classify(self, session: Session) -> Classification:
        """Return the themes of a session by its title, keywords, track and summary."""
        return self.file(self.evidence(session))

    def file(self, evidence: Mapping[str, list[Evidence]]) -> Classification:
        """Return the themes that follow from evidence.

        A theme is filed with a score of at least `ENOUGH` and of `SHARE` of the best, and not by a single weak term; none if
        nothing shows that the session is about the field of the tree. A broader theme is implied by its narrower ones, and
        then not filed by itself.
        """
        about = FIELD in evidence or not self._bounded
        scores = {
            theme: found
            for theme, terms in evidence.items()
            if (found := score(terms) if terms[1:] else terms[0].weight) >= ENOUGH * NEARLY and theme
        }
        if not scores:
            return NOTHING
        ranked = sorted(sorted(scores), key=scores.__getitem__, reverse=True)
        lacks: dict[str, Lack] = {}
        best = 0.0
        for theme in ranked:
            if not about:
                lacks[theme] = "no word of the field"
            elif scores[theme] < ENOUGH or not any(one.kind == "strong" for one in evidence[theme]):
                lacks[theme] = "weak evidence"
            elif scores[theme] < SHARE * best:
                lacks[theme] = "far below the best"
            best = best or scores[theme] * (theme not in lacks)
        filed = [theme for theme in ranked if theme not in lacks]
        passed = set(map(self._broader.get, filed))
        filed = [theme for theme in filed if theme not in passed]
        lacks.update(dict.fromkeys(filed[MOST:], "others are surer"))
        passed.update(filed[:MOST])
        near = [theme for theme in ranked if theme not in passed]
        return Classification(
            tuple([ThemeScore(theme, scores[theme], _counted(evidence[theme])) for theme in filed[:MOST]]),
            tuple(
                [
                    ThemeScore(theme, scores[theme], _counted(evidence[theme]), lacks[theme])
                    for theme in near[:NEAR]
                ]
            ),
        )


def _add(evidence: list[Evidence], one: Evidence) -> None:
    """Add a term to the evidence for a theme; the same term elsewhere is replaced if it counts less."""
    for i, other in enumerate(evidence):
        if other.term == one.term:
            if other.weight < one.weight:
                evidence[i] = one
            return
    evidence.append(one)


def score(evidence: Sequence[Evidence]) -> float:
    """Return the score of a theme by its evidence.

    The i-th strongest (from 0) of the weights w counts w * REPEATED ** i, so that ten terms of one theme do not
    outweigh the other themes of a session.
    """
    weights = sorted([one.weight for one in evidence], reverse=True)
    return sum([weight * REPEATED**i for i, weight in enumerate(weights)])


def _counted(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence with the weight that each adds to the score, the strongest first."""
    if len(evidence) == 1:
        return tuple(evidence)
    ordered = sorted(evidence, key=lambda one: -one.weight)
    return tuple([Evidence(*one[:-1], one.weight * REPEATED**i) for i, one in enumerate(ordered)])


def readings(session: Session) -> Iterator[tuple[str, int, str]]:
    """Yield the texts of a session that are read: field, number in that field, and text.

    Keywords and summaries in Japanese are read only if there are none in English, so that nothing counts twice.
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
