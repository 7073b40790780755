"""What the theme tree lacks for the sessions of a query.

Hands the sessions to the taxonomy; proposes and changes nothing by itself.
"""

from typing import NamedTuple

from mltalks.messages import Message
from mltalks.search.catalogue import Catalogue
from mltalks.search.matcher import Matcher
from mltalks.search.postings import doc_numbers
from mltalks.search.query import Everything, Node
from mltalks.taxonomy.gaps import Gaps, gaps


class ThemeGaps(NamedTuple):
    """What a tree lacks for so many sessions; `notices` tell how the query was taken."""

    gaps: Gaps
    sessions: int
    notices: tuple[Message, ...]


def theme_gaps(catalogue: Catalogue, query: Node) -> ThemeGaps:
    """Return what the tree lacks for the sessions of a query, as they are filed by inference alone.

    Raises:
        NotFoundError: the query names a company, theme, event, series or id that does not exist.

    """
    matcher = Matcher(catalogue)
    sessions = [catalogue.session(doc) for doc in doc_numbers(matcher.docs(query))]
    found = gaps(list(catalogue.themes.values()), sessions, catalogue.classifier)
    if not isinstance(query, Everything):  # how full themes are is told of all sessions only
        found = found._replace(nearly_empty=(), alike=())
    return ThemeGaps(found, len(sessions), tuple(matcher.notices))
