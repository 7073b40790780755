"""Whole commands, from nothing to their end: time and memory over those of the least that Python can do."""

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

from benchmarks.measure import in_turn, peak_memory, process

MLTALKS = Path(sys.executable).with_name("mltalks")
BARE = (sys.executable, "-c", "pass")
MINIMAL = """
import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def search(word: str) -> None:
    print(word)


app()
"""


def commands(data: Path) -> dict[str, tuple[str, ...]]:
    """Return the commands of mltalks that are looked at, over the shipped data and a folder."""
    search = (str(MLTALKS), "search")
    return {
        "search latency --json": (*search, "latency", "--json", "--data", str(data)),
        "search latency -o table": (*search, "latency", "-o", "table", "--data", str(data)),
        "search latencey --json": (*search, "latencey", "--json", "--data", str(data)),
        "search レイテンシ --json": (*search, "レイテンシ", "--json", "--data", str(data)),
        "search 'latency serving' --json": (*search, "latency serving", "--json", "--data", str(data)),
        "completion of a company": (str(MLTALKS), "__complete", "by-company", "goo"),
    }


def environment(cache: Path) -> dict[str, str]:
    """Return the environment of a person without any data, configuration or cache but `cache`."""
    empty = str(cache.with_name("nothing-here"))
    ours = {"MLTALKS_CACHE": str(cache), "MLTALKS_DATA": empty, "MLTALKS_CONFIG": empty, "NO_PAGER": "1"}
    return os.environ | ours | {"COLUMNS": "100", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def build_cache(data: Path, env: Mapping[str, str]) -> bool:
    """Compile a folder for the commands; False when this mltalks does not know how."""
    try:
        process((str(MLTALKS), "index", "--data", str(data)), env)
    except CalledProcessError as error:
        if error.returncode == 2:
            return False
        raise
    return True


def cold(data: Path, env: Mapping[str, str], turns: int) -> dict[str, float]:
    """Return the median seconds of bare Python, a minimal typer command and each command, run in turn."""
    with TemporaryDirectory() as folder:
        minimal = Path(folder) / "minimal.py"
        minimal.write_text(MINIMAL, "utf-8")
        measured = {"bare": BARE, "typer": (sys.executable, str(minimal), "latency"), **commands(data)}
        return in_turn({name: partial(process, command, env) for name, command in measured.items()}, turns)


def peaks(measured: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> dict[str, float]:
    """Return the most memory that each command held, over that of bare Python."""
    bare = peak_memory(BARE, env)
    return {name: peak_memory(command, env) / bare for name, command in measured.items()}


def first_search(data: Path, turns: int) -> float:
    """Return the time of a search that finds no cache over one that could not write any."""
    search = commands(data)["search latency --json"]
    with TemporaryDirectory() as folder:
        fresh = (environment(Path(folder) / str(turn) / "cache") for turn in range(turns))
        nowhere = environment(Path(os.devnull) / "cache")
        times = in_turn(
            {"first": lambda: process(search, next(fresh)), "never": lambda: process(search, nowhere)}, turns
        )
    return times["first"] / times["never"]
