"""Estimates the memory of parsed JSON and TOML from the marks of a text.

Does not parse: the estimate is an upper bound, which counts marks within strings too.
"""

# Bytes that CPython takes for a string, a list or table, a place in one with a number, a key with its place.
STRING, CONTAINER, PLACE, KEY = 50, 64, 40, 100
_GROWTH = 8  # times the length of the text; beside it, its bytes and its text are held
_ALWAYS = 20_000_000  # bytes that any text may take


def json_grows_too_much(text: str) -> bool:
    """Return whether a JSON text has so many small parts that reading it takes many times its size.

    >>> json_grows_too_much("[" + "[]," * 1_000_000 + "[]]"), json_grows_too_much('[{"title": "A"}]')
    (True, False)
    """
    return is_too_large(parsed_size(text), text)


def parsed_size(text: str) -> int:
    """Return the bytes that the strings, containers and elements of a JSON or TOML text take at most."""
    containers = text.count("[") + text.count("{")
    return text.count('"') // 2 * STRING + containers * CONTAINER + text.count(",") * PLACE


def is_too_large(size: int, text: str) -> bool:
    """Return whether a size in bytes is too large for what is read from a text."""
    return size > max(_GROWTH * len(text), _ALWAYS)
