"""Estimates the memory of parsed JSON and TOML from the marks of a text.

Does not parse: the estimate is an upper bound, which counts marks within strings too.
"""

# Bytes that CPython takes for a string, a list or table, a place in one with a number, a key with its place.
STRING, CONTAINER, PLACE, KEY = 50, 64, 40, 100
_GROWTH = 12  # times the length of the text; beside it, its bytes and its text are held
_ALWAYS = 20_000_000  # bytes that any text may take


def is_too_large(text: str, more: int = 0) -> bool:
    """Return whether a JSON or TOML text has so many small parts that parsing it takes many times its size.

    `more` are bytes that the parts take beside strings, containers and elements.

    >>> is_too_large("[" + "[]," * 1_000_000 + "[]]"), is_too_large('[{"title": "A"}]')
    (True, False)
    """
    containers = text.count("[") + text.count("{")
    parts = text.count('"') // 2 * STRING + containers * CONTAINER + text.count(",") * PLACE
    return parts + more > max(_GROWTH * len(text), _ALWAYS)
