"""Tables and links of GitHub Flavored Markdown.

Does not escape their content: `sanitize.markdown` does.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from mltalks.text import sanitize


def table(
    heading: Sequence[str], rows: Iterable[Iterable[str]], right: Collection[int] = ()
) -> Iterator[str]:
    """Yield the lines of a table, not ended; the columns `right`, counted from 0, are aligned to the right."""
    rule = ["---:" if column in right else "---" for column in range(len(heading))]
    return (f"| {' | '.join(cells)} |" for cells in (heading, rule, *rows))


def link(text: str, address: str | None) -> str:
    """Return a link to an address, or "" if the address is not safe (see `sanitize.link`)."""
    target = sanitize.link(address)
    return f"[{text}](<{target}>)" if target else ""
