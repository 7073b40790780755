"""A live node of OpenSearch, in a JVM of its own that ends with this process."""

import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FETCHING, STARTING, ENDING = 300, 300, 60  # seconds; far more than it takes, so that nothing waits for ever


class Unavailable(Exception):  # noqa: N818 - a reason to skip, not an error
    """This machine cannot run a node; says why."""


def classpath(folder: Path) -> str:
    """Return the class path of the launcher, whose packages Maven fetches once and keeps; `folder` is for a file.

    Raises:
        Unavailable: Java or Maven is not there, or cannot fetch.

    """
    missing = [tool for tool in ("javac", "mvn") if not shutil.which(tool)]
    if missing:
        raise Unavailable(f"{' and '.join(missing)} not installed")
    file = folder / "classpath.txt"
    command = ["mvn", "-B", "-q", "-f", str(HERE / "pom.xml"), "dependency:build-classpath", f"-Dmdep.outputFile={file}"]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=FETCHING, check=False)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"Maven has not fetched OpenSearch in {FETCHING} s") from None
    if done.returncode:
        reasons = re.findall(r"^\[ERROR\] (.*)", done.stdout, re.MULTILINE)
        raise Unavailable(f"Maven cannot fetch OpenSearch: {' '.join(reasons[:1])}")
    return file.read_text("utf-8")


@contextmanager
def started(folder: Path, memory: str = "512m") -> Iterator[str]:
    """Start a node with its data in `folder` and yield its address; end it, whatever happens.

    Raises:
        Unavailable: see `classpath`.

    """
    found = classpath(folder)
    log = folder / "node.log"
    command = [
        "java",
        f"-Xms{memory}",
        f"-Xmx{memory}",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dlog4j2.level=ERROR",
    ]
    command += ["-cp", found, str(HERE / "OpenSearchNode.java"), str(folder)]
    with (
        log.open("wb") as written,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=written, stderr=subprocess.STDOUT) as process,
    ):
        try:
            yield f"http://{_address(process, log)}"
            assert process.poll() is None, log.read_text("utf-8", "replace")
        finally:
            assert process.stdin
            process.stdin.close()
            try:
                process.wait(ENDING)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        if listening := re.search(r"^listening on (\S+)\n", log.read_text("utf-8", "replace"), re.MULTILINE):
            return listening[1]
        time.sleep(0.1)
    raise AssertionError(f"the node did not start: {log.read_text('utf-8', 'replace')}")


def ask(address: str, body: object, path: str = "mltalks/_search") -> Any:
    """Return the answer of a node to a body: one value, or a list of them for a request of several lines."""
    values = body if isinstance(body, list) else [body]
    data = "".join(json.dumps(value) + "\n" for value in values).encode()
    headers = {"Content-Type": "application/x-ndjson" if isinstance(body, list) else "application/json"}
    request = urllib.request.Request(f"{address}/{path}", data, headers)
    with urllib.request.urlopen(request, timeout=STARTING) as response:
        return json.load(response)
