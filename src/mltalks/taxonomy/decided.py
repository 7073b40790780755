"""What a user's decisions on themes do to the themes of a session.

Does not infer themes and does not store decisions.
"""

from collections.abc import Callable, Iterable, Mapping

from mltalks.dataset.hierarchy import Parents, ancestors
from mltalks.dataset.model import Decision
from mltalks.messages import Listing, Message


def is_rejected(theme: str, decisions: Mapping[str, Decision], broader: Parents) -> bool:
    """Return whether a theme is rejected, by itself or with a broader one; a decision on a nearer theme counts."""
    steps = (theme, *ancestors(theme, broader))
    nearest = next((decisions[step] for step in steps if step in decisions), None)
    return nearest is not None and nearest.verdict == "reject"


def outcome(
    decision: Decision,
    themes: Iterable[str],
    before: Iterable[Decision],
    broader: Parents,
    label: Callable[[str], str] = str,
) -> Message:
    """Return what a decision on a session changes; `themes` are those that the session had, `before` all earlier decisions."""
    decisions = {one.theme: one for one in (*before, decision) if one.session == decision.session}
    values = {"session": decision.session, "theme": label(decision.theme)}
    if decision.verdict == "accept":
        return Message("{session} now has the theme {theme}", values)
    lost = [theme for theme in themes if is_rejected(theme, decisions, broader)]
    if narrower := [label(theme) for theme in lost if theme != decision.theme]:
        template = "{session} no longer has the theme {theme} (with {narrower})"
        return Message(template, values | {"narrower": Listing(narrower)})
    if lost:
        return Message("{session} no longer has the theme {theme}", values)
    return Message("{session} did not have the theme {theme}, and will not get it", values)
