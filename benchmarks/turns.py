"""How fast a search is right after a change of a person's data, over the same search when nothing has changed.

Usage: python -m benchmarks.turns [--turns N] [--own TALKS ...] [--imported TALKS]

Prints Markdown. Each turn runs every command once: a change, then the search; the first search of a fresh cache is measured apart.
So are the import of a tree of pyvideo's layout, the search after it, and the same import again.
"""

import argparse
import shutil
import subprocess
from functools import partial
from pathlib import Path
from statistics import median
from subprocess import DEVNULL
from tempfile import TemporaryDirectory

from benchmarks import corpus
from benchmarks.cold import MLTALKS, environment
from benchmarks.measure import process, seconds, short, table
from tests import pyvideo_tree

SEARCH = (str(MLTALKS), "search", "latency", "--json", "-q")
CHANGES = {
    "tag": ("tag", "opml19-katib", "survey-{turn}", "-q"),
    "add": ("add", "A talk of turn {turn}", "--event", "ML Meetup 2025", "-q"),
    "undo": ("undo", "-q"),
}


def measured(own: int, turns: int, folder: Path) -> list[tuple[object, ...]]:
    """Return a row for each command, with so many own talks: milliseconds, and the ratio to a search without a change."""
    data, cache = folder / "own", folder / "cache"
    data.mkdir()
    if own:
        corpus.write(data, own)
    env = environment(cache) | {"MLTALKS_DATA": str(data)}
    search = partial(process, SEARCH, env)
    first = []
    for _ in range(1 if own else turns):
        shutil.rmtree(cache, ignore_errors=True)
        first.append(seconds(search))
    process((str(MLTALKS), "tag", "opml19-katib", "first", "-q"), env)
    times: dict[str, list[float]] = {"search": [], "first search": first}
    for turn in range(turns):
        for name, words in CHANGES.items():
            times["search"].append(seconds(search))
            command = (str(MLTALKS), *(word.format(turn=turn) for word in words))
            times.setdefault(name, []).append(seconds(partial(process, command, env)))
            times.setdefault(f"search after {name}", []).append(seconds(search))
    base = median(times["search"])
    return [
        (own, name, f"{median(some) * 1000:.0f}", f"{median(some) / base:.2f}")
        for name, some in times.items()
    ]


def imported(talks: int, turns: int, folder: Path) -> list[tuple[object, ...]]:
    """Return a row for an import, the search after it, and the import again: seconds, and the ratio to the import."""
    pyvideo_tree.make(folder / "tree", talks)
    times: dict[str, list[float]] = {}
    for turn in range(turns):
        env = environment(folder / str(turn) / "cache") | {"MLTALKS_DATA": str(folder / str(turn) / "own")}
        process(SEARCH, env)
        taking = partial(
            subprocess.run, (str(MLTALKS), "import", str(folder / "tree"), "-q"), env=env, stderr=DEVNULL
        )
        alone = seconds(taking)
        listed = (str(MLTALKS), "list", "--count", "-q")
        count = subprocess.run(listed, env=env, capture_output=True, text=True, check=True).stdout
        if int(count) < talks:  # most records of the tree are talks, and the shipped ones are there
            raise RuntimeError(f"the import took in too few talks: {count}")
        times.setdefault("import", []).append(alone)
        times.setdefault("import and search", []).append(alone + seconds(partial(process, SEARCH, env)))
        times.setdefault("the same import again", []).append(seconds(taking))
    base = median(times["import"])
    return [(name, short(median(some)), f"{median(some) / base:.2f}") for name, some in times.items()]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--own", type=int, nargs="+", default=[0, 21_715, 100_000])
    parser.add_argument("--imported", type=int, default=21_715)
    asked = parser.parse_args()
    rows: list[tuple[object, ...]] = []
    for own in asked.own:
        with TemporaryDirectory() as folder:
            rows += measured(own, asked.turns, Path(folder))
    print(table(("own talks", "command", "ms", "over a search"), rows))
    with TemporaryDirectory() as folder:
        rows = imported(asked.imported, 3, Path(folder))
    print(table((f"{asked.imported:,} talks", "s", "over the import"), rows))


if __name__ == "__main__":
    main()
