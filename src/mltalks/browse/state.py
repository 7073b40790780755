"""Where a walk through the talks is: the query with what narrows it, the way back and forward, what is selected.

Does not find or draw anything: plain values, without a terminal.
"""

from collections.abc import Collection
from typing import NamedTuple

from mltalks.search.query.nodes import Filter, Node, all_of, parts_of
from mltalks.search.query.parser import parse

FACETS = ("theme", "company", "event", "year", "keyword", "speaker", "tag", "mark")  # by the keys 1 to 8
PLURALS = {facet: "companies" if facet == "company" else f"{facet}s" for facet in FACETS}


class Place(NamedTuple):
    """A place of the walk: a query as typed, the facet beside it, the pane with the focus, and the talk under the cursor.

    With `related`, the talks are those nearest to the session of that id, and not those of the query; with `distant`, also those
    that match far less well than the best; with `grows`, the values that grew most come first.
    """

    query: str = ""
    facet: str = "theme"
    pane: str = "talks"
    talk: str | None = None
    related: str | None = None
    distant: bool = False
    grows: bool = False

    @property
    def what(self) -> "Place":
        """What is shown there, without how it is looked at."""
        return self._replace(pane="", talk=None)


class Walk:
    """The places that were visited, and the one where the walk is."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._before: list[Place] = []
        self._after: list[Place] = []

    def go(self, place: Place) -> None:
        """Go to another place; it is no new one if it differs in the pane and the talk alone."""
        if self.place.what != place.what:
            self._before.append(self.place)
            self._after.clear()
        self.place = place

    def back(self) -> bool:
        """Go back to the place before; return whether there is one."""
        return self._turn(self._before, self._after)

    def forward(self) -> bool:
        """Take the last `back` back; return whether there is one."""
        return self._turn(self._after, self._before)

    def _turn(self, source: list[Place], target: list[Place]) -> bool:
        if not source:
            return False
        target.append(self.place)
        self.place = source.pop()
        return True


def _narrows(part: Node, field: str) -> bool:
    return isinstance(part, Filter) and part.field == field


def narrowed_to(query: str, field: str) -> tuple[str, ...]:
    """Return the values, as typed, to which the filters of a field narrow a query.

    Raises QueryError: the query cannot be read.

    >>> narrowed_to("kv cache company:google,meta year:2024..", "company")
    ('google', 'meta')
    """
    return tuple(
        value
        for part in parts_of(parse(query))
        if isinstance(part, Filter) and part.field == field
        for value in part.values
    )


def widened(query: str, field: str) -> Node:
    """Return a query without its filters of a field.

    Raises QueryError: the query cannot be read.
    """
    return all_of([part for part in parts_of(parse(query)) if not _narrows(part, field)])


def narrowed(query: str, field: str, values: Collection[str]) -> str:
    """Return a query that is narrowed to some values of a field instead of those before; without values, to none.

    Raises QueryError: the query cannot be read.

    >>> narrowed("drift OR skew", "company", ["Google Research", "Meta"])
    '(drift OR skew) company:"Google Research",Meta'
    >>> narrowed("drift company:google", "company", [])
    'drift'
    """
    rest = widened(query, field)
    return str(all_of((rest, Filter(field, tuple(values))))) if values else str(rest)
