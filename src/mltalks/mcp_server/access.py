"""What the server needs of the command that starts it: the data as they are now, and the user's files.

Does not open anything itself.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from mltalks.library import Library
from mltalks.messages import Lang
from mltalks.userdata.journal import Change
from mltalks.userdata.transaction import Transaction


class Access(Protocol):
    """The data for one server; its methods are called by one thread at a time."""

    lang: Lang
    query_help: str

    def library(self) -> Library:
        """Return the library of the data as they are now.

        Raises DataError: the data cannot be used.
        """

    def transaction(self, command: str) -> AbstractContextManager[Transaction]:
        """Return a transaction of the user data (see `userdata.transaction`)."""

    def undo(self, steps: int) -> Sequence[Change]:
        """Undo the last steps of the journal and return what was undone; if there are fewer, return these and change nothing."""
