"""What `mltalks doctor` prints: what looks wrong, and the command that mends each.

Judges nothing: the order is that of the check-up.
"""

from collections.abc import Iterable

from mltalks.analysis.checkup.diagnostic import Diagnostic
from mltalks.messages import Lang
from mltalks.render.views.core import View

CHECKUP_FIELDS = ("kind", "severity", "sessions", "names", "message", "command", "mechanical")
COLUMNS = ("severity", "kind", "message", "command")


def checkup_view(diagnostics: Iterable[Diagnostic], lang: Lang) -> View:
    """Return what a check-up finds, one record a finding."""
    records = [
        {
            "kind": one.kind,
            "severity": one.severity,
            "sessions": list(one.sessions),
            "names": list(one.names),
            "message": one.message.text(lang),
            "command": one.command,
            "mechanical": one.mechanical,
        }
        for one in diagnostics
    ]
    return View("checkup", records, CHECKUP_FIELDS, COLUMNS, key="sessions", table=COLUMNS)
