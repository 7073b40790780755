"""How fast a table of companies by themes is counted over catalogues of growing size, beside DuckDB, and in how much memory.

Usage: python -m benchmarks.crosstab [--sizes N ...] [--turns N]

Prints Markdown. Both count the same table, which is checked cell by cell, in turn and warm. DuckDB counts twice: over tables
that list each session under all its companies and themes, with those above them, like the index of mltalks; and over the ones
that a session names itself, joined with those above them, like the data files of mltalks.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import mltalks
from benchmarks import cold, corpus
from benchmarks.measure import in_turn, peak_memory, process, seconds, short, table
from mltalks.analysis.crosstab import crosstab
from mltalks.search.catalogue import Catalogue
from mltalks.search.query.nodes import Everything
from mltalks.search.selection import select

OURS, FLAT, WALKED = "mltalks", "DuckDB, rolled up", "DuckDB, walking"
Cells = dict[tuple[str, str], int]
FLAT_QUERY = "SELECT c.value, t.value, count(*) FROM company c JOIN theme t USING (session) GROUP BY ALL"
WALKED_QUERY = """
WITH c AS (SELECT DISTINCT session, above AS value FROM company_own JOIN company_above USING (value)),
     t AS (SELECT DISTINCT session, above AS value FROM theme_own JOIN theme_above USING (value))
SELECT c.value, t.value, count(*) FROM c JOIN t USING (session) GROUP BY ALL
"""


class Peer:
    """DuckDB in memory, filled from the records of a catalogue; names are enumerations, which it counts fastest."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        import duckdb  # only where it is measured

        self._db: Any = duckdb.connect()
        self._folder = folder
        for facet, field, above in (
            ("company", "companies", catalogue.organizations.with_parents),
            ("theme", "themes", lambda values: (*values, *catalogue.broader(values[0]))),
        ):
            self._fill(facet, catalogue, field, above)

    def _fill(
        self,
        facet: str,
        catalogue: Catalogue,
        field: str,
        above: Callable[[tuple[str, ...]], Iterable[str]],
    ) -> None:
        records = map(json.loads, map(catalogue.index.sessions.record, range(len(catalogue))))
        own = [(doc, value) for doc, record in enumerate(records) for value in record[field]]
        values = {value for _, value in own}
        chains = [(value, one) for value in values for one in dict.fromkeys(above((value,)))]
        self._copy(f"{facet}_own", "session INTEGER, value VARCHAR", own)
        self._copy(f"{facet}_above", "value VARCHAR, above VARCHAR", chains)
        self._db.execute(f"CREATE TYPE {facet}_name AS ENUM (SELECT DISTINCT above FROM {facet}_above)")
        self._db.execute(f"ALTER TABLE {facet}_own ALTER value TYPE {facet}_name")
        self._db.execute(f"ALTER TABLE {facet}_above ALTER value TYPE {facet}_name")
        self._db.execute(f"ALTER TABLE {facet}_above ALTER above TYPE {facet}_name")
        self._db.execute(
            f"CREATE TABLE {facet} AS SELECT DISTINCT session, above AS value"
            f" FROM {facet}_own JOIN {facet}_above USING (value)"
        )

    def _copy(self, name: str, columns: str, rows: Iterable[tuple[object, object]]) -> None:
        file = self._folder / f"{name}.tsv"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(f"{first}\t{second}\n" for first, second in rows)
        self._db.execute(f"CREATE TABLE {name} ({columns})")
        self._db.execute(f"COPY {name} FROM '{file}' (DELIMITER '\t', HEADER false, QUOTE '')")

    def ask(self, query: str) -> list[tuple[str, str, int]]:
        found: list[tuple[str, str, int]] = self._db.execute(query).fetchall()
        return found


def count(catalogue: Catalogue) -> Cells:
    """Return the table as mltalks counts it."""
    found = crosstab(select(catalogue, Everything()), "company", "theme")
    return {(row, column): sessions for row, column, sessions in found.cells()}


def measure(size: int, turns: int, place: Path) -> list[str]:
    """Return a line of the report: milliseconds, ratios and memory at one size."""
    data, env = place / "data", cold.environment(place / "cache")
    os.environ.update(env)
    corpus.write(data, size)
    cold.build_cache(data, env)
    catalogue = mltalks.open(data, cache=place / "cache").catalogue
    first = seconds(partial(count, catalogue))
    peer = Peer(catalogue, place)
    for query in (FLAT_QUERY, WALKED_QUERY):
        assert {(row, column): sessions for row, column, sessions in peer.ask(query)} == count(catalogue)
    works: Mapping[str, Callable[[], Any]] = {
        OURS: partial(count, catalogue),
        FLAT: partial(peer.ask, FLAT_QUERY),
        WALKED: partial(peer.ask, WALKED_QUERY),
    }
    took = in_turn(works, turns)
    command = (str(cold.MLTALKS), "crosstab", "company", "theme", "-o", "csv", "--data", str(data))
    whole = in_turn({"": partial(process, command, env)}, 3)[""]
    return [
        f"{size:,}",
        f"{len(count(catalogue)):,}",
        *(short(1000 * seconds_) for seconds_ in (took[OURS], took[FLAT], took[WALKED])),
        short(took[OURS] / took[FLAT]),
        short(took[OURS] / took[WALKED]),
        short(1000 * first),
        short(whole),
        f"{peak_memory(command, env) / 1024:.0f}",
    ]


HEAD = (
    "sessions", "cells", "mltalks, ms", "DuckDB rolled up, ms", "DuckDB walking, ms", "mltalks ÷ rolled up",
    "mltalks ÷ walking", "first time, ms", "whole command, s", "its peak memory, MiB",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crosstab")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--turns", type=int, default=15)
    given = parser.parse_args()
    lines = []
    for size in sorted(given.sizes):
        print(f"{size}: companies by themes", file=sys.stderr, flush=True)
        with TemporaryDirectory() as folder:
            lines.append(measure(size, given.turns, Path(folder)))
    print(f"CPython {platform.python_version()}, mltalks {version('mltalks')}, DuckDB {version('duckdb')}\n")
    print(table(HEAD, lines), end="")


if __name__ == "__main__":
    main()
