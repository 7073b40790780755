"""The Python API: one object with a typed method for each command, which returns plain values.

Does not print and does not read the environment: `cli` does.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mltalks import __version__
from mltalks.errors import NotFoundError
from mltalks.search.catalogue import Catalogue
from mltalks.search.catalogue_source import CatalogueSource
from mltalks.search.index_opener import Progress
from mltalks.search.query.nodes import Node
from mltalks.search.ranking import Hits, search
from mltalks.search.rewriting.id_words import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from mltalks.analysis.committee import Committee
    from mltalks.analysis.compare import Comparison
    from mltalks.analysis.crosstab import CrossTab, Cut, Percent
    from mltalks.analysis.doctor.run import CheckUp
    from mltalks.analysis.event_detail import EventDetail
    from mltalks.analysis.explain_themes import Explanation
    from mltalks.analysis.facets import CountOrder, FacetCounts, ThemeDetail, ThemeOrder, ThemeTree
    from mltalks.analysis.survey import Survey
    from mltalks.analysis.theme_gaps import ThemeGaps
    from mltalks.analysis.trend import Trend
    from mltalks.dataset.model import Session
    from mltalks.messages import Lang, Message
    from mltalks.search.expansion.candidate_finder import Without
    from mltalks.search.related import Related
    from mltalks.search.selection import Listing, Order, Selection
    from mltalks.taxonomy.classify_list import Classified

Query = str | Sequence[str] | Node
T = TypeVar("T")


class Library(CatalogueSource):
    """The loaded data, with a method for each search and analysis.

    A method that takes a query raises what `search` raises, one that takes the id of a session what `session` raises, and
    one that takes a facet UsageError if there is no such facet.

    >>> import mltalks
    >>> cat = mltalks.open()
    >>> cat.search("automl kubernetes").hits[0].session.id
    'opml19-katib'
    >>> [(found.value, found.sessions) for found in cat.facet("company", "event:opml20").values[:2]]
    [('Google', 2), ('IBM', 1)]
    """

    def __init__(
        self,
        paths: Sequence[Path],
        cache: Path | None = None,
        themes: Path | None = None,
        own: Path | None = None,
        *,
        shipped: bool = True,
    ) -> None:
        """Take files or folders, the cache, another theme tree, and the path of the user's data (see `CatalogueSource`)."""
        super().__init__(__version__, paths, cache, themes, own, shipped=shipped)

    def _parsed(self, query: Query) -> Node:
        """Return a query as a syntax tree; text, or the words of a command line, is parsed."""
        return parsed(query, lambda: self.catalogue) if isinstance(query, str | Sequence) else query

    def _analyse(self, query: Query, analysis: "Callable[[Selection], T]") -> T:
        """Evaluate a query, and return the result of an analysis of the sessions that it finds."""
        from mltalks.search.selection import select

        node = self._parsed(query)
        return self.evaluate(lambda catalogue: analysis(select(catalogue, node)))

    def search(
        self,
        query: Query,
        limit: int | None = None,
        without: "Collection[Without]" = (),
        *,
        distant: bool = False,
        sort: "Order | None" = None,
        reverse: bool = False,
    ) -> Hits:
        """Return the sessions that a query finds, at most `limit`, the most relevant first or in an order (see `search.selection`).

        `without` names expansions to turn off: terms, sound, fuzzy, prefix, compounds, stems. With `distant`, sessions that match
        far less well than the best ones are hits, too.

        Raises QueryError: the query cannot be read.
        Raises NotFoundError: it names a company, theme, event, series or id that does not exist.
        Raises DataError: the data cannot be used.
        """
        node = self._parsed(query)
        if sort is None and not reverse:
            return self.evaluate(lambda catalogue: search(catalogue, node, limit, without, distant=distant))
        from mltalks.search.selection import sorted_hits

        return self.evaluate(
            lambda catalogue: sorted_hits(
                search(catalogue, node, None, without, distant=distant), sort, limit, reverse=reverse
            )
        )

    def list(
        self,
        query: Query = "",
        limit: int | None = None,
        sort: "Order | None" = None,
        *,
        reverse: bool = False,
    ) -> "Listing":
        """Return the sessions that a query finds, at most `limit`, in an order (see `search.selection`), or in that of the files.

        >>> import mltalks
        >>> mltalks.open().list("event:opml19 has:slides", limit=1).sessions[0].title
        'Opportunities and Challenges Of Machine Learning Accelerators In Production'
        """
        from mltalks.search.rewriting.filter_hints import filter_hints
        from mltalks.search.selection import Listing, Selection, sorted_docs

        def listing(found: Selection) -> Listing:
            catalogue = found.catalogue
            if sort:
                docs = sorted_docs(catalogue, found.docs, sort, limit, reverse=reverse)
            else:
                docs = tuple(islice(catalogue.index.ordered(found.docs), limit))
            return Listing(found, docs, filter_hints(catalogue, found.query))

        return self._analyse(query, listing)

    def session(self, session_id: str) -> "Session":
        """Return a session by its id.

        Raises NotFoundError: there is none; the error holds the nearest ids.
        Raises DataError: the data cannot be used.

        >>> import mltalks
        >>> mltalks.open().session("opml19-katib").keywords
        ('AutoML', 'Kubernetes', 'hyperparameter search', 'neural architecture search')

        """
        return self.evaluate(lambda catalogue: catalogue.session(catalogue.doc(session_id)))

    def show(self, name: str) -> "Session | EventDetail":
        """Return the session of an id, else the event of an id or name.

        Raises NotFoundError: there is neither, or several events have the name.
        Raises DataError: the data cannot be used.

        >>> import mltalks
        >>> mltalks.open().show("USENIX OpML '20").committee.organizations[0].organization
        'Google'

        """
        from mltalks.analysis.event_detail import session_or_event

        return self.evaluate(lambda catalogue: session_or_event(catalogue, name))

    def explain(self, session_id: str) -> "Explanation":
        """Return why a session is filed under its themes.

        >>> import mltalks
        >>> reason = mltalks.open().explain("opml19-katib").reasons[0]
        >>> reason.theme.id, reason.status, reason.evidence[0].term
        ('hyperparameter-search', 'curated', 'hyperparameter search')
        """
        from mltalks.analysis.explain_themes import explain

        return self.evaluate(lambda catalogue: explain(catalogue, catalogue.doc(session_id)))

    def gaps(self, query: Query = "") -> "ThemeGaps":
        """Return the gaps of the theme tree for the sessions of a query."""
        from mltalks.analysis.theme_gaps import theme_gaps

        return self._analyse(query, theme_gaps)

    def check_up(
        self,
        query: Query = "",
        progress: Progress | None = None,
        own: Collection[str] = (),
        *,
        only_own: bool = False,
    ) -> "CheckUp":
        """Return findings in the sessions of a query, with the commands that fix them.

        `own` has the ids of the user's sessions and events; `only_own` returns findings about these. `progress` is called with
        the number of checks done and that of all.
        """
        from mltalks.analysis.doctor.run import check_up

        return self._analyse(query, lambda selection: check_up(selection, progress, own, only_own=only_own))

    def classify(self, records: "Iterable[Mapping[str, Any]]") -> "Iterator[Classified]":
        """Yield records (title, and keywords, track and summary if present) with their inferred themes, one by one.

        Raises DataError: the data cannot be used.

        >>> import mltalks
        >>> [one.found.themes for one in mltalks.open().classify([{"title": "4-bit quantization of LLMs"}])]
        [('quantization',)]

        """
        from mltalks.taxonomy.classify_list import classified

        return classified(self.catalogue.classifier, records)

    def related(self, session_id: str | Sequence[str], limit: int | None = None) -> "Related":
        """Return the sessions nearest to a session, or to several together, each with the values that they share.

        >>> import mltalks
        >>> near = mltalks.open().related("opml19-katib", limit=1).sessions[0]
        >>> near.shared[0].what
        'theme'
        """
        from mltalks.search.related import related

        ids = (session_id,) if isinstance(session_id, str) else session_id
        return self.evaluate(lambda catalogue: related(catalogue, [*map(catalogue.doc, ids)], limit))

    def facet(
        self,
        facet: str,
        query: Query = "",
        order: "CountOrder" = "sessions",
        *,
        lang: "Lang" = "en",
        reverse: bool = False,
    ) -> "FacetCounts":
        """Count the sessions of a query by a facet of `mltalks.search.catalogue.FACETS`.

        The values with the most sessions come first, or "A" (of names in `lang`), or those with the latest first or last year.
        """
        from mltalks.analysis.facets import facet_counts, facet_named

        named = facet_named(facet)
        return self._analyse(
            query,
            lambda selection: facet_counts(selection, named, order, lang=lang, reverse=reverse),
        )

    def crosstab(
        self,
        rows: str,
        columns: str,
        query: Query = "",
        cut: "Cut | None" = None,
        *,
        by_year: bool = False,
        with_ids: bool = False,
        percent: "Percent | None" = None,
    ) -> "CrossTab":
        """Count the sessions of a query by two facets of `mltalks.analysis.crosstab.CROSSED`.

        `cut` says which rows and columns are kept, `by_year` adds a table for each year, `with_ids` the sessions of each cell.
        With `percent`, `to_pandas` returns these percentages, and `few_known` says which numbers do not mean much.

        >>> import mltalks
        >>> table = mltalks.open().crosstab("event", "kind", "series:OpML")
        >>> table.row_values, table.cell("opml19", "keynote")
        (('opml19', 'opml20'), 1)
        """
        from mltalks.analysis.crosstab import CROSSED, EVERYTHING, crosstab
        from mltalks.analysis.facets import facet_named

        node = self._parsed(query)
        rows, columns = facet_named(rows, CROSSED), facet_named(columns, CROSSED)
        return self._analyse(
            node,
            lambda selection: crosstab(
                selection,
                rows,
                columns,
                cut or EVERYTHING,
                by_year=by_year,
                with_ids=with_ids,
                percent=percent,
            ),
        )

    def themes(
        self, query: Query = "", order: "ThemeOrder" = "tree", *, lang: "Lang" = "en", reverse: bool = False
    ) -> "ThemeTree":
        """Return the theme tree with the number of sessions of a query under each theme.

        In another order than that of the tree: those with the most sessions first, or from A to Z by labels in `lang`.

        >>> import mltalks
        >>> [count.theme.id for count in mltalks.open().themes().themes if count.depth == 0][:3]
        ['edge-cloud', 'serving-latency', 'pipelines']
        """
        from mltalks.analysis.facets import theme_tree

        return self._analyse(
            query, lambda selection: theme_tree(selection, order, lang=lang, reverse=reverse)
        )

    def theme_id(self, name: str) -> "tuple[str, tuple[Message, ...]]":
        """Return the id of a theme by its id or label, and notices on how the name was understood.

        Raises NotFoundError: there is no theme of that name, or there are several.
        """
        from mltalks.search.selection import resolve_names

        values, notices = self.evaluate(lambda catalogue: resolve_names(catalogue, "theme", [name]))
        if len(values) > 1:
            template = '"{name}" matches {count} {what} names; type a longer part of the name'
            raise NotFoundError(template, name=name, count=len(values), what="theme", nearest=values[:5])
        return values[0], notices

    def theme(self, name: str, query: Query = "", *, reverse: bool = False) -> "ThemeDetail":
        """Return one theme, by id or label, with the sessions of a query under it, the newest first.

        Raises NotFoundError: there is no such theme.
        """
        from mltalks.analysis.facets import theme_detail
        from mltalks.search.query.nodes import Filter, all_of

        node = self._parsed(query)
        theme, notices = self.theme_id(name)

        def detail(selection: "Selection") -> "ThemeDetail":
            return theme_detail(
                selection._replace(query=node, notices=tuple(dict.fromkeys(notices + selection.notices))),
                theme,
                reverse=reverse,
            )

        return self._analyse(all_of((Filter("theme", (theme,)), node)), detail)

    def committee(self, events: Sequence[str] = ()) -> "Committee":
        """Return the members of the committees of events, by id or name; without names, of all that have members.

        Raises NotFoundError: there is no event of that name.
        Raises DataError: the data cannot be used.

        >>> import mltalks
        >>> [(one.organization, one.seats) for one in mltalks.open().committee(["opml20"]).organizations[:2]]
        [('Google', 4), ('LinkedIn', 4)]

        """
        from mltalks.analysis.committee import committee
        from mltalks.search.selection import resolve_names

        def seats(catalogue: Catalogue) -> "Committee":
            values, notices = resolve_names(catalogue, "event", events)
            return committee(catalogue, values or None, notices)

        return self.evaluate(seats)

    def survey(self, query: Query = "", progress: Progress | None = None) -> "Survey":
        """Return a survey of the sessions of a query; one that is the name of an event, series, company or theme is that.

        `progress` is called with the number of events done and that of all.

        >>> import mltalks
        >>> [voice.companies for voice in mltalks.open().survey("event:opml19").voices.giants[:2]]
        [(('Microsoft', 5),), (('LinkedIn', 4),)]
        """
        from mltalks.analysis.compare import NAMED
        from mltalks.analysis.meaning import selected
        from mltalks.analysis.survey import survey

        node = self._parsed(query)
        return self.evaluate(lambda catalogue: survey(selected(catalogue, node, NAMED), progress))

    def trend(self, followed: str, query: Query = "", *, fewest: int = 5, all_years: bool = False) -> "Trend":
        """Return how the values of a facet, or one theme, company, keyword or query, change over the years.

        Values with fewer than `fewest` sessions are not tested.

        Raises NotFoundError: `followed` is neither a facet, nor a name, nor a word that a session says.

        >>> import mltalks
        >>> [one.change for one in mltalks.open().trend("llm-inference").values]
        ['rising']

        """
        from mltalks.analysis.trend import trend

        return self._analyse(
            query,
            lambda selection: trend(selection, followed, fewest=fewest, all_years=all_years),
        )

    def compare(self, a: str, b: str, query: Query = "") -> "Comparison":
        """Compare two sides within a query, each an event, series, company or theme by its name, or a query."""
        from mltalks.analysis.compare import compare

        return self._analyse(query, lambda selection: compare(selection, a, b))
