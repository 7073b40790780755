"""How much larger than itself a text of JSON or TOML gets when it is read, told from its marks.

Reads nothing and knows no file; what it tells is an upper bound that counts marks within strings, too.
"""

import re

# Bytes that CPython takes for a string, a list or table, a place in one with a number, a key with its place, and what
# tomli notes of a table that must not be opened twice.
_STRING, _CONTAINER, _PLACE, _KEY, _NOTED = 50, 64, 40, 100, 900
_GROWTH = 8  # times the length of the text; beside it, its bytes and its text are held
_ALWAYS = 20_000_000  # bytes that any text may take
_PER_RECORD = 20  # lists and tables of one record: tomli forgets them when the next one begins
_TABLE = re.compile(r"^[ \t]*\[(?!\[)", re.MULTILINE)
_RECORD = re.compile(r"^[ \t]*\[\[", re.MULTILINE)
_ASSIGNED = re.compile(r"=[ \t]*+[\[{]")
_LONG_KEY = re.compile(r"""(?:\.[ \t]*+["']?[\w-]*+["']?[ \t]*+){8,}""")


def json_grows_too_much(text: str) -> bool:
    """Tell whether a JSON text is made of so many small parts that reading it takes many times its size.

    >>> json_grows_too_much("[" + "[]," * 1_000_000 + "[]]"), json_grows_too_much('[{"title": "A"}]')
    (True, False)
    """
    return _too_much(_json_size(text), text)


def toml_grows_too_much(text: str) -> bool:
    """Tell whether a TOML text is made of so many small parts that reading it takes many times its size.

    >>> toml_grows_too_much("a = [" + "{}," * 1_000_000 + "]"), toml_grows_too_much('id = "a"')
    (True, False)
    """
    size = _json_size(text) + text.count("'") // 2 * _STRING + text.count("=") * _KEY
    if not _too_much(
        size + sum(map(text.count, ".[{")) * _NOTED, text
    ):  # the patterns take 30 ns a character
        return False
    noted = max(_count(_ASSIGNED, text) - _count(_RECORD, text) * _PER_RECORD, 0) + _count(_TABLE, text)
    noted += sum(match.group().count(".") for match in _LONG_KEY.finditer(text))
    return _too_much(size + noted * _NOTED, text)


def _json_size(text: str) -> int:
    containers = text.count("[") + text.count("{")
    return text.count('"') // 2 * _STRING + containers * _CONTAINER + text.count(",") * _PLACE


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _too_much(size: int, text: str) -> bool:
    return size > max(_GROWTH * len(text), _ALWAYS)
