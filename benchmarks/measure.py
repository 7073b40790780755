"""Time, memory and growth of functions and of whole processes, and tables of them. Prints nothing."""

import math
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any


def seconds(work: Callable[[], Any]) -> float:
    """Return how many seconds of wall time a call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turn(works: Mapping[str, Callable[[], Any]], turns: int) -> dict[str, float]:
    """Return the median seconds of each work over turns in which every one of them runs once.

    In turn, so that what else the machine does in these seconds falls upon all alike.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(turns):
        for name, work in works.items():
            times[name].append(seconds(work))
    return {name: median(values) for name, values in times.items()}


def process(command: Sequence[str], env: Mapping[str, str], *, ok: Iterable[int] = (0,)) -> int:
    """Run a command to its end, its output thrown away, and return the most memory that it held, in KiB.

    Raises:
        subprocess.CalledProcessError: it ended with a code that is not among `ok`.

    """
    started = subprocess.Popen(command, env=dict(env), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode not in ok:
        raise subprocess.CalledProcessError(started.returncode, command)
    return usage.ru_maxrss


def size_of(folder: Path) -> int:
    """Return the bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def growth(sizes: Sequence[float], times: Sequence[float]) -> float:
    """Return the exponent e of the best fit of times = c * sizes**e (least squares of the logarithms); NaN for one size."""
    if len(sizes) < 2:
        return math.nan
    xs = [math.log(size) for size in sizes]
    ys = [math.log(time) for time in times]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - x_mean) ** 2 for x in xs)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; all columns but the first are set to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def short(number: float | None) -> str:
    """Return a ratio or time with as many digits as are worth reading; a dash for none.

    >>> short(0.01234), short(1.234), short(12.34), short(1234.5), short(None)
    ('.012', '1.23', '12.3', '1234', '-')
    """
    if number is None or math.isnan(number):
        return "-"
    if number >= 100:
        return f"{number:.0f}"
    text = f"{number:.1f}" if number >= 10 else f"{number:.2f}" if number >= 0.1 else f"{number:.2g}"
    return text.removeprefix("0") if 0 < number < 1 else text
