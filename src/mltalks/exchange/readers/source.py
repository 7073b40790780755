"""The interface of importers: the importer, the source that it reads, and the drafts that it yields.

Does not depend on any format or on the catalogue.
"""

import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NamedTuple

from mltalks.dataset.files import opened
from mltalks.errors import DataError
from mltalks.messages import Message
from mltalks.problems import Problem

LONGEST_LINE = 8_000_000  # characters of a line or record; a longer one is no talk
NONE: Mapping[str, Any] = MappingProxyType({})
_MOST_KEYS = 1_000  # that are noted as not used


class Draft(NamedTuple):
    """A session of a source, in the fields of a data file; fields that the source lacks are left out.

    `fields` are those of `[[sessions]]`, with an id and an event only if the source has them. `event` has the fields of
    `[[events]]`. `name` is the name of the record in messages, `line` counts from 1. `row`: it is a row of a table, which may
    have another row for each author of the talk. `numbered`: its id is one of the source alone, and counts within its event.
    `foreign_id`: its id is that of another program, or made of one, by which a talk is known again, but changes only on request.
    `event_record`: its event is a record of `[[events]]`, whose every value counts, also for a known event.
    `earlier_ids` are others by which the talk may be known, from other exports of the program.
    `unique`: no other talk is likely to have its id, in whatever event.
    `named_by_file`: its event is only named by the file that it is in.
    `cited`: its id is the key of a bibliography, in which another one may have another work.
    `tagged`: its keywords are from a column of tags, and tags of the user if the talk is a shipped one.
    """

    fields: Mapping[str, Any]
    event: Mapping[str, Any] = NONE
    path: Path | None = None
    line: int | None = None
    name: str | None = None
    row: bool = False
    numbered: bool = False
    foreign_id: bool = False
    cited: bool = False
    unique: bool = False
    earlier_ids: tuple[str, ...] = ()
    event_record: bool = False
    named_by_file: bool = False
    tagged: bool = False


class LeftOut(Problem):
    """The problem that a record is no talk by its type or title, such as a book or a break."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class NotTaken(LeftOut):
    """The problem that a talk is not imported for what its program says of it: it was cancelled, refused, or is not decided yet."""

    draft: Draft = field(default_factory=lambda: Draft(NONE))


Found = Iterator[Draft | Problem]


def without_absent(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields without empty ones: None, and empty lists and texts."""
    return {name: value for name, value in fields.items() if value not in (None, [], "", {})}


def list_of(value: Any) -> list[Any]:
    """Return a list; an empty one for any other value."""
    return value if isinstance(value, list) else []


def tables(value: Any) -> list[dict[str, Any]]:
    """Return the objects in a list."""
    return [one for one in list_of(value) if isinstance(one, dict)]


class Source(NamedTuple):
    """The source of an import: a file or standard input as bytes, or a folder (`opened` is None).

    `path` is as typed; `mapping` are columns or keys of the source by field, as given with --map, and override the known ones;
    `encoding` is that of the text. `unread` gets the columns and keys that no field takes. With `titles`, a text in place of a record is a title, and only problems of sessions are
    reported. With `undecided`, proposals whose status does not say that they are accepted are read, too. `as_keywords` gets the columns and
    keys of tags that are read as keywords, `organizations` records of organizations, `kinds` what kinds are read as, by name.
    """

    path: Path
    opened: IO[bytes] | None
    mapping: Mapping[str, str] = NONE
    encoding: str = "utf-8-sig"
    titles: bool = False
    unread: dict[str, None] | None = None
    undecided: bool = False
    as_keywords: dict[str, None] | None = None
    organizations: list[Mapping[str, Any]] | None = None
    kinds: dict[str, str] | None = None

    def text(self, most: int | None = None) -> str:
        """Return the whole source as text, with line feeds as line ends.

        Raises DataError: it cannot be read, is not text in its encoding, or is longer than `most` characters.
        """
        content = b""
        try:
            content = self.opened.read() if self.opened else content
            text = content.decode(self.encoding).replace("\r\n", "\n").replace("\r", "\n")
        except (OSError, ValueError) as error:
            raise self.failure(error, content.count(b"\n", 0, getattr(error, "start", 0)) + 1) from None
        if most is not None and len(text) > most:
            raise self.unreadable(
                "is larger than {size} MB, the limit for a list of talks", size=most // 1_000_000
            )
        return text

    def reader(self, errors: str = "strict") -> io.TextIOWrapper:
        """Return a reader of the text, with line ends unchanged; `errors` is as in `bytes.decode`."""
        return io.TextIOWrapper(
            self.opened or io.BytesIO(), encoding=self.encoding, errors=errors, newline=""
        )

    def draft(
        self,
        fields: Mapping[str, Any],
        event: Mapping[str, Any] = NONE,
        *,
        line: int | None = None,
        name: str | None = None,
    ) -> Draft:
        """Return a draft of the fields that are not empty; `name` is by default its title."""
        some = without_absent(fields)
        return Draft(some, without_absent(event), self.path, line, name or some.get("title"))

    def beside(self, path: Path, limit: int) -> "Source":
        """Return another file as a source, read into memory; `limit` is in bytes.

        Raises DataError: it cannot be read, or is larger.
        """
        other = self._replace(path=path)
        try:
            with opened(path) as file:
                content = file.read(limit + 1)
        except (OSError, ValueError) as error:
            raise other.failure(error) from None
        if len(content) > limit:
            raise other.unreadable(
                "is larger than {size} MB, the limit for one talk", size=limit // 1_000_000
            )
        return other._replace(opened=io.BytesIO(content))

    def not_used(self, record: Mapping[str, Any], read: Collection[str] = ()) -> None:
        """Note the keys of a record that have a value and are not among those that are read."""
        if self.unread is not None and len(self.unread) < _MOST_KEYS:
            self.unread.update(
                (key, None)
                for key, value in record.items()
                if key not in read and value not in (None, [], "", {}, False)
            )

    def kind(self, typed: object, kind: object) -> None:
        """Note what the name of a kind is read as."""
        if (
            self.kinds is not None
            and isinstance(typed, str)
            and isinstance(kind, str)
            and len(self.kinds) < _MOST_KEYS
        ):
            self.kinds[typed] = kind

    def problem(
        self, template: str, *, line: int | None = None, name: str | None = None, **values: object
    ) -> Problem:
        """Return the problem of a record that is not imported."""
        return Problem.of(self.path, template, line, name, **values)

    def not_taken(self, draft: Draft, template: str, **values: object) -> NotTaken:
        """Return the problem that the talk of a draft is not imported; if it is in the data already, its id is named."""
        return NotTaken(
            self.path, draft.line, draft.name, None, Message(template, values), "warning", draft=draft
        )

    def no_talk(
        self, template: str, *, line: int | None = None, name: str | None = None, **values: object
    ) -> LeftOut:
        """Return the problem that a record is no talk, and is not imported."""
        return LeftOut.of(self.path, template, line, name, "warning", **values)

    def warning(
        self, template: str, *, line: int | None = None, name: str | None = None, **values: object
    ) -> Problem:
        """Return the problem of a record that is imported without some value."""
        return Problem.of(self.path, template, line, name, "warning", **values)

    def failure(self, error: OSError | ValueError, line: int | None = None) -> DataError:
        """Return the error that the bytes cannot be read, or are not text in the encoding from some line on."""
        if not isinstance(error, UnicodeDecodeError):
            return DataError([Problem.unreadable(self.path, error)], loaded=False)
        if self.titles:
            return self.unreadable("not UTF-8 text; save the file as UTF-8", line=line)
        name = self.encoding.removesuffix("-sig").upper()
        return self.unreadable(
            "not {encoding} text; set its encoding with --encoding", line=line, encoding=name
        )

    def too_long(self, line: int, name: str | None, count: int) -> Problem:
        """Return the problem that a record is longer than a number of characters."""
        return self.problem(
            "is longer than {count} characters, the limit for one field", line=line, name=name, count=count
        )

    def unreadable(self, template: str, *, line: int | None = None, **values: object) -> DataError:
        """Return the error that the source cannot be read at all."""
        return DataError([Problem.of(self.path, template, line, **values)], loaded=False)


class Importer(NamedTuple):
    """A format of imported sessions.

    `read` yields a draft for each session and a problem for each record that it skips; it raises DataError (see
    `Source.unreadable`) if the rest cannot be read. `recognises` takes the name of a file in lower case and the first 4,096
    characters of its text, and returns whether the text is surely in the format. `endings` are those of file names, in lower
    case with their dot; they count if no importer recognises the text.
    """

    read: Callable[[Source], Found]
    recognises: Callable[[str, str], bool] = lambda _name, _head: False
    endings: tuple[str, ...] = ()
