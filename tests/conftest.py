"""The real command as a user runs it, and a small catalogue of a user's own."""

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import hypothesis
import pytest

# How long an example takes is the machine's business; what takes too long is measured by benchmarks.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

COMMAND = Path(sys.executable).parent / "mltalks"
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment in which nothing of the machine's own settings counts."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "COVERAGE_PROCESS_CONFIG", "TMPDIR"}
    }
    return {
        **kept,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "COLUMNS": "120",
        "MLTALKS_CACHE": str(shared_cache()),
        **(more or {}),
    }


@cache
def shared_cache() -> Path:
    """Return a folder in which the index of the shipped data is compiled once for all tests of this run."""
    folder = Path(tempfile.mkdtemp(prefix="mltalks-cache-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


# What a test may set without an interpreter of its own: it is read when the command runs, not when Python starts.
FREE = re.compile(r"MLTALKS_\w+|COLUMNS|NO_COLOR|FORCE_COLOR|TERM|HOME|XDG_\w+|EDITOR|VISUAL|LC_ALL")


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


@pytest.fixture
def mltalks(tmp_path: Path, server: "subprocess.Popen[str]") -> Run:
    """Run `mltalks` with arguments and return its exit code and what it printed."""

    def run(*arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Result:
        plain = all(FREE.fullmatch(name) and value.isascii() for name, value in (env or {}).items())
        if plain and (env or {}).get("LC_ALL", "ja").startswith("ja") and all(map(_encodes, arguments)):
            return forked(server, arguments, environment(tmp_path, env), cwd)
        done = subprocess.run(
            [COMMAND, *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
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
    server: "subprocess.Popen[str]", arguments: Sequence[str], env: Mapping[str, str], cwd: Path | None
) -> Result:
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        code = run_forked(server, arguments, env, cwd or Path.cwd(), out.name, err.name)
        return Result(code, out.read().decode(), err.read().decode())


def run_forked(
    server: "subprocess.Popen[str]",
    arguments: Sequence[str],
    env: Mapping[str, str],
    cwd: Path,
    out: str,
    err: str,
) -> int:
    """Run a command in a process forked from the server; `out` and `err` are files that it writes to."""
    request = {"arguments": arguments, "env": env, "cwd": str(cwd), "out": out, "err": err}
    assert server.stdin
    assert server.stdout
    server.stdin.write(json.dumps(request) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())


@pytest.fixture
def shell(tmp_path: Path) -> Callable[[str], Result]:
    """Run a line of shell in which `mltalks` is on the PATH."""

    def run(line: str) -> Result:
        env = environment(tmp_path)
        env["PATH"] = f"{COMMAND.parent}:{env['PATH']}"
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
