"""The lexer of TOML 1.0: a document as tokens, each with its place and line.

Does not check the grammar: the tokens of a text that is not TOML mean nothing.
Source: https://toml.io/en/v1.0.0.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import tomli

# A string without its end goes up to the end of the line or text, so that nothing is scanned many times.
_STRING = r"""(?:\"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5}|\Z)|'{3}(?:[^']++|'(?!''))*+(?:'{3,5}|\Z)
  |"(?:[^"\\\n]++|\\.)*+"?|'[^'\n]*+'?)"""
_SCALAR = rf"(?:{_STRING}|[^\s,=\[\]{{}}\#][^,\]}}\n\#]*+)"
_PART = rf"(?:[\w-]++|{_STRING})"
_DOTTED = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+[ \t]*+"
_BRACKETS = r"(?P<open>[\[{]) | (?P<close>[\]}])"
# A pair of brackets that holds no others and no comment, without the first: one match in the place of several.
_WHOLE = rf"(?:[^\[\]{{}}\#\"']++|{_STRING})*+[\]}}]"
_FLAGS = re.VERBOSE | re.MULTILINE | re.DOTALL | re.ASCII
_TOKEN = re.compile(
    rf"""\#[^\n]*+ | (?P<key>{_DOTTED}=)(?:[ \t]*+{_SCALAR})?+ | (?P<scalar>{_SCALAR})
      | (?P<header>^[ \t]*+\[) | {_BRACKETS}""",
    _FLAGS,
)
_OUTLINE = re.compile(
    rf"""{_STRING} | (?P<comment>\#[^\n]*+) | (?P<container>=[ \t]*+[\[{{](?P<whole>{_WHOLE})?+)
      | (?P<header>^[ \t]*+(?P<opening>\[\[?)[ \t]*+{_DOTTED}(?P<closing>\]\]?)) | [\[{{]{_WHOLE} | {_BRACKETS}""",
    _FLAGS,
)


class Token(NamedTuple):
    """A part of a document: its kind, its place as in text[start:end], and its first line (from 1)."""

    kind: str
    start: int
    end: int
    line: int


def tokens(text: str) -> Iterator[Token]:
    r"""Yield the tokens of a document in order.

    A "header" begins with its line; a "key" is a dotted key with its "="; "open" and "close" are the brackets of an array or
    inline table; a "scalar" is an element of an array that is neither. The scalar value of a key is no token.

    >>> [(token.kind, token.line) for token in tokens('[a]\nb = [\n1, # x\n]\nc = 2')]
    [('header', 1), ('key', 2), ('open', 2), ('scalar', 3), ('close', 4), ('key', 5)]
    """
    line, counted, depth = 1, 0, 0
    header: int | None = None
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        start, end = match.span(kind)
        if kind == "close":
            depth -= 1
            if header is not None and depth == 0:
                kind, start, header = "header", header, None
        elif kind in ("open", "header"):
            depth += 1
            if kind == "header" and depth == 1:
                header = start
            kind = "open"
        if header is None:
            line += text.count("\n", counted, start)
            counted = start
            yield Token(kind, start, end, line)


def outline(text: str) -> Iterator[Token]:
    r"""Yield each "header" and "comment" of a document, and as "container" each array or inline table that is a value of a key.

    It takes a fifth of the time of `tokens`.

    >>> [(token.kind, token.line) for token in outline('[a]\nb = [\n  [1],  # one\n]\n')]
    [('header', 1), ('container', 2), ('comment', 3)]
    """
    line, counted, depth = 1, 0, 0
    for match in _OUTLINE.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "header" and depth:  # a part of an array that looks like one
            depth += len(match["opening"]) - len(match["closing"])
        else:
            if kind == "container" and not match["whole"]:
                depth += 1
            start, end = match.span()
            line += text.count("\n", counted, start)
            counted = start
            yield Token(kind, start, end, line)


def is_record(text: str, header: Token) -> bool:
    """Return whether a header has double brackets: it begins a record of an array of tables."""
    return text.startswith("[[", text.index("[", header.start))


@lru_cache(1_000)
def keys(written: str) -> tuple[str, ...]:
    r"""Return the parts of a dotted key, which may be in the brackets of a header or have its "=".

    >>> keys('[[a."b.c"]]'), keys('"\\u0061" = ')
    (('a', 'b.c'), ('a',))
    """
    return tuple(map(_part, re.findall(_PART, written, _FLAGS)))


def _part(written: str) -> str:
    if not written.startswith(('"', "'")):
        return written
    key: str = tomli.loads(f"key = {written}")["key"] if "\\" in written else written[1:-1]
    return key
