"""How well each engine finds the talks that queries are known to mean.

Usage: python -m benchmarks.relevance [--queries FILE] [--data FOLDER] [--only ENGINE ...]

Prints, as Markdown, MRR@10, hit@1 and hit@5 over all queries and the MRR@10 by category. The file of queries has tables
[[queries]] with q, category and answers (ids, any of which is right).
"""

import argparse
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.documents import documents
from benchmarks.engines import Engine
from benchmarks.measure import table
from benchmarks.ours import MEANS, Ours
from benchmarks.peers import PEERS, peer
from benchmarks.words import SHIPPED

ROOT = Path(__file__).parents[1]
QUERIES = (ROOT.parent / "shared/eval/queries.toml", ROOT / "tests/data/queries.toml")


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, of which kind it is, and the ids that answer it."""

    q: str
    category: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over queries, each between 0 and 1."""

    mrr: float
    hit1: float
    hit5: float


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a file."""
    tables = tomllib.loads(path.read_text("utf-8"))["queries"]
    return [Query(one["q"], one["category"], tuple(one["answers"])) for one in tables]


def rank(engine: Engine, query: Query) -> int | None:
    """Return the place, from 1, of the first right id among ten; None when there is none."""
    for place, found in enumerate(engine.search(query.q, 10), start=1):
        if found in query.answers:
            return place
    return None


def score(ranks: Sequence[int | None]) -> Score:
    """Return the means over the ranks of some queries.

    >>> score([1, 2, None, 1])
    Score(mrr=0.625, hit1=0.5, hit5=0.75)
    """
    places = [place for place in ranks if place is not None]
    of = len(ranks)
    return Score(
        sum(1 / place for place in places) / of,
        sum(place == 1 for place in places) / of,
        sum(place <= 5 for place in places) / of,
    )


def engines(only: Sequence[str]) -> Iterator[Engine]:
    """Yield mltalks, mltalks without each of its means, and the peers; of these the named ones, when any are."""
    wholes = [Ours(), *(Ours(frozenset({means})) for means in MEANS)]
    yield from (engine for engine in wholes if not only or engine.name in only)
    yield from (peer(name) for name in PEERS if not only or name in only)


def ranks(engine: Engine, queries: Sequence[Query], data: Path) -> list[int | None] | None:
    """Return the rank of each query's answer; None when this mltalks cannot leave out what is asked."""
    with TemporaryDirectory() as folder:
        place = data if isinstance(engine, Ours) else Path(folder)
        engine.build(documents(data), place)
        try:
            engine.load(place)
            return [rank(engine, query) for query in queries]
        except TypeError:
            if isinstance(engine, Ours) and engine.name != "mltalks":
                return None
            raise


def report(queries: Sequence[Query], data: Path, only: Sequence[str]) -> str:
    """Return both tables."""
    results = {engine.name: ranks(engine, queries, data) for engine in engines(only)}
    known = {name: found for name, found in results.items() if found is not None}
    overall = table(
        ["engine", "MRR@10", "hit@1", "hit@5"],
        ([name, *map(_digits, (total.mrr, total.hit1, total.hit5))] for name, total in _totals(known)),
    )
    names = list(known)
    rows = []
    for category in dict.fromkeys(query.category for query in queries):
        chosen = [i for i, query in enumerate(queries) if query.category == category]
        scores = (score([known[name][i] for i in chosen]).mrr for name in names)
        rows.append([f"{category} ({len(chosen)})", *map(_digits, scores)])
    return f"{overall}\nMRR@10 by category (number of queries):\n\n{table(['category', *names], rows)}"


def _totals(known: dict[str, list[int | None]]) -> Iterator[tuple[str, Score]]:
    yield from ((name, score(found)) for name, found in known.items())


def _digits(number: float) -> str:
    return f"{number:.2f}".removeprefix("0") if number < 1 else "1"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance")
    parser.add_argument("--queries", type=Path, default=next((p for p in QUERIES if p.exists()), QUERIES[-1]))
    parser.add_argument("--data", type=Path, default=SHIPPED)
    parser.add_argument("--only", nargs="*", default=[], metavar="ENGINE")
    given = parser.parse_args()
    queries = read_queries(given.queries)
    print(
        f"{len(queries)} queries of {given.queries.name}, {sum(1 for _ in documents(given.data))} sessions\n"
    )
    print(report(queries, given.data, given.only))


if __name__ == "__main__":
    main()
