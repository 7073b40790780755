"""The .gitignore of a folder of user data: what is of one machine alone, the lock, the history and the copies.

Does not change one that is there, and does not call git.
"""

from contextlib import suppress
from pathlib import Path

_TEXT = """\
# mltalks: these are of this machine alone; commit the .toml files.
/.lock
/.journal/
/.backup/
/.*.tmp
"""


def write_gitignore(folder: Path) -> None:
    """Write the file if there is none; a folder without it is good, too."""
    with suppress(OSError), (folder / ".gitignore").open("x", encoding="utf-8") as opened:
        opened.write(_TEXT)
