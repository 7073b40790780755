"""The themes of sessions in force: curated ones, inferred ones for sessions without any, changed by a user's decisions.

Does not infer themes: `classifier` does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.loader import Dataset
from mltalks.dataset.model import Decision, Event, Session, Theme
from mltalks.problems import Problem
from mltalks.taxonomy.classifier import Classifier
from mltalks.taxonomy.decided import is_rejected


class Filing:
    """Files sessions under the themes of one tree, by a user's decisions about them."""

    def __init__(
        self, themes: Sequence[Theme], decisions: Iterable[Decision], events: Sequence[Event]
    ) -> None:
        self._events = events
        self._themes = themes
        self._broader = {theme.id: theme.broader for theme in themes}
        self.decided = latest([decision for decision in decisions if decision.theme in self._broader])

    @cached_property
    def _classifier(self) -> Classifier:
        return Classifier(self._themes, events=self._events)

    def filed(self, session: Session) -> Session:
        """Return a session, which has its curated themes, with the themes in force; `themes_inferred` has the inferred ones."""
        if session.themes and not session.themes_inferred and session.id not in self.decided:
            return session
        inferred = () if session.themes else self._classifier.classify(session).themes
        found = session._replace(themes=session.themes or inferred, themes_inferred=inferred)
        decisions = self.decided.get(session.id)
        return _decided(found, decisions, self._broader) if decisions else found


def latest(decisions: Sequence[Decision]) -> dict[str, dict[str, Decision]]:
    """Return the last decision about each session and theme, by session and then theme."""
    found: dict[str, dict[str, Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.session, {})[decision.theme] = decision
    return found


def _decided(
    session: Session, decisions: Mapping[str, Decision], broader: Mapping[str, str | None]
) -> Session:
    """Return a session without the rejected themes and with the accepted ones.

    A theme is rejected with its broader ones, unless it is accepted itself.
    """
    themes = [theme for theme in session.themes if not is_rejected(theme, decisions, broader)]
    themes += [theme for theme, one in decisions.items() if one.verdict == "accept" and theme not in themes]
    still = tuple(theme for theme in session.themes_inferred if theme in themes and theme not in decisions)
    return session._replace(themes=tuple(themes), themes_inferred=still)


def theme_source(session: Session, *, decided: bool) -> str:
    """Return the source of the themes of a session: "none", "inferred" if any is, "decided" by the user, or "curated"."""
    if not session.themes:
        return "none"
    if session.themes_inferred:
        return "inferred"
    return "decided" if decided else "curated"


def check_filled(data: Dataset) -> Iterator[Problem]:
    """Yield a warning for each theme without sessions, its narrower ones included."""
    broader = {theme.id: theme.broader for theme in data.themes}
    filing = Filing(data.themes, data.decisions, data.events)
    named = (theme for session in map(filing.filed, data.sessions) for theme in session.themes)
    filled = set(with_ancestors(named, broader))
    template = "no session has this theme; remove the theme, file one with 'mltalks accept ID {theme}', or add terms that occur in sessions whose themes are not set by hand"
    for record in data.records["themes"]:
        if record.name not in filled:
            yield record.problem(("id",), template, severity="warning", theme=record.name)
