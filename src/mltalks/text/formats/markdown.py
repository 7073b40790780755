"""Tables and links of GitHub Flavored Markdown, both ways.

Does not escape their content: `sanitize.markdown` does.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from mltalks.text import sanitize

_SEPARATOR = re.compile(r"(?<!\\)\|")
_END = re.compile(r"(?<!\\)\|$")
_RULE = re.compile(r"\s*:?-+:?\s*")
_LINK = re.compile(
    r"!?\[((?:\\.|[^\[\]\\])*)\]\((?:<([^<>\s]*)>|((?:[^()\s]|\([^()\s]*\))*))(?:\s+\"[^\"]*\")?\)|<(https?://[^<>\s]+)>"
)
_MARKS = (
    re.compile(r"(`+)(.+?)\1"),
    re.compile(r"(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1"),
    re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_])\1(?![\w_])"),
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = 0xF0000  # of the private use, plus a sign that is no mark because it is escaped
_RELEASED = {_HELD + sign: sign for sign in range(128)}


def table(
    heading: Sequence[str], rows: Iterable[Iterable[str]], right: Collection[int] = ()
) -> Iterator[str]:
    """Yield the lines of a table, not ended; the columns `right`, counted from 0, are aligned to the right."""
    rule = ["---:" if column in right else "---" for column in range(len(heading))]
    return (f"| {' | '.join(cells)} |" for cells in (heading, rule, *rows))


def cells(line: str) -> list[str]:
    r"""Return the cells of a line of a table that begins with a separator, in Markdown.

    >>> cells(r"| a\|b | [slides](<https://example.org/a>) |  |")
    ['a\\|b', '[slides](<https://example.org/a>)', '']
    """
    inner = _END.sub("", line.strip()).removeprefix("|")
    return [cell.strip() for cell in _SEPARATOR.split(inner)]


def is_rule(cells: Sequence[str]) -> bool:
    """Return whether the cells of a line are the rule between the heading of a table and its rows."""
    return all(map(_RULE.fullmatch, cells))


def lines_before_table(lines: Sequence[str]) -> int:
    """Return how many lines are before the first table of a text in Markdown; 0 if it may be no such text, or has none.

    >>> lines_before_table(["# Soup", "", "By night.", "| a | b |", "|---|---|"]), lines_before_table(["a,b", "| c |", "|---|"])
    (3, 0)
    """
    first = next(filter(str.strip, lines), "").lstrip("\ufeff")
    if not first.startswith("#") and re.search(r"[,;|\t]", first):
        return 0
    rules = (at for at, line in enumerate(lines[1:]) if "|" in line and is_rule(cells(line)))
    return next(rules, 0)


def plain(cell: str) -> str:
    r"""Return the words of a cell: without the marks of bold type and the like, and of a link its text.

    >>> plain(r"a\|b &lt;c&gt;"), plain("**[Soup](https://example.org/a_(b))** by `x_y`"), plain(r"\*so\* 2 * 3 * 4, __night__ a_b_c")
    ('a|b <c>', 'Soup by x_y', '*so* 2 * 3 * 4, night a_b_c')
    """
    from html import unescape  # 2 ms that only an import need pay

    text = _ESCAPED.sub(lambda found: chr(_HELD + ord(found[1])), cell)
    text = _LINK.sub(lambda found: found[4] or found[1], text)
    for mark in _MARKS:
        text = mark.sub(r"\2", text)
    return unescape(text).translate(_RELEASED).strip()


def address(cell: str) -> str | None:
    """Return the web address of the first link of a cell that is no image; None if there is none.

    >>> address("**[Soup](https://example.org/a)**"), address("[slides](<https://example.org/a>)"), address("[a](b.md)")
    ('https://example.org/a', 'https://example.org/a', None)
    """
    links = (found for found in _LINK.finditer(cell) if not found[0].startswith("!"))
    targets = (found[2] or found[3] or found[4] for found in links)
    return next((target for target in targets if target.lower().startswith(("http://", "https://"))), None)


def link(text: str, address: str | None) -> str:
    """Return a link to an address, or "" if the address is not safe (see `sanitize.link`)."""
    target = sanitize.link(address)
    return f"[{text}](<{target}>)" if target else ""
