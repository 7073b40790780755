"""What the server for agents adds: a warm search over stdio beside one by the library and beside a server of the SDK that only
returns the same answer, and its start beside that of such a server.

Usage: python -m benchmarks.agents [--rounds N]

Prints Markdown: the least time of each, which is what they take when nothing else runs, and medians of the starts.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

import anyio
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

import mltalks
from benchmarks.cold import MLTALKS
from benchmarks.measure import in_turn, seconds, table

QUERIES = (
    "latency",
    "feature store",
    "kubernetes automl",
    "レイテンシ",
    "company:google",
    "llm inference serving on gpu",
)
STARTS = 9
LIMIT = 10
MINIMAL = """
import json, os
import anyio
import mcp_types as types
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server

tool, answer = json.loads(os.environ["TOOL"]), os.environ["ANSWER"]

async def list_tools(context, params):
    return types.ListToolsResult(tools=[types.Tool.model_validate(tool)])

async def call_tool(context, params):
    return types.CallToolResult(content=[types.TextContent(text=answer)], structured_content=json.loads(answer))

async def serve():
    server = Server("minimal", on_list_tools=list_tools, on_call_tool=call_tool)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())

anyio.run(serve)
"""
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "benchmark", "version": "1"},
}
OURS = (str(MLTALKS), "mcp")
BARE = (sys.executable, "-c", MINIMAL)


def start(command: Sequence[str], env: Mapping[str, str]) -> None:
    """Start a server, wait for its first answer, and end it."""
    hello = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO})
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
    ) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(hello + "\n")
        server.stdin.flush()
        assert server.stdout.readline()
        server.stdin.close()


def client(command: Sequence[str], env: dict[str, str]) -> Client:
    return Client(stdio_client(StdioServerParameters(command=command[0], args=[*command[1:]], env=env)))


def search(library: mltalks.Library, query: str) -> None:
    for hit in library.search(query, LIMIT).hits:
        _ = hit.session


async def searches(env: dict[str, str], rounds: int) -> list[list[str]]:
    """Return a row for each query: the least milliseconds of the library, of the bare server and of ours, and the ratio."""
    library = mltalks.open(cache=env["MLTALKS_CACHE"])
    rows = []
    async with client(OURS, env) as ours:
        tools = {one.name: one for one in (await ours.list_tools()).tools}
        tool = tools["search"].model_dump_json(by_alias=True, exclude_none=True)
        for query in QUERIES:
            asked = {"query": query, "limit": LIMIT}
            answer = json.dumps((await ours.call_tool("search", asked)).model_dump()["structured_content"])
            times: dict[str, list[float]] = {"library": [], "bare": [], "ours": []}
            async with client(BARE, env | {"TOOL": tool, "ANSWER": answer}) as bare:
                await bare.list_tools()
                for _ in range(rounds):
                    times["library"].append(seconds(partial(search, library, query)))
                    for name, server in (("bare", bare), ("ours", ours)):
                        began = perf_counter()
                        await server.call_tool("search", asked)
                        times[name].append(perf_counter() - began)
            least = [min(some) * 1000 for some in times.values()]
            rows.append([query, *(f"{one:.1f}" for one in least), f"{least[2] / least[0]:.1f}"])
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        env = {"PATH": os.environ["PATH"], "HOME": folder, "MLTALKS_CACHE": str(Path(folder) / "cache")}
        start(OURS, env)
        rows = anyio.run(searches, env, rounds)
        print(table(["query", "library (ms)", "SDK alone (ms)", "mltalks mcp (ms)", "÷ library"], rows))
        bare = env | {"TOOL": "{}", "ANSWER": "{}"}
        starts = in_turn(
            {"SDK alone": partial(start, BARE, bare), "mltalks mcp": partial(start, OURS, env)}, STARTS
        )
        ratio = starts["mltalks mcp"] / starts["SDK alone"]
        print(f"\nStart: {starts['SDK alone']:.2f} s, {starts['mltalks mcp']:.2f} s: {ratio:.2f} times")


if __name__ == "__main__":
    main()
