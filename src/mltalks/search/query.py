"""The query language: text -> a small tree, and the tree -> text again.

Knows the words of the language and nothing of what is loaded: names are looked up by who evaluates the tree.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from mltalks.dataset.vocabulary import KINDS, MARKS
from mltalks.errors import QueryError
from mltalks.messages import Message
from mltalks.text.folding import fold
from mltalks.text.fuzzy import corrections, nearest
from mltalks.text.tokenizer import words

TextField = Literal["title", "summary", "note"]
TEXT_FIELDS: tuple[TextField, ...] = ("title", "summary", "note")
NAME_FIELDS = ("company", "theme", "keyword", "speaker", "event", "series", "track", "id", "tag", "language")
CHOICES = {
    "kind": KINDS,
    "lang": ("en", "ja"),
    "has": ("slides", "paper", "video", "summary", "organization", "note"),
    "mark": MARKS,
}
# Other names of a choice, which need no telling.
CHOICE_NAMES = {
    "lang": {"jp": "ja", "japanese": "ja", "日本語": "ja", "english": "en", "英語": "en"},
    "has": {"company": "organization", "companies": "organization", "summaries": "summary"},
}
FIELDS = (*NAME_FIELDS, "year", *CHOICES, *TEXT_FIELDS)
MAX_DEPTH = 100


class _Value:
    """A plain value: equal to another of its kind with the same parts. Seven dataclasses would take 2 ms to make."""

    __slots__: tuple[str, ...] = ()

    def _parts(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, _Value) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((type(self), self._parts()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._parts()))})"


class Everything(_Value):
    """The empty query: all sessions."""

    __slots__ = ()

    def __str__(self) -> str:
        return ""


class Word(_Value):
    """A word anywhere, or in one field; several joined by hyphens or script must all be there."""

    __slots__ = __match_args__ = ("text", "field")

    def __init__(self, text: str, field: TextField | None = None) -> None:
        self.text = text
        self.field: TextField | None = field

    def __str__(self) -> str:
        return f"{self.field}:{self.text}" if self.field else self.text


class Phrase(_Value):
    """Words side by side, anywhere or in one field."""

    __slots__ = __match_args__ = ("text", "field")

    def __init__(self, text: str, field: TextField | None = None) -> None:
        self.text = text
        self.field: TextField | None = field

    def __str__(self) -> str:
        return f"{self.field}:{_quote(self.text)}" if self.field else _quote(self.text)


class Filter(_Value):
    """`field:value,value`: sessions that have any of the values, as typed."""

    __slots__ = __match_args__ = ("field", "values")

    def __init__(self, field: str, values: tuple[str, ...]) -> None:
        self.field = field
        self.values = values

    def __str__(self) -> str:
        return f"{self.field}:{','.join(map(_value, self.values))}"


class Not(_Value):
    """Sessions that the part does not find."""

    __slots__ = __match_args__ = ("part",)

    def __init__(self, part: "Node") -> None:
        self.part = part

    def __str__(self) -> str:
        return f"NOT {_grouped(self.part, And, Or)}"


class And(_Value):
    """Sessions that all parts find; at least two parts, none of them an And."""

    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: "tuple[Node, ...]") -> None:
        self.parts = parts

    def __str__(self) -> str:
        return " ".join(_grouped(part, Or) for part in self.parts)


class Or(_Value):
    """Sessions that any part finds; at least two parts, none of them an Or."""

    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: "tuple[Node, ...]") -> None:
        self.parts = parts

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Node = Everything | Word | Phrase | Filter | Not | And | Or


def all_of(parts: Sequence[Node]) -> Node:
    """Return one node for parts that must all be true, without needless nesting."""
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
    """Return one node for parts of which one must be true, without needless nesting."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else (part,))
    return Or(tuple(flat)) if len(flat) > 1 else flat[0]


def negation(part: Node) -> Node:
    """Return the opposite of a node; the opposite of an opposite is the node itself."""
    return part.part if isinstance(part, Not) else Not(part)


def positive_words(node: Node) -> Iterator[Word | Phrase]:
    """Yield the words and phrases that a session may be ranked by: all that are not under a NOT."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from positive_words(part)


def parse(query: str | Sequence[str]) -> Node:
    """Read a query: one text, or the words of a command line.

    Raises:
        QueryError: an open quote or parenthesis, an unknown field or value, an operator without its words.

    >>> str(parse(['latency', 'company:google,meta', '-kind:panel']))
    'latency company:google,meta NOT kind:panel'

    """
    return _Parser(_text(query)).query()


def lowercase_operators(query: str | Sequence[str]) -> Iterator[Message]:
    """Yield what a person should be told about a query that can be read: `or`, `and` and `not` taken as words.

    >>> [notice.text() for notice in lowercase_operators("kafka or spark")]
    ['taking "or" as a word; the operator is OR']
    """
    tokens = [match for match in _TOKEN.finditer(_text(query)) if match.lastgroup != "space"]
    for at, match in enumerate(tokens[:-1]):
        word = match.group()
        if match.lastgroup == "word" and word in ("or", "and", "not") and (at or word == "not"):
            yield Message(
                'taking "{word}" as a word; the operator is {operator}',
                {"word": word, "operator": word.upper()},
            )


def resolve_choice(name: str, value: str) -> tuple[str, bool] | None:
    """Return the choice of `kind:`, `lang:` or `has:` that a value stands for, and whether by a slip; None if for none.

    >>> resolve_choice("kind", "ＰＡＰＥＲ"), resolve_choice("kind", "pannel"), resolve_choice("kind", "poem")
    (('paper', False), ('panel', True), None)
    """
    folded = fold(value)
    named = CHOICE_NAMES.get(name, {}).get(folded, folded)
    if named in CHOICES[name]:
        return named, False
    if f"{named}s" in CHOICES[name] or named.removesuffix("s") in CHOICES[name]:
        return (f"{named}s" if f"{named}s" in CHOICES[name] else named.removesuffix("s")), True
    likely = corrections(folded, CHOICES[name])
    return (likely[0], True) if len(likely) == 1 else None


def _text(query: str | Sequence[str]) -> str:
    """Return a query as one text; what came in as no character (half of a pair, a byte that is no UTF-8) is marked."""
    return _SURROGATE.sub("\ufffd", query if isinstance(query, str) else " ".join(query))


def year_range(value: str) -> tuple[int, int] | None:
    """Return the first and last year of `2019`, `2019..2021`, `2024..` or `..2020`; None if it is none of these."""
    match = re.fullmatch(r"(\d{4})?(?:(\.\.)(\d{4})?)?", value, re.ASCII)
    if match is None or not (match[1] or match[3]):
        return None
    first = int(match[1] or 0)
    last = int(match[3] or 9999) if match[2] else first
    return (first, last) if first <= last else None


_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_VALUE = re.compile(r'[^\s"(),，:：/][^\s"(),，]*')
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<open>\()
  | (?P<close>\))
  | (?P<field>[A-Za-zＡ-Ｚａ-ｚ_＿]+)[:：](?!\s|\)|//|$)
  | "(?P<phrase>(?:[^"\\]|\\.)*)"
  | (?P<quote>")
  | (?P<not>-(?=[^\s)]))
  | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_VALUE = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"(),，]+)', re.DOTALL)


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _value(text: str) -> str:
    return text if _PLAIN_VALUE.fullmatch(text) else _quote(text)


def _grouped(node: Node, *kinds: type) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)


class _Parser:
    """Recursive descent: or := and (OR and)*; and := not+; not := (NOT | -)* atom; atom := ( or ) | filter | text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.dropped: str | None = None

    def query(self) -> Node:
        if not self.text.strip():
            return Everything()
        node = self.any()
        if self.peek() == "close":
            raise QueryError("the query has a ) without its (")
        if isinstance(node, Everything) and self.dropped is not None:
            raise QueryError('nothing to look for in "{text}"; write a word', text=_short(self.dropped or ""))
        return node

    def peek(self) -> str | None:
        """Return the kind of the next token, or None at the end."""
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            return None
        if match.lastgroup == "space":
            self.at = match.end()
            return self.peek()
        if match.lastgroup == "word" and match["word"] in ("AND", "OR", "NOT"):
            return match["word"]
        return match.lastgroup

    def take(self) -> str:
        match = _TOKEN.match(self.text, self.at)
        if match is None or match.lastgroup is None:
            raise QueryError("the query ends where a word is expected")
        self.at = match.end()
        return match[match.lastgroup]

    def any(self) -> Node:
        parts = [self.all()]
        while self.peek() == "OR":
            self.take()
            parts.append(self.all())
        if len(parts) > 1 and any(isinstance(part, Everything) for part in parts):
            raise QueryError("OR needs something to look for on both sides")
        return any_of(parts)

    def all(self) -> Node:
        parts: list[Node] = []
        while self.peek() not in (None, "close", "OR"):
            if self.peek() == "AND":
                self.take()
                if not parts or self.peek() in (None, "close", "OR", "AND"):
                    raise QueryError("AND needs something to look for on both sides")
            parts.append(self.opposite())
        return all_of(parts)

    def opposite(self) -> Node:
        negative = False
        while self.peek() in ("NOT", "not"):
            self.take()
            negative = not negative
        if self.peek() in (None, "close", "OR", "AND"):
            raise QueryError("NOT needs something after it")
        node = self.atom()
        return negation(node) if negative and not isinstance(node, Everything) else node

    def atom(self) -> Node:
        kind = self.peek()
        if kind == "quote":
            raise QueryError('the query has an open quote (") that is never closed')
        token = self.take()
        if kind == "open":
            return self.group()
        if kind == "field":
            return self.field(token)
        if kind == "phrase":
            return self.content(Phrase(_unquote(token)))
        return self.content(self.bare(token))

    def bare(self, token: str) -> Word:
        text = token.rstrip(":：")
        if text != token and fold(text) in FIELDS:
            raise QueryError("{field}: needs a value right after it", field=text)
        return Word(text or token)

    def group(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError("the query is nested deeper than {depth} levels", depth=MAX_DEPTH)
        if self.peek() == "close":
            raise QueryError("the query has nothing between ( and )")
        node = self.any()
        if self.peek() != "close":
            raise QueryError("the query has an open ( that is never closed")
        self.take()
        self.depth -= 1
        return node

    def content(self, node: Word | Phrase) -> Node:
        """Return the node, or everything when it has no letter or digit to look for."""
        if words(node.text):
            return node
        self.dropped = node.text
        return Everything()

    def field(self, typed: str) -> Node:
        name = fold(typed)
        if name not in FIELDS:
            raise QueryError(
                'no field "{name}" in a query', name=_short(typed), nearest=nearest(name, FIELDS)
            )
        values = [(quoted, text) for quoted, text in self.values(name)]
        if name in TEXT_FIELDS:
            text_field = next(one for one in TEXT_FIELDS if one == name)
            nodes = [
                self.content(Phrase(text, text_field) if quoted else Word(text.lstrip("/:："), text_field))
                for quoted, text in values
            ]
            telling = [node for node in nodes if not isinstance(node, Everything)]
            if not telling:
                raise QueryError(
                    'nothing to look for in "{text}"; write a word', text=_short(self.dropped or "")
                )
            return any_of(telling)
        checked = tuple(dict.fromkeys(_checked_value(name, text) for _, text in values))
        return Filter(name, checked)

    def values(self, name: str) -> Iterator[tuple[bool, str]]:
        """Yield the values after `field:`, each with whether it was quoted."""
        while True:
            match = _VALUE.match(self.text, self.at)
            if match is None:
                if self.text.startswith('"', self.at):
                    raise QueryError('the query has an open quote (") that is never closed')
                raise QueryError("{field}: needs a value right after it", field=name)
            self.at = match.end()
            yield (True, _unquote(match[1])) if match[1] is not None else (False, match[2])
            if not self.text.startswith((",", "，"), self.at):
                return
            self.at += 1


def _checked_value(name: str, value: str) -> str:
    if not value.strip():
        raise QueryError("{field}: needs a value right after it", field=name)
    if name == "year":
        years = fold(value)
        if year_range(years) is None:
            raise QueryError(
                "year:{value} is not a year; write year:2019, year:2019..2021 or year:2024..",
                value=_short(value),
            )
        return years
    if name in CHOICES:
        found = resolve_choice(name, value)
        if found is None:
            raise QueryError(
                "{field}:{value} is none of {choices}",
                field=name,
                value=_short(value),
                choices=", ".join(CHOICES[name]),
                nearest=nearest(value, CHOICES[name]),
            )
        taken, slip = found
        return (
            value if slip else taken
        )  # a slip stays as typed: who evaluates the tree tells how it was taken
    return value


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
