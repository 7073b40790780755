"""Fields of a record that tomlkit has read, set and taken away, with lists changed in place where they can be.

Knows no field of any table. tomlkit is imported when something is changed (20 ms).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from mltalks.dataset.toml import record_text


def put(table: Any, given: Mapping[str, Any], gone: Sequence[str] = ()) -> None:
    """Set and take away fields of a record that tomlkit has read, lists changed in place where they can be."""
    import tomlkit  # 20 ms

    for field in gone:
        del table[field]
    for field, value in given.items():
        standing = table.get(field)
        if isinstance(value, list) and isinstance(standing, tomlkit.items.Array):
            _put_list(standing, value)
            if _reads_as(standing, value):
                continue
        table[field] = _item(value)


def _put_list(array: Any, values: Sequence[Any]) -> None:
    for number in range(len(array) - 1, -1, -1):
        if array[number] not in values:
            del array[number]
    for value in values:
        if value not in array:
            array.append(_item([value])[0])


def _reads_as(array: Any, values: Sequence[Any]) -> bool:
    """Tell whether a list is written as what it holds: tomlkit puts no comma before a comment on a line of its own."""
    import tomlkit

    try:
        written: Any = tomlkit.parse(f"value = {array.as_string()}")
    except ValueError:
        return False
    return bool(written["value"].unwrap() == values)


def _item(value: Any) -> Any:
    """Return a value as tomlkit has it, written as `record_text` writes it."""
    import tomlkit

    document: Any = tomlkit.parse(record_text({"value": value}))
    return document["sessions"][0]["value"]
