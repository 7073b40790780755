"""What became of one record of an import.

Does not decide it: `intake` does.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from mltalks.exchange.intake.differences import Changes, described
from mltalks.exchange.readers.source import Draft
from mltalks.messages import Message
from mltalks.problems import Problem

Outcome = Literal["add", "change", "known", "skip", "join"]
JOINED = "is a further row of {id}: it is joined with the first one"


class Taken(NamedTuple):
    """The outcome for one record: `id` is the session's, `fields` are those that change, `reason` says why it is skipped.

    `changes` has the old and the new value of each of the fields. `reported`: so is the reason, as a problem.
    `event` is that of the session, `key` the id or key that the record has in its source.
    A record that is no talk, or not an accepted one, has the id of the session that the data have for it, or none.
    """

    outcome: Outcome
    id: str
    title: str
    fields: tuple[str, ...] = ()
    reason: Message | None = None
    place: str = ""
    changes: Changes = Changes()
    reported: bool = False
    event: str | None = None
    key: str | None = None


def taken_of(
    draft: Draft,
    outcome: Outcome,
    name: str,
    title: str,
    changed: Mapping[str, Any],
    before: Mapping[str, Any],
    reason: Message | None = None,
) -> Taken:
    """Return the outcome for a draft of a known session, `changed` are the fields in which it differs from what was before."""
    changes, event = described(changed, before), changed.get("event") if outcome == "change" else None
    return Taken(
        outcome, name, title, tuple(changed), reason, place_of(draft), changes,
        event=event or before.get("event"), key=key_of(draft),
    )  # fmt: skip


def joined_with(name: str, draft: Draft) -> Taken:
    """Return the outcome for a row that is joined with the first one of its talk."""
    title = str(draft.fields.get("title") or draft.name or "")
    return Taken("join", name, title, (), Message(JOINED, {"id": name}), place_of(draft), key=key_of(draft))


def key_of(draft: Draft) -> str | None:
    """Return the id or citation key that a record has in its source."""
    key = draft.fields.get("citation_key") or draft.fields.get("id")
    return key if isinstance(key, str) else None


def place_of(record: Draft | Problem) -> str:
    """Return the file and the line of a record, as far as they are known."""
    return f"{record.path or ''}:{record.line or ''}".strip(":")


def line_of(one: Taken) -> int:
    """Return the line of a record in its source, 0 if it is not known."""
    line = one.place.rpartition(":")[2]
    return int(line) if line.isascii() and line.isdecimal() else 0
