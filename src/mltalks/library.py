"""The library: one object to ask everything of, typed, in plain values.

Parses what it is given and hands it to the questions; prints nothing and reads no environment.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from mltalks.catalogue import Catalogue, layers_of, load
from mltalks.errors import NotFoundError
from mltalks.facets import FacetCounts, ThemeDetail, ThemeTree, facet_counts, theme_detail, theme_tree
from mltalks.matching import Matcher
from mltalks.model import Session
from mltalks.query import Node, parse
from mltalks.search import Found, Hits, list_sessions, search

Query = str | Sequence[str] | Node


def parsed(query: Query) -> Node:
    """Return a query as a tree: text or the words of a command line are read, a tree is taken as it is."""
    return parse(query) if isinstance(query, str | Sequence) else query


class Library:
    """Everything that is loaded, and the questions one can ask of it.

    >>> import mltalks
    >>> cat = mltalks.open()
    >>> cat.search("automl kubernetes").hits[0].session.id
    'opml19-katib'
    >>> [(found.value, found.sessions) for found in cat.facet("company", "event:opml20").values[:2]]
    [('Google', 2), ('IBM', 1)]
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Take files or folders of TOML files, each laid over those before it."""
        self.paths = tuple(paths)

    @cached_property
    def catalogue(self) -> Catalogue:
        """All that is loaded; read when first asked for.

        Raises:
            DataError: a file cannot be read or holds a record that is not valid.

        """
        return load(layers_of(self.paths))

    def search(self, query: Query, limit: int | None = None) -> Hits:
        """Return the sessions that a query finds, the likeliest first, at most `limit`.

        Raises:
            QueryError: the query cannot be read.
            NotFoundError: it names a company, theme, event, series or id that does not exist.
            DataError: the data cannot be used.

        """
        return search(self.catalogue, parsed(query), limit)

    def list(self, query: Query = "", limit: int | None = None) -> Found:
        """Return the sessions that a query finds, in the order of the files, at most `limit`.

        Raises: as `search`.

        >>> import mltalks
        >>> mltalks.open().list("event:opml19 has:slides", limit=1).sessions[0].title
        'Opportunities and Challenges Of Machine Learning Accelerators In Production'
        """
        return list_sessions(self.catalogue, parsed(query), limit)

    def session(self, session_id: str) -> Session:
        """Return a session by its id.

        Raises:
            NotFoundError: there is none; the error holds the nearest ids.
            DataError: the data cannot be used.

        >>> import mltalks
        >>> mltalks.open().session("opml19-katib").keywords
        ('AutoML', 'Kubernetes', 'hyperparameter search', 'neural architecture search')

        """
        number = self.catalogue.numbers.get(session_id)
        if number is None:
            folded = {key.casefold(): key for key in self.catalogue.numbers}
            number = self.catalogue.numbers.get(folded.get(session_id.casefold(), ""))
        if number is None:
            near = self.catalogue.names("id").nearest(session_id)
            raise NotFoundError('no {what} "{name}"', what="session", name=session_id[:60], nearest=near)
        return self.catalogue.sessions[number]

    def companies(self, session: Session) -> tuple[str, ...]:
        """Return the canonical names of a session's organizations."""
        return self.catalogue.companies(session)

    def facet(self, facet: str, query: Query = "") -> FacetCounts:
        """Count the sessions of a query by company, theme, event, year, series, kind, keyword, speaker or track.

        Raises: as `search`.
        """
        return facet_counts(self.catalogue, facet, parsed(query))

    def themes(self, query: Query = "") -> ThemeTree:
        """Return the theme tree with the number of sessions of a query under each theme.

        Raises: as `search`.

        >>> import mltalks
        >>> [count.theme.id for count in mltalks.open().themes().themes if count.depth == 0][:3]
        ['edge-cloud', 'serving-latency', 'pipelines']
        """
        return theme_tree(self.catalogue, parsed(query))

    def theme(self, name: str, query: Query = "") -> ThemeDetail:
        """Return one theme, by id or label, with the sessions of a query under it.

        Raises: as `search`; NotFoundError also when there is no such theme.
        """
        matcher = Matcher(self.catalogue)
        theme = matcher.named("theme", name)[0]
        detail = theme_detail(self.catalogue, theme, parsed(query))
        return detail if not matcher.notices else _with_notices(detail, matcher)


def _with_notices(detail: ThemeDetail, matcher: Matcher) -> ThemeDetail:
    from dataclasses import replace

    return replace(detail, notices=(*matcher.notices, *detail.notices))
