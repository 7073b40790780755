"""The database of an index, as several threads may read it at once.

Does not know its tables.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from threading import RLock
from typing import Any

Row = tuple[Any, ...]
_AT_ONCE = 1000  # rows


def stored_value(db: sqlite3.Connection, name: str) -> str:
    """Return a value that an index holds about the whole of it, or "" without one."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


class Database:
    """A connection that one thread at a time uses, for as long as it reads rows.

    SQLite itself allows several, but Python keeps one statement for each text of a query, which they would share.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._one = RLock()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a query."""
        with self._one:
            return self._db.execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[object] = ()) -> Row | None:
        """Return the first row of a query, None without any."""
        with self._one:
            found: Row | None = self._db.execute(query, values).fetchone()
            return found

    def each(self, query: str) -> Iterator[Row]:
        """Yield the rows of a query over a whole table, which may be long."""
        with self._one:
            cursor = self._db.execute(query)
            some = cursor.fetchmany(_AT_ONCE)
        while some:
            yield from some
            with self._one:
                some = cursor.fetchmany(_AT_ONCE)

    def close(self) -> None:
        """Close the connection."""
        with self._one:
            self._db.close()
