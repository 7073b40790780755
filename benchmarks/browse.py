"""How fast `mltalks browse` starts and answers a key stroke, against Textual alone; all as ratios of one run.

Usage: python -m benchmarks.browse [--sizes N ...] [--turns N]

Prints Markdown. A stroke of a key is one more character in the query line, until the talks that it finds are drawn; its time is
that of the processor, over all threads, since other programs on the machine would count otherwise.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import pexpect
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

from benchmarks import corpus
from mltalks.browse.app import Browser
from mltalks.browse.panes import Seen
from scripts.pictures import Desk, settled

BARE = "from textual.app import App; from textual.widgets import Static; App.compose = lambda _: [Static('it is ready')]; App().run()"
QUERIES = (
    "kv cache quantization",
    "feature store latency",
    "drift monitoring",
    "分散学習",
    "company:google serving",
)
SIZE = (120, 34)


class Watched(Browser):
    """The screen, which notes when what was typed is drawn."""

    is_drawn: asyncio.Event

    def on_seen(self, event: Seen) -> None:
        if event.counts is None:
            self.call_after_refresh(self.is_drawn.set)


class Bare(App[None]):
    """Textual with a line to type in."""

    is_drawn: asyncio.Event

    def compose(self) -> ComposeResult:
        yield Input(id="query")
        yield Static()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one(Static).update(event.value)
        self.call_after_refresh(self.is_drawn.set)


async def strokes(app: Watched | Bare, counts: Sequence[int]) -> list[tuple[float, float]]:
    """Return the time of the processor and of the clock of each stroke, in seconds; `counts` are turns."""
    found = []
    app.is_drawn = asyncio.Event()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        line = app.query_one("#query", Input)
        line.focus()
        for query in (one for _ in counts for one in QUERIES):
            for end in range(1, len(query) + 1):
                app.is_drawn.clear()
                clock, processor = perf_counter(), process_time()
                line.value = query[:end]
                try:
                    await asyncio.wait_for(app.is_drawn.wait(), 5)
                except TimeoutError:  # a filter that is not whole yet shows no talks
                    continue
                found.append((process_time() - processor, perf_counter() - clock))
                await settled(pilot)
            line.value = ""
            await settled(pilot)
    return found


def started(turns: int) -> float:
    """Return the time until the first screen of mltalks over that of Textual alone: medians, in turn."""
    run = [sys.executable, "-m", "mltalks", "browse"]
    took: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(turns):
        for name, command, wanted in (
            ("bare", [sys.executable, "-c", BARE], "ready"),
            ("ours", run, "[0-9] talks"),
        ):
            clock = perf_counter()
            child = pexpect.spawn(command[0], command[1:], dimensions=(34, 120), encoding="utf-8", timeout=60)
            child.expect(wanted)
            took[name].append(perf_counter() - clock)
            child.terminate(force=True)
    return median(took["ours"]) / median(took["bare"])


@contextmanager
def collection(size: int) -> Iterator[Desk]:
    """Make a collection of so many talks, and open it."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        corpus.write(place / "data", size)
        yield Desk(place / "data", place / "own", place / "cache")


def row(what: str, times: Sequence[float], bare: float) -> str:
    middle, most = median(times), quantiles(times, n=20)[-1]
    return f"| {what} | {1000 * middle:.0f} | {1000 * most:.0f} | {middle / bare:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browse")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 21_715, 100_000])
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    os.environ["TERM"] = "xterm-256color"
    print(f"Start: {started(5 * given.turns):.2f} times Textual alone\n", flush=True)
    print("| key stroke | ms, median | ms, 19 of 20 | times Textual alone |\n| --- | --: | --: | --: |")
    typed = asyncio.run(strokes(Bare(), range(given.turns)))
    bare = median(processor for processor, _ in typed)
    print(row("Textual alone", [processor for processor, _ in typed], bare), flush=True)
    for size in given.sizes:
        with collection(size) as desk:
            browser = Watched(desk.library, lambda: desk, "", "en")
            times = asyncio.run(strokes(browser, range(given.turns)))
        print(row(f"{size:,} talks", [processor for processor, _ in times], bare), flush=True)
        print(row(f"{size:,} talks, by the clock", [clock for _, clock in times], bare), flush=True)


if __name__ == "__main__":
    main()
