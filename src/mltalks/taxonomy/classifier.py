"""Classifies sessions: their themes, the scores, and the phrases that are the evidence.

Does not read curated themes, and does not learn weights: they are parameters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Literal, NamedTuple

from mltalks.dataset.model import Event, Session, Theme
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
LEAST = ENOUGH * NEARLY
LITTLE = 0.01  # of a theme that is near if no theme has more: any term, but none of the field
# Why a theme is near and not filed.
Lack = Literal[
    "no word of the field",
    "weak evidence",
    "far below the best",
    "others are surer",
    "others are set by hand",
]

NO_FIELD: Lack = "no word of the field"
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


_KIND, _WEIGHT = itemgetter(1), itemgetter(-1)  # of an `Evidence`
# An `Evidence` without its term.
Sighting = tuple[Kind, str, int, int, int, float]
# The negative score of a theme, the theme, and its evidence.
Weighed = tuple[float, str, tuple[Evidence, ...]]


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

    `weights` are the weights of terms in a keyword, by theme and term; the others have `STRONG` or `WEAK`. The names of the `events` of
    the sessions show their field, too; an event that is not among them is its name.
    """

    def __init__(
        self, themes: Sequence[Theme], weights: Weights | None = None, events: Iterable[Event] = ()
    ) -> None:
        learnt = weights or {}

        def worth(theme: str, term: str, kind: Kind) -> float:
            return learnt.get(theme, {}).get(term, STRONG if kind == "strong" else WEAK)

        self._index = TermIndex(themes, worth)
        self._broader = {theme.id: theme.broader for theme in themes}
        self._event_names = {one.id: f"{one.name} / {one.full_name} / {one.series}" for one in events}
        self._of_field: dict[str, bool] = {}
        self._bounded = any(theme.terms.field for theme in themes)

    def evidence(self, session: Session) -> dict[str, dict[str, Sighting]]:
        """Return the evidence for each theme by terms, in the order of the texts, each at the place with the highest weight.

        That for `FIELD` is one of the phrases which show that the session is about the field of the tree. The weights are those of
        single terms, which `scored` reduces by `REPEATED`.
        """
        found: dict[str, dict[str, Sighting]] = {}
        for field, position, text in readings(session):
            factor = FIELDS[field]
            for term, (theme, kind, worth), start, end in self._index.find(text):
                weight = worth * factor
                if theme not in found:
                    found[theme] = {term: (kind, field, position, start, end, weight)}
                elif theme and (term not in found[theme] or found[theme][term][-1] < weight):
                    found[theme][term] = (kind, field, position, start, end, weight)
        return found

    def scored(self, session: Session) -> dict[str, ThemeScore]:
        """Return every theme with evidence, with its score, whether it is filed or not."""
        evidence = self.evidence(session)
        evidence.pop(FIELD, None)
        return {
            theme: ThemeScore(theme, -total, counted) for total, theme, counted in _weighed(evidence, 0.0)
        }

    def classify(self, session: Session) -> Classification:
        """Return the themes of a session by its title, keywords, track and summary."""
        bare = not (session.summary or session.summary_ja)  # a summary would say the field itself
        return self.file(self.evidence(session), of_field=bare and self._is_of_field(session.event))

    def _is_of_field(self, event: str) -> bool:
        """Return whether the name of an event has a word of the field of the tree: "MLOps Night"."""
        if event not in self._of_field:
            found = self._index.find(self._event_names.get(event, event))
            self._of_field[event] = any(owner[0] == FIELD for _, owner, _, _ in found)
        return self._of_field[event]

    def file(
        self, evidence: Mapping[str, Mapping[str, Sighting]], *, of_field: bool = False
    ) -> Classification:
        """Return the themes that follow from evidence; `of_field` says that something else shows the field.

        A theme is filed with a score of at least `ENOUGH` and of `SHARE` of the best, and not by a single weak term; none if
        nothing shows that the session is about the field of the tree. Near are those with `LEAST`, else those with any term. A
        broader theme is implied by its narrower ones, and then not filed by itself.
        """
        ranked = sorted(_weighed(evidence, LEAST) or _weighed(evidence, LITTLE))
        if not ranked:
            return NOTHING
        about = of_field or FIELD in evidence or not self._bounded
        lacks: dict[str, Lack] = {}
        implied: set[str | None] = set()
        best = 0.0
        for total, theme, counted in ranked:
            if not about:
                lacks[theme] = NO_FIELD
            elif -total < ENOUGH or "strong" not in map(_KIND, counted):
                lacks[theme] = "weak evidence"
            elif total > SHARE * best:
                lacks[theme] = "far below the best"
            else:
                implied.add(self._broader[theme])
                best = best or total
        filed: list[ThemeScore] = []
        near: list[ThemeScore] = []
        for total, theme, counted in ranked:
            if theme not in implied:
                lack = lacks.get(theme) or ("others are surer" if len(filed) == MOST else None)
                group = near if lack else filed
                group.append(ThemeScore(theme, -total, counted, lack))
        return Classification(tuple(filed), tuple(near[:NEAR]))


def _weighed(evidence: Mapping[str, Mapping[str, Sighting]], least: float) -> list[Weighed]:
    """Return the negative scores of the themes that have at least `least`, with their evidence, the strongest first.

    The i-th strongest (from 0) of the weights w counts w * REPEATED ** i, so that ten terms of one theme do not
    outweigh the other themes of a session.
    """
    weighed: list[Weighed] = []
    for theme, terms in evidence.items():
        if len(terms) == 1:
            ((term, one),) = terms.items()
            if one[-1] >= least:
                weighed.append((-one[-1], theme, (Evidence(term, *one),)))
        else:
            ordered = sorted(terms.items(), key=lambda one: one[1][-1], reverse=True)
            counted = tuple(
                [Evidence(term, *one[:-1], one[-1] * REPEATED**i) for i, (term, one) in enumerate(ordered)]
            )
            total = sum(map(_WEIGHT, counted))
            if total >= least:
                weighed.append((-total, theme, counted))
    return weighed


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
