"""The records that the user has edited since they were added, or imported with `--update`, by the journal.

Does not say which fields were edited.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

from mltalks.userdata.journal import Change, in_force

UPDATE = "--update"  # in the command of an import that takes what differs
_EDITS = ("edit", "doctor")


class LastEdits:
    """The ids of edited records; the journal is read when the first one is asked for."""

    def __init__(self, journal: Callable[[], Iterable[Change]]) -> None:
        """Take a function that returns the journal, the newest change first."""
        self._journal = journal

    def __contains__(self, name: object) -> bool:
        """Return whether the record of an id was edited after it was added or, with `--update`, imported last."""
        return self._last.get(str(name)) in _EDITS

    @cached_property
    def _last(self) -> dict[str, str]:
        """The last command that added or edited a record, by id."""
        found: dict[str, str] = {}
        for change in in_force(self._journal()):
            command, *options = change.command.split(" ")
            ends = command == "add" or (command == "import" and UPDATE in options)
            if change.undoes is None and (ends or command in _EDITS):
                for name in change.about:
                    found.setdefault(name, command)
        return found
