"""Names as people type them before a query: as one argument or as several words.

Does not resolve names that are not exact: the command does.
"""

from collections.abc import Sequence

from mltalks.cli.console import Console
from mltalks.messages import excerpt


def with_whole_name(console: Console, facet: str, typed: Sequence[str], *, notice: bool = True) -> list[str]:
    """Return arguments whose first words are together exactly a name of a facet with that name as one, and write a `notice`."""
    length = console.library.catalogue.names(facet).leading(typed)
    if length < 2:
        return [*typed]
    from mltalks.search.query.nodes import Filter

    whole = " ".join(typed[:length])
    if notice:
        console.say(
            '"{words}" is read as {filter}', words=excerpt(whole), filter=str(Filter(facet, (whole,)))
        )
    return [whole, *typed[length:]]
