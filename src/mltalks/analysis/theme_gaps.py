"""Gaps of the theme tree for the sessions of a query.

Does not find gaps itself: `taxonomy.gaps` does.
"""

from typing import NamedTuple

from mltalks.messages import Message
from mltalks.search.query.nodes import Everything
from mltalks.search.selection import Selection
from mltalks.taxonomy.gaps import Gaps, gaps


class ThemeGaps(NamedTuple):
    """The gaps of a tree for so many sessions; `notices` say how the query was understood."""

    gaps: Gaps
    sessions: int
    notices: tuple[Message, ...]


def theme_gaps(selection: Selection) -> ThemeGaps:
    """Return the gaps of the tree for the sessions, filed by inference alone.

    Nearly empty and similar themes are reported for the whole catalogue only.
    """
    catalogue = selection.catalogue
    found = gaps(list(catalogue.themes.values()), tuple(selection.sessions()), catalogue.classifier)
    if not isinstance(selection.query, Everything):
        found = found._replace(nearly_empty=(), alike=())
    return ThemeGaps(found, selection.size, selection.notices)
