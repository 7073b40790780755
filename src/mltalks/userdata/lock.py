"""The lock of the user's data: one process at a time writes, the others wait.

Does not lock readers out. On systems without POSIX file locks, nothing can be locked.
"""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from mltalks.errors import MltalksError


def opened_lock(file: Path) -> IO[str]:
    """Return a lock file, opened and locked until it is closed; it and its folder are made if there are none.

    Raises MltalksError: the system has no file locks.
    Raises OSError: the file cannot be made, or is a symbolic link.
    """
    try:
        import fcntl
    except ImportError:
        template = "this system has no file locks, so your data cannot be changed on it"
        raise MltalksError(template) from None
    while True:  # again if another writer failed and removed the new folder in between
        file.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            try:
                lock = opened.enter_context(open(file, "r+", opener=_without_links))
            except FileNotFoundError:
                if file.parent.is_dir():
                    raise
                continue
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.fstat(lock.fileno()).st_nlink:
                opened.pop_all()
                return lock


def _without_links(name: str, flags: int) -> int:
    """Open a file, made if it does not exist, unless it is a symbolic link."""
    return os.open(name, flags | os.O_CREAT | os.O_NOFOLLOW, 0o666)
