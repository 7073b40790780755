"""The real command as a user runs it, and a small catalogue of user data."""

import atexit
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from select import select
from typing import Any

import hypothesis
import pytest

from mltalks import __version__, open as open_library
from mltalks.library import Library
from mltalks.search.indexing.shipped import write_shipped_index

# No deadline for an example: the time depends on the machine, and benchmarks measure it.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# A suite that was started in the background ignores SIGINT, and so would the commands that are interrupted.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

COMMAND = Path(sys.executable).parent / "mltalks"
ROOT = Path(__file__).parents[1]
SHARED = "MLTALKS_TESTS_SHARED"
EXCERPT = (("sessions", r'event = "opml19"|mlsys26-helios'), ("terms", r"inference|latency"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests in a browser as slow, and let one process have them all, its browser and its pages."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


def environment(
    home: Path, more: Mapping[str, str] | None = None, *, measured: bool = True
) -> dict[str, str]:
    """Return an environment without the settings of the machine.

    Coverage does not measure a process that is not `measured`: what it loads, takes or writes stays its own.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "TMPDIR"} or (name == "COVERAGE_PROCESS_CONFIG" and measured)
    }
    return {
        **kept,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "COLUMNS": "120",
        "MLTALKS_CACHE": str(shared_cache()),
        "MLTALKS_PAGER": "",
        **(more or {}),
    }


@pytest.fixture(scope="module")  # its event loop would be in the way of other tests
def browser() -> Iterator[Any]:
    """Return Debian's Chromium, driven by Playwright."""
    needs("chromium")
    from playwright.sync_api import sync_playwright

    from benchmarks.page import SWITCHES

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        yield started
        started.close()


@cache
def shipped_library() -> Library:
    """Return the library of the shipped data; opened once, because that takes as long as a hundred queries."""
    return open_library(cache=shared_cache())


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of `shared_cache` and `shared_excerpt`, in the process that starts the others."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="mltalks-tests-")
        atexit.register(shutil.rmtree, os.environ[SHARED], ignore_errors=True)


@contextmanager
def one_at_a_time() -> Iterator[Path]:
    """Return the folder that all processes of this run share; the first one fills it, and the others wait for that."""
    folder = Path(os.environ[SHARED])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


@cache
def shared_cache() -> Path:
    """Return a folder in which the index of the shipped data is compiled once for all tests of this run."""
    with one_at_a_time() as folder:
        library = open_library(cache=folder / "cache")
        library.search("latency", 1)
    return folder / "cache"


@cache
def shared_excerpt() -> Path:
    """Return a folder with a part of the shipped data, which is compiled once for all tests of this run."""
    with one_at_a_time() as folder:
        data = folder / "excerpt" / "data"
        if not data.exists():
            shutil.copytree(
                ROOT / "data", data, ignore=shutil.ignore_patterns("committees.toml", "index.sqlite*")
            )
            for table, kept in EXCERPT:
                file = data / f"{table}.toml"
                head, *records = re.split(
                    rf"^(?=\[\[{table}\]\])", file.read_text("utf-8"), flags=re.MULTILINE
                )
                file.write_text(head + "".join(one for one in records if re.search(kept, one)), "utf-8")
            write_shipped_index(data, __version__)
    return data


# Variables that a test may set without a new interpreter: they are read when the command runs, not when Python starts.
FREE = re.compile(
    r"MLTALKS_\w+|COLUMNS|NO_COLOR|FORCE_COLOR|TERM|HOME|XDG_\w+|EDITOR|VISUAL|LC_ALL|LOGNAME|PYTHONPATH"
)


@pytest.fixture(scope="session")
def server() -> Iterator["subprocess.Popen[str]"]:
    """The process from which commands are forked (see `forkserver`)."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.forkserver"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.terminate()


@pytest.fixture(scope="session")
def excerpt() -> Path:
    """Return a folder with a part of the shipped data: a fifteenth of the sessions, which are compiled in a sixth of the time."""
    return shared_excerpt()


def over_excerpt(request: pytest.FixtureRequest) -> bool:
    """Return whether a test is marked `excerpt`, and not `excerpt(False)`."""
    marker = request.node.get_closest_marker("excerpt")
    return marker is not None and marker.args != (False,)


@pytest.fixture
def mltalks(tmp_path: Path, server: "subprocess.Popen[str]", request: pytest.FixtureRequest) -> Run:
    """Run `mltalks` with arguments and return its exit code and what it printed.

    In a test that is marked `excerpt` the shipped data are those of the fixture `excerpt`.
    """
    shipped = shared_excerpt() if over_excerpt(request) else None

    def run(
        *arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None, stdin: str = ""
    ) -> Result:
        plain = all(FREE.fullmatch(name) and value.isascii() for name, value in (env or {}).items())
        if plain and (env or {}).get("LC_ALL", "ja").startswith("ja") and all(map(_encodes, arguments)):
            return forked(server, arguments, environment(tmp_path, env), cwd, shipped, stdin)
        done = subprocess.run(
            [COMMAND, *arguments],
            capture_output=True,
            input=stdin.encode(),
            env=environment(tmp_path, env),
            cwd=cwd,
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def _encodes(argument: str) -> bool:
    return not re.search("[\ud800-\udfff]", argument)


def forked(
    server: "subprocess.Popen[str]",
    arguments: Sequence[str],
    env: Mapping[str, str],
    cwd: Path | None,
    shipped: Path | None = None,
    stdin: str = "",
) -> Result:
    with (
        tempfile.NamedTemporaryFile() as out,
        tempfile.NamedTemporaryFile() as err,
        tempfile.NamedTemporaryFile() as given,
    ):
        given.write(stdin.encode())
        given.flush()
        code = run_forked(
            server, arguments, env, cwd or Path.cwd(), out.name, err.name, shipped, given=given.name
        )
        return Result(code, out.read().decode(), err.read().decode())


def run_forked(
    server: "subprocess.Popen[str]",
    arguments: Sequence[str],
    env: Mapping[str, str],
    cwd: Path,
    out: str,
    err: str,
    shipped: Path | None = None,
    given: str = os.devnull,
) -> int:
    """Run a command in a process forked from the server; it reads the file `given`, and writes to `out` and `err`.

    `shipped` is a folder to read in the place of the shipped data.
    """
    request = {"arguments": arguments, "env": env, "cwd": str(cwd), "out": out, "err": err}
    return ask(server, {**request, "shipped": str(shipped or ""), "given": given})


ASKING = threading.Lock()


def ask(server: "subprocess.Popen[str]", request: Mapping[str, object]) -> int:
    with ASKING:
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        return int(server.stdout.readline())


class Started:
    """A command in a process forked from the server, which runs beside this one and other commands."""

    def __init__(
        self,
        server: "subprocess.Popen[str]",
        arguments: Sequence[str],
        env: Mapping[str, str],
        shipped: Path | None = None,
        cwd: Path | None = None,
    ) -> None:
        kind = socket.SOCK_SEQPACKET
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, kind) as listening:
            self.out, self.err = tempfile.NamedTemporaryFile(), tempfile.NamedTemporaryFile()  # noqa: SIM115
            listening.bind(f"{folder}/report")
            listening.listen()
            request = {"arguments": arguments, "env": env, "cwd": str(cwd or Path.cwd())}
            request |= {"out": self.out.name, "err": self.err.name, "shipped": str(shipped or "")}
            ask(server, {**request, "report": f"{folder}/report"})
            self.report, _ = listening.accept()
        self.process = int(self.report.recv(99))

    def wait(self, kill_after: float | None = None) -> Result:
        """Return the exit code and what was printed; after some seconds kill the command if it has not ended."""
        with self.report, self.out, self.err:
            if kill_after is not None and not select([self.report], [], [], kill_after)[0]:
                os.kill(self.process, signal.SIGKILL)
            code = int(self.report.recv(99))
            return Result(code, self.out.read().decode(), self.err.read().decode())


@pytest.fixture
def shell(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str], Result]:
    """Run a line of shell in which `mltalks` is on the PATH; it has the data of the fixture `mltalks`."""
    programs = COMMAND.parent
    if over_excerpt(request):
        programs = tmp_path_factory.mktemp("bin")
        excerpted = f'{sys.executable} -m tests.excerpted {shared_excerpt()} "$@"'
        (programs / COMMAND.name).write_text(f"#!/bin/sh\nPYTHONPATH={ROOT} exec {excerpted}\n")
        (programs / COMMAND.name).chmod(0o755)

    def run(line: str) -> Result:
        env = environment(tmp_path)
        env["PATH"] = f"{programs}:{env['PATH']}"
        done = subprocess.run(
            ["bash", "-c", line], capture_output=True, env=env, timeout=60, check=False, text=True
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


def needs(tool: str) -> None:
    """Skip a test on a machine without a tool; where MLTALKS_CI is set, fail instead."""
    if shutil.which(tool):
        return
    if os.environ.get("MLTALKS_CI"):
        pytest.fail(f"{tool} is not installed; .ci/run installs it")
    pytest.skip(f"{tool} is not installed")
