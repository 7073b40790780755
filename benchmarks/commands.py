"""How soon every command answers, and ends, in a terminal or into a pipe, beside a minimal typer command in the same run.

Usage: python -m benchmarks.commands [--turns N] [--own TALKS ...] [--only WORD]

Prints Markdown: medians in seconds with so many own talks beside the shipped ones. 21715 are in the layout of pyvideo, and imported.
"""

import argparse
import fcntl
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import corpus
from benchmarks.cold import MINIMAL, MLTALKS, environment
from benchmarks.measure import process, short, table
from tests import pyvideo_tree

PYVIDEO = 21_715
FIRST, END = 0.5, 2.0  # seconds: the goals of a command in a terminal
WORKS = ("index", "doctor", "validate", "import")  # as long as they show progress, these may take more
CROSSED = ("company theme", "theme year", "keyword keyword", "speaker event", "company speaker")
FILES = (
    "toml",
    "json",
    "jsonl",
    "csv",
    "tsv",
    "md",
    "bibtex",
    "ris",
    "ical",
    "sqlite",
    "opensearch",
    "skos",
    "skos-json",
)
LARGEST_PAGE = PYVIDEO  # own talks up to which a page is written: that of 100,000 has 229 MB
SESSION = "opml19-katib"
# A line for each command, as it is typed; "|" at its end means that its output goes into a pipe.
COMMANDS = f"""
search latency
search latency --json |
search latency --limit 0 --json |
search latencey
search レイテンシ
search latency serving company:google
list
list -o json
list -o json |
list -o ids |
list -o csv |
list -o table
list year:2020..2022
show {SESSION}
show opml19
related {SESSION}
explain {SESSION}
by-company Google
by-theme serving-latency
by-keyword AutoML
by-speaker zaharia
by-event opml19
themes
themes --coverage
themes serving-latency
companies
keywords
speakers
events
committee
gaps
trend theme
trend company
trend speaker
trend keyword --json |
crosstab company theme --json |
compare company:google company:microsoft
compare year:2019 year:2024
survey
survey year:2020
survey --json |
survey --html FOLDER/TURN.html
classify FOLDER/titles.txt
log
decisions
paths
__complete by-company goo
__complete show opml
tag {SESSION} turn-TURN
note {SESSION} 'Seen in turn TURN'
mark {SESSION} watched
accept {SESSION} quantization
add 'A talk of turn TURN' --event 'ML Meetup 2025'
undo
doctor
doctor event:opml19
validate
import FOLDER/import.json --dry-run
index
""".splitlines()[1:]
CROSSTABS = [f"crosstab {pair}{by}" for pair in CROSSED for by in ("", " --by year")]
EXPORTS = [f"export --format {form} -O FOLDER/TURN.{form}" for form in FILES]


def answered(command: Sequence[str], env: Mapping[str, str], *, terminal: bool) -> tuple[float, float]:
    """Run a command; return the seconds to its first output and to its end.

    Raises RuntimeError: it failed.
    """
    reader, writer = pty.openpty() if terminal else os.pipe()
    if terminal:
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("4H", 40, 120, 0, 0))
    start = perf_counter()
    messages, typed = (writer, writer) if terminal else (subprocess.DEVNULL, subprocess.DEVNULL)
    running = subprocess.Popen(command, env=env, stdin=typed, stdout=writer, stderr=messages)
    os.close(writer)
    first, last = 0.0, b""
    while piece := _piece(reader):
        first = first or perf_counter() - start
        last = piece
    os.close(reader)
    code = running.wait()
    if code not in (0, 1, 3):  # nothing found, or a problem of the data
        raise RuntimeError(f"{shlex.join(command)}: {code}: {last.decode(errors='replace')}")
    end = perf_counter() - start
    return first or end, end


def _piece(reader: int) -> bytes:
    try:
        return os.read(reader, 1 << 16)
    except OSError:  # Linux ends a terminal in this way
        return b""


def prepared(own: int, folder: Path) -> dict[str, str]:
    """Write so many own talks and what the commands read into a folder; return the environment."""
    data = folder / "own"
    data.mkdir()
    env = environment(folder / "cache") | {
        "MLTALKS_DATA": str(data),
        "TERM": "xterm-256color",
        "COLUMNS": "120",
    }
    if own == PYVIDEO:
        pyvideo_tree.make(folder / "tree", own)
        subprocess.run(
            (str(MLTALKS), "import", str(folder / "tree"), "-q"),
            env=env,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    else:
        corpus.write(data, own)
    process((str(MLTALKS), "index", "-q"), env)
    (folder / "titles.txt").write_text("Serving models at low latency\nDrift in production\n" * 100, "utf-8")
    (folder / "minimal.py").write_text(MINIMAL, "utf-8")
    with (folder / "import.json").open("w", encoding="utf-8") as file:
        subprocess.run(
            (str(MLTALKS), "export", "event:opml19", "--format", "json"), env=env, stdout=file, check=True
        )
    return env


def measured(own: int, turns: int, only: str) -> Iterator[tuple[str, float, float]]:
    """Yield for each command, with so many own talks, its line and the median seconds to first output and end."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        env = prepared(own, folder)
        lines = [line for line in (*COMMANDS, *CROSSTABS, *EXPORTS) if only in line]
        if own > LARGEST_PAGE:
            lines = [line for line in lines if "--html" not in line]
        for line in ("typer", *lines):
            times = []
            for turn in range(turns):
                typed = line.removesuffix("|").replace("FOLDER", name).replace("TURN", str(turn))
                command = (str(MLTALKS), *shlex.split(typed))
                if line == "typer":
                    command = (sys.executable, f"{name}/minimal.py", "latency")
                times.append(answered(command, env, terminal=not line.endswith("|")))
            first, end = zip(*times, strict=True)
            yield line, median(first), median(end)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--own", type=int, nargs="+", default=[1_000, PYVIDEO, 100_000])
    parser.add_argument("--only", default="", help="the commands with this word")
    asked = parser.parse_args()
    cells: dict[str, list[str]] = {}
    late = []
    for own in asked.own:
        for line, first, end in measured(own, asked.turns, asked.only):
            cells.setdefault(line.replace("|", "\\|"), []).extend((short(first), short(end)))
            if not line.endswith("|") and (first > FIRST or (end > END and line.split()[0] not in WORKS)):
                late.append(f"{own}: {line} ({short(first)}, {short(end)})")
            print(own, line, short(first), short(end), file=sys.stderr)
    head = ("command", *(text for own in asked.own for text in (f"first, {own}", "end")))
    print(table(head, ([f"`{line}`", *some] for line, some in cells.items())))
    print(f"over {FIRST} s to the first output, or {END} s to the end: {len(late)}", *late, sep="\n- ")


if __name__ == "__main__":
    main()
