r"""Encodes and decodes the cells of CSV tables: formula guard, lists, people.

Does not depend on columns. A list is joined by "; ", with a backslash before a ; or backslash within a part.
"""

import re
from collections.abc import Iterable

_GUARDED = re.compile(r"""'*["\s]*[=+\-@＝＋－＠]""")
_PART = re.compile(r"(?:[^;\\]|\\.)*+\\?", re.DOTALL)
_ESCAPE = re.compile(r"[\\;]")
_ESCAPED = re.compile(r"\\([\\;])")
_PAREN = re.compile(r"\\.|[()]", re.DOTALL)
_UNESCAPED = re.compile(r"[\\()]")
_PAREN_ESCAPED = re.compile(r"\\([\\()])")


def guarded(text: str) -> str:
    """Return `text` with an apostrophe before it if a spreadsheet would take it for a formula.

    A formula after apostrophes gets one more, so that `bare` restores every text. Quotes before one are taken away by programs that
    read tab-separated values. Source: OWASP, CSV Injection.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("latency")
    ("'=1+1", "''=1+1", 'latency')
    """
    return f"'{text}" if _GUARDED.match(text) else text


def bare(text: str) -> str:
    """Return the text of which `guarded` made a cell.

    >>> bare("'=1+1"), bare("''=1+1"), bare("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def joined(parts: Iterable[str]) -> str:
    r"""Return texts as one.

    >>> print(joined(["a;b", "c"]))
    a\;b; c
    """
    return "; ".join(_ESCAPE.sub(r"\\\g<0>", part) for part in parts)


def parted(text: str) -> list[str]:
    r"""Return the texts that `joined` was given; of no text none.

    >>> parted(r"a\;b; c"), parted("")
    (['a;b', 'c'], [])
    """
    if not text:
        return []
    pieces = [_ESCAPED.sub(r"\1", piece) for piece in _pieces(text)]
    return [pieces[0], *(piece.removeprefix(" ") for piece in pieces[1:])]


def _pieces(text: str) -> Iterable[str]:
    at = 0
    while True:
        match = _PART.match(text, at)
        end = match.end() if match else at
        yield text[at:end]
        if end >= len(text):
            return
        at = end + 1


def person(name: str, organization: str | None) -> str:
    r"""Return a person as "Name (Organization)", with escaped parentheses if it could not be read back otherwise.

    >>> person("Ada", "Example (UK)"), person("Ada", None)
    ('Ada (Example (UK))', 'Ada')
    >>> print(person("Ada (A.)", None))
    Ada \(A.\)
    """
    text = _with(name, organization)
    if person_of(text) == (name, organization):
        return text
    return _with(*(_UNESCAPED.sub(r"\\\g<0>", one) for one in (name, organization or "")))


def _with(name: str, organization: str | None) -> str:
    return f"{name} ({organization})" if organization else name


def person_of(text: str) -> tuple[str, str | None]:
    """Return the name and the organization of "Name (Organization)"; of other text the text itself and None.

    >>> person_of("Ada Lovelace (Example (UK))"), person_of("Ada (A.) Lovelace")
    (('Ada Lovelace', 'Example (UK)'), ('Ada (A.) Lovelace', None))
    """
    marks = [match for match in _PAREN.finditer(text) if len(match.group()) == 1]
    if marks and marks[-1].end() == len(text) and marks[-1].group() == ")":
        depth = 0
        for mark in reversed(marks):
            depth += 1 if mark.group() == ")" else -1
            if depth == 0:
                name, organization = text[: mark.start()], text[mark.end() : -1]
                if name.endswith(" ") and name.strip() and organization.strip():
                    return _unescaped(name[:-1]), _unescaped(organization)
                break
    return _unescaped(text), None


def _unescaped(text: str) -> str:
    return _PAREN_ESCAPED.sub(r"\1", text)
