"""Which data files a path stands for.

Does not read them; `loader` does.
"""

import os
from pathlib import Path

from mltalks.errors import DataError


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the TOML files that a path stands for: itself, or those in the folder, by name.

    Raises:
        DataError: the folder holds no TOML file.

    """
    if not os.path.isdir(path):  # noqa: PTH112 - never raises: a name may be too long for the file system
        return (path,)
    found = tuple(sorted(path.glob("*.toml")))
    if not found:
        from mltalks.messages import Message
        from mltalks.problems import Problem

        raise DataError([Problem(path, None, None, None, Message("no TOML file in this folder"))])
    return found
