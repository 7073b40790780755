"""Runs mltalks in processes forked from one that has imported it already: real ones, that start in a tenth of the time.

Reads a request a line: arguments, environment, folder, and the files that the output goes to; answers with the exit code.
"""

import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

IMPORTED = (
    "mltalks.__main__", "mltalks.cli.app", "mltalks.cli.commands.find", "mltalks.cli.commands.count", "mltalks.cli.commands.show", "mltalks.cli.commands.about",
    "mltalks.cli.commands.edit", "mltalks.cli.commands.export", "mltalks.cli.commands.import_sessions", "mltalks.library", "mltalks.search.index.builder",
    "mltalks.search.index.documents", "mltalks.render.text_formats", "mltalks.render.terminal.table", "mltalks.search.matcher", "mltalks.userdata.layers", "tomlkit",
    "rapidfuzz.process", "rapidfuzz.fuzz", "rapidfuzz.distance",
)  # fmt: skip
LONGEST = 60  # seconds


def serve() -> None:
    for name in IMPORTED:
        import_module(name)
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            run(**request)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def run(arguments: Sequence[str], env: Mapping[str, str], cwd: str, out: str, err: str) -> NoReturn:
    code: Any = 1
    try:
        signal.alarm(LONGEST)
        os.environ.clear()
        os.environ.update(env)
        os.chdir(cwd)
        files = [(os.devnull, os.O_RDONLY), (out, os.O_WRONLY), (err, os.O_WRONLY)]
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
        os._exit(code if isinstance(code, int) else 1 if code else 0)


if __name__ == "__main__":
    serve()
