"""How fast sessions of other programs are taken in, and in how much memory, beside sqlite-utils, which takes in the same records.

Usage: python -m benchmarks.importing [--talks N] [--records N]

Prints Markdown. mltalks detects formats, events, ids and twins, checks every field and writes TOML under a journal; sqlite-utils
puts the records into a table as they are. A tree of pyvideo's layout is given to sqlite-utils as one JSON Lines file, since it
reads no folders.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.cold import environment
from benchmarks.measure import peak_memory, process, seconds, short, table
from tests import pyvideo_tree

BIN = Path(sys.executable).parent


def records(number: int) -> Iterator[dict[str, Any]]:
    """Yield records of some 800 bytes under other names than ours, of fifty conferences over fifteen years."""
    for n in range(number):
        yield {
            "title": f"Talk number {n} about serving model {n * 7919 % 100_003} at scale",
            "speakers": [{"name": f"Speaker {n % 5000}", "organization": f"Company {n % 300}"}],
            "keywords": ["serving", f"keyword {n % 1000}", "latency"],
            "abstract": "A summary of some length that says what the talk is about, in a few more words. "
            * 6,
            "event": f"Conf {n % 50}",
            "year": 2010 + n % 15,
            "url": f"https://example.org/talks/{n}",
        }


def measured(sources: dict[str, tuple[str, str]], folder: Path) -> Iterator[tuple[object, ...]]:
    """Yield a row for each source: its size, and seconds and MiB of both, each in a fresh place."""
    for name, (ours, theirs) in sources.items():
        env = environment(folder / "cache") | {"PATH": os.environ["PATH"]}
        row: list[float] = []
        # mltalks ends with 3 where records are odd: the shell says that this is no failure.
        command = f"rm -rf {folder}/own; MLTALKS_DATA={folder}/own {BIN}/mltalks import {ours} -q 2> /dev/null || test $? = 3"
        insert = f"rm -f {folder}/t.db; {BIN}/sqlite-utils insert {folder}/t.db talks {theirs} --nl --alter"
        for one in (command, insert):
            shell = ("/bin/sh", "-c", one)
            process(shell, env)
            row += [
                min(seconds(partial(process, shell, env)) for _ in range(3)),
                peak_memory(shell, env) / 1024,
            ]
        size = Path(theirs).stat().st_size / 1e6
        yield (
            name,
            f"{size:.0f}",
            short(row[0]),
            f"{row[1]:.0f}",
            short(row[2]),
            f"{row[3]:.0f}",
            short(row[0] / row[2]),
        )


def main(talks: int, number: int) -> None:
    """Make the sources, measure both and print what was measured."""
    print(f"CPython {platform.python_version()}, sqlite-utils {version('sqlite-utils')}\n")
    with TemporaryDirectory() as name:
        folder = Path(name)
        pyvideo_tree.make(folder / "tree", talks)
        lines = folder / "tree.jsonl"
        with lines.open("w") as out:
            for file in sorted((folder / "tree").rglob("videos/*.json")):
                try:
                    out.write(json.dumps(json.loads(file.read_bytes())) + "\n")
                except ValueError:
                    continue
        many = folder / "many.jsonl"
        with many.open("w") as out:
            out.writelines(json.dumps(record) + "\n" for record in records(number))
        sources = {
            f"{talks:,} files of pyvideo's layout": (str(folder / "tree"), str(lines)),
            f"{number:,} records of JSON Lines": (str(many), str(many)),
        }
        head = ("source", "MB", "mltalks, s", "MiB", "sqlite-utils, s", "MiB", "ratio of time")
        print(table(head, measured(sources, folder)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Imports, beside sqlite-utils.")
    parser.add_argument("--talks", type=int, default=21_000)
    parser.add_argument("--records", type=int, default=100_000)
    asked = parser.parse_args()
    main(asked.talks, asked.records)
