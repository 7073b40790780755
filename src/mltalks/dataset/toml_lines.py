"""On which line each table, key and array element of a TOML document stands.

Takes only text that a TOML parser has accepted and checks nothing itself; asked only when there is a problem to place.
"""

import re

import tomli

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")
# Below this many keys and indices, and from this element of an array on, what stands there has the line of what is around it.
DEEPEST, LONGEST = 8, 1_000
_MARK = re.compile(r'#[^\n]*|["\'\[\]{}]')
_STRINGS = (
    re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}', re.DOTALL),
    re.compile(r"'''(?:[^']|'(?!''))*+'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*+"'),
    re.compile(r"'[^'\n]*'"),
)


def positions(text: str) -> dict[Path, int]:
    r"""Return the line (from 1) of every path in a valid TOML document.

    A path holds keys and, for arrays and arrays of tables, indices from 0; grammar: https://toml.io/en/v1.0.0. What is
    deeper than `DEEPEST`, or an element of an array from the `LONGEST`th on, is left out: it would take many times its size.

    >>> positions('[[sessions]]\nid = "x"\nthemes = [\n  "a",\n  "b",\n]')[("sessions", 0, "themes", 1)]
    5
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.found


def line_of(found: dict[Path, int], path: Path) -> int | None:
    """Return the line of `path`, else of the nearest thing around it that has one."""
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self.line = 1
        self.counted = 0  # where lines have been counted up to
        self.counts: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while not self._end():
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)

    def _end(self) -> bool:
        self._skip(_BLANK)
        return self.at >= len(self.text)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()

    def _mark(self, path: Path) -> None:
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        self.found.setdefault(path, self.line)

    def _header(self) -> Path:
        start = self.at
        array = self.text.startswith("[[", start)
        self.at += 2 if array else 1
        keys = self._keys()
        path: Path = ()
        for i, key in enumerate(keys):
            path = (*path, key)
            if i < len(keys) - 1 and path in self.counts:
                path = (*path, self.counts[path])
        if array:
            self.counts[path] = self.counts.get(path, -1) + 1
            path = (*path, self.counts[path])
        end = self.at
        self.at = start
        for length in range(1, min(len(path), DEEPEST) + 1):
            self._mark(path[:length])
        self.at = end + (2 if array else 1)
        return path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            keys.append(self._key())
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _key(self) -> str:
        start = self.at
        if self.text.startswith(('"', "'"), start):
            self._string()
            written = self.text[start : self.at]
            key: str = tomli.loads(f"key = {written}")["key"] if "\\" in written else written[1:-1]
            return key
        self._skip(_BARE_KEY)
        return self.text[start : self.at]

    def _pair(self, table: Path) -> None:
        start = self.at
        keys = self._keys()
        path = (*table, *keys)[:DEEPEST]
        end, self.at = self.at, start
        self._mark(path)
        self.at = end + 1
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self.text[self.at : self.at + 1]
        if opening in ('"', "'"):
            self._string()
        elif opening in ("[", "{") and len(path) >= DEEPEST:
            self._pass()
        elif opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self._skip(_SCALAR)

    def _string(self) -> None:
        for pattern in _STRINGS:
            match = pattern.match(self.text, self.at)
            if match:
                self.at = match.end()
                return

    def _array(self, path: Path) -> None:
        self.at += 1
        index = 0
        while not self._end() and not self.text.startswith("]", self.at):
            if index < LONGEST:
                self._mark((*path, index))
            self._value((*path, index) if index < LONGEST else path + ("",) * DEEPEST)
            index += 1
            self._comma()
        self.at += 1

    def _pass(self) -> None:
        """Go behind an array or inline table without a look at what it holds."""
        depth = 0
        while match := _MARK.search(self.text, self.at):
            self.at = match.start()
            mark = match.group()
            if mark in ('"', "'"):
                self._string()
                continue
            self.at = match.end()
            depth += (mark in "[{") - (mark in "]}")
            if not depth:
                return

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while not self._end() and not self.text.startswith("}", self.at):
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._skip(_BLANK)
        if self.text.startswith(",", self.at):
            self.at += 1
