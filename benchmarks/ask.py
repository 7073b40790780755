"""Loads one engine and asks it once: the process whose memory `speed` looks at.

Usage: python -m benchmarks.ask ENGINE FOLDER QUERY
"""

import sys
from pathlib import Path


def main() -> None:
    name, folder, query = sys.argv[1:]
    if name == "mltalks":
        from benchmarks.ours import Ours

        engine = Ours()
    else:
        from benchmarks.peers import peer

        engine = peer(name)  # type: ignore[assignment]
    engine.load(Path(folder))
    print(*engine.search(query), sep="\n")


if __name__ == "__main__":
    main()
