"""Reads a query: the text of the query language to a syntax tree.

Does not look up names in the catalogue: `matcher` does.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from mltalks.errors import QueryError
from mltalks.messages import Choices, excerpt
from mltalks.search.query import fields as query_fields
from mltalks.search.query.filter_values import checked_value, compared_years_of, doi_of, years_since
from mltalks.search.query.nodes import (
    Everything,
    Filter,
    Node,
    Phrase,
    Prefix,
    Text,
    Word,
    all_of,
    any_of,
    negation,
    required,
)
from mltalks.search.query.wide_signs import narrowed
from mltalks.text.folding import fold
from mltalks.text.fuzzy import nearest
from mltalks.text.sanitize import without_surrogates
from mltalks.text.words.tokenizer import words

MAX_DEPTH = 100
OPERATORS = ("AND", "OR", "NOT", "not")
# The name of a field in a text that has only ASCII and no sign of a comparison, and in others: these take longer to compile. Before a wide colon,
# which titles have without a space after it, a name in Japanese is that of a field only if it is known.
_ASCII_FIELD = "[A-Za-z_]+(?=:)"
_ANY_FIELD = f"[^\\W\\d]+(?=:)|[A-Za-zＡ-Ｚａ-ｚ_＿]+(?=：)|(?:{'|'.join(name for name in (*query_fields.FIELD_NAMES, *query_fields.DATES) if not name.isascii())})(?=[:：])"
# Spaces may be around the sign of equality after a known field; around others only if a year is compared.
_SIGNS = "=<>!＝＜＞！≤≥≦≧"
_EQUALS = "(?:[=＝]{1,2}|[!！][=＝]|<>)"
_SIGN = f"(?:[=＝][<>＜＞]|{_EQUALS}|[<>＜＞][=＝]?|[≤≥≦≧])"
_FIELD_NAMES = "|".join(
    sorted(
        (*query_fields.FIELDS, *query_fields.FIELD_NAMES, query_fields.SINCE, *query_fields.DATES),
        key=len,
        reverse=True,
    )
)
_COMPARED = rf"""
  | (?P<compared>(?i:{_FIELD_NAMES})s?(?={_SIGN}[^\s)=<>]|\s*{_EQUALS}\s*[^\s)=<>])
      | (?i:years?|年|開催年)(?=\s*{_SIGN}\s*\d{{4}}))\s*{_SIGN}\s*"""
# Operators of other languages, which mltalks lacks: words near each other. Few queries have what one of them begins with.
NEAR = r"(?i:O?NEAR|PRE|ADJ|WITHIN)/\d+|W/\d+|ADJ\d*|O?NEAR"
_FOREIGN = ("&&", "/", "NEAR", "ADJ")
_FOREIGN_AND = rf"  | (?P<AND>(?<=\s)(?:&&|{NEAR})(?=\s))"
_PIECE = r"""(?xs)
    (?P<space>\s+)%s%s
  | (?P<open>\()
  | (?P<close>\))
  | (?P<field>%s)[:：](?!\s|\)|//|$)
  | "(?P<phrase>(?:[^"\\]|\\.)*)"
  | (?P<quote>")
  | (?P<not>[-!](?=[^\s)!]))
  | (?P<OR>\|+)%s
  | (?P<word>[^\s()"|]+)
"""
_VALUE = r'(?s)"((?:[^"\\]|\\.)*)"|([^\s"(),，、|]+)'
_BETWEEN_VALUES = "[,，、]|\\|+"
# A DOI may have pairs of parentheses: bare or within an address, and as a value.
_IN_DOI = r'(?:[^\s"(),，]|\([^\s"()]*\))+'
_BARE_DOI = rf'  | (?P<doi>(?:https?://[^\s"()]{{1,100}}/|[\w./-]{{1,60}}/)?(?<![\w.])10\.\d{{4,9}}(?:\.\d+)*/{_IN_DOI})'
_DOI_VALUE = rf'(?s)"((?:[^"\\]|\\.)*)"|({_IN_DOI})'


def parse(query: str | Sequence[str]) -> Node:
    """Read a query: one text, or the words of a command line, of which one with spaces is one word of several (see `Word`).

    Raises QueryError: an open quote or parenthesis, an unknown field or value, an operator without its words.

    >>> str(parse(['latency', 'company:google,meta', '-kind:panel']))
    'latency company:google,meta NOT kind:panel'
    >>> parse(['feature store', 'kafka'])
    And((Word('feature store', None), Word('kafka', None)))
    """
    return _Parser(text_of(query), _arguments(query)).query()


def pieces_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the pieces of a query, as `text_of` returns it; the kind of each is its last group."""
    yield from _token_pattern(text).finditer(text)


def _token_pattern(text: str) -> re.Pattern[str]:
    compared = any(sign in text for sign in _SIGNS)
    field = _ASCII_FIELD if text.isascii() and not compared else _ANY_FIELD
    doi, comparison = _BARE_DOI if "10." in text else "", _COMPARED if compared else ""
    joined = _FOREIGN_AND if any(sign in text for sign in _FOREIGN) else ""
    return re.compile(_PIECE % (doi, comparison, field, joined))


def text_of(query: str | Sequence[str]) -> str:
    """Return a query as one text, with U+FFFD for surrogates, bytes of the command line that are not UTF-8, and narrow signs."""
    return narrowed(without_surrogates(query if isinstance(query, str) else " ".join(query)))


def _arguments(query: str | Sequence[str]) -> dict[int, int]:
    """Return where in `text_of` arguments begin and end that have spaces and nothing but plain words, after a field or without one."""
    if isinstance(query, str):
        return {}
    found: dict[int, int] = {}
    at, text = 0, text_of(query)
    for argument in query:
        tokens = [match for match in pieces_of(text[at : at + len(argument)]) if match.lastgroup != "space"]
        filtered = tokens[0].lastgroup == "field" if tokens else False
        plain = all(
            one.lastgroup == "word" and one.group() not in OPERATORS for one in tokens[1 if filtered else 0 :]
        )
        if plain and len(tokens) > 1:
            found[at + tokens[0].start()] = at + tokens[-1].end()
        at += len(argument) + 1
    return found


def _text_node(text: str, field: query_fields.TextField, *, quoted: bool) -> Text:
    if quoted:
        return Phrase(text, field)
    bare = text.lstrip("/:：")
    return Prefix(bare[:-1], field) if re.fullmatch(r"\w+\*", bare) else Word(bare, field)


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


class _Parser:
    """Recursive descent: or := and (OR and)*; and := not+; not := (NOT | - | !)* atom; atom := ( or ) | filter | text.

    `arguments` are the places where several words are one text, by their beginnings. `dropped` is the last text that was left
    out since it has no letter or digit to look for.
    """

    def __init__(self, text: str, arguments: Mapping[int, int]) -> None:
        self.text = text
        self.tokens = _token_pattern(text)
        self.arguments = arguments
        self.at = 0
        self.depth = 0
        self.dropped: str | None = None

    def query(self) -> Node:
        if not self.text.strip():
            return Everything()
        node = self.any()
        if self.peek() == "close":
            raise QueryError('the query has a ")" without a matching "("')
        if isinstance(node, Everything) and self.dropped is not None:
            raise self.nothing_to_look_for()
        return node

    def nothing_to_look_for(self) -> QueryError:
        return QueryError(
            '"{text}" contains no word to search for; add letters or digits', text=excerpt(self.dropped or "")
        )

    def peek(self) -> str | None:
        """Return the kind of the next token, or None at the end."""
        match = self.tokens.match(self.text, self.at)
        if match is None:
            return None
        if match.lastgroup == "space":
            self.at = match.end()
            return self.peek()
        if match.lastgroup == "word" and match["word"] in ("AND", "OR", "NOT"):
            return match["word"]
        return match.lastgroup

    def take(self) -> str:
        match = self.tokens.match(self.text, self.at)
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
            raise QueryError("OR needs a search term on both sides")
        return any_of(parts)

    def all(self) -> Node:
        parts: list[Node] = []
        while self.peek() not in (None, "close", "OR"):
            beside = self.peek() == "AND"
            if beside:
                self.take()
                if not parts or self.peek() in (None, "close", "OR", "AND"):
                    raise QueryError("AND needs a search term on both sides")
                parts[-1] = required(parts[-1])
            part = self.opposite()
            parts.append(required(part) if beside else part)
        return all_of(parts)

    def opposite(self) -> Node:
        negative = False
        while self.peek() in ("NOT", "not"):
            self.take()
            negative = not negative
        if self.peek() in (None, "close", "OR", "AND"):
            raise QueryError("NOT needs a search term after it")
        node = self.atom()
        return negation(node) if negative and not isinstance(node, Everything) else node

    def atom(self) -> Node:
        kind = self.peek()
        if kind == "quote":
            raise QueryError('the query has an unclosed quote (")')
        if self.at in self.arguments and kind != "field":
            start, self.at = self.at, self.arguments[self.at]
            return self.content(Word(" ".join(self.text[start : self.at].split())))
        start = self.at
        token = self.take()
        if kind == "open":
            return self.group()
        if kind in ("field", "compared"):
            argument = self.text[self.at : self.arguments.get(start, self.at)]
            end = self.arguments.get(start, 0)
            found = self.field(token, fold(self.text[start + len(token) : self.at]).strip(" :"), end)
            if isinstance(found, Filter):
                found.argument = argument
                rest = self.text[self.at : end].split()
                found.following = sum(bool(words(word)) for word in rest)  # others make no node
            return found
        if kind in ("phrase", "doi") and "10." in token and (doi := doi_of(token)):
            return Filter("doi", (doi,))
        if kind == "phrase":
            return self.content(Phrase(_unquote(token)))
        return self.content(self.bare(token))

    def bare(self, token: str) -> Word | Prefix:
        if re.fullmatch(r"\w+\*", token):
            return Prefix(token[:-1])
        text = token.rstrip(":：")
        if text != token and query_fields.named_field(text):
            raise QueryError("{field}: needs a value right after it", field=text)
        return Word(text or token)

    def group(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError("the query is nested deeper than {depth} levels", depth=MAX_DEPTH)
        if self.peek() == "close":
            raise QueryError('the query has an empty pair of parentheses "()"')
        node = self.any()
        if self.peek() != "close":
            raise QueryError('the query has an unclosed "("')
        self.take()
        self.depth -= 1
        return node

    def content(self, node: Text) -> Node:
        """Return the node; if it has no letter or digit to look for, the node for all sessions."""
        if words(node.text):
            return node
        self.dropped = node.text
        return Everything()

    def field(self, typed: str, sign: str = "", end: int = 0) -> Node:
        """Return the filter of a field; `sign` is that of a comparison, and `end` that of its argument, if that has spaces."""
        name = query_fields.filtered_field(typed)
        if name is None:
            names = (
                query_fields.FIELDS if typed.isascii() else (*query_fields.FIELDS, *query_fields.FIELD_NAMES)
            )
            near = nearest(fold(typed), names)
            raise QueryError(
                'unknown query field "{name}"'
                if near
                else 'unknown query field "{name}"; the fields are {fields}; what is in quotes is searched as text',
                name=excerpt(typed),
                nearest=near,
                **({} if near else {"fields": Choices(query_fields.FIELDS)}),
            )
        values = list(self.values(name, typed, end))
        if sign not in ("", "=", "=="):
            values = [(quoted, compared_years_of(name, sign, text, typed)) for quoted, text in values]
        if name == query_fields.SINCE:
            name, values = "year", [(quoted, years_since(text)) for quoted, text in values]
        if name == "id" and all("/" in text and doi_of(text) for _, text in values):
            name = "doi"
        if name in query_fields.TEXT_FIELDS:
            text_field = next(one for one in query_fields.TEXT_FIELDS if one == name)
            nodes = [self.content(_text_node(text, text_field, quoted=quoted)) for quoted, text in values]
            found = [node for node in nodes if not isinstance(node, Everything)]
            if not found:
                raise self.nothing_to_look_for()
            return any_of(found)
        checked = tuple(dict.fromkeys(checked_value(name, text, typed) for _, text in values))
        return Filter(name, checked)

    def values(self, name: str, typed: str, end: int) -> Iterator[tuple[bool, str]]:
        """Yield the values after the name of a field as `typed`, each with whether it was quoted; before `end`, spaces may follow a comma."""
        while True:
            match = re.compile(_DOI_VALUE if name == "doi" else _VALUE).match(self.text, self.at)
            if match is None:
                if self.text.startswith('"', self.at):
                    raise QueryError('the query has an unclosed quote (")')
                raise QueryError("{field}: needs a value right after it", field=typed)
            self.at = match.end()
            yield (True, _unquote(match[1])) if match[1] is not None else (False, match[2])
            between = re.compile(_BETWEEN_VALUES).match(self.text, self.at)
            if between is None:
                return
            self.at = between.end()
            while self.at < end and self.text[self.at].isspace():
                self.at += 1
