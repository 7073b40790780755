"""What the server for agents adds: a warm search over stdio beside the library's, and its start beside that of a server of
the SDK that does nothing.

Usage: python -m benchmarks.agents
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import anyio
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

import mltalks

QUERIES = (
    "latency",
    "feature store",
    "kubernetes automl",
    "レイテンシ",
    "company:google",
    "llm inference serving on gpu",
)
ROUNDS = 30
STARTS = 9
LIMIT = 10
MINIMAL = """
import anyio
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server

async def serve():
    server = Server("minimal")
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())

anyio.run(serve)
"""
HELLO = (
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},'
    '"clientInfo":{"name":"benchmark","version":"1"}}}\n'
)
COMMAND = (str(Path(sys.executable).parent / "mltalks"), "mcp")


def seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def answered(command: tuple[str, ...], env: Mapping[str, str]) -> None:
    """Start a server, wait for its first answer, and end it."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(HELLO)
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdin.close()


async def calls(env: dict[str, str], cache: Path) -> None:
    """Print the median times of a search by the library and over stdio, one after the other."""
    library = mltalks.open(cache=cache)

    def search(query: str) -> None:
        for hit in library.search(query, LIMIT).hits:
            _ = hit.session

    parameters = StdioServerParameters(command=COMMAND[0], args=[*COMMAND[1:]], env=env)
    async with Client(stdio_client(parameters)) as client:
        await client.list_tools()
        for query in QUERIES:
            alone, served = [], []
            for _ in range(ROUNDS):
                alone.append(seconds(lambda query=query: search(query)))  # type: ignore[misc]
                start = time.perf_counter()
                await client.call_tool("search", {"query": query, "limit": LIMIT})
                served.append(time.perf_counter() - start)
            one, other = median(alone), median(served)
            print(
                f"{query:30} library {one * 1e3:5.1f} ms, stdio {other * 1e3:5.1f} ms: {other / one:.1f} times"
            )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {"PATH": os.environ["PATH"], "HOME": folder, "MLTALKS_CACHE": folder}
        answered(COMMAND, env)
        anyio.run(calls, env, Path(folder))
        minimal, ours = [], []
        for _ in range(STARTS):
            minimal.append(seconds(lambda: answered((sys.executable, "-c", MINIMAL), env)))
            ours.append(seconds(lambda: answered(COMMAND, env)))
        print(
            f"start: minimal {median(minimal):.2f} s, mltalks mcp {median(ours):.2f} s: {median(ours) / median(minimal):.2f} times"
        )


if __name__ == "__main__":
    main()
