"""Runs mltalks in processes forked from one that has imported it: they start in a tenth of the time.

Reads a request a line: arguments, environment, folder, the files that the output goes to, and the folder of the shipped
data unless it is the usual one; answers with the exit code. A command that has a socket to report to runs beside the others:
the answer comes at once, and its process id and its exit code go to the socket.
"""

import gc
import io
import json
import os
import signal
import socket
import sqlite3
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from posix import _exit
from typing import Any, NoReturn

import mltalks
from mltalks.dataset.files import files_of
from mltalks.dataset.loader import load
from mltalks.taxonomy.classifier import Classifier
from mltalks.text.dates import iso_date
from mltalks.text.japanese.scripts import is_japanese, kanji_words
from mltalks.text.not_people import parts_of
from mltalks.text.words.tokenizer import joined, wording, words
from tests.excerpted import use

LONGEST = 300  # seconds: a healthy command takes less on a machine however busy


def serve() -> None:
    for module in walk_packages(mltalks.__path__, "mltalks."):
        if not module.name.startswith(
            "mltalks.mcp_server."
        ):  # the SDK: .6 s, and no command that is forked serves
            import_module(module.name)
    # Every command that files a talk needs the terms of all themes, whose keys this process then has.
    Classifier(load([files_of(mltalks.shipped_data())]).themes)
    warm_patterns()
    save_coverage()  # else each child would save what this process has run so far
    gc.collect()
    # What is frozen is not looked at by collections in the children, so that they share its memory.
    gc.freeze()
    watching: list[int] = []
    for line in sys.stdin:
        request = json.loads(line)
        report = request.pop("report", None)
        child = os.fork()
        if not child:
            if report:
                watch(request, report)
            run(**request)
        watching = [one for one in watching if not os.waitpid(one, os.WNOHANG)[0]]
        if report:
            watching.append(child)
        status = 0 if report else os.waitpid(child, 0)[1]
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def warm_patterns() -> None:
    """Let `re` compile the large patterns, for which a command takes up to 15 ms when a text first needs them."""
    for text in ("serving at C++/GPU", "推論のサーバー、教師なし学習あり"):
        words(text)
        wording(text)
        joined(text)
        is_japanese(text)
        kanji_words(text)
        iso_date(text)
        parts_of(text)


def watch(request: Mapping[str, Any], report: str) -> NoReturn:
    """Run a command and report on it; until the socket is closed no other process gets its id."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as client:
        client.connect(report)
        child = os.fork()
        if not child:
            client.close()
            run(**request, closes=True)
        client.sendall(str(child).encode())
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert ended
        code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        client.sendall(str(code).encode())
        client.recv(1)
    os.waitpid(child, 0)
    _exit(0)


def run(
    arguments: Sequence[str],
    env: Mapping[str, str],
    cwd: str,
    out: str,
    err: str,
    shipped: str,
    given: str = os.devnull,
    *,
    closes: bool = False,
) -> NoReturn:
    """Run a command; if it `closes`, it closes its databases at the end, like a process whose interpreter ends."""
    code: Any = 1
    try:
        signal.alarm(LONGEST)
        if shipped:
            use(Path(shipped))
        os.environ.clear()
        os.environ.update(env)
        os.chdir(cwd)
        sys.path[:0] = filter(None, env.get("PYTHONPATH", "").split(os.pathsep))
        files = [(given, os.O_RDONLY), (out, os.O_WRONLY), (err, os.O_WRONLY)]
        for number, (file, flags) in enumerate(files):
            os.dup2(os.open(file, flags), number)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(os.fdopen(number, mode), encoding="utf-8", write_through=number == 2)
            for number, mode in enumerate(("rb", "wb", "wb"))
        )
        sys.argv = ["mltalks", *arguments]
        from mltalks.__main__ import main

        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - the traceback is what a test looks for
        traceback.print_exc()
    finally:
        save_coverage()
        if closes:
            for one in gc.get_objects():
                if isinstance(one, sqlite3.Connection):
                    one.close()
        # Not that of `os`, which coverage replaces in each process: it would save once more for the server.
        _exit(code if isinstance(code, int) else 1 if code else 0)


def save_coverage() -> None:
    """Save what this process has run, if coverage measures it."""
    if "coverage" in sys.modules and (measured := sys.modules["coverage"].Coverage.current()):
        measured.save()


if __name__ == "__main__":
    serve()
