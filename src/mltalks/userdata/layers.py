"""What stands of each record in which file: all layers as they were read, laid over one another field by field.

Makes no model and no index, so that a change of one record does not wait for them.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from mltalks.dataset.loader import parse_file
from mltalks.dataset.records import DataFile
from mltalks.dataset.toml import parse
from mltalks.dataset.toml_lines import line_of, positions
from mltalks.errors import DataError, NotFoundError
from mltalks.problems import Problem
from mltalks.text.folding import name_key
from mltalks.text.fuzzy import nearest
from mltalks.userdata.toml_document import spans


class Origin(NamedTuple):
    """Where a field of a record comes from: the file, and the line (from 1)."""

    path: Path
    line: int


class Standing(NamedTuple):
    """One part of a record: the layer and file in which it stands, its place in the table there, and what it says."""

    layer: int
    file: DataFile
    number: int
    values: dict[str, Any]


class Layers:
    """All records of all files, each found by its id or name."""

    def __init__(self, layers: Sequence[Sequence[Path]]) -> None:
        """Read the files of each layer.

        Raises:
            DataError: some cannot be read.

        """
        self._files: list[tuple[int, DataFile, dict[str, Any]]] = []
        problems: list[Problem] = []
        for number, layer in enumerate(layers):
            for path in layer:
                parsed = parse_file(path)
                if isinstance(parsed, Problem):
                    problems.append(parsed)
                else:
                    self._files.append((number, *parsed))
        if problems:
            raise DataError(problems)

    def records(self, table: str) -> Iterator[Standing]:
        """Yield the parts of all records of a table, in the order of the layers."""
        for number, file, document in self._files:
            entries = document.get(table, [])
            for index, values in enumerate(entries if isinstance(entries, list) else ()):
                if isinstance(values, dict):
                    yield Standing(number, file, index, values)

    def parts(self, table: str, name: str) -> list[Standing]:
        """Return the parts of one record, by its id (organizations: name), each laid over those before it."""
        key = "name" if table == "organizations" else "id"
        return [part for part in self.records(table) if part.values.get(key) == name]

    def session(self, session_id: str) -> list[Standing]:
        """Return the parts of a session.

        Raises:
            NotFoundError: there is none; the error holds the nearest ids.

        """
        parts = self.parts("sessions", session_id)
        if not parts:
            near = nearest(session_id, self.ids("sessions"), alike=0)
            raise NotFoundError('no {what} "{name}"', what="session", name=session_id[:60], nearest=near)
        return parts

    def ids(self, table: str) -> dict[str, None]:
        """Return the ids of a table, each once, in order."""
        found = (part.values.get("id") for part in self.records(table))
        return dict.fromkeys(one for one in found if isinstance(one, str))

    @cached_property
    def event_names(self) -> dict[str, str]:
        """The ids of events by all names, folded: id, name and full name."""
        return self._names("events", ("id", "name", "full_name"))

    @cached_property
    def theme_names(self) -> dict[str, str]:
        """The ids of themes by all names, folded: id, aliases and labels."""
        found = self._names("themes", ("id",))
        for part in self.records("themes"):
            name, label, aliases = (part.values.get(key) for key in ("id", "label", "aliases"))
            names = [*(label.values() if isinstance(label, dict) else ()), *(aliases or ())]
            for one in names:
                if isinstance(one, str) and isinstance(name, str):
                    found.setdefault(name_key(one), name)
        return found

    def _names(self, table: str, fields: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for field in fields:
            for part in self.records(table):
                name, said = part.values.get("id"), part.values.get(field)
                if isinstance(name, str) and isinstance(said, str):
                    found.setdefault(name_key(said), name)
        return found


def merged(parts: Sequence[Standing]) -> dict[str, Any]:
    """Return the fields of a record from all its parts."""
    found: dict[str, Any] = {}
    for part in parts:
        found |= part.values
    return found


def origins(layers: Sequence[Sequence[Path]], session_id: str) -> dict[str, Origin]:
    """Return where each field of a session comes from.

    Only the texts of records that hold the id are parsed: a file of a hundred thousand others costs a look.
    """
    found: dict[str, Origin] = {}
    for layer in layers:
        for path in layer:
            text = _text(path)
            if session_id not in text:
                continue
            for span in spans(text):
                record = text[span.start : span.end]
                if span.table == "sessions" and session_id in record:
                    first = text.count("\n", 0, span.start)
                    for field, line in _lines(path, record, session_id):
                        found[field] = Origin(path, first + line)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except OSError:
        return ""


def _lines(path: Path, record: str, session_id: str) -> Iterator[tuple[str, int]]:
    """Yield the fields of a record of that id, each with its line in the text of the record."""
    parsed = parse(path, record)
    if isinstance(parsed, Problem) or parsed["sessions"][0].get("id") != session_id:
        return
    lines = positions(record)
    for field in parsed["sessions"][0]:
        yield field, line_of(lines, ("sessions", 0, field)) or 1
