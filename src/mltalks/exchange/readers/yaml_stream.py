"""Reads records from YAML, piece by piece: the elements of a list, or one mapping, with every scalar as text.

Does not allow anchors and aliases, by which a small text becomes a large one, deep nesting and large texts; ignores tags.
"""

import re
from collections.abc import Iterator
from typing import Any

from mltalks.exchange.readers.source import Source

LARGEST = 24_000_000  # characters; the largest list of talks has one million
_DEEPEST = 24
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
# The parser takes quadratic time for many of these.
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
# Bytes that CPython takes for a text and for a list or mapping; the size of one element is limited.
_TEXT, _CONTAINER = 60, 80
_GROWTH, _SLACK = 7, 20_000_000  # times the length of the text, or bytes


def values(source: Source) -> Iterator[tuple[int, Any]]:
    """Yield each element of a list, or the only value, with its line: texts, None, lists and mappings of them.

    Raises DataError: the rest of it is not YAML, or not allowed.
    """
    text = source.text(LARGEST)
    if _DIRECTIVE.search(text):
        raise source.unreadable("has a line that starts with %; remove YAML directives")
    events = _checked(source, text)
    first = next((event for event in events if _begins(event)), None)
    if first is None:
        return
    if type(first).__name__ != "SequenceStartEvent":
        yield first.start_mark.line + 1, _value(events, first)
        return
    for event in events:
        if not _begins(event):
            return
        yield event.start_mark.line + 1, _value(events, event)


def _begins(event: Any) -> bool:
    return type(event).__name__ in {"ScalarEvent", "SequenceStartEvent", "MappingStartEvent"}


def _checked(source: Source, text: str) -> Iterator[Any]:
    """Yield the events of the parser; raise an error for one that is not allowed."""
    import yaml  # 12 ms

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth, grown = 0, 0
    try:
        for event in yaml.parse(text, Loader=loader):
            line = event.start_mark.line + 1 if event.start_mark else None
            if getattr(event, "anchor", None) is not None:
                raise source.unreadable(
                    "has a YAML anchor or alias (& or *); replace it with the full value", line=line
                )
            begins = isinstance(event, yaml.CollectionStartEvent)
            grown = 0 if depth == 1 else grown + (_CONTAINER if begins else _TEXT)
            depth += begins - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise source.unreadable("nested too deeply to be read", line=line)
            if grown > max(_GROWTH * len(text), _SLACK):
                raise source.unreadable("contains too many empty parts to be a list of talks")
            yield event
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None)
        raise source.unreadable(
            "not valid {form}: {reason}",
            line=mark.line + 1 if mark else None,
            form="YAML",
            reason=" ".join(str(reason).split()) or type(error).__name__,
        ) from None


def _value(events: Iterator[Any], event: Any) -> Any:
    """Return the value that begins with an event; keys that are not texts are left out, with their values."""
    name = type(event).__name__
    if name == "ScalarEvent":
        return None if event.value in _NULL and event.style is None else event.value
    if name == "SequenceStartEvent":
        elements = []
        while _begins(one := next(events)):
            elements.append(_value(events, one))
        return elements
    pairs = {}
    while _begins(key := next(events)):
        title, value = _value(events, key), _value(events, next(events))
        if isinstance(title, str):
            pairs[title] = value
    return pairs
