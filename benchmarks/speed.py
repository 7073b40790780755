"""How fast mltalks and its peers are on catalogues of growing size, and in how much memory; all as ratios of one run.

Usage: python -m benchmarks.speed [--sizes N ...] [--only ENGINE ...] [--turns N] [--plot FILE]

Prints Markdown. "mltalks" is the library over a folder of TOML files; with a compiled index when `mltalks index` exists.
"""

import argparse
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from math import nan
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import cold, corpus
from benchmarks.documents import document
from benchmarks.engines import Engine
from benchmarks.kinds import KINDS
from benchmarks.measure import growth, in_turn, process, seconds, short, size_of, table
from benchmarks.ours import Ours
from benchmarks.peers import PEERS, peer

OURS = "mltalks"
PLOT = Path(__file__).parents[1] / "docs/benchmarks.svg"
# The most sessions that a peer is asked about: beyond, it takes minutes or all memory.
MOST = {
    "bm25s": 100_000,
    "rapidfuzz WRatio": 100_000,
    "rapidfuzz partial_ratio": 100_000,
    "trigram overlap": 100_000,
}
PACKAGES = ("mltalks", "bm25s", "tantivy", "rapidfuzz", "scikit-learn", "numpy", "typer")


@dataclass
class Run:
    """What was measured at one size: seconds, bytes and KiB by engine."""

    size: int
    build: dict[str, float] = field(default_factory=dict)
    load: dict[str, float] = field(default_factory=dict)
    size_on_disk: dict[str, int] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)
    warm: dict[str, dict[str, float]] = field(default_factory=dict)
    cold: dict[str, float] = field(default_factory=dict)
    cold_peak: dict[str, float] = field(default_factory=dict)
    first: float | None = None


def measure(size: int, only: Sequence[str], turns: int, place: Path) -> Run:
    """Generate a catalogue, build every engine over it and ask each everything."""
    run = Run(size)
    data = place / "data"
    corpus.write(data, size)
    env = cold.environment(place / "cache")
    os.environ.update(env)
    engines: dict[str, Engine] = {}
    if not only or OURS in only:
        _note(f"{size}: {OURS}")
        engines[OURS] = _ours(run, data, place / "cache", env)
        _commands(run, data, env, turns)
    for name in PEERS:
        if size <= MOST.get(name, size) and (not only or name in only):
            _note(f"{size}: {name}")
            engines[name] = _peer(run, name, place / name, env)
    for kind, queries in KINDS.items():
        _note(f"{size}: {kind}")
        run.warm[kind] = warm(engines, queries, turns)
    return run


def warm(engines: Mapping[str, Engine], queries: Sequence[str], turns: int) -> dict[str, float]:
    """Return each engine's seconds a query: the median over turns, the mean over queries, engines in turn."""
    sums = dict.fromkeys(engines, 0.0)
    for query in queries:
        works = {name: partial(engine.search, query, 10) for name, engine in engines.items()}
        for name, once in in_turn(works, turns).items():
            sums[name] += once / len(queries)
    return sums


def _ours(run: Run, data: Path, cache: Path, env: Mapping[str, str]) -> Engine:
    engine = Ours()
    compiled = [True]
    took = seconds(lambda: compiled.append(cold.build_cache(data, env)))
    if compiled[-1]:
        run.build[OURS] = took
        run.size_on_disk[OURS] = size_of(cache)
    run.load[OURS] = seconds(partial(engine.load, data))
    run.peak[OURS] = _peak(OURS, data, env)
    return engine


def _peer(run: Run, name: str, folder: Path, env: Mapping[str, str]) -> Engine:
    """Build an engine, from documents already in memory's form, and load it."""
    folder.mkdir()
    engine = peer(name)
    run.build[name] = seconds(
        lambda: engine.build(map(document, corpus.sessions(run.size)), folder)
    ) - _drawing(run)
    run.size_on_disk[name] = size_of(folder)
    run.load[name] = seconds(partial(engine.load, folder))
    run.peak[name] = _peak(name, folder, env)
    return engine


_drawn: dict[int, float] = {}


def _drawing(run: Run) -> float:
    """Return the seconds of making all documents, which are no engine's."""
    if run.size not in _drawn:
        _drawn[run.size] = seconds(lambda: sum(1 for _ in map(document, corpus.sessions(run.size))))
    return _drawn[run.size]


def _peak(name: str, folder: Path, env: Mapping[str, str]) -> float:
    """Return the peak memory of a process that loads an engine and asks it once, over that of bare Python."""
    asking = (sys.executable, "-m", "benchmarks.ask", name, str(folder), "latency")
    return process(asking, env) / process(cold.BARE, env)


def _commands(run: Run, data: Path, env: Mapping[str, str], turns: int) -> None:
    turns = max(3, min(15, turns * 3))
    run.cold = cold.cold(data, env, turns)
    run.cold_peak = cold.peaks(cold.commands(data), env)
    if run.size <= 1000:
        run.first = cold.first_search(data, turns)


def report(runs: Sequence[Run]) -> str:
    """Return everything that was measured as Markdown."""
    parts = [
        _part("Warm queries: mltalks over each peer", [_warm_ratios(run) for run in runs]),
        _part("Growth of a warm query: exponent of the number of sessions", [_growth(runs)]),
        _part("Build, load, size on disk and peak memory", [_building(run) for run in runs]),
        _part("Cold commands", [_cold(run) for run in runs if run.cold]),
    ]
    return "\n".join(parts)


def _part(title: str, tables: Sequence[str]) -> str:
    return f"## {title}\n\n" + "\n".join(tables)


def _over(ours: float | None, theirs: float | None) -> str:
    return short(ours / theirs if ours and theirs else None)


def _warm_ratios(run: Run) -> str:
    names = [name for name in next(iter(run.warm.values())) if name != OURS]
    rows = [
        [kind, short(times.get(OURS, nan) * 1000), *(_over(times.get(OURS), times[name]) for name in names)]
        for kind, times in run.warm.items()
    ]
    return table([f"{run.size:,} sessions", "mltalks, ms", *names], rows)


def _growth(runs: Sequence[Run]) -> str:
    names = list(dict.fromkeys(name for run in runs for name in next(iter(run.warm.values()))))
    rows = []
    for kind in KINDS:
        found = [
            [(run.size, run.warm[kind][name]) for run in runs if name in run.warm[kind]] for name in names
        ]
        rows.append([kind, *(short(growth(*zip(*points, strict=True))) for points in found)])
    return table(["query", *names], rows)


def _building(run: Run) -> str:
    rows = [
        [
            name,
            short(run.build.get(name)),
            _over(run.build.get(OURS), run.build.get(name)),
            short(run.load[name] * 1000),
            short(run.size_on_disk[name] / 2**20 if name in run.size_on_disk else None),
            short(run.peak[name]),
        ]
        for name in run.load
    ]
    head = [f"{run.size:,} sessions", "build, s", "mltalks over it", "load, ms", "MiB", "peak, x bare Python"]
    return table(head, rows)


def _cold(run: Run) -> str:
    bare, minimal = run.cold["bare"], run.cold["typer"]
    rows = [["minimal typer command", short(minimal / bare), "1", "-"]]
    rows.extend(
        [name, _over(once, bare), _over(once, minimal), short(run.cold_peak.get(name))]
        for name, once in run.cold.items()
        if name not in ("bare", "typer")
    )
    first = (
        f"\nA first search, without a cache, over one that can write none: {short(run.first)}\n"
        if run.first
        else ""
    )
    head = [f"{run.size:,} sessions", "x `python -c pass`", "x minimal typer", "peak memory, x bare Python"]
    return table(head, rows) + first


def plot(runs: Sequence[Run], path: Path) -> None:
    """Draw milliseconds a warm query by size, a panel for each kind."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "mltalks"  # the same figures make the same file
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(2, 3, figsize=(12, 7), sharex=True, sharey=True, layout="constrained")
    for panel, kind in zip(axes.flat, KINDS, strict=True):
        for name in dict.fromkeys(name for run in runs for name in run.warm[kind]):
            points = [(run.size, run.warm[kind][name] * 1000) for run in runs if name in run.warm[kind]]
            width = 3 if name == OURS else 1
            panel.plot(*zip(*points, strict=True), marker="o", markersize=3, linewidth=width, label=name)
        panel.set(title=kind, xscale="log", yscale="log")
        panel.grid(visible=True, alpha=0.3)
    figure.supxlabel("sessions")
    figure.supylabel("milliseconds a query, warm")
    figure.legend(*axes.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=5)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def versions() -> str:
    """Return what the figures hold for."""
    import sqlite3

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
