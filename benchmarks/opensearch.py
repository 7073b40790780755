"""OpenSearch beside mltalks: hits, counts, ranks and times of one export, in a live node that this starts (Java, Maven, jq, curl).

Usage: python -m benchmarks.opensearch [--queries FILE ...] [--sessions N] [--turns N]

Prints Markdown: how well both find the talks that queries mean; then, with the shipped catalogue and with N generated sessions,
the time to load, what the searches of the README and the filters of docs/scaling.md find, and the time of warm queries.
"""

import argparse
import json
import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import mltalks
from benchmarks import corpus
from benchmarks.documents import Document
from benchmarks.kinds import KINDS
from benchmarks.measure import seconds, short, size_of, table
from benchmarks.ours import Ours, plain
from benchmarks.relevance import QUERIES, read_queries, report, score
from benchmarks.speed import warm
from mltalks.exchange.exporters import opensearch
from mltalks.exchange.exporters.catalogue_context import context_of
from mltalks.library import Library
from tests.opensearch.node import Unavailable, ask, started

ROOT = Path(__file__).parents[1]
FUNCTIONS = ROOT / "docs/examples/opensearch.sh"
# The filters of the query language, each with what finds the same in the node.
FILTERS = dict(
    re.findall(
        r"^\| `([^`]+)` \| `(\{[^`]+)` \|$", (ROOT / "docs/scaling.md").read_text("utf-8"), re.MULTILINE
    )
)
SEARCHES = ("latency", "latencey", "レイテンシ", "プルーニング", "kuberntes automl")  # of the README
MOST = 10_000  # sessions that the node lists
MEMORY = "2g"


class OpenSearch:
    """A node with a loaded export, asked with the query of docs/examples/opensearch.sh."""

    name = "OpenSearch"

    def __init__(self, address: str) -> None:
        self._address = address

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Do nothing: `talks_load` loads what mltalks exports."""

    def load(self, folder: Path) -> None:
        """Do nothing: the node is there."""

    def search(self, query: str, k: int = 10) -> list[str]:
        return [hit["_id"] for hit in self.answer(plain(query), k)["hits"]["hits"]]

    def answer(self, words: str, k: int = 10) -> Any:
        """Return the answer to words, those corrected that no session has (see `talks_search`)."""
        options = {"size": k, "track_total_hits": True}
        answer = ask(self._address, _body(words) | options)
        meant = words
        for typo in reversed(answer["suggest"]["typos"]):
            if typo["options"]:
                end = typo["offset"] + typo["length"]
                meant = meant[: typo["offset"]] + typo["options"][0]["text"] + meant[end:]
        return answer if meant == words else ask(self._address, _body(meant) | options)


def _body(words: str) -> dict[str, Any]:
    """Return what `talks_body` prints for words."""
    body: dict[str, Any] = json.loads(_template().replace('"words"', json.dumps(words)))
    return body


@cache
def _template() -> str:
    command = ["bash", "-c", f". {FUNCTIONS}; talks_body words"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def found_by_filters(address: str) -> dict[str, tuple[int, set[str]]]:
    """Return how many sessions each of FILTERS finds, and the ids of ten thousand at most."""
    lines: list[Any] = []
    for text in FILTERS.values():
        body = {"size": MOST, "_source": False, "track_total_hits": True, "query": json.loads(text)}
        lines += [{"index": "mltalks"}, body]
    answers = [answer["hits"] for answer in ask(address, lines, "_msearch")["responses"]]
    return {
        typed: (answer["total"]["value"], {hit["_id"] for hit in answer["hits"]})
        for typed, answer in zip(FILTERS, answers, strict=True)
    }


def load(library: Library, address: str, index: str, folder: Path) -> tuple[float, float]:
    """Export a library to a folder and load that; return the seconds of both."""
    catalogue = library.catalogue

    def export() -> None:
        text = opensearch.mapping(catalogue.index.thesaurus.meanings())
        (folder / "index.json").write_text(text, "utf-8")
        with (folder / "talks.ndjson").open("w", encoding="utf-8") as file:
            found = library.list("")
            file.writelines(opensearch.write(map(catalogue.session, found.docs), context_of(catalogue)))

    def send() -> None:
        command = ["bash", "-c", f". {FUNCTIONS}; talks_load {index} {folder}"]
        subprocess.run(command, env={**os.environ, "SERVER": address}, check=True, capture_output=True)

    return seconds(export), seconds(send)


def compare(library: Library, address: str, turns: int) -> None:
    """Print what both find, and how long they take."""
    ours, theirs = Ours(library), OpenSearch(address)
    engines = {one.name: one for one in (ours, theirs)}
    rows: list[list[object]] = []
    for words in SEARCHES:
        best, answer = ours.search(words), theirs.answer(words)
        same = set(best) & {hit["_id"] for hit in answer["hits"]["hits"]}
        rows.append(
            [f"`search {words}`", library.search(words).total, answer["hits"]["total"]["value"], len(same)]
        )
    for typed, (total, found) in found_by_filters(address).items():
        listed = library.list(typed)
        both = {library.catalogue.ids[doc] for doc in listed.docs} & found
        rows.append([f"`list {typed}`", listed.total, total, len(both) if total <= MOST else "-"])
    print(table(["query", *engines, "in both (search: of the ten best)"], rows))
    rows = []
    for kind, queries in KINDS.items():
        times = warm(engines, queries, turns)
        rows.append([kind, *(short(1000 * times[name] if name in times else None) for name in engines)])
    print(table(["milliseconds a warm query", *engines], rows))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.opensearch")
    parser.add_argument("--queries", type=Path, nargs="+", default=QUERIES)
    parser.add_argument("--sessions", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=5)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        try:
            with started(Path(folder), MEMORY) as address:
                measure(Path(folder), address, given.queries, given.sessions, given.turns)
        except Unavailable as reason:
            parser.exit(1, f"{reason}\n")


def measure(place: Path, address: str, files: Sequence[Path], size: int, turns: int) -> None:
    """Print everything that is measured; `place` is a folder for what that takes."""
    shipped = mltalks.open(cache=place / "cache")
    _loaded(shipped, address, "shipped", place)
    for path in files:
        queries = read_queries(path)
        print(f"## {len(queries)} queries of {path.name}\n")
        print(report({one.name: score(queries, one) for one in (Ours(shipped), OpenSearch(address))}))
    compare(shipped, address, turns)
    data = place / "generated"
    corpus.write(data, size)
    generated = mltalks.open(data, cache=place / "cache")
    _loaded(generated, address, "generated", place)
    compare(generated, address, turns)


def _loaded(library: Library, address: str, index: str, place: Path) -> None:
    """Load a library under the alias, and print what that took."""
    indexed = seconds(lambda: library.search("latency", 1))
    exported, sent = load(library, address, index, place)
    size = ask(address, {}, f"{index}/_flush") and size_of(place / "data")
    print(f"## {len(library.catalogue.ids):,} sessions\n")
    print(f"mltalks indexes in {short(indexed)} s and exports in {short(exported)} s")
    print(f"OpenSearch loads in {short(sent)} s; data of the node {short(size / 2**20)} MiB\n")


if __name__ == "__main__":
    main()
