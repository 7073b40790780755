"""Ctrl-C while the command starts: it ends at once, with its exit code and without a word."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Modules in place of typer, which the command imports first.
KILL = "import os, signal, weakref\nkill = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
IN_IMPORT = KILL + "kill()\n"
IN_CALLBACK = KILL + "class A: pass\na = A()\nwatch = weakref.ref(a, kill)\ndel a\n"
# What Python prints and goes on from, unless it is raised again.
LOST = (
    "import sys, mltalks.cli.app as app, os, signal, time\n"
    "class A:\n    def __del__(self): os.kill(os.getpid(), signal.SIGINT); [0 for _ in range(9**6)]\n"
    "def run(arguments):\n    a = A(); del a\n    time.sleep(60); print('lost'); return 0\n"
    "app.run = run\nfrom mltalks.__main__ import main\nsys.exit(main())\n"
)


def ended(code: str, folder: Path) -> tuple[int, str, str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("typer", [IN_IMPORT, IN_CALLBACK])
def test_ctrl_c_within_an_import_ends_the_command_silently(typer: str, tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text(typer)
    assert ended("import sys; from mltalks.__main__ import main; sys.exit(main())", tmp_path) == (130, "", "")


def test_ctrl_c_is_not_lost_where_python_cannot_raise_it(tmp_path: Path) -> None:
    assert ended(LOST, tmp_path) == (130, "", "")


def test_an_ignored_ctrl_c_stays_ignored(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text(IN_IMPORT + "raise SystemExit(7)\n")
    ignored = "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    assert ended(ignored + "from mltalks.__main__ import main; main()", tmp_path) == (7, "", "")


def test_the_package_imports_nothing_before_the_command_takes_ctrl_c(tmp_path: Path) -> None:
    code = "import sys; before = set(sys.modules); import mltalks.__main__; print(*sorted(set(sys.modules) - before))"
    status, out, err = ended(code, tmp_path)
    assert (status, err) == (0, "")
    assert (
        {"mltalks", "mltalks.__main__"}
        <= set(out.split())
        <= {"__future__", "gc", "mltalks", "mltalks.__main__"}
    )
