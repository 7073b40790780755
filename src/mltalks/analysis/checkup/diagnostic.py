"""What a check-up says of one thing that looks wrong, and what would mend it, as plain data.

Carries nothing out: whoever changes files reads the fixes.
"""

import shlex
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from mltalks.messages import Message

Kind = Literal["duplicate", "speaker", "organization", "alias", "link", "fact", "missing"]
Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


MOST_FIXES = 20  # that one line for a shell carries out; the next check-up has the rest

MOST_PARTS = 100  # of a list that an edit sets: longer ones are no lists of one talk


class Edit(NamedTuple):
    """A field of a session set to a value as a data file holds it (see `fields.TABLES`); None takes the field away.

    A field is set whole, as it was looked at: when several edits are of one field, check up anew in between. Those of
    mechanical findings never are.
    """

    session: str
    field: str
    value: Any


class Alias(NamedTuple):
    """A spelling of an organization to be counted under a canonical name."""

    spelling: str
    canonical: str


Fix = Edit | Alias


class Diagnostic(NamedTuple):
    """Something that looks wrong: "error" is wrong for sure, "warning" in all likelihood, "info" perhaps.

    `sessions` are ids, `names` the spellings that it is about. `mechanical` says that the fixes can change no fact.
    """

    kind: Kind
    severity: Severity
    message: Message
    sessions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    mechanical: bool = False

    @property
    def command(self) -> str | None:
        """The line for a POSIX shell that carries out the fixes, of very many the first; None without any."""
        return " && ".join(_commands(self.fixes[:MOST_FIXES])) or None


def _commands(fixes: Sequence[Fix]) -> Iterable[str]:
    edits: dict[str, list[str]] = {}
    for fix in fixes:
        if isinstance(fix, Edit):
            edits.setdefault(fix.session, []).extend(_options(fix))
    for session, options in edits.items():
        yield shlex.join(["mltalks", "edit", session, *options])
    for fix in fixes:
        if isinstance(fix, Alias):
            dashed = ["--"] if fix.spelling.startswith("-") else []
            yield shlex.join(["mltalks", "alias", *dashed, *fix])


_SINGULAR = {"speakers": "speaker", "organizations": "organization", "keywords": "keyword"}


def _options(edit: Edit) -> Iterable[str]:
    """Return an edit as options: one for each part of a list, an empty one for what is taken away.

    >>> list(_options(Edit("a", "keywords", ["x", "y"]))), list(_options(Edit("a", "slides", None)))
    (['--keyword', 'x', '--keyword', 'y'], ['--slides', ''])
    """
    name = "--" + _SINGULAR.get(edit.field, edit.field).replace("_", "-")
    values = edit.value if isinstance(edit.value, list) else [edit.value]
    for value in values or [None]:
        text = _text(value)
        yield from [f"{name}={text}"] if text.startswith("-") else [name, text]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['name']} ({value['organization']})" if value.get("organization") else value["name"]
    return "" if value is None else str(value)
