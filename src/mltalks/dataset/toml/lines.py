"""On which line each table, key and array element of a TOML document is.

Does not check the document, which a TOML parser must have accepted.
"""

from dataclasses import dataclass

from mltalks.dataset.toml.lexer import Token, is_record, keys, tokens

Path = tuple[str | int, ...]
# Below this many keys and indices, and from this element of an array on, a value has the line of what surrounds it.
DEEPEST, LONGEST = 8, 1_000


def positions(text: str) -> dict[Path, int]:
    r"""Return the line (from 1) of every path in a valid TOML document.

    A path holds keys and, for arrays and arrays of tables, indices from 0. Paths of more than `DEEPEST` parts, and
    elements of an array from the `LONGEST`th on, are left out: they would take many times the size of the text.

    >>> positions('[[sessions]]\nid = "x"\nthemes = [\n  "a",\n  "b",\n]')[("sessions", 0, "themes", 1)]
    5
    """
    scanner = _Scanner(text)
    for token in tokens(text):
        scanner.take(token)
    return scanner.found


def line_of(found: dict[Path, int], path: Path) -> int | None:
    """Return the line of `path`, else of the innermost container that has one."""
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return None


@dataclass(slots=True)
class _Container:
    """An array (`index` is that of its next element) or an inline table (None) whose end is not yet read."""

    path: Path | None  # None: its elements have the line of the container
    index: int | None


class _Scanner:
    """Takes tokens one by one and notes the line of each path."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._text = text
        self._table: Path = ()
        self._value: Path | None = None  # of the key before this token
        self._open: list[_Container] = []
        self._counts: dict[Path, int] = {}

    def take(self, token: Token) -> None:
        """Note the line of what begins with a token."""
        if token.kind == "key":
            path = self._open[-1].path if self._open else self._table
            self._value = None
            if path is not None:
                self._value = (*path, *keys(self._text[token.start : token.end]))[:DEEPEST]
                self.found.setdefault(self._value, token.line)
        elif token.kind == "header":
            self._header(token)
        elif token.kind == "close":
            self._open.pop()
        elif token.kind in ("scalar", "open"):
            path = (
                self._element(token.line) if self._open and self._open[-1].index is not None else self._value
            )
            if token.kind == "open":
                is_array = self._text.startswith("[", token.end - 1)
                deep = path is None or len(path) >= DEEPEST
                self._open.append(_Container(None if deep else path, 0 if is_array else None))

    def _element(self, line: int) -> Path | None:
        """Return the path of the next element of the innermost array."""
        array = self._open[-1]
        index = array.index or 0
        array.index = index + 1
        if array.path is None or index >= LONGEST:
            return None
        path = (*array.path, index)
        self.found.setdefault(path, line)
        return path

    def _header(self, token: Token) -> None:
        path: Path = ()
        parts = keys(self._text[token.start : token.end])
        for i, key in enumerate(parts, 1):
            path = (*path, key)
            if i < len(parts) and path in self._counts:
                path = (*path, self._counts[path])
        if is_record(self._text, token):
            self._counts[path] = self._counts.get(path, -1) + 1
            path = (*path, self._counts[path])
        for length in range(1, min(len(path), DEEPEST) + 1):
            self.found.setdefault(path[:length], token.line)
        self._table = path
