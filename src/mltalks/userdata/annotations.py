"""What a person adds to sessions within a transaction: tags, marks, notes, decisions on themes.

Does not open the transaction, and changes no facts about a session.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Literal

from mltalks.errors import MltalksError
from mltalks.text.folding import fold
from mltalks.userdata.transaction import Transaction

if TYPE_CHECKING:  # tags need no model
    from mltalks.dataset.model import Decision


def add_tags(change: Transaction, ids: Iterable[str], tags: Collection[str]) -> None:
    """Add tags to sessions, after those that they have; one that differs in case alone is the same tag."""
    for session_id in ids:
        record = change.session(session_id)
        known: dict[str, str] = {}
        for tag in (*change.valid(record, "tags", []), *tags):
            known.setdefault(fold(tag), tag)
        record["tags"] = list(known.values())


def remove_tags(change: Transaction, ids: Iterable[str], tags: Collection[str] = ()) -> None:
    """Remove tags from sessions; without tags, all of them."""
    for session_id in ids:
        record = change.session(session_id)
        before = change.valid(record, "tags", [])
        removed = set(map(fold, tags or before))
        record["tags"] = [tag for tag in before if fold(tag) not in removed]


def set_mark(change: Transaction, ids: Iterable[str], mark: str | None) -> None:
    """Mark sessions; None removes the mark."""
    for session_id in ids:
        change.session(session_id)["mark"] = mark


def set_note(change: Transaction, session_id: str, note: str) -> None:
    """Replace the note of a session; an empty one removes it."""
    change.session(session_id)["note"] = note.strip()


def decide(
    change: Transaction, ids: Collection[str], theme: str, verdict: Literal["accept", "reject"]
) -> "list[Decision]":
    """Add a decision on a theme, by its id, for each session; they override those before them.

    Raises NotFoundError: there is no such session.
    Raises MltalksError: a file that is read after the user data has the other decision.
    """
    from mltalks.dataset.model import Decision

    for session_id in ids:
        change.known.session(session_id)
        _check_decided(change, session_id, theme, verdict)
    today = date.today().isoformat()  # noqa: DTZ011 - the user's day
    change.command = f"{verdict} {' '.join([*ids][:1])} {theme}"
    decisions = [Decision(session_id, theme, verdict, today) for session_id in ids]
    for one in decisions:
        change.add("decisions", one._asdict())
    return decisions


def _check_decided(change: Transaction, session_id: str, theme: str, verdict: str) -> None:
    """Raise an error if a file that is read after the user data has another decision on this theme of this session."""
    later = [one for one in change.known.parts("decisions", session_id) if one.layer == "above"]
    last = next((one for one in reversed(later) if one.values.get("theme") == theme), None)
    if last is not None and last.values.get("verdict") != verdict:
        raise MltalksError(
            "{session}: the decision on {theme} is in {place}, which overrides your data; change it there",
            session=session_id,
            theme=theme,
            place=str(last.file),
        )
