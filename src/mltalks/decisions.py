"""A person's decisions on themes, kept in their own file: taken, and taken back.

Says nothing of what follows from them: that is `filing`'s.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mltalks.errors import DataError
from mltalks.messages import Message
from mltalks.model import Decision
from mltalks.own import change
from mltalks.problems import Problem

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

TABLE = "decisions"


def take(file: Path, decision: Decision) -> None:
    """Put a decision at the end of a file; it wins over those on the same session and theme before it.

    Raises:
        DataError: the file cannot be read.
        MltalksError: it cannot be written.

    """

    def put(document: "TOMLDocument") -> None:
        import tomlkit

        tables = _tables(file, document)
        table = tomlkit.table() if isinstance(tables, tomlkit.items.AoT) else tomlkit.inline_table()
        table.update(decision._asdict())
        tables.append(table)

    change(file, put)


def undo(file: Path) -> Decision | None:
    """Take the last decision of a file out of it and return it; None where there is none.

    Raises:
        DataError: the file cannot be read.
        MltalksError: it cannot be written.

    """

    def drop(document: "TOMLDocument") -> Decision | None:
        tables = _tables(file, document) if TABLE in document else []
        if not tables:
            return None
        last = dict(tables[-1])
        del tables[-1]
        if not tables:
            del document[TABLE]
        return Decision(*(str(last.get(name, "")) for name in Decision._fields))  # type: ignore[arg-type]

    return change(file, drop) if os.path.exists(file) else None  # noqa: PTH110 - never raises


def _tables(file: Path, document: "TOMLDocument") -> Any:
    """Return the decisions of a file, to be changed.

    Raises:
        DataError: something else stands under their name.

    """
    import tomlkit

    if TABLE not in document:
        document.append(TABLE, tomlkit.aot())
    tables: Any = document[TABLE]
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        message = Message("expected tables, each under [[{table}]]", {"table": TABLE})
        raise DataError([Problem(file, None, None, None, message)])
    return tables
