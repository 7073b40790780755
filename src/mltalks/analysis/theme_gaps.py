"""What the theme tree lacks for the sessions of a query.

Does not find gaps itself: `taxonomy.gaps` does, for the sessions that it is given.
"""

from typing import NamedTuple

from mltalks.messages import Message
from mltalks.search.query import Everything
from mltalks.search.selection import Selection
from mltalks.taxonomy.gaps import Gaps, gaps


class ThemeGaps(NamedTuple):
    """The gaps of a tree for so many sessions; `notices` say how the query was understood."""

    gaps: Gaps
    sessions: int
    notices: tuple[Message, ...]


def theme_gaps(selection: Selection) -> ThemeGaps:
    """Return what the tree lacks for the sessions, as inference alone files them.

    Nearly empty and similar themes are reported for the whole catalogue only.
    """
    catalogue = selection.catalogue
    found = gaps(list(catalogue.themes.values()), selection.sessions(), catalogue.classifier)
    if not isinstance(selection.query, Everything):
        found = found._replace(nearly_empty=(), alike=())
    return ThemeGaps(found, selection.size, selection.notices)
