"""Runs mltalks, in a process of its own, with a folder in the place of the shipped data.

Usage: python -m tests.excerpted FOLDER ARGUMENTS
"""

import sys
from pathlib import Path

import mltalks
from mltalks.__main__ import main
from mltalks.cli import environment


def use(folder: Path) -> None:
    """Let this process read the data of a folder in the place of the shipped data."""
    vars(mltalks)["shipped_data"] = vars(environment)["shipped_data"] = lambda: folder


if __name__ == "__main__":
    use(Path(sys.argv.pop(1)))
    sys.exit(main())
