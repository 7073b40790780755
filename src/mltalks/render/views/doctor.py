"""The output of `mltalks doctor`: the findings, each with the command that fixes it.

Does not sort: the order is that of the check-up.
"""

from collections.abc import Iterable
from typing import get_args

from mltalks.analysis.doctor.diagnostic import SEVERITIES, Diagnostic, Kind
from mltalks.messages import Lang
from mltalks.render import value_types as t
from mltalks.render.columns import Column, of_type
from mltalks.render.output import Output, View

CHECKUP = Output(
    "checkup",
    ("doctor",),
    (
        Column("kind", t.one_of(*get_args(Kind)), style="dim"),
        Column("severity", t.one_of(*SEVERITIES)),
        *of_type(t.TEXTS, "sessions", "names"),
        Column("message", t.TEXT),
        Column("command", t.TEXT_OR_NULL),
        Column("mechanical", t.FLAG),
    ),
    text=("severity", "kind", "message", "command"),
    key="sessions",
    layout="findings",
)


def checkup_view(diagnostics: Iterable[Diagnostic], lang: Lang) -> View:
    """Return the findings of a check-up, one record for each."""
    return CHECKUP.view(diagnostics, message=lambda one: one.message.text(lang))
