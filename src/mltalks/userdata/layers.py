"""All records of all files, each as parts, one for each file that has it, merged in the order of the files.

Does not build a model or an index: a change of one record needs neither.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from mltalks.dataset.files import content_of, read_text
from mltalks.dataset.loader import parse_file
from mltalks.dataset.record_texts import record_texts
from mltalks.dataset.toml.lines import line_of, positions
from mltalks.dataset.toml.parser import parse
from mltalks.errors import DataError, NotFoundError
from mltalks.messages import excerpt
from mltalks.problems import Problem
from mltalks.text.folding import name_key
from mltalks.text.fuzzy import nearest
from mltalks.userdata.record_file import RecordFile
from mltalks.userdata.toml_document import spans

# Files that are read before the user data, the user data, and files that are read after them.
Layer = Literal["below", "user", "above"]
OF_EVENTS = (
    "sessions",
    "members",
    "committee_tallies",
    "track_tallies",
)  # tables whose records are of an event
ANNOTATIONS = {"id", "tags", "mark", "note"}
Documents = Mapping[Path, RecordFile]
# The fields that hold the names of a record, by priority.
NAMES = {
    "events": ("id", "name", "full_name"),
    "themes": ("id", "label", "aliases"),
    "organizations": ("name", "name_ja", "aliases"),
}


class Origin(NamedTuple):
    """Where a field of a record comes from: the file, and the line (from 1)."""

    path: Path
    line: int


class RecordPart(NamedTuple):
    """The part of a record in one file, where it is the `number`th of its table (from 0)."""

    layer: Layer
    file: Path
    number: int
    table: str
    records: RecordFile

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the record."""
        return self.records.record(self.table, self.number)


class Layers:
    """The records of parsed files, by their paths, found by id or name; those of later layers and files are merged last."""

    def __init__(self, below: Documents, user: Documents, above: Documents) -> None:
        self._layers: dict[Layer, Documents] = {"below": below, "user": user, "above": above}
        self._parts: dict[str, dict[str, list[RecordPart]]] = {}

    @classmethod
    def read(
        cls, below: Sequence[Path], above: Sequence[Path], is_valid: Callable[[Path], bool] = lambda _: False
    ) -> "Layers":
        """Read the files that are loaded before and after the user data; one that is known to be valid is not parsed.

        Raises DataError: some cannot be read.
        """
        files = {path: _file(path, valid=is_valid(path)) for path in (*below, *above)}
        problems = [found for found in files.values() if isinstance(found, Problem)]
        if problems:
            raise DataError(problems)
        read = {path: found for path, found in files.items() if not isinstance(found, Problem)}
        return cls({path: read[path] for path in below}, {}, {path: read[path] for path in above})

    def with_user_data(self, documents: Documents) -> "Layers":
        """Return these layers with the files of the user data."""
        return Layers(self._layers["below"], documents, self._layers["above"])

    def parts(self, table: str, name: str) -> list[RecordPart]:
        """Return the parts of the record of that id (organizations: name), in the order in which they are merged."""
        return self._by_id(table).get(name, [])

    def session(self, session_id: str) -> list[RecordPart]:
        """Return the parts of a session.

        Raises NotFoundError: there is none; the error holds the nearest ids.
        """
        parts = self.parts("sessions", session_id)
        if not parts:
            near = nearest(session_id, self.ids("sessions"))
            raise NotFoundError.named("session", session_id, near)
        return parts

    def shipped(self, session_id: str) -> dict[str, Any]:
        """Return a session as the files below the user data have it; empty if none has it."""
        return merged(part for part in self.parts("sessions", session_id) if part.layer == "below")

    def own(self, tables: Iterable[str] = ("sessions", "events")) -> set[str]:
        """Return the ids (organizations: names) that are the user's: made, or changed in more than tags, marks and notes."""
        return {
            name
            for table in tables
            for name, parts in self._by_id(table).items()
            if parts[0].layer != "below"
            or any(part.layer != "below" and not part.values.keys() <= ANNOTATIONS for part in parts)
        }

    def count_of_event(self, event: str) -> int:
        """Return how many records of other tables are of an event, in any file."""
        return sum(
            one.get("event") == event
            for files in self._layers.values()
            for records in files.values()
            for table in OF_EVENTS
            for one in records.records(table).values()
        )

    def with_decisions(self, part: RecordPart, name: str) -> list[RecordPart]:
        """Return the user's only part of a session, and the user's decisions on its themes."""
        return [part, *(one for one in self.parts("decisions", name) if one.layer == "user")]

    def ids(self, table: str) -> Collection[str]:
        """Return the ids (organizations: names) of a table, each once, in order."""
        return self._by_id(table).keys()

    def cited(self, key: str) -> list[str]:
        """Return the ids of the sessions to which the user data give a citation key, in any case; none for the id of a session."""
        return [] if key in self._by_id("sessions") else self._cited.get(key.casefold(), [])

    @cached_property
    def _cited(self) -> Mapping[str, list[str]]:
        """The ids of the sessions with a citation key in the user data, by these keys in lower case."""
        found: dict[str, list[str]] = {}
        for name, parts in self._by_id("sessions").items():
            for part in parts:
                own = part.layer == "user" and part.records.may_have("sessions", part.number, "citation_key")
                if own and (key := part.values.get("citation_key")):
                    found.setdefault(str(key).casefold(), []).append(name)
        return found

    def named(self, table: str, typed: str) -> str | None:
        """Return the id (organizations: name) of the record of that name, up to case, width and punctuation.

        Raises NotFoundError: it is the name of several; the error holds them.
        """
        key = name_key(typed)
        for field in NAMES[table]:
            found = [
                name
                for name, parts in self._by_id(table).items()
                if any(name_key(one) == key for part in parts for one in _spellings(part.values.get(field)))
            ]
            if len(found) > 1:
                raise NotFoundError.several(table[:-1], typed, found)
            if found:
                return found[0]
        return None

    def resolve(self, table: str, typed: str) -> str:
        """Return the id (organizations: name) of the record that a typed name means.

        This is the rule for every name of an event, theme or organization that a command writes: a known name in any
        case, width and punctuation. Parts of names and typos, which a query accepts, need the index and are errors.

        Raises NotFoundError: there is none; the error holds the nearest.
        """
        found = typed if typed in self.ids(table) else self.named(table, typed)
        if found is None:
            near = nearest(typed, self.ids(table))
            raise NotFoundError('no {what} "{name}"', what=table[:-1], name=excerpt(typed), nearest=near)
        return found

    def _by_id(self, table: str) -> dict[str, list[RecordPart]]:
        if table not in self._parts:
            found = self._parts[table] = {}
            for layer, files in self._layers.items():
                for path, records in files.items():
                    for number, name in records.names(table):
                        found.setdefault(name, []).append(RecordPart(layer, path, number, table, records))
        return self._parts[table]


def _file(path: Path, *, valid: bool) -> RecordFile | Problem:
    """Return the records of a file, or why it cannot be read."""
    if valid:
        text = read_text(path)
        texts = None if isinstance(text, Problem) else record_texts(text.replace("\r\n", "\n"))
        if texts is not None:
            return RecordFile.of_texts(texts)
    parsed = parse_file(path)
    return parsed if isinstance(parsed, Problem) else RecordFile(parsed[1])


def _spellings(value: Any) -> Iterator[str]:
    """Yield the texts of a field: itself, or those of a list or of a mapping."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return (one for one in parts if isinstance(one, str))


def merged(parts: Iterable[RecordPart]) -> dict[str, Any]:
    """Return the fields of a record from its parts; later parts override earlier ones."""
    found: dict[str, Any] = {}
    for part in parts:
        found |= part.values
    return found


def origins(
    layers: Sequence[Sequence[Path]], record_id: str, table: Literal["sessions", "events"] = "sessions"
) -> dict[str, Origin]:
    """Return the origin of each field of a session or an event.

    Only the texts of records that contain the id are parsed, to be fast in a large file.
    """
    found: dict[str, Origin] = {}
    for layer in layers:
        for path in layer:
            text = _text(path)
            if record_id not in text:
                continue
            for span in spans(text):
                record = text[span.start : span.end]
                if span.table == table and record_id in record:
                    first = text.count("\n", 0, span.start)
                    for field, line in _lines(path, record, record_id, table):
                        found[field] = Origin(path, first + line)
    return found


def _text(path: Path) -> str:
    with suppress(OSError):
        return content_of(path).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return ""


def _lines(path: Path, record: str, record_id: str, table: str) -> Iterator[tuple[str, int]]:
    """Yield the fields of a record of that id, each with its line in the text of the record."""
    parsed = parse(path, record)
    if isinstance(parsed, Problem) or parsed[table][0].get("id") != record_id:
        return
    lines = positions(record)
    for field in parsed[table][0]:
        yield field, line_of(lines, (table, 0, field)) or 1
