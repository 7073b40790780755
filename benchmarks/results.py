"""What `speed` measured, as Markdown tables of ratios and as a plot; measures nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import nan
from pathlib import Path

from benchmarks.kinds import KINDS
from benchmarks.measure import growth, short, table

OURS = "mltalks"


@dataclass
class Run:
    """What was measured at one size, by engine; of memory, the multiple of bare Python's.

    `read` is the time of reading the TOML files alone, which is in mltalks' time to build but in no peer's. A peer that
    finds nothing for most queries of a kind has no time for it.
    """

    size: int
    read: float = nan  # seconds
    build: dict[str, float] = field(default_factory=dict)  # seconds
    load: dict[str, float] = field(default_factory=dict)  # seconds
    size_on_disk: dict[str, int] = field(default_factory=dict)  # bytes
    peak: dict[str, float] = field(default_factory=dict)
    warm: dict[str, dict[str, float]] = field(default_factory=dict)  # seconds a query, by kind
    cold: dict[str, float] = field(default_factory=dict)  # seconds, by command
    cold_peak: dict[str, float] = field(default_factory=dict)
    first: float | None = None


def report(runs: Sequence[Run]) -> str:
    """Return everything that was measured as Markdown."""
    parts = [
        _part(
            "Warm queries: time of mltalks ÷ time of each other engine (in parentheses: its milliseconds)",
            [_warm_ratios(run) for run in runs],
        ),
        _part(
            "Growth of a warm query: exponent x, if the time grows with (number of sessions)^x",
            [_growth(runs)],
        ),
        _part("Build, load, size on disk and peak memory", [_building(run) for run in runs]),
        _part("Cold commands", [_cold(run) for run in runs if run.cold]),
    ]
    return "\n".join(parts)


def _part(title: str, tables: Sequence[str]) -> str:
    return f"## {title}\n\n" + "\n".join(tables)


def _over(ours: float | None, theirs: float | None) -> str:
    return short(ours / theirs if ours and theirs else None)


def _engines(runs: Sequence[Run]) -> list[str]:
    """Return the engines that were asked anything, in the order of building."""
    return list(dict.fromkeys(name for run in runs for name in run.load))


def _warm_ratios(run: Run) -> str:
    names = [name for name in _engines([run]) if name != OURS]
    rows = []
    for kind, times in run.warm.items():
        ours = times.get(OURS)
        ratios = (_ratio_and_time(ours, times.get(name)) for name in names)
        rows.append([kind, short(ours * 1000 if ours else None), *ratios])
    return table([f"{run.size:,} sessions", "mltalks, ms", *names], rows)


def _ratio_and_time(ours: float | None, theirs: float | None) -> str:
    return f"{_over(ours, theirs)} ({short(theirs * 1000)})" if theirs else "-"


def _growth(runs: Sequence[Run]) -> str:
    names = _engines(runs)
    rows = []
    for kind in KINDS:
        found = (
            [(run.size, run.warm[kind][name]) for run in runs if name in run.warm[kind]] for name in names
        )
        rows.append([kind, *(short(growth(points)) for points in found)])
    return table(["query", *names], rows)


def _building(run: Run) -> str:
    ours = run.build.get(OURS)
    rows = []
    for name in run.load:
        built = run.build.get(name)
        with_reading = _over(ours, built + run.read if built and name != OURS else None)
        without = _over(ours - run.read if ours else None, built if name != OURS else None)
        disk = short(run.size_on_disk[name] / 2**20 if name in run.size_on_disk else None)
        load = short(run.load[name] * 1000)
        rows.append([name, short(built), with_reading, without, load, disk, short(run.peak[name])])
    ratios = ("mltalks ÷ it, both reading TOML", "mltalks ÷ it, without reading TOML")
    head = [f"{run.size:,} sessions", "build, s", *ratios, "load, ms", "MiB", "peak memory ÷ Python alone"]
    return f"Reading the TOML files alone: {short(run.read)} s\n\n{table(head, rows)}"


def _cold(run: Run) -> str:
    bare, minimal = run.cold["bare"], run.cold["typer"]
    rows = [["minimal typer command", short(minimal / bare), "1", "-"]]
    rows.extend(
        [name, _over(once, bare), _over(once, minimal), short(run.cold_peak.get(name))]
        for name, once in run.cold.items()
        if name not in ("bare", "typer")
    )
    first = (
        f"\nTime of a first search, which then writes the cache ÷ time of a search that cannot write one: {short(run.first)}\n"
        if run.first
        else ""
    )
    head = [
        f"{run.size:,} sessions",
        "÷ `python -c pass`",
        "÷ minimal typer command",
        "peak memory ÷ Python alone",
    ]
    return table(head, rows) + first


def plot(runs: Sequence[Run], path: Path) -> None:
    """Draw milliseconds a warm query by size, a panel for each kind."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "mltalks"  # the same figures make the same file
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(2, 3, figsize=(12, 7), sharex=True, sharey=True, layout="constrained")
    for panel, kind in zip(axes.flat, KINDS, strict=True):
        for number, name in enumerate(_engines(runs)):
            points = [(run.size, run.warm[kind][name] * 1000) for run in runs if name in run.warm[kind]]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            width = 3 if name == OURS else 1
            panel.plot(xs, ys, marker="o", markersize=3, linewidth=width, color=f"C{number}", label=name)
        panel.set(title=kind, xscale="log", yscale="log")
        panel.grid(visible=True, alpha=0.3)
    figure.supxlabel("sessions")
    figure.supylabel("milliseconds a query, warm")
    figure.legend(*axes.flat[0].get_legend_handles_labels(), loc="outside upper center", ncols=5)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
