"""A finding of a check-up and the edits that fix it, as plain data.

Does not apply the edits: `cli.commands.doctor` does.
"""

import shlex
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from mltalks.messages import Message

Kind = Literal["duplicate", "speaker", "organization", "alias", "link", "fact", "missing"]
Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
MOST_FIXES = 20  # fixes in one command line; the next check-up has the rest
MOST_PARTS = 100  # of a list that an edit sets: longer ones cannot be those of one talk


class Edit(NamedTuple):
    """A field of a session set to a value as a data file holds it (see `dataset.schema`); None removes the field.

    An edit replaces the whole value: between two edits of one field, the data must be checked again. Edits of mechanical
    findings are never of the same field.
    """

    session: str
    field: str
    value: Any


class Alias(NamedTuple):
    """A spelling of an organization that becomes an alias of a canonical name."""

    spelling: str
    canonical: str


class Rename(NamedTuple):
    """A speaker who gets another name in some sessions."""

    old: str
    new: str
    sessions: tuple[str, ...]


class Remove(NamedTuple):
    """A session of the user that is removed."""

    session: str


class Complete(NamedTuple):
    """An event of the user whose sessions are all known, if it is so."""

    event: str


Fix = Edit | Alias | Rename | Remove | Complete


class Diagnostic(NamedTuple):
    """Something that looks wrong: an "error" certainly is, a "warning" very likely, an "info" possibly.

    `sessions` are ids, `names` the spellings concerned. With `mechanical`, the fixes cannot change a fact.
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
        """The POSIX command line that applies the first MOST_FIXES fixes; None if there are no fixes.

        A mechanical fix of a list, which would be long to write, is left to `doctor --fix`.
        """
        if self.mechanical and any(
            isinstance(one, Edit) and isinstance(one.value, list) for one in self.fixes
        ):
            ids = ",".join(self.sessions[:MOST_FIXES])
            return shlex.join(["mltalks", "doctor", f"id:{ids}", "--fix"])
        return " && ".join(_commands(self.fixes[:MOST_FIXES])) or None


def _commands(fixes: Sequence[Fix]) -> Iterable[str]:
    edits: dict[str, list[str]] = {}
    for fix in fixes:
        if isinstance(fix, Edit):
            edits.setdefault(fix.session, []).extend(_options(fix))
    for session, options in edits.items():
        yield shlex.join(["mltalks", "edit", session, *options])
    removed = [fix.session for fix in fixes if isinstance(fix, Remove)]
    if removed:
        yield shlex.join(["mltalks", "remove", *removed])
    for fix in fixes:
        match fix:
            case Alias(spelling=spelling):
                dashed = ["--"] if spelling.startswith("-") else []
                yield shlex.join(["mltalks", "alias", *dashed, *fix])
            case Rename():
                ids = fix.sessions[:MOST_FIXES]
                names = f"{fix.old}={fix.new}"
                joined = names.startswith("-")
                option = [f"--rename-speaker={names}"] if joined else ["--rename-speaker", names]
                yield shlex.join(["mltalks", "edit", *ids, *option])
            case Complete():
                yield shlex.join(["mltalks", "event", "complete", fix.event])


_SINGULAR = {
    "speakers": "speaker",
    "organizations": "organization",
    "keywords": "keyword",
    "questions": "question",
}


def _options(edit: Edit) -> Iterable[str]:
    """Return an edit as options: one for each part of a list, an empty one for a removed text, --unset for a removed list.

    >>> list(_options(Edit("a", "keywords", ["x", "y"]))), list(_options(Edit("a", "slides", None)))
    (['--keyword', 'x', '--keyword', 'y'], ['--slides', ''])
    >>> list(_options(Edit("a", "speakers", None)))
    ['--unset', 'speakers']
    """
    if not edit.value and edit.field in _SINGULAR:
        yield from ("--unset", edit.field)
        return
    name = "--" + _SINGULAR.get(edit.field, edit.field).replace("_", "-")
    values = edit.value if isinstance(edit.value, list) else [edit.value]
    for value in values:
        text = _text(value)
        yield from [f"{name}={text}"] if text.startswith("-") else [name, text]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['name']} ({value['organization']})" if value.get("organization") else value["name"]
    return "" if value is None else str(value)
