"""Tables and links of GitHub Flavored Markdown, both ways.

Does not escape their content: `sanitize.markdown` does.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from mltalks.text import sanitize

_SEPARATOR = re.compile(r"(?<!\\)\|")
_END = re.compile(r"(?<!\\)\|$")
_RULE = re.compile(r"\s*:?-+:?\s*")
_LINK = re.compile(r"(?:\[[^\]]*\]\()?<(https?://[^<>\s]+)>\)?|\[[^\]]*\]\((https?://[^()\s]+)\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def table(
    heading: Sequence[str], rows: Iterable[Iterable[str]], right: Collection[int] = ()
) -> Iterator[str]:
    """Yield the lines of a table, not ended; the columns `right`, counted from 0, are aligned to the right."""
    rule = ["---:" if column in right else "---" for column in range(len(heading))]
    return (f"| {' | '.join(cells)} |" for cells in (heading, rule, *rows))


def cells(line: str) -> list[str]:
    r"""Return the texts of the cells of a line of a table that begins with a separator; of a cell that is a link, the address.

    >>> cells(r"| a\|b &lt;c&gt; | [slides](<https://example.org/a>) |  |")
    ['a|b <c>', 'https://example.org/a', '']
    """
    inner = _END.sub("", line.strip()).removeprefix("|")
    return [_plain(cell.strip()) for cell in _SEPARATOR.split(inner)]


def is_rule(cells: Sequence[str]) -> bool:
    """Return whether the cells of a line are the rule between the heading of a table and its rows."""
    return all(map(_RULE.fullmatch, cells))


def _plain(cell: str) -> str:
    from html import unescape  # 2 ms that only an import need pay

    address = _LINK.fullmatch(cell)
    return address[1] or address[2] if address else unescape(_ESCAPED.sub(r"\1", cell))


def link(text: str, address: str | None) -> str:
    """Return a link to an address, or "" if the address is not safe (see `sanitize.link`)."""
    target = sanitize.link(address)
    return f"[{text}](<{target}>)" if target else ""
