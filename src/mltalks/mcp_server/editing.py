"""The tools that change the user's data, each through the journal, so that `undo` takes it back.

Does not change facts about a talk: `mltalks edit` does.
"""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from mltalks.errors import MltalksError
from mltalks.mcp_server.answers import Found
from mltalks.mcp_server.tool import Call, Tool
from mltalks.messages import Message
from mltalks.render.views.changes import CHANGES, outcome
from mltalks.taxonomy import decided
from mltalks.userdata import annotations
from mltalks.userdata.transaction import Transaction

Ids = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=300)]],
    Field(min_length=1, max_length=100, description="Ids of sessions."),
]
Theme = Annotated[str, Field(min_length=1, max_length=300, description="A theme, by id or label.")]


def add_note(
    call: Call,
    ids: Ids,
    text: Annotated[str, Field(min_length=1, max_length=10_000)],
) -> Found:
    """Add a text to the user's notes on sessions; what is there stays, the text comes below it."""
    with call.access.transaction("note") as change:
        for session in ids:
            record = change.session(session)
            record["note"] = "\n\n".join(filter(None, (change.valid(record, "note", ""), text.strip())))
    return _made(call, change)


def tag(
    call: Call,
    ids: Ids,
    tags: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=100)]], Field(min_length=1, max_length=20)
    ],
) -> Found:
    """Add tags to sessions; the query tag:NAME finds these."""
    with call.access.transaction("tag") as change:
        annotations.add_tags(change, ids, tags)
    return _made(call, change)


def mark(call: Call, ids: Ids, mark: Literal["watched", "to-watch", "none"]) -> Found:
    """Mark sessions as watched or to-watch, in place of the mark that they have; "none" removes it."""
    with call.access.transaction("mark") as change:
        annotations.set_mark(change, ids, None if mark == "none" else mark)
    return _made(call, change)


def accept(call: Call, ids: Ids, theme: Theme) -> Found:
    """Assign a theme to sessions: the user's decision, which overrides all others. Do so only if the user has asked for it."""
    return _decided(call, ids, theme, "accept")


def reject(call: Call, ids: Ids, theme: Theme) -> Found:
    """Exclude sessions from a theme and those below it: the user's decision, which overrides all others. Do so only if asked for it."""
    return _decided(call, ids, theme, "reject")


def undo(call: Call, steps: Annotated[int, Field(ge=1, le=100)] = 1) -> Found:
    """Undo the last changes of the user's data, also those that were made without this server."""
    done = call.access.undo(steps)
    if not done:
        raise MltalksError("nothing to undo")
    count = len({one.step for one in done})
    if count < steps:
        raise MltalksError(
            "only {count} of {wanted} changes can be undone; nothing was changed",
            count=count,
            wanted=steps,
        )
    return Found(CHANGES.view(done))


def _decided(call: Call, ids: Ids, typed: str, verdict: Literal["accept", "reject"]) -> Found:
    known = call.access.library().catalogue
    docs = {one: known.index.sessions.doc(one) for one in ids}
    themes = {one: known.record(doc)["themes"] for one, doc in docs.items() if doc is not None}
    with call.access.transaction(verdict) as change:
        made = annotations.decide(change, list(docs), change.known.resolve("themes", typed), verdict)
    earlier, broader = known.decisions, known.theme_parents
    return _made(
        call, change, (decided.outcome(one, themes.get(one.session, ()), earlier, broader) for one in made)
    )


def _made(call: Call, change: Transaction, more: Iterable[Message] = ()) -> Found:
    """Return the entries of the journal that a transaction has made, and what became of each session."""
    done = [outcome(one, call.access.lang) for one in change.outcomes]
    return Found(CHANGES.view(change.changes), [*done, *more])


_SHOWN = {"changes": ""}
TOOLS = (
    Tool(add_note, "Add a note", _SHOWN, destructive=False, idempotent=False),
    Tool(tag, "Tag talks", _SHOWN, destructive=False),
    Tool(mark, "Mark talks", _SHOWN, destructive=True),
    Tool(accept, "Accept a theme", _SHOWN, destructive=True),
    Tool(reject, "Reject a theme", _SHOWN, destructive=True),
    Tool(undo, "Undo changes", _SHOWN, destructive=True, idempotent=False),
)
