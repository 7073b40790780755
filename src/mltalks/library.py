"""The library: one object to ask everything of, typed, in plain values.

Parses what it is given and hands it to the questions; prints nothing and reads no environment.
"""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mltalks import __version__
from mltalks.dataset.files import files_of
from mltalks.errors import MltalksError, NotFoundError, UsageError, is_damage
from mltalks.search.catalogue import FACETS, Catalogue
from mltalks.search.index import Index
from mltalks.search.index_cache import Cache, fingerprint
from mltalks.search.query import Node, parse
from mltalks.search.ranking import Hits, Listing, list_sessions, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from mltalks.analysis.checkup.run import CheckUp
    from mltalks.analysis.committee import Committee
    from mltalks.analysis.compare import Comparison
    from mltalks.analysis.crosstab import CrossTab, Cut
    from mltalks.analysis.explain_themes import Explanation
    from mltalks.analysis.facets import FacetCounts, ThemeDetail, ThemeTree
    from mltalks.analysis.survey import Survey
    from mltalks.analysis.theme_gaps import ThemeGaps
    from mltalks.analysis.trend import Trend
    from mltalks.dataset.model import Session
    from mltalks.messages import Message
    from mltalks.search.expansion import Without
    from mltalks.search.index_cache import Progress
    from mltalks.search.related import Related
    from mltalks.taxonomy.classify_list import Classified

Query = str | Sequence[str] | Node
T = TypeVar("T")


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

    def __init__(self, paths: Sequence[Path], cache: Path | None = None, themes: Path | None = None) -> None:
        """Take files or folders of TOML files, each laid over those before it, and the folder of compiled indexes.

        `themes` is the file of a tree to file all sessions under, TOML or SKOS, in the place of the one in the files.
        """
        self.paths = tuple(paths)
        self._tree = themes
        self._cache = Cache(cache, self.paths, themes) if cache else None
        self._state = ""
        self.from_cache = False

    @cached_property
    def files(self) -> tuple[tuple[Path, ...], ...]:
        """The files of each layer.

        Raises:
            DataError: a folder without TOML files.

        """
        return tuple(map(files_of, self.paths))

    @cached_property
    def catalogue(self) -> Catalogue:
        """All that is loaded: from the compiled index when that is fresh, else read now.

        Raises:
            DataError: a file cannot be read or holds a record that is not valid.

        """
        with suppress(OSError):  # a file that is not there is told of when it is read
            self._state = fingerprint(__version__, self._all_files, self._tree)
        compiled = self._cache.open(self._state) if self._cache and self._state else None
        self.from_cache = compiled is not None
        return Catalogue(compiled or self._in_memory())

    @property
    def _all_files(self) -> list[Path]:
        return [file for layer in self.files for file in layer]

    def _in_memory(self) -> Index:
        db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._compile(db, None)
        return Index(db)

    def _compile(self, db: sqlite3.Connection, progress: "Progress | None") -> None:
        from mltalks.dataset.loader import load
        from mltalks.search.documents import Documents
        from mltalks.search.index_builder import compile_index

        themes = None
        if self._tree is not None:
            from mltalks.taxonomy.load import load_tree

            themes = load_tree(self._tree)
        compile_index(Documents(load(self.files, themes)), db, progress)

    def compile(self, progress: "Progress | None" = None) -> Path:
        """Write the compiled index anew and return its file; `progress` is told sessions done and all.

        Raises:
            DataError: the data cannot be used.
            MltalksError: there is no cache, or it cannot be written; an index that was there is as it was.

        """
        if self._cache is None:
            raise MltalksError("cannot write: {reason}", reason="no cache folder")
        state = ""
        with suppress(OSError):  # a file that is not there is told of when it is read
            state = fingerprint(__version__, self._all_files, self._tree)
        try:
            self._cache.write(state, lambda db: self._compile(db, progress))
        except OSError as error:
            raise MltalksError(
                "cannot write: {reason}", reason=f"{self._cache.file.parent}: {error.strerror}"
            ) from None
        return self._cache.file

    def keep(self) -> None:
        """Put what was read into the cache, where it can be written."""
        if self._cache is not None and self._state and not self.from_cache:
            with suppress(OSError):
                self._cache.write(self._state, self.catalogue.index.backup)

    def clear_cache(self) -> list[Path]:
        """Remove all compiled indexes of the cache and return their files.

        Raises:
            MltalksError: one cannot be removed.

        """
        try:
            return self._cache.clear() if self._cache else []
        except OSError as error:
            raise MltalksError(
                "cannot write: {reason}", reason=f"{error.filename}: {error.strerror}"
            ) from None

    def drop_compiled(self) -> bool:
        """Remove the compiled index that was read, which is damaged; tell whether one was read, and is gone."""
        return self._cache is not None and self.from_cache and self._cache.drop()

    def _ask(self, question: Callable[[Catalogue], T]) -> T:
        """Return the answer of a question; when the compiled index turns out to be damaged, ask what is read anew."""
        try:
            return question(self.catalogue)
        except sqlite3.DatabaseError as error:
            if not self.from_cache or not is_damage(error):
                raise
            self.__dict__["catalogue"] = Catalogue(self._in_memory())
            self.from_cache = False
            return question(self.catalogue)

    def search(self, query: Query, limit: int | None = None, without: "Collection[Without]" = ()) -> Hits:
        """Return the sessions that a query finds, the likeliest first, at most `limit`.

        `without` names expansions to turn off: terms, sound, fuzzy, prefix, compounds, stems.

        Raises:
            QueryError: the query cannot be read.
            NotFoundError: it names a company, theme, event, series or id that does not exist.
            DataError: the data cannot be used.

        """
        node = parsed(query)
        return self._ask(lambda catalogue: search(catalogue, node, limit, without))

    def list(self, query: Query = "", limit: int | None = None) -> Listing:
        """Return the sessions that a query finds, in the order of the files, at most `limit`.

        Raises: as `search`.

        >>> import mltalks
        >>> mltalks.open().list("event:opml19 has:slides", limit=1).sessions[0].title
        'Opportunities and Challenges Of Machine Learning Accelerators In Production'
        """
        node = parsed(query)
        return self._ask(lambda catalogue: list_sessions(catalogue, node, limit))

    def session(self, session_id: str) -> "Session":
        """Return a session by its id.

        Raises:
            NotFoundError: there is none; the error holds the nearest ids.
            DataError: the data cannot be used.

        >>> import mltalks
        >>> mltalks.open().session("opml19-katib").keywords
        ('AutoML', 'Kubernetes', 'hyperparameter search', 'neural architecture search')

        """
        return self._ask(lambda catalogue: catalogue.session(_doc(catalogue, session_id)))

    def explain(self, session_id: str) -> "Explanation":
        """Return why a session is filed under its themes.

        Raises: as `session`.

        >>> import mltalks
        >>> reason = mltalks.open().explain("opml19-katib").reasons[0]
        >>> reason.theme.id, reason.status, reason.evidence[0].term
        ('hyperparameter-search', 'curated', 'hyperparameter search')
        """
        from mltalks.analysis.explain_themes import explain

        return self._ask(lambda catalogue: explain(catalogue, _doc(catalogue, session_id)))

    def gaps(self, query: Query = "") -> "ThemeGaps":
        """Return what the theme tree lacks for the sessions of a query.

        Raises: as `search`.
        """
        from mltalks.analysis.theme_gaps import theme_gaps

        node = parsed(query)
        return self._ask(lambda catalogue: theme_gaps(catalogue, node))

    def check_up(self, query: Query = "") -> "CheckUp":
        """Return what looks wrong in the sessions of a query, each with the command that mends it.

        Raises: as `search`.
        """
        from mltalks.analysis.checkup.run import examined

        node = parsed(query)
        return self._ask(lambda catalogue: examined(catalogue, node))

    def classify(self, records: "Iterable[Mapping[str, Any]]") -> "Iterator[Classified]":
        """Yield records (title; keywords, track and summary where there are any) filed under the themes, one by one.

        Raises:
            DataError: the data cannot be used.

        >>> import mltalks
        >>> [one.found.themes for one in mltalks.open().classify([{"title": "4-bit quantization of LLMs"}])]
        [('quantization',)]

        """
        from mltalks.taxonomy.classify_list import classified

        return classified(self.catalogue.classifier, records)

    def related(self, session_id: str, limit: int | None = None) -> "Related":
        """Return the sessions nearest to one, each with what they share.

        Raises: as `session`.

        >>> import mltalks
        >>> near = mltalks.open().related("opml19-katib", limit=1).sessions[0]
        >>> near.shared[0].what
        'keyword'
        """
        from mltalks.search.related import related

        return self._ask(lambda catalogue: related(catalogue, _doc(catalogue, session_id), limit))

    def facet(self, facet: str, query: Query = "") -> "FacetCounts":
        """Count the sessions of a query by a facet of `mltalks.catalogue.FACETS`.

        Raises: as `search`; UsageError when there is no such facet.
        """
        from mltalks.analysis.facets import facet_counts

        if facet not in FACETS:
            raise UsageError("no facet {name}; the facets are {names}", name=facet, names=", ".join(FACETS))

        node = parsed(query)
        return self._ask(lambda catalogue: facet_counts(catalogue, facet, node))

    def crosstab(
        self,
        rows: str,
        columns: str,
        query: Query = "",
        cut: "Cut | None" = None,
        *,
        by_year: bool = False,
        with_ids: bool = False,
    ) -> "CrossTab":
        """Count the sessions of a query by two facets of `mltalks.crosstab.CROSSED`, and in each year too if asked.

        `cut` says which rows and columns are kept; `with_ids` adds the ids of the sessions of each cell.

        Raises: as `search`; UsageError when there is no such facet.

        >>> import mltalks
        >>> table = mltalks.open().crosstab("event", "kind", "series:OpML")
        >>> table.row_values, table.cell("opml19", "keynote")
        (('opml19', 'opml20'), 1)
        """
        from mltalks.analysis.crosstab import EVERYTHING, crosstab

        node = parsed(query)
        return self._ask(
            lambda catalogue: crosstab(
                catalogue, rows, columns, node, cut or EVERYTHING, by_year=by_year, with_ids=with_ids
            )
        )

    def themes(self, query: Query = "") -> "ThemeTree":
        """Return the theme tree with the number of sessions of a query under each theme.

        Raises: as `search`.

        >>> import mltalks
        >>> [count.theme.id for count in mltalks.open().themes().themes if count.depth == 0][:3]
        ['edge-cloud', 'serving-latency', 'pipelines']
        """
        from mltalks.analysis.facets import theme_tree

        node = parsed(query)
        return self._ask(lambda catalogue: theme_tree(catalogue, node))

    def theme_id(self, name: str) -> "tuple[str, tuple[Message, ...]]":
        """Return the id of a theme by its id or label, and what there is to tell about how the name was taken.

        Raises:
            NotFoundError: no theme of that name.

        """
        from mltalks.search.matcher import Matcher

        def named(catalogue: Catalogue) -> "tuple[str, tuple[Message, ...]]":
            matcher = Matcher(catalogue)
            (theme,) = matcher.named("theme", name)
            return theme, tuple(matcher.notices)

        return self._ask(named)

    def theme(self, name: str, query: Query = "") -> "ThemeDetail":
        """Return one theme, by id or label, with the sessions of a query under it.

        Raises: as `search`; NotFoundError also when there is no such theme.
        """
        from mltalks.analysis.facets import theme_detail

        node = parsed(query)
        return self._ask(lambda catalogue: theme_detail(catalogue, name, node))

    def committee(self, events: Sequence[str] = ()) -> "Committee":
        """Return who sits on the committees of some events, by id or name; without any, of all that have members.

        Raises:
            NotFoundError: no event of that name.
            DataError: the data cannot be used.

        >>> import mltalks
        >>> [(one.organization, one.seats) for one in mltalks.open().committee(["opml20"]).organizations[:2]]
        [('Google', 4), ('LinkedIn', 4)]

        """
        from mltalks.analysis.committee import committee

        return self._ask(lambda catalogue: committee(catalogue, events))

    def survey(self, query: Query = "") -> "Survey":
        """Return everything that is counted of the sessions of a query, part by part.

        Raises: as `search`.

        >>> import mltalks
        >>> [voice.companies for voice in mltalks.open().survey("event:opml19").voices.giants[:2]]
        [(('Microsoft', 5),), (('LinkedIn', 4),)]
        """
        from mltalks.analysis.survey import survey

        node = parsed(query)
        return self._ask(lambda catalogue: survey(catalogue, node))

    def trend(self, facet: str, query: Query = "", *, fewest: int = 5, all_years: bool = False) -> "Trend":
        """Return how the values of a facet come and go over the years; values of fewer sessions are not judged.

        Raises: as `search`; UsageError when there is no such facet.
        """
        from mltalks.analysis.trend import FACETS as FOLLOWED, trend
        from mltalks.text.fuzzy import nearest

        if facet not in FOLLOWED:
            raise UsageError(
                "no facet {name}; the facets are {names}",
                name=facet,
                names=", ".join(FOLLOWED),
                nearest=nearest(facet, FOLLOWED),
            )
        node = parsed(query)
        return self._ask(lambda catalogue: trend(catalogue, facet, node, fewest=fewest, all_years=all_years))

    def compare(self, a: str, b: str, query: Query = "") -> "Comparison":
        """Return two sides beside each other, each an event, series, company or theme by its name, or a query.

        Raises: as `search`.
        """
        from mltalks.analysis.compare import compare

        node = parsed(query)
        return self._ask(lambda catalogue: compare(catalogue, a, b, node))


def _doc(catalogue: Catalogue, session_id: str) -> int:
    doc = catalogue.index.doc(session_id)
    if doc is None:
        near = catalogue.names("id").nearest(session_id)
        raise NotFoundError('no {what} "{name}"', what="session", name=session_id[:60], nearest=near)
    return doc
