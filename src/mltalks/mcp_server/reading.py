"""The tools that search and count, each a typed function; they only read.

Does not choose fields or pages: `answers` does.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from mltalks.analysis.crosstab import Cut
from mltalks.analysis.event_detail import EventDetail
from mltalks.analysis.facets import CountOrder
from mltalks.dataset.model import Session
from mltalks.mcp_server.answers import MARKDOWN, Found
from mltalks.mcp_server.tool import Call, Tool
from mltalks.messages import Lang
from mltalks.render.document import markdown
from mltalks.render.output import View
from mltalks.render.session_json import why
from mltalks.render.survey_document import survey_document
from mltalks.render.survey_writer import Limits
from mltalks.render.views.comparisons import comparison_view, trend_view
from mltalks.render.views.crosstab import whole_view
from mltalks.render.views.events import event_view, events_view
from mltalks.render.views.facets import facet_view, theme_view, themes_view
from mltalks.render.views.related import related_view
from mltalks.render.views.sessions import HITS, SESSIONS, session_view
from mltalks.render.views.themes import CLASSIFIED, explanation_view
from mltalks.search.catalogue import MadeOnDemand
from mltalks.search.expansion.candidate_finder import EXPANSIONS
from mltalks.search.ranking import Hit
from mltalks.search.selection import Order
from mltalks.taxonomy.classify_list import classified
from mltalks.userdata.layers import origins

Text = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Query = Annotated[
    str,
    Field(
        max_length=2000, description="A query in the query language of list_sessions; empty: all sessions."
    ),
]
FACETS = (
    "company, theme, event, year, series, kind, keyword, speaker, track, lang, language, tag, mark or filing"
)
Facet = Annotated[str, Field(max_length=100, description=f"One of {FACETS}.")]
PART = 12_000  # characters of a part of a survey


def search(
    call: Call,
    query: Annotated[
        str, Field(min_length=1, max_length=2000, description="Words, in English or Japanese, and filters.")
    ],
    exact: Annotated[
        bool, Field(description="Only the words as typed: no synonyms, inflections, typos.")
    ] = False,
    distant: Annotated[
        bool, Field(description="Also sessions that match far less well than the best.")
    ] = False,
) -> Found:
    """Find talks about running machine learning in production, the best match first.

    It finds other names of the words, in English and Japanese, too. For counts use facets, crosstab or trend, for all
    sessions with some property list_sessions. The field "matched" says why a session was found. What no talk is about finds
    nothing: then do not guess, but say so.

    {query_help}
    """
    library = call.library()
    hits = library.search(query, call.page.stop, EXPANSIONS if exact else (), distant=distant)

    def record(hit: Hit) -> dict[str, object]:
        reasons = why(hit, call.access.lang) if wants_reasons else {"score": hit.score, "matched": []}
        return library.catalogue.record(hit.doc) | reasons

    wants_reasons = call.wants("matched")
    view = View(HITS, MadeOnDemand(hits.hits, record), catalogue=library.catalogue)
    return Found(view, hits.notices, hits.total)


def list_sessions(
    call: Call,
    query: Text = "",
    sort: Annotated[
        Order, Field(description="date and added: the newest first; others: from A to Z.")
    ] = "date",
    reverse: bool = False,
) -> Found:
    """List all sessions that match a query, for example all of a company, theme, event or year.

    {query_help}
    """
    library = call.library()
    found = library.list(query, call.page.stop, sort, reverse=reverse)
    view = View(SESSIONS, MadeOnDemand(found.docs, library.catalogue.record), catalogue=library.catalogue)
    return Found(view, found.notices, found.total)


def show(
    call: Call,
    id: Annotated[Name, Field(description="The id of a session, or the id or name of an event.")],  # noqa: A002
) -> Found:
    """Show everything known about one session, or about one event: dates, place, tracks, committee, how complete it is.

    Ids are returned by search, list_sessions and facets. The field "origins" names the file and line of each fact.
    """
    library = call.library()
    found = library.show(id)
    wanted = call.wants("origins")
    if isinstance(found, EventDetail):
        event = found.event.id
        places = {event: origins(library.files, event, "events") if wanted else {}}
        return Found(event_view(library.catalogue, [found], places), found.notices)
    assert isinstance(found, Session)
    return Found(
        session_view(
            library.catalogue, [found], {found.id: origins(library.files, found.id) if wanted else {}}
        )
    )


def related(
    call: Call,
    ids: Annotated[
        list[Name], Field(min_length=1, max_length=100, description="Ids of one or some sessions.")
    ],
) -> Found:
    """List the sessions most similar to one, or to some together, with what they share: what to watch next."""
    library = call.library()
    found = library.related(ids, call.page.stop)
    return Found(related_view(library.catalogue, found), total=found.total)


def themes(
    call: Call,
    theme: Annotated[
        Name | None, Field(description="A theme to show with its sessions, by id or label.")
    ] = None,
    query: Query = "",
) -> Found:
    """Show the tree of themes with the number of sessions of a query under each, or one theme with its sessions."""
    library = call.library()
    if theme is None:
        tree = library.themes(query)
        return Found(themes_view(tree, None, call.access.lang), tree.notices)
    detail = library.theme(theme, query)
    view = theme_view(library.catalogue, detail, call.page.stop)
    return Found(view, detail.notices, len(detail.sessions))


def explain(call: Call, id: Name) -> Found:  # noqa: A002
    """Explain why a session has its themes: who assigned them, or which phrases matched, and which themes came near."""
    return Found(explanation_view(call.library().explain(id), call.access.lang))


def facets(
    call: Call,
    facet: Facet,
    query: Query = "",
    sort: Annotated[
        CountOrder,
        Field(description="The most sessions first, names from A to Z, or the latest first or last year."),
    ] = "sessions",
    reverse: bool = False,
) -> Found:
    """Count the sessions of a query by one property: which companies, speakers, keywords, events, years… have how many.

    Its "incomplete" names the events whose sessions are not all known.
    """
    library = call.library()
    counts = library.facet(facet, query, sort, lang=call.access.lang, reverse=reverse)
    view_of = events_view if counts.facet == "event" else facet_view
    return Found(view_of(library.catalogue, counts, None, call.access.lang), counts.notices)


def crosstab(
    call: Call,
    rows: Facet,
    columns: Facet,
    query: Query = "",
    top: Annotated[
        int,
        Field(ge=1, le=100, description="How many values of each, those with most sessions that have both."),
    ] = 10,
    percent: Annotated[
        Literal["row", "column", "all"] | None,
        Field(description="Adds shares of the row, the column or all."),
    ] = None,
) -> Found:
    """Count the sessions of a query by two properties at once, for example which company talks about which theme.

    A session with two themes counts under both; totals count each session once.
    """
    table = call.library().crosstab(rows, columns, query, Cut(top), with_ids=True, percent=percent)
    return Found(whole_view(table, percent), table.notices)


def trend(
    call: Call,
    what: Annotated[Name, Field(description=f"A facet ({FACETS}), or one theme, company, keyword or query.")],
    query: Query = "",
) -> Found:
    """Test which values rise or fade over the years (Cochran-Armitage, adjusted); only complete events are tested."""
    library = call.library()
    found = library.trend(what, query)
    return Found(trend_view(library.catalogue, found, None, call.access.lang, absolute=True), found.notices)


def compare(
    call: Call,
    a: Annotated[Name, Field(description="An event, series, company or theme by its name, or a query.")],
    b: Annotated[Name, Field(description="What to compare it with.")],
    query: Query = "",
    each: Annotated[int, Field(ge=1, le=100, description="How many values of each facet.")] = 5,
) -> Found:
    """Compare two sides: what both have, and what one has more of ("over", if that is statistically unusual)."""
    library = call.library()
    found = library.compare(a, b, query)
    return Found(comparison_view(library.catalogue, found, each, call.access.lang), found.notices)


def survey(
    call: Call,
    query: Query = "",
    lang: Annotated[Lang | None, Field(description="Language of the survey.")] = None,
    each: Annotated[int, Field(ge=1, le=1000, description="How many entries of each list.")] = 5,
) -> Found:
    """Survey the sessions of a query as a document in Markdown: who, what and when, and how complete the data is.

    A long survey comes in parts.
    """
    library = call.library()
    found = library.survey(query)
    document = survey_document(library.catalogue, found, lang or call.access.lang, Limits(each, each))
    return Found(MARKDOWN.view(parts(markdown(document), PART)), found.notices)


def parts(text: str, longest: int) -> Iterator[str]:
    r"""Yield a document of Markdown in parts of about `longest` characters, which begin with a heading where possible.

    >>> list(parts("# A\n\n## B\nb\n## C\nc\n", 20))
    ['# A\n\n## B\nb\n', '## C\nc\n']
    """
    part: list[str] = []
    size = 0
    for line in text.splitlines(keepends=True):
        if part and size + len(line) > (longest / 2 if line.startswith("## ") else longest):
            yield "".join(part)
            part, size = [], 0
        part.append(line)
        size += len(line)
    yield "".join(part)


def classify(
    call: Call,
    titles: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=2000)]],
        Field(min_length=1, max_length=100, description="Titles of talks, in English or Japanese."),
    ],
) -> Found:
    """Assign themes to talks that are not in the data, by their titles."""
    records: Sequence[dict[str, str]] = [{"title": title} for title in titles]
    return Found(CLASSIFIED.view(classified(call.library().catalogue.classifier, records)))


_SESSION = (
    "id event year title kind track companies speakers keywords themes summary questions "
    "url slides paper video language date tags mark note"
)
_EVENT = "id name series year start_date end_date location url about coverage sessions tracks seats committee"
_LISTED = "id title event companies themes"
TOOLS = (
    Tool(search, "Search talks", {"hits": f"{_LISTED} score"}, 10),
    Tool(list_sessions, "List talks", {"sessions": _LISTED}, 20),
    Tool(show, "Show a talk or an event", {"session": _SESSION, "event": _EVENT}),
    Tool(related, "Related talks", {"related": "id title event companies shared"}, 10),
    Tool(themes, "Themes", {"themes": "id label_en label_ja depth sessions", "theme": "id title event"}, 40),
    Tool(explain, "Explain the themes of a talk", {"explanation": "id status score evidence lacks"}),
    Tool(
        facets,
        "Count talks by a facet",
        {
            "facet": (_FACET := "value label sessions first_year last_year"),
            "events": f"{_FACET} start_date coverage",
        },
        20,
    ),
    Tool(crosstab, "Count talks by two facets", {"crosstab": "row col sessions"}, 100),
    Tool(trend, "Trends over the years", {"trend": "value label change sessions q"}, 20),
    Tool(compare, "Compare two sets of talks", {"compare": "facet value a b z over"}, 40),
    Tool(survey, "Survey", {"markdown": ""}, 1),
    Tool(classify, "Themes of titles", {"classified": "title themes near"}, 100),
)
