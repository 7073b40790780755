"""The real command as a user runs it, and a small catalogue of a user's own."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

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
        if name in {"PATH", "COVERAGE_PROCESS_START", "TMPDIR"}
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


@pytest.fixture
def mltalks(tmp_path: Path) -> Run:
    """Run `mltalks` with arguments and return its exit code and what it printed."""

    def run(*arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Result:
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
