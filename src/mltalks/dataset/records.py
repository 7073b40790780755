"""A record of a data file as it was read: its fields, and the file and line that each comes from.

Does not check the fields: `schema` and `reference_checks` do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from mltalks.dataset.schema import Violation
from mltalks.dataset.toml import lines as toml_lines
from mltalks.messages import Message
from mltalks.problems import Problem


@dataclass(frozen=True)
class DataFile:
    """One TOML file as text; its lines are counted only when a problem has to be placed."""

    path: Path
    text: str

    @cached_property
    def lines(self) -> dict[toml_lines.Path, int]:
        """The line of each path in the document."""
        return toml_lines.positions(self.text)

    def line(self, *path: str | int) -> int | None:
        """Return the line of `path`, or of what surrounds it."""
        return toml_lines.line_of(self.lines, path)


@dataclass(frozen=True)
class Record:
    """One record of one or more files: its fields, and the file and place that each field comes from."""

    table: str
    values: dict[str, Any]
    origins: dict[str, tuple[DataFile, int]]
    home: tuple[DataFile, int]
    broken: frozenset[str] = frozenset()
    under: "Record | None" = None  # the record of earlier layers, if this one has another event

    @property
    def name(self) -> str | None:
        """What the record is called in a message: its id or name."""
        name = self.values.get("id") or self.values.get("name")
        return name if isinstance(name, str) else None

    def problem(
        self,
        path: Sequence[str | int],
        template: str,
        *,
        severity: Literal["error", "warning"] = "error",
        nearest: Sequence[str] = (),
        **values: object,
    ) -> Problem:
        """Return a problem at a path (keys and indices) within this record, with its file and line."""
        return self.violated(Violation(tuple(path), template, values, tuple(nearest), severity))

    def violated(self, violation: Violation) -> Problem:
        """Return a violation of the schema by this record, with its file and line."""
        first = str(violation.path[0]) if violation.path else ""
        file, index = self.origins.get(first, self.home)
        return Problem(
            path=file.path,
            line=file.line(self.table, index, *violation.path),
            record=self.name or f"{self.table}[{index}]",
            field=field_name(violation.path) or None,
            message=Message(violation.template, violation.values),
            severity=violation.severity,
            nearest=violation.nearest,
        )


def field_name(path: Sequence[str | int]) -> str:
    """Return a path as text.

    >>> field_name(("speakers", 0, "name"))
    'speakers[0].name'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
