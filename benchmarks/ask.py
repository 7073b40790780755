"""Loads one engine and asks it once: the process whose memory `speed` looks at.

Usage: python -m benchmarks.ask ENGINE FOLDER QUERY
"""

import sys
from pathlib import Path

from benchmarks.engines import Engine


def engine(name: str) -> Engine:
    """Return an engine by its name, with nothing of the others imported."""
    if name == "mltalks":
        from benchmarks.ours import Ours

        return Ours(shipped=True)
    from benchmarks.peers import peer

    return peer(name)


def main() -> None:
    name, folder, query = sys.argv[1:]
    asked = engine(name)
    asked.load(Path(folder))
    print(*asked.search(query), sep="\n")


if __name__ == "__main__":
    main()
