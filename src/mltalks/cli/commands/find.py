"""The commands that find sessions: search, list, and the short forms of one filter."""

from collections.abc import Callable
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Literal

from mltalks.cli.console import LISTED_ON_TERMINAL, Console, with_console
from mltalks.cli.declarations import (
    Count,
    ExitStatus,
    Query,
    Reverse,
    Sort,
    argument,
    flag,
    limit_option,
    option,
)
from mltalks.cli.exit_codes import Exit
from mltalks.cli.typed_names import with_whole_name
from mltalks.errors import UsageError
from mltalks.messages import excerpt
from mltalks.search.expansion.candidate_finder import EXPANSIONS
from mltalks.text.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mltalks.library import Query as LibraryQuery
    from mltalks.search.name_resolver import NameResolver
    from mltalks.search.query.nodes import Node

SHOWN_ON_TERMINAL = 20
SHOWN_IN_PIPES = 100


@with_console
def search_command(
    console: Console,
    query: Query = None,
    limit: Annotated[int | None, limit_option("20 on a terminal, otherwise 100")] = None,
    sort: Annotated[
        Literal["relevance", "date", "title", "event", "company", "speaker", "added"],
        option(
            "--sort",
            "Order: relevance (the best match first), date or added (the newest first), title, event, company or speaker.",
            metavar="ORDER",
        ),
    ] = "relevance",
    reverse: Reverse = False,
    count: Count = False,
    exact: Annotated[
        bool,
        flag(
            "--exact",
            "Match only the words exactly as typed: turn off inflections, synonyms, longer words and typo correction.",
        ),
    ] = False,
    distant: Annotated[
        bool, flag("--all", "Show also the sessions that match far less well than the best ones.")
    ] = False,
    exit_status: ExitStatus = False,
) -> Exit:
    """Find sessions, best match first.

    mltalks search latency
    mltalks search feature store has:slides NOT kind:panel

    The list ends where talks match far less well; --all shows those, too. Nearly certain typos are corrected, with a
    notice; a word that no talk says finds nothing. Japanese words also find English talks, and English words also
    find Japanese talks. Every hit shows why it matched.
    """
    if not any(word.strip() for word in query or []):
        raise UsageError("give words to search for: mltalks search latency")
    hits = console.library.search(
        query or "",
        console.limit(limit, SHOWN_ON_TERMINAL, SHOWN_IN_PIPES),
        EXPANSIONS if exact else (),
        distant=distant,
        sort=None if sort == "relevance" else sort,
        reverse=reverse,
    )
    from mltalks.search.ranking import BY_RELEVANCE, CLOSE_ANSWERS

    shown = len(hits.hits)
    cut = (
        [] if count or shown == hits.total else [one for one in hits.notices if one.template == CLOSE_ANSWERS]
    )
    in_order = [one for one in hits.notices if one.template == BY_RELEVANCE and sort != "relevance"]
    console.notices([one for one in hits.notices if one not in (*cut, *in_order)])
    if count:
        return console.number(hits.total, exit_status=exit_status)
    if console.stored():
        from mltalks.render.session_json import hit_record

        console.print_stored(hit_record(hit, console.lang) for hit in hits.hits)
    else:
        from mltalks.render.views.sessions import hits_view

        console.print(hits_view(console.library.catalogue, hits.hits, console.lang))
    for notice in cut:
        console.say(
            "{shown} of {count} close answers; --limit 0 shows all of them, --all finds {total}",
            shown=shown,
            **notice.values,
        )
    return Exit.DONE if cut else console.counted(shown, hits.total, exit_status=exit_status)


@dataclass(frozen=True)
class ListOptions:
    """The options of every command that lists sessions."""

    limit: Annotated[int | None, limit_option("1,000 on a terminal, otherwise all")] = None
    sort: Sort = "date"
    reverse: Reverse = False
    count: Count = False
    exit_status: ExitStatus = False


@with_console
def list_command(console: Console, options: ListOptions, query: Query = None) -> Exit:
    """List all sessions that match a query, the newest first.

    mltalks list event:opml19 has:slides
    mltalks list 'company:google,meta year:2024..2026 has:paper NOT theme:quantization' -o ids
    """
    return _print_list(console, query or [], options)


def _print_list(console: Console, query: "LibraryQuery", options: ListOptions) -> Exit:
    if options.count:
        counted = console.library.list(query, 0)
        console.notices(counted.notices)
        return console.number(counted.total, counted.incomplete, exit_status=options.exit_status)
    limit = console.limit(options.limit, LISTED_ON_TERMINAL)
    found = console.library.list(query, limit, options.sort, reverse=options.reverse)
    console.notices(found.notices)
    if console.stored():
        console.print_stored(found.records)
    else:
        from mltalks.render.views.sessions import listing_view

        only_ids, drawn = console.form == "ids", console.form == "table"
        console.print(listing_view(console.library.catalogue, found.docs, only_ids=only_ids, drawn=drawn))
    return console.counted(len(found.docs), found.total, exit_status=options.exit_status)


def _say_seats(console: Console, name: str) -> None:
    """Report the seats on committees of an organization that no talk has, and the organization of which it is a unit."""
    catalogue, key = console.library.catalogue, name_key(name)
    facets = catalogue.index.facets
    if facets.docs("company", facets.named("company", key)):
        return
    resolved = catalogue.organizations.resolve(name)
    above = next(iter(catalogue.organizations.with_parents(resolved)[len(resolved) :]), None)
    if seats := catalogue.seated[resolved[0]]:
        template = (
            '"{name}" is the organization of no talk, but of {seats} seats on committees: mltalks committee'
        )
        console.say(template, name=excerpt(name), seats=seats)
    if above is not None:
        template = '"{name}" is a unit of {organization}: mltalks by-company {typed}'
        console.say(template, name=excerpt(name), organization=above, typed=quote(above))


def _name_either(console: Console, facet: str, name: str, rest: "Sequence[str]") -> None:
    """Report how to list the sessions of either of two names if the words after a name are, or each is, another one."""
    from mltalks.search.query.nodes import Filter

    names = console.library.catalogue.names(facet)
    others = [" ".join(rest)] if names.is_whole(rest) else [*rest]
    if rest and all(names.is_whole(one.split()) or _is_part(names, facet, one) for one in others):
        template = '"{words}" narrows the list; for the talks of either, write mltalks list {query}'
        either = str(Filter(facet, (name, *others)))
        console.say(template, words=excerpt(" ".join(rest)), query=quote(either))


def _name_others(console: Console, company: str, rest: "Node") -> None:
    """Report how many sessions have the name of a company as a keyword, but no known speaker of it."""
    from mltalks.search.query.nodes import Filter, Not, all_of

    if console.library.catalogue.names("keyword").resolve(company).how != "exact":
        return
    others = all_of((Filter("keyword", (company,)), Not(Filter("company", (company,))), rest))
    if count := console.library.list(others, 0).total:
        template = "talks with this name as a keyword that are not counted under it: {count}; to list them: mltalks list {query}"
        console.say(template, count=count, query=quote(str(others)))


def _is_part(names: "NameResolver", facet: str, word: str) -> bool:
    """Return whether a word is a part of the names of speakers, as a family name."""
    return facet == "speaker" and word.isalpha() and names.resolve(word).how == "part"


def _by(facet: str, metavar: str, help_text: str, about: str) -> Callable[..., Exit]:
    """Return the command that lists the sessions of one value of a facet."""

    @with_console
    def command(
        console: Console,
        options: ListOptions,
        name: Annotated[str, argument(metavar, help_text)],
        query: Query = None,
    ) -> Exit:
        from mltalks.search.query.nodes import Filter, all_of
        from mltalks.search.query.parser import parse

        name, *rest = with_whole_name(console, facet, [name, *(query or [])])
        _name_either(console, facet, name, rest)
        narrowed = all_of((Filter(facet, (name,)), parse(rest)))
        code = _print_list(console, narrowed, options)
        if facet == "company":
            _say_seats(console, name)
            _name_others(console, name, parse(rest))
        return code

    command.__doc__ = about
    return command


by_company_command = _by(
    "company",
    "NAME",
    "A company, university or lab, by any of its names.",
    """List the sessions of a company, university or lab, including its units.

    mltalks by-company Microsoft
    mltalks by-company NTTデータ year:2019
    """,
)
by_theme_command = _by(
    "theme",
    "THEME",
    "A theme, by id or label; it includes its narrower themes.",
    """List the sessions of a theme, including its narrower themes.

    mltalks by-theme serving-latency
    mltalks by-theme aiops company:microsoft
    """,
)
by_keyword_command = _by(
    "keyword",
    "KEYWORD",
    "A keyword, or words of one.",
    """List the sessions that have a keyword.

    mltalks by-keyword AutoML
    mltalks by-keyword ヘテロジーニアスアーキテクチャ
    """,
)
by_speaker_command = _by(
    "speaker",
    "NAME",
    "A speaker's name, or a part of it.",
    """List the sessions of a speaker.

    mltalks by-speaker "Matei Zaharia"
    mltalks by-speaker zaharia has:paper
    """,
)
by_event_command = _by(
    "event",
    "EVENT",
    "An event, by id or name.",
    """List the sessions of an event.

    mltalks by-event opml19
    mltalks by-event "MLSys 2024" theme:llm-inference
    """,
)
