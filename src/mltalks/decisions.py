"""A person's decisions on themes, kept in their own file: taken, and taken back.

Says nothing of what follows from them: that is `filing`'s.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mltalks.model import Decision
from mltalks.own import change

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

        table = tomlkit.table()
        table.update(decision._asdict())
        _tables(document).append(table)

    change(file, put)


def undo(file: Path) -> Decision | None:
    """Take the last decision of a file out of it and return it; None where there is none.

    Raises:
        DataError: the file cannot be read.
        MltalksError: it cannot be written.

    """

    def drop(document: "TOMLDocument") -> Decision | None:
        tables = _tables(document)
        if not tables:
            return None
        last = dict(tables[-1])
        del tables[-1]
        if not tables:
            del document[TABLE]
        return Decision(*(str(last.get(name, "")) for name in Decision._fields))  # type: ignore[arg-type]

    return change(file, drop) if file.exists() else None


def _tables(document: "TOMLDocument") -> Any:
    import tomlkit

    if TABLE not in document:
        document.append(TABLE, tomlkit.aot())
    return document[TABLE]
