"""TOML text parsed within the limits of what can be a data file, and records written as TOML text.

Does not depend on the fields of tables, and does not read or write files. Source: https://toml.io/en/v1.0.0. Does not write
with tomlkit, which takes some fifty times as long for a record.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli

from mltalks.dataset.toml.lexer import is_record, outline
from mltalks.problems import Problem
from mltalks.text.formats.parse_limits import KEY, STRING, is_too_large
from mltalks.text.sanitize import CONTROLS, DIRECTIONS, SURROGATES

WIDTH = 110
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_UNSEEN = f"{CONTROLS}{DIRECTIONS}{SURROGATES}\ufeff"
_ESCAPED = re.compile(f'["\\\\{_UNSEEN}]')
_ESCAPED_IN_LINES = re.compile(f'(?<=")"|"\\Z|(?!\n)[\\\\{_UNSEEN}]')
_NOTED = 900  # bytes that tomli takes to note a table that must not be opened twice
_PER_RECORD = 20  # lists and tables of one record: tomli frees them when the next one begins
_LONG_KEY = re.compile(r"""\.[ \t]*+["']?[\w-]*+["']?[ \t]*+\.(?:[ \t]*+["']?[\w-]*+["']?[ \t]*+\.){6,}+""")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def parse(path: Path, text: str) -> dict[str, Any] | Problem:
    """Return a TOML document, or its problem, which names `path`."""
    if grows_too_much(text):
        return Problem.of(path, "contains too many values; it is probably not a file of talks")
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        if re.match(
            "<{7}|={7}|>{7}", text.splitlines()[error.lineno - 1] if error.lineno <= text.count("\n") else ""
        ):
            return Problem.of(
                path,
                "a conflict of a merge is not resolved: keep the lines that are right, and delete this one",
                error.lineno,
            )
        template = "not valid TOML: {reason} (column {column})"
        return Problem.of(path, template, error.lineno, reason=error.msg, column=error.colno)
    except ValueError:
        return Problem.of(path, "has a number with too many digits")
    except RecursionError:
        return Problem.of(path, "nested too deeply to be read")


def grows_too_much(text: str) -> bool:
    """Return whether a TOML text has so many small parts that reading it takes many times its size.

    >>> grows_too_much("a = [" + "{}," * 1_000_000 + "]"), grows_too_much('id = "a"')
    (True, False)
    """
    more = text.count("'") // 2 * STRING + text.count("=") * KEY
    # `outline` takes 20 ns a character.
    if not is_too_large(text, more + sum(map(text.count, ".[{")) * _NOTED):
        return False
    tables = containers = 0
    for token in outline(text):
        if token.kind == "container":
            containers += 1
        elif token.kind == "header" and is_record(text, token):
            containers -= _PER_RECORD
        elif token.kind == "header":
            tables += 1
    noted = max(containers, 0) + tables + sum(match.group().count(".") for match in _LONG_KEY.finditer(text))
    return is_too_large(text, more + noted * _NOTED)


def record_text(fields: Mapping[str, Any], table: str = "sessions") -> str:
    r"""Return a record as TOML: a header, then a line a field, in the order of the fields.

    Values are text, numbers, booleans, lists and mappings of such; None is left out. Text of several lines is written as it is
    between triple quotes. A lone surrogate, which TOML cannot hold, becomes U+FFFD.

    >>> print(record_text({"id": "a", "speakers": [{"name": 'Ada "A"'}], "tags": ["serving"]}), end="")
    [[sessions]]
    id = "a"
    speakers = [{ name = "Ada \"A\"" }]
    tags = ["serving"]

    Raises TypeError: a value is none of these.
    """
    return f"[[{_key(table)}]]\n" + "".join(f"{line}\n" for line in _lines(fields))


def _lines(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if value is None:
            continue
        key = _key(name)
        if isinstance(value, str) and "\n" in value:
            yield f'{key} = """\n{_ESCAPED_IN_LINES.sub(_escape, value)}"""'
            continue
        line = f"{key} = {value_text(value)}"
        if isinstance(value, list | tuple) and len(line) > WIDTH:
            yield from (f"{key} = [", *(f"  {value_text(one)}," for one in value), "]")
        else:
            yield line


def value_text(value: Any) -> str:
    """Return a value as TOML on one line."""
    if isinstance(value, str):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(
            f"{_key(name)} = {value_text(one)}" for name, one in value.items() if one is not None
        )
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(value_text, value))}]"
    what = f"no TOML for {type(value).__name__}"
    raise TypeError(what)


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else value_text(name)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _SHORT.get(character) or f"\\u{ord(character):04x}"
