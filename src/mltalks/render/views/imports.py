"""The output of `import`: the outcome for each record of a source."""

from collections.abc import Iterable
from typing import get_args

from mltalks.exchange.intake.taken import Outcome, Taken
from mltalks.messages import Lang
from mltalks.render import value_types as t
from mltalks.render.columns import Column
from mltalks.render.output import Output, View
from mltalks.render.shared_columns import ID, TITLE

TAKEN = Output(
    "taken",
    ("import",),
    (
        Column("outcome", t.one_of(*get_args(Outcome))),
        ID,
        TITLE,
        Column("fields", t.TEXTS),
        Column("changes", t.TEXTS),
        Column("reason", t.TEXT_OR_NULL),
        Column("place", t.TEXT, heading="line of the source"),
        Column("event", t.TEXT_OR_NULL),
        Column("key", t.TEXT_OR_NULL),
    ),
    text=("outcome", "id", "title", "changes", "reason", "place", "key"),
)


def taken_view(taken: Iterable[Taken], lang: Lang) -> View:
    """Return the outcomes for records as a list."""
    return TAKEN.view(
        taken,
        reason=lambda one: one.reason and one.reason.text(lang),
        changes=lambda one: [each.whole for each in one.changes],
    )
