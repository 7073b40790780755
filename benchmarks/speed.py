"""How fast mltalks and its peers are on catalogues of growing size, and in how much memory; all as ratios of one run.

Usage: python -m benchmarks.speed [--sizes N ...] [--only ENGINE ...] [--turns N] [--plot FILE]

Prints Markdown. "mltalks" is the library over a folder of TOML files; with a compiled index when `mltalks index` exists.
"""

import argparse
import gc
import os
import platform
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import cold, corpus
from benchmarks.documents import Document, documents
from benchmarks.engines import Engine
from benchmarks.kinds import KINDS
from benchmarks.measure import in_turn, peak_memory, seconds, size_of
from benchmarks.ours import Ours
from benchmarks.peers import EMBEDDINGS, PEERS, peer
from benchmarks.results import OURS, Run, plot, report

PLOT = Path(__file__).parents[1] / "docs/benchmarks.svg"
# The most sessions that a peer is asked about: beyond, it takes minutes or all memory.
MOST = {
    "bm25s": 100_000,
    "rapidfuzz WRatio": 100_000,
    "rapidfuzz partial_ratio": 100_000,
    "trigram overlap": 10_000,
    EMBEDDINGS: 0,  # measured for relevance alone
}
PACKAGES = ("mltalks", "bm25s", "tantivy", "rapidfuzz", "scikit-learn", "numpy", "typer")


def measure(size: int, only: Sequence[str], turns: int, place: Path) -> Run:
    """Generate a catalogue, build every engine over it and ask each everything."""
    run = Run(size)
    data = place / "data"
    corpus.write(data, size)
    env = cold.environment(place / "cache")
    os.environ.update(env)
    engines: dict[str, Engine] = {}
    found: list[Document] = []
    run.read = seconds(lambda: found.extend(documents(data)))
    gc.freeze()  # the documents stay; collecting them again and again would be counted as the peers' time
    for name in (OURS, *PEERS):
        if size <= MOST.get(name, size) and (not only or name in only):
            _note(f"{size}: {name}")
            engines[name] = _ours(run, place, env) if name == OURS else _peer(run, name, found, place, env)
    for kind, queries in KINDS.items():
        _note(f"{size}: {kind}")
        run.warm[kind] = warm(engines, queries, turns)
    if OURS in engines:
        _commands(run, data, env, turns)
    return run


def warm(engines: Mapping[str, Engine], queries: Sequence[str], turns: int) -> dict[str, float]:
    """Return each engine's seconds a query: the median over turns, the mean over queries, engines in turn.

    An engine that finds nothing for most of the queries is left out: it does not do the work.
    """
    answering = {
        name: engine
        for name, engine in engines.items()
        if sum(bool(engine.search(query)) for query in queries) * 2 > len(queries)
    }
    sums = dict.fromkeys(answering, 0.0)
    for query in queries:
        works = {name: partial(engine.search, query) for name, engine in answering.items()}
        for name, once in in_turn(works, turns).items():
            sums[name] += once / len(queries)
    return sums


def _ours(run: Run, place: Path, env: Mapping[str, str]) -> Engine:
    """Compile and load mltalks, over the shipped data too, as its commands do."""
    data = place / "data"
    compiled: list[bool] = []
    took = seconds(lambda: compiled.append(cold.build_cache(data, env)))
    if compiled == [True]:
        run.build[OURS] = took
        run.size_on_disk[OURS] = size_of(place / "cache")
    engine = Ours(shipped=True)
    run.load[OURS] = seconds(partial(engine.load, data))
    run.peak[OURS] = _peak(OURS, data, env)
    return engine


def _peer(run: Run, name: str, found: Sequence[Document], place: Path, env: Mapping[str, str]) -> Engine:
    folder = place / name
    folder.mkdir()
    engine = peer(name)
    run.build[name] = seconds(partial(engine.build, found, folder))
    run.size_on_disk[name] = size_of(folder)
    run.load[name] = seconds(partial(engine.load, folder))
    run.peak[name] = _peak(name, folder, env)
    return engine


def _peak(name: str, folder: Path, env: Mapping[str, str]) -> float:
    """Return the peak memory of a process that loads an engine and asks it once, over that of bare Python."""
    asking = (sys.executable, "-m", "benchmarks.ask", name, str(folder), "latency")
    return peak_memory(asking, env) / peak_memory(cold.BARE, env)


def _commands(run: Run, data: Path, env: Mapping[str, str], turns: int) -> None:
    turns = max(3, min(15, turns * 3))
    run.cold = cold.cold(data, env, turns)
    run.cold_peak = cold.peaks(cold.commands(data), env)
    if run.size <= 1000:
        run.first = cold.first_search(data, turns)


def versions() -> str:
    """Return what the figures hold for."""
    found = [f"{name} {version(name)}" for name in PACKAGES]
    return ", ".join([f"CPython {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", *found])


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--only", nargs="*", default=[], metavar="ENGINE")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--plot", type=Path, default=PLOT)
    given = parser.parse_args()
    runs = []
    for size in sorted(given.sizes):
        with TemporaryDirectory() as folder:
            runs.append(measure(size, given.only, given.turns, Path(folder)))
    print(f"{versions()}\n\n{report(runs)}")
    plot(runs, given.plot)


if __name__ == "__main__":
    main()
