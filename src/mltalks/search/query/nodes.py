"""The syntax tree of a query: its nodes, how they are combined, and how they are written as text.

Does not read text, `parser` does, and does not look up names, `matcher` does.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeGuard

from mltalks.search.query.fields import TextField

_PLAIN_VALUE = r'[^\s"(),，、:：/|][^\s"(),，、|]*'


class _Node:
    """A plain value, equal to a node of the same class with equal values. Seven dataclasses would take 2 ms to create."""

    __slots__: tuple[str, ...] = ()
    __match_args__: tuple[str, ...] = ()

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, _Node) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._values()))})"


class Everything(_Node):
    """The empty query: all sessions."""

    __slots__ = ()

    def __str__(self) -> str:
        return ""


class _Text(_Node):
    """Text to look for anywhere, or in one field."""

    __slots__ = __match_args__ = ("text", "field")

    def __init__(self, text: str, field: TextField | None = None) -> None:
        self.text = text
        self.field: TextField | None = field

    def __str__(self) -> str:
        return f"{self.field}:{self._written()}" if self.field else self._written()

    def _written(self) -> str:
        return self.text


class Word(_Text):
    """A word; if spaces, hyphens or a change of script split it into several, all of them must be found."""

    __slots__ = ()


class Required(Word):
    """A word beside an AND: every session has it, also in a ranked search, and it is no part of a name of several words."""

    __slots__ = ()


class Phrase(_Text):
    """Words side by side."""

    __slots__ = ()

    def _written(self) -> str:
        return _quote(self.text)


class Prefix(_Text):
    """The beginning of a word."""

    __slots__ = ()

    def _written(self) -> str:
        return f"{self.text}*"


class Filter(_Node):
    """`field:value,value`: sessions that have any of the values, as typed.

    `argument` is all that follows the colon in an argument of a command line with spaces, `theme:Feature stores`, which may be
    a name: a shell has taken its quotes. The words after the value follow as `following` nodes of their own.
    """

    __match_args__ = ("field", "values")
    __slots__ = (*__match_args__, "argument", "following")

    def __init__(self, field: str, values: tuple[str, ...], argument: str = "") -> None:
        self.field = field
        self.values = values
        self.argument = argument
        self.following = 0

    def __str__(self) -> str:
        return f"{self.field}:{','.join(map(_value, self.values))}"


class Not(_Node):
    """Sessions that `part` does not find."""

    __slots__ = __match_args__ = ("part",)

    def __init__(self, part: "Node") -> None:
        self.part = part

    def __str__(self) -> str:
        return f"NOT {_grouped(self.part, And, Or)}"


class And(_Node):
    """Sessions that all parts find; at least two parts, none of them an And."""

    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: "tuple[Node, ...]") -> None:
        self.parts = parts

    def __str__(self) -> str:
        written = [_grouped(part, Or) for part in self.parts]
        signs = (
            " AND " if any(isinstance(one, Required) for one in two) and not any(map(is_bare, two)) else " "
            for two in pairwise(self.parts)
        )
        return "".join((written[0], *(sign + part for sign, part in zip(signs, written[1:], strict=True))))


class Or(_Node):
    """Sessions that any part finds; at least two parts, none of them an Or."""

    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: "tuple[Node, ...]") -> None:
        self.parts = parts

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Text = Word | Phrase | Prefix
Node = Everything | Text | Filter | Not | And | Or


def all_of(parts: Sequence[Node]) -> Node:
    """Return one node for parts that must all be true, with nested `And` nodes flattened."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, And):
            flat.extend(part.parts)
        elif not isinstance(part, Everything):
            flat.append(part)
    if len(flat) > 1:
        return And(tuple(flat))
    return flat[0] if flat else Everything()


def any_of(parts: Sequence[Node]) -> Node:
    """Return one node for parts of which one must be true, with nested `Or` nodes flattened."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else (part,))
    return Or(tuple(flat)) if len(flat) > 1 else flat[0]


def negation(part: Node) -> Node:
    """Return the opposite of a node; the opposite of an opposite is the node itself."""
    return part.part if isinstance(part, Not) else Not(part)


def required(part: Node) -> Node:
    """Return a part of a query that an AND is beside; a bare word, also in brackets with others, becomes `Required`."""
    if isinstance(part, And):
        return And(tuple(map(required, part.parts)))
    return Required(part.text) if is_bare(part) else part


def is_bare(part: Node) -> TypeGuard[Word]:
    """Return whether a part is a word of no field, and not beside an AND."""
    return isinstance(part, Word) and part.field is None and not isinstance(part, Required)


def parts_of(query: Node) -> tuple[Node, ...]:
    """Return the parts of a query that all must be true; a query that has none is its only part."""
    return query.parts if isinstance(query, And) else (query,)


def positive_words(node: Node) -> Iterator[Text]:
    """Yield the words, phrases and prefixes that a session may be ranked by: all that are not under a NOT."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from positive_words(part)


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _value(text: str) -> str:
    return text if re.fullmatch(_PLAIN_VALUE, text) else _quote(text)


def _grouped(node: Node, *kinds: type) -> str:
    several = isinstance(node, kinds) or (isinstance(node, Word) and " " in node.text)
    return f"({node})" if several else str(node)
