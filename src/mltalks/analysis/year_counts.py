"""Sessions by year, without a gap: a year in which a query finds nothing counts zero.

Does not add years before the first or after the last in which it finds a session.
"""

from mltalks.search.matcher import Matcher
from mltalks.search.query.nodes import And, Everything, Filter, Node, Not, Or, all_of
from mltalks.search.selection import Selection

_SAYS_WHEN = ("year", "event", "series")


def year_counts(selection: Selection) -> dict[str, int]:
    """Return the number of sessions in each year, in order, with the years between that the catalogue has sessions of.

    If the query filters by year, event or series, only years that these filters find are added.
    """
    found = selection.counts("year")
    if not found:
        return {}
    node, catalogue = selection.query, selection.catalogue
    limits = all_of([part for part in (node.parts if isinstance(node, And) else (node,)) if _says_when(part)])
    whole = selection.all()
    if not isinstance(limits, Everything):
        whole = selection._replace(docs=Matcher(catalogue).docs(limits))
    first, last = min(map(int, found)), max(map(int, found))
    between = (year for year in whole.counts("year") if first <= int(year) <= last)
    return {year: found.get(year, 0) for year in sorted({*found, *between}, key=int)}


def _says_when(node: Node) -> bool:
    if isinstance(node, And | Or):
        return all(map(_says_when, node.parts))
    if isinstance(node, Not):
        return _says_when(node.part)
    return isinstance(node, Filter) and node.field in _SAYS_WHEN
