"""Types of values in the output of commands: their JSON Schema, and their text in one cell.

Does not depend on a command or a format.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, Self

Schema = dict[str, Any]
INDENT = "\u2003"  # EM SPACE, which Markdown keeps at the beginning of a cell


def text_of(value: Any) -> str:
    """Return a plain value, or a list of plain values, as text in one cell; an absent value is empty.

    >>> text_of(["a", "b"]), text_of(None), text_of(True)
    ('a; b', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(map(text_of, value)) if isinstance(value, list) else str(value)


class ValueType(NamedTuple):
    """The type of a column's values.

    `convert` makes the plain value of a record from that of a result, `text` makes one cell of text from the plain value.
    Numbers are aligned to the right; numbers and pictures are `solid`: a table never breaks them.
    """

    schema: Schema
    convert: Callable[[Any], Any] = lambda value: value
    text: Callable[[Any], str] = text_of
    number: bool = False
    picture: bool = False

    @property
    def solid(self) -> bool:
        """Whether the value is drawn on one line."""
        return self.number or self.picture

    def worded(self, text: str | Callable[[Any], str]) -> Self:
        """Return the type of a list with the text of each of its values: a template, or a function that returns it."""
        one = text.format_map if isinstance(text, str) else text
        return self._replace(text=lambda values: "; ".join(map(one, values)))


def number(kind: str | list[str] = "integer", **limits: int) -> ValueType:
    """Return the type of a number; `limits` are keywords of JSON Schema."""
    return ValueType({"type": kind, **limits}, number=True)


def rounded(of: ValueType, digits: int) -> ValueType:
    """Return the type of a number, or None, with a fixed number of decimals."""
    return of._replace(convert=lambda value: None if value is None else round(value, digits))


def one_of(*values: str | None) -> ValueType:
    """Return the type of a value that is one of some."""
    return ValueType({"enum": list(values)})


TEXT = ValueType({"type": "string"})
TEXT_OR_NULL = ValueType({"type": ["string", "null"]})
TEXTS = ValueType({"type": "array", "items": TEXT.schema}, list)
FLAG = ValueType({"type": "boolean"})
FLAG_OR_NULL = ValueType({"type": ["boolean", "null"]})
LINK = ValueType({"type": ["string", "null"], "pattern": "^https?://"})
COUNT = number(minimum=0)
COUNT_OR_NULL = number(["integer", "null"], minimum=0)
YEAR = number(minimum=1900, maximum=2200)
LINE = number(["integer", "null"], minimum=1)
SCORE = number("number", minimum=0)
SHARE = rounded(number("number", minimum=0, maximum=1), 3)
SHARE_OR_NULL = rounded(number(["number", "null"], minimum=0, maximum=1), 3)
REAL_OR_NULL = number(["number", "null"])
PICTURE = ValueType({}, picture=True)
