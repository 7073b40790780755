"""Time, memory and growth of functions and of whole processes, and tables of them. Prints nothing."""

import math
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import linear_regression, median
from time import perf_counter
from typing import Any

STARTER = """
import os, sys
nowhere = os.open(os.devnull, os.O_WRONLY)
silent = [(os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, usage = os.wait4(child, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


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


def process(command: Sequence[str], env: Mapping[str, str]) -> None:
    """Run a command to its end, its output thrown away.

    Raises:
        subprocess.CalledProcessError: it ended with another code than 0.

    """
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def peak_memory(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Return the most memory that a command held, in KiB.

    Linux counts for a process what its parent held when it started it, so that a small Python starts it.

    Raises:
        subprocess.CalledProcessError: it ended with another code than 0.

    """
    starting = (sys.executable, "-I", "-S", "-c", STARTER, *command)
    done = subprocess.run(starting, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return int(done.stdout)


def size_of(folder: Path) -> int:
    """Return the bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def growth(points: Sequence[tuple[float, float]]) -> float:
    """Return the exponent e of the best fit of y = c * x**e to points (least squares of the logarithms), NaN for one.

    >>> round(growth([(1000, 1.0), (100_000, 10.0)]), 6)
    0.5
    """
    if len(points) < 2:
        return math.nan
    return linear_regression([math.log(x) for x, _ in points], [math.log(y) for _, y in points]).slope


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
    size = abs(number)
    if size >= 100:
        return f"{number:.0f}"
    text = f"{number:.1f}" if size >= 10 else f"{number:.2f}" if size >= 0.1 else f"{number:.2g}"
    return text.replace("0.", ".", 1) if size < 1 else text
