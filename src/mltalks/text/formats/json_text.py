"""JSON as mltalks writes it: an array, or JSON Lines, one value on each line, without characters that could control a terminal.

Does not interpret the values, and does not read JSON.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mltalks.text.sanitize import UNSEEN


def encoded(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON; only the characters of `json_safe` are escaped."""
    return json_safe(json.dumps(value, ensure_ascii=False, indent=indent))


def json_safe(text: str) -> str:
    """Return JSON text with the characters escaped that could control a terminal."""
    if text.isprintable():
        return text
    return UNSEEN.sub(
        lambda match: match.group() if match.group() == "\n" else f"\\u{ord(match.group()):04x}", text
    )


def array(values: Iterable[str]) -> Iterator[str]:
    r"""Yield the pieces of an array of values that are JSON already, each on lines of its own.

    >>> "".join(array(["1", "2"])), "".join(array([]))
    ('[\n1,\n2\n]\n', '[]\n')
    """
    before = "[\n"
    for value in values:
        yield before + value
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def lines(values: Iterable[str]) -> Iterator[str]:
    """Yield values that are JSON on one line already as JSON Lines."""
    return (f"{value}\n" for value in values)
