"""How well each engine finds the talks that queries are known to mean, and how often it finds some for a word of none.

Usage: python -m benchmarks.relevance [--queries FILE ...] [--absent FILE] [--data FOLDER] [--only ENGINE ...]
                                      [--without-questions]

Prints Markdown: for each file of queries a table of engines and one of categories, then a table of absent words. A file of
queries has tables [[queries]] with q, category and either `answers`, the ids of a known item, any of which is right, or
`relevant`, the ids that are about a topic with their grades (2: squarely, 1: touches it).
"""

import argparse
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from benchmarks.corpus import copy_without_questions
from benchmarks.documents import documents
from benchmarks.engines import JAPANESE, Engine
from benchmarks.fusion import Fusion
from benchmarks.measure import table
from benchmarks.metrics import ndcg, recall, reciprocal_rank
from benchmarks.ours import Ours
from benchmarks.peers import EMBEDDINGS, PEERS, peer
from benchmarks.words import SHIPPED
from mltalks.search.expansion.candidate_finder import EXPANSIONS

OWN = Path(__file__).parents[1] / "tests/data"
QUERIES = (OWN / "queries.toml", OWN / "queries_hard.toml")
ABSENT = OWN / "absent.txt"
FUSION = f"fusion of mltalks and {EMBEDDINGS}"
MEASURES = ("MRR@10", "hit@1", "hit@5", "nDCG@10", "recall@10")
ALL = "all"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, of which kind it is, and either the ids that answer it or the grades of those about it."""

    q: str
    category: str
    answers: frozenset[str]
    relevant: Mapping[str, int]

    @property
    def language(self) -> str:
        """Return the language; romaji and a mix with Japanese are Japanese."""
        japanese = JAPANESE.search(self.q) or "ja" in self.category.split("-")
        return "Japanese" if japanese else "English"

    def scores(self, found: Sequence[str]) -> dict[str, float]:
        """Return what a list of ids reaches, by measure: others for a known item than for a topic."""
        if self.relevant:
            return {"nDCG@10": ndcg(found, self.relevant), "recall@10": recall(found, self.relevant)}
        rank = reciprocal_rank(found, self.answers)
        return {"MRR@10": rank, "hit@1": float(rank == 1), "hit@5": float(rank >= 1 / 5)}


Scored = tuple[Query, Mapping[str, float]]  # a query and what was reached, by measure


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a file."""
    return [
        Query(one["q"], one["category"], frozenset(one.get("answers", ())), one.get("relevant", {}))
        for one in tomllib.loads(path.read_text("utf-8"))["queries"]
    ]


def read_words(path: Path) -> list[str]:
    """Return the words of a file with one a line; lines that start with # are comments."""
    lines = map(str.strip, path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def answered(words: Iterable[str], engine: Engine) -> list[str]:
    """Return the words for which an engine finds any session."""
    return [word for word in words if engine.search(word)]


def mean(scored: Iterable[Scored], measure: str, language: str = ALL) -> float:
    """Return the mean of a measure over the queries of a language that have it, NaN for none."""
    values = [
        scores[measure] for query, scores in scored if measure in scores and language in (ALL, query.language)
    ]
    return fmean(values) if values else nan


def score(queries: Iterable[Query], engine: Engine) -> list[Scored]:
    """Ask an engine every query."""
    return [(query, query.scores(engine.search(query.q))) for query in queries]


def engines(data: Path, only: Sequence[str], stack: ExitStack) -> Iterator[Engine]:
    """Yield mltalks, mltalks without each expansion, the peers and the fusion, each loaded; of these those in `only`, if any.

    Each index is built once: mltalks without an expansion and the fusion use those of the others. The indexes of peers are
    deleted with `stack`. A peer that is not installed is skipped.
    """
    ours = Ours()
    ours.load(data)
    yield from (one for one in (ours, *map(ours.without, sorted(EXPANSIONS))) if _wanted(one.name, only))
    found = list(documents(data))
    for name in PEERS:
        fused = name == EMBEDDINGS and _wanted(FUSION, only)
        if not fused and not _wanted(name, only):
            continue
        engine = installed(name)
        if engine is None:
            continue
        folder = Path(stack.enter_context(TemporaryDirectory()))
        engine.build(found, folder)
        engine.load(folder)
        if _wanted(name, only):
            yield engine
        if fused:
            yield Fusion(FUSION, ours, engine)


def installed(name: str) -> Engine | None:
    """Return a peer; None, with a line on standard output, if one of its packages is not installed."""
    try:
        return peer(name)
    except ImportError as error:
        print(f"Skipped {name}: {error}; `make bench` installs it\n")
        return None


def _wanted(name: str, only: Sequence[str]) -> bool:
    return not only or name in only


def report(results: Mapping[str, Sequence[Scored]]) -> str:
    """Return the tables of one file of queries: engines by measures, and categories by engines."""
    queries = [query for query, _ in next(iter(results.values()))]
    measures = [measure for measure in MEASURES if any(measure in s for _, s in next(iter(results.values())))]
    languages = (ALL, *sorted({query.language for query in queries}))
    head = ["engine", *(f"{measure}: {' / '.join(languages)}" for measure in measures)]
    rows = (
        [name, *(" / ".join(_digits(mean(scored, m, language)) for language in languages) for m in measures)]
        for name, scored in results.items()
    )
    return f"{table(head, rows)}\n{_categories(results)}"


def _categories(results: Mapping[str, Sequence[Scored]]) -> str:
    """Return the first measure of each category: MRR@10 of known items, nDCG@10 of topics."""
    keys: dict[tuple[str, str], int] = {}
    for query, scores in next(iter(results.values())):
        key = (query.category, next(iter(scores)))
        keys[key] = keys.get(key, 0) + 1
    rows = (
        [
            f"{category} ({count}), {measure}",
            *(
                _digits(mean((one for one in scored if one[0].category == category), measure))
                for scored in results.values()
            ),
        ]
        for (category, measure), count in keys.items()
    )
    return table(["category (number of queries)", *results], rows)


def report_absent(results: Mapping[str, Sequence[str]], words: int) -> str:
    """Return the table of the words that no session says or means, and those for which mltalks finds sessions."""
    rows = ([name, _digits(len(found) / words)] for name, found in results.items())
    ours = results.get("mltalks")
    listed = f"\nmltalks finds sessions for: {', '.join(ours)}\n" if ours else ""
    return table(["engine", "share of words with sessions"], rows) + listed


def _digits(number: float) -> str:
    if isnan(number):
        return "-"
    return f"{number:.2f}".removeprefix("0") if number < 0.995 else "1"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance")
    parser.add_argument("--queries", type=Path, nargs="+", default=QUERIES)
    parser.add_argument("--absent", type=Path, default=ABSENT)
    parser.add_argument("--data", type=Path, default=SHIPPED)
    parser.add_argument("--only", nargs="*", default=[], metavar="ENGINE")
    parser.add_argument("--without-questions", action="store_true")
    given = parser.parse_args()
    sets = [read_queries(path) for path in given.queries]
    words = read_words(given.absent)
    found: dict[str, tuple[list[list[Scored]], list[str]]] = {}
    with ExitStack() as stack:
        data = given.data
        if given.without_questions:
            data = Path(stack.enter_context(TemporaryDirectory())) / "data"
            copy_without_questions(given.data, data)
        print(
            f"{sum(1 for _ in documents(data))} sessions{' without their questions' * given.without_questions}\n"
        )
        for engine in engines(data, given.only, stack):
            found[engine.name] = ([score(queries, engine) for queries in sets], answered(words, engine))
    if not found:
        parser.exit(1, f"none of these engines can be measured: {', '.join(given.only)}\n")
    for number, path in enumerate(given.queries):
        print(f"## {len(sets[number])} queries of {path.name}\n")
        print(report({name: scored[number] for name, (scored, _) in found.items()}))
    print(f"## {len(words)} words of {given.absent.name} that no session says or means\n")
    print(report_absent({name: answers for name, (_, answers) in found.items()}, len(words)))


if __name__ == "__main__":
    main()
