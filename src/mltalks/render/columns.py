"""Columns of what commands print, each declared once: its type, the source of its value, and how it is shown.

Does not depend on a command, a format or the width of a terminal.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter, itemgetter
from typing import Any, Literal, NamedTuple

from mltalks.render import value_types as t

Record = dict[str, Any]
# How a terminal draws the value of a column; `render.cell_texts` or, if it is more than text, `render.terminal.cells` has a function for each.
CellKind = Literal[
    "text", "word", "faint word", "side", "title", "hit title", "track", "companies", "event", "links", "id", "theme id", "themes", "inferred themes",
    "theme", "theme counts", "theme scores", "keywords", "summary", "answers", "gap", "parts", "speakers", "all speakers", "value", "named", "language", "percent", "score", "flag", "date", "time", "roles", "words", "status", "evidence", "shared", "organization", "change", "bar", "balance", "sparkline",
]  # fmt: skip


class Column(NamedTuple):
    """A column of a table, and a property of a JSON object.

    `get` returns its value from a result, or is the path of an attribute (by default, its name); `derived` returns it from a
    record that lacks it. `absent` is what plain text and Markdown print for None. `only` limits the formats that have it: "json",
    "fields" (text, and JSON if `--fields` names it), "named" (if `--fields` names it), or "table". A property that is not
    `required` may be absent. `heading` is the key of its heading, by default its name.

    A table gives a column up to `share` of the width before others get more, and at least `least` cells; a `whole` one is never
    broken. If records are drawn as lines, each value is `labelled` with its
    heading.
    """

    name: str
    type: t.ValueType
    get: str | Callable[[Any], Any] = ""
    only: Literal["json", "fields", "named", "table"] | None = None
    required: bool = True
    heading: str = ""
    cell: CellKind = "text"
    style: str = ""
    share: float = 1
    least: int = 10
    whole: bool = False
    labelled: bool = True
    derived: Callable[[Record], Any] | None = None
    absent: str = ""

    @property
    def stored(self) -> bool:
        """Whether every record holds the value in JSON."""
        return self.only in (None, "json")

    @property
    def unbroken(self) -> bool:
        """Whether a table never breaks the value into lines."""
        return self.whole or self.type.solid or self.type is t.LINK

    @property
    def head(self) -> str:
        """The key of its heading."""
        return self.heading or self.name

    def of(self, record: Record) -> Any:
        """Return the plain value of a record."""
        return self.derived(record) if self.derived else record[self.name]

    def text(self, record: Record) -> str:
        """Return the value of a record as plain text."""
        value = self.of(record)
        return self.absent if value is None else self.type.text(value)

    def value(self, result: Any) -> Any:
        """Return the plain value of a result."""
        get = attrgetter(self.get or self.name) if isinstance(self.get, str) else self.get
        return self.type.convert(get(result))


def of_type(kind: t.ValueType, *names: str, part: str = "") -> tuple[Column, ...]:
    """Return columns of one type, each with the attribute of its name: of a result, or of a part of it."""
    return tuple(Column(name, kind, f"{part}.{name}" if part else name) for name in names)


def record(columns: Iterable[Column], result: Any, **given: Any) -> Record:
    """Return a result as a record: for each column the given value, else the value from the result, if the column has one."""
    return {
        one.name: given[one.name] if one.name in given else one.value(result)
        for one in columns
        if one.name in given or one.stored or one.get
    }


def object_schema(columns: Iterable[Column]) -> t.Schema:
    """Return the JSON Schema of a record."""
    stored = [one for one in columns if one.stored]
    return {
        "type": "object",
        "properties": {one.name: one.type.schema for one in stored},
        "required": [one.name for one in stored if one.required],
    }


def attributes(**types: t.ValueType) -> tuple[Column, ...]:
    """Return columns of these names and types, each with the attribute of its name."""
    return tuple(Column(name, kind) for name, kind in types.items())


def an_object(*columns: Column, **types: t.ValueType) -> t.ValueType:
    """Return the type of an object with these properties."""
    all_columns = (*columns, *attributes(**types))
    return t.ValueType(object_schema(all_columns), lambda result: record(all_columns, result))


def objects(*columns: Column, **types: t.ValueType) -> t.ValueType:
    """Return the type of a list of objects with these properties."""
    one = an_object(*columns, **types)
    return t.ValueType(
        {"type": "array", "items": one.schema}, lambda results: list(map(one.convert, results))
    )


def tuples(**types: t.ValueType) -> t.ValueType:
    """Return the type of a list of objects that are made of tuples, whose items have these types."""
    return objects(*(Column(name, kind, itemgetter(at)) for at, (name, kind) in enumerate(types.items())))
