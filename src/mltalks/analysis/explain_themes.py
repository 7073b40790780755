"""Why a session is filed under its themes: by whom or by which phrases.

Does not file sessions: `taxonomy.assignment` does.
"""

from typing import Literal, NamedTuple

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Session, Theme
from mltalks.search.catalogue import Catalogue
from mltalks.taxonomy.assignment import latest
from mltalks.taxonomy.classifier import Evidence, Lack, ThemeScore

BY_HAND: Lack = "others are set by hand"
Status = Literal["curated", "inferred", "accepted", "rejected", "near"]


class Reason(NamedTuple):
    """A theme of a session, or one that was rejected or came near.

    `score` is the sum of the weights of the evidence (0 if a theme was set by a person and no term indicates it);
    `decided` is the day of the decision; `lacks` says why a near theme is not filed.
    """

    theme: Theme
    status: Status
    score: float
    evidence: tuple[Evidence, ...]
    decided: str | None = None
    lacks: Lack | None = None


class Explanation(NamedTuple):
    """A session with its themes, then those rejected, then those that came near, each list with the surest first."""

    session: Session
    reasons: tuple[Reason, ...]


def explain(catalogue: Catalogue, doc: int) -> Explanation:
    """Return why a session is filed as it is."""
    session = catalogue.session(doc)
    classification = catalogue.classifier.classify(session)
    found = catalogue.classifier.scored(session)
    decisions = latest(catalogue.decisions).get(session.id, {})

    def reason(theme: str, status: Status) -> Reason:
        filing = found.get(theme, ThemeScore(theme, 0.0, ()))
        decision = decisions.get(theme)
        date = decision.date if decision else None
        return Reason(catalogue.themes[theme], status, filing.score, filing.evidence, date)

    def status(theme: str) -> Status:
        if theme in decisions:
            return "accepted"
        return "inferred" if theme in session.themes_inferred else "curated"

    in_force = [reason(theme, status(theme)) for theme in session.themes if theme in catalogue.themes]
    rejected = [
        reason(theme, "rejected")
        for theme, one in decisions.items()
        if one.verdict == "reject" and theme in catalogue.themes
    ]
    listed = {*with_ancestors(session.themes, catalogue.theme_parents), *decisions}
    close = (*classification.filed, *classification.near)
    near = [
        reason(filing.theme, "near")._replace(lacks=filing.lacks or BY_HAND)
        for filing in close
        if filing.theme not in listed
    ]
    groups = (in_force, rejected, near)
    return Explanation(
        session, tuple(one for group in groups for one in sorted(group, key=lambda one: -one.score))
    )
