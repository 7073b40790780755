"""What the screen needs from the command: the data as they are now, and changes of the user data.

Does not open anything itself: `cli` gives a desk.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mltalks.library import Library
    from mltalks.userdata.store import UserStore
    from mltalks.userdata.transaction import Transaction


class Desk(Protocol):
    """The data of one run, as they are when it is made."""

    @property
    def library(self) -> "Library":
        """The library over all data."""

    def data_paths(self) -> list[Path]:
        """Return the files and folders of all data."""

    @property
    def store(self) -> "UserStore":
        """The files of the user data."""

    def transaction(self, command: str) -> "AbstractContextManager[Transaction]":
        """Return a transaction of the user data (see `userdata.transaction`)."""
